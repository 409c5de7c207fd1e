/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-test.h"

#include <math.h>

/* Galvanostatic cycling by a schedule of groups: so many cycles at one rate. The capacity of a
 * group is met by the lead of the particles' surface, its retention by the loss of active
 * material, its voltage decay by the transformation of the structure. */
typedef struct
{
  double rate, capacity, retention, decay, transformation, resistance_growth, lead_growth;
  guint cycles;
} Group;

/* What changes over the cycles of a group, in full at its last cycle. */
typedef struct
{
  double lead, loss, transformation;
} Ageing;

typedef struct
{
  SimTest *test;
  SimCell cell;
  SimRecorder *recorder;
  double active;         /* share of the capacity left by the groups before */
  double transformation; /* from the groups before */
  double resistance;
  double from; /* fraction at which the last discharge ended */
  guint cycle;
  double efficiency, first_efficiency;
} Run;

#define DECAY_SAMPLES 41
#define FIRST_RECORD 0.1 /* s after the current is on */

static double
power_law (double share)
{
  return pow (share, 0.85);
}

static SimState
state_at (const Run *run, const Group *group, const Ageing *ageing, double share)
{
  double aged = power_law (share);
  return (SimState){
    .current = sim_test_current (run->test, group->rate),
    .active = run->active * (1 - ageing->loss * aged),
    .transformation = run->transformation + ageing->transformation * share,
    .resistance = run->resistance * (1 + group->resistance_growth * aged),
    .lead = ageing->lead * (1 + group->lead_growth * aged),
  };
}

static gboolean
solve_lead (Run *run, const Group *group, Ageing *ageing, GError **error)
{
  SimState state = state_at (run, group, ageing, 0);
  state.lead = 0;
  double span = sim_cell_span (&run->cell, &state);
  ageing->lead = (span - group->capacity / (run->cell.capacity * run->active)) / 2;
  if (ageing->lead >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "%s: %.1f mAh/g at %gC is beyond the %.1f mAh/g that the polarisation leaves",
               run->test->base, group->capacity, group->rate,
               span * run->cell.capacity * run->active);
  return FALSE;
}

static void
solve_loss (const Run *run, const Group *group, Ageing *ageing)
{
  SimState first = state_at (run, group, ageing, 0), last = state_at (run, group, ageing, 1);
  double start = sim_cell_capacity (&run->cell, &first);
  double left = group->retention * start / (run->cell.capacity * sim_cell_span (&run->cell, &last));
  ageing->loss = 1 - left / run->active;
}

/* Least squares slope of the mean discharge potential, V per cycle. */
static double
decay_of (const Run *run, const Group *group, const Ageing *ageing)
{
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  SimBranch branch;
  for (guint i = 0; i < DECAY_SAMPLES; i++)
    {
      double share = (double) i / (DECAY_SAMPLES - 1), cycle = share * (group->cycles - 1);
      SimState state = state_at (run, group, ageing, share);
      sim_cell_discharge (&run->cell, &state, sim_cell_upper (&run->cell, &state),
                          sim_cell_lower (&run->cell, &state), &branch);
      double mean = sim_branch_mean_potential (&branch);
      sx += cycle;
      sy += mean;
      sxx += cycle * cycle;
      sxy += cycle * mean;
    }
  return -(DECAY_SAMPLES * sxy - sx * sy) / (DECAY_SAMPLES * sxx - sx * sx);
}

static gboolean
solve_transformation (Run *run, const Group *group, Ageing *ageing, GError **error)
{
  double low = 0, high = 1, found = NAN;
  for (guint i = 0; i < 30; i++)
    {
      ageing->transformation = (low + high) / 2;
      solve_loss (run, group, ageing);
      found = decay_of (run, group, ageing);
      if (found < group->decay)
        low = ageing->transformation;
      else
        high = ageing->transformation;
    }
  if (fabs (found - group->decay) < 0.002 * group->decay)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "%s: a voltage decay of %.3f mV per cycle cannot be reached (%.3f)", run->test->base,
               1e3 * group->decay, 1e3 * found);
  return FALSE;
}

/* Marks the points of a detailed record: a change of potential or of charge, and the ends. */
static void
keep_by_steps (const Run *run, const SimBranch *branch, gboolean *keep)
{
  double step_v = sim_number (run->test->parameters, "record_potential_V");
  double step_q = branch->q[branch->n - 1] / sim_number (run->test->parameters, "record_points");
  guint last = 0;
  for (guint i = 0; i < branch->n; i++)
    {
      keep[i] = i == 0 || i + 1 == branch->n || fabs (branch->v[i] - branch->v[last]) >= step_v
                || branch->q[i] - branch->q[last] >= step_q;
      if (keep[i])
        last = i;
    }
}

/* The area between the curve and its chord, and the point that is farthest from the chord. */
static double
chord_error (const SimBranch *branch, guint first, guint last, guint *farthest)
{
  double area = 0, most = -1, previous = 0;
  double slope = (branch->v[last] - branch->v[first]) / (branch->q[last] - branch->q[first]);
  for (guint i = first + 1; i <= last; i++)
    {
      double off = branch->v[i] - branch->v[first] - slope * (branch->q[i] - branch->q[first]);
      area += 0.5 * (off + previous) * (branch->q[i] - branch->q[i - 1]);
      previous = off;
      if (i < last && fabs (off) > most)
        {
          most = fabs (off);
          *farthest = i;
        }
    }
  return fabs (area);
}

/* Marks the points of a sparse record, between which the curve is straight enough for its mean
 * potential to come out right. */
static void
keep_by_chords (const Run *run, const SimBranch *branch, guint first, guint last, gboolean *keep)
{
  guint farthest = 0;
  keep[first] = keep[last] = TRUE;
  double tolerance = sim_number (run->test->parameters, "record_sparse_potential_V");
  if (last > first + 1
      && chord_error (branch, first, last, &farthest) > tolerance * branch->q[branch->n - 1])
    {
      keep_by_chords (run, branch, first, farthest, keep);
      keep_by_chords (run, branch, farthest, last, keep);
    }
}

static void
record_branch (Run *run, const SimBranch *branch, double current, double end, gboolean detailed)
{
  gboolean keep[SIM_BRANCH_POINTS] = { FALSE };
  double amperes = current * run->test->mass * 1e-6;
  if (detailed)
    keep_by_steps (run, branch, keep);
  else
    keep_by_chords (run, branch, 0, branch->n - 1, keep);
  sim_recorder_begin_step (run->recorder);
  sim_recorder_pass (run->recorder, FIRST_RECORD, amperes);
  sim_recorder_write (run->recorder, branch->v[0], amperes, FALSE);
  for (guint i = 1; i < branch->n; i++)
    {
      gboolean last = i + 1 == branch->n;
      double seconds = (branch->q[i] - branch->q[i - 1]) / fabs (current) * 3600;
      sim_recorder_pass (run->recorder, seconds - (i == 1 ? FIRST_RECORD : 0), amperes);
      if (keep[i])
        sim_recorder_write (run->recorder, last ? end : branch->v[i], amperes, last);
    }
}

/* The cycles that figures show: round numbers, and the ends of a group of equal cycles. */
static gboolean
is_detailed (guint cycle, gboolean first_of_group, gboolean last_of_group)
{
  guint step = cycle < 30 ? 5 : cycle < 100 ? 10 : cycle < 500 ? 50 : 500;
  return cycle <= 3 || cycle % step == 0 || cycle == 75 || first_of_group || last_of_group;
}

static gboolean
run_cycle (Run *run, const Group *group, const Ageing *ageing, guint index, GError **error)
{
  SimTest *test = run->test;
  SimBranch branch;
  double share = group->cycles > 1 ? (double) index / (group->cycles - 1) : 0;
  gboolean detailed = is_detailed (++run->cycle, index == 0, index + 1 == group->cycles);
  SimState state = state_at (run, group, ageing, share);
  state.resistance *= test->scale_resistance;
  state.active *= 1 + 1e-4 * sim_recorder_gauss (run->recorder->random);
  if (group->retention == 1 && group->cycles > 1)
    state.active *= 1 + 0.001 * (0.5 - share);
  double upper = sim_cell_upper (&run->cell, &state), lower = sim_cell_lower (&run->cell, &state);
  sim_recorder_begin_cycle (run->recorder);
  if (run->cycle == 1)
    {
      double plateau = sim_number_or (test->parameters, "plateau_share_percent", NAN) / 100
                       + sim_test_scatter (test, "plateau_share");
      double first = run->cell.capacity * state.active * (upper - lower) / run->first_efficiency;
      if (!sim_cell_first_charge (&run->cell, &state, first, plateau, &branch, error))
        return FALSE;
    }
  else
    {
      double settling = 0.015 * exp ((2 - (double) run->cycle) / 4);
      sim_cell_charge (&run->cell, &state, run->from, upper, run->efficiency - settling, &branch);
    }
  record_branch (run, &branch, state.current, run->cell.high, detailed);
  sim_cell_discharge (&run->cell, &state, upper, lower, &branch);
  record_branch (run, &branch, -state.current, run->cell.low, detailed);
  run->from = lower;
  return TRUE;
}

static gboolean
run_group (Run *run, const Group *group, GError **error)
{
  Ageing ageing = { .transformation = group->transformation };
  if (!solve_lead (run, group, &ageing, error))
    return FALSE;
  if (group->decay > 0 && !solve_transformation (run, group, &ageing, error))
    return FALSE;
  if (group->retention != 1)
    solve_loss (run, group, &ageing);
  ageing.loss *= run->test->scale_fade;
  for (guint i = 0; i < group->cycles; i++)
    if (!run_cycle (run, group, &ageing, i, error))
      return FALSE;
  SimState end = state_at (run, group, &ageing, 1);
  run->active = end.active;
  run->transformation = end.transformation;
  run->resistance = end.resistance;
  return TRUE;
}

/* The electrode as made, before the first charge. */
static void
record_rest (Run *run)
{
  sim_recorder_begin_step (run->recorder);
  for (guint i = 0; i < 4; i++)
    {
      sim_recorder_write (run->recorder, 3.0 + 0.004 * exp (-(double) i), 0, FALSE);
      sim_recorder_pass (run->recorder, 600, 0);
    }
}

static gboolean
read_group (SimTest *test, JsonObject *object, Group *group)
{
  SimParameters *p = test->parameters;
  double scatter = 1 + sim_test_scatter (test, "capacity");
  double retention = sim_number_in (p, object, "retention_percent", 100) / 100;
  *group = (Group){
    .rate = sim_number_in (p, object, "c_rate", NAN),
    .capacity = sim_number_in (p, object, "capacity_mAh_g", NAN) * scatter,
    .retention = retention == 1 ? 1 : retention + sim_test_scatter (test, "retention"),
    .decay = 1e-3
             * (sim_number_in (p, object, "voltage_decay_mV_per_cycle", 0)
                * (1 + sim_test_scatter (test, "voltage_decay"))),
    .transformation = sim_number_in (p, object, "transformation", 0),
    .resistance_growth = sim_number_in (p, object, "resistance_growth", 0),
    .lead_growth = sim_number_in (p, object, "lead_growth", 0),
    .cycles = (guint) sim_number_in (p, object, "cycles", 0),
  };
  return group->cycles > 0 && isfinite (group->rate) && isfinite (group->capacity);
}

static gboolean
run_schedule (Run *run, GError **error)
{
  JsonArray *schedule = sim_list (run->test->parameters, "schedule");
  for (guint i = 0; schedule != NULL && i < json_array_get_length (schedule); i++)
    {
      Group group;
      if (!read_group (run->test, json_array_get_object_element (schedule, i), &group))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "%s: line %u of the schedule needs c_rate, cycles and capacity_mAh_g",
                       run->test->base, i + 1);
          return FALSE;
        }
      if (!run_group (run, &group, error))
        return FALSE;
    }
  return schedule != NULL;
}

/**
 * sim_cycling_run:
 *
 * Galvanostatic cycling by the test's schedule.
 */
gboolean
sim_cycling_run (SimTest *test, GError **error)
{
  Run run = { .test = test, .active = 1, .resistance = 1 };
  if (!sim_test_make_cell (test, &run.cell, error))
    {
      sim_test_clear_cell (&run.cell);
      return FALSE;
    }
  run.first_efficiency = sim_number (test->parameters, "initial_efficiency_percent") / 100
                         + sim_test_scatter (test, "initial_efficiency");
  run.efficiency = sim_number (test->parameters, "coulombic_efficiency_percent") / 100;
  g_autoptr (SimRecorder)
      recorder = sim_recorder_new (&test->instrument, test->seed * 31 + test->replicate,
                                   test->reference_offset, test->temperature);
  run.recorder = recorder;
  record_rest (&run);
  gboolean done = run_schedule (&run, error)
                  && sim_test_write (test, ".bdf.csv", recorder->text, error);
  sim_test_clear_cell (&run.cell);
  return done;
}
