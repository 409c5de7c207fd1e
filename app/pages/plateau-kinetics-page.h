/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-page.h"

G_BEGIN_DECLS

/* The pages GITT, CV (with holds) and Conductivity: one or two plots, options, a table. */
#define PLATEAU_TYPE_KINETICS_PAGE (plateau_kinetics_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauKineticsPage, plateau_kinetics_page, PLATEAU, KINETICS_PAGE, GtkWidget)

GtkWidget *plateau_gitt_page_new (PlateauDocument *document);
GtkWidget *plateau_cv_page_new (PlateauDocument *document);
GtkWidget *plateau_conductivity_page_new (PlateauDocument *document);

G_END_DECLS
