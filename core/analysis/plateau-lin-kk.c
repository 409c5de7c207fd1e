/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-kk-private.h"

#include "base/plateau-matrix.h"

#include <math.h>
#include <string.h>

#pragma GCC optimize("O3")

/* Rows are weighted by 1/|Z|; the columns are R0, the RC elements, inductance and capacitance. */
typedef struct
{
  gsize n, columns, rows;
  guint elements;
  gboolean with_r0, with_im_extras, with_capacitance;
  double inductance_scale, capacitance_scale;
  double *a, *b, *x;
} Problem;

static void
fill_rows (Problem *problem, const double *frequency, const double *z_re, const double *z_im,
           const double *tau, gboolean re, gboolean im)
{
  gsize row = 0;

  for (gsize i = 0; i < problem->n; i++)
    {
      double omega = 2 * G_PI * frequency[i], weight = 1 / hypot (z_re[i], z_im[i]);
      double *to_re = re ? problem->a + row * problem->columns : NULL;
      double *to_im = im ? problem->a + (row + (re ? 1 : 0)) * problem->columns : NULL;
      gsize c = 0;

      if (re)
        problem->b[row++] = weight * z_re[i];
      if (im)
        problem->b[row++] = weight * z_im[i];
      if (problem->with_r0)
        {
          if (re)
            to_re[c] = weight;
          if (im)
            to_im[c] = 0;
          c++;
        }
      for (guint k = 0; k < problem->elements; k++, c++)
        {
          double u = omega * tau[k], r = weight / (1 + u * u);

          if (re)
            to_re[c] = r;
          if (im)
            to_im[c] = -r * u;
        }
      if (problem->with_im_extras)
        {
          if (re)
            to_re[c] = 0;
          if (im)
            to_im[c] = weight * omega * problem->inductance_scale;
          c++;
        }
      if (problem->with_im_extras && problem->with_capacitance)
        {
          if (re)
            to_re[c] = 0;
          if (im)
            to_im[c] = -weight / omega * problem->capacitance_scale;
          c++;
        }
    }
}

/* Normal equations with two steps of refinement on the unsquared residual. A matrix that cannot be
 * factored means an order that the data do not determine. */
static gboolean
solve (Problem *problem)
{
  gsize n = problem->columns, rows = problem->rows;
  g_autofree double *gram = g_new0 (double, n *n);
  g_autofree double *residual = g_new (double, rows), *step = g_new (double, n);

  plateau_matrix_add_gram (problem->a, rows, n, n, gram, n);
  if (!plateau_matrix_cholesky (gram, n, n))
    return FALSE;
  plateau_matrix_transposed_times (problem->a, rows, n, n, problem->b, problem->x);
  plateau_matrix_cholesky_solve (gram, n, n, problem->x);
  for (int pass = 0; pass < 2; pass++)
    {
      plateau_matrix_times (problem->a, rows, n, n, problem->x, residual);
      for (gsize r = 0; r < rows; r++)
        residual[r] = problem->b[r] - residual[r];
      plateau_matrix_transposed_times (problem->a, rows, n, n, residual, step);
      plateau_matrix_cholesky_solve (gram, n, n, step);
      for (gsize j = 0; j < n; j++)
        problem->x[j] += step[j];
    }
  for (gsize j = 0; j < n; j++)
    if (!isfinite (problem->x[j]))
      return FALSE;
  return TRUE;
}

static double
mu_of (const double *r, guint elements)
{
  double negative = 0, positive = 0;

  for (guint k = 0; k < elements; k++)
    if (r[k] < 0)
      negative -= r[k];
    else
      positive += r[k];
  return positive > 0 ? 1 - negative / positive : NAN;
}

/* What one part does not determine follows from the other: inductance and capacitance from the
 * imaginary residual of a real fit, R0 from the real residual of an imaginary one. */
static void
complete (PlateauLinKk *model, const double *frequency, const double *z_re, const double *z_im,
          gsize n, PlateauKkFit fit, gboolean with_capacitance)
{
  double sll = 0, slc = 0, scc = 0, sly = 0, scy = 0, sw = 0, swy = 0;

  for (gsize i = 0; i < n; i++)
    {
      double w = 1 / (z_re[i] * z_re[i] + z_im[i] * z_im[i]), omega = 2 * G_PI * frequency[i];
      double y = z_im[i] - model->fit_im[i], c = -1 / omega;

      sll += w * omega * omega;
      slc += w * omega * c;
      scc += w * c * c;
      sly += w * omega * y;
      scy += w * c * y;
      sw += w;
      swy += w * (z_re[i] - model->fit_re[i]);
    }
  if (fit == PLATEAU_KK_FIT_IM)
    {
      model->r0 = swy / sw;
      for (gsize i = 0; i < n; i++)
        model->fit_re[i] += model->r0;
    }
  else if (fit == PLATEAU_KK_FIT_RE)
    {
      double determinant = sll * scc - slc * slc, inverse = 0;

      model->inductance = sly / sll;
      if (with_capacitance && determinant > 0)
        {
          model->inductance = (sly * scc - scy * slc) / determinant;
          inverse = (scy * sll - sly * slc) / determinant;
          model->capacitance = 1 / inverse;
        }
      for (gsize i = 0; i < n; i++)
        {
          double omega = 2 * G_PI * frequency[i];

          model->fit_im[i] += omega * model->inductance - inverse / omega;
        }
    }
}

static void
evaluate (PlateauLinKk *model, const Problem *problem, const double *frequency, const double *tau)
{
  const double *x = problem->x;
  gsize c = 0;

  model->r0 = problem->with_r0 ? x[c++] : 0;
  model->mu = mu_of (x + c, problem->elements);
  for (gsize i = 0; i < problem->n; i++)
    {
      double omega = 2 * G_PI * frequency[i], re = model->r0, im = 0;

      for (guint k = 0; k < problem->elements; k++)
        {
          double u = omega * tau[k], r = x[c + k] / (1 + u * u);

          re += r;
          im -= r * u;
        }
      model->fit_re[i] = re;
      model->fit_im[i] = im;
    }
  c += problem->elements;
  model->inductance = problem->with_im_extras ? x[c++] * problem->inductance_scale : 0;
  model->capacitance = NAN;
  if (problem->with_im_extras)
    {
      double inverse = problem->with_capacitance ? x[c] * problem->capacitance_scale : 0;

      if (problem->with_capacitance)
        model->capacitance = 1 / inverse;
      for (gsize i = 0; i < problem->n; i++)
        {
          double omega = 2 * G_PI * frequency[i];

          model->fit_im[i] += omega * model->inductance - inverse / omega;
        }
    }
}

/**
 * plateau_lin_kk_fit:
 * @frequency: (array length=n): falling frequencies, Hz
 * @z_re: (array length=n): real parts, ohm
 * @z_im: (array length=n): imaginary parts, ohm
 * @n: number of points
 * @elements: number of RC elements, at least 1
 * @fit: which part is fitted
 * @with_capacitance: whether a series capacitance belongs to the model
 * @model: receives the model
 *
 * Fits R0 + sum R_k / (1 + jw tau_k) + jwL (+ 1/(jwC)), tau_k spread evenly in the logarithm from
 * 1/w_max to 1/w_min, weighted by 1/|Z| (Boukamp, J. Electrochem. Soc. 142 (1995) 1885).
 *
 * Returns: FALSE when the data do not determine so many elements
 */
gboolean
plateau_lin_kk_fit (const double *frequency, const double *z_re, const double *z_im, gsize n,
                    guint elements, PlateauKkFit fit, gboolean with_capacitance,
                    PlateauLinKk *model)
{
  gboolean re = fit != PLATEAU_KK_FIT_IM, im = fit != PLATEAU_KK_FIT_RE;
  double low = 1 / (2 * G_PI * frequency[0]), high = 1 / (2 * G_PI * frequency[n - 1]);
  g_autofree double *tau = g_new (double, elements);
  g_autofree double *a = NULL, *b = NULL, *x = NULL;
  Problem problem = { .n = n,
                      .elements = elements,
                      .with_r0 = re,
                      .with_im_extras = im,
                      .with_capacitance = with_capacitance,
                      .inductance_scale = low,
                      .capacitance_scale = 1 / high };

  memset (model, 0, sizeof *model);
  problem.columns = elements + (re ? 1 : 0) + (im ? 1 : 0) + (im && with_capacitance ? 1 : 0);
  problem.rows = n * ((re ? 1 : 0) + (im ? 1 : 0));
  if (problem.columns > problem.rows)
    return FALSE;
  for (guint k = 0; k < elements; k++)
    tau[k] = elements == 1 ? high : low * pow (high / low, k / (elements - 1.0));
  problem.a = a = g_new (double, problem.rows *problem.columns);
  problem.b = b = g_new (double, problem.rows);
  problem.x = x = g_new (double, problem.columns);
  fill_rows (&problem, frequency, z_re, z_im, tau, re, im);
  if (!solve (&problem))
    return FALSE;
  model->fit_re = g_new (double, n);
  model->fit_im = g_new (double, n);
  evaluate (model, &problem, frequency, tau);
  complete (model, frequency, z_re, z_im, n, fit, with_capacitance);
  for (gsize i = 0; i < n; i++)
    {
      double dre = z_re[i] - model->fit_re[i], dim = z_im[i] - model->fit_im[i];

      model->chi2 += (dre * dre + dim * dim) / (z_re[i] * z_re[i] + z_im[i] * z_im[i]);
    }
  return TRUE;
}

/**
 * plateau_lin_kk_clear:
 * @model: a model
 */
void
plateau_lin_kk_clear (PlateauLinKk *model)
{
  g_clear_pointer (&model->fit_re, g_free);
  g_clear_pointer (&model->fit_im, g_free);
}
