/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"

#include "analysis/plateau-cycles.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What is in a file, and what its reader has to say about it. */

typedef struct
{
  gboolean readers;
} InfoOptions;

static const PlateauOption info_table[] = {
  { "readers", N_ ("Readers"), N_ ("List the file formats that can be read"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (InfoOptions, readers) },
  { NULL },
};

static const CliOptionSet info_options[] = {
  { info_table, sizeof (InfoOptions), NULL },
  { NULL },
};

static const struct
{
  PlateauKinds kind;
  const char *nick;
} kind_nicks[] = {
  { PLATEAU_KIND_CYCLING, "cycling" }, { PLATEAU_KIND_GITT, "gitt" }, { PLATEAU_KIND_CV, "cv" },
  { PLATEAU_KIND_EIS, "eis" },         { PLATEAU_KIND_OCV, "ocv" },   { PLATEAU_KIND_HOLD, "hold" },
};

static void
add_unique (GPtrArray *texts, const char *text)
{
  if (text != NULL && text[0] != '\0'
      && !g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, (gpointer) text);
}

/* One text for a cell of several files: "a", or "a; b" where they differ. */
static void
set_info (JsonObject *result, const char *key, GPtrArray *measurements, const char *info)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  for (guint i = 0; i < measurements->len; i++)
    {
      PlateauMeasurement *measurement = measurements->pdata[i];
      add_unique (texts, info != NULL ? plateau_measurement_get_info (measurement, info)
                                      : plateau_measurement_get_source (measurement)->reader);
    }
  g_ptr_array_add (texts, NULL);
  g_autofree char *joined = g_strjoinv ("; ", (char **) texts->pdata);
  cli_set_text (result, key, joined[0] != '\0' ? joined : NULL);
}

/* Of the first reader: its version, and whether it was ever held against a real file. */
static void
set_reader (JsonObject *result, GPtrArray *measurements)
{
  const PlateauSource *source = measurements->len > 0
                                    ? plateau_measurement_get_source (measurements->pdata[0])
                                    : NULL;
  const PlateauReader *reader = source != NULL && source->reader != NULL
                                    ? plateau_reader_find (source->reader)
                                    : NULL;
  cli_set_number (result, "reader_version", source != NULL ? source->reader_version : NAN);
  cli_set_text (result, "format", reader != NULL ? _ (reader->label) : NULL);
  cli_set_boolean (result, "experimental", reader != NULL && reader->experimental);
}

static void
set_kinds (JsonObject *result, PlateauKinds kinds)
{
  const char *nicks[G_N_ELEMENTS (kind_nicks) + 1] = { NULL };
  guint n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (kind_nicks); i++)
    if (kinds & kind_nicks[i].kind)
      nicks[n++] = kind_nicks[i].nick;
  cli_set_texts (result, "kinds", nicks);
}

static void
set_columns (JsonObject *result, PlateauRecording *recording)
{
  JsonArray *columns = cli_set_list (result, "columns");
  for (guint i = 0; recording != NULL && i < plateau_recording_get_n_columns (recording); i++)
    {
      const PlateauColumn *column = plateau_recording_get_column (recording, i);
      JsonObject *entry = cli_append_object (columns);
      cli_set_text (entry, "name", column->name);
      cli_set_text (entry, "unit", column->unit);
    }
}

static double
first_finite (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      return values[i];
  return NAN;
}

static double
last_finite (const double *values, gsize n)
{
  for (gsize i = n; i > 0; i--)
    if (isfinite (values[i - 1]))
      return values[i - 1];
  return NAN;
}

static double
max_magnitude (const double *values, gsize n)
{
  double max = NAN;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]) && !(fabs (values[i]) <= max))
      max = fabs (values[i]);
  return max;
}

static void
set_recording_numbers (JsonObject *result, PlateauRecording *recording, double offset)
{
  gsize n = recording != NULL ? plateau_recording_get_n_rows (recording) : 0;
  const double *time = n > 0 ? plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME) : NULL;
  const double *potential = n > 0 ? plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL)
                                  : NULL;
  const double *current = n > 0 ? plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT)
                                : NULL;
  cli_set_number (result, "duration_s",
                  time != NULL ? last_finite (time, n) - first_finite (time, n) : NAN);
  set_columns (result, recording);
  cli_set_number (result, "potential_first_V",
                  potential != NULL ? first_finite (potential, n) + offset : NAN);
  cli_set_number (result, "potential_last_V",
                  potential != NULL ? last_finite (potential, n) + offset : NAN);
  cli_set_number (result, "current_max_abs_mA",
                  current != NULL ? plateau_from_si (max_magnitude (current, n), "mA") : NAN);
}

/* The hash of the file as it is now; of a stored measurement, as it was read. */
static char *
find_sha256 (CliInput *input, PlateauMeasurement *measurement)
{
  const PlateauSource *source = plateau_measurement_get_source (measurement);
  if (source->sha256 != NULL)
    return g_strdup (source->sha256);
  if (input->is_project || source->uri == NULL)
    return NULL;
  g_autoptr (GFile) file = g_file_new_for_uri (source->uri);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  if (stream == NULL)
    return NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (1 << 18);
  gssize got;
  while ((got = g_input_stream_read (G_INPUT_STREAM (stream), buffer, 1 << 18, NULL, NULL)) > 0)
    g_checksum_update (checksum, buffer, got);
  return got == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

static void
set_sources (JsonObject *result, CliInput *input, GPtrArray *measurements)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  guint64 size = 0;
  for (guint i = 0; i < measurements->len; i++)
    {
      const PlateauSource *source = plateau_measurement_get_source (measurements->pdata[i]);
      if (source->uri != NULL && !g_hash_table_add (seen, source->uri))
        continue; /* another test of the same file */
      size += source->size;
      char *hash = find_sha256 (input, measurements->pdata[i]);
      if (hash != NULL)
        g_ptr_array_add (hashes, hash);
    }
  g_ptr_array_add (hashes, NULL);
  g_autofree char *joined = g_strjoinv ("; ", (char **) hashes->pdata);
  cli_set_integer (result, "size_bytes", (gint64) size);
  cli_set_text (result, "sha256", joined[0] != '\0' ? joined : NULL);
}

/* Units that the file does not state: to be confirmed. */
static void
set_assumed_units (JsonObject *result, GPtrArray *measurements)
{
  JsonArray *entries = cli_set_list (result, "assumed_units");
  for (guint i = 0; i < measurements->len; i++)
    {
      const char *text = plateau_measurement_get_info (measurements->pdata[i],
                                                       PLATEAU_INFO_ASSUMED_UNITS);
      g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
      for (guint k = 0; lines[k] != NULL; k++)
        {
          char *tab = strrchr (lines[k], '\t');
          if (tab == NULL)
            continue;
          *tab = '\0';
          JsonObject *entry = cli_append_object (entries);
          cli_set_text (entry, "column", lines[k]);
          cli_set_text (entry, "unit", tab + 1);
        }
    }
}

static void
set_warnings (JsonObject *result, GPtrArray *measurements)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  for (guint i = 0; i < measurements->len; i++)
    {
      const char *const *warnings = plateau_measurement_get_warnings (measurements->pdata[i]);
      for (guint w = 0; warnings != NULL && warnings[w] != NULL; w++)
        g_ptr_array_add (texts, (gpointer) warnings[w]);
    }
  g_ptr_array_add (texts, NULL);
  cli_set_texts (result, "warnings", (const char *const *) texts->pdata);
}

static guint64
count_points (GPtrArray *measurements)
{
  guint64 points = 0;
  for (guint i = 0; i < measurements->len; i++)
    {
      g_autoptr (GPtrArray)
          spectra = plateau_measurement_ref_spectra (measurements->pdata[i], NULL);
      for (guint s = 0; spectra != NULL && s < spectra->len; s++)
        points += plateau_spectrum_get_n (spectra->pdata[s]);
    }
  return points;
}

/* How many numbers the instrument counted to. */
static void
set_distinct (JsonObject *result, const char *key, PlateauRecording *recording,
              PlateauQuantity quantity)
{
  const double *values = recording != NULL ? plateau_recording_peek (recording, quantity) : NULL;
  gsize n = values != NULL ? plateau_recording_get_n_rows (recording) : 0;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_double_hash, g_double_equal);
  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]) && (i == 0 || values[i] != values[i - 1]))
      g_hash_table_add (seen, (gpointer) &values[i]);
  cli_set_number (result, key, values != NULL ? g_hash_table_size (seen) : NAN);
}

static void
set_cycles (JsonObject *result, PlateauRecording *recording)
{
  static const PlateauCyclesOptions options = PLATEAU_CYCLES_OPTIONS_INIT;
  g_autoptr (PlateauCycles)
      cycles = recording != NULL ? plateau_cycles_analyse (recording, &options, NULL, NULL) : NULL;
  cli_set_integer (result, "cycles", cycles != NULL ? cycles->n_cycles : 0);
  set_distinct (result, "instrument_cycles", recording, PLATEAU_QUANTITY_CYCLE);
  set_distinct (result, "half_cycles", recording, PLATEAU_QUANTITY_HALF_CYCLE);
}

/* The instrument's counters and the integral of the current, over all files. */
static void
set_charge_check (JsonObject *result, GPtrArray *measurements)
{
  static const char *const keys[2][2] = { { "charge_counted_mAh", "charge_integral_mAh" },
                                          { "discharge_counted_mAh", "discharge_integral_mAh" } };
  PlateauChargeCheck sum = { { 0, 0 }, { 0, 0 } }, check;
  gboolean any = FALSE;
  for (guint i = 0; i < measurements->len; i++)
    if (plateau_measurement_get_charge_check (measurements->pdata[i], &check))
      {
        any = TRUE;
        for (guint d = 0; d < 2; d++)
          {
            sum.counted[d] += check.counted[d];
            sum.integrated[d] += check.integrated[d];
          }
      }
  for (guint d = 0; d < 2; d++)
    {
      cli_set_number (result, keys[d][0], any ? sum.counted[d] / 3.6 : NAN);
      cli_set_number (result, keys[d][1], any ? sum.integrated[d] / 3.6 : NAN);
    }
}

/* Sweeps of the electrode that the other commands show; the electrodes that there are. */
static guint
count_spectra (CliContext *context, const PlateauStudyCell *cell, JsonObject *result)
{
  static const char *const nicks[] = { "cell", "working", "counter" };
  g_autoptr (GPtrArray) all = plateau_measurements_load_spectra (cell->measurements, NULL);
  g_autoptr (GPtrArray) chosen = cli_context_load_spectra (context, cell, NULL);
  const char *present[G_N_ELEMENTS (nicks) + 1] = { NULL };
  guint n = 0;
  for (guint e = 0; e < G_N_ELEMENTS (nicks); e++)
    for (guint i = 0; all != NULL && i < all->len; i++)
      if (plateau_spectrum_get_conditions (all->pdata[i])->electrode == e)
        {
          present[n++] = nicks[e];
          break;
        }
  cli_set_texts (result, "electrodes", present);
  return chosen != NULL ? chosen->len : 0;
}

static gboolean
info_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                JsonObject *result, GError **error)
{
  GPtrArray *measurements = cell->measurements;
  g_autoptr (PlateauRecording)
      recording = plateau_measurements_load_recording (measurements, 0, NULL);
  PlateauKinds kinds = 0;
  guint64 rows = 0;
  for (guint i = 0; i < measurements->len; i++)
    {
      kinds |= plateau_measurement_get_kinds (measurements->pdata[i]);
      rows += plateau_measurement_get_n_rows (measurements->pdata[i]);
    }
  set_info (result, "reader", measurements, NULL);
  set_reader (result, measurements);
  set_info (result, "instrument", measurements, PLATEAU_INFO_INSTRUMENT);
  set_info (result, "technique", measurements, PLATEAU_INFO_TECHNIQUE);
  set_kinds (result, kinds);
  cli_set_integer (result, "rows", (gint64) (rows > 0 ? rows : count_points (measurements)));
  set_recording_numbers (result, recording, cell->reference_offset);
  set_cycles (result, recording);
  set_charge_check (result, measurements);
  cli_set_integer (result, "spectra", count_spectra (context, cell, result));
  set_info (result, "started", measurements, PLATEAU_INFO_STARTED);
  set_sources (result, input, measurements);
  set_warnings (result, measurements);
  set_assumed_units (result, measurements);
  return TRUE;
}

static gboolean
info_without_files (CliContext *context, JsonObject *result)
{
  const InfoOptions *options = cli_context_get_options (context, info_table);
  if (!options->readers)
    return FALSE;
  guint n;
  const PlateauReader *const *readers = plateau_reader_list (&n);
  JsonArray *list = cli_set_list (result, "readers");
  for (guint i = 0; i < n; i++)
    {
      JsonObject *entry = cli_append_object (list);
      cli_set_text (entry, "id", readers[i]->id);
      cli_set_text (entry, "label", _ (readers[i]->label));
      cli_set_integer (entry, "version", readers[i]->version);
      cli_set_boolean (entry, "experimental", readers[i]->experimental);
      cli_set_texts (entry, "suffixes", readers[i]->suffixes);
    }
  return TRUE;
}

const CliCommand cli_info_command = {
  .name = "info",
  .summary = N_ ("Say what a file holds"),
  .options = info_options,
  .each_cell = info_each_cell,
  .without_files = info_without_files,
};
