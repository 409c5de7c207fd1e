/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit.h"
#include "analysis/plateau-conductivity-private.h"
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
                double cell_temperature, double thickness, double area, const char *text,
                const char *elements, GCancellable *cancellable, GError **error)
{
  PlateauCircuitOptions fit_options = PLATEAU_CIRCUIT_OPTIONS_INIT;
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (text, error);
  g_autoptr (GArray) which = circuit != NULL ? find_resistances (circuit, elements, error) : NULL;
  if (which == NULL)
    return FALSE;
  fit_options.circuit = (char *) text; /* borrowed */
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

static gboolean
is_given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Waits for the spectra of the other temperatures, among which its process is followed. */
static void
add_pending (PlateauConductivityBuilder *builder, const char *label, PlateauSpectrum *spectrum,
             double temperature, double area)
{
  PlateauPendingSpectrum pending = { g_strdup (label), plateau_spectrum_ref (spectrum), temperature,
                                     area };
  g_array_append_val (builder->spectra, pending);
}

/**
 * plateau_conductivity_builder_add_spectra:
 * @label: of the cell or pellet
 * @spectra: (element-type PlateauSpectrum): of it, a point each
 * @temperature: K, where a spectrum does not tell its own; NaN: not known
 * @thickness: m
 * @area: m²
 * @sample: (nullable): may say a circuit of its own, or "intercept" for none
 * @cancellable: (nullable): to stop early
 *
 * With a circuit the resistance is the sum of its resistances, with the standard error of the sum
 * (correlations included). Without one that of a pellet is plateau_conductivity_intercept(), and
 * that of a charge transfer the peak of the distribution of relaxation times that
 * plateau_conductivity_builder_finish() follows over temperature.
 *
 * Returns: %FALSE with @error set: the circuit cannot be read, or a spectrum gives no resistance
 */
gboolean
plateau_conductivity_builder_add_spectra (PlateauConductivityBuilder *builder, const char *label,
                                          GPtrArray *spectra, double temperature, double thickness,
                                          double area, const PlateauStudySample *sample,
                                          GCancellable *cancellable, GError **error)
{
  gboolean own = sample != NULL && is_given (sample->resistance_circuit);
  const char *circuit = own ? sample->resistance_circuit : builder->options.circuit;
  const char *elements = own ? sample->resistance_elements : builder->options.elements;
  gboolean transfer = builder->options.quantity == PLATEAU_TRANSPORT_CHARGE_TRANSFER;
  if (is_given (circuit) && g_ascii_strcasecmp (circuit, "intercept") != 0)
    {
      if (!transfer || is_given (elements))
        return add_by_circuit (builder, label, spectra, temperature, thickness, area, circuit,
                               elements, cancellable, error);
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("say which resistance of the circuit %s is that of the charge transfer, for "
                      "example R2"),
                   circuit);
      return FALSE;
    }
  for (guint i = 0; i < spectra->len; i++)
    {
      PlateauIntercept intercept;
      double measured = plateau_spectrum_get_conditions (spectra->pdata[i])->temperature;
      double at = isnan (measured) ? temperature : measured;
      if (transfer)
        {
          add_pending (builder, label, spectra->pdata[i], at, area);
          continue;
        }
      if (!plateau_conductivity_intercept (spectra->pdata[i], &intercept, error))
        return FALSE;
      plateau_conductivity_builder_add (builder, label, at, intercept.resistance,
                                        intercept.resistance_stderr, thickness, area);
    }
  return TRUE;
}
