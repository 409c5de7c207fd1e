/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-fit-private.h"

#include <glib/gi18n.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#define CORRELATED 0.98
#define POOR_FIT 0.1 /* rms of the relative residuals */

/* How well the data determine the parameters. */

/* Covariance s^2 (J'J)^-1 in the parameters themselves, by singular values of the Jacobian whose
 * columns are scaled to length one. Directions that the data do not see get infinite errors. */
static void
covariance (PlateauCircuitProblem *problem, double variance, double *cov)
{
  guint k = problem->n_free;
  gsl_matrix *j = gsl_matrix_alloc (2 * problem->n, k), *v = gsl_matrix_alloc (k, k);
  gsl_vector *s = gsl_vector_alloc (k), *work = gsl_vector_alloc (k);
  g_autofree double *norm = g_new (double, k);

  for (gsize i = 0; i < problem->n; i++)
    plateau_circuit_problem_jacobian_row (problem, i, gsl_matrix_ptr (j, 2 * i, 0),
                                          gsl_matrix_ptr (j, 2 * i + 1, 0));
  for (guint c = 0; c < k; c++)
    {
      gsl_vector_view column = gsl_matrix_column (j, c);

      norm[c] = gsl_blas_dnrm2 (&column.vector);
      if (norm[c] > 0)
        gsl_vector_scale (&column.vector, 1 / norm[c]);
    }
  gsl_linalg_SV_decomp (j, v, s, work);
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b < k; b++)
      {
        double sum = 0;

        for (guint d = 0; d < k; d++)
          {
            double value = gsl_vector_get (s, d);
            double product = gsl_matrix_get (v, a, d) * gsl_matrix_get (v, b, d);

            if (value > 1e-12 * gsl_vector_get (s, 0))
              sum += product / (value * value);
            else if (fabs (product) > 1e-6)
              sum += copysign (INFINITY, product);
          }
        cov[a * k + b] = norm[a] > 0 && norm[b] > 0 ? variance * sum / norm[a] / norm[b]
                                                    : (a == b ? INFINITY : NAN);
        if (isnan (cov[a * k + b]) && a == b)
          cov[a * k + b] = INFINITY;
      }
  gsl_matrix_free (j);
  gsl_matrix_free (v);
  gsl_vector_free (s);
  gsl_vector_free (work);
}

static void
warn (PlateauCircuitFitPrivate *fit, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (fit->warning_texts, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
estimate_one (PlateauCircuitEstimate *estimate, const PlateauCircuitSlot *slot, double value,
              double standard_error, double t)
{
  double low = plateau_circuit_slot_low (slot), high = plateau_circuit_slot_high (slot);
  double image = slot->logarithmic ? log (value) : value;

  estimate->value = value;
  estimate->standard_error = standard_error;
  if (slot->logarithmic && isfinite (standard_error))
    {
      estimate->lower = value * exp (-t * standard_error / value);
      estimate->upper = value * exp (t * standard_error / value);
    }
  else
    {
      estimate->lower = MAX (value - t * standard_error, slot->lower);
      estimate->upper = MIN (value + t * standard_error, slot->upper);
    }
  estimate->at_bound = !plateau_circuit_slot_is_unbounded (slot)
                       && (image < low + 1e-4 * (high - low) || image > high - 1e-4 * (high - low));
  estimate->undetermined = !(standard_error <= fabs (value));
}

/**
 * plateau_circuit_take_estimates:
 * @fit: receives the estimates, their correlations and warnings
 * @problem: the solved problem, whose values are filled
 *
 * Standard errors and correlations by the Jacobian at the solution.
 */
void
plateau_circuit_take_estimates (PlateauCircuitFitPrivate *fit, PlateauCircuitProblem *problem)
{
  const PlateauCircuit *circuit = &problem->circuit->parent;
  guint n = circuit->n_parameters, k = problem->n_free;
  PlateauCircuitEstimate *estimates = g_new0 (PlateauCircuitEstimate, n);
  double *correlation = g_new (double, (gsize) n *n);
  g_autofree double *cov = g_new (double, (gsize) k *k + 1);
  double degrees = 2.0 * problem->n - k;
  double rms = sqrt (fit->parent.pseudo_chi2 / problem->n);
  double t = degrees > 0 ? gsl_cdf_tdist_Pinv (0.975, degrees) : NAN;

  if (rms > POOR_FIT)
    warn (fit,
          _ ("The circuit misses the data by %.0f %% of |Z| (root mean square): they are not of "
             "this circuit."),
          100 * rms);
  fit->parent.estimates = estimates;
  fit->parent.correlation = correlation;
  if (k > 0)
    covariance (problem, degrees > 0 ? fit->parent.reduced_chi2 : NAN, cov);
  for (guint i = 0; i < n * n; i++)
    correlation[i] = NAN;
  for (guint i = 0; i < n; i++)
    {
      const PlateauCircuitSlot *slot = &problem->slots[i];
      PlateauCircuitEstimate *estimate = &estimates[i];

      estimate->value = problem->values[i];
      estimate->fixed = slot->fixed;
      estimate->linked = slot->linked >= 0;
      estimate->standard_error = estimate->lower = estimate->upper = NAN;
      if (slot->column < 0)
        continue;
      estimate_one (estimate, slot, problem->values[i],
                    sqrt (cov[(guint) slot->column * k + (guint) slot->column]), t);
      if (estimate->undetermined)
        warn (fit, _ ("%s is not determined by the data: its standard error exceeds its value."),
              circuit->parameters[i].name);
      if (estimate->at_bound)
        warn (fit, _ ("%s lies at the end of its range (%g)."), circuit->parameters[i].name,
              estimate->value);
      for (guint j = 0; j < n; j++)
        if (problem->slots[j].column >= 0)
          {
            guint a = (guint) slot->column, b = (guint) problem->slots[j].column;
            double r = cov[a * k + b] / sqrt (cov[a * k + a] * cov[b * k + b]);

            correlation[i * n + j] = r;
            if (j < i && fabs (r) > CORRELATED)
              warn (fit, _ ("%s and %s are correlated (%.3f): the data do not tell them apart."),
                    circuit->parameters[j].name, circuit->parameters[i].name, r);
          }
    }
}
