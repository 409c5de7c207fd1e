/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A figure as it will be printed: white paper in millimetres on a grey desk. A click selects a
 * panel or a part of it; the arrow keys go from panel to panel; legends are dragged.
 *
 * Signals:
 *   selected (PlateauHit *hit): panel -1: the paper
 *   legend-moved (guint panel, double x, double y): shares of the plot area
 *   remove-panel (guint panel) */
#define PLATEAU_TYPE_FIGURE_PAPER (plateau_figure_paper_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFigurePaper, plateau_figure_paper, PLATEAU, FIGURE_PAPER, GtkWidget)

GtkWidget *plateau_figure_paper_new (void);
void plateau_figure_paper_set_figure (PlateauFigurePaper *paper, PlateauFigure *figure);
PlateauFigure *plateau_figure_paper_get_figure (PlateauFigurePaper *paper);
PlateauLayout *plateau_figure_paper_get_layout (PlateauFigurePaper *paper); /* borrowed, or NULL */
/* 1 is the true size at 96 pixels an inch; 0 fits the width that there is. */
void plateau_figure_paper_set_zoom (PlateauFigurePaper *paper, double zoom);
double plateau_figure_paper_get_zoom (PlateauFigurePaper *paper);
void plateau_figure_paper_select (PlateauFigurePaper *paper, int panel, PlateauPart part);
int plateau_figure_paper_get_panel (PlateauFigurePaper *paper);

G_END_DECLS
