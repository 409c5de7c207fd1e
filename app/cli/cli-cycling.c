/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-cycling.h"

#include <glib/gi18n.h>
#include <math.h>

const PlateauCyclesOptions cli_cycles_defaults = PLATEAU_CYCLES_OPTIONS_INIT;

PlateauCyclesOptions
cli_cycling_options (CliContext *context, const PlateauStudyCell *cell)
{
  const PlateauCyclesOptions *given = cli_context_get_options (context,
                                                               plateau_cycles_option_table);

  return plateau_cycles_options_as_measured (given, cell->name, cell->reference_offset);
}

gboolean
cli_cycling_load (CliContext *context, const PlateauStudyCell *cell, PlateauRecording **recording,
                  PlateauCycles **cycles, GError **error)
{
  PlateauCyclesOptions options = cli_cycling_options (context, cell);
  PlateauKinds kinds = cell->kinds & PLATEAU_KIND_CYCLING;

  *recording = plateau_measurements_load_recording (cell->measurements, kinds, error);
  if (*recording == NULL)
    return FALSE;
  *cycles = plateau_cycles_analyse (*recording, &options, NULL, error);
  return *cycles != NULL;
}

void
cli_set_row (JsonObject *object, PlateauTable *table, guint row)
{
  for (guint c = 0; c < plateau_table_get_n_columns (table); c++)
    {
      const char *key = plateau_table_get_key (table, c);
      PlateauColumnType type = plateau_table_get_column_type (table, c);
      double value = type != PLATEAU_COLUMN_TEXT ? plateau_table_get_number (table, row, c) : NAN;

      if (type == PLATEAU_COLUMN_TEXT)
        cli_set_text (object, key, plateau_table_get_text (table, row, c));
      else if (type == PLATEAU_COLUMN_BOOLEAN)
        cli_set_boolean (object, key, value != 0);
      else if (type == PLATEAU_COLUMN_INTEGER && isfinite (value))
        cli_set_integer (object, key, (gint64) value);
      else
        cli_set_number (object, key, value);
    }
}

void
cli_set_table (CliContext *context, JsonObject *result, const char *key, PlateauTable *table,
               gboolean filtered)
{
  JsonArray *list = cli_set_list (result, key);

  for (guint row = 0; row < plateau_table_get_n_rows (table); row++)
    if (!filtered
        || cli_context_has_cycle (context, (guint) plateau_table_get_row_tag (table, row)))
      cli_set_row (cli_append_object (list), table, row);
}

void
cli_set_cycle_warnings (JsonObject *result, PlateauCycles *cycles)
{
  if (cycles->warnings[0] != NULL)
    cli_set_texts (result, "warnings", cycles->warnings);
}
