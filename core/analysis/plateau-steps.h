/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"

G_BEGIN_DECLS

/* What step detection, cycles and everything behind them look at: the columns of one recording,
 * with charge and current worked out from each other where one is missing. */
typedef struct
{
  gsize n;
  const double *time;      /* may be NULL */
  const double *potential; /* may be NULL */
  const double *current;   /* A; without a time column the charge of each row, for its sign */
  const double *charge;    /* C, cumulative */
  const double *cycle, *half_cycle, *step_index, *step_count, *mode; /* may be NULL */
  gboolean current_is_derived;
  double *owned_current, *owned_charge;
} PlateauSeries;

gboolean plateau_series_init (PlateauSeries *series, PlateauRecording *recording, GError **error);
void plateau_series_clear (PlateauSeries *series);
double plateau_series_charge_before (const PlateauSeries *series, gsize row);

GArray *plateau_steps_find (const PlateauSeries *series, GCancellable *cancellable, GError **error);
int plateau_step_direction (const PlateauStep *step);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauSeries, plateau_series_clear)

G_END_DECLS
