/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv-private.h"

#include <math.h>

#define INVERSE_POINTS 1000
#define INVERSE_WINDOW 0.02

/* Slope in the middle of the least-squares cubic through 2 @reach + 1 points; a line's when there
 * are only three. */
static double
cubic_slope (const double *middle, int reach)
{
  double s2 = 0, s4 = 0, s6 = 0, first = 0, third = 0;

  for (int j = 1; j <= reach; j++)
    {
      double square = (double) j * j, difference = middle[j] - middle[-j];
      s2 += 2 * square;
      s4 += 2 * square * square;
      s6 += 2 * square * square * square;
      first += j * difference;
      third += j * square * difference;
    }
  return reach == 1 ? first / s2 : (s6 * first - s4 * third) / (s2 * s6 - s4 * s4);
}

/**
 * plateau_dqdv_invert:
 * @curve: gets dV/dQ
 * @q: (array length=n): charge passed, C
 * @v: (array length=n): V
 *
 * dV/dQ on a uniform grid of charge: the slope of a cubic through a window of 2 % of it.
 */
void
plateau_dqdv_invert (PlateauDqdvCurve *curve, const double *q, const double *v, gsize n)
{
  gsize points = CLAMP (n, 16, INVERSE_POINTS), at = 0;
  int m = MAX (2, (int) lrint (0.5 * INVERSE_WINDOW * points));
  double width = (q[n - 1] - q[0]) / (points - 1);
  g_autofree double *potential = g_new (double, points);

  for (gsize i = 0; i < points; i++)
    {
      double target = q[0] + i * width;
      double share;
      while (at + 2 < n && q[at + 1] <= target)
        at++;
      share = q[at + 1] > q[at] ? (target - q[at]) / (q[at + 1] - q[at]) : 1;
      potential[i] = v[at] + CLAMP (share, 0, 1) * (v[at + 1] - v[at]);
    }
  curve->n_inverse = (guint) points;
  curve->charge_passed = g_new (double, points);
  curve->dvdq = g_new (double, points);
  for (gssize i = 0; i < (gssize) points; i++)
    {
      /* Towards the ends the window shrinks with the distance to them. */
      int reach = (int) MIN (m, MIN (i, (gssize) points - 1 - i));
      curve->charge_passed[i] = q[0] + i * width;
      if (reach == 0)
        curve->dvdq[i] = (i == 0 ? potential[1] - potential[0]
                                 : potential[points - 1] - potential[points - 2])
                         / width;
      else
        curve->dvdq[i] = cubic_slope (potential + i, reach) / width;
    }
}
