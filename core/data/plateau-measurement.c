/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/plateau-measurement.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

struct _PlateauMeasurement
{
  GMutex mutex; /* guards what loading and hashing change */
  PlateauSource *source;
  GSList *former_uris; /* kept, as threads may hold them */
  PlateauRecording *recording;
  GPtrArray *spectra;
  GHashTable *info;
  GPtrArray *warnings; /* NULL terminated */
  PlateauKinds kinds;
  guint64 n_rows;
  guint n_spectra;
  gboolean loaded;
  PlateauMeasurementLoader loader;
  gpointer loader_data;
  GDestroyNotify loader_destroy;
};

/**
 * plateau_source_new:
 * @uri: (nullable): where the file was
 * @name: its display name
 * @size: bytes
 * @modified: Unix time in microseconds, 0: not known
 *
 * Returns: (transfer full): a source without hash and reader
 */
PlateauSource *
plateau_source_new (const char *uri, const char *name, guint64 size, gint64 modified)
{
  PlateauSource *source = g_new0 (PlateauSource, 1);
  source->uri = g_strdup (uri);
  source->name = g_strdup (name);
  source->size = size;
  source->modified = modified;
  return source;
}

PlateauSource *
plateau_source_copy (const PlateauSource *source)
{
  PlateauSource *copy = plateau_source_new (source->uri, source->name, source->size,
                                            source->modified);
  copy->sha256 = g_strdup (source->sha256);
  copy->reader = g_strdup (source->reader);
  copy->reader_version = source->reader_version;
  copy->part = g_strdup (source->part);
  return copy;
}

void
plateau_source_free (PlateauSource *source)
{
  g_free (source->uri);
  g_free (source->name);
  g_free (source->sha256);
  g_free (source->reader);
  g_free (source->part);
  g_free (source);
}

/**
 * plateau_measurement_new:
 * @source: (transfer full): where it comes from
 *
 * Returns: (transfer full): an empty measurement for a reader to fill
 */
PlateauMeasurement *
plateau_measurement_new (PlateauSource *source)
{
  PlateauMeasurement *m = g_atomic_rc_box_new0 (PlateauMeasurement);
  g_mutex_init (&m->mutex);
  m->source = source;
  m->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  m->info = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  m->warnings = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (m->warnings, NULL);
  m->loaded = TRUE;
  return m;
}

static void
measurement_clear (gpointer data)
{
  PlateauMeasurement *m = data;
  plateau_source_free (m->source);
  g_slist_free_full (m->former_uris, g_free);
  g_clear_pointer (&m->recording, plateau_recording_unref);
  g_clear_pointer (&m->spectra, g_ptr_array_unref);
  g_hash_table_unref (m->info);
  g_ptr_array_unref (m->warnings);
  if (m->loader_destroy != NULL)
    m->loader_destroy (m->loader_data);
  g_mutex_clear (&m->mutex);
}

PlateauMeasurement *
plateau_measurement_ref (PlateauMeasurement *m)
{
  return g_atomic_rc_box_acquire (m);
}

void
plateau_measurement_unref (PlateauMeasurement *m)
{
  g_atomic_rc_box_release_full (m, measurement_clear);
}

/**
 * plateau_measurement_set_recording:
 * @recording: (transfer none): the time series; replaces one set before
 */
void
plateau_measurement_set_recording (PlateauMeasurement *m, PlateauRecording *recording)
{
  g_clear_pointer (&m->recording, plateau_recording_unref);
  m->recording = plateau_recording_ref (recording);
  m->n_rows = plateau_recording_get_n_rows (recording);
  const PlateauChargeCheck *check = plateau_recording_get_charge_check (recording);
  if (check == NULL)
    return;
  char numbers[4][G_ASCII_DTOSTR_BUF_SIZE];
  for (guint d = 0; d < 2; d++)
    {
      g_ascii_formatd (numbers[2 * d], G_ASCII_DTOSTR_BUF_SIZE, "%.10g", check->counted[d] / 3.6);
      g_ascii_formatd (numbers[2 * d + 1], G_ASCII_DTOSTR_BUF_SIZE, "%.10g",
                       check->integrated[d] / 3.6);
    }
  g_autofree char *text = g_strjoin (" ", numbers[0], numbers[1], numbers[2], numbers[3], NULL);
  plateau_measurement_set_info (m, PLATEAU_INFO_CHARGE_CHECK, text);
}

/**
 * plateau_measurement_add_spectrum:
 * @spectrum: (transfer none): goes to the end of the series
 */
void
plateau_measurement_add_spectrum (PlateauMeasurement *m, PlateauSpectrum *spectrum)
{
  g_ptr_array_add (m->spectra, plateau_spectrum_ref (spectrum));
  m->n_spectra = m->spectra->len;
}

/**
 * plateau_measurement_set_info:
 * @key: a PLATEAU_INFO_ name, or the file's own
 * @value: (nullable): UTF-8; NULL or "" removes it
 */
void
plateau_measurement_set_info (PlateauMeasurement *m, const char *key, const char *value)
{
  if (value == NULL || value[0] == '\0')
    g_hash_table_remove (m->info, key);
  else
    g_hash_table_replace (m->info, g_strdup (key), g_utf8_make_valid (value, -1));
}

static void
take_warning (PlateauMeasurement *m, char *text)
{
  for (guint i = 0; i + 1 < m->warnings->len; i++)
    if (g_str_equal (m->warnings->pdata[i], text))
      {
        g_free (text);
        return;
      }
  m->warnings->pdata[m->warnings->len - 1] = text;
  g_ptr_array_add (m->warnings, NULL);
}

/**
 * plateau_measurement_warn:
 * @format: a sentence for the user: what, where, what was done, what to do
 *
 * Keeps a warning; the same sentence is kept once.
 */
void
plateau_measurement_warn (PlateauMeasurement *m, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  take_warning (m, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/**
 * plateau_measurement_add_warnings:
 * @texts: (element-type utf8): copied
 */
void
plateau_measurement_add_warnings (PlateauMeasurement *m, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    if (texts->pdata[i] != NULL)
      take_warning (m, g_strdup (texts->pdata[i]));
}

void
plateau_measurement_set_kinds (PlateauMeasurement *m, PlateauKinds kinds)
{
  m->kinds = kinds;
}

/**
 * plateau_measurement_set_loader:
 * @n_rows: rows of the recording that can be loaded, 0: none
 * @n_spectra: spectra that can be loaded
 * @loader: fetches them, on any thread
 * @user_data: for @loader
 * @destroy: (nullable): frees @user_data
 *
 * Makes the columns come from elsewhere when they are first asked for.
 */
void
plateau_measurement_set_loader (PlateauMeasurement *m, guint64 n_rows, guint n_spectra,
                                PlateauMeasurementLoader loader, gpointer user_data,
                                GDestroyNotify destroy)
{
  g_mutex_lock (&m->mutex);
  gpointer old_data = m->loader_data;
  GDestroyNotify old_destroy = m->loader_destroy;
  m->n_rows = n_rows;
  m->n_spectra = n_spectra;
  m->loader = loader;
  m->loader_data = user_data;
  m->loader_destroy = destroy;
  m->loaded = m->recording != NULL || m->spectra->len > 0 || (n_rows == 0 && n_spectra == 0);
  g_mutex_unlock (&m->mutex);
  if (old_destroy != NULL)
    old_destroy (old_data);
}

/**
 * plateau_measurement_unload:
 *
 * Gives the columns back when they can be loaded again.
 */
void
plateau_measurement_unload (PlateauMeasurement *m)
{
  g_mutex_lock (&m->mutex);
  if (m->loader != NULL)
    {
      g_clear_pointer (&m->recording, plateau_recording_unref);
      g_ptr_array_unref (m->spectra);
      m->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
      m->loaded = FALSE;
    }
  g_mutex_unlock (&m->mutex);
}

const PlateauSource *
plateau_measurement_get_source (PlateauMeasurement *m)
{
  return m->source;
}

/**
 * plateau_measurement_set_sha256:
 * @sha256: lower-case hexadecimal; set once, when the background job has it
 */
void
plateau_measurement_set_sha256 (PlateauMeasurement *m, const char *sha256)
{
  g_mutex_lock (&m->mutex);
  if (m->source->sha256 == NULL)
    m->source->sha256 = g_strdup (sha256);
  g_mutex_unlock (&m->mutex);
}

/**
 * plateau_measurement_relocate:
 * @uri: where the same file is now
 * @modified: its time of modification, Unix time in microseconds
 *
 * The file was found at another place. Main thread only.
 */
void
plateau_measurement_relocate (PlateauMeasurement *m, const char *uri, gint64 modified)
{
  g_mutex_lock (&m->mutex);
  m->former_uris = g_slist_prepend (m->former_uris, m->source->uri);
  m->source->uri = g_strdup (uri);
  m->source->modified = modified;
  g_mutex_unlock (&m->mutex);
}

static gboolean
ensure_loaded (PlateauMeasurement *m, GError **error)
{
  if (m->loaded)
    return TRUE;
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (GPtrArray) spectra = NULL;
  if (!m->loader (m, m->loader_data, &recording, &spectra, error))
    return FALSE;
  g_clear_pointer (&m->recording, plateau_recording_unref);
  m->recording = g_steal_pointer (&recording);
  if (spectra != NULL)
    {
      g_ptr_array_unref (m->spectra);
      m->spectra = g_steal_pointer (&spectra);
    }
  m->loaded = TRUE;
  return TRUE;
}

/**
 * plateau_measurement_ref_recording:
 *
 * Returns: (transfer full): the time series; NULL with PLATEAU_DATA_ERROR_MISSING when there is
 *   none, or with the error of loading it
 */
PlateauRecording *
plateau_measurement_ref_recording (PlateauMeasurement *m, GError **error)
{
  g_mutex_lock (&m->mutex);
  PlateauRecording *recording = NULL;
  if (ensure_loaded (m, error))
    {
      if (m->recording != NULL)
        recording = plateau_recording_ref (m->recording);
      else
        g_set_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_MISSING,
                     _ ("%s holds no time series."), m->source->name);
    }
  g_mutex_unlock (&m->mutex);
  return recording;
}

/**
 * plateau_measurement_ref_spectra:
 *
 * Returns: (transfer container) (element-type PlateauSpectrum): the spectra in order, possibly
 *   none; not to be changed; NULL with @error set when they cannot be loaded
 */
GPtrArray *
plateau_measurement_ref_spectra (PlateauMeasurement *m, GError **error)
{
  g_mutex_lock (&m->mutex);
  GPtrArray *spectra = ensure_loaded (m, error) ? g_ptr_array_ref (m->spectra) : NULL;
  g_mutex_unlock (&m->mutex);
  return spectra;
}

guint64
plateau_measurement_get_n_rows (PlateauMeasurement *m)
{
  return m->n_rows;
}

guint
plateau_measurement_get_n_spectra (PlateauMeasurement *m)
{
  return m->n_spectra;
}

/**
 * plateau_measurement_get_info:
 *
 * Returns: (transfer none) (nullable): what the file says under @key, or NULL
 */
const char *
plateau_measurement_get_info (PlateauMeasurement *m, const char *key)
{
  return g_hash_table_lookup (m->info, key);
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * plateau_measurement_list_info:
 *
 * Returns: (transfer full): the keys in alphabetical order
 */
char **
plateau_measurement_list_info (PlateauMeasurement *m)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, m->info);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, g_strdup (key));
  g_ptr_array_sort (keys, compare_text);
  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}

/**
 * plateau_measurement_get_warnings:
 *
 * Returns: (transfer none): NULL terminated sentences
 */
const char *const *
plateau_measurement_get_warnings (PlateauMeasurement *m)
{
  return (const char *const *) m->warnings->pdata;
}

PlateauKinds
plateau_measurement_get_kinds (PlateauMeasurement *m)
{
  return m->kinds;
}

/**
 * plateau_measurement_get_start:
 *
 * Returns: when the file says that it was started, Unix time in s; a time without a zone counts as
 *   UTC, since only differences matter; NaN when it does not say
 */
double
plateau_measurement_get_start (PlateauMeasurement *measurement)
{
  const char *text = plateau_measurement_get_info (measurement, PLATEAU_INFO_STARTED);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  return time != NULL
             ? (double) g_date_time_to_unix (time) + 1e-6 * g_date_time_get_microsecond (time)
             : NAN;
}

/**
 * plateau_measurement_get_charge_check:
 * @check: (out): C
 *
 * Returns: %FALSE when the file does not have both counters and a current to integrate
 */
gboolean
plateau_measurement_get_charge_check (PlateauMeasurement *measurement, PlateauChargeCheck *check)
{
  const char *text = plateau_measurement_get_info (measurement, PLATEAU_INFO_CHARGE_CHECK);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, " ", -1) : NULL;
  if (parts == NULL || g_strv_length (parts) != 4)
    return FALSE;
  for (guint d = 0; d < 2; d++)
    {
      check->counted[d] = 3.6 * g_ascii_strtod (parts[2 * d], NULL);
      check->integrated[d] = 3.6 * g_ascii_strtod (parts[2 * d + 1], NULL);
    }
  return TRUE;
}
