/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include <math.h>

#define MAX_HISTORY 100

static GArray *
copy_views (GArray *views)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (PlateauView), views->len);
  if (views->len > 0)
    g_array_append_vals (copy, views->data, views->len);
  return copy;
}

/* The view of now becomes the newest of the history. */
void
_plateau_plot_view_remember (PlateauPlotView *view)
{
  GArray *last = g_ptr_array_index (view->history, view->history_position);
  if (last->len == view->views->len
      && memcmp (last->data, view->views->data, last->len * sizeof (PlateauView)) == 0)
    return;
  g_ptr_array_set_size (view->history, view->history_position + 1);
  g_ptr_array_add (view->history, copy_views (view->views));
  if (view->history->len > MAX_HISTORY)
    g_ptr_array_remove_index (view->history, 0);
  view->history_position = view->history->len - 1;
}

static void
show_remembered (PlateauPlotView *view, guint position)
{
  GArray *views = g_ptr_array_index (view->history, position);
  view->history_position = position;
  g_array_unref (view->views);
  view->views = copy_views (views);
  g_signal_emit_by_name (view, "view-changed");
  _plateau_plot_view_set_hover (view, NULL);
  _plateau_plot_view_refresh (view);
}

gboolean
plateau_plot_view_go_back (PlateauPlotView *view)
{
  if (view->history_position == 0)
    return FALSE;
  show_remembered (view, view->history_position - 1);
  return TRUE;
}

gboolean
plateau_plot_view_go_forward (PlateauPlotView *view)
{
  if (view->history_position + 1 >= view->history->len)
    return FALSE;
  show_remembered (view, view->history_position + 1);
  return TRUE;
}

void
_plateau_plot_view_reset_views (PlateauPlotView *view)
{
  g_array_set_size (view->views, view->figure != NULL ? view->figure->panels->len : 0);
  for (guint i = 0; i < view->views->len; i++)
    plateau_view_init (&g_array_index (view->views, PlateauView, i));
}

void
plateau_plot_view_fit (PlateauPlotView *view)
{
  _plateau_plot_view_reset_views (view);
  _plateau_plot_view_remember (view);
  _plateau_plot_view_set_hover (view, NULL);
  g_signal_emit_by_name (view, "view-changed");
  _plateau_plot_view_refresh (view);
}

const PlateauView *
plateau_plot_view_get_views (PlateauPlotView *view, guint *n_views)
{
  *n_views = view->views->len;
  for (guint i = 0; i < view->views->len; i++)
    for (guint axis = 0; axis < PLATEAU_N_AXES; axis++)
      if (!isnan (g_array_index (view->views, PlateauView, i).min[axis]))
        return (const PlateauView *) view->views->data;
  return NULL;
}

/* Another plot: nothing to go back to. */
void
_plateau_plot_view_forget_views (PlateauPlotView *view)
{
  g_ptr_array_set_size (view->history, 0);
  g_ptr_array_add (view->history, copy_views (view->views));
  view->history_position = 0;
}
