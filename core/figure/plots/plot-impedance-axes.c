/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the axes of impedance plots show: the part of a blocking cell's spectrum that matters. */

#include "figure/plots/plot-impedance.h"

#include <glib/gi18n.h>
#include <math.h>

#define TAIL_SLOPE 2.0 /* of the line towards low frequency, -Z'' over Z': a blocking electrode */
#define TAIL_RISE 3.0  /* its height over the resistance, at least */
#define TAIL_SHOWN 2.5 /* as much of it is shown, over the resistance */

/* What of a spectrum, from high to low frequency, is to be seen: all of it, or up to some way along
 * the steep line of a blocking electrode. */
static gboolean
measure_tail (const PlateauLayer *layer, double *seen)
{
  gsize n = layer->n, foot;
  double x0, y0, x1, y1, highest = 0, rightmost = 0;

  for (gsize i = 0; i < n; i++)
    {
      highest = MAX (highest, plateau_array_get (&layer->y, i));
      rightmost = MAX (rightmost, plateau_array_get (&layer->x, i));
    }
  *seen = MAX (highest, rightmost);
  if (n < 5)
    return FALSE;
  for (foot = n - 1; foot > 0; foot--)
    if (!(plateau_array_get (&layer->y, foot - 1) < plateau_array_get (&layer->y, foot)))
      break;
  x0 = plateau_array_get (&layer->x, foot);
  y0 = plateau_array_get (&layer->y, foot);
  x1 = plateau_array_get (&layer->x, n - 1);
  y1 = plateau_array_get (&layer->y, n - 1);
  if (!(x0 > 0) || y1 - y0 < TAIL_SLOPE * fabs (x1 - x0) || y1 < TAIL_RISE * x0)
    return FALSE;
  *seen = TAIL_SHOWN * x0;
  return TRUE;
}

void
plot_nyquist_limit_tails (PlateauPlotContext *context)
{
  PlateauPanel *panel = context->panel;
  gboolean any = FALSE;
  double most = 0;

  for (guint i = 0; i < panel->layers->len; i++)
    {
      const PlateauLayer *layer = g_ptr_array_index (panel->layers, i);
      double seen = 0;

      if (layer->n == 0 || !layer->key.values)
        continue;
      any = measure_tail (layer, &seen) || any;
      most = MAX (most, seen);
    }
  if (!any)
    return;
  panel->axes[PLATEAU_AXIS_X].min = panel->axes[PLATEAU_AXIS_Y].min = 0;
  panel->axes[PLATEAU_AXIS_X].max = panel->axes[PLATEAU_AXIS_Y].max = most;
  plateau_panel_note (panel, "%s",
                      _ ("The lines of blocking electrodes go on beyond the axes' limits"));
}
