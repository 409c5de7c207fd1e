/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-number.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Ivium .idf (one measurement) and .ids (several): key=value lines with binary bytes between, and
 * after "primary_data" the number of columns, the number of rows, and the rows. Those of an
 * impedance measurement are Z', Z'', f. */

static gboolean
contains (const PlateauProbe *probe, const char *needle)
{
  gsize length = strlen (needle);
  for (gsize i = 0; i + length <= probe->head_length; i++)
    if (probe->head[i] == (guint8) needle[0] && memcmp (probe->head + i, needle, length) == 0)
      return TRUE;
  return FALSE;
}

static guint
ivium_idf_score (const PlateauProbe *probe)
{
  gboolean suffix = g_str_has_suffix (probe->name, ".idf")
                    || g_str_has_suffix (probe->name, ".ids");
  if (contains (probe, "Method=Impedance"))
    return contains (probe, "primary_data") ? 92 : 85;
  return suffix && contains (probe, "primary_data") ? 40 : suffix ? 15 : 0;
}

static gboolean
line_is (const char *line, const char *word)
{
  return g_str_has_prefix (line + strspn (line, " "), word);
}

static double
number_of (const char *line)
{
  double value;
  return plateau_parse_number (line, &value) ? value : NAN;
}

/* The table behind line @at ("primary_data"); returns the line behind it. */
static guint
read_primary (GPtrArray *lines, guint at, const PlateauEisTraits *traits,
              PlateauMeasurement *measurement)
{
  static const PlateauEisRole roles[] = { PLATEAU_EIS_ROLE_RE, PLATEAU_EIS_ROLE_IM,
                                          PLATEAU_EIS_ROLE_FREQUENCY };
  if (at + 2 >= lines->len)
    return lines->len;
  double columns = number_of (lines->pdata[at + 1]), rows = number_of (lines->pdata[at + 2]);
  if (columns != 3 || !(rows > 0))
    return at + 1;
  g_autoptr (GPtrArray) table = g_ptr_array_new ();
  guint end = at + 3;
  for (; end < lines->len && end - at - 3 < rows; end++)
    {
      PlateauEisLayout layout;
      if (!plateau_eis_text_guess_row (lines->pdata[end], 3, &layout))
        break;
      g_ptr_array_add (table, lines->pdata[end]);
    }
  if (table->len < rows)
    plateau_measurement_warn (measurement, _ ("The file announces %.0f points and holds %u"), rows,
                              table->len);
  plateau_eis_text_read_rows (table, 0, roles, G_N_ELEMENTS (roles), traits, measurement);
  return end;
}

static gboolean
ivium_idf_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Ivium");
  g_autofree char *stem = plateau_eis_text_stem (input);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  traits.trust_sign = TRUE;
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line_is (line, "Technique="))
        {
          const char *technique = strchr (line, '=') + 1;
          plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, technique);
          traits.conditions.mode = strstr (technique, "Constant I") != NULL   ? PLATEAU_EIS_GEIS
                                   : strstr (technique, "Constant E") != NULL ? PLATEAU_EIS_PEIS
                                                                              : PLATEAU_EIS_UNKNOWN;
        }
      else if (line_is (line, "E start="))
        traits.conditions.potential = number_of (strchr (line, '=') + 1);
      else if (line_is (line, "I start=") && traits.conditions.mode == PLATEAU_EIS_GEIS)
        traits.conditions.dc_current = number_of (strchr (line, '=') + 1);
      else if (line_is (line, "Frequencies.amp[1]="))
        traits.conditions.amplitude = number_of (strchr (line, '=') + 1);
      else if (line_is (line, "Title="))
        plateau_measurement_set_info (measurement, PLATEAU_INFO_COMMENT, strchr (line, '=') + 1);
      else if (line_is (line, "primary_data"))
        {
          plateau_eis_name_conditions (stem, &traits.conditions);
          i = read_primary (lines, i, &traits, measurement) - 1;
        }
    }
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const ivium_idf_suffixes[] = { "idf", "ids", NULL };

const PlateauReader plateau_reader_ivium_idf = {
  .id = "ivium-idf",
  .label = N_ ("Ivium impedance (.idf, .ids)"),
  .suffixes = ivium_idf_suffixes,
  .version = 1,
  .score = ivium_idf_score,
  .read = ivium_idf_read,
};
