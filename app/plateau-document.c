/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-document.h"

#include "analysis/plateau-cycles.h"
#include "plateau-document-file.h"
#include "plateau-preferences.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#define CACHE_SIZE (256 * 1024 * 1024)

struct _PlateauDocument
{
  GObject parent_instance;

  PlateauProject *project;
  PlateauStudy *study; /* NULL: to be made when asked for */
  PlateauCache *cache;
  PlateauSelection *selection;
  PlateauJobs *jobs;
  PlateauUndo *undo;
  GListStore *messages;
  GSettings *preferences;

  PlateauStore *store; /* NULL: nothing to keep yet */
  gboolean draft;      /* the store is ours, in the state folder */
  guint n_writing;
  gboolean failed; /* the last change could not be written */

  char *action_name, *action_key;
  GPtrArray *action_edits;
  guint depth;
  guint changed_source;
};

enum
{
  CHANGED,
  STATE_CHANGED,
  READ_OFF,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauDocument, plateau_document, G_TYPE_OBJECT)

static gboolean
emit_changed (gpointer user_data)
{
  PlateauDocument *document = user_data;
  document->changed_source = 0;
  g_signal_emit (document, signals[CHANGED], 0);
  g_signal_emit (document, signals[STATE_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Many properties change in one action; the pages hear of it once. */
static void
project_changed (PlateauDocument *document)
{
  g_clear_pointer (&document->study, plateau_study_unref);
  if (document->changed_source == 0)
    document->changed_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, emit_changed, document, NULL);
}

static void
preference_changed (PlateauDocument *document, const char *key)
{
  if (document->project != NULL && plateau_preferences_is_of_manner (key))
    project_changed (document);
}

static void
plateau_document_dispose (GObject *object)
{
  PlateauDocument *document = PLATEAU_DOCUMENT (object);
  g_clear_handle_id (&document->changed_source, g_source_remove);
  if (document->jobs != NULL)
    plateau_jobs_cancel_all (document->jobs);
  if (document->project != NULL)
    g_signal_handlers_disconnect_by_data (document->project, document);
  G_OBJECT_CLASS (plateau_document_parent_class)->dispose (object);
}

static void
plateau_document_finalize (GObject *object)
{
  PlateauDocument *document = PLATEAU_DOCUMENT (object);
  plateau_document_close (document);
  g_clear_pointer (&document->study, plateau_study_unref);
  g_clear_pointer (&document->cache, plateau_cache_unref);
  g_clear_pointer (&document->action_edits, g_ptr_array_unref);
  g_clear_object (&document->project);
  g_clear_object (&document->selection);
  g_clear_object (&document->jobs);
  g_clear_object (&document->undo);
  g_clear_object (&document->messages);
  g_clear_object (&document->preferences);
  g_free (document->action_name);
  g_free (document->action_key);
  G_OBJECT_CLASS (plateau_document_parent_class)->finalize (object);
}

static void
plateau_document_class_init (PlateauDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = plateau_document_dispose;
  object_class->finalize = plateau_document_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", PLATEAU_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READ_OFF] = g_signal_new ("read-off", PLATEAU_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
plateau_document_init (PlateauDocument *document)
{
  document->cache = plateau_cache_new (CACHE_SIZE);
  document->selection = plateau_selection_new ();
  document->jobs = plateau_jobs_new ();
  document->undo = plateau_undo_new ();
  document->messages = g_list_store_new (PLATEAU_TYPE_MESSAGE);
  document->preferences = g_settings_new (PLATEAU_APP_ID);
  g_signal_connect_object (document->preferences, "changed", G_CALLBACK (preference_changed),
                           document, G_CONNECT_SWAPPED);
}

/* @store: (nullable): where the project is kept. */
PlateauDocument *
plateau_document_new_for_project (PlateauProject *project, PlateauStore *store)
{
  PlateauDocument *document = g_object_new (PLATEAU_TYPE_DOCUMENT, NULL);
  document->project = g_object_ref (project);
  document->store = store != NULL ? g_object_ref (store) : NULL;
  g_signal_connect_swapped (document->project, "changed", G_CALLBACK (project_changed), document);
  if (store != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (plateau_store_get_path (store));
      g_autofree char *draft = plateau_drafts_new_path ();
      g_autofree char *drafts = g_path_get_dirname (draft);
      document->draft = g_str_equal (folder, drafts);
    }
  return document;
}

PlateauDocument *
plateau_document_new (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (GSettings) preferences = g_settings_new (PLATEAU_APP_ID);
  PlateauCyclesOptions cycles = PLATEAU_CYCLES_OPTIONS_INIT;
  cycles.rule = g_settings_get_enum (preferences, "cycle-rule");
  if (cycles.rule != PLATEAU_CYCLE_RULE_AUTO)
    {
      g_autoptr (JsonObject)
          settings = plateau_options_to_json (plateau_cycles_option_table, &cycles);
      plateau_project_set_settings (project, "cycles", settings);
    }
  return plateau_document_new_for_project (project, NULL);
}

const char *
plateau_document_get_path (PlateauDocument *document)
{
  return document->store != NULL && !document->draft ? plateau_store_get_path (document->store)
                                                     : NULL;
}

PlateauStore *
plateau_document_get_store (PlateauDocument *document)
{
  return document->store;
}

char *
plateau_document_dup_title (PlateauDocument *document)
{
  const char *title = plateau_project_get_title (document->project);
  const char *path = plateau_document_get_path (document);
  if (title != NULL && *title != '\0')
    return g_strdup (title);
  if (path == NULL)
    return g_strdup (plateau_document_is_empty (document) ? "Plateau" : _ ("New project"));
  g_autofree char *name = g_filename_display_basename (path);
  if (g_str_has_suffix (name, ".plateau"))
    name[strlen (name) - strlen (".plateau")] = '\0';
  return g_steal_pointer (&name);
}

gboolean
plateau_document_is_read_only (PlateauDocument *document)
{
  return document->store != NULL && plateau_store_get_read_only (document->store);
}

gboolean
plateau_document_is_writing (PlateauDocument *document)
{
  return document->n_writing > 0;
}

/* Keeping */

static void
change_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlateauDocument) document = user_data;
  g_autoptr (GError) error = NULL;
  document->n_writing--;
  document->failed = !plateau_store_commit_finish (PLATEAU_STORE (source), result, &error);
  if (document->failed)
    {
      g_autoptr (PlateauMessage) message = plateau_message_new (
          PLATEAU_MESSAGE_ERROR, _ ("The change could not be written to the file"), error->message);
      plateau_message_set_subject (message, "store");
      plateau_message_add_action (message, _ ("Save as…"), "win.save-as", NULL);
      plateau_document_add_message (document, message);
    }
  else
    plateau_document_remove_message (document, "store");
  g_signal_emit (document, signals[STATE_CHANGED], 0);
}

static void
write_change (PlateauDocument *document, PlateauStoreChange *change)
{
  if (plateau_store_change_is_empty (change))
    {
      plateau_store_change_free (change);
      return;
    }
  document->n_writing++;
  plateau_store_commit_async (document->store, change, change_written, g_object_ref (document));
  g_signal_emit (document, signals[STATE_CHANGED], 0);
}

/* The first thing worth keeping makes the draft's file. */
static gboolean
ensure_store (PlateauDocument *document)
{
  if (document->store != NULL)
    return !plateau_store_get_read_only (document->store);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = plateau_drafts_new_path ();
  document->store = plateau_store_create (path, &error);
  document->draft = TRUE;
  if (document->store == NULL)
    {
      g_autoptr (PlateauMessage) message = plateau_message_new (
          PLATEAU_MESSAGE_ERROR, _ ("The project is not kept on disk yet"), error->message);
      plateau_message_set_subject (message, "store");
      plateau_message_add_action (message, _ ("Save as…"), "win.save-as", NULL);
      plateau_document_add_message (document, message);
      return FALSE;
    }
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_all (change, document->project);
  write_change (document, change);
  return FALSE; /* all is written already */
}

static void
keep_edits (PlateauDocument *document, GPtrArray *edits, gboolean forward)
{
  if (!ensure_store (document))
    return;
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_change_add_edits (change, document->project, edits, forward);
  write_change (document, change);
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
  write_change (document, change);
}

/* Saving as */

static void
save_as_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  PlateauDocument *document = source;
  GError *error = NULL;
  if (plateau_store_save_as (document->store, path, NULL, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
plateau_document_save_as_async (PlateauDocument *document, const char *path,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  ensure_store (document);
  g_autoptr (GTask) task = g_task_new (document, NULL, callback, user_data);
  g_task_set_task_data (task, g_strdup (path), g_free);
  if (document->store == NULL)
    {
      g_autoptr (GError) error = NULL;
      if (plateau_store_write_project (document->project, path, &error))
        document->store = plateau_store_open (path, PLATEAU_STORE_READ_WRITE, &error);
      if (error != NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_boolean (task, TRUE);
      return;
    }
  g_object_set_data_full (
      G_OBJECT (task), "draft",
      document->draft ? g_strdup (plateau_store_get_path (document->store)) : NULL, g_free);
  g_task_run_in_thread (task, save_as_thread);
}

gboolean
plateau_document_save_as_finish (PlateauDocument *document, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  const char *draft = g_object_get_data (G_OBJECT (result), "draft");
  if (draft != NULL)
    g_unlink (draft);
  document->draft = FALSE;
  g_signal_emit (document, signals[STATE_CHANGED], 0);
  return TRUE;
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
  gboolean drop = document->draft && (untouched || plateau_document_is_empty (document));
  if (!plateau_store_close (document->store, &error))
    g_warning ("%s", error->message);
  g_clear_object (&document->store);
  if (drop)
    g_unlink (path);
}

PlateauProject *
plateau_document_get_project (PlateauDocument *document)
{
  return document->project;
}

PlateauStudy *
plateau_document_get_study (PlateauDocument *document)
{
  if (document->study == NULL)
    {
      document->study = plateau_study_new (document->project);
      plateau_study_set_manner (document->study,
                                plateau_preferences_dup_manner (document->preferences));
    }
  return document->study;
}

PlateauCache *
plateau_document_get_cache (PlateauDocument *document)
{
  return document->cache;
}

PlateauSelection *
plateau_document_get_selection (PlateauDocument *document)
{
  return document->selection;
}

PlateauJobs *
plateau_document_get_jobs (PlateauDocument *document)
{
  return document->jobs;
}

PlateauUndo *
plateau_document_get_undo (PlateauDocument *document)
{
  return document->undo;
}

GListModel *
plateau_document_get_messages (PlateauDocument *document)
{
  return G_LIST_MODEL (document->messages);
}

gboolean
plateau_document_is_empty (PlateauDocument *document)
{
  return g_list_model_get_n_items (plateau_project_get_cells (document->project)) == 0
         && g_list_model_get_n_items (plateau_project_get_samples (document->project)) == 0;
}

char *
plateau_document_dup_state (PlateauDocument *document)
{
  const char *state = document->failed                           ? _ ("not saved")
                      : document->n_writing > 0                  ? _ ("saving")
                      : plateau_document_is_read_only (document) ? _ ("read only")
                      : plateau_document_get_path (document) == NULL
                          ? _ ("kept, not saved to a file of yours yet")
                          : _ ("saved");
  if (plateau_project_get_simulated (document->project))
    return g_strdup_printf ("%s · %s", _ ("simulated example"), state);
  return g_strdup (state);
}

void
plateau_document_read_off (PlateauDocument *document, const char *text)
{
  g_signal_emit (document, signals[READ_OFF], 0, text);
}

void
plateau_document_begin (PlateauDocument *document, const char *name, const char *merge_key)
{
  g_return_if_fail (PLATEAU_IS_DOCUMENT (document));
  if (document->depth++ > 0)
    return;
  document->action_name = g_strdup (name);
  document->action_key = g_strdup (merge_key);
  document->action_edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_edit_free);
}

void
plateau_document_edit (PlateauDocument *document, PlateauEdit *edit)
{
  g_return_if_fail (document->depth > 0);
  if (!plateau_edit_changes (edit))
    {
      plateau_edit_free (edit);
      return;
    }
  plateau_edit_apply (edit, document->project, TRUE);
  g_ptr_array_add (document->action_edits, edit);
}

/* Returns: whether anything was changed */
gboolean
plateau_document_end (PlateauDocument *document)
{
  g_return_val_if_fail (document->depth > 0, FALSE);
  if (--document->depth > 0)
    return FALSE;
  g_autofree char *name = g_steal_pointer (&document->action_name);
  g_autofree char *key = g_steal_pointer (&document->action_key);
  g_autoptr (GPtrArray) edits = g_steal_pointer (&document->action_edits);
  if (edits->len == 0)
    return FALSE;
  plateau_undo_push (document->undo, name, key, edits);
  keep_edits (document, edits, TRUE);
  project_changed (document);
  return TRUE;
}

void
plateau_document_amend (PlateauDocument *document, GPtrArray *edits)
{
  for (guint i = 0; i < edits->len; i++)
    {
      PlateauEdit *edit = g_ptr_array_index (edits, i);
      g_return_if_fail (edit->kind == PLATEAU_EDIT_MEASUREMENT);
      plateau_edit_apply (edit, document->project, TRUE);
      plateau_undo_amend (document->undo, edit);
    }
  if (edits->len == 0)
    return;
  keep_edits (document, edits, TRUE);
  project_changed (document);
}

void
plateau_document_set_property (PlateauDocument *document, GObject *object, const char *property,
                               const GValue *value, const char *label)
{
  g_autofree char *key = g_strdup_printf ("%p.%s", object, property);
  plateau_document_begin (document, label, key);
  plateau_document_edit (document, plateau_edit_new_property (object, property, value));
  plateau_document_end (document);
}

void
plateau_document_set_settings (PlateauDocument *document, const char *analysis,
                               JsonObject *settings, const char *label)
{
  g_autofree char *key = g_strdup_printf ("settings.%s.%s", analysis, label);
  plateau_document_begin (document, label, key);
  plateau_document_edit (document,
                         plateau_edit_new_settings (document->project, analysis, settings));
  plateau_document_end (document);
}

void
plateau_document_set_figure (PlateauDocument *document, const char *name, JsonNode *figure,
                             const char *label)
{
  g_autofree char *key = g_strdup_printf ("figure.%s.%s", name, label);
  plateau_document_begin (document, label, key);
  plateau_document_edit (document, plateau_edit_new_figure (document->project, name, figure));
  plateau_document_end (document);
}

void
plateau_document_undo (PlateauDocument *document)
{
  GPtrArray *edits = plateau_undo_step_back (document->undo);
  if (edits == NULL)
    return;
  for (guint i = edits->len; i-- > 0;)
    plateau_edit_apply (g_ptr_array_index (edits, i), document->project, FALSE);
  keep_edits (document, edits, FALSE);
  project_changed (document);
}

void
plateau_document_redo (PlateauDocument *document)
{
  GPtrArray *edits = plateau_undo_step_forward (document->undo);
  if (edits == NULL)
    return;
  for (guint i = 0; i < edits->len; i++)
    plateau_edit_apply (g_ptr_array_index (edits, i), document->project, TRUE);
  keep_edits (document, edits, TRUE);
  project_changed (document);
}

void
plateau_document_add_message (PlateauDocument *document, PlateauMessage *message)
{
  plateau_document_remove_message (document, plateau_message_get_subject (message));
  g_list_store_append (document->messages, message);
}

void
plateau_document_remove_message (PlateauDocument *document, const char *subject)
{
  if (subject == NULL)
    return;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (document->messages)); i-- > 0;)
    {
      g_autoptr (PlateauMessage) old = g_list_model_get_item (G_LIST_MODEL (document->messages), i);
      if (g_strcmp0 (plateau_message_get_subject (old), subject) == 0)
        g_list_store_remove (document->messages, i);
    }
}
