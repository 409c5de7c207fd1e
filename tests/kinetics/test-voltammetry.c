/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/simulated-test.h"
#include "analysis/plateau-scan-rates.h"
#include "base/plateau-error.h"

#include <string.h>

/* Voltammograms of a reversible couple at a thin layer (Bard and Faulkner, equation 11.7.18) on a
 * sloping background: peak at E0, shifted by what the resistance takes. */
#define THERMAL 0.025693 /* V at 298.15 K */
#define STEP 0.001

static double
thin_layer (double e, double centre, double height)
{
  double x = exp ((e - centre) / THERMAL);
  return 4 * height * x / ((1 + x) * (1 + x));
}

static void
sweep (SimulatedTest *t, double from, double to, double rate, double centre, double height,
       double noise, GRand *random)
{
  double sign = to > from ? 1 : -1;
  guint n = (guint) lround (fabs (to - from) / STEP);
  for (guint i = 1; i <= n; i++)
    {
      double e = from + sign * i * STEP;
      double current = sign * (thin_layer (e, centre, height) + 2e-5 + 1e-5 * (e - from) * sign);
      current += noise * (g_rand_double (random) - 0.5);
      simulated_test_add (t, STEP / rate, e, current, current * STEP / rate);
    }
}

static PlateauRecording *
simulate (const double *rates, guint n, double exponent, double noise)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  SimulatedTest t = simulated_test_new ();
  t.potential->len = t.time->len = t.current->len = t.charge->len = t.cycle->len = 0;
  for (guint i = 0; i < n; i++)
    {
      double height = 1e-3 * pow (rates[i] / rates[0], exponent);
      sweep (&t, 3.4, 4.2, rates[i], 3.93, height, noise * height, random);
      sweep (&t, 4.2, 3.4, rates[i], 3.87, height, noise * height, random);
    }
  return simulated_test_end (&t, FALSE);
}

static void
test_peaks (void)
{
  const double rates[] = { 1e-4, 1e-4, 1e-4 };
  g_autoptr (GError) error = NULL;
  for (guint noisy = 0; noisy < 2; noisy++)
    {
      PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
      g_autoptr (PlateauRecording) recording = simulate (rates, 3, 1, noisy ? 0.01 : 0);
      g_autoptr (PlateauVoltammetry)
          cv = plateau_voltammetry_analyse (recording, &options, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (cv->n_cycles, ==, 3);
      g_assert_cmpuint (cv->n_sweeps, ==, 6);
      for (guint i = 0; i < 3; i++)
        {
          const PlateauVoltammetryCycle *cycle = &cv->cycles[i];
          g_assert_cmpfloat_with_epsilon (cycle->scan_rate, 1e-4, 1e-8);
          g_assert_cmpfloat_with_epsilon (cycle->anodic.potential, 3.93, 1e-3);
          g_assert_cmpfloat_with_epsilon (cycle->cathodic.potential, 3.87, 1e-3);
          g_assert_cmpfloat_with_epsilon (cycle->separation, 0.06, 1.5e-3);
          g_assert_cmpfloat_with_epsilon (cycle->anodic.height, 1e-3, 2.5e-5);
          g_assert_cmpfloat_with_epsilon (cycle->cathodic.height, -1e-3, 2.5e-5);
        }
    }
}

/* i R moves the peaks together by twice the drop. */
static void
test_resistance (void)
{
  const double rates[] = { 1e-4 };
  g_autoptr (GError) error = NULL;
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording = simulate (rates, 1, 1, 0);
  options.resistance = 10;
  g_autoptr (PlateauVoltammetry)
      cv = plateau_voltammetry_analyse (recording, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (cv->cycles[0].anodic.potential,
                                  3.93 - 10 * cv->cycles[0].anodic.current, 1e-3);
  g_assert_cmpfloat_with_epsilon (cv->cycles[0].separation, 0.06 - 20 * 1.025e-3, 2e-3);
}

static void
test_given_baseline (void)
{
  const double rates[] = { 1e-4 };
  g_autoptr (GError) error = NULL;
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording = simulate (rates, 1, 1, 0);
  options.baseline_low = 3.45;
  options.baseline_high = 3.6;
  g_autoptr (PlateauVoltammetry)
      cv = plateau_voltammetry_analyse (recording, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (cv->cycles[0].anodic.height, 1e-3, 5e-6);
  g_assert_cmpfloat_with_epsilon (cv->cycles[0].anodic.baseline_low, 3.45, 1e-9);
}

static void
test_scan_rates (void)
{
  const double rates[] = { 1e-4, 2e-4, 5e-4, 1e-3 };
  g_autoptr (GError) error = NULL;
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording = simulate (rates, 4, 0.5, 0);
  g_autoptr (PlateauVoltammetry)
      cv = plateau_voltammetry_analyse (recording, &options, NULL, &error);
  double found[4], heights[4];
  PlateauLine line;
  g_assert_no_error (error);
  g_assert_cmpuint (cv->n_cycles, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      found[i] = cv->cycles[i].scan_rate;
      heights[i] = cv->cycles[i].anodic.height;
      g_assert_cmpfloat_with_epsilon (found[i] / rates[i], 1, 1e-3);
    }
  g_assert_true (plateau_voltammetry_b_value (found, heights, 4, &line));
  g_assert_cmpfloat_with_epsilon (line.slope, 0.5, 0.01);
  g_assert_false (plateau_voltammetry_b_value (found, heights, 1, &line));
}

static void
test_split_and_randles_sevcik (void)
{
  const double rates[] = { 1e-4, 2e-4, 5e-4, 1e-3 };
  double currents[4], surface, diffusion, r2;
  for (guint i = 0; i < 4; i++)
    currents[i] = 0.3 * rates[i] + 0.02 * sqrt (rates[i]);
  g_assert_true (plateau_voltammetry_split (rates, currents, 4, &surface, &diffusion, &r2));
  g_assert_cmpfloat_with_epsilon (surface, 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (diffusion, 0.02, 1e-9);
  /* 2.69e5 n^1.5 S D^0.5 C in A, cm2, cm2/s, mol/cm3 at 25 C */
  double slope = 2.6865e5 * 1.0 * sqrt (1e-10) * 0.05;
  g_assert_cmpfloat_with_epsilon (
      plateau_voltammetry_randles_sevcik (slope, 1, 1e-4, 0.05e6, 298.15) / 1e-14, 1, 2e-3);
}

static void
test_wrong_input (void)
{
  g_autoptr (GError) error = NULL;
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  SimulatedTest t = simulated_test_new ();
  simulated_test_rest (&t, 100, 3, 10);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_assert_null (plateau_voltammetry_analyse (recording, &options, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
}

/* i = k1 v + k2 sqrt (v) at every potential gives its shares, and a current that grows with the
 * root the diffusion coefficient that it was made with. */
static void
test_surface_share (void)
{
  const double rates[] = { 1e-4, 2e-4, 5e-4, 1e-3 };
  const double area = 7.854e-5, concentration = 5e4, diffusion = 1e-15; /* SI */
  double root = 0.4463 * 96485.33212 * area * concentration
                * sqrt (96485.33212 * diffusion / (8.314462618 * 298.15));
  for (guint with_surface = 0; with_surface < 2; with_surface++)
    {
      double k1 = with_surface ? 40 * root : 0;
      g_autoptr (GError) error = NULL;
      SimulatedTest t = simulated_test_new ();
      t.potential->len = t.time->len = t.current->len = t.charge->len = t.cycle->len = 0;
      for (guint r = 0; r < G_N_ELEMENTS (rates); r++)
        for (int sign = 1; sign >= -1; sign -= 2)
          for (guint i = 1; i <= 800; i++)
            {
              double e = 3.8 + sign * (-0.4 + i * STEP);
              double shape = thin_layer (e, 3.8, 1);
              double current = sign * shape * (k1 * rates[r] + root * sqrt (rates[r]));
              simulated_test_add (&t, STEP / rates[r], e, current, current * STEP / rates[r]);
            }
      g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
      PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
      PlateauScanRatesOptions scan = PLATEAU_SCAN_RATES_OPTIONS_INIT;
      scan.concentration = concentration;
      g_autoptr (PlateauVoltammetry)
          cv = plateau_voltammetry_analyse (recording, &options, NULL, &error);
      g_assert_no_error (error);
      g_autoptr (PlateauScanRates)
          result = plateau_scan_rates_analyse (&recording, &cv, 1, area, 298.15, &scan, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result->n_rates, ==, 4);
      for (guint branch = 0; branch < 2; branch++)
        {
          for (guint r = 0; r < 4; r++)
            {
              double surface = k1 * rates[r], whole = surface + root * sqrt (rates[r]);
              g_assert_cmpfloat_with_epsilon (result->rate[r], rates[r], 1e-3 * rates[r]);
              g_assert_cmpfloat_with_epsilon (result->share[branch][r], surface / whole, 0.01);
            }
          /* k2 sqrt (v) and k1 v add up to the current at each potential. */
          for (guint i = 0; i < result->n_grid; i++)
            {
              double shape = thin_layer (result->potential[i], 3.8, 1) * (branch == 0 ? 1 : -1);
              g_assert_cmpfloat_with_epsilon (result->diffusive[branch][i], root * shape,
                                              0.01 * root);
              g_assert_cmpfloat_with_epsilon (result->surface[branch][i], k1 * shape,
                                              0.01 * 40 * root);
            }
          if (!with_surface)
            {
              g_assert_cmpfloat_with_epsilon (result->diffusion[branch] / diffusion, 1, 0.02);
              g_assert_cmpfloat_with_epsilon (result->b[branch].slope, 0.5, 0.01);
            }
        }
      g_assert_null (plateau_scan_rates_analyse (&recording, &cv, 0, area, 298.15, &scan, &error));
      g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voltammetry/peaks", test_peaks);
  g_test_add_func ("/voltammetry/resistance", test_resistance);
  g_test_add_func ("/voltammetry/given-baseline", test_given_baseline);
  g_test_add_func ("/voltammetry/scan-rates", test_scan_rates);
  g_test_add_func ("/voltammetry/split-and-randles-sevcik", test_split_and_randles_sevcik);
  g_test_add_func ("/voltammetry/surface-share", test_surface_share);
  g_test_add_func ("/voltammetry/wrong-input", test_wrong_input);
  return g_test_run ();
}
