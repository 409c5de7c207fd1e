/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The entries of a panel's legend in the inspector: shown or not, renamed, moved up and down.
 *
 * Signals:
 *   moved (guint from, guint to)
 *   renamed (char *label, char *name): returns why it cannot be (transfer full), or NULL
 *   toggled (char *label, gboolean shown) */
#define PLATEAU_TYPE_FIGURES_LEGEND (plateau_figures_legend_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFiguresLegend, plateau_figures_legend, PLATEAU, FIGURES_LEGEND,
                      GtkWidget)

GtkWidget *plateau_figures_legend_new (void);
void plateau_figures_legend_show (PlateauFiguresLegend *legend, PlateauPanel *panel,
                                  const PlateauPanelLayout *laid, const PlateauStyle *style);

G_END_DECLS
