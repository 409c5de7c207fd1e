/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-impedance.h"
#include "data/plateau-study.h"

G_BEGIN_DECLS

/* What the page DRT knows of the series that it shows: where each spectrum was taken, and the
 * resistance of each process. Immutable; read on any thread. */

typedef struct
{
  guint number;     /* of the spectrum in its cell, from 1 */
  double potential; /* V with the reference's offset, NaN */
  double time;      /* s, NaN */
  gboolean charge;
  gboolean sound;     /* Kramers and Kronig's relations hold */
  double *resistance; /* ohm, of each window; NaN without a distribution */
} PlateauDrtPoint;

typedef struct
{
  gint64 cell;
  guint n_points;
  PlateauDrtPoint *points;
  double measured_low, measured_high; /* s: range of tau of the first spectrum */
} PlateauDrtSeries;

typedef struct
{
  GPtrArray *windows; /* of PlateauDrtWindow */
  GPtrArray *series;  /* of PlateauDrtSeries, one for each cell with spectra */
} PlateauDrtOverview;

PlateauDrtOverview *plateau_drt_overview_new (PlateauStudy *study, GArray *cells,
                                              const char *choice, GCancellable *cancellable,
                                              GError **error);
void plateau_drt_overview_free (PlateauDrtOverview *overview);
const PlateauDrtSeries *plateau_drt_overview_find (PlateauDrtOverview *overview, gint64 cell);
const PlateauDrtPoint *plateau_drt_series_find (const PlateauDrtSeries *series, guint number);
/* The point of @series that was taken most like @like: same branch, nearest potential. */
const PlateauDrtPoint *plateau_drt_series_match (const PlateauDrtSeries *series,
                                                 const PlateauDrtPoint *like);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDrtOverview, plateau_drt_overview_free)

G_END_DECLS
