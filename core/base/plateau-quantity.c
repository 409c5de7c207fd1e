/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-quantity.h"

#include <glib/gi18n.h>
#include <string.h>

#define Q(name) PLATEAU_QUANTITY_##name
#define D(name) PLATEAU_DIMENSION_##name

/* In the order of the enumeration; plateau_quantity_get_info() relies on it. */
static const PlateauQuantityInfo infos[PLATEAU_N_QUANTITIES] = {
  { Q (OTHER), "other", "Other", N_ ("Other"), "", D (NONE) },
  { Q (TIME), "test_time_second", "Test Time / s", N_ ("Time"), "s", D (TIME) },
  { Q (STEP_TIME), "step_time_second", "Step Time / s", N_ ("Step time"), "s", D (TIME) },
  { Q (CLOCK), "unix_time_second", "Unix Time / s", N_ ("Date and time"), "s", D (TIME) },
  { Q (POTENTIAL), "voltage_volt", "Voltage / V", N_ ("Potential"), "V", D (POTENTIAL) },
  { Q (CURRENT), "current_ampere", "Current / A", N_ ("Current"), "A", D (CURRENT) },
  { Q (CHARGE), "net_capacity_ah", "Net Capacity / Ah", N_ ("Charge passed"), "Ah", D (CHARGE) },
  { Q (ENERGY), "net_energy_wh", "Net Energy / Wh", N_ ("Energy passed"), "Wh", D (ENERGY) },
  { Q (CYCLE), "cycle_count", "Cycle Count / 1", N_ ("Cycle"), "1", D (FRACTION) },
  { Q (HALF_CYCLE), "half_cycle_count", "Half Cycle Count / 1", N_ ("Half cycle"), "1",
    D (FRACTION) },
  { Q (STEP_INDEX), "step_index", "Step Index / 1", N_ ("Program step"), "1", D (FRACTION) },
  { Q (STEP_COUNT), "step_count", "Step Count / 1", N_ ("Step"), "1", D (FRACTION) },
  { Q (MODE), "mode", "Mode / 1", N_ ("Mode"), "1", D (FRACTION) },
  { Q (TEMPERATURE), "temperature_t1_degc", "Temperature T1 / degC", N_ ("Temperature"), "degC",
    D (TEMPERATURE) },
  { Q (POWER), "power_watt", "Power / W", N_ ("Power"), "W", D (POWER) },
  { Q (COUNTER_POTENTIAL), "counter_electrode_potential_volt", "Counter Electrode Potential / V",
    N_ ("Counter electrode potential"), "V", D (POTENTIAL) },
  { Q (CELL_POTENTIAL), "cell_potential_volt", "Cell Potential / V", N_ ("Cell potential"), "V",
    D (POTENTIAL) },
  { Q (FREQUENCY), "frequency_hertz", "Frequency / Hz", N_ ("Frequency"), "Hz", D (FREQUENCY) },
  { Q (IMPEDANCE_REAL), "real_impedance_ohm", "Real Impedance / ohm", N_ ("Z′"), "ohm",
    D (RESISTANCE) },
  { Q (IMPEDANCE_IMAGINARY), "imaginary_impedance_ohm", "Imaginary Impedance / ohm", N_ ("Z″"),
    "ohm", D (RESISTANCE) },
  { Q (COUNTER_CHARGE_CAPACITY), "charging_capacity_ah", "Charging Capacity / Ah",
    N_ ("Charge capacity counter"), "Ah", D (CHARGE) },
  { Q (COUNTER_DISCHARGE_CAPACITY), "discharging_capacity_ah", "Discharging Capacity / Ah",
    N_ ("Discharge capacity counter"), "Ah", D (CHARGE) },
  { Q (COUNTER_CAPACITY), "step_capacity_ah", "Step Capacity / Ah", N_ ("Capacity counter"), "Ah",
    D (CHARGE) },
  { Q (COUNTER_SIGNED_CHARGE), "signed_capacity_ah", "Signed Capacity / Ah",
    N_ ("Signed charge counter"), "Ah", D (CHARGE) },
  { Q (CHARGE_INCREMENT), "charge_increment_ah", "Charge Increment / Ah", N_ ("Charge increment"),
    "Ah", D (CHARGE) },
  { Q (COUNTER_CHARGE_ENERGY), "charging_energy_wh", "Charging Energy / Wh",
    N_ ("Charge energy counter"), "Wh", D (ENERGY) },
  { Q (COUNTER_DISCHARGE_ENERGY), "discharging_energy_wh", "Discharging Energy / Wh",
    N_ ("Discharge energy counter"), "Wh", D (ENERGY) },
  { Q (COUNTER_ENERGY), "step_energy_wh", "Step Energy / Wh", N_ ("Energy counter"), "Wh",
    D (ENERGY) },
};

/**
 * plateau_quantity_get_info:
 *
 * Returns: (transfer none): names, unit and dimension of @quantity
 */
const PlateauQuantityInfo *
plateau_quantity_get_info (PlateauQuantity quantity)
{
  g_return_val_if_fail ((int) quantity >= 0 && quantity < PLATEAU_N_QUANTITIES, &infos[0]);
  return &infos[quantity];
}

/**
 * plateau_quantity_from_id:
 * @id: a Battery Data Format machine name or a short name ("potential", "current", "time")
 *
 * Returns: the quantity, or PLATEAU_QUANTITY_OTHER when @id names none
 */
PlateauQuantity
plateau_quantity_from_id (const char *id)
{
  static const struct
  {
    const char *name;
    PlateauQuantity quantity;
  } short_names[] = {
    { "time", Q (TIME) },
    { "step_time", Q (STEP_TIME) },
    { "clock", Q (CLOCK) },
    { "potential", Q (POTENTIAL) },
    { "voltage", Q (POTENTIAL) },
    { "current", Q (CURRENT) },
    { "charge", Q (COUNTER_SIGNED_CHARGE) },
    { "capacity", Q (COUNTER_CAPACITY) },
    { "charge_capacity", Q (COUNTER_CHARGE_CAPACITY) },
    { "discharge_capacity", Q (COUNTER_DISCHARGE_CAPACITY) },
    { "energy", Q (COUNTER_ENERGY) },
    { "cycle", Q (CYCLE) },
    { "step", Q (STEP_INDEX) },
    { "temperature", Q (TEMPERATURE) },
    { "frequency", Q (FREQUENCY) },
    { "z_re", Q (IMPEDANCE_REAL) },
    { "z_im", Q (IMPEDANCE_IMAGINARY) },
  };
  g_return_val_if_fail (id != NULL, PLATEAU_QUANTITY_OTHER);
  for (gsize i = 1; i < PLATEAU_N_QUANTITIES; i++)
    if (strcmp (infos[i].id, id) == 0)
      return infos[i].quantity;
  for (gsize i = 0; i < G_N_ELEMENTS (short_names); i++)
    if (g_ascii_strcasecmp (short_names[i].name, id) == 0)
      return short_names[i].quantity;
  return PLATEAU_QUANTITY_OTHER;
}
