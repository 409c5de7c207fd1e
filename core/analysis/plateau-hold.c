/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-hold.h"
#include "analysis/plateau-steps.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

#define OFF 1e-7 /* of the largest current: below it the current is off */
#define CURRENT_CHANGE                                                                             \
  1e-4 /* over a hold, relative: a current that never changes is the one held */

#define MEMBER(name) G_STRUCT_OFFSET (PlateauHoldOptions, name)
#define NUMBER PLATEAU_OPTION_NUMBER

const PlateauOption plateau_hold_option_table[] = {
  { "band-mV", N_ ("Potential band"), N_ ("How far a held potential may wander"), NUMBER,
    MEMBER (band), "mV", 0.001, 100 },
  { "shortest-s", N_ ("Shortest hold"), N_ ("Shorter stretches are left out"), NUMBER,
    MEMBER (shortest), "s", 0, 1e7 },
  { "tail-percent", N_ ("End value from"), N_ ("Share of the hold whose mean is the end value"),
    NUMBER, MEMBER (tail), "%", 0.1, 50 },
  { "steady-percent-h", N_ ("Steady below"), N_ ("Change of the current per hour"), NUMBER,
    MEMBER (steady), "%", 0.001, 1000 },
  { NULL },
};

#define DECAYING 0.5 /* of the first excess over the end value: from there a decay is fitted */
#define DECAYED 0.1  /* of the end value: to there */

typedef struct
{
  PlateauHolds public;
  gatomicrefcount ref_count;
  GArray *holds, *relaxations;
} Holds;

static gsize
tail_begin (const PlateauSeries *series, gsize first, gsize last, double share)
{
  double from = series->time[last] - share * (series->time[last] - series->time[first]);
  gsize begin = last;
  while (begin > first && series->time[begin - 1] >= from)
    begin--;
  return last - begin < 2 && last >= first + 2 ? last - 2 : begin;
}

static double
half_time (const PlateauSeries *series, gsize first, gsize last)
{
  double half = 0.5 * fabs (series->current[first]);
  for (gsize i = first + 1; i <= last; i++)
    {
      double now = fabs (series->current[i]), before = fabs (series->current[i - 1]);
      if (now <= half && before > half)
        return series->time[i - 1] - series->time[first]
               + (before - half) / (before - now) * (series->time[i] - series->time[i - 1]);
    }
  return NAN;
}

/* The slope of log (I - I_end) where what is left of the decay is between half of what it was at
 * first and a tenth of the end value, as long as it can be told from it. */
static double
decay_time (const PlateauSeries *series, gsize first, gsize tail, double end)
{
  g_autofree double *x = g_new (double, tail - first + 1), *y = g_new (double, tail - first + 1);
  double begun = fabs (series->current[first]) - fabs (end);
  PlateauLine line;
  gsize n = 0;
  for (gsize i = first; i < tail; i++)
    {
      double left = fabs (series->current[i]) - fabs (end);
      if (left > DECAYED * fabs (end) && left < DECAYING * begun)
        {
          x[n] = series->time[i] - series->time[first];
          y[n++] = log (left);
        }
    }
  /* The later half: a fast transient goes before the slow decay. */
  gsize late = n / 2;
  if (n - late < 4 || !plateau_fit_line (x + late, y + late, NULL, n - late, &line)
      || !(line.slope < 0))
    return NAN;
  return -1 / line.slope;
}

static void
add_hold (const PlateauSeries *series, const PlateauHoldOptions *options, gsize first, gsize last,
          GArray *holds)
{
  gsize tail = tail_begin (series, first, last, options->tail);
  PlateauLine line;
  PlateauHold hold = {
    .first_row = first,
    .last_row = last,
    .start = series->time[first],
    .duration = series->time[last] - series->time[first],
    .potential = plateau_mean (series->potential + first, last - first + 1),
    .current_first = series->current[first],
    .current_end = plateau_mean (series->current + tail, last - tail + 1),
    .half_time = half_time (series, first, last),
    .drift = NAN,
  };
  if (plateau_fit_line (series->time + tail, series->current + tail, NULL, last - tail + 1, &line))
    hold.drift = 3600 * line.slope / fabs (hold.current_end);
  hold.decay_time = decay_time (series, first, tail, hold.current_end);
  hold.steady = fabs (hold.drift) < options->steady;
  hold.resistance = hold.potential / hold.current_end;
  g_array_append_val (holds, hold);
}

/* The potential does not move although the current does. */
static void
find_holds (const PlateauSeries *series, const PlateauHoldOptions *options, double off,
            GArray *holds)
{
  for (gsize first = 0, i; first < series->n; first = i)
    {
      double least = HUGE_VAL, most = 0;
      for (i = first; i < series->n && fabs (series->current[i]) > off
                      && fabs (series->potential[i] - series->potential[first]) <= options->band;
           i++)
        {
          least = MIN (least, fabs (series->current[i]));
          most = MAX (most, fabs (series->current[i]));
        }
      if (i == first)
        i++;
      else if (i >= first + 4 && most - least > CURRENT_CHANGE * most
               && series->time[i - 1] - series->time[first] >= options->shortest)
        add_hold (series, options, first, i - 1, holds);
    }
}

/* E against 1 / sqrt (t) of the later half, to infinite time. */
static double
extrapolate (const PlateauSeries *series, gsize first, gsize last)
{
  gsize begin = tail_begin (series, first, last, 0.5), n = last - begin + 1;
  g_autofree double *x = g_new (double, n);
  PlateauLine line;
  double origin = series->time[first > 0 ? first - 1 : first];
  for (gsize i = 0; i < n; i++)
    x[i] = 1 / sqrt (series->time[begin + i] - origin);
  if (n < 3 || !plateau_fit_line (x, series->potential + begin, NULL, n, &line))
    return NAN;
  return line.intercept;
}

static void
add_relaxation (const PlateauSeries *series, gsize first, gsize last, GArray *relaxations)
{
  gsize tail = tail_begin (series, first, last, 0.1);
  PlateauLine line;
  PlateauRelaxation relaxation = {
    .first_row = first,
    .last_row = last,
    .start = series->time[first],
    .duration = series->time[last] - series->time[first],
    .potential_first = series->potential[first],
    .potential_end = series->potential[last],
    .drift = NAN,
    .extrapolated = extrapolate (series, first, last),
  };
  if (plateau_fit_line (series->time + tail, series->potential + tail, NULL, last - tail + 1,
                        &line))
    relaxation.drift = line.slope;
  g_array_append_val (relaxations, relaxation);
}

static void
find_relaxations (const PlateauSeries *series, const PlateauHoldOptions *options, double off,
                  GArray *relaxations)
{
  for (gsize first = 0, i; first < series->n; first = i)
    {
      for (i = first; i < series->n && fabs (series->current[i]) <= off; i++)
        ;
      if (i == first)
        i++;
      else if (i >= first + 3 && series->time[i - 1] - series->time[first] >= options->shortest)
        add_relaxation (series, first, i - 1, relaxations);
    }
}

/**
 * plateau_holds_analyse:
 * @recording: time, potential and current
 *
 * A hold is a stretch in which the potential stays within the band although the current changes.
 * Its end value is the mean current of its tail; it is steady when the current changes there by
 * less than the limit per hour. A relaxation is a stretch without current.
 *
 * Returns: (transfer full): the holds and relaxations, or %NULL with @error set when there is
 *   neither
 */
PlateauHolds *
plateau_holds_analyse (PlateauRecording *recording, const PlateauHoldOptions *options,
                       GCancellable *cancellable, GError **error)
{
  g_auto (PlateauSeries) series = { 0 };
  double largest = 0;
  g_return_val_if_fail (recording != NULL && options != NULL, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !plateau_series_init (&series, recording, error))
    return NULL;
  if (series.time == NULL || series.potential == NULL || series.current == NULL)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("holds need time, potential and current; the file lacks one of them"));
      return NULL;
    }
  for (gsize i = 0; i < series.n; i++)
    if (fabs (series.current[i]) > largest)
      largest = fabs (series.current[i]);
  Holds *self = g_new0 (Holds, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->holds = g_array_new (FALSE, TRUE, sizeof (PlateauHold));
  self->relaxations = g_array_new (FALSE, TRUE, sizeof (PlateauRelaxation));
  g_autoptr (PlateauHolds) result = &self->public;
  find_holds (&series, options, OFF * largest, self->holds);
  find_relaxations (&series, options, OFF * largest, self->relaxations);
  if (self->holds->len == 0 && self->relaxations->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("no potential is held for %.0f s or longer"), options->shortest);
      return NULL;
    }
  result->holds = (const PlateauHold *) self->holds->data;
  result->n_holds = self->holds->len;
  result->relaxations = (const PlateauRelaxation *) self->relaxations->data;
  result->n_relaxations = self->relaxations->len;
  return g_steal_pointer (&result);
}

/**
 * plateau_holds_ref:
 */
PlateauHolds *
plateau_holds_ref (PlateauHolds *holds)
{
  g_atomic_ref_count_inc (&((Holds *) holds)->ref_count);
  return holds;
}

/**
 * plateau_holds_unref:
 */
void
plateau_holds_unref (PlateauHolds *holds)
{
  Holds *self = (Holds *) holds;
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->holds);
  g_array_unref (self->relaxations);
  g_free (self);
}

/**
 * plateau_holds_conductance:
 * @line: (out): current at the end against potential; the slope is the conductance in S
 *
 * With several potentials the slope of the steady currents, so that an offset does not matter;
 * with one the line through the origin, its errors NaN. Relaxations are not used.
 *
 * Returns: %FALSE without a hold at a potential other than 0
 */
gboolean
plateau_holds_conductance (PlateauHolds *holds, PlateauLine *line)
{
  g_autofree double *x = g_new (double, MAX (holds->n_holds, 1));
  g_autofree double *y = g_new (double, MAX (holds->n_holds, 1));
  for (guint i = 0; i < holds->n_holds; i++)
    {
      x[i] = holds->holds[i].potential;
      y[i] = holds->holds[i].current_end;
    }
  if (plateau_fit_line (x, y, NULL, holds->n_holds, line))
    return TRUE;
  if (holds->n_holds == 0 || x[0] == 0)
    return FALSE;
  *line =
      (PlateauLine){ 0, plateau_mean (y, holds->n_holds) / x[0], NAN, NAN, NAN, holds->n_holds };
  return TRUE;
}

/**
 * plateau_holds_table:
 * @offset: V added to potentials
 *
 * Returns: (transfer full): one row a hold
 */
PlateauTable *
plateau_holds_table (PlateauHolds *holds, double offset)
{
  PlateauTable *table = plateau_table_new (_ ("Holds"));
  plateau_table_add_column (table, "start_s", _ ("Start"), "s", PLATEAU_COLUMN_NUMBER, 8);
  plateau_table_add_column (table, "duration_s", _ ("Duration"), "s", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "potential_V", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "current_end_uA", _ ("Current at the end"), "uA",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "current_half_s", _ ("Half of the current after"), "s",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "decay_s", _ ("Decay time"), "s", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "resistance_ohm", _ ("Resistance"), "ohm", PLATEAU_COLUMN_NUMBER,
                            5);
  plateau_table_add_column (table, "drift_percent_h", _ ("Drift per hour"), "%",
                            PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "steady", _ ("Steady"), "", PLATEAU_COLUMN_BOOLEAN, 0);
  for (guint i = 0; i < holds->n_holds; i++)
    {
      const PlateauHold *hold = &holds->holds[i];
      guint row = plateau_table_add_row (table);
      plateau_table_set_row_tag (table, row, i + 1);
      plateau_table_set_number (table, row, 0, hold->start);
      plateau_table_set_number (table, row, 1, hold->duration);
      plateau_table_set_number (table, row, 2, hold->potential + offset);
      plateau_table_set_number (table, row, 3, plateau_from_si (hold->current_end, "uA"));
      plateau_table_set_number (table, row, 4, hold->half_time);
      plateau_table_set_number (table, row, 5, hold->decay_time);
      plateau_table_set_number (table, row, 6, hold->resistance);
      plateau_table_set_number (table, row, 7, plateau_from_si (hold->drift, "%"));
      plateau_table_set_number (table, row, 8, hold->steady);
    }
  return table;
}

/**
 * plateau_relaxations_table:
 * @offset: V added to potentials
 *
 * Returns: (transfer full): one row a stretch without current
 */
PlateauTable *
plateau_relaxations_table (PlateauHolds *holds, double offset)
{
  PlateauTable *table = plateau_table_new (_ ("Relaxations"));
  plateau_table_add_column (table, "start_s", _ ("Start"), "s", PLATEAU_COLUMN_NUMBER, 8);
  plateau_table_add_column (table, "duration_s", _ ("Duration"), "s", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "potential_first_V", _ ("Potential at first"), "V",
                            PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "potential_end_V", _ ("Potential at the end"), "V",
                            PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "potential_extrapolated_V", _ ("Extrapolated on 1/√t"), "V",
                            PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "drift_mV_h", _ ("Drift at the end (mV/h)"), "",
                            PLATEAU_COLUMN_NUMBER, 3);
  for (guint i = 0; i < holds->n_relaxations; i++)
    {
      const PlateauRelaxation *relaxation = &holds->relaxations[i];
      guint row = plateau_table_add_row (table);
      plateau_table_set_row_tag (table, row, i + 1);
      plateau_table_set_number (table, row, 0, relaxation->start);
      plateau_table_set_number (table, row, 1, relaxation->duration);
      plateau_table_set_number (table, row, 2, relaxation->potential_first + offset);
      plateau_table_set_number (table, row, 3, relaxation->potential_end + offset);
      plateau_table_set_number (table, row, 4, relaxation->extrapolated + offset);
      plateau_table_set_number (table, row, 5, 3.6e6 * relaxation->drift);
    }
  return table;
}
