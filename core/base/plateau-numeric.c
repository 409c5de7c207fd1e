/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-numeric.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics.h>
#include <math.h>

static double *
copy_finite (const double *values, gsize n, gsize *n_kept)
{
  double *kept = g_new (double, MAX (n, 1));
  gsize k = 0;
  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      kept[k++] = values[i];
  *n_kept = k;
  return kept;
}

/**
 * plateau_mean:
 *
 * Returns: the arithmetic mean of the @n values
 */
double
plateau_mean (const double *values, gsize n)
{
  gsize k;
  g_autofree double *kept = copy_finite (values, n, &k);
  return k == 0 ? NAN : gsl_stats_mean (kept, 1, k);
}

/**
 * plateau_sd:
 *
 * Returns: the standard deviation with n - 1, NaN for fewer than two values
 */
double
plateau_sd (const double *values, gsize n)
{
  gsize k;
  g_autofree double *kept = copy_finite (values, n, &k);
  return k < 2 ? NAN : gsl_stats_sd (kept, 1, k);
}

/**
 * plateau_median:
 *
 * Returns: the median
 */
double
plateau_median (const double *values, gsize n)
{
  return plateau_quantile (values, n, 0.5);
}

/**
 * plateau_quantile:
 * @p: 0 to 1
 *
 * Returns: the quantile by linear interpolation between order statistics
 */
double
plateau_quantile (const double *values, gsize n, double p)
{
  gsize k;
  g_autofree double *kept = copy_finite (values, n, &k);
  if (k == 0)
    return NAN;
  double position = CLAMP (p, 0, 1) * (double) (k - 1);
  gsize below = (gsize) position;
  double value = gsl_stats_select (kept, 1, k, below), next = INFINITY;
  if (position == (double) below)
    return value;
  /* Selecting leaves what is larger behind the selected one. */
  for (gsize i = below + 1; i < k; i++)
    next = MIN (next, kept[i]);
  return value + (position - (double) below) * (next - value);
}

/**
 * plateau_mad_sigma:
 *
 * Returns: 1.4826 times the median absolute deviation: the standard deviation of a normal
 *   distribution, hardly moved by outliers
 */
double
plateau_mad_sigma (const double *values, gsize n)
{
  gsize k;
  g_autofree double *kept = copy_finite (values, n, &k);
  double centre = plateau_median (kept, k);
  for (gsize i = 0; i < k; i++)
    kept[i] = fabs (kept[i] - centre);
  return 1.482602218505602 * plateau_median (kept, k);
}

/**
 * plateau_fit_line:
 * @x: abscissas
 * @y: ordinates
 * @weights: (nullable): 1/variance of each point, or NULL for equal unknown variances
 * @n: how many; points with a NaN are skipped
 * @line: (out): the least-squares line
 *
 * With weights the standard errors come from the weights; without, from the scatter.
 *
 * Returns: FALSE when fewer than two different abscissas are left
 */
gboolean
plateau_fit_line (const double *x, const double *y, const double *weights, gsize n,
                  PlateauLine *line)
{
  double sw = 0, swx = 0, swy = 0;
  gsize k = 0;
  *line = (PlateauLine){ NAN, NAN, NAN, NAN, NAN, 0 };
#define USED(i) (!isnan (x[i]) && !isnan (y[i]) && (weights == NULL || weights[i] > 0))
  for (gsize i = 0; i < n; i++)
    if (USED (i))
      {
        double w = weights != NULL ? weights[i] : 1;
        sw += w;
        swx += w * x[i];
        swy += w * y[i];
        k++;
      }
  if (k < 2)
    return FALSE;
  double mean_x = swx / sw, mean_y = swy / sw;
  double sxx = 0, sxy = 0, syy = 0;
  for (gsize i = 0; i < n; i++)
    if (USED (i))
      {
        double w = weights != NULL ? weights[i] : 1;
        double dx = x[i] - mean_x, dy = y[i] - mean_y;
        sxx += w * dx * dx;
        sxy += w * dx * dy;
        syy += w * dy * dy;
      }
#undef USED
  if (!(sxx > 0))
    return FALSE;
  line->n = k;
  line->slope = sxy / sxx;
  line->intercept = mean_y - line->slope * mean_x;
  double residual = MAX (syy - line->slope * sxy, 0);
  line->r2 = syy > 0 ? 1 - residual / syy : 1;
  if (k > 2 || weights != NULL)
    {
      double variance = weights != NULL ? 1 : residual / (double) (k - 2);
      line->slope_stderr = sqrt (variance / sxx);
      line->intercept_stderr = sqrt (variance * (1 / sw + mean_x * mean_x / sxx));
    }
  return TRUE;
}

/* Standard error of the difference of two means and its degrees of freedom (Welch, Biometrika 34
 * (1947) 28); FALSE when either group has fewer than two values or neither scatters. */
static gboolean
welch_error (double sd1, guint n1, double sd2, guint n2, double *error, double *freedom)
{
  if (n1 < 2 || n2 < 2)
    return FALSE;
  double v1 = sd1 * sd1 / n1, v2 = sd2 * sd2 / n2;
  if (!(v1 + v2 > 0))
    return FALSE;
  *error = sqrt (v1 + v2);
  *freedom = (v1 + v2) * (v1 + v2) / (v1 * v1 / (n1 - 1) + v2 * v2 / (n2 - 1));
  return TRUE;
}

/**
 * plateau_welch_p:
 *
 * Welch's unequal variances t-test of two means (Welch, Biometrika 34 (1947) 28), two-sided.
 *
 * Returns: the p value, NaN when either group has fewer than two values or neither scatters
 */
double
plateau_welch_p (double mean1, double sd1, guint n1, double mean2, double sd2, guint n2)
{
  double error, freedom;
  if (!welch_error (sd1, n1, sd2, n2, &error, &freedom))
    return NAN;
  return 2 * gsl_cdf_tdist_Q (fabs (mean1 - mean2) / error, freedom);
}

/**
 * plateau_welch_interval:
 * @level: of confidence, for example 0.95
 * @low: (out): NaN where there is none
 * @high: (out): NaN where there is none
 *
 * The interval of the difference of two means that goes with plateau_welch_p(): it holds 0 just
 * when p is above 1 - @level.
 *
 * Returns: %FALSE when either group has fewer than two values or neither scatters
 */
gboolean
plateau_welch_interval (double mean1, double sd1, guint n1, double mean2, double sd2, guint n2,
                        double level, double *low, double *high)
{
  double error, freedom;
  *low = *high = NAN;
  if (!welch_error (sd1, n1, sd2, n2, &error, &freedom))
    return FALSE;
  double half = error * gsl_cdf_tdist_Qinv (0.5 * (1 - level), freedom);
  *low = mean1 - mean2 - half;
  *high = mean1 - mean2 + half;
  return TRUE;
}

/**
 * plateau_lower_bound:
 * @sorted: rising values
 *
 * Returns: the index of the first value not below @value, @n when all are below
 */
gsize
plateau_lower_bound (const double *sorted, gsize n, double value)
{
  gsize low = 0, high = n;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (sorted[middle] < value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * plateau_interpolate:
 * @x: rising abscissas
 * @y: ordinates
 * @at: where
 *
 * Returns: the linear interpolation, NaN outside the range of @x
 */
double
plateau_interpolate (const double *x, const double *y, gsize n, double at)
{
  if (n == 0 || isnan (at) || at < x[0] || at > x[n - 1])
    return NAN;
  gsize i = plateau_lower_bound (x, n, at);
  if (i == 0 || x[i] == at)
    return y[i];
  double share = (at - x[i - 1]) / (x[i] - x[i - 1]);
  return y[i - 1] + share * (y[i] - y[i - 1]);
}
