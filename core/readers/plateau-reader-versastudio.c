/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* VersaStudio .par: sections in angle brackets; each <SegmentN> has "Definition=" with the heads of
 * its comma-separated rows. Two impedances stand side by side when a second electrometer was
 * connected. */

static guint
versastudio_score (const PlateauProbe *probe)
{
  if (probe->text == NULL || strstr (probe->text, "<Application>") == NULL
      || strstr (probe->text, "Name=VersaStudio") == NULL)
    return 0;
  return 92;
}

static void
read_preamble (GPtrArray *lines, PlateauEisTraits *traits, PlateauMeasurement *measurement)
{
  static const char technique[] = "EIS";
  const char *type = plateau_eis_text_find_value (lines, lines->len, "Type");
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT,
                                type != NULL && type[0] != '\0' ? type : "VersaSTAT");
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (!g_str_has_prefix (line, "Name=") || strstr (line, technique) == NULL)
        continue;
      plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, line + strlen ("Name="));
      traits->conditions.mode = strstr (line, "Galvanostatic") != NULL    ? PLATEAU_EIS_GEIS
                                : strstr (line, "Potentiostatic") != NULL ? PLATEAU_EIS_PEIS
                                                                          : PLATEAU_EIS_UNKNOWN;
    }
  traits->conditions.amplitude =
      plateau_eis_text_find_number (lines, lines->len, "Amplitude (mV RMS)") * 1e-3;
  if (traits->conditions.mode == PLATEAU_EIS_GEIS)
    traits->conditions.amplitude =
        plateau_eis_text_find_number (lines, lines->len, "Amplitude (mA RMS)") * 1e-3;
}

/* One segment as a table of its own; returns the line behind it. */
static guint
read_segment (GPtrArray *lines, guint definition, const PlateauEisTraits *traits,
              PlateauMeasurement *measurement)
{
  g_autoptr (GPtrArray) table = g_ptr_array_new ();
  g_ptr_array_add (table, (char *) lines->pdata[definition] + strlen ("Definition="));
  guint i = definition + 1;
  for (; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (line[0] == '<')
        break;
      g_ptr_array_add (table, (gpointer) line);
    }
  plateau_eis_text_read_tables (table, 0, traits, measurement);
  return i;
}

static gboolean
versastudio_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  traits.trust_sign = TRUE;
  read_preamble (lines, &traits, measurement);
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &traits.conditions);
  for (guint i = 0; i < lines->len;)
    if (g_str_has_prefix (lines->pdata[i], "Definition=Segment"))
      i = read_segment (lines, i, &traits, measurement);
    else
      i++;
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const versastudio_suffixes[] = { "par", NULL };

const PlateauReader plateau_reader_versastudio = {
  .id = "versastudio",
  .label = N_ ("VersaStudio impedance (.par)"),
  .suffixes = versastudio_suffixes,
  .version = 1,
  .score = versastudio_score,
  .read = versastudio_read,
};
