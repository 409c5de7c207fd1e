/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a bound figure and everything one does to a plot: zoom, pan, read off, select a curve.
 *
 * Wheel: zoom at the pointer, with Shift x alone, with Ctrl y alone, over an axis that axis. Left
 * drag: box zoom. Middle drag or Space and drag: pan. Double click, 0, Home: fit. Alt+Left and
 * Alt+Right: views before and after. Arrows pan, + and - zoom (x or y held: one axis), Page Up and
 * Page Down next curve, [ and ] next point, l and k logarithmic axes, g grid.
 *
 * Signals:
 *   read-off (char *text): what the pointer or the point keys are on; NULL: nothing
 *   tag-activated (PlateauTag *): a curve was clicked
 *   view-changed: zoomed or panned
 *   handle-moved (char *handle, double from, double to, gboolean done): an end of a window with a
 *     handle, or the whole of it by its top, is dragged; the figure does not change by itself
 *   picked (GArray *picks): while picking, points with keys were clicked or boxed: PlateauPick */
#define PLATEAU_TYPE_PLOT_VIEW (plateau_plot_view_get_type ())
G_DECLARE_FINAL_TYPE (PlateauPlotView, plateau_plot_view, PLATEAU, PLOT_VIEW, GtkWidget)

/* A point of a layer whose points have keys. */
typedef struct
{
  PlateauTag tag;
  double key;
} PlateauPick;

/* Names a curve for the hover label: "S-LRMO-1   cycle 1, charge". Returns (transfer full). */
typedef char *(*PlateauTagNameFunc) (const PlateauTag *tag, gpointer user_data);

GtkWidget *plateau_plot_view_new (const char *title);
void plateau_plot_view_set_title (PlateauPlotView *view, const char *title);
/* @figure: bound, or NULL. @keep_view: the same plot with other data, so that the zoom stays. */
void plateau_plot_view_set_figure (PlateauPlotView *view, PlateauFigure *figure,
                                   gboolean keep_view);
PlateauFigure *plateau_plot_view_get_figure (PlateauPlotView *view);
void plateau_plot_view_set_message (PlateauPlotView *view, const char *message);
const char *plateau_plot_view_get_message (PlateauPlotView *view); /* NULL: none */
int plateau_plot_view_get_message_end (PlateauPlotView *view);     /* its lower edge in the view */
void plateau_plot_view_set_busy (PlateauPlotView *view, gboolean busy);
void plateau_plot_view_set_name_func (PlateauPlotView *view, PlateauTagNameFunc func,
                                      gpointer user_data);
/* Draws the curves of a cell (and cycle, unless -1) stronger than the others; 0: none. */
void plateau_plot_view_set_highlight (PlateauPlotView *view, gint64 cell, int cycle);
/* "Quantity / unit" or "Quantity (unit)". */
/* While picking, a click and a box pick points instead of selecting and zooming. */
void plateau_plot_view_set_picking (PlateauPlotView *view, gboolean picking);
void plateau_plot_view_fit (PlateauPlotView *view);
gboolean plateau_plot_view_go_back (PlateauPlotView *view);
gboolean plateau_plot_view_go_forward (PlateauPlotView *view);
/* The limits seen now, one a panel, for "send to figure"; NULL while all is fitted. */
const PlateauView *plateau_plot_view_get_views (PlateauPlotView *view, guint *n_views);
GdkTexture *plateau_plot_view_render (PlateauPlotView *view); /* the picture as shown */

G_END_DECLS
