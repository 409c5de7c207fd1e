/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"
#include "store/plateau-store.h"

G_BEGIN_DECLS

/* What a figure puts on its page, measured: every text with its box, every line and marker of the
 * data, and a short summary of the drawing commands. */

typedef struct
{
  char *markup;
  int panel;       /* -1: of the page */
  PlateauRect box; /* around the letters: a line's box is higher than they are */
} MarksText;

typedef struct
{
  double x0, y0, x1, y1; /* equal ends: a marker of radius r */
  double r;
  int panel;
} MarksStroke;

typedef struct
{
  GArray *texts;    /* of MarksText */
  GArray *data;     /* of MarksStroke: what is drawn within the axes */
  GString *summary; /* commands: texts with their places, paths and markers by look */
} Marks;

/* The example project; NULL where it is not built. */
PlateauStudy *figure_load_example (void);
PlateauFigure *figure_from_template (PlateauStudy *study, PlateauCache *cache, const char *name,
                                     GError **error);
/* As exports lay it out at a width; @style: NULL is the document's. */
PlateauLayout *figure_lay_out (PlateauFigure *figure, double width_mm, const PlateauStyle *style);

Marks *marks_of_layout (PlateauLayout *layout);
void marks_free (Marks *marks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Marks, marks_free)

G_END_DECLS
