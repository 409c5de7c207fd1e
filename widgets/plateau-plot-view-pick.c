/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include <math.h>

/* Points that are clicked or boxed, for whoever masks or leaves them out. */

void
plateau_plot_view_set_picking (PlateauPlotView *view, gboolean picking)
{
  g_return_if_fail (PLATEAU_IS_PLOT_VIEW (view));
  view->picking = picking;
}

static void
add_pick (GArray *picks, const PlateauLayer *layer, gsize point)
{
  PlateauPick pick = { layer->tag, plateau_array_get (&layer->key, point) };
  g_array_append_val (picks, pick);
}

static void
emit (PlateauPlotView *view, GArray *picks)
{
  if (picks->len > 0)
    g_signal_emit_by_name (view, "picked", picks);
}

void
_plateau_plot_view_pick_hit (PlateauPlotView *view, const PlateauHit *hit)
{
  const PlateauLayer *layer =
      plateau_figure_get_panel (view->figure, (guint) hit->panel)->layers->pdata[hit->index];
  g_autoptr (GArray) picks = g_array_new (FALSE, FALSE, sizeof (PlateauPick));
  if (layer->key.values != NULL && layer->kind != PLATEAU_LAYER_MAP && hit->point >= 0)
    add_pick (picks, layer, (gsize) hit->point);
  emit (view, picks);
}

void
_plateau_plot_view_pick_box (PlateauPlotView *view)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  g_autoptr (GArray) picks = g_array_new (FALSE, FALSE, sizeof (PlateauPick));
  if (layout == NULL || view->drag_panel < 0)
    return;
  GPtrArray *layers = plateau_figure_get_panel (view->figure, (guint) view->drag_panel)->layers;
  for (guint l = 0; l < layers->len; l++)
    {
      const PlateauLayer *layer = layers->pdata[l];
      PlateauHit hit;
      for (gsize i = 0;
           layer->key.values != NULL && layer->kind != PLATEAU_LAYER_MAP && i < layer->n; i++)
        if (plateau_layout_layer_point (layout, (guint) view->drag_panel, l, i, &hit)
            && plateau_rect_contains (&view->box, hit.px, hit.py))
          add_pick (picks, layer, i);
    }
  emit (view, picks);
}
