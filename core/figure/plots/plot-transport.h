/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-conductivity.h"
#include "figure/plots/plot-kinetics.h"

G_BEGIN_DECLS

/* Private to the plots of a quantity over temperature: conductivity, charge transfer, diffusion. */

/* Of PlateauPlotGroup: the plot's groups, those of one sample as one. */
GArray *plot_transport_list (PlateauPlotContext *context);
/* What a group's cells say; @found is %NULL where none of them has the quantity. A sample without
 * such a value is noted and left out: the first such reason is left in @no_data. */
gboolean plot_transport_try (PlateauPlotContext *context, const PlateauPlotGroup *group,
                             const PlateauConductivityOptions *options,
                             PlateauConductivity **found, GError **no_data, GError **error);
/* %FALSE, with the reason or that no cell has the quantity. */
gboolean plot_transport_nothing (const PlateauConductivityOptions *options, GError **why,
                                 GError **error);
PlateauTable *plot_transport_make_table (PlateauConductivity *conductivity);
void plot_transport_add_rows (PlateauTable *table, const PlateauPlotGroup *group,
                              PlateauConductivity *conductivity);
void plot_transport_set_axis (PlateauPlotContext *context, PlateauConductivity *conductivity);

G_END_DECLS
