/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit.h"
#include "analysis/plateau-kk.h"

#include <math.h>

/* A Randles cell; @drift scales every point after the tenth decade step, @bad spoils points. */
static PlateauSpectrum *
simulate (double drift, guint n_bad)
{
  const double values[] = { 12, 40, 2e-6, 0.9, 120, 4e-4, 0.85 };
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse ("R0-p(R1,CPE1)-p(R2,CPE2)", NULL);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  double f[71], re[71], im[71];

  for (int i = 0; i < 71; i++)
    f[i] = 1e6 * pow (10, -i / 10.0);
  plateau_circuit_impedance (circuit, values, f, 71, re, im);
  for (int i = 0; i < 71; i++)
    {
      /* the cell changes while it is measured: slow points see more of it */
      double scale = 1 + drift / f[i];

      re[i] *= scale;
      im[i] *= scale;
    }
  for (guint k = 0; k < n_bad; k++)
    im[30 + 4 * k] *= 1.2;
  return plateau_spectrum_new ("simulated", &conditions, f, re, im, NULL, 71);
}

static void
test_sound (void)
{
  g_autoptr (PlateauSpectrum) spectrum = simulate (0, 0);
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;

  for (int method = 0; method < 2; method++)
    for (int fit = 0; fit < 3; fit++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (PlateauKk) kk = NULL;

        options.method = method;
        options.fit = fit;
        options.elements = 20;
        options.limit = method == PLATEAU_KK_Z_HIT ? 0.02 : 0.01;
        kk = plateau_kk_analyse (spectrum, &options, NULL, &error);
        g_assert_no_error (error);
        g_test_message ("%s: %s", method == 0 ? "Lin-KK" : "Z-HIT", kk->sentence);
        g_assert_cmpint (kk->verdict, ==, PLATEAU_KK_SOUND);
      }
}

static void
test_mask (void)
{
  g_autoptr (PlateauSpectrum) spectrum = simulate (0, 3);
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
  g_autoptr (PlateauKk) kk = NULL;

  options.elements = 20;
  options.limit = 0.02;
  kk = plateau_kk_analyse (spectrum, &options, NULL, NULL);
  g_test_message ("%s", kk->sentence);
  g_assert_cmpint (kk->verdict, ==, PLATEAU_KK_MASK);
  g_assert_cmpuint (kk->n_failing, >=, 3);
  g_assert_cmpuint (kk->n_failing_after_mask, ==, 0);
  for (int k = 0; k < 3; k++)
    g_assert_true (kk->failing[30 + 4 * k]);
}

static void
test_drift (void)
{
  g_autoptr (PlateauSpectrum) spectrum = simulate (0.05, 0);
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
  g_autoptr (PlateauKk) kk = NULL;

  options.method = PLATEAU_KK_Z_HIT;
  options.limit = 0.02;
  kk = plateau_kk_analyse (spectrum, &options, NULL, NULL);
  g_test_message ("%s", kk->sentence);
  g_assert_cmpint (kk->verdict, !=, PLATEAU_KK_SOUND);
  g_assert_true (kk->failing[kk->n - 1]);
  g_assert_false (kk->failing[10]);
}

/* mu falls with the order, chi-square falls, and the chosen order is the first below the limit. */
static void
test_orders (void)
{
  g_autoptr (PlateauSpectrum) spectrum = simulate (0, 0);
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
  g_autoptr (PlateauKk) kk = plateau_kk_analyse (spectrum, &options, NULL, NULL);

  g_assert_cmpuint (kk->n_orders, ==, 50);
  for (guint m = 1; m < kk->elements; m++)
    g_assert_cmpfloat (kk->order_mu[m - 1], >, options.mu_limit);
  g_assert_cmpfloat (kk->order_chi2[20], <, kk->order_chi2[5]);
}

/* @noise: relative, of each part, by a fixed sequence. */
static PlateauSpectrum *
simulate_circuit (const char *text, const double *values, double noise)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (text, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  double f[71], re[71], im[71];

  for (int i = 0; i < 71; i++)
    f[i] = 1e5 * pow (10, -i / 10.0);
  plateau_circuit_impedance (circuit, values, f, 71, re, im);
  for (int i = 0; i < 71; i++)
    {
      double modulus = hypot (re[i], im[i]);

      re[i] += noise * modulus * g_rand_double_range (random, -1, 1);
      im[i] += noise * modulus * g_rand_double_range (random, -1, 1);
    }
  return plateau_spectrum_new (text, &conditions, f, re, im, NULL, 71);
}

/* What obeys the relations is sound even where mu stops at too few elements; noise above the limit
 * is not. */
static void
test_verdict (void)
{
  static const struct
  {
    const char *circuit;
    double values[8];
    double noise;
    gboolean sound;
  } cases[] = {
    { "R0-p(R1,C1)-p(R2,C2)", { 10, 50, 2e-5, 100, 1e-3 }, 0, TRUE },
    { "R0-G1", { 10, 100, 0.1 }, 0, TRUE },
    { "R0-p(R1,CPE1)-Ws1", { 10, 50, 1e-4, 0.9, 80, 5 }, 0, TRUE },
    { "R0-p(R1,CPE1)-CPE2", { 10, 50, 1e-4, 0.9, 1e-2, 0.95 }, 0, TRUE },
    { "R0-p(R1,C1)-C2", { 10, 50, 2e-5, 1e-3 }, 0, TRUE },
    { "R0-p(R1,CPE1)-W1", { 10, 50, 1e-4, 0.9, 10 }, 0.003, TRUE },
    { "R0-p(R1,CPE1)", { 10, 50, 1e-4, 0.9 }, 0.05, FALSE },
    { "R0-p(R1,C1)-p(R2,C2)", { 10, 50, 2e-5, 100, 1e-3 }, 0.05, FALSE },
  };
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PlateauSpectrum)
          spectrum = simulate_circuit (cases[i].circuit, cases[i].values, cases[i].noise);
      g_autoptr (PlateauKk) kk = plateau_kk_analyse (spectrum, &options, NULL, NULL);

      g_test_message ("%s, noise %g: %s", cases[i].circuit, cases[i].noise, kk->sentence);
      g_assert_cmpint (kk->verdict == PLATEAU_KK_SOUND, ==, cases[i].sound);
      g_assert_cmpint (kk->n_failing == 0, ==, cases[i].sound);
    }
}

static void
test_wrong_input (void)
{
  const double f[] = { 1, 10, 100 }, z[] = { 1, 2, 3 };
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  g_autoptr (PlateauSpectrum)
      spectrum = plateau_spectrum_new ("short", &conditions, f, z, z, NULL, 3);
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_null (plateau_kk_analyse (spectrum, &options, NULL, &error));
  g_test_message ("%s", error->message);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kk/sound", test_sound);
  g_test_add_func ("/kk/mask", test_mask);
  g_test_add_func ("/kk/drift", test_drift);
  g_test_add_func ("/kk/orders", test_orders);
  g_test_add_func ("/kk/verdict", test_verdict);
  g_test_add_func ("/kk/wrong-input", test_wrong_input);
  return g_test_run ();
}
