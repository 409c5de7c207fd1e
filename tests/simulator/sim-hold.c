/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-test.h"

#include <math.h>
#include <string.h>

/* Constant potentials: the current falls from an ionic transient to what leaks, or to what a
 * conductor lets through. */

/* Share of the transient that is left; a sum of decades of time constants falls like a power. */
static double
transient (double time, double slowest)
{
  return 0.5 * exp (-time / (slowest / 100)) + 0.3 * exp (-time / (slowest / 10))
         + 0.2 * exp (-time / slowest);
}

static void
record_hold (SimRecorder *recorder, double potential, double begin, double end, double slowest,
             double duration)
{
  double passed = 0, last = begin;
  sim_recorder_begin_step (recorder);
  for (double time = 0.5;; time = MIN (time * 1.06 + 0.5, duration))
    {
      double current = end + (begin - end) * transient (time, slowest);
      sim_recorder_pass (recorder, time - passed, 0.5 * (current + last));
      sim_recorder_write (recorder, potential, current, TRUE);
      last = current;
      passed = time;
      if (time >= duration)
        return;
    }
}

static void
record_rest (SimRecorder *recorder, double from, double to, double duration)
{
  sim_recorder_begin_step (recorder);
  for (double time = 1, passed = 0; time <= duration; passed = time, time *= 1.25)
    {
      sim_recorder_pass (recorder, time - passed, 0);
      sim_recorder_write (recorder, to + (from - to) * exp (-sqrt (time / 900)), 0, FALSE);
    }
}

/* Holds at rising potentials across a pellet with blocking contacts. */
static void
run_conductor (SimTest *test, SimRecorder *recorder)
{
  SimParameters *p = test->parameters;
  double sigma = 1e-3 * sim_number (p, "electronic_conductivity_mS_cm");
  double conductance = sigma * test->area / (1e-4 * sim_number (p, "thickness_um"));
  JsonArray *potentials = sim_list (p, "potentials_V");
  for (guint i = 0; potentials != NULL && i < json_array_get_length (potentials); i++)
    {
      double v = json_array_get_double_element (potentials, i), steady = v * conductance;
      record_hold (recorder, v + test->reference_offset, steady * sim_number (p, "transient_ratio"),
                   steady, sim_number (p, "transient_s"), sim_number (p, "hold_s"));
    }
}

/* A charge to the upper limit, the hold there, and the relaxation after it. */
static gboolean
run_leakage (SimTest *test, SimRecorder *recorder, GError **error)
{
  SimParameters *p = test->parameters;
  SimCell cell;
  SimBranch branch;
  if (!sim_test_make_cell (test, &cell, error))
    return FALSE;
  SimState state = { sim_test_current (test, sim_number (p, "formation_c_rate")), 1, 0, 1, 0 };
  double capacity = sim_number (p, "formation_capacity_mAh_g")
                    / (sim_number (p, "initial_efficiency_percent") / 100);
  gboolean done = sim_cell_first_charge (&cell, &state, capacity, NAN, &branch, error);
  double amperes = state.current * test->mass * 1e-6;
  sim_recorder_begin_step (recorder);
  for (guint i = 1; done && i < branch.n; i++)
    {
      sim_recorder_pass (recorder, (branch.q[i] - branch.q[i - 1]) / state.current * 3600, amperes);
      if (i % 4 == 0 || i + 1 == branch.n)
        sim_recorder_write (recorder, branch.v[i], amperes, i + 1 == branch.n);
    }
  if (done)
    {
      record_hold (recorder, cell.high, amperes, 1e-6 * sim_number (p, "leakage_uA"),
                   sim_number (p, "transient_s"), sim_number (p, "hold_s"));
      record_rest (recorder, cell.high, cell.high - 0.06, 36000);
    }
  sim_test_clear_cell (&cell);
  return done;
}

/**
 * sim_hold_run:
 *
 * With electronic_conductivity_mS_cm: d.c. polarisation of a pellet at the test's potentials;
 * else a charge and a hold at the upper limit with the leakage current that remains.
 */
gboolean
sim_hold_run (SimTest *test, GError **error)
{
  gboolean pellet = isfinite (
      sim_number_or (test->parameters, "electronic_conductivity_mS_cm", NAN));
  g_autoptr (SimRecorder) recorder = sim_recorder_new (
      &test->instrument, test->seed + test->replicate, test->reference_offset, test->temperature);
  sim_recorder_begin_cycle (recorder);
  if (pellet)
    run_conductor (test, recorder);
  else if (!run_leakage (test, recorder, error))
    return FALSE;
  return sim_test_write (test, "_hold.bdf.csv", recorder->text, error);
}
