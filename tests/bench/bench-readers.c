/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading binary files: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value". Beside an archive
 * stands the time that unpacking its members takes alone, and writing as many bytes as its columns
 * have to fresh memory: together the bound of any reader of it.
 *
 * With an argument FILE: reads it once and prints the peak memory of the process over the size of
 * the columns, for the parent. */
#include "readers/plateau-reader.h"
#include "readers/plateau-zip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum
{
  N_RUNS = 15,
};

static const struct
{
  const char *name, *path, *peer, *peer_value;
  gboolean packed;
} samples[] = {
  { "mpr, 46102 rows", "biologic-mpr/jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr", "galvani",
    "37.6", FALSE },
  { "nda, 17587 rows", "neware-nda/SINTEF__G20M7_BTS91.nda", "NewareNDA", "103.4", FALSE },
  { "nda, 6670 rows", "neware-nda/TestFile.nda", "NewareNDA", "73.7", FALSE },
  { "ndax, 18700 rows", "neware-ndax/nw4-120-1-6-53.ndax", "NewareNDA", "37.4", TRUE },
  { "ndax, 77745 rows", "neware-ndax/TESTCELL0001-B2-2025-M50T_NewareNDA_Investigation.ndax",
    "NewareNDA", "233.6", TRUE },
  { "ndax, 699677 rows", "neware-ndax/BTS85-36-6-5-110-20240424.ndax", "NewareNDA", "1381.8",
    TRUE },
  { "xlsx, 4526 rows", "arbin-xlsx/bs542_004_gr_li_50ua_50mv_1v_191020_Channel_11.xlsx",
    "navani (openpyxl)", "302.8", TRUE },
  { "res, 2150 rows", "arbin-res/arbin_example.res", "galvani res2sqlite + mdbtools", "105.1",
    FALSE },
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
    printf ("# %s\n", error->message);
  return measurements;
}

static gboolean
unpack_once (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PlateauInput) input = plateau_input_new_for_file (file, NULL, NULL);
  g_autoptr (PlateauZip) zip = plateau_zip_open (input, NULL);
  for (guint i = 0; zip != NULL && i < plateau_zip_get_n_members (zip); i++)
    {
      g_autoptr (GBytes) bytes = plateau_zip_read (zip, plateau_zip_get_member_name (zip, i), NULL);
      if (bytes == NULL)
        return FALSE;
    }
  return zip != NULL;
}

/* Fresh pages each time, as a reader needs them. */
static gboolean
write_columns_once (gsize n_bytes)
{
  guint8 *columns = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                          0);
  if (columns == MAP_FAILED)
    return FALSE;
  memset (columns, 0x5a, n_bytes);
  return munmap (columns, n_bytes) == 0;
}

static gsize
size_of_columns (const char *path)
{
  g_autoptr (GPtrArray) measurements = read_once (path);
  if (measurements == NULL)
    return 0;
  g_autoptr (PlateauRecording)
      recording = plateau_measurement_ref_recording (measurements->pdata[0], NULL);
  return recording != NULL ? plateau_recording_get_size (recording) : 0;
}

typedef enum
{
  READ,
  UNPACK,
  WRITE_COLUMNS,
} Task;

static gboolean
run_once (Task task, const char *path, gsize n_bytes)
{
  if (task == UNPACK)
    return unpack_once (path);
  if (task == WRITE_COLUMNS)
    return write_columns_once (n_bytes);
  g_autoptr (GPtrArray) measurements = read_once (path);
  return measurements != NULL;
}

static double
median_milliseconds (const char *path, Task task)
{
  double times[N_RUNS];
  gsize n_bytes = task == WRITE_COLUMNS ? size_of_columns (path) : 0;
  for (int i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      if (!run_once (task, path, n_bytes))
        return NAN;
      times[i] = (double) (g_get_monotonic_time () - start) * 1e-3;
    }
  qsort (times, N_RUNS, sizeof (double), compare);
  return times[N_RUNS / 2];
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
  /* A first read of the beginning loads the code, which the process needs but the columns do not.
   */
  g_autofree char *content = NULL;
  gsize length = 0;
  if (!g_file_get_contents (path, &content, &length, NULL))
    return 1;
  g_autoptr (GBytes) beginning = g_bytes_new (content, MIN (length, 64 << 10));
  g_clear_pointer (&content, g_free);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (beginning, path);
  g_autoptr (GPtrArray) cut = plateau_read_input (input, NULL, NULL, NULL);
  long before = peak_kilobytes ();
  g_autoptr (GPtrArray) measurements = read_once (path);
  if (measurements == NULL)
    return 1;
  g_autoptr (PlateauRecording)
      recording = plateau_measurement_ref_recording (measurements->pdata[0], NULL);
  double columns = (double) plateau_recording_get_size (recording) / 1024;
  printf ("%.3f\n", (double) (peak_kilobytes () - before) / columns);
  return 0;
}

static void
report_memory (const char *program, const char *name, const char *path)
{
  g_autofree char *output = NULL;
  const char *child[] = { program, path, NULL };
  if (g_spawn_sync (NULL, (char **) child, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, NULL,
                    NULL))
    printf ("%s, peak memory over columns\t%s\tx\tgoal\t1.5\n", name, g_strstrip (output));
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    return measure_memory (argv[1]);
  const char *shared = g_getenv ("PLATEAU_SHARED");
  if (shared == NULL)
    shared = g_getenv ("PLATEAU_SHARED_DEFAULT");
  g_autofree char *folder = g_build_filename (shared != NULL ? shared : "", "data", "cycling",
                                              NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      printf ("# SKIP: the shared data are not here (set PLATEAU_SHARED)\n");
      return 0;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = g_build_filename (folder, samples[i].path, NULL);
      printf ("%s\t%.2f\tms\t%s\t%s\n", samples[i].name, median_milliseconds (path, READ),
              samples[i].peer, samples[i].peer_value);
      if (samples[i].packed)
        printf ("%s, unpacking alone\t%.2f\tms\tbound\t\n"
                "%s, writing its columns alone\t%.2f\tms\tbound\t\n",
                samples[i].name, median_milliseconds (path, UNPACK), samples[i].name,
                median_milliseconds (path, WRITE_COLUMNS));
      /* Small files are all program and no columns. */
      if (strstr (samples[i].name, "699677") != NULL || strstr (samples[i].name, "46102") != NULL)
        report_memory (argv[0], samples[i].name, path);
    }
  return 0;
}
