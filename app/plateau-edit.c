/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-edit.h"

#include <math.h>

static PlateauEdit *
edit_new (PlateauEditKind kind, gpointer object, const char *name)
{
  PlateauEdit *edit = g_new0 (PlateauEdit, 1);
  edit->kind = kind;
  edit->object = object != NULL ? g_object_ref (object) : NULL;
  edit->name = g_strdup (name);
  edit->old_position = edit->new_position = -1;
  return edit;
}

static int
find_position (GListModel *model, GObject *object)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      if (item == object)
        return i;
    }
  return -1;
}

PlateauEdit *
plateau_edit_new_property (GObject *object, const char *property, const GValue *new_value)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), property);
  g_return_val_if_fail (pspec != NULL, NULL);
  PlateauEdit *edit = edit_new (PLATEAU_EDIT_PROPERTY, object, property);
  g_value_init (&edit->old_value, pspec->value_type);
  g_value_init (&edit->new_value, pspec->value_type);
  g_object_get_property (object, property, &edit->old_value);
  if (!g_value_transform (new_value, &edit->new_value))
    g_critical ("%s cannot take a %s", property, G_VALUE_TYPE_NAME (new_value));
  return edit;
}

static JsonNode *
node_of_object (JsonObject *object)
{
  if (object == NULL)
    return NULL;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  JsonNode *copy = json_node_copy (node);
  json_node_unref (node);
  return copy;
}

PlateauEdit *
plateau_edit_new_settings (PlateauProject *project, const char *analysis, JsonObject *settings)
{
  PlateauEdit *edit = edit_new (PLATEAU_EDIT_SETTINGS, NULL, analysis);
  edit->old_node = node_of_object (plateau_project_get_settings (project, analysis));
  edit->new_node = node_of_object (settings);
  return edit;
}

static int
find_figure (PlateauProject *project, const char *name)
{
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    if (g_str_equal (plateau_project_get_figure_name (project, i), name))
      return (int) i;
  return -1;
}

PlateauEdit *
plateau_edit_new_figure (PlateauProject *project, const char *name, JsonNode *document)
{
  return plateau_edit_new_figure_at (project, name, document, G_MAXINT);
}

/* @position: of a figure that is new; one that is there keeps its place. */
PlateauEdit *
plateau_edit_new_figure_at (PlateauProject *project, const char *name, JsonNode *document,
                            int position)
{
  PlateauEdit *edit = edit_new (PLATEAU_EDIT_FIGURE, NULL, name);
  JsonNode *old = plateau_project_get_figure (project, name);
  edit->old_position = find_figure (project, name);
  edit->new_position = document == NULL ? -1 : old != NULL ? edit->old_position : position;
  edit->old_node = old != NULL ? json_node_copy (old) : NULL;
  edit->new_node = document != NULL ? json_node_copy (document) : NULL;
  return edit;
}

/* @position: the place wanted; -1 takes the object out, G_MAXINT puts it last. */
PlateauEdit *
plateau_edit_new_member (PlateauProject *project, GObject *object, int position)
{
  GListModel *model = PLATEAU_IS_CELL (object) ? plateau_project_get_cells (project)
                                               : plateau_project_get_samples (project);
  PlateauEdit *edit = edit_new (PLATEAU_EDIT_MEMBER, object, NULL);
  edit->old_position = find_position (model, object);
  edit->new_position = position;
  return edit;
}

PlateauEdit *
plateau_edit_new_measurement (PlateauCell *cell, PlateauMeasurement *old,
                              PlateauMeasurement *replacement)
{
  PlateauEdit *edit = edit_new (PLATEAU_EDIT_MEASUREMENT, cell, NULL);
  for (guint i = 0; old != NULL && i < plateau_cell_get_n_measurements (cell); i++)
    if (plateau_cell_get_measurement (cell, i) == old)
      edit->old_position = (int) i;
  edit->old_measurement = old != NULL ? plateau_measurement_ref (old) : NULL;
  edit->new_measurement = replacement != NULL ? plateau_measurement_ref (replacement) : NULL;
  return edit;
}

PlateauEdit *
plateau_edit_new_place (PlateauCell *cell, PlateauMeasurement *measurement, const char *uri,
                        gint64 modified)
{
  const PlateauSource *source = plateau_measurement_get_source (measurement);
  PlateauEdit *edit = edit_new (PLATEAU_EDIT_PLACE, cell, NULL);
  edit->new_measurement = plateau_measurement_ref (measurement);
  edit->old_uri = g_strdup (source->uri);
  edit->new_uri = g_strdup (uri);
  edit->old_modified = source->modified;
  edit->new_modified = modified;
  return edit;
}

void
plateau_edit_free (PlateauEdit *edit)
{
  g_free (edit->old_uri);
  g_free (edit->new_uri);
  if (G_IS_VALUE (&edit->old_value))
    g_value_unset (&edit->old_value);
  if (G_IS_VALUE (&edit->new_value))
    g_value_unset (&edit->new_value);
  g_clear_pointer (&edit->old_node, json_node_unref);
  g_clear_pointer (&edit->new_node, json_node_unref);
  g_clear_pointer (&edit->old_measurement, plateau_measurement_unref);
  g_clear_pointer (&edit->new_measurement, plateau_measurement_unref);
  g_clear_object (&edit->object);
  g_free (edit->name);
  g_free (edit);
}

static void
apply_member (PlateauEdit *edit, PlateauProject *project, gboolean forward)
{
  int from = forward ? edit->old_position : edit->new_position;
  int to = forward ? edit->new_position : edit->old_position;
  if (PLATEAU_IS_SAMPLE (edit->object))
    {
      PlateauSample *sample = PLATEAU_SAMPLE (edit->object);
      if (to < 0)
        plateau_project_remove_sample (project, sample);
      else if (from < 0)
        plateau_project_insert_sample (project, sample, (guint) to);
      return;
    }
  PlateauCell *cell = PLATEAU_CELL (edit->object);
  if (to < 0)
    {
      plateau_project_remove_cell (project, cell);
      return;
    }
  if (from < 0)
    plateau_project_insert_cell (project, cell, (guint) to);
  else
    plateau_project_move_cell (project, cell, (guint) to);
}

static void
apply_measurement (PlateauCell *cell, PlateauMeasurement *from, PlateauMeasurement *to,
                   int position)
{
  if (from != NULL && to != NULL)
    plateau_cell_replace_measurement (cell, from, to);
  else if (to != NULL)
    plateau_cell_insert_measurement (cell, to, position < 0 ? G_MAXUINT : (guint) position);
  else if (from != NULL)
    plateau_cell_remove_measurement (cell, from);
}

void
plateau_edit_apply (PlateauEdit *edit, PlateauProject *project, gboolean forward)
{
  JsonNode *node = forward ? edit->new_node : edit->old_node;
  switch (edit->kind)
    {
    case PLATEAU_EDIT_PROPERTY:
      g_object_set_property (edit->object, edit->name,
                             forward ? &edit->new_value : &edit->old_value);
      break;
    case PLATEAU_EDIT_SETTINGS:
      plateau_project_set_settings (project, edit->name,
                                    node != NULL ? json_node_get_object (node) : NULL);
      break;
    case PLATEAU_EDIT_FIGURE:
      if (node != NULL)
        plateau_project_insert_figure (project, edit->name, node,
                                       (guint) (forward ? edit->new_position
                                                        : edit->old_position));
      else
        plateau_project_remove_figure (project, edit->name);
      break;
    case PLATEAU_EDIT_MEMBER:
      apply_member (edit, project, forward);
      break;
    case PLATEAU_EDIT_MEASUREMENT:
      apply_measurement (PLATEAU_CELL (edit->object),
                         forward ? edit->old_measurement : edit->new_measurement,
                         forward ? edit->new_measurement : edit->old_measurement,
                         forward ? edit->new_position : edit->old_position);
      break;
    case PLATEAU_EDIT_PLACE:
      plateau_measurement_relocate (edit->new_measurement, forward ? edit->new_uri : edit->old_uri,
                                    forward ? edit->new_modified : edit->old_modified);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Whether it changes the places of cells or figures in their lists. */
gboolean
plateau_edit_reorders (PlateauEdit *edit)
{
  return edit->kind == PLATEAU_EDIT_MEMBER
         || (edit->kind == PLATEAU_EDIT_FIGURE && edit->old_position != edit->new_position);
}

static gboolean
values_equal (const GValue *a, const GValue *b)
{
  if (G_VALUE_HOLDS_STRING (a))
    return g_strcmp0 (g_value_get_string (a), g_value_get_string (b)) == 0;
  if (G_VALUE_HOLDS_DOUBLE (a))
    {
      double x = g_value_get_double (a), y = g_value_get_double (b);
      return x == y || (isnan (x) && isnan (y));
    }
  if (G_VALUE_HOLDS_BOOLEAN (a))
    return g_value_get_boolean (a) == g_value_get_boolean (b);
  if (G_VALUE_HOLDS_ENUM (a))
    return g_value_get_enum (a) == g_value_get_enum (b);
  if (G_VALUE_HOLDS_OBJECT (a))
    return g_value_get_object (a) == g_value_get_object (b);
  if (G_VALUE_HOLDS_VARIANT (a))
    {
      GVariant *x = g_value_get_variant (a), *y = g_value_get_variant (b);
      return x == y || (x != NULL && y != NULL && g_variant_equal (x, y));
    }
  return FALSE;
}

static gboolean
nodes_equal (JsonNode *a, JsonNode *b)
{
  return a == b || (a != NULL && b != NULL && json_node_equal (a, b));
}

/* Whether making the edit would change anything. */
gboolean
plateau_edit_changes (PlateauEdit *edit)
{
  switch (edit->kind)
    {
    case PLATEAU_EDIT_PROPERTY:
      return !values_equal (&edit->old_value, &edit->new_value);
    case PLATEAU_EDIT_SETTINGS:
    case PLATEAU_EDIT_FIGURE:
      return !nodes_equal (edit->old_node, edit->new_node);
    case PLATEAU_EDIT_MEMBER:
      return edit->old_position != edit->new_position;
    case PLATEAU_EDIT_MEASUREMENT:
      return edit->old_measurement != edit->new_measurement;
    case PLATEAU_EDIT_PLACE:
      return g_strcmp0 (edit->old_uri, edit->new_uri) != 0;
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Takes over the outcome of @later when both change the same thing, so that a dragged slider is
 * one step to undo. */
gboolean
plateau_edit_merge (PlateauEdit *edit, PlateauEdit *later)
{
  if (edit->kind != later->kind || edit->object != later->object
      || g_strcmp0 (edit->name, later->name) != 0)
    return FALSE;
  switch (edit->kind)
    {
    case PLATEAU_EDIT_PROPERTY:
      g_value_copy (&later->new_value, &edit->new_value);
      return TRUE;
    case PLATEAU_EDIT_SETTINGS:
    case PLATEAU_EDIT_FIGURE:
      g_clear_pointer (&edit->new_node, json_node_unref);
      edit->new_node = later->new_node != NULL ? json_node_ref (later->new_node) : NULL;
      return TRUE;
    default:
      return FALSE;
    }
}
