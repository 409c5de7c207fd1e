/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-unit.h"

#include <math.h>
#include <string.h>

#define D(name) PLATEAU_DIMENSION_##name

/* The first unit of a dimension is SI. */
static const PlateauUnit units[] = {
  { "", "", "", D (NONE), 1, 0 },

  { "s", "s", "s", D (TIME), 1, 0 },
  { "ms", "ms", "ms", D (TIME), 1e-3, 0 },
  { "us", "µs", "us", D (TIME), 1e-6, 0 },
  { "min", "min", "min", D (TIME), 60, 0 },
  { "h", "h", "h", D (TIME), 3600, 0 },
  { "d", "d", "d", D (TIME), 86400, 0 },

  { "V", "V", "V", D (POTENTIAL), 1, 0 },
  { "mV", "mV", "mV", D (POTENTIAL), 1e-3, 0 },
  { "uV", "µV", "uV", D (POTENTIAL), 1e-6, 0 },

  { "A", "A", "A", D (CURRENT), 1, 0 },
  { "mA", "mA", "mA", D (CURRENT), 1e-3, 0 },
  { "uA", "µA", "uA", D (CURRENT), 1e-6, 0 },
  { "nA", "nA", "nA", D (CURRENT), 1e-9, 0 },

  { "C", "C", "C", D (CHARGE), 1, 0 },
  { "mAh", "mAh", "mAh", D (CHARGE), 3.6, 0 },
  { "Ah", "Ah", "Ah", D (CHARGE), 3600, 0 },
  { "uAh", "µAh", "uAh", D (CHARGE), 3.6e-3, 0 },
  { "mAs", "mA s", "mAs", D (CHARGE), 1e-3, 0 },
  { "As", "A s", "As", D (CHARGE), 1, 0 },
  { "mC", "mC", "mC", D (CHARGE), 1e-3, 0 },

  { "J", "J", "J", D (ENERGY), 1, 0 },
  { "mWh", "mWh", "mWh", D (ENERGY), 3.6, 0 },
  { "Wh", "Wh", "Wh", D (ENERGY), 3600, 0 },
  { "uWh", "µWh", "uWh", D (ENERGY), 3.6e-3, 0 },
  { "kWh", "kWh", "kWh", D (ENERGY), 3.6e6, 0 },
  { "mWs", "mW s", "mWs", D (ENERGY), 1e-3, 0 },
  { "Ws", "W s", "Ws", D (ENERGY), 1, 0 },

  { "W", "W", "W", D (POWER), 1, 0 },
  { "mW", "mW", "mW", D (POWER), 1e-3, 0 },
  { "uW", "µW", "uW", D (POWER), 1e-6, 0 },

  { "kg", "kg", "kg", D (MASS), 1, 0 },
  { "g", "g", "g", D (MASS), 1e-3, 0 },
  { "mg", "mg", "mg", D (MASS), 1e-6, 0 },
  { "ug", "µg", "ug", D (MASS), 1e-9, 0 },

  { "m", "m", "m", D (LENGTH), 1, 0 },
  { "cm", "cm", "cm", D (LENGTH), 1e-2, 0 },
  { "mm", "mm", "mm", D (LENGTH), 1e-3, 0 },
  { "um", "µm", "um", D (LENGTH), 1e-6, 0 },
  { "nm", "nm", "nm", D (LENGTH), 1e-9, 0 },

  { "m2", "m²", "m2", D (AREA), 1, 0 },
  { "cm2", "cm²", "cm2", D (AREA), 1e-4, 0 },
  { "mm2", "mm²", "mm2", D (AREA), 1e-6, 0 },

  { "K", "K", "K", D (TEMPERATURE), 1, 0 },
  { "degC", "°C", "C", D (TEMPERATURE), 1, 273.15 },

  { "Pa", "Pa", "Pa", D (PRESSURE), 1, 0 },
  { "MPa", "MPa", "MPa", D (PRESSURE), 1e6, 0 },
  { "kPa", "kPa", "kPa", D (PRESSURE), 1e3, 0 },
  { "bar", "bar", "bar", D (PRESSURE), 1e5, 0 },

  { "ohm", "Ω", "ohm", D (RESISTANCE), 1, 0 },
  { "mohm", "mΩ", "mohm", D (RESISTANCE), 1e-3, 0 },
  { "kohm", "kΩ", "kohm", D (RESISTANCE), 1e3, 0 },
  { "Mohm", "MΩ", "Mohm", D (RESISTANCE), 1e6, 0 },

  { "Hz", "Hz", "Hz", D (FREQUENCY), 1, 0 },
  { "kHz", "kHz", "kHz", D (FREQUENCY), 1e3, 0 },
  { "MHz", "MHz", "MHz", D (FREQUENCY), 1e6, 0 },
  { "mHz", "mHz", "mHz", D (FREQUENCY), 1e-3, 0 },

  { "F", "F", "F", D (CAPACITANCE), 1, 0 },
  { "mF", "mF", "mF", D (CAPACITANCE), 1e-3, 0 },
  { "uF", "µF", "uF", D (CAPACITANCE), 1e-6, 0 },
  { "H", "H", "H", D (INDUCTANCE), 1, 0 },
  { "S", "S", "S", D (CONDUCTANCE), 1, 0 },

  { "S/m", "S m⁻¹", "S_m", D (CONDUCTIVITY), 1, 0 },
  { "mS/cm", "mS cm⁻¹", "mS_cm", D (CONDUCTIVITY), 0.1, 0 },
  { "S/cm", "S cm⁻¹", "S_cm", D (CONDUCTIVITY), 100, 0 },

  { "m2/s", "m² s⁻¹", "m2_s", D (DIFFUSIVITY), 1, 0 },
  { "cm2/s", "cm² s⁻¹", "cm2_s", D (DIFFUSIVITY), 1e-4, 0 },

  { "C/kg", "C kg⁻¹", "C_kg", D (SPECIFIC_CHARGE), 1, 0 },
  { "mAh/g", "mAh g⁻¹", "mAh_g", D (SPECIFIC_CHARGE), 3600, 0 },
  { "Ah/kg", "Ah kg⁻¹", "Ah_kg", D (SPECIFIC_CHARGE), 3600, 0 },
  { "Ah/g", "Ah g⁻¹", "Ah_g", D (SPECIFIC_CHARGE), 3.6e6, 0 },

  { "C/m2", "C m⁻²", "C_m2", D (AREAL_CHARGE), 1, 0 },
  { "mAh/cm2", "mAh cm⁻²", "mAh_cm2", D (AREAL_CHARGE), 3.6e4, 0 },

  { "J/kg", "J kg⁻¹", "J_kg", D (SPECIFIC_ENERGY), 1, 0 },
  { "mWh/g", "mWh g⁻¹", "mWh_g", D (SPECIFIC_ENERGY), 3600, 0 },
  { "Wh/kg", "Wh kg⁻¹", "Wh_kg", D (SPECIFIC_ENERGY), 3600, 0 },

  { "J/m2", "J m⁻²", "J_m2", D (AREAL_ENERGY), 1, 0 },
  { "mWh/cm2", "mWh cm⁻²", "mWh_cm2", D (AREAL_ENERGY), 3.6e4, 0 },

  { "A/kg", "A kg⁻¹", "A_kg", D (SPECIFIC_CURRENT), 1, 0 },
  { "mA/g", "mA g⁻¹", "mA_g", D (SPECIFIC_CURRENT), 1, 0 },

  { "A/m2", "A m⁻²", "A_m2", D (CURRENT_DENSITY), 1, 0 },
  { "mA/cm2", "mA cm⁻²", "mA_cm2", D (CURRENT_DENSITY), 10, 0 },
  { "uA/cm2", "µA cm⁻²", "uA_cm2", D (CURRENT_DENSITY), 1e-2, 0 },

  { "kg/m2", "kg m⁻²", "kg_m2", D (AREAL_MASS), 1, 0 },
  { "mg/cm2", "mg cm⁻²", "mg_cm2", D (AREAL_MASS), 1e-2, 0 },

  { "ohm m2", "Ω m²", "ohm_m2", D (AREAL_RESISTANCE), 1, 0 },
  { "ohm cm2", "Ω cm²", "ohm_cm2", D (AREAL_RESISTANCE), 1e-4, 0 },
  { "ohm m", "Ω m", "ohm_m", D (RESISTIVITY), 1, 0 },
  { "ohm cm", "Ω cm", "ohm_cm", D (RESISTIVITY), 1e-2, 0 },

  { "C/V", "C V⁻¹", "C_V", D (DIFFERENTIAL_CAPACITY), 1, 0 },
  { "mAh/V", "mAh V⁻¹", "mAh_V", D (DIFFERENTIAL_CAPACITY), 3.6, 0 },
  { "C/(kg V)", "C kg⁻¹ V⁻¹", "C_kg_V", D (SPECIFIC_DIFFERENTIAL_CAPACITY), 1, 0 },
  { "mAh/(g V)", "mAh g⁻¹ V⁻¹", "mAh_g_V", D (SPECIFIC_DIFFERENTIAL_CAPACITY), 3600, 0 },
  { "Ah/(kg V)", "Ah kg⁻¹ V⁻¹", "Ah_kg_V", D (SPECIFIC_DIFFERENTIAL_CAPACITY), 3600, 0 },
  { "V/C", "V C⁻¹", "V_C", D (DIFFERENTIAL_POTENTIAL), 1, 0 },
  { "V/mAh", "V mAh⁻¹", "V_mAh", D (DIFFERENTIAL_POTENTIAL), 1 / 3.6, 0 },

  { "V/s", "V s⁻¹", "V_s", D (SCAN_RATE), 1, 0 },
  { "mV/s", "mV s⁻¹", "mV_s", D (SCAN_RATE), 1e-3, 0 },
  { "V/cycle", "V", "V_per_cycle", D (POTENTIAL_PER_CYCLE), 1, 0 },
  { "mV/cycle", "mV", "mV_per_cycle", D (POTENTIAL_PER_CYCLE), 1e-3, 0 },

  { "1", "", "", D (FRACTION), 1, 0 },
  { "%", "%", "percent", D (FRACTION), 1e-2, 0 },
  { "rad", "rad", "rad", D (PHASE), 1, 0 },
  { "deg", "°", "deg", D (PHASE), G_PI / 180, 0 },

  { "kg/mol", "kg mol⁻¹", "kg_mol", D (MOLAR_MASS), 1, 0 },
  { "g/mol", "g mol⁻¹", "g_mol", D (MOLAR_MASS), 1e-3, 0 },
  { "m3/mol", "m³ mol⁻¹", "m3_mol", D (MOLAR_VOLUME), 1, 0 },
  { "cm3/mol", "cm³ mol⁻¹", "cm3_mol", D (MOLAR_VOLUME), 1e-6, 0 },
  { "mol/m3", "mol m⁻³", "mol_m3", D (CONCENTRATION), 1, 0 },
  { "mol/cm3", "mol cm⁻³", "mol_cm3", D (CONCENTRATION), 1e6, 0 },
  { "mol/L", "mol L⁻¹", "mol_L", D (CONCENTRATION), 1e3, 0 },
  { "m2/kg", "m² kg⁻¹", "m2_kg", D (SPECIFIC_AREA), 1, 0 },
  { "m2/g", "m² g⁻¹", "m2_g", D (SPECIFIC_AREA), 1e3, 0 },
  { "C-rate", "C", "C", D (RATE), 1, 0 },
};

#undef D

/* Spellings that instruments use, after folding (see fold()). */
static const struct
{
  const char *spelling;
  const char *id;
} spellings[] = {
  { "sec", "s" },
  { "secs", "s" },
  { "second", "s" },
  { "seconds", "s" },
  { "秒", "s" },
  { "minute", "min" },
  { "minutes", "min" },
  { "mins", "min" },
  { "分", "min" },
  { "分钟", "min" },
  { "hr", "h" },
  { "hrs", "h" },
  { "hour", "h" },
  { "hours", "h" },
  { "小时", "h" },
  { "时", "h" },
  { "days", "d" },
  { "day", "d" },
  { "msec", "ms" },
  { "volt", "V" },
  { "volts", "V" },
  { "伏", "V" },
  { "millivolt", "mV" },
  { "amp", "A" },
  { "amps", "A" },
  { "ampere", "A" },
  { "安", "A" },
  { "mamp", "mA" },
  { "mamps", "mA" },
  { "milliampere", "mA" },
  { "毫安", "mA" },
  { "uamps", "uA" },
  { "ma.h", "mAh" },
  { "a.h", "Ah" },
  { "ua.h", "uAh" },
  { "ma-h", "mAh" },
  { "a-h", "Ah" },
  { "amp-hr", "Ah" },
  { "mamp-hr", "mAh" },
  { "amphr", "Ah" },
  { "ma*h", "mAh" },
  { "a*h", "Ah" },
  { "毫安时", "mAh" },
  { "安时", "Ah" },
  { "w.h", "Wh" },
  { "mw.h", "mWh" },
  { "watt-hr", "Wh" },
  { "mwatt-hr", "mWh" },
  { "w-h", "Wh" },
  { "w*h", "Wh" },
  { "mw*h", "mWh" },
  { "毫瓦时", "mWh" },
  { "coulomb", "C" },
  { "mah/g", "mAh/g" },
  { "ma.h/g", "mAh/g" },
  { "mah g-1", "mAh/g" },
  { "ma h/g", "mAh/g" },
  { "ma h", "mAh" },
  { "a h", "Ah" },
  { "w h", "Wh" },
  { "mw h", "mWh" },
  { "°c", "degC" },
  { "℃", "degC" },
  { "celsius", "degC" },
  { "deg c", "degC" },
  { "dc.", "degC" },
  { "degc", "degC" },
  { "c", "degC" },
  { "ºc", "degC" },
  { "?c", "degC" },
  { "kelvin", "K" },
  { "ohms", "ohm" },
  { "Ω", "ohm" },
  { "ω", "ohm" },
  { "Ω", "ohm" },
  { "kΩ", "kohm" },
  { "mΩ", "mohm" },
  { "hertz", "Hz" },
  { "degrees", "deg" },
  { "degree", "deg" },
  { "°", "deg" },
  { "radian", "rad" },
  { "percent", "%" },
  { "watts", "W" },
  { "watt", "W" },
  { "farad", "F" },
  { "cm^2", "cm2" },
  { "cm²", "cm2" },
  { "ohm.cm2", "ohm cm2" },
  { "ohm*cm2", "ohm cm2" },
  { "ohm.cm^2", "ohm cm2" },
  { "ohm cm^2", "ohm cm2" },
};

/**
 * plateau_unit_find:
 * @id: an id of the table ("mAh/g")
 *
 * Returns: (transfer none) (nullable): the unit, or NULL when the table has none of that id
 */
const PlateauUnit *
plateau_unit_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].id, id) == 0)
      return &units[i];
  return NULL;
}

/**
 * plateau_unit_si:
 *
 * Returns: (transfer none): the unit in which values of @dimension are kept
 */
const PlateauUnit *
plateau_unit_si (PlateauDimension dimension)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (units[i].dimension == dimension)
      return &units[i];
  return &units[0];
}

/**
 * plateau_unit_list:
 * @dimension: a dimension
 * @n_units: (out): how many follow
 *
 * The units a user may choose for @dimension, SI first.
 *
 * Returns: (transfer container): an array to free with g_free()
 */
const PlateauUnit *const *
plateau_unit_list (PlateauDimension dimension, guint *n_units)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (units[i].dimension == dimension)
      g_ptr_array_add (found, (gpointer) &units[i]);
  *n_units = found->len;
  g_ptr_array_add (found, NULL);
  return (const PlateauUnit *const *) g_ptr_array_free (g_steal_pointer (&found), FALSE);
}

/* Lower case is not enough: "mHz" and "MHz", "S" and "s" differ by case alone, so the exact
 * spelling is tried first and the folded one only where it is unambiguous in the dimension. */
static char *
fold (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == 0xB5 || c == 0x3BC) /* micro sign, Greek mu */
        c = 'u';
      else if (c == 0xB7 || c == 0x22C5) /* middle dot, dot operator */
        c = '.';
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * plateau_unit_parse:
 * @text: a unit as an instrument or a person writes it: "mA.h", "µA", "Amp-hr", "°C"
 * @dimension: what it must measure, or PLATEAU_DIMENSION_NONE for any
 *
 * Both micro signs are accepted. Upper and lower case count only where they tell units of one
 * dimension apart.
 *
 * Returns: (transfer none) (nullable): the unit, or NULL when the text names none of @dimension
 */
const PlateauUnit *
plateau_unit_parse (const char *text, PlateauDimension dimension)
{
  g_return_val_if_fail (text != NULL, NULL);
  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  g_autofree char *name = fold (text);
  if (name[0] == '\0')
    return NULL;

#define FITS(u) (dimension == PLATEAU_DIMENSION_NONE || (u)->dimension == dimension)
  for (gsize i = 1; i < G_N_ELEMENTS (units); i++)
    if (FITS (&units[i]) && (strcmp (units[i].id, name) == 0 || strcmp (units[i].label, name) == 0))
      return &units[i];
  g_autofree char *lower = g_utf8_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (strcmp (spellings[i].spelling, lower) == 0)
      {
        const PlateauUnit *unit = plateau_unit_find (spellings[i].id);
        if (FITS (unit))
          return unit;
      }
  for (gsize i = 1; i < G_N_ELEMENTS (units); i++)
    if (FITS (&units[i]) && g_ascii_strcasecmp (units[i].id, name) == 0)
      return &units[i];
#undef FITS
  return NULL;
}

/**
 * plateau_unit_to_si:
 *
 * Returns: @value, given in @unit, in SI; NaN stays NaN
 */
double
plateau_unit_to_si (const PlateauUnit *unit, double value)
{
  return unit->factor * value + unit->offset;
}

/**
 * plateau_unit_from_si:
 *
 * Returns: the SI @value in @unit; NaN stays NaN
 */
double
plateau_unit_from_si (const PlateauUnit *unit, double value)
{
  return (value - unit->offset) / unit->factor;
}

/**
 * plateau_from_si:
 *
 * Short form of plateau_unit_from_si() for a unit known by its id.
 */
double
plateau_from_si (double value, const char *unit_id)
{
  const PlateauUnit *unit = plateau_unit_find (unit_id);
  g_return_val_if_fail (unit != NULL, NAN);
  return plateau_unit_from_si (unit, value);
}

/**
 * plateau_to_si:
 *
 * Short form of plateau_unit_to_si() for a unit known by its id.
 */
double
plateau_to_si (double value, const char *unit_id)
{
  const PlateauUnit *unit = plateau_unit_find (unit_id);
  g_return_val_if_fail (unit != NULL, NAN);
  return plateau_unit_to_si (unit, value);
}
