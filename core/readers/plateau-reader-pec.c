/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PEC csv: "name:,value" lines, then one table whose first columns name test and position. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_header (const char *line)
{
  return g_str_has_prefix (line, "Test,Cell,Rack") || g_str_has_prefix (line, "Test;Cell;Rack")
         || (strstr (line, "Cell ID") != NULL && strstr (line, "Total Time (") != NULL);
}

static gboolean
find_pec (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_header (lines->pdata[i]))
      return plateau_text_set_header (lines, i, layout);
  return FALSE;
}

static guint
score_pec (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  gboolean table = strstr (probe->text, "Test,Cell,Rack") != NULL
                   || strstr (probe->text, "Test;Cell;Rack") != NULL;
  gboolean head = strstr (probe->text, "TestRegime Name:") != NULL;
  return table && head ? 90 : table || head ? 80 : 0;
}

/* Where the cell stood: the same in all rows. */
static gboolean
understand (const char *cell, PlateauHeader *header)
{
  static const char *const places[] = {
    "Test", "Cell", "Rack", "Shelf", "Position", "Cell ID", "Position Start Time"
  };
  gboolean state = strcmp (cell, "Instruction Name") == 0;
  gboolean place = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    place |= strcmp (cell, places[i]) == 0;
  if (!state && !place)
    return FALSE;
  *header = (PlateauHeader){
    .quantity = state ? PLATEAU_QUANTITY_MODE : PLATEAU_QUANTITY_OTHER,
    .name = g_strdup (cell),
    .is_state = state,
    .is_row_number = place,
  };
  return TRUE;
}

static void
preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  plateau_text_set_info_from_pairs (lines, n_lines, measurement);
  const char *id = plateau_measurement_get_info (measurement, "Test");
  const char *regime = plateau_measurement_get_info (measurement, "TestRegime Name");
  if (id != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_CELL_NAME, id);
  if (regime != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_SETTINGS_FILE, regime);
}

static gboolean
read_pec (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "PEC",
    .traits = { .understand = understand },
    .find = find_pec,
    .preamble = preamble,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "csv", NULL };

const PlateauReader plateau_reader_pec = {
  .id = "pec",
  .label = N_ ("PEC (.csv)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_pec,
  .read = read_pec,
};
