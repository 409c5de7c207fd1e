/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles-table.h"
#include "cli-command.h"

G_BEGIN_DECLS

/* What the cycling commands share. */

extern const PlateauCyclesOptions cli_cycles_defaults;
#define CLI_CYCLES_OPTION_SET                                                                      \
  {                                                                                                \
    plateau_cycles_option_table, sizeof (PlateauCyclesOptions), &cli_cycles_defaults, "cycles"     \
  }

/* Recording and cycles of a cell; FALSE with @error set when it has none. */
gboolean cli_cycling_load (CliContext *context, const PlateauStudyCell *cell,
                           PlateauRecording **recording, PlateauCycles **cycles, GError **error);
/* The options of cycles with the plateau potential as measured. */
PlateauCyclesOptions cli_cycling_options (CliContext *context, const PlateauStudyCell *cell);
/* Rows of a table as a list of objects; @filtered: only those whose tag --cycles names. */
void cli_set_table (CliContext *context, JsonObject *result, const char *key, PlateauTable *table,
                    gboolean filtered);
void cli_set_row (JsonObject *object, PlateauTable *table, guint row);
void cli_set_cycle_warnings (JsonObject *result, PlateauCycles *cycles);

G_END_DECLS
