/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure-edit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A figure as it will be printed: white paper in millimetres on a grey desk, and what a hand does
 * to it. A click selects a panel or a part of it, a double click or F2 edits its text in place.
 * Legends, annotations (by their ends too) and insets are dragged; a panel is dragged to another
 * place of the grid, its handles make it cover more or fewer cells, the borders between columns and
 * rows and the edges of the paper are dragged. Arrows go from panel to panel, Tab through the parts
 * of one, Page Up and Page Down through its curves; with Alt the arrows move what is selected, a
 * panel in the grid, an entry in its legend. Delete removes, Escape goes from a part to its panel,
 * then to the paper. Nothing changes by itself: the signals ask for it.
 *
 * Signals:
 *   selected (PlateauHit *hit): panel -1: the paper
 *   part-moved (PlateauHit *hit, int grip, double dx, double dy): points of the layout; @grip: of
 *     annotations a PlateauGrip, of insets the PlateauEdges that move (none: all of it)
 *   panel-moved (guint panel, guint column, guint row)
 *   panel-spanned (guint panel, PlateauGridPlace *place)
 *   border-moved (gboolean of_columns, guint line, double share)
 *   resized (double width_mm, double height_mm)
 *   entry-moved (guint panel, guint from, guint to)
 *   remove (PlateauHit *hit)
 *   text-edited (PlateauHit *hit, char *text): returns why it cannot be (transfer full), or NULL
 *   details: of what is selected and has no text
 *   menu (PlateauHit *hit, double x, double y) */
#define PLATEAU_TYPE_FIGURE_PAPER (plateau_figure_paper_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFigurePaper, plateau_figure_paper, PLATEAU, FIGURE_PAPER, GtkWidget)

typedef enum
{
  PLATEAU_EDGE_NONE = 0,
  PLATEAU_EDGE_LEFT = 1,
  PLATEAU_EDGE_RIGHT = 2,
  PLATEAU_EDGE_TOP = 4,
  PLATEAU_EDGE_BOTTOM = 8,
} PlateauEdges;

#define PLATEAU_ZOOM_WIDTH 0  /* the width that there is */
#define PLATEAU_ZOOM_PAGE -1  /* the whole page */

GtkWidget *plateau_figure_paper_new (void);
void plateau_figure_paper_set_figure (PlateauFigurePaper *paper, PlateauFigure *figure);
PlateauFigure *plateau_figure_paper_get_figure (PlateauFigurePaper *paper);
PlateauLayout *plateau_figure_paper_get_layout (PlateauFigurePaper *paper); /* borrowed, or NULL */
/* 1 is the true size at 96 pixels an inch; or one of PLATEAU_ZOOM_. */
void plateau_figure_paper_set_zoom (PlateauFigurePaper *paper, double zoom);
double plateau_figure_paper_get_zoom (PlateauFigurePaper *paper);
/* What stays selected when the figure is drawn anew; no signal is emitted. */
void plateau_figure_paper_select (PlateauFigurePaper *paper, PlateauPart part, int panel, int index);
const PlateauHit *plateau_figure_paper_get_selected (PlateauFigurePaper *paper);
int plateau_figure_paper_get_panel (PlateauFigurePaper *paper);
/* Where what is selected lies, in pixels of the widget. */
gboolean plateau_figure_paper_get_area (PlateauFigurePaper *paper, GdkRectangle *area);
/* "Panel D", "legend"; (transfer full) */
char *plateau_figure_paper_dup_panel_name (PlateauFigurePaper *paper, int panel);
const char *plateau_figure_paper_get_part_name (const PlateauHit *hit);
void plateau_figure_paper_edit_text (PlateauFigurePaper *paper);

G_END_DECLS
