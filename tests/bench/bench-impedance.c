/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Impedance analyses: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value"; the peers' values
 * are those of their own runs on the same kind of machine, in the unit of the row. */
#include "analysis/plateau-circuit.h"
#include "analysis/plateau-drt.h"
#include "analysis/plateau-kk.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum
{
  N_RUNS = 9,
  N_SERIES = 200,
};

typedef struct
{
  PlateauSpectrum *spectrum;
  GPtrArray *series;
  PlateauDrtKernel *kernel;
  guint methods;
  PlateauCircuitOptions circuit;
} Case;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static void
row (const char *name, void (*run) (Case *), Case *one, int runs, const char *peer,
     const char *peer_value)
{
  double values[N_RUNS];

  run (one);
  for (int i = 0; i < runs; i++)
    {
      gint64 start = g_get_monotonic_time ();

      run (one);
      values[i] = 1e-3 * (double) (g_get_monotonic_time () - start);
    }
  qsort (values, runs, sizeof *values, compare_doubles);
  printf ("%s\t%.3f\tms\t%s\t%s\n", name, values[runs / 2], peer, peer_value);
}

static PlateauSpectrum *
simulate (const char *text, const double *values, double high, double low, gsize n, int seed)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (text, NULL);
  g_autofree double *f = g_new (double, n), *re = g_new (double, n), *im = g_new (double, n);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);

  gsl_rng_set (rng, seed);
  for (gsize i = 0; i < n; i++)
    f[i] = high * pow (low / high, i / (n - 1.0));
  plateau_circuit_impedance (circuit, values, f, n, re, im);
  for (gsize i = 0; i < n; i++)
    {
      double modulus = hypot (re[i], im[i]);

      re[i] += gsl_ran_gaussian (rng, 1e-3 * modulus);
      im[i] += gsl_ran_gaussian (rng, 1e-3 * modulus);
    }
  gsl_rng_free (rng);
  return plateau_spectrum_new (text, &conditions, f, re, im, NULL, n);
}

static PlateauDrtOptions
reproduction (void)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;

  options.points_per_decade = 0;
  return options;
}

static void
run_drt (Case *one)
{
  PlateauDrtOptions options = reproduction ();
  g_autoptr (PlateauDrt) drt = plateau_drt_analyse (one->spectrum, &options, NULL, NULL);

  g_assert_nonnull (drt);
}

static void
run_drt_again (Case *one)
{
  PlateauDrtOptions options = reproduction ();
  g_autoptr (PlateauDrt)
      drt = plateau_drt_analyse_with (&one->kernel, one->spectrum, &options, NULL, NULL);

  g_assert_nonnull (drt);
}

static void
run_scores (Case *one)
{
  PlateauDrtOptions options = reproduction ();
  g_autoptr (PlateauDrtScores)
      scores = plateau_drt_score (one->spectrum, &options, 80, one->methods, NULL, NULL);

  g_assert_nonnull (scores);
}

static void
run_series (Case *one)
{
  PlateauDrtOptions options = reproduction ();
  g_autoptr (GPtrArray) results = plateau_drt_analyse_many (one->series, &options, 2, NULL, NULL);

  g_assert_nonnull (g_ptr_array_index (results, 0));
}

static void
run_band (Case *one)
{
  PlateauDrtOptions options = reproduction ();
  g_autoptr (PlateauDrt) drt = NULL;

  options.credible = TRUE;
  drt = plateau_drt_analyse (one->spectrum, &options, NULL, NULL);
  g_assert_nonnull (drt);
}

static void
run_kk (Case *one)
{
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
  g_autoptr (PlateauKk) kk = plateau_kk_analyse (one->spectrum, &options, NULL, NULL);

  g_assert_nonnull (kk);
}

static void
run_fit (Case *one)
{
  const double start[] = { 8, 20, 1e-5, 0.9, 50, 1e-3, 0.9, 3 };
  g_autoptr (PlateauCircuitFit) fit = NULL;

  one->circuit.starts = 1;
  fit = plateau_circuit_fit (one->spectrum, &one->circuit, start, NULL, NULL);
  g_assert_nonnull (fit);
}

static void
run_fit_from_data (Case *one)
{
  g_autoptr (PlateauCircuitFit)
      fit = plateau_circuit_fit (one->spectrum, &one->circuit, NULL, NULL, NULL);

  g_assert_nonnull (fit);
}

int
main (int argc, char *argv[])
{
  const char *two = "R0-p(R1,CPE1)-p(R2,CPE2)", *with_w = "R0-p(R1,CPE1)-p(R2,CPE2)-W1";
  const double arcs[] = { 10, 30, 1.327e-5, 0.85, 60, 2.641e-3, 0.8 };
  const double tail[] = { 10, 30, 1.327e-5, 0.85, 60, 2.641e-3, 0.8, 5 };
  Case c81 = { simulate (two, arcs, 1e6, 1e-2, 81, 1) };
  Case c107 = { simulate (two, arcs, 1e6, 1e-2, 107, 1) };
  Case series = { NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref) };
  Case fit = { simulate (with_w, tail, 1e6, 1e-2, 81, 1) };

  fit.circuit = (PlateauCircuitOptions) PLATEAU_CIRCUIT_OPTIONS_INIT;
  fit.circuit.circuit = (char *) with_w;
  for (int i = 0; i < N_SERIES; i++)
    g_ptr_array_add (series.series, simulate (two, arcs, 1e6, 1e-2, 81, i + 1));

  row ("DRT, fixed lambda, 81 points", run_drt, &c81, N_RUNS, "pyDRTtools", "320");
  row ("DRT, frequencies as before, 81 points", run_drt_again, &c81, N_RUNS, "pyDRTtools", "320");
  c81.methods = 0x1e;
  row ("GCV, mGCV, rGCV, L-curve, 80 lambda", run_scores, &c81, N_RUNS, "pyDRTtools (one)", "326");
  c81.methods = 1 << PLATEAU_DRT_LAMBDA_RE_IM;
  row ("re-im, 80 lambda", run_scores, &c81, 5, "pyDRTtools", "472");
  row ("DRT of 200 spectra, 2 threads", run_series, &series, 3, "", "");
  row ("credible band, 2000 samples, 107 points", run_band, &c107, 3, "pyDRTtools", "63630");
  row ("Lin-KK, 50 orders, 107 points", run_kk, &c107, N_RUNS, "impedance.py", "23.9");
  row ("two ZARC and Warburg, given start", run_fit, &fit, N_RUNS, "impedance.py", "171");
  row ("two ZARC and Warburg, start from the data", run_fit_from_data, &fit, N_RUNS, "", "");

  plateau_spectrum_unref (c81.spectrum);
  plateau_spectrum_unref (c107.spectrum);
  plateau_spectrum_unref (fit.spectrum);
  g_ptr_array_unref (series.series);
  g_clear_pointer (&c81.kernel, plateau_drt_kernel_unref);
  return 0;
}
