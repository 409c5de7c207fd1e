/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"

#include <glib/gi18n.h>
#include <gsl/gsl_multimin.h>
#include <string.h>

/* One part of the impedance as a Gaussian model: z = A x + noise sigma_n, x ~ N (0, W^-1),
 * W = I / sigma_b^2 + M / sigma_l^2; the first unknown is R_inf or the inductance (Liu, Wan &
 * Ciucci, Electrochim. Acta 357 (2020) 136864). */
typedef struct
{
  const PlateauDrtKernel *kernel;
  gsize n;   /* 1 + n_tau */
  double *a; /* n_f x n */
  const double *z;
  double *gram, *az;
  double *w, *k, *mean, *work;
} Model;

static void
model_init (Model *model, const PlateauDrtKernel *kernel, const double *z, gboolean real)
{
  gsize n = 1 + kernel->n_tau;

  memset (model, 0, sizeof *model);
  model->kernel = kernel;
  model->n = n;
  model->z = z;
  model->a = g_new (double, kernel->n_f *n);
  model->gram = g_new0 (double, n *n);
  model->az = g_new (double, n);
  model->w = g_new (double, n *n);
  model->k = g_new (double, n *n);
  model->mean = g_new (double, n);
  model->work = g_new (double, MAX (n, kernel->n_f));
  for (gsize i = 0; i < kernel->n_f; i++)
    {
      model->a[i * n] = real ? 1 : kernel->omega[i];
      memcpy (model->a + i * n + 1, (real ? kernel->a_re : kernel->a_im) + i * kernel->n_tau,
              kernel->n_tau * sizeof (double));
    }
  plateau_matrix_add_gram (model->a, kernel->n_f, n, n, model->gram, n);
  plateau_matrix_transposed_times (model->a, kernel->n_f, n, n, z, model->az);
}

static void
model_clear (Model *model)
{
  g_free (model->a);
  g_free (model->gram);
  g_free (model->az);
  g_free (model->w);
  g_free (model->k);
  g_free (model->mean);
  g_free (model->work);
}

/* Fills W and K = A'A / sigma_n^2 + W, factors both and computes the mean; returns the negative
 * logarithm of the marginal likelihood. */
static double
model_evaluate (Model *model, double sigma_n, double sigma_b, double sigma_l)
{
  gsize n = model->n, n_tau = n - 1, rows = model->kernel->n_f;
  double value = 0, energy = 0;

  memset (model->w, 0, n * n * sizeof (double));
  for (gsize i = 0; i < n_tau; i++)
    for (gsize j = i; j < n_tau; j++)
      model->w[(i + 1) * n + j + 1] = model->kernel->penalty[i * n_tau + j] / (sigma_l * sigma_l);
  for (gsize i = 0; i < n; i++)
    model->w[i * n + i] += 1 / (sigma_b * sigma_b);
  for (gsize i = 0; i < n * n; i++)
    model->k[i] = model->gram[i] / (sigma_n * sigma_n) + model->w[i];
  if (!plateau_matrix_cholesky (model->w, n, n) || !plateau_matrix_cholesky (model->k, n, n))
    return INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      value += log (model->k[i * n + i]) - log (model->w[i * n + i]);
      model->mean[i] = model->az[i] / (sigma_n * sigma_n);
    }
  plateau_matrix_cholesky_solve (model->k, n, n, model->mean);
  plateau_matrix_times (model->a, rows, n, n, model->mean, model->work);
  for (gsize r = 0; r < rows; r++)
    energy += (model->work[r] - model->z[r]) * (model->work[r] - model->z[r]);
  energy *= 0.5 / (sigma_n * sigma_n);
  /* x'Wx with W = U'U; only the upper triangle of the factor is defined */
  for (gsize i = 0; i < n; i++)
    {
      double u = plateau_matrix_dot (model->w + i * n + i, model->mean + i, n - i);

      energy += 0.5 * u * u;
    }
  value += energy + rows * (log (sigma_n) + 0.5 * log (2 * G_PI));
  return isfinite (value) ? value : INFINITY;
}

static double
minimise_target (const gsl_vector *theta, void *data)
{
  double value = model_evaluate (data, exp (gsl_vector_get (theta, 0)),
                                 exp (gsl_vector_get (theta, 1)), exp (gsl_vector_get (theta, 2)));

  /* the simplex needs numbers to compare */
  return isfinite (value) ? value : 1e300;
}

/* Nelder-Mead in the logarithms from a fixed set of starts; the best likelihood wins. */
static double
model_fit (Model *model, double *sigma, GCancellable *cancellable)
{
  static const double starts[][3] = { { 1e-3, 1, 1 }, { 1e-2, 10, 1 }, { 1e-4, 1, 0.1 } };
  gsl_multimin_function target = { minimise_target, 3, model };
  gsl_multimin_fminimizer *minimiser = gsl_multimin_fminimizer_alloc (
      gsl_multimin_fminimizer_nmsimplex2, 3);
  gsl_vector *x = gsl_vector_alloc (3), *step = gsl_vector_alloc (3);
  double best = INFINITY, scale = 0;

  for (gsize i = 0; i < model->kernel->n_f; i++)
    scale = MAX (scale, fabs (model->z[i]));
  for (gsize s = 0; s < G_N_ELEMENTS (starts); s++)
    {
      for (gsize i = 0; i < 3; i++)
        gsl_vector_set (x, i, log (starts[s][i] * scale));
      gsl_vector_set_all (step, 1.5);
      gsl_multimin_fminimizer_set (minimiser, &target, x, step);
      for (int i = 0; i < 300 && !g_cancellable_is_cancelled (cancellable); i++)
        if (gsl_multimin_fminimizer_iterate (minimiser) != 0
            || gsl_multimin_fminimizer_size (minimiser) < 1e-3)
          break;
      if (minimiser->fval < best)
        {
          best = minimiser->fval;
          for (gsize i = 0; i < 3; i++)
            sigma[i] = exp (gsl_vector_get (minimiser->x, i));
        }
    }
  gsl_vector_free (x);
  gsl_vector_free (step);
  gsl_multimin_fminimizer_free (minimiser);
  return model_evaluate (model, sigma[0], sigma[1], sigma[2]);
}

/* Mean and variance of the rows b x, x without its first element. */
static void
predict (const Model *model, const double *rows, double *mean, double *variance)
{
  gsize n = model->n, n_tau = n - 1;
  g_autofree double *row = g_new (double, n);

  for (gsize i = 0; i < model->kernel->n_f; i++)
    {
      row[0] = 0;
      memcpy (row + 1, rows + i * n_tau, n_tau * sizeof (double));
      mean[i] = plateau_matrix_dot (row, model->mean, n);
      plateau_matrix_solve_upper_transposed (model->k, n, n, row);
      variance[i] = plateau_matrix_dot (row, row, n);
    }
}

static double
first_variance (const Model *model)
{
  g_autofree double *unit = g_new0 (double, model->n);

  unit[0] = 1;
  plateau_matrix_solve_upper_transposed (model->k, model->n, model->n, unit);
  return plateau_matrix_dot (unit, unit, model->n);
}

/* int p ln (p / m), m = (p + q) / 2, by the trapezoid in the units of p. */
static double
divergence_to_mean (double mu_p, double s_p, double mu_q, double s_q)
{
  const double step = 0.05;
  double sum = 0;

  for (double t = -8; t <= 8; t += step)
    {
      double d = (mu_p + s_p * t - mu_q) / s_q;
      double ln_ratio = log (s_p / s_q) - 0.5 * d * d + 0.5 * t * t; /* ln (q / p) */

      sum -= exp (-0.5 * t * t)
             * (ln_ratio > 50 ? ln_ratio - M_LN2 : log1p (exp (ln_ratio)) - M_LN2);
    }
  return sum * step / sqrt (2 * G_PI);
}

static void
compare_predictions (const double *mu_p, const double *var_p, const double *mu_q,
                     const double *var_q, gsize n, double *s_mu, double *s_hd, double *s_jsd)
{
  double difference = 0, norm_p = 0, norm_q = 0, hellinger = 0, jensen = 0;

  for (gsize i = 0; i < n; i++)
    {
      double s_p = sqrt (var_p[i]), s_q = sqrt (var_q[i]), sum = var_p[i] + var_q[i];
      double d = mu_p[i] - mu_q[i];

      difference += d * d;
      norm_p += mu_p[i] * mu_p[i];
      norm_q += mu_q[i] * mu_q[i];
      hellinger += sqrt (MAX (0, 1 - sqrt (2 * s_p * s_q / sum) * exp (-0.25 * d * d / sum)));
      jensen += 0.5
                * (divergence_to_mean (mu_p[i], s_p, mu_q[i], s_q)
                   + divergence_to_mean (mu_q[i], s_q, mu_p[i], s_p));
    }
  *s_mu = 1 - sqrt (difference) / (sqrt (norm_p) + sqrt (norm_q));
  *s_hd = 1 - hellinger / n;
  *s_jsd = 1 - jensen / n / M_LN2;
}

static void
count_inside (const double *predicted, const double *variance, const double *z, gsize n,
              double *share)
{
  for (int k = 0; k < 3; k++)
    {
      gsize inside = 0;

      for (gsize i = 0; i < n; i++)
        if (fabs (predicted[i] - z[i]) < (k + 1) * sqrt (variance[i]))
          inside++;
      share[k] = (double) inside / n;
    }
}

/* The scores and predictions of two fitted models. */
static void
score_parts (Model *re, Model *im, double sigma_re, double sigma_im, PlateauDrtData *data,
             PlateauDrtHilbert *result)
{
  const PlateauDrtKernel *kernel = re->kernel;
  gsize n = data->n;
  g_autofree double *block = g_new (double, 4 * n);
  double *own_re = block, *own_re_var = block + n, *own_im = block + 2 * n;
  double *own_im_var = block + 3 * n;
  double *h_re = g_new (double, n), *h_re_var = g_new (double, n);
  double *h_im = g_new (double, n), *h_im_var = g_new (double, n);
  double r_var = first_variance (re), l_var = first_variance (im);

  predict (re, kernel->a_re, own_re, own_re_var);
  predict (im, kernel->a_im, own_im, own_im_var);
  predict (im, kernel->a_re, h_re, h_re_var);
  predict (re, kernel->a_im, h_im, h_im_var);
  result->sigma_re = sigma_re;
  result->sigma_im = sigma_im;
  result->r_inf = re->mean[0];
  result->inductance = im->mean[0];
  compare_predictions (own_re, own_re_var, h_re, h_re_var, n, &result->mean_re,
                       &result->hellinger_re, &result->jensen_shannon_re);
  compare_predictions (own_im, own_im_var, h_im, h_im_var, n, &result->mean_im,
                       &result->hellinger_im, &result->jensen_shannon_im);
  for (gsize i = 0; i < n; i++)
    {
      double w = kernel->omega[i];

      h_re[i] += re->mean[0];
      h_re_var[i] += r_var + sigma_im * sigma_im;
      h_im[i] += w * im->mean[0];
      h_im_var[i] += w * w * l_var + sigma_re * sigma_re;
    }
  count_inside (h_re, h_re_var, data->z_re, n, result->residual_re);
  count_inside (h_im, h_im_var, data->z_im, n, result->residual_im);
  for (gsize i = 0; i < n; i++)
    {
      h_re_var[i] = sqrt (h_re_var[i]);
      h_im_var[i] = sqrt (h_im_var[i]);
    }
  result->n = n;
  result->frequency = g_steal_pointer (&data->frequency);
  result->z_re = g_steal_pointer (&data->z_re);
  result->z_im = g_steal_pointer (&data->z_im);
  result->predicted_re = h_re;
  result->deviation_re = h_re_var;
  result->predicted_im = h_im;
  result->deviation_im = h_im_var;
}

/**
 * plateau_drt_hilbert_clear:
 * @result: scores
 *
 * Frees the arrays of a result.
 */
void
plateau_drt_hilbert_clear (PlateauDrtHilbert *result)
{
  g_clear_pointer (&result->frequency, g_free);
  g_clear_pointer (&result->z_re, g_free);
  g_clear_pointer (&result->z_im, g_free);
  g_clear_pointer (&result->predicted_re, g_free);
  g_clear_pointer (&result->deviation_re, g_free);
  g_clear_pointer (&result->predicted_im, g_free);
  g_clear_pointer (&result->deviation_im, g_free);
}

/**
 * plateau_drt_hilbert:
 * @spectrum: one spectrum
 * @options: basis, grid and derivative of the model
 * @result: receives the scores and predictions; cleared with plateau_drt_hilbert_clear()
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Bayesian Hilbert transform (Liu, Wan & Ciucci, Electrochim. Acta 357 (2020) 136864; Ciucci, J.
 * Electrochem. Soc. 167 (2020) 126503): each part of the impedance is fitted alone and predicts the
 * other; the scores say how well. The hyperparameters maximise the marginal likelihood from a fixed
 * set of starts, so the scores do not depend on chance.
 *
 * Returns: whether the scores could be computed
 */
gboolean
plateau_drt_hilbert (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                     PlateauDrtHilbert *result, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_auto (PlateauDrtData) data = { 0 };
  g_autoptr (PlateauDrtKernel) kernel = NULL;
  Model re = { 0 }, im = { 0 };
  double sigma_re[3] = { 1, 1, 1 }, sigma_im[3] = { 1, 1, 1 };
  gboolean ok;

  memset (result, 0, sizeof *result);
  if (!plateau_drt_check_options (options, error)
      || !plateau_drt_data_init (&data, spectrum, options, warnings, error))
    return FALSE;
  kernel = plateau_drt_kernel_new (data.frequency, data.n, options, error);
  if (kernel == NULL)
    return FALSE;
  model_init (&re, kernel, data.z_re, TRUE);
  model_init (&im, kernel, data.z_im, FALSE);
  ok = isfinite (model_fit (&re, sigma_re, cancellable))
       && isfinite (model_fit (&im, sigma_im, cancellable));
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    ok = FALSE;
  else if (!ok)
    g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                         _ ("The Hilbert transform has no most likely model for this spectrum."));
  else
    score_parts (&re, &im, sigma_re[0], sigma_im[0], &data, result);
  model_clear (&re);
  model_clear (&im);
  return ok;
}
