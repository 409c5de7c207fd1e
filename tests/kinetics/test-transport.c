/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../unit/simulated-test.h"
#include "analysis/plateau-circuit.h"
#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-distribution.h"
#include "analysis/plateau-hold.h"
#include "base/plateau-error.h"

#include <complex.h>
#include <string.h>

/* Holds, conductivity, Arrhenius' law and box plots against closed forms. */
#define BOLTZMANN 8.617333262e-5

static void
hold (SimulatedTest *t, double potential, double begin, double end, double tau, double duration)
{
  for (double time = 0; time <= duration; time += duration / 200)
    {
      double current = end + (begin - end) * exp (-time / tau);
      simulated_test_add (t, duration / 200, potential, current, current * duration / 200);
    }
}

static void
test_polarisation (void)
{
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  SimulatedTest t = simulated_test_new ();
  PlateauLine line;
  for (guint i = 1; i <= 5; i++)
    hold (&t, 0.1 * i, 3e-8 * i, 1e-9 * i + 2e-10, 100, 3600);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_autoptr (PlateauHolds) holds = plateau_holds_analyse (recording, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (holds->n_holds, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpfloat_with_epsilon (holds->holds[i].current_end, 1e-9 * (i + 1) + 2e-10, 1e-14);
      g_assert_true (holds->holds[i].steady);
      g_assert_cmpfloat_with_epsilon (holds->holds[i].half_time, 100 * log (2), 8);
    }
  /* The slope, not the offset. */
  g_assert_true (plateau_holds_conductance (holds, &line));
  g_assert_cmpfloat_with_epsilon (line.slope, 1e-8, 1e-13);
  g_autoptr (PlateauTable) table = plateau_holds_table (holds, 0.5);
  g_assert_cmpfloat_with_epsilon (plateau_table_get_number (table, 0, 2), 0.6, 1e-9);
}

static void
test_leakage_and_rest (void)
{
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  SimulatedTest t = simulated_test_new ();
  simulated_test_ramp (&t, 3600, 0.1, 3.5, 4.79, 100);
  hold (&t, 4.8, 0.1, 7e-7, 1500, 108000);
  for (guint i = 1; i <= 400; i++)
    simulated_test_add (&t, 90, 4.7 + 0.05 / sqrt (90.0 * i), 0, 0);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_autoptr (PlateauHolds) holds = plateau_holds_analyse (recording, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (holds->n_holds, ==, 1);
  g_assert_cmpfloat_with_epsilon (holds->holds[0].current_end, 7e-7, 1e-9);
  g_assert_cmpfloat_with_epsilon (holds->holds[0].decay_time, 1500, 15);
  g_assert_cmpuint (holds->n_relaxations, ==, 1);
  g_assert_cmpfloat_with_epsilon (holds->relaxations[0].extrapolated, 4.7, 1e-5);
}

static void
test_no_hold (void)
{
  PlateauHoldOptions options = PLATEAU_HOLD_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  SimulatedTest t = simulated_test_new ();
  simulated_test_ramp (&t, 3600, 1, 3.5, 4.8, 100);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_assert_null (plateau_holds_analyse (recording, &options, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
}

static PlateauSpectrum *
make_spectrum (double resistance, gboolean blocking, double noise, GRand *random)
{
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  double f[61], re[61], im[61];
  for (guint i = 0; i < 61; i++)
    {
      f[i] = 1e6 * pow (10, -(double) i / 10);
      double omega = 2 * G_PI * f[i];
      double complex z = resistance / (1 + I * omega * resistance * 2e-11);
      if (blocking)
        z += 1 / (1e-6 * cpow (I * omega, 0.9));
      re[i] = creal (z) + noise * cabs (z) * (g_rand_double (random) - 0.5);
      im[i] = cimag (z) + noise * cabs (z) * (g_rand_double (random) - 0.5);
    }
  return plateau_spectrum_new ("test", &conditions, f, re, im, NULL, 61);
}

static void
test_intercept (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  static const double resistances[] = { 30, 400, 5e4 };
  for (guint i = 0; i < G_N_ELEMENTS (resistances); i++)
    for (guint blocking = 0; blocking < 2; blocking++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (PlateauSpectrum)
            spectrum = make_spectrum (resistances[i], blocking, 0.004, random);
        PlateauIntercept intercept;
        plateau_conductivity_intercept (spectrum, &intercept, &error);
        g_assert_no_error (error);
        g_assert_cmpint (intercept.blocking, ==, blocking);
        g_assert_cmpfloat_with_epsilon (intercept.resistance / resistances[i], 1, 0.02);
      }
}

/* A bulk and a grain boundary arc before blocking electrodes: the circuit's resistances add up to
 * the same as the intercept, or to the bulk alone. */
static void
test_by_circuit (void)
{
  const double r_bulk = 120, r_boundary = 80;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauCircuit) truth = plateau_circuit_parse ("p(R1,C1)-p(R2,CPE1)-CPE2", &error);
  g_assert_no_error (error);
  double values[8], f[71], re[71], im[71];
  g_assert_cmpuint (truth->n_parameters, ==, 7);
  const struct
  {
    const char *name;
    double value;
  } set[] = { { "R1", r_bulk },   { "C1", 1e-10 },    { "R2", r_boundary }, { "CPE1.Q", 1e-8 },
              { "CPE1.n", 0.95 }, { "CPE2.Q", 1e-5 }, { "CPE2.n", 0.9 } };
  for (guint i = 0; i < G_N_ELEMENTS (set); i++)
    {
      int index = plateau_circuit_find (truth, set[i].name);
      g_assert_cmpint (index, >=, 0);
      values[index] = set[i].value;
    }
  for (guint i = 0; i < 71; i++)
    f[i] = pow (10, 7.5 - 0.1 * i);
  plateau_circuit_impedance (truth, values, f, 71, re, im);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  conditions.temperature = 298.15;
  g_autoptr (PlateauSpectrum)
      spectrum = plateau_spectrum_new ("pellet", &conditions, f, re, im, NULL, 71);
  g_autoptr (GPtrArray) spectra = g_ptr_array_new ();
  g_ptr_array_add (spectra, spectrum);

  const struct
  {
    const char *circuit, *elements;
    double resistance, tolerance;
  } cases[] = { { NULL, NULL, r_bulk + r_boundary, 0.03 },
                { "p(R1,C1)-p(R2,CPE1)-CPE2", NULL, r_bulk + r_boundary, 1e-3 },
                { "p(R1,C1)-p(R2,CPE1)-CPE2", "R1", r_bulk, 1e-3 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
      options.circuit = (char *) cases[i].circuit;
      options.elements = (char *) cases[i].elements;
      PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (&options);
      g_assert_true (plateau_conductivity_builder_add_spectra (builder, "pellet", spectra, NAN,
                                                               1e-3, 1e-4, NULL, NULL, &error));
      g_autoptr (PlateauConductivity)
          result = plateau_conductivity_builder_finish (builder, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (result->points[0].resistance / cases[i].resistance, 1,
                                      cases[i].tolerance);
      g_assert_cmpfloat_with_epsilon (result->points[0].value, 10 / result->points[0].resistance,
                                      1e-9 * result->points[0].value);
    }

  PlateauConductivityOptions wrong = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  wrong.circuit = (char *) "p(R1,C1)-CPE1";
  wrong.elements = (char *) "R7";
  g_autoptr (PlateauConductivityBuilder) unused = plateau_conductivity_builder_new (&wrong);
  g_assert_false (plateau_conductivity_builder_add_spectra (unused, "pellet", spectra, NAN, 1e-3,
                                                            1e-4, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "R7"));
}

/* Points are named by pellet and number, so that those of other samples stay. */
static void
test_leaving_out (void)
{
  g_autofree char *one = plateau_conductivity_toggle_excluded (NULL, "pellet, A", 2);
  g_assert_cmpstr (one, ==, "pellet, A:2");
  g_autofree char *two = plateau_conductivity_toggle_excluded ("B:1", "A", 3);
  g_assert_cmpstr (two, ==, "B:1; A:3");
  g_autofree char *back = plateau_conductivity_toggle_excluded (two, "B", 1);
  g_assert_cmpstr (back, ==, "A:3");
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  options.excluded = back;
  PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (&options);
  for (guint i = 0; i < 4; i++)
    {
      plateau_conductivity_builder_add (builder, "A", 300 + 10 * i, 100 - 10 * i, NAN, 1e-3, 1e-4);
      plateau_conductivity_builder_add (builder, "B", 300 + 10 * i, 100 - 10 * i, NAN, 1e-3, 1e-4);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauConductivity)
      result = plateau_conductivity_builder_finish (builder, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < result->n_points; i++)
    g_assert_cmpint (result->points[i].used, ==, i != 4);
}

/* The error bars are honest: the truth is within two of them in about 19 of 20 sets. */
static void
test_arrhenius (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint inside = 0, tries = 300;
  for (guint k = 0; k < tries; k++)
    {
      double temperature[9], value[9];
      PlateauArrhenius fit;
      g_autoptr (GError) error = NULL;
      for (guint i = 0; i < 9; i++)
        {
          double noise = 0;
          for (guint m = 0; m < 12; m++)
            noise += g_rand_double (random) - 0.5;
          temperature[i] = 273.15 + 20 + 5 * i;
          value[i] = 1e5 / temperature[i]
                     * exp (-0.33 / (BOLTZMANN * temperature[i]) + 0.01 * noise);
        }
      plateau_arrhenius_fit (temperature, value, NULL, NULL, 9, PLATEAU_ARRHENIUS_SIGMA_T, &fit,
                             &error);
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (fit.activation_energy, 0.33, 0.02);
      inside += fabs (fit.activation_energy - 0.33) <= 2 * fit.activation_energy_stderr;
    }
  g_test_message ("within two standard errors: %u of %u", inside, tries);
  g_assert_cmpuint (inside, >=, tries * 85 / 100);
  g_assert_cmpuint (inside, <=, tries * 98 / 100);
}

static void
test_forms (void)
{
  double temperature[] = { 290, 310, 330, 350 }, value[4];
  PlateauArrhenius fit;
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 4; i++)
    value[i] = 10 * exp (-0.4 / (BOLTZMANN * temperature[i]));
  g_assert_true (plateau_arrhenius_fit (temperature, value, NULL, NULL, 4, PLATEAU_ARRHENIUS_SIGMA,
                                        &fit, &error));
  g_assert_cmpfloat_with_epsilon (fit.activation_energy, 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (fit.prefactor, 10, 1e-6);
  g_assert_cmpfloat_with_epsilon (plateau_arrhenius_at (&fit, PLATEAU_ARRHENIUS_SIGMA, 310),
                                  value[1], 1e-12);
  /* A wild weight hardly counts. */
  double errors[] = { 0.01, 0.01, 0.01, 10 };
  value[3] *= 2;
  g_assert_true (plateau_arrhenius_fit (temperature, value, errors, NULL, 4,
                                        PLATEAU_ARRHENIUS_SIGMA, &fit, &error));
  g_assert_cmpfloat_with_epsilon (fit.activation_energy, 0.4, 1e-3);
  /* One temperature is none. */
  g_assert_false (plateau_arrhenius_fit (temperature, value, NULL, NULL, 1, PLATEAU_ARRHENIUS_SIGMA,
                                         &fit, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_MISSING_INPUT);
}

static PlateauConductivity *
three_points (double third_temperature, const char *excluded, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  options.excluded = (char *) excluded;
  PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (&options);
  plateau_conductivity_builder_add (builder, "a", 298.15, 92.3, NAN, 1.45e-3, 7.854e-5);
  plateau_conductivity_builder_add (builder, "b", 318.15, 44, NAN, 1.45e-3, 7.854e-5);
  plateau_conductivity_builder_add (builder, "c", third_temperature, 26.8, NAN, 1.45e-3, 7.854e-5);
  return plateau_conductivity_builder_finish (builder, NULL, error);
}

static void
test_conductivity (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauConductivity) all = three_points (333.15, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (all->points[0].value, 0.2, 1e-4); /* 2 mS/cm */
  g_assert_cmpfloat_with_epsilon (all->fit.activation_energy, 0.33, 0.01);
  g_assert_null (all->warnings[0]);
  /* A temperature is missing: said, and the error of two points is none. */
  g_autoptr (PlateauConductivity) missing = three_points (NAN, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (missing->warnings[0], "temperature"));
  g_assert_nonnull (strstr (missing->warnings[1], "two temperatures"));
  g_assert_true (isnan (missing->fit.activation_energy_stderr));
  g_assert_false (missing->points[2].used);
  g_autoptr (PlateauConductivity) fewer = three_points (333.15, "1", &error);
  g_assert_cmpuint (fewer->fit.n, ==, 2);
  g_assert_null (three_points (333.15, "7", &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
}

static void
test_no_area (void)
{
  g_autoptr (GError) error = NULL;
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (&options);
  plateau_conductivity_builder_add (builder, "a", 298, 92, NAN, 1e-3, NAN);
  g_autoptr (PlateauConductivity)
      result = plateau_conductivity_builder_finish (builder, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (result->points[0].value));
  g_assert_nonnull (strstr (result->warnings[0], "area"));
}

static void
test_box (void)
{
  const double values[] = { 7, 1, 3, NAN, 5, 9, 11, 40 };
  PlateauBox box = plateau_box_of (values, G_N_ELEMENTS (values));
  g_assert_cmpuint (box.n, ==, 7);
  g_assert_cmpfloat (box.median, ==, 7);
  g_assert_cmpfloat (box.lower_quartile, ==, 4);
  g_assert_cmpfloat (box.upper_quartile, ==, 10);
  g_assert_cmpfloat (box.upper_whisker, ==, 11);
  g_assert_cmpfloat (box.lower_whisker, ==, 1);
  g_assert_true (plateau_box_is_outlier (&box, 40));
  g_assert_false (plateau_box_is_outlier (&box, 11));
  PlateauBox none = plateau_box_of (values, 0);
  g_assert_true (isnan (none.median));
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  gsize n;
  g_autofree double *numbers = plateau_distribution_parse ("1.5\t2\n-3e-1; 4,5", &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpfloat (numbers[2], ==, -0.3);
  g_assert_null (plateau_distribution_parse ("1 two", &n, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
}

/* An electrode that lets a little through bends the tail into an arc wider than the data: the
 * resistance is where the arc begins, not where a half of the frequencies ends. */
static void
test_wide_arc (void)
{
  double frequency[61], re[61], im[61];
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  for (guint i = 0; i < 61; i++)
    {
      double w = 2 * G_PI * pow (10, 6 - i / 10.0), q = 1e-6 * pow (w, 0.8);
      double a = 1e-5 + q * cos (0.4 * G_PI), b = q * sin (0.4 * G_PI);
      frequency[i] = w / (2 * G_PI);
      re[i] = 200 + a / (a * a + b * b);
      im[i] = -b / (a * a + b * b);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauSpectrum) spectrum = plateau_spectrum_new (
      "pellet", &conditions, frequency, re, im, NULL, 61);
  PlateauIntercept intercept;
  plateau_conductivity_intercept (spectrum, &intercept, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (intercept.resistance, 200, 10);
}

static void
test_paste_groups (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) columns = plateau_distribution_parse_groups (
      "OCV\t4.3 V\n12.1\t30\n12.9\t\n13.4\t34\n", "Values", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (columns->len, ==, 2);
  const PlateauValueGroup *second = columns->pdata[1];
  g_assert_cmpstr (second->name, ==, "4.3 V");
  g_assert_cmpuint (second->values->len, ==, 2);
  g_assert_cmpfloat (g_array_index (second->values, double, 1), ==, 34);
  g_autoptr (GPtrArray) lines = plateau_distribution_parse_groups (
      "A: 1 2 3\r\nB: 4, 5", "Values", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpuint (((PlateauValueGroup *) lines->pdata[0])->values->len, ==, 3);
  g_autoptr (GPtrArray) alone = plateau_distribution_parse_groups ("1\n2\n3", "Values", &error);
  g_assert_cmpuint (alone->len, ==, 1);
  g_assert_cmpuint (((PlateauValueGroup *) alone->pdata[0])->values->len, ==, 3);
  g_assert_null (plateau_distribution_parse_groups ("A\tB\n1\tx\n", "Values", &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line 2"));
  g_clear_error (&error);
  g_assert_null (plateau_distribution_parse_groups ("A\tB\n1\t2\t3\n", "Values", &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (plateau_distribution_parse_groups ("\n", "Values", &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hold/polarisation", test_polarisation);
  g_test_add_func ("/hold/leakage-and-rest", test_leakage_and_rest);
  g_test_add_func ("/hold/none", test_no_hold);
  g_test_add_func ("/conductivity/intercept", test_intercept);
  g_test_add_func ("/conductivity/wide-arc", test_wide_arc);
  g_test_add_func ("/conductivity/by-circuit", test_by_circuit);
  g_test_add_func ("/conductivity/leaving-out", test_leaving_out);
  g_test_add_func ("/conductivity/arrhenius", test_arrhenius);
  g_test_add_func ("/conductivity/forms", test_forms);
  g_test_add_func ("/conductivity/points", test_conductivity);
  g_test_add_func ("/conductivity/no-area", test_no_area);
  g_test_add_func ("/distribution/box", test_box);
  g_test_add_func ("/distribution/parse", test_parse);
  g_test_add_func ("/distribution/paste-groups", test_paste_groups);
  return g_test_run ();
}
