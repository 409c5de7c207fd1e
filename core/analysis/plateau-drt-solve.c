/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"

#include <complex.h>
#include <glib/gi18n.h>
#include <string.h>

#pragma GCC optimize("O3")

/* Relative to the largest entry of A'z; below this a gradient is rounding. */
#define GRADIENT_TOLERANCE 2e-13
#define BLOCK_TRIES 3

static double complex
tail_impedance (int tail, double omega, double tau)
{
  double complex s;

  if (tail == PLATEAU_DRT_TAIL_CAPACITANCE)
    return -I / omega;
  s = csqrt (I * omega * tau);
  /* coth: 1 to rounding beyond 20, where tanh of the parts would still be safe but cosh is not */
  return cabs (s) > 20 ? 1 / s : 1 / (s * ctanh (s));
}

static void
fill_extra_row (PlateauDrtSystem *system, gsize row, double omega, gboolean real, int tail,
                double warburg_tau, double weight)
{
  for (gsize e = 0; e < system->n_extra; e++)
    {
      double value = 0;

      switch (system->extra[e])
        {
        case PLATEAU_DRT_EXTRA_R_INF:
          value = real ? 1 : 0;
          break;
        case PLATEAU_DRT_EXTRA_INDUCTANCE:
          value = real ? 0 : omega;
          break;
        default:
          {
            double complex z = tail_impedance (tail, omega, warburg_tau);

            value = real ? creal (z) : cimag (z);
          }
        }
      system->a[row * system->n + e] = weight * system->scale[e] * value;
    }
}

static void
add_extra (PlateauDrtSystem *system, int extra, double scale)
{
  system->extra[system->n_extra] = extra;
  system->scale[system->n_extra++] = scale;
}

static void
choose_extras (PlateauDrtSystem *system, const PlateauDrtOptions *options, int part,
               double warburg_tau)
{
  const PlateauDrtKernel *kernel = system->kernel;
  double omega_low = kernel->omega[kernel->n_f - 1];

  if (part != PLATEAU_DRT_IM)
    add_extra (system, PLATEAU_DRT_EXTRA_R_INF, 1);
  if (part != PLATEAU_DRT_RE && options->inductance == PLATEAU_DRT_INDUCTANCE_FIT)
    add_extra (system, PLATEAU_DRT_EXTRA_INDUCTANCE, 1 / kernel->omega[0]);
  if (options->tail == PLATEAU_DRT_TAIL_WARBURG)
    add_extra (system, PLATEAU_DRT_EXTRA_TAIL,
               1 / cabs (tail_impedance (options->tail, omega_low, warburg_tau)));
  else if (options->tail == PLATEAU_DRT_TAIL_CAPACITANCE && part != PLATEAU_DRT_RE)
    add_extra (system, PLATEAU_DRT_EXTRA_TAIL, omega_low);
}

/* The columns of the extra unknowns meet every other column; the block of gamma is the kernel's
 * own when nothing is weighted. */
static void
fill_gram (PlateauDrtSystem *system, int part, gboolean weighted)
{
  const PlateauDrtKernel *kernel = system->kernel;
  gsize n = system->n, n_tau = kernel->n_tau, extra = system->n_extra;

  if (weighted)
    {
      plateau_matrix_add_gram (system->a, system->n_rows, n, n, system->gram, n);
      plateau_matrix_mirror (system->gram, n, n);
      return;
    }
  for (gsize i = 0; i < n_tau; i++)
    {
      double *restrict row = system->gram + (extra + i) * n + extra;
      const double *restrict re = kernel->gram_re + i * n_tau;
      const double *restrict im = kernel->gram_im + i * n_tau;

      for (gsize j = 0; j < n_tau; j++)
        row[j] = (part != PLATEAU_DRT_IM ? re[j] : 0) + (part != PLATEAU_DRT_RE ? im[j] : 0);
    }
  for (gsize e = 0; e < extra; e++)
    {
      double *restrict row = system->gram + e * n;

      for (gsize r = 0; r < system->n_rows; r++)
        {
          const double *restrict a = system->a + r * n;
          double c = a[e];

          if (c != 0)
            for (gsize j = 0; j < n; j++)
              row[j] += c * a[j];
        }
    }
  for (gsize e = 0; e < extra; e++)
    for (gsize j = extra; j < n; j++)
      system->gram[j * n + e] = system->gram[e * n + j];
}

/**
 * plateau_drt_system_new:
 * @kernel: what belongs to the frequencies; must outlive the system
 * @z_re: (array): real parts in ohm, one a frequency of the kernel
 * @z_im: (array): imaginary parts
 * @options: extra unknowns and weights
 * @part: which rows to use, a #PlateauDrtPart
 * @warburg_tau: time constant of a finite-space Warburg tail, s
 *
 * Returns: (transfer full): the linear problem of one spectrum
 */
PlateauDrtSystem *
plateau_drt_system_new (const PlateauDrtKernel *kernel, const double *z_re, const double *z_im,
                        const PlateauDrtOptions *options, int part, double warburg_tau)
{
  PlateauDrtSystem *system = g_new0 (PlateauDrtSystem, 1);
  gboolean weighted = options->weighting == PLATEAU_DRT_WEIGHT_MODULUS;
  gsize row = 0;

  system->kernel = kernel;
  choose_extras (system, options, part, warburg_tau);
  system->n = system->n_extra + kernel->n_tau;
  system->n_rows = (part == PLATEAU_DRT_BOTH ? 2 : 1) * kernel->n_f;
  system->a = g_new (double, system->n_rows * system->n);
  system->z = g_new (double, system->n_rows);
  system->gram = g_new0 (double, system->n * system->n);
  system->b = g_new (double, system->n);
  system->bounded = g_new (gboolean, system->n);

  for (int half = 0; half < 2; half++)
    {
      const double *matrix = half == 0 ? kernel->a_re : kernel->a_im;

      if ((half == 0 && part == PLATEAU_DRT_IM) || (half == 1 && part == PLATEAU_DRT_RE))
        continue;
      for (gsize i = 0; i < kernel->n_f; i++, row++)
        {
          double weight = weighted ? 1 / hypot (z_re[i], z_im[i]) : 1;
          const double *restrict from = matrix + i * kernel->n_tau;
          double *restrict to = system->a + row * system->n + system->n_extra;

          fill_extra_row (system, row, kernel->omega[i], half == 0, options->tail, warburg_tau,
                          weight);
          for (gsize m = 0; m < kernel->n_tau; m++)
            to[m] = weight * from[m];
          system->z[row] = weight * (half == 0 ? z_re[i] : z_im[i]);
        }
    }
  fill_gram (system, part, weighted);
  plateau_matrix_transposed_times (system->a, system->n_rows, system->n, system->n, system->z,
                                   system->b);
  for (gsize j = 0; j < system->n; j++)
    system->bounded[j] = !options->signed_gamma
                         && !(j < system->n_extra
                              && system->extra[j] == PLATEAU_DRT_EXTRA_INDUCTANCE
                              && options->free_inductance);
  return system;
}

/**
 * plateau_drt_system_free:
 * @system: a system
 */
void
plateau_drt_system_free (PlateauDrtSystem *system)
{
  g_free (system->a);
  g_free (system->z);
  g_free (system->gram);
  g_free (system->b);
  g_free (system->bounded);
  g_free (system);
}

/**
 * plateau_drt_system_extra:
 * @system: a system
 * @x: (array): a solution of it
 * @extra: a #PlateauDrtExtra
 *
 * Returns: the extra unknown in its own unit (ohm, H, 1/F or ohm), NaN when the system has none
 */
double
plateau_drt_system_extra (const PlateauDrtSystem *system, const double *x, int extra)
{
  for (gsize e = 0; e < system->n_extra; e++)
    if (system->extra[e] == extra)
      return system->scale[e] * x[e];
  return NAN;
}

/**
 * plateau_drt_system_penalise:
 * @system: a system
 * @lambda: regularisation parameter
 * @hessian: receives A'A + lambda M, full
 */
void
plateau_drt_system_penalise (const PlateauDrtSystem *system, double lambda, double *hessian)
{
  gsize n = system->n, e = system->n_extra, n_tau = system->kernel->n_tau;

  memcpy (hessian, system->gram, n * n * sizeof (double));
  for (gsize i = 0; i < n_tau; i++)
    {
      double *restrict row = hessian + (e + i) * n + e;
      const double *restrict m = system->kernel->penalty + i * n_tau;

      for (gsize j = 0; j < n_tau; j++)
        row[j] += lambda * m[j];
    }
}

/* b - H x without H: A'(z - Ax) - lambda M x, which keeps the digits that the normal equations
 * lose. */
static void
negative_gradient (const PlateauDrtSystem *system, double lambda, const double *x, double *g)
{
  gsize n = system->n, e = system->n_extra, n_tau = system->kernel->n_tau;
  g_autofree double *residual = g_new (double, system->n_rows);

  plateau_matrix_times (system->a, system->n_rows, n, n, x, residual);
  for (gsize r = 0; r < system->n_rows; r++)
    residual[r] = system->z[r] - residual[r];
  plateau_matrix_transposed_times (system->a, system->n_rows, n, n, residual, g);
  for (gsize i = 0; i < n_tau; i++)
    g[e + i] -= lambda * plateau_matrix_dot (system->kernel->penalty + i * n_tau, x + e, n_tau);
}

/**
 * plateau_drt_system_objective:
 * @system: a system
 * @x: (array): its unknowns
 * @lambda: regularisation parameter
 *
 * Returns: |Ax - z|^2 + lambda x'Mx
 */
double
plateau_drt_system_objective (const PlateauDrtSystem *system, const double *x, double lambda)
{
  gsize n_tau = system->kernel->n_tau, e = system->n_extra;
  double sum = 0;

  for (gsize r = 0; r < system->n_rows; r++)
    {
      double d = plateau_matrix_dot (system->a + r * system->n, x, system->n) - system->z[r];

      sum += d * d;
    }
  for (gsize i = 0; i < n_tau; i++)
    sum += lambda * x[e + i]
           * plateau_matrix_dot (system->kernel->penalty + i * n_tau, x + e, n_tau);
  return sum;
}

typedef struct
{
  const PlateauDrtSystem *system;
  double lambda;
  double *hessian, *factor;
  gsize *set; /* the free unknowns */
  gsize n_set;
  double *x, *gradient, *work;
  double tolerance;
} Active;

static gboolean
factor_free_set (Active *active)
{
  gsize n = active->system->n, k = active->n_set;
  double trace = 0, jitter = 0;

  for (int attempt = 0; attempt < 4; attempt++)
    {
      for (gsize i = 0; i < k; i++)
        {
          const double *row = active->hessian + active->set[i] * n;
          double *to = active->factor + i * k;

          for (gsize j = i; j < k; j++)
            to[j] = row[active->set[j]];
          to[i] += jitter;
          if (attempt == 0)
            trace += to[i];
        }
      if (plateau_matrix_cholesky (active->factor, k, k))
        return TRUE;
      /* singular to rounding: the smallest shift that lets the factor exist; the refinement
       * below takes its effect out again */
      jitter = trace / k * (jitter == 0 ? 1e-15 : 1e-15 * pow (100, attempt));
    }
  return FALSE;
}

static gboolean
solve_free_set (Active *active, const gboolean *passive, guint refinements)
{
  const PlateauDrtSystem *system = active->system;
  gsize n = system->n;

  active->n_set = 0;
  for (gsize j = 0; j < n; j++)
    if (passive[j])
      active->set[active->n_set++] = j;
  memset (active->x, 0, n * sizeof (double));
  if (active->n_set > 0)
    {
      if (!factor_free_set (active))
        return FALSE;
      for (gsize i = 0; i < active->n_set; i++)
        active->work[i] = system->b[active->set[i]];
      plateau_matrix_cholesky_solve (active->factor, active->n_set, active->n_set, active->work);
      for (gsize i = 0; i < active->n_set; i++)
        active->x[active->set[i]] = active->work[i];
    }
  for (guint r = 0; r < refinements; r++)
    {
      negative_gradient (system, active->lambda, active->x, active->gradient);
      for (gsize i = 0; i < active->n_set; i++)
        active->work[i] = active->gradient[active->set[i]];
      plateau_matrix_cholesky_solve (active->factor, active->n_set, active->n_set, active->work);
      for (gsize i = 0; i < active->n_set; i++)
        active->x[active->set[i]] += active->work[i];
    }
  negative_gradient (system, active->lambda, active->x, active->gradient);
  return TRUE;
}

/* Which bound or multiplier has the wrong sign; TRUE when any has. */
static gsize
find_infeasible (const Active *active, const gboolean *passive, gboolean *wrong)
{
  gsize n = active->system->n, count = 0;

  for (gsize j = 0; j < n; j++)
    {
      wrong[j] = FALSE;
      if (!active->system->bounded[j])
        continue;
      if (passive[j] ? active->x[j] < 0 : active->gradient[j] > active->tolerance)
        {
          wrong[j] = TRUE;
          count++;
        }
    }
  return count;
}

/* Block principal pivoting (Portugal, Judice & Vicente, Math. Comput. 63 (1994) 625) with the
 * single exchange of the last index as its safeguard. */
static gboolean
pivot_blocks (Active *active, gboolean *passive, guint *iterations)
{
  gsize n = active->system->n, best = n + 1;
  g_autofree gboolean *wrong = g_new (gboolean, n);
  guint tries = BLOCK_TRIES, limit = 100 + 5 * n;

  for (*iterations = 0; *iterations < limit; (*iterations)++)
    {
      gsize count;

      if (!solve_free_set (active, passive, 0))
        return FALSE;
      count = find_infeasible (active, passive, wrong);
      if (count == 0)
        return TRUE;
      if (count < best)
        {
          best = count;
          tries = BLOCK_TRIES;
        }
      else if (tries > 0)
        tries--;
      for (gsize j = n; j-- > 0;)
        if (wrong[j])
          {
            passive[j] = !passive[j];
            if (tries == 0)
              break;
          }
    }
  return FALSE;
}

/* Lawson & Hanson on the normal equations: slower, but every step lowers the objective. */
static gboolean
pivot_single (Active *active, gboolean *passive, guint *iterations)
{
  const PlateauDrtSystem *system = active->system;
  gsize n = system->n;
  g_autofree double *feasible = g_new0 (double, n);
  guint limit = 30 * n;

  for (gsize j = 0; j < n; j++)
    passive[j] = !system->bounded[j];
  if (!solve_free_set (active, passive, 0))
    return FALSE;
  memcpy (feasible, active->x, n * sizeof (double));
  while ((*iterations)++ < limit)
    {
      gsize enter = n;

      for (gsize j = 0; j < n; j++)
        if (!passive[j] && active->gradient[j] > active->tolerance
            && (enter == n || active->gradient[j] > active->gradient[enter]))
          enter = j;
      if (enter == n)
        return TRUE;
      passive[enter] = TRUE;
      for (;;)
        {
          double step = 1;

          if ((*iterations)++ >= limit || !solve_free_set (active, passive, 0))
            return FALSE;
          for (gsize j = 0; j < n; j++)
            if (passive[j] && system->bounded[j] && active->x[j] <= 0
                && feasible[j] - active->x[j] > 0)
              step = MIN (step, feasible[j] / (feasible[j] - active->x[j]));
          for (gsize j = 0; j < n; j++)
            feasible[j] += step * (active->x[j] - feasible[j]);
          if (step == 1)
            break;
          for (gsize j = 0; j < n; j++)
            if (passive[j] && system->bounded[j] && feasible[j] <= 1e-15 && j != enter)
              {
                passive[j] = FALSE;
                feasible[j] = 0;
              }
          if (feasible[enter] <= 0)
            passive[enter] = FALSE;
        }
    }
  return FALSE;
}

/* The Karush-Kuhn-Tucker conditions, from the unsquared matrix. */
static gboolean
optimal (const Active *active, const gboolean *passive, double tolerance)
{
  const PlateauDrtSystem *system = active->system;

  for (gsize j = 0; j < system->n; j++)
    {
      if (passive[j] ? fabs (active->gradient[j]) > tolerance : active->gradient[j] > tolerance)
        return FALSE;
      if (system->bounded[j] && active->x[j] < 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * plateau_drt_solve:
 * @system: the problem
 * @lambda: regularisation parameter, > 0
 * @x: (array): receives the unknowns
 * @passive: (array) (nullable): the free set to start from; receives the final one
 * @n_iterations: (out): how often the free set changed
 * @error: return location
 *
 * Minimises |Ax - z|^2 + lambda x'Mx over x >= 0 (where bounded) by an exact active set: block
 * principal pivoting, Lawson-Hanson where that cycles, one step of refinement, and a check of the
 * optimality conditions. What comes back is a solution or an error, never a curve in between.
 *
 * Returns: whether the optimum was found
 */
gboolean
plateau_drt_solve (const PlateauDrtSystem *system, double lambda, double *x, gboolean *passive,
                   guint *n_iterations, GError **error)
{
  gsize n = system->n;
  g_autofree double *hessian = g_new (double, n *n);
  g_autofree double *factor = g_new (double, n *n);
  g_autofree double *gradient = g_new (double, n);
  g_autofree double *work = g_new (double, n);
  g_autofree gsize *set = g_new (gsize, n);
  g_autofree gboolean *own = NULL;
  Active active = { system, lambda, hessian, factor, set, 0, x, gradient, work, 0 };
  double largest = 0;
  guint iterations = 0;
  gboolean found;

  if (passive == NULL)
    {
      passive = own = g_new (gboolean, n);
      for (gsize j = 0; j < n; j++)
        passive[j] = TRUE;
    }
  for (gsize j = 0; j < n; j++)
    {
      largest = MAX (largest, fabs (system->b[j]));
      passive[j] = passive[j] || !system->bounded[j];
    }
  active.tolerance = GRADIENT_TOLERANCE * largest;
  plateau_drt_system_penalise (system, lambda, hessian);

  found = pivot_blocks (&active, passive, &iterations)
          || pivot_single (&active, passive, &iterations);
  if (found)
    {
      found = solve_free_set (&active, passive, 1);
      for (gsize j = 0; found && j < n; j++)
        if (system->bounded[j] && x[j] < 0)
          x[j] = 0;
      negative_gradient (system, lambda, x, gradient);
      found = found && optimal (&active, passive, 1e-9 * largest);
    }
  if (n_iterations != NULL)
    *n_iterations = iterations;
  if (!found)
    g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                 _ ("No solution was found for λ = %g after %u changes of the active set. Take a "
                    "larger λ or fewer relaxation times."),
                 lambda, iterations);
  return found;
}

/**
 * plateau_drt_solve_ridge:
 * @system: the problem
 * @lambda: regularisation parameter, > 0
 * @x: (array): receives the unknowns
 *
 * Solves without the bounds, as the scores and the Gaussian model behind the credible band do.
 *
 * Returns: FALSE when the matrix is singular to rounding
 */
gboolean
plateau_drt_solve_ridge (const PlateauDrtSystem *system, double lambda, double *x)
{
  gsize n = system->n;
  g_autofree double *hessian = g_new (double, n *n);
  g_autofree double *factor = g_new (double, n *n);
  g_autofree double *gradient = g_new (double, n);
  g_autofree double *work = g_new (double, n);
  g_autofree gsize *set = g_new (gsize, n);
  g_autofree gboolean *passive = g_new (gboolean, n);
  Active active = { system, lambda, hessian, factor, set, 0, x, gradient, work, 0 };

  for (gsize j = 0; j < n; j++)
    passive[j] = TRUE;
  plateau_drt_system_penalise (system, lambda, hessian);
  return solve_free_set (&active, passive, 1);
}
