/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-text-check.h"

#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

enum
{
  GLITCH_LENGTH = 3, /* records that a wrong time stamp may last */
  SAMPLE_SIZE = 2001,
};

/* No test lasts longer; such a "seconds" column counts milliseconds. */
#define LONGEST_TEST (4 * 365.25 * 86400)

/* Cells stand between 0 and 10 V; a pack may stand higher, thousands are millivolts. */
#define HIGHEST_POTENTIAL 10.0
#define CERTAINLY_MILLIVOLTS 200.0

static double *
values_of (PlateauTextTable *table, PlateauQuantity quantity)
{
  PlateauTextColumn *column = plateau_text_table_find (table, quantity);
  return column != NULL ? column->values : NULL;
}

static double
last_finite (const double *values, gsize n)
{
  while (n > 0 && isnan (values[n - 1]))
    n--;
  return n > 0 ? values[n - 1] : NAN;
}

static double
first_finite (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      return values[i];
  return NAN;
}

/* A stamp that falls (or leaps) and is back where it was after a few records is wrong by itself:
 * time did not start again. It gets the stamp before it. */
static void
mend_glitches (double *time, gsize n, PlateauMeasurement *measurement)
{
  gsize mended = 0, first = 0;
  for (gsize i = 1; i < n; i++)
    {
      if (!(time[i] < time[i - 1]))
        continue;
      gsize back = 0;
      for (gsize k = i + 1; k < n && k <= i + GLITCH_LENGTH && back == 0; k++)
        if (time[k] >= time[i - 1])
          back = k;
      /* The stamp before may be the one that leapt. */
      gboolean leapt = back == 0 && i >= 2 && time[i] >= time[i - 2];
      if (back == 0 && !leapt)
        continue;
      if (mended == 0)
        first = i + 1;
      if (leapt)
        {
          time[i - 1] = time[i - 2];
          mended++;
        }
      for (gsize k = i; k < back; k++, mended++)
        time[k] = time[i - 1];
    }
  if (mended > 0)
    plateau_measurement_warn (
        measurement,
        _ ("%zu time stamps are wrong (they fall back or leap for a moment, first "
           "at record %zu); the stamp before stands in for them. Look at capacities from "
           "around there with care."),
        mended, first);
}

static gboolean
changes (const double *values, gsize i)
{
  return values != NULL && values[i] != values[i - 1]
         && !(isnan (values[i]) && isnan (values[i - 1]));
}

/* A time that falls where steps begin is the time in the step, whatever its head says. */
static gboolean
is_step_time (PlateauTextTable *table, const double *time)
{
  const double *marks[] = { values_of (table, PLATEAU_QUANTITY_STEP_INDEX),
                            values_of (table, PLATEAU_QUANTITY_STEP_COUNT),
                            values_of (table, PLATEAU_QUANTITY_MODE),
                            values_of (table, PLATEAU_QUANTITY_CYCLE) };
  gsize falls = 0, with_step = 0, to_zero = 0;
  for (gsize i = 1; i < table->n_rows; i++)
    if (time[i] < time[i - 1])
      {
        gboolean step = FALSE;
        for (gsize k = 0; k < G_N_ELEMENTS (marks); k++)
          step |= changes (marks[k], i);
        falls++;
        with_step += step;
        to_zero += time[i] < 0.1 * time[i - 1];
      }
  return falls > 0 && with_step * 10 >= falls * 8 && to_zero * 10 >= falls * 5;
}

/* Sum of the rises of a counter or a time: what it counted, whatever its restarts. */
static double
counted (const double *counter, gsize n)
{
  double sum = 0;
  for (gsize i = 1; counter != NULL && i < n; i++)
    if (counter[i] > counter[i - 1])
      sum += counter[i] - counter[i - 1];
  return sum;
}

/* Integral over the time that passes of the magnitude of the current, times @weight if there is
 * one.
 */
static double
integrate (const double *time, const double *current, const double *weight, gsize n)
{
  double sum = 0;
  for (gsize i = 1; i < n; i++)
    {
      double mean = 0.5 * (fabs (current[i]) + fabs (current[i - 1]));
      if (weight != NULL)
        mean *= 0.5 * (weight[i] + weight[i - 1]);
      double step = mean * (time[i] - time[i - 1]);
      if (step > 0)
        sum += step;
    }
  return sum;
}

static gboolean
times_too_long_by_counters (PlateauTextTable *table, const double *time)
{
  const double *current = values_of (table, PLATEAU_QUANTITY_CURRENT);
  double charge =
      counted (values_of (table, PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY), table->n_rows)
      + counted (values_of (table, PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY), table->n_rows)
      + counted (values_of (table, PLATEAU_QUANTITY_COUNTER_CAPACITY), table->n_rows);
  if (current == NULL || charge <= 0)
    return FALSE;
  double ratio = integrate (time, current, NULL, table->n_rows) / charge;
  return ratio > 700 && ratio < 1400;
}

/* Milliseconds in a column of seconds. */
static void
check_milliseconds (PlateauTextTable *table, PlateauTextColumn *column,
                    PlateauMeasurement *measurement)
{
  gsize n = table->n_rows;
  double *time = column->values;
  double duration = counted (time, n);
  PlateauTextColumn *clock = plateau_text_table_find (table, PLATEAU_QUANTITY_CLOCK);
  double clock_span = clock != NULL
                          ? last_finite (clock->values, n) - first_finite (clock->values, n)
                          : NAN;
  gboolean against_clock = clock_span > 0 && duration / clock_span > 900
                           && duration / clock_span < 1100;
  if (!(duration > LONGEST_TEST) && !against_clock && !times_too_long_by_counters (table, time))
    return;
  for (gsize i = 0; i < n; i++)
    time[i] *= 1e-3;
  double *step_time = values_of (table, PLATEAU_QUANTITY_STEP_TIME);
  double longest = 0;
  for (gsize i = 0; step_time != NULL && i < n; i++)
    longest = MAX (longest, step_time[i]);
  for (gsize i = 0; step_time != NULL && longest > 1.01e-3 * duration && i < n; i++)
    step_time[i] *= 1e-3;
  plateau_measurement_warn (measurement,
                            _ ("Column “%s” would make the test %.4g days long: its values were "
                               "taken as milliseconds. If that is wrong, set the column's unit to "
                               "seconds."),
                            column->header, duration / 86400);
}

/**
 * plateau_text_check_times:
 *
 * Recognises a time that is counted in each step, momentary wrong stamps, and milliseconds.
 */
void
plateau_text_check_times (PlateauTextTable *table, const PlateauTextTraits *traits,
                          PlateauMeasurement *measurement)
{
  PlateauTextColumn *column = plateau_text_table_find (table, PLATEAU_QUANTITY_TIME);
  if (column == NULL)
    return;
  mend_glitches (column->values, table->n_rows, measurement);
  if (plateau_text_table_find (table, PLATEAU_QUANTITY_STEP_TIME) == NULL
      && (traits->time_falls_back || is_step_time (table, column->values)))
    {
      column->quantity = PLATEAU_QUANTITY_STEP_TIME;
      return;
    }
  gboolean seconds = column->kind == PLATEAU_TEXT_NUMBER && column->unit != NULL
                     && column->unit->factor == 1;
  if (seconds && !column->unit_confirmed)
    check_milliseconds (table, column, measurement);
}

/* Median of the magnitudes of at most SAMPLE_SIZE values spread over the column. */
static double
typical_magnitude (const double *values, gsize n)
{
  gsize stride = n / SAMPLE_SIZE + 1, count = 0;
  g_autofree double *sample = g_new (double, n / stride + 1);
  for (gsize i = 0; i < n; i += stride)
    if (!isnan (values[i]))
      sample[count++] = fabs (values[i]);
  return plateau_median (sample, count);
}

/**
 * plateau_text_check_potential:
 *
 * Converts millivolts under a head that says volts.
 */
void
plateau_text_check_potential (PlateauTextTable *table, PlateauMeasurement *measurement)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      PlateauTextColumn *column = g_ptr_array_index (table->columns, i);
      if (column->values == NULL || column->unit_confirmed
          || (column->quantity != PLATEAU_QUANTITY_POTENTIAL
              && column->quantity != PLATEAU_QUANTITY_COUNTER_POTENTIAL
              && column->quantity != PLATEAU_QUANTITY_CELL_POTENTIAL))
        continue;
      double typical = typical_magnitude (column->values, table->n_rows);
      if (typical > CERTAINLY_MILLIVOLTS)
        {
          for (gsize k = 0; k < table->n_rows; k++)
            column->values[k] *= 1e-3;
          plateau_measurement_warn (measurement,
                                    _ ("Column “%s” holds values around %.4g: they were taken as "
                                       "millivolts. If that is wrong, set the column's unit to V."),
                                    column->header, typical);
        }
      else if (typical > HIGHEST_POTENTIAL)
        plateau_measurement_warn (measurement,
                                  _ ("Column “%s”: a potential around %.4g V is more than a single "
                                     "cell has. Check the unit."),
                                  column->header, typical);
    }
}

/* The counters among @quantities that state no unit get the one of @units (the assumed one, a
 * thousandth, a millionth of it) in which they count @integral. */
static void
settle_units (PlateauTextTable *table, const PlateauQuantity quantities[3],
              const char *const units[3], double integral, PlateauMeasurement *measurement)
{
  double sum = 0;
  for (guint i = 0; i < 3; i++)
    {
      PlateauTextColumn *column = plateau_text_table_find (table, quantities[i]);
      if (column == NULL)
        continue;
      if (!column->unit_assumed || column->kind != PLATEAU_TEXT_NUMBER || column->unit == NULL
          || strcmp (column->unit->id, units[0]) != 0)
        return;
      sum += counted (column->values, table->n_rows);
    }
  double ratio = sum / integral;
  guint chosen = ratio > 700 && ratio < 1400 ? 1 : ratio > 7e5 && ratio < 1.4e6 ? 2 : 0;
  if (!(integral > 0) || chosen == 0)
    return;
  for (guint i = 0; i < 3; i++)
    {
      PlateauTextColumn *column = plateau_text_table_find (table, quantities[i]);
      if (column == NULL)
        continue;
      for (gsize k = 0; k < table->n_rows; k++)
        column->values[k] *= chosen == 1 ? 1e-3 : 1e-6;
      column->unit = plateau_unit_find (units[chosen]);
      column->unit_assumed = FALSE;
      plateau_measurement_warn (measurement,
                                _ ("Column “%s” states no unit; the integral of the current shows "
                                   "that it is in %s."),
                                column->header, column->unit->label);
    }
}

/**
 * plateau_text_check_counter_units:
 *
 * Finds the unit of capacities and energies whose heads state none by the current, if the heads of
 * current and time do state theirs.
 */
void
plateau_text_check_counter_units (PlateauTextTable *table, PlateauMeasurement *measurement)
{
  static const PlateauQuantity capacities[] = {
    PLATEAU_QUANTITY_COUNTER_CAPACITY,
    PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,
    PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY,
  };
  static const PlateauQuantity energies[] = {
    PLATEAU_QUANTITY_COUNTER_ENERGY,
    PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY,
    PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY,
  };
  static const char *const charge_units[] = { "Ah", "mAh", "uAh" };
  static const char *const energy_units[] = { "Wh", "mWh", "uWh" };
  const PlateauTextColumn *current = plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT);
  const PlateauTextColumn *time = plateau_text_table_find (table, PLATEAU_QUANTITY_TIME);
  const double *potential = values_of (table, PLATEAU_QUANTITY_POTENTIAL);
  if (time == NULL)
    time = plateau_text_table_find (table, PLATEAU_QUANTITY_STEP_TIME);
  if (current == NULL || time == NULL || current->unit_assumed || time->unit_assumed)
    return;
  gsize n = table->n_rows;
  settle_units (table, capacities, charge_units, integrate (time->values, current->values, NULL, n),
                measurement);
  if (potential != NULL)
    settle_units (table, energies, energy_units,
                  integrate (time->values, current->values, potential, n), measurement);
}

/**
 * plateau_text_check_counter:
 *
 * One "capacity" may count up in both directions, or be the charge that is in or out: then it falls
 * where the current has the other sign. The latter becomes a signed counter.
 */
void
plateau_text_check_counter (PlateauTextTable *table, PlateauMeasurement *measurement)
{
  PlateauTextColumn *column = plateau_text_table_find (table, PLATEAU_QUANTITY_COUNTER_CAPACITY);
  const double *current = values_of (table, PLATEAU_QUANTITY_CURRENT);
  if (column == NULL || current == NULL)
    return;
  const double *counter = column->values;
  /* With the current and against it, in small steps: a restart falls to nothing at once. */
  gsize with[2] = { 0, 0 }, against[2] = { 0, 0 };
  for (gsize i = 1; i < table->n_rows; i++)
    {
      double step = counter[i] - counter[i - 1];
      if (!(fabs (step) > 0) || current[i] * current[i - 1] <= 0
          || fabs (counter[i]) < 0.5 * fabs (counter[i - 1]))
        continue;
      gboolean charging = current[i] > 0;
      if ((step > 0) == charging)
        with[charging]++;
      else
        against[charging]++;
    }
  gsize n_with = with[0] + with[1], n_against = against[0] + against[1];
  gboolean in = n_with > 9 * n_against && with[0] > 9 * against[0] && with[0] > 2;
  gboolean out = n_against > 9 * n_with && against[1] > 9 * with[1] && against[1] > 2;
  if (!in && !out)
    return;
  column->quantity = PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE;
  for (gsize i = 0; out && i < table->n_rows; i++)
    column->values[i] = -column->values[i];
}

/* What the file says about the direction of the current, row by row: by its states, else by which
 * of two counters rises. Returns (transfer full) NULL when it says nothing. */
static double *
find_direction (PlateauTextTable *table, const double *state)
{
  gsize n = table->n_rows;
  const double *charge = values_of (table, PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY);
  const double *discharge = values_of (table, PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY);
  gboolean by_state = FALSE;
  for (gsize i = 0; state != NULL && i < n && !by_state; i++)
    by_state = state[i] != 0;
  if (!by_state && (charge == NULL || discharge == NULL))
    return NULL;
  double *direction = g_new0 (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    if (by_state)
      direction[i] = state[i];
    else if (i > 0)
      {
        double in = charge[i] - charge[i - 1], out = discharge[i] - discharge[i - 1];
        direction[i] = in > 0 && !(out > 0) ? 1 : out > 0 && !(in > 0) ? -1 : 0;
      }
  return direction;
}

static void
apply_direction (double *current, const double *direction, gsize n)
{
  /* A record between two states takes the one before it. */
  double last = 1;
  for (gsize i = 0; i < n; i++)
    {
      if (direction[i] != 0)
        last = direction[i];
      if (current[i] != 0)
        current[i] = copysign (fabs (current[i]), last);
    }
}

/**
 * plateau_text_check_sign:
 * @direction: (nullable): 1 charge, -1 discharge, 0 neither, for each row, as the states say
 * @flip: the user said that discharge is positive in the file
 *
 * Gives magnitudes their sign, and turns currents whose discharge is positive.
 */
void
plateau_text_check_sign (PlateauTextTable *table, const double *direction,
                         const PlateauTextTraits *traits, gboolean flip,
                         PlateauMeasurement *measurement)
{
  PlateauTextColumn *column = plateau_text_table_find (table, PLATEAU_QUANTITY_CURRENT);
  gsize n = table->n_rows;
  if (column == NULL)
    return;
  double *current = column->values;
  g_autofree double *said = find_direction (table, direction);
  gsize right[2] = { 0, 0 }, wrong[2] = { 0, 0 }, negative = 0;
  for (gsize i = 0; i < n; i++)
    {
      negative += current[i] < 0;
      if (said == NULL || said[i] == 0 || current[i] == 0 || isnan (current[i]))
        continue;
      gboolean discharge = said[i] < 0;
      if ((current[i] < 0) == discharge)
        right[discharge]++;
      else
        wrong[discharge]++;
    }
  gboolean magnitude = traits->current_is_magnitude
                       || (negative == 0 && wrong[1] > 0 && wrong[1] >= 9 * right[1]);
  gboolean swapped = wrong[0] + wrong[1] > 9 * (right[0] + right[1]);
  if (flip)
    {
      for (gsize i = 0; i < n; i++)
        current[i] = -current[i];
    }
  else if (magnitude && said != NULL)
    {
      apply_direction (current, said, n);
      if (!traits->current_is_magnitude)
        plateau_measurement_warn (measurement,
                                  _ ("Column “%s” holds magnitudes; the sign of the current was "
                                     "taken from the states or counters."),
                                  column->header);
    }
  else if (swapped)
    {
      for (gsize i = 0; i < n; i++)
        current[i] = -current[i];
      plateau_measurement_warn (measurement,
                                _ ("Column “%s” counts discharge as positive: its sign was turned, "
                                   "so that charging is positive."),
                                column->header);
    }
}
