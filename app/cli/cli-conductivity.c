/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-cycling.h"
#include "cli-kinetics.h"

#include "analysis/plateau-conductivity.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* A quantity over temperature and its activation energy: the ionic conductivity of pellets between
 * blocking electrodes, the charge transfer of cells, or diffusion by titrations. */

static const PlateauConductivityOptions defaults = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
static const PlateauGittOptions gitt_defaults = PLATEAU_GITT_OPTIONS_INIT;
static const CliOptionSet sets[] = {
  { plateau_conductivity_option_table, sizeof (PlateauConductivityOptions), &defaults,
    "conductivity" },
  { plateau_gitt_option_table, sizeof (PlateauGittOptions), &gitt_defaults, "gitt" },
  { NULL },
};

static gboolean
add_titration (CliContext *context, const CliInput *input, const PlateauStudyCell *cell,
               const char *label, PlateauConductivityBuilder *builder, GError **error)
{
  PlateauGittOptions options = cli_kinetics_gitt_options (context, cell);
  g_autoptr (PlateauRecording)
      recording = cli_kinetics_load (context, input, cell, PLATEAU_KIND_GITT, error);
  if (recording == NULL)
    return FALSE;
  g_autoptr (PlateauGitt)
      gitt = plateau_gitt_analyse (recording, cell->active_mass, &options, NULL, error);
  if (gitt != NULL)
    plateau_conductivity_builder_add_titration (builder, label, cell->temperature, recording, gitt);
  return gitt != NULL;
}

/* Every spectrum of a cell is a point, or its titration is. */
static gboolean
add_cell (CliContext *context, const CliInput *input, const PlateauStudyCell *cell,
          const char *label, PlateauConductivityBuilder *builder, GError **error)
{
  const PlateauConductivityOptions *options = cli_context_get_options (
      context, plateau_conductivity_option_table);
  if (options->quantity == PLATEAU_TRANSPORT_DIFFUSION)
    return add_titration (context, input, cell, label, builder, error);
  g_autoptr (GPtrArray) spectra = plateau_measurements_load_spectra (cell->measurements, error);
  if (spectra == NULL)
    return FALSE;
  for (guint i = spectra->len; i > 0; i--)
    if (!cli_context_has_spectrum (context, i))
      g_ptr_array_remove_index (spectra, i - 1);
  /* A circuit that is said comes before the sample's own. */
  const PlateauStudySample *sample = cli_context_was_given (context, "circuit") ? NULL
                                                                                : cell->sample;
  return plateau_conductivity_builder_add_spectra (
      builder, label, spectra, cell->temperature, cell->thickness, cell->area, sample, NULL, error);
}

/* Which cells of a project have the quantity. */
static gboolean
is_wanted (const CliInput *input, const PlateauStudyCell *cell)
{
  const char *wanted = cli_context_get_common (input->context)->cell;
  if (!input->is_project)
    return TRUE;
  if (wanted != NULL)
    return g_strcmp0 (wanted, cell->name) == 0;
  return plateau_conductivity_takes (
             cli_context_get_options (input->context, plateau_conductivity_option_table), cell)
         && (cell->area > 0 || (cell->kinds & PLATEAU_KIND_GITT) != 0);
}

static void
set_line (JsonObject *result, PlateauConductivity *conductivity)
{
  g_autoptr (PlateauTable) table = plateau_conductivity_table (conductivity);
  JsonArray *points = cli_set_list (result, "points");
  for (guint row = 0; row < plateau_table_get_n_rows (table); row++)
    cli_set_row (cli_append_object (points), table, row);
  cli_set_number (result, "activation_energy_eV", conductivity->fit.activation_energy);
  cli_set_number (result, "activation_energy_stderr_eV",
                  conductivity->fit.activation_energy_stderr);
  cli_set_text (result, "form", plateau_conductivity_get_form (conductivity));
  if (conductivity->warnings[0] != NULL)
    cli_set_texts (result, "warnings", conductivity->warnings);
}

/* Pellets of different samples have an energy each. */
static gboolean
set_sample (CliContext *context, GPtrArray *inputs, const PlateauStudySample *sample,
            JsonObject *result, GError **error)
{
  /* A project alone has its own settings, such as points left out. */
  const CliInput *first = inputs->pdata[0];
  g_autoptr (PlateauConductivityBuilder)
      builder = plateau_conductivity_builder_new (cli_context_get_options (
          inputs->len == 1 ? first->context : context, plateau_conductivity_option_table));
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      for (guint k = 0; k < plateau_study_get_n_cells (input->study); k++)
        {
          const PlateauStudyCell *cell = plateau_study_get_cell (input->study, k);
          g_autoptr (GError) failed = NULL;
          if (!is_wanted (input, cell) || (sample != NULL && cell->sample != sample))
            continue;
          if (!add_cell (input->context, input, cell, input->is_project ? cell->name : input->file,
                         builder, &failed))
            cli_context_fail (context, input->file, failed->message);
        }
    }
  g_autoptr (PlateauConductivity)
      conductivity = plateau_conductivity_builder_finish (g_steal_pointer (&builder), NULL, error);
  if (conductivity == NULL)
    return FALSE;
  set_line (result, conductivity);
  return TRUE;
}

static GPtrArray *
list_samples (GPtrArray *inputs)
{
  GPtrArray *samples = g_ptr_array_new ();
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      for (guint k = 0; k < plateau_study_get_n_cells (input->study); k++)
        {
          const PlateauStudyCell *cell = plateau_study_get_cell (input->study, k);
          gpointer sample = (gpointer) cell->sample;
          if (input->is_project && is_wanted (input, cell) && sample != NULL
              && !g_ptr_array_find (samples, sample, NULL))
            g_ptr_array_add (samples, sample);
        }
    }
  return samples;
}

static gboolean
conductivity_all (CliContext *context, GPtrArray *inputs, JsonObject *result, GError **error)
{
  g_autoptr (GPtrArray) samples = list_samples (inputs);
  if (samples->len <= 1)
    return set_sample (context, inputs, NULL, result, error);
  JsonArray *list = cli_set_list (result, "samples");
  for (guint i = 0; i < samples->len; i++)
    {
      const PlateauStudySample *sample = samples->pdata[i];
      JsonObject *entry = cli_append_object (list);
      cli_set_text (entry, "sample", sample->name);
      cli_set_text (entry, "family", sample->family);
      cli_set_number (entry, "variable_value", sample->variable_value);
      g_autoptr (GError) failed = NULL;
      if (set_sample (context, inputs, sample, entry, &failed))
        continue;
      cli_set_text (entry, "error", failed->message);
      /* That a sample of a project has no such process is no failure of the others'. */
      if (!g_error_matches (failed, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA))
        cli_context_fail (context, sample->name, failed->message);
    }
  return TRUE;
}

const CliCommand cli_conductivity_command = {
  .name = "conductivity",
  .summary = N_ ("Conductivity, charge transfer or diffusion over temperature, and its activation "
                 "energy"),
  .options = sets,
  .all = conductivity_all,
};
