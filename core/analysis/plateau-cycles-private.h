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
  PlateauCycles public;
  gint ref_count;
  GArray *ranges; /* of CycleSteps, one a cycle */
  GPtrArray *warnings;
} PlateauCyclesPrivate;

void plateau_cycles_flag_outliers (PlateauCycle *cycles, guint n_cycles);
gboolean plateau_cycles_mark_outliers (PlateauCycle *cycles, guint n_cycles, const char *text,
                                       const char *cell, GError **error);
void plateau_cycles_find_resolution (const PlateauSeries *series, const PlateauStep *steps,
                                     const GArray *ranges, GArray *cycles,
                                     gboolean starts_with_charge);

G_END_DECLS
