/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text exports of Neware BTSDA: the flat table of records, and the nested report of cycles, steps
 * and records; English and Chinese. */
#include "readers/plateau-nested.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Words of a Neware header; enough of them in one line decide. */
static const char *const words[] = {
  "DataPoint",       "Data Point",  "Cycle Index", "Step Index", "Step Type",  "Total Time",
  "Cumulative Time", "Oneset Volt", "DChg. Cap",   "Chg. Cap",   "Spec. Cap.", "Record ID",
  "dQm/dV",          "数据序号",    "工步类型",    "工步号",     "循环号",     "工步序号",
  "绝对时间",        "总时间",      "记录序号",    "工步名称",
};

static guint
score_neware (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  g_auto (GStrv) lines = g_strsplit_set (probe->text, "\n", 60);
  guint found = 0;
  gboolean record = FALSE;
  /* A nested report spreads its heads over three lines. */
  for (guint i = 0; lines[i] != NULL && i < 50; i++)
    {
      guint here = 0;
      for (gsize k = 0; k < G_N_ELEMENTS (words); k++)
        here += strstr (lines[i], words[k]) != NULL;
      found = MAX (found, here);
      record |= here >= 1
                && (strstr (lines[i], "Voltage(") != NULL || strstr (lines[i], "电压(") != NULL
                    || strstr (lines[i], "Voltage (") != NULL);
    }
  gboolean neware = strstr (probe->text, "DataPoint") != NULL
                    || strstr (probe->text, "Step Type") != NULL
                    || strstr (probe->text, "数据序号") != NULL
                    || strstr (probe->text, "工步类型") != NULL
                    || strstr (probe->text, "工步名称") != NULL
                    || strstr (probe->text, "绝对时间") != NULL;
  return neware && record && found >= 2 ? 72 : 0;
}

/* "Current(M-5A)" and the like name a range and no unit: adjust() finds it by the capacity. */
static gboolean
understand (const char *cell, PlateauHeader *header)
{
  if (!g_str_has_prefix (cell, "Current(") && !g_str_has_prefix (cell, "电流("))
    return FALSE;
  g_auto (PlateauHeader) plain = { 0 };
  plateau_header_parse (cell, NULL, &plain);
  if (plain.quantity == PLATEAU_QUANTITY_CURRENT)
    return FALSE;
  *header = (PlateauHeader){
    .quantity = PLATEAU_QUANTITY_CURRENT,
    .name = g_strdup ("Current"),
    .unit = plateau_unit_find ("A"),
    .unit_assumed = TRUE,
  };
  return TRUE;
}

static double
rises (const PlateauTextColumn *column, gsize n)
{
  double sum = 0;
  for (gsize i = 1; column != NULL && column->unit != NULL && i < n; i++)
    if (column->values[i] > column->values[i - 1])
      sum += (column->values[i] - column->values[i - 1]) * column->unit->factor;
  return sum;
}

/* The unit in which the current, integrated inside the steps, is the counted capacity. */
static void
adjust (PlateauTextTable *table, GPtrArray *lines, PlateauMeasurement *measurement)
{
  static const char *const ids[] = { "A", "mA", "uA" };
  PlateauTextColumn *current = plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT);
  PlateauTextColumn *time = plateau_text_table_find (table, PLATEAU_QUANTITY_STEP_TIME);
  if (time == NULL)
    time = plateau_text_table_find (table, PLATEAU_QUANTITY_TIME);
  if (current == NULL || !current->unit_assumed || current->unit_confirmed || time == NULL)
    return;
  double charge =
      rises (plateau_text_table_find (table, PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY),
             table->n_rows)
      + rises (plateau_text_table_find (table, PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY),
               table->n_rows)
      + rises (plateau_text_table_find (table, PLATEAU_QUANTITY_COUNTER_CAPACITY), table->n_rows);
  double integral = 0;
  for (gsize i = 1; i < table->n_rows; i++)
    {
      double step = fabs (current->values[i]) * (time->values[i] - time->values[i - 1]);
      if (step > 0)
        integral += step;
    }
  double ratio = integral > 0 ? charge / integral : NAN;
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      double factor = plateau_unit_find (ids[i])->factor;
      if (ratio > factor / 2 && ratio < factor * 2)
        {
          current->unit = plateau_unit_find (ids[i]);
          current->unit_assumed = FALSE;
          plateau_measurement_warn (measurement,
                                    _ ("Column “%s” names a range, not a unit; the capacity shows "
                                       "that it is in %s."),
                                    current->header, current->unit->label);
          return;
        }
    }
}

static gboolean
read_neware (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
             GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "Neware",
    .traits = { .understand = understand },
    .adjust = adjust,
  };
  return plateau_nested_read_any (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "csv", "txt", NULL };

const PlateauReader plateau_reader_neware_csv = {
  .id = "neware-csv",
  .label = N_ ("Neware text export (.csv, .txt)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_neware,
  .read = read_neware,
};
