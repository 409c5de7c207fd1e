/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* What the binary files of Neware have in common: codes of ranges and step types, and a table of
 * records that becomes a recording. */

typedef enum
{
  PLATEAU_NEWARE_TIME, /* left NaN where the file has step times only: rebuilt from these */
  PLATEAU_NEWARE_STEP_TIME,
  PLATEAU_NEWARE_CLOCK,
  PLATEAU_NEWARE_POTENTIAL,
  PLATEAU_NEWARE_CURRENT,
  PLATEAU_NEWARE_CHARGE_CAPACITY,
  PLATEAU_NEWARE_DISCHARGE_CAPACITY,
  PLATEAU_NEWARE_CHARGE_ENERGY,
  PLATEAU_NEWARE_DISCHARGE_ENERGY,
  PLATEAU_NEWARE_CYCLE,
  PLATEAU_NEWARE_STEP_INDEX,
  PLATEAU_NEWARE_STEP_COUNT,
  PLATEAU_NEWARE_MODE,
  PLATEAU_NEWARE_TEMPERATURE,
  PLATEAU_NEWARE_N_COLUMNS
} PlateauNewareColumn;

/* Records in SI. A column that the version does not have is NULL. */
typedef struct
{
  double *columns[PLATEAU_NEWARE_N_COLUMNS];
  guint32 *index; /* the instrument's record number */
  gsize n, capacity;
  GArray *extras;        /* auxiliary columns */
  guint n_unknown_range; /* records whose range code is not known */
  gint32 unknown_range;  /* the first such code */
} PlateauNewareTable;

/* A reading of an auxiliary channel that belongs to a record. */
typedef struct
{
  guint32 index;
  guint8 channel;
  float potential;   /* V */
  float temperature; /* K */
} PlateauNewareAux;

gboolean plateau_neware_range (gint32 code, double *multiplier);
PlateauMode plateau_neware_mode (guint step_type);
double plateau_neware_clock (guint year, guint month, guint day, guint hour, guint minute,
                             guint second);
void plateau_neware_set_signed_capacity (PlateauNewareTable *table, gsize row, double capacity,
                                         double energy);

PlateauNewareTable *plateau_neware_table_new (PlateauInput *input, guint64 capacity,
                                              guint32 column_mask, GError **error);
void plateau_neware_table_free (PlateauNewareTable *table);
gsize plateau_neware_table_sort (PlateauNewareTable *table);
void plateau_neware_table_add_extra (PlateauNewareTable *table, PlateauQuantity quantity,
                                     const char *name, const char *unit, double *values);
gboolean plateau_neware_table_has_temperature (const PlateauNewareTable *table);
void plateau_neware_table_add_aux (PlateauNewareTable *table, GArray *aux);
gboolean plateau_neware_table_finish (PlateauNewareTable *table, PlateauInput *input,
                                      const char *place, const PlateauReadOptions *options,
                                      PlateauMeasurement *measurement, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauNewareTable, plateau_neware_table_free)

G_END_DECLS
