/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every sample of the corpus, cut at random places and with random bytes changed: a reader must
 * give a sound result or one clear sentence, soon, whatever the file. The seed is fixed, so a
 * failure comes back. */
#include "base/plateau-error.h"
#include "readers/plateau-reader.h"

#include <string.h>

enum
{
  N_CUTS = 50,
  N_CHANGED_FILES = 20,
  N_CHANGES = 10, /* in each of them: 200 in all */
  MAX_SIZE = 3 << 20,
};

static double seconds_for_a_sample;

/* What was read must be whole: columns of one length, spectra with points, warnings in UTF-8. */
static void
check_measurement (PlateauMeasurement *measurement, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, &error);
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (measurement, NULL);
  if (recording != NULL)
    {
      gsize n = plateau_recording_get_n_rows (recording);
      const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
      for (guint c = 0; c < plateau_recording_get_n_columns (recording); c++)
        {
          const PlateauColumn *column = plateau_recording_get_column (recording, c);
          g_assert_true (g_utf8_validate (column->name, -1, NULL));
          volatile double first = column->values[0], last = column->values[n - 1];
          (void) first, (void) last;
        }
      for (gsize i = 1; time != NULL && i < n; i++)
        if (time[i] < time[i - 1])
          g_error ("%s: time falls at row %zu: %g after %g", what, i, time[i], time[i - 1]);
    }
  for (guint i = 0; spectra != NULL && i < spectra->len; i++)
    g_assert_cmpuint (plateau_spectrum_get_n (spectra->pdata[i]), >, 0);
  g_assert_true (recording != NULL || (spectra != NULL && spectra->len > 0));
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (; warnings != NULL && *warnings != NULL; warnings++)
    g_assert_true (g_utf8_validate (*warnings, -1, NULL));
}

static void
read_damaged (GBytes *bytes, const char *name, const char *what)
{
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, &error);
  if (measurements == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_cmpuint (strlen (error->message), >, 20);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, >, 0);
  for (guint i = 0; i < measurements->len; i++)
    check_measurement (measurements->pdata[i], what);
}

static gboolean
time_is_up (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) * 1e-6 > seconds_for_a_sample;
}

static void
test_sample (gconstpointer data)
{
  const char *path = data;
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *content = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  if (size > MAX_SIZE)
    {
      g_test_message ("%s: %zu bytes; the same format is tried with a smaller file", name, size);
      return;
    }
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (name));
  gint64 start = g_get_monotonic_time ();
  guint cuts = 0, changed = 0;
  for (; cuts < N_CUTS && !time_is_up (start); cuts++)
    {
      gsize length = size > 0 ? g_rand_int (rand) % size : 0;
      g_autofree char *what = g_strdup_printf ("%s cut to %zu bytes", name, length);
      g_autoptr (GBytes) bytes = g_bytes_new (content, length);
      read_damaged (bytes, name, what);
    }
  start = g_get_monotonic_time ();
  for (; changed < N_CHANGED_FILES && size > 0 && !time_is_up (start); changed++)
    {
      g_autofree guint8 *copy = g_memdup2 (content, size);
      /* Half of the files are hit in their head, where counts and offsets are. */
      gsize reach = changed % 2 == 0 ? size : MIN (size, 4096);
      for (guint k = 0; k < N_CHANGES; k++)
        copy[g_rand_int (rand) % reach] = (guint8) g_rand_int (rand);
      g_autofree char *what = g_strdup_printf ("%s changed (%u)", name, changed);
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&copy), size);
      read_damaged (bytes, name, what);
    }
  if (cuts < N_CUTS || changed < N_CHANGED_FILES)
    g_test_message ("%s: time for %u cuts and %u changed files only", name, cuts, changed);
}

static void
add_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (path);
      else
        {
          g_autofree char *parent = g_path_get_basename (folder);
          g_autofree char *test = g_strdup_printf ("/damage/%s/%s", parent, name);
          g_test_add_data_func_full (test, g_steal_pointer (&path), test_sample, g_free);
        }
    }
}

static void
test_absent (void)
{
  g_test_skip ("SKIP: the shared samples are not there (PLATEAU_SHARED)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const char *seconds = g_getenv ("PLATEAU_DAMAGE_SECONDS");
  seconds_for_a_sample = seconds != NULL ? g_ascii_strtod (seconds, NULL) : 1;
  const char *shared = g_getenv ("PLATEAU_SHARED");
  if (shared == NULL)
    shared = g_getenv ("PLATEAU_SHARED_DEFAULT");
  g_autofree char *data = g_build_filename (shared != NULL ? shared : "", "data", NULL);
  if (shared == NULL || !g_file_test (data, G_FILE_TEST_IS_DIR))
    g_test_add_func ("/damage/absent", test_absent);
  else
    add_folder (data);
  return g_test_run ();
}
