/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The styles to choose among: those that come with the program and one's own, which are saved from a
 * figure, renamed, removed; a style goes to this figure or to several at once.
 *
 * Signals:
 *   chosen (char *style, JsonObject *own): for the figure shown; one of them is NULL
 *   applied (GStrv figures): the style of the figure shown goes to these */
#define PLATEAU_TYPE_FIGURES_STYLES (plateau_figures_styles_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFiguresStyles, plateau_figures_styles, PLATEAU, FIGURES_STYLES,
                      GtkWidget)

GtkWidget *plateau_figures_styles_new (PlateauDocument *document);
/* @name: of the figure shown, or NULL */
void plateau_figures_styles_show (PlateauFiguresStyles *styles, const char *name);
/* What the figure's style is called; (transfer full) */
char *plateau_figures_styles_dup_label (PlateauDocument *document, const char *name);

G_END_DECLS
