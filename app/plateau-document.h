/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-cache.h"
#include "data/plateau-study.h"
#include "plateau-job.h"
#include "plateau-message.h"
#include "plateau-selection.h"
#include "plateau-undo.h"
#include "store/plateau-store.h"

G_BEGIN_DECLS

/* An open project: what is in it, what can be undone, what is running, what is selected, what went
 * wrong. Pages read it and change it only through the edits below.
 * Signals: changed (the study is another one), state-changed (title, file or saving),
 * read-off (char *text: what is under the pointer, for the status bar),
 * settle (what waits to become an edit, such as a slider that was just moved, does so now). */
#define PLATEAU_TYPE_DOCUMENT (plateau_document_get_type ())
G_DECLARE_FINAL_TYPE (PlateauDocument, plateau_document, PLATEAU, DOCUMENT, GObject)

PlateauDocument *plateau_document_new (void); /* kept in the state folder until it is saved */
PlateauDocument *plateau_document_new_for_project (PlateauProject *project, PlateauStore *store);
/* The file, or NULL: not one that the user chose. */
const char *plateau_document_get_path (PlateauDocument *document);
PlateauStore *plateau_document_get_store (PlateauDocument *document);
char *plateau_document_dup_title (PlateauDocument *document);
gboolean plateau_document_is_read_only (PlateauDocument *document);
gboolean plateau_document_is_writing (PlateauDocument *document); /* or being read into */
gboolean plateau_document_has_unwritten (PlateauDocument *document); /* on its way to the file */
/* Something could not be written yet: it is in the window only. */
gboolean plateau_document_is_behind (PlateauDocument *document);
void plateau_document_write_again (PlateauDocument *document);
/* Copies the project to @path and goes on there; "saved" is emitted with @path and an error or
 * NULL, nothing when it is cancelled. */
void plateau_document_save_as (PlateauDocument *document, const char *path);
/* Writes what is queued; a draft with nothing in it goes away. */
void plateau_document_close (PlateauDocument *document);
PlateauProject *plateau_document_get_project (PlateauDocument *document);
PlateauStudy *plateau_document_get_study (PlateauDocument *document); /* borrowed */
PlateauCache *plateau_document_get_cache (PlateauDocument *document);
PlateauSelection *plateau_document_get_selection (PlateauDocument *document);
PlateauJobs *plateau_document_get_jobs (PlateauDocument *document);
PlateauUndo *plateau_document_get_undo (PlateauDocument *document);
GListModel *plateau_document_get_messages (PlateauDocument *document);
gboolean plateau_document_is_empty (PlateauDocument *document);
char *plateau_document_dup_state (PlateauDocument *document); /* "simulated example · saved" */
void plateau_document_read_off (PlateauDocument *document, const char *text);

/* An action is a name and the edits between begin and end: one step to undo, one transaction in
 * the file. @merge_key: what the steps of one slider share, or NULL. */
void plateau_document_begin (PlateauDocument *document, const char *name, const char *merge_key);
void plateau_document_edit (PlateauDocument *document, PlateauEdit *edit /* transfer full */);
gboolean plateau_document_end (PlateauDocument *document);

/* What no user did (a file has grown): made and kept at once, with no step to undo. Only edits of
 * measurements; the steps that are there go on with the new measurements. */
void plateau_document_amend (PlateauDocument *document, GPtrArray *edits);

/* What a person only looks at (which plot a page shows): kept, with no step to undo, and no step
 * that is there changes it. @view: the member of @settings that it is. */
void plateau_document_keep_view (PlateauDocument *document, const char *analysis,
                                 JsonObject *settings, const char *view);

/* What the program found out about the files of these measurements: kept, with no step to undo. */
void plateau_document_keep_sources (PlateauDocument *document, GPtrArray *measurements);

/* Actions of one edit */
void plateau_document_set_property (PlateauDocument *document, GObject *object,
                                    const char *property, const GValue *value, const char *label);
void plateau_document_set_settings (PlateauDocument *document, const char *analysis,
                                    JsonObject *settings, const char *label);
void plateau_document_set_figure (PlateauDocument *document, const char *name, JsonNode *figure,
                                  const char *label);
void plateau_document_settle (PlateauDocument *document);
void plateau_document_undo (PlateauDocument *document);
void plateau_document_redo (PlateauDocument *document);

void plateau_document_add_message (PlateauDocument *document, PlateauMessage *message);
void plateau_document_remove_message (PlateauDocument *document, const char *subject);

G_END_DECLS
