/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-page.h"

G_BEGIN_DECLS

#define PLATEAU_TYPE_CYCLING_PAGE (plateau_cycling_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauCyclingPage, plateau_cycling_page, PLATEAU, CYCLING_PAGE, GtkWidget)

GtkWidget *plateau_cycling_page_new (PlateauDocument *document);

G_END_DECLS
