/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-runs.h"

#include "analysis/plateau-cycles-private.h"
#include "base/plateau-numeric.h"

#include <math.h>

/* Cycles looked at on either side when one is judged. */
#define REACH 4
#define OUTLIER_SIGMAS 6
#define OUTLIER_SHARE 0.02
#define OUTLIER_SHARE_AT_START 0.2
/* A single cycle at another rate is a check-up when this many stand on both sides of it. */
#define CHECK_UP_NEIGHBOURS 3

/**
 * plateau_cycle_is_usable:
 *
 * Returns: whether @cycle counts in means, slopes and retention: both branches, not cut, no
 *   outlier, no leading half cycle
 */
gboolean
plateau_cycle_is_usable (const PlateauCycle *cycle)
{
  return cycle->complete && !cycle->outlier && cycle->cycle > 0;
}

static gboolean
same_current (double a, double b, double tolerance)
{
  /* A branch that is missing cannot contradict. */
  return !(a > 0) || !(b > 0) || fabs (log (a / b)) <= log1p (tolerance);
}

/**
 * plateau_cycles_same_rate:
 * @tolerance: 0.1 takes currents within 10 % for equal
 *
 * Returns: whether the charge currents of both cycles agree and the discharge currents too
 */
gboolean
plateau_cycles_same_rate (const PlateauCycle *a, const PlateauCycle *b, double tolerance)
{
  return same_current (a->charge_current, b->charge_current, tolerance)
         && same_current (a->discharge_current, b->discharge_current, tolerance);
}

/**
 * plateau_runs_find:
 * @cycles: cycles in order
 * @tolerance: how far currents may differ within a run, 0.1 for 10 %
 *
 * Groups consecutive cycles at equal charge and equal discharge currents. Outliers and the leading
 * half cycle belong to no run and break none, so that a check-up cycle does not split a long test.
 *
 * Returns: (transfer full) (element-type PlateauRun): runs in order
 */
GArray *
plateau_runs_find (const PlateauCycle *cycles, guint n_cycles, double tolerance)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (PlateauRun));

  for (guint i = 0; i < n_cycles; i++)
    {
      PlateauRun *last = runs->len > 0 ? &g_array_index (runs, PlateauRun, runs->len - 1) : NULL;

      if (cycles[i].outlier || cycles[i].cycle == 0)
        continue;
      if (last == NULL || !plateau_cycles_same_rate (&cycles[last->first], &cycles[i], tolerance))
        {
          PlateauRun run = { i, i, 0 };
          g_array_append_val (runs, run);
          last = &g_array_index (runs, PlateauRun, runs->len - 1);
        }
      last->last = i;
      last->n += plateau_cycle_is_usable (&cycles[i]);
    }
  return runs;
}

/**
 * plateau_runs_longest:
 *
 * Returns: (nullable): the run with the most usable cycles, the first of equals
 */
const PlateauRun *
plateau_runs_longest (const GArray *runs)
{
  const PlateauRun *longest = NULL;

  for (guint i = 0; i < runs->len; i++)
    {
      const PlateauRun *run = &g_array_index (runs, PlateauRun, i);
      if (run->n > 0 && (longest == NULL || run->n > longest->n))
        longest = run;
    }
  return longest;
}

/* What the neighbours of index @i let expect: the median of their values moved along the median
 * step between neighbours, so that a steady fade is no deviation. */
static double
expected_value (const double *values, guint n, guint i)
{
  double steps[2 * REACH], moved[2 * REACH + 1], slope;
  guint from = i > REACH ? i - REACH : 0, to = MIN (n - 1, i + REACH), n_steps = 0, n_moved = 0;

  for (guint j = from; j < to; j++)
    if (j != i && j + 1 != i)
      steps[n_steps++] = values[j + 1] - values[j];
  slope = n_steps > 0 ? plateau_median (steps, n_steps) : 0;
  for (guint j = from; j <= to; j++)
    if (j != i)
      moved[n_moved++] = values[j] + slope * ((double) i - j);
  return plateau_median (moved, n_moved);
}

static void
flag_check_ups (PlateauCycle *cycles, const GArray *runs)
{
  for (guint r = 1; r + 1 < runs->len; r++)
    {
      const PlateauRun *run = &g_array_index (runs, PlateauRun, r);
      const PlateauRun *before = run - 1, *after = run + 1;

      if (run->first == run->last && before->n >= CHECK_UP_NEIGHBOURS
          && after->n >= CHECK_UP_NEIGHBOURS
          && plateau_cycles_same_rate (&cycles[before->first], &cycles[after->first],
                                       PLATEAU_RATE_TOLERANCE))
        cycles[run->first].outlier = TRUE;
    }
}

static void
flag_in_run (PlateauCycle *cycles, const PlateauRun *run)
{
  g_autofree guint *indices = g_new (guint, run->last - run->first + 1);
  g_autofree double *values = g_new (double, run->last - run->first + 1);
  g_autofree double *deviations = g_new (double, run->last - run->first + 1);
  guint n = 0;
  double sigma;

  for (guint i = run->first; i <= run->last; i++)
    if (plateau_cycle_is_usable (&cycles[i]))
      {
        indices[n] = i;
        values[n++] = cycles[i].discharge_capacity;
      }
  if (n < REACH + 1)
    return;
  for (guint i = 0; i < n; i++)
    deviations[i] = values[i] - expected_value (values, n, i);
  sigma = plateau_mad_sigma (deviations, n);
  for (guint i = 0; i < n; i++)
    {
      double expected = fabs (values[i] - deviations[i]);
      double share = i == 0 ? OUTLIER_SHARE_AT_START : OUTLIER_SHARE;
      if (fabs (deviations[i]) > MAX (OUTLIER_SIGMAS * sigma, share * expected))
        cycles[indices[i]].outlier = TRUE;
    }
}

/**
 * plateau_cycles_flag_outliers:
 * @cycles: cycles whose outlier member is set
 *
 * Marks single cycles at another rate within a run (check-ups), and cycles whose discharge
 * capacity lies more than six robust standard deviations and 2 % away from what the four cycles
 * on either side let expect (power cuts, chamber faults). The first cycle of a run, which
 * activation may set apart, is marked only beyond 20 %. Runs of fewer than five cycles are not
 * judged.
 */
void
plateau_cycles_flag_outliers (PlateauCycle *cycles, guint n_cycles)
{
  g_autoptr (GArray) runs = plateau_runs_find (cycles, n_cycles, PLATEAU_RATE_TOLERANCE);
  g_autoptr (GArray) merged = NULL;

  flag_check_ups (cycles, runs);
  merged = plateau_runs_find (cycles, n_cycles, PLATEAU_RATE_TOLERANCE);
  for (guint r = 0; r < merged->len; r++)
    flag_in_run (cycles, &g_array_index (merged, PlateauRun, r));
}
