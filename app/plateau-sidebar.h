/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Families, samples and cells of the document; with the line and marker of each sample it is the
 * legend of every plot. Selects what the pages show; cells are dragged to other samples. */
#define PLATEAU_TYPE_SIDEBAR (plateau_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (PlateauSidebar, plateau_sidebar, PLATEAU, SIDEBAR, GtkWidget)

GtkWidget *plateau_sidebar_new (PlateauDocument *document);
void plateau_sidebar_focus_search (PlateauSidebar *sidebar);
void plateau_sidebar_rename (PlateauSidebar *sidebar);
void plateau_sidebar_select_default (PlateauSidebar *sidebar);
void plateau_sidebar_select_cells (PlateauSidebar *sidebar, const gint64 *ids, guint n_ids);

/* The ids of dragged cells. */
#define PLATEAU_TYPE_CELL_IDS (plateau_cell_ids_get_type ())
GType plateau_cell_ids_get_type (void);

G_END_DECLS
