/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"
#include "plateau-plot-view.h"
#include "plateau-test-offer.h"

G_BEGIN_DECLS

/* A titled plot of a page: binds a figure document to the study in the background and shows it;
 * fit and export buttons at the right of its title. A click on a curve selects its cell. */
#define PLATEAU_TYPE_PLOT_PANE (plateau_plot_pane_get_type ())
G_DECLARE_FINAL_TYPE (PlateauPlotPane, plateau_plot_pane, PLATEAU, PLOT_PANE, GtkWidget)

/* Signals: shown (a figure was bound and is seen), tag-activated (PlateauTag *). */
GtkWidget *plateau_plot_pane_new (PlateauDocument *document, const char *title);
void plateau_plot_pane_set_title (PlateauPlotPane *pane, const char *title);
/* Of plateau_document_for_plot(); the zoom stays while @view_key stays the same. */
void plateau_plot_pane_set_document (PlateauPlotPane *pane, JsonNode *figure, const char *view_key);
JsonNode *plateau_plot_pane_dup_document (PlateauPlotPane *pane); /* with the zoom, or NULL */
/* @message instead of a plot of @kinds (one, or several with spaces between); a test that such a
 * plot can be made of is offered. @kinds may be NULL. */
void plateau_plot_pane_set_message (PlateauPlotPane *pane, const char *message, const char *kinds);
/* The same, with what can be done about it. */
void plateau_plot_pane_set_remedy (PlateauPlotPane *pane, const char *message,
                                   PlateauRemedy remedy);
/* Why the selected cells make no plot of the first of @kinds, and what can be done about it. */
void plateau_plot_pane_set_missing (PlateauPlotPane *pane, const char *kinds);
/* Without the button that fits, which a double click does as well: for panes of small width. */
void plateau_plot_pane_set_compact (PlateauPlotPane *pane);
void plateau_plot_pane_show_header (PlateauPlotPane *pane, gboolean shown);
PlateauFigure *plateau_plot_pane_get_figure (PlateauPlotPane *pane);
PlateauPlotView *plateau_plot_pane_get_view (PlateauPlotPane *pane);

G_END_DECLS
