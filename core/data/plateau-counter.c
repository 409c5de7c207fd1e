/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instruments count charge in many ways: per step, per half cycle, per cycle or for ever, as a
 * magnitude or signed, and start again after a pause. Everything is reduced to increments from row
 * to row; their running sum is the one charge column that the rest of the program sees. */
#include "base/plateau-memory.h"
#include "base/plateau-numeric.h"
#include "data/plateau-recording-private.h"

#include <math.h>

static gboolean
changes (const double *column, gsize row)
{
  return column != NULL && column[row] != column[row - 1]
         && !(isnan (column[row]) && isnan (column[row - 1]));
}

/* TRUE when a counter may start again at @row: a new step, cycle, half cycle or mode. */
gboolean
plateau_counter_is_boundary (const PlateauCounterContext *context, gsize row)
{
  return changes (context->step_count, row) || changes (context->step_index, row)
         || changes (context->cycle, row) || changes (context->half_cycle, row)
         || changes (context->mode, row);
}

static gboolean
has_integral (const PlateauCounterContext *context)
{
  return context->time != NULL && context->current != NULL;
}

/* Trapezoid of the current from the row before, times @factor (the potential, for energy) or 1.
 * Where the current turns round, or a new step begins it, the whole interval belongs to the new
 * direction: a trapezoid would take charge away from both. */
static inline double
integral_step (const PlateauCounterContext *context, const double *factor, gsize row)
{
  const double *t = context->time, *i = context->current;
  double dt = t[row] - t[row - 1];
  double before = factor != NULL ? i[row - 1] * factor[row - 1] : i[row - 1];
  double after = factor != NULL ? i[row] * factor[row] : i[row];
  gboolean turned = before * after < 0
                    || (before * after == 0
                        && (changes (context->step_count, row)
                            || changes (context->step_index, row)));
  double step = (turned ? after : 0.5 * (before + after)) * dt;
  return dt > 0 && isfinite (step) ? step : 0;
}

/* What integral_step() gives for each row; NULL without time or current. */
double *
plateau_counter_integrate (const PlateauCounterContext *context)
{
  if (!has_integral (context))
    return NULL;
  double *increments = plateau_column_new (context->n);
  increments[0] = 0;
  for (gsize row = 1; row < context->n; row++)
    increments[row] = integral_step (context, NULL, row);
  return increments;
}

/* Has the counter started again between two rows? Falling is not proof (a signed counter falls on
 * discharge), so the two readings of the row are held against the integral of the current. */
static double
choose_increment (const PlateauCounterContext *context, const double *factor, double previous,
                  double value, gboolean boundary, gsize row)
{
  double going_on = value - previous, started_again = value;
  double expected = has_integral (context) ? integral_step (context, factor, row) : 0;
  if (has_integral (context))
    return fabs (started_again - expected) < fabs (going_on - expected) ? started_again : going_on;
  if (boundary)
    return fabs (started_again) < fabs (going_on) ? started_again : going_on;
  return fabs (value) < 0.1 * fabs (previous) ? started_again : going_on;
}

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

/* A counter of magnitude for one direction; @sign is +1 for charge, -1 for discharge. Doubts are
 * settled by the integral of the current times @factor (the potential, for energy) or 1. */
void
plateau_counter_add_magnitude (const PlateauCounterContext *context, const double *counter,
                               double sign, const double *factor, double *increments)
{
  double last = or_zero (counter[0]);
  for (gsize row = 1; row < context->n; row++)
    {
      if (isnan (counter[row]))
        continue;
      double previous = last, value = last = counter[row];
      if (value >= previous)
        {
          increments[row] += sign * (value - previous);
          continue;
        }
      /* Fell: started again, unless it is the last digit flickering. */
      gboolean restarted = value < 0.5 * previous || plateau_counter_is_boundary (context, row)
                           || (has_integral (context)
                               && fabs (value - sign * integral_step (context, factor, row))
                                      < previous - value);
      increments[row] += sign * (restarted ? value : value - previous);
    }
}

/* One counter of magnitude for both directions; the current gives the sign. */
void
plateau_counter_add_unsigned (const PlateauCounterContext *context, const double *counter,
                              const double *factor, double *increments)
{
  double last = or_zero (counter[0]);
  for (gsize row = 1; row < context->n; row++)
    {
      if (isnan (counter[row]))
        continue;
      double previous = last, value = last = counter[row];
      double step = value >= previous ? value - previous
                    : value < 0.5 * previous || plateau_counter_is_boundary (context, row) ? value
                                                                                           : 0;
      /* At a boundary a counter may have started again and already stand higher. */
      if (value >= previous && has_integral (context) && plateau_counter_is_boundary (context, row))
        {
          double expected = fabs (integral_step (context, factor, row));
          if (fabs (value - expected) < fabs (step - expected))
            step = value;
        }
      double direction = context->current != NULL ? context->current[row] : 1;
      if (direction == 0 && row > 0 && context->current != NULL)
        direction = context->current[row - 1];
      increments[row] += direction < 0 ? -step : direction > 0 ? step : 0;
    }
}

/* A signed counter, which may start again at half cycles, steps or pauses. */
void
plateau_counter_add_signed (const PlateauCounterContext *context, const double *counter,
                            const double *factor, double *increments)
{
  double last = or_zero (counter[0]);
  for (gsize row = 1; row < context->n; row++)
    {
      if (isnan (counter[row]))
        continue;
      double previous = last, value = last = counter[row];
      gboolean boundary = plateau_counter_is_boundary (context, row);
      gboolean suspicious = boundary || fabs (value) < 0.5 * fabs (previous);
      increments[row] += suspicious
                             ? choose_increment (context, factor, previous, value, boundary, row)
                             : value - previous;
    }
}

static double
quantum (const double *increments, gsize n)
{
  double smallest = INFINITY;
  for (gsize row = 0; row < n; row++)
    {
      double step = fabs (increments[row]);
      if (step > 0 && step < smallest)
        smallest = step;
    }
  return smallest;
}

/* TRUE when the counter's last digit is larger than what passes between two rows: the integral of
 * the current is then the finer source. */
gboolean
plateau_counter_is_coarse (const double *increments, const double *integral, gsize n)
{
  if (integral == NULL)
    return FALSE;
  double digit = quantum (increments, n);
  if (!isfinite (digit))
    return FALSE;
  gsize n_active = 0, standing = 0;
  for (gsize row = 1; row < n; row++)
    if (integral[row] != 0)
      {
        n_active++;
        standing += increments[row] == 0;
      }
  /* A fine counter moves with nearly every row; only then is the median worth its price. */
  if (n_active < 20 || standing <= n_active / 3)
    return FALSE;
  g_autofree double *steps = g_new (double, n_active);
  gsize filled = 0;
  for (gsize row = 1; row < n; row++)
    if (integral[row] != 0)
      steps[filled++] = fabs (integral[row]);
  return digit > 2 * plateau_median (steps, filled);
}
