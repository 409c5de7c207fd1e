/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-cycling.h"

#include "analysis/plateau-conductivity.h"

#include <glib/gi18n.h>
#include <math.h>

/* Ionic conductivity of pellets between blocking electrodes, and its activation energy. */

static const PlateauConductivityOptions defaults = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
static const CliOptionSet sets[] = { { plateau_conductivity_option_table,
                                       sizeof (PlateauConductivityOptions), &defaults,
                                       "conductivity" },
                                     { NULL } };

/* Every spectrum of a cell is a point. */
static gboolean
add_cell (CliContext *context, const PlateauStudyCell *cell, const char *label,
          PlateauConductivityBuilder *builder, GError **error)
{
  g_autoptr (GPtrArray) spectra = plateau_measurements_load_spectra (cell->measurements, error);
  if (spectra == NULL)
    return FALSE;
  for (guint i = spectra->len; i > 0; i--)
    if (!cli_context_has_spectrum (context, i))
      g_ptr_array_remove_index (spectra, i - 1);
  return plateau_conductivity_builder_add_spectra (
      builder, label, spectra, cell->temperature, cell->thickness, cell->area,
      cli_context_get_options (context, plateau_conductivity_option_table), NULL, error);
}

/* Cells without spectra or thickness in a project are no pellets. */
static gboolean
is_pellet (CliContext *context, const CliInput *input, const PlateauStudyCell *cell)
{
  const char *wanted = cli_context_get_common (context)->cell;
  if (!input->is_project)
    return TRUE;
  if (wanted != NULL)
    return g_strcmp0 (wanted, cell->name) == 0;
  return (cell->kinds & PLATEAU_KIND_EIS) && cell->thickness > 0 && cell->area > 0;
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
  cli_set_text (result, "form", plateau_arrhenius_form_label (conductivity->form));
  if (conductivity->warnings[0] != NULL)
    cli_set_texts (result, "warnings", conductivity->warnings);
}

/* Pellets of different samples have an energy each. */
static gboolean
set_sample (CliContext *context, GPtrArray *inputs, const PlateauStudySample *sample,
            JsonObject *result, GError **error)
{
  g_autoptr (PlateauConductivityBuilder) builder = plateau_conductivity_builder_new ();
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      for (guint k = 0; k < plateau_study_get_n_cells (input->study); k++)
        {
          const PlateauStudyCell *cell = plateau_study_get_cell (input->study, k);
          g_autoptr (GError) failed = NULL;
          if (!is_pellet (context, input, cell) || (sample != NULL && cell->sample != sample))
            continue;
          if (!add_cell (input->context, cell, input->is_project ? cell->name : input->file,
                         builder, &failed))
            cli_context_fail (context, input->file, failed->message);
        }
    }
  /* A project alone has its own points left out. */
  const CliInput *first = inputs->pdata[0];
  g_autoptr (PlateauConductivity) conductivity = plateau_conductivity_builder_finish (
      g_steal_pointer (&builder),
      cli_context_get_options (inputs->len == 1 ? first->context : context,
                               plateau_conductivity_option_table),
      error);
  if (conductivity == NULL)
    return FALSE;
  set_line (result, conductivity);
  return TRUE;
}

static GPtrArray *
list_samples (CliContext *context, GPtrArray *inputs)
{
  GPtrArray *samples = g_ptr_array_new ();
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      for (guint k = 0; k < plateau_study_get_n_cells (input->study); k++)
        {
          const PlateauStudyCell *cell = plateau_study_get_cell (input->study, k);
          gpointer sample = (gpointer) cell->sample;
          if (input->is_project && is_pellet (context, input, cell) && sample != NULL
              && !g_ptr_array_find (samples, sample, NULL))
            g_ptr_array_add (samples, sample);
        }
    }
  return samples;
}

static gboolean
conductivity_all (CliContext *context, GPtrArray *inputs, JsonObject *result, GError **error)
{
  g_autoptr (GPtrArray) samples = list_samples (context, inputs);
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
      if (!set_sample (context, inputs, sample, entry, error))
        return FALSE;
    }
  return TRUE;
}

const CliCommand cli_conductivity_command = {
  .name = "conductivity",
  .summary = N_ ("Ionic conductivity and activation energy from spectra of pellets"),
  .options = sets,
  .all = conductivity_all,
};
