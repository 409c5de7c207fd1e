/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables whose header says all there is to say: Battery Data Format, Arbin csv, and any other text
 * with named columns. */
#include "base/plateau-error.h"
#include "readers/plateau-reader-table.h"
#include "readers/plateau-text-reader.h"

#include <glib/gi18n.h>
#include <string.h>

enum
{
  PROBED_LINES = 100, /* searched for the header to score a file */
};

/* Any delimited text */

static const char *const delimited_suffixes[] = { "csv", "txt", "tsv", "dat", "asc", NULL };

static guint
score_delimited (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  g_auto (GStrv) split = g_strsplit (probe->text, "\n", PROBED_LINES);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  for (guint i = 0; split[i] != NULL; i++)
    {
      gsize n = strlen (split[i]);
      if (n > 0 && split[i][n - 1] == '\r')
        split[i][n - 1] = '\0';
      g_ptr_array_add (lines, split[i]);
    }
  static const PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  PlateauTextLayout layout;
  gboolean found = plateau_text_find_layout (lines, &options, &layout);
  if (found && layout.n_known >= 2)
    {
      g_autoptr (PlateauTextTable) table = plateau_text_describe (
          lines->pdata[layout.header_line], NULL, layout.dialect, &options, NULL);
      if (plateau_text_table_find (table, PLATEAU_QUANTITY_FREQUENCY) != NULL
          && plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT) == NULL)
        return 12;
      /* Named columns are better evidence than numbers that could be a spectrum (45). */
      if (plateau_text_has_curve (table))
        return layout.n_known >= 3 ? 55 : 40;
      return 14;
    }
  gboolean suffix = FALSE;
  for (guint i = 0; delimited_suffixes[i] != NULL; i++)
    suffix |= g_str_has_suffix (probe->name, delimited_suffixes[i]);
  return found ? (suffix ? 15 : 11) : suffix ? 10 : 0;
}

static gboolean
read_delimited (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
                GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = { 0 };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

const PlateauReader plateau_reader_delimited = {
  .id = "delimited",
  .general = TRUE,
  .label = N_ ("Delimited text (csv, txt) with named columns"),
  .suffixes = delimited_suffixes,
  .version = 1,
  .score = score_delimited,
  .read = read_delimited,
};

/* Battery Data Format */

static const char *const csv_suffixes[] = { "csv", NULL };

static gboolean
first_line_has (const PlateauProbe *probe, const char *const *words)
{
  if (probe->text == NULL)
    return FALSE;
  gsize length = strcspn (probe->text, "\r\n");
  for (guint i = 0; words[i] != NULL; i++)
    if (g_strstr_len (probe->text, (gssize) length, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static guint
score_bdf (const PlateauProbe *probe)
{
  static const char *const names[] = { "test_time_", "voltage_volt", NULL };
  static const char *const labels[] = { "Test Time / ", "Voltage / ", "Current / ", NULL };
  return first_line_has (probe, names) || first_line_has (probe, labels) ? 80 : 0;
}

static gboolean
read_bdf (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  static const PlateauTextFormat format = { 0 };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

const PlateauReader plateau_reader_bdf_csv = {
  .id = "bdf-csv",
  .label = N_ ("Battery Data Format (.bdf.csv)"),
  .suffixes = csv_suffixes,
  .version = 1,
  .score = score_bdf,
  .read = read_bdf,
};

/* Arbin csv */

static guint
score_arbin (const PlateauProbe *probe)
{
  static const char *const underscored[] = { "Data_Point", "Test_Time", "Cycle_Index", "Voltage",
                                             NULL };
  static const char *const spaced[] = { "Data Point", "Test Time", "Cycle Index", "Voltage", NULL };
  static const char *const bare[] = { "Test_Time", "Step_Index",      "Cycle_Index",
                                      "Voltage",   "Charge_Capacity", NULL };
  if (first_line_has (probe, underscored) || first_line_has (probe, spaced))
    return 75;
  return first_line_has (probe, bare) ? 70 : 0;
}

static gboolean
read_arbin (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
            GCancellable *cancellable, GError **error)
{
  /* Heads without units are in s, A, V, Ah and Wh. */
  static const PlateauTextFormat format = { .instrument = "Arbin",
                                            .traits = { .units_are_known = TRUE } };
  return plateau_text_read_file (input, options, &format, measurements, cancellable, error);
}

const PlateauReader plateau_reader_arbin_csv = {
  .id = "arbin-csv",
  .label = N_ ("Arbin MITS text (.csv)"),
  .suffixes = csv_suffixes,
  .version = 1,
  .score = score_arbin,
  .read = read_arbin,
};
