/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-cycling.h"
#include "cli-kinetics.h"

#include "analysis/plateau-gitt.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Diffusion, overpotential and resistance of the pulses of a titration. */

static const PlateauGittOptions defaults = PLATEAU_GITT_OPTIONS_INIT;
static const CliOptionSet sets[] = {
  { plateau_gitt_option_table, sizeof (PlateauGittOptions), &defaults, "gitt" }, { NULL }
};

PlateauRecording *
cli_kinetics_load (CliContext *context, const CliInput *input, const PlateauStudyCell *cell,
                   PlateauKinds wanted, GError **error)
{
  const PlateauKinds any = (PlateauKinds) (PLATEAU_KIND_CYCLING | PLATEAU_KIND_GITT
                                           | PLATEAU_KIND_CV | PLATEAU_KIND_HOLD
                                           | PLATEAU_KIND_OCV);
  gboolean is_one = (cell->kinds & wanted) != 0;
  if (!is_one && input->is_project && cli_context_get_common (context)->cell == NULL)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("the cell has no such measurement"));
      return NULL;
    }
  return plateau_measurements_load_recording (cell->measurements, is_one ? wanted : any, error);
}

static void
set_flags (JsonObject *entry, guint flags)
{
  const char *texts[PLATEAU_GITT_N_FLAGS + 1] = { NULL };
  guint n = 0;
  for (guint i = 0; i < PLATEAU_GITT_N_FLAGS; i++)
    if (flags & (1u << i))
      texts[n++] = plateau_gitt_flag_nick ((PlateauGittFlags) (1u << i));
  cli_set_texts (entry, "flags", texts);
}

PlateauGittOptions
cli_kinetics_gitt_options (CliContext *context, const PlateauStudyCell *cell)
{
  const PlateauGittOptions *said = cli_context_get_options (context, plateau_gitt_option_table);
  PlateauGittOptions options = *said;
  plateau_gitt_take_material (&options, cell->sample);
  if (cli_context_was_given (context, "molar-mass"))
    options.molar_mass = said->molar_mass;
  if (cli_context_was_given (context, "molar-volume"))
    options.molar_volume = said->molar_volume;
  if (cli_context_was_given (context, "geometry"))
    options.geometry = said->geometry;
  if (cli_context_was_given (context, "radius-um")
      || cli_context_was_given (context, "contact-area-cm2")
      || cli_context_was_given (context, "specific-area-m2-g"))
    {
      options.radius = said->radius;
      options.contact_area = said->contact_area;
      options.specific_area = said->specific_area;
    }
  plateau_gitt_take_electrode (&options, cell->area);
  return options;
}

static gboolean
gitt_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                JsonObject *result, GError **error)
{
  PlateauGittOptions options = cli_kinetics_gitt_options (context, cell);
  g_autoptr (PlateauRecording)
      recording = cli_kinetics_load (context, input, cell, PLATEAU_KIND_GITT, error);
  if (recording == NULL)
    return FALSE;
  g_autoptr (PlateauGitt)
      gitt = plateau_gitt_analyse (recording, cell->active_mass, &options, NULL, error);
  if (gitt == NULL)
    return FALSE;
  g_autoptr (PlateauTable)
      table = plateau_gitt_table (gitt, cell->active_mass, cell->reference_offset);
  g_autoptr (PlateauTable) dropped = plateau_gitt_dropped_table (gitt);
  cli_set_number (result, "tau_s", gitt->tau);
  cli_set_number (result, "length_um", plateau_from_si (gitt->length, "um"));
  cli_set_text (result, "length_from", gitt->length_source);
  cli_set_text (result, "composition_from", gitt->composition_source);
  cli_set_text (result, "remark", gitt->remark);
  JsonArray *pulses = cli_set_list (result, "pulses");
  for (guint i = 0; i < gitt->n_pulses; i++)
    {
      JsonObject *entry = cli_append_object (pulses);
      cli_set_row (entry, table, i);
      set_flags (entry, gitt->pulses[i].flags);
    }
  cli_set_table (context, result, "dropped", dropped, FALSE);
  return TRUE;
}

const CliCommand cli_gitt_command = {
  .name = "gitt",
  .summary = N_ ("Diffusion coefficients and overpotentials from current pulses"),
  .options = sets,
  .each_cell = gitt_each_cell,
};
