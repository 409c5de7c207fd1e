/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-spectra.h"

#include "analysis/plateau-circuit.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* Equivalent circuits fitted to spectra. */

static const PlateauCircuitOptions defaults = PLATEAU_CIRCUIT_OPTIONS_INIT;

static const CliOptionSet fit_options[] = {
  { plateau_circuit_option_table, sizeof (PlateauCircuitOptions), &defaults, "circuit" },
  CLI_SPECTRA_OPTIONS,
  { NULL },
};

static const CliListOption fit_lists[] = {
  { "initial", N_ ("NAME=VALUE"),
    N_ ("Start value of a parameter (the others come from the DRT)") },
  { "fix", N_ ("NAME[=VALUE]"), N_ ("A parameter that keeps its start value") },
  { "bounds", N_ ("NAME=FROM:TO"), N_ ("Range of a parameter") },
  { "link", N_ ("NAME=OTHER"), N_ ("A parameter that equals another, or FACTOR*OTHER") },
  { NULL },
};

/* What was said in lists, behind what an option of the table says. */
static char *
join (CliContext *context, const char *name, const char *before)
{
  const char *const *texts = cli_context_get_list (context, name);
  g_autofree char *joined = texts != NULL ? g_strjoinv (",", (char **) texts) : g_strdup ("");

  return g_strconcat (before != NULL ? before : "", before != NULL ? "," : "", joined, NULL);
}

static gboolean
no_circuit (GError **error)
{
  g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("--circuit is missing. Example: --circuit \"R0-p(R1,CPE1)-W1\""));
  return FALSE;
}

static gboolean
fit_check (CliContext *context, GError **error)
{
  const PlateauCircuitOptions *options = cli_context_get_options (context,
                                                                  plateau_circuit_option_table);
  g_autoptr (PlateauCircuit) circuit = NULL;

  if (options->circuit == NULL)
    return cli_context_has_project (context) || no_circuit (error);
  circuit = plateau_circuit_parse (options->circuit, error);
  return circuit != NULL;
}

static const char *
weighting_nick (PlateauCircuitWeighting weighting)
{
  static const char *const nicks[] = { "modulus", "proportional", "unit" };

  return nicks[weighting];
}

static void
set_fit (CliContext *context, const PlateauStudyCell *cell, JsonObject *entry,
         gconstpointer analysis)
{
  const PlateauCircuitFit *fit = analysis;
  JsonArray *parameters;

  cli_set_text (entry, "circuit", fit->circuit->text);
  cli_set_text (entry, "weighting", weighting_nick (fit->weighting));
  cli_set_number (entry, "pseudo_chi2", fit->pseudo_chi2);
  cli_set_number (entry, "reduced_chi2", fit->reduced_chi2);
  cli_set_number (entry, "aicc", fit->aicc);
  cli_set_integer (entry, "iterations", fit->iterations);
  parameters = cli_set_list (entry, "parameters");
  for (guint i = 0; i < fit->circuit->n_parameters; i++)
    {
      const PlateauCircuitEstimate *estimate = &fit->estimates[i];
      JsonObject *parameter = cli_append_object (parameters);

      cli_set_text (parameter, "name", fit->circuit->parameters[i].name);
      cli_set_number (parameter, "value", estimate->value);
      cli_set_text (parameter, "unit", fit->circuit->parameters[i].unit);
      cli_set_number (parameter, "stderr", estimate->standard_error);
      cli_set_boolean (parameter, "fixed", estimate->fixed || estimate->linked);
      cli_set_number (parameter, "lower_95", estimate->lower);
      cli_set_number (parameter, "upper_95", estimate->upper);
      cli_set_boolean (parameter, "determined", !estimate->undetermined);
    }
  cli_set_texts (entry, "warnings", fit->warnings);
  cli_set_numbers (entry, "frequency_Hz", fit->frequency, fit->n);
  cli_set_numbers (entry, "z_re_ohm", fit->fit_re, fit->n);
  cli_set_numbers (entry, "z_im_ohm", fit->fit_im, fit->n);
}

static gboolean
fit_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
               JsonObject *result, GError **error)
{
  PlateauCircuitOptions options = *(const PlateauCircuitOptions *) cli_context_get_options (
      context, plateau_circuit_option_table);
  g_autoptr (CliSpectra) spectra = cli_spectra_load (context, cell, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (cli_clear_error);
  g_autoptr (GPtrArray) fits = NULL;
  g_autofree char *initial = join (context, "initial", options.initial);
  g_autofree char *fixed = join (context, "fix", options.fixed);
  g_autofree char *bounds = join (context, "bounds", options.bounds);
  g_autofree char *links = join (context, "link", options.links);

  if (spectra == NULL || (options.circuit == NULL && !no_circuit (error)))
    return FALSE;
  options.initial = initial;
  options.fixed = fixed;
  options.bounds = bounds;
  options.links = links;
  fits = plateau_circuit_fit_series (spectra->spectra, &options, errors, NULL);
  return cli_spectra_fill (context, input, cell, result, spectra->numbers, fits, errors, set_fit,
                           error);
}

const CliCommand cli_fit_command = {
  .name = "fit",
  .summary = N_ ("Equivalent circuit fitted to impedance spectra"),
  .options = fit_options,
  .lists = fit_lists,
  .check = fit_check,
  .each_cell = fit_each_cell,
};
