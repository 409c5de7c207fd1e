/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-page.h"

G_BEGIN_DECLS

#define PLATEAU_TYPE_COMPARE_PAGE (plateau_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauComparePage, plateau_compare_page, PLATEAU, COMPARE_PAGE, GtkWidget)

GtkWidget *plateau_compare_page_new (PlateauDocument *document);

G_END_DECLS
