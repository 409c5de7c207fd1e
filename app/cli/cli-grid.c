/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-grid.h"

#include "base/plateau-number.h"

#include <math.h>

static void
grid_free (CliGrid *grid)
{
  g_free (grid->title);
  g_ptr_array_unref (grid->columns);
  g_ptr_array_unref (grid->rows);
  g_free (grid);
}

static CliGrid *
grid_new (const char *title)
{
  CliGrid *grid = g_new0 (CliGrid, 1);
  grid->title = g_strdup (title);
  grid->columns = g_ptr_array_new_with_free_func (g_free);
  grid->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  return grid;
}

static guint
grid_column (CliGrid *grid, const char *key)
{
  for (guint i = 0; i < grid->columns->len; i++)
    if (g_str_equal (g_ptr_array_index (grid->columns, i), key))
      return i;
  g_ptr_array_add (grid->columns, g_strdup (key));
  return grid->columns->len - 1;
}

static void
row_set (GPtrArray *row, guint column, JsonNode *node)
{
  if (row->len <= column)
    g_ptr_array_set_size (row, (int) column + 1);
  row->pdata[column] = node;
}

typedef enum
{
  SHAPE_SCALAR, /* a value, or a list of texts, shown in one cell */
  SHAPE_CURVE,  /* a list of numbers */
  SHAPE_LIST,   /* a list of objects */
  SHAPE_OBJECT,
} Shape;

static Shape
shape_of (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return SHAPE_OBJECT;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return SHAPE_SCALAR;
  JsonArray *array = json_node_get_array (node);
  if (json_array_get_length (array) == 0)
    return SHAPE_SCALAR;
  JsonNode *first = json_array_get_element (array, 0);
  if (JSON_NODE_HOLDS_OBJECT (first))
    return SHAPE_LIST;
  if (JSON_NODE_HOLDS_VALUE (first) && json_node_get_value_type (first) == G_TYPE_STRING)
    return SHAPE_SCALAR;
  return SHAPE_CURVE;
}

/* The members of an object by shape, nested objects flattened to "summary.retention_percent". */
typedef struct
{
  GPtrArray *keys[SHAPE_OBJECT];
  GPtrArray *nodes[SHAPE_OBJECT];
} Members;

static void
members_collect (Members *members, const char *prefix, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *key = g_strconcat (prefix, name, NULL);
      Shape shape = shape_of (node);
      if (shape == SHAPE_OBJECT)
        {
          g_autofree char *deeper = g_strconcat (key, ".", NULL);
          members_collect (members, deeper, json_node_get_object (node));
          continue;
        }
      g_ptr_array_add (members->keys[shape], g_steal_pointer (&key));
      g_ptr_array_add (members->nodes[shape], node);
    }
}

static void
members_init (Members *members, JsonObject *object)
{
  for (guint i = 0; i < SHAPE_OBJECT; i++)
    {
      members->keys[i] = g_ptr_array_new_with_free_func (g_free);
      members->nodes[i] = g_ptr_array_new ();
    }
  members_collect (members, "", object);
}

static void
members_clear (Members *members)
{
  for (guint i = 0; i < SHAPE_OBJECT; i++)
    {
      g_ptr_array_unref (members->keys[i]);
      g_ptr_array_unref (members->nodes[i]);
    }
}

/* Scalars stand in every row, so that each row says what it belongs to; curves run down. */
static void
grid_add_rows (CliGrid *grid, GPtrArray *parent_keys, GPtrArray *parent_nodes,
               const Members *members)
{
  guint n_rows = 1;
  GPtrArray *curves = members->nodes[SHAPE_CURVE];
  for (guint i = 0; i < curves->len; i++)
    n_rows = MAX (n_rows, json_array_get_length (json_node_get_array (curves->pdata[i])));
  for (guint r = 0; r < n_rows; r++)
    {
      GPtrArray *row = g_ptr_array_new ();
      g_ptr_array_add (grid->rows, row);
      for (guint i = 0; parent_keys != NULL && i < parent_keys->len; i++)
        row_set (row, grid_column (grid, parent_keys->pdata[i]), parent_nodes->pdata[i]);
      GPtrArray *keys = members->keys[SHAPE_SCALAR];
      for (guint i = 0; i < keys->len; i++)
        row_set (row, grid_column (grid, keys->pdata[i]), members->nodes[SHAPE_SCALAR]->pdata[i]);
      for (guint i = 0; i < curves->len; i++)
        {
          JsonArray *curve = json_node_get_array (curves->pdata[i]);
          guint column = grid_column (grid, members->keys[SHAPE_CURVE]->pdata[i]);
          if (r < json_array_get_length (curve))
            row_set (row, column, json_array_get_element (curve, r));
        }
    }
}

/* The list called @title becomes one grid; lists inside its objects become grids of their own,
 * whose rows begin with the scalars of the object around them. */
static void
sheet_add_list (CliSheet *sheet, const char *title, JsonArray *list, GPtrArray *parent_keys,
                GPtrArray *parent_nodes, GHashTable *by_title)
{
  for (guint e = 0; e < json_array_get_length (list); e++)
    {
      JsonNode *element = json_array_get_element (list, e);
      if (!JSON_NODE_HOLDS_OBJECT (element))
        continue;
      Members members;
      members_init (&members, json_node_get_object (element));
      gboolean only_lists = members.nodes[SHAPE_LIST]->len > 0
                            && members.nodes[SHAPE_CURVE]->len == 0;
      if (!only_lists)
        {
          CliGrid *grid = g_hash_table_lookup (by_title, title);
          if (grid == NULL)
            {
              grid = grid_new (title);
              g_ptr_array_add (sheet->grids, grid);
              g_hash_table_insert (by_title, grid->title, grid);
            }
          grid_add_rows (grid, parent_keys, parent_nodes, &members);
        }
      for (guint i = 0; i < members.nodes[SHAPE_LIST]->len; i++)
        {
          g_autofree char *deeper = g_strdup_printf ("%s.%s", title,
                                                     (char *) members.keys[SHAPE_LIST]->pdata[i]);
          sheet_add_list (sheet, deeper, json_node_get_array (members.nodes[SHAPE_LIST]->pdata[i]),
                          members.keys[SHAPE_SCALAR], members.nodes[SHAPE_SCALAR], by_title);
        }
      members_clear (&members);
    }
}

CliSheet *
cli_sheet_new (JsonObject *result)
{
  CliSheet *sheet = g_new0 (CliSheet, 1);
  sheet->keys = g_ptr_array_new_with_free_func (g_free);
  sheet->values = g_ptr_array_new ();
  sheet->grids = g_ptr_array_new_with_free_func ((GDestroyNotify) grid_free);
  g_autoptr (GHashTable) by_title = g_hash_table_new (g_str_hash, g_str_equal);

  Members members;
  members_init (&members, result);
  for (guint i = 0; i < members.keys[SHAPE_SCALAR]->len; i++)
    {
      g_ptr_array_add (sheet->keys, g_strdup (members.keys[SHAPE_SCALAR]->pdata[i]));
      g_ptr_array_add (sheet->values, members.nodes[SHAPE_SCALAR]->pdata[i]);
    }
  if (members.nodes[SHAPE_CURVE]->len > 0)
    {
      CliGrid *grid = grid_new ("");
      g_ptr_array_set_size (members.keys[SHAPE_SCALAR], 0);
      g_ptr_array_set_size (members.nodes[SHAPE_SCALAR], 0);
      grid_add_rows (grid, NULL, NULL, &members);
      g_ptr_array_add (sheet->grids, grid);
    }
  for (guint i = 0; i < members.nodes[SHAPE_LIST]->len; i++)
    sheet_add_list (sheet, members.keys[SHAPE_LIST]->pdata[i],
                    json_node_get_array (members.nodes[SHAPE_LIST]->pdata[i]), NULL, NULL,
                    by_title);
  members_clear (&members);
  return sheet;
}

void
cli_sheet_free (CliSheet *sheet)
{
  g_ptr_array_unref (sheet->keys);
  g_ptr_array_unref (sheet->values);
  g_ptr_array_unref (sheet->grids);
  g_free (sheet);
}

static char *
value_to_text (JsonNode *node, int digits)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_DOUBLE:
      if (!isfinite (json_node_get_double (node)))
        return g_strdup ("");
      return digits > 0 ? plateau_format_significant (json_node_get_double (node), digits)
                        : plateau_format_double (json_node_get_double (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    default:
      return g_strdup (json_node_get_string (node));
    }
}

char *
cli_node_to_text (JsonNode *node, int digits)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (node))
    return value_to_text (node, digits);
  g_autoptr (GString) joined = g_string_new (NULL);
  JsonArray *array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *text = cli_node_to_text (json_array_get_element (array, i), digits);
      g_string_append_printf (joined, "%s%s", i > 0 ? "; " : "", text);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}
