/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-encoding.h"
#include "readers/plateau-input.h"

G_BEGIN_DECLS

/* A text file read line by line through a window: memory does not grow with the file.
 *
 * Lines are bytes of a superset of ASCII: UTF-16 arrives as UTF-8, the other encodings as they are.
 * Separators, digits and signs can so be found without decoding; names and comments go through
 * plateau_text_decode(). */
typedef struct _PlateauText PlateauText;

typedef struct
{
  const char *start; /* good until the window changes; not terminated */
  gsize length;      /* without the line end */
} PlateauTextLine;

/* Bytes behind any line that may be read. */
#define PLATEAU_TEXT_PADDING 8

PlateauText *plateau_text_new (PlateauInput *input, const char *encoding, GCancellable *cancellable,
                               GError **error);
void plateau_text_free (PlateauText *text);
gboolean plateau_text_next_line (PlateauText *text, PlateauTextLine *line, GError **error);
gboolean plateau_text_rewind (PlateauText *text, guint64 lines, GError **error);
guint64 plateau_text_get_line_number (PlateauText *text);
guint64 plateau_text_get_window (PlateauText *text);
gboolean plateau_text_ended_in_line (PlateauText *text);
PlateauEncoding plateau_text_get_encoding (PlateauText *text);
const char *plateau_text_get_name (PlateauText *text);
guint64 plateau_text_get_size (PlateauText *text);
guint64 plateau_text_get_offset (PlateauText *text);
char *plateau_text_decode (PlateauText *text, const char *bytes, gsize length);
GPtrArray *plateau_text_head (PlateauText *text, guint max_lines, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauText, plateau_text_free)

G_END_DECLS
