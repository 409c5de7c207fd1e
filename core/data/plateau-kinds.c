/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-numeric.h"
#include "data/plateau-measurement.h"

#include <math.h>

/* What a recording holds, from the course of current and potential. */

#define PULSES 4       /* in one direction with rests between make a titration */
#define REST_SHARE 0.5 /* of its time */
#define LOOKS 5000
#define SWEEP_SHARE 0.7 /* of the active time at one scan rate */
#define SWEEP_TOLERANCE 0.05
#define HOLD_SHARE 0.5      /* of the active time at constant potential with changing current */
#define CURRENT_CHANGE 0.01 /* over a hold, of the largest */
#define HOLD_BAND 0.001     /* V */
#define HOLD_LEAST 600      /* s */

typedef struct
{
  gsize n;
  const double *time, *potential, *current;
  double off; /* A: below it the current is off */
} Course;

static gboolean
is_on (const Course *course, gsize row)
{
  return fabs (course->current[row]) > course->off;
}

static double
active_time (const Course *course)
{
  double sum = 0;
  for (gsize i = 1; i < course->n; i++)
    if (is_on (course, i))
      sum += course->time[i] - course->time[i - 1];
  return sum;
}

/* Pulses that follow one in the same direction after a rest; cycling turns at each rest. */
static gboolean
is_titration (const Course *course, double active)
{
  double total = course->time[course->n - 1] - course->time[0];
  int last = 0;
  gboolean rested = FALSE;
  guint same = 0;
  for (gsize i = 0; i < course->n; i++)
    {
      if (!is_on (course, i))
        {
          rested = TRUE;
          continue;
        }
      int direction = course->current[i] > 0 ? 1 : -1;
      if (rested && direction == last)
        same++;
      last = direction;
      rested = FALSE;
    }
  return same + 1 >= PULSES && total - active > REST_SHARE * total;
}

/* The potential moves at one rate while the current does as it likes. Looks at some thousand
 * pairs of rows, evenly spread. */
static gboolean
is_sweep (const Course *course)
{
  gsize stride = course->n / LOOKS + 1;
  double active = 0;
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (double));
  for (gsize i = 1; i < course->n; i += stride)
    {
      double dt = course->time[i] - course->time[i - 1];
      double rate = fabs (course->potential[i] - course->potential[i - 1]) / dt;
      if (dt > 0 && is_on (course, i))
        active += dt;
      if (dt > 0 && rate > 0 && is_on (course, i))
        g_array_append_val (rates, rate);
    }
  if (rates->len < 20)
    return FALSE;
  double usual = plateau_median ((const double *) (gpointer) rates->data, rates->len);
  double steady = 0, varied = 0;
  for (gsize i = 1; i < course->n; i += stride)
    {
      double dt = course->time[i] - course->time[i - 1];
      double rate = fabs (course->potential[i] - course->potential[i - 1]) / dt;
      if (!(dt > 0) || !is_on (course, i) || fabs (rate - usual) > SWEEP_TOLERANCE * usual)
        continue;
      steady += dt;
      if (fabs (course->current[i] - course->current[i - 1]) > 1e-3 * fabs (course->current[i]))
        varied += dt;
    }
  return steady > SWEEP_SHARE * active && varied > 0.5 * steady;
}

/* Stretches of one potential through which the current is not one: it is the potential that the
 * instrument holds. */
static gboolean
is_hold (const Course *course, double active)
{
  double held = 0, longest = 0;
  for (gsize begin = 0, i; begin < course->n; begin = i)
    {
      double least = HUGE_VAL, most = 0;
      for (i = begin; i < course->n; i++)
        {
          if (fabs (course->potential[i] - course->potential[begin]) > HOLD_BAND
              || !is_on (course, i))
            break;
          least = MIN (least, fabs (course->current[i]));
          most = MAX (most, fabs (course->current[i]));
        }
      if (i == begin)
        {
          i++;
          continue;
        }
      double span = course->time[i - 1] - course->time[begin];
      if (most - least < CURRENT_CHANGE * most)
        continue;
      held += span;
      longest = MAX (longest, span);
    }
  return held > HOLD_SHARE * active && longest > HOLD_LEAST;
}

/**
 * plateau_recording_guess_kinds:
 * @recording: a recording whose file does not say what technique it is
 *
 * Pulses in one direction with long rests between are a titration, a potential that moves at one
 * rate a voltammogram, mostly constant potential a hold, no current at all a rest. A titration
 * and a hold are cycling too: they have charges and discharges.
 *
 * Returns: at least one kind
 */
PlateauKinds
plateau_recording_guess_kinds (PlateauRecording *recording)
{
  Course course = { plateau_recording_get_n_rows (recording),
                    plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME),
                    plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL),
                    plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT), 0 };
  double largest = 0;
  if (course.n < 3 || course.time == NULL || course.potential == NULL || course.current == NULL)
    return PLATEAU_KIND_CYCLING;
  for (gsize i = 0; i < course.n; i++)
    if (fabs (course.current[i]) > largest)
      largest = fabs (course.current[i]);
  if (!(largest > 0))
    return PLATEAU_KIND_OCV;
  course.off = 1e-5 * largest;
  double active = active_time (&course);
  if (is_sweep (&course))
    return PLATEAU_KIND_CV;
  if (is_hold (&course, active))
    return (PlateauKinds) (PLATEAU_KIND_HOLD | PLATEAU_KIND_CYCLING);
  course.off = 2e-3 * largest;
  if (is_titration (&course, active_time (&course)))
    return (PlateauKinds) (PLATEAU_KIND_GITT | PLATEAU_KIND_CYCLING);
  return PLATEAU_KIND_CYCLING;
}
