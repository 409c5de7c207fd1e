/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-document-private.h"

#include "analysis/plateau-cycles.h"
#include "plateau-document-file.h"
#include "plateau-preferences.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#define CACHE_SIZE (256 * 1024 * 1024)

enum
{
  CHANGED,
  STATE_CHANGED,
  READ_OFF,
  SAVED,
  SETTLE,
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
  g_clear_handle_id (&document->retry_source, g_source_remove);
  g_clear_object (&document->monitor);
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
  signals[SAVED] = g_signal_new ("saved", PLATEAU_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[SETTLE] = g_signal_new ("settle", PLATEAU_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
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
  _plateau_document_watch_file (document);
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
  const char *path = document->store != NULL ? plateau_store_get_path (document->store) : NULL;
  return path != NULL && !plateau_drafts_is_one (path) ? path : NULL;
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
  gboolean read_only = plateau_document_is_read_only (document);
  const char *state = document->n_writing > 0           ? _ ("saving")
                      : read_only && document->behind   ? _ ("read only, changes not kept")
                      : read_only                       ? _ ("read only")
                      : document->behind                ? _ ("not saved")
                      : plateau_document_get_path (document) == NULL
                          ? _ ("kept, not saved to a file of yours yet")
                          : _ ("saved");
  if (plateau_project_get_simulated (document->project))
    return g_strdup_printf ("%s · %s", _ ("simulated example"), state);
  return g_strdup (state);
}

void
_plateau_document_emit_state_changed (PlateauDocument *document)
{
  g_signal_emit (document, signals[STATE_CHANGED], 0);
}

void
_plateau_document_emit_saved (PlateauDocument *document, const char *path, const GError *error)
{
  g_signal_emit (document, signals[SAVED], 0, path, error);
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
  _plateau_document_keep_edits (document, edits, TRUE);
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
  if (!plateau_document_is_read_only (document))
    _plateau_document_keep_edits (document, edits, TRUE);
  project_changed (document);
}

void
plateau_document_keep_view (PlateauDocument *document, const char *analysis, JsonObject *settings,
                            const char *view)
{
  g_autoptr (GPtrArray) edits
      = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_edit_free);
  g_ptr_array_add (edits, plateau_edit_new_settings (document->project, analysis, settings));
  plateau_edit_apply (g_ptr_array_index (edits, 0), document->project, TRUE);
  plateau_undo_keep_view (document->undo, analysis, view, json_object_get_member (settings, view));
  _plateau_document_keep_edits (document, edits, TRUE);
  project_changed (document);
}

void
plateau_document_set_property (PlateauDocument *document, GObject *object, const char *property,
                               const GValue *value, const char *label)
{
  /* Dragged and typed values merge; switches and choices are a step each. */
  gboolean merges = G_VALUE_HOLDS_DOUBLE (value) || G_VALUE_HOLDS_STRING (value);
  g_autofree char *key = merges ? g_strdup_printf ("%p.%s", object, property) : NULL;
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

/* Before undo, redo and closing: nothing is left that would come after them. */
void
plateau_document_settle (PlateauDocument *document)
{
  g_signal_emit (document, signals[SETTLE], 0);
}

void
plateau_document_undo (PlateauDocument *document)
{
  GPtrArray *edits = plateau_undo_step_back (document->undo);
  if (edits == NULL)
    return;
  for (guint i = edits->len; i-- > 0;)
    plateau_edit_apply (g_ptr_array_index (edits, i), document->project, FALSE);
  _plateau_document_keep_edits (document, edits, FALSE);
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
  _plateau_document_keep_edits (document, edits, TRUE);
  project_changed (document);
}

void
plateau_document_add_message (PlateauDocument *document, PlateauMessage *message)
{
  plateau_document_remove_message (document, plateau_message_get_subject (message));
  if (plateau_message_get_severity (message) == PLATEAU_MESSAGE_ERROR)
    g_list_store_insert (document->messages, 0, message);
  else
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
