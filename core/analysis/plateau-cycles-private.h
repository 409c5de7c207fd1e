/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"

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

G_END_DECLS
