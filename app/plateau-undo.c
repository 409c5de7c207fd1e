/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-undo.h"

/* Edits of one slider or entry within this time of each other are one action. */
#define MERGE_WITHIN (1500 * G_TIME_SPAN_MILLISECOND)
#define MAX_ACTIONS 1000

typedef struct
{
  char *name;
  char *merge_key;
  gint64 time;
  GPtrArray *edits;
} Action;

struct _PlateauUndo
{
  GObject parent_instance;

  GPtrArray *actions;
  guint position; /* actions before it are done */
  gboolean may_merge;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauUndo, plateau_undo, G_TYPE_OBJECT)

static void
action_free (Action *action)
{
  g_free (action->name);
  g_free (action->merge_key);
  g_ptr_array_unref (action->edits);
  g_free (action);
}

static void
plateau_undo_finalize (GObject *object)
{
  g_ptr_array_unref (PLATEAU_UNDO (object)->actions);
  G_OBJECT_CLASS (plateau_undo_parent_class)->finalize (object);
}

static void
plateau_undo_class_init (PlateauUndoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_undo_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_UNDO, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
plateau_undo_init (PlateauUndo *undo)
{
  undo->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) action_free);
}

PlateauUndo *
plateau_undo_new (void)
{
  return g_object_new (PLATEAU_TYPE_UNDO, NULL);
}

static gboolean
try_merge (PlateauUndo *undo, const char *merge_key, GPtrArray *edits)
{
  if (!undo->may_merge || merge_key == NULL || undo->position == 0 || edits->len != 1)
    return FALSE;
  Action *last = g_ptr_array_index (undo->actions, undo->position - 1);
  gint64 now = g_get_monotonic_time ();
  if (g_strcmp0 (last->merge_key, merge_key) != 0 || now - last->time > MERGE_WITHIN
      || last->edits->len != 1
      || !plateau_edit_merge (g_ptr_array_index (last->edits, 0), g_ptr_array_index (edits, 0)))
    return FALSE;
  last->time = now;
  return TRUE;
}

/* A slider that came back to where it was has changed nothing. */
static void
forget_if_nothing (PlateauUndo *undo)
{
  Action *last = g_ptr_array_index (undo->actions, undo->position - 1);
  if (plateau_edit_changes (g_ptr_array_index (last->edits, 0)))
    return;
  g_ptr_array_set_size (undo->actions, --undo->position);
}

/* @edits: of PlateauEdit, already made. @merge_key: what a slider's steps share, or NULL. */
void
plateau_undo_push (PlateauUndo *undo, const char *name, const char *merge_key, GPtrArray *edits)
{
  g_return_if_fail (PLATEAU_IS_UNDO (undo));
  g_ptr_array_set_size (undo->actions, undo->position);
  if (try_merge (undo, merge_key, edits))
    forget_if_nothing (undo);
  else
    {
      Action *action = g_new0 (Action, 1);
      action->name = g_strdup (name);
      action->merge_key = g_strdup (merge_key);
      action->time = g_get_monotonic_time ();
      action->edits = g_ptr_array_ref (edits);
      g_ptr_array_add (undo->actions, action);
      if (undo->actions->len > MAX_ACTIONS)
        g_ptr_array_remove_index (undo->actions, 0);
      undo->position = undo->actions->len;
    }
  undo->may_merge = TRUE;
  g_signal_emit (undo, signals[CHANGED], 0);
}

/* Returns: (transfer none) (nullable): the edits to take back, last first is up to the caller */
GPtrArray *
plateau_undo_step_back (PlateauUndo *undo)
{
  if (undo->position == 0)
    return NULL;
  undo->may_merge = FALSE;
  Action *action = g_ptr_array_index (undo->actions, --undo->position);
  g_signal_emit (undo, signals[CHANGED], 0);
  return action->edits;
}

GPtrArray *
plateau_undo_step_forward (PlateauUndo *undo)
{
  if (undo->position == undo->actions->len)
    return NULL;
  undo->may_merge = FALSE;
  Action *action = g_ptr_array_index (undo->actions, undo->position++);
  g_signal_emit (undo, signals[CHANGED], 0);
  return action->edits;
}

const char *
plateau_undo_get_undo_name (PlateauUndo *undo)
{
  if (undo->position == 0)
    return NULL;
  return ((Action *) g_ptr_array_index (undo->actions, undo->position - 1))->name;
}

const char *
plateau_undo_get_redo_name (PlateauUndo *undo)
{
  if (undo->position == undo->actions->len)
    return NULL;
  return ((Action *) g_ptr_array_index (undo->actions, undo->position))->name;
}

GPtrArray *
plateau_undo_get_undo_edits (PlateauUndo *undo)
{
  if (undo->position == 0)
    return NULL;
  return ((Action *) g_ptr_array_index (undo->actions, undo->position - 1))->edits;
}

GPtrArray *
plateau_undo_get_redo_edits (PlateauUndo *undo)
{
  if (undo->position == undo->actions->len)
    return NULL;
  return ((Action *) g_ptr_array_index (undo->actions, undo->position))->edits;
}

/* The next push starts a new action even if it has the same key. */
void
plateau_undo_end_merge (PlateauUndo *undo)
{
  undo->may_merge = FALSE;
}

static void
swap_measurement (PlateauMeasurement **place, const PlateauEdit *amendment)
{
  if (*place == NULL || *place != amendment->old_measurement || amendment->new_measurement == NULL)
    return;
  plateau_measurement_ref (amendment->new_measurement);
  plateau_measurement_unref (*place);
  *place = amendment->new_measurement;
}

void
plateau_undo_amend (PlateauUndo *undo, const PlateauEdit *amendment)
{
  for (guint i = 0; i < undo->actions->len; i++)
    {
      Action *action = g_ptr_array_index (undo->actions, i);
      for (guint k = 0; k < action->edits->len; k++)
        {
          PlateauEdit *edit = g_ptr_array_index (action->edits, k);
          swap_measurement (&edit->old_measurement, amendment);
          swap_measurement (&edit->new_measurement, amendment);
        }
    }
}

/* Settings are shared with snapshots that other threads read: a copy takes their place. */
static void
set_view (JsonNode **node, const char *view, JsonNode *value)
{
  JsonObject *before = *node != NULL ? json_node_get_object (*node) : NULL;
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;
  JsonObject *object = json_object_new ();
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (object, l->data, json_object_dup_member (before, l->data));
  json_object_set_member (object, view, json_node_copy (value));
  g_clear_pointer (node, json_node_unref);
  *node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
}

void
plateau_undo_keep_view (PlateauUndo *undo, const char *analysis, const char *view, JsonNode *value)
{
  for (guint i = 0; i < undo->actions->len; i++)
    {
      Action *action = g_ptr_array_index (undo->actions, i);
      for (guint k = 0; k < action->edits->len; k++)
        {
          PlateauEdit *edit = g_ptr_array_index (action->edits, k);
          if (edit->kind != PLATEAU_EDIT_SETTINGS || !g_str_equal (edit->name, analysis))
            continue;
          set_view (&edit->old_node, view, value);
          set_view (&edit->new_node, view, value);
        }
    }
}
