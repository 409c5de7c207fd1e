/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-document-private.h"

#include "base/plateau-error.h"
#include "plateau-document-file.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define SUBJECT "store"
#define RETRY_SECONDS 10

static void write_change (PlateauDocument *document, PlateauStoreChange *change, gboolean all);

gboolean
plateau_document_is_writing (PlateauDocument *document)
{
  return document->n_writing > 0 || plateau_jobs_holds (document->jobs);
}

gboolean
plateau_document_has_unwritten (PlateauDocument *document)
{
  return document->n_writing > 0;
}

gboolean
plateau_document_is_behind (PlateauDocument *document)
{
  return document->behind;
}

/* The program stays until the last change is on the disk, even when its last window is gone. */
static void
hold_program (gboolean hold)
{
  GApplication *application = g_application_get_default ();
  if (application != NULL && hold)
    g_application_hold (application);
  else if (application != NULL)
    g_application_release (application);
}

/* Failing. What could not be written is in the window all the same: from then on whatever is written
 * is the whole project, until that has gone well. */

static gboolean
retry (gpointer user_data)
{
  PlateauDocument *document = user_data;
  document->retry_source = 0;
  plateau_document_write_again (document);
  return G_SOURCE_REMOVE;
}

static void
tell_failure (PlateauDocument *document, const char *title, const GError *error)
{
  const char *path = document->store != NULL ? plateau_store_get_path (document->store) : NULL;
  g_autoptr (PlateauMessage)
      message = plateau_message_new (PLATEAU_MESSAGE_ERROR, title, error->message);
  plateau_message_set_subject (message, SUBJECT);
  if (g_error_matches (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_MOVED))
    plateau_message_add_action (message, _ ("Save there again"), "win.save-to",
                                g_variant_new_string (path));
  else
    plateau_message_add_action (message, _ ("Try again"), "win.write-again", NULL);
  plateau_message_add_action (message, _ ("Save as…"), "win.save-as", NULL);
  plateau_document_add_message (document, message);
}

static void
fall_behind (PlateauDocument *document, const GError *error)
{
  document->behind = TRUE;
  if (document->retry_source == 0)
    document->retry_source = g_timeout_add_seconds (RETRY_SECONDS, retry, document);
  tell_failure (document, _ ("The last change is not in the file"), error);
}

static void
catch_up (PlateauDocument *document)
{
  document->behind = FALSE;
  g_clear_handle_id (&document->retry_source, g_source_remove);
  plateau_document_remove_message (document, SUBJECT);
}

/* Writing */

static void
written (PlateauDocument *document, GObject *store, GAsyncResult *result, gboolean all)
{
  g_autoptr (GError) error = NULL;
  document->n_writing--;
  if (!plateau_store_commit_finish (PLATEAU_STORE (store), result, &error))
    fall_behind (document, error);
  else if (all)
    catch_up (document);
  _plateau_document_emit_state_changed (document);
  hold_program (FALSE);
}

static void
change_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlateauDocument) document = user_data;
  written (document, source, result, FALSE);
}

static void
all_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlateauDocument) document = user_data;
  written (document, source, result, TRUE);
}

static void
write_change (PlateauDocument *document, PlateauStoreChange *change, gboolean all)
{
  if (plateau_store_change_is_empty (change))
    {
      plateau_store_change_free (change);
      return;
    }
  document->n_writing++;
  hold_program (TRUE);
  plateau_store_commit_async (document->store, change, all ? all_written : change_written,
                              g_object_ref (document));
  _plateau_document_emit_state_changed (document);
}

static void
write_all (PlateauDocument *document)
{
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_all (change, document->project);
  write_change (document, change, TRUE);
}

/* Changing is allowed, to try what would be; keeping it needs another file. */
static void
tell_read_only (PlateauDocument *document)
{
  if (document->behind)
    return;
  document->behind = TRUE;
  g_autofree char *name = g_path_get_basename (plateau_store_get_path (document->store));
  g_autofree char *text = g_strdup_printf (
      _ ("%s is open for reading only: what you change is in this window and not in the file. Save "
         "the project under another name to keep it."),
      name);
  g_autoptr (PlateauMessage) message = plateau_message_new (
      PLATEAU_MESSAGE_ERROR, _ ("Changes are not kept"), text);
  plateau_message_set_subject (message, SUBJECT);
  plateau_message_add_action (message, _ ("Save as…"), "win.save-as", NULL);
  plateau_document_add_message (document, message);
}

/* The first thing worth keeping makes the draft's file. Returns: whether a change can be written */
static gboolean
ensure_store (PlateauDocument *document)
{
  if (document->store != NULL)
    return !plateau_store_get_read_only (document->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = plateau_drafts_new_path ();
  document->store = plateau_store_create (path, &error);
  if (document->store == NULL)
    {
      document->behind = TRUE;
      tell_failure (document, _ ("The project is not kept on disk yet"), error);
      return FALSE;
    }
  document->behind = TRUE; /* nothing is in it */
  _plateau_document_watch_file (document);
  return TRUE;
}

void
_plateau_document_keep_edits (PlateauDocument *document, GPtrArray *edits, gboolean forward)
{
  if (document->store != NULL && plateau_store_get_read_only (document->store))
    tell_read_only (document);
  if (!ensure_store (document))
    return;
  if (document->behind)
    {
      write_all (document);
      return;
    }
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_change_add_edits (change, document->project, edits, forward);
  write_change (document, change, FALSE);
}

void
plateau_document_write_again (PlateauDocument *document)
{
  g_return_if_fail (PLATEAU_IS_DOCUMENT (document));
  if (document->behind && ensure_store (document))
    write_all (document);
}

static void
put_known (PlateauStoreChange *change, PlateauCell *cell, GPtrArray *measurements)
{
  for (guint i = 0; i < plateau_cell_get_n_measurements (cell); i++)
    {
      PlateauMeasurement *measurement = plateau_cell_get_measurement (cell, i);
      if (g_ptr_array_find (measurements, measurement, NULL))
        plateau_store_put_measurement (change, plateau_cell_get_id (cell), i, measurement);
    }
}

void
plateau_document_keep_sources (PlateauDocument *document, GPtrArray *measurements)
{
  g_return_if_fail (PLATEAU_IS_DOCUMENT (document));
  if (document->store == NULL || plateau_store_get_read_only (document->store))
    return;
  GListModel *cells = plateau_project_get_cells (document->project);
  PlateauStoreChange *change = plateau_store_change_new ();
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      put_known (change, cell, measurements);
    }
  write_change (document, change, FALSE);
}

/* The file is told to be gone when it goes, not when the next change fails. */

static void
file_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
              gpointer user_data)
{
  PlateauDocument *document = user_data;
  if ((event != G_FILE_MONITOR_EVENT_DELETED && event != G_FILE_MONITOR_EVENT_RENAMED
       && event != G_FILE_MONITOR_EVENT_MOVED_OUT && event != G_FILE_MONITOR_EVENT_CREATED
       && event != G_FILE_MONITOR_EVENT_MOVED_IN)
      || document->behind || plateau_document_is_read_only (document)
      || !plateau_store_is_elsewhere (document->store))
    return;
  document->behind = TRUE;
  plateau_document_write_again (document); /* fails, and says why */
}

void
_plateau_document_watch_file (PlateauDocument *document)
{
  g_clear_object (&document->monitor);
  if (document->store == NULL)
    return;
  g_autoptr (GFile) file = g_file_new_for_path (plateau_store_get_path (document->store));
  document->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (document->monitor != NULL)
    g_signal_connect_object (document->monitor, "changed", G_CALLBACK (file_changed), document, 0);
}

/* Saving as */

typedef struct
{
  PlateauStore *store;     /* NULL: the project is in no file yet */
  PlateauStoreChange *all; /* what is written then */
  char *path;
} Save;

typedef struct
{
  PlateauStore *store; /* NULL: error says why */
  char *path;
  GError *error;
} Saved;

static void
save_free (Save *save)
{
  g_clear_object (&save->store);
  g_clear_pointer (&save->all, plateau_store_change_free);
  g_free (save->path);
  g_free (save);
}

static void
saved_free (Saved *saved)
{
  g_clear_object (&saved->store);
  g_clear_error (&saved->error);
  g_free (saved->path);
  g_free (saved);
}

static void
tell_progress (double fraction, gpointer user_data)
{
  plateau_job_set_fraction (user_data, fraction);
}

/* What it was kept in until then is of no use any more. */
static PlateauStore *
save_over (Save *save, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  g_autofree char *before = g_strdup (plateau_store_get_path (save->store));
  if (!plateau_store_save_as (save->store, save->path, tell_progress, job, cancellable, error))
    return NULL;
  if (plateau_drafts_is_one (before) && !plateau_drafts_is_one (save->path))
    g_unlink (before);
  return g_object_ref (save->store);
}

static gpointer
run_save (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Save *save = data;
  GError *problem = NULL;
  PlateauStore *store = NULL;
  if (save->store != NULL)
    store = save_over (save, job, cancellable, &problem);
  else if (plateau_store_write_change (g_steal_pointer (&save->all), save->path, &problem))
    store = plateau_store_open (save->path, PLATEAU_STORE_READ_WRITE, &problem);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  Saved *result = g_new0 (Saved, 1);
  result->store = store;
  result->path = g_strdup (save->path);
  result->error = problem;
  return result;
}

static void
save_done (GObject *owner, gpointer data, const GError *error)
{
  PlateauDocument *document = PLATEAU_DOCUMENT (owner);
  Saved *result = data;
  if (result == NULL)
    return;
  if (result->store != NULL && document->store == NULL)
    document->store = g_object_ref (result->store);
  if (result->store != NULL)
    {
      _plateau_document_watch_file (document);
      if (document->behind)
        write_all (document);
    }
  _plateau_document_emit_saved (document, result->path, result->error);
  saved_free (result);
}

void
plateau_document_save_as (PlateauDocument *document, const char *path)
{
  g_return_if_fail (PLATEAU_IS_DOCUMENT (document));
  ensure_store (document);
  Save *save = g_new0 (Save, 1);
  save->path = g_strdup (path);
  save->store = document->store != NULL ? g_object_ref (document->store) : NULL;
  if (save->store == NULL)
    {
      save->all = plateau_store_change_new ();
      plateau_store_put_all (save->all, document->project);
    }
  PlateauJobSpec spec = {
    .title = _ ("Saving"),
    .run = run_save,
    .input = save,
    .free_input = (GDestroyNotify) save_free,
    .free_result = (GDestroyNotify) saved_free,
    .done = save_done,
    .owner = G_OBJECT (document),
    .holds = TRUE,
    .keeps = TRUE,
  };
  plateau_jobs_start (document->jobs, NULL, &spec);
}

void
plateau_document_close (PlateauDocument *document)
{
  if (document->store == NULL)
    return;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup (plateau_store_get_path (document->store));
  /* An example that was only looked at leaves nothing behind. */
  gboolean untouched = plateau_project_get_simulated (document->project)
                       && plateau_undo_get_undo_name (document->undo) == NULL
                       && plateau_undo_get_redo_name (document->undo) == NULL;
  gboolean drop = plateau_drafts_is_one (path)
                  && (untouched || plateau_document_is_empty (document));
  if (!plateau_store_close (document->store, &error))
    g_warning ("%s", error->message);
  g_clear_object (&document->store);
  if (drop)
    g_unlink (path);
}
