/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-gitt.h"
#include "figure/plots/plot-cycling.h"

G_BEGIN_DECLS

/* Private to the plots of kinetics. */

/* Points of one cell as markers; @hollow for those with doubts. Takes the arrays. */
PlateauLayer *plot_kinetics_add_points (PlateauPlotContext *context, const PlateauPlotGroup *group,
                                        const PlateauStudyCell *cell, const char *id,
                                        const char *label, double *x, double *y, gsize n,
                                        gboolean hollow);
/* A line without markers. Takes the arrays. */
PlateauLayer *plot_kinetics_add_line (PlateauPlotContext *context, const PlateauPlotGroup *group,
                                      const PlateauStudyCell *cell, const char *id,
                                      const char *label, double *x, double *y, gsize n);
/* The pulses of a cell's titration, by the settings of the study and of the panel. */
PlateauGitt *plot_kinetics_gitt (PlateauPlotContext *context, const PlateauStudyCell *cell,
                                 GError **error);
double plot_kinetics_offset (const PlateauStudyCell *cell);

G_END_DECLS
