/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv-private.h"

#include <math.h>

/* Charge by potential. */

#define MAXIMUM_BINS 50000
/* Records further apart than so many grid steps are sparse. */
#define SPARSE 1.5
#define MAXIMUM_PARTS 100
/* Share of the charge between records within which one of equal potential is the same again. */
#define TWICE 0.05

static void
density_add (PlateauDqdvDensity *d, double low, double high, double charge)
{
  double a = CLAMP ((low - d->origin) / d->step, 0, d->n - 1e-9);
  double b = CLAMP ((high - d->origin) / d->step, 0, d->n - 1e-9);
  gsize first = (gsize) a, last = (gsize) b;
  double per_bin;

  if (first == last || !(b > a))
    {
      d->mass[first] += charge;
      return;
    }
  per_bin = charge / (b - a);
  d->mass[first] += per_bin * (first + 1 - a);
  d->mass[last] += per_bin * (b - last);
  if (last > first + 1)
    {
      d->ramp[first + 1] += per_bin;
      d->ramp[last] -= per_bin;
    }
}

static void
density_finish (PlateauDqdvDensity *d)
{
  double sum = 0, largest = 0;

  for (gsize k = 0; k < d->n; k++)
    {
      sum += d->ramp[k];
      d->mass[k] += sum;
      largest = MAX (largest, fabs (d->mass[k]));
    }
  /* What is left of differences of large numbers is no charge. */
  for (gsize k = 0; k < d->n; k++)
    if (fabs (d->mass[k]) < 1e-13 * largest)
      d->mass[k] = 0;
}

/* The step of the recorder's converter: the smallest difference between two potentials, when it
 * is not just the last digit of a float. 0 when there is none to see. */
static double
find_quantum (const double *v, gsize n, double limit)
{
  double smallest = INFINITY;
  gsize repeated = 0;

  for (gsize i = 1; i < n; i++)
    {
      double difference = fabs (v[i] - v[i - 1]);
      if (difference > 2e-6 && difference < smallest)
        smallest = difference;
      repeated += difference <= 2e-6;
    }
  /* Values that never repeat are not quantised within the noise. */
  return repeated * 20 > n && smallest < limit ? smallest : 0;
}

/**
 * plateau_dqdv_range:
 * @low: (out): smallest of @values, infinite when there is none
 * @high: (out): largest
 */
void
plateau_dqdv_range (const double *values, gsize n, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      *low = MIN (*low, values[i]);
      *high = MAX (*high, values[i]);
    }
}

/* Slope at a knot that keeps the curve monotone (Fritsch and Butland, SIAM J. Sci. Stat. Comput. 5
 * (1984) 300): the weighted harmonic mean of the slopes on both sides. */
static double
monotone_slope (const double *q, const double *v, gsize n, gsize i)
{
  double h0, h1, s0, s1;

  if (i == 0 || i == n - 1)
    {
      gsize k = i == 0 ? 0 : n - 2;
      return q[k + 1] > q[k] ? (v[k + 1] - v[k]) / (q[k + 1] - q[k]) : 0;
    }
  h0 = q[i] - q[i - 1];
  h1 = q[i + 1] - q[i];
  if (!(h0 > 0) || !(h1 > 0))
    return 0;
  s0 = (v[i] - v[i - 1]) / h0;
  s1 = (v[i + 1] - v[i]) / h1;
  if (s0 * s1 <= 0)
    return 0;
  return 3 * (h0 + h1) / ((2 * h1 + h0) / s0 + (h1 + 2 * h0) / s1);
}

static gboolean
is_even (const double *q, const double *v, gsize n, double step, double twice)
{
  for (gsize i = 1; i < n; i++)
    if (fabs (v[i] - v[i - 1]) > SPARSE * step || (v[i] == v[i - 1] && q[i] - q[i - 1] <= twice))
      return FALSE;
  return TRUE;
}

/* The records without those that were written twice, and with points between records that lie
 * further apart than the grid: there V(Q) goes on as a monotone cubic, since straight lines would
 * make dQ/dV a staircase. FALSE where there is nothing of both. */
static gboolean
refine (const double *q, const double *v, gsize n, double step, GArray *fine_q, GArray *fine_v)
{
  double twice = TWICE * (q[n - 1] - q[0]) / (double) n, slope;
  gsize kept = 0;

  if (is_even (q, v, n, step, twice))
    return FALSE;
  g_autofree double *own_q = g_new (double, n), *own_v = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    if (kept == 0 || v[i] != own_v[kept - 1] || q[i] - own_q[kept - 1] > twice || i == n - 1)
      {
        own_q[kept] = q[i];
        own_v[kept++] = v[i];
      }
  g_array_append_val (fine_q, own_q[0]);
  g_array_append_val (fine_v, own_v[0]);
  slope = monotone_slope (own_q, own_v, kept, 0);
  for (gsize i = 0; i + 1 < kept; i++)
    {
      double next = monotone_slope (own_q, own_v, kept, i + 1), h = own_q[i + 1] - own_q[i];
      double distance = fabs (own_v[i + 1] - own_v[i]);
      int parts = distance > SPARSE * step && h > 0
                      ? (int) MIN (ceil (distance / step), MAXIMUM_PARTS)
                      : 1;

      for (int k = 1; k < parts; k++)
        {
          double t = (double) k / parts, u = 1 - t, at = own_q[i] + t * h;
          double value = u * u * (1 + 2 * t) * own_v[i] + t * t * (1 + 2 * u) * own_v[i + 1]
                         + h * t * u * (u * slope - t * next);
          g_array_append_val (fine_q, at);
          g_array_append_val (fine_v, value);
        }
      g_array_append_val (fine_q, own_q[i + 1]);
      g_array_append_val (fine_v, own_v[i + 1]);
      slope = next;
    }
  return TRUE;
}

/**
 * plateau_dqdv_collect:
 * @capacity: (array length=n): charge passed, C
 * @potential: (array length=n): V
 * @n: at least 2
 * @density: (out): to be cleared
 *
 * Sorts the charge of a branch by the potential at which it passed.
 */
void
plateau_dqdv_collect (const double *capacity, const double *potential, gsize n,
                      const PlateauDqdvOptions *options, PlateauDqdvDensity *density)
{
  double low, high, quantum, first_spread;
  gboolean by_count = options->method == PLATEAU_DQDV_LEAN;
  g_autoptr (GArray) fine_q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) fine_v = g_array_new (FALSE, FALSE, sizeof (double));
  const double *q = capacity, *v = potential;
  PlateauDqdvDensity d = { 0 };

  d.step = options->step > 0 ? options->step : 1e-3;
  plateau_dqdv_range (v, n, &low, &high);
  quantum = find_quantum (v, n, 5 * d.step);
  if (by_count && quantum > 0)
    d.step = quantum * MAX (1, ceil (d.step / quantum - 1e-6));
  d.step = MAX (d.step, (high - low) / MAXIMUM_BINS);
  /* Bins lie at multiples of the step, so that curves of one study share their grid; the levels
   * of a counter lie in the middle of a bin. */
  d.origin = d.step * (floor ((low - 0.5 * quantum) / d.step) - 1);
  if (by_count && quantum > 0)
    d.origin = low - 1.5 * d.step;
  d.n = (gsize) ceil ((high + 0.5 * quantum - d.origin) / d.step) + 2;
  d.mass = g_new0 (double, d.n);
  d.ramp = g_new0 (double, d.n + 1);
  if (!by_count && refine (q, v, n, d.step, fine_q, fine_v))
    {
      q = (const double *) (gpointer) fine_q->data;
      v = (const double *) (gpointer) fine_v->data;
      n = fine_q->len;
    }
  /* The first record already holds the charge of an interval, over which the potential moved
   * about as far as over the next one. */
  first_spread = n > 1 ? 0.5 * fabs (v[1] - v[0]) : 0;
  density_add (&d, MAX (low, v[0] - first_spread), MIN (high, v[0] + first_spread), q[0]);
  for (gsize i = 1; i < n; i++)
    {
      double dq = q[i] - q[i - 1];
      if (dq == 0)
        continue;
      if (by_count)
        density_add (&d, v[i], v[i], dq);
      else
        density_add (&d, MIN (v[i], v[i - 1]) - 0.5 * quantum, MAX (v[i], v[i - 1]) + 0.5 * quantum,
                     dq);
    }
  density_finish (&d);
  *density = d;
}

/**
 * plateau_dqdv_density_clear:
 *
 * Frees what @density holds.
 */
void
plateau_dqdv_density_clear (PlateauDqdvDensity *density)
{
  g_clear_pointer (&density->mass, g_free);
  g_clear_pointer (&density->ramp, g_free);
}
