/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-impedance.h"
#include "data/plateau-study.h"

G_BEGIN_DECLS

/* The tables of the pages Impedance and DRT, for all selected cells in one. Runs on any thread. */
typedef enum
{
  PLATEAU_BATCH_SPECTRA, /* conditions, range and Kramers-Kronig verdict */
  PLATEAU_BATCH_FIT,
  PLATEAU_BATCH_PEAKS,
} PlateauBatchKind;

PlateauTable *plateau_impedance_batch_build (PlateauStudy *study, GArray *cells,
                                             PlateauBatchKind kind, GCancellable *cancellable,
                                             GError **error);

/* The peaks of the first cell's spectrum assigned by those of the others, symmetric cells;
 * @numbers: of guint, the spectrum of each cell, from 1; 0: none. */
PlateauTable *plateau_impedance_batch_assign (PlateauStudy *study, GArray *cells, GArray *numbers,
                                              GCancellable *cancellable, GError **error);

/* The spectra of a cell by the project's settings, and the project's process windows. */
GPtrArray *plateau_impedance_batch_load (PlateauStudy *study, const PlateauStudyCell *cell,
                                         GError **error);
GPtrArray *plateau_impedance_batch_windows (PlateauStudy *study);

/* Scores of the Hilbert transform of the spectrum of each cell that @numbers (guint) names. */
PlateauTable *plateau_impedance_batch_hilbert (PlateauStudy *study, GArray *cells, GArray *numbers,
                                               GCancellable *cancellable, GError **error);

G_END_DECLS
