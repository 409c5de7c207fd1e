/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles-private.h"

#include <math.h>

/* From steps to half cycles. */

/* A reversal that passes less than this share of the charge on either side of it is a pulse or a
 * disturbance inside one half cycle. */
#define MINOR_SHARE 0.05
#define MINOR_SHARE_AT_END 0.01
/* ... and one that passes less than this share of the largest half cycle is noise around zero. */
#define NOISE_SHARE 1e-3
/* A discharge before the first charge that passes less than this share of the next discharge was
 * the rest of a charge from before the test. */
#define LEADING_SHARE 0.9

/* Runs of steps in one direction; rests belong to the run before them. */
static GArray *
find_runs (const GArray *steps)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (PlateauHalfCycle));

  for (guint i = 0; i < steps->len; i++)
    {
      const PlateauStep *step = &g_array_index (steps, PlateauStep, i);
      int direction = plateau_step_direction (step);
      PlateauHalfCycle *last = runs->len > 0
                                   ? &g_array_index (runs, PlateauHalfCycle, runs->len - 1)
                                   : NULL;

      if (direction == 0 || (last != NULL && last->direction == direction))
        {
          if (last != NULL)
            {
              last->last_step = i;
              last->charge += direction != 0 ? fabs (step->charge) : 0;
            }
          continue;
        }
      PlateauHalfCycle run = { i, i, direction, fabs (step->charge) };
      g_array_append_val (runs, run);
    }
  return runs;
}

/**
 * plateau_cycles_instrument_cycle:
 *
 * Returns: the instrument's number of the cycle at @row, NaN where it has none
 */
double
plateau_cycles_instrument_cycle (const PlateauSeries *series, gsize row)
{
  return series->cycle != NULL ? series->cycle[row] : NAN;
}

static gboolean
is_minor (const PlateauSeries *series, const GArray *steps, const GArray *runs, guint i,
          double largest)
{
  const PlateauHalfCycle *run = &g_array_index (runs, PlateauHalfCycle, i);
  const PlateauHalfCycle *before = i > 0 ? run - 1 : NULL;
  const PlateauHalfCycle *after = i + 1 < runs->len ? run + 1 : NULL;
  double cycle_before, cycle_after;

  if (before == NULL && after == NULL)
    return FALSE;
  if (run->charge < NOISE_SHARE * largest)
    return TRUE;
  if (before == NULL || after == NULL)
    return run->charge < MINOR_SHARE_AT_END * (before != NULL ? before : after)->charge;
  if (run->charge < MINOR_SHARE * MIN (before->charge, after->charge))
    return TRUE;
  if (run->charge >= MINOR_SHARE * largest)
    return FALSE;
  /* Drive profiles reverse all the time; the instrument knows that no cycle ended there. */
  cycle_before = plateau_cycles_instrument_cycle (
      series, g_array_index (steps, PlateauStep, before->first_step).first_row);
  cycle_after = plateau_cycles_instrument_cycle (
      series, g_array_index (steps, PlateauStep, after->last_step).last_row);
  return !isnan (cycle_before) && cycle_before == cycle_after;
}

/**
 * plateau_cycles_find_halves:
 * @steps: (element-type PlateauStep): of a recording
 *
 * Returns: (transfer full) (element-type PlateauPlateauHalfCycle): runs of steps that charge or
 * discharge, with the pulses and disturbances in them
 */
GArray *
plateau_cycles_find_halves (const PlateauSeries *series, const GArray *steps)
{
  g_autoptr (GArray) runs = find_runs (steps);
  GArray *halves = g_array_new (FALSE, FALSE, sizeof (PlateauHalfCycle));
  double largest = 0;

  for (guint i = 0; i < runs->len; i++)
    largest = MAX (largest, g_array_index (runs, PlateauHalfCycle, i).charge);
  for (guint i = 0; i < runs->len; i++)
    {
      PlateauHalfCycle run = g_array_index (runs, PlateauHalfCycle, i);
      PlateauHalfCycle *last = halves->len > 0
                                   ? &g_array_index (halves, PlateauHalfCycle, halves->len - 1)
                                   : NULL;
      gboolean minor = is_minor (series, steps, runs, i, largest);

      if (last != NULL && (minor || last->direction == run.direction))
        {
          last->last_step = run.last_step;
          last->charge += minor ? 0 : run.charge;
        }
      else if (!minor)
        {
          /* Steps before the first half cycle belong to it. */
          run.first_step = last != NULL ? run.first_step : 0;
          g_array_append_val (halves, run);
        }
    }
  return halves;
}

/**
 * plateau_cycles_choose_charge_first:
 * @halves: (element-type PlateauPlateauHalfCycle): of a recording
 *
 * Returns: whether a cycle begins with its charge; by itself a test's first discharge is a cycle of
 *   its own unless it is the end of an earlier charge
 */
gboolean
plateau_cycles_choose_charge_first (const GArray *halves, PlateauCycleRule rule)
{
  const PlateauHalfCycle *first, *next;

  if (rule == PLATEAU_CYCLE_RULE_CHARGE)
    return TRUE;
  if (rule == PLATEAU_CYCLE_RULE_DISCHARGE)
    return FALSE;
  if (halves->len == 0)
    return TRUE;
  first = &g_array_index (halves, PlateauHalfCycle, 0);
  if (first->direction > 0)
    return TRUE;
  if (halves->len < 3)
    return FALSE;
  next = first + 2;
  return first->charge < LEADING_SHARE * next->charge;
}
