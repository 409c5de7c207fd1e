/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of 200 files through the command line, bench-folder PROGRAM: rows
 * "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value". Beside the time stands how much of all
 * processors was used, the share of them that the machine gave away included. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum
{
  N_FILES = 200,
  N_RUNS = 5,
};

static const char *const samples[] = {
  "biologic-mpr/jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr",
  "biologic-mpr/250116_kigr_gen6_01_02_GCPL_CD8.mpr",
  "biologic-mpt/biologic_cycling.mpt",
  "neware-nda/SINTEF__G20M7_BTS91.nda",
  "neware-ndax/nw4-120-1-6-53.ndax",
  "neware-ndax/46_1_5_60_bts16.ndax",
  "arbin-csv/CS2_33_12_23_10.csv",
  "arbin-csv/CS2_33_10_05_10.csv",
  "maccor/xTESLADIAG_000038.078",
  "novonix/novonix.csv",
  "bdf-csv/batmo_bdf.csv",
  "other-csv/p492-13-raw.csv",
};

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median (double *values)
{
  qsort (values, N_RUNS, sizeof (double), compare);
  return values[N_RUNS / 2];
}

/* Seconds of processor time that the children took so far. */
static double
processor_seconds (void)
{
  struct rusage usage;
  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + 1e-6 * (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static gboolean
run (GPtrArray *arguments, double *seconds, double *busy)
{
  double before = processor_seconds ();
  gint64 start = g_get_monotonic_time ();
  int status;
  g_autoptr (GError) error = NULL;
  gboolean fine = g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_STDOUT_TO_DEV_NULL,
                                NULL, NULL, NULL, NULL, &status, &error)
                  && g_spawn_check_wait_status (status, &error);
  if (!fine)
    printf ("# %s\n", error->message);
  *seconds = (double) (g_get_monotonic_time () - start) * 1e-6;
  *busy = 100 * (processor_seconds () - before) / *seconds / g_get_num_processors ();
  return fine;
}

static gboolean
report (const char *program, const char *command, GPtrArray *files)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_ptr_array_add (arguments, (gpointer) program);
  g_ptr_array_add (arguments, (gpointer) command);
  g_ptr_array_add (arguments, (gpointer) "--format=json");
  g_ptr_array_extend (arguments, files, NULL, NULL);
  g_ptr_array_add (arguments, NULL);
  double seconds[N_RUNS], busy[N_RUNS];
  for (guint i = 0; i < N_RUNS; i++)
    if (!run (arguments, &seconds[i], &busy[i]))
      return FALSE;
  printf ("%u files, %s\t%.2f\ts\t\t\n", N_FILES, command, median (seconds));
  printf ("%u files, %s, of all processors\t%.0f\t%%\tgoal\tall\n", N_FILES, command,
          median (busy));
  return TRUE;
}

int
main (int argc, char **argv)
{
  const char *shared = g_getenv ("PLATEAU_SHARED");
  if (shared == NULL)
    shared = g_getenv ("PLATEAU_SHARED_DEFAULT");
  g_autofree char *data = g_build_filename (shared != NULL ? shared : "", "data", "cycling", NULL);
  if (argc < 2 || !g_file_test (data, G_FILE_TEST_IS_DIR))
    {
      printf ("# SKIP: the shared data are not here (set PLATEAU_SHARED)\n");
      return 0;
    }
  g_autofree char *folder = g_dir_make_tmp ("plateau-bench-XXXXXX", NULL);
  if (folder == NULL)
    return 1;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_FILES; i++)
    {
      const char *sample = samples[i % G_N_ELEMENTS (samples)];
      g_autofree char *base = g_path_get_basename (sample);
      g_autofree char *name = g_strdup_printf ("%03u_%s", i, base);
      g_autofree char *path = g_build_filename (data, sample, NULL);
      char *link = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (link);
      g_ptr_array_add (files, link);
      if (!g_file_make_symbolic_link (file, path, NULL, NULL))
        return 1;
    }
  gboolean done = report (argv[1], "info", files) && report (argv[1], "cycles", files);
  for (guint i = 0; i < files->len; i++)
    g_unlink (files->pdata[i]);
  g_rmdir (folder);
  return done ? 0 : 1;
}
