/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* RelaxIS text: for each spectrum a line of heads "Data: Frequency", then a line with the name of
 * the spectrum and what was known of it ("DC=-0.08, ..."), then rows. */

static guint
relaxis_score (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  if (strstr (probe->text, "RelaxIS") != NULL && strstr (probe->text, "Data: Frequency") != NULL)
    return 95;
  return 0;
}

/* The value of "NAME=value" in a comma-separated list. */
static double
find_variable (const char *line, const char *name)
{
  g_auto (GStrv) parts = g_strsplit_set (line, ",\t", -1);
  g_autofree char *start = g_strconcat (name, "=", NULL);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      if (g_str_has_prefix (part, start))
        return g_ascii_strtod (part + strlen (start), NULL);
    }
  return NAN;
}

static gboolean
relaxis_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  if (lines->len > 0)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_SOFTWARE, lines->pdata[0]);
  g_autofree char *stem = plateau_eis_text_stem (input);
  guint first = 0;
  while (first < lines->len && plateau_eis_text_find_head (lines, &first))
    {
      guint next = first + 1;
      if (!plateau_eis_text_find_head (lines, &next))
        next = lines->len;
      PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
      traits.trust_sign = TRUE;
      if (first + 1 < lines->len)
        {
          traits.conditions.potential = find_variable (lines->pdata[first + 1], "DC");
          plateau_eis_name_conditions (lines->pdata[first + 1], &traits.conditions);
        }
      plateau_eis_name_conditions (stem, &traits.conditions);
      g_autoptr (GPtrArray) block = g_ptr_array_new ();
      for (guint i = first; i < next; i++)
        g_ptr_array_add (block, lines->pdata[i]);
      plateau_eis_text_read_tables (block, 0, &traits, measurement);
      first = next;
    }
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const relaxis_suffixes[] = { "txt", NULL };

const PlateauReader plateau_reader_relaxis = {
  .id = "relaxis",
  .label = N_ ("RelaxIS text"),
  .suffixes = relaxis_suffixes,
  .version = 1,
  .score = relaxis_score,
  .read = relaxis_read,
};
