/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dense kernels on small row-major arrays of doubles, written so that the compiler vectorises
 * them. GSL serves everything that is not inside a slider's frame. */

void plateau_matrix_add_gram (const double *a, gsize n_rows, gsize n, gsize stride, double *gram,
                              gsize gram_stride);
void plateau_matrix_mirror (double *a, gsize n, gsize stride);
gboolean plateau_matrix_cholesky (double *a, gsize n, gsize stride);
void plateau_matrix_cholesky_solve (const double *u, gsize n, gsize stride, double *x);
void plateau_matrix_solve_upper (const double *u, gsize n, gsize stride, double *x);
void plateau_matrix_solve_upper_transposed (const double *u, gsize n, gsize stride, double *x);
void plateau_matrix_times (const double *a, gsize n_rows, gsize n, gsize stride, const double *x,
                           double *y);
void plateau_matrix_transposed_times (const double *a, gsize n_rows, gsize n, gsize stride,
                                      const double *x, double *y);
double plateau_matrix_dot (const double *a, const double *b, gsize n);
gboolean plateau_matrix_eigen (double *a, gsize n, double *values, double *vectors);

G_END_DECLS
