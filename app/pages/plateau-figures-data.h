/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"
#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a panel of a figure shows: the analysis, its samples and cells, cycles and options.
 *
 * Signal edited (JsonNode *plot, char *label): the panel's "plot" as it is to be; returns why it
 * cannot be (transfer full), or NULL. */
#define PLATEAU_TYPE_FIGURES_DATA (plateau_figures_data_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFiguresData, plateau_figures_data, PLATEAU, FIGURES_DATA, GtkWidget)

GtkWidget *plateau_figures_data_new (PlateauDocument *document);
/* Both (nullable). */
void plateau_figures_data_show (PlateauFiguresData *data, JsonObject *object, PlateauPanel *panel);

G_END_DECLS
