/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "1,2,10-100,200-": numbers and ranges, both ends included, the last one may be open. */
GArray *cli_ranges_parse (const char *option, const char *text, GError **error);
gboolean cli_ranges_contain (GArray *ranges, guint number); /* NULL: everything */

G_END_DECLS
