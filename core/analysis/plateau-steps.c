/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-steps.h"

#include "base/plateau-error.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>

/* A current above this share of the typical active current flows on purpose. */
#define ACTIVE_SHARE 1e-3
/* ... and above this share of the largest one, which covers the noise of one fixed range. */
#define ACTIVE_SHARE_OF_MAXIMUM 2e-4
/* Within this band a potential counts as held. */
#define HOLD_TOLERANCE 2e-3
#define SAMPLE 31

static double *
integrate_current (const double *time, const double *current, gsize n)
{
  double *charge = g_new (double, MAX (n, 1));
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        {
          double part = 0.5 * (current[i] + current[i - 1]) * (time[i] - time[i - 1]);
          if (isfinite (part))
            sum += part;
        }
      charge[i] = sum;
    }
  return charge;
}

static double *
differentiate_charge (const double *time, const double *charge, gsize n)
{
  double *current = g_new (double, MAX (n, 1));

  for (gsize i = 0; i < n; i++)
    {
      /* The first row has no interval of its own and takes the one behind it. */
      gsize a = i > 0 ? i - 1 : 0, b = i > 0 ? i : MIN (1, n - 1);
      double dq = charge[b] - charge[a];
      double dt = time != NULL ? time[b] - time[a] : 1;
      current[i] = isfinite (dq) && dt > 0 ? dq / dt : 0;
    }
  return current;
}

/**
 * plateau_series_init:
 * @series: (out caller-allocates): filled
 * @recording: a recording; must outlive @series
 *
 * Collects the columns that the cycling analyses need. A missing charge is the trapezoid integral
 * of the current over time, a missing current the charge of each interval over its duration.
 *
 * Returns: %FALSE with PLATEAU_ANALYSIS_ERROR_NO_DATA when there are no rows, or neither a charge
 *   nor a current with time
 */
gboolean
plateau_series_init (PlateauSeries *series, PlateauRecording *recording, GError **error)
{
  *series = (PlateauSeries){ .n = plateau_recording_get_n_rows (recording) };
  series->time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  series->potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  series->current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  series->charge = plateau_recording_peek (recording, PLATEAU_QUANTITY_CHARGE);
  series->cycle = plateau_recording_peek (recording, PLATEAU_QUANTITY_CYCLE);
  series->half_cycle = plateau_recording_peek (recording, PLATEAU_QUANTITY_HALF_CYCLE);
  series->step_index = plateau_recording_peek (recording, PLATEAU_QUANTITY_STEP_INDEX);
  series->step_count = plateau_recording_peek (recording, PLATEAU_QUANTITY_STEP_COUNT);
  series->mode = plateau_recording_peek (recording, PLATEAU_QUANTITY_MODE);
  if (series->n == 0)
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                           _ ("The recording has no rows."));
      return FALSE;
    }
  if (series->charge == NULL)
    {
      if (series->current == NULL || series->time == NULL)
        {
          g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                               _ ("Cycles need a charge column, or a current and a time column. "
                                  "Name the columns by hand if the file has them."));
          return FALSE;
        }
      series->owned_charge = integrate_current (series->time, series->current, series->n);
      series->charge = series->owned_charge;
    }
  if (series->current == NULL)
    {
      series->owned_current = differentiate_charge (series->time, series->charge, series->n);
      series->current = series->owned_current;
      series->current_is_derived = series->time == NULL;
    }
  return TRUE;
}

/**
 * plateau_series_clear:
 *
 * Frees what @series worked out itself; the recording's own columns stay.
 */
void
plateau_series_clear (PlateauSeries *series)
{
  g_clear_pointer (&series->owned_charge, g_free);
  g_clear_pointer (&series->owned_current, g_free);
}

/**
 * plateau_series_charge_before:
 * @row: a row
 *
 * Returns: the cumulative charge when the interval that ends at @row began: that of the last row
 *   before it that has one; for the first row its own
 */
double
plateau_series_charge_before (const PlateauSeries *series, gsize row)
{
  for (gsize i = row; i > 0; i--)
    if (!isnan (series->charge[i - 1]))
      return series->charge[i - 1];
  for (gsize i = row; i < series->n; i++)
    if (!isnan (series->charge[i]))
      return series->charge[i];
  return NAN;
}

/* By insertion: the values of a step hardly differ, so there is little to do. */
static void
sort_few (double *values, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      double value = values[i];
      gsize k = i;
      for (; k > 0 && values[k - 1] > value; k--)
        values[k] = values[k - 1];
      values[k] = value;
    }
}

/* The median of |current| over at most SAMPLE evenly spread rows. */
static double
typical_current (const double *current, gsize first, gsize last)
{
  double values[SAMPLE];
  gsize n = last - first + 1, count = MIN (n, SAMPLE), kept = 0;

  for (gsize i = 0; i < count; i++)
    {
      double value = fabs (current[first + (count > 1 ? i * (n - 1) / (count - 1) : 0)]);
      if (!isnan (value))
        values[kept++] = value;
    }
  if (kept == 0)
    return NAN;
  sort_few (values, kept);
  return kept % 2 ? values[kept / 2] : 0.5 * (values[kept / 2 - 1] + values[kept / 2]);
}

/* The current above which a row is active. */
static double
find_threshold (const PlateauSeries *series)
{
  g_autofree double *sample = NULL;
  double maximum = 0;
  gsize kept = 0, stride = MAX (1, series->n / 8192);

  for (gsize i = 0; i < series->n; i++)
    {
      double value = fabs (series->current[i]);
      maximum = value > maximum && value < INFINITY ? value : maximum;
    }
  sample = g_new (double, series->n / stride + 1);
  for (gsize i = 0; i < series->n; i += stride)
    if (fabs (series->current[i]) > 1e-2 * maximum)
      sample[kept++] = fabs (series->current[i]);
  if (kept == 0)
    return ACTIVE_SHARE * maximum;
  return MAX (ACTIVE_SHARE * plateau_median (sample, kept), ACTIVE_SHARE_OF_MAXIMUM * maximum);
}

static inline int
row_class (double current, double threshold)
{
  return (current > threshold) - (current < -threshold);
}

static inline gboolean
differs (const double *column, gsize i)
{
  /* NaN != NaN, but a missing number is no new step. */
  return column != NULL && column[i] != column[i - 1] && !isnan (column[i])
         && !isnan (column[i - 1]);
}

/* Charge and energy of rows first..last, counted from @before; trapezoid of potential over
 * charge, except that the first interval, which may hold the jump of a switched current, takes
 * the potential of its end. */
static void
integrate_rows (const PlateauSeries *series, gsize first, gsize last, double before, double *charge,
                double *energy)
{
  const double *q = series->charge, *v = series->potential;
  double sum = 0, previous_q = before, previous_v = NAN;

  if (v == NULL)
    {
      for (gsize i = last + 1; i > first; i--)
        if (!isnan (q[i - 1]))
          {
            previous_q = q[i - 1];
            break;
          }
      *charge = previous_q - before;
      *energy = NAN;
      return;
    }
  for (gsize i = first; i <= last; i++)
    {
      if (isnan (q[i]) || isnan (v[i]))
        continue;
      sum += (q[i] - previous_q) * (isnan (previous_v) ? v[i] : 0.5 * (v[i] + previous_v));
      previous_q = q[i];
      previous_v = v[i];
    }
  *charge = previous_q - before;
  *energy = sum;
}

static void
fill_step (const PlateauSeries *series, PlateauStep *step)
{
  gsize first = step->first_row, last = step->last_row;
  double before = plateau_series_charge_before (series, first);

  integrate_rows (series, first, last, before, &step->charge, &step->energy);
  step->start = series->time != NULL ? series->time[first] : NAN;
  step->duration = series->time != NULL ? series->time[last] - series->time[first] : NAN;
  /* The step began between the last row of the step before and its own first row; with the
   * interval in between the durations of all steps add up to the test. */
  if (series->time != NULL && first > 0 && series->time[first] > series->time[first - 1])
    {
      step->start = series->time[first - 1];
      step->duration = series->time[last] - step->start;
    }
  step->potential_start = series->potential != NULL ? series->potential[first] : NAN;
  step->potential_end = series->potential != NULL ? series->potential[last] : NAN;
  if (series->current_is_derived)
    step->current = NAN;
  else
    step->current = typical_current (series->current, first, last)
                    * (step->kind == PLATEAU_STEP_REST || step->charge < 0 ? -1 : 1);
  if (step->kind == PLATEAU_STEP_REST)
    step->current = series->current_is_derived ? NAN : 0;
}

static void
append_step (const PlateauSeries *series, GArray *steps, PlateauStepKind kind, gsize first,
             gsize last)
{
  PlateauStep step = { .kind = kind, .first_row = first, .last_row = last };

  fill_step (series, &step);
  g_array_append_val (steps, step);
}

/* The row at which an active stretch turns from constant current to constant potential; last + 1
 * when it never does. */
static gsize
find_hold (const PlateauSeries *series, gsize first, gsize last)
{
  const double *v = series->potential, *current = series->current;
  double typical, end;
  gsize start = last + 1, found = last + 1;

  if (v == NULL || last - first < 3 || series->current_is_derived)
    return found;
  end = v[last];
  /* A constant current that ends as it began was not followed by a hold. */
  if (fabs (current[last]) > 0.95 * fabs (current[first + (last > first)])
      && fabs (current[last]) > 0.95 * typical_current (current, first, last))
    return found;
  while (start > first && fabs (v[start - 1] - end) <= HOLD_TOLERANCE)
    start--;
  if (last + 1 - start < 3)
    return found;
  typical = start > first ? typical_current (current, first, start - 1) : fabs (current[start]);
  for (found = start; found <= last && fabs (current[found]) > 0.98 * typical; found++)
    ;
  if (start == first)
    found = first;
  if (last + 1 - found < 3 || fabs (current[last]) > 0.9 * fabs (typical))
    return last + 1;
  return found;
}

/* Splits an active stretch of one direction and one program step. */
static void
add_active (const PlateauSeries *series, GArray *steps, gsize first, gsize last, int direction)
{
  PlateauMode mode = series->mode != NULL ? (PlateauMode) series->mode[first]
                                          : PLATEAU_MODE_UNKNOWN;
  PlateauStepKind kind = direction > 0 ? PLATEAU_STEP_CHARGE : PLATEAU_STEP_DISCHARGE;
  gsize hold;

  if (mode == PLATEAU_MODE_POTENTIOSTATIC)
    {
      append_step (series, steps, PLATEAU_STEP_HOLD, first, last);
      return;
    }
  hold = mode == PLATEAU_MODE_SWEEP ? last + 1 : find_hold (series, first, last);
  if (hold > first)
    append_step (series, steps, kind, first, hold - 1);
  if (hold <= last)
    append_step (series, steps, PLATEAU_STEP_HOLD, hold, last);
}

/* A stretch without current. Its first interval can still hold charge of the step before it, when
 * the last record of that step came before the current went off. Records that a hold's current
 * has fallen too low to count belong to the hold. */
static void
add_rest (const PlateauSeries *series, GArray *steps, gsize first, gsize last)
{
  PlateauStep *before = steps->len > 0 ? &g_array_index (steps, PlateauStep, steps->len - 1) : NULL;

  if (before != NULL && before->kind != PLATEAU_STEP_REST)
    {
      double tail = series->charge[first] - plateau_series_charge_before (series, first);
      double potential = before->potential_end;

      if (tail * before->charge > 0)
        {
          before->charge += tail;
          before->energy += tail * potential;
        }
      if (before->kind == PLATEAU_STEP_HOLD && series->mode == NULL)
        {
          while (first <= last && series->current[first] != 0
                 && fabs (series->potential[first] - potential) < 0.5 * HOLD_TOLERANCE)
            first++;
          if (first > before->last_row + 1)
            {
              before->last_row = first - 1;
              fill_step (series, before);
            }
          if (first > last)
            return;
        }
    }
  append_step (series, steps, PLATEAU_STEP_REST, first, last);
}

/* A record or two at the very switching moment are no rest. */
static gboolean
is_switching_moment (const PlateauSeries *series, gsize first, gsize last)
{
  if (last - first > 1 || first == 0 || last + 1 >= series->n)
    return FALSE;
  if (series->mode != NULL && series->mode[first] == PLATEAU_MODE_REST)
    return FALSE;
  return series->time == NULL || series->time[last + 1] - series->time[first] <= 0;
}

static void
add_stretch (const PlateauSeries *series, GArray *steps, gsize first, gsize last, int class)
{
  PlateauMode mode = series->mode != NULL ? (PlateauMode) series->mode[first]
                                          : PLATEAU_MODE_UNKNOWN;

  if (mode == PLATEAU_MODE_POTENTIOSTATIC)
    append_step (series, steps, PLATEAU_STEP_HOLD, first, last);
  else if (class == 0 || mode == PLATEAU_MODE_REST || mode == PLATEAU_MODE_IMPEDANCE)
    add_rest (series, steps, first, last);
  else
    add_active (series, steps, first, last, class);
}

/**
 * plateau_step_direction:
 *
 * Returns: 1 for a step that charges, -1 for one that discharges, 0 for a rest or a hold through
 *   which no charge went
 */
int
plateau_step_direction (const PlateauStep *step)
{
  if (step->kind == PLATEAU_STEP_REST)
    return 0;
  return (step->charge > 0) - (step->charge < 0);
}

/**
 * plateau_steps_find:
 * @series: columns of a recording
 *
 * Cuts a recording into rests, charges, discharges and holds. A row is active when its current is
 * above 0.1 % of the typical active current and 0.02 % of the largest. Changes of the
 * instrument's cycle, step and mode columns always begin a step; where there is no mode column,
 * or it does not tell, a hold is found from a potential that stays within 2 mV while the
 * current falls by more than a tenth.
 *
 * Returns: (transfer full) (element-type PlateauStep): the steps in order, which cover all rows;
 *   %NULL only when cancelled
 */
GArray *
plateau_steps_find (const PlateauSeries *series, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (PlateauStep));
  double threshold = find_threshold (series);
  const double *count = series->step_count != NULL ? series->step_count : series->step_index;
  gsize first = 0;
  int class = row_class (series->current[0], threshold);

  for (gsize i = 1; i <= series->n; i++)
    {
      int next = i < series->n ? row_class (series->current[i], threshold) : 2;
      gboolean held = i < series->n && series->mode != NULL
                      && series->mode[i] == PLATEAU_MODE_POTENTIOSTATIC
                      && series->mode[i - 1] == PLATEAU_MODE_POTENTIOSTATIC;

      if (i < series->n && (next == class || (held && next * class == 0))
          && !differs (series->mode, i) && !differs (count, i) && !differs (series->cycle, i)
          && !differs (series->half_cycle, i))
        {
          if (class == 0)
            class = next;
          continue;
        }
      if (class == 0 && i < series->n && is_switching_moment (series, first, i - 1))
        {
          class = next;
          continue;
        }
      if ((steps->len & 0xfff) == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      add_stretch (series, steps, first, i - 1, class);
      first = i;
      class = next;
    }
  return g_steal_pointer (&steps);
}
