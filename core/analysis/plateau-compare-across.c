/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-metrics.h"

#include "base/plateau-unit.h"

#include <math.h>
#include <string.h>

/* Numbers of a cell that need others of its sample or family. */

#define ROOM_LOW 288.15
#define ROOM_HIGH 303.15

/**
 * plateau_cell_family:
 *
 * Returns: what the cell's sample is compared within, "" where that was not said
 */
const char *
plateau_cell_family (const PlateauStudyCell *cell)
{
  return cell->sample->family != NULL ? cell->sample->family : "";
}

/* Capacities of cells at other temperatures against the mean of their sample at room temperature
 * and else equal conditions. */
static void
observe_temperatures (GArray *observations)
{
  const PlateauMetric *capacity = plateau_metric_find ("initial_discharge_capacity");
  const PlateauMetric *ratio = plateau_metric_find ("capacity_vs_room_temperature");
  guint n = observations->len;

  for (guint i = 0; i < n; i++)
    {
      PlateauObservation cold = g_array_index (observations, PlateauObservation, i);
      double sum = 0;
      guint count = 0;

      if (cold.metric != capacity || isnan (cold.conditions.temperature)
          || (cold.conditions.temperature >= ROOM_LOW && cold.conditions.temperature <= ROOM_HIGH))
        continue;
      for (guint k = 0; k < n; k++)
        {
          const PlateauObservation *room = &g_array_index (observations, PlateauObservation, k);
          PlateauCompareConditions moved = room->conditions;

          if (room->metric != capacity || room->cell->sample != cold.cell->sample
              || !(moved.temperature >= ROOM_LOW && moved.temperature <= ROOM_HIGH))
            continue;
          moved.temperature = cold.conditions.temperature;
          if (plateau_conditions_agree (&moved, &cold.conditions))
            {
              sum += room->value;
              count++;
            }
        }
      if (count > 0)
        {
          cold.value = 100 * cold.value / (sum / count);
          cold.metric = ratio;
          g_array_append_val (observations, cold);
        }
    }
}

/* Where samples of a family were cycled for different numbers of cycles, the retention after the
 * smaller number is comparable. */
static void
observe_common_retention (GPtrArray *all_facts, GArray *observations)
{
  const PlateauMetric *retention = plateau_metric_find ("capacity_retention");
  guint n = observations->len;

  for (guint f = 0; f < all_facts->len; f++)
    {
      const PlateauCellFacts *facts = all_facts->pdata[f];
      g_autoptr (GHashTable) done = g_hash_table_new (g_direct_hash, g_direct_equal);
      const PlateauObservation *own = NULL;

      for (guint i = 0; i < n; i++)
        {
          const PlateauObservation *o = &g_array_index (observations, PlateauObservation, i);
          if (o->metric == retention && o->cell == facts->cell)
            own = o;
        }
      if (own == NULL)
        continue;
      PlateauObservation mine = *own;
      for (guint i = 0; i < n; i++)
        {
          PlateauObservation other = g_array_index (observations, PlateauObservation, i);
          PlateauCompareConditions moved = other.conditions;

          moved.electrolyte = mine.conditions.electrolyte;
          if (other.metric != retention || other.cell->sample == facts->cell->sample
              || strcmp (plateau_cell_family (other.cell), plateau_cell_family (facts->cell)) != 0
              || !(other.conditions.cycles < 0.97 * mine.conditions.cycles))
            continue;
          moved.cycles = mine.conditions.cycles;
          if (plateau_conditions_agree (&moved, &mine.conditions)
              && g_hash_table_add (done, GINT_TO_POINTER ((int) other.conditions.cycles)))
            plateau_metrics_observe_retention (facts, (guint) other.conditions.cycles,
                                               observations);
        }
    }
}

/* Materials that take different charges are compared where all of them are under way: at half of
 * the smallest first charge among the cells of a family under equal conditions. */
static void
observe_half_charge (GPtrArray *all_facts, GArray *observations)
{
  const PlateauMetric *charge = plateau_metric_find ("initial_charge_capacity");
  guint n = observations->len;

  for (guint f = 0; f < all_facts->len; f++)
    {
      const PlateauCellFacts *facts = all_facts->pdata[f];
      PlateauObservation own = { 0 };
      double smallest = INFINITY;

      for (guint i = 0; i < n && own.cell == NULL; i++)
        {
          const PlateauObservation *o = &g_array_index (observations, PlateauObservation, i);
          if (o->metric == charge && o->cell == facts->cell)
            own = *o;
        }
      for (guint i = 0; own.cell != NULL && i < n; i++)
        {
          const PlateauObservation *o = &g_array_index (observations, PlateauObservation, i);
          PlateauCompareConditions moved = o->conditions;

          moved.electrolyte = own.conditions.electrolyte;
          if (o->metric == charge
              && strcmp (plateau_cell_family (o->cell), plateau_cell_family (own.cell)) == 0
              && plateau_conditions_agree (&moved, &own.conditions))
            smallest = MIN (smallest, o->value);
        }
      if (own.cell != NULL)
        plateau_metrics_observe_charge_potential (
            facts, 0.5 * plateau_to_si (smallest, charge->unit), observations);
    }
}

/**
 * plateau_metrics_observe_across:
 * @all_facts: (element-type PlateauCellFacts): of all cells
 * @observations: (element-type PlateauObservation): what plateau_metrics_observe() gave of them;
 *   gets more
 *
 * Capacities relative to those of the same sample at room temperature; retentions after the number
 * of cycles that the others of the family reached; the potential of the first charge at half of the
 * smallest first charge of the family.
 */
void
plateau_metrics_observe_across (GPtrArray *all_facts, GArray *observations)
{
  observe_temperatures (observations);
  observe_common_retention (all_facts, observations);
  observe_half_charge (all_facts, observations);
}
