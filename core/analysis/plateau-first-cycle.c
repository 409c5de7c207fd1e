/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-first-cycle.h"

#include "analysis/plateau-dqdv.h"

#include <math.h>

/* A slope and a plateau each hold at least this share of the charge. */
#define MINIMUM_SHARE 0.08
/* The valley between them lies below this share of the lower of both. */
#define VALLEY 0.85
#define WINDOW 60e-3
#define STEP 2e-3

/* Charge passed below @potential on the first charge. */
static double
charge_below (const PlateauDqdvCurve *curve, double potential)
{
  double sum = 0;

  for (guint i = 0; i < curve->n; i++)
    {
      double low = curve->potential[i] - 0.5 * curve->step;
      sum += curve->dqdv[i] * CLAMP (potential - low, 0, curve->step);
    }
  return sum;
}

/* The deepest valley that has, on either side, enough charge and a higher point, with the plateau
 * the upper side; NaN when the curve has no such shape. */
static double
find_valley (const PlateauDqdvCurve *curve, double above)
{
  g_autofree double *highest_above = g_new (double, curve->n);
  double below = 0, highest_below = 0, best_depth = VALLEY, best = NAN;

  highest_above[curve->n - 1] = 0;
  for (guint i = curve->n - 1; i > 0; i--)
    highest_above[i - 1] = MAX (highest_above[i],
                                curve->potential[i] >= above ? curve->dqdv[i] : 0);
  for (guint i = 1; i + 1 < curve->n; i++)
    {
      double lower = MIN (highest_below, highest_above[i]);
      double share = below / curve->integral;

      if (share > MINIMUM_SHARE && share < 1 - MINIMUM_SHARE && lower > 0
          && curve->dqdv[i] / lower < best_depth)
        {
          best_depth = curve->dqdv[i] / lower;
          best = curve->potential[i];
        }
      below += curve->dqdv[i] * curve->step;
      highest_below = MAX (highest_below, curve->dqdv[i]);
    }
  return best;
}

/**
 * plateau_cycles_plateau_share:
 * @recording: what @cycles was made from
 * @options: (nullable): potentials as measured; %NULL for the defaults
 * @potential: (out) (optional): the potential that was used, V as measured; NaN if none
 *
 * The share of the first charge, hold included, that passes above the potential at which the
 * plateau begins: oxygen redox in Li-rich cathodes. The potential is that of the lowest dQ/dV
 * (60 mV window) between a lower maximum, the slope, and an upper one, the plateau, which both
 * rise over it by at least 15 %, with at least 8 % of the charge on either side; the upper one
 * above the potential of the options (4.3 V), since other cathodes have maxima below.
 *
 * Returns: 0 .. 1, or NaN when the first cycle has no charge or its curve no such shape
 */
double
plateau_cycles_plateau_share (PlateauCycles *cycles, PlateauRecording *recording,
                              const PlateauCyclesOptions *options, double *potential)
{
  PlateauCyclesOptions defaults = PLATEAU_CYCLES_OPTIONS_INIT;
  PlateauDqdvOptions dqdv_options = PLATEAU_DQDV_OPTIONS_INIT;
  g_autoptr (GArray) q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) v = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (PlateauDqdvCurve) curve = NULL;
  double capacity, plateau_potential;
  int first = plateau_cycles_find (cycles, 1);

  options = options != NULL ? options : &defaults;
  plateau_potential = options->plateau_potential;
  if (potential != NULL)
    *potential = NAN;
  if (first < 0 || !plateau_cycles_branch (cycles, recording, 1, TRUE, FALSE, q, v, NULL))
    return NAN;
  capacity = cycles->cycles[first].charge_capacity;
  dqdv_options.step = STEP;
  dqdv_options.window = WINDOW;
  dqdv_options.order = 2;
  curve = plateau_dqdv_compute ((const double *) (gpointer) q->data,
                                (const double *) (gpointer) v->data, q->len, TRUE, &dqdv_options,
                                NULL);
  if (curve == NULL || !(capacity > 0))
    return NAN;
  if (isnan (plateau_potential))
    plateau_potential = find_valley (curve, options->plateau_above);
  if (potential != NULL)
    *potential = plateau_potential;
  if (isnan (plateau_potential))
    return NAN;
  return 1 - charge_below (curve, plateau_potential) / capacity;
}
