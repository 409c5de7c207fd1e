/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-reader.h"

#include "base/plateau-error.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>
#include <string.h>

enum
{
  HEAD_SIZE = 64 << 10, /* bytes that a reader may look at to score a file */
  TEXT_SIZE = 16 << 10, /* of these, decoded when the file is text */
  CERTAIN = 70,         /* a score at which general readers are not asked */
};

#define READER_ENTRY(name) &plateau_reader_##name,
static const PlateauReader *const readers[] = { PLATEAU_READERS (READER_ENTRY) NULL };
#undef READER_ENTRY

/**
 * plateau_reader_list:
 * @n_readers: (out) (optional): how many there are
 *
 * Returns: (transfer none): all readers in the fixed order in which they are asked, ending with
 * NULL
 */
const PlateauReader *const *
plateau_reader_list (guint *n_readers)
{
  if (n_readers != NULL)
    *n_readers = G_N_ELEMENTS (readers) - 1;
  return readers;
}

/**
 * plateau_reader_find:
 * @id: the stable id of a reader
 *
 * Returns: (transfer none) (nullable): the reader, or NULL when there is none of that id
 */
const PlateauReader *
plateau_reader_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; readers[i] != NULL; i++)
    if (strcmp (readers[i]->id, id) == 0)
      return readers[i];
  return NULL;
}

/**
 * plateau_reader_probe:
 * @input: a file
 * @score: (out) (optional): the best reader's score
 *
 * Asks every reader how well it knows the beginning of @input. The content decides; the suffix
 * counts only where a reader says so.
 *
 * Returns: (transfer none) (nullable): the best reader; NULL without an error when none knows the
 *   file, with @error set when it cannot be read
 */
const PlateauReader *
plateau_reader_probe (PlateauInput *input, guint *score, GError **error)
{
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  gsize length;
  const guint8 *window = plateau_input_peek_some (input, 0, HEAD_SIZE, &length, error);
  if (window == NULL)
    return NULL;
  /* A copy of its own, so that sanitizers see a reader looking behind the end. */
  g_autofree guint8 *head = g_memdup2 (window, length);
  g_autofree char *name = g_utf8_strdown (plateau_input_get_name (input), -1);
  g_autofree char *text = NULL;
  if (plateau_encoding_looks_like_text (head, MIN (length, TEXT_SIZE)))
    {
      gsize bom;
      PlateauEncoding encoding = plateau_encoding_detect (head, length, &bom);
      text = plateau_encoding_decode (encoding, head + bom, MIN (length, TEXT_SIZE) - bom);
    }
  PlateauProbe probe = { name, plateau_input_get_size (input), head, length, text };

  const PlateauReader *best = NULL;
  guint best_score = 0;
  for (gsize i = 0; readers[i] != NULL; i++)
    {
      if (readers[i]->general && best_score >= CERTAIN)
        continue;
      guint s = readers[i]->score (&probe);
      if (s > best_score)
        {
          best = readers[i];
          best_score = s;
        }
    }
  if (score != NULL)
    *score = best_score;
  return best;
}

/* What users drop that holds no records in a form that can be read, by how it begins. */
static const struct
{
  const char *beginning;
  guint length;
  const char *advice;
} foreign[] = {
  { "PAR1", 4, N_ ("“%s” is a Parquet table. Save it as csv and open that.") },
  { "\x89HDF\r\n\x1A\n", 8,
    N_ ("“%s” is an HDF5 file (MATLAB 7.3, cellpy or another program). Save it as csv, or in "
        "MATLAB "
        "with the option -v7, and open that.") },
  { "CPYA ", 5, N_ ("“%s” is an Origin project. Export its sheets as csv and open those.") },
  { "CPYUA ", 6, N_ ("“%s” is an Origin project. Export its sheets as csv and open those.") },
  { "%PDF", 4, N_ ("“%s” is a PDF document, not data. Open the file that the instrument wrote.") },
  { "\x89PNG", 4, N_ ("“%s” is a picture, not data. Open the file that the instrument wrote.") },
  { "\xFF\xD8\xFF", 3,
    N_ ("“%s” is a picture, not data. Open the file that the instrument wrote.") },
  { "Rar!", 4, N_ ("“%s” is an archive. Unpack it and open the files in it.") },
  { "7z\xBC\xAF", 4, N_ ("“%s” is an archive. Unpack it and open the files in it.") },
};

/* Says what a foreign file is. Returns whether it is one. */
static gboolean
refuse_foreign (PlateauInput *input, GError **error)
{
  gsize length;
  const guint8 *head = plateau_input_peek_some (input, 0, 16, &length, NULL);
  for (guint i = 0; head != NULL && i < G_N_ELEMENTS (foreign); i++)
    if (length >= foreign[i].length && memcmp (head, foreign[i].beginning, foreign[i].length) == 0)
      {
        g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT,
                     _ (foreign[i].advice), plateau_input_get_name (input));
        return TRUE;
      }
  return FALSE;
}

static const PlateauReader *
choose (PlateauInput *input, const PlateauReadOptions *options, GError **error)
{
  if (options->reader != NULL)
    {
      const PlateauReader *reader = plateau_reader_find (options->reader);
      if (reader == NULL)
        g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT,
                     _ ("There is no reader “%s”"), options->reader);
      return reader;
    }
  if (refuse_foreign (input, error))
    return NULL;
  g_autoptr (GError) failure = NULL;
  const PlateauReader *reader = plateau_reader_probe (input, NULL, &failure);
  if (reader == NULL && failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (reader == NULL)
    g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT,
                 _ ("“%s” is of no format that is known here. If it is text, choose the reader for "
                    "delimited text and name its columns; else export it as text or csv from the "
                    "instrument's software."),
                 plateau_input_get_name (input));
  return reader;
}

/* What nothing can be plotted without: a person may have left the column out of an export. */
static void
tell_what_lacks (PlateauMeasurement *measurement)
{
  static const struct
  {
    PlateauQuantity quantity;
    const char *text;
  } needed[] = {
    { PLATEAU_QUANTITY_TIME,
      N_ ("The file has no column of time: what needs it stays empty. Export "
          "it with the time, or name the column.") },
    { PLATEAU_QUANTITY_POTENTIAL,
      N_ ("The file has no column of potential: what needs it stays empty. Export it with the "
          "potential, or name the column.") },
    { PLATEAU_QUANTITY_CURRENT,
      N_ ("The file has no column of current: what needs it stays empty. Export it with the "
          "current, or name the column.") },
  };
  guint kinds = plateau_measurement_get_kinds (measurement);
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);

  if (recording == NULL || plateau_recording_get_n_rows (recording) == 0
      || !(kinds
           & (PLATEAU_KIND_CYCLING | PLATEAU_KIND_GITT | PLATEAU_KIND_CV | PLATEAU_KIND_HOLD)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (plateau_recording_peek (recording, needed[i].quantity) == NULL)
      plateau_measurement_warn (measurement, "%s", _ (needed[i].text));
}

/**
 * plateau_read_input:
 * @input: a file or its content in memory
 * @options: (nullable): what the user said, or NULL for all defaults
 *
 * Reads @input with the reader of @options or with the one that knows its content best.
 *
 * Returns: (transfer full) (element-type PlateauMeasurement) (nullable): at least one measurement,
 *   each with its source, or NULL with @error set (PLATEAU_READER_ERROR, or G_IO_ERROR when the
 * file cannot be read or @cancellable was cancelled)
 */
GPtrArray *
plateau_read_input (PlateauInput *input, const PlateauReadOptions *options,
                    GCancellable *cancellable, GError **error)
{
  static const PlateauReadOptions defaults = PLATEAU_READ_OPTIONS_INIT;
  g_return_val_if_fail (PLATEAU_IS_INPUT (input), NULL);
  if (options == NULL)
    options = &defaults;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (plateau_input_get_size (input) == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” is empty: it has 0 bytes. Copy it again from where it was recorded."),
                   plateau_input_get_name (input));
      return NULL;
    }
  const PlateauReader *reader = choose (input, options, error);
  if (reader == NULL)
    return NULL;

  g_autoptr (GPtrArray)
      measurements = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
  plateau_input_set_reader (input, reader->id, reader->version);
  if (!reader->read (input, options, measurements, cancellable, error))
    return NULL;
  if (measurements->len == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” holds no measurement"), plateau_input_get_name (input));
      return NULL;
    }
  for (guint i = 0; i < measurements->len; i++)
    tell_what_lacks (g_ptr_array_index (measurements, i));
  return g_steal_pointer (&measurements);
}

/**
 * plateau_read_file:
 * @file: a file, local or remote
 * @options: (nullable): what the user said, or NULL for all defaults
 *
 * Opens @file and reads it as plateau_read_input() does. May be called from any thread.
 *
 * A file that a running test still writes is followed by reading it again: hundreds of megabytes
 * take a second, and a whole reading has no state that a rewritten head or a changed last record
 * could make wrong. A record that is not written to its end is left out or has its missing fields
 * empty, with a warning, until the next reading.
 *
 * Returns: (transfer full) (element-type PlateauMeasurement) (nullable): at least one measurement,
 *   or NULL with @error set
 */
GPtrArray *
plateau_read_file (GFile *file, const PlateauReadOptions *options, GCancellable *cancellable,
                   GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_autoptr (PlateauInput) input = plateau_input_new_for_file (file, cancellable, error);
  if (input == NULL)
    return NULL;
  return plateau_read_input (input, options, cancellable, error);
}
