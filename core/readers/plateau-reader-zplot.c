/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* ZPlot and ZView .z, and the older Scribner and Solartron text "Z60W Data File": the columns are
 * always f, amplitude, bias, time, Z', Z'', ... whatever the head looks like. */

static const PlateauEisRole roles[] = {
  PLATEAU_EIS_ROLE_FREQUENCY, PLATEAU_EIS_ROLE_AMPLITUDE_POTENTIAL,
  PLATEAU_EIS_ROLE_POTENTIAL, PLATEAU_EIS_ROLE_TIME,
  PLATEAU_EIS_ROLE_RE,        PLATEAU_EIS_ROLE_IM,
};

/* Programs that convert to this format leave amplitude, bias and time at 0. */
static const PlateauEisRole roles_without_conditions[] = {
  PLATEAU_EIS_ROLE_FREQUENCY, PLATEAU_EIS_ROLE_NONE, PLATEAU_EIS_ROLE_NONE,
  PLATEAU_EIS_ROLE_NONE,      PLATEAU_EIS_ROLE_RE,   PLATEAU_EIS_ROLE_IM,
};

static guint
zplot_score (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  const char *text = probe->text + strspn (probe->text, " \t\"");
  if (g_ascii_strncasecmp (text, "ZPLOT", 5) == 0 || g_str_has_prefix (text, "Z60W Data File"))
    return 95;
  return 0;
}

static void
read_preamble (GPtrArray *lines, guint end, PlateauEisTraits *traits,
               PlateauMeasurement *measurement)
{
  const char *kind = plateau_eis_text_find_value (lines, end, "Experiment Type");
  if (kind == NULL)
    kind = plateau_eis_text_find_value (lines, end, "Sweep Frequency");
  if (kind != NULL)
    {
      plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, kind);
      traits->conditions.mode = strstr (kind, "Control Current") != NULL   ? PLATEAU_EIS_GEIS
                                : strstr (kind, "Control Voltage") != NULL ? PLATEAU_EIS_PEIS
                                                                           : PLATEAU_EIS_UNKNOWN;
    }
  const char *software = plateau_eis_text_find_value (lines, end, "Measured Data, ZPlot");
  if (software != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_SOFTWARE, software);
  plateau_eis_text_set_started (measurement, plateau_eis_text_find_value (lines, end, "Date"),
                                plateau_eis_text_find_value (lines, end, "Time"));
  double area = plateau_eis_text_find_number (lines, end, "Surface Area");
  if (area > 0 && area != 1)
    {
      g_autofree char *text = g_strdup_printf ("%g", area);
      plateau_measurement_set_info (measurement, PLATEAU_INFO_AREA_CM2, text);
    }
}

/* The line before the first row: "End Comments", or the head of the table. */
static guint
find_start (GPtrArray *lines)
{
  guint head = lines->len;
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = lines->pdata[i];
      if (g_str_has_prefix (line + strspn (line, " "), "End Comments"))
        return i + 1;
      if (head == lines->len && strstr (line, "Freq") != NULL && strstr (line, "Z'") != NULL)
        head = i + 1;
    }
  return head;
}

static gboolean
has_conditions (GPtrArray *lines, guint first)
{
  for (guint i = first; i < lines->len; i++)
    {
      PlateauEisLayout layout;
      double values[6];
      if (!plateau_eis_text_guess_row (lines->pdata[i], 6, &layout))
        continue;
      plateau_eis_text_parse_row (lines->pdata[i], &layout, values, 6);
      if (values[1] != 0 || values[2] != 0 || values[3] != 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
zplot_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
            GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  traits.trust_sign = TRUE;
  guint first = find_start (lines);
  read_preamble (lines, first, &traits, measurement);
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &traits.conditions);
  gboolean conditions = has_conditions (lines, first);
  plateau_eis_text_read_rows (lines, first, conditions ? roles : roles_without_conditions,
                              G_N_ELEMENTS (roles), &traits, measurement);
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const zplot_suffixes[] = { "z", "txt", NULL };

const PlateauReader plateau_reader_zplot = {
  .id = "zplot",
  .label = N_ ("ZPlot, ZView, Scribner and Solartron impedance (.z, .txt)"),
  .suffixes = zplot_suffixes,
  .version = 1,
  .score = zplot_score,
  .read = zplot_read,
};
