/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-selection.h"

struct _PlateauSelection
{
  GObject parent_instance;

  GPtrArray *objects; /* PlateauSample and PlateauCell */
  GObject *current;
};

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauSelection, plateau_selection, G_TYPE_OBJECT)

static void
plateau_selection_finalize (GObject *object)
{
  PlateauSelection *selection = PLATEAU_SELECTION (object);
  g_ptr_array_unref (selection->objects);
  g_clear_object (&selection->current);
  G_OBJECT_CLASS (plateau_selection_parent_class)->finalize (object);
}

static void
plateau_selection_class_init (PlateauSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_selection_finalize;
  signals[CHANGED] = g_signal_new ("changed", PLATEAU_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
plateau_selection_init (PlateauSelection *selection)
{
  selection->objects = g_ptr_array_new_with_free_func (g_object_unref);
}

PlateauSelection *
plateau_selection_new (void)
{
  return g_object_new (PLATEAU_TYPE_SELECTION, NULL);
}

static gboolean
same_objects (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

/* @objects: samples and cells, borrowed. @current: (nullable): for the inspector; NULL keeps the
 * one there is if it is still selected, else takes the last. */
void
plateau_selection_set (PlateauSelection *selection, GPtrArray *objects, GObject *current)
{
  g_return_if_fail (PLATEAU_IS_SELECTION (selection));
  if (current == NULL && selection->current != NULL
      && g_ptr_array_find (objects, selection->current, NULL))
    current = selection->current;
  if (current == NULL && objects->len > 0)
    current = g_ptr_array_index (objects, objects->len - 1);
  if (same_objects (objects, selection->objects) && current == selection->current)
    return;
  g_autoptr (GPtrArray) kept = selection->objects;
  selection->objects = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < objects->len; i++)
    g_ptr_array_add (selection->objects, g_object_ref (g_ptr_array_index (objects, i)));
  g_set_object (&selection->current, current);
  g_signal_emit (selection, signals[CHANGED], 0);
}

GPtrArray *
plateau_selection_get_objects (PlateauSelection *selection)
{
  return selection->objects;
}

gboolean
plateau_selection_contains (PlateauSelection *selection, gpointer object)
{
  return g_ptr_array_find (selection->objects, object, NULL);
}

GObject *
plateau_selection_get_current (PlateauSelection *selection)
{
  return selection->current;
}

PlateauCell *
plateau_selection_get_current_cell (PlateauSelection *selection)
{
  return PLATEAU_IS_CELL (selection->current) ? PLATEAU_CELL (selection->current) : NULL;
}

void
plateau_selection_set_current (PlateauSelection *selection, GObject *current)
{
  if (g_set_object (&selection->current, current))
    g_signal_emit (selection, signals[CHANGED], 0);
}

/* The cells that the selection stands for, in the study's order: those named, and of each sample
 * those not left out unless cells of it are named. Returns: (transfer full): of gint64 */
GArray *
plateau_selection_list_cell_ids (PlateauSelection *selection, PlateauStudy *study)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GHashTable) samples = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) cells = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray)
      keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), selection->objects->len);
  for (guint i = 0; i < selection->objects->len; i++)
    {
      GObject *object = g_ptr_array_index (selection->objects, i);
      gboolean is_cell = PLATEAU_IS_CELL (object);
      gint64 id = is_cell ? plateau_cell_get_id (PLATEAU_CELL (object))
                          : plateau_sample_get_id (PLATEAU_SAMPLE (object));
      g_array_append_val (keys, id); /* never grows: the keys' addresses stay */
      g_hash_table_add (is_cell ? cells : samples, &g_array_index (keys, gint64, i));
    }
  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      gboolean by_sample = cell->sample != NULL && !cell->excluded
                           && g_hash_table_contains (samples, &cell->sample->id);
      if (by_sample || g_hash_table_contains (cells, &cell->id))
        g_array_append_val (ids, cell->id);
    }
  return ids;
}
