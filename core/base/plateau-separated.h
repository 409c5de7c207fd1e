/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small sheets of separated text: what a person keeps beside the data, or pastes from a
 * spreadsheet. Recordings have readers of their own. */

char *plateau_separated_decode (const char *bytes, gsize length);
char plateau_separated_guess (const char *text);
GPtrArray *plateau_separated_parse (const char *text, char separator);
void plateau_separated_append (GString *out, const char *field, char separator);

G_END_DECLS
