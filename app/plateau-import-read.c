/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-import-read.h"

#include "base/plateau-error.h"
#include "plateau-read-options.h"

#include <glib/gi18n.h>

/* Folders deeper than this are links in a circle, or not a study. */
#define MAX_DEPTH 12
#define MAX_FILES 20000

void
plateau_read_result_free (PlateauReadResult *result)
{
  g_clear_object (&result->file);
  g_clear_pointer (&result->measurements, g_ptr_array_unref);
  g_clear_error (&result->error);
  g_free (result->name);
  g_free (result);
}

static PlateauReadResult *
result_new (GFile *file, const char *name, gboolean named)
{
  PlateauReadResult *result = g_new0 (PlateauReadResult, 1);
  result->file = g_object_ref (file);
  result->name = g_strdup (name);
  result->named = named;
  return result;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const PlateauReadResult *x = *(PlateauReadResult *const *) a,
                          *y = *(PlateauReadResult *const *) b;
  g_autofree char *u = g_utf8_collate_key_for_filename (x->name, -1);
  g_autofree char *v = g_utf8_collate_key_for_filename (y->name, -1);
  return strcmp (u, v);
}

/* Walking */

static void
walk_folder (GPtrArray *results, GFile *folder, guint depth, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileEnumerator) entries = g_file_enumerate_children (
      folder, "standard::name,standard::display-name,standard::type,standard::is-hidden",
      G_FILE_QUERY_INFO_NONE, cancellable, &error);
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = results->len;
  GFileInfo *info;
  GFile *child;
  while (entries != NULL && results->len < MAX_FILES
         && g_file_enumerator_iterate (entries, &info, &child, cancellable, &error) && info != NULL)
    {
      if (g_file_info_get_is_hidden (info))
        continue;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        g_ptr_array_add (folders, g_object_ref (child));
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        g_ptr_array_add (results, result_new (child, g_file_info_get_display_name (info), FALSE));
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *name = g_file_get_basename (folder);
      PlateauReadResult *result = result_new (folder, name, TRUE);
      result->error = g_steal_pointer (&error);
      g_ptr_array_add (results, result);
    }
  if (results->len > first + 1)
    qsort (results->pdata + first, results->len - first, sizeof (gpointer), compare_names);
  for (guint i = 0; i < folders->len && depth < MAX_DEPTH; i++)
    walk_folder (results, g_ptr_array_index (folders, i), depth + 1, cancellable);
}

static GPtrArray *
list_files (GFile *const *files, guint n_files, GCancellable *cancellable)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_read_result_free);
  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GFileInfo)
          info = g_file_query_info (files[i], "standard::type,standard::display-name",
                                    G_FILE_QUERY_INFO_NONE, cancellable, &error);
      if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        {
          walk_folder (results, files[i], 0, cancellable);
          continue;
        }
      g_autofree char *name = info != NULL ? g_strdup (g_file_info_get_display_name (info))
                                           : g_file_get_basename (files[i]);
      g_ptr_array_add (results, result_new (files[i], name, TRUE));
    }
  return results;
}

/* Reading */

typedef struct
{
  const PlateauReadOptions *options;
  GVariant *memory;
  PlateauJob *job;
  GCancellable *cancellable;
  gint n_done; /* atomic */
  guint n_total;
} Pool;

/* Whether what a user said about an earlier file may help. */
static gboolean
leaves_doubt (PlateauReadResult *result)
{
  if (result->measurements == NULL)
    return result->error != NULL && result->error->domain == PLATEAU_READER_ERROR;
  PlateauMeasurement *first = g_ptr_array_index (result->measurements, 0);
  const char *id = plateau_measurement_get_source (first)->reader;
  const PlateauReader *reader = id != NULL ? plateau_reader_find (id) : NULL;
  return (reader != NULL && reader->general)
         || plateau_measurement_get_info (first, PLATEAU_INFO_ASSUMED_UNITS) != NULL;
}

static void
read_as_before (PlateauReadResult *result, Pool *pool)
{
  g_autoptr (PlateauReadOptions) options = plateau_read_memory_find (pool->memory, result->file);
  g_autoptr (GPtrArray) measurements =
      options != NULL ? plateau_read_file (result->file, options, pool->cancellable, NULL) : NULL;
  if (measurements == NULL)
    return; /* what was read without it is better */
  for (guint i = 0; i < measurements->len; i++)
    {
      plateau_read_options_note (options, g_ptr_array_index (measurements, i));
      plateau_measurement_warn (g_ptr_array_index (measurements, i),
                                _ ("Its columns were read as you named them for an earlier file "
                                   "with the same columns."));
    }
  g_clear_error (&result->error);
  g_clear_pointer (&result->measurements, g_ptr_array_unref);
  result->measurements = g_steal_pointer (&measurements);
}

static void
read_one (gpointer data, gpointer user_data)
{
  PlateauReadResult *result = data;
  Pool *pool = user_data;
  if (result->error == NULL && !g_cancellable_is_cancelled (pool->cancellable))
    result->measurements = plateau_read_file (result->file, pool->options, pool->cancellable,
                                              &result->error);
  for (guint i = 0; result->measurements != NULL && i < result->measurements->len; i++)
    plateau_read_options_note (pool->options, g_ptr_array_index (result->measurements, i));
  if (pool->options == NULL && leaves_doubt (result))
    read_as_before (result, pool);
  plateau_job_set_progress (pool->job, g_atomic_int_add (&pool->n_done, 1) + 1, pool->n_total);
}

/* What lies in a folder beside the measurements (notes, pictures) is no error of the user's. */
static void
drop_strangers (GPtrArray *results)
{
  for (guint i = results->len; i-- > 0;)
    {
      PlateauReadResult *result = g_ptr_array_index (results, i);
      if (!result->named
          && g_error_matches (result->error, PLATEAU_READER_ERROR,
                              PLATEAU_READER_ERROR_UNKNOWN_FORMAT))
        g_ptr_array_remove_index (results, i);
    }
}

GPtrArray *
plateau_import_read_all (GFile *const *files, guint n_files, const PlateauReadOptions *options,
                         GVariant *memory, PlateauJob *job, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) results = list_files (files, n_files, cancellable);
  Pool state = { options, memory, job, cancellable, 0, results->len };
  plateau_job_set_progress (job, 0, results->len);
  GThreadPool *pool = g_thread_pool_new (read_one, &state, (gint) g_get_num_processors (), FALSE,
                                         error);
  if (pool == NULL)
    return NULL;
  for (guint i = 0; i < results->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (results, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  drop_strangers (results);
  return g_steal_pointer (&results);
}
