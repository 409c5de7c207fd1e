/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Gamry's EXPLAIN text with one or more ZCURVE tables: lines KEY, type, value, label, then
 * NAME TABLE, a line of heads, a line of units, and rows that begin with a tab. A table may break
 * off when the run was aborted. */

static guint
gamry_eis_score (const PlateauProbe *probe)
{
  if (probe->text == NULL || !g_str_has_prefix (probe->text, "EXPLAIN"))
    return 0;
  const char *tag = strstr (probe->text, "TAG\t");
  if (strstr (probe->text, "ZCURVE") != NULL)
    return 95;
  return tag != NULL
                 && (g_str_has_prefix (tag, "TAG\tEIS") || g_str_has_prefix (tag, "TAG\tGALVEIS")
                     || g_str_has_prefix (tag, "TAG\tHYBRIDEIS"))
             ? 95
             : 0;
}

/* The value field of "KEY<tab>TYPE<tab>value<tab>label". */
static char *
find_key (GPtrArray *lines, const char *key)
{
  g_autofree char *start = g_strconcat (key, "\t", NULL);
  for (guint i = 0; i < lines->len; i++)
    if (g_str_has_prefix (lines->pdata[i], start))
      {
        g_auto (GStrv) fields = g_strsplit (lines->pdata[i], "\t", 4);
        return g_strv_length (fields) >= 3 ? g_strstrip (g_strdup (fields[2])) : NULL;
      }
  return NULL;
}

static double
find_key_number (GPtrArray *lines, const char *key)
{
  g_autofree char *text = find_key (lines, key);
  if (text == NULL)
    return NAN;
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autofree char *line = g_strconcat ("x=", text, NULL);
  g_ptr_array_add (one, line);
  return plateau_eis_text_find_number (one, 1, "x");
}

static void
set_info (GPtrArray *lines, PlateauMeasurement *measurement, const char *key, const char *info)
{
  g_autofree char *text = find_key (lines, key);
  if (text != NULL && text[0] != '\0')
    plateau_measurement_set_info (measurement, info, text);
}

static void
read_preamble (GPtrArray *lines, PlateauEisTraits *traits, PlateauMeasurement *measurement)
{
  PlateauConditions *conditions = &traits->conditions;
  const char *tag = plateau_eis_text_find_value (lines, lines->len, "TAG");
  gboolean galvanostatic = tag != NULL && g_str_has_prefix (tag, "GALV");
  conditions->mode = galvanostatic ? PLATEAU_EIS_GEIS : PLATEAU_EIS_PEIS;
  /* VAC is in mV rms, IAC in A rms. */
  conditions->amplitude = galvanostatic ? find_key_number (lines, "IAC")
                                        : find_key_number (lines, "VAC") * 1e-3;
  if (tag != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, tag);
  set_info (lines, measurement, "PSTAT", PLATEAU_INFO_INSTRUMENT);
  if (plateau_measurement_get_info (measurement, PLATEAU_INFO_INSTRUMENT) == NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Gamry");
  g_autofree char *date = find_key (lines, "DATE");
  g_autofree char *time = find_key (lines, "TIME");
  plateau_eis_text_set_started (measurement, date, time);
  set_info (lines, measurement, "TITLE", PLATEAU_INFO_COMMENT);
  set_info (lines, measurement, "AREA", PLATEAU_INFO_AREA_CM2);
}

static gboolean
is_table_line (const char *line)
{
  return g_str_has_prefix (line, "ZCURVE") && strstr (line, "\tTABLE") != NULL;
}

/* With drift correction the table holds both; the corrected values are what was asked for. */
static char *
choose_columns (const char *heads, PlateauMeasurement *measurement)
{
  if (strstr (heads, "ZrealDrCor") == NULL || strstr (heads, "ZimagDrCor") == NULL)
    return g_strdup (heads);
  g_auto (GStrv) cells = g_strsplit (heads, "\t", -1);
  for (guint i = 0; cells[i] != NULL; i++)
    {
      const char *name = NULL;
      g_strstrip (cells[i]);
      if (strcmp (cells[i], "Zreal") == 0 || strcmp (cells[i], "Zimag") == 0)
        name = "uncorrected";
      else if (strcmp (cells[i], "ZrealDrCor") == 0)
        name = "Zreal";
      else if (strcmp (cells[i], "ZimagDrCor") == 0)
        name = "Zimag";
      if (name == NULL)
        continue;
      g_free (cells[i]);
      cells[i] = g_strdup (name);
    }
  plateau_measurement_warn (measurement, _ ("The drift-corrected impedance of the file was taken"));
  return g_strjoinv ("\t", cells);
}

/* The table that begins on line @at, as lines of its own; returns the line behind it. */
static guint
take_table (GPtrArray *lines, guint at, GPtrArray *table, PlateauMeasurement *measurement)
{
  guint i = at + 1;
  for (; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line[0] != '\t')
        break;
      g_ptr_array_add (table, i == at + 1 ? choose_columns (line, measurement) : g_strdup (line));
    }
  return i;
}

static gboolean
gamry_eis_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  read_preamble (lines, &traits, measurement);
  traits.trust_sign = TRUE;
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &traits.conditions);
  for (guint i = 0; i < lines->len;)
    {
      const char *line = lines->pdata[i];
      if (g_str_has_prefix (line, "EXPERIMENTABORTED"))
        plateau_measurement_warn (measurement,
                                  _ ("The run was aborted; the points up to then were kept"));
      if (!is_table_line (line))
        {
          i++;
          continue;
        }
      g_autoptr (GPtrArray) table = g_ptr_array_new_with_free_func (g_free);
      guint end = take_table (lines, i, table, measurement);
      if (end < lines->len && g_str_has_prefix (lines->pdata[end], "  "))
        plateau_measurement_warn (measurement,
                                  _ ("The table of impedance breaks off in line %u; rows behind it "
                                     "were left out"),
                                  end + 1);
      plateau_eis_text_read_tables (table, 0, &traits, measurement);
      i = end;
    }
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const gamry_eis_suffixes[] = { "dta", NULL };

const PlateauReader plateau_reader_gamry_eis = {
  .id = "gamry-eis",
  .label = N_ ("Gamry impedance (.DTA)"),
  .suffixes = gamry_eis_suffixes,
  .version = 1,
  .score = gamry_eis_score,
  .read = gamry_eis_read,
};
