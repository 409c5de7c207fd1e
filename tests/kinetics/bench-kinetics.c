/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titration and voltammetry: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value". */
#include "../unit/simulated-test.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-voltammetry.h"

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

/* 500 pulses of 1000 records with rests of 1000. */
static PlateauRecording *
make_titration (void)
{
  SimulatedTest t = simulated_test_new ();
  for (guint pulse = 0; pulse < 500; pulse++)
    for (guint i = 0; i < 2000; i++)
      {
        gboolean on = i < 1000;
        double rise = on ? 0.02 * sqrt (i / 1000.0) : 0.02 * exp (-(i - 1000.0) / 100);
        simulated_test_add (&t, 1, 3.5 + 1e-3 * pulse + rise, on ? 1e-3 : 0, on ? 1e-3 : 0);
      }
  return simulated_test_end (&t, FALSE);
}

/* 1000 cycles of 2 x 500 records. */
static PlateauRecording *
make_voltammogram (void)
{
  SimulatedTest t = simulated_test_new ();
  t.potential->len = t.time->len = t.current->len = t.charge->len = t.cycle->len = 0;
  for (guint cycle = 0; cycle < 1000; cycle++)
    for (guint i = 0; i < 1000; i++)
      {
        double sign = i < 500 ? 1 : -1, share = i < 500 ? i / 500.0 : (1000 - i) / 500.0;
        double e = 3 + share, x = (e - 3.5 - 0.05 * sign) / 0.03;
        double current = sign * (1e-3 * exp (-x * x) + 1e-5);
        simulated_test_add (&t, 1, e, current, current);
      }
  return simulated_test_end (&t, FALSE);
}

static void
run_titration (gpointer data)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  options.radius = 1e-6;
  g_autoptr (PlateauGitt) gitt = plateau_gitt_analyse (data, NAN, &options, NULL, NULL);
  g_assert_cmpuint (gitt->n_pulses, >=, 499);
}

static void
run_voltammogram (gpointer data)
{
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauVoltammetry) cv = plateau_voltammetry_analyse (data, &options, NULL, NULL);
  g_assert_cmpuint (cv->n_cycles, >=, 999);
}

int
main (void)
{
  g_autoptr (PlateauRecording) titration = make_titration ();
  g_autoptr (PlateauRecording) voltammogram = make_voltammogram ();
  printf ("GITT, 500 pulses in a million rows\t%.3g\tms\t-\t-\n",
          median_ms (run_titration, titration));
  printf ("voltammetry, 1000 cycles in a million rows\t%.3g\tms\t-\t-\n",
          median_ms (run_voltammogram, voltammogram));
  return 0;
}
