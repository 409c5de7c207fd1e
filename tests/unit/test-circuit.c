/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-complex.h"
#include "analysis/plateau-circuit.h"
#include "base/plateau-error.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

enum
{
  CELLS = 10000
};

static double complex
cpe (double omega, double q, double n)
{
  return 1 / (q * cpow (I * omega, n));
}

static double complex
parallel (double complex a, double complex b)
{
  return a * b / (a + b);
}

static double complex
coth_warburg (double omega, double r, double tau)
{
  double complex s = csqrt (I * omega * tau);

  return r / (s * ctanh (s));
}

/* Two rails cut into cells, shunts in their middles, solved as a tridiagonal system. */
static double complex
ladder (double r1, double r2, double complex zs)
{
  double complex shunt = zs * CELLS, off = -shunt, diagonal = 2 * shunt + (r1 + r2) / CELLS;
  g_autofree double complex *c = g_new (double complex, CELLS), *i = g_new (double complex, CELLS);
  double complex voltage;

  /* unknown currents 1 .. CELLS - 1 in rail one; 1 before the first shunt, 0 behind the last */
  for (int k = 1; k < CELLS; k++)
    {
      double complex right = r2 / CELLS - (k == 1 ? off : 0);
      double complex pivot = diagonal - (k > 1 ? off * c[k - 1] : 0);

      c[k] = off / pivot;
      i[k] = (right - (k > 1 ? off * i[k - 1] : 0)) / pivot;
    }
  for (int k = CELLS - 2; k >= 1; k--)
    i[k] -= c[k] * i[k + 1];
  voltage = r1 / (2 * CELLS) + shunt * (1 - i[1]) + r2 / (2 * CELLS);
  for (int k = 1; k < CELLS; k++)
    voltage += r2 / CELLS * (1 - i[k]);
  return voltage;
}

static double complex
ladder_transmissive (double r, double complex zs)
{
  double complex shunt = zs * CELLS, z = 0;

  for (int k = 0; k < CELLS; k++)
    z = r / (2 * CELLS) + parallel (shunt, r / (2 * CELLS) + z);
  return z;
}

static void
check (const char *symbol, const double *p, double omega, double complex expected)
{
  g_autofree char *text = g_strconcat (symbol, "1", NULL);
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (text, NULL);
  double f = omega / (2 * G_PI), re, im;

  g_assert_nonnull (circuit);
  plateau_circuit_impedance (circuit, p, &f, 1, &re, &im);
  if (cabs (CMPLX (re, im) - expected) > 1e-6 * cabs (expected))
    g_test_fail_printf ("%s at w = %g: %g %+gi, ladder %g %+gi", symbol, omega, re, im,
                        creal (expected), cimag (expected));
}

static void
test_transmission_lines (void)
{
  const double q[] = { 25, 3e-3, 0.85 }, rq[] = { 25, 60, 3e-3, 0.85 };
  const double d[] = { 25, 60, 3e-3, 0.85, 15, 40 };
  const double q2[] = { 25, 8, 3e-3, 0.85 }, rq2[] = { 25, 8, 60, 3e-3, 0.85 };
  const double d2[] = { 25, 8, 60, 3e-3, 0.85, 15, 40 };

  for (double omega = 1e-2; omega < 1e5; omega *= 10)
    {
      double complex zq = cpe (omega, 3e-3, 0.85), zrq = parallel (60, zq);
      double complex zd = parallel (60 + coth_warburg (omega, 15, 40), zq);

      check ("TLMQ", q, omega, ladder (25, 0, zq));
      check ("TLMRQ", rq, omega, ladder (25, 0, zrq));
      check ("TLMD", d, omega, ladder (25, 0, zd));
      check ("TLMT", rq, omega, ladder_transmissive (25, zrq));
      check ("TLM2Q", q2, omega, ladder (25, 8, zq));
      check ("TLM2RQ", rq2, omega, ladder (25, 8, zrq));
      check ("TLM2D", d2, omega, ladder (25, 8, zd));
    }
}

/* Limits of the diffusion elements, where naive formulas overflow or lose all digits. */
static void
test_limits (void)
{
  const double p[] = { 10, 100 };
  g_autoptr (PlateauCircuit) open = plateau_circuit_parse ("Wo1", NULL);
  g_autoptr (PlateauCircuit) closed = plateau_circuit_parse ("Ws1", NULL);
  double low = 1e-12, high = 1e12, re, im;

  plateau_circuit_impedance (closed, p, &low, 1, &re, &im);
  g_assert_cmpfloat_with_epsilon (re, 10, 1e-8);
  plateau_circuit_impedance (open, p, &low, 1, &re, &im);
  g_assert_cmpfloat_with_epsilon (re, 10.0 / 3, 1e-6);
  g_assert_cmpfloat_with_epsilon (im * 2 * G_PI * low, -0.1, 1e-12);
  plateau_circuit_impedance (open, p, &high, 1, &re, &im);
  g_assert_cmpfloat_with_epsilon (re / -im, 1, 1e-12);
}

static void
expect_text (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (text, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (circuit->text, ==, expected);
}

static void
expect_error (const char *text, const char *where)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plateau_circuit_parse (text, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, where));
}

static void
test_parser (void)
{
  g_autofree char *deep = NULL;

  expect_text ("R0-p(R1,CPE1)-W1", "R0-p(R1,CPE1)-W1");
  expect_text (" R0 - p( R1 - Wo1 , CPE1 ) ", "R0-p(R1-Wo1,CPE1)");
  expect_text ("R(RQ)W", "R0-p(R1,CPE1)-W1");
  expect_text ("LR(Q[RW])", "L1-R0-p(CPE1,R1-W1)");
  expect_text ("R(C(R(RC)))", "R0-p(C1,R1-p(R2,C2))");
  expect_text ("R_ct", "R_ct");
  expect_text ("R0-TLM2RQ1", "R0-TLM2RQ1");
  expect_error ("R0-p(R1,CPX1)", "character 9");
  expect_error ("R0-p(R1,CPE1", "character 4");
  expect_error ("R0--R1", "character 4");
  expect_error ("R0-R0", "character 4");
  expect_error ("R0)", "character 3");
  expect_error ("R(RZ)", "character 4");
  expect_error ("p(R1)-C1", "character 1");
  expect_error ("", "No circuit");
  deep = g_strnfill (5000, '(');
  expect_error (deep, "deep");
}

static PlateauSpectrum *
simulate (const char *text, const double *values, double noise, int seed)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (text, NULL);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  double f[81], re[81], im[81];

  g_assert_nonnull (circuit);
  gsl_rng_set (rng, seed);
  for (int i = 0; i < 81; i++)
    f[i] = 1e6 * pow (10, -i / 10.0);
  plateau_circuit_impedance (circuit, values, f, 81, re, im);
  for (int i = 0; i < 81; i++)
    {
      double modulus = hypot (re[i], im[i]);

      re[i] += gsl_ran_gaussian (rng, noise * modulus);
      im[i] += gsl_ran_gaussian (rng, noise * modulus);
    }
  gsl_rng_free (rng);
  return plateau_spectrum_new (text, &conditions, f, re, im, NULL, 81);
}

/* The fit finds the truth from the data alone, and its 95 % intervals cover it about that often. */
static void
test_coverage (void)
{
  const char *text = "R0-p(R1,CPE1)-p(R2,CPE2)-W1";
  const double truth[] = { 12, 40, 2e-6, 0.9, 120, 4e-4, 0.85, 30 };
  int inside = 0, count = 0;

  for (int seed = 1; seed <= 40; seed++)
    {
      g_autoptr (PlateauSpectrum) spectrum = simulate (text, truth, 5e-3, seed);
      PlateauCircuitOptions options = PLATEAU_CIRCUIT_OPTIONS_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauCircuitFit) fit = NULL;

      options.circuit = (char *) text;
      fit = plateau_circuit_fit (spectrum, &options, NULL, NULL, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < G_N_ELEMENTS (truth); k++)
        {
          g_assert_cmpfloat (fabs (fit->estimates[k].value / truth[k] - 1), <, 0.35);
          inside += truth[k] >= fit->estimates[k].lower && truth[k] <= fit->estimates[k].upper;
          count++;
        }
    }
  g_test_message ("%d of %d intervals hold the truth", inside, count);
  g_assert_cmpfloat ((double) inside / count, >, 0.90);
  g_assert_cmpfloat ((double) inside / count, <=, 0.99);
}

static void
test_fixed_and_linked (void)
{
  const double truth[] = { 12, 40, 2e-6, 0.9, 40, 4e-4, 0.85 };
  g_autoptr (PlateauSpectrum) spectrum = simulate ("R0-p(R1,CPE1)-p(R2,CPE2)", truth, 1e-3, 7);
  PlateauCircuitOptions options = PLATEAU_CIRCUIT_OPTIONS_INIT;
  g_autoptr (PlateauCircuitFit) fit = NULL;
  g_autoptr (GError) error = NULL;

  options.circuit = (char *) "R0-p(R1,CPE1)-p(R2,CPE2)";
  options.initial = (char *) "R0=12, CPE1.n = 0.9";
  options.fixed = (char *) "R0,CPE1.n";
  options.links = (char *) "R2=R1";
  options.bounds = (char *) "CPE2.n=0.5:0.8";
  fit = plateau_circuit_fit (spectrum, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fit->n_free, ==, 4);
  g_assert_cmpfloat (fit->estimates[0].value, ==, 12);
  g_assert_true (fit->estimates[0].fixed && isnan (fit->estimates[0].standard_error));
  g_assert_cmpfloat (fit->estimates[4].value, ==, fit->estimates[1].value);
  g_assert_true (fit->estimates[4].linked);
  g_assert_cmpfloat (fit->estimates[6].value, <=, 0.8);
  g_assert_true (fit->estimates[6].at_bound);

  options.fixed = (char *) "R7";
  g_assert_null (plateau_circuit_fit (spectrum, &options, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "R0, R1, CPE1.Q"));
}

/* Two arcs are asked for where there is one. */
static void
test_undetermined (void)
{
  const double truth[] = { 12, 40, 2e-4, 0.9 };
  g_autoptr (PlateauSpectrum) spectrum = simulate ("R0-p(R1,CPE1)", truth, 5e-3, 7);
  PlateauCircuitOptions options = PLATEAU_CIRCUIT_OPTIONS_INIT;
  g_autoptr (PlateauCircuitFit) one = NULL, two = NULL;
  g_autoptr (GError) error = NULL;
  gboolean said = FALSE;

  options.circuit = (char *) "R0-p(R1,CPE1)";
  one = plateau_circuit_fit (spectrum, &options, NULL, NULL, NULL);
  options.circuit = (char *) "R0-p(R1,CPE1)-p(R2,CPE2)";
  two = plateau_circuit_fit (spectrum, &options, NULL, NULL, &error);
  g_assert_nonnull (one);
  if (two == NULL)
    return;
  for (guint i = 0; two->warnings[i] != NULL; i++)
    {
      g_test_message ("%s", two->warnings[i]);
      said = TRUE;
    }
  g_assert_true (said);
  g_assert_cmpfloat (one->aicc, <, two->aicc);
}

static void
test_series (void)
{
  g_autoptr (GPtrArray)
      spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GPtrArray) fits = NULL;
  PlateauCircuitOptions options = PLATEAU_CIRCUIT_OPTIONS_INIT;

  options.circuit = (char *) "R0-p(R1,CPE1)-p(R2,CPE2)";
  for (int i = 0; i < 10; i++)
    {
      const double truth[] = { 12, 40, 2e-6, 0.9, 50 * pow (1.4, i), 4e-4, 0.85 };

      g_ptr_array_add (spectra, simulate (options.circuit, truth, 1e-3, i + 1));
    }
  fits = plateau_circuit_fit_series (spectra, &options, NULL, NULL);
  for (int i = 0; i < 10; i++)
    {
      const PlateauCircuitFit *fit = g_ptr_array_index (fits, i);

      g_assert_nonnull (fit);
      g_assert_cmpfloat_with_epsilon (fit->estimates[4].value / (50 * pow (1.4, i)), 1, 0.02);
    }
}

static void
test_diagram (void)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse ("R0-p(R1-W1,CPE1)", NULL);
  double width, height;
  g_autoptr (GArray) parts = plateau_circuit_draw (circuit, &width, &height);
  guint elements = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const PlateauCircuitPart *part = &g_array_index (parts, PlateauCircuitPart, i);

      elements += part->label != NULL;
      g_assert_cmpfloat (part->x, >=, 0);
      g_assert_cmpfloat (part->x + part->width, <=, width);
      g_assert_cmpfloat (part->y, >=, 0);
      g_assert_cmpfloat (part->y + part->height, <=, height);
    }
  g_assert_cmpuint (elements, ==, 4);
  for (guint n, r = 0; r < (plateau_circuit_list_recipes (&n), n); r++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauCircuit)
          recipe = plateau_circuit_parse (plateau_circuit_list_recipes (&n)[r].text, &error);

      g_assert_no_error (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circuit/transmission-lines", test_transmission_lines);
  g_test_add_func ("/circuit/limits", test_limits);
  g_test_add_func ("/circuit/parser", test_parser);
  g_test_add_func ("/circuit/coverage", test_coverage);
  g_test_add_func ("/circuit/fixed-and-linked", test_fixed_and_linked);
  g_test_add_func ("/circuit/undetermined", test_undetermined);
  g_test_add_func ("/circuit/series", test_series);
  g_test_add_func ("/circuit/diagram", test_diagram);
  return g_test_run ();
}
