/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv-private.h"

#include "analysis/plateau-smoothing-spline.h"
#include "base/plateau-numeric.h"

#include <math.h>

#define FWHM_PER_SIGMA 2.3548200450309493

/* Even weights of a Savitzky-Golay smoother of 2 m + 1 points and polynomial order 2 to 5: the
 * least-squares polynomial's value in the middle. */
static double *
smoothing_weights (int m, int order)
{
  double *weights = g_new (double, m + 1);
  double s[5] = { 0 };

  for (int j = -m; j <= m; j++)
    {
      double p = 1;
      for (int k = 0; k < 5; k++)
        {
          s[k] += p;
          p *= (double) j * j;
        }
    }
  if (order < 4)
    {
      double determinant = s[0] * s[2] - s[1] * s[1];
      for (int j = 0; j <= m; j++)
        weights[j] = (s[2] - s[1] * j * j) / determinant;
    }
  else
    {
      /* First row of the inverse of the moment matrix [s0 s1 s2; s1 s2 s3; s2 s3 s4]. */
      double c0 = s[2] * s[4] - s[3] * s[3], c1 = s[2] * s[3] - s[1] * s[4];
      double c2 = s[1] * s[3] - s[2] * s[2];
      double determinant = s[0] * c0 + s[1] * c1 + s[2] * c2;
      for (int j = 0; j <= m; j++)
        weights[j] = (c0 + c1 * j * j + c2 * j * j * (double) j * j) / determinant;
    }
  return weights;
}

static double *
gaussian_weights (double sigma, int *m)
{
  double *weights, sum;

  *m = MAX (1, (int) ceil (4 * sigma));
  weights = g_new (double, *m + 1);
  sum = weights[0] = 1;
  for (int j = 1; j <= *m; j++)
    {
      weights[j] = exp (-0.5 * j * j / (sigma * sigma));
      sum += 2 * weights[j];
    }
  for (int j = 0; j <= *m; j++)
    weights[j] /= sum;
  return weights;
}

/* Symmetric convolution; what would leave at an end is reflected there, so that the sum, the
 * charge, stays. */
static double *
convolve (const double *values, gsize n, const double *weights, int m)
{
  double *result = g_new (double, n);
  gsize padded = n + 2 * (gsize) m;
  g_autofree double *extended = g_new (double, padded);

  for (gsize i = 0; i < padded; i++)
    {
      gssize k = (gssize) i - m;
      while (k < 0 || k >= (gssize) n)
        k = k < 0 ? -1 - k : 2 * (gssize) n - 1 - k;
      extended[i] = values[k];
    }
  for (gsize i = 0; i < n; i++)
    {
      const double *middle = extended + i + m;
      double sum = weights[0] * middle[0];
      for (int j = 1; j <= m; j++)
        sum += weights[j] * (middle[j] + middle[-j]);
      result[i] = sum;
    }
  return result;
}

static double
sum_of_squares (const double *weights, int m)
{
  double sum = weights[0] * weights[0];
  for (int j = 1; j <= m; j++)
    sum += 2 * weights[j] * weights[j];
  return sum;
}

/* Smoothing spline through the bins. Its penalty leaves constants alone, so the sum stays. */
static double *
smooth_by_spline (const double *bins, gsize n, double factor)
{
  g_autofree double *x = g_new (double, n);
  g_autoptr (PlateauSmoothingSpline) spline = NULL;

  for (gsize i = 0; i < n; i++)
    x[i] = i;
  spline = plateau_smoothing_spline_new (x, bins, n, factor);
  return spline != NULL ? g_steal_pointer (&spline->value) : g_memdup2 (bins, n * sizeof *bins);
}

/**
 * plateau_dqdv_smooth:
 * @curve: gets its grid, values, integral and noise
 * @d: charge by potential
 *
 * From charge by bin to the curve, with an empty bin at either end so that any rule of integration
 * gives the charge.
 */
void
plateau_dqdv_smooth (PlateauDqdvCurve *curve, const PlateauDqdvDensity *d,
                     const PlateauDqdvOptions *options)
{
  g_autofree double *smooth = NULL;
  g_autofree double *residual = NULL;
  g_autofree double *weights = NULL;
  double window = options->window / d->step, gain = 1, sign = curve->charge ? 1 : -1;
  int m = (int) floor (0.5 * window);
  gsize first = 0, last = d->n - 1, n;
  const double *bins;

  while (first < last && d->mass[first] == 0)
    first++;
  while (last > first && d->mass[last] == 0)
    last--;
  n = last - first + 1;
  bins = d->mass + first;
  if (options->method == PLATEAU_DQDV_LEAN && window > 0)
    weights = gaussian_weights (MAX (0.5 * window / FWHM_PER_SIGMA, 0.3), &m);
  else if (options->method == PLATEAU_DQDV_SAVITZKY_GOLAY && m > CLAMP (options->order, 2, 5) / 2)
    weights = smoothing_weights (m, options->order);
  if (options->method == PLATEAU_DQDV_SPLINE)
    smooth = smooth_by_spline (bins, n, options->smoothing);
  else if (weights != NULL)
    smooth = convolve (bins, n, weights, m);
  if (smooth != NULL)
    {
      residual = g_new (double, n);
      for (gsize i = 0; i < n; i++)
        residual[i] = bins[i] - smooth[i];
      if (weights != NULL)
        gain = sqrt (sum_of_squares (weights, m) / MAX (1 - weights[0], 0.1));
    }
  else
    {
      smooth = g_memdup2 (bins, n * sizeof *bins);
      residual = g_new0 (double, n);
      for (gsize i = 1; i + 1 < n; i++)
        residual[i] = (bins[i - 1] - 2 * bins[i] + bins[i + 1]) / sqrt (6);
    }
  curve->n = n + 2;
  curve->step = d->step;
  curve->window = weights != NULL ? options->window : 0;
  curve->potential = g_new (double, n + 2);
  curve->dqdv = g_new0 (double, n + 2);
  for (gsize i = 0; i < n + 2; i++)
    curve->potential[i] = d->origin + (first + i - 0.5) * d->step;
  for (gsize i = 0; i < n; i++)
    {
      curve->dqdv[i + 1] = sign * smooth[i] / d->step;
      curve->integral += smooth[i];
    }
  /* A few hundred of them tell the scatter as well as all. */
  {
    gsize stride = MAX (1, n / 400), kept = 0;
    for (gsize i = 0; i < n; i += stride)
      residual[kept++] = residual[i];
    curve->noise = gain * plateau_mad_sigma (residual, kept) / d->step;
  }
}
