/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt-private.h"

#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

#define ON_SHARE 0.1 /* of the median active current: above it the current is on */
#define LENGTH_TOLERANCE 0.05
#define CURRENT_TOLERANCE 0.05
#define ASIDE 0.001 /* of the largest current: below it a row is surely at rest */

/* A run of rows with the current on in one direction. */
typedef struct
{
  gsize first, last;
  int direction;
  double duration, current;
} Run;

/* The median of at most some hundred values, evenly spread: enough for a level. */
static double
level_of (const double *values, gsize n, gsize looks, double least)
{
  gsize stride = n / looks + 1, k = 0;
  g_autofree double *seen = g_new (double, n / stride + 1);
  for (gsize i = 0; i < n; i += stride)
    if (fabs (values[i]) > least)
      seen[k++] = fabs (values[i]);
  return plateau_median (seen, k);
}

static double
on_threshold (const PlateauSeries *series)
{
  double largest = 0;
  for (gsize i = 0; i < series->n; i++)
    if (fabs (series->current[i]) > largest)
      largest = fabs (series->current[i]);
  return ON_SHARE * level_of (series->current, series->n, 50000, ASIDE * largest);
}

static int
direction_of (double current, double threshold)
{
  return current > threshold ? 1 : current < -threshold ? -1 : 0;
}

static GArray *
find_runs (const PlateauSeries *series, double threshold)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  for (gsize i = 0; i < series->n;)
    {
      int direction = direction_of (series->current[i], threshold);
      gsize first = i;
      while (i < series->n && direction_of (series->current[i], threshold) == direction)
        i++;
      if (direction == 0)
        continue;
      Run run = { first, i - 1, direction, 0, 0 };
      run.duration = series->time[run.last] - series->time[first > 0 ? first - 1 : first];
      run.current = direction * level_of (series->current + first, i - first, 200, 0);
      g_array_append_val (runs, run);
    }
  return runs;
}

/* The usual length of a pulse: the median of the runs in one direction, a long charge before the
 * titration being one among many. */
static double
usual_duration (const GArray *runs, int direction)
{
  g_autoptr (GArray) durations = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);
      if (run->direction == direction)
        g_array_append_val (durations, run->duration);
    }
  return plateau_median ((const double *) durations->data, durations->len);
}

/* The first and last rows may lie on the edge of the pulse. */
static gboolean
is_steady (const PlateauSeries *series, const Run *run)
{
  gsize odd = 0;
  for (gsize i = run->first; i <= run->last; i++)
    odd += fabs (series->current[i] - run->current) > CURRENT_TOLERANCE * fabs (run->current);
  return odd <= 2 + (run->last - run->first) / 50;
}

static char *
reason_to_drop (const PlateauSeries *series, const Run *run, gsize rest_end, double usual)
{
  if (run->first == 0)
    return g_strdup (_ ("no rest before it"));
  if (run->duration < (1 - LENGTH_TOLERANCE) * usual)
    return g_strdup_printf (_ ("cut short: %.0f s, the others last %.0f s"), run->duration, usual);
  if (run->duration > (1 + LENGTH_TOLERANCE) * usual)
    return g_strdup_printf (_ ("too long: %.0f s, the others last %.0f s"), run->duration, usual);
  if (!is_steady (series, run))
    return g_strdup (_ ("the current is not constant"));
  if (rest_end <= run->last)
    return g_strdup (_ ("no rest after it"));
  if (run->last - run->first < 2)
    return g_strdup (_ ("fewer than three records"));
  return NULL;
}

/* The last record of the rest itself: an instrument may write one more when it switches on, with
 * a current that is already above the rest's own. */
static gsize
quiet_end (const PlateauSeries *series, gsize first, gsize last)
{
  double quiet = 3 * level_of (series->current + first, last - first + 1, 200, -1);
  for (gsize i = last + 1; i-- > first;)
    if (fabs (series->current[i]) <= quiet)
      return i;
  return last;
}

/* The potential at the end of a rest: the mean of its last two records where they lie within an
 * eighth of the rest, against noise and the last record's being taken at the switch. */
static double
relaxed_at (const PlateauSeries *series, gsize first, gsize last)
{
  double span = series->time[last] - series->time[first];
  if (last == first || series->time[last] - series->time[last - 1] > span / 8
      || isnan (series->potential[last - 1]))
    return series->potential[last];
  return 0.5 * (series->potential[last] + series->potential[last - 1]);
}

/* The slope of the last tenth of a rest, or of its last two rows. */
static double
drift_of (const PlateauSeries *series, gsize first, gsize last)
{
  PlateauLine line;
  double from = series->time[last] - 0.1 * (series->time[last] - series->time[first]);
  gsize begin = last;
  while (begin > first && series->time[begin] > from)
    begin--;
  if (begin == last
      || !plateau_fit_line (series->time + begin, series->potential + begin, NULL, last - begin + 1,
                            &line))
    return NAN;
  return line.slope;
}

static void
add_pulse (const PlateauSeries *series, const Run *run, gsize rest_end, GArray *pulses)
{
  gsize before = run->first - 1;
  rest_end = quiet_end (series, run->last + 1, rest_end);
  PlateauGittPulse pulse = {
    .index = pulses->len + 1,
    .direction = run->direction,
    .before_row = before,
    .first_row = run->first,
    .last_row = run->last,
    .rest_row = rest_end,
    .start = series->time[before],
    .duration = run->duration,
    .rest = series->time[rest_end] - series->time[run->last],
    .current = run->current,
    .charge = series->charge != NULL ? series->charge[before] : NAN,
    .relaxed_before = series->potential[before],
    .first = series->potential[run->first],
    .end_of_pulse = series->potential[run->last],
    .relaxed_after = relaxed_at (series, run->last + 1, rest_end),
  };
  pulse.delta_es = pulse.relaxed_after - pulse.relaxed_before;
  pulse.overpotential = fabs (pulse.end_of_pulse - pulse.relaxed_after);
  pulse.drift = drift_of (series, run->last + 1, rest_end);
  g_array_append_val (pulses, pulse);
}

static void
add_dropped (const PlateauSeries *series, const Run *run, char *reason, GArray *dropped)
{
  PlateauGittDropped entry = { series->time[run->first], run->duration, run->current, reason };
  g_array_append_val (dropped, entry);
}

gboolean
plateau_gitt_find_pulses (const PlateauSeries *series, GArray *pulses, GArray *dropped,
                          GCancellable *cancellable, GError **error)
{
  double threshold = on_threshold (series);
  g_autoptr (GArray) runs = find_runs (series, threshold);
  double usual[] = { usual_duration (runs, -1), usual_duration (runs, 1) };
  int last_direction = 0;
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      gsize next = i + 1 < runs->len ? g_array_index (runs, Run, i + 1).first : series->n;
      char *reason = reason_to_drop (series, run, next - 1, usual[run->direction > 0 ? 1 : 0]);
      if (reason != NULL)
        add_dropped (series, run, reason, dropped);
      else
        {
          add_pulse (series, run, next - 1, pulses);
          if (last_direction == -run->direction)
            g_array_index (pulses, PlateauGittPulse, pulses->len - 1).flags |=
                PLATEAU_GITT_FLAG_DIRECTION;
          last_direction = run->direction;
        }
    }
  return TRUE;
}
