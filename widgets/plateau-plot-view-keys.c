/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* What the pointer does with drags and clicks, from the point that the keys have walked to. */

/* A box: its first corner at one point, its last at another. */

gboolean
_plateau_plot_view_has_corner (PlateauPlotView *view)
{
  return view->corner_panel >= 0 && view->has_hover && view->hover.panel == view->corner_panel;
}

static void
get_corner (PlateauPlotView *view, double *x, double *y)
{
  plateau_layout_from_data (view->layout, (guint) view->corner_panel, FALSE, FALSE, view->corner_x,
                            view->corner_y, x, y);
}

/* The box from the corner to the point of now. */
void
_plateau_plot_view_update_corner_box (PlateauPlotView *view)
{
  double x, y;
  get_corner (view, &x, &y);
  view->box = (PlateauRect){ MIN (x, view->hover.px), MIN (y, view->hover.py),
                             fabs (x - view->hover.px), fabs (y - view->hover.py) };
}

void
_plateau_plot_view_forget_corner (PlateauPlotView *view)
{
  view->corner_panel = -1;
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

void
_plateau_plot_view_box_by_key (PlateauPlotView *view)
{
  if (!view->has_hover || _plateau_plot_view_ensure_layout (view) == NULL)
    return;
  if (!_plateau_plot_view_has_corner (view))
    {
      view->corner_panel = view->hover.panel;
      plateau_layout_to_data (view->layout, (guint) view->corner_panel, FALSE, FALSE,
                              view->hover.px, view->hover.py, &view->corner_x, &view->corner_y);
      gtk_widget_queue_draw (GTK_WIDGET (view));
      return;
    }
  _plateau_plot_view_update_corner_box (view);
  /* Both points are within. */
  view->box = (PlateauRect){ view->box.x - 1, view->box.y - 1, view->box.width + 2,
                             view->box.height + 2 };
  view->drag_panel = view->corner_panel;
  view->corner_panel = -1;
  _plateau_plot_view_take_box (view);
}

/* Curves that are hidden, as by a click on their legend entry. */

void
_plateau_plot_view_hide_by_key (PlateauPlotView *view)
{
  if (!view->has_hover || _plateau_plot_view_ensure_layout (view) == NULL)
    return;
  const PlateauPanelLayout *laid = plateau_layout_get_panel (view->layout,
                                                             (guint) view->hover.panel);
  PlateauPanel *panel = plateau_figure_get_panel (view->figure, (guint) view->hover.panel);
  PlateauLayer *layer = g_ptr_array_index (panel->layers, view->hover.index);
  gboolean found = FALSE;
  for (guint i = 0; i < laid->entries->len && !found; i++)
    {
      PlateauLegendEntry *entry = g_ptr_array_index (laid->entries, i);
      for (guint k = 0; k < entry->layers->len && !found; k++)
        found = g_array_index (entry->layers, guint, k) == (guint) view->hover.index;
      for (guint k = 0; found && k < entry->layers->len; k++)
        {
          layer = g_ptr_array_index (panel->layers, g_array_index (entry->layers, guint, k));
          g_hash_table_add (view->hidden, g_strdup (layer->id));
        }
    }
  if (!found)
    g_hash_table_add (view->hidden, g_strdup (layer->id));
  _plateau_plot_view_set_hover (view, NULL);
  _plateau_plot_view_refresh (view);
}

void
_plateau_plot_view_show_hidden (PlateauPlotView *view)
{
  g_hash_table_remove_all (view->hidden);
  _plateau_plot_view_refresh (view);
}

/* Windows: one of their ends, or the whole, is chosen and then moved. */

static const PlateauAnnotation *
find_window (PlateauPlotView *view, int panel, const char *id)
{
  GArray *all = plateau_figure_get_panel (view->figure, (guint) panel)->annotations;
  for (guint i = 0; i < all->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (all, PlateauAnnotation, i);
      if (a->handle != NULL && (id == NULL || g_str_equal (a->handle, id)))
        return a;
    }
  return NULL;
}

static const PlateauAnnotation *
window_after (PlateauPlotView *view, int panel, const char *id)
{
  GArray *all = plateau_figure_get_panel (view->figure, (guint) panel)->annotations;
  gboolean passed = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (all, PlateauAnnotation, i);
      if (a->handle != NULL && passed)
        return a;
      passed = passed || (a->handle != NULL && g_str_equal (a->handle, id));
    }
  return find_window (view, panel, NULL);
}

static void
tell_handle (PlateauPlotView *view, const PlateauAnnotation *window)
{
  PlateauHandlePart part = view->handle.part;
  g_autofree char *from = _plateau_plot_view_dup_x_value (view, view->handle.panel, window->x);
  g_autofree char *to = _plateau_plot_view_dup_x_value (view, view->handle.panel, window->x1);
  g_autofree char *text =
      part == PLATEAU_HANDLE_FROM ? g_strdup_printf (_ ("Begin of the window: %s"), from)
      : part == PLATEAU_HANDLE_TO ? g_strdup_printf (_ ("End of the window: %s"), to)
                                  : g_strdup_printf (_ ("Window: %s to %s"), from, to);
  _plateau_plot_view_tell (view, text);
}

/* A figure that came after the window was moved has it elsewhere. */
void
_plateau_plot_view_retell_handle (PlateauPlotView *view)
{
  const PlateauHandle *handle = &view->handle;
  if (handle->id == NULL || view->drag_mode != PLATEAU_DRAG_NONE || view->figure == NULL
      || handle->panel >= (int) view->figure->panels->len)
    return;
  const PlateauAnnotation *window = find_window (view, handle->panel, handle->id);
  if (window != NULL)
    tell_handle (view, window);
  else
    _plateau_plot_view_clear_handle (view);
}

/* Begin, end and whole of the first window, then of the next. */
void
_plateau_plot_view_next_handle (PlateauPlotView *view)
{
  int panel = _plateau_plot_view_focus_panel (view);
  PlateauHandle *handle = &view->handle;
  const PlateauAnnotation *window = NULL;
  if (panel < 0)
    return;
  if (handle->id != NULL && handle->panel == panel)
    window = find_window (view, panel, handle->id);
  PlateauHandlePart part = window != NULL ? handle->part + 1 : PLATEAU_HANDLE_FROM;
  if (part > PLATEAU_HANDLE_WHOLE)
    part = PLATEAU_HANDLE_FROM;
  if (window == NULL)
    window = find_window (view, panel, NULL);
  else if (part == PLATEAU_HANDLE_FROM)
    window = window_after (view, panel, handle->id);
  if (window == NULL)
    return;
  g_autofree char *id = g_strdup (window->handle);
  _plateau_plot_view_clear_handle (view);
  *handle = (PlateauHandle){ .part = part, .id = g_steal_pointer (&id), .panel = panel };
  tell_handle (view, window);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

/* @share: of the width of the plot */
void
_plateau_plot_view_move_handle (PlateauPlotView *view, double share)
{
  PlateauHandle *handle = &view->handle;
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  const PlateauAnnotation *window = handle->id != NULL && layout != NULL
                                        ? find_window (view, handle->panel, handle->id)
                                        : NULL;
  if (window == NULL)
    return;
  double y;
  handle->from = window->x;
  handle->to = window->x1;
  plateau_layout_from_data (layout, (guint) handle->panel, FALSE, FALSE, window->x, NAN,
                            &handle->from_px, &y);
  plateau_layout_from_data (layout, (guint) handle->panel, FALSE, FALSE, window->x1, NAN,
                            &handle->to_px, &y);
  double width = plateau_layout_get_panel (layout, (guint) handle->panel)->plot.width;
  _plateau_plot_view_drag_handle (view, share * width, TRUE);
}

/* Where the chosen end is, in pixels; FALSE: none is. */
gboolean
_plateau_plot_view_get_handle_place (PlateauPlotView *view, double *from, double *to)
{
  const PlateauHandle *handle = &view->handle;
  double y;
  const PlateauAnnotation *window = handle->id != NULL && view->layout != NULL
                                            && handle->panel < (int) view->figure->panels->len
                                        ? find_window (view, handle->panel, handle->id)
                                        : NULL;
  if (window == NULL)
    return FALSE;
  plateau_layout_from_data (view->layout, (guint) handle->panel, FALSE, FALSE, window->x, NAN, from,
                            &y);
  plateau_layout_from_data (view->layout, (guint) handle->panel, FALSE, FALSE, window->x1, NAN, to,
                            &y);
  if (handle->part == PLATEAU_HANDLE_FROM)
    *to = *from;
  else if (handle->part == PLATEAU_HANDLE_TO)
    *from = *to;
  return TRUE;
}
