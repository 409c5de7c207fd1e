/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-voltammetry-peak.h"

#include <math.h>

#define LEAST_PROMINENCE 0.05 /* of the sweep's range of current */
#define CAP 0.03              /* of the prominence: the cap of the peak that is fitted */
#define BASELINE_SPAN 0.12    /* of the way to the peak */

/* Centred moving average over rows within @window volts; positive in the sweep's direction. */
static double *
smooth (const double *potential, const double *current, gsize n, double sign, double window)
{
  double *smoothed = g_new (double, n), span = fabs (potential[n - 1] - potential[0]);
  gsize half = span > 0 ? (gsize) (0.5 * window / span * (double) n) : 0;
  g_autofree double *sums = g_new (double, n + 1);
  sums[0] = 0;
  for (gsize i = 0; i < n; i++)
    sums[i + 1] = sums[i] + sign * current[i];
  for (gsize i = 0; i < n; i++)
    {
      gsize reach = MIN (half, MIN (i, n - 1 - i));
      smoothed[i] = (sums[i + reach + 1] - sums[i - reach]) / (double) (2 * reach + 1);
    }
  return smoothed;
}

/* The depth on the shallower side before the course rises above the peak or ends. */
static double
prominence_of (const double *y, gsize n, gsize at)
{
  double left = y[at], right = y[at];
  for (gsize i = at; i-- > 0 && y[i] <= y[at];)
    left = MIN (left, y[i]);
  for (gsize i = at + 1; i < n && y[i] <= y[at]; i++)
    right = MIN (right, y[i]);
  return y[at] - MAX (left, right);
}

static gboolean
most_prominent (const double *y, gsize n, gsize *at, double *prominence)
{
  double low = y[0], high = y[0], best = 0;
  for (gsize i = 0; i < n; i++)
    {
      low = MIN (low, y[i]);
      high = MAX (high, y[i]);
    }
  double least = LEAST_PROMINENCE * (high - low);
  for (gsize i = 1; i + 1 < n; i++)
    {
      /* What does not stand out from the lowest value cannot stand out enough. */
      if (!(y[i] > y[i - 1] && y[i] >= y[i + 1]) || y[i] - low <= MAX (best, least))
        continue;
      double found = prominence_of (y, n, i);
      if (found > MAX (best, least))
        {
          best = found;
          *at = i;
        }
    }
  *prominence = best;
  return best > 0;
}

/* The top of the cap by a parabola through it; least squares against noise. */
static double
refine (const double *x, const double *y, gsize n, gsize at, double prominence, double *top)
{
  gsize first = at, last = at;
  double floor = y[at] - CAP * prominence;
  while (first > 0 && y[first - 1] >= floor)
    first--;
  while (last + 1 < n && y[last + 1] >= floor)
    last++;
  first = first > 0 && at - first < 1 ? at - 1 : first;
  last = last == at && at + 1 < n ? at + 1 : last;
  double m = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, t0 = 0, t1 = 0, t2 = 0;
  double scale = MAX (fabs (x[last] - x[first]) / 2, 1e-12);
  for (gsize i = first; i <= last; i++)
    {
      double u = (x[i] - x[at]) / scale, v = y[i] - y[at];
      m += 1;
      s1 += u;
      s2 += u * u;
      s3 += u * u * u;
      s4 += u * u * u * u;
      t0 += v;
      t1 += u * v;
      t2 += u * u * v;
    }
  double det = m * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  double a = (t0 * (s2 * s4 - s3 * s3) - s1 * (t1 * s4 - t2 * s3) + s2 * (t1 * s3 - t2 * s2)) / det;
  double b = (m * (t1 * s4 - t2 * s3) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1)) / det;
  double c = (m * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2)) / det;
  double shift = -b / (2 * c);
  if (!(c < 0) || fabs (shift) > 1.5)
    {
      *top = y[at];
      return x[at];
    }
  *top = y[at] + a + b * shift + c * shift * shift;
  return x[at] + scale * shift;
}

static gboolean
fit_rows (const double *x, const double *y, gsize first, gsize last, PlateauLine *line)
{
  return last > first + 1 && plateau_fit_line (x + first, y + first, NULL, last - first + 1, line);
}

/* The flattest stretch before the peak; its tangent is the baseline, as long as it stays below
 * the peak. */
static gboolean
flattest (const double *x, const double *y, gsize at, PlateauLine *line, gsize *first, gsize *last)
{
  gsize width = MAX ((gsize) (BASELINE_SPAN * (double) at), 4);
  double best = G_MAXDOUBLE;
  gboolean found = FALSE;
  for (gsize i = 1; i + width < at; i += MAX (width / 2, 1))
    {
      PlateauLine candidate;
      if (!fit_rows (x, y, i, i + width, &candidate))
        continue;
      double at_peak = candidate.intercept + candidate.slope * x[at];
      if (fabs (candidate.slope) < best && at_peak < 0.5 * y[at])
        {
          best = fabs (candidate.slope);
          *line = candidate;
          *first = i;
          *last = i + width;
          found = TRUE;
        }
    }
  return found;
}

static gboolean
given_window (const double *x, const double *y, gsize n, double low, double high, PlateauLine *line)
{
  g_autofree double *weights = g_new0 (double, n);
  for (gsize i = 0; i < n; i++)
    weights[i] = x[i] >= low && x[i] <= high ? 1 : 0;
  return plateau_fit_line (x, y, weights, n, line) && line->n >= 3;
}

void
plateau_voltammetry_find_peak (const double *potential, const double *current, gsize n,
                               gboolean anodic, const PlateauVoltammetryOptions *options,
                               PlateauVoltammetryPeak *peak)
{
  double sign = anodic ? 1 : -1, prominence, top;
  double low = anodic ? options->baseline_low : options->cathodic_low;
  double high = anodic ? options->baseline_high : options->cathodic_high;
  PlateauLine line = { 0 };
  gsize at = 0, first = 0, last = 0;
  *peak = (PlateauVoltammetryPeak){ NAN, NAN, NAN, 0, 0, NAN, NAN };
  if (n < 5)
    return;
  g_autofree double *y = smooth (potential, current, n, sign, options->window);
  if (!most_prominent (y, n, &at, &prominence))
    return;
  double place = refine (potential, y, n, at, prominence, &top);
  gboolean fitted = FALSE;
  if (low < high)
    {
      fitted = given_window (potential, y, n, low, high, &line);
      peak->baseline_low = fitted ? low : NAN;
      peak->baseline_high = fitted ? high : NAN;
    }
  else if ((fitted = flattest (potential, y, at, &line, &first, &last)))
    {
      peak->baseline_low = MIN (potential[first], potential[last]);
      peak->baseline_high = MAX (potential[first], potential[last]);
    }
  peak->baseline_intercept = fitted ? sign * line.intercept : 0;
  peak->baseline_slope = fitted ? sign * line.slope : 0;
  peak->current = sign * top;
  peak->height = peak->current - peak->baseline_intercept - peak->baseline_slope * place;
  peak->potential = place - peak->current * options->resistance;
}
