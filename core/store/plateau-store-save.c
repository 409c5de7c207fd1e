/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "store/plateau-store-object-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Steps of SQLite between two looks at the clock, so to speak: a row of a column takes a few. */
#define STEPS_PER_LOOK 200

typedef struct
{
  PlateauStore *store;
  const char *path;
  const char *temporary;
  PlateauStoreProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  double size; /* of the database, bytes */
} Copy;

/* The log of a process that was killed would be taken for that of the new file. */
static void
remove_leftovers (const char *path)
{
  static const char *const ends[] = { "-wal", "-shm", "-journal" };
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);
      g_unlink (name);
    }
}

static gint64
ask_number (PlateauStore *store, const char *sql)
{
  g_autoptr (PlateauStatement) statement = plateau_store_prepare (store->db, store->path, sql,
                                                                  NULL);
  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW
             ? sqlite3_column_int64 (statement, 0)
             : 0;
}

static int
look (gpointer data)
{
  Copy *copy = data;
  GStatBuf file;
  if (copy->progress != NULL && copy->size > 0 && g_stat (copy->temporary, &file) == 0)
    copy->progress (MIN ((double) file.st_size / copy->size, 1), copy->user_data);
  return g_cancellable_is_cancelled (copy->cancellable);
}

static gboolean
vacuum_into (const char *temporary, gpointer user_data, GError **error)
{
  Copy *copy = user_data;
  PlateauStore *store = copy->store;
  g_autoptr (PlateauStatement)
      statement = plateau_store_prepare (store->db, store->path, "VACUUM INTO ?1", error);
  if (statement == NULL)
    return FALSE;
  copy->temporary = temporary;
  copy->size = (double) ask_number (store, "PRAGMA page_count")
               * (double) ask_number (store, "PRAGMA page_size");
  sqlite3_bind_text (statement, 1, temporary, -1, SQLITE_STATIC);
  sqlite3_progress_handler (store->db, STEPS_PER_LOOK, look, copy);
  int code = sqlite3_step (statement);
  sqlite3_progress_handler (store->db, 0, NULL, NULL);
  if (g_cancellable_set_error_if_cancelled (copy->cancellable, error))
    return FALSE;
  if (code != SQLITE_DONE)
    return plateau_store_fail (store->db, copy->path, error);
  remove_leftovers (copy->path);
  return TRUE;
}

/**
 * plateau_store_copy_to:
 * @path: where the copy goes; an existing file is replaced once the copy is whole
 *
 * Returns: FALSE with @error set when the copy could not be made, or when @path is a project that
 *   is open somewhere
 */
gboolean
plateau_store_copy_to (PlateauStore *store, const char *path, GError **error)
{
  Copy copy = { .store = store, .path = path };
  g_auto (PlateauStoreLock) lock = { -1, NULL };
  if (!plateau_store_lock_take (&lock, path, error))
    return FALSE;
  plateau_store_drain (store);
  g_mutex_lock (&store->mutex);
  gboolean good = plateau_store_is_open (store, error)
                  && plateau_file_write_beside (path, vacuum_into, &copy, error);
  g_mutex_unlock (&store->mutex);
  return good;
}

static void
set_path (PlateauStore *store, const char *path)
{
  g_ptr_array_add (store->old_paths, store->path);
  g_atomic_pointer_set (&store->path, g_strdup (path));
}

/* From the old file to the copy that is there by now. @lock: (nullable): that of the new file. */
static gboolean
move_over (PlateauStore *store, const char *path, PlateauStoreLock *lock, GError **error)
{
  g_autofree char *old_path = g_strdup (store->path);
  gboolean old_read_only = store->read_only;
  PlateauStoreLock old_lock = store->lock;
  plateau_store_disconnect (store, NULL); /* what was in it is in the copy */
  set_path (store, path);
  g_atomic_int_set (&store->read_only, FALSE);
  if (lock != NULL)
    store->lock = *lock;
  if (plateau_store_connect (store, SQLITE_OPEN_READWRITE, error))
    {
      if (lock != NULL)
        plateau_store_lock_drop (&old_lock);
      return TRUE;
    }
  g_clear_pointer (&store->db, sqlite3_close_v2);
  if (lock != NULL)
    plateau_store_lock_drop (&store->lock);
  store->lock = old_lock;
  set_path (store, old_path);
  g_atomic_int_set (&store->read_only, old_read_only);
  plateau_store_connect (store, old_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, NULL);
  return FALSE;
}

/**
 * plateau_store_save_as:
 * @path: the project's new file; an existing file is replaced once the copy is whole
 * @progress: (nullable) (scope call): told how far it is
 *
 * Copies the project and goes on in the copy; the old file stays as it is. Changes that are queued
 * meanwhile go to the new file. Its own file is what it is saved to already, unless that is not
 * there any more.
 *
 * Returns: FALSE with @error set; the store then goes on in the old file when it can
 */
gboolean
plateau_store_save_as (PlateauStore *store, const char *path, PlateauStoreProgress progress,
                       gpointer user_data, GCancellable *cancellable, GError **error)
{
  Copy copy = { .store = store,
                .path = path,
                .progress = progress,
                .user_data = user_data,
                .cancellable = cancellable };
  PlateauStoreLock lock = { -1, NULL };
  g_autofree char *here = plateau_store_canonical_path (store->path);
  g_autofree char *there = plateau_store_canonical_path (path);
  gboolean same = !store->read_only && g_str_equal (here, there);
  if (same && !plateau_store_is_elsewhere (store))
    return TRUE;
  if (!same && !plateau_store_lock_take (&lock, path, error))
    return FALSE;
  g_mutex_lock (&store->mutex);
  gboolean good = plateau_store_is_open (store, error)
                  && plateau_file_write_beside (path, vacuum_into, &copy, error);
  if (good)
    good = move_over (store, path, same ? NULL : &lock, error);
  else
    plateau_store_lock_drop (&lock);
  g_mutex_unlock (&store->mutex);
  return good;
}

static gboolean
write_change (const char *temporary, gpointer user_data, GError **error)
{
  PlateauStoreChange **change = user_data;
  g_autoptr (PlateauStore) store = plateau_store_create (temporary, error);
  if (store == NULL)
    return FALSE;
  store->adopts = FALSE;
  return plateau_store_commit (store, g_steal_pointer (change), error)
         && plateau_store_close (store, error);
}

/**
 * plateau_store_write_change:
 * @change: (transfer full): everything that is to be in the file
 * @path: the file to make or to replace
 *
 * Writes a whole project at once, beside the target and renamed.
 *
 * Returns: FALSE with @error set; an old file then stays
 */
gboolean
plateau_store_write_change (PlateauStoreChange *change, const char *path, GError **error)
{
  g_autoptr (PlateauStoreChange) mine = change;
  return plateau_file_write_beside (path, write_change, &mine, error);
}

/**
 * plateau_store_write_project:
 * @path: the file to make or to replace
 *
 * Returns: FALSE with @error set; an old file then stays
 */
gboolean
plateau_store_write_project (PlateauProject *project, const char *path, GError **error)
{
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_all (change, project);
  return plateau_store_write_change (change, path, error);
}
