/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-project.h"

G_BEGIN_DECLS

/* The project file: an SQLite database that holds samples, cells, settings, figures, sources and
 * the columns of the recordings, compressed. Writing goes through changes: everything of one user
 * action in one transaction, carried out in order on a thread of the store, so that the window
 * never waits. A process that dies leaves the file as after the last finished change. */

#define PLATEAU_TYPE_STORE (plateau_store_get_type ())
G_DECLARE_FINAL_TYPE (PlateauStore, plateau_store, PLATEAU, STORE, GObject)

typedef enum
{
  PLATEAU_STORE_READ_WRITE = 0,
  PLATEAU_STORE_READ_ONLY = 1 << 0,
} PlateauStoreFlags;

PlateauStore *plateau_store_create (const char *path, GError **error);
PlateauStore *plateau_store_open (const char *path, PlateauStoreFlags flags, GError **error);
const char *plateau_store_get_path (PlateauStore *store);
gboolean plateau_store_get_read_only (PlateauStore *store);
PlateauProject *plateau_store_load (PlateauStore *store, GError **error);
gboolean plateau_store_close (PlateauStore *store, GError **error);
gboolean plateau_store_copy_to (PlateauStore *store, const char *path, GError **error);
/* On the thread that saves; @fraction is 0 to 1. */
typedef void (*PlateauStoreProgress) (double fraction, gpointer user_data);
gboolean plateau_store_save_as (PlateauStore *store, const char *path,
                                PlateauStoreProgress progress, gpointer user_data,
                                GCancellable *cancellable, GError **error);
gboolean plateau_store_is_elsewhere (PlateauStore *store);
gboolean plateau_store_recover (const char *damaged, const char *path, char **report,
                                GError **error);

/* Shortcuts for programs without a window. */
char **plateau_store_peek_cells (const char *path, guint n_most, guint *n_cells);
PlateauProject *plateau_store_load_file (const char *path, GError **error);
gboolean plateau_store_write_project (PlateauProject *project, const char *path, GError **error);

/* One user action. Objects are copied when they are put, on the calling thread. */
typedef struct _PlateauStoreChange PlateauStoreChange;

PlateauStoreChange *plateau_store_change_new (void);
void plateau_store_change_free (PlateauStoreChange *change);
gboolean plateau_store_change_is_empty (PlateauStoreChange *change);
void plateau_store_put_project (PlateauStoreChange *change, PlateauProject *project);
void plateau_store_put_sample (PlateauStoreChange *change, PlateauSample *sample);
void plateau_store_remove_sample (PlateauStoreChange *change, gint64 id);
void plateau_store_put_cell (PlateauStoreChange *change, PlateauCell *cell, guint position);
void plateau_store_put_order (PlateauStoreChange *change, PlateauProject *project);
void plateau_store_remove_cell (PlateauStoreChange *change, gint64 id);
void plateau_store_put_measurement (PlateauStoreChange *change, gint64 cell_id, guint position,
                                    PlateauMeasurement *measurement);
void plateau_store_remove_measurement (PlateauStoreChange *change, PlateauMeasurement *measurement);
void plateau_store_put_settings (PlateauStoreChange *change, const char *analysis,
                                 JsonObject *settings);
void plateau_store_put_figure (PlateauStoreChange *change, const char *name, guint position,
                               JsonNode *document);
void plateau_store_remove_figure (PlateauStoreChange *change, const char *name);
void plateau_store_put_all (PlateauStoreChange *change, PlateauProject *project);

gboolean plateau_store_write_change (PlateauStoreChange *change, const char *path, GError **error);
void plateau_store_commit_async (PlateauStore *store, PlateauStoreChange *change,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean plateau_store_commit_finish (PlateauStore *store, GAsyncResult *result, GError **error);
gboolean plateau_store_commit (PlateauStore *store, PlateauStoreChange *change, GError **error);
guint plateau_store_get_n_pending (PlateauStore *store);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauStoreChange, plateau_store_change_free)

G_END_DECLS
