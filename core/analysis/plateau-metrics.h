/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-compare.h"
#include "analysis/plateau-rate.h"
#include "analysis/plateau-runs.h"

G_BEGIN_DECLS

/* What is worked out once for a cell and then asked for many numbers. */
typedef struct
{
  const PlateauStudyCell *cell;
  PlateauNormalisation by;
  PlateauRecording *recording;
  PlateauCycles *cycles;
  PlateauCyclesSummary summary;
  PlateauRate *rate;
  const PlateauCycle *first;      /* cycle 1, or NULL */
  PlateauRun run;                 /* the run that retention is about; n is 0 when there is none */
  double window_low, window_high; /* V, with the offset */
} PlateauCellFacts;

/* One number of one cell. */
typedef struct
{
  const PlateauMetric *metric;
  const PlateauStudyCell *cell;
  PlateauCompareConditions conditions;
  double value; /* in the metric's unit */
} PlateauObservation;

PlateauCellFacts *plateau_cell_facts_new (const PlateauStudyCell *cell,
                                          const PlateauCyclesOptions *options,
                                          const PlateauRateOptions *rates,
                                          GCancellable *cancellable, GError **error);
void plateau_cell_facts_free (PlateauCellFacts *facts);
void plateau_metrics_observe (const PlateauCellFacts *facts, GArray *observations);
void plateau_metrics_observe_charge_potential (const PlateauCellFacts *facts,
                                               double specific_charge, GArray *observations);
const char *plateau_cell_family (const PlateauStudyCell *cell);
void plateau_metrics_observe_across (GPtrArray *all_facts, GArray *observations);
void plateau_metrics_observe_retention (const PlateauCellFacts *facts, guint cycles,
                                        GArray *observations);
gboolean plateau_electrolytes_agree (const char *a, const char *b);
gboolean plateau_conditions_agree (const PlateauCompareConditions *a,
                                   const PlateauCompareConditions *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCellFacts, plateau_cell_facts_free)

G_END_DECLS
