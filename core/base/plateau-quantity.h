/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-unit.h"

G_BEGIN_DECLS

/* What a column of a recording holds. Sign: charging current is positive. Capacitive impedance
 * has a negative imaginary part. */
typedef enum
{
  PLATEAU_QUANTITY_OTHER, /* an auxiliary column, known by its name and unit alone */
  PLATEAU_QUANTITY_TIME,  /* since the start of the test, never falling after reading */
  PLATEAU_QUANTITY_STEP_TIME,
  PLATEAU_QUANTITY_CLOCK,     /* Unix time, local clocks taken as UTC when no zone is given */
  PLATEAU_QUANTITY_POTENTIAL, /* working electrode as measured, no reference offset */
  PLATEAU_QUANTITY_CURRENT,
  PLATEAU_QUANTITY_CHARGE, /* signed, cumulative since the first row: charge in minus charge out */
  PLATEAU_QUANTITY_ENERGY, /* signed, cumulative since the first row */
  PLATEAU_QUANTITY_CYCLE,  /* the instrument's own number */
  PLATEAU_QUANTITY_HALF_CYCLE,
  PLATEAU_QUANTITY_STEP_INDEX, /* line in the instrument's program; repeats */
  PLATEAU_QUANTITY_STEP_COUNT, /* running number of the step; never repeats */
  PLATEAU_QUANTITY_MODE,       /* a PlateauMode */
  PLATEAU_QUANTITY_TEMPERATURE,
  PLATEAU_QUANTITY_POWER,
  PLATEAU_QUANTITY_COUNTER_POTENTIAL, /* counter electrode against the reference */
  PLATEAU_QUANTITY_CELL_POTENTIAL,    /* working against counter, in three-electrode cells */
  PLATEAU_QUANTITY_FREQUENCY,
  PLATEAU_QUANTITY_IMPEDANCE_REAL,
  PLATEAU_QUANTITY_IMPEDANCE_IMAGINARY,
  /* As printed by an instrument; plateau_recording_builder_finish() reduces them to
   * PLATEAU_QUANTITY_CHARGE and _ENERGY and drops them. */
  PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,    /* magnitude, counts while charging */
  PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY, /* magnitude, counts while discharging */
  PLATEAU_QUANTITY_COUNTER_CAPACITY,           /* one counter for both; sign from the current */
  PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE,      /* signed, may restart */
  PLATEAU_QUANTITY_CHARGE_INCREMENT,           /* signed, since the previous row */
  PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY,
  PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY,
  PLATEAU_QUANTITY_COUNTER_ENERGY,
  PLATEAU_N_QUANTITIES
} PlateauQuantity;

typedef enum
{
  PLATEAU_MODE_UNKNOWN = 0,
  PLATEAU_MODE_REST = 1,
  PLATEAU_MODE_GALVANOSTATIC = 2,
  PLATEAU_MODE_POTENTIOSTATIC = 3,
  PLATEAU_MODE_IMPEDANCE = 4,
  PLATEAU_MODE_SWEEP = 5, /* potential ramp: LSV, CV */
} PlateauMode;

typedef struct
{
  PlateauQuantity quantity;
  const char *id;        /* Battery Data Format machine name, "test_time_second" */
  const char *bdf_label; /* Battery Data Format label, "Test Time / s" */
  const char *label;     /* N_("Time") */
  const char *bdf_unit;  /* the unit that id and bdf_label imply */
  PlateauDimension dimension;
} PlateauQuantityInfo;

const PlateauQuantityInfo *plateau_quantity_get_info (PlateauQuantity quantity);
PlateauQuantity plateau_quantity_from_id (const char *id);

G_END_DECLS
