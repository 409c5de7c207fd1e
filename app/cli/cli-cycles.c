/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-cycling.h"

#include <glib/gi18n.h>

/* Per-cycle values of a cell and the numbers of the whole test. */

static const CliOptionSet sets[] = { CLI_CYCLES_OPTION_SET, { NULL } };

static gboolean
cycles_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                  JsonObject *result, GError **error)
{
  PlateauNormalisation normalisation = plateau_normalisation_of_cell (cell);
  PlateauCyclesOptions options = cli_cycling_options (context, cell);
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  PlateauCyclesSummary summary;

  if (!cli_cycling_load (context, cell, &recording, &cycles, error))
    return FALSE;
  plateau_cycles_summarise (cycles, recording, &options, &summary);
  g_autoptr (PlateauTable) table = plateau_cycles_table (cycles, &normalisation);
  g_autoptr (PlateauTable) numbers = plateau_cycles_summary_table (&summary);
  cli_set_cycle_warnings (result, cycles);
  cli_set_table (context, result, "cycles", table, TRUE);
  cli_set_row (cli_set_object (result, "summary"), numbers, 0);
  return TRUE;
}

const CliCommand cli_cycles_command = {
  .name = "cycles",
  .summary = N_ ("Capacity, efficiency, energy and potentials of each cycle"),
  .options = sets,
  .each_cell = cycles_each_cell,
};
