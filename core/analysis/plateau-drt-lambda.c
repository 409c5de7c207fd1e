/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"

#include <glib/gi18n.h>
#include <string.h>

#pragma GCC optimize("O3")

/* A'A and M brought to diagonal form together: with C = A'A + mu M = U'U and the eigenvectors Q of
 * U^-T A'A U^-1 = Q S Q', every ridge solution is A x = P (P'z / d), d = s + lambda/mu (1 - s),
 * P = A U^-1 Q. One decomposition serves every lambda. */
typedef struct
{
  gsize n_rows, n;
  double mu;
  double *s; /* n, in 0 .. 1 */
  double *p; /* n x n_rows: columns of P as rows */
  double *b; /* P'z */
  const double *z;
} Spectral;

static void
spectral_clear (Spectral *spectral)
{
  g_free (spectral->s);
  g_free (spectral->p);
  g_free (spectral->b);
}

static gboolean
spectral_init (Spectral *spectral, const PlateauDrtSystem *system, GError **error)
{
  gsize n = system->n, rows = system->n_rows, e = system->n_extra;
  g_autofree double *u = g_new (double, n *n);
  g_autofree double *y = g_memdup2 (system->a, rows * n * sizeof (double));
  g_autofree double *w = g_new0 (double, n *n);
  g_autofree double *q = g_new (double, n *n);
  double trace_gram = 0, trace_penalty = 0;

  for (gsize i = e; i < n; i++)
    {
      trace_gram += system->gram[i * n + i];
      trace_penalty += system->kernel->penalty[(i - e) * (n - e) + i - e];
    }
  spectral->n = n;
  spectral->n_rows = rows;
  spectral->z = system->z;
  spectral->mu = trace_gram / trace_penalty;
  spectral->s = g_new (double, n);
  spectral->p = g_new0 (double, n *rows);
  spectral->b = g_new (double, n);
  plateau_drt_system_penalise (system, spectral->mu, u);
  if (!plateau_matrix_cholesky (u, n, n))
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                           _ ("λ cannot be scored: the relaxation times are too close to each "
                              "other for these frequencies. Take fewer points a decade."));
      return FALSE;
    }
  for (gsize r = 0; r < rows; r++)
    plateau_matrix_solve_upper_transposed (u, n, n, y + r * n);
  plateau_matrix_add_gram (y, rows, n, n, w, n);
  plateau_matrix_mirror (w, n, n);
  if (!plateau_matrix_eigen (w, n, spectral->s, q))
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                           _ ("λ cannot be scored: the eigenvalue iteration did not converge."));
      return FALSE;
    }

  /* P' = Q'Y' by rows of Q, so that the inner loop runs along memory */
  g_autofree double *yt = g_new (double, n *rows);
  for (gsize r = 0; r < rows; r++)
    for (gsize j = 0; j < n; j++)
      yt[j * rows + r] = y[r * n + j];
  for (gsize j = 0; j < n; j++)
    for (gsize i = 0; i < n; i++)
      {
        double c = q[j * n + i];
        double *restrict to = spectral->p + i * rows;
        const double *restrict from = yt + j * rows;

        for (gsize r = 0; r < rows; r++)
          to[r] += c * from[r];
      }
  for (gsize i = 0; i < n; i++)
    {
      spectral->s[i] = CLAMP (spectral->s[i], 0, 1);
      spectral->b[i] = plateau_matrix_dot (spectral->p + i * rows, spectral->z, rows);
    }
  return TRUE;
}

static double
spectral_residual (const Spectral *spectral, double l)
{
  gsize rows = spectral->n_rows;
  g_autofree double *residual = g_memdup2 (spectral->z, rows * sizeof (double));

  for (gsize i = 0; i < spectral->n; i++)
    {
      double c = spectral->b[i] / (spectral->s[i] + l * (1 - spectral->s[i]));
      const double *restrict p = spectral->p + i * rows;

      for (gsize r = 0; r < rows; r++)
        residual[r] -= c * p[r];
    }
  return plateau_matrix_dot (residual, residual, rows);
}

/* GCV [Wahba 1985], mGCV [Kim & Gu 2004], rGCV [Lukas et al. 2016] with the constants of Maradesa
 * et al., J. Electrochem. Soc. 170 (2023) 030502, and the negative curvature of the L-curve
 * (ln |Ax - z|^2, ln x'Mx) over ln lambda. */
static void
spectral_scores (const Spectral *spectral, double lambda, double *scores)
{
  double l = lambda / spectral->mu, n = spectral->n_rows;
  double trace = 0, trace2 = 0, e0 = 0, e1 = 0, e2 = 0;
  double residual = spectral_residual (spectral, l);
  double rho = n < 50 ? 1.3 : 2, xi = n < 100 ? 0.2 : 0.3;

  for (gsize i = 0; i < spectral->n; i++)
    {
      double s = spectral->s[i], m = 1 - s, d = s + l * m, h = s / d;
      double b2 = spectral->b[i] * spectral->b[i] / (d * d);

      trace += h;
      trace2 += h * h;
      e0 += m * b2;
      e1 -= 2 * m * m * b2 / d;
      e2 += 6 * m * m * m * b2 / (d * d);
    }

  scores[PLATEAU_DRT_LAMBDA_GCV] = residual / n / ((1 - trace / n) * (1 - trace / n));
  scores[PLATEAU_DRT_LAMBDA_MGCV] = residual / n / ((1 - rho * trace / n) * (1 - rho * trace / n));
  scores[PLATEAU_DRT_LAMBDA_RGCV] = (xi + (1 - xi) * trace2 / n) * scores[PLATEAU_DRT_LAMBDA_GCV];

  /* d|Ax - z|^2 = -lambda d(x'Mx) along the path of ridge solutions */
  double r1 = -l * e1, r2 = -e1 - l * e2;
  double rho_t = l * r1 / residual, eta_t = l * e1 / e0;
  double rho_tt = rho_t + l * l * r2 / residual - rho_t * rho_t;
  double eta_tt = eta_t + l * l * e2 / e0 - eta_t * eta_t;

  scores[PLATEAU_DRT_LAMBDA_LCURVE] = -(rho_t * eta_tt - eta_t * rho_tt)
                                      / pow (rho_t * rho_t + eta_t * eta_t, 1.5);
}

/* Real and imaginary parts solved apart, each judged by the other [Saccoccio et al. 2014]. */
typedef struct
{
  PlateauDrtSystem *re, *im;
  gboolean *passive_re, *passive_im;
  double *x_re, *x_im;
  const double *z_re, *z_im;
} ReIm;

static void
re_im_clear (ReIm *cross)
{
  g_clear_pointer (&cross->re, plateau_drt_system_free);
  g_clear_pointer (&cross->im, plateau_drt_system_free);
  g_free (cross->passive_re);
  g_free (cross->passive_im);
  g_free (cross->x_re);
  g_free (cross->x_im);
}

static void
re_im_init (ReIm *cross, const PlateauDrtKernel *kernel, const double *z_re, const double *z_im,
            const PlateauDrtOptions *options, double warburg_tau)
{
  cross->re = plateau_drt_system_new (kernel, z_re, z_im, options, PLATEAU_DRT_RE, warburg_tau);
  cross->im = plateau_drt_system_new (kernel, z_re, z_im, options, PLATEAU_DRT_IM, warburg_tau);
  cross->passive_re = g_new (gboolean, cross->re->n);
  cross->passive_im = g_new (gboolean, cross->im->n);
  for (gsize j = 0; j < cross->re->n; j++)
    cross->passive_re[j] = TRUE;
  for (gsize j = 0; j < cross->im->n; j++)
    cross->passive_im[j] = TRUE;
  cross->x_re = g_new (double, cross->re->n);
  cross->x_im = g_new (double, cross->im->n);
  cross->z_re = z_re;
  cross->z_im = z_im;
}

/* The extra unknowns that a part determines stay its own; gamma comes from the other part. */
static double
cross_error (const PlateauDrtSystem *own, const double *x_own, const double *gamma_other)
{
  gsize n_tau = own->kernel->n_tau, e = own->n_extra;
  double sum = 0;

  for (gsize r = 0; r < own->n_rows; r++)
    {
      const double *row = own->a + r * own->n;
      double d = plateau_matrix_dot (row, x_own, e)
                 + plateau_matrix_dot (row + e, gamma_other, n_tau) - own->z[r];

      sum += d * d;
    }
  return sum;
}

static double
re_im_score (ReIm *cross, double lambda)
{
  if (!plateau_drt_solve (cross->re, lambda, cross->x_re, cross->passive_re, NULL, NULL)
      || !plateau_drt_solve (cross->im, lambda, cross->x_im, cross->passive_im, NULL, NULL))
    return NAN;
  return cross_error (cross->re, cross->x_re, cross->x_im + cross->im->n_extra)
         + cross_error (cross->im, cross->x_im, cross->x_re + cross->re->n_extra);
}

typedef struct
{
  const Spectral *spectral;
  ReIm *cross;
  int method;
} Scorer;

static double
score_at (const Scorer *scorer, double ln_lambda)
{
  double scores[PLATEAU_DRT_N_LAMBDA_METHODS];

  if (scorer->method == PLATEAU_DRT_LAMBDA_RE_IM)
    return re_im_score (scorer->cross, exp (ln_lambda));
  spectral_scores (scorer->spectral, exp (ln_lambda), scores);
  return scores[scorer->method];
}

/* Golden section inside the two neighbours of the best point of the grid. */
static double
refine (const Scorer *scorer, double low, double high)
{
  const double g = 0.6180339887498949;
  double a = high - g * (high - low), b = low + g * (high - low);
  double fa = score_at (scorer, a), fb = score_at (scorer, b);
  guint steps = scorer->method == PLATEAU_DRT_LAMBDA_RE_IM ? 4 : 20;

  while (steps-- > 0)
    if (fa < fb)
      {
        high = b;
        b = a;
        fb = fa;
        a = high - g * (high - low);
        fa = score_at (scorer, a);
      }
    else
      {
        low = a;
        a = b;
        fa = fb;
        b = low + g * (high - low);
        fb = score_at (scorer, b);
      }
  return fa < fb ? a : b;
}

static void
locate_minimum (PlateauDrtScores *scores, const Scorer *scorer)
{
  const double *score = scores->score[scorer->method];
  gsize best = scores->n;
  double at, value;

  scores->minimum[scorer->method] = NAN;
  /* a corner is a dip of its own; the ends of the range curve too and mean nothing */
  if (scorer->method == PLATEAU_DRT_LAMBDA_LCURVE)
    for (gsize i = 1; i + 1 < scores->n; i++)
      if (score[i] < score[i - 1] && score[i] <= score[i + 1] && score[i] < 0
          && (best == scores->n || score[i] < score[best]))
        best = i;
  if (best == scores->n)
    for (gsize i = 0; i < scores->n; i++)
      if (isfinite (score[i]) && (best == scores->n || score[i] < score[best]))
        best = i;
  if (best == scores->n)
    return;
  scores->minimum[scorer->method] = scores->lambda[best];
  scores->at_edge[scorer->method] = best == 0 || best == scores->n - 1;
  at = refine (scorer, log (scores->lambda[best > 0 ? best - 1 : 0]),
               log (scores->lambda[MIN (best + 1, scores->n - 1)]));
  value = score_at (scorer, at);
  if (value < score[best])
    {
      scores->minimum[scorer->method] = exp (at);
      scores->at_edge[scorer->method] = at < log (scores->lambda[0]) + 1e-3
                                        || at > log (scores->lambda[scores->n - 1]) - 1e-3;
    }
}

/* Shared by every thread that holds the scores. */
typedef struct
{
  PlateauDrtScores parent;
  gatomicrefcount ref_count;
} ScoresPrivate;

/**
 * plateau_drt_score_system:
 * @kernel: matrices of the frequencies
 * @z_re: (array): real parts, ohm
 * @z_im: (array): imaginary parts, ohm
 * @options: the model; the scores use the rows of its part
 * @warburg_tau: time constant of a Warburg tail, s
 * @n_lambda: number of values between the limits of @options, at least 3
 * @methods: bits (1 << #PlateauDrtLambdaMethod) to score
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the scores over a logarithmic grid
 */
PlateauDrtScores *
plateau_drt_score_system (const PlateauDrtKernel *kernel, const double *z_re, const double *z_im,
                          const PlateauDrtOptions *options, double warburg_tau, guint n_lambda,
                          guint methods, GCancellable *cancellable, GError **error)
{
  const guint ridge_methods = 1 << PLATEAU_DRT_LAMBDA_GCV | 1 << PLATEAU_DRT_LAMBDA_MGCV
                              | 1 << PLATEAU_DRT_LAMBDA_RGCV | 1 << PLATEAU_DRT_LAMBDA_LCURVE;
  g_autoptr (PlateauDrtSystem)
      system = plateau_drt_system_new (kernel, z_re, z_im, options, options->part, warburg_tau);
  g_autoptr (PlateauDrtScores) scores = (PlateauDrtScores *) g_new0 (ScoresPrivate, 1);
  Spectral spectral = { 0 };
  ReIm cross = { 0 };
  gboolean ok = TRUE;

  g_return_val_if_fail (n_lambda >= 3, NULL);
  g_atomic_ref_count_init (&((ScoresPrivate *) scores)->ref_count);
  scores->n = n_lambda;
  scores->lambda = g_new (double, n_lambda);
  for (guint i = 0; i < n_lambda; i++)
    scores->lambda[i] = options->lambda_low
                        * pow (options->lambda_high / options->lambda_low, i / (n_lambda - 1.0));
  for (int m = 1; m < PLATEAU_DRT_N_LAMBDA_METHODS; m++)
    if (methods & (1u << m))
      scores->score[m] = g_new (double, n_lambda);

  if (methods & ridge_methods)
    ok = spectral_init (&spectral, system, error);
  if (methods & (1 << PLATEAU_DRT_LAMBDA_RE_IM))
    re_im_init (&cross, kernel, z_re, z_im, options, warburg_tau);
  /* from strong to weak regularisation, where the free set of one is a good start for the next */
  for (guint i = n_lambda; ok && i-- > 0;)
    {
      double value[PLATEAU_DRT_N_LAMBDA_METHODS] = { 0 };

      ok = !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (ok && (methods & ridge_methods))
        spectral_scores (&spectral, scores->lambda[i], value);
      if (ok && (methods & (1 << PLATEAU_DRT_LAMBDA_RE_IM)))
        value[PLATEAU_DRT_LAMBDA_RE_IM] = re_im_score (&cross, scores->lambda[i]);
      for (int m = 1; m < PLATEAU_DRT_N_LAMBDA_METHODS; m++)
        if (scores->score[m] != NULL)
          scores->score[m][i] = value[m];
    }
  for (int m = 1; ok && m < PLATEAU_DRT_N_LAMBDA_METHODS; m++)
    if (scores->score[m] != NULL)
      {
        Scorer scorer = { &spectral, &cross, m };

        locate_minimum (scores, &scorer);
      }
  spectral_clear (&spectral);
  re_im_clear (&cross);
  return ok ? g_steal_pointer (&scores) : NULL;
}

/**
 * plateau_drt_scores_ref:
 * @scores: scores
 *
 * Returns: @scores with one more reference
 */
PlateauDrtScores *
plateau_drt_scores_ref (PlateauDrtScores *scores)
{
  g_atomic_ref_count_inc (&((ScoresPrivate *) scores)->ref_count);
  return scores;
}

/**
 * plateau_drt_scores_unref:
 * @scores: scores
 *
 * Drops one reference.
 */
void
plateau_drt_scores_unref (PlateauDrtScores *scores)
{
  if (!g_atomic_ref_count_dec (&((ScoresPrivate *) scores)->ref_count))
    return;
  g_free (scores->lambda);
  for (int m = 0; m < PLATEAU_DRT_N_LAMBDA_METHODS; m++)
    g_free (scores->score[m]);
  g_free (scores);
}

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

  if (!plateau_drt_check_options (options, error)
      || !plateau_drt_data_init (&data, spectrum, options, warnings, error))
    return NULL;
  kernel = plateau_drt_kernel_new (data.frequency, data.n, options, error);
  if (kernel == NULL)
    return NULL;
  if (options->tail == PLATEAU_DRT_TAIL_WARBURG)
    warburg_tau = plateau_drt_find_warburg_tau (kernel, &data, options, options->lambda);
  return plateau_drt_score_system (kernel, data.z_re, data.z_im, options, warburg_tau, n_lambda,
                                   methods, cancellable, error);
}
