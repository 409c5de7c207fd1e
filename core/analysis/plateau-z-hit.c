/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-kk-private.h"

#include "base/plateau-error.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_spline.h>
#include <math.h>

#define NEIGHBOURS 5
#define MIN_POINTS 7

/* Local parabola through the neighbours of each point: smoothed value and slope over ln w. */
static void
smooth (const double *x, const double *y, gsize n, double *value, double *slope)
{
  gsl_matrix *design = gsl_matrix_alloc (NEIGHBOURS, 3), *covariance = gsl_matrix_alloc (3, 3);
  gsl_vector *data = gsl_vector_alloc (NEIGHBOURS), *c = gsl_vector_alloc (3);
  gsl_multifit_linear_workspace *workspace = gsl_multifit_linear_alloc (NEIGHBOURS, 3);

  for (gsize i = 0; i < n; i++)
    {
      gsize first = i < NEIGHBOURS / 2 ? 0 : MIN (i - NEIGHBOURS / 2, n - NEIGHBOURS);
      double chi2;

      for (gsize k = 0; k < NEIGHBOURS; k++)
        {
          double t = x[first + k] - x[i];

          gsl_matrix_set (design, k, 0, 1);
          gsl_matrix_set (design, k, 1, t);
          gsl_matrix_set (design, k, 2, t * t);
          gsl_vector_set (data, k, y[first + k]);
        }
      gsl_multifit_linear (design, data, c, covariance, &chi2, workspace);
      value[i] = gsl_vector_get (c, 0);
      slope[i] = gsl_vector_get (c, 1);
    }
  gsl_multifit_linear_free (workspace);
  gsl_matrix_free (design);
  gsl_matrix_free (covariance);
  gsl_vector_free (data);
  gsl_vector_free (c);
}

/**
 * plateau_z_hit:
 * @frequency: (array length=n): falling frequencies, Hz
 * @z_re: (array length=n): real parts, ohm
 * @z_im: (array length=n): imaginary parts, ohm
 * @n: number of points
 * @fit_re: (array length=n): receives the reconstructed real part
 * @fit_im: (array length=n): receives the reconstructed imaginary part
 * @error: return location
 *
 * Reconstructs the modulus from the phase: ln|Z|(w) = const + 2/pi int phi d ln w - pi/6
 * dphi/dln w (Ehm et al., ACH Models Chem. 137 (2000) 145). The constant is the median difference
 * between 1 Hz and 1 kHz, where drift and inductance disturb least, or over all points.
 *
 * Returns: FALSE for fewer than seven points
 */
gboolean
plateau_z_hit (const double *frequency, const double *z_re, const double *z_im, gsize n,
               double *fit_re, double *fit_im, GError **error)
{
  g_autofree double *x = g_new (double, n), *phase = g_new (double, n);
  g_autofree double *smoothed = g_new (double, n), *slope = g_new (double, n);
  g_autofree double *ln_z = g_new (double, n), *difference = g_new (double, n);
  gsl_spline *spline;
  double offset, previous = 0;
  gsize counted = 0;

  if (n < MIN_POINTS)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("The spectrum has %zu usable points; Z-HIT needs at least %d."), n,
                   MIN_POINTS);
      return FALSE;
    }
  /* rising ln w, phase without jumps */
  for (gsize k = 0; k < n; k++)
    {
      gsize i = n - 1 - k;

      x[k] = log (2 * G_PI * frequency[i]);
      phase[k] = atan2 (z_im[i], z_re[i]);
      if (k > 0)
        phase[k] += 2 * G_PI * round ((previous - phase[k]) / (2 * G_PI));
      previous = phase[k];
    }
  smooth (x, phase, n, smoothed, slope);
  spline = gsl_spline_alloc (gsl_interp_akima, n);
  gsl_spline_init (spline, x, smoothed, n);
  for (gsize k = 0; k < n; k++)
    ln_z[k] = 2 / G_PI * gsl_spline_eval_integ (spline, x[0], x[k], NULL) - G_PI / 6 * slope[k];
  gsl_spline_free (spline);
  for (int pass = 0; pass < 2 && counted < 3; pass++)
    {
      counted = 0;
      for (gsize k = 0; k < n; k++)
        {
          gsize i = n - 1 - k;

          if (pass == 1 || (frequency[i] >= 1 && frequency[i] <= 1000))
            difference[counted++] = log (hypot (z_re[i], z_im[i])) - ln_z[k];
        }
    }
  offset = plateau_median (difference, counted);
  for (gsize k = 0; k < n; k++)
    {
      gsize i = n - 1 - k;
      double modulus = exp (ln_z[k] + offset);

      fit_re[i] = modulus * cos (phase[k]);
      fit_im[i] = modulus * sin (phase[k]);
    }
  return TRUE;
}
