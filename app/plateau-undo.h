/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-edit.h"

G_BEGIN_DECLS

/* The actions done, in order, and a place in them. Names are sentences for the menu. */
#define PLATEAU_TYPE_UNDO (plateau_undo_get_type ())
G_DECLARE_FINAL_TYPE (PlateauUndo, plateau_undo, PLATEAU, UNDO, GObject)

/* Signal changed: what can be undone or redone is another thing now. */
PlateauUndo *plateau_undo_new (void);
void plateau_undo_push (PlateauUndo *undo, const char *name, const char *merge_key,
                        GPtrArray *edits);
GPtrArray *plateau_undo_step_back (PlateauUndo *undo);
GPtrArray *plateau_undo_step_forward (PlateauUndo *undo);
const char *plateau_undo_get_undo_name (PlateauUndo *undo);
const char *plateau_undo_get_redo_name (PlateauUndo *undo);
/* What they would change: (transfer none) (nullable) */
GPtrArray *plateau_undo_get_undo_edits (PlateauUndo *undo);
GPtrArray *plateau_undo_get_redo_edits (PlateauUndo *undo);
/* @amendment: of a measurement, made apart from the actions, which go on from it. */
void plateau_undo_amend (PlateauUndo *undo, const PlateauEdit *amendment);
/* A member of the settings of @analysis that no step is to change. */
void plateau_undo_keep_view (PlateauUndo *undo, const char *analysis, const char *view,
                             JsonNode *value);
void plateau_undo_end_merge (PlateauUndo *undo);

G_END_DECLS
