/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-matrix.h"

#include <glib/gi18n.h>
#include <gsl/gsl_integration.h>
#include <string.h>

#pragma GCC optimize("O3")

/* Where the slowly falling bases are cut, in units of ln tau. */
#define LONG_REACH 50.0
#define MAX_TAU 2000

typedef struct
{
  double fwhm;  /* full width at half height for epsilon = 1 */
  int matern;   /* order k of the C2k Matern function, or -1 */
  double reach; /* |epsilon y| beyond which the function is nothing; 0: LONG_REACH in y */
} BasisInfo;

static const BasisInfo basis_infos[PLATEAU_DRT_N_BASES] = {
  [PLATEAU_DRT_GAUSSIAN] = { 1.6651092223153954, -1, 6.2 },
  [PLATEAU_DRT_C0_MATERN] = { 1.3862943611198906, 0, 40 },
  [PLATEAU_DRT_C2_MATERN] = { 3.3566939800333213, 1, 44 },
  [PLATEAU_DRT_C4_MATERN] = { 4.6605049566900030, 2, 48 },
  [PLATEAU_DRT_C6_MATERN] = { 5.6991357055116880, 3, 52 },
  [PLATEAU_DRT_INVERSE_QUADRATIC] = { 2, -1, 0 },
  [PLATEAU_DRT_INVERSE_QUADRIC] = { 3.4641016151377544, -1, 0 },
  [PLATEAU_DRT_CAUCHY] = { 2, -1, 0 },
  [PLATEAU_DRT_PIECEWISE] = { 1, -1, 0 },
};

/* Polynomial of the Matern function of half-integer order k + 1/2, value 1 at 0. */
static guint
matern_polynomial (int k, double *coefficients)
{
  double factor = 1;

  /* coefficient of a^(k - i): (k + i)! / (i! (k - i)!) 2^(k - i) k! / (2k)! */
  for (int j = k + 1; j <= 2 * k; j++)
    factor /= j;
  for (int i = 0; i <= k; i++)
    {
      double c = factor;

      for (int j = k - i + 1; j <= k + i; j++)
        c *= j;
      for (int j = 2; j <= i; j++)
        c /= j;
      coefficients[k - i] = c * ldexp (1, k - i);
    }
  return k + 1;
}

static double
polynomial (const double *c, guint n, double x)
{
  double value = 0;

  while (n-- > 0)
    value = value * x + c[n];
  return value;
}

/**
 * plateau_drt_basis_fwhm:
 * @basis: a #PlateauDrtBasis
 *
 * Returns: the full width at half height of the basis function for a shape factor of 1
 */
double
plateau_drt_basis_fwhm (int basis)
{
  return basis_infos[basis].fwhm;
}

/**
 * plateau_drt_basis_value:
 * @basis: a radial #PlateauDrtBasis
 * @epsilon: shape factor
 * @y: distance in ln tau
 *
 * Returns: the basis function, 1 at its centre
 */
double
plateau_drt_basis_value (int basis, double epsilon, double y)
{
  double a = fabs (epsilon * y);

  switch (basis)
    {
    case PLATEAU_DRT_GAUSSIAN:
      return exp (-a * a);
    case PLATEAU_DRT_C0_MATERN:
      return exp (-a);
    case PLATEAU_DRT_C2_MATERN:
      return exp (-a) * (1 + a);
    case PLATEAU_DRT_C4_MATERN:
      return exp (-a) * (3 + a * (3 + a)) / 3;
    case PLATEAU_DRT_C6_MATERN:
      return exp (-a) * (15 + a * (15 + a * (6 + a))) / 15;
    case PLATEAU_DRT_INVERSE_QUADRATIC:
      return 1 / (1 + a * a);
    case PLATEAU_DRT_INVERSE_QUADRIC:
      return 1 / sqrt (1 + a * a);
    case PLATEAU_DRT_CAUCHY:
      return 1 / (1 + a);
    default:
      g_return_val_if_reached (NAN);
    }
}

/* Nodes y and weights w * phi(y) of the integrals over one basis function. The Gaussian is
 * analytic, for which the trapezoid converges exponentially; the others have a kink at 0 or long
 * tails and take Gauss-Legendre panels narrower than twice the distance (pi/2) to the poles of the
 * Debye kernel. */
static void
quadrature (int basis, double epsilon, GArray *nodes, GArray *weights)
{
  double reach = basis_infos[basis].reach > 0 ? MIN (basis_infos[basis].reach / epsilon, LONG_REACH)
                                              : LONG_REACH;

  if (basis == PLATEAU_DRT_GAUSSIAN)
    {
      double step = MIN (0.3, 0.5 / epsilon);
      int n = (int) ceil (reach / step);

      for (int k = -n; k <= n; k++)
        {
          double y = k * step, w = step * exp (-epsilon * epsilon * y * y);

          g_array_append_val (nodes, y);
          g_array_append_val (weights, w);
        }
      return;
    }

  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (16);
  double at = 0;

  while (at < reach * (1 - 1e-12))
    {
      double width = MIN (MIN (at == 0 ? 1 / epsilon : 3.0, 6 / epsilon + at), reach - at);

      width = MIN (width, 3.0);
      for (gsize i = 0; i < 16; i++)
        {
          double y, w;

          gsl_integration_glfixed_point (at, at + width, i, &y, &w, table);
          w *= plateau_drt_basis_value (basis, epsilon, y);
          g_array_append_val (nodes, y);
          g_array_append_val (weights, w);
          y = -y;
          g_array_append_val (nodes, y);
          g_array_append_val (weights, w);
        }
      at += width;
    }
  gsl_integration_glfixed_table_free (table);
}

static void
accumulate_row (double omega, const double *restrict tau, gsize n, const double *nodes,
                const double *weights, gsize n_nodes, double *restrict re, double *restrict im)
{
  for (gsize k = 0; k < n_nodes; k++)
    {
      double factor = omega * exp (nodes[k]), w = weights[k];

      for (gsize m = 0; m < n; m++)
        {
          double u = factor * tau[m];
          double r = w / (1 + u * u);

          re[m] += r;
          im[m] -= r * u;
        }
    }
}

static void
fill_radial (PlateauDrtKernel *kernel)
{
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) weights = g_array_new (FALSE, FALSE, sizeof (double));
  double mass = 0;

  quadrature (kernel->basis, kernel->epsilon, nodes, weights);
  for (gsize n = 0; n < kernel->n_f; n++)
    accumulate_row (kernel->omega[n], kernel->tau, kernel->n_tau, (double *) (void *) nodes->data,
                    (double *) (void *) weights->data, nodes->len, kernel->a_re + n * kernel->n_tau,
                    kernel->a_im + n * kernel->n_tau);
  for (guint k = 0; k < weights->len; k++)
    mass += g_array_index (weights, double, k);
  for (gsize m = 0; m < kernel->n_tau; m++)
    kernel->mass[m] = mass;
}

static void
fill_piecewise (PlateauDrtKernel *kernel)
{
  gsize last = kernel->n_tau - 1;

  for (gsize m = 0; m <= last; m++)
    kernel->mass[m] = 0.5 * (kernel->ln_tau[MIN (m + 1, last)] - kernel->ln_tau[m > 0 ? m - 1 : 0]);
  for (gsize n = 0; n < kernel->n_f; n++)
    for (gsize m = 0; m <= last; m++)
      {
        double u = kernel->omega[n] * kernel->tau[m];
        double r = kernel->mass[m] / (1 + u * u);

        kernel->a_re[n * kernel->n_tau + m] = r;
        kernel->a_im[n * kernel->n_tau + m] = -r * u;
      }
}

/* Derivative of order 1 or 2 of a basis of kinked or rational form, epsilon = 1, without the
 * delta function at a kink. */
static double
basis_derivative (int basis, int order, double t)
{
  double a = fabs (t);

  if (basis == PLATEAU_DRT_CAUCHY)
    {
      double d = 1 / (1 + a);

      return order == 1 ? -copysign (d * d, t) : 2 * d * d * d;
    }
  else
    {
      double d = 1 / (1 + t * t);

      return order == 1 ? -t * d * sqrt (d) : (2 * t * t - 1) * d * d * sqrt (d);
    }
}

/* Integral of the product of two such derivatives a apart, split at both centres and mapped by
 * t = sinh u. */
static double
numeric_overlap (int basis, int order, double a, const gsl_integration_glfixed_table *table)
{
  double cuts[8], sum = 0;
  guint n = 0;

  a = fabs (a);
  cuts[n++] = -14;
  cuts[n++] = -3;
  cuts[n++] = 0;
  if (a > 0)
    {
      cuts[n++] = asinh (0.5 * a);
      cuts[n++] = asinh (a);
    }
  cuts[n++] = asinh (a) + 3;
  cuts[n++] = asinh (a) + 14;
  for (guint p = 0; p + 1 < n; p++)
    for (gsize i = 0; i < 32; i++)
      {
        double u, w, t;

        gsl_integration_glfixed_point (cuts[p], cuts[p + 1], i, &u, &w, table);
        t = sinh (u);
        sum += w * cosh (u) * basis_derivative (basis, order, t)
               * basis_derivative (basis, order, t - a);
      }
  return sum;
}

static double
matern_overlap (int k, int order, double a)
{
  double p[9] = { 0 }, q[9], self[4], norm = 0;
  guint n = matern_polynomial (2 * k + 1, p);

  a = fabs (a);
  if (k == 0 && order == 2)
    return (1 + a) * exp (-a);

  /* 2 int_0^inf self(t)^2 e^{-2t} dt */
  matern_polynomial (k, self);
  for (int i = 0; i <= k; i++)
    for (int j = 0; j <= k; j++)
      norm += 2 * self[i] * self[j] * tgamma (i + j + 1) * ldexp (1, -(i + j + 1));

  for (int d = 0; d < 2 * order; d++)
    {
      for (guint i = 0; i < n; i++)
        q[i] = (i + 1 < n ? (i + 1) * p[i + 1] : 0) - p[i];
      memcpy (p, q, n * sizeof (double));
    }
  /* The published toolboxes take the derivatives of C4 and C6 without their factors 1/3 and 1/15;
   * lambda means the same here. */
  norm *= k == 2 ? 9 : k == 3 ? 225 : 1;
  return (order == 1 ? -norm : norm) * polynomial (p, n, a) * exp (-a);
}

/* Inner product of the derivatives of two basis functions epsilon * distance = a apart. */
static double
overlap (int basis, int order, double a, const gsl_integration_glfixed_table *table)
{
  double s = a * a;

  switch (basis)
    {
    case PLATEAU_DRT_GAUSSIAN:
      return sqrt (G_PI / 2) * exp (-s / 2) * (order == 1 ? 1 - s : 3 - 6 * s + s * s);
    case PLATEAU_DRT_C0_MATERN:
    case PLATEAU_DRT_C2_MATERN:
    case PLATEAU_DRT_C4_MATERN:
    case PLATEAU_DRT_C6_MATERN:
      return matern_overlap (basis_infos[basis].matern, order, a);
    case PLATEAU_DRT_INVERSE_QUADRATIC:
      return order == 1 ? 4 * G_PI * (4 - 3 * s) / pow (4 + s, 3)
                        : 48 * G_PI * (16 - 40 * s + 5 * s * s) / pow (4 + s, 5);
    default:
      return numeric_overlap (basis, order, a, table);
    }
}

static void
fill_penalty_radial (PlateauDrtKernel *kernel)
{
  gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc (32);
  double scale = kernel->derivative == 1 ? kernel->epsilon : pow (kernel->epsilon, 3);
  gsize n = kernel->n_tau;

  for (gsize i = 0; i < n; i++)
    for (gsize j = i; j < n; j++)
      kernel->penalty[i * n + j] =
          scale
          * overlap (kernel->basis, kernel->derivative,
                     kernel->epsilon * (kernel->ln_tau[j] - kernel->ln_tau[i]), table);
  plateau_matrix_mirror (kernel->penalty, n, n);
  gsl_integration_glfixed_table_free (table);
}

/* Finite differences, M = L'L; second differences at both ends count twice, as in the published
 * piecewise-linear formulation. */
static void
fill_penalty_piecewise (PlateauDrtKernel *kernel)
{
  gsize n = kernel->n_tau;
  gsize width = kernel->derivative == 1 ? 2 : 3;

  for (gsize p = 0; p + width <= n; p++)
    {
      double step = kernel->ln_tau[p + 1] - kernel->ln_tau[p];
      double row[3] = { -1 / step, 1 / step, 0 };

      if (width == 3)
        {
          double f = (p == 0 || p + 3 == n ? 2 : 1) / (step * step);

          row[0] = row[2] = f;
          row[1] = -2 * f;
        }
      for (gsize i = 0; i < width; i++)
        for (gsize j = 0; j < width; j++)
          kernel->penalty[(p + i) * n + p + j] += row[i] * row[j];
    }
}

static void
free_grid (const double *frequency, gsize n_f, const PlateauDrtOptions *options, GArray *tau)
{
  double low = log10 (1 / (2 * G_PI * frequency[0])) - options->extend;
  double high = log10 (1 / (2 * G_PI * frequency[n_f - 1])) + options->extend;
  gsize n = MAX (4, (gsize) ceil ((high - low) * options->points_per_decade - 1e-9) + 1);

  for (gsize i = 0; i < n; i++)
    {
      double t = pow (10, low + i * (high - low) / (n - 1));

      g_array_append_val (tau, t);
    }
}

/**
 * plateau_drt_kernel_new:
 * @frequency: (array length=n_f): falling frequencies in Hz, all different
 * @n_f: number of frequencies
 * @options: basis, shape, derivative and grid
 * @error: return location
 *
 * Builds the matrices that depend on the frequencies alone: the Debye integrals over every basis
 * function, by quadrature exact to about 1e-11, and the inner products of the derivatives (Wan et
 * al., Electrochim. Acta 184 (2015) 483).
 *
 * Returns: (transfer full) (nullable): the kernel
 */
PlateauDrtKernel *
plateau_drt_kernel_new (const double *frequency, gsize n_f, const PlateauDrtOptions *options,
                        GError **error)
{
  g_autoptr (GArray) tau = g_array_new (FALSE, FALSE, sizeof (double));
  PlateauDrtKernel *kernel;
  gsize n;

  g_return_val_if_fail (n_f >= 2, NULL);
  if (options->points_per_decade > 0)
    free_grid (frequency, n_f, options, tau);
  else
    for (gsize i = 0; i < n_f; i++)
      {
        double t = 1 / frequency[i];

        g_array_append_val (tau, t);
      }
  if (tau->len > MAX_TAU)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("The grid would hold %u relaxation times; at most %d can be solved. Take "
                      "fewer points a decade instead of one relaxation time for each frequency."),
                   tau->len, MAX_TAU);
      return NULL;
    }

  kernel = g_new0 (PlateauDrtKernel, 1);
  g_atomic_ref_count_init (&kernel->ref_count);
  kernel->n_f = n_f;
  kernel->n_tau = n = tau->len;
  kernel->frequency = g_memdup2 (frequency, n_f * sizeof (double));
  kernel->omega = g_new (double, n_f);
  kernel->tau = (double *) (void *) g_array_free (g_steal_pointer (&tau), FALSE);
  kernel->ln_tau = g_new (double, n);
  kernel->basis = options->basis;
  kernel->derivative = options->derivative + 1;
  for (gsize i = 0; i < n_f; i++)
    kernel->omega[i] = 2 * G_PI * frequency[i];
  for (gsize i = 0; i < n; i++)
    kernel->ln_tau[i] = log (kernel->tau[i]);
  kernel->epsilon = options->shape;
  if (options->shape_kind == PLATEAU_DRT_SHAPE_FWHM)
    kernel->epsilon = options->shape * basis_infos[options->basis].fwhm
                      / ((kernel->ln_tau[n - 1] - kernel->ln_tau[0]) / (n - 1));

  kernel->a_re = g_new0 (double, n_f *n);
  kernel->a_im = g_new0 (double, n_f *n);
  kernel->gram_re = g_new0 (double, n *n);
  kernel->gram_im = g_new0 (double, n *n);
  kernel->penalty = g_new0 (double, n *n);
  kernel->mass = g_new (double, n);
  if (options->basis == PLATEAU_DRT_PIECEWISE)
    {
      fill_piecewise (kernel);
      fill_penalty_piecewise (kernel);
    }
  else
    {
      fill_radial (kernel);
      fill_penalty_radial (kernel);
    }
  plateau_matrix_add_gram (kernel->a_re, n_f, n, n, kernel->gram_re, n);
  plateau_matrix_add_gram (kernel->a_im, n_f, n, n, kernel->gram_im, n);
  plateau_matrix_mirror (kernel->gram_re, n, n);
  plateau_matrix_mirror (kernel->gram_im, n, n);
  return kernel;
}

/**
 * plateau_drt_kernel_ref:
 * @kernel: a kernel
 *
 * Returns: @kernel with one more reference
 */
PlateauDrtKernel *
plateau_drt_kernel_ref (PlateauDrtKernel *kernel)
{
  g_atomic_ref_count_inc (&kernel->ref_count);
  return kernel;
}

/**
 * plateau_drt_kernel_unref:
 * @kernel: a kernel
 *
 * Drops one reference.
 */
void
plateau_drt_kernel_unref (PlateauDrtKernel *kernel)
{
  if (!g_atomic_ref_count_dec (&kernel->ref_count))
    return;
  g_free (kernel->frequency);
  g_free (kernel->omega);
  g_free (kernel->tau);
  g_free (kernel->ln_tau);
  g_free (kernel->a_re);
  g_free (kernel->a_im);
  g_free (kernel->gram_re);
  g_free (kernel->gram_im);
  g_free (kernel->penalty);
  g_free (kernel->mass);
  g_free (kernel);
}

/**
 * plateau_drt_kernel_serves:
 * @kernel: a kernel
 * @frequency: (array length=n_f): falling frequencies
 * @n_f: number of frequencies
 * @options: options
 *
 * Returns: whether @kernel is the one that these frequencies and options need
 */
gboolean
plateau_drt_kernel_serves (const PlateauDrtKernel *kernel, const double *frequency, gsize n_f,
                           const PlateauDrtOptions *options)
{
  double epsilon = options->shape;

  if (kernel->n_f != n_f || memcmp (kernel->frequency, frequency, n_f * sizeof (double)) != 0
      || kernel->basis != options->basis || kernel->derivative != options->derivative + 1)
    return FALSE;
  if (options->points_per_decade > 0)
    {
      g_autoptr (GArray) tau = g_array_new (FALSE, FALSE, sizeof (double));

      free_grid (frequency, n_f, options, tau);
      if (tau->len != kernel->n_tau || g_array_index (tau, double, 0) != kernel->tau[0])
        return FALSE;
    }
  else if (kernel->n_tau != n_f || kernel->tau[0] != 1 / frequency[0])
    return FALSE;
  if (options->shape_kind == PLATEAU_DRT_SHAPE_FWHM)
    epsilon = options->shape * basis_infos[options->basis].fwhm
              / ((kernel->ln_tau[kernel->n_tau - 1] - kernel->ln_tau[0]) / (kernel->n_tau - 1));
  return fabs (epsilon - kernel->epsilon) <= 1e-12 * epsilon;
}

/**
 * plateau_drt_basis_evaluate:
 * @kernel: a kernel
 * @x: (array length=n_tau): coefficients of its basis functions
 * @ln_tau: (array length=n): where, rising
 * @n: number of values
 * @gamma: (array length=n): receives the sum of the basis functions in ohm
 */
void
plateau_drt_basis_evaluate (const PlateauDrtKernel *kernel, const double *x, const double *ln_tau,
                            gsize n, double *gamma)
{
  double reach = basis_infos[kernel->basis].reach > 0
                     ? basis_infos[kernel->basis].reach / kernel->epsilon
                     : INFINITY;
  gsize first = 0, last = kernel->n_tau - 1;

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0;

      if (kernel->basis == PLATEAU_DRT_PIECEWISE)
        {
          while (first < last && kernel->ln_tau[first + 1] < ln_tau[i])
            first++;
          if (ln_tau[i] >= kernel->ln_tau[0] - 1e-12 && ln_tau[i] <= kernel->ln_tau[last] + 1e-12)
            {
              gsize next = MIN (first + 1, last);
              double width = kernel->ln_tau[next] - kernel->ln_tau[first];
              double f = width > 0 ? (ln_tau[i] - kernel->ln_tau[first]) / width : 0;

              sum = x[first] + f * (x[next] - x[first]);
            }
        }
      else
        {
          while (first < last && kernel->ln_tau[first] < ln_tau[i] - reach)
            first++;
          for (gsize m = first; m <= last && kernel->ln_tau[m] <= ln_tau[i] + reach; m++)
            if (x[m] != 0)
              sum += x[m]
                     * plateau_drt_basis_value (kernel->basis, kernel->epsilon,
                                                ln_tau[i] - kernel->ln_tau[m]);
        }
      gamma[i] = sum;
    }
}
