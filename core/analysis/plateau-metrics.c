/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-metrics.h"

#include "analysis/plateau-first-cycle.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* A run of fewer cycles says nothing about retention. */
#define MINIMUM_RUN 10
/* A rate test has at least so many groups. */
#define MINIMUM_GROUPS 3
/* Specific charge at which charging potentials are compared, C/kg. */
#define EQUAL_CHARGE (100 * 3600.0)

/* A branch in more pieces is a titration. */
#define MAXIMUM_PULSES 8
#define MAXIMUM_CURRENT_SPREAD 0.5

#define RATE_TOLERANCE 0.12
#define WINDOW_TOLERANCE 0.05
#define TEMPERATURE_TOLERANCE 3.0
#define LOADING_TOLERANCE 0.25

enum
{
  INITIAL_CHARGE,
  INITIAL_DISCHARGE,
  INITIAL_AREAL,
  INITIAL_EFFICIENCY,
  PLATEAU_SHARE,
  SLOPE_CAPACITY,
  PLATEAU_CAPACITY,
  CHARGE_POTENTIAL,
  HALF_CHARGE_POTENTIAL,
  FIRST_POLARISATION,
  RATE_CAPACITY,
  RATE_RATIO,
  RATE_RECOVERY,
  RUN_CAPACITY,
  RUN_AREAL,
  RUN_ENERGY,
  RETENTION,
  LAST_CAPACITY,
  LAST_AREAL,
  LOSS,
  LIFE,
  RUN_EFFICIENCY,
  RUN_ENERGY_EFFICIENCY,
  RUN_POTENTIAL,
  VOLTAGE_DECAY,
  RUN_POLARISATION,
  TEMPERATURE_RATIO,
  N_METRICS
};

/* In the order of the enumeration and of the table that people see. */
static const PlateauMetric metrics[N_METRICS + 1] = {
  { "initial_charge_capacity", N_ ("First charge capacity"), N_ ("First charge"), "mAh/g", 1, 0,
    N_ ("Charge of the first charge per active mass: ∫ I dt / m") },
  { "initial_discharge_capacity", N_ ("First discharge capacity"), N_ ("First discharge"), "mAh/g",
    1, 1, N_ ("Charge of the first discharge per active mass: ∫ |I| dt / m") },
  { "initial_areal_capacity", N_ ("First areal discharge capacity"), N_ ("First areal discharge"),
    "mAh/cm2", 2, 1, N_ ("Charge of the first discharge per electrode area: ∫ |I| dt / A") },
  { "initial_coulombic_efficiency", N_ ("Initial coulombic efficiency"),
    N_ ("Initial coulombic efficiency"), "%", 1, 1,
    N_ ("Discharge capacity / charge capacity of the first cycle (of a cell that is discharged "
        "first: charge / discharge)") },
  { "plateau_share", N_ ("Plateau share of the first charge"), N_ ("Plateau share, first charge"),
    "%", 1, 0,
    N_ ("Share of the first charge that is passed above the potential where the plateau begins: "
        "the minimum of dQ/dV between slope and plateau, or as said under Analysis") },
  { "slope_capacity", N_ ("Sloping capacity of the first charge"), N_ ("Slope, first charge"),
    "mAh/g", 1, 0,
    N_ ("Capacity of the first charge below the beginning of its plateau: (1 − plateau share) · Q "
        "/ m") },
  { "plateau_capacity", N_ ("Plateau capacity of the first charge"), N_ ("Plateau, first charge"),
    "mAh/g", 1, 0, N_ ("Capacity of the first charge on its plateau: plateau share · Q / m") },
  { "charge_potential_at_100_mAh_g", N_ ("First charge potential at 100 mAh/g"),
    N_ ("First charge at 100 mAh/g"), "V", 3, -1,
    N_ ("Potential on the first charge when 100 mAh/g have passed, with the reference offset") },
  { "charge_potential_at_half_charge", N_ ("First charge potential at half of the smaller charge"),
    N_ ("First charge, half way"), "V", 3, -1,
    N_ ("Potential on the first charge at one specific capacity for all: half of the smallest "
        "first charge that is compared") },
  { "initial_polarisation", N_ ("Polarisation of the first cycle"),
    N_ ("Polarisation, first cycle"), "V", 3, -1,
    N_ ("Mean charge potential − mean discharge potential of the first cycle, each ∫ E dQ / Q") },
  { "rate_capacity", N_ ("Discharge capacity in the rate test"), N_ ("Discharge, rate test"),
    "mAh/g", 1, 1,
    N_ ("Mean discharge capacity of the cycles at one C-rate in a test of several rates, per "
        "active mass") },
  { "rate_ratio", N_ ("Capacity at the highest rate relative to the lowest"),
    N_ ("Highest to lowest rate"), "%", 1, 1,
    N_ ("Mean discharge capacity at the highest C-rate / that at the lowest") },
  { "rate_recovery", N_ ("Capacity recovery after the rate test"), N_ ("Recovery after rates"), "%",
    1, 1,
    N_ ("Discharge capacity when the first rate comes back after the higher ones / that of its "
        "first cycles") },
  { "cycling_capacity", N_ ("Discharge capacity at the start of cycling"), N_ ("Discharge, start"),
    "mAh/g", 1, 1,
    N_ ("Discharge capacity per active mass in the first cycle of the longest run at equal "
        "rates") },
  { "cycling_areal_capacity", N_ ("Areal discharge capacity at the start of cycling"),
    N_ ("Areal discharge, start"), "mAh/cm2", 2, 1,
    N_ ("Discharge capacity per electrode area in the first cycle of the longest run at equal "
        "rates") },
  { "cycling_specific_energy", N_ ("Specific discharge energy at the start of cycling"),
    N_ ("Specific energy, start"), "Wh/kg", 0, 1,
    N_ ("∫ E I dt of the discharge / active mass in the first cycle of the longest run at equal "
        "rates") },
  { "capacity_retention", N_ ("Capacity retention"), N_ ("Retention"), "%", 1, 1,
    N_ ("Discharge capacity of the last cycle of the run / that of its reference cycle, the first "
        "of the run unless said otherwise under Analysis") },
  { "final_capacity", N_ ("Discharge capacity at the end of cycling"), N_ ("Discharge, end"),
    "mAh/g", 1, 1,
    N_ ("Discharge capacity per active mass in the last cycle of the longest run at equal rates") },
  { "final_areal_capacity", N_ ("Areal discharge capacity at the end of cycling"),
    N_ ("Areal discharge, end"), "mAh/cm2", 2, 1,
    N_ ("Discharge capacity per electrode area in the last cycle of the longest run at equal "
        "rates") },
  { "capacity_loss_per_cycle", N_ ("Capacity loss per cycle"), N_ ("Loss per cycle"), "%", 3, -1,
    N_ ("− slope of the line of discharge capacity over the cycle number, in percent of the "
        "reference cycle, by least squares over the run") },
  { "cycles_to_80_percent", N_ ("Cycles to 80 %"), N_ ("Cycles to 80 %"), "1", 0, 1,
    N_ ("Cycles until the discharge capacity stays below 80 % of that of the reference cycle; none "
        "while it has not") },
  { "mean_coulombic_efficiency", N_ ("Mean coulombic efficiency during cycling"),
    N_ ("Mean coulombic efficiency"), "%", 2, 1,
    N_ ("Mean of the coulombic efficiency over the run without its first cycle and without "
        "outliers") },
  { "mean_energy_efficiency", N_ ("Mean energy efficiency during cycling"),
    N_ ("Mean energy efficiency"), "%", 1, 1,
    N_ ("Mean of discharge energy / charge energy over the run without its first cycle and without "
        "outliers") },
  { "mean_discharge_potential", N_ ("Mean discharge potential at the start of cycling"),
    N_ ("Mean potential, start"), "V", 3, 1,
    N_ ("Discharge energy / discharge capacity, ∫ E dQ / Q, in the first cycle of the run, with "
        "the reference offset") },
  { "voltage_decay", N_ ("Voltage decay per cycle"), N_ ("Voltage decay per cycle"), "mV/cycle", 3,
    -1,
    N_ ("− slope of the line of mean discharge potential over the cycle number, by least squares "
        "over the run; positive when the potential falls") },
  { "cycling_polarisation", N_ ("Polarisation at the start of cycling"), N_ ("Polarisation, start"),
    "V", 3, -1,
    N_ ("Mean charge potential − mean discharge potential in the first cycle of the run, each ∫ E "
        "dQ / Q") },
  { "capacity_vs_room_temperature", N_ ("Capacity relative to room temperature"),
    N_ ("Against room temperature"), "%", 1, 1,
    N_ ("First discharge capacity of the cell / mean of the sample's cells near 25 °C under "
        "otherwise equal conditions") },
  { NULL },
};

/**
 * plateau_metric_list:
 * @n_metrics: (out) (optional): how many
 *
 * Returns: (transfer none) (array length=n_metrics): all metrics; the array also ends with an entry
 *   whose id is %NULL
 */
const PlateauMetric *
plateau_metric_list (guint *n_metrics)
{
  if (n_metrics != NULL)
    *n_metrics = N_METRICS;
  return metrics;
}

/**
 * plateau_metric_find:
 *
 * Returns: (transfer none) (nullable): the metric of that id
 */
const PlateauMetric *
plateau_metric_find (const char *id)
{
  for (guint i = 0; i < N_METRICS; i++)
    if (strcmp (metrics[i].id, id) == 0)
      return &metrics[i];
  return NULL;
}

/* The potentials between which the cell was cycled: the medians over its complete cycles of where
 * the branches end. */
static void
find_window (PlateauCellFacts *facts)
{
  g_autoptr (GArray) low = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) high = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < facts->cycles->n_steps; i++)
    {
      const PlateauStep *step = &facts->cycles->steps[i];
      gboolean ends = i + 1 == facts->cycles->n_steps || step[1].kind == PLATEAU_STEP_REST
                      || step[1].charge * step->charge < 0;

      if (!ends || step->kind == PLATEAU_STEP_REST || isnan (step->potential_end))
        continue;
      g_array_append_val (step->charge > 0 ? high : low, step->potential_end);
    }
  facts->window_low = facts->by.offset
                      + plateau_median ((const double *) (gpointer) low->data, low->len);
  facts->window_high = facts->by.offset
                       + plateau_median ((const double *) (gpointer) high->data, high->len);
}

static void
find_run (PlateauCellFacts *facts)
{
  int first = plateau_cycles_find (facts->cycles, facts->summary.retention_reference_cycle);
  int last = plateau_cycles_find (facts->cycles, facts->summary.retention_cycle);

  if (facts->summary.retention_reference_cycle == 0 || first < 0 || last < first)
    return;
  facts->run = (PlateauRun){ (guint) first, (guint) last, 0 };
  for (int i = first; i <= last; i++)
    facts->run.n += plateau_cycle_is_usable (&facts->cycles->cycles[i]);
}

/**
 * plateau_cell_facts_new:
 * @options: (nullable): as entered; potentials as shown
 * @rates: (nullable): how rates are grouped; groups by hand that the cell does not have are found
 *
 * Loads and analyses a cell once for all metrics.
 *
 * Returns: (transfer full): the facts, or %NULL with @error set
 */
PlateauCellFacts *
plateau_cell_facts_new (const PlateauStudyCell *cell, const PlateauCyclesOptions *options,
                        const PlateauRateOptions *rates, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauCellFacts) facts = g_new0 (PlateauCellFacts, 1);
  PlateauCyclesOptions measured = plateau_cycles_options_as_measured (options, cell->name,
                                                                      cell->reference_offset);
  PlateauRateOptions own_rates = plateau_rate_options_of_cell (rates, cell->name);
  int first;

  facts->cell = cell;
  facts->by = plateau_normalisation_of_cell (cell);
  facts->recording = plateau_measurements_load_recording (cell->measurements, PLATEAU_KIND_CYCLING,
                                                          error);
  if (facts->recording == NULL)
    return NULL;
  facts->cycles = plateau_cycles_analyse (facts->recording, &measured, cancellable, error);
  if (facts->cycles == NULL)
    return NULL;
  plateau_cycles_summarise (facts->cycles, facts->recording, &measured, &facts->summary);
  facts->rate = plateau_rate_analyse (facts->cycles, &own_rates, NULL);
  if (facts->rate == NULL)
    facts->rate = plateau_rate_analyse (facts->cycles, NULL, NULL);
  first = plateau_cycles_find (facts->cycles, 1);
  facts->first = first >= 0 ? &facts->cycles->cycles[first] : NULL;
  find_window (facts);
  find_run (facts);
  return g_steal_pointer (&facts);
}

/**
 * plateau_cell_facts_free:
 * @facts: (transfer full) (nullable): freed
 */
void
plateau_cell_facts_free (PlateauCellFacts *facts)
{
  if (facts == NULL)
    return;
  g_clear_pointer (&facts->recording, plateau_recording_unref);
  g_clear_pointer (&facts->cycles, plateau_cycles_unref);
  g_clear_pointer (&facts->rate, plateau_rate_free);
  g_free (facts);
}

static int
compare_magnitudes (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* Whether the current of a step keeps to one value; a potential sweep's does not. */
static gboolean
has_constant_current (const PlateauCellFacts *facts, const PlateauStep *step)
{
  const double *current = plateau_recording_peek (facts->recording, PLATEAU_QUANTITY_CURRENT);
  double values[21];
  gsize n = step->last_row - step->first_row;

  if (current == NULL || n < 20)
    return TRUE;
  for (guint i = 0; i < 21; i++)
    values[i] = fabs (current[step->first_row + n * i / 20]);
  qsort (values, 21, sizeof *values, compare_magnitudes);
  return values[17] - values[3] <= MAXIMUM_CURRENT_SPREAD * values[10];
}

/* Sweeps and titrations have cycles too, but their capacities are not those of cycling. */
static gboolean
is_galvanostatic_cycling (const PlateauCellFacts *facts)
{
  for (guint side = 0; side < 2; side++)
    {
      g_autoptr (GArray)
          steps = plateau_cycles_list_branch_steps (facts->cycles, 1, side == 0, FALSE);
      const PlateauStep *longest = NULL;

      if (steps->len > MAXIMUM_PULSES)
        return FALSE;
      for (guint i = 0; i < steps->len; i++)
        {
          const PlateauStep *step = &facts->cycles->steps[g_array_index (steps, guint, i)];
          longest = longest == NULL || fabs (step->charge) > fabs (longest->charge) ? step
                                                                                    : longest;
        }
      if (longest != NULL && !has_constant_current (facts, longest))
        return FALSE;
    }
  return TRUE;
}

static PlateauCompareConditions
conditions_of (const PlateauCellFacts *facts, double current, double cycles)
{
  return (PlateauCompareConditions){ current / facts->by.one_c,
                                     facts->window_low,
                                     facts->window_high,
                                     facts->cell->temperature,
                                     facts->by.active_mass / facts->by.area,
                                     cycles,
                                     facts->cell->electrolyte };
}

/* @value in SI. */
static void
observe (GArray *observations, const PlateauCellFacts *facts, guint metric, double value,
         PlateauCompareConditions conditions)
{
  PlateauObservation observation = { &metrics[metric], facts->cell, conditions,
                                     plateau_from_si (value, metrics[metric].unit) };

  if (isfinite (observation.value))
    g_array_append_val (observations, observation);
}

/* Potential on the first charge, V with the offset, after @specific_charge in C/kg. */
static double
potential_at_charge (const PlateauCellFacts *facts, double specific_charge)
{
  g_autoptr (GArray) q = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) v = g_array_new (FALSE, FALSE, sizeof (double));
  double target = specific_charge * facts->by.active_mass;

  if (isnan (target)
      || !plateau_cycles_branch (facts->cycles, facts->recording, 1, TRUE, FALSE, q, v, NULL))
    return NAN;
  for (guint i = 1; i < q->len; i++)
    if (g_array_index (q, double, i) >= target)
      {
        double a = g_array_index (q, double, i - 1), b = g_array_index (q, double, i);
        double share = b > a ? (target - a) / (b - a) : 1;
        double before = g_array_index (v, double, i - 1), after = g_array_index (v, double, i);
        return before + share * (after - before) + facts->by.offset;
      }
  return NAN;
}

static void
observe_first_cycle (const PlateauCellFacts *facts, GArray *out)
{
  const PlateauCycle *first = facts->first;
  double mass = facts->by.active_mass, share = facts->summary.plateau_share;
  PlateauCompareConditions at;

  if (first == NULL || !first->complete)
    return;
  at = conditions_of (facts, first->discharge_current, NAN);
  observe (out, facts, INITIAL_CHARGE, first->charge_capacity / mass, at);
  observe (out, facts, INITIAL_DISCHARGE, first->discharge_capacity / mass, at);
  observe (out, facts, INITIAL_AREAL, first->discharge_capacity / facts->by.area, at);
  observe (out, facts, INITIAL_EFFICIENCY, facts->summary.initial_coulombic_efficiency, at);
  observe (out, facts, PLATEAU_SHARE, share, at);
  observe (out, facts, SLOPE_CAPACITY, (1 - share) * first->charge_capacity / mass, at);
  observe (out, facts, PLATEAU_CAPACITY, share * first->charge_capacity / mass, at);
  observe (out, facts, CHARGE_POTENTIAL, potential_at_charge (facts, EQUAL_CHARGE), at);
  observe (out, facts, FIRST_POLARISATION,
           first->mean_charge_potential - first->mean_discharge_potential, at);
}

static void
observe_rates (const PlateauCellFacts *facts, GArray *out)
{
  const PlateauRate *rate = facts->rate;
  guint slowest = 0, fastest = 0;

  if (rate == NULL || rate->n_groups < MINIMUM_GROUPS)
    return;
  for (guint i = 0; i < rate->n_groups; i++)
    {
      const PlateauRateGroup *group = &rate->groups[i];
      gboolean again = FALSE;

      /* A rate that comes back is the recovery, which has a number of its own. */
      for (guint k = 0; k < i; k++)
        again = again
                || fabs (log (rate->groups[k].discharge_current / group->discharge_current)) < 0.1;
      if (!again)
        observe (out, facts, RATE_CAPACITY, group->discharge_capacity_mean / facts->by.active_mass,
                 conditions_of (facts, group->discharge_current, NAN));
      slowest = group->discharge_current < rate->groups[slowest].discharge_current ? i : slowest;
      fastest = group->discharge_current > rate->groups[fastest].discharge_current ? i : fastest;
    }
  observe (out, facts, RATE_RATIO,
           rate->groups[fastest].discharge_capacity_mean
               / rate->groups[slowest].discharge_capacity_mean,
           conditions_of (facts, rate->groups[fastest].discharge_current, NAN));
  observe (out, facts, RATE_RECOVERY, rate->recovery,
           conditions_of (facts, rate->groups[0].discharge_current, NAN));
}

static double
mean_over_run (const PlateauCellFacts *facts, gboolean of_energy)
{
  double sum = 0;
  guint n = 0;

  for (guint i = facts->run.first + 1; i <= facts->run.last; i++)
    {
      const PlateauCycle *cycle = &facts->cycles->cycles[i];
      double value = of_energy ? plateau_cycle_energy_efficiency (cycle)
                               : plateau_cycle_coulombic_efficiency (
                                   cycle, facts->cycles->starts_with_charge);
      if (plateau_cycle_is_usable (cycle) && isfinite (value))
        {
          sum += value;
          n++;
        }
    }
  return n > 0 ? sum / n : NAN;
}

static void
observe_run (const PlateauCellFacts *facts, GArray *out)
{
  const PlateauCycle *start = &facts->cycles->cycles[facts->run.first];
  const PlateauCycle *end = &facts->cycles->cycles[facts->run.last];
  double mass = facts->by.active_mass, area = facts->by.area;
  PlateauCompareConditions at_start, over;

  if (facts->run.n < MINIMUM_RUN)
    return;
  at_start = conditions_of (facts, start->discharge_current, NAN);
  over = conditions_of (facts, start->discharge_current, end->cycle - start->cycle + 1);
  observe (out, facts, RUN_CAPACITY, start->discharge_capacity / mass, at_start);
  observe (out, facts, RUN_AREAL, start->discharge_capacity / area, at_start);
  observe (out, facts, RUN_ENERGY, start->discharge_energy / mass, at_start);
  observe (out, facts, RUN_POTENTIAL, start->mean_discharge_potential + facts->by.offset, at_start);
  observe (out, facts, RUN_POLARISATION,
           start->mean_charge_potential - start->mean_discharge_potential, at_start);
  observe (out, facts, RETENTION, facts->summary.retention, over);
  observe (out, facts, LAST_CAPACITY, end->discharge_capacity / mass, over);
  observe (out, facts, LAST_AREAL, end->discharge_capacity / area, over);
  observe (out, facts, LOSS, facts->summary.capacity_loss_per_cycle, over);
  observe (out, facts, LIFE, facts->summary.cycles_to_80_percent, at_start);
  observe (out, facts, RUN_EFFICIENCY, mean_over_run (facts, FALSE), over);
  observe (out, facts, RUN_ENERGY_EFFICIENCY, mean_over_run (facts, TRUE), over);
  observe (out, facts, VOLTAGE_DECAY, facts->summary.voltage_decay, over);
}

/**
 * plateau_metrics_observe:
 * @observations: (element-type PlateauObservation): gets every number that the cell gives
 */
void
plateau_metrics_observe (const PlateauCellFacts *facts, GArray *observations)
{
  if (facts->cycles->n_cycles == 0 || !is_galvanostatic_cycling (facts))
    return;
  observe_first_cycle (facts, observations);
  observe_rates (facts, observations);
  observe_run (facts, observations);
}

/**
 * plateau_metrics_observe_charge_potential:
 * @specific_charge: charge passed since the start of the first charge, C/kg of active material
 * @observations: (element-type PlateauObservation): gets the potential of the first charge there;
 *   nothing where the cell has no mass or was not charged as far
 *
 * Potentials of several cells after equal charge differ by the overpotential when their materials
 * have the same equilibrium potential there.
 */
void
plateau_metrics_observe_charge_potential (const PlateauCellFacts *facts, double specific_charge,
                                          GArray *observations)
{
  g_return_if_fail (facts->first != NULL);
  observe (observations, facts, HALF_CHARGE_POTENTIAL, potential_at_charge (facts, specific_charge),
           conditions_of (facts, facts->first->discharge_current, NAN));
}

/**
 * plateau_metrics_observe_retention:
 * @cycles: a number of cycles that the run of @facts reaches
 * @observations: (element-type PlateauObservation): gets the retention after that many cycles
 */
void
plateau_metrics_observe_retention (const PlateauCellFacts *facts, guint cycles,
                                   GArray *observations)
{
  const PlateauCycle *start = &facts->cycles->cycles[facts->run.first];

  for (guint i = facts->run.first; i <= facts->run.last; i++)
    {
      const PlateauCycle *cycle = &facts->cycles->cycles[i];
      if (cycle->cycle - start->cycle + 1 >= cycles && plateau_cycle_is_usable (cycle))
        {
          observe (observations, facts, RETENTION,
                   cycle->discharge_capacity / start->discharge_capacity,
                   conditions_of (facts, start->discharge_current, cycles));
          return;
        }
    }
}

static gboolean
agree_within (double a, double b, double absolute, double share)
{
  if (isnan (a) || isnan (b))
    return isnan (a) && isnan (b);
  return fabs (a - b) <= MAX (absolute, share * MAX (fabs (a), fabs (b)));
}

/**
 * plateau_electrolytes_agree:
 * @a: (nullable): as entered
 * @b: (nullable): as entered
 *
 * Returns: whether both name the same electrolyte, whatever case and space around it
 */
gboolean
plateau_electrolytes_agree (const char *a, const char *b)
{
  if (g_strcmp0 (a, b) == 0)
    return TRUE;
  g_autofree char *x = g_utf8_casefold (a != NULL ? a : "", -1);
  g_autofree char *y = g_utf8_casefold (b != NULL ? b : "", -1);
  return strcmp (g_strstrip (x), g_strstrip (y)) == 0;
}

/**
 * plateau_conditions_agree:
 *
 * Returns: whether numbers taken under both may be compared: rates within 12 %, windows within
 *   50 mV, temperatures within 3 K, loadings within 25 %, numbers of cycles within 2 %, the same
 *   electrolyte whatever its case. A condition that is not known agrees only with one that is not
 *   known either.
 */
gboolean
plateau_conditions_agree (const PlateauCompareConditions *a, const PlateauCompareConditions *b)
{
  return agree_within (a->c_rate, b->c_rate, 0, RATE_TOLERANCE)
         && agree_within (a->window_low, b->window_low, WINDOW_TOLERANCE, 0)
         && agree_within (a->window_high, b->window_high, WINDOW_TOLERANCE, 0)
         && agree_within (a->temperature, b->temperature, TEMPERATURE_TOLERANCE, 0)
         && agree_within (a->loading, b->loading, 0, LOADING_TOLERANCE)
         && agree_within (a->cycles, b->cycles, 1, 0.02)
         && plateau_electrolytes_agree (a->electrolyte, b->electrolyte);
}
