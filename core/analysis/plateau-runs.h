/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"

G_BEGIN_DECLS

/* Consecutive cycles at equal rates. */
typedef struct
{
  guint first, last; /* indices into the array of cycles */
  guint n;           /* usable cycles: complete and no outliers */
} PlateauRun;

#define PLATEAU_RATE_TOLERANCE 0.1

gboolean plateau_cycle_is_usable (const PlateauCycle *cycle);
gboolean plateau_cycles_same_rate (const PlateauCycle *a, const PlateauCycle *b, double tolerance);
GArray *plateau_runs_find (const PlateauCycle *cycles, guint n_cycles, double tolerance);
const PlateauRun *plateau_runs_longest (const GArray *runs);

G_END_DECLS
