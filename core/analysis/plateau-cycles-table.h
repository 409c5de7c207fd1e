/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"
#include "data/plateau-study.h"

G_BEGIN_DECLS

/* What turns the numbers of a recording into those of an electrode; NaN where not given. */
typedef struct
{
  double active_mass; /* kg */
  double area;        /* m2 */
  double one_c;       /* A that 1C means */
  double offset;      /* V added to potentials */
} PlateauNormalisation;

#define PLATEAU_NORMALISATION_INIT                                                                 \
  {                                                                                                \
    NAN, NAN, NAN, 0                                                                               \
  }

PlateauNormalisation plateau_normalisation_of_cell (const PlateauStudyCell *cell);

/* One row a cycle, tagged with its number; keys as in the command line's contract. */
PlateauTable *plateau_cycles_table (PlateauCycles *cycles,
                                    const PlateauNormalisation *normalisation);
/* One row; the numbers of the whole test. */
PlateauTable *plateau_cycles_summary_table (const PlateauCyclesSummary *summary);
/* One row a step. */
PlateauTable *plateau_steps_table (PlateauCycles *cycles,
                                   const PlateauNormalisation *normalisation);

G_END_DECLS
