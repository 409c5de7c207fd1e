/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maccor text exports with any of their preambles: one MIMS line, name/value lines, csv. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
is_header (const char *line)
{
  const char *p = g_str_has_prefix (line, "\xEF\xBB\xBF") ? line + 3 : line;
  p += strspn (p, " \"");
  if (strncmp (p, "Rec", 3) != 0)
    return FALSE;
  p += 3;
  p += strspn (p, "#\"");
  return (*p == '\t' || *p == ',' || *p == ';')
         && (strstr (p, "Cyc") != NULL || strstr (p, "Step") != NULL);
}

static gboolean
find_maccor (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_header (lines->pdata[i]))
      return plateau_text_set_header (lines, i, layout);
  return FALSE;
}

static guint
score_maccor (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  g_auto (GStrv) lines = g_strsplit_set (probe->text, "\n", 200);
  for (guint i = 0; lines[i] != NULL; i++)
    if (is_header (lines[i]))
      {
        gboolean maccor = strstr (lines[i], "DPt Time") != NULL
                          || strstr (lines[i], "DPT Time") != NULL
                          || strstr (lines[i], "Amp-hr") != NULL
                          || strstr (lines[i], "Cycle C") != NULL
                          || strstr (lines[i], "Cyc#") != NULL || strstr (lines[i], "Md") != NULL;
        return maccor ? 80 : 0;
      }
  return 0;
}

/* "TestTime" alone says no unit: whether it is minutes the clock or the capacity must tell. */
static gboolean
understand (const char *cell, PlateauHeader *header)
{
  g_autofree char *folded = plateau_header_fold (cell);
  gboolean test = strcmp (folded, "testtime") == 0, step = strcmp (folded, "steptime") == 0;
  if (!test && !step)
    return FALSE;
  *header = (PlateauHeader){
    .quantity = test ? PLATEAU_QUANTITY_TIME : PLATEAU_QUANTITY_STEP_TIME,
    .name = g_strdup (cell),
    .unit = plateau_unit_find ("min"),
    .unit_assumed = TRUE,
  };
  return TRUE;
}

/* Sum of the rises of the counter, in C. */
static double
counted_charge (PlateauTextTable *table)
{
  PlateauTextColumn *counter = plateau_text_table_find (table, PLATEAU_QUANTITY_COUNTER_CAPACITY);
  double sum = 0;
  for (gsize i = 1; counter != NULL && counter->unit != NULL && i < table->n_rows; i++)
    if (counter->values[i] > counter->values[i - 1])
      sum += (counter->values[i] - counter->values[i - 1]) * counter->unit->factor;
  return sum;
}

/* The integral of the current with the times as they are printed. */
static double
integrated_charge (PlateauTextTable *table, const double *time)
{
  PlateauTextColumn *current = plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT);
  double sum = 0;
  for (gsize i = 1; current != NULL && current->unit != NULL && i < table->n_rows; i++)
    {
      double step = fabs (current->values[i]) * current->unit->factor * (time[i] - time[i - 1]);
      if (step > 0)
        sum += step;
    }
  return sum;
}

static double
clock_span (PlateauTextTable *table)
{
  PlateauTextColumn *clock = plateau_text_table_find (table, PLATEAU_QUANTITY_CLOCK);
  if (clock == NULL || clock->kind != PLATEAU_TEXT_DATE)
    return NAN;
  double first = NAN, last = NAN;
  for (gsize i = 0; i < table->n_rows; i++)
    if (!isnan (clock->values[i]))
      {
        last = clock->values[i];
        if (isnan (first))
          first = last;
      }
  return last - first;
}

/* The unit whose seconds fit @ratio best; minutes where nothing fits. */
static const char *
nearest_unit (double ratio)
{
  static const char *const ids[] = { "s", "min", "h" };
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      double seconds = plateau_unit_find (ids[i])->factor;
      if (ratio > 0.6 * seconds && ratio < 1.6 * seconds)
        return ids[i];
    }
  return NULL;
}

static void
adjust (PlateauTextTable *table, GPtrArray *lines, PlateauMeasurement *measurement)
{
  PlateauTextColumn *time = plateau_text_table_find (table, PLATEAU_QUANTITY_TIME);
  PlateauTextColumn *step = plateau_text_table_find (table, PLATEAU_QUANTITY_STEP_TIME);
  if (time == NULL || time->kind != PLATEAU_TEXT_NUMBER || !time->unit_assumed
      || time->unit_confirmed)
    return;
  double printed = time->values[table->n_rows - 1] - time->values[0];
  double integral = integrated_charge (table, time->values);
  const char *id = printed > 0 ? nearest_unit (clock_span (table) / printed) : NULL;
  if (id == NULL && integral > 0)
    id = nearest_unit (counted_charge (table) / integral);
  if (id != NULL)
    time->unit_assumed = FALSE;
  time->unit = plateau_unit_find (id != NULL ? id : "min");
  if (step != NULL && step->kind == PLATEAU_TEXT_NUMBER && step->unit_assumed)
    {
      step->unit = time->unit;
      step->unit_assumed = time->unit_assumed;
    }
}

static void
set_date (PlateauMeasurement *measurement, const char *text)
{
  double started;
  const char *samples[] = { text };
  if (!plateau_parse_date (text, strlen (text), plateau_guess_date_order (samples, 1), &started))
    return;
  g_autofree char *iso = plateau_format_date (started);
  if (iso != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, iso);
}

/* The names in a MIMS line, each followed by its value up to the next name. */
static const struct
{
  const char *name, *key;
} fields[] = {
  { "Today's Date", "exported" },
  { "Date of Test:", PLATEAU_INFO_STARTED },
  { "Filename:", "original_file" },
  { "Procedure:", "procedure" },
  { "Comment/Barcode:", PLATEAU_INFO_COMMENT },
  { "Name:", PLATEAU_INFO_CELL_NAME },
  { "Channel:", PLATEAU_INFO_CHANNEL },
  { "Started", PLATEAU_INFO_STARTED },
  { "Description", PLATEAU_INFO_COMMENT },
  { "Tester", "tester" },
};

static void
read_line (const char *line, PlateauMeasurement *measurement)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *at = strstr (line, fields[i].name);
      if (at == NULL || (at != line && i >= 5))
        continue;
      const char *value = at + strlen (fields[i].name), *end = value + strlen (value);
      for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
        {
          const char *next = strstr (value, fields[k].name);
          if (next != NULL && next < end && k < 5)
            end = next;
        }
      g_autofree char *text = g_strndup (value, (gsize) (end - value));
      const char *clean = g_strstrip (text);
      clean += strspn (clean, ":,; \t");
      if (clean[0] == '\0')
        continue;
      if (strcmp (fields[i].key, PLATEAU_INFO_STARTED) == 0)
        set_date (measurement, clean);
      else
        plateau_measurement_set_info (measurement, fields[i].key, clean);
    }
}

static void
preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  for (guint i = 0; i < n_lines; i++)
    read_line (lines->pdata[i], measurement);
}

static gboolean
read_maccor (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
             GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "Maccor",
    .traits = { .understand = understand, .current_is_magnitude = TRUE },
    .find = find_maccor,
    .preamble = preamble,
    .adjust = adjust,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "txt", "csv", "001", "041", "078", NULL };

const PlateauReader plateau_reader_maccor = {
  .id = "maccor",
  .label = N_ ("Maccor text export"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_maccor,
  .read = read_maccor,
};
