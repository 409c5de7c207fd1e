/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include <math.h>

/* The part of the picture inside the axes, moved and stretched to where the view of now has it. */
static void
append_moved_panel (PlateauPlotView *view, GtkSnapshot *snapshot, guint panel,
                    const graphene_rect_t *bounds)
{
  const PlateauPanelLayout *laid = plateau_layout_get_panel (view->layout, panel);
  const PlateauView *now = &g_array_index (view->views, PlateauView, panel);
  double min_x = now->min[PLATEAU_AXIS_X], max_x = now->max[PLATEAU_AXIS_X];
  double min_y = now->min[PLATEAU_AXIS_Y], max_y = now->max[PLATEAU_AXIS_Y];
  if (isnan (min_x) || isnan (min_y))
    return;
  double left, top, right, bottom;
  plateau_layout_from_data (view->layout, panel, FALSE, FALSE, min_x, max_y, &left, &top);
  plateau_layout_from_data (view->layout, panel, FALSE, FALSE, max_x, min_y, &right, &bottom);
  if (fabs (right - left) < 1e-6 || fabs (bottom - top) < 1e-6)
    return;
  double sx = laid->plot.width / (right - left), sy = laid->plot.height / (bottom - top);
  PlateauRgba paper = plateau_theme_get_paper (view->layout->theme);
  GdkRGBA colour = { paper.r, paper.g, paper.b, 1 };
  graphene_rect_t clip = GRAPHENE_RECT_INIT (laid->plot.x, laid->plot.y, laid->plot.width,
                                             laid->plot.height);
  gtk_snapshot_push_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &colour, &clip);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (laid->plot.x - left * sx, laid->plot.y - top * sy));
  gtk_snapshot_scale (snapshot, sx, sy);
  gtk_snapshot_append_texture (snapshot, view->picture, bounds);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
append_crosshair (PlateauPlotView *view, GtkSnapshot *snapshot, const PlateauRect *plot,
                  const GdkRGBA *ink)
{
  int width = gtk_widget_get_width (GTK_WIDGET (view));
  int height = gtk_widget_get_height (GTK_WIDGET (view));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double dots[] = { 1, 2 };
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_line_width (cr, 0.7);
  cairo_set_dash (cr, dots, 2, 0);
  cairo_move_to (cr, plot->x, view->hover.py);
  cairo_line_to (cr, plot->x + plot->width, view->hover.py);
  cairo_move_to (cr, view->hover.px, plot->y);
  cairo_line_to (cr, view->hover.px, plot->y + plot->height);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, view->hover.px, view->hover.py, 4.5, 0, 2 * G_PI);
  PlateauRgba paper = plateau_theme_get_paper (view->layout->theme);
  cairo_set_source_rgb (cr, paper.r, paper.g, paper.b);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* In a dark rounded box beside the point, never over it, inside the widget. */
static void
append_hover_label (PlateauPlotView *view, GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout)
      text = gtk_widget_create_pango_layout (GTK_WIDGET (view), view->hover_text);
  pango_layout_set_alignment (text, PANGO_ALIGN_LEFT);
  int text_width, text_height;
  pango_layout_get_pixel_size (text, &text_width, &text_height);
  double width = text_width + 16, height = text_height + 12;
  double x = view->hover.px + 14, y = view->hover.py + 14;
  if (x + width > gtk_widget_get_width (GTK_WIDGET (view)) - 4)
    x = view->hover.px - 14 - width;
  if (y + height > gtk_widget_get_height (GTK_WIDGET (view)) - 4)
    y = view->hover.py - 14 - height;
  x = MAX (4, x);
  y = MAX (4, y);
  gboolean dark = plateau_theme_is_dark (view->layout->theme);
  GdkRGBA back, white = { 1, 1, 1, 1 };
  gdk_rgba_parse (&back, dark ? "#4d4d4d" : "#241f31");
  GskRoundedRect box;
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, width, height);
  gsk_rounded_rect_init_from_rect (&box, &area, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &back, &area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + 8, y + 6));
  gtk_snapshot_append_layout (snapshot, text, &white);
  gtk_snapshot_restore (snapshot);
}

static void
append_box (PlateauPlotView *view, GtkSnapshot *snapshot)
{
  GdkRGBA tint, line;
  gdk_rgba_parse (&tint, "rgba(53,132,228,0.17)");
  gdk_rgba_parse (&line, "#3584e4");
  graphene_rect_t area = GRAPHENE_RECT_INIT (view->box.x, view->box.y, view->box.width,
                                             view->box.height);
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_color (snapshot, &tint, &area);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ line, line, line, line });
}

/* The end of a window, or the window, that the keys move: between two strong lines. */
static void
append_handle (PlateauPlotView *view, GtkSnapshot *snapshot, double from, double to)
{
  const PlateauRect *plot =
      &plateau_layout_get_panel (view->layout, (guint) view->handle.panel)->plot;
  GdkRGBA line;
  gdk_rgba_parse (&line, "#3584e4");
  for (guint i = 0; i < 2; i++)
    {
      double x = i == 0 ? from : to;
      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT (x - 1.5, plot->y, 3, plot->height));
    }
}

/* The picture, and what stands over it: the point under the pointer, the box that is drawn. */
void
_plateau_plot_view_append_picture (PlateauPlotView *view, GtkSnapshot *snapshot,
                                   const graphene_rect_t *bounds)
{
  gtk_snapshot_push_opacity (snapshot, view->busy && view->busy_source == 0 ? 0.6 : 1);
  gtk_snapshot_append_texture (snapshot, view->picture, bounds);
  if (view->redraw_source != 0)
    for (guint i = 0; i < view->views->len; i++)
      append_moved_panel (view, snapshot, i, bounds);
  gtk_snapshot_pop (snapshot);
  if (view->has_hover && view->redraw_source == 0)
    {
      GdkRGBA ink;
      gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (view)), &ink);
      append_crosshair (view, snapshot,
                        &plateau_layout_get_panel (view->layout, view->hover.panel)->plot,
                        &ink);
      append_hover_label (view, snapshot);
    }
  double from, to;
  if (view->redraw_source == 0 && view->drag_mode == PLATEAU_DRAG_NONE
      && _plateau_plot_view_get_handle_place (view, &from, &to))
    append_handle (view, snapshot, from, to);
  if (view->redraw_source == 0 && view->layout != NULL && _plateau_plot_view_has_corner (view))
    {
      _plateau_plot_view_update_corner_box (view);
      append_box (view, snapshot);
    }
  if (view->drag_mode == PLATEAU_DRAG_BOX)
    append_box (view, snapshot);
}
