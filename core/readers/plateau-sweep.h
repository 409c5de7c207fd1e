/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

G_BEGIN_DECLS

/* A table of impedance points as instruments write it: any number of frequency sweeps one after
 * the other, with rows that belong to none. All columns have @n rows and are SI; a column that the
 * file does not have is NULL. */
typedef struct
{
  gsize n;
  const double *frequency;
  const double *z_re;
  const double *z_im; /* capacitive: negative */
  const double *time;
  const double *potential;
  const double *current; /* direct current */
  const double *cycle;
  const double *charge; /* passed since the start */
  const double *temperature;
  const double *amplitude; /* of the potential for PEIS, of the current for GEIS */
  PlateauEisMode mode;
  PlateauElectrode electrode;
} PlateauSweepTable;

#define PLATEAU_SWEEP_TABLE_INIT                                                                   \
  {                                                                                                \
    0                                                                                              \
  }

guint plateau_sweep_add_spectra (const PlateauSweepTable *table, PlateauMeasurement *measurement);
guint plateau_sweep_add_recording (PlateauRecording *recording, PlateauEisMode mode,
                                   PlateauMeasurement *measurement);

G_END_DECLS
