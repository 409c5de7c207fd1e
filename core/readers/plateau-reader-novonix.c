/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Novonix HPC and UHPC csv: sections in brackets, the table under [Data]; the whole head comes
 * again where a test was resumed. */
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

enum
{
  MAX_HEAD = 20000, /* protocols are long */
};

static guint
score_novonix (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  gboolean summary = strstr (probe->text, "[Summary]") != NULL;
  gboolean name = strstr (probe->text, "Novonix") != NULL;
  return summary && name ? 90 : summary && strstr (probe->text, "[Protocol]") != NULL ? 80 : 0;
}

static gboolean
find_novonix (GPtrArray *lines, PlateauTextLayout *layout)
{
  guint data = plateau_text_find_line (lines, "[Data]");
  return data != G_MAXUINT && plateau_text_set_header (lines, data + 1, layout);
}

static const struct
{
  const char *name, *key, *unit, *wanted;
} fields[] = {
  { "Channel", PLATEAU_INFO_CHANNEL, NULL, NULL },
  { "Cell", PLATEAU_INFO_CELL_NAME, NULL, NULL },
  { "Description", PLATEAU_INFO_COMMENT, NULL, NULL },
  { "Started", PLATEAU_INFO_STARTED, NULL, NULL },
  { "Version", PLATEAU_INFO_SOFTWARE, NULL, NULL },
  { "Mass (g)", PLATEAU_INFO_MASS_MG, "g", "mg" },
  { "Area (cm2)", PLATEAU_INFO_AREA_CM2, "cm2", "cm2" },
  { "Area (cm^2)", PLATEAU_INFO_AREA_CM2, "cm2", "cm2" },
  { "Capacity (Ah)", PLATEAU_INFO_NOMINAL_CAPACITY_MAH, "Ah", "mAh" },
};

static void
set_field (PlateauMeasurement *measurement, gsize i, const char *value)
{
  double number;
  g_autofree char *text = NULL;
  if (fields[i].unit != NULL)
    {
      if (!plateau_text_field_to_number (value, strlen (value), '.', &number) || !(number > 0))
        return;
      text = g_strdup_printf (
          "%.10g", plateau_from_si (plateau_to_si (number, fields[i].unit), fields[i].wanted));
    }
  else if (strcmp (fields[i].key, PLATEAU_INFO_STARTED) == 0)
    {
      double started;
      const char *samples[] = { value };
      if (plateau_parse_date (value, strlen (value), plateau_guess_date_order (samples, 1),
                              &started))
        text = plateau_format_date (started);
    }
  else
    text = g_strdup (value);
  if (text != NULL && text[0] != '\0' && strspn (text, "* ") != strlen (text))
    plateau_measurement_set_info (measurement, fields[i].key, text);
}

static void
preamble (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement)
{
  for (guint i = 0; i < n_lines; i++)
    {
      const char *line = lines->pdata[i];
      if (g_str_has_prefix (line, "[End Summary]"))
        return;
      const char *colon = strchr (line, ':');
      if (colon == NULL)
        continue;
      g_autofree char *name = g_strstrip (g_strndup (line, (gsize) (colon - line)));
      g_autofree char *value = g_strstrip (g_strdup (colon + 1));
      for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
        if (strcmp (fields[k].name, name) == 0)
          set_field (measurement, k, value);
    }
}

/* Between "[Summary]" and the line after "[Data]" there are no rows. Some versions wrap each row in
 * quotes. */
static PlateauLineClass
classify (PlateauTextTable *table, PlateauText *text, PlateauTextLine *line, gpointer user_data)
{
  PlateauTextFormatState *state = user_data;
  gsize n = line->length;
  const char *p = line->start;
  if (n > 0 && p[0] == '[')
    {
      state->section = n >= 6 && memcmp (p, "[Data]", 6) == 0 ? 2 : 1;
      return PLATEAU_LINE_SKIP;
    }
  if (state->section > 0)
    {
      state->section = state->section == 2 ? 0 : state->section;
      return PLATEAU_LINE_SKIP;
    }
  if (n >= 2 && p[0] == '"' && p[n - 1] == '"' && memchr (p + 1, '"', n - 2) == NULL)
    {
      line->start++;
      line->length -= 2;
    }
  return PLATEAU_LINE_DATA;
}

static gboolean
read_novonix (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
              GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = {
    .instrument = "Novonix",
    .max_head = MAX_HEAD,
    .find = find_novonix,
    .preamble = preamble,
    .classify = classify,
  };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

static const char *const suffixes[] = { "csv", NULL };

const PlateauReader plateau_reader_novonix = {
  .id = "novonix",
  .label = N_ ("Novonix (.csv)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score_novonix,
  .read = read_novonix,
};
