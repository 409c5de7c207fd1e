/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "store/plateau-store-change-private.h"
#include "store/plateau-store-object-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

G_DEFINE_FINAL_TYPE (PlateauStore, plateau_store, G_TYPE_OBJECT)

static void write_task (gpointer data, gpointer user_data);
static void sync_log (gpointer data, gpointer user_data);

static void
plateau_store_finalize (GObject *object)
{
  PlateauStore *store = PLATEAU_STORE (object);
  plateau_store_close (store, NULL);
  /* Queued tasks hold a reference, so none is left; the last one may be what ends here. */
  g_thread_pool_free (store->writer, FALSE, FALSE);
  g_thread_pool_free (store->syncer, FALSE, FALSE);
  g_hash_table_unref (store->ids);
  g_mutex_clear (&store->mutex);
  g_mutex_clear (&store->ids_mutex);
  g_mutex_clear (&store->queue_mutex);
  g_cond_clear (&store->drained);
  g_ptr_array_unref (store->old_paths);
  g_free (store->path);
  plateau_store_lock_drop (&store->lock);
  G_OBJECT_CLASS (plateau_store_parent_class)->finalize (object);
}

static void
plateau_store_class_init (PlateauStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = plateau_store_finalize;
}

static void
plateau_store_init (PlateauStore *store)
{
  store->lock.descriptor = -1;
  store->adopts = TRUE;
  g_mutex_init (&store->mutex);
  g_mutex_init (&store->ids_mutex);
  g_mutex_init (&store->queue_mutex);
  store->old_paths = g_ptr_array_new_with_free_func (g_free);
  g_cond_init (&store->drained);
  store->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  store->writer = g_thread_pool_new (write_task, NULL, 1, FALSE, NULL);
  store->syncer = g_thread_pool_new (sync_log, NULL, 1, FALSE, NULL);
}

static gboolean
can_write_beside (const char *path)
{
  g_autofree char *canonical = plateau_store_canonical_path (path);
  g_autofree char *folder = g_path_get_dirname (canonical);
  return g_access (folder, W_OK) == 0;
}

static gboolean
open_database (PlateauStore *store, int flags, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (store->path, "/", FALSE);
  g_autofree char *wal = g_strconcat (store->path, "-wal", NULL);
  /* A project at rest that cannot be written needs no lock files beside it. */
  gboolean still = (flags & SQLITE_OPEN_READONLY) != 0 && !g_file_test (wal, G_FILE_TEST_EXISTS)
                   && (g_access (store->path, W_OK) != 0 || !can_write_beside (store->path));
  g_autofree char *uri = g_strdup_printf ("file:%s%s", escaped, still ? "?immutable=1" : "");
  if (sqlite3_open_v2 (uri, &store->db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, NULL)
      != SQLITE_OK)
    {
      plateau_store_fail (store->db, store->path, error);
      return FALSE;
    }
  sqlite3_busy_timeout (store->db, 3000);
  return TRUE;
}

static void
note_file (PlateauStore *store)
{
  GStatBuf file;
  if (g_stat (store->path, &file) == 0)
    {
      store->device = file.st_dev;
      store->inode = file.st_ino;
    }
}

/**
 * plateau_store_is_elsewhere:
 *
 * Returns: whether the file that was opened is no longer there under its name: moved, deleted, or
 *   another one is in its place. What is written then would be seen by nobody.
 */
gboolean
plateau_store_is_elsewhere (PlateauStore *store)
{
  GStatBuf file;
  return g_stat (plateau_store_get_path (store), &file) != 0 || file.st_dev != store->device
         || file.st_ino != store->inode;
}

/* Killed at any moment, a write-ahead log loses no finished transaction; where the file system has
 * no shared memory SQLite stays with its rollback journal, which keeps that promise too. Against a
 * power cut the log is brought to the disk after each change, on a thread of its own: the next
 * change does not wait for that. */
static gboolean
choose_journal (PlateauStore *store, GError **error)
{
  g_autoptr (PlateauStatement)
      statement = plateau_store_prepare (store->db, store->path, "PRAGMA journal_mode = WAL", error);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return plateau_store_fail (store->db, store->path, error);
  store->logs = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0;
  sqlite3_reset (statement);
  return plateau_store_exec (store->db, store->path,
                             store->logs ? "PRAGMA synchronous = NORMAL"
                                         : "PRAGMA synchronous = FULL",
                             error);
}

static void
sync_log (gpointer data, gpointer user_data)
{
  g_autoptr (PlateauStore) store = data;
  g_atomic_int_set (&store->syncs, FALSE);
  g_autofree char *log = g_strconcat (plateau_store_get_path (store), "-wal", NULL);
  int descriptor = store->logs ? g_open (log, O_RDONLY | O_CLOEXEC, 0) : -1;
  if (descriptor < 0)
    return;
  if (fdatasync (descriptor) != 0)
    g_debug ("%s: %s", log, g_strerror (errno));
  close (descriptor);
}

gboolean
plateau_store_connect (PlateauStore *store, int flags, GError **error)
{
  if ((!store->read_only && store->lock.descriptor < 0
       && !plateau_store_lock_take (&store->lock, store->path, error))
      || !open_database (store, flags, error))
    return FALSE;
  note_file (store);
  return plateau_store_migrate (store->db, store->path, (flags & SQLITE_OPEN_CREATE) != 0, error)
         && (store->read_only || choose_journal (store, error));
}

/* What undo could have put back is of no use once the project is opened again. */
static gboolean
sweep (PlateauStore *store, GError **error)
{
  return plateau_store_exec (store->db, store->path,
                             "DELETE FROM column_data WHERE measurement IN"
                             " (SELECT id FROM measurement WHERE cell IS NULL);"
                             "DELETE FROM spectrum WHERE measurement IN"
                             " (SELECT id FROM measurement WHERE cell IS NULL);"
                             "DELETE FROM measurement WHERE cell IS NULL",
                             error);
}

static PlateauStore *
open_store (const char *path, PlateauStoreFlags wanted, int flags, GError **error)
{
  g_autoptr (PlateauStore) store = g_object_new (PLATEAU_TYPE_STORE, NULL);
  store->path = g_strdup (path);
  store->read_only = (wanted & PLATEAU_STORE_READ_ONLY) != 0;
  if (!plateau_store_connect (store, flags, error) || (!store->read_only && !sweep (store, error)))
    return NULL;
  return g_steal_pointer (&store);
}

/**
 * plateau_store_create:
 * @path: a file that does not exist yet
 *
 * Returns: (transfer full): an empty project file, open for writing; NULL with PLATEAU_STORE_ERROR
 */
PlateauStore *
plateau_store_create (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_FAILED, _ ("%s exists already."),
                   path);
      return NULL;
    }
  return open_store (path, PLATEAU_STORE_READ_WRITE, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                     error);
}

static gboolean
check_openable (const char *path, PlateauStoreFlags flags, GError **error)
{
  GStatBuf file;
  if (g_stat (path, &file) == 0 && file.st_size == 0)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT,
                   _ ("%s is empty: it has no byte in it. It was not copied or downloaded to its "
                      "end; take it again from where it came."),
                   path);
      return FALSE;
    }
  if ((flags & PLATEAU_STORE_READ_ONLY) != 0)
    return TRUE;
  if (g_access (path, W_OK) != 0)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_READ_ONLY,
                   _ ("%s cannot be written; it can be opened for reading only."), path);
      return FALSE;
    }
  if (!can_write_beside (path))
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_READ_ONLY,
                   _ ("%s lies in a folder that cannot be written; it can be opened for reading "
                      "only."),
                   path);
      return FALSE;
    }
  return TRUE;
}

/**
 * plateau_store_open:
 * @path: a project file
 * @flags: PLATEAU_STORE_READ_ONLY to look only
 *
 * An older file is brought to the present layout. Measurements that were taken out before it was
 * last closed go for good.
 *
 * Returns: (transfer full): the store; NULL with PLATEAU_STORE_ERROR: not a project, from a newer
 *   version, damaged, not writable, open elsewhere
 */
PlateauStore *
plateau_store_open (const char *path, PlateauStoreFlags flags, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("%s is not there: it was moved, renamed or deleted, or its disk is not connected."),
                   path);
      return NULL;
    }
  if (!check_openable (path, flags, error))
    return NULL;
  return open_store (
      path, flags,
      (flags & PLATEAU_STORE_READ_ONLY) != 0 ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, error);
}

const char *
plateau_store_get_path (PlateauStore *store)
{
  return g_atomic_pointer_get (&store->path);
}

gboolean
plateau_store_get_read_only (PlateauStore *store)
{
  return g_atomic_int_get (&store->read_only) != 0;
}

gboolean
plateau_store_is_open (PlateauStore *store, GError **error)
{
  if (store->db != NULL)
    return TRUE;
  g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_FAILED, _ ("%s is closed."),
               store->path);
  return FALSE;
}

typedef struct
{
  PlateauStore *store;
  PlateauMeasurement *measurement; /* who owns this, no reference */
  gint64 id;
} Stored;

/* The measurement dies or gets another loader: its address may come again for another one. */
static void
stored_free (gpointer data)
{
  Stored *stored = data;
  g_mutex_lock (&stored->store->ids_mutex);
  g_hash_table_remove (stored->store->ids, stored->measurement);
  g_mutex_unlock (&stored->store->ids_mutex);
  g_object_unref (stored->store);
  g_free (stored);
}

static gboolean
load_stored (PlateauMeasurement *measurement, gpointer user_data, PlateauRecording **recording,
             GPtrArray **spectra, GError **error)
{
  Stored *stored = user_data;
  GError *problem = NULL;
  g_mutex_lock (&stored->store->mutex);
  gboolean good = plateau_store_is_open (stored->store, &problem)
                  && plateau_store_read_columns (stored->store->db, stored->store->path, stored->id,
                                                 recording, spectra, &problem);
  g_mutex_unlock (&stored->store->mutex);
  if (!good && problem != NULL
      && g_error_matches (problem, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED))
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("What the project keeps of %s is damaged. Add the file again; it takes the "
                      "place of what is damaged."),
                   plateau_measurement_get_source (measurement)->name);
      g_error_free (problem);
    }
  else if (problem != NULL)
    g_propagate_error (error, problem);
  return good;
}

/* 0: not in the file */
static gint64
find_id (PlateauStore *store, PlateauMeasurement *measurement)
{
  g_mutex_lock (&store->ids_mutex);
  const gint64 *id = g_hash_table_lookup (store->ids, measurement);
  gint64 known = id != NULL ? *id : 0;
  g_mutex_unlock (&store->ids_mutex);
  return known;
}

static void
set_id (PlateauStore *store, PlateauMeasurement *measurement, gint64 id)
{
  g_mutex_lock (&store->ids_mutex);
  if (id != 0)
    g_hash_table_insert (store->ids, measurement, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (store->ids, measurement);
  g_mutex_unlock (&store->ids_mutex);
}

/* From now on the measurement can give its columns back and load them again. */
void
plateau_store_remember (PlateauStore *store, PlateauMeasurement *measurement, gint64 id)
{
  set_id (store, measurement, id);
  if (!store->adopts)
    return;
  Stored *stored = g_new0 (Stored, 1);
  stored->store = g_object_ref (store);
  stored->measurement = measurement;
  stored->id = id;
  plateau_measurement_set_loader (measurement, plateau_measurement_get_n_rows (measurement),
                                  plateau_measurement_get_n_spectra (measurement), load_stored,
                                  stored, stored_free);
}

/**
 * plateau_store_load:
 *
 * Returns: (transfer full): the project, without columns, which are read when they are asked for
 */
PlateauProject *
plateau_store_load (PlateauStore *store, GError **error)
{
  g_mutex_lock (&store->mutex);
  PlateauProject *project = plateau_store_is_open (store, error)
                                ? plateau_store_read_project (store, store->db, store->path, error)
                                : NULL;
  g_mutex_unlock (&store->mutex);
  return project;
}

static gboolean
run_statement (PlateauStore *store, const PlateauStoreOperation *operation, GError **error)
{
  g_autoptr (PlateauStatement)
      statement = plateau_store_prepare (store->db, store->path, operation->sql, error);
  if (statement == NULL)
    return FALSE;
  /* A statement has only the parameters that it names; binding others is refused, harmlessly. */
  sqlite3_bind_text (statement, 1, operation->text1, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, operation->text2, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, operation->number1);
  sqlite3_bind_int64 (statement, 4, operation->number2);
  if (operation->number3 != 0)
    sqlite3_bind_int64 (statement, 5, operation->number3);
  return sqlite3_step (statement) == SQLITE_DONE
         || plateau_store_fail (store->db, store->path, error);
}

static gboolean
take_out (PlateauStore *store, PlateauMeasurement *measurement, GError **error)
{
  gint64 id = find_id (store, measurement);
  if (id == 0)
    return TRUE;
  PlateauStoreOperation operation = { .sql = "UPDATE measurement SET cell = NULL WHERE id = ?3",
                                      .number1 = id };
  return run_statement (store, &operation, error);
}

static gboolean
put_measurement (PlateauStore *store, const PlateauStoreOperation *operation, GPtrArray *written,
                 GError **error)
{
  gint64 id = find_id (store, operation->measurement);
  gboolean is_new = id == 0;
  if (!plateau_store_write_measurement (store->db, store->path, &id, operation->number1,
                                        (guint) operation->number2, operation->measurement, error))
    return FALSE;
  if (is_new)
    {
      set_id (store, operation->measurement, id);
      g_ptr_array_add (written, operation->measurement);
    }
  return TRUE;
}

static gboolean
run_operations (PlateauStore *store, PlateauStoreChange *change, GPtrArray *written, GError **error)
{
  for (guint i = 0; i < change->operations->len; i++)
    {
      const PlateauStoreOperation *operation = change->operations->pdata[i];
      gboolean good = operation->sql != NULL ? run_statement (store, operation, error)
                      : operation->removes   ? take_out (store, operation->measurement, error)
                                             : put_measurement (store, operation, written, error);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_change (PlateauStore *store, PlateauStoreChange *change, GError **error)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new ();
  if (store->read_only)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_READ_ONLY,
                   _ ("%s is open for reading only; save it under another name to keep changes."),
                   store->path);
      return FALSE;
    }
  if (!plateau_store_is_open (store, error))
    return FALSE;
  if (plateau_store_is_elsewhere (store))
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_MOVED,
                   _ ("%s is not there any more: it was moved, renamed, deleted or replaced while "
                      "it was open. Nothing is lost as long as this window is open; save the "
                      "project again, there or elsewhere."),
                   store->path);
      return FALSE;
    }
  if (!plateau_store_exec (store->db, store->path, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!run_operations (store, change, written, error)
      || !plateau_store_exec (store->db, store->path, "COMMIT", error))
    {
      sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
      for (guint i = 0; i < written->len; i++)
        set_id (store, written->pdata[i], 0);
      return FALSE;
    }
  for (guint i = 0; i < written->len; i++)
    plateau_store_remember (store, written->pdata[i], find_id (store, written->pdata[i]));
  return TRUE;
}

static void
write_task (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  PlateauStore *store = g_task_get_source_object (task);
  GError *error = NULL;
  g_mutex_lock (&store->mutex);
  gboolean good = run_change (store, g_task_get_task_data (task), &error);
  g_mutex_unlock (&store->mutex);
  g_mutex_lock (&store->queue_mutex);
  if (--store->pending == 0)
    g_cond_broadcast (&store->drained);
  g_mutex_unlock (&store->queue_mutex);
  if (good && g_atomic_int_compare_and_exchange (&store->syncs, FALSE, TRUE))
    g_thread_pool_push (store->syncer, g_object_ref (store), NULL);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * plateau_store_commit_async:
 * @change: (transfer full): what to do
 * @callback: (nullable): called on the thread's main context
 *
 * Queues a change; changes are carried out in the order in which they were queued, each in one
 * transaction: all of it or nothing.
 */
void
plateau_store_commit_async (PlateauStore *store, PlateauStoreChange *change,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (task, plateau_store_commit_async);
  g_task_set_task_data (task, change, (GDestroyNotify) plateau_store_change_free);
  g_mutex_lock (&store->queue_mutex);
  store->pending++;
  g_mutex_unlock (&store->queue_mutex);
  g_thread_pool_push (store->writer, task, NULL);
}

gboolean
plateau_store_commit_finish (PlateauStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Waits until every queued change is carried out. */
void
plateau_store_drain (PlateauStore *store)
{
  g_mutex_lock (&store->queue_mutex);
  while (store->pending > 0)
    g_cond_wait (&store->drained, &store->queue_mutex);
  g_mutex_unlock (&store->queue_mutex);
}

/**
 * plateau_store_commit:
 * @change: (transfer full): what to do
 *
 * Carries a change out now, after the ones that are queued, on the calling thread.
 *
 * Returns: FALSE with PLATEAU_STORE_ERROR when nothing of it was done
 */
gboolean
plateau_store_commit (PlateauStore *store, PlateauStoreChange *change, GError **error)
{
  g_autoptr (PlateauStoreChange) mine = change;
  plateau_store_drain (store);
  g_mutex_lock (&store->mutex);
  gboolean good = run_change (store, mine, error);
  g_mutex_unlock (&store->mutex);
  return good;
}

guint
plateau_store_get_n_pending (PlateauStore *store)
{
  g_mutex_lock (&store->queue_mutex);
  guint pending = store->pending;
  g_mutex_unlock (&store->queue_mutex);
  return pending;
}

/* One file that nothing else belongs to. The lock on the database is held. */
gboolean
plateau_store_disconnect (PlateauStore *store, GError **error)
{
  gboolean good = TRUE;
  if (store->db == NULL)
    return TRUE;
  if (!store->read_only && !plateau_store_is_elsewhere (store))
    good = plateau_store_exec (store->db, store->path, "PRAGMA journal_mode = DELETE", error);
  sqlite3_close_v2 (store->db);
  store->db = NULL;
  return good;
}

/**
 * plateau_store_close:
 *
 * Carries out what is queued and leaves one file that nothing else belongs to. Columns not loaded
 * by then cannot be loaded any more. Closing twice does nothing.
 *
 * Returns: FALSE with @error set when the end could not be written; the file then still opens
 */
gboolean
plateau_store_close (PlateauStore *store, GError **error)
{
  plateau_store_drain (store);
  g_mutex_lock (&store->mutex);
  gboolean good = plateau_store_disconnect (store, error);
  plateau_store_lock_drop (&store->lock);
  g_mutex_unlock (&store->mutex);
  return good;
}

/**
 * plateau_store_peek_cells:
 * @path: a project file
 * @n_most: how many names to tell
 * @n_cells: (out): how many cells there are
 *
 * Returns: (transfer full) (nullable): the names of the first cells; NULL when it cannot be opened
 */
char **
plateau_store_peek_cells (const char *path, guint n_most, guint *n_cells)
{
  g_autoptr (PlateauStore) store = plateau_store_open (path, PLATEAU_STORE_READ_ONLY, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  *n_cells = 0;
  if (store == NULL)
    return NULL;
  g_autoptr (PlateauStatement) select = plateau_store_prepare (
      store->db, path, "SELECT json_extract (properties, '$.name') FROM cell ORDER BY position, id",
      NULL);
  while (select != NULL && sqlite3_step (select) == SQLITE_ROW)
    if ((*n_cells)++ < n_most && sqlite3_column_text (select, 0) != NULL)
      g_strv_builder_add (names, (const char *) sqlite3_column_text (select, 0));
  return g_strv_builder_end (names);
}

/**
 * plateau_store_load_file:
 * @path: a project file, opened for reading only
 *
 * Returns: (transfer full): its project; columns are read when they are asked for
 */
PlateauProject *
plateau_store_load_file (const char *path, GError **error)
{
  g_autoptr (PlateauStore) store = plateau_store_open (path, PLATEAU_STORE_READ_ONLY, error);
  return store != NULL ? plateau_store_load (store, error) : NULL;
}
