/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CH Instruments text of voltammetry, holds and galvanostatic steps: date, technique, "name =
 * value" lines, one line of heads, rows. The instrument counts cathodic current as positive. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static gboolean
is_header (const char *line)
{
  gboolean start = g_str_has_prefix (line, "Potential/V") || g_str_has_prefix (line, "Time/s")
                   || g_str_has_prefix (line, "Time/sec");
  return start
         && (strstr (line, "Current/") != NULL || strstr (line, "Potential/") != NULL
             || strstr (line, "i1/A") != NULL);
}

static guint
score_chi (const PlateauProbe *probe)
{
  if (probe->text == NULL || strstr (probe->text, "Freq/Hz") != NULL)
    return 0;
  gboolean chi = strstr (probe->text, "Instrument Model:") != NULL
                 || (strstr (probe->text, "Data Source:") != NULL
                     && strstr (probe->text, "Header:") != NULL);
  g_auto (GStrv) lines = g_strsplit_set (probe->text, "\n", 200);
  for (guint i = 0; lines[i] != NULL; i++)
    if (is_header (lines[i]))
      return chi ? 88 : strstr (probe->text, "Init E (V)") != NULL ? 80 : 0;
  return 0;
}

static gboolean
find_chi (GPtrArray *lines, PlateauTextLayout *layout)
{
  for (guint i = 0; i < lines->len; i++)
    if (is_header (lines->pdata[i]))
      return plateau_text_set_header (lines, i, layout);
  return FALSE;
}

static const struct
{
  const char *name;
  PlateauKinds kinds;
} techniques[] = {
  { "Voltammetry", PLATEAU_KIND_CV },        { "Tafel", PLATEAU_KIND_CV },
  { "Amperometric", PLATEAU_KIND_HOLD },     { "Chronoamperometry", PLATEAU_KIND_HOLD },
  { "Chronocoulometry", PLATEAU_KIND_HOLD }, { "Bulk Electrolysis", PLATEAU_KIND_HOLD },
  { "Open Circuit", PLATEAU_KIND_OCV },      { "Chronopotentiometry", PLATEAU_KIND_CYCLING },
};

static void
preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  plateau_text_set_info_from_pairs (lines, n_lines, measurement);
  double started;
  if (n_lines > 0
      && plateau_parse_date (lines->pdata[0], strlen (lines->pdata[0]), PLATEAU_DATE_MDY, &started))
    {
      g_autofree char *iso = plateau_format_date (started);
      plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, iso);
    }
  const char *technique = n_lines > 1 ? lines->pdata[1] : "";
  plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, technique);
  for (gsize i = 0; i < G_N_ELEMENTS (techniques); i++)
    if (strstr (technique, techniques[i].name) != NULL)
      plateau_measurement_set_kinds (measurement, techniques[i].kinds);
}

static double
parameter (GPtrArray *lines, const char *name)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_has_prefix (lines->pdata[i], name))
      {
        const char *equals = strchr (lines->pdata[i], '=');
        double value;
        if (equals != NULL
            && plateau_text_field_to_number (equals + 1, strlen (equals + 1), '.', &value))
          return value;
      }
  return NAN;
}

static PlateauTextColumn *
add_made (PlateauTextTable *table, const char *name, PlateauQuantity quantity)
{
  PlateauTextColumn *column = plateau_text_column_new (name);
  column->kind = PLATEAU_TEXT_CARRIED;
  column->quantity = quantity;
  column->values = g_new0 (double, MAX (table->n_rows, 1));
  g_ptr_array_add (table->columns, column);
  return column;
}

/* A voltammogram has neither time nor cycle: time is the way of the potential over the scan rate,
 * and a cycle is two segments between turning points. */
static void
make_time_and_cycle (PlateauTextTable *table, const double *potential, double scan_rate)
{
  PlateauTextColumn *time = scan_rate > 0 ? add_made (table, "Time", PLATEAU_QUANTITY_TIME) : NULL;
  PlateauTextColumn *cycle = add_made (table, "Cycle", PLATEAU_QUANTITY_CYCLE);
  double way = 0, extreme = potential[0];
  int direction = 0;
  guint segments = 1;
  double least = 0;
  for (gsize i = 0; i < table->n_rows; i++)
    least = MAX (least, fabs (potential[i] - potential[0]));
  least *= 0.02; /* less is noise, not a turning point */
  for (gsize i = 0; i < table->n_rows; i++)
    {
      if (i > 0 && !isnan (potential[i]) && !isnan (potential[i - 1]))
        way += fabs (potential[i] - potential[i - 1]);
      if (direction == 0 && fabs (potential[i] - potential[0]) > least)
        direction = potential[i] > potential[0] ? 1 : -1;
      if (direction != 0 && (potential[i] - extreme) * direction > 0)
        extreme = potential[i];
      else if (direction != 0 && (extreme - potential[i]) * direction > least)
        {
          direction = -direction;
          extreme = potential[i];
          segments++;
        }
      cycle->values[i] = (segments + 1) / 2;
      if (time != NULL)
        time->values[i] = way / scan_rate;
    }
}

static void
adjust (PlateauTextTable *table, GPtrArray *lines, PlateauMeasurement *measurement)
{
  PlateauTextColumn *current = plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT);
  PlateauTextColumn *potential = plateau_text_table_find (table, PLATEAU_QUANTITY_POTENTIAL);
  PlateauTextColumn *time = plateau_text_table_find (table, PLATEAU_QUANTITY_TIME);
  if (current != NULL)
    {
      current->negative = TRUE;
      plateau_measurement_warn (measurement,
                                _ ("CH Instruments counts cathodic current as positive unless set "
                                   "to the IUPAC convention: the sign was turned. If the file "
                                   "follows IUPAC, turn it back."));
    }
  if (potential != NULL && time == NULL)
    make_time_and_cycle (table, potential->values, parameter (lines, "Scan Rate (V/s)"));
}

static gboolean
read_chi (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "CH Instruments",
    .find = find_chi,
    .preamble = preamble,
    .adjust = adjust,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "txt", "csv", NULL };

const PlateauReader plateau_reader_chi = {
  .id = "chi-text",
  .label = N_ ("CH Instruments text (voltammetry, holds)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score_chi,
  .read = read_chi,
};
