/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gamry Framework .DTA of cycling, voltammetry, holds and rests: "NAME<tab>TABLE", a line of heads,
 * a line of units, rows that begin with a tab; one table a curve. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MAX_HEAD = 2000,
};

static guint
score_gamry (const PlateauProbe *probe)
{
  if (probe->text == NULL || !g_str_has_prefix (probe->text, "EXPLAIN"))
    return 0;
  return strstr (probe->text, "TAG\t") != NULL ? 90 : 70;
}

/* The number behind the name of a curve ("CURVE3", "DISCHARGE12"), 0 without one, -1 for a table
 * that is no curve. The rest before the experiment counts only where nothing follows. */
static int
curve_number (const char *line, gboolean rest_too)
{
  static const char *const names[] = { "CURVE", "CHARGE", "DISCHARGE", "CYCLE" };
  const char *tab = strchr (line, '\t');
  if (tab == NULL || !g_str_has_prefix (tab + 1, "TABLE"))
    return -1;
  if (rest_too && g_str_has_prefix (line, "OCVCURVE"))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (line, names[i]))
      {
        const char *p = line + strlen (names[i]);
        while (p < tab && !g_ascii_isdigit (*p))
          p++;
        return p < tab ? (int) MIN (strtol (p, NULL, 10), 1000000) : 0;
      }
  return -1;
}

static gboolean
find_gamry (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (int rest_too = 0; rest_too < 2; rest_too++)
    for (guint i = 0; i + 1 < lines->len; i++)
      if (curve_number (lines->pdata[i], rest_too != 0) >= 0)
        {
          plateau_text_settle_layout (lines, i + 1, '\t', layout);
          layout->units_line = i + 2 < lines->len ? i + 2 : G_MAXUINT;
          layout->first_row = MIN (i + 3, lines->len);
          layout->dialect = plateau_text_guess_dialect (lines, layout->first_row, '\t');
          return TRUE;
        }
  return FALSE;
}

#define Q(name) PLATEAU_QUANTITY_##name

static gboolean
understand (const char *cell, PlateauHeader *header)
{
  static const struct
  {
    const char *name;
    PlateauQuantity quantity;
    const char *unit;
  } columns[] = {
    { "T", Q (TIME), "s" },
    { "Vf", Q (POTENTIAL), "V" },
    { "Im", Q (CURRENT), "A" },
    { "Vm", Q (OTHER), "V" },
    { "Temp", Q (TEMPERATURE), "degC" },
    { "Q", Q (OTHER), "C" },
    { "Pwr", Q (POWER), "W" },
    { "Vu", Q (OTHER), "V" },
    { "Sig", Q (OTHER), "V" },
    { "Ach", Q (OTHER), "V" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (columns[i].name, cell) == 0)
      {
        *header = (PlateauHeader){
          .quantity = columns[i].quantity,
          .name = g_strdup (cell),
          .unit_text = g_strdup (columns[i].unit),
          .unit = plateau_unit_find (columns[i].unit),
        };
        return TRUE;
      }
  return FALSE;
}

#undef Q

static void
prepare (PlateauTextTable *table, PlateauTextFormatState *state)
{
  guint curves = 0;
  for (guint i = 0; i < state->lines->len; i++)
    curves += curve_number (state->lines->pdata[i], FALSE) > 0;
  state->section = 1;
  if (curves == 0)
    return;
  guint heads = state->layout->header_line;
  int first = heads > 0 ? curve_number (state->lines->pdata[heads - 1], TRUE) : 0;
  state->cycle = plateau_text_column_new ("Curve");
  state->cycle->kind = PLATEAU_TEXT_CARRIED;
  state->cycle->quantity = PLATEAU_QUANTITY_CYCLE;
  state->cycle->carried = first > 0 ? first : 1;
  g_ptr_array_add (table->columns, state->cycle);
}

static PlateauLineClass
classify (PlateauTextTable *table, PlateauText *text, PlateauTextLine *line, gpointer user_data)
{
  PlateauTextFormatState *state = user_data;
  if (line->length > 0 && line->start[0] == '\t')
    {
      if (state->skip > 0)
        {
          state->skip--;
          return PLATEAU_LINE_SKIP;
        }
      return state->section > 0 ? PLATEAU_LINE_DATA : PLATEAU_LINE_SKIP;
    }
  g_autofree char *decoded = plateau_text_decode (text, line->start, MIN (line->length, 200));
  const char *tab = strchr (decoded, '\t');
  if (tab != NULL && g_str_has_prefix (tab + 1, "TABLE"))
    {
      int number = curve_number (decoded, FALSE);
      state->section = number >= 0;
      state->skip = 2;
      if (number > 0 && state->cycle != NULL)
        state->cycle->carried = number;
    }
  return PLATEAU_LINE_SKIP;
}

static const struct
{
  const char *tag, *technique;
  PlateauKinds kinds;
} techniques[] = {
  { "CV", "cyclic voltammetry", PLATEAU_KIND_CV },
  { "LSV", "linear sweep voltammetry", PLATEAU_KIND_CV },
  { "POTENTIODYN", "potentiodynamic", PLATEAU_KIND_CV },
  { "CHRONOA", "chronoamperometry", PLATEAU_KIND_HOLD },
  { "POTENTIOSTATIC", "potentiostatic", PLATEAU_KIND_HOLD },
  { "CHRONOP", "chronopotentiometry", PLATEAU_KIND_CYCLING },
  { "CORPOT", "open circuit potential", PLATEAU_KIND_OCV },
  { "PWR", "charge and discharge", PLATEAU_KIND_CYCLING },
};

static void
set_technique (const char *tag, PlateauMeasurement *measurement)
{
  for (gsize i = 0; i < G_N_ELEMENTS (techniques); i++)
    if (g_str_has_prefix (tag, techniques[i].tag))
      {
        plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, techniques[i].technique);
        plateau_measurement_set_kinds (measurement, techniques[i].kinds);
        return;
      }
  plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, tag);
}

static void
preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  g_autofree char *date = NULL, *time = NULL;
  for (guint i = 0; i < n_lines; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines->pdata[i], "\t", 5);
      guint n = g_strv_length (fields);
      if (n >= 2 && strcmp (fields[0], "TAG") == 0)
        set_technique (fields[1], measurement);
      if (n < 3)
        continue;
      if (strcmp (fields[0], "TITLE") == 0)
        plateau_measurement_set_info (measurement, PLATEAU_INFO_COMMENT, fields[2]);
      else if (strcmp (fields[0], "PSTAT") == 0)
        plateau_measurement_set_info (measurement, "potentiostat", fields[2]);
      else if (strcmp (fields[0], "AREA") == 0 || strcmp (fields[0], "SCANRATE") == 0)
        plateau_measurement_set_info (
            measurement, fields[0][0] == 'A' ? PLATEAU_INFO_AREA_CM2 : "scan_rate_mV_s", fields[2]);
      else if (strcmp (fields[0], "DATE") == 0 && date == NULL)
        date = g_strdup (fields[2]);
      else if (strcmp (fields[0], "TIME") == 0 && time == NULL)
        time = g_strdup (fields[2]);
    }
  double started;
  g_autofree char *both = g_strdup_printf ("%s %s", date != NULL ? date : "",
                                           time != NULL ? time : "");
  if (date != NULL && plateau_parse_date (both, strlen (both), PLATEAU_DATE_MDY, &started))
    {
      g_autofree char *iso = plateau_format_date (started);
      plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, iso);
    }
}

static gboolean
read_gamry (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
            GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "Gamry",
    .max_head = MAX_HEAD,
    .traits = { .understand = understand },
    .find = find_gamry,
    .preamble = preamble,
    .prepare = prepare,
    .classify = classify,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "dta", NULL };

const PlateauReader plateau_reader_gamry = {
  .id = "gamry-dta",
  .label = N_ ("Gamry cycling and voltammetry (.DTA)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_gamry,
  .read = read_gamry,
};
