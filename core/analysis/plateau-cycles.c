/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles.h"

#include "analysis/plateau-cycles-private.h"
#include "analysis/plateau-steps.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *const rule_nicks[] = { "auto", "charge", "discharge", "instrument", NULL };
static const char *const rule_labels[] = { N_ ("By the first half cycle"), N_ ("Charge first"),
                                           N_ ("Discharge first"), N_ ("As the instrument counts"),
                                           NULL };

const PlateauOption plateau_cycles_option_table[] = {
  { "first", N_ ("A cycle starts with"), N_ ("Which half cycle begins a cycle"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (PlateauCyclesOptions, rule), NULL, 0, 0, rule_nicks,
    rule_labels },
  { "reference", N_ ("Reference cycle"),
    N_ ("The cycle that retention refers to; 0: the first of the longest run at equal rates"),
    PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (PlateauCyclesOptions, reference), NULL, 0, 1e6, NULL,
    NULL },
  { "plateau-V", N_ ("Plateau begins at"),
    N_ ("Potential, with the cell's reference offset, at which the plateau of the first charge "
        "begins; empty: the minimum of dQ/dV between slope and plateau"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauCyclesOptions, plateau_potential), "V", -10, 10,
    NULL, NULL },
  { "plateau-above-V", N_ ("Plateau looked for above"),
    N_ ("Potential, with the cell's reference offset, above which the plateau of the first charge "
        "has its highest dQ/dV"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauCyclesOptions, plateau_above), "V", -10, 10,
    NULL, NULL },
  { "outliers", N_ ("Outliers"),
    N_ ("Cycles to leave out of means, retention and rates, such as 5, 17-19; -12 takes back one "
        "that was found. Of one cell alone: its name and a colon before, parted by semicolons"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauCyclesOptions, outliers), NULL, 0, 0, NULL, NULL },
  { NULL },
};

/**
 * plateau_cycles_options_clear:
 *
 * Frees the text that @options owns.
 */
void
plateau_cycles_options_clear (PlateauCyclesOptions *options)
{
  plateau_options_clear (plateau_cycles_option_table, options);
}

/**
 * plateau_cycles_options_as_measured:
 * @options: (nullable): as entered, with potentials as shown; %NULL for the defaults
 * @cell: (nullable): its name, for the outliers that are its own; must outlive the result
 * @reference_offset: V that the cell's potentials are shown with, NaN for 0
 *
 * Returns: the options with potentials as measured; their text is that of @options, not to be
 *   freed
 */
PlateauCyclesOptions
plateau_cycles_options_as_measured (const PlateauCyclesOptions *options, const char *cell,
                                    double reference_offset)
{
  PlateauCyclesOptions measured = PLATEAU_CYCLES_OPTIONS_INIT;

  if (options != NULL)
    measured = *options;
  measured.cell = cell;
  reference_offset = isnan (reference_offset) ? 0 : reference_offset;
  measured.plateau_potential -= reference_offset;
  measured.plateau_above -= reference_offset;
  return measured;
}

static PlateauCyclesPrivate *
get_private (PlateauCycles *cycles)
{
  return (PlateauCyclesPrivate *) cycles;
}

static void
start_cycle (PlateauCyclesPrivate *private, GArray *cycles, guint number, guint first_step)
{
  PlateauCycle cycle = { .cycle = number, .instrument_cycle = -1 };
  CycleSteps range = { first_step, first_step };

  g_array_append_val (cycles, cycle);
  g_array_append_val (private->ranges, range);
}

static void
group_by_direction (PlateauCyclesPrivate *private, GArray *cycles, const GArray *halves,
                    gboolean charge_first)
{
  int first_direction = charge_first ? 1 : -1;

  for (guint i = 0; i < halves->len; i++)
    {
      const PlateauHalfCycle *half = &g_array_index (halves, PlateauHalfCycle, i);

      if (half->direction == first_direction || i == 0)
        start_cycle (private, cycles,
                     half->direction != first_direction ? 0
                     : cycles->len == 0
                         ? 1
                         : g_array_index (cycles, PlateauCycle, cycles->len - 1).cycle + 1,
                     half->first_step);
      g_array_index (private->ranges, CycleSteps, private->ranges->len - 1).last = half->last_step;
    }
}

static void
group_by_instrument (PlateauCyclesPrivate *private, GArray *cycles, const PlateauSeries *series,
                     const GArray *steps)
{
  double current = NAN;

  for (guint i = 0; i < steps->len; i++)
    {
      double number = plateau_cycles_instrument_cycle (
          series, g_array_index (steps, PlateauStep, i).first_row);

      if (cycles->len == 0 || (!isnan (number) && !isnan (current) && number != current))
        start_cycle (private, cycles, cycles->len + 1, i);
      current = isnan (number) ? current : number;
      g_array_index (private->ranges, CycleSteps, private->ranges->len - 1).last = i;
    }
}

typedef struct
{
  double current, charge;
} WeightedCurrent;

static int
compare_currents (gconstpointer a, gconstpointer b)
{
  double x = ((const WeightedCurrent *) a)->current, y = ((const WeightedCurrent *) b)->current;
  return (x > y) - (x < y);
}

/* The current that carried the middle of the charge. */
static double
median_current (const PlateauStep *steps, const CycleSteps *range, int direction, gboolean of_holds)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (WeightedCurrent));
  double sum = 0, half = 0;

  for (guint i = range->first; i <= range->last; i++)
    if (plateau_step_direction (&steps[i]) == direction && !isnan (steps[i].current)
        && (steps[i].kind == PLATEAU_STEP_HOLD) == of_holds)
      {
        WeightedCurrent part = { fabs (steps[i].current), fabs (steps[i].charge) };
        g_array_append_val (parts, part);
        sum += part.charge;
      }
  if (parts->len == 0)
    return of_holds ? NAN : median_current (steps, range, direction, TRUE);
  g_array_sort (parts, compare_currents);
  for (guint i = 0; i < parts->len; i++)
    {
      half += g_array_index (parts, WeightedCurrent, i).charge;
      if (half >= 0.5 * sum)
        return g_array_index (parts, WeightedCurrent, i).current;
    }
  return g_array_index (parts, WeightedCurrent, parts->len - 1).current;
}

/* The potential at which half of the discharge had passed. */
static double
median_discharge_potential (const PlateauSeries *series, const PlateauStep *steps,
                            const CycleSteps *range, double capacity)
{
  double passed = 0, target = 0.5 * capacity;

  if (series->potential == NULL || !(capacity > 0))
    return NAN;
  for (guint s = range->first; s <= range->last; s++)
    {
      double before, previous_v = NAN;

      if (plateau_step_direction (&steps[s]) != -1)
        continue;
      if (passed - steps[s].charge < target)
        {
          passed -= steps[s].charge;
          continue;
        }
      before = plateau_series_charge_before (series, steps[s].first_row);
      for (gsize i = steps[s].first_row; i <= steps[s].last_row; i++)
        {
          double v = series->potential[i], part = before - series->charge[i];

          if (isnan (v) || isnan (part))
            continue;
          if (passed + part >= target)
            {
              double share = part > 0 ? (target - passed) / part : 1;
              return isnan (previous_v) ? v : previous_v + share * (v - previous_v);
            }
          passed += part;
          before = series->charge[i];
          previous_v = v;
        }
      return previous_v;
    }
  return NAN;
}

static void
fill_cycle (const PlateauSeries *series, const PlateauStep *steps, const CycleSteps *range,
            PlateauCycle *cycle)
{
  double held = 0, number;
  double start = steps[range->first].start;

  cycle->first_row = steps[range->first].first_row;
  cycle->last_row = steps[range->last].last_row;
  cycle->duration = series->time != NULL ? series->time[cycle->last_row] - start : NAN;
  for (guint i = range->first; i <= range->last; i++)
    {
      int direction = plateau_step_direction (&steps[i]);

      if (direction > 0)
        {
          cycle->charge_capacity += steps[i].charge;
          cycle->charge_energy += steps[i].energy;
          held += steps[i].kind == PLATEAU_STEP_HOLD ? steps[i].charge : 0;
        }
      else if (direction < 0)
        {
          cycle->discharge_capacity -= steps[i].charge;
          cycle->discharge_energy -= steps[i].energy;
        }
    }
  cycle->mean_charge_potential = cycle->charge_capacity > 0
                                     ? cycle->charge_energy / cycle->charge_capacity
                                     : NAN;
  cycle->mean_discharge_potential = cycle->discharge_capacity > 0
                                        ? cycle->discharge_energy / cycle->discharge_capacity
                                        : NAN;
  cycle->median_discharge_potential = median_discharge_potential (series, steps, range,
                                                                  cycle->discharge_capacity);
  cycle->charge_current = median_current (steps, range, 1, FALSE);
  cycle->discharge_current = median_current (steps, range, -1, FALSE);
  cycle->constant_potential_share = cycle->charge_capacity > 0 ? held / cycle->charge_capacity
                                                               : NAN;
  cycle->coulombic_efficiency_resolution = NAN;
  cycle->complete = cycle->charge_capacity > 0 && cycle->discharge_capacity > 0;
  for (guint i = range->first; i <= range->last; i++)
    if (steps[i].kind != PLATEAU_STEP_REST || i == range->last)
      {
        number = plateau_cycles_instrument_cycle (series, steps[i].first_row);
        cycle->instrument_cycle = number >= 0 && number < G_MAXINT ? (int) lrint (number) : -1;
        break;
      }
}

/* The last half cycle was cut by the end of the file when it neither came as far as the one
 * before nor to the potential where that ended. */
static void
check_last_cycle (const PlateauSeries *series, const PlateauStep *steps,
                  PlateauCyclesPrivate *private, GArray *cycles)
{
  const CycleSteps *ranges = &g_array_index (private->ranges, CycleSteps, 0);
  PlateauCycle *last, *before;
  double potential[2] = { NAN, NAN };
  int direction = 0;

  if (cycles->len < 2 || series->potential == NULL)
    return;
  last = &g_array_index (cycles, PlateauCycle, cycles->len - 1);
  before = last - 1;
  for (guint k = 0; k < 2; k++)
    {
      const CycleSteps *range = &ranges[cycles->len - 1 - k];
      for (guint i = range->first; i <= range->last; i++)
        {
          int step_direction = plateau_step_direction (&steps[i]);
          if (step_direction != 0 && (k == 0 || step_direction == direction))
            {
              direction = k == 0 ? step_direction : direction;
              potential[k] = steps[i].potential_end;
            }
        }
    }
  if (direction > 0 ? last->charge_capacity < 0.95 * before->charge_capacity
                    : last->discharge_capacity < 0.95 * before->discharge_capacity)
    if (fabs (potential[0] - potential[1]) > 0.02)
      last->complete = FALSE;
}

static void
warn_about_numbers (PlateauCyclesPrivate *private, const PlateauSeries *series,
                    PlateauCycleRule rule, const GArray *halves)
{
  PlateauCycles *cycles = &private->public;

  if (rule != PLATEAU_CYCLE_RULE_INSTRUMENT)
    return;
  if (series->cycle == NULL)
    g_ptr_array_add (private->warnings,
                     g_strdup (_ ("The file has no cycle numbers; cycles were counted by the "
                                  "direction of the current instead.")));
  else if (cycles->n_cycles == 1 && halves->len > 3)
    g_ptr_array_add (private->warnings,
                     g_strdup_printf (_ ("The instrument counts one cycle in the whole file, "
                                         "though the current changes its direction %u times."),
                                      halves->len - 1));
}

/**
 * plateau_cycles_analyse:
 * @recording: a recording with charge, or with current and time
 * @options: (nullable): %NULL for the defaults
 *
 * Cuts a recording into steps and cycles and sums what each cycle passed.
 *
 * Charge and energy of a step are differences and the trapezoid of potential over charge between
 * its rows; the interval before its first row counts to it. Charge capacity is what all charging
 * steps of the cycle passed, holds included; discharge capacity likewise; rests count to neither
 * and never end a cycle. Mean potentials are energy over capacity. Currents are those that carried
 * the middle of the charge, holds left out. A half cycle that reverses the current for less than
 * 5 % of the charge on both sides (pulses), or, where the instrument numbers cycles, for less than
 * 5 % of the largest within one cycle (drive profiles), is part of the half cycle around it, and
 * so is one of less than 0.1 % of the largest (noise around zero).
 *
 * With PLATEAU_CYCLE_RULE_AUTO a cycle begins with the direction in which the test begins, except
 * that a first discharge of less than 90 % of the second one is a leading half cycle, number 0.
 *
 * Outliers are found, then corrected by the numbers that @options name.
 *
 * A quantity that cannot be had is NaN; a capacity without a branch is 0. A recording that never
 * leaves rest has steps but no cycles, except those that the instrument counts.
 *
 * Returns: (transfer full): steps and cycles, or %NULL with PLATEAU_ANALYSIS_ERROR_NO_DATA, with
 *   PLATEAU_ANALYSIS_ERROR_INVALID for outliers that are no numbers, or cancelled
 */
PlateauCycles *
plateau_cycles_analyse (PlateauRecording *recording, const PlateauCyclesOptions *options,
                        GCancellable *cancellable, GError **error)
{
  g_auto (PlateauSeries) series = { 0 };
  PlateauCyclesOptions defaults = PLATEAU_CYCLES_OPTIONS_INIT;
  g_autoptr (GArray) steps = NULL;
  g_autoptr (GArray) halves = NULL;
  g_autoptr (GArray) cycles = g_array_new (FALSE, TRUE, sizeof (PlateauCycle));
  PlateauCyclesPrivate *private;
  gboolean charge_first;
  PlateauCycleRule rule;

  g_return_val_if_fail (recording != NULL, NULL);
  options = options != NULL ? options : &defaults;
  rule = (PlateauCycleRule) options->rule;
  if (!plateau_series_init (&series, recording, error))
    return NULL;
  steps = plateau_steps_find (&series, cancellable, error);
  if (steps == NULL)
    return NULL;
  private = g_new0 (PlateauCyclesPrivate, 1);
  private->ref_count = 1;
  private->ranges = g_array_new (FALSE, FALSE, sizeof (CycleSteps));
  private->warnings = g_ptr_array_new_with_free_func (g_free);
  halves = plateau_cycles_find_halves (&series, steps);
  charge_first = plateau_cycles_choose_charge_first (halves, rule);
  if (rule == PLATEAU_CYCLE_RULE_INSTRUMENT && series.cycle != NULL)
    group_by_instrument (private, cycles, &series, steps);
  else
    group_by_direction (private, cycles, halves, charge_first);
  for (guint i = 0; i < cycles->len; i++)
    fill_cycle (&series, (const PlateauStep *) (gpointer) steps->data,
                &g_array_index (private->ranges, CycleSteps, i),
                &g_array_index (cycles, PlateauCycle, i));
  check_last_cycle (&series, (const PlateauStep *) (gpointer) steps->data, private, cycles);
  plateau_cycles_find_resolution (&series, (const PlateauStep *) (gpointer) steps->data,
                                  private->ranges, cycles, charge_first);
  plateau_cycles_flag_outliers ((PlateauCycle *) (gpointer) cycles->data, cycles->len);
  if (!plateau_cycles_mark_outliers ((PlateauCycle *) (gpointer) cycles->data, cycles->len,
                                     options->outliers, options->cell, error))
    {
      g_array_unref (private->ranges);
      g_ptr_array_unref (private->warnings);
      g_free (private);
      return NULL;
    }

  private->public.n_steps = steps->len;
  private->public.steps = (PlateauStep *) (gpointer) g_array_free (g_steal_pointer (&steps), FALSE);
  private->public.n_cycles = cycles->len;
  private->public.cycles = (PlateauCycle *) (gpointer) g_array_free (g_steal_pointer (&cycles),
                                                                     FALSE);
  private->public.starts_with_charge = charge_first;
  warn_about_numbers (private, &series, rule, halves);
  g_ptr_array_add (private->warnings, NULL);
  private->public.warnings = (const char *const *) private->warnings->pdata;
  return &private->public;
}

/**
 * plateau_cycles_ref:
 *
 * Returns: (transfer full): @cycles
 */
PlateauCycles *
plateau_cycles_ref (PlateauCycles *cycles)
{
  g_atomic_int_inc (&get_private (cycles)->ref_count);
  return cycles;
}

/**
 * plateau_cycles_unref:
 * @cycles: (transfer full): freed with its last reference
 */
void
plateau_cycles_unref (PlateauCycles *cycles)
{
  PlateauCyclesPrivate *private = get_private (cycles);

  if (!g_atomic_int_dec_and_test (&private->ref_count))
    return;
  g_free ((gpointer) cycles->steps);
  g_free ((gpointer) cycles->cycles);
  g_array_unref (private->ranges);
  g_ptr_array_unref (private->warnings);
  g_free (private);
}

/**
 * plateau_cycles_find:
 * @cycle: a number as in PlateauCycle
 *
 * Returns: the index of the cycle in @cycles, or -1
 */
int
plateau_cycles_find (PlateauCycles *cycles, guint cycle)
{
  guint first = cycles->n_cycles > 0 ? cycles->cycles[0].cycle : 0;

  /* Numbers rise by one, so the position follows from the first. */
  return cycle >= first && cycle - first < cycles->n_cycles ? (int) (cycle - first) : -1;
}

/**
 * plateau_cycles_list_branch_steps:
 *
 * Returns: (transfer full) (element-type guint): indices of the steps of one branch in order
 */
GArray *
plateau_cycles_list_branch_steps (PlateauCycles *cycles, guint cycle, gboolean charge,
                                  gboolean with_hold)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
  int index = plateau_cycles_find (cycles, cycle), direction = charge ? 1 : -1;

  if (index >= 0)
    {
      const CycleSteps *range = &g_array_index (get_private (cycles)->ranges, CycleSteps,
                                                (guint) index);
      for (guint i = range->first; i <= range->last; i++)
        if (plateau_step_direction (&cycles->steps[i]) == direction
            && (with_hold || cycles->steps[i].kind != PLATEAU_STEP_HOLD))
          g_array_append_val (list, i);
    }
  return list;
}

/**
 * plateau_cycles_branch:
 * @recording: what @cycles was made from
 * @cycle: number of a cycle
 * @charge: %TRUE for the charge, %FALSE for the discharge
 * @with_hold: whether the part at constant potential belongs to it
 * @capacity: (nullable) (element-type double): charge passed so far in C, from 0, never negative
 * @potential: (nullable) (element-type double): V as measured
 * @time: (nullable) (element-type double): s; NaN without a time column
 *
 * Appends one branch of a cycle to the arrays, rests and reversals left out. Rows without charge
 * or potential are left out too.
 *
 * Returns: whether there was at least one row
 */
gboolean
plateau_cycles_branch (PlateauCycles *cycles, PlateauRecording *recording, guint cycle,
                       gboolean charge, gboolean with_hold, GArray *capacity, GArray *potential,
                       GArray *time)
{
  g_auto (PlateauSeries) series = { 0 };
  g_autoptr (GArray) list = NULL;
  double sign = charge ? 1 : -1, passed = 0;
  gboolean any = FALSE;

  g_return_val_if_fail (cycles != NULL && recording != NULL, FALSE);
  if (!plateau_series_init (&series, recording, NULL) || series.potential == NULL)
    return FALSE;
  list = plateau_cycles_list_branch_steps (cycles, cycle, charge, with_hold);
  for (guint s = 0; s < list->len; s++)
    {
      const PlateauStep *step = &cycles->steps[g_array_index (list, guint, s)];
      double before = plateau_series_charge_before (&series, step->first_row);
      double from = passed, nan = NAN;

      for (gsize i = step->first_row; i <= step->last_row; i++)
        {
          if (isnan (series.charge[i]) || isnan (series.potential[i]))
            continue;
          passed = from + sign * (series.charge[i] - before);
          if (capacity != NULL)
            g_array_append_val (capacity, passed);
          if (potential != NULL)
            g_array_append_val (potential, series.potential[i]);
          if (time != NULL)
            g_array_append_vals (time, series.time != NULL ? &series.time[i] : &nan, 1);
          any = TRUE;
        }
    }
  return any;
}
