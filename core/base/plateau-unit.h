/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values are SI inside; they are converted only where they enter (readers, entries, sheets) and
 * where they leave (axes, tables, files), and only through this table. */

typedef enum
{
  PLATEAU_DIMENSION_NONE,
  PLATEAU_DIMENSION_TIME,                           /* s */
  PLATEAU_DIMENSION_POTENTIAL,                      /* V */
  PLATEAU_DIMENSION_CURRENT,                        /* A */
  PLATEAU_DIMENSION_CHARGE,                         /* C */
  PLATEAU_DIMENSION_ENERGY,                         /* J */
  PLATEAU_DIMENSION_POWER,                          /* W */
  PLATEAU_DIMENSION_MASS,                           /* kg */
  PLATEAU_DIMENSION_LENGTH,                         /* m */
  PLATEAU_DIMENSION_AREA,                           /* m2 */
  PLATEAU_DIMENSION_TEMPERATURE,                    /* K */
  PLATEAU_DIMENSION_PRESSURE,                       /* Pa */
  PLATEAU_DIMENSION_RESISTANCE,                     /* ohm */
  PLATEAU_DIMENSION_FREQUENCY,                      /* Hz */
  PLATEAU_DIMENSION_CAPACITANCE,                    /* F */
  PLATEAU_DIMENSION_INDUCTANCE,                     /* H */
  PLATEAU_DIMENSION_CONDUCTANCE,                    /* S */
  PLATEAU_DIMENSION_CONDUCTIVITY,                   /* S/m */
  PLATEAU_DIMENSION_DIFFUSIVITY,                    /* m2/s */
  PLATEAU_DIMENSION_SPECIFIC_CHARGE,                /* C/kg */
  PLATEAU_DIMENSION_AREAL_CHARGE,                   /* C/m2 */
  PLATEAU_DIMENSION_SPECIFIC_ENERGY,                /* J/kg */
  PLATEAU_DIMENSION_AREAL_ENERGY,                   /* J/m2 */
  PLATEAU_DIMENSION_SPECIFIC_CURRENT,               /* A/kg */
  PLATEAU_DIMENSION_CURRENT_DENSITY,                /* A/m2 */
  PLATEAU_DIMENSION_AREAL_MASS,                     /* kg/m2 */
  PLATEAU_DIMENSION_AREAL_RESISTANCE,               /* ohm m2 */
  PLATEAU_DIMENSION_RESISTIVITY,                    /* ohm m */
  PLATEAU_DIMENSION_DIFFERENTIAL_CAPACITY,          /* C/V */
  PLATEAU_DIMENSION_SPECIFIC_DIFFERENTIAL_CAPACITY, /* C/(kg V) */
  PLATEAU_DIMENSION_DIFFERENTIAL_POTENTIAL,         /* V/C */
  PLATEAU_DIMENSION_SCAN_RATE,                      /* V/s */
  PLATEAU_DIMENSION_POTENTIAL_PER_CYCLE,            /* V per cycle */
  PLATEAU_DIMENSION_FRACTION,                       /* 1 */
  PLATEAU_DIMENSION_PHASE,                          /* rad */
  PLATEAU_DIMENSION_MOLAR_MASS,                     /* kg/mol */
  PLATEAU_DIMENSION_MOLAR_VOLUME,                   /* m3/mol */
  PLATEAU_DIMENSION_CONCENTRATION,                  /* mol/m3 */
  PLATEAU_DIMENSION_SPECIFIC_AREA,                  /* m2/kg */
  PLATEAU_DIMENSION_RATE,                           /* 1/h as it stands: C-rate */
} PlateauDimension;

typedef struct
{
  const char *id;     /* "mAh/g": stable, in files and settings */
  const char *label;  /* "mAh g⁻¹": for axes and table heads */
  const char *suffix; /* "mAh_g": for JSON keys and CSV columns */
  PlateauDimension dimension;
  double factor; /* SI = factor * value + offset */
  double offset;
} PlateauUnit;

const PlateauUnit *plateau_unit_find (const char *id);
const PlateauUnit *plateau_unit_si (PlateauDimension dimension);
const PlateauUnit *const *plateau_unit_list (PlateauDimension dimension, guint *n_units);
const PlateauUnit *plateau_unit_parse (const char *text, PlateauDimension dimension);
double plateau_unit_to_si (const PlateauUnit *unit, double value);
double plateau_unit_from_si (const PlateauUnit *unit, double value);
double plateau_from_si (double value, const char *unit_id);
double plateau_to_si (double value, const char *unit_id);

G_END_DECLS
