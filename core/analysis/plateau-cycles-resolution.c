/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles-private.h"
#include "base/plateau-numeric.h"

#include <math.h>

#define DIGIT_SAMPLE 4096
#define SCATTER_SAMPLE 31
/* Fewer different numbers can all be round by chance and tell nothing about digits. */
#define DIGIT_NUMBERS 8
#define FINEST_DIGIT -12

/* The last digit that the numbers of a column are written with, as a power of ten; 0 when there
 * are too few different numbers or their digits never end. */
static double
find_last_digit (const double *column, gsize n)
{
  gsize stride = MAX (1, n / DIGIT_SAMPLE);
  guint different = 0;
  int exponent = 3;
  double previous = NAN;

  for (gsize i = 0; i < n; i += stride)
    {
      double value = fabs (column[i]);

      if (!isfinite (value) || value == 0 || value == previous)
        continue;
      previous = value;
      different++;
      for (; exponent >= FINEST_DIGIT; exponent--)
        {
          double count = value / pow (10, exponent);
          if (count > 0.5 && fabs (count - round (count)) <= 1e-9 * count + 1e-6)
            break;
        }
      if (exponent < FINEST_DIGIT)
        return 0;
    }
  return different >= DIGIT_NUMBERS ? pow (10, exponent) : 0;
}

/* Standard deviation of the current around its own course, from differences of neighbours. */
static double
find_scatter (const double *current, const PlateauStep *step)
{
  double differences[SCATTER_SAMPLE];
  gsize n = step->last_row - step->first_row, count = MIN (n, SCATTER_SAMPLE);

  for (gsize i = 0; i < count; i++)
    {
      gsize row = step->first_row + i * n / count;
      differences[i] = current[row + 1] - current[row];
    }
  return count >= 5 ? plateau_mad_sigma (differences, count) / G_SQRT2 : 0;
}

/* How exactly the end of a step is known in time. */
static double
find_time_resolution (const PlateauSeries *series, const PlateauStep *step, double digit)
{
  double interval = step->duration / (step->last_row - step->first_row + 1);

  if (step->last_row + 1 < series->n)
    {
      double gap = series->time[step->last_row + 1] - series->time[step->last_row];
      if (gap >= 0)
        interval = MIN (interval, gap);
    }
  return MAX (interval, digit);
}

static const PlateauStep *
longest_step (const PlateauStep *steps, const CycleSteps *range, int direction)
{
  const PlateauStep *longest = NULL;

  for (guint i = range->first; i <= range->last; i++)
    if (plateau_step_direction (&steps[i]) == direction
        && (longest == NULL
            || (steps[i].kind != PLATEAU_STEP_HOLD) > (longest->kind != PLATEAU_STEP_HOLD)
            || ((steps[i].kind == PLATEAU_STEP_HOLD) == (longest->kind == PLATEAU_STEP_HOLD)
                && fabs (steps[i].charge) > fabs (longest->charge))))
      longest = &steps[i];
  return longest;
}

/**
 * plateau_cycles_find_resolution:
 * @series: what the steps were cut from
 * @steps: all steps
 * @ranges: (element-type CycleSteps): the steps of each cycle
 * @cycles: (element-type PlateauCycle): whose coulombic_efficiency_resolution is set
 * @starts_with_charge: which efficiency the error is that of
 *
 * Estimates how exactly the coulombic efficiency of each cycle can be known from its record. The
 * relative error of a branch is dI/I + dt/t: dI is the last digit of the current column or the
 * scatter of the current in the branch's longest step at constant current, whichever is more; dt
 * is the mean interval of the records in it or, where less, the interval until the next record,
 * and at least the last digit of the time; I and t are current and duration of that step, t grown
 * to the whole branch. Errors of both branches are independent and add as squares: 0.1 % in the
 * currents is 0.14 % in the efficiency. A constant error of the instrument's current range does
 * not show in a record and is not included. NaN without time, current or one of the branches.
 */
void
plateau_cycles_find_resolution (const PlateauSeries *series, const PlateauStep *steps,
                                const GArray *ranges, GArray *cycles, gboolean starts_with_charge)
{
  double current_digit, time_digit;

  if (series->time == NULL || series->current_is_derived)
    return;
  current_digit = series->owned_current == NULL ? find_last_digit (series->current, series->n) : 0;
  time_digit = find_last_digit (series->time, series->n);
  for (guint i = 0; i < cycles->len; i++)
    {
      PlateauCycle *cycle = &g_array_index (cycles, PlateauCycle, i);
      const CycleSteps *range = &g_array_index (ranges, CycleSteps, i);
      double squares = 0;

      for (int direction = -1; direction <= 1; direction += 2)
        {
          const PlateauStep *step = longest_step (steps, range, direction);
          double charge = direction > 0 ? cycle->charge_capacity : cycle->discharge_capacity;
          double current, error;

          if (step == NULL || !(charge > 0) || !(fabs (step->current) > 0))
            {
              squares = NAN;
              break;
            }
          current = fabs (step->current);
          error = MAX (current_digit, find_scatter (series->current, step)) / current
                  + find_time_resolution (series, step, time_digit) * current / charge;
          squares += error * error;
        }
      cycle->coulombic_efficiency_resolution =
          plateau_cycle_coulombic_efficiency (cycle, starts_with_charge) * sqrt (squares);
    }
}
