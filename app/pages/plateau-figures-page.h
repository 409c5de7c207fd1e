/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-page.h"

G_BEGIN_DECLS

/* Figures of the project as they will be printed. */
#define PLATEAU_TYPE_FIGURES_PAGE (plateau_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFiguresPage, plateau_figures_page, PLATEAU, FIGURES_PAGE, GtkWidget)

GtkWidget *plateau_figures_page_new (PlateauDocument *document);

G_END_DECLS
