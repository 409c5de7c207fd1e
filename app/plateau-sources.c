/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-sources.h"

#include "data/plateau-source-check.h"

#include <glib/gi18n.h>
#include <string.h>

#define CALM_MS 1500     /* what is being imported comes first */
#define NAMES_TOLD 4     /* in a message */
#define DEEPEST 8        /* folders in folders */
#define MOST_ENTRIES 1e5 /* looked at in a search */
#define SUBJECT "sources:missing"
#define SETTINGS "sources"

struct _PlateauSources
{
  GObject parent_instance;

  PlateauDocument *document; /* weak */
  PlateauJob *job, *search;
  guint source;
  GHashTable *known;  /* PlateauMeasurement -> its uri when it was looked at */
  GPtrArray *missing; /* PlateauMeasurement */
};

G_DEFINE_FINAL_TYPE (PlateauSources, plateau_sources, G_TYPE_OBJECT)

/* What a job looks at, and what it finds out: one entry a measurement */

typedef struct
{
  PlateauCell *cell;
  PlateauMeasurement *measurement;
  PlateauSource *source; /* as it was when the job began */
  PlateauSourceState state;
  char *sha256;
  char *uri; /* found here */
  gint64 modified;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;
  g_object_unref (entry->cell);
  plateau_measurement_unref (entry->measurement);
  plateau_source_free (entry->source);
  g_free (entry->sha256);
  g_free (entry->uri);
  g_free (entry);
}

static void
add_entry (GPtrArray *entries, PlateauCell *cell, PlateauMeasurement *measurement)
{
  Entry *entry = g_new0 (Entry, 1);
  entry->cell = g_object_ref (cell);
  entry->measurement = plateau_measurement_ref (measurement);
  entry->source = plateau_source_copy (plateau_measurement_get_source (measurement));
  g_ptr_array_add (entries, entry);
}

static gpointer
look (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  GPtrArray *entries = data;
  Entry *before = NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (before != NULL && g_strcmp0 (before->source->uri, entry->source->uri) == 0
          && before->source->modified == entry->source->modified)
        { /* the parts of one file follow each other */
          entry->state = before->state;
          entry->sha256 = g_strdup (before->sha256);
        }
      else
        entry->state = plateau_source_check (entry->source, NULL, cancellable, &entry->sha256);
      before = entry;
    }
  return g_ptr_array_ref (entries);
}

/* Telling */

static gboolean
was_left (PlateauSources *sources, const char *uri)
{
  JsonObject *settings = plateau_project_get_settings (
      plateau_document_get_project (sources->document), SETTINGS);
  JsonArray *left = settings != NULL && json_object_has_member (settings, "left")
                        ? json_object_get_array_member (settings, "left")
                        : NULL;
  for (guint i = 0; left != NULL && i < json_array_get_length (left); i++)
    if (g_strcmp0 (json_array_get_string_element (left, i), uri) == 0)
      return TRUE;
  return FALSE;
}

static char *
list_names (GPtrArray *missing)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < MIN (missing->len, NAMES_TOLD); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            plateau_measurement_get_source (missing->pdata[i])->name);
  if (missing->len > NAMES_TOLD)
    g_string_append_printf (names,
                            ngettext (" and %u more", " and %u more", missing->len - NAMES_TOLD),
                            missing->len - NAMES_TOLD);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
tell (PlateauSources *sources)
{
  GPtrArray *missing = sources->missing;
  if (missing->len == 0)
    {
      plateau_document_remove_message (sources->document, SUBJECT);
      return;
    }
  g_autofree char *names = list_names (missing);
  g_autofree char *title = g_strdup_printf (ngettext ("%u file is not where it was read",
                                                      "%u files are not where they were read",
                                                      missing->len),
                                            missing->len);
  g_autofree char *detail = g_strdup_printf (
      _ ("%s: moved, renamed or deleted. All that was read is kept in the project."), names);
  g_autoptr (PlateauMessage) message = plateau_message_new (PLATEAU_MESSAGE_NOTE, title, detail);
  plateau_message_set_subject (message, SUBJECT);
  plateau_message_add_action (message, _ ("Find…"), "win.find-sources", NULL);
  plateau_message_add_action (message, _ ("Leave"), "win.leave-sources", NULL);
  plateau_document_add_message (sources->document, message);
}

static gboolean
names_uri (GPtrArray *measurements, const char *uri)
{
  for (guint i = 0; i < measurements->len; i++)
    if (g_strcmp0 (plateau_measurement_get_source (measurements->pdata[i])->uri, uri) == 0)
      return TRUE;
  return FALSE;
}

static void
looked (GObject *object, gpointer result, const GError *error)
{
  PlateauSources *sources = PLATEAU_SOURCES (object);
  g_autoptr (GPtrArray) entries = result;
  if (entries == NULL || sources->document == NULL)
    return;
  g_autoptr (GPtrArray) hashed = g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];
      const PlateauSource *source = plateau_measurement_get_source (entry->measurement);
      g_hash_table_replace (sources->known, plateau_measurement_ref (entry->measurement),
                            g_strdup (entry->source->uri));
      if (entry->state == PLATEAU_SOURCE_SAME && source->sha256 == NULL)
        {
          plateau_measurement_set_sha256 (entry->measurement, entry->sha256);
          g_ptr_array_add (hashed, entry->measurement);
        }
      if (entry->state != PLATEAU_SOURCE_MISSING)
        g_ptr_array_remove (sources->missing, entry->measurement);
      if (entry->state == PLATEAU_SOURCE_MISSING && !was_left (sources, source->uri)
          && !names_uri (sources->missing, source->uri))
        g_ptr_array_add (sources->missing, plateau_measurement_ref (entry->measurement));
    }
  plateau_document_keep_sources (sources->document, hashed);
  tell (sources);
}

/* Looking */

typedef gboolean (*Wanted) (PlateauSources *sources, PlateauMeasurement *measurement);

static GPtrArray *
list_entries (PlateauSources *sources, Wanted wanted)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (sources->document));
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      for (guint k = 0; k < plateau_cell_get_n_measurements (cell); k++)
        if (wanted (sources, plateau_cell_get_measurement (cell, k)))
          add_entry (entries, cell, plateau_cell_get_measurement (cell, k));
    }
  return entries;
}

/* Not looked at yet, or at another place. */
static gboolean
is_new (PlateauSources *sources, PlateauMeasurement *measurement)
{
  const char *uri = plateau_measurement_get_source (measurement)->uri;
  return uri != NULL && g_strcmp0 (g_hash_table_lookup (sources->known, measurement), uri) != 0;
}

static gboolean
is_missing (PlateauSources *sources, PlateauMeasurement *measurement)
{
  return names_uri (sources->missing, plateau_measurement_get_source (measurement)->uri);
}

static gboolean
start_looking (gpointer user_data)
{
  PlateauSources *sources = user_data;
  sources->source = 0;
  GPtrArray *entries = list_entries (sources, is_new);
  PlateauJobSpec spec = {
    .run = look,
    .input = entries,
    .free_input = (GDestroyNotify) g_ptr_array_unref,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
    .done = looked,
    .owner = G_OBJECT (sources),
  };
  if (entries->len > 0)
    plateau_jobs_start (plateau_document_get_jobs (sources->document), &sources->job, &spec);
  else
    g_ptr_array_unref (entries);
  return G_SOURCE_REMOVE;
}

static void
look_soon (PlateauSources *sources)
{
  PlateauProject *project = plateau_document_get_project (sources->document);
  if (plateau_project_get_simulated (project))
    return; /* its files never were on this machine */
  g_clear_handle_id (&sources->source, g_source_remove);
  sources->source = g_timeout_add (CALM_MS, start_looking, sources);
}

void
plateau_sources_check (PlateauSources *sources)
{
  g_return_if_fail (PLATEAU_IS_SOURCES (sources));
  if (sources->document == NULL)
    return;
  g_hash_table_remove_all (sources->known);
  g_ptr_array_set_size (sources->missing, 0);
  look_soon (sources);
}

/* Finding */

typedef struct
{
  GFile *folder;
  GPtrArray *entries;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->folder);
  g_ptr_array_unref (search->entries);
  g_free (search);
}

static void
try_file (GPtrArray *entries, GFile *file, const char *name, GCancellable *cancellable)
{
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];
      if (entry->uri != NULL || strcmp (entry->source->name, name) != 0)
        continue;
      g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                      G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                      "," G_FILE_ATTRIBUTE_TIME_MODIFIED
                                                      "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                                                      G_FILE_QUERY_INFO_NONE, cancellable, NULL);
      gboolean same = entry->source->sha256 != NULL
                          ? plateau_source_check (entry->source, file, cancellable, NULL)
                                == PLATEAU_SOURCE_SAME
                          : info != NULL
                                && (guint64) g_file_info_get_size (info) == entry->source->size;
      if (!same || info == NULL)
        continue;
      entry->uri = g_file_get_uri (file);
      entry->modified = plateau_file_info_get_modified (info);
    }
}

static void
walk (Search *search, GFile *folder, int depth, guint *n_entries, GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;
  GFile *child;
  while (children != NULL && *n_entries < MOST_ENTRIES
         && g_file_enumerator_iterate (children, &info, &child, cancellable, NULL) && info != NULL)
    {
      (*n_entries)++;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < DEEPEST)
        walk (search, child, depth + 1, n_entries, cancellable);
      else
        try_file (search->entries, child, g_file_info_get_name (info), cancellable);
    }
}

static gpointer
search_folder (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Search *search = data;
  guint n_entries = 0;
  walk (search, search->folder, 0, &n_entries, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_ptr_array_ref (search->entries);
}

static void
searched (GObject *object, gpointer result, const GError *error)
{
  PlateauSources *sources = PLATEAU_SOURCES (object);
  g_autoptr (GPtrArray) entries = result;
  if (entries == NULL || sources->document == NULL)
    return;
  plateau_document_begin (sources->document, _ ("Find the files that moved"), NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];
      if (entry->uri != NULL)
        plateau_document_edit (sources->document,
                               plateau_edit_new_place (entry->cell, entry->measurement, entry->uri,
                                                       entry->modified));
    }
  /* Whoever follows the files looks at the new places once the document has changed. */
  plateau_document_end (sources->document);
  plateau_document_remove_message (sources->document, SUBJECT);
  plateau_sources_check (sources);
}

void
plateau_sources_find (PlateauSources *sources, GFile *folder)
{
  g_return_if_fail (PLATEAU_IS_SOURCES (sources));
  if (sources->document == NULL)
    return;
  Search *search = g_new0 (Search, 1);
  search->folder = g_object_ref (folder);
  search->entries = list_entries (sources, is_missing);
  PlateauJobSpec spec = {
    .title = _ ("Looking for files"),
    .run = search_folder,
    .input = search,
    .free_input = (GDestroyNotify) search_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
    .done = searched,
    .owner = G_OBJECT (sources),
  };
  plateau_jobs_start (plateau_document_get_jobs (sources->document), &sources->search, &spec);
}

void
plateau_sources_leave (PlateauSources *sources)
{
  g_return_if_fail (PLATEAU_IS_SOURCES (sources));
  if (sources->document == NULL)
    return;
  PlateauProject *project = plateau_document_get_project (sources->document);
  JsonObject *old = plateau_project_get_settings (project, SETTINGS);
  JsonArray *left = json_array_new ();
  for (guint i = 0; i < sources->missing->len; i++)
    json_array_add_string_element (
        left, plateau_measurement_get_source (sources->missing->pdata[i])->uri);
  JsonArray *before = old != NULL && json_object_has_member (old, "left")
                          ? json_object_get_array_member (old, "left")
                          : NULL;
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    json_array_add_string_element (left, json_array_get_string_element (before, i));
  g_autoptr (JsonObject) settings = json_object_new ();
  json_object_set_array_member (settings, "left", left);
  g_ptr_array_set_size (sources->missing, 0);
  plateau_document_set_settings (sources->document, SETTINGS, settings,
                                 _ ("Leave the missing files"));
  tell (sources);
}

static void
plateau_sources_dispose (GObject *object)
{
  PlateauSources *sources = PLATEAU_SOURCES (object);
  g_clear_handle_id (&sources->source, g_source_remove);
  if (sources->document != NULL)
    {
      plateau_jobs_cancel (plateau_document_get_jobs (sources->document), &sources->job);
      plateau_jobs_cancel (plateau_document_get_jobs (sources->document), &sources->search);
      g_signal_handlers_disconnect_by_data (sources->document, sources);
    }
  g_clear_weak_pointer (&sources->document);
  G_OBJECT_CLASS (plateau_sources_parent_class)->dispose (object);
}

static void
plateau_sources_finalize (GObject *object)
{
  PlateauSources *sources = PLATEAU_SOURCES (object);
  g_hash_table_unref (sources->known);
  g_ptr_array_unref (sources->missing);
  G_OBJECT_CLASS (plateau_sources_parent_class)->finalize (object);
}

static void
plateau_sources_class_init (PlateauSourcesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_sources_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_sources_finalize;
}

static void
plateau_sources_init (PlateauSources *sources)
{
  sources->known = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) plateau_measurement_unref,
                                          g_free);
  sources->missing = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_measurement_unref);
}

PlateauSources *
plateau_sources_new (PlateauDocument *document)
{
  PlateauSources *sources = g_object_new (PLATEAU_TYPE_SOURCES, NULL);
  g_set_weak_pointer (&sources->document, document);
  g_signal_connect_swapped (document, "changed", G_CALLBACK (look_soon), sources);
  look_soon (sources);
  return sources;
}
