/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"

#include <complex.h>
#include <glib/gi18n.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <string.h>

#define MIN_POINTS 5
#define FINE_PER_STEP 5
#define BAND_LOW 0.005
#define BAND_HIGH 0.995

static const char *const method_nicks[] = {
  "fixed", "gcv", "mgcv", "rgcv", "lcurve", "re-im", NULL
};
static const char *const method_labels[] = { N_ ("By hand"), N_ ("GCV"),   N_ ("mGCV"), N_ ("rGCV"),
                                             N_ ("L-curve"), N_ ("re-im"), NULL };
static const char *const derivative_nicks[] = { "1", "2", NULL };
static const char *const derivative_labels[] = { N_ ("First derivative"), N_ ("Second derivative"),
                                                 NULL };
static const char *const part_nicks[] = { "both", "re", "im", NULL };
static const char *const part_labels[] = { N_ ("Z′ and Z″"), N_ ("Z′ alone"), N_ ("Z″ alone"),
                                           NULL };
static const char *const basis_nicks[] = {
  "gaussian",          "c0-matern",       "c2-matern", "c4-matern", "c6-matern",
  "inverse-quadratic", "inverse-quadric", "cauchy",    "piecewise", NULL
};
static const char *const basis_labels[] = { N_ ("Gaussian"),         N_ ("C0 Matérn"),
                                            N_ ("C2 Matérn"),        N_ ("C4 Matérn"),
                                            N_ ("C6 Matérn"),        N_ ("Inverse quadratic"),
                                            N_ ("Inverse quadric"),  N_ ("Cauchy"),
                                            N_ ("Piecewise linear"), NULL };
static const char *const shape_nicks[] = { "fwhm", "factor", NULL };
static const char *const shape_labels[] = { N_ ("Width of the spacing"), N_ ("Shape factor"),
                                            NULL };
static const char *const inductance_nicks[] = { "fit", "none", "discard", NULL };
static const char *const inductance_labels[] = { N_ ("Fitted"), N_ ("None"),
                                                 N_ ("Inductive points left out"), NULL };
static const char *const tail_nicks[] = { "none", "capacitance", "warburg", NULL };
static const char *const tail_labels[] = { N_ ("None"), N_ ("Series capacitance"),
                                           N_ ("Finite-space Warburg"), NULL };
static const char *const weighting_nicks[] = { "unit", "modulus", NULL };
static const char *const weighting_labels[] = { N_ ("Unit"), N_ ("Modulus"), NULL };

#define AT(member) G_STRUCT_OFFSET (PlateauDrtOptions, member)

const PlateauOption plateau_drt_option_table[] = {
  { "lambda-method", N_ ("Chosen by"), N_ ("How the regularisation parameter λ is chosen"),
    PLATEAU_OPTION_CHOICE, AT (lambda_method), NULL, 0, 0, method_nicks, method_labels },
  { "lambda-value", N_ ("λ"), N_ ("Regularisation parameter, when set by hand"),
    PLATEAU_OPTION_NUMBER, AT (lambda), NULL, 1e-12, 1e6 },
  { "derivative", N_ ("Penalty"), N_ ("Derivative of γ whose square is penalised"),
    PLATEAU_OPTION_CHOICE, AT (derivative), NULL, 0, 0, derivative_nicks, derivative_labels },
  { "part", N_ ("Part"), N_ ("Part of the impedance that is fitted"), PLATEAU_OPTION_CHOICE,
    AT (part), NULL, 0, 0, part_nicks, part_labels },
  { "rbf", N_ ("Basis"), N_ ("Functions that γ is made of"), PLATEAU_OPTION_CHOICE, AT (basis),
    NULL, 0, 0, basis_nicks, basis_labels },
  { "shape-kind", N_ ("Shape is"), N_ ("What the shape value means"), PLATEAU_OPTION_CHOICE,
    AT (shape_kind), NULL, 0, 0, shape_nicks, shape_labels },
  { "shape-value", N_ ("Shape"),
    N_ ("Spacing of ln τ over the full width of a basis function, or its shape factor"),
    PLATEAU_OPTION_NUMBER, AT (shape), NULL, 0.01, 1000 },
  { "inductance", N_ ("Inductance"), N_ ("How inductance at high frequency is treated"),
    PLATEAU_OPTION_CHOICE, AT (inductance), NULL, 0, 0, inductance_nicks, inductance_labels },
  { "free-inductance", N_ ("Inductance may be negative"),
    N_ ("For cable compensation that overshoots"), PLATEAU_OPTION_BOOLEAN, AT (free_inductance) },
  { "tail", N_ ("Diffusion tail"), N_ ("Series element for a tail without end at low frequency"),
    PLATEAU_OPTION_CHOICE, AT (tail), NULL, 0, 0, tail_nicks, tail_labels },
  { "weighting", N_ ("Weighting"), N_ ("Weights of the residuals"), PLATEAU_OPTION_CHOICE,
    AT (weighting), NULL, 0, 0, weighting_nicks, weighting_labels },
  { "points-per-decade", N_ ("Points a decade"),
    N_ ("Relaxation times a decade; 0: one for each frequency, τ = 1/f"), PLATEAU_OPTION_INTEGER,
    AT (points_per_decade), NULL, 0, 100 },
  { "extend", N_ ("Decades beyond the data"),
    N_ ("How far the relaxation times reach beyond both ends of the data"), PLATEAU_OPTION_NUMBER,
    AT (extend), NULL, 0, 4 },
  { "signed", N_ ("γ may be negative"), N_ ("For inductive loops; takes a larger λ"),
    PLATEAU_OPTION_BOOLEAN, AT (signed_gamma) },
  { "credible", N_ ("Credible band"), N_ ("99 % band of γ by sampling"), PLATEAU_OPTION_BOOLEAN,
    AT (credible) },
  { "samples", N_ ("Samples"), N_ ("Number of samples of the band"), PLATEAU_OPTION_INTEGER,
    AT (n_samples), NULL, 200, 100000 },
  { "seed", N_ ("Seed"), N_ ("The same seed gives the same band"), PLATEAU_OPTION_INTEGER,
    AT (seed), NULL, 0, G_MAXINT },
  { "max-peaks", N_ ("Peaks at most"), N_ ("0: as many as stand out"), PLATEAU_OPTION_INTEGER,
    AT (max_peaks), NULL, 0, 30 },
  { "lambda-low", N_ ("λ from"), N_ ("Lower end of the search"), PLATEAU_OPTION_NUMBER,
    AT (lambda_low), NULL, 1e-12, 1e6 },
  { "lambda-high", N_ ("λ to"), N_ ("Upper end of the search"), PLATEAU_OPTION_NUMBER,
    AT (lambda_high), NULL, 1e-12, 1e6 },
  { NULL }
};

static void
warn (GPtrArray *warnings, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (warnings, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/**
 * plateau_drt_data_init:
 * @data: receives the arrays
 * @spectrum: one spectrum
 * @options: whether inductive points stay
 * @warnings: (element-type utf8): receives what was left out
 * @error: return location
 *
 * Returns: whether enough points are left
 */
gboolean
plateau_drt_data_init (PlateauDrtData *data, PlateauSpectrum *spectrum,
                       const PlateauDrtOptions *options, GPtrArray *warnings, GError **error)
{
  g_autoptr (PlateauSpectrum) clean = plateau_spectrum_clean (spectrum, warnings, error);
  double smallest = INFINITY, largest = 0;
  gsize n, inductive = 0;

  memset (data, 0, sizeof *data);
  if (clean == NULL)
    return FALSE;
  n = plateau_spectrum_get_n (clean);
  data->frequency = g_new (double, n);
  data->z_re = g_new (double, n);
  data->z_im = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      double re = plateau_spectrum_peek_re (clean)[i], im = plateau_spectrum_peek_im (clean)[i];
      double modulus = hypot (re, im);

      if (im > 0)
        inductive++;
      if ((im > 0 && options->inductance == PLATEAU_DRT_INDUCTANCE_DISCARD) || modulus == 0)
        continue;
      data->frequency[data->n] = plateau_spectrum_peek_frequency (clean)[i];
      data->z_re[data->n] = re;
      data->z_im[data->n++] = im;
      smallest = MIN (smallest, modulus);
      largest = MAX (largest, modulus);
    }
  if (data->n < MIN_POINTS)
    {
      g_set_error (
          error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
          inductive == n ? _ (
              "Every one of the %zu points is inductive (Z'' > 0); %d others are needed for a DRT. "
              "Check the sign of Z'' in the file.")
                         : _ ("The spectrum has %zu usable points; a DRT needs at least %d."),
          inductive == n ? n : data->n, MIN_POINTS);
      plateau_drt_data_clear (data);
      return FALSE;
    }
  if (inductive == n)
    warn (warnings, _ ("Every point is inductive (Z'' > 0). Check the sign of Z'' in the file."));
  if (largest > 1e4 * smallest && options->weighting == PLATEAU_DRT_WEIGHT_UNIT)
    warn (warnings,
          _ ("|Z| spans %.0f decades: without modulus weights the small impedances do not count."),
          log10 (largest / smallest));
  return TRUE;
}

/**
 * plateau_drt_data_clear:
 * @data: arrays to free
 */
void
plateau_drt_data_clear (PlateauDrtData *data)
{
  g_clear_pointer (&data->frequency, g_free);
  g_clear_pointer (&data->z_re, g_free);
  g_clear_pointer (&data->z_im, g_free);
}

/* The time constant of a finite-space Warburg tail is the one nonlinear unknown: a scan over four
 * decades around the lowest frequency, refined by golden section. */
static double
tail_misfit (const PlateauDrtKernel *kernel, const PlateauDrtData *data,
             const PlateauDrtOptions *options, double lambda, double ln_tau)
{
  g_autoptr (PlateauDrtSystem) system = plateau_drt_system_new (
      kernel, data->z_re, data->z_im, options, options->part, exp (ln_tau));
  g_autofree double *x = g_new (double, system->n);

  if (!plateau_drt_solve (system, lambda, x, NULL, NULL, NULL))
    return INFINITY;
  return plateau_drt_system_objective (system, x, lambda);
}

static double
find_warburg_tau (const PlateauDrtKernel *kernel, const PlateauDrtData *data,
                  const PlateauDrtOptions *options, double lambda)
{
  const double g = 0.6180339887498949;
  double centre = log (1 / kernel->omega[kernel->n_f - 1]), step = log (10.0) / 4;
  double best = INFINITY, at = centre, low, high, a, b, fa, fb;

  for (int i = -8; i <= 8; i++)
    {
      double value = tail_misfit (kernel, data, options, lambda, centre + i * step);

      if (value < best)
        {
          best = value;
          at = centre + i * step;
        }
    }
  low = at - step;
  high = at + step;
  a = high - g * (high - low);
  b = low + g * (high - low);
  fa = tail_misfit (kernel, data, options, lambda, a);
  fb = tail_misfit (kernel, data, options, lambda, b);
  for (int i = 0; i < 16; i++)
    if (fa < fb)
      {
        high = b;
        b = a;
        fb = fa;
        a = high - g * (high - low);
        fa = tail_misfit (kernel, data, options, lambda, a);
      }
    else
      {
        low = a;
        a = b;
        fa = fb;
        b = low + g * (high - low);
        fb = tail_misfit (kernel, data, options, lambda, b);
      }
  return exp (0.5 * (low + high));
}

static void
take_fit (PlateauDrtPrivate *drt, const PlateauDrtData *data, const PlateauDrtOptions *options,
          double warburg_tau, double inverse_capacitance)
{
  PlateauDrt *result = &drt->parent;
  const PlateauDrtKernel *kernel = drt->kernel;
  g_autofree double *fit_re = g_new (double, data->n), *fit_im = g_new (double, data->n);
  double sum = 0, offset = 0;

  plateau_matrix_times (kernel->a_re, data->n, kernel->n_tau, kernel->n_tau, drt->x, fit_re);
  plateau_matrix_times (kernel->a_im, data->n, kernel->n_tau, kernel->n_tau, drt->x, fit_im);
  for (gsize i = 0; i < data->n; i++)
    {
      double omega = kernel->omega[i];

      if (isfinite (result->inductance))
        fit_im[i] += omega * result->inductance;
      if (isfinite (inverse_capacitance))
        fit_im[i] -= inverse_capacitance / omega;
      if (isfinite (result->warburg_resistance))
        {
          double complex s = csqrt (I * omega * warburg_tau);
          double complex z = result->warburg_resistance / (cabs (s) > 20 ? s : s * ctanh (s));

          fit_re[i] += creal (z);
          fit_im[i] += cimag (z);
        }
      offset += (data->z_re[i] - fit_re[i]) / data->n;
    }
  /* the imaginary part alone does not know R_inf: the mean of what is left of the real part */
  if (options->part == PLATEAU_DRT_IM)
    result->r_inf = offset;
  for (gsize i = 0; i < data->n; i++)
    {
      double dre, dim, modulus2;

      fit_re[i] += result->r_inf;
      dre = data->z_re[i] - fit_re[i];
      dim = data->z_im[i] - fit_im[i];
      modulus2 = data->z_re[i] * data->z_re[i] + data->z_im[i] * data->z_im[i];
      sum += (dre * dre + dim * dim) / modulus2;
    }
  result->residual_rms_percent = 100 * sqrt (sum / data->n);
  result->n_points = data->n;
  result->frequency = g_memdup2 (data->frequency, data->n * sizeof (double));
  result->z_re = g_memdup2 (data->z_re, data->n * sizeof (double));
  result->z_im = g_memdup2 (data->z_im, data->n * sizeof (double));
  result->fit_re = g_steal_pointer (&fit_re);
  result->fit_im = g_steal_pointer (&fit_im);
}

static void
take_gamma (PlateauDrtPrivate *drt)
{
  PlateauDrt *result = &drt->parent;
  const PlateauDrtKernel *kernel = drt->kernel;
  gsize n = kernel->n_tau, n_fine = FINE_PER_STEP * n;
  double low = kernel->ln_tau[0] - 0.5 * M_LN10, high = kernel->ln_tau[n - 1] + 0.5 * M_LN10;
  g_autofree double *ln_fine = g_new (double, n_fine);
  double *gamma = g_new (double, n), *fine_tau = g_new (double, n_fine);
  double *fine_gamma = g_new (double, n_fine);

  plateau_drt_basis_evaluate (kernel, drt->x, kernel->ln_tau, n, gamma);
  for (gsize i = 0; i < n_fine; i++)
    {
      ln_fine[i] = low + i * (high - low) / (n_fine - 1);
      fine_tau[i] = exp (ln_fine[i]);
    }
  plateau_drt_basis_evaluate (kernel, drt->x, ln_fine, n_fine, fine_gamma);
  result->n_tau = n;
  result->tau = g_memdup2 (kernel->tau, n * sizeof (double));
  result->gamma = gamma;
  result->n_fine = n_fine;
  result->fine_tau = fine_tau;
  result->fine_gamma = fine_gamma;
  result->polarisation_resistance = plateau_matrix_dot (drt->x, kernel->mass, n);
}

static void
band_of_peaks (PlateauDrtPrivate *drt, const double *samples, gsize n_samples, gsize n,
               gsize n_extra)
{
  const PlateauDrtKernel *kernel = drt->kernel;
  g_autofree double *area = g_new (double, n_samples);
  g_autofree double *weight = g_new (double, kernel->n_tau);

  for (guint p = 0; p < drt->peak_list->len; p++)
    {
      PlateauDrtPeak *peak = &g_array_index (drt->peak_list, PlateauDrtPeak, p);
      double left = log (peak->tau) - 3 * peak->sigma, right = log (peak->tau) + 3 * peak->sigma;

      /* areas of basis functions inside the peak, by the share of their centres */
      if (p > 0)
        left = MAX (left,
                    0.5
                        * (log (peak->tau)
                           + log (g_array_index (drt->peak_list, PlateauDrtPeak, p - 1).tau)));
      if (p + 1 < drt->peak_list->len)
        right = MIN (right,
                     0.5
                         * (log (peak->tau)
                            + log (g_array_index (drt->peak_list, PlateauDrtPeak, p + 1).tau)));
      for (gsize m = 0; m < kernel->n_tau; m++)
        weight[m] = kernel->ln_tau[m] >= left && kernel->ln_tau[m] <= right ? kernel->mass[m] : 0;
      for (gsize s = 0; s < n_samples; s++)
        area[s] = plateau_matrix_dot (weight, samples + s * n + n_extra, kernel->n_tau);
      gsl_sort (area, 1, n_samples);
      peak->resistance_lower = gsl_stats_quantile_from_sorted_data (area, 1, n_samples, BAND_LOW);
      peak->resistance_upper = gsl_stats_quantile_from_sorted_data (area, 1, n_samples, BAND_HIGH);
    }
}

static gboolean
take_band (PlateauDrtPrivate *drt, const PlateauDrtSystem *system, const double *x,
           const PlateauDrtOptions *options, GCancellable *cancellable, GError **error)
{
  PlateauDrt *result = &drt->parent;
  gsize n_kept, n_tau = result->n_tau;
  double sigma = 0;
  gboolean by_coordinates = FALSE;
  g_autofree double *samples = plateau_drt_sample_system (system, x, result->lambda,
                                                          options->n_samples, options->seed,
                                                          &n_kept, &sigma, &by_coordinates,
                                                          cancellable, error);
  g_autofree double *gamma = NULL, *column = NULL;
  double *lower, *upper, *mean;

  if (samples == NULL)
    return FALSE;
  if (by_coordinates)
    warn (drt->warning_texts, _ ("At this λ the credible band could only be sampled coordinate by "
                                 "coordinate and may be too narrow. Take a larger λ."));
  gamma = g_new (double, n_kept *n_tau);
  column = g_new (double, n_kept);
  for (gsize s = 0; s < n_kept; s++)
    plateau_drt_basis_evaluate (drt->kernel, samples + s * system->n + system->n_extra,
                                drt->kernel->ln_tau, n_tau, gamma + s * n_tau);
  lower = g_new (double, n_tau);
  upper = g_new (double, n_tau);
  mean = g_new (double, n_tau);
  for (gsize i = 0; i < n_tau; i++)
    {
      for (gsize s = 0; s < n_kept; s++)
        column[s] = gamma[s * n_tau + i];
      gsl_sort (column, 1, n_kept);
      lower[i] = gsl_stats_quantile_from_sorted_data (column, 1, n_kept, BAND_LOW);
      upper[i] = gsl_stats_quantile_from_sorted_data (column, 1, n_kept, BAND_HIGH);
      mean[i] = gsl_stats_mean (column, 1, n_kept);
    }
  result->gamma_lower = lower;
  result->gamma_upper = upper;
  result->gamma_mean = mean;
  band_of_peaks (drt, samples, n_kept, system->n, system->n_extra);
  return TRUE;
}

static gboolean
choose_lambda (PlateauDrtPrivate *drt, const PlateauDrtData *data, const PlateauDrtOptions *options,
               double warburg_tau, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauDrtScores) scores = NULL;
  int method = options->lambda_method;

  drt->parent.lambda_method = method;
  drt->parent.lambda = options->lambda;
  if (method == PLATEAU_DRT_LAMBDA_FIXED)
    return TRUE;
  scores = plateau_drt_score_system (drt->kernel, data->z_re, data->z_im, options, warburg_tau, 71,
                                     1u << method, cancellable, error);
  if (scores == NULL)
    return FALSE;
  if (!isfinite (scores->minimum[method]))
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                   _ ("The %s score has no minimum for this spectrum. Set λ by hand."),
                   _ (method_labels[method]));
      return FALSE;
    }
  drt->parent.lambda = scores->minimum[method];
  drt->parent.lambda_at_edge = scores->at_edge[method];
  if (drt->parent.lambda_at_edge)
    warn (drt->warning_texts,
          _ ("The minimum of the %s score lies at the edge of the range (λ = %.2g): it says only "
             "that λ should be %s. Set λ by hand or take another score."),
          _ (method_labels[method]), drt->parent.lambda,
          drt->parent.lambda < 10 * options->lambda_low ? _ ("smaller") : _ ("larger"));
  return TRUE;
}

static PlateauDrtPrivate *
drt_new (PlateauDrtKernel *kernel, GPtrArray *warnings)
{
  PlateauDrtPrivate *drt = g_new0 (PlateauDrtPrivate, 1);

  g_atomic_ref_count_init (&drt->ref_count);
  drt->kernel = plateau_drt_kernel_ref (kernel);
  drt->x = g_new (double, kernel->n_tau);
  drt->warning_texts = g_ptr_array_ref (warnings);
  drt->peak_list = g_array_new (FALSE, TRUE, sizeof (PlateauDrtPeak));
  drt->parent.epsilon = kernel->epsilon;
  drt->parent.r_inf = drt->parent.capacitance = NAN;
  drt->parent.warburg_resistance = drt->parent.warburg_tau = NAN;
  drt->parent.measured_tau_low = 1 / kernel->omega[0];
  drt->parent.measured_tau_high = 1 / kernel->omega[kernel->n_f - 1];
  return drt;
}

static void
take_extras (PlateauDrtPrivate *drt, const PlateauDrtSystem *system, const double *x,
             const PlateauDrtOptions *options, double warburg_tau, double *inverse_capacitance)
{
  PlateauDrt *result = &drt->parent;
  double tail = plateau_drt_system_extra (system, x, PLATEAU_DRT_EXTRA_TAIL);

  result->r_inf = plateau_drt_system_extra (system, x, PLATEAU_DRT_EXTRA_R_INF);
  if (options->part == PLATEAU_DRT_IM)
    result->r_inf = 0;
  result->inductance = plateau_drt_system_extra (system, x, PLATEAU_DRT_EXTRA_INDUCTANCE);
  if (options->inductance != PLATEAU_DRT_INDUCTANCE_FIT)
    result->inductance = 0;
  *inverse_capacitance = NAN;
  if (options->tail == PLATEAU_DRT_TAIL_CAPACITANCE)
    {
      *inverse_capacitance = tail;
      result->capacitance = tail > 0 ? 1 / tail : NAN;
    }
  else if (options->tail == PLATEAU_DRT_TAIL_WARBURG)
    {
      result->warburg_resistance = tail;
      result->warburg_tau = warburg_tau;
      result->capacitance = tail > 0 ? warburg_tau / tail : NAN;
    }
}

static PlateauDrt *
analyse_data (PlateauDrtKernel *kernel, const PlateauDrtData *data, GPtrArray *warnings,
              const PlateauDrtOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauDrt) result = (PlateauDrt *) drt_new (kernel, warnings);
  PlateauDrtPrivate *drt = (PlateauDrtPrivate *) result;
  g_autoptr (PlateauDrtSystem) system = NULL;
  g_autofree double *x = NULL;
  double warburg_tau = NAN, inverse_capacitance;

  if (options->tail == PLATEAU_DRT_TAIL_WARBURG)
    warburg_tau = find_warburg_tau (kernel, data, options, options->lambda);
  if (!choose_lambda (drt, data, options, warburg_tau, cancellable, error))
    return NULL;
  system = plateau_drt_system_new (kernel, data->z_re, data->z_im, options, options->part,
                                   warburg_tau);
  x = g_new (double, system->n);
  if (!plateau_drt_solve (system, result->lambda, x, NULL, &result->n_iterations, error))
    return NULL;
  memcpy (drt->x, x + system->n_extra, kernel->n_tau * sizeof (double));
  take_extras (drt, system, x, options, warburg_tau, &inverse_capacitance);
  take_fit (drt, data, options, warburg_tau, inverse_capacitance);
  take_gamma (drt);
  plateau_drt_find_peaks (drt, options->max_peaks);
  if (options->credible && !take_band (drt, system, x, options, cancellable, error))
    return NULL;
  result->n_peaks = drt->peak_list->len;
  result->peaks = (const PlateauDrtPeak *) (void *) drt->peak_list->data;
  g_ptr_array_add (drt->warning_texts, NULL);
  result->warnings = (const char *const *) drt->warning_texts->pdata;
  return g_steal_pointer (&result);
}

static gboolean
check_options (const PlateauDrtOptions *options, GError **error)
{
  const char *what = NULL;

  if (!(options->lambda > 0) || !isfinite (options->lambda))
    what = _ ("λ must be a positive number.");
  else if (!(options->shape > 0) || !isfinite (options->shape))
    what = _ ("The shape must be a positive number.");
  else if (!(options->lambda_low > 0) || !(options->lambda_high > options->lambda_low))
    what = _ ("The range of λ must go from a positive number to a larger one.");
  if (what != NULL)
    g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID, what);
  return what == NULL;
}

/**
 * plateau_drt_analyse:
 * @spectrum: one spectrum; points in any order, unusable ones are left out with a warning
 * @options: settings
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Distribution of relaxation times by Tikhonov regularisation with radial basis functions (Wan et
 * al., Electrochim. Acta 184 (2015) 483; Saccoccio et al., Electrochim. Acta 147 (2014) 470):
 * Z(w) = R_inf + jwL + int gamma(ln tau) / (1 + jw tau) d ln tau, gamma >= 0. The time constants
 * are those of this equation; tau = 1/f only says where the basis functions sit.
 *
 * Returns: (transfer full) (nullable): the result
 */
PlateauDrt *
plateau_drt_analyse (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauDrtKernel) kernel = NULL;

  return plateau_drt_analyse_with (&kernel, spectrum, options, cancellable, error);
}

/**
 * plateau_drt_analyse_with:
 * @kernel: (inout) (nullable): matrices of the previous spectrum, replaced when these frequencies
 *   or options need others
 * @spectrum: one spectrum
 * @options: settings
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * As plateau_drt_analyse(), for a series or a slider: what depends on the frequencies alone is
 * computed once.
 *
 * Returns: (transfer full) (nullable): the result
 */
PlateauDrt *
plateau_drt_analyse_with (PlateauDrtKernel **kernel, PlateauSpectrum *spectrum,
                          const PlateauDrtOptions *options, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_auto (PlateauDrtData) data = { 0 };

  if (!check_options (options, error)
      || !plateau_drt_data_init (&data, spectrum, options, warnings, error))
    return NULL;
  if (*kernel == NULL || !plateau_drt_kernel_serves (*kernel, data.frequency, data.n, options))
    {
      g_clear_pointer (kernel, plateau_drt_kernel_unref);
      *kernel = plateau_drt_kernel_new (data.frequency, data.n, options, error);
      if (*kernel == NULL)
        return NULL;
    }
  return analyse_data (*kernel, &data, warnings, options, cancellable, error);
}

/* --- many spectra ----------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *spectra;
  const PlateauDrtOptions *options;
  GCancellable *cancellable;
  PlateauDrt **results;
  GError **errors;
  guint n_chunks;
} Batch;

/* A chunk is a run of neighbours: their frequencies are usually equal. */
static void
run_chunk (gpointer item, gpointer user_data)
{
  Batch *batch = user_data;
  guint chunk = GPOINTER_TO_UINT (item) - 1, n = batch->spectra->len;
  g_autoptr (PlateauDrtKernel) kernel = NULL;

  for (guint i = (guint64) chunk * n / batch->n_chunks;
       i < (guint64) (chunk + 1) * n / batch->n_chunks; i++)
    batch->results[i] = plateau_drt_analyse_with (&kernel, g_ptr_array_index (batch->spectra, i),
                                                  batch->options, batch->cancellable,
                                                  &batch->errors[i]);
}

static void
clear_drt (gpointer drt)
{
  if (drt != NULL)
    plateau_drt_unref (drt);
}

/**
 * plateau_drt_analyse_many:
 * @spectra: (element-type PlateauSpectrum): a series
 * @options: settings for all of them
 * @n_threads: threads to use; 0: one a processor
 * @errors: (element-type GError) (nullable): receives one entry a spectrum, %NULL where it went
 * well
 * @cancellable: (nullable): to stop early
 *
 * Analyses a series in threads; spectra with equal frequencies share their matrices.
 *
 * Returns: (transfer full) (element-type PlateauDrt): one entry a spectrum, %NULL where it failed
 */
GPtrArray *
plateau_drt_analyse_many (GPtrArray *spectra, const PlateauDrtOptions *options, guint n_threads,
                          GPtrArray *errors, GCancellable *cancellable)
{
  guint n = spectra->len;
  GPtrArray *results = g_ptr_array_new_with_free_func (clear_drt);
  Batch batch = { spectra, options, cancellable, NULL, NULL, 0 };

  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  g_ptr_array_set_size (results, n);
  batch.results = (PlateauDrt **) results->pdata;
  batch.errors = g_new0 (GError *, n);
  batch.n_chunks = CLAMP (n_threads, 1, MAX (n, 1));
  if (batch.n_chunks == 1)
    run_chunk (GUINT_TO_POINTER (1), &batch);
  else
    {
      GThreadPool *pool = g_thread_pool_new (run_chunk, &batch, (int) batch.n_chunks, FALSE, NULL);

      for (guint c = 0; c < batch.n_chunks; c++)
        g_thread_pool_push (pool, GUINT_TO_POINTER (c + 1), NULL);
      g_thread_pool_free (pool, FALSE, TRUE);
    }
  for (guint i = 0; i < n; i++)
    if (errors != NULL)
      g_ptr_array_add (errors, batch.errors[i]);
    else
      g_clear_error (&batch.errors[i]);
  g_free (batch.errors);
  return results;
}

/* --- scores, samples -------------------------------------------------------------------------- */

/**
 * plateau_drt_score:
 * @spectrum: one spectrum
 * @options: the model and the range of lambda
 * @n_lambda: number of values of lambda, at least 3
 * @methods: bits (1 << #PlateauDrtLambdaMethod)
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the curves of the scores, their minima, and whether these
 *   lie at the edge of the range
 */
PlateauDrtScores *
plateau_drt_score (PlateauSpectrum *spectrum, const PlateauDrtOptions *options, guint n_lambda,
                   guint methods, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_auto (PlateauDrtData) data = { 0 };
  g_autoptr (PlateauDrtKernel) kernel = NULL;
  double warburg_tau = NAN;

  if (!check_options (options, error)
      || !plateau_drt_data_init (&data, spectrum, options, warnings, error))
    return NULL;
  kernel = plateau_drt_kernel_new (data.frequency, data.n, options, error);
  if (kernel == NULL)
    return NULL;
  if (options->tail == PLATEAU_DRT_TAIL_WARBURG)
    warburg_tau = find_warburg_tau (kernel, &data, options, options->lambda);
  return plateau_drt_score_system (kernel, data.z_re, data.z_im, options, warburg_tau, n_lambda,
                                   methods, cancellable, error);
}

/**
 * plateau_drt_sample:
 * @spectrum: one spectrum
 * @options: the model, lambda, number of samples and seed
 * @n_samples: (out): samples that come back, without those burnt in
 * @n_unknowns: (out): length of each
 * @n_extra: (out): how many unknowns stand before those of gamma
 * @sigma: (inout): standard deviation of the noise; taken from the residuals when not positive
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Returns: (transfer full) (nullable): samples of the coefficients, row by row
 */
double *
plateau_drt_sample (PlateauSpectrum *spectrum, const PlateauDrtOptions *options, gsize *n_samples,
                    gsize *n_unknowns, gsize *n_extra, double *sigma, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_auto (PlateauDrtData) data = { 0 };
  g_autoptr (PlateauDrtKernel) kernel = NULL;
  g_autoptr (PlateauDrtSystem) system = NULL;
  g_autofree double *x = NULL;

  if (!check_options (options, error)
      || !plateau_drt_data_init (&data, spectrum, options, warnings, error))
    return NULL;
  kernel = plateau_drt_kernel_new (data.frequency, data.n, options, error);
  if (kernel == NULL)
    return NULL;
  system = plateau_drt_system_new (kernel, data.z_re, data.z_im, options, options->part,
                                   1 / kernel->omega[kernel->n_f - 1]);
  x = g_new (double, system->n);
  if (!plateau_drt_solve (system, options->lambda, x, NULL, NULL, error))
    return NULL;
  *n_unknowns = system->n;
  *n_extra = system->n_extra;
  return plateau_drt_sample_system (system, x, options->lambda, options->n_samples, options->seed,
                                    n_samples, sigma, NULL, cancellable, error);
}

/**
 * plateau_drt_lambda_sensitivity:
 * @spectrum: one spectrum
 * @options: the model and the range of lambda
 * @n_lambda: number of values
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Solves for many values of lambda, so that the peaks can be drawn against it.
 *
 * Returns: (transfer full) (nullable) (element-type PlateauDrt): one result for each lambda, rising
 */
GPtrArray *
plateau_drt_lambda_sensitivity (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                                guint n_lambda, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (clear_drt);
  g_autoptr (PlateauDrtKernel) kernel = NULL;

  g_return_val_if_fail (n_lambda >= 2, NULL);
  for (guint i = 0; i < n_lambda; i++)
    {
      PlateauDrtOptions one = *options;
      PlateauDrt *drt;

      one.credible = FALSE;
      one.lambda_method = PLATEAU_DRT_LAMBDA_FIXED;
      one.lambda = options->lambda_low
                   * pow (options->lambda_high / options->lambda_low, i / (n_lambda - 1.0));
      drt = plateau_drt_analyse_with (&kernel, spectrum, &one, cancellable, error);
      if (drt == NULL)
        return NULL;
      g_ptr_array_add (results, drt);
    }
  return g_steal_pointer (&results);
}

/* --- the result ------------------------------------------------------------------------------- */

/**
 * plateau_drt_ref:
 * @drt: a result
 *
 * Returns: @drt with one more reference
 */
PlateauDrt *
plateau_drt_ref (PlateauDrt *drt)
{
  g_atomic_ref_count_inc (&((PlateauDrtPrivate *) drt)->ref_count);
  return drt;
}

/**
 * plateau_drt_unref:
 * @drt: a result
 *
 * Drops one reference.
 */
void
plateau_drt_unref (PlateauDrt *drt)
{
  PlateauDrtPrivate *self = (PlateauDrtPrivate *) drt;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free ((gpointer) drt->tau);
  g_free ((gpointer) drt->gamma);
  g_free ((gpointer) drt->gamma_lower);
  g_free ((gpointer) drt->gamma_upper);
  g_free ((gpointer) drt->gamma_mean);
  g_free ((gpointer) drt->fine_tau);
  g_free ((gpointer) drt->fine_gamma);
  g_free ((gpointer) drt->frequency);
  g_free ((gpointer) drt->z_re);
  g_free ((gpointer) drt->z_im);
  g_free ((gpointer) drt->fit_re);
  g_free ((gpointer) drt->fit_im);
  g_free (self->x);
  g_ptr_array_unref (self->warning_texts);
  g_array_unref (self->peak_list);
  plateau_drt_kernel_unref (self->kernel);
  g_free (self);
}

/**
 * plateau_drt_evaluate:
 * @drt: a result
 * @tau: (array length=n): relaxation times in s, rising
 * @n: number of values
 * @gamma: (array length=n): receives gamma in ohm per unit of ln tau
 */
void
plateau_drt_evaluate (const PlateauDrt *drt, const double *tau, gsize n, double *gamma)
{
  const PlateauDrtPrivate *self = (const PlateauDrtPrivate *) drt;
  g_autofree double *ln_tau = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    ln_tau[i] = log (tau[i]);
  plateau_drt_basis_evaluate (self->kernel, self->x, ln_tau, n, gamma);
}

/**
 * plateau_drt_area:
 * @drt: a result
 * @tau_low: lower end, s
 * @tau_high: upper end, s
 *
 * Returns: the resistance between two relaxation times in ohm: the area of gamma over ln tau
 */
double
plateau_drt_area (const PlateauDrt *drt, double tau_low, double tau_high)
{
  enum
  {
    STEPS = 400
  };
  double low = log (tau_low), high = log (tau_high), sum = 0;
  g_autofree double *tau = g_new (double, STEPS + 1), *gamma = g_new (double, STEPS + 1);

  if (!(high > low))
    return 0;
  for (int i = 0; i <= STEPS; i++)
    tau[i] = exp (low + i * (high - low) / STEPS);
  plateau_drt_evaluate (drt, tau, STEPS + 1, gamma);
  for (int i = 0; i <= STEPS; i++)
    sum += gamma[i] * (i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2);
  return sum * (high - low) / STEPS / 3;
}
