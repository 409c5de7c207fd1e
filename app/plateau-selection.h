/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-study.h"

G_BEGIN_DECLS

/* What the sidebar has selected, shared by all pages: samples and cells, and the one of them that
 * the inspector shows. Signal changed. */
#define PLATEAU_TYPE_SELECTION (plateau_selection_get_type ())
G_DECLARE_FINAL_TYPE (PlateauSelection, plateau_selection, PLATEAU, SELECTION, GObject)

PlateauSelection *plateau_selection_new (void);
void plateau_selection_set (PlateauSelection *selection, GPtrArray *objects, GObject *current);
GPtrArray *plateau_selection_get_objects (PlateauSelection *selection);
gboolean plateau_selection_contains (PlateauSelection *selection, gpointer object);
GObject *plateau_selection_get_current (PlateauSelection *selection);
PlateauCell *plateau_selection_get_current_cell (PlateauSelection *selection);
void plateau_selection_set_current (PlateauSelection *selection, GObject *current);
GArray *plateau_selection_list_cell_ids (PlateauSelection *selection, PlateauStudy *study);

G_END_DECLS
