/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles-table.h"
#include "analysis/plateau-cycles.h"
#include "analysis/plateau-rate.h"
#include "base/plateau-error.h"
#include "simulated-test.h"

#include <glib.h>

#define CLOSE(a, b, relative)                                                                      \
  g_assert_cmpfloat_with_epsilon ((a), (b), fabs (1.0 * (b)) * (relative) + 1e-12)

static PlateauCycles *
analyse (PlateauRecording *recording, PlateauCycleRule rule)
{
  PlateauCyclesOptions options = PLATEAU_CYCLES_OPTIONS_INIT;
  GError *error = NULL;
  PlateauCycles *cycles;

  options.rule = rule;
  cycles = plateau_cycles_analyse (recording, &options, NULL, &error);
  g_assert_no_error (error);
  return cycles;
}

static void
add_cycle (SimulatedTest *t, double charge, double discharge, double current)
{
  simulated_test_ramp (t, charge, current, 3.0, 4.2, 60);
  simulated_test_rest (t, 600, 4.15, 5);
  simulated_test_ramp (t, -discharge, current, 4.1, 2.9, 60);
  simulated_test_rest (t, 600, 3.0, 5);
  t->instrument_cycle++;
}

static void
test_closed_form (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;

  simulated_test_rest (&t, 600, 2.9, 5);
  add_cycle (&t, 4.0, 3.0, 1e-3);
  add_cycle (&t, 3.2, 2.9, 1e-3);
  recording = simulated_test_end (&t, FALSE);
  cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
  g_assert_cmpuint (cycles->n_cycles, ==, 2);
  g_assert_true (cycles->starts_with_charge);
  const PlateauCycle *c = &cycles->cycles[0];
  g_assert_cmpuint (c->cycle, ==, 1);
  CLOSE (c->charge_capacity, 4.0, 1e-9);
  CLOSE (c->discharge_capacity, 3.0, 1e-9);
  /* A potential linear in charge: the mean is the middle; the first interval counts with its end.
   */
  CLOSE (c->mean_charge_potential, 3.6, 1e-3);
  CLOSE (c->mean_discharge_potential, 3.5, 1e-3);
  CLOSE (c->median_discharge_potential, 3.5, 1e-3);
  CLOSE (c->charge_current, 1e-3, 1e-6);
  CLOSE (c->discharge_current, 1e-3, 1e-6);
  g_assert_cmpfloat (c->constant_potential_share, ==, 0);
  g_assert_true (c->complete);
  g_assert_cmpuint (c->first_row, ==, 0);
  g_assert_cmpuint (cycles->cycles[1].last_row, ==, plateau_recording_get_n_rows (recording) - 1);
  CLOSE (plateau_cycle_coulombic_efficiency (c, TRUE), 0.75, 1e-9);

  g_autoptr (GArray) q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) v = g_array_new (FALSE, FALSE, sizeof (double));
  g_assert_true (plateau_cycles_branch (cycles, recording, 2, FALSE, TRUE, q, v, NULL));
  g_assert_cmpuint (q->len, ==, 60);
  CLOSE (g_array_index (q, double, 59), 2.9, 1e-9);
  CLOSE (g_array_index (v, double, 59), 2.9, 1e-9);
  g_assert_false (plateau_cycles_branch (cycles, recording, 3, TRUE, TRUE, q, v, NULL));
}

static void
test_rules (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;

  simulated_test_ramp (&t, -0.6, 1e-3, 3.2, 2.9, 20);
  add_cycle (&t, 4.0, 3.0, 1e-3);
  add_cycle (&t, 3.2, 2.9, 1e-3);
  recording = simulated_test_end (&t, TRUE);
  {
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
    g_assert_cmpuint (cycles->n_cycles, ==, 3);
    g_assert_cmpuint (cycles->cycles[0].cycle, ==, 0);
    CLOSE (cycles->cycles[0].discharge_capacity, 0.6, 1e-9);
    CLOSE (cycles->cycles[1].charge_capacity, 4.0, 1e-9);
    CLOSE (cycles->cycles[1].discharge_capacity, 3.0, 1e-9);
  }
  {
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_DISCHARGE);
    g_assert_cmpuint (cycles->n_cycles, ==, 3);
    g_assert_cmpuint (cycles->cycles[0].cycle, ==, 1);
    CLOSE (cycles->cycles[0].discharge_capacity, 0.6, 1e-9);
    CLOSE (cycles->cycles[0].charge_capacity, 4.0, 1e-9);
    CLOSE (cycles->cycles[1].discharge_capacity, 3.0, 1e-9);
    CLOSE (cycles->cycles[1].charge_capacity, 3.2, 1e-9);
  }
  {
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_INSTRUMENT);
    g_assert_cmpuint (cycles->n_cycles, ==, 2);
    g_assert_cmpint (cycles->cycles[0].instrument_cycle, ==, 1);
    CLOSE (cycles->cycles[0].discharge_capacity, 3.6, 1e-9);
  }
}

static void
test_hold (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  double held = 0;

  simulated_test_ramp (&t, 3.0, 1e-3, 3.0, 4.2, 100);
  for (int i = 1; i <= 60; i++)
    {
      double current = 1e-3 * exp (-i / 15.0);
      simulated_test_add (&t, 20, 4.2, current, current * 20);
      held += current * 20;
    }
  simulated_test_rest (&t, 600, 4.15, 5);
  simulated_test_ramp (&t, -3.0, 1e-3, 4.1, 2.9, 60);
  recording = simulated_test_end (&t, FALSE);
  cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
  const PlateauStepKind kinds[] = { PLATEAU_STEP_REST, PLATEAU_STEP_CHARGE, PLATEAU_STEP_HOLD,
                                    PLATEAU_STEP_REST, PLATEAU_STEP_DISCHARGE };
  g_assert_cmpuint (cycles->n_steps, ==, 5);
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (cycles->steps[i].kind, ==, kinds[i]);
  CLOSE (cycles->cycles[0].charge_capacity, 3.0 + held, 1e-9);
  CLOSE (cycles->cycles[0].constant_potential_share, held / (3.0 + held), 0.02);
  CLOSE (cycles->cycles[0].charge_current, 1e-3, 1e-6);
}

/* Pulses in the other direction, a pause in the middle of a branch, and a test that ends early. */
static void
test_disturbances (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;

  simulated_test_ramp (&t, 2.0, 1e-3, 3.0, 3.6, 40);
  simulated_test_rest (&t, 4000, 3.5, 10);
  simulated_test_ramp (&t, 2.0, 1e-3, 3.6, 4.2, 40);
  simulated_test_ramp (&t, -2.0, 1e-3, 4.1, 3.5, 40);
  simulated_test_ramp (&t, 0.02, 1e-3, 3.55, 3.6, 4);
  simulated_test_ramp (&t, -1.5, 1e-3, 3.5, 2.9, 40);
  add_cycle (&t, 3.6, 3.5, 1e-3);
  simulated_test_ramp (&t, 3.6, 1e-3, 3.0, 4.2, 40);
  simulated_test_ramp (&t, -1.0, 1e-3, 4.1, 3.8, 40);
  recording = simulated_test_end (&t, FALSE);
  cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
  g_assert_cmpuint (cycles->n_cycles, ==, 3);
  CLOSE (cycles->cycles[0].charge_capacity, 4.02, 1e-9);
  CLOSE (cycles->cycles[0].discharge_capacity, 3.5, 1e-9);
  g_assert_true (cycles->cycles[1].complete);
  g_assert_false (cycles->cycles[2].complete);
}

static void
test_summary (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  PlateauCyclesSummary summary;
  const double rates[] = { 1e-3, 2e-3, 5e-3, 1e-3 };
  const double capacities[] = { 4.0, 3.5, 2.5, 3.9 };

  for (int g = 0; g < 4; g++)
    for (int i = 0; i < 5; i++)
      add_cycle (&t, capacities[g] + (g == 0 && i == 0), capacities[g], rates[g]);
  for (int i = 0; i < 100; i++)
    {
      double capacity = 3.0 * (1 - 0.003 * i);
      add_cycle (&t, capacity * 1.001, i == 50 ? 1.5 : capacity, 3e-3);
      if (i == 30)
        add_cycle (&t, 3.9, 3.9, 1e-3);
    }
  recording = simulated_test_end (&t, FALSE);
  cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
  g_assert_cmpuint (cycles->n_cycles, ==, 121);
  plateau_cycles_summarise (cycles, recording, NULL, &summary);
  CLOSE (summary.initial_coulombic_efficiency, 0.8, 1e-9);
  g_assert_cmpuint (summary.retention_reference_cycle, ==, 21);
  g_assert_cmpuint (summary.retention_cycle, ==, 121);
  CLOSE (summary.retention, 1 - 0.003 * 99, 1e-9);
  /* One check-up stands in between, so the slope per cycle number is a little smaller. */
  CLOSE (summary.capacity_loss_per_cycle, 0.003, 0.02);
  g_assert_cmpfloat_with_epsilon (summary.cycles_to_80_percent, 1 + 0.2 / 0.003 + 1, 0.01);
  for (guint i = 0; i < cycles->n_cycles; i++)
    {
      guint cycle = cycles->cycles[i].cycle;
      /* The check-up is cycle 52, the power cut cycle 72. */
      g_assert_cmpint (cycles->cycles[i].outlier, ==, cycle == 52 || cycle == 72);
    }

  g_autoptr (PlateauRate) rate = plateau_rate_analyse (cycles, NULL, NULL);
  g_assert_cmpuint (rate->n_groups, ==, 5);
  for (int g = 0; g < 4; g++)
    {
      g_assert_cmpuint (rate->groups[g].n, ==, 5);
      g_assert_cmpuint (rate->groups[g].first_cycle, ==, 5 * g + 1);
      CLOSE (rate->groups[g].discharge_capacity_mean, capacities[g], 1e-9);
      CLOSE (rate->groups[g].discharge_current, rates[g], 1e-6);
    }
  CLOSE (rate->recovery, 3.9 / 4.0, 1e-9);
  PlateauRateOptions by_hand = { 0.1, 2, (char *) "1-3, 6-8, 400-405", NULL };
  g_autoptr (PlateauRate) named = plateau_rate_analyse (cycles, &by_hand, NULL);
  g_assert_cmpuint (named->n_groups, ==, 2);
  g_assert_cmpuint (named->groups[0].n, ==, 2);
  /* A cell's own groups stand instead of those for all; others' do not count. */
  by_hand.groups = (char *) "1-3, 6-8; other: 2-9; this one: 1-4, 6-9, 11-14";
  by_hand.last = 0;
  PlateauRateOptions own_options = plateau_rate_options_of_cell (&by_hand, "this one");
  g_autoptr (PlateauRate) own = plateau_rate_analyse (cycles, &own_options, NULL);
  g_assert_cmpuint (own->n_groups, ==, 3);
  g_assert_cmpuint (own->groups[2].last_cycle, ==, 14);
  by_hand.groups = (char *) "other: 2-9";
  g_autoptr (PlateauRate) found = plateau_rate_analyse (cycles, &by_hand, NULL);
  g_assert_cmpuint (found->n_groups, ==, 5);
  const char *const wrong[] = { "400-405", "a", "5-2", "1-3, -", "1-3 5" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      by_hand.groups = (char *) wrong[i];
      g_assert_null (plateau_rate_analyse (cycles, &by_hand, &error));
      g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
    }
}

static void
test_table (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  PlateauNormalisation by = { 2e-6, 1e-4, 1e-3, 0.62 };

  add_cycle (&t, 4.0, 3.0, 1e-3);
  recording = simulated_test_end (&t, FALSE);
  cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
  g_autoptr (PlateauTable) table = plateau_cycles_table (cycles, &by);
  g_autoptr (PlateauTable) bare = plateau_cycles_table (cycles, NULL);
#define VALUE(t, key) plateau_table_get_number (t, 0, (guint) plateau_table_find_column (t, key))
  CLOSE (VALUE (table, "charge_capacity_mAh"), 4.0 / 3.6, 1e-9);
  CLOSE (VALUE (table, "discharge_capacity_mAh_g"), 3.0 / 3.6 / 2e-3, 1e-9);
  CLOSE (VALUE (table, "discharge_capacity_mAh_cm2"), 3.0 / 3.6, 1e-9);
  CLOSE (VALUE (table, "coulombic_efficiency_percent"), 75, 1e-9);
  CLOSE (VALUE (table, "mean_discharge_potential_V"), 3.5 + 0.62, 1e-3);
  CLOSE (VALUE (table, "charge_c_rate"), 1, 1e-6);
  g_assert_true (isnan (VALUE (bare, "discharge_capacity_mAh_g")));
  g_assert_true (isnan (VALUE (bare, "charge_c_rate")));
}

/* 60 records a branch: each end is known to 1/60 of it, both together to sqrt (2) / 60 of 75 %. */
static void
test_resolution (void)
{
  double coarse, fine;

  {
    SimulatedTest t = simulated_test_new ();
    add_cycle (&t, 4.0, 3.0, 1e-3);
    g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
    coarse = cycles->cycles[0].coulombic_efficiency_resolution;
    CLOSE (coarse, 0.75 * G_SQRT2 / 60, 1e-6);
    g_autoptr (PlateauTable) table = plateau_cycles_table (cycles, NULL);
    CLOSE (plateau_table_get_number (table, 0,
                                     (guint) plateau_table_find_column (
                                         table, "coulombic_efficiency_resolution_percent")),
           100 * coarse, 1e-9);
  }
  /* A thousand records a branch, but a current that scatters by 0.1 %: 0.14 % in the efficiency
   * and 1/1000 of a branch from its end. */
  for (double size = 1e-6; size < 2; size *= 1e3)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (5);
      SimulatedTest t = simulated_test_new ();
      for (int side = 0; side < 2; side++)
        for (int i = 0; i < 1000; i++)
          {
            double x = 0;
            for (int k = 0; k < 12; k++)
              x += g_rand_double (random);
            double current = (side == 0 ? 1 : -1) * size * (1 + 1e-3 * (x - 6));
            simulated_test_add (&t, 3, side == 0 ? 3 + i * 1e-3 : 4 - i * 1e-3, current,
                                3 * current);
          }
      g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
      g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
      fine = cycles->cycles[0].coulombic_efficiency_resolution;
      g_assert_cmpfloat (fine, >, 0.6 * G_SQRT2 * 2e-3);
      g_assert_cmpfloat (fine, <, 1.4 * G_SQRT2 * 2e-3);
    }
  /* A current written to 0.01 mA. */
  {
    SimulatedTest t = simulated_test_new ();
    for (int side = 0; side < 2; side++)
      for (int i = 0; i < 10000; i++)
        {
          double current = (side == 0 ? 1e-5 : -1e-5) * (100 + (i % 7 == 0 ? 1 + i % 5 : 0));
          simulated_test_add (&t, 1, side == 0 ? 3 + i * 1e-4 : 4 - i * 1e-4, current, current);
        }
    g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
    CLOSE (cycles->cycles[0].coulombic_efficiency_resolution, G_SQRT2 * (0.01 + 1e-4), 0.01);
  }
}

static PlateauCycles *
analyse_with_outliers (PlateauRecording *recording, const char *outliers, GError **error)
{
  g_auto (PlateauCyclesOptions) options = PLATEAU_CYCLES_OPTIONS_INIT;

  options.outliers = g_strdup (outliers);
  options.cell = "this cell";
  return plateau_cycles_analyse (recording, &options, NULL, error);
}

static void
test_outliers_by_hand (void)
{
  SimulatedTest t = simulated_test_new ();
  const char *const wrong[] = { "5-", "a", "8-5", "--5", "1.5", "-" };
  PlateauCyclesSummary summary;
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= 20; i++)
    add_cycle (&t, 3.0, i == 10 ? 1.5 : i == 20 ? 2.97 : 3.0 - 0.001 * i, 1e-3);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  {
    g_autoptr (PlateauCycles) found = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
    g_assert_true (found->cycles[9].outlier);
    g_assert_false (found->cycles[4].outlier);
  }
  g_autoptr (PlateauCycles) cycles = analyse_with_outliers (
      recording, "1, 5; this cell: 17-18 -10 99; other cell: 3-4", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cycles->n_cycles, ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      guint number = cycles->cycles[i].cycle;
      g_assert_cmpint (cycles->cycles[i].outlier, ==,
                       number == 1 || number == 5 || number == 17 || number == 18);
      g_assert_cmpfloat (cycles->cycles[i].discharge_capacity, >, 1.4);
    }
  plateau_cycles_summarise (cycles, recording, NULL, &summary);
  g_assert_cmpuint (summary.retention_reference_cycle, ==, 2);
  CLOSE (summary.retention, 2.97 / 2.998, 1e-9);
  g_autoptr (PlateauRate) rate = plateau_rate_analyse (cycles, NULL, NULL);
  g_assert_cmpuint (rate->groups[0].n, ==, 16);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) reason = NULL;
      g_assert_null (analyse_with_outliers (recording, wrong[i], &reason));
      g_assert_error (reason, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
    }
}

/* No cycles at all, one row, and values that are not numbers. */
static void
test_odd_input (void)
{
  {
    SimulatedTest t = simulated_test_new ();
    simulated_test_rest (&t, 3600, 3.1, 50);
    g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
    PlateauCyclesSummary summary;
    g_assert_cmpuint (cycles->n_cycles, ==, 0);
    g_assert_cmpuint (cycles->n_steps, ==, 1);
    plateau_cycles_summarise (cycles, recording, NULL, &summary);
    g_assert_true (isnan (summary.retention));
  }
  {
    SimulatedTest t = simulated_test_new ();
    simulated_test_add (&t, 1, 3, 1e-3, 1e-3);
    g_autoptr (PlateauRecording) recording = simulated_test_end (&t, TRUE);
    g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_INSTRUMENT);
    g_assert_cmpuint (cycles->n_steps, ==, 2);
  }
  {
    SimulatedTest t = simulated_test_new ();
    for (int i = 0; i < 200; i++)
      simulated_test_add (&t, i % 3, i % 7 ? 3 + 0.01 * (i % 50) : NAN,
                          i % 5 ? 1e-3 * ((i % 50) - 25) : NAN, 1e-3);
    g_autoptr (PlateauRecording) recording = simulated_test_end (&t, TRUE);
    for (int rule = 0; rule < 4; rule++)
      {
        g_autoptr (PlateauCycles) cycles = analyse (recording, (PlateauCycleRule) rule);
        PlateauCyclesSummary summary;
        plateau_cycles_summarise (cycles, recording, NULL, &summary);
        g_autoptr (PlateauTable) table = plateau_cycles_table (cycles, NULL);
        g_assert_cmpuint (plateau_table_get_n_rows (table), ==, cycles->n_cycles);
      }
  }
}

static void
test_many_cycles (void)
{
  SimulatedTest t = simulated_test_new ();
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  PlateauCyclesSummary summary;

  for (int i = 0; i < 20000; i++)
    {
      simulated_test_ramp (&t, 4.0 - 1e-5 * i, 1e-3, 3.0, 4.2, 5);
      simulated_test_ramp (&t, -4.0 + 1e-5 * i, 1e-3, 4.2, 3.0, 5);
    }
  recording = simulated_test_end (&t, FALSE);
  cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
  g_assert_cmpuint (cycles->n_cycles, ==, 20000);
  plateau_cycles_summarise (cycles, recording, NULL, &summary);
  CLOSE (summary.capacity_loss_per_cycle, 1e-5 / 4, 1e-3);
}

/* The slope's 95 % interval covers the truth as often as it should. */
static void
test_decay_coverage (void)
{
  const double truth = 0.5e-3, t95 = 1.985;
  int covered = 0;

  for (guint seed = 1; seed <= 200; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      SimulatedTest t = simulated_test_new ();
      for (int i = 0; i < 97; i++)
        {
          double noise = 0;
          for (int k = 0; k < 12; k++)
            noise += g_rand_double (random) - 0.5;
          double shift = -truth * i + 2e-3 * noise;
          simulated_test_ramp (&t, 4.0, 1e-3, 3.0, 4.2, 6);
          simulated_test_ramp (&t, -4.0, 1e-3, 4.1 + shift, 2.9 + shift, 6);
        }
      g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
      g_autoptr (PlateauCycles) cycles = analyse (recording, PLATEAU_CYCLE_RULE_AUTO);
      PlateauCyclesSummary summary;
      plateau_cycles_summarise (cycles, NULL, NULL, &summary);
      covered += fabs (summary.voltage_decay - truth) <= t95 * summary.voltage_decay_stderr;
    }
  g_assert_cmpint (covered, >=, 180);
  g_assert_cmpint (covered, <=, 196);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cycles/closed-form", test_closed_form);
  g_test_add_func ("/cycles/rules", test_rules);
  g_test_add_func ("/cycles/hold", test_hold);
  g_test_add_func ("/cycles/disturbances", test_disturbances);
  g_test_add_func ("/cycles/summary", test_summary);
  g_test_add_func ("/cycles/table", test_table);
  g_test_add_func ("/cycles/resolution", test_resolution);
  g_test_add_func ("/cycles/outliers-by-hand", test_outliers_by_hand);
  g_test_add_func ("/cycles/odd-input", test_odd_input);
  g_test_add_func ("/cycles/many-cycles", test_many_cycles);
  g_test_add_func ("/cycles/decay-coverage", test_decay_coverage);
  return g_test_run ();
}
