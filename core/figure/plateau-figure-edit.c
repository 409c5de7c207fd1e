/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-figure-edit.h"

#include "figure/plateau-layout-private.h"

#include <math.h>

/* ---- Annotations ---- */

static JsonArray *
list_of (JsonObject *object, const char *key)
{
  JsonNode *node = object ? json_object_get_member (object, key) : NULL;

  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * plateau_panel_n_automatic:
 * @panel: a bound panel
 *
 * Returns: how many of its annotations the plot has made by itself; they stand before those of the
 *   document
 */
guint
plateau_panel_n_automatic (const PlateauPanel *panel)
{
  JsonArray *own = list_of (panel->source, "annotations");
  guint n_own = own ? json_array_get_length (own) : 0;

  return panel->annotations->len > n_own ? panel->annotations->len - n_own : 0;
}

/**
 * plateau_document_get_annotation:
 * @object: the panel in the document that is edited
 * @bound: the panel as it is shown
 * @index: of the annotation in @bound
 *
 * Returns: (transfer none) (nullable): where changes of the annotation go: its own object, or for
 *   one that the plot made, the changes of it
 */
JsonObject *
plateau_document_get_annotation (JsonObject *object, const PlateauPanel *bound, int index)
{
  guint automatic = plateau_panel_n_automatic (bound);

  if (index < 0)
    return NULL;
  if ((guint)index < automatic)
    {
      g_autofree char *key = g_strdup_printf ("%d", index);

      return plateau_document_get_section (plateau_document_get_section (object, "auto_looks"), key);
    }
  return plateau_document_get_element (object, "annotations", index - (int)automatic);
}

/**
 * plateau_document_remove_annotation:
 * @object: the panel in the document that is edited
 * @bound: the panel as it is shown
 * @index: of the annotation in @bound
 */
void
plateau_document_remove_annotation (JsonObject *object, const PlateauPanel *bound, int index)
{
  guint automatic = plateau_panel_n_automatic (bound);

  if (index < 0)
    return;
  if ((guint)index < automatic)
    json_object_set_boolean_member (plateau_document_get_annotation (object, bound, index),
                                    "hidden", TRUE);
  else if (plateau_document_get_element (object, "annotations", index - (int)automatic))
    json_array_remove_element (list_of (object, "annotations"), (guint)index - automatic);
}

static void
set_number (JsonObject *object, const char *key, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, key, value);
}

/**
 * plateau_annotation_to_json:
 * @a: an annotation
 *
 * Returns: (transfer full): it as documents have it
 */
JsonObject *
plateau_annotation_to_json (const PlateauAnnotation *a)
{
  static const char *const kinds[] = { "text", "arrow", "line", "window", "rectangle" };
  static const char *const coordinates[] = { "data", "axes" };
  static const char *const across[] = { "left", "centre", "right" };
  static const char *const down[] = { "top", "middle", "bottom" };
  static const char *const dashes[] = { "solid", "dashed", "dotted", "dash-dot", "long" };
  JsonObject *object = json_object_new ();
  g_autofree char *colour = plateau_colour_to_text (&a->colour);

  json_object_set_string_member (object, "kind", kinds[a->kind]);
  json_object_set_string_member (object, "x_coordinates", coordinates[a->x_coordinates]);
  json_object_set_string_member (object, "y_coordinates", coordinates[a->y_coordinates]);
  set_number (object, "x", a->x);
  set_number (object, "y", a->y);
  set_number (object, "x1", a->x1);
  set_number (object, "y1", a->y1);
  if (a->text)
    json_object_set_string_member (object, "text", a->text);
  json_object_set_string_member (object, "horizontal", across[MIN ((guint)a->horizontal, 2)]);
  json_object_set_string_member (object, "vertical", down[MIN ((guint)a->vertical, 2)]);
  json_object_set_string_member (object, "dash", dashes[a->dash]);
  json_object_set_string_member (object, "colour", colour);
  json_object_set_boolean_member (object, "avoid", a->avoid);
  json_object_set_boolean_member (object, "small", a->small);
  json_object_set_boolean_member (object, "bold", a->bold);
  json_object_set_boolean_member (object, "y2", a->use_y2);
  return object;
}

static double
to_canvas (PlateauCoordinates coordinates, const PlateauMapping *m, double value)
{
  return coordinates == PLATEAU_COORDINATES_DATA ? plateau_mapping_apply (m, value)
                                                 : m->start + m->length * value;
}

/* Back from the canvas, in as many digits as can be seen. */
static double
from_canvas (PlateauCoordinates coordinates, const PlateauMapping *m, double at)
{
  double share = (at - m->start) / m->length, value, near, step;

  if (coordinates == PLATEAU_COORDINATES_AXES)
    return round (share * 1e4) / 1e4;
  value = plateau_scale_unmap (&m->scale, share);
  near = plateau_scale_unmap (&m->scale, share + 1e-3);
  if (!isfinite (value) || !isfinite (near) || value == near)
    return value;
  step = pow (10, floor (log10 (fabs (near - value))));
  return round (value / step) * step;
}

static const PlateauAnnotation *
annotation_at (PlateauLayout *layout, guint panel, guint index)
{
  PlateauPanel *p = plateau_figure_get_panel (layout->figure, panel);

  return p && index < p->annotations->len
             ? &g_array_index (p->annotations, PlateauAnnotation, index)
             : NULL;
}

/**
 * plateau_layout_get_annotation:
 * @layout: a layout
 * @panel: a panel
 * @index: of the annotation
 * @points: (out caller-allocates) (array fixed-size=4): x0, y0, x1, y1 on the canvas: the ends of an
 *   arrow or a line, opposite corners of a window or rectangle, of a text where it was laid
 *
 * Returns: whether anything of it can be seen
 */
gboolean
plateau_layout_get_annotation (PlateauLayout *layout, guint panel, guint index, double points[4])
{
  const PlateauAnnotation *a = annotation_at (layout, panel, index);
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);
  const PlateauRect *plot = &pl->plot;
  PlateauMapping x, y;

  if (!a)
    return FALSE;
  if (a->kind == PLATEAU_ANNOTATION_TEXT)
    {
      const PlateauRect *box = &g_array_index (pl->annotation_boxes, PlateauRect, index);

      points[0] = box->x;
      points[1] = box->y;
      points[2] = box->x + box->width;
      points[3] = box->y + box->height;
      return box->width > 0;
    }
  plateau_layout_mappings (pl, FALSE, a->use_y2, &x, &y);
  points[0] = isnan (a->x) ? plot->x : to_canvas (a->x_coordinates, &x, a->x);
  points[1] = isnan (a->y) ? plot->y : to_canvas (a->y_coordinates, &y, a->y);
  points[2] = !isnan (a->x1) ? to_canvas (a->x_coordinates, &x, a->x1)
              : a->kind == PLATEAU_ANNOTATION_LINE && !isnan (a->x) ? points[0]
                                                                    : plot->x + plot->width;
  points[3] = !isnan (a->y1) ? to_canvas (a->y_coordinates, &y, a->y1)
              : a->kind == PLATEAU_ANNOTATION_LINE && !isnan (a->y) ? points[1]
                                                                    : plot->y + plot->height;
  return isfinite (points[0] + points[1] + points[2] + points[3]);
}

/**
 * plateau_layout_find_grip:
 * @layout: a layout
 * @panel: a panel
 * @index: of an annotation
 * @x: pointer on the canvas
 * @y: pointer
 * @radius: reach
 *
 * Returns: what of the annotation a drag from there moves
 */
PlateauGrip
plateau_layout_find_grip (PlateauLayout *layout, guint panel, guint index, double x, double y,
                          double radius)
{
  const PlateauAnnotation *a = annotation_at (layout, panel, index);
  gboolean ends_x, ends_y;
  double p[4];

  if (!a || a->kind == PLATEAU_ANNOTATION_TEXT
      || !plateau_layout_get_annotation (layout, panel, index, p))
    return PLATEAU_GRIP_WHOLE;
  ends_x = !isnan (a->x) && !isnan (a->x1);
  ends_y = !isnan (a->y) && !isnan (a->y1);
  if (!ends_x && !ends_y)
    return PLATEAU_GRIP_WHOLE;
  if ((!ends_x || fabs (x - p[2]) <= radius) && (!ends_y || fabs (y - p[3]) <= radius))
    return PLATEAU_GRIP_END;
  if ((!ends_x || fabs (x - p[0]) <= radius) && (!ends_y || fabs (y - p[1]) <= radius))
    return PLATEAU_GRIP_START;
  return PLATEAU_GRIP_WHOLE;
}

static void
move_coordinate (JsonObject *object, const char *key, PlateauCoordinates coordinates,
                 const PlateauMapping *m, double value, double by)
{
  if (!isnan (value))
    set_number (object, key, from_canvas (coordinates, m, to_canvas (coordinates, m, value) + by));
}

/**
 * plateau_document_move_annotation:
 * @annotation: of plateau_document_get_annotation()
 * @layout: a layout of the figure before the move
 * @panel: the panel
 * @index: of the annotation
 * @grip: what of it is moved
 * @dx: how far, on the canvas
 * @dy: how far
 *
 * A text that looks for room by itself stands from now on where it was put.
 */
void
plateau_document_move_annotation (JsonObject *annotation, PlateauLayout *layout, guint panel,
                                  guint index, PlateauGrip grip, double dx, double dy)
{
  const PlateauAnnotation *a = annotation_at (layout, panel, index);
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);
  PlateauMapping x, y;

  g_return_if_fail (a != NULL);
  plateau_layout_mappings (pl, FALSE, a->use_y2, &x, &y);
  if (a->kind == PLATEAU_ANNOTATION_TEXT)
    {
      const PlateauTextPlace *place = &g_array_index (pl->annotation_places, PlateauTextPlace, index);

      set_number (annotation, "x", from_canvas (a->x_coordinates, &x, place->x + dx));
      set_number (annotation, "y", from_canvas (a->y_coordinates, &y, place->y + dy));
      json_object_set_boolean_member (annotation, "avoid", FALSE);
      return;
    }
  if (grip != PLATEAU_GRIP_END)
    {
      move_coordinate (annotation, "x", a->x_coordinates, &x, a->x, dx);
      move_coordinate (annotation, "y", a->y_coordinates, &y, a->y, dy);
    }
  if (grip != PLATEAU_GRIP_START)
    {
      move_coordinate (annotation, "x1", a->x_coordinates, &x, a->x1, dx);
      move_coordinate (annotation, "y1", a->y_coordinates, &y, a->y1, dy);
    }
}

/* ---- Legend ---- */

/**
 * plateau_document_order_legend:
 * @panel: the panel in the document
 * @entries: (element-type PlateauLegendEntry): the entries as they are laid out
 * @from: place of an entry
 * @to: its place afterwards
 */
void
plateau_document_order_legend (JsonObject *panel, GPtrArray *entries, guint from, guint to)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  JsonArray *array = json_array_new ();
  gpointer moved;

  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (order, ((PlateauLegendEntry *)g_ptr_array_index (entries, i))->label);
  if (from < order->len)
    {
      moved = g_ptr_array_steal_index (order, from);
      g_ptr_array_insert (order, (int)MIN (to, order->len), moved);
    }
  for (guint i = 0; i < order->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (order, i));
  json_object_set_array_member (plateau_document_get_section (panel, "legend"), "order", array);
}

/**
 * plateau_document_rename_entry:
 * @panel: the panel in the document
 * @label: label of the curves
 * @name: (nullable): markup that the legend shows for it; empty or %NULL: the label again
 */
void
plateau_document_rename_entry (JsonObject *panel, const char *label, const char *name)
{
  JsonObject *legend = plateau_document_get_section (panel, "legend");
  JsonObject *names = plateau_document_get_section (legend, "names");

  if (name && *name && !g_str_equal (name, label))
    json_object_set_string_member (names, label, name);
  else
    json_object_remove_member (names, label);
}
