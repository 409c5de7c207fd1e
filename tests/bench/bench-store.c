/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A project of 1,000 cells: opened, and one of its cells looked at. Rows "name<TAB>median<TAB>unit
 * <TAB>peer<TAB>peer value". With a path it writes that project there, for the window's benchmark.
 */
#include "../unit/simulated-test.h"
#include "data/plateau-study.h"
#include "store/plateau-store.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define N_CELLS 1000
#define CELLS_PER_SAMPLE 5
#define N_CYCLES 25
#define N_RUNS 5

static PlateauRecording *
make_recording (guint seed)
{
  SimulatedTest test = simulated_test_new ();
  double charge = 2.4 + 1e-3 * (seed % 97);
  for (guint cycle = 0; cycle < N_CYCLES; cycle++)
    {
      test.instrument_cycle = cycle + 1;
      simulated_test_ramp (&test, charge, 1e-3, 2.5, 4.3, 120);
      simulated_test_ramp (&test, -charge * 0.998, 1e-3, 4.3, 2.5, 120);
      charge *= 0.999;
    }
  return simulated_test_end (&test, TRUE);
}

static PlateauMeasurement *
make_measurement (guint number)
{
  g_autofree char *name = g_strdup_printf ("cell-%04u.csv", number);
  g_autofree char *uri = g_strdup_printf ("file:///nowhere/%s", name);
  PlateauMeasurement *measurement = plateau_measurement_new (
      plateau_source_new (uri, name, 100000, 1600000000));
  g_autoptr (PlateauRecording) recording = make_recording (number);
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
  return measurement;
}

static PlateauProject *
make_project (void)
{
  PlateauProject *project = plateau_project_new ();
  g_autoptr (PlateauSample) sample = NULL;
  g_object_set (project, "title", "A study of 1,000 cells", "simulated", TRUE, NULL);
  for (guint i = 0; i < N_CELLS; i++)
    {
      if (i % CELLS_PER_SAMPLE == 0)
        {
          g_autofree char *name = g_strdup_printf ("Sample %u", i / CELLS_PER_SAMPLE + 1);
          g_autofree char *family = g_strdup_printf ("Family %u", i / CELLS_PER_SAMPLE / 10 + 1);
          g_clear_object (&sample);
          sample = plateau_sample_new (name);
          g_object_set (
              sample, "family", family, "role",
              i / CELLS_PER_SAMPLE % 10 == 0 ? PLATEAU_ROLE_PRISTINE : PLATEAU_ROLE_MODIFIED, NULL);
          plateau_project_add_sample (project, sample);
        }
      g_autofree char *name = g_strdup_printf ("cell-%04u", i + 1);
      g_autoptr (PlateauCell) cell = plateau_cell_new (name);
      g_autoptr (PlateauMeasurement) measurement = make_measurement (i + 1);
      g_object_set (cell, "sample", sample, "active-mass", 3e-6, "area", 0.785e-4, NULL);
      plateau_cell_add_measurement (cell, measurement);
      plateau_project_add_cell (project, cell);
    }
  return project;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
print_row (const char *name, GArray *times, const char *budget)
{
  g_array_sort (times, compare);
  printf ("%s\t%.1f\tms\tbudget\t%s\n", name, g_array_index (times, double, times->len / 2),
          budget);
}

static void
add_time (GArray *times, gint64 start)
{
  double took = 1e-3 * (double) (g_get_monotonic_time () - start);
  g_array_append_val (times, took);
}

static void
measure (const char *path)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) study_made = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint run = 0; run < N_RUNS; run++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauStore) store = plateau_store_open (path, 0, &error);
      g_assert_no_error (error);
      g_autoptr (PlateauProject) project = plateau_store_load (store, &error);
      g_assert_no_error (error);
      add_time (open, start);
      g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (project)), ==,
                        N_CELLS);
      start = g_get_monotonic_time ();
      g_autoptr (PlateauStudy) study = plateau_study_new (project);
      add_time (study_made, start);
      start = g_get_monotonic_time ();
      const PlateauStudyCell *cell = plateau_study_get_cell (study, run * 100);
      g_autoptr (PlateauRecording)
          recording = plateau_measurement_ref_recording (cell->measurements->pdata[0], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (plateau_recording_get_n_rows (recording), ==, N_CYCLES * 240 + 1);
      add_time (columns, start);
    }
  print_row ("a project of 1,000 cells, opened", open, "1000");
  print_row ("its snapshot for plots", study_made, "");
  print_row ("the columns of one of its cells", columns, "");
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plateau-bench-XXXXXX", &error);
  g_autofree char *path = argc > 1 ? g_strdup (argv[1])
                                   : g_build_filename (folder, "study.plateau", NULL);
  {
    g_autoptr (PlateauProject) project = make_project ();
    if (!plateau_store_write_project (project, path, &error))
      g_error ("%s", error->message);
  }
  if (argc < 2)
    {
      measure (path);
      g_unlink (path);
    }
  g_rmdir (folder);
  return 0;
}
