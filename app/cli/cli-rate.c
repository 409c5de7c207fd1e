/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-rate.h"
#include "cli-commands.h"
#include "cli-cycling.h"

#include <glib/gi18n.h>

/* Groups of cycles at equal rates. */

static const PlateauRateOptions rate_defaults = PLATEAU_RATE_OPTIONS_INIT;
static const CliOptionSet sets[] = {
  { plateau_rate_option_table, sizeof (PlateauRateOptions), &rate_defaults, "rate" },
  CLI_CYCLES_OPTION_SET,
  { NULL },
};

static gboolean
rate_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                JsonObject *result, GError **error)
{
  PlateauNormalisation normalisation = plateau_normalisation_of_cell (cell);
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  g_autoptr (PlateauRate) rate = NULL;

  if (!cli_cycling_load (context, cell, &recording, &cycles, error))
    return FALSE;
  PlateauRateOptions options = plateau_rate_options_of_cell (
      cli_context_get_options (context, plateau_rate_option_table), cell->name);
  rate = plateau_rate_analyse (cycles, &options, error);
  if (rate == NULL)
    return FALSE;
  g_autoptr (PlateauTable)
      table = plateau_rate_table (rate, normalisation.active_mass, normalisation.one_c);
  cli_set_cycle_warnings (result, cycles);
  cli_set_number (result, "recovery_percent", plateau_from_si (rate->recovery, "%"));
  cli_set_table (context, result, "groups", table, FALSE);
  return TRUE;
}

const CliCommand cli_rate_command = {
  .name = "rate",
  .summary = N_ ("Mean capacity of each group of cycles at equal rates"),
  .options = sets,
  .each_cell = rate_each_cell,
};
