/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"

#include <complex.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

typedef double complex (*Model) (double omega, const double *p);

static double complex
zarc (double omega, const double *p)
{
  return p[0] / (1 + cpow (I * omega * p[1], p[2]));
}

static double complex
two_zarcs (double omega, const double *p)
{
  return 10 + zarc (omega, p) + zarc (omega, p + 3);
}

static double complex
havriliak_negami (double omega, const double *p)
{
  return p[0] / cpow (1 + cpow (I * omega * p[1], p[2]), p[3]);
}

static double complex
gerischer (double omega, const double *p)
{
  return p[0] / csqrt (1 + I * omega * p[1]);
}

static PlateauSpectrum *
simulate (Model model, const double *p, double high, double low, int per_decade, double noise,
          int seed)
{
  gsize n = (gsize) lround (log10 (high / low) * per_decade) + 1;
  g_autofree double *f = g_new (double, n), *re = g_new (double, n), *im = g_new (double, n);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);

  gsl_rng_set (rng, seed);
  for (gsize i = 0; i < n; i++)
    {
      double complex z;

      f[i] = high * pow (10, -(double) i / per_decade);
      z = model (2 * G_PI * f[i], p);
      re[i] = creal (z) + gsl_ran_gaussian (rng, noise * cabs (z));
      im[i] = cimag (z) + gsl_ran_gaussian (rng, noise * cabs (z));
    }
  gsl_rng_free (rng);
  return plateau_spectrum_new ("simulated", &conditions, f, re, im, NULL, n);
}

static double
zarc_gamma (double tau, const double *p)
{
  double phi = p[2];

  return p[0] / (2 * G_PI) * sin ((1 - phi) * G_PI)
         / (cosh (phi * log (tau / p[1])) - cos ((1 - phi) * G_PI));
}

static double
hn_gamma (double tau, const double *p)
{
  double x = pow (tau / p[1], p[2]);
  double theta = atan2 (sin (G_PI * p[2]), x + cos (G_PI * p[2]));

  return p[0] / G_PI * pow (x, p[3]) * sin (p[3] * theta)
         / pow (1 + 2 * x * cos (G_PI * p[2]) + x * x, p[3] / 2);
}

static void
check_shape (Model model, double (*gamma) (double, const double *), const double *p,
             double tolerance, double limit_low, double limit_high)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (PlateauSpectrum) spectrum = simulate (model, p, 1e6, 1e-2, 10, 0, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauDrt) drt = NULL;
  double peak = 0, worst = 0;

  options.lambda = 1e-8;
  drt = plateau_drt_analyse (spectrum, &options, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < drt->n_tau; i++)
    if (drt->tau[i] > limit_low && drt->tau[i] < limit_high)
      {
        peak = MAX (peak, gamma (drt->tau[i], p));
        worst = MAX (worst, fabs (drt->gamma[i] - gamma (drt->tau[i], p)));
      }
  g_test_message ("worst %.2e of the peak", worst / peak);
  g_assert_cmpfloat (worst / peak, <, tolerance);
  g_assert_cmpfloat_with_epsilon (drt->polarisation_resistance, p[0], 5e-3 * p[0]);
}

static void
test_closed_forms (void)
{
  const double arc[] = { 50, 1e-3, 0.8 };
  const double hn[] = { 50, 1e-3, 0.8, 0.7 };

  check_shape (zarc, zarc_gamma, arc, 0.01, 1e-7, 1);
  check_shape (havriliak_negami, hn_gamma, hn, 0.01, 1e-6, 1);
}

/* The distribution of a Gerischer element ends in a pole, so its integral is compared:
 * int_0^tau gamma d ln tau = 2 R / pi asin sqrt (tau / tau0). */
static void
test_gerischer (void)
{
  const double p[] = { 8, 1e-2 };
  g_autoptr (PlateauSpectrum) spectrum = simulate (gerischer, p, 1e6, 1e-2, 10, 0, 1);
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (PlateauDrt) drt = NULL;

  options.lambda = 1e-6;
  drt = plateau_drt_analyse (spectrum, &options, NULL, NULL);
  g_assert_nonnull (drt);
  g_assert_cmpfloat_with_epsilon (drt->polarisation_resistance, p[0], 0.01);
  for (double tau = 1e-5; tau < 3e-3; tau *= 2)
    {
      double truth = 2 * p[0] / G_PI * asin (sqrt (tau / p[1]));

      g_assert_cmpfloat_with_epsilon (plateau_drt_area (drt, 1e-9, tau), truth, 0.02 * p[0]);
    }
}

static const PlateauDrtPeak *
nearest_peak (const PlateauDrt *drt, double tau)
{
  const PlateauDrtPeak *best = NULL;

  for (guint i = 0; i < drt->n_peaks; i++)
    if (best == NULL || fabs (log (drt->peaks[i].tau / tau)) < fabs (log (best->tau / tau)))
      best = &drt->peaks[i];
  g_assert_nonnull (best);
  return best;
}

/* Two arcs three decades apart come back with their time constants and resistances. */
static void
test_two_arcs (void)
{
  const double p[] = { 30, 1e-4, 0.85, 60, 1e-1, 0.8 };

  for (int level = 0; level < 2; level++)
    {
      double noise = level == 0 ? 1e-3 : 1e-2;
      double error_tau[200], error_r[200];

      for (int seed = 0; seed < 100; seed++)
        {
          PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
          g_autoptr (PlateauSpectrum)
              spectrum = simulate (two_zarcs, p, 1e6, 1e-2, 10, noise, seed + 1);
          g_autoptr (PlateauDrt) drt = NULL;

          options.lambda = level == 0 ? 1e-2 : 1;
          drt = plateau_drt_analyse (spectrum, &options, NULL, NULL);
          g_assert_nonnull (drt);
          for (int k = 0; k < 2; k++)
            {
              const PlateauDrtPeak *peak = nearest_peak (drt, p[3 * k + 1]);
              double area = k == 0 ? plateau_drt_area (drt, 1e-8, sqrt (1e-5))
                                   : plateau_drt_area (drt, sqrt (1e-5), 1e4);

              error_tau[2 * seed + k] = fabs (peak->tau / p[3 * k + 1] - 1);
              error_r[2 * seed + k] = fabs (area / p[3 * k] - 1);
            }
        }
      g_test_message ("noise %g: tau within %.3f, area within %.3f (medians)", noise,
                      plateau_median (error_tau, 200), plateau_median (error_r, 200));
      g_assert_cmpfloat (plateau_median (error_tau, 200), <, level == 0 ? 0.05 : 0.10);
      g_assert_cmpfloat (plateau_median (error_r, 200), <, level == 0 ? 0.02 : 0.03);
    }
}

static void
test_series (void)
{
  g_autoptr (GPtrArray)
      spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (PlateauDrtTracks) tracks = NULL;
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;

  for (int i = 0; i < 8; i++)
    {
      const double p[] = { 30, 1e-5, 0.9, 60 + 40 * i, 1e-2 * pow (1.5, i), 0.85 };

      g_ptr_array_add (spectra, simulate (two_zarcs, p, 1e6, 1e-2, 10, 0, 1));
    }
  results = plateau_drt_analyse_many (spectra, &options, 2, NULL, NULL);
  g_assert_cmpuint (results->len, ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (PlateauDrt)
          alone = plateau_drt_analyse (g_ptr_array_index (spectra, i), &options, NULL, NULL);
      const PlateauDrt *together = g_ptr_array_index (results, i);

      g_assert_nonnull (together);
      g_assert_cmpmem (alone->gamma, alone->n_tau * sizeof (double), together->gamma,
                       together->n_tau * sizeof (double));
    }
  tracks = plateau_drt_track ((PlateauDrt *const *) results->pdata, 8, 0.7);
  g_assert_cmpuint (tracks->n_tracks, >=, 2);
  for (guint s = 1; s < 8; s++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, s);
      const PlateauDrtPeak *peak = nearest_peak (drt, 1e-2 * pow (1.5, s));
      guint track, before;

      for (track = 0; track < tracks->n_tracks; track++)
        if (tracks->peak[track * 8 + s] == (int) (peak - drt->peaks))
          break;
      g_assert_cmpuint (track, <, tracks->n_tracks);
      before = tracks->peak[track * 8 + s - 1];
      drt = g_ptr_array_index (results, s - 1);
      g_assert_cmpfloat_with_epsilon (log (drt->peaks[before].tau / (1e-2 * pow (1.5, s - 1))), 0,
                                      0.2);
    }
}

static double complex
blocking (double omega, const double *p)
{
  return 5 + zarc (omega, p) + 1 / (I * omega * p[3]);
}

static double complex
inductive_loop (double omega, const double *p)
{
  return 20 + p[0] / (1 + I * omega * p[1]) - p[2] / (1 + I * omega * p[3]);
}

/* A blocking tail, a low-frequency inductive loop and inductance are each found by their option. */
static void
test_extras (void)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  const double tail[] = { 40, 1e-3, 0.9, 0.02 };
  const double loop[] = { 30, 1e-3, 8, 1 };
  g_autoptr (PlateauSpectrum) blocked = simulate (blocking, tail, 1e6, 1e-2, 10, 0, 1);
  g_autoptr (PlateauSpectrum) inductive = simulate (inductive_loop, loop, 1e5, 1e-2, 10, 0, 1);
  g_autoptr (PlateauDrt) drt = NULL, signed_drt = NULL;
  gboolean negative = FALSE;

  options.tail = PLATEAU_DRT_TAIL_CAPACITANCE;
  options.weighting = PLATEAU_DRT_WEIGHT_MODULUS;
  options.lambda = 1e-6;
  drt = plateau_drt_analyse (blocked, &options, NULL, NULL);
  g_assert_nonnull (drt);
  g_assert_cmpfloat_with_epsilon (drt->capacitance, 0.02, 0.0004);
  g_assert_cmpfloat_with_epsilon (drt->polarisation_resistance, 40, 1);

  options = (PlateauDrtOptions) PLATEAU_DRT_OPTIONS_INIT;
  options.signed_gamma = TRUE;
  options.lambda = 1e-3;
  signed_drt = plateau_drt_analyse (inductive, &options, NULL, NULL);
  g_assert_nonnull (signed_drt);
  for (guint i = 0; i < signed_drt->n_peaks; i++)
    if (signed_drt->peaks[i].height < 0 && fabs (log10 (signed_drt->peaks[i].tau)) < 0.1)
      negative = TRUE;
  g_assert_true (negative);
  g_assert_cmpfloat_with_epsilon (signed_drt->polarisation_resistance, 22, 0.2);
}

static void
expect_sentence (const double *f, const double *re, const double *im, gsize n,
                 const PlateauDrtOptions *options)
{
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  g_autoptr (PlateauSpectrum)
      spectrum = plateau_spectrum_new ("wrong", &conditions, f, re, im, NULL, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauDrt) drt = plateau_drt_analyse (spectrum, options, NULL, &error);

  g_assert_null (drt);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
}

static void
test_wrong_input (void)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  const double f[] = { 1, 10, 100, 1000, 1e4, 1e5 }, re[] = { 5, 4, 3, 2, 1, 1 };
  const double im[] = { -1, -1, -1, -1, -1, -1 }, positive[] = { 1, 1, 1, 1, 1, 1 };
  const double nothing[] = { NAN, NAN, NAN, NAN, NAN, NAN }, same[] = { 1, 1, 1, 1, 1, 1 };
  const double p[] = { 30, 1e-4, 0.85, 60, 1e-1, 0.8 };
  g_autoptr (PlateauSpectrum) falling = simulate (two_zarcs, p, 1e5, 1e-1, 8, 0, 1);
  g_autoptr (PlateauSpectrum) rising = NULL;
  g_autoptr (PlateauDrt) one = NULL, other = NULL;
  gsize n = plateau_spectrum_get_n (falling);
  g_autofree double *reversed = g_new (double, 3 * n);

  expect_sentence (f, re, im, 2, &options);
  expect_sentence (f, re, nothing, 6, &options);
  expect_sentence (same, re, im, 6, &options);
  options.inductance = PLATEAU_DRT_INDUCTANCE_DISCARD;
  expect_sentence (f, re, positive, 6, &options);
  options = (PlateauDrtOptions) PLATEAU_DRT_OPTIONS_INIT;
  options.lambda = -1;
  expect_sentence (f, re, im, 6, &options);

  /* rising frequencies give the very same result */
  options.lambda = 1e-3;
  for (gsize i = 0; i < n; i++)
    {
      reversed[i] = plateau_spectrum_peek_frequency (falling)[n - 1 - i];
      reversed[n + i] = plateau_spectrum_peek_re (falling)[n - 1 - i];
      reversed[2 * n + i] = plateau_spectrum_peek_im (falling)[n - 1 - i];
    }
  rising = plateau_spectrum_new ("rising", plateau_spectrum_get_conditions (falling), reversed,
                                 reversed + n, reversed + 2 * n, NULL, n);
  one = plateau_drt_analyse (falling, &options, NULL, NULL);
  other = plateau_drt_analyse (rising, &options, NULL, NULL);
  g_assert_cmpmem (one->gamma, one->n_tau * sizeof (double), other->gamma,
                   other->n_tau * sizeof (double));
}

/* A full cell of two electrodes: each of its arcs is half of what the symmetric cell shows. */
static void
test_symmetric (void)
{
  const double full_p[] = { 30, 1e-4, 0.9, 60, 1e-1, 0.9 };
  const double anode_p[] = { 60, 1.3e-4, 0.9 }, cathode_p[] = { 120, 0.8e-1, 0.9 };
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (PlateauSpectrum) full = simulate (two_zarcs, full_p, 1e6, 1e-1, 10, 0, 1);
  g_autoptr (PlateauSpectrum) anode = simulate (zarc, anode_p, 1e6, 1e-1, 10, 0, 1);
  g_autoptr (PlateauSpectrum) cathode = simulate (zarc, cathode_p, 1e6, 1e-1, 10, 0, 1);
  g_autoptr (PlateauDrt) whole = NULL;
  PlateauDrt *halves[3] = { NULL };
  const char *const names[] = { "anode", "cathode", "lost" };
  g_autoptr (PlateauTable) table = NULL;
  g_autofree int *pairs = NULL;
  guint found = 0;

  options.lambda = 1e-2;
  whole = plateau_drt_analyse (full, &options, NULL, NULL);
  halves[0] = plateau_drt_analyse (anode, &options, NULL, NULL);
  halves[1] = plateau_drt_analyse (cathode, &options, NULL, NULL);
  pairs = plateau_drt_assign (whole, halves, 3);
  for (guint p = 0; p < whole->n_peaks; p++)
    {
      double share = NAN;
      int electrode = plateau_drt_find_electrode (whole, pairs, p, halves, 3, &share);

      g_assert_cmpint (pairs[3 * p + 2], ==, -1);
      if (whole->peaks[p].resistance < 20)
        continue;
      found++;
      g_assert_cmpint (electrode, ==, whole->peaks[p].tau < 1e-2 ? 0 : 1);
      g_assert_cmpfloat_with_epsilon (
          halves[electrode]->peaks[pairs[3 * p + (guint) electrode]].resistance / 2,
          whole->peaks[p].resistance, 0.05 * whole->peaks[p].resistance);
      g_assert_cmpfloat (share, >, 0.9);
    }
  g_assert_cmpuint (found, ==, 2);
  table = plateau_drt_assignment_table (whole, halves, names, 3);
  g_assert_cmpuint (plateau_table_get_n_rows (table), >=, 2);
  plateau_drt_unref (halves[0]);
  plateau_drt_unref (halves[1]);

  /* A cell of another size has its peak at the same place but is not what the peak is made of. */
  const double foreign_p[] = { anode_p[0] / 20, anode_p[1], anode_p[2] };
  g_autoptr (PlateauSpectrum) foreign = simulate (zarc, foreign_p, 1e6, 1e-1, 10, 0, 1);
  g_autoptr (PlateauDrt) other = plateau_drt_analyse (foreign, &options, NULL, NULL);
  PlateauDrt *const others[] = { other };
  g_autofree int *wrong = plateau_drt_assign (whole, others, 1);
  for (guint p = 0; p < whole->n_peaks; p++)
    if (whole->peaks[p].resistance > 20)
      g_assert_cmpint (plateau_drt_find_electrode (whole, wrong, p, others, 1, NULL), ==, -1);
}

/* Ten thousand points are solved on the free grid and refused on tau = 1/f. */
static void
test_many_points (void)
{
  const double p[] = { 30, 1e-4, 0.85, 60, 1e-1, 0.8 };
  g_autoptr (PlateauSpectrum) spectrum = simulate (two_zarcs, p, 1e6, 1e-2, 1250, 0, 1);
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauDrt) drt = plateau_drt_analyse (spectrum, &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (drt->polarisation_resistance, 90, 1);
  options.points_per_decade = 0;
  g_assert_null (plateau_drt_analyse (spectrum, &options, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
}

static void
test_band (void)
{
  const double p[] = { 30, 1e-4, 0.85, 60, 1e-1, 0.8 };
  g_autoptr (PlateauSpectrum) spectrum = simulate (two_zarcs, p, 1e5, 1e-1, 6, 0.005, 3);
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (PlateauDrt) first = NULL, second = NULL;
  gsize covered = 0, counted = 0;

  options.credible = TRUE;
  options.n_samples = 800;
  options.lambda = 1e-3;
  options.points_per_decade = 8;
  first = plateau_drt_analyse (spectrum, &options, NULL, NULL);
  second = plateau_drt_analyse (spectrum, &options, NULL, NULL);
  g_assert_nonnull (first);
  g_assert_cmpmem (first->gamma_upper, first->n_tau * sizeof (double), second->gamma_upper,
                   second->n_tau * sizeof (double));
  for (gsize i = 0; i < first->n_tau; i++)
    {
      double truth = zarc_gamma (first->tau[i], p) + zarc_gamma (first->tau[i], p + 3);

      g_assert_cmpfloat (first->gamma_lower[i], <=, first->gamma_upper[i]);
      if (truth < 0.5)
        continue;
      counted++;
      if (truth >= first->gamma_lower[i] && truth <= first->gamma_upper[i])
        covered++;
    }
  g_test_message ("truth inside the band at %.0f %% of the times", 100.0 * covered / counted);
  g_assert_cmpfloat ((double) covered / counted, >, 0.8);
}

static void
test_windows (void)
{
  g_autoptr (GPtrArray) windows = plateau_drt_windows_preset ("sun2022");
  g_autofree char *text = plateau_drt_windows_to_text (windows);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) again = plateau_drt_windows_from_text (text, &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  text_again = plateau_drt_windows_to_text (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpstr (plateau_drt_windows_assign (windows, 1e-2), ==, "Charge transfer 1");
  g_assert_null (plateau_drt_windows_assign (windows, 1e3));
  g_assert_null (plateau_drt_windows_from_text ("a|b|2|1", &error));
  g_assert_nonnull (error);
}

/* Z of the distribution that came back, by the trapezoid over far more points than it was made of:
 * R_inf + jwL + int gamma / (1 + jw tau) d ln tau. */
static double complex
integrate (const PlateauDrt *drt, double omega, const double *tau, const double *gamma, gsize n)
{
  double re = drt->r_inf, im = 0, step = log (tau[1] / tau[0]);

  if (isfinite (drt->inductance))
    im += omega * drt->inductance;
  for (gsize i = 0; i < n; i++)
    {
      double u = omega * tau[i], share = step * gamma[i] / (1 + u * u);

      re += share;
      im -= share * u;
    }
  return re + I * im;
}

static double complex
arc_and_cable (double omega, const double *p)
{
  return 10 + zarc (omega, p) + I * omega * p[3];
}

/* Every combination of basis, derivative, part and inductance, at several shapes and grids: what is
 * said to be the fit is the integral over the gamma that is said to make it, and meets the
 * spectrum; R_pol is that of the arc. */
static void
check_combination (PlateauSpectrum *spectrum, const PlateauDrtOptions *options, const double *p)
{
  enum
  {
    N = 2001
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauDrt) drt = plateau_drt_analyse (spectrum, options, NULL, &error);
  g_autofree double *tau = g_new (double, N), *gamma = g_new (double, N);
  /* tails that fall like a power of ln tau reach beyond any range: their area says nothing, and Z'
   * only up to a constant */
  gboolean tails = options->basis >= PLATEAU_DRT_INVERSE_QUADRATIC
                   && options->basis <= PLATEAU_DRT_CAUCHY;
  /* a basis function wider than the arc cannot make it */
  gboolean wide = tails || options->shape_kind == PLATEAU_DRT_SHAPE_FACTOR || options->shape < 0.5;
  g_autofree char *name = g_strdup_printf (
      "basis %d derivative %d part %d inductance %d shape %d %g grid %d", options->basis,
      options->derivative + 1, options->part, options->inductance, options->shape_kind,
      options->shape, options->points_per_decade);
  double worst = 0, miss = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < N; i++)
    tau[i] = 1e-12 * pow (1e18, i / (N - 1.0));
  plateau_drt_evaluate (drt, tau, N, gamma);
  for (gsize i = 0; i < drt->n_points; i++)
    {
      double complex z = integrate (drt, 2 * G_PI * drt->frequency[i], tau, gamma, N);

      if (!tails && options->part != PLATEAU_DRT_IM)
        worst = MAX (worst, fabs (creal (z) - drt->fit_re[i]));
      worst = MAX (worst, fabs (cimag (z) - drt->fit_im[i]));
      if (options->part != PLATEAU_DRT_IM)
        miss = MAX (miss, fabs (drt->z_re[i] - drt->fit_re[i]));
      if (options->part != PLATEAU_DRT_RE && options->inductance != PLATEAU_DRT_INDUCTANCE_NONE)
        miss = MAX (miss, fabs (drt->z_im[i] - drt->fit_im[i]));
    }
  if (worst > 3e-3 * p[0] || (!tails && miss > (wide ? 0.1 : 0.01) * p[0])
      || (!tails && fabs (drt->polarisation_resistance - p[0]) > (wide ? 0.05 : 0.02) * p[0]))
    g_test_fail_printf ("%s: integral off by %.2g ohm, data by %.2g, R_pol %.4g of %g", name, worst,
                        miss, drt->polarisation_resistance, p[0]);
}

static void
test_combinations (void)
{
  const double p[] = { 50, 1e-3, 0.85, 2e-7 };
  g_autoptr (PlateauSpectrum) spectrum = simulate (arc_and_cable, p, 1e6, 1e-1, 8, 0, 1);
  const double plain[] = { 50, 1e-3, 0.85, 0 };
  g_autoptr (PlateauSpectrum) no_cable = simulate (arc_and_cable, plain, 1e6, 1e-1, 8, 0, 1);
  static const struct
  {
    int kind;
    double value;
  } shapes[] = { { PLATEAU_DRT_SHAPE_FWHM, 0.5 },
                 { PLATEAU_DRT_SHAPE_FWHM, 0.25 },
                 { PLATEAU_DRT_SHAPE_FACTOR, 2.5 } };

  for (int basis = 0; basis < PLATEAU_DRT_N_BASES; basis++)
    for (int combination = 0; combination < 2 * 3 * 3; combination++)
      {
        PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
        int turn = 7 * basis + 5 * combination; /* shapes and grids take turns */

        options.lambda = 1e-6;
        options.basis = basis;
        options.derivative = combination % 2;
        options.part = combination / 2 % 3;
        options.inductance = combination / 6;
        options.shape_kind = shapes[turn % 3].kind;
        options.shape = shapes[turn % 3].value;
        options.points_per_decade = turn / 3 % 2 == 0 ? 0 : 10;
        check_combination (options.inductance == PLATEAU_DRT_INDUCTANCE_FIT ? spectrum : no_cable,
                           &options, plain);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drt/closed-forms", test_closed_forms);
  g_test_add_func ("/drt/gerischer", test_gerischer);
  g_test_add_func ("/drt/two-arcs", test_two_arcs);
  g_test_add_func ("/drt/series", test_series);
  g_test_add_func ("/drt/extras", test_extras);
  g_test_add_func ("/drt/wrong-input", test_wrong_input);
  g_test_add_func ("/drt/symmetric", test_symmetric);
  g_test_add_func ("/drt/many-points", test_many_points);
  g_test_add_func ("/drt/band", test_band);
  g_test_add_func ("/drt/windows", test_windows);
  g_test_add_func ("/drt/combinations", test_combinations);
  return g_test_run ();
}
