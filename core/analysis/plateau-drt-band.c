/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <string.h>

#pragma GCC optimize("O3")

/* Share of the samples that are left out at the start. */
#define BURN_IN 0.25
/* When the noise is small against the regularisation, trajectories bounce without end; then the
 * coordinates are drawn one by one instead. */
#define BOUNCES_PER_SAMPLE 1000
#define GIBBS_SWEEPS 30
#define BAND_LOW 0.005
#define BAND_HIGH 0.995

/* Exact Hamiltonian Monte Carlo in a Gaussian cut off at x >= 0 (Pakman & Paninski, J. Comput.
 * Graph. Stat. 23 (2014) 518). Trajectories are harmonic, so the time at which one meets a wall is
 * known; kept in the coordinates of x, a bounce costs one column of the covariance. */
typedef struct
{
  gsize n;
  const gboolean *bounded;
  double *mean, *covariance; /* of the Gaussian without walls */
  double *factor;            /* U of the precision times sigma^2 */
  double sigma;
  double *d, *v; /* x - mean and velocity */
  gsl_rng *rng;
  unsigned long seed;
} Sampler;

/* The smallest time of a wall, as u = tan(t/2): (mu - d) u^2 + 2 v u + (mu + d) = 0. */
static double
next_wall (const Sampler *sampler, gsize *which)
{
  double first = INFINITY;

  for (gsize i = 0; i < sampler->n; i++)
    {
      double a = sampler->mean[i] - sampler->d[i], b = sampler->v[i];
      double c = sampler->mean[i] + sampler->d[i];
      double discriminant, u;

      if (!sampler->bounded[i])
        continue;
      discriminant = b * b - a * c;
      if (discriminant < 0 || (b >= 0 && a >= 0))
        continue;
      c = MAX (c, 0);
      u = b < 0 ? c / (sqrt (discriminant) - b) : (b + sqrt (discriminant)) / -a;
      if (u < first)
        {
          first = u;
          *which = i;
        }
    }
  return first;
}

static void
advance (Sampler *sampler, double t)
{
  double c = cos (t), s = sin (t);

  for (gsize i = 0; i < sampler->n; i++)
    {
      double d = sampler->d[i], v = sampler->v[i];

      sampler->d[i] = c * d + s * v;
      sampler->v[i] = c * v - s * d;
    }
}

static void
bounce (Sampler *sampler, gsize wall)
{
  const double *restrict column = sampler->covariance + wall * sampler->n;
  double *restrict v = sampler->v;
  double factor = 2 * v[wall] / column[wall];

  for (gsize i = 0; i < sampler->n; i++)
    v[i] -= factor * column[i];
  sampler->d[wall] = -sampler->mean[wall];
  v[wall] = fabs (v[wall]);
}

static gboolean
next_sample (Sampler *sampler, gint64 *bounces_left)
{
  double left = G_PI / 2;

  for (gsize i = 0; i < sampler->n; i++)
    sampler->v[i] = sampler->sigma * gsl_ran_gaussian_ziggurat (sampler->rng, 1);
  plateau_matrix_solve_upper (sampler->factor, sampler->n, sampler->n, sampler->v);
  while ((*bounces_left)-- > 0)
    {
      gsize wall = 0;
      double t = 2 * atan (next_wall (sampler, &wall));

      if (!(t < left))
        {
          advance (sampler, left);
          return TRUE;
        }
      advance (sampler, t);
      bounce (sampler, wall);
      left -= t;
    }
  return FALSE;
}

static void
invert (const double *factor, gsize n, double scale, double *inverse)
{
  for (gsize j = 0; j < n; j++)
    {
      double *row = inverse + j * n;

      memset (row, 0, n * sizeof (double));
      row[j] = scale;
      plateau_matrix_cholesky_solve (factor, n, n, row);
    }
}

static double
residual_deviation (const PlateauDrtSystem *system, const double *x)
{
  g_autofree double *residual = g_new (double, system->n_rows);
  double mean = 0, sum = 0;

  plateau_matrix_times (system->a, system->n_rows, system->n, system->n, x, residual);
  for (gsize r = 0; r < system->n_rows; r++)
    {
      residual[r] -= system->z[r];
      mean += residual[r] / system->n_rows;
    }
  for (gsize r = 0; r < system->n_rows; r++)
    sum += (residual[r] - mean) * (residual[r] - mean);
  return sqrt (sum / system->n_rows);
}

/* A normal deviate above @low, by rejection (Robert, Stat. Comput. 5 (1995) 121). */
static double
truncated_normal (gsl_rng *rng, double low)
{
  double rate, x;

  if (low < 0.5)
    {
      do
        x = gsl_ran_gaussian_ziggurat (rng, 1);
      while (x < low);
      return x;
    }
  rate = 0.5 * (low + sqrt (low * low + 4));
  do
    x = low - log (gsl_rng_uniform_pos (rng)) / rate;
  while (gsl_rng_uniform (rng) > exp (-0.5 * (x - rate) * (x - rate)));
  return x;
}

/* One sweep of Gibbs sampling; @precision is A'A + lambda M, full. */
static void
sweep (Sampler *sampler, const double *precision)
{
  gsize n = sampler->n;

  for (gsize i = 0; i < n; i++)
    {
      const double *row = precision + i * n;
      double pull = plateau_matrix_dot (row, sampler->d, n) - row[i] * sampler->d[i];
      double centre = -pull / row[i], deviation = sampler->sigma / sqrt (row[i]);
      double z = sampler->bounded[i]
                     ? truncated_normal (sampler->rng, (-sampler->mean[i] - centre) / deviation)
                     : gsl_ran_gaussian_ziggurat (sampler->rng, 1);

      sampler->d[i] = centre + deviation * z;
    }
}

static void
restart (Sampler *sampler, const double *x_map)
{
  double largest = 0;

  gsl_rng_set (sampler->rng, sampler->seed);
  for (gsize i = 0; i < sampler->n; i++)
    largest = MAX (largest, fabs (x_map[i]));
  for (gsize i = 0; i < sampler->n; i++)
    sampler->d[i] = (sampler->bounded[i] ? MAX (x_map[i], 1e-12 * largest) : x_map[i])
                    - sampler->mean[i];
}

static void
keep_sample (const Sampler *sampler, double *to)
{
  for (gsize i = 0; i < sampler->n; i++)
    to[i] = sampler->bounded[i] ? MAX (0, sampler->mean[i] + sampler->d[i])
                                : sampler->mean[i] + sampler->d[i];
}

/* Draws @total samples and keeps those after @burn: trajectories while they are cheap, else
 * coordinate by coordinate from the start again. */
static double *
draw (Sampler *sampler, const PlateauDrtSystem *system, double lambda, const double *x_map,
      gsize burn, gsize total, gsize *n_kept, gboolean *by_coordinates, GCancellable *cancellable,
      GError **error)
{
  gsize n = sampler->n;
  gint64 bounces_left = (gint64) (BOUNCES_PER_SAMPLE * total);
  g_autofree double *samples = g_new (double, n *(total - burn)), *precision = NULL;

  restart (sampler, x_map);
  for (gsize s = 0; s < total; s++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (precision == NULL && !next_sample (sampler, &bounces_left))
        {
          precision = g_new (double, n *n);
          plateau_drt_system_penalise (system, lambda, precision);
          restart (sampler, x_map);
          s = 0;
        }
      for (int k = 0; precision != NULL && k < GIBBS_SWEEPS; k++)
        sweep (sampler, precision);
      if (s >= burn)
        keep_sample (sampler, samples + (s - burn) * n);
    }
  *n_kept = total - burn;
  if (by_coordinates != NULL)
    *by_coordinates = precision != NULL;
  return g_steal_pointer (&samples);
}

/**
 * plateau_drt_sample_system:
 * @system: the problem
 * @x_map: (array): its solution
 * @lambda: regularisation parameter
 * @n_samples: number of samples to draw, of which a quarter is burnt in
 * @seed: seed of the generator: the same seed gives the same band
 * @n_kept: (out): number of samples that come back
 * @sigma: (inout): standard deviation of the noise; when not positive it is taken from the
 *   residuals of @x_map
 * @by_coordinates: (out) (optional): whether trajectories were too dear and coordinates were drawn
 *   one by one, which mixes slowly: the band may be too narrow
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Draws from the posterior of x: noise sigma^2, prior precision lambda M / sigma^2, cut off at the
 * bounds (Effat & Ciucci, Electrochim. Acta 247 (2017) 1117).
 *
 * Returns: (transfer full) (nullable): @n_kept rows of x
 */
double *
plateau_drt_sample_system (const PlateauDrtSystem *system, const double *x_map, double lambda,
                           int n_samples, int seed, gsize *n_kept, double *sigma,
                           gboolean *by_coordinates, GCancellable *cancellable, GError **error)
{
  gsize n = system->n, burn = (gsize) (BURN_IN * n_samples) + 1;
  g_autofree double *mean = g_new (double, n);
  g_autofree double *factor = g_new (double, n *n);
  g_autofree double *covariance = g_new (double, n *n);
  g_autofree double *d = g_new (double, n);
  g_autofree double *v = g_new (double, n);
  g_autofree double *samples = NULL;
  Sampler sampler = { n, system->bounded, mean, covariance, factor, 0, d, v, NULL, 0 };

  *n_kept = 0;
  if (!(*sigma > 0))
    *sigma = residual_deviation (system, x_map);
  sampler.sigma = *sigma;
  plateau_drt_system_penalise (system, lambda, factor);
  if (!(sampler.sigma > 0) || !plateau_drt_solve_ridge (system, lambda, mean)
      || !plateau_matrix_cholesky (factor, n, n))
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                           _ ("The credible band cannot be had: the residuals are zero or the "
                              "problem is singular. Take a larger λ."));
      return NULL;
    }
  invert (factor, n, sampler.sigma * sampler.sigma, covariance);
  sampler.seed = (unsigned long) seed;
  sampler.rng = gsl_rng_alloc (gsl_rng_mt19937);
  samples = draw (&sampler, system, lambda, x_map, burn, MAX ((gsize) n_samples, burn + 1), n_kept,
                  by_coordinates, cancellable, error);
  gsl_rng_free (sampler.rng);
  return g_steal_pointer (&samples);
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

/**
 * plateau_drt_take_band:
 * @drt: a result with its peaks
 * @system: the linear problem that was solved
 * @x: its solution
 * @options: number of samples and seed
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Fills the credible band of gamma and of the area of each peak from samples.
 *
 * Returns: whether it went well
 */
gboolean
plateau_drt_take_band (PlateauDrtPrivate *drt, const PlateauDrtSystem *system, const double *x,
                       const PlateauDrtOptions *options, GCancellable *cancellable, GError **error)
{
  PlateauDrt *result = &drt->parent;
  gsize n_kept, n_tau = result->n_tau;
  double sigma = 0;
  gboolean by_coordinates = FALSE;
  g_autofree double *samples = plateau_drt_sample_system (
      system, x, result->lambda, options->n_samples, options->seed, &n_kept, &sigma,
      &by_coordinates, cancellable, error);
  g_autofree double *gamma = NULL, *column = NULL;
  double *lower, *upper, *mean;

  if (samples == NULL)
    return FALSE;
  if (by_coordinates)
    plateau_drt_warn (drt->warning_texts,
                      _ ("At this λ the credible band could only be sampled coordinate by "
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

  if (!plateau_drt_check_options (options, error)
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
