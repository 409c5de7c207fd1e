/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-markup.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* Private to the figure room: lines of text set with Pango, one layout a line. */
typedef struct
{
  PangoLayout *layout;
  double width;
} PlateauTextLine;

typedef struct
{
  GArray *lines; /* of PlateauTextLine */
  double line_height, ascent, cap_height, width, height;
} PlateauTextBlock;

#define PLATEAU_SCRIPT_SIZE 0.70
#define PLATEAU_SUPERSCRIPT_RISE 0.36 /* of the font's size */
#define PLATEAU_SUBSCRIPT_DROP 0.16

void plateau_text_block_init (PlateauTextBlock *block, const char *markup, const PlateauFont *font);
void plateau_text_block_clear (PlateauTextBlock *block);
/* The family that is drawn when @family is asked for: another one where it is not installed. */
char *plateau_text_family_used (const char *family);
/* Top left of the unrotated box relative to the anchor point. */
void plateau_text_block_place (const PlateauTextBlock *block, const PlateauTextPlace *place,
                               double *dx, double *dy);
double plateau_text_line_offset (const PlateauTextBlock *block, const PlateauTextPlace *place,
                                 guint line);

G_END_DECLS
