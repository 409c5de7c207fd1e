/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The first screen: what to do, a place to drop files, the example. */
#define PLATEAU_TYPE_FIRST_PAGE (plateau_first_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFirstPage, plateau_first_page, PLATEAU, FIRST_PAGE, GtkWidget)

GtkWidget *plateau_first_page_new (void);
void plateau_first_page_set_held (PlateauFirstPage *page,
                                  gboolean held); /* files over the window */
void plateau_first_page_focus (PlateauFirstPage *page);

G_END_DECLS
