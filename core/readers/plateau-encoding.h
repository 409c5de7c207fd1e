/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The character encodings in which cyclers and analysers write text. */
typedef enum
{
  PLATEAU_ENCODING_UTF_8, /* and ASCII */
  PLATEAU_ENCODING_WINDOWS_1252,
  PLATEAU_ENCODING_GB18030, /* and GBK, GB2312 */
  PLATEAU_ENCODING_UTF_16LE,
  PLATEAU_ENCODING_UTF_16BE,
  PLATEAU_N_ENCODINGS
} PlateauEncoding;

const char *plateau_encoding_get_name (PlateauEncoding encoding);
gboolean plateau_encoding_from_name (const char *name, PlateauEncoding *encoding);
gboolean plateau_encoding_looks_like_text (const guint8 *head, gsize length);
PlateauEncoding plateau_encoding_detect (const guint8 *head, gsize length, gsize *bom_length);
char *plateau_encoding_decode (PlateauEncoding encoding, const guint8 *text, gsize length);
gsize plateau_encoding_utf16_to_utf8 (PlateauEncoding encoding, const guint8 *from, gsize length,
                                      char *to);

G_END_DECLS
