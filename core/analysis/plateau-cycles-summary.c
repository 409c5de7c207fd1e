/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles.h"

#include "analysis/plateau-first-cycle.h"
#include "analysis/plateau-runs.h"
#include "base/plateau-numeric.h"

#include <math.h>

#define END_OF_LIFE 0.8

/* Ratio of the branches in the order in which the cycle passes them. */
static double
efficiency (double first, double second)
{
  return first > 0 && second > 0 ? second / first : NAN;
}

/**
 * plateau_cycle_coulombic_efficiency:
 * @starts_with_charge: whether the charge comes first in a cycle
 *
 * Returns: discharge over charge capacity, or charge over discharge capacity for a cell whose
 *   cycles begin with the discharge; NaN without both. Values above 1 are passed on.
 */
double
plateau_cycle_coulombic_efficiency (const PlateauCycle *cycle, gboolean starts_with_charge)
{
  return starts_with_charge ? efficiency (cycle->charge_capacity, cycle->discharge_capacity)
                            : efficiency (cycle->discharge_capacity, cycle->charge_capacity);
}

/**
 * plateau_cycle_energy_efficiency:
 *
 * Returns: discharge over charge energy, 0 .. 1 for a sane cell; NaN without both
 */
double
plateau_cycle_energy_efficiency (const PlateauCycle *cycle)
{
  return efficiency (cycle->charge_energy, cycle->discharge_energy);
}

static void
fit_run (const PlateauCycle *cycles, const PlateauRun *run, double reference_capacity,
         PlateauCyclesSummary *summary)
{
  guint n = 0, size = run->last - run->first + 1;
  g_autofree double *number = g_new (double, size);
  g_autofree double *capacity = g_new (double, size);
  g_autofree double *potential = g_new (double, size);
  PlateauLine line;

  for (guint i = run->first; i <= run->last; i++)
    if (plateau_cycle_is_usable (&cycles[i]))
      {
        number[n] = cycles[i].cycle;
        capacity[n] = cycles[i].discharge_capacity;
        potential[n++] = cycles[i].mean_discharge_potential;
      }
  if (n >= 2 && plateau_fit_line (number, capacity, NULL, n, &line))
    summary->capacity_loss_per_cycle = -line.slope / reference_capacity;
  if (n >= 2 && plateau_fit_line (number, potential, NULL, n, &line))
    {
      summary->voltage_decay = -line.slope;
      summary->voltage_decay_stderr = line.slope_stderr;
    }
}

/* The cycle, counted from the reference as 1, at which the capacity first stays below 80 %. A
 * single low cycle is not the end of life, so the next usable one must be low as well. */
static double
cycles_to_end_of_life (const PlateauCycle *cycles, const PlateauRun *run, double limit)
{
  const PlateauCycle *before = NULL, *low = NULL, *before_low = NULL;

  for (guint i = run->first; i <= run->last; i++)
    {
      const PlateauCycle *cycle = &cycles[i];

      if (!plateau_cycle_is_usable (cycle))
        continue;
      if (cycle->discharge_capacity >= limit)
        low = NULL;
      else if (low == NULL)
        {
          low = cycle;
          before_low = before;
        }
      else
        break;
      before = cycle;
    }
  if (low == NULL || before_low == NULL)
    return NAN;
  return before_low->cycle
         + (before_low->discharge_capacity - limit)
               / (before_low->discharge_capacity - low->discharge_capacity)
               * (low->cycle - before_low->cycle)
         - cycles[run->first].cycle + 1;
}

/* The run that retention is about, beginning at the reference cycle. */
static gboolean
choose_run (PlateauCycles *cycles, int reference, PlateauRun *run)
{
  g_autoptr (GArray)
      runs = plateau_runs_find (cycles->cycles, cycles->n_cycles, PLATEAU_RATE_TOLERANCE);
  const PlateauRun *chosen = reference > 0 ? NULL : plateau_runs_longest (runs);

  if (reference > 0)
    {
      int index = plateau_cycles_find (cycles, (guint) reference);
      for (guint i = 0; index >= 0 && i < runs->len; i++)
        {
          const PlateauRun *candidate = &g_array_index (runs, PlateauRun, i);
          if ((guint) index >= candidate->first && (guint) index <= candidate->last)
            chosen = candidate;
        }
      if (chosen == NULL)
        return FALSE;
      *run = *chosen;
      run->first = (guint) index;
    }
  else if (chosen != NULL)
    *run = *chosen;
  else
    return FALSE;
  while (run->first < run->last && reference <= 0
         && !plateau_cycle_is_usable (&cycles->cycles[run->first]))
    run->first++;
  while (run->last > run->first && !plateau_cycle_is_usable (&cycles->cycles[run->last]))
    run->last--;
  return cycles->cycles[run->first].discharge_capacity > 0;
}

/**
 * plateau_cycles_summarise:
 * @recording: (nullable): what @cycles was made from; without it there is no plateau share
 * @options: (nullable): the reference cycle and the plateau's potential
 * @summary: (out caller-allocates): filled; NaN and 0 where a number cannot be had
 *
 * Numbers of a whole test. Retention, loss, voltage decay and cycles to 80 % look at one run of
 * cycles at equal rates only, from the reference cycle on: the run that contains the chosen
 * reference, else the longest. Rate steps never mix. Outliers and cut cycles are left out. Loss
 * is the least-squares slope of the discharge capacity over the cycle number relative to the
 * reference capacity; decay that of the mean discharge potential, positive when it falls, with
 * the standard error of the slope.
 */
void
plateau_cycles_summarise (PlateauCycles *cycles, PlateauRecording *recording,
                          const PlateauCyclesOptions *options, PlateauCyclesSummary *summary)
{
  PlateauCyclesOptions defaults = PLATEAU_CYCLES_OPTIONS_INIT;
  PlateauRun run;
  int first;

  g_return_if_fail (cycles != NULL && summary != NULL);
  options = options != NULL ? options : &defaults;
  *summary = (PlateauCyclesSummary){ NAN, NAN, 0, 0, NAN, NAN, NAN, NAN, NAN };
  first = plateau_cycles_find (cycles, 1);
  if (first >= 0)
    summary->initial_coulombic_efficiency = plateau_cycle_coulombic_efficiency (
        &cycles->cycles[first], cycles->starts_with_charge);
  if (recording != NULL)
    summary->plateau_share = plateau_cycles_plateau_share (cycles, recording, options, NULL);
  if (choose_run (cycles, options->reference, &run))
    {
      const PlateauCycle *reference = &cycles->cycles[run.first];
      const PlateauCycle *last = &cycles->cycles[run.last];

      summary->retention_reference_cycle = reference->cycle;
      summary->retention_cycle = last->cycle;
      summary->retention = last->discharge_capacity / reference->discharge_capacity;
      fit_run (cycles->cycles, &run, reference->discharge_capacity, summary);
      summary->cycles_to_80_percent = cycles_to_end_of_life (
          cycles->cycles, &run, END_OF_LIFE * reference->discharge_capacity);
    }
}
