/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading csv: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value".
 *
 * With an argument FILE: reads it once and prints the peak memory of the process over the size of
 * the columns, for the parent. */
#include "readers/plateau-reader.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum
{
  N_RUNS = 15,
  MADE_ROWS = 400000,
};

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static GPtrArray *
read_once (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GPtrArray *measurements = plateau_read_file (file, NULL, NULL, &error);
  if (measurements == NULL)
    g_error ("%s", error->message);
  return measurements;
}

static double
median_seconds (const char *path)
{
  double seconds[N_RUNS];
  for (int i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) measurements = read_once (path);
      seconds[i] = (double) (g_get_monotonic_time () - start) * 1e-6;
    }
  qsort (seconds, N_RUNS, sizeof (double), compare);
  return seconds[N_RUNS / 2];
}

static gsize
column_bytes (GPtrArray *measurements)
{
  g_autoptr (PlateauRecording)
      recording = plateau_measurement_ref_recording (measurements->pdata[0], NULL);
  return plateau_recording_get_size (recording);
}

static long
peak_kilobytes (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static int
measure_memory (const char *path)
{
  long before = peak_kilobytes ();
  g_autoptr (GPtrArray) measurements = read_once (path);
  double columns = (double) column_bytes (measurements) / 1024;
  printf ("%.3f\n", (double) (peak_kilobytes () - before) / columns);
  return 0;
}

/* A long file with the digits of the real one: the beginning of the real one again and again. */
static char *
make_long_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;
  if (!g_file_get_contents (path, &text, &length, NULL))
    return NULL;
  const char *rows = strchr (text, '\n') + 1;
  gsize rows_length = length - (gsize) (rows - text);
  g_autoptr (GString) out = g_string_new_len (text, rows - text);
  guint n = 0;
  for (const char *p = rows; p < text + length; p++)
    n += *p == '\n';
  for (guint made = 0; made < MADE_ROWS; made += n)
    g_string_append_len (out, rows, (gssize) rows_length);
  char *made_path = NULL;
  int fd = g_file_open_tmp ("plateau-bench-XXXXXX.csv", &made_path, NULL);
  if (fd < 0 || !g_file_set_contents (made_path, out->str, (gssize) out->len, NULL))
    return NULL;
  g_close (fd, NULL);
  return made_path;
}

static void
report_speed (const char *name, const char *path, const char *peer, const char *peer_value)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_file_get_contents (path, &text, &length, NULL);
  double seconds = median_seconds (path);
  printf ("%s\t%.2f\tms\t%s\t%s\n", name, seconds * 1e3, peer, peer_value);
  printf ("%s, rate\t%.0f\tMB/s\tgoal\t250\n", name, (double) length * 1e-6 / seconds);
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    return measure_memory (argv[1]);
  const char *shared = g_getenv ("PLATEAU_SHARED");
  if (shared == NULL)
    shared = g_getenv ("PLATEAU_SHARED_DEFAULT");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "data", "cycling",
                                            "arbin-csv", "CS2_33_12_23_10.csv", NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      printf ("# SKIP: the shared data are not here (set PLATEAU_SHARED)\n");
      return 0;
    }
  report_speed ("csv, 17142 rows x 17 columns", path, "pandas", "21 ms");

  g_autofree char *long_path = make_long_file (path);
  if (long_path == NULL)
    return 1;
  report_speed ("csv, 400000 rows", long_path, "pandas", "");
  g_autofree char *output = NULL;
  const char *child[] = { argv[0], long_path, NULL };
  if (g_spawn_sync (NULL, (char **) child, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL,
                    NULL))
    printf ("csv, peak memory over columns\t%s\tx\tgoal\t1.5\n", g_strstrip (output));
  remove (long_path);
  return 0;
}
