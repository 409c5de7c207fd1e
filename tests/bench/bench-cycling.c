/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cycling analyses: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value". */
#include "../unit/simulated-test.h"
#include "analysis/plateau-compare.h"
#include "analysis/plateau-dqdv.h"
#include "base/plateau-unit.h"

#include <stdio.h>
#include <stdlib.h>

enum
{
  N_RUNS = 9,
};

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
median_ms (void (*run) (gpointer), gpointer data)
{
  double values[N_RUNS];

  for (int i = 0; i < N_RUNS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      run (data);
      values[i] = 1e-3 * (double) (g_get_monotonic_time () - start);
    }
  qsort (values, N_RUNS, sizeof *values, compare_doubles);
  return values[N_RUNS / 2];
}

static PlateauRecording *
make_recording (guint cycles, guint points, double scale)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < cycles; i++)
    for (int branch = 0; branch < 2; branch++)
      for (guint k = 0; k < points; k++)
        {
          double x = (k + 1.0) / points, sign = branch == 0 ? 1 : -1;
          double v = branch == 0 ? x : 1 - x;
          simulated_test_add (&t, 10,
                              3 + 1.2 * v + 0.1 * sin (12 * v) + 1e-4 * g_rand_double (random),
                              sign * 1e-3, sign * scale / points * (1 - 1e-4 * i));
        }
  return simulated_test_end (&t, FALSE);
}

static void
run_cycles (gpointer data)
{
  g_autoptr (PlateauCycles) cycles = plateau_cycles_analyse (data, NULL, NULL, NULL);
  PlateauCyclesSummary summary;
  plateau_cycles_summarise (cycles, NULL, NULL, &summary);
}

typedef struct
{
  PlateauRecording *recording;
  PlateauCycles *cycles;
} Analysed;

static void
run_dqdv (gpointer data)
{
  const Analysed *analysed = data;
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;
  options.branch = PLATEAU_BRANCH_CHARGE;
  g_autoptr (GPtrArray) curves = plateau_dqdv_analyse (analysed->cycles, analysed->recording, NULL,
                                                       0, &options, NULL, NULL);
  if (curves->len != analysed->cycles->n_cycles)
    g_error ("curves are missing");
}

static PlateauStudy *
make_study (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();

  for (guint s = 0; s < 5; s++)
    {
      g_autofree char *name = g_strdup_printf ("sample %u", s);
      g_autoptr (PlateauSample) sample = plateau_sample_new (name);
      g_object_set (sample, "family", "F", "role",
                    s == 0 ? PLATEAU_ROLE_PRISTINE : PLATEAU_ROLE_MODIFIED, "specific-current-1c",
                    200.0, NULL);
      plateau_project_add_sample (project, sample);
      for (guint c = 0; c < 10; c++)
        {
          g_autoptr (PlateauRecording) recording = make_recording (500, 60, 2 + 0.01 * c);
          g_autoptr (PlateauMeasurement)
              m = plateau_measurement_new (plateau_source_new (NULL, name, 1, 0));
          g_autoptr (PlateauCell) cell = plateau_cell_new (name);
          plateau_measurement_set_recording (m, recording);
          plateau_measurement_set_kinds (m, PLATEAU_KIND_CYCLING);
          plateau_cell_add_measurement (cell, m);
          g_object_set (cell, "sample", sample, "active-mass", 2e-6, "area", 1e-4, NULL);
          plateau_project_add_cell (project, cell);
        }
    }
  return plateau_study_new (project);
}

static void
run_compare (gpointer data)
{
  g_autoptr (PlateauCompare) compare = plateau_compare_analyse (data, NULL, NULL);
  if (compare == NULL)
    g_error ("nothing to compare");
}

int
main (void)
{
  g_autoptr (PlateauRecording) large = make_recording (500, 1000, 4);
  g_autoptr (PlateauRecording) many = make_recording (500, 2000, 4);
  Analysed analysed = { many, plateau_cycles_analyse (many, NULL, NULL, NULL) };
  g_autoptr (PlateauStudy) study = make_study ();

  printf ("cycles of 1 million rows\t%.1f\tms\tNewareNDA + pandas, 700 thousand rows\t12.1\n",
          median_ms (run_cycles, large));
  printf ("dQ/dV of 500 cycles x 2000 points\t%.1f\tms\tlimit\t150\n",
          median_ms (run_dqdv, &analysed));
  printf ("comparison of 50 cells x 500 cycles\t%.1f\tms\tlimit\t200\n",
          median_ms (run_compare, study));
  plateau_cycles_unref (analysed.cycles);
  return 0;
}
