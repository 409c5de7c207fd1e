/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"
#include "analysis/plateau-steps.h"

G_BEGIN_DECLS

typedef struct
{
  guint first, last;
} CycleSteps;

typedef struct
{
  guint first_step, last_step;
  int direction;
  double charge; /* magnitude */
} PlateauHalfCycle;

typedef struct
{
  PlateauCycles public;
  gint ref_count;
  GArray *ranges; /* of CycleSteps, one a cycle */
  GPtrArray *warnings;
} PlateauCyclesPrivate;

double plateau_cycles_instrument_cycle (const PlateauSeries *series, gsize row);
GArray *plateau_cycles_find_halves (const PlateauSeries *series, const GArray *steps);
gboolean plateau_cycles_choose_charge_first (const GArray *halves, PlateauCycleRule rule);
void plateau_cycles_flag_outliers (PlateauCycle *cycles, guint n_cycles);
gboolean plateau_cycles_mark_outliers (PlateauCycle *cycles, guint n_cycles, const char *text,
                                       const char *cell, GError **error);
void plateau_cycles_find_resolution (const PlateauSeries *series, const PlateauStep *steps,
                                     const GArray *ranges, GArray *cycles,
                                     gboolean starts_with_charge);

G_END_DECLS
