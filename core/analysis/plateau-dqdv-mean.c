/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"

#include <math.h>

static PlateauDqdvMean *
mean_new (double low, double high, double step)
{
  PlateauDqdvMean *mean = g_new0 (PlateauDqdvMean, 1);

  mean->n = (guint) (llrint ((high - low) / step) + 1);
  mean->potential = g_new (double, mean->n);
  mean->mean = g_new0 (double, mean->n);
  mean->sd = g_new0 (double, mean->n);
  mean->count = g_new0 (double, mean->n);
  for (guint i = 0; i < mean->n; i++)
    mean->potential[i] = low + i * step;
  return mean;
}

/**
 * plateau_dqdv_mean:
 * @curves: (array length=n_curves): one branch each of replicate cells, charge or discharge
 * @scales: (array length=n_curves) (nullable): factor of each curve, for example one over the
 *   active mass; %NULL for 1
 * @n_curves: at least 1
 *
 * Mean and standard deviation (n - 1) of curves on their common grid. Where a curve has ended it
 * counts as zero, since no charge passes there; the count is that of all curves.
 *
 * Returns: (transfer full): the mean; with one curve the standard deviation is NaN
 */
PlateauDqdvMean *
plateau_dqdv_mean (PlateauDqdvCurve *const *curves, const double *scales, guint n_curves)
{
  double low = INFINITY, high = -INFINITY, step = 0;
  PlateauDqdvMean *mean;

  g_return_val_if_fail (n_curves > 0, NULL);
  for (guint k = 0; k < n_curves; k++)
    {
      low = MIN (low, curves[k]->potential[0]);
      high = MAX (high, curves[k]->potential[curves[k]->n - 1]);
      step = MAX (step, curves[k]->step);
    }
  mean = mean_new (low, high, step);
  for (guint i = 0; i < mean->n; i++)
    {
      double sum = 0, squares = 0;

      for (guint k = 0; k < n_curves; k++)
        sum += (scales != NULL ? scales[k] : 1)
               * plateau_dqdv_curve_at (curves[k], mean->potential[i]);
      mean->mean[i] = sum / n_curves;
      for (guint k = 0; k < n_curves; k++)
        {
          double deviation = (scales != NULL ? scales[k] : 1)
                                 * plateau_dqdv_curve_at (curves[k], mean->potential[i])
                             - mean->mean[i];
          squares += deviation * deviation;
        }
      mean->sd[i] = n_curves > 1 ? sqrt (squares / (n_curves - 1)) : NAN;
      mean->count[i] = n_curves;
    }
  return mean;
}

static double
value_at (const PlateauDqdvMean *mean, const double *values, double potential)
{
  double step = mean->potential[1] - mean->potential[0];
  double at = (potential - mean->potential[0]) / step;
  guint k;

  if (!(at >= 0) || at > mean->n - 1)
    return 0;
  k = MIN ((guint) at, mean->n - 2);
  return values[k] + (at - k) * (values[k + 1] - values[k]);
}

/**
 * plateau_dqdv_difference:
 * @modified: mean curve of one sample
 * @pristine: mean curve of another, of the same branch, scaled alike
 *
 * Returns: (transfer full): @modified minus @pristine over the range of both, with the standard
 *   error of the difference as sd (from both standard deviations over their numbers; NaN when
 *   either has one curve only) and the smaller number as count
 */
PlateauDqdvMean *
plateau_dqdv_difference (const PlateauDqdvMean *modified, const PlateauDqdvMean *pristine)
{
  double step = MAX (modified->potential[1] - modified->potential[0],
                     pristine->potential[1] - pristine->potential[0]);
  PlateauDqdvMean *result = mean_new (
      MIN (modified->potential[0], pristine->potential[0]),
      MAX (modified->potential[modified->n - 1], pristine->potential[pristine->n - 1]), step);

  for (guint i = 0; i < result->n; i++)
    {
      double v = result->potential[i];
      double a = value_at (modified, modified->sd, v), b = value_at (pristine, pristine->sd, v);

      result->mean[i] = value_at (modified, modified->mean, v)
                        - value_at (pristine, pristine->mean, v);
      result->sd[i] = sqrt (a * a / modified->count[0] + b * b / pristine->count[0]);
      result->count[i] = MIN (modified->count[0], pristine->count[0]);
    }
  return result;
}

/**
 * plateau_dqdv_mean_free:
 * @mean: (transfer full) (nullable): freed
 */
void
plateau_dqdv_mean_free (PlateauDqdvMean *mean)
{
  if (mean == NULL)
    return;
  g_free (mean->potential);
  g_free (mean->mean);
  g_free (mean->sd);
  g_free (mean->count);
  g_free (mean);
}
