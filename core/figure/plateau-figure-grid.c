/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-figure-edit.h"

#include <math.h>

#define MOST_LINES 100 /* of the grid in one direction */

/**
 * plateau_document_copy:
 * @document: a figure document
 *
 * Returns: (transfer full): a copy of one's own; json_node_copy() shares the objects within
 */
JsonNode *
plateau_document_copy (JsonNode *document)
{
  g_autofree char *text = json_to_string (document, FALSE);

  return json_from_string (text, NULL);
}

static JsonArray *
panels_of (JsonNode *document)
{
  JsonObject *root = json_node_get_object (document);

  return json_object_has_member (root, "panels") ? json_object_get_array_member (root, "panels")
                                                 : NULL;
}

/**
 * plateau_document_n_panels:
 * @document: a figure document
 *
 * Returns: how many panels it has
 */
guint
plateau_document_n_panels (JsonNode *document)
{
  JsonArray *panels = panels_of (document);

  return panels ? json_array_get_length (panels) : 0;
}

/**
 * plateau_document_get_panel:
 * @document: a figure document
 * @panel: index
 *
 * Returns: (transfer none) (nullable): the panel
 */
JsonObject *
plateau_document_get_panel (JsonNode *document, int panel)
{
  return panel >= 0 && panel < (int)plateau_document_n_panels (document)
             ? json_array_get_object_element (panels_of (document), (guint)panel)
             : NULL;
}

/**
 * plateau_document_get_section:
 * @owner: an object of the document
 * @name: a member of it such as "x" or "legend"; "": @owner itself
 *
 * Returns: (transfer none): the member, made where it was missing
 */
JsonObject *
plateau_document_get_section (JsonObject *owner, const char *name)
{
  JsonNode *node;

  if (!*name)
    return owner;
  node = json_object_get_member (owner, name);
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    json_object_set_object_member (owner, name, json_object_new ());
  return json_object_get_object_member (owner, name);
}

/**
 * plateau_document_get_element:
 * @panel: a panel's object
 * @list: "insets", "annotations"
 * @index: of the element
 *
 * Returns: (transfer none) (nullable): the element
 */
JsonObject *
plateau_document_get_element (JsonObject *panel, const char *list, int index)
{
  JsonNode *node = panel ? json_object_get_member (panel, list) : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return array && index >= 0 && index < (int)json_array_get_length (array)
             ? json_array_get_object_element (array, (guint)index)
             : NULL;
}

/* ---- Places ---- */

static guint
number_of (JsonObject *object, const char *key, guint missing)
{
  return (guint)CLAMP (json_object_get_int_member_with_default (object, key, missing), 0,
                       MOST_LINES);
}

/**
 * plateau_document_get_place:
 * @document: a figure document
 * @panel: index
 *
 * Returns: where the panel stands in the grid
 */
PlateauGridPlace
plateau_document_get_place (JsonNode *document, guint panel)
{
  JsonObject *object = plateau_document_get_panel (document, (int)panel);

  return (PlateauGridPlace){ number_of (object, "column", 0), number_of (object, "row", panel),
                             MAX (number_of (object, "column_span", 1), 1),
                             MAX (number_of (object, "row_span", 1), 1) };
}

static void
set_place (JsonObject *panel, const PlateauGridPlace *place)
{
  json_object_set_int_member (panel, "column", place->column);
  json_object_set_int_member (panel, "row", place->row);
  json_object_set_int_member (panel, "column_span", place->column_span);
  json_object_set_int_member (panel, "row_span", place->row_span);
}

static gboolean
overlap (const PlateauGridPlace *a, const PlateauGridPlace *b)
{
  return a->column < b->column + b->column_span && b->column < a->column + a->column_span
         && a->row < b->row + b->row_span && b->row < a->row + a->row_span;
}

typedef struct
{
  guint n, columns, rows;
  PlateauGridPlace *places;
} Grid;

static void
grid_clear (Grid *grid)
{
  g_free (grid->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Grid, grid_clear)

static void
measure (Grid *grid)
{
  for (guint i = 0; i < grid->n; i++)
    {
      const PlateauGridPlace *p = &grid->places[i];

      grid->columns = MAX (grid->columns, p->column + p->column_span);
      grid->rows = MAX (grid->rows, p->row + p->row_span);
    }
}

static void
read_grid (JsonNode *document, Grid *grid)
{
  JsonObject *root = json_node_get_object (document);

  grid->n = plateau_document_n_panels (document);
  grid->places = g_new0 (PlateauGridPlace, grid->n + 1);
  grid->columns = MAX (number_of (root, "columns", 1), 1);
  grid->rows = MAX (number_of (root, "rows", 1), 1);
  for (guint i = 0; i < grid->n; i++)
    grid->places[i] = plateau_document_get_place (document, i);
  measure (grid);
}

static gboolean
is_free (const Grid *grid, const PlateauGridPlace *place, guint except)
{
  for (guint i = 0; i < grid->n; i++)
    if (i != except && overlap (&grid->places[i], place))
      return FALSE;
  return TRUE;
}

/* The first place, in reading order, that has room; a new row at the end always has. */
static PlateauGridPlace
find_free (const Grid *grid, guint column_span, guint row_span, guint except)
{
  PlateauGridPlace place = { 0, 0, MIN (column_span, grid->columns), row_span };

  for (place.row = 0; place.row <= grid->rows; place.row++)
    for (place.column = 0; place.column + place.column_span <= grid->columns; place.column++)
      if (is_free (grid, &place, except))
        return place;
  place.column = 0;
  place.row = grid->rows;
  return place;
}

/* ---- Weights of rows and columns ---- */

static double *
read_weights (JsonObject *root, const char *key, guint n)
{
  JsonNode *node = json_object_get_member (root, key);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint given = array ? MIN (json_array_get_length (array), n) : 0;
  double *weights = g_new (double, n + 1), sum = 0;

  for (guint i = 0; i < given; i++)
    sum += weights[i] = json_array_get_double_element (array, i);
  for (guint i = given; i < n; i++)
    weights[i] = given > 0 ? sum / given : 1;
  return weights;
}

static double
sum_of (const double *weights, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += weights[i];
  return sum;
}

static void
write_weights (JsonObject *root, const char *key, const double *weights, guint n)
{
  JsonArray *array;
  gboolean equal = TRUE;

  for (guint i = 1; i < n; i++)
    equal = equal && fabs (weights[i] - weights[0]) < 1e-9;
  if (equal)
    {
      json_object_remove_member (root, key);
      return;
    }
  array = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, weights[i]);
  json_object_set_array_member (root, key, array);
}

/* Writes the grid back without its empty rows and columns; the figure's height follows its rows, so
 * that the panels that stay keep their size. */
static void
write_lines (JsonNode *document, Grid *grid, gboolean of_columns, guint before)
{
  JsonObject *root = json_node_get_object (document);
  const char *key = of_columns ? "column_weights" : "row_weights";
  guint n = of_columns ? grid->columns : grid->rows, kept = 0;
  g_autofree double *weights = read_weights (root, key, n);
  double height = json_object_get_double_member_with_default (root, "height_mm", 0);
  double old = sum_of (weights, MIN (before, n));

  for (guint line = 0; line < n; line++)
    {
      gboolean used = FALSE;

      for (guint i = 0; i < grid->n; i++)
        {
          const PlateauGridPlace *p = &grid->places[i];
          guint first = of_columns ? p->column : p->row;

          /* Lines before this one that went have moved the panels already. */
          used = used || (kept >= first && kept < first + (of_columns ? p->column_span : p->row_span));
        }
      if (used)
        {
          weights[kept++] = weights[line];
          continue;
        }
      for (guint i = 0; i < grid->n; i++)
        {
          guint *first = of_columns ? &grid->places[i].column : &grid->places[i].row;

          if (*first > kept)
            (*first)--;
        }
    }
  kept = MAX (kept, 1);
  if (of_columns)
    grid->columns = kept;
  else
    grid->rows = kept;
  if (json_object_has_member (root, of_columns ? "columns" : "rows"))
    json_object_set_int_member (root, of_columns ? "columns" : "rows", kept);
  write_weights (root, key, weights, kept);
  if (!of_columns && height > 0 && old > 0)
    json_object_set_double_member (root, "height_mm",
                                   round (10 * height * sum_of (weights, kept) / old) / 10);
}

typedef struct
{
  PlateauGridPlace place;
  guint index;
} Ordered;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Ordered *x = a, *y = b;

  if (x->place.row != y->place.row)
    return x->place.row < y->place.row ? -1 : 1;
  if (x->place.column != y->place.column)
    return x->place.column < y->place.column ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* Returns the new index of @panel. @before: rows that there were. */
static guint
write_grid (JsonNode *document, Grid *grid, guint panel, guint rows_before)
{
  JsonObject *root = json_node_get_object (document);
  JsonArray *old = panels_of (document), *sorted = json_array_new ();
  g_autofree Ordered *order = g_new0 (Ordered, grid->n + 1);
  guint found = panel;

  measure (grid);
  write_lines (document, grid, TRUE, grid->columns);
  write_lines (document, grid, FALSE, rows_before);
  for (guint i = 0; i < grid->n; i++)
    order[i] = (Ordered){ grid->places[i], i };
  qsort (order, grid->n, sizeof *order, compare_places);
  for (guint i = 0; i < grid->n; i++)
    {
      JsonObject *object = json_array_get_object_element (old, order[i].index);

      set_place (object, &order[i].place);
      json_array_add_object_element (sorted, json_object_ref (object));
      if (order[i].index == panel)
        found = i;
    }
  json_object_set_array_member (root, "panels", sorted);
  return found;
}

/* ---- Edits ---- */

/**
 * plateau_document_move_panel:
 * @document: a figure document
 * @panel: index of the panel
 * @column: of the grid
 * @row: of the grid; one past the last makes a new one
 *
 * Moves a panel; one that stands there takes its place instead.
 *
 * Returns: the panel's new index
 */
guint
plateau_document_move_panel (JsonNode *document, guint panel, guint column, guint row)
{
  g_auto (Grid) grid = { 0 };
  PlateauGridPlace wanted, *own;
  guint rows;

  read_grid (document, &grid);
  g_return_val_if_fail (panel < grid.n, 0);
  rows = grid.rows;
  own = &grid.places[panel];
  for (guint i = 0; i < grid.n; i++)
    {
      const PlateauGridPlace cell = { column, row, 1, 1 };

      if (i != panel && overlap (&grid.places[i], &cell))
        {
          PlateauGridPlace other = grid.places[i];

          grid.places[i] = *own;
          *own = other;
          return write_grid (document, &grid, panel, rows);
        }
    }
  wanted = (PlateauGridPlace){ column, MIN (row, grid.rows), own->column_span, own->row_span };
  /* As wide and high as there is room. */
  if (wanted.column + wanted.column_span > grid.columns)
    wanted.column = grid.columns - MIN (wanted.column_span, grid.columns);
  while (wanted.column_span > 1 && !is_free (&grid, &wanted, panel))
    {
      wanted.column_span--;
      if (wanted.column < column)
        wanted.column++;
    }
  while (wanted.row_span > 1 && !is_free (&grid, &wanted, panel))
    wanted.row_span--;
  if (is_free (&grid, &wanted, panel))
    *own = wanted;
  return write_grid (document, &grid, panel, rows);
}

/* A panel that another one has come to lie on gives way: it becomes narrower or lower where it
 * reaches beyond, else it moves to the first free place. */
static void
give_way (Grid *grid, guint index, const PlateauGridPlace *to)
{
  PlateauGridPlace *p = &grid->places[index];
  guint right = p->column + p->column_span, below = p->row + p->row_span;
  guint to_right = to->column + to->column_span, to_below = to->row + to->row_span;

  if (right > to_right && p->column >= to->column)
    {
      p->column = to_right;
      p->column_span = right - to_right;
    }
  else if (p->column < to->column && right <= to_right)
    p->column_span = to->column - p->column;
  else if (below > to_below && p->row >= to->row)
    {
      p->row = to_below;
      p->row_span = below - to_below;
    }
  else if (p->row < to->row && below <= to_below)
    p->row_span = to->row - p->row;
  else
    {
      guint column_span = p->column_span, row_span = p->row_span;

      /* Not counted while a place for it is looked for. */
      *p = find_free (grid, column_span, row_span, index);
    }
}

/**
 * plateau_document_span_panel:
 * @document: a figure document
 * @panel: index of the panel
 * @place: what it is to cover
 *
 * Makes a panel larger or smaller; those that it comes to lie on give way.
 *
 * Returns: the panel's new index
 */
guint
plateau_document_span_panel (JsonNode *document, guint panel, const PlateauGridPlace *place)
{
  g_auto (Grid) grid = { 0 };
  guint rows;

  read_grid (document, &grid);
  g_return_val_if_fail (panel < grid.n && place->column_span > 0 && place->row_span > 0, 0);
  rows = grid.rows;
  grid.places[panel] = *place;
  measure (&grid);
  for (guint i = 0; i < grid.n; i++)
    if (i != panel && overlap (&grid.places[i], place))
      give_way (&grid, i, place);
  return write_grid (document, &grid, panel, rows);
}

static char *
free_id (JsonNode *document)
{
  guint n = plateau_document_n_panels (document);

  for (guint number = n + 1;; number++)
    {
      g_autofree char *id = g_strdup_printf ("%u", number);
      gboolean taken = FALSE;

      for (guint i = 0; i < n; i++)
        taken = taken
                || g_strcmp0 (id, json_object_get_string_member_with_default (
                                      plateau_document_get_panel (document, (int)i), "id", NULL))
                       == 0;
      if (!taken)
        return g_steal_pointer (&id);
    }
}

/**
 * plateau_document_insert_panel:
 * @document: a figure document
 * @panel: (transfer full): a panel; its place is chosen
 *
 * Puts a panel into the first free place of the grid, as wide as the last one; a figure of one
 * panel becomes two columns wide.
 *
 * Returns: index of the panel
 */
guint
plateau_document_insert_panel (JsonNode *document, JsonObject *panel)
{
  JsonObject *root = json_node_get_object (document);
  g_auto (Grid) grid = { 0 };
  g_autofree char *id = free_id (document);
  PlateauGridPlace place, last = { 0, 0, 1, 1 };
  guint rows;

  if (!json_object_has_member (root, "panels"))
    json_object_set_array_member (root, "panels", json_array_new ());
  read_grid (document, &grid);
  rows = grid.rows;
  if (grid.n > 0)
    last = grid.places[grid.n - 1];
  if (grid.n == 1 && grid.columns == 1)
    grid.columns = 2;
  place = find_free (&grid, last.column_span, 1, G_MAXUINT);
  json_object_set_string_member (panel, "id", id);
  json_array_add_object_element (panels_of (document), panel);
  grid.places = g_renew (PlateauGridPlace, grid.places, grid.n + 2);
  grid.places[grid.n++] = place;
  return write_grid (document, &grid, grid.n - 1, rows);
}

/**
 * plateau_document_duplicate_panel:
 * @document: a figure document
 * @panel: index of the panel
 *
 * Returns: index of the copy
 */
guint
plateau_document_duplicate_panel (JsonNode *document, guint panel)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) copy = NULL;

  json_node_set_object (node, plateau_document_get_panel (document, (int)panel));
  copy = plateau_document_copy (node);
  return plateau_document_insert_panel (document, json_object_ref (json_node_get_object (copy)));
}

/**
 * plateau_document_remove_panel:
 * @document: a figure document
 * @panel: index of the panel
 *
 * Rows and columns that become empty go with it.
 */
void
plateau_document_remove_panel (JsonNode *document, guint panel)
{
  g_auto (Grid) grid = { 0 };

  read_grid (document, &grid);
  g_return_if_fail (panel < grid.n);
  for (guint i = panel; i + 1 < grid.n; i++)
    grid.places[i] = grid.places[i + 1];
  grid.n--;
  json_array_remove_element (panels_of (document), panel);
  if (grid.n > 0)
    write_grid (document, &grid, 0, grid.rows);
}

/**
 * plateau_document_set_border:
 * @document: a figure document
 * @of_columns: whether columns, else rows, become wider and narrower
 * @line: the border before this column or row, from 1
 * @share: where it is to lie, as a share of the whole
 *
 * Moves the border between two columns or rows; no line becomes narrower than a twentieth.
 */
void
plateau_document_set_border (JsonNode *document, gboolean of_columns, guint line, double share)
{
  JsonObject *root = json_node_get_object (document);
  const char *key = of_columns ? "column_weights" : "row_weights";
  g_auto (Grid) grid = { 0 };
  g_autofree double *weights = NULL;
  double sum, before = 0, pair, wanted;
  guint n;

  read_grid (document, &grid);
  n = of_columns ? grid.columns : grid.rows;
  g_return_if_fail (line > 0 && line < n);
  weights = read_weights (root, key, n);
  sum = sum_of (weights, n);
  for (guint i = 0; i + 1 < line; i++)
    before += weights[i];
  pair = weights[line - 1] + weights[line];
  wanted = CLAMP (share * sum - before, 0.05 * sum, pair - 0.05 * sum);
  if (pair < 0.1 * sum)
    return;
  weights[line - 1] = round (1000 * wanted / sum * n) / 1000;
  weights[line] = round (1000 * (pair - wanted) / sum * n) / 1000;
  for (guint i = 0; i < n; i++)
    if (i != line && i != line - 1)
      weights[i] = round (1000 * weights[i] / sum * n) / 1000;
  write_weights (root, key, weights, n);
}
