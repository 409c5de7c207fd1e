/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-smoothing-spline.h"

#include <math.h>
#include <string.h>

/* Bands of the symmetric pentadiagonal matrix R + lambda Q'Q and what is solved with it; all of
 * length n - 2. */
typedef struct
{
  gsize m;
  double *r0, *r1;      /* R */
  double *q0, *q1, *q2; /* Q'Q */
  double *qy;           /* Q'y */
  double *d, *l1, *l2;  /* L D L' */
  double *second;       /* solution: second derivatives */
  double *i0, *i1, *i2; /* bands of the inverse */
} Bands;

#define N_BANDS 13

static void
bands_layout (Bands *b, double *memory, gsize m)
{
  double **members[N_BANDS] = { &b->r0, &b->r1, &b->q0, &b->q1, &b->q2, &b->qy,    &b->d,
                                &b->l1, &b->l2, &b->i0, &b->i1, &b->i2, &b->second };
  b->m = m;
  for (gsize k = 0; k < N_BANDS; k++)
    *members[k] = memory + k * (m + 2);
}

static void
bands_fill (Bands *b, const double *x, const double *y)
{
  for (gsize j = 0; j < b->m; j++)
    {
      double h0 = x[j + 1] - x[j], h1 = x[j + 2] - x[j + 1];
      double a = 1 / h0, c = 1 / h1, middle = -a - c;

      b->r0[j] = (h0 + h1) / 3;
      b->r1[j] = h1 / 6;
      b->q0[j] = a * a + middle * middle + c * c;
      b->qy[j] = (y[j + 2] - y[j + 1]) * c - (y[j + 1] - y[j]) * a;
      if (j + 1 < b->m)
        {
          double next = 1 / (x[j + 3] - x[j + 2]);
          b->q1[j] = middle * c + c * (-c - next);
          b->q2[j] = c * next;
        }
    }
}

/* Factors and solves; the inverse's bands by the recursion of Hutchinson and de Hoog (1985). */
static void
bands_solve (Bands *b, double lambda, gboolean with_inverse)
{
  gsize m = b->m;
  double *z = b->second;

  for (gsize j = 0; j < m; j++)
    {
      double diagonal = b->r0[j] + lambda * b->q0[j];
      double upper1 = j + 1 < m ? b->r1[j] + lambda * b->q1[j] : 0;
      double upper2 = j + 2 < m ? lambda * b->q2[j] : 0;

      z[j] = b->qy[j];
      if (j >= 1)
        {
          diagonal -= b->d[j - 1] * b->l1[j - 1] * b->l1[j - 1];
          upper1 -= b->d[j - 1] * b->l1[j - 1] * b->l2[j - 1];
          z[j] -= b->l1[j - 1] * z[j - 1];
        }
      if (j >= 2)
        {
          diagonal -= b->d[j - 2] * b->l2[j - 2] * b->l2[j - 2];
          z[j] -= b->l2[j - 2] * z[j - 2];
        }
      b->d[j] = diagonal;
      b->l1[j] = upper1 / diagonal;
      b->l2[j] = upper2 / diagonal;
    }
  for (gsize k = m; k > 0; k--)
    {
      gsize j = k - 1;
      z[j] /= b->d[j];
      if (j + 1 < m)
        z[j] -= b->l1[j] * z[j + 1];
      if (j + 2 < m)
        z[j] -= b->l2[j] * z[j + 2];
    }
  if (!with_inverse)
    return;
  for (gsize k = m; k > 0; k--)
    {
      gsize j = k - 1;
      double a1 = j + 1 < m ? b->i0[j + 1] : 0, a2 = j + 2 < m ? b->i0[j + 2] : 0;
      double c = j + 2 < m ? b->i1[j + 1] : 0;

      b->i1[j] = -b->l1[j] * a1 - b->l2[j] * c;
      b->i2[j] = -b->l1[j] * c - b->l2[j] * a2;
      b->i0[j] = 1 / b->d[j] - b->l1[j] * b->i1[j] - b->l2[j] * b->i2[j];
    }
}

/* n RSS / tr(I - S)^2, with tr(I - S) = lambda tr(Q B^-1 Q'). */
static double
gcv_score (Bands *b, const double *x, double lambda)
{
  gsize m = b->m, n = m + 2;
  double trace = 0, rss = 0;

  bands_solve (b, lambda, TRUE);
  for (gsize j = 0; j < m; j++)
    {
      trace += b->q0[j] * b->i0[j];
      if (j + 1 < m)
        trace += 2 * b->q1[j] * b->i1[j];
      if (j + 2 < m)
        trace += 2 * b->q2[j] * b->i2[j];
    }
  for (gsize i = 0; i < n; i++)
    {
      double residual = 0;
      if (i < m)
        residual += b->second[i] / (x[i + 1] - x[i]);
      if (i >= 1 && i <= m)
        residual -= b->second[i - 1] * (1 / (x[i] - x[i - 1]) + 1 / (x[i + 1] - x[i]));
      if (i >= 2)
        residual += b->second[i - 2] / (x[i] - x[i - 1]);
      rss += lambda * residual * lambda * residual;
    }
  trace *= lambda;
  return trace > 0 ? n * rss / (trace * trace) : INFINITY;
}

static double
choose_lambda (Bands *b, const double *x)
{
  const double golden = 0.6180339887498949;
  double best = 0, low = -6, high = 6, best_score = INFINITY;

  /* A coarse walk first: the score may have several minima. In units of the mean knot distance,
   * the smoothing length is about lambda^(1/4), so 1e-6 .. 1e12 spans none to a straight line. */
  for (double exponent = -6; exponent <= 12; exponent += 1)
    {
      double score = gcv_score (b, x, pow (10, exponent));
      if (score < best_score)
        {
          best_score = score;
          best = exponent;
        }
    }
  low = best - 1;
  high = best + 1;
  double a = high - golden * (high - low), c = low + golden * (high - low);
  double score_a = gcv_score (b, x, pow (10, a)), score_c = gcv_score (b, x, pow (10, c));
  while (high - low > 0.05)
    {
      if (score_a < score_c)
        {
          high = c;
          c = a;
          score_c = score_a;
          a = high - golden * (high - low);
          score_a = gcv_score (b, x, pow (10, a));
        }
      else
        {
          low = a;
          a = c;
          score_a = score_c;
          c = low + golden * (high - low);
          score_c = gcv_score (b, x, pow (10, c));
        }
    }
  return pow (10, 0.5 * (low + high));
}

/**
 * plateau_smoothing_spline_new:
 * @x: (array length=n): strictly rising knots
 * @y: (array length=n): values with noise of equal size
 * @n: at least 4
 * @factor: multiplies the penalty that cross-validation finds; 1 leaves it
 *
 * The natural cubic spline g that minimises sum (y - g)^2 + lambda int g''^2, by Reinsch's banded
 * form (Numer. Math. 10 (1967) 177), lambda by generalised cross-validation (Craven and Wahba,
 * Numer. Math. 31 (1979) 377) with the trace of Hutchinson and de Hoog (Numer. Math. 47 (1985)
 * 99). Time and memory grow with n.
 *
 * Returns: (transfer full) (nullable): the spline; %NULL for fewer than 4 knots
 */
PlateauSmoothingSpline *
plateau_smoothing_spline_new (const double *x, const double *y, gsize n, double factor)
{
  PlateauSmoothingSpline *spline;
  g_autofree double *memory = NULL;
  g_autofree double *scaled = NULL;
  Bands bands;
  double unit;

  if (n < 4 || !(x[n - 1] > x[0]))
    return NULL;
  unit = (x[n - 1] - x[0]) / (n - 1);
  memory = g_new0 (double, N_BANDS *n);
  scaled = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    scaled[i] = (x[i] - x[0]) / unit;
  bands_layout (&bands, memory, n - 2);
  bands_fill (&bands, scaled, y);
  spline = g_new0 (PlateauSmoothingSpline, 1);
  spline->n = n;
  spline->lambda = choose_lambda (&bands, scaled) * (factor > 0 ? factor : 1);
  bands_solve (&bands, spline->lambda, FALSE);
  spline->x = g_memdup2 (x, n * sizeof *x);
  spline->value = g_memdup2 (y, n * sizeof *y);
  spline->second = g_new0 (double, n);
  for (gsize j = 0; j < n - 2; j++)
    {
      double a = 1 / (scaled[j + 1] - scaled[j]), c = 1 / (scaled[j + 2] - scaled[j + 1]);
      double part = spline->lambda * bands.second[j];

      spline->value[j] -= part * a;
      spline->value[j + 1] += part * (a + c);
      spline->value[j + 2] -= part * c;
      spline->second[j + 1] = bands.second[j] / (unit * unit);
    }
  return spline;
}

/**
 * plateau_smoothing_spline_free:
 * @spline: (transfer full) (nullable): freed
 */
void
plateau_smoothing_spline_free (PlateauSmoothingSpline *spline)
{
  if (spline == NULL)
    return;
  g_free (spline->x);
  g_free (spline->value);
  g_free (spline->second);
  g_free (spline);
}

/**
 * plateau_smoothing_spline_between:
 * @interval: index of a knot other than the last
 * @share: 0 at that knot, 1 at the next
 *
 * Returns: the value of the spline there
 */
double
plateau_smoothing_spline_between (const PlateauSmoothingSpline *spline, gsize interval,
                                  double share)
{
  double h = spline->x[interval + 1] - spline->x[interval];
  double a = 1 - share, b = share;

  return a * spline->value[interval] + b * spline->value[interval + 1]
         + h * h / 6
               * ((a * a * a - a) * spline->second[interval]
                  + (b * b * b - b) * spline->second[interval + 1]);
}
