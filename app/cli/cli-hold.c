/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-cycling.h"
#include "cli-kinetics.h"

#include "analysis/plateau-hold.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Currents at constant potential: leakage, d.c. polarisation, and the rests. */

static const PlateauHoldOptions defaults = PLATEAU_HOLD_OPTIONS_INIT;
static const CliOptionSet sets[] = {
  { plateau_hold_option_table, sizeof (PlateauHoldOptions), &defaults, "hold" }, { NULL }
};

static gboolean
hold_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                JsonObject *result, GError **error)
{
  const PlateauHoldOptions *options = cli_context_get_options (context, plateau_hold_option_table);
  g_autoptr (PlateauRecording)
      recording = cli_kinetics_load (context, input, cell, PLATEAU_KIND_HOLD, error);
  PlateauLine line;
  if (recording == NULL)
    return FALSE;
  g_autoptr (PlateauHolds) holds = plateau_holds_analyse (recording, options, NULL, error);
  if (holds == NULL)
    return FALSE;
  g_autoptr (PlateauTable) table = plateau_holds_table (holds, cell->reference_offset);
  g_autoptr (PlateauTable) rests = plateau_relaxations_table (holds, cell->reference_offset);
  cli_set_table (context, result, "holds", table, FALSE);
  cli_set_table (context, result, "relaxations", rests, FALSE);
  double factor = cell->thickness / cell->area;
  gboolean known = factor > 0 && plateau_holds_conductance (holds, &line);
  cli_set_number (result, "electronic_conductivity_mS_cm",
                  known ? plateau_from_si (line.slope * factor, "mS/cm") : NAN);
  cli_set_number (result, "stderr",
                  known ? plateau_from_si (line.slope_stderr * factor, "mS/cm") : NAN);
  return TRUE;
}

const CliCommand cli_hold_command = {
  .name = "hold",
  .summary = N_ ("Currents at constant potential, and the electronic conductivity from them"),
  .options = sets,
  .each_cell = hold_each_cell,
};
