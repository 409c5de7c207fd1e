/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks and impedance files: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value". */
#include "data/plateau-project.h"
#include "export/plateau-workbook.h"
#include "readers/plateau-reader.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef void (*Run) (gpointer data);

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
measure (const char *name, Run run, gpointer data, guint n_runs, const char *peer,
         const char *value)
{
  g_autoptr (GArray) seconds = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < n_runs; i++)
    {
      gint64 start = g_get_monotonic_time ();
      run (data);
      double took = 1e-6 * (double) (g_get_monotonic_time () - start);
      g_array_append_val (seconds, took);
    }
  g_array_sort (seconds, compare);
  printf ("%s\t%.3f\ts\t%s\t%s\n", name, g_array_index (seconds, double, n_runs / 2), peer, value);
  fflush (stdout);
}

static double
resolved (double value, double step)
{
  return rint (value / step) * step;
}

/* Constant current up and down; @points rows a branch, at the resolution of a usual cycler. */
static PlateauRecording *
make_recording (guint n_cycles, guint points, guint n_columns)
{
  static const PlateauQuantity quantities[] = {
    PLATEAU_QUANTITY_TIME,      PLATEAU_QUANTITY_POTENTIAL,  PLATEAU_QUANTITY_CURRENT,
    PLATEAU_QUANTITY_CYCLE,     PLATEAU_QUANTITY_STEP_INDEX, PLATEAU_QUANTITY_TEMPERATURE,
    PLATEAU_QUANTITY_STEP_TIME,
  };
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  for (guint c = 0; c < n_columns; c++)
    plateau_recording_builder_add_column (builder, quantities[c], "x", NULL);
  double time = 0;
  for (guint cycle = 0; cycle < n_cycles; cycle++)
    for (int sign = 1; sign >= -1; sign -= 2)
      for (guint i = 0; i < points; i++)
        {
          double share = (double) i / (points - 1);
          double potential = resolved (sign > 0 ? 3 + share : 4 - share, 1e-4);
          double row[] = { resolved (time, 1e-2),
                           potential,
                           sign * resolved (1e-3 + 2e-7 * (i % 5), 1e-8),
                           cycle + 1,
                           sign > 0 ? 1 : 2,
                           298.15 + 0.1 * (i % 7),
                           resolved (share * 3600, 1e-2) };
          memcpy (plateau_recording_builder_append_row (builder), row, n_columns * sizeof *row);
          time += 3600.0 / points * pow (0.9995, cycle);
        }
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  static const PlateauRecordingRules rules = { FALSE };
  return plateau_recording_builder_finish (builder, &rules, warnings, NULL);
}

static PlateauStudy *
make_study (guint n_cells, PlateauRecording *recording)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *sample_name = g_strdup_printf ("sample %u", i / 3);
      g_autofree char *cell_name = g_strdup_printf ("cell %u", i);
      PlateauSample *sample = plateau_project_find_sample_named (project, sample_name, "family");
      g_autoptr (PlateauSample) made = NULL;
      if (sample == NULL)
        {
          sample = made = plateau_sample_new (sample_name);
          g_object_set (sample, "family", "family", NULL);
          plateau_project_add_sample (project, sample);
        }
      g_autoptr (PlateauCell) cell = plateau_cell_new (cell_name);
      g_object_set (cell, "sample", sample, "active-mass", 1e-5, NULL);
      g_autoptr (PlateauMeasurement)
          measurement = plateau_measurement_new (plateau_source_new ("file:///x", "x", 1, 0));
      plateau_measurement_set_recording (measurement, recording);
      plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
      plateau_cell_add_measurement (cell, measurement);
      plateau_project_add_cell (project, cell);
    }
  return plateau_study_new (project);
}

static char *
target (void)
{
  return g_build_filename (g_get_tmp_dir (), "plateau-bench.xlsx", NULL);
}

static void
write_workbook (gpointer study)
{
  g_autofree char *path = target ();
  g_autoptr (GError) error = NULL;
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  if (!plateau_workbook_write (study, &options, path, NULL, &error))
    g_error ("%s", error->message);
  g_unlink (path);
}

static void
write_raw (gpointer study)
{
  g_autofree char *path = target ();
  g_autoptr (GError) error = NULL;
  PlateauWorkbookOptions options = PLATEAU_WORKBOOK_OPTIONS_INIT;
  if (!plateau_workbook_write_raw (study, &options, path, NULL, &error))
    g_error ("%s", error->message);
  g_unlink (path);
}

static char *
make_spectrum (guint n)
{
  g_autoptr (GString) text = g_string_new ("freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n");
  for (guint i = 0; i < n; i++)
    {
      double f = pow (10, 6 - 8.0 * i / (n - 1)), w = 2 * G_PI * f * 1e-3;
      g_string_append_printf (text, "%.9g,%.9g,%.9g\n", f, 10 + 100 / (1 + w * w),
                              100 * w / (1 + w * w));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_spectra (gpointer folder)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.csv", i);
      g_autoptr (GFile) file = g_file_new_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) measurements = plateau_read_file (file, NULL, NULL, &error);
      if (measurements == NULL)
        g_error ("%s", error->message);
    }
}

static void
bench_spectra (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plateau-bench-XXXXXX", NULL);
  g_autofree char *text = make_spectrum (80);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.csv", folder, i);
      g_file_set_contents (path, text, -1, NULL);
    }
  measure ("1000 impedance files of 80 points", read_spectra, folder, 5, "goal", "1");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.csv", folder, i);
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* With an argument only the parts whose letter it has: e, w, r. */
int
main (int argc, char **argv)
{
  const char *parts = argc > 1 ? argv[1] : "ewr";
  if (strchr (parts, 'e') != NULL)
    bench_spectra ();
  if (strchr (parts, 'w') != NULL)
    {
      g_autoptr (PlateauRecording) cycling = make_recording (500, 60, 3);
      g_autoptr (PlateauStudy) study = make_study (50, cycling);
      measure ("workbook, 50 cells x 500 cycles, charts", write_workbook, study, 3, "goal", "2");
    }
  if (strchr (parts, 'r') != NULL)
    {
      g_autoptr (PlateauRecording) raw = make_recording (100, 5000, 7);
      g_autoptr (PlateauStudy) study = make_study (1, raw);
      measure ("raw workbook, 1 million rows x 8", write_raw, study, 1, "goal", "12");
    }
  return 0;
}
