/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-later.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first rows of a selection at once and the others a few at a time, while nothing else is to be
 * done: a list makes widgets for some two hundred rows, and all of them in one turn of the main loop
 * would keep the window waiting. What is selected is selected in the whole, also where it is not
 * shown yet: "select all" means all. */
#define PLATEAU_TYPE_GRADUAL_MODEL (plateau_gradual_model_get_type ())
G_DECLARE_FINAL_TYPE (PlateauGradualModel, plateau_gradual_model, PLATEAU, GRADUAL_MODEL, GObject)

/* GtkListView and GtkColumnView keep widgets for so many rows, wherever they are scrolled to. */
#define PLATEAU_ROWS_WITH_WIDGETS 210

GtkSelectionModel *plateau_gradual_model_new (GtkSelectionModel *whole, guint at_first,
                                              guint at_once, guint n_widgets);

/* The widgets of many rows also take long to go. Hides @widget, takes the rows of all lists in it away
 * a few at a time, then calls @gone, which takes it out of its parent. */
void plateau_gradual_retire (GtkWidget *widget, PlateauLaterFunc gone);

G_END_DECLS
