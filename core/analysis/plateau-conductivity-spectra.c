/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit.h"
#include "analysis/plateau-conductivity.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The resistances of a pellet from its spectra: by the intercept or by the fit of a circuit. */

/* Indices of the parameters whose resistances count: those named, else every R of the circuit. */
static GArray *
find_resistances (const PlateauCircuit *circuit, const char *elements, GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) names = g_strsplit_set (elements != NULL ? elements : "", ",; ", -1);
  gboolean all = TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*names[i] == '\0')
        continue;
      int index = plateau_circuit_find (circuit, names[i]);
      if (index < 0 || g_strcmp0 (circuit->parameters[index].unit, "Ω") != 0)
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("“%s” is no resistance of the circuit %s."), names[i], circuit->text);
          return NULL;
        }
      guint parameter = (guint) index;
      g_array_append_val (found, parameter);
      all = FALSE;
    }
  for (guint i = 0; all && i < circuit->n_parameters; i++)
    if (circuit->parameters[i].name[0] == 'R' && strchr (circuit->parameters[i].name, '.') == NULL)
      g_array_append_val (found, i);
  if (found->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("The circuit %s has no resistance."), circuit->text);
      return NULL;
    }
  return g_steal_pointer (&found);
}

/* The sum of resistances; its error with the correlations among them. */
static void
sum_resistances (const PlateauCircuitFit *fit, const GArray *which, double *sum, double *error)
{
  guint n = fit->circuit->n_parameters;
  double variance = 0;
  *sum = 0;
  for (guint i = 0; i < which->len; i++)
    {
      guint a = g_array_index (which, guint, i);
      *sum += fit->estimates[a].value;
      for (guint k = 0; k < which->len; k++)
        {
          guint b = g_array_index (which, guint, k);
          double rho = a == b ? 1 : fit->correlation[a * n + b];
          double product = fit->estimates[a].standard_error * fit->estimates[b].standard_error;
          if (isfinite (product * rho)) /* fixed and linked ones have no error of their own */
            variance += rho * product;
        }
    }
  *error = variance > 0 ? sqrt (variance) : NAN;
}

static void
clear_error (gpointer error)
{
  g_clear_error ((GError **) &error);
}

static gboolean
add_by_circuit (PlateauConductivityBuilder *builder, const char *label, GPtrArray *spectra,
                double cell_temperature, double thickness, double area,
                const PlateauConductivityOptions *options, GCancellable *cancellable,
                GError **error)
{
  PlateauCircuitOptions fit_options = PLATEAU_CIRCUIT_OPTIONS_INIT;
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (options->circuit, error);
  g_autoptr (GArray) which = circuit != NULL ? find_resistances (circuit, options->elements, error)
                                             : NULL;
  if (which == NULL)
    return FALSE;
  fit_options.circuit = options->circuit;
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (clear_error);
  g_autoptr (GPtrArray)
      fits = plateau_circuit_fit_series (spectra, &fit_options, errors, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  for (guint i = 0; i < spectra->len; i++)
    {
      const PlateauCircuitFit *fit = fits->pdata[i];
      double temperature = plateau_spectrum_get_conditions (spectra->pdata[i])->temperature;
      double resistance, resistance_stderr;
      if (fit == NULL)
        {
          g_propagate_prefixed_error (error, g_steal_pointer ((GError **) &errors->pdata[i]),
                                      "%s: ", label);
          return FALSE;
        }
      sum_resistances (fit, which, &resistance, &resistance_stderr);
      plateau_conductivity_builder_add (builder, label,
                                        isnan (temperature) ? cell_temperature : temperature,
                                        resistance, resistance_stderr, thickness, area);
    }
  return TRUE;
}

/**
 * plateau_conductivity_builder_add_spectra:
 * @label: of the pellet
 * @spectra: (element-type PlateauSpectrum): of the pellet, a point each
 * @temperature: K, where a spectrum does not tell its own; NaN: not known
 * @thickness: m
 * @area: m²
 * @options: circuit and elements decide how the resistance is found
 * @cancellable: (nullable): to stop early
 *
 * With a circuit the resistance is the sum of its resistances, with the standard error of the sum
 * (correlations included); without one it is that of plateau_conductivity_intercept().
 *
 * Returns: %FALSE with @error set: the circuit cannot be read, or a spectrum gives no resistance
 */
gboolean
plateau_conductivity_builder_add_spectra (PlateauConductivityBuilder *builder, const char *label,
                                          GPtrArray *spectra, double temperature, double thickness,
                                          double area, const PlateauConductivityOptions *options,
                                          GCancellable *cancellable, GError **error)
{
  if (options->circuit != NULL && *options->circuit != '\0')
    return add_by_circuit (builder, label, spectra, temperature, thickness, area, options,
                           cancellable, error);
  for (guint i = 0; i < spectra->len; i++)
    {
      PlateauIntercept intercept;
      double own = plateau_spectrum_get_conditions (spectra->pdata[i])->temperature;
      if (!plateau_conductivity_intercept (spectra->pdata[i], &intercept, error))
        return FALSE;
      plateau_conductivity_builder_add (builder, label, isnan (own) ? temperature : own,
                                        intercept.resistance, intercept.resistance_stderr,
                                        thickness, area);
    }
  return TRUE;
}
