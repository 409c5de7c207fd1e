/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-dqdv.h"
#include "figure/plateau-plot-kind.h"

G_BEGIN_DECLS

/* Differential capacity shared through the cache by plots, tables and pages. */

GPtrArray *plateau_plot_get_dqdv (PlateauPlotContext *context, const PlateauStudyCell *cell,
                                  const guint *cycles, guint n_cycles,
                                  const PlateauDqdvOptions *options, GError **error);
PlateauTable *plateau_plot_get_dqdv_peaks (PlateauPlotContext *context,
                                           const PlateauStudyCell *cell, const guint *cycles,
                                           guint n_cycles, const PlateauDqdvOptions *options,
                                           GError **error);

G_END_DECLS
