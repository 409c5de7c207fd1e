/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers in files are read and written without the locale. */

const char *plateau_parse_double (const char *text, const char *end, char decimal_mark,
                                  double *value);
const char *plateau_parse_int64 (const char *text, const char *end, gint64 *value);
gboolean plateau_parse_number (const char *text, double *value);
gboolean plateau_parse_duration (const char *text, gsize length, double *seconds);
char *plateau_format_double (double value);
char *plateau_format_significant (double value, int digits);
char *plateau_format_with_error (double value, double error);

G_END_DECLS
