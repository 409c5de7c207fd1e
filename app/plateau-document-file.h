/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"
#include "store/plateau-store.h"

G_BEGIN_DECLS

/* What a list of edits means for the project file. @forward: they were made, else taken back. */
void plateau_store_change_add_edits (PlateauStoreChange *change, PlateauProject *project,
                                     GPtrArray *edits, gboolean forward);

/* The folder of projects that have no file yet, and those in it, newest first (paths). */
char *plateau_drafts_new_path (void);
gboolean plateau_drafts_is_one (const char *path);
GPtrArray *plateau_drafts_list (void);

/* Opens a project off the main thread. */
void plateau_document_open_async (const char *path, gboolean read_only, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
PlateauDocument *plateau_document_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
