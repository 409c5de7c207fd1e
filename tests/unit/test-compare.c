/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-compare.h"
#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "simulated-test.h"

#include <glib.h>
#include <string.h>

#define CLOSE(a, b, absolute) g_assert_cmpfloat_with_epsilon ((a), (b), (absolute))

/* A cell of 2 mg on 0.785 cm2 that is cycled @cycles times at @rate (of 200 mAh/g) from @capacity
 * mAh/g down to @retention of it. */
static PlateauCell *
make_cell (PlateauSample *sample, const char *name, double capacity, double first_efficiency,
           double retention, guint cycles, double rate, double upper)
{
  const double mass = 2e-6;
  double one_c = plateau_to_si (200, "mAh/g") * mass / 3600;
  PlateauCell *cell = plateau_cell_new (name);
  SimulatedTest t = simulated_test_new ();

  for (guint i = 0; i < cycles; i++)
    {
      double q = plateau_to_si (capacity, "mAh/g") * mass
                 * (1 - (1 - retention) * i / MAX (cycles - 1.0, 1));
      simulated_test_ramp (&t, i == 0 ? q / first_efficiency : q, rate * one_c, 2.4, upper - 0.62,
                           40);
      simulated_test_ramp (&t, -q, rate * one_c, upper - 0.7, 2.0, 40);
    }
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_autoptr (PlateauMeasurement)
      m = plateau_measurement_new (plateau_source_new (NULL, name, 1, 0));
  plateau_measurement_set_recording (m, recording);
  plateau_measurement_set_kinds (m, PLATEAU_KIND_CYCLING);
  plateau_cell_add_measurement (cell, m);
  g_object_set (cell, "sample", sample, "active-mass", mass, "area", 0.785e-4, "reference-offset",
                0.62, "temperature", 298.15, NULL);
  return cell;
}

static PlateauSample *
make_sample (PlateauProject *project, const char *name, PlateauRole role)
{
  PlateauSample *sample = plateau_sample_new (name);

  g_object_set (sample, "family", "LRMO", "role", role, "specific-current-1c", 200.0, NULL);
  plateau_project_add_sample (project, sample);
  return sample;
}

static void
add_cell (PlateauProject *project, PlateauCell *cell)
{
  plateau_project_add_cell (project, cell);
  g_object_unref (cell);
}

static const PlateauCompareEntry *
find_entry (PlateauCompare *compare, const char *metric, double cycles)
{
  for (guint i = 0; i < compare->n_entries; i++)
    if (strcmp (compare->entries[i].metric->id, metric) == 0
        && (isnan (cycles) || compare->entries[i].conditions.cycles == cycles))
      return &compare->entries[i];
  g_assert_not_reached ();
}

static void
test_study (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauSample) bare = make_sample (project, "B-LRMO", PLATEAU_ROLE_PRISTINE);
  g_autoptr (PlateauSample) coated = make_sample (project, "C-LRMO", PLATEAU_ROLE_MODIFIED);
  g_autoptr (PlateauSample) single = make_sample (project, "D-LRMO", PLATEAU_ROLE_MODIFIED);
  g_autoptr (GError) error = NULL;

  for (int i = -1; i <= 1; i++)
    {
      add_cell (project, make_cell (bare, "b", 190 + i, 0.75, 0.60, 60, 0.3, 4.6));
      add_cell (project, make_cell (coated, "c", 220 + 2 * i, 0.83, 0.80, 100, 0.3, 4.6));
    }
  add_cell (project, make_cell (single, "d", 200, 0.8, 0.7, 60, 0.3, 4.6));
  /* Another window and another rate: not beside the others. */
  add_cell (project, make_cell (single, "d2", 240, 0.8, 0.7, 60, 0.3, 4.8));
  PlateauCell *out = make_cell (bare, "broken", 20, 0.2, 0.1, 60, 0.3, 4.6);
  g_object_set (out, "excluded", TRUE, "exclusion-reason", "short circuit", NULL);
  add_cell (project, out);

  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  g_autoptr (PlateauCompare) compare = plateau_compare_analyse (study, NULL, &error);
  g_assert_no_error (error);

  const PlateauCompareEntry *first = find_entry (compare, "initial_discharge_capacity", NAN);
  g_assert_cmpuint (first->n_samples, ==, 3);
  g_assert_true (first->samples[0].is_base);
  g_assert_cmpuint (first->samples[0].n, ==, 3);
  CLOSE (first->samples[0].mean, 190, 1e-6);
  CLOSE (first->samples[0].sd, 1, 1e-6);
  CLOSE (first->samples[1].mean, 220, 1e-6);
  CLOSE (first->samples[1].to_base.value, 30, 1e-6);
  CLOSE (first->samples[1].to_base.percent, 100 * 30.0 / 190, 1e-6);
  /* t = 30 / sqrt (1/3 + 4/3) = 23.24 with 2.94 degrees of freedom. */
  CLOSE (first->samples[1].to_base.p_value, 2.0e-4, 0.5e-4);
  g_assert_cmpuint (first->samples[2].n, ==, 1);
  g_assert_true (isnan (first->samples[2].to_base.p_value));
  g_assert_cmpstr (first->samples[2].note, ==, "n = 1: no test");
  CLOSE (first->conditions.c_rate, 0.3, 1e-3);
  CLOSE (first->conditions.window_low, 2.62, 1e-3);
  CLOSE (first->conditions.window_high, 4.6, 1e-3);

  /* After 60 cycles both can be compared, after 100 only one was measured. */
  const PlateauCompareEntry *at60 = find_entry (compare, "capacity_retention", 60);
  g_assert_cmpuint (at60->n_samples, ==, 3);
  CLOSE (at60->samples[0].mean, 60, 1e-6);
  CLOSE (at60->samples[1].mean, 100 * (1 - 0.2 * 59 / 99), 1e-6);
  const PlateauCompareEntry *at100 = find_entry (compare, "capacity_retention", 100);
  g_assert_cmpuint (at100->n_samples, ==, 1);
  g_assert_true (isnan (at100->samples[0].to_base.value));
  g_assert_nonnull (strstr (at100->samples[0].note, "number of cycles"));
  CLOSE (find_entry (compare, "initial_coulombic_efficiency", NAN)->samples[0].mean, 75, 1e-6);

  /* The smallest first charge among cells up to 4.6 V is that of d, 200 / 0.8 = 250 mAh/g. At half
   * of it the ramps from 3.02 to 4.6 V of b stand at 125 / (q / 0.75) of their way, in rows of
   * 1/40 of it between which the potential is linear. */
  const PlateauCompareEntry *half = find_entry (compare, "charge_potential_at_half_charge", NAN);
  double bare_mean = 0;
  for (int i = -1; i <= 1; i++)
    bare_mean += (3.02 + 1.58 * 125 / ((190 + i) / 0.75)) / 3;
  g_assert_cmpuint (half->n_samples, ==, 3);
  CLOSE (half->samples[0].mean, bare_mean, 2e-3);
  CLOSE (half->samples[2].mean, 3.02 + 1.58 * 0.5, 2e-3);
  CLOSE (half->samples[2].to_base.value, half->samples[2].mean - half->samples[0].mean, 1e-9);

  g_autofree char *sentence = plateau_compare_sentence (first, 1, -1);
  g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, "C-LRMO: 220.0 ± 2.0 mAh g⁻¹ (n = 3)"));
  g_assert_nonnull (strstr (sentence, "190.0 ± 1.0"));
  g_assert_nonnull (strstr (sentence, "0.3C, 2.6–4.6 V"));
  g_assert_nonnull (strstr (sentence, "p < 0.001"));
  g_autoptr (PlateauTable) table = plateau_compare_table (compare);
  g_assert_cmpuint (plateau_table_get_n_rows (table), >, compare->n_entries);
}

/* Cells of one sample and their counterparts, each with something else: said, not averaged away. */
static void
test_conditions (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauSample) bare = make_sample (project, "B", PLATEAU_ROLE_PRISTINE);
  g_autoptr (PlateauSample) fast = make_sample (project, "fast", PLATEAU_ROLE_MODIFIED);
  g_autoptr (PlateauSample) high = make_sample (project, "high", PLATEAU_ROLE_MODIFIED);
  g_autoptr (PlateauSample) cold = make_sample (project, "cold", PLATEAU_ROLE_MODIFIED);
  g_autoptr (PlateauSample) thick = make_sample (project, "thick", PLATEAU_ROLE_MODIFIED);
  g_autoptr (GError) error = NULL;
  const char *const reasons[][2] = { { "fast", "rate" },
                                     { "high", "upper potential" },
                                     { "cold", "temperature" },
                                     { "thick", "loading" } };

  for (int i = 0; i < 2; i++)
    {
      add_cell (project, make_cell (bare, "b", 190 + i, 0.75, 0.8, 20, 0.2, 4.6));
      add_cell (project, make_cell (fast, "f", 150 + i, 0.75, 0.8, 20, 1.0, 4.6));
      add_cell (project, make_cell (high, "h", 230 + i, 0.75, 0.8, 20, 0.2, 4.8));
      PlateauCell *c = make_cell (cold, "c", 120 + i, 0.75, 0.8, 20, 0.2, 4.6);
      g_object_set (c, "temperature", 253.15, NULL);
      add_cell (project, c);
      PlateauCell *t = make_cell (thick, "t", 180 + i, 0.75, 0.8, 20, 0.2, 4.6);
      g_object_set (t, "area", 0.785e-4 / 3, NULL);
      add_cell (project, t);
    }
  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  g_autoptr (PlateauCompare) compare = plateau_compare_analyse (study, NULL, &error);
  g_assert_no_error (error);
  for (guint r = 0; r < G_N_ELEMENTS (reasons); r++)
    {
      guint seen = 0;

      for (guint i = 0; i < compare->n_entries; i++)
        for (guint s = 0; s < compare->entries[i].n_samples; s++)
          {
            const PlateauCompareSample *sample = &compare->entries[i].samples[s];

            if (strcmp (sample->sample->name, reasons[r][0]) != 0
                || strcmp (compare->entries[i].metric->id, "initial_discharge_capacity") != 0)
              continue;
            seen++;
            g_assert_cmpuint (compare->entries[i].n_samples, ==, 1);
            g_assert_cmpuint (sample->n, ==, 2);
            g_assert_true (isnan (sample->to_base.value));
            g_test_message ("%s: %s", reasons[r][0], sample->note);
            g_assert_nonnull (sample->note);
            g_assert_nonnull (strstr (sample->note, reasons[r][1]));
          }
      g_assert_cmpuint (seen, ==, 1);
    }
  /* The table says it too. */
  g_autoptr (PlateauTable) table = plateau_compare_table (compare);
  g_autofree char *text = plateau_table_to_separated (table, ',', TRUE);
  g_assert_nonnull (strstr (text, "B was measured with another rate"));
}

static void
set_electrolyte (PlateauProject *project, PlateauSample *sample, const char *electrolyte,
                 double capacity)
{
  for (int i = 0; i < 2; i++)
    {
      PlateauCell *cell = make_cell (sample, "e", capacity + i, 0.75, 0.8, 20, 0.2, 4.6);
      g_object_set (cell, "electrolyte", electrolyte, NULL);
      add_cell (project, cell);
    }
}

/* A sample that was measured in two electrolytes is two rows; one of which every cell has another
 * electrolyte than the pristine one is a variant, compared with a note. */
static void
test_electrolytes (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauSample) bare = make_sample (project, "P", PLATEAU_ROLE_PRISTINE);
  g_autoptr (PlateauSample) both = make_sample (project, "both", PLATEAU_ROLE_MODIFIED);
  g_autoptr (PlateauSample) variant = make_sample (project, "variant", PLATEAU_ROLE_MODIFIED);
  g_autoptr (GError) error = NULL;
  guint rows_of_both = 0, rows_of_variant = 0;

  set_electrolyte (project, bare, "Li6PS5Cl", 100);
  set_electrolyte (project, both, "li6ps5cl ", 120);
  set_electrolyte (project, both, "Li10GeP2S12", 60);
  set_electrolyte (project, variant, "Li3PS4", 140);
  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  g_autoptr (PlateauCompare) compare = plateau_compare_analyse (study, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < compare->n_entries; i++)
    {
      const PlateauCompareEntry *entry = &compare->entries[i];
      g_autofree char *conditions = plateau_compare_conditions_text (entry);

      if (strcmp (entry->metric->id, "initial_discharge_capacity") != 0)
        continue;
      g_test_message ("%s", conditions);
      for (guint s = 0; s < entry->n_samples; s++)
        {
          const PlateauCompareSample *sample = &entry->samples[s];

          g_assert_cmpuint (sample->n, ==, 2);
          if (sample->sample->id == plateau_sample_get_id (both))
            {
              gboolean with_base = entry->n_samples > 1;

              rows_of_both++;
              CLOSE (sample->mean, with_base ? 120.5 : 60.5, 1e-6);
              g_assert_true (isnan (sample->to_base.value) == !with_base);
              if (!with_base)
                g_assert_nonnull (strstr (sample->note, "electrolyte"));
              g_assert_nonnull (strstr (conditions, with_base ? "Li6PS5Cl" : "Li10GeP2S12"));
            }
          if (sample->sample->id == plateau_sample_get_id (variant))
            {
              rows_of_variant++;
              CLOSE (sample->to_base.value, 40, 1e-6);
              g_assert_nonnull (strstr (sample->note, "Li3PS4"));
              g_assert_nonnull (strstr (sample->note, "Li6PS5Cl"));
            }
        }
    }
  g_assert_cmpuint (rows_of_both, ==, 2);
  g_assert_cmpuint (rows_of_variant, ==, 1);
}

/* Welch's interval by hand: 1, 2, 3 against 11, 12, 16 has a standard error of
 * sqrt (1/3 + 7/3) = 1.633 and 2.545 degrees of freedom, t(0.975) = 3.5294. */
static void
test_difference (void)
{
  double low[] = { 1, 2, 3 }, high[] = { 11, 12, 16 };
  PlateauCompareSample a = { .n = 3, .values = low, .mean = 2, .sd = 1 };
  PlateauCompareSample b = { .n = 3, .values = high, .mean = 13, .sd = sqrt (7) };
  PlateauCompareDifference difference;

  plateau_compare_difference (&b, &a, &difference);
  CLOSE (difference.value, 11, 1e-12);
  CLOSE (difference.percent, 550, 1e-9);
  CLOSE (0.5 * (difference.low + difference.high), 11, 1e-9);
  CLOSE (difference.high - difference.low, 2 * 1.632993 * 3.5294, 0.05);
  g_assert_cmpfloat (difference.p_value, <, 0.05);
  g_assert_cmpfloat (difference.low, >, 0);
  plateau_compare_difference (&a, &b, &difference);
  CLOSE (difference.value, -11, 1e-12);
  CLOSE (difference.percent, -1100 / 13.0, 1e-9);
  /* The interval ends at 0 just where p is 5 %. */
  b.mean = 2 + (difference.high - difference.low) / 2;
  plateau_compare_difference (&b, &a, &difference);
  CLOSE (difference.low, 0, 1e-9);
  CLOSE (difference.p_value, 0.05, 1e-9);
  a.n = 1;
  a.sd = NAN;
  plateau_compare_difference (&b, &a, &difference);
  g_assert_true (isnan (difference.p_value) && isnan (difference.low));
  g_assert_true (isfinite (difference.value));
}

static void
test_nothing (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  g_autoptr (GError) error = NULL;

  g_assert_null (plateau_compare_analyse (study, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
  guint n;
  const PlateauMetric *metrics = plateau_metric_list (&n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (plateau_metric_find (metrics[i].id) == &metrics[i]);
      g_assert_nonnull (plateau_unit_find (metrics[i].unit));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/study", test_study);
  g_test_add_func ("/compare/conditions", test_conditions);
  g_test_add_func ("/compare/electrolytes", test_electrolytes);
  g_test_add_func ("/compare/difference", test_difference);
  g_test_add_func ("/compare/nothing", test_nothing);
  return g_test_run ();
}
