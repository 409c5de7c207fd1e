/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-compare-view.h"
#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sections of the inspector about the chosen metric: its test, its conditions and its cells, which
 * can be left out with a reason. */
#define PLATEAU_TYPE_COMPARE_DETAILS (plateau_compare_details_get_type ())
G_DECLARE_FINAL_TYPE (PlateauCompareDetails, plateau_compare_details, PLATEAU, COMPARE_DETAILS,
                      GtkWidget)

GtkWidget *plateau_compare_details_new (PlateauDocument *document);
/* @choice: with a NULL entry the sections are empty. */
void plateau_compare_details_show (PlateauCompareDetails *details,
                                   const PlateauCompareChoice *choice);

G_END_DECLS
