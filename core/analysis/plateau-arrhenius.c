/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

#define BOLTZMANN 8.617333262e-5 /* eV/K */
#define SAME_TEMPERATURE 0.5     /* K */

/* Temperatures that differ, among the points of the line. */
static guint
count_temperatures (const double *temperature, const double *x, gsize n)
{
  guint count = 0;
  for (gsize i = 0; i < n; i++)
    {
      gboolean seen = isnan (x[i]);
      for (gsize k = 0; k < i && !seen; k++)
        seen = !isnan (x[k]) && fabs (temperature[i] - temperature[k]) < SAME_TEMPERATURE;
      count += !seen;
    }
  return count;
}

/**
 * plateau_arrhenius_fit:
 * @temperature: (array length=n): K
 * @value: (array length=n): a conductivity, a diffusion coefficient, or one over a resistance
 * @relative_error: (array length=n) (nullable): standard errors over the values; they weigh the
 *   points, absent ones like the median
 * @used: (array length=n) (nullable): which points belong to the line
 * @fit: (out): the line
 *
 * y T = A exp (- E_a / k T) or y = A exp (- E_a / k T). Points without a temperature or a
 * positive value are left out. With two temperatures there is no standard error. Weights are
 * relative: the error follows from the scatter about the line.
 *
 * Returns: %FALSE with @error set with fewer than two temperatures
 */
gboolean
plateau_arrhenius_fit (const double *temperature, const double *value, const double *relative_error,
                       const gboolean *used, gsize n, PlateauArrheniusForm form,
                       PlateauArrhenius *fit, GError **error)
{
  g_autofree double *x = g_new (double, n + 1), *y = g_new (double, n + 1);
  g_autofree double *weights = g_new (double, n + 1);
  double usual = relative_error != NULL ? plateau_median (relative_error, n) : NAN;
  PlateauLine line;
  *fit = (PlateauArrhenius){ NAN, NAN, NAN, NAN, 0, 0 };
  for (gsize i = 0; i < n; i++)
    {
      gboolean usable = (used == NULL || used[i]) && temperature[i] > 0 && value[i] > 0;
      double scale = form == PLATEAU_ARRHENIUS_SIGMA_T ? temperature[i] : 1;
      double own = relative_error != NULL && relative_error[i] > 0 ? relative_error[i] : usual;
      x[i] = usable ? 1 / temperature[i] : NAN;
      y[i] = usable ? log (value[i] * scale) : NAN;
      weights[i] = usual > 0 ? usual * usual / (own * own) : 1;
    }
  fit->n_temperatures = count_temperatures (temperature, x, n);
  if (fit->n_temperatures < 2 || !plateau_fit_line (x, y, weights, n, &line))
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_MISSING_INPUT,
                   _ ("an activation energy needs at least two temperatures with a value; there "
                      "are %u"),
                   fit->n_temperatures);
      return FALSE;
    }
  /* The weights say which point counts how much, the scatter how far the line can be trusted. */
  double chi2 = 0;
  for (gsize i = 0; i < n; i++)
    if (!isnan (x[i]))
      chi2 += weights[i] * pow (y[i] - line.intercept - line.slope * x[i], 2);
  fit->n = (guint) line.n;
  fit->r2 = line.r2;
  fit->prefactor = exp (line.intercept);
  fit->activation_energy = -line.slope * BOLTZMANN;
  if (line.n > 2 && fit->n_temperatures > 2)
    fit->activation_energy_stderr = line.slope_stderr * sqrt (chi2 / (double) (line.n - 2))
                                    * BOLTZMANN;
  return TRUE;
}

/**
 * plateau_arrhenius_at:
 *
 * Returns: the value that the line has at @temperature in K
 */
double
plateau_arrhenius_at (const PlateauArrhenius *fit, PlateauArrheniusForm form, double temperature)
{
  double value = fit->prefactor * exp (-fit->activation_energy / (BOLTZMANN * temperature));
  return form == PLATEAU_ARRHENIUS_SIGMA_T ? value / temperature : value;
}
