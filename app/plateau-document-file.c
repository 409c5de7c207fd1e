/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-document-file.h"

#include "archive/plateau-archive.h"

#include <glib/gstdio.h>

static int
position_of (GListModel *model, gpointer object)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      if (item == object)
        return i;
    }
  return -1;
}

static void
put_cell (PlateauStoreChange *change, PlateauProject *project, PlateauCell *cell)
{
  int position = position_of (plateau_project_get_cells (project), cell);
  if (position >= 0)
    plateau_store_put_cell (change, cell, position);
}

static void
put_object (PlateauStoreChange *change, PlateauProject *project, GObject *object)
{
  if (PLATEAU_IS_CELL (object))
    put_cell (change, project, PLATEAU_CELL (object));
  else if (PLATEAU_IS_SAMPLE (object))
    plateau_store_put_sample (change, PLATEAU_SAMPLE (object));
  else
    plateau_store_put_project (change, project);
}

static void
put_member (PlateauStoreChange *change, PlateauProject *project, GObject *object, gboolean present)
{
  if (PLATEAU_IS_SAMPLE (object))
    {
      if (present)
        plateau_store_put_sample (change, PLATEAU_SAMPLE (object));
      else
        plateau_store_remove_sample (change, plateau_sample_get_id (PLATEAU_SAMPLE (object)));
      return;
    }
  PlateauCell *cell = PLATEAU_CELL (object);
  if (!present)
    {
      plateau_store_remove_cell (change, plateau_cell_get_id (cell));
      return;
    }
  put_cell (change, project, cell);
  for (guint i = 0; i < plateau_cell_get_n_measurements (cell); i++)
    plateau_store_put_measurement (change, plateau_cell_get_id (cell), i,
                                   plateau_cell_get_measurement (cell, i));
}

static void
put_measurement (PlateauStoreChange *change, PlateauCell *cell, PlateauMeasurement *from,
                 PlateauMeasurement *to)
{
  if (from != NULL)
    plateau_store_remove_measurement (change, from);
  /* The others only change places. */
  for (guint i = 0; to != NULL && i < plateau_cell_get_n_measurements (cell); i++)
    plateau_store_put_measurement (change, plateau_cell_get_id (cell), i,
                                   plateau_cell_get_measurement (cell, i));
}

static void
put_figure (PlateauStoreChange *change, PlateauProject *project, const char *name)
{
  JsonNode *figure = plateau_project_get_figure (project, name);
  if (figure == NULL)
    {
      plateau_store_remove_figure (change, name);
      return;
    }
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    if (g_strcmp0 (plateau_project_get_figure_name (project, i), name) == 0)
      plateau_store_put_figure (change, name, i, figure);
}

static void
add_edit (PlateauStoreChange *change, PlateauProject *project, PlateauEdit *edit, gboolean forward)
{
  switch (edit->kind)
    {
    case PLATEAU_EDIT_PROPERTY:
      put_object (change, project, edit->object);
      break;
    case PLATEAU_EDIT_SETTINGS:
      plateau_store_put_settings (change, edit->name,
                                  plateau_project_get_settings (project, edit->name));
      break;
    case PLATEAU_EDIT_FIGURE:
      put_figure (change, project, edit->name);
      break;
    case PLATEAU_EDIT_MEMBER:
      put_member (change, project, edit->object,
                  (forward ? edit->new_position : edit->old_position) >= 0);
      break;
    case PLATEAU_EDIT_MEASUREMENT:
      put_measurement (change, PLATEAU_CELL (edit->object),
                       forward ? edit->old_measurement : edit->new_measurement,
                       forward ? edit->new_measurement : edit->old_measurement);
      break;
    case PLATEAU_EDIT_PLACE:
      put_measurement (change, PLATEAU_CELL (edit->object), NULL, edit->new_measurement);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
plateau_store_change_add_edits (PlateauStoreChange *change, PlateauProject *project,
                                GPtrArray *edits, gboolean forward)
{
  gboolean reorders = FALSE;
  for (guint i = 0; i < edits->len; i++)
    {
      PlateauEdit *edit = g_ptr_array_index (edits, forward ? i : edits->len - 1 - i);
      add_edit (change, project, edit, forward);
      reorders = reorders || plateau_edit_reorders (edit);
    }
  if (reorders)
    plateau_store_put_order (change, project);
}

/* Drafts */

static char *
drafts_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "plateau", NULL);
}

char *
plateau_drafts_new_path (void)
{
  g_autofree char *folder = drafts_folder ();
  g_mkdir_with_parents (folder, 0700);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *name = g_strdup_printf ("%s %08x.plateau", stamp, g_random_int ());
  return g_build_filename (folder, name, NULL);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) b, *(char *const *) a);
}

gboolean
plateau_drafts_is_one (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path), *drafts = drafts_folder ();
  return g_str_equal (folder, drafts);
}

GPtrArray *
plateau_drafts_list (void)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = drafts_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf file;
      /* The program may have been killed before anything was in it. */
      if (g_str_has_suffix (name, ".plateau") && g_stat (path, &file) == 0 && file.st_size > 0)
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  g_ptr_array_sort (paths, newest_first);
  return paths;
}

/* Opening */

typedef struct
{
  char *path;
  gboolean read_only;
} OpenRequest;

static void
open_request_free (OpenRequest *request)
{
  g_free (request->path);
  g_free (request);
}

typedef struct
{
  PlateauStore *store;
  PlateauProject *project;
} OpenResult;

static void
open_result_free (OpenResult *result)
{
  g_clear_object (&result->store);
  g_clear_object (&result->project);
  g_free (result);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  OpenRequest *request = data;
  GError *error = NULL;
  /* The archive stays as it is; its project is gone on with as a draft. */
  if (plateau_archive_is (request->path))
    {
      g_autofree char *draft = plateau_drafts_new_path ();
      if (!plateau_archive_extract_project (request->path, draft, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      g_free (request->path);
      request->path = g_steal_pointer (&draft);
    }
  g_autoptr (PlateauStore) store = plateau_store_open (
      request->path, request->read_only ? PLATEAU_STORE_READ_ONLY : PLATEAU_STORE_READ_WRITE,
      &error);
  PlateauProject *project = store != NULL ? plateau_store_load (store, &error) : NULL;
  if (project == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  OpenResult *result = g_new0 (OpenResult, 1);
  result->store = g_steal_pointer (&store);
  result->project = project;
  g_task_return_pointer (task, result, (GDestroyNotify) open_result_free);
}

void
plateau_document_open_async (const char *path, gboolean read_only, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  OpenRequest *request = g_new0 (OpenRequest, 1);
  request->path = g_strdup (path);
  request->read_only = read_only;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, plateau_document_open_async);
  g_task_set_task_data (task, request, (GDestroyNotify) open_request_free);
  g_task_run_in_thread (task, open_thread);
}

PlateauDocument *
plateau_document_open_finish (GAsyncResult *result, GError **error)
{
  OpenResult *opened = g_task_propagate_pointer (G_TASK (result), error);
  if (opened == NULL)
    return NULL;
  PlateauDocument *document = plateau_document_new_for_project (opened->project, opened->store);
  open_result_free (opened);
  return document;
}
