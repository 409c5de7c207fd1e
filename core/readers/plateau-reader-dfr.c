/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-number.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Eco Chemie FRA: a version line, the number of points, one more number, and then nine numbers a
 * point, each on a line: f, Z', -Z'', potential, current, time and three that are not used. */

enum
{
  NUMBERS_A_POINT = 9,
};

static guint
dfr_score (const PlateauProbe *probe)
{
  if (probe->text == NULL || !g_str_has_prefix (probe->text, "VERSION"))
    return 0;
  return g_str_has_suffix (probe->name, ".dfr") ? 95 : 60;
}

static gboolean
is_used (const double *points, gsize n, gsize at)
{
  for (gsize i = 0; i < n; i++)
    if (points[i * NUMBERS_A_POINT + at] != 0)
      return TRUE;
  return FALSE;
}

static void
add_points (const double *points, gsize n, const PlateauConditions *conditions,
            PlateauMeasurement *measurement)
{
  PlateauEisRole roles[] = { PLATEAU_EIS_ROLE_FREQUENCY, PLATEAU_EIS_ROLE_RE,
                             PLATEAU_EIS_ROLE_IM,        PLATEAU_EIS_ROLE_POTENTIAL,
                             PLATEAU_EIS_ROLE_CURRENT,   PLATEAU_EIS_ROLE_TIME };
  for (gsize c = 3; c < G_N_ELEMENTS (roles); c++)
    if (!is_used (points, n, c))
      roles[c] = PLATEAU_EIS_ROLE_NONE;
  g_autoptr (PlateauEisTable) table = plateau_eis_table_new ();
  plateau_eis_table_set_roles (table, roles, G_N_ELEMENTS (roles));
  plateau_eis_table_trust_sign (table);
  *plateau_eis_table_get_conditions (table) = *conditions;
  for (gsize i = 0; i < n; i++)
    {
      double row[G_N_ELEMENTS (roles)];
      memcpy (row, points + i * NUMBERS_A_POINT, sizeof row);
      row[2] = -row[2];
      plateau_eis_table_add_row (table, row, G_N_ELEMENTS (roles));
    }
  plateau_eis_table_flush (table, measurement);
}

static gboolean
dfr_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 1; i < lines->len; i++)
    {
      double value;
      const char *line = lines->pdata[i];
      if (line[strspn (line, " \t")] == '\0')
        continue;
      if (!plateau_parse_number (line, &value))
        break; /* settings behind the points */
      g_array_append_val (numbers, value);
    }
  const double *values = (const double *) (gpointer) numbers->data;
  gsize available = numbers->len > 2 ? (numbers->len - 2) / NUMBERS_A_POINT : 0;
  gsize said = numbers->len > 0 && values[0] > 0 && values[0] < 1e9 ? (gsize) values[0] : 0;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Autolab");
  if (said > available)
    plateau_measurement_warn (measurement, _ ("The file announces %zu points and holds %zu"), said,
                              available);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &conditions);
  gsize n = MIN (said, available);
  if (n > 0)
    add_points (values + 2, n, &conditions, measurement);
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const dfr_suffixes[] = { "dfr", NULL };

const PlateauReader plateau_reader_dfr = {
  .id = "ecochemie-dfr",
  .label = N_ ("Eco Chemie FRA (.dfr)"),
  .suffixes = dfr_suffixes,
  .version = 1,
  .score = dfr_score,
  .read = dfr_read,
};
