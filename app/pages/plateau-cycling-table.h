/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-table.h"
#include "data/plateau-study.h"

G_BEGIN_DECLS

/* The per-cycle numbers of several cells in one table, pristine beside modified: one row for each
 * cycle of a sample (mean of its replicates, tagged with the negative id of the sample) or of a
 * cell (tagged with its id). */
typedef struct
{
  GArray *cells;    /* of gint64: ids in the study */
  char *cycles;     /* "1, 2, 10-100"; "" all */
  const char *unit; /* "mAh/g", "mAh", "mAh/cm2" */
  gboolean mean;
} PlateauCyclingTableSpec;

PlateauTable *plateau_cycling_table_build (PlateauStudy *study, const PlateauCyclingTableSpec *spec,
                                           GCancellable *cancellable, GError **error);

G_END_DECLS
