/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Basytec text: a head of lines that begin with "~", the last of which names the columns. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

#define Q(name) PLATEAU_QUANTITY_##name

/* Heads after folding whose common meaning is another one, or that have no unit. */
static const struct
{
  const char *name;
  PlateauQuantity quantity;
  const char *unit;
  gboolean is_state, is_row_number;
} columns[] = {
  { "dataset", Q (OTHER), NULL, FALSE, TRUE },
  { "line", Q (STEP_INDEX), "1" },
  { "command", Q (MODE), "1", TRUE },
  { "ahcyccharge", Q (COUNTER_CHARGE_CAPACITY), "Ah" },
  { "ahcycdischarge", Q (COUNTER_DISCHARGE_CAPACITY), "Ah" },
  { "whcyccharge", Q (COUNTER_CHARGE_ENERGY), "Wh" },
  { "whcycdischarge", Q (COUNTER_DISCHARGE_ENERGY), "Wh" },
  { "ahstep", Q (OTHER), "Ah" },
  { "whstep", Q (OTHER), "Wh" },
  { "ah[ah]", Q (OTHER), "Ah" },
  { "wh[wh]", Q (OTHER), "Wh" },
  { "state", Q (OTHER), NULL },
  { "count", Q (OTHER), NULL },
  { "level", Q (OTHER), NULL },
};

#undef Q

static gboolean
understand (const char *cell, PlateauHeader *header)
{
  g_autofree char *folded = plateau_header_fold (cell);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (columns[i].name, folded) == 0)
      {
        const char *name = cell[0] == '~' ? cell + 1 : cell;
        *header = (PlateauHeader){
          .quantity = columns[i].quantity,
          .name = g_strdup (name),
          .unit = columns[i].unit != NULL ? plateau_unit_find (columns[i].unit) : NULL,
          .unit_text = columns[i].quantity == PLATEAU_QUANTITY_OTHER ? g_strdup (columns[i].unit)
                                                                     : NULL,
          .is_state = columns[i].is_state,
          .is_row_number = columns[i].is_row_number,
        };
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_basytec (GPtrArray *lines, PlateauTextLayout *layout)
{
  guint header = G_MAXUINT;
  for (guint i = 0; i < lines->len; i++)
    if (((const char *) lines->pdata[i])[0] == '~')
      header = i;
    else if (header != G_MAXUINT)
      break;
  return plateau_text_set_header (lines, header, layout);
}

static guint
score_basytec (const PlateauProbe *probe)
{
  if (probe->text == NULL
      || (probe->text[0] != '~' && !g_str_has_prefix (probe->text, "Resultfile from Basytec")))
    return 0;
  return strstr (probe->text, "Basytec") != NULL || strstr (probe->text, "BaSyTec") != NULL     ? 90
         : strstr (probe->text, "\n~Time[") != NULL || g_str_has_prefix (probe->text, "~Time[") ? 80
                                                                                                : 0;
}

static const struct
{
  const char *name, *key;
} fields[] = {
  { "Name of Test", "test" },
  { "Battery", PLATEAU_INFO_CELL_NAME },
  { "Testplan", PLATEAU_INFO_SETTINGS_FILE },
  { "Testchannel", PLATEAU_INFO_CHANNEL },
  { "Start of Test", PLATEAU_INFO_STARTED },
  { "Operator (Test)", "operator" },
};

static void
preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  for (guint i = 0; i < n_lines; i++)
    {
      const char *line = lines->pdata[i];
      const char *colon = strstr (line, ": ");
      if (line[0] != '~' || colon == NULL)
        continue;
      g_autofree char *name = g_strstrip (g_strndup (line + 1, (gsize) (colon - line - 1)));
      g_autofree char *value = g_strstrip (g_strdup (colon + 2));
      for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
        {
          double started;
          if (strcmp (name, fields[k].name) != 0 || value[0] == '\0')
            continue;
          if (strcmp (fields[k].key, PLATEAU_INFO_STARTED) != 0)
            plateau_measurement_set_info (measurement, fields[k].key, value);
          else if (plateau_parse_date (value, strlen (value), PLATEAU_DATE_DMY, &started))
            {
              g_autofree char *iso = plateau_format_date (started);
              plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, iso);
            }
        }
    }
}

static gboolean
read_basytec (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
              GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "Basytec",
    .traits = { .understand = understand, .units_are_known = TRUE },
    .find = find_basytec,
    .preamble = preamble,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "txt", "csv", NULL };

const PlateauReader plateau_reader_basytec = {
  .id = "basytec",
  .label = N_ ("Basytec text"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_basytec,
  .read = read_basytec,
};
