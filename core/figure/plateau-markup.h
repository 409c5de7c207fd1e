/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-canvas.h"

#include <pango/pango.h>

G_BEGIN_DECLS

/* Labels: plain text with <sub>, <sup>, <i>, <b>, <br/> and the XML entities. Unicode's own
 * superscripts and subscripts (mAh g⁻¹, Li⁺) are turned into real ones. */

typedef struct
{
  char *text;
  gboolean bold, italic;
  int level; /* 0 the line, 1 superscript, -1 subscript */
  gboolean line_end; /* the line ends after this run */
} PlateauTextRun;

typedef struct
{
  double width, height; /* of the box around the ink's lines */
  double ascent;        /* top of the box to the first base line */
  double cap_height;    /* of the font's capitals */
} PlateauExtents;

gboolean plateau_markup_check (const char *markup, GError **error);
GArray *plateau_markup_parse (const char *markup); /* of PlateauTextRun; never fails: bad markup is text */
char *plateau_markup_to_plain (const char *markup);
char *plateau_markup_to_unicode (const char *markup);
char *plateau_markup_escape (const char *text);
void plateau_text_measure (const char *markup, const PlateauFont *font, PlateauExtents *extents);
PlateauRect plateau_text_box (const char *markup, const PlateauFont *font,
                              const PlateauTextPlace *place);

G_END_DECLS
