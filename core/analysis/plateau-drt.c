/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"

#include <complex.h>
#include <glib/gi18n.h>
#include <string.h>

#define FINE_PER_STEP 5
#define POOR_FIT 5.0      /* rms of the residuals in percent of |Z| from which peaks are doubted */
#define MUCH_OUTSIDE 0.25 /* share of the resistance beyond the measured relaxation times */

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
                   _ (plateau_drt_method_label (method)));
      return FALSE;
    }
  drt->parent.lambda = scores->minimum[method];
  drt->parent.lambda_at_edge = scores->at_edge[method];
  if (drt->parent.lambda_at_edge)
    plateau_drt_warn (
        drt->warning_texts,
        _ ("The minimum of the %s score lies at the edge of the range (λ = %.2g): it says only "
           "that λ should be %s. Set λ by hand or take another score."),
        _ (plateau_drt_method_label (method)), drt->parent.lambda,
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

/* Where the result says more about the model than about the spectrum. */
static void
add_doubts (PlateauDrtPrivate *drt, const PlateauDrtOptions *options)
{
  const PlateauDrt *result = &drt->parent;
  const PlateauDrtKernel *kernel = drt->kernel;
  double outside = 0, all = 0;

  if (result->residual_rms_percent > POOR_FIT)
    plateau_drt_warn (
        drt->warning_texts,
        _ ("The distribution misses the data by %.0f %% of |Z| (root mean square): "
           "the data do not determine its peaks. Noise or drift (see the "
           "Kramers-Kronig test), a diffusion tail, weights or a large λ can be why."),
        result->residual_rms_percent);
  for (gsize m = 0; m < kernel->n_tau; m++)
    {
      double area = fabs (drt->x[m]) * kernel->mass[m];

      all += area;
      if (kernel->tau[m] < result->measured_tau_low || kernel->tau[m] > result->measured_tau_high)
        outside += area;
    }
  if (outside > MUCH_OUTSIDE * all && options->points_per_decade > 0)
    plateau_drt_warn (drt->warning_texts,
                      _ ("%.0f %% of the polarisation resistance lies beyond the measured "
                         "frequencies and is extrapolated; a diffusion tail can be taken out by "
                         "a series capacitance or a Warburg element."),
                      100 * outside / all);
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
    warburg_tau = plateau_drt_find_warburg_tau (kernel, data, options, options->lambda);
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
  add_doubts (drt, options);
  if (options->credible && !plateau_drt_take_band (drt, system, x, options, cancellable, error))
    return NULL;
  result->n_peaks = drt->peak_list->len;
  result->peaks = (const PlateauDrtPeak *) (void *) drt->peak_list->data;
  g_ptr_array_add (drt->warning_texts, NULL);
  result->warnings = (const char *const *) drt->warning_texts->pdata;
  return g_steal_pointer (&result);
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

  if (!plateau_drt_check_options (options, error)
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
