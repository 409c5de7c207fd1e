/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include <math.h>

/* The time constant of a finite-space Warburg tail is the one nonlinear unknown: a scan over four
 * decades around the lowest frequency, refined by golden section. */
static double
tail_misfit (const PlateauDrtKernel *kernel, const PlateauDrtData *data,
             const PlateauDrtOptions *options, double lambda, double ln_tau)
{
  g_autoptr (PlateauDrtSystem) system = plateau_drt_system_new (
      kernel, data->z_re, data->z_im, options, options->part, exp (ln_tau));
  g_autofree double *x = g_new (double, system->n);

  if (!plateau_drt_solve (system, lambda, x, NULL, NULL, NULL))
    return INFINITY;
  return plateau_drt_system_objective (system, x, lambda);
}

/**
 * plateau_drt_find_warburg_tau:
 * @kernel: matrices
 * @data: the spectrum
 * @options: the model
 * @lambda: regularisation that the time constant is found at
 *
 * Returns: the time constant of the finite-space Warburg tail, s
 */
double
plateau_drt_find_warburg_tau (const PlateauDrtKernel *kernel, const PlateauDrtData *data,
                              const PlateauDrtOptions *options, double lambda)
{
  const double g = 0.6180339887498949;
  double centre = log (1 / kernel->omega[kernel->n_f - 1]), step = log (10.0) / 4;
  double best = INFINITY, at = centre, low, high, a, b, fa, fb;

  for (int i = -8; i <= 8; i++)
    {
      double value = tail_misfit (kernel, data, options, lambda, centre + i * step);

      if (value < best)
        {
          best = value;
          at = centre + i * step;
        }
    }
  low = at - step;
  high = at + step;
  a = high - g * (high - low);
  b = low + g * (high - low);
  fa = tail_misfit (kernel, data, options, lambda, a);
  fb = tail_misfit (kernel, data, options, lambda, b);
  for (int i = 0; i < 16; i++)
    if (fa < fb)
      {
        high = b;
        b = a;
        fb = fa;
        a = high - g * (high - low);
        fa = tail_misfit (kernel, data, options, lambda, a);
      }
    else
      {
        low = a;
        a = b;
        fa = fb;
        b = low + g * (high - low);
        fb = tail_misfit (kernel, data, options, lambda, b);
      }
  return exp (0.5 * (low + high));
}
