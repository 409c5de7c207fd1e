/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-matrix.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <string.h>

#pragma GCC optimize("O3")

/**
 * plateau_matrix_dot:
 * @a: (array length=n): first vector
 * @b: (array length=n): second vector
 * @n: number of elements
 *
 * Returns: the scalar product, summed in four interleaved parts
 */
double
plateau_matrix_dot (const double *a, const double *b, gsize n)
{
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  gsize i = 0;

  for (; i + 4 <= n; i += 4)
    {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
  for (; i < n; i++)
    s0 += a[i] * b[i];
  return (s0 + s1) + (s2 + s3);
}

/**
 * plateau_matrix_add_gram:
 * @a: @n_rows x @n matrix, rows @stride apart
 * @n_rows: number of rows
 * @n: number of columns
 * @stride: elements from one row of @a to the next
 * @gram: @n x @n matrix to which the upper triangle of A'A is added
 * @gram_stride: elements from one row of @gram to the next
 *
 * Adds the upper triangle of A'A, four rows at a time.
 */
void
plateau_matrix_add_gram (const double *a, gsize n_rows, gsize n, gsize stride, double *gram,
                         gsize gram_stride)
{
  gsize r = 0;

  for (; r + 4 <= n_rows; r += 4)
    {
      const double *restrict a0 = a + r * stride, *restrict a1 = a0 + stride;
      const double *restrict a2 = a1 + stride, *restrict a3 = a2 + stride;

      for (gsize i = 0; i < n; i++)
        {
          double *restrict row = gram + i * gram_stride;
          double c0 = a0[i], c1 = a1[i], c2 = a2[i], c3 = a3[i];

          for (gsize j = i; j < n; j++)
            row[j] += c0 * a0[j] + c1 * a1[j] + c2 * a2[j] + c3 * a3[j];
        }
    }
  for (; r < n_rows; r++)
    {
      const double *restrict a0 = a + r * stride;

      for (gsize i = 0; i < n; i++)
        {
          double *restrict row = gram + i * gram_stride;
          double c0 = a0[i];

          for (gsize j = i; j < n; j++)
            row[j] += c0 * a0[j];
        }
    }
}

/**
 * plateau_matrix_mirror:
 * @a: square matrix
 * @n: its size
 * @stride: elements from one row to the next
 *
 * Copies the upper triangle to the lower one.
 */
void
plateau_matrix_mirror (double *a, gsize n, gsize stride)
{
  for (gsize i = 1; i < n; i++)
    for (gsize j = 0; j < i; j++)
      a[i * stride + j] = a[j * stride + i];
}

static void
eliminate_four (double *a, gsize k, gsize n, gsize stride)
{
  const double *restrict u0 = a + k * stride, *restrict u1 = u0 + stride;
  const double *restrict u2 = u1 + stride, *restrict u3 = u2 + stride;

  for (gsize i = k + 4; i < n; i++)
    {
      double *restrict row = a + i * stride;
      double c0 = u0[i], c1 = u1[i], c2 = u2[i], c3 = u3[i];

      for (gsize j = i; j < n; j++)
        row[j] -= c0 * u0[j] + c1 * u1[j] + c2 * u2[j] + c3 * u3[j];
    }
}

/**
 * plateau_matrix_cholesky:
 * @a: symmetric matrix, upper triangle; replaced by U
 * @n: its size
 * @stride: elements from one row to the next
 *
 * Factors A = U'U in place, using only the upper triangle; the strict lower triangle keeps what it
 * held.
 *
 * Returns: FALSE when a pivot is not above rounding: A is not positive definite
 */
gboolean
plateau_matrix_cholesky (double *a, gsize n, gsize stride)
{
  gsize block = 4;

  for (gsize k = 0; k < n; k += block)
    {
      gsize end = MIN (k + block, n);

      for (gsize p = k; p < end; p++)
        {
          double *restrict row = a + p * stride;
          double pivot;

          for (gsize q = k; q < p; q++)
            {
              const double *restrict u = a + q * stride;
              double c = u[p];

              for (gsize j = p; j < n; j++)
                row[j] -= c * u[j];
            }
          pivot = row[p];
          if (!(pivot > 0) || !isfinite (pivot))
            return FALSE;
          pivot = 1 / sqrt (pivot);
          for (gsize j = p; j < n; j++)
            row[j] *= pivot;
        }
      if (end == k + 4)
        eliminate_four (a, k, n, stride);
    }
  return TRUE;
}

/**
 * plateau_matrix_solve_upper_transposed:
 * @u: upper triangular factor
 * @n: its size
 * @stride: elements from one row to the next
 * @x: right-hand side, replaced by the solution of U'x = b
 *
 * Forward substitution.
 */
void
plateau_matrix_solve_upper_transposed (const double *u, gsize n, gsize stride, double *x)
{
  for (gsize k = 0; k < n; k++)
    {
      const double *restrict row = u + k * stride;
      double c = x[k] / row[k];

      x[k] = c;
      for (gsize j = k + 1; j < n; j++)
        x[j] -= c * row[j];
    }
}

/**
 * plateau_matrix_solve_upper:
 * @u: upper triangular factor
 * @n: its size
 * @stride: elements from one row to the next
 * @x: right-hand side, replaced by the solution of Ux = b
 *
 * Back substitution.
 */
void
plateau_matrix_solve_upper (const double *u, gsize n, gsize stride, double *x)
{
  for (gsize k = n; k-- > 0;)
    {
      const double *row = u + k * stride;

      x[k] = (x[k] - plateau_matrix_dot (row + k + 1, x + k + 1, n - k - 1)) / row[k];
    }
}

/**
 * plateau_matrix_cholesky_solve:
 * @u: factor of plateau_matrix_cholesky()
 * @n: its size
 * @stride: elements from one row to the next
 * @x: right-hand side, replaced by the solution of U'Ux = b
 */
void
plateau_matrix_cholesky_solve (const double *u, gsize n, gsize stride, double *x)
{
  plateau_matrix_solve_upper_transposed (u, n, stride, x);
  plateau_matrix_solve_upper (u, n, stride, x);
}

/**
 * plateau_matrix_times:
 * @a: @n_rows x @n matrix
 * @n_rows: number of rows
 * @n: number of columns
 * @stride: elements from one row to the next
 * @x: (array length=n): vector
 * @y: (array length=n_rows): receives A x
 */
void
plateau_matrix_times (const double *a, gsize n_rows, gsize n, gsize stride, const double *x,
                      double *y)
{
  for (gsize r = 0; r < n_rows; r++)
    y[r] = plateau_matrix_dot (a + r * stride, x, n);
}

/**
 * plateau_matrix_transposed_times:
 * @a: @n_rows x @n matrix
 * @n_rows: number of rows
 * @n: number of columns
 * @stride: elements from one row to the next
 * @x: (array length=n_rows): vector
 * @y: (array length=n): receives A'x
 */
void
plateau_matrix_transposed_times (const double *a, gsize n_rows, gsize n, gsize stride,
                                 const double *x, double *y)
{
  memset (y, 0, n * sizeof (double));
  for (gsize r = 0; r < n_rows; r++)
    {
      const double *restrict row = a + r * stride;
      double c = x[r];

      for (gsize j = 0; j < n; j++)
        y[j] += c * row[j];
    }
}

/**
 * plateau_matrix_eigen:
 * @a: symmetric @n x @n matrix, rows contiguous; destroyed
 * @n: its size
 * @values: (array length=n): receives the eigenvalues, in no order
 * @vectors: receives the eigenvectors as columns of an @n x @n matrix
 *
 * Returns: FALSE when the iteration did not converge
 */
gboolean
plateau_matrix_eigen (double *a, gsize n, double *values, double *vectors)
{
  gsl_matrix_view matrix = gsl_matrix_view_array (a, n, n);
  gsl_matrix_view out = gsl_matrix_view_array (vectors, n, n);
  gsl_vector_view diagonal = gsl_vector_view_array (values, n);
  gsl_eigen_symmv_workspace *workspace;
  int status;

  for (gsize i = 0; i < n * n; i++)
    if (!isfinite (a[i]))
      return FALSE;
  workspace = gsl_eigen_symmv_alloc (n);
  status = gsl_eigen_symmv (&matrix.matrix, &diagonal.vector, &out.matrix, workspace);
  gsl_eigen_symmv_free (workspace);
  return status == 0;
}
