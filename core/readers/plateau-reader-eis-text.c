/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Any text with a table of impedance: by its heads (NOVA, PSTrace csv, .P00, spreadsheets saved as
 * csv, what people write), or without heads when the columns can only be f, Z', Z''. */

enum
{
  MIN_ROWS = 4,
  PROBE_ROWS = 40,
};

/* Which of the columns is the frequency: positive, one way up or down, more than a decade wide. */
static int
find_frequency (const double *rows, guint n_rows, guint n_columns)
{
  for (guint c = 0; c < n_columns; c++)
    {
      guint up = 0, down = 0;
      double low = INFINITY, high = 0;
      gboolean positive = TRUE;
      for (guint r = 0; r < n_rows; r++)
        {
          double value = rows[r * n_columns + c];
          positive = positive && value > 0;
          low = MIN (low, value);
          high = MAX (high, value);
          if (r > 0)
            {
              up += value > rows[(r - 1) * n_columns + c];
              down += value < rows[(r - 1) * n_columns + c];
            }
        }
      if (positive && high >= 3 * low && MAX (up, down) * 10 >= (n_rows - 1) * 9)
        return (int) c;
    }
  return -1;
}

/* The roles of a table without heads; FALSE when it does not look like a spectrum. */
static gboolean
guess_roles (GPtrArray *lines, PlateauEisRole roles[4])
{
  double rows[PROBE_ROWS * 4];
  PlateauEisLayout layout = { 0 };
  guint n_rows = 0, n_columns = 0;
  for (guint i = 0; i < lines->len && n_rows < PROBE_ROWS; i++)
    {
      double values[5];
      const char *line = lines->pdata[i];
      if (n_rows == 0)
        {
          if (!plateau_eis_text_guess_row (line, 3, &layout))
            continue;
          n_columns = plateau_eis_text_parse_row (line, &layout, values, 5);
          if (n_columns == 4 && isnan (values[3]))
            n_columns = 3; /* a separator at the end of the line */
        }
      else if (plateau_eis_text_parse_row (line, &layout, values, 5) < n_columns)
        {
          if (n_rows >= MIN_ROWS)
            break;
          n_rows = 0;
          continue;
        }
      if (n_columns > 4)
        return FALSE;
      for (guint c = 0; c < n_columns; c++)
        {
          if (isnan (values[c]))
            return FALSE;
          rows[n_rows * n_columns + c] = values[c];
        }
      n_rows++;
    }
  if (n_rows < MIN_ROWS || n_columns < 3)
    return FALSE;
  int frequency = find_frequency (rows, n_rows, n_columns);
  if (frequency < 0)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    roles[i] = PLATEAU_EIS_ROLE_NONE;
  roles[frequency] = PLATEAU_EIS_ROLE_FREQUENCY;
  guint re = (guint) frequency + 2 < n_columns ? (guint) frequency + 1 : 0;
  if (re == (guint) frequency || re + 1 == (guint) frequency)
    return FALSE;
  roles[re] = PLATEAU_EIS_ROLE_RE;
  roles[re + 1] = PLATEAU_EIS_ROLE_IM;
  return TRUE;
}

static GPtrArray *
probe_lines (const PlateauProbe *probe)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) split = g_strsplit_set (probe->text, "\r\n", 400);
  guint n = g_strv_length (split);
  for (guint i = 0; i < n; i++)
    if (split[i][0] != '\0' && i < 399)
      g_ptr_array_add (lines, g_strdup (split[i]));
  return lines;
}

static guint
eis_text_score (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  g_autoptr (GPtrArray) lines = probe_lines (probe);
  guint head = 0;
  if (plateau_eis_text_find_head (lines, &head))
    return 75;
  PlateauEisRole roles[4];
  if (!guess_roles (lines, roles))
    return g_str_has_suffix (probe->name, ".i2b") || g_str_has_suffix (probe->name, ".p00") ? 20
                                                                                            : 0;
  return g_str_has_suffix (probe->name, ".i2b") ? 80 : 45;
}

/* Puts the names that the readers know in place of those that the user gave. */
static void
rename_heads (GPtrArray *lines, GHashTable *columns)
{
  static const struct
  {
    const char *id, *head;
  } known[] = {
    { "frequency", "f" },
    { "z_re", "Z'" },
    { "z_im", "Z''" },
    { "time", "time" },
    { "potential", "E" },
    { "current", "I" },
    { "temperature", "temperature" },
    { "cycle", "cycle" },
  };
  static const char separators[] = { '\t', ';', ',' };
  for (guint i = 0; i < MIN (lines->len, 5000); i++)
    for (gsize s = 0; s < G_N_ELEMENTS (separators); s++)
      {
        g_auto (GStrv) cells = plateau_eis_text_split (lines->pdata[i], separators[s]);
        guint renamed = 0;
        for (guint c = 0; cells[c] != NULL; c++)
          for (gsize k = 0; k < G_N_ELEMENTS (known); k++)
            {
              const char *head = g_hash_table_lookup (columns, known[k].id);
              if (head == NULL || strcmp (cells[c], head) != 0)
                continue;
              g_free (cells[c]);
              cells[c] = g_strdup (known[k].head);
              renamed++;
              break;
            }
        if (renamed < 2)
          continue;
        char mark[2] = { separators[s], '\0' };
        g_free (lines->pdata[i]);
        lines->pdata[i] = g_strjoinv (mark, cells);
        break;
      }
}

static gboolean
read_without_heads (GPtrArray *lines, const PlateauEisTraits *traits,
                    PlateauMeasurement *measurement)
{
  PlateauEisRole roles[4];
  if (!guess_roles (lines, roles))
    return FALSE;
  plateau_measurement_warn (measurement, _ ("The columns have no heads; they were taken as "
                                            "frequency in Hz, Z′ and Z″ in Ω"));
  plateau_eis_text_read_rows (lines, 0, roles, 4, traits, measurement);
  return TRUE;
}

static gboolean
eis_text_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
               GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) lines = plateau_eis_text_lines (input, options, cancellable, error);
  if (lines == NULL)
    return FALSE;
  if (options != NULL && options->columns != NULL)
    rename_heads (lines, options->columns);
  PlateauMeasurement *measurement = plateau_input_new_measurement (input, NULL);
  PlateauEisTraits traits = PLATEAU_EIS_TRAITS_INIT;
  g_autofree char *stem = plateau_eis_text_stem (input);
  plateau_eis_name_conditions (stem, &traits.conditions);
  guint head = 0;
  if (plateau_eis_text_find_head (lines, &head))
    plateau_eis_text_read_tables (lines, head, &traits, measurement);
  else if (!read_without_heads (lines, &traits, measurement))
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS,
                   _ ("“%s” has no line that names a frequency and an impedance. Name its columns: "
                      "frequency, z_re and z_im."),
                   plateau_input_get_name (input));
      plateau_measurement_unref (measurement);
      return FALSE;
    }
  return plateau_eis_text_finish (input, measurement, measurements, error);
}

static const char *const eis_text_suffixes[] = { "csv", "txt", "dat", "p00", "i2b", NULL };

const PlateauReader plateau_reader_eis_text = {
  .id = "eis-text",
  .general = TRUE,
  .label = N_ ("Impedance as text: f, Z′, Z″ or |Z|, phase"),
  .suffixes = eis_text_suffixes,
  .version = 1,
  .score = eis_text_score,
  .read = eis_text_read,
};
