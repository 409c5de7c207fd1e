/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* OrigaLys curve files: a mark and version, the letters of the columns ("FZPTEIYXC"), the method,
 * its settings, the number of points, and a row of nine numbers a point: f, |Z|, phase, three that
 * are 0 in every file seen, Z', -Z'' and one more. */

enum
{
  NUMBERS_A_POINT = 9,
  AT_RE = 6,
  AT_IM = 7,
};

static const guint8 mark[] = { 0xFE, 0xAB, 'Z' };

static guint
crv_score (const PlateauProbe *probe)
{
  if (probe->head_length >= sizeof mark && memcmp (probe->head, mark, sizeof mark) == 0)
    return 95;
  return g_str_has_suffix (probe->name, ".crv") ? 20 : 0;
}

/* The row's numbers into @row, or FALSE when there are not nine. */
static gboolean
parse_point (const char *line, double *row)
{
  static const PlateauEisLayout layout = { '\t', '.' };
  return plateau_eis_text_parse_row (line, &layout, row, NUMBERS_A_POINT) == NUMBERS_A_POINT;
}

static gboolean
crv_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  static const PlateauEisRole roles[] = { PLATEAU_EIS_ROLE_FREQUENCY, PLATEAU_EIS_ROLE_RE,
                                          PLATEAU_EIS_ROLE_IM };
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "OrigaLys");
  g_autoptr (PlateauEisTable) table = plateau_eis_table_new ();
  plateau_eis_table_set_roles (table, roles, G_N_ELEMENTS (roles));
  plateau_eis_table_trust_sign (table);
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, plateau_eis_table_get_conditions (table));
  gsize said = 0, found = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      double row[NUMBERS_A_POINT];
      const char *line = lines->pdata[i];
      if (parse_point (line, row))
        {
          double point[] = { row[0], row[AT_RE], -row[AT_IM] };
          plateau_eis_table_add_row (table, point, G_N_ELEMENTS (point));
          found++;
        }
      else if (found > 0)
        break;
      else if (line[0] != '\0' && line[strspn (line, "0123456789 ")] == '\0')
        said = strtoul (line, NULL, 10);
      else if (strstr (line, "EIS") != NULL)
        plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, line);
    }
  if (said != found)
    plateau_measurement_warn (measurement, _ ("The file announces %zu points and holds %zu"), said,
                              found);
  plateau_eis_table_flush (table, measurement);
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const crv_suffixes[] = { "crv", NULL };

const PlateauReader plateau_reader_crv = {
  .id = "origalys-crv",
  .label = N_ ("OrigaLys impedance (.crv)"),
  .suffixes = crv_suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = crv_score,
  .read = crv_read,
};
