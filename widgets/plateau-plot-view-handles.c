/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include <math.h>

/* Windows of a plot whose ends can be moved by hand. */

#define REACH 5 /* px around an end */
#define TOP 22  /* px: the strip along the top by which a window is moved as a whole */

void
_plateau_handle_clear (PlateauHandle *handle)
{
  g_free (handle->id);
  *handle = (PlateauHandle){ 0 };
}

void
_plateau_plot_view_clear_handle (PlateauPlotView *view)
{
  _plateau_handle_clear (&view->handle);
}

static double
to_px (PlateauPlotView *view, int panel, double value)
{
  double x, y;
  plateau_layout_from_data (view->layout, (guint) panel, FALSE, FALSE, value, NAN, &x, &y);
  return x;
}

static double
to_data (PlateauPlotView *view, int panel, double px)
{
  const PlateauRect *plot = &plateau_layout_get_panel (view->layout, (guint) panel)->plot;
  double x, y;
  plateau_layout_to_data (view->layout, (guint) panel, FALSE, FALSE, px, plot->y, &x, &y);
  return x;
}

/* An end counts before the whole of a window, and a near end before one further off. */
gboolean
_plateau_plot_view_find_handle (PlateauPlotView *view, double x, double y, PlateauHandle *handle)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  int panel = layout != NULL ? plateau_layout_panel_at (layout, x, y) : -1;
  const PlateauAnnotation *found = NULL;
  double nearest = REACH;
  if (panel < 0 || !plateau_rect_contains (&plateau_layout_get_panel (layout, panel)->plot, x, y))
    return FALSE;
  double top = plateau_layout_get_panel (layout, panel)->plot.y + TOP;
  GArray *all = plateau_figure_get_panel (view->figure, panel)->annotations;
  handle->part = PLATEAU_HANDLE_NONE;
  for (guint i = 0; i < all->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (all, PlateauAnnotation, i);
      if (a->handle == NULL)
        continue;
      double from = to_px (view, panel, a->x), to = to_px (view, panel, a->x1);
      double off = MIN (fabs (x - from), fabs (x - to));
      if (off < nearest)
        {
          nearest = off;
          found = a;
          handle->part = fabs (x - from) < fabs (x - to) ? PLATEAU_HANDLE_FROM : PLATEAU_HANDLE_TO;
        }
      else if (found == NULL && y < top && x > from && x < to)
        {
          found = a;
          handle->part = PLATEAU_HANDLE_WHOLE;
        }
    }
  if (found == NULL)
    return FALSE;
  handle->id = g_strdup (found->handle);
  handle->panel = panel;
  handle->from = found->x;
  handle->to = found->x1;
  handle->from_px = to_px (view, panel, found->x);
  handle->to_px = to_px (view, panel, found->x1);
  return TRUE;
}

/* @dx: px since the drag began. An end never crosses the other. */
void
_plateau_plot_view_drag_handle (PlateauPlotView *view, double dx, gboolean done)
{
  PlateauHandle *handle = &view->handle;
  if (handle->part == PLATEAU_HANDLE_NONE || _plateau_plot_view_ensure_layout (view) == NULL)
    return;
  double from = handle->from_px, to = handle->to_px;
  if (handle->part != PLATEAU_HANDLE_TO)
    from = MIN (from + dx, handle->part == PLATEAU_HANDLE_WHOLE ? INFINITY : to - 1);
  if (handle->part != PLATEAU_HANDLE_FROM)
    to = MAX (to + dx, handle->part == PLATEAU_HANDLE_WHOLE ? -INFINITY : from + 1);
  g_signal_emit_by_name (
      view, "handle-moved", handle->id,
      handle->part == PLATEAU_HANDLE_TO ? handle->from : to_data (view, handle->panel, from),
      handle->part == PLATEAU_HANDLE_FROM ? handle->to : to_data (view, handle->panel, to), done);
}
