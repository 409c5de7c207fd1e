/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-figure-paper.h"

G_BEGIN_DECLS

#define PLATEAU_PAPER_HANDLE 8
#define PLATEAU_PAPER_REACH 8

typedef enum
{
  PLATEAU_PAPER_IDLE,
  PLATEAU_PAPER_PRESSED, /* nothing that could be dragged */
  PLATEAU_PAPER_PART,    /* legend, annotation, inset */
  PLATEAU_PAPER_PANEL,
  PLATEAU_PAPER_SPAN,
  PLATEAU_PAPER_BORDER,
  PLATEAU_PAPER_SIZE,
} PlateauPaperDrag;

struct _PlateauFigurePaper
{
  GtkWidget parent_instance;

  PlateauFigure *figure;
  PlateauLayout *layout;
  double zoom;
  PlateauHit selected;

  /* the drag: what is moved, from where, and how far; canvas points */
  PlateauPaperDrag drag;
  gboolean moved; /* beyond the threshold */
  double press_x, press_y, dx, dy;
  int grip;                /* PlateauGrip or PlateauEdges */
  PlateauGridPlace target; /* of a panel */
  gboolean of_columns;     /* the border's */
  guint line;

  /* the text that is edited in place */
  GtkWidget *editor, *entry, *problem;
  PlateauHit edited;
  gboolean closing;
  guint commit_source;
};

gboolean _plateau_figure_paper_has (PlateauFigurePaper *self, const PlateauHit *hit);
/* Pixels a point, and where the paper begins. */
double _plateau_figure_paper_geometry (PlateauFigurePaper *self, double *left, double *top);
PlateauRect _plateau_figure_paper_part_box (PlateauFigurePaper *self, const PlateauHit *hit);
/* What a drag that ended now would give. */
PlateauRect _plateau_figure_paper_inset_box (PlateauFigurePaper *self, const PlateauHit *hit,
                                             int edges, double dx, double dy);
PlateauRect _plateau_figure_paper_place_box (PlateauFigurePaper *self,
                                             const PlateauGridPlace *place);
void _plateau_figure_paper_take (PlateauFigurePaper *self, const PlateauHit *hit);
gboolean _plateau_figure_paper_hit (PlateauFigurePaper *self, double x, double y, PlateauHit *hit);
void _plateau_figure_paper_init_gestures (PlateauFigurePaper *self);
void _plateau_figure_paper_init_keys (PlateauFigurePaper *self);
/* The text editor, see plateau-figure-paper-text.c */
void _plateau_figure_paper_allocate_editor (PlateauFigurePaper *self);
void _plateau_figure_paper_close_editor (PlateauFigurePaper *self);

G_END_DECLS
