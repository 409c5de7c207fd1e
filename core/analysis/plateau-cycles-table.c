/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles-table.h"

#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

typedef enum
{
  CYCLE,
  INSTRUMENT_CYCLE,
  FIRST_ROW,
  LAST_ROW,
  DURATION,
  CHARGE_CAPACITY,
  DISCHARGE_CAPACITY,
  SPECIFIC_CHARGE_CAPACITY,
  SPECIFIC_DISCHARGE_CAPACITY,
  AREAL_CHARGE_CAPACITY,
  AREAL_DISCHARGE_CAPACITY,
  COULOMBIC_EFFICIENCY,
  COULOMBIC_EFFICIENCY_RESOLUTION,
  CHARGE_ENERGY,
  DISCHARGE_ENERGY,
  ENERGY_EFFICIENCY,
  MEAN_CHARGE_POTENTIAL,
  MEAN_DISCHARGE_POTENTIAL,
  MEDIAN_DISCHARGE_POTENTIAL,
  POLARISATION,
  CHARGE_RATE,
  DISCHARGE_RATE,
  HELD_SHARE,
  OUTLIER,
} CycleValue;

typedef struct
{
  CycleValue value;
  const char *key, *label, *unit;
  PlateauColumnType type;
  int digits;
} CycleColumn;

static const CycleColumn columns[] = {
  { CYCLE, "cycle", N_ ("Cycle"), "", PLATEAU_COLUMN_INTEGER, 0 },
  { INSTRUMENT_CYCLE, "instrument_cycle", N_ ("Instrument's cycle"), "", PLATEAU_COLUMN_INTEGER,
    0 },
  { FIRST_ROW, "first_row", N_ ("First row"), "", PLATEAU_COLUMN_INTEGER, 0 },
  { LAST_ROW, "last_row", N_ ("Last row"), "", PLATEAU_COLUMN_INTEGER, 0 },
  { DURATION, "duration_s", N_ ("Duration"), "s", PLATEAU_COLUMN_NUMBER, 6 },
  { CHARGE_CAPACITY, "charge_capacity_mAh", N_ ("Charge capacity"), "mAh", PLATEAU_COLUMN_NUMBER,
    5 },
  { DISCHARGE_CAPACITY, "discharge_capacity_mAh", N_ ("Discharge capacity"), "mAh",
    PLATEAU_COLUMN_NUMBER, 5 },
  { SPECIFIC_CHARGE_CAPACITY, "charge_capacity_mAh_g", N_ ("Specific charge capacity"), "mAh/g",
    PLATEAU_COLUMN_NUMBER, 4 },
  { SPECIFIC_DISCHARGE_CAPACITY, "discharge_capacity_mAh_g", N_ ("Specific discharge capacity"),
    "mAh/g", PLATEAU_COLUMN_NUMBER, 4 },
  { AREAL_CHARGE_CAPACITY, "charge_capacity_mAh_cm2", N_ ("Areal charge capacity"), "mAh/cm2",
    PLATEAU_COLUMN_NUMBER, 4 },
  { AREAL_DISCHARGE_CAPACITY, "discharge_capacity_mAh_cm2", N_ ("Areal discharge capacity"),
    "mAh/cm2", PLATEAU_COLUMN_NUMBER, 4 },
  { COULOMBIC_EFFICIENCY, "coulombic_efficiency_percent", N_ ("Coulombic efficiency"), "%",
    PLATEAU_COLUMN_NUMBER, 5 },
  { COULOMBIC_EFFICIENCY_RESOLUTION, "coulombic_efficiency_resolution_percent",
    N_ ("Resolution of the coulombic efficiency"), "%", PLATEAU_COLUMN_NUMBER, 2 },
  { CHARGE_ENERGY, "charge_energy_mWh", N_ ("Charge energy"), "mWh", PLATEAU_COLUMN_NUMBER, 5 },
  { DISCHARGE_ENERGY, "discharge_energy_mWh", N_ ("Discharge energy"), "mWh", PLATEAU_COLUMN_NUMBER,
    5 },
  { ENERGY_EFFICIENCY, "energy_efficiency_percent", N_ ("Energy efficiency"), "%",
    PLATEAU_COLUMN_NUMBER, 4 },
  { MEAN_CHARGE_POTENTIAL, "mean_charge_potential_V", N_ ("Mean charge potential"), "V",
    PLATEAU_COLUMN_NUMBER, 5 },
  { MEAN_DISCHARGE_POTENTIAL, "mean_discharge_potential_V", N_ ("Mean discharge potential"), "V",
    PLATEAU_COLUMN_NUMBER, 5 },
  { MEDIAN_DISCHARGE_POTENTIAL, "median_discharge_potential_V", N_ ("Median discharge potential"),
    "V", PLATEAU_COLUMN_NUMBER, 5 },
  { POLARISATION, "polarisation_V", N_ ("Polarisation"), "V", PLATEAU_COLUMN_NUMBER, 4 },
  { CHARGE_RATE, "charge_c_rate", N_ ("Charge rate"), "C-rate", PLATEAU_COLUMN_NUMBER, 3 },
  { DISCHARGE_RATE, "discharge_c_rate", N_ ("Discharge rate"), "C-rate", PLATEAU_COLUMN_NUMBER, 3 },
  { HELD_SHARE, "constant_potential_share_percent", N_ ("Constant-potential share of the charge"),
    "%", PLATEAU_COLUMN_NUMBER, 3 },
  { OUTLIER, "outlier", N_ ("Outlier"), "", PLATEAU_COLUMN_BOOLEAN, 0 },
};

/**
 * plateau_normalisation_of_cell:
 * @cell: (nullable): a cell of a study
 *
 * Returns: mass, area, 1C and offset of @cell; a mass or area of zero or less counts as not given
 */
PlateauNormalisation
plateau_normalisation_of_cell (const PlateauStudyCell *cell)
{
  PlateauNormalisation normalisation = PLATEAU_NORMALISATION_INIT;

  if (cell == NULL)
    return normalisation;
  normalisation.active_mass = cell->active_mass > 0 ? cell->active_mass : NAN;
  normalisation.area = cell->area > 0 ? cell->area : NAN;
  normalisation.one_c = cell->one_c > 0 ? cell->one_c : NAN;
  normalisation.offset = isnan (cell->reference_offset) ? 0 : cell->reference_offset;
  return normalisation;
}

/* In SI. */
static double
get_value (CycleValue value, const PlateauCycle *c, gboolean charge_first,
           const PlateauNormalisation *by)
{
  switch (value)
    {
    case CYCLE:
      return c->cycle;
    case INSTRUMENT_CYCLE:
      return c->instrument_cycle >= 0 ? c->instrument_cycle : NAN;
    case FIRST_ROW:
      return c->first_row;
    case LAST_ROW:
      return c->last_row;
    case DURATION:
      return c->duration;
    case CHARGE_CAPACITY:
      return c->charge_capacity;
    case DISCHARGE_CAPACITY:
      return c->discharge_capacity;
    case SPECIFIC_CHARGE_CAPACITY:
      return c->charge_capacity / by->active_mass;
    case SPECIFIC_DISCHARGE_CAPACITY:
      return c->discharge_capacity / by->active_mass;
    case AREAL_CHARGE_CAPACITY:
      return c->charge_capacity / by->area;
    case AREAL_DISCHARGE_CAPACITY:
      return c->discharge_capacity / by->area;
    case COULOMBIC_EFFICIENCY:
      return plateau_cycle_coulombic_efficiency (c, charge_first);
    case COULOMBIC_EFFICIENCY_RESOLUTION:
      return c->coulombic_efficiency_resolution;
    case CHARGE_ENERGY:
      return c->charge_energy;
    case DISCHARGE_ENERGY:
      return c->discharge_energy;
    case ENERGY_EFFICIENCY:
      return plateau_cycle_energy_efficiency (c);
    case MEAN_CHARGE_POTENTIAL:
      return c->mean_charge_potential + by->offset;
    case MEAN_DISCHARGE_POTENTIAL:
      return c->mean_discharge_potential + by->offset;
    case MEDIAN_DISCHARGE_POTENTIAL:
      return c->median_discharge_potential + by->offset;
    case POLARISATION:
      return c->mean_charge_potential - c->mean_discharge_potential;
    case CHARGE_RATE:
      return c->charge_current / by->one_c;
    case DISCHARGE_RATE:
      return c->discharge_current / by->one_c;
    case HELD_SHARE:
      return c->constant_potential_share;
    case OUTLIER:
      return c->outlier;
    }
  g_return_val_if_reached (NAN);
}

/**
 * plateau_cycles_table:
 * @normalisation: (nullable): %NULL: only what needs no mass, area or 1C
 *
 * The per-cycle values of a cell, one row a cycle in the unit of each column's head. Potentials
 * include the offset; energies are those of the cell as measured. Values that need a mass, area
 * or 1C that was not given are empty. The row's tag is the cycle number.
 *
 * Returns: (transfer full): the table
 */
PlateauTable *
plateau_cycles_table (PlateauCycles *cycles, const PlateauNormalisation *normalisation)
{
  PlateauNormalisation none = PLATEAU_NORMALISATION_INIT;
  PlateauTable *table = plateau_table_new (_ ("Cycles"));

  g_return_val_if_fail (cycles != NULL, table);
  normalisation = normalisation != NULL ? normalisation : &none;
  for (guint k = 0; k < G_N_ELEMENTS (columns); k++)
    plateau_table_add_column (table, columns[k].key, _ (columns[k].label), columns[k].unit,
                              columns[k].type, columns[k].digits);
  for (guint i = 0; i < cycles->n_cycles; i++)
    {
      guint row = plateau_table_add_row (table);

      plateau_table_set_row_tag (table, row, cycles->cycles[i].cycle);
      for (guint k = 0; k < G_N_ELEMENTS (columns); k++)
        {
          double value = get_value (columns[k].value, &cycles->cycles[i],
                                    cycles->starts_with_charge, normalisation);
          if (columns[k].unit[0] != 0)
            value = plateau_from_si (value, columns[k].unit);
          plateau_table_set_number (table, row, k, value);
        }
    }
  return table;
}

/**
 * plateau_cycles_summary_table:
 *
 * Returns: (transfer full): a table of one row with the numbers of a whole test
 */
PlateauTable *
plateau_cycles_summary_table (const PlateauCyclesSummary *summary)
{
  const struct
  {
    const char *key, *label, *unit;
    double value;
    PlateauColumnType type;
    int digits;
  } values[] = {
    { "initial_coulombic_efficiency_percent", N_ ("Initial coulombic efficiency"), "%",
      summary->initial_coulombic_efficiency, PLATEAU_COLUMN_NUMBER, 4 },
    { "retention_percent", N_ ("Capacity retention"), "%", summary->retention,
      PLATEAU_COLUMN_NUMBER, 4 },
    { "retention_reference_cycle", N_ ("Reference cycle"), "",
      summary->retention_reference_cycle > 0 ? summary->retention_reference_cycle : NAN,
      PLATEAU_COLUMN_INTEGER, 0 },
    { "retention_cycle", N_ ("Last cycle of the run"), "",
      summary->retention_cycle > 0 ? summary->retention_cycle : NAN, PLATEAU_COLUMN_INTEGER, 0 },
    { "capacity_loss_percent_per_cycle", N_ ("Capacity loss per cycle"), "%",
      summary->capacity_loss_per_cycle, PLATEAU_COLUMN_NUMBER, 3 },
    { "voltage_decay_mV_per_cycle", N_ ("Voltage decay per cycle"), "mV/cycle", summary->voltage_decay,
      PLATEAU_COLUMN_NUMBER, 3 },
    { "voltage_decay_stderr_mV_per_cycle", N_ ("Voltage decay per cycle, standard error"), "mV/cycle",
      summary->voltage_decay_stderr, PLATEAU_COLUMN_NUMBER, 2 },
    { "cycles_to_80_percent", N_ ("Cycles to 80 %"), "", summary->cycles_to_80_percent,
      PLATEAU_COLUMN_NUMBER, 4 },
    { "plateau_share_percent", N_ ("Plateau share of the first charge"), "%",
      summary->plateau_share, PLATEAU_COLUMN_NUMBER, 3 },
  };
  PlateauTable *table = plateau_table_new (_ ("Summary"));
  guint row;

  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    plateau_table_add_column (table, values[k].key, _ (values[k].label), values[k].unit,
                              values[k].type, values[k].digits);
  row = plateau_table_add_row (table);
  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    plateau_table_set_number (table, row, k,
                              values[k].unit[0] != 0
                                  ? plateau_from_si (values[k].value, values[k].unit)
                                  : values[k].value);
  return table;
}

/**
 * plateau_steps_table:
 * @normalisation: (nullable): its offset is added to potentials
 *
 * Returns: (transfer full): one row a step, tagged with its first row
 */
PlateauTable *
plateau_steps_table (PlateauCycles *cycles, const PlateauNormalisation *normalisation)
{
  static const char *const kinds[] = { N_ ("rest"), N_ ("charge"), N_ ("discharge"), N_ ("hold") };
  PlateauTable *table = plateau_table_new (_ ("Steps"));
  double offset = normalisation != NULL ? normalisation->offset : 0;

  g_return_val_if_fail (cycles != NULL, table);
  plateau_table_add_column (table, "step", _ ("Step"), "", PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "kind", _ ("Kind"), "", PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "start_s", _ ("Start"), "s", PLATEAU_COLUMN_NUMBER, 7);
  plateau_table_add_column (table, "duration_s", _ ("Duration"), "s", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "capacity_mAh", _ ("Charge passed"), "mAh",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "potential_start_V", _ ("Potential at the start"), "V",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "potential_end_V", _ ("Potential at the end"), "V",
                            PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "current_mA", _ ("Current"), "mA", PLATEAU_COLUMN_NUMBER, 4);
  for (guint i = 0; i < cycles->n_steps; i++)
    {
      const PlateauStep *step = &cycles->steps[i];
      guint row = plateau_table_add_row (table);

      plateau_table_set_row_tag (table, row, (gint64) step->first_row);
      plateau_table_set_number (table, row, 0, i + 1);
      plateau_table_set_word (table, row, 1, kinds[step->kind], _ (kinds[step->kind]));
      plateau_table_set_number (table, row, 2, step->start);
      plateau_table_set_number (table, row, 3, step->duration);
      plateau_table_set_number (table, row, 4, plateau_from_si (step->charge, "mAh"));
      plateau_table_set_number (table, row, 5, step->potential_start + offset);
      plateau_table_set_number (table, row, 6, step->potential_end + offset);
      plateau_table_set_number (table, row, 7, plateau_from_si (step->current, "mA"));
    }
  return table;
}
