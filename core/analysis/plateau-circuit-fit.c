/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-fit-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static void
take_curve (PlateauCircuitFitPrivate *fit, PlateauCircuitProblem *problem)
{
  PlateauCircuitFit *result = &fit->parent;
  double *re = g_new (double, problem->n), *im = g_new (double, problem->n);
  double samples = 2.0 * problem->n, k = problem->n_free;

  result->n = problem->n;
  result->frequency = g_steal_pointer (&problem->frequency);
  result->z_re = g_memdup2 (problem->z_re, problem->n * sizeof (double));
  result->z_im = g_memdup2 (problem->z_im, problem->n * sizeof (double));
  plateau_circuit_impedance (&problem->circuit->parent, problem->values, result->frequency,
                             problem->n, re, im);
  for (gsize i = 0; i < problem->n; i++)
    {
      double dre = re[i] - problem->z_re[i], dim = im[i] - problem->z_im[i];

      result->pseudo_chi2 += (dre * dre + dim * dim)
                             / (problem->z_re[i] * problem->z_re[i]
                                + problem->z_im[i] * problem->z_im[i]);
      result->sum_of_squares += dre * dre * problem->weight_re[i] * problem->weight_re[i]
                                + dim * dim * problem->weight_im[i] * problem->weight_im[i];
    }
  result->fit_re = re;
  result->fit_im = im;
  result->reduced_chi2 = samples > k ? result->sum_of_squares / (samples - k) : NAN;
  result->aicc = samples > k + 1 ? samples * log (MAX (result->sum_of_squares, 1e-300) / samples)
                                       + 2 * k + 2 * k * (k + 1) / (samples - k - 1)
                                 : NAN;
}

/* A free parameter for which there is nothing to hold it. */
static gboolean
enough_points (const PlateauCircuitProblem *problem, GError **error)
{
  if (2 * problem->n > problem->n_free)
    return TRUE;
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
               _ ("%u points cannot determine the %u free parameters of %s. Fix some of them or "
                  "take a simpler circuit."),
               (guint) problem->n, problem->n_free, problem->circuit->parent.text);
  return FALSE;
}

static gboolean
run (PlateauCircuitFitPrivate *fit, PlateauCircuitProblem *problem,
     const PlateauCircuitOptions *options, const double *suggestions, guint n_suggestions,
     GCancellable *cancellable, GError **error)
{
  PlateauCircuitFit *result = &fit->parent;

  result->converged = TRUE;
  if (problem->n_free > 0)
    {
      gsl_vector *theta = gsl_vector_alloc (problem->n_free);
      g_autoptr (GPtrArray)
          starts = plateau_circuit_rank_starts (problem, suggestions, n_suggestions);
      PlateauCircuitDescent descent = plateau_circuit_search (problem, options, starts, theta,
                                                              &result->n_starts, cancellable);

      plateau_circuit_problem_fill (problem, theta, NULL);
      gsl_vector_free (theta);
      result->iterations = descent.iterations;
      result->converged = descent.converged;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!descent.converged)
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                       _ ("The fit of %s did not converge from %u starts. Give start values, fix a "
                          "parameter, or take a simpler circuit."),
                       problem->circuit->parent.text, result->n_starts);
          return FALSE;
        }
    }
  else
    for (guint i = 0; i < problem->circuit->parent.n_parameters; i++)
      {
        const PlateauCircuitSlot *slot = &problem->slots[i];

        problem->values[i] = slot->linked >= 0 ? slot->factor * problem->slots[slot->linked].value
                                               : slot->value;
      }
  result->n_free = problem->n_free;
  take_curve (fit, problem);
  plateau_circuit_take_estimates (fit, problem);
  g_ptr_array_add (fit->warning_texts, NULL);
  result->warnings = (const char *const *) fit->warning_texts->pdata;
  return TRUE;
}

/**
 * plateau_circuit_fit:
 * @spectrum: one spectrum
 * @options: circuit, weights, start values, fixed and linked parameters
 * @start: (nullable): start values, one a parameter, in place of those from the DRT
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Complex nonlinear least squares by Levenberg-Marquardt in ln of positive parameters and a sine
 * map of bounded ones. A fit that does not converge is an error, never a result. Standard errors
 * come from the Jacobian in the parameters themselves, times the reduced chi-square.
 *
 * Returns: (transfer full) (nullable): the fit
 */
PlateauCircuitFit *
plateau_circuit_fit (PlateauSpectrum *spectrum, const PlateauCircuitOptions *options,
                     const double *start, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (options->circuit, error);
  g_autoptr (PlateauCircuitFit) result = NULL;
  g_autoptr (PlateauSpectrum) clean = NULL;
  g_autofree double *values = NULL, *suggestions = NULL;
  g_autoptr (PlateauDrtKernel) kernel = NULL;
  guint n_suggestions = start != NULL ? 1 : PLATEAU_CIRCUIT_N_START_VARIANTS, n;
  PlateauCircuitProblem problem = { 0 };
  PlateauCircuitFitPrivate *fit;
  gboolean ok = TRUE;

  if (circuit == NULL)
    return NULL;
  fit = g_new0 (PlateauCircuitFitPrivate, 1);
  result = &fit->parent;
  g_atomic_ref_count_init (&fit->ref_count);
  fit->warning_texts = g_ptr_array_new_with_free_func (g_free);
  result->circuit = plateau_circuit_ref (circuit);
  result->weighting = options->weighting;
  clean = plateau_spectrum_clean (spectrum, fit->warning_texts, error);
  if (clean == NULL)
    return NULL;

  problem.circuit = (PlateauCircuitPrivate *) circuit;
  problem.values = values = g_new (double, circuit->n_parameters + 1);
  problem.work = g_new (double complex, 2 * problem.circuit->nodes->len);
  problem.derivatives = g_new (double complex, circuit->n_parameters + 1);
  n = circuit->n_parameters;
  suggestions = g_new (double, (gsize) n *n_suggestions + 1);
  if (start != NULL)
    memcpy (suggestions, start, n * sizeof (double));
  else
    for (guint v = 0; ok && v < n_suggestions; v++)
      ok = plateau_circuit_start_values (circuit, clean, v, &kernel, suggestions + v * n, error);
  ok = ok && plateau_circuit_problem_init_slots (&problem, options, suggestions, error)
       && plateau_circuit_problem_init_data (&problem, clean, options, error)
       && enough_points (&problem, error)
       && run (fit, &problem, options, suggestions, n_suggestions, cancellable, error);
  problem.values = NULL;
  plateau_circuit_problem_clear (&problem);
  return ok ? g_steal_pointer (&result) : NULL;
}

static void
clear_fit (gpointer fit)
{
  if (fit != NULL)
    plateau_circuit_fit_unref (fit);
}

/**
 * plateau_circuit_fit_series:
 * @spectra: (element-type PlateauSpectrum): a series in its order
 * @options: settings
 * @errors: (nullable) (element-type GError): receives one entry a spectrum, %NULL where it went
 * well
 * @cancellable: (nullable): to stop early
 *
 * Fits a series, each spectrum from its neighbour's result; where that is three times worse than
 * the neighbour or fails, from its own DRT as well, and the better one stays.
 *
 * Returns: (transfer full) (element-type PlateauCircuitFit): one entry a spectrum, %NULL where it
 *   failed
 */
GPtrArray *
plateau_circuit_fit_series (GPtrArray *spectra, const PlateauCircuitOptions *options,
                            GPtrArray *errors, GCancellable *cancellable)
{
  GPtrArray *fits = g_ptr_array_new_with_free_func (clear_fit);
  const PlateauCircuitFit *neighbour = NULL;

  for (guint i = 0; i < spectra->len; i++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (spectra, i);
      g_autoptr (PlateauCircuitFit) fit = NULL;
      g_autoptr (GError) error = NULL;

      if (neighbour != NULL)
        {
          guint n = neighbour->circuit->n_parameters;
          g_autofree double *start = g_new (double, n + 1);
          PlateauCircuitOptions follow = *options;

          for (guint k = 0; k < n; k++)
            start[k] = neighbour->estimates[k].value;
          follow.initial = options->fixed != NULL ? options->initial : NULL;
          follow.starts = 1;
          fit = plateau_circuit_fit (spectrum, &follow, start, cancellable, NULL);
        }
      if (fit == NULL || fit->pseudo_chi2 / fit->n > 3 * neighbour->pseudo_chi2 / neighbour->n)
        {
          g_autoptr (PlateauCircuitFit)
              own = plateau_circuit_fit (spectrum, options, NULL, cancellable, &error);

          if (own != NULL && (fit == NULL || own->sum_of_squares < fit->sum_of_squares))
            {
              g_clear_pointer (&fit, plateau_circuit_fit_unref);
              fit = g_steal_pointer (&own);
            }
          if (fit != NULL)
            g_clear_error (&error);
        }
      if (fit != NULL)
        neighbour = fit;
      g_ptr_array_add (fits, g_steal_pointer (&fit));
      if (errors != NULL)
        g_ptr_array_add (errors, g_steal_pointer (&error));
    }
  return fits;
}

/**
 * plateau_circuit_fit_ref:
 * @fit: a fit
 *
 * Returns: @fit with one more reference
 */
PlateauCircuitFit *
plateau_circuit_fit_ref (PlateauCircuitFit *fit)
{
  g_atomic_ref_count_inc (&((PlateauCircuitFitPrivate *) fit)->ref_count);
  return fit;
}

/**
 * plateau_circuit_fit_unref:
 * @fit: a fit
 *
 * Drops one reference.
 */
void
plateau_circuit_fit_unref (PlateauCircuitFit *fit)
{
  if (!g_atomic_ref_count_dec (&((PlateauCircuitFitPrivate *) fit)->ref_count))
    return;
  plateau_circuit_unref (fit->circuit);
  g_free ((gpointer) fit->estimates);
  g_free ((gpointer) fit->correlation);
  g_free ((gpointer) fit->frequency);
  g_free ((gpointer) fit->z_re);
  g_free ((gpointer) fit->z_im);
  g_free ((gpointer) fit->fit_re);
  g_free ((gpointer) fit->fit_im);
  g_ptr_array_unref (((PlateauCircuitFitPrivate *) fit)->warning_texts);
  g_free (fit);
}
