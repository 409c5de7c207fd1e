/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figure document:
 *
 * { "plateau-figure": 1, "title": "...", "width_mm": 170, "height_mm": 140, "style": "nature",
 *   "style_overrides": {"text_pt": 6}, "columns": 3, "rows": 2, "column_weights": [1, 1, 2],
 *   "row_weights": [1, 1], "note": "Simulated data", "panels": [PANEL, ...] }
 *
 * PANEL: { "id": "a", "column": 0, "row": 0, "column_span": 1, "row_span": 1, "title": "...",
 *   "letter": "A", "equal_units": true, "plot": {"kind": ..., see plateau-plot-kind.h},
 *   "x": AXIS, "y": AXIS, "x2": AXIS, "y2": AXIS, "legend": {...}, "colour_bar": {...},
 *   "looks": {LAYER ID OR LABEL: LOOK}, "layers": [LAYER, ...], "annotations": [...],
 *   "auto_annotations": false, "auto_looks": {"0": {...}}, "insets": [...] }
 * What the panel says stands over what its plot kind has chosen; what it leaves out is chosen.
 *
 * AXIS: { "title", "unit", "reference", "scale", "min", "max", "step", "decimals", "reversed",
 *   "numbers", "labels", "from_zero", "head_room", "foot_room", "scale_bar", "categories", "link",
 *   "colour", "shared", "used" }
 * LOOK: { "colour", "width", "dash", "marker", "fill", "marker_size", "marker_every", "alpha",
 *   "area_alpha", "errors", "hidden", "label" }
 * LAYER: { "kind", "id", "label", "axis": "y2", "x": [...], "y": [...], "y_low", "y_high", "x_low",
 *   "x_high", "shift", "base", "bar_width", "box_x", look members } */

#include "figure/plateau-figure-private.h"
#include "figure/plateau-markup.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

#define MAX_PANELS 100

static gboolean
fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error)
    *error = g_error_new_valist (PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID, format, args);
  va_end (args);
  return FALSE;
}

static JsonNode *
member (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static gboolean
take_number (JsonObject *object, const char *key, double *value, GError **error)
{
  JsonNode *node = member (object, key);

  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING)
    return fail (error, _ ("“%s” must be a number"), key);
  *value = json_node_get_double (node);
  return isfinite (*value) || fail (error, _ ("“%s” must be a finite number"), key);
}

static gboolean
take_boolean (JsonObject *object, const char *key, gboolean *value, GError **error)
{
  JsonNode *node = member (object, key);

  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (error, _ ("“%s” must be true or false"), key);
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
take_count (JsonObject *object, const char *key, guint low, guint high, guint *value, GError **error)
{
  double number = *value;

  if (!take_number (object, key, &number, error))
    return FALSE;
  if (number != floor (number) || number < low || number > high)
    return fail (error, _ ("“%s” is %g; it must be a whole number from %u to %u"), key, number, low,
                 high);
  *value = (guint)number;
  return TRUE;
}

static gboolean
take_text (JsonObject *object, const char *key, char **value, GError **error)
{
  JsonNode *node = member (object, key);

  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, _ ("“%s” must be text"), key);
  g_free (*value);
  *value = json_node_dup_string (node);
  return TRUE;
}

static gboolean
take_markup (JsonObject *object, const char *key, char **value, GError **error)
{
  g_autofree char *text = NULL;

  if (!take_text (object, key, &text, error))
    return FALSE;
  if (!text)
    return TRUE;
  if (!plateau_markup_check (text, error))
    return FALSE;
  g_free (*value);
  *value = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
take_choice (JsonObject *object, const char *key, const char *const *nicks, guint n, int *value,
             GError **error)
{
  g_autofree char *text = NULL;

  if (!take_text (object, key, &text, error))
    return FALSE;
  for (guint i = 0; text && i < n; i++)
    if (g_str_equal (text, nicks[i]))
      {
        *value = i;
        return TRUE;
      }
  return !text || fail (error, _ ("“%s” cannot be “%s”"), key, text);
}

static gboolean
take_colour (JsonObject *object, const char *key, PlateauColour *colour, GError **error)
{
  g_autofree char *text = NULL;

  return take_text (object, key, &text, error)
         && (!text || plateau_colour_parse (text, colour, error));
}

static gboolean
take_object (JsonObject *object, const char *key, JsonObject **value, GError **error)
{
  JsonNode *node = member (object, key);

  *value = NULL;
  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, _ ("“%s” must be an object"), key);
  *value = json_node_get_object (node);
  return TRUE;
}

static gboolean
take_array (JsonObject *object, const char *key, JsonArray **value, GError **error)
{
  JsonNode *node = member (object, key);

  *value = NULL;
  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (error, _ ("“%s” must be a list"), key);
  *value = json_node_get_array (node);
  return TRUE;
}

static gboolean
take_strings (JsonObject *object, const char *key, char ***value, GError **error)
{
  JsonArray *array;
  GPtrArray *texts;

  if (!take_array (object, key, &array, error))
    return FALSE;
  if (!array)
    return TRUE;
  texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || !json_node_get_string (node))
        {
          g_ptr_array_unref (texts);
          return fail (error, _ ("“%s” must be a list of texts"), key);
        }
      g_ptr_array_add (texts, json_node_dup_string (node));
    }
  g_ptr_array_add (texts, NULL);
  g_strfreev (*value);
  *value = (char **)g_ptr_array_free (texts, FALSE);
  return TRUE;
}

/* null stands for an absent value. */
static gboolean
take_values (JsonObject *object, const char *key, PlateauArray *values, gsize *n, GError **error)
{
  JsonArray *array;
  double *copy;
  guint length;

  if (!take_array (object, key, &array, error))
    return FALSE;
  if (!array)
    return TRUE;
  length = json_array_get_length (array);
  if (*n != G_MAXSIZE && *n != length)
    return fail (error, _ ("“%s” has %u values, the layer's other lists have %zu"), key, length,
                 *n);
  *n = length;
  copy = g_new (double, MAX (length, 1));
  for (guint i = 0; i < length; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      copy[i] = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
                    ? json_node_get_double (node)
                    : NAN;
    }
  plateau_array_take (values, copy);
  return TRUE;
}

static gboolean
axis_apply (PlateauAxis *axis, PlateauAxisId id, JsonObject *panel, GError **error)
{
  static const char *const links[] = { "none", "celsius", "kelvin" };
  static const char *const numbers_nicks[] = { "auto", "plain", "power" };
  const char *key = plateau_axis_id_get_nick (id);
  g_autofree char *scale = NULL;
  JsonObject *object;
  double decimals = axis->decimals;
  int link = axis->link, numbers = axis->numbers;

  if (!take_object (panel, key, &object, error))
    return FALSE;
  if (!object)
    return TRUE;
  axis->used = TRUE;
  if (!take_boolean (object, "used", &axis->used, error)
      || !take_markup (object, "title", &axis->title, error)
      || !take_markup (object, "unit", &axis->unit, error)
      || !take_markup (object, "reference", &axis->reference, error)
      || !take_text (object, "scale", &scale, error)
      || !take_number (object, "min", &axis->min, error)
      || !take_number (object, "max", &axis->max, error)
      || !take_number (object, "step", &axis->step, error)
      || !take_number (object, "decimals", &decimals, error)
      || !take_number (object, "fit_margin", &axis->fit_margin, error)
      || !take_number (object, "head_room", &axis->head_room, error)
      || !take_number (object, "foot_room", &axis->foot_room, error)
      || !take_number (object, "scale_bar", &axis->scale_bar, error)
      || !take_boolean (object, "from_zero", &axis->from_zero, error)
      || !take_boolean (object, "reversed", &axis->reversed, error)
      || !take_boolean (object, "labels", &axis->labels, error)
      || !take_strings (object, "categories", &axis->categories, error)
      || !take_boolean (object, "shared", &axis->shared, error)
      || !take_choice (object, "numbers", numbers_nicks, G_N_ELEMENTS (numbers_nicks), &numbers, error)
      || !take_choice (object, "link", links, G_N_ELEMENTS (links), &link, error)
      || !take_colour (object, "colour", &axis->colour, error))
    return FALSE;
  axis->link = link;
  axis->numbers = numbers;
  axis->decimals = (int)CLAMP (decimals, -1, 12);
  axis->head_room = CLAMP (axis->head_room, 0, 0.9);
  axis->foot_room = CLAMP (axis->foot_room, 0, 0.9);
  if (scale && !plateau_scale_kind_from_nick (scale, &axis->scale))
    return fail (error, _ ("Axis %s: “%s” is not a scale (linear, log, inverse, sqrt, time, cycle)"),
                 key, scale);
  if (axis->min >= axis->max)
    return fail (error, _ ("Axis %s: the range ends at %g, not above its beginning %g"), key,
                 axis->max, axis->min);
  if (axis->scale == PLATEAU_SCALE_LOG && axis->min <= 0)
    return fail (error, _ ("Axis %s: a logarithmic range cannot begin at %g"), key, axis->min);
  if (axis->step <= 0)
    return fail (error, _ ("Axis %s: the step between ticks must be above 0, it is %g"), key,
                 axis->step);
  return TRUE;
}

static const char *const dash_nicks[] = { "solid", "dashed", "dotted", "dash-dot", "long" };
static const char *const marker_nicks[] = { "none",     "circle",   "square", "triangle", "diamond",
                                            "inverted", "pentagon", "cross",  "plus" };
static const char *const fill_nicks[] = { "open", "solid", "half" };
static const char *const error_nicks[] = { "bars", "band", "none" };

static gboolean
look_apply (PlateauLayer *layer, JsonObject *object, GError **error)
{
  PlateauLayerStyle *s = &layer->style;
  int dash = s->dash, marker = s->marker, fill = s->fill, errors = s->errors;

  if (!take_colour (object, "colour", &s->colour, error)
      || !take_number (object, "width", &s->width, error)
      || !take_choice (object, "dash", dash_nicks, G_N_ELEMENTS (dash_nicks), &dash, error)
      || !take_choice (object, "marker", marker_nicks, G_N_ELEMENTS (marker_nicks), &marker, error)
      || !take_choice (object, "fill", fill_nicks, G_N_ELEMENTS (fill_nicks), &fill, error)
      || !take_number (object, "marker_size", &s->marker_size, error)
      || !take_count (object, "marker_every", 0, 1000000, &s->marker_every, error)
      || !take_number (object, "alpha", &s->alpha, error)
      || !take_number (object, "area_alpha", &s->area_alpha, error)
      || !take_choice (object, "errors", error_nicks, G_N_ELEMENTS (error_nicks), &errors, error)
      || !take_boolean (object, "hidden", &layer->hidden, error)
      || !take_markup (object, "label", &layer->label, error))
    return FALSE;
  s->errors = errors;
  s->dash = dash;
  s->marker = marker;
  s->fill = fill;
  s->width = CLAMP (s->width, 0, 20);
  s->marker_size = CLAMP (s->marker_size, 0.1, 20);
  s->alpha = CLAMP (s->alpha, 0, 1);
  s->area_alpha = CLAMP (s->area_alpha, 0, 1);
  return TRUE;
}

static gboolean
layer_from_json (PlateauPanel *panel, JsonObject *object, guint index, GError **error)
{
  static const char *const kinds[] = { "line", "step", "bar", "band", "box", "map" };
  g_autofree char *id = g_strdup_printf ("layer-%u", index + 1);
  g_autofree char *axis = NULL;
  PlateauLayer *layer;
  gsize n = G_MAXSIZE, nx = G_MAXSIZE, ny = G_MAXSIZE, nz = G_MAXSIZE;
  int kind = PLATEAU_LAYER_LINE;

  if (!take_choice (object, "kind", kinds, G_N_ELEMENTS (kinds), &kind, error)
      || !take_text (object, "id", &id, error) || !take_text (object, "axis", &axis, error))
    return FALSE;
  layer = plateau_panel_add_layer (panel, kind, id, NULL);
  layer->use_y2 = g_strcmp0 (axis, "y2") == 0;
  layer->use_x2 = g_strcmp0 (axis, "x2") == 0;
  if (kind == PLATEAU_LAYER_MAP)
    {
      if (!take_values (object, "x", &layer->x, &nx, error)
          || !take_values (object, "y", &layer->y, &ny, error)
          || !take_values (object, "z", &layer->z, &nz, error))
        return FALSE;
      if (nx == G_MAXSIZE || ny == G_MAXSIZE || nz != nx * ny)
        return fail (error, _ ("A map needs “x”, “y” and as many “z” as their product"));
      layer->map_nx = nx;
      layer->map_ny = ny;
      panel->colour_bar.palette = PLATEAU_PALETTE_DENSITY;
      return look_apply (layer, object, error);
    }
  if (!take_values (object, "x", &layer->x, &n, error)
      || !take_values (object, "y", &layer->y, &n, error)
      || !take_values (object, "y_low", &layer->y_low, &n, error)
      || !take_values (object, "y_high", &layer->y_high, &n, error)
      || !take_values (object, "x_low", &layer->x_low, &n, error)
      || !take_values (object, "x_high", &layer->x_high, &n, error)
      || !take_number (object, "shift", &layer->shift, error)
      || !take_number (object, "base", &layer->base, error)
      || !take_number (object, "bar_width", &layer->bar_width, error)
      || !take_number (object, "box_x", &layer->box_x, error))
    return FALSE;
  if (n == G_MAXSIZE || (kind != PLATEAU_LAYER_BOX && !layer->x.values)
      || (kind == PLATEAU_LAYER_BAND && (!layer->y_low.values || !layer->y_high.values))
      || (kind != PLATEAU_LAYER_BAND && !layer->y.values))
    return fail (error, _ ("Layer “%s” has no data: it needs “x” and “y” (a band “y_low” and "
                           "“y_high”)"),
                 layer->id);
  layer->n = n;
  return look_apply (layer, object, error);
}

static gboolean
looks_apply (PlateauPanel *panel, JsonObject *looks, GError **error)
{
  for (guint i = 0; i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);
      JsonNode *by_label = layer->label ? member (looks, layer->label) : NULL;
      JsonNode *by_id = member (looks, layer->id);

      if (by_label && JSON_NODE_HOLDS_OBJECT (by_label)
          && !look_apply (layer, json_node_get_object (by_label), error))
        return FALSE;
      if (by_id && JSON_NODE_HOLDS_OBJECT (by_id)
          && !look_apply (layer, json_node_get_object (by_id), error))
        return FALSE;
    }
  return TRUE;
}

/* What will be laid over layers that are not there yet is tried on one, so that it can be said at
 * once what cannot be. */
static gboolean
looks_check (JsonObject *looks, GError **error)
{
  g_autoptr (PlateauFigure) figure = plateau_figure_new ();
  PlateauLayer *layer
      = plateau_panel_add_layer (plateau_figure_get_panel (figure, 0), PLATEAU_LAYER_LINE, "", NULL);
  g_autoptr (GList) keys = json_object_get_members (looks);

  for (GList *l = keys; l; l = l->next)
    {
      JsonObject *object;

      if (!take_object (looks, l->data, &object, error)
          || (object && !look_apply (layer, object, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
legend_apply (PlateauLegend *legend, JsonObject *object, GError **error)
{
  g_autofree char *place = NULL;
  JsonObject *names;

  if (!take_text (object, "place", &place, error) || !take_number (object, "x", &legend->x, error)
      || !take_number (object, "y", &legend->y, error)
      || !take_markup (object, "title", &legend->title, error)
      || !take_count (object, "columns", 0, 20, &legend->columns, error)
      || !take_strings (object, "order", &legend->order, error)
      || !take_object (object, "names", &names, error))
    return FALSE;
  if (place && !plateau_place_from_nick (place, &legend->place))
    return fail (error, _ ("Legend: “%s” is not a place"), place);
  if (names)
    {
      g_autoptr (GList) keys = json_object_get_members (names);

      if (!legend->names)
        legend->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (GList *l = keys; l; l = l->next)
        {
          g_autofree char *name = NULL;

          if (!take_markup (names, l->data, &name, error))
            return FALSE;
          g_hash_table_replace (legend->names, g_strdup (l->data), g_steal_pointer (&name));
        }
    }
  return TRUE;
}

static gboolean
colour_bar_apply (PlateauColourBar *bar, JsonObject *object, GError **error)
{
  g_autofree char *scale = NULL, *palette = NULL;

  if (!take_boolean (object, "used", &bar->used, error)
      || !take_markup (object, "title", &bar->title, error)
      || !take_boolean (object, "inside", &bar->inside, error)
      || !take_number (object, "min", &bar->min, error)
      || !take_number (object, "max", &bar->max, error)
      || !take_text (object, "palette", &palette, error)
      || !take_text (object, "scale", &scale, error))
    return FALSE;
  if (palette && !plateau_palette_from_nick (palette, &bar->palette))
    return fail (error, _ ("Colour bar: “%s” is no palette: lines, density or difference"),
                 palette);
  if (scale && !plateau_scale_kind_from_nick (scale, &bar->scale))
    return fail (error, _ ("Colour bar: “%s” is not a scale"), scale);
  return !(bar->used && bar->min >= bar->max)
         || fail (error, _ ("Colour bar: the range ends at %g, not above its beginning %g"),
                  bar->max, bar->min);
}

/* What a document says about an annotation, over what it is already. */
static gboolean
annotation_members (PlateauAnnotation *a, JsonObject *object, GError **error)
{
  static const char *const coordinates[] = { "data", "axes" };
  static const char *const across[] = { "left", "centre", "right" };
  static const char *const down[] = { "top", "middle", "bottom" };
  int both = -1, cx = a->x_coordinates, cy = a->y_coordinates;
  int horizontal = a->horizontal, vertical = a->vertical, dash = a->dash;
  gboolean hidden = FALSE;

  if (!take_choice (object, "coordinates", coordinates, 2, &both, error))
    return FALSE;
  if (both >= 0)
    cx = cy = both;
  if (!take_choice (object, "x_coordinates", coordinates, 2, &cx, error)
      || !take_choice (object, "y_coordinates", coordinates, 2, &cy, error)
      || !take_number (object, "x", &a->x, error) || !take_number (object, "y", &a->y, error)
      || !take_number (object, "x1", &a->x1, error) || !take_number (object, "y1", &a->y1, error)
      || !take_markup (object, "text", &a->text, error)
      || !take_choice (object, "horizontal", across, 3, &horizontal, error)
      || !take_choice (object, "vertical", down, 3, &vertical, error)
      || !take_boolean (object, "avoid", &a->avoid, error)
      || !take_boolean (object, "small", &a->small, error)
      || !take_boolean (object, "bold", &a->bold, error)
      || !take_boolean (object, "y2", &a->use_y2, error)
      || !take_boolean (object, "hidden", &hidden, error)
      || !take_choice (object, "dash", dash_nicks, G_N_ELEMENTS (dash_nicks), &dash, error)
      || !take_colour (object, "colour", &a->colour, error))
    return FALSE;
  a->x_coordinates = cx;
  a->y_coordinates = cy;
  a->horizontal = horizontal;
  a->vertical = vertical;
  a->dash = dash;
  if (hidden) /* a text of nothing: the others keep their indices */
    {
      a->kind = PLATEAU_ANNOTATION_TEXT;
      g_clear_pointer (&a->text, g_free);
    }
  return TRUE;
}

/* Changes of annotations that the plot has made, by their index. */
static gboolean
auto_looks_apply (PlateauPanel *panel, JsonObject *looks, GError **error)
{
  g_autoptr (GList) keys = json_object_get_members (looks);

  for (GList *l = keys; panel->annotations->len == 0 && l; l = l->next)
    {
      JsonObject *object;

      if (!take_object (looks, l->data, &object, error))
        return FALSE;
      if (object)
        {
          PlateauAnnotation *scratch
              = plateau_panel_add_annotation (panel, PLATEAU_ANNOTATION_TEXT, NULL);
          gboolean ok = annotation_members (scratch, object, error);

          g_array_set_size (panel->annotations, 0);
          if (!ok)
            return FALSE;
        }
    }
  for (guint i = 0; i < panel->annotations->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      JsonObject *object;

      if (!take_object (looks, key, &object, error)
          || (object
              && !annotation_members (&g_array_index (panel->annotations, PlateauAnnotation, i),
                                      object, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
annotation_apply (PlateauPanel *panel, JsonObject *object, GError **error)
{
  static const char *const kinds[] = { "text", "arrow", "line", "window", "rectangle" };
  int kind = PLATEAU_ANNOTATION_TEXT;
  PlateauAnnotation *a;

  if (!take_choice (object, "kind", kinds, G_N_ELEMENTS (kinds), &kind, error))
    return FALSE;
  a = plateau_panel_add_annotation (panel, kind, NULL);
  if (kind != PLATEAU_ANNOTATION_TEXT)
    a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
  if (kind == PLATEAU_ANNOTATION_LINE || kind == PLATEAU_ANNOTATION_WINDOW)
    a->x = a->y = NAN;
  if (kind == PLATEAU_ANNOTATION_WINDOW)
    a->colour = plateau_colour_simple (PLATEAU_COLOUR_WINDOW);
  return annotation_members (a, object, error);
}

static gboolean
inset_apply (PlateauPanel *panel, JsonObject *object, GError **error)
{
  PlateauInset inset = { { 0.35, 0.1, 0.4, 0.4 }, NAN, NAN, NAN, NAN, TRUE, FALSE };

  if (!take_number (object, "left", &inset.area.x, error)
      || !take_number (object, "top", &inset.area.y, error)
      || !take_number (object, "width", &inset.area.width, error)
      || !take_number (object, "height", &inset.area.height, error)
      || !take_number (object, "x_min", &inset.x_min, error)
      || !take_number (object, "x_max", &inset.x_max, error)
      || !take_number (object, "y_min", &inset.y_min, error)
      || !take_number (object, "y_max", &inset.y_max, error)
      || !take_boolean (object, "leaders", &inset.leaders, error)
      || !take_boolean (object, "ticks_right", &inset.ticks_right, error))
    return FALSE;
  if (!(inset.x_min < inset.x_max && inset.y_min < inset.y_max))
    return fail (error, _ ("An inset needs x_min below x_max and y_min below y_max"));
  if (!(inset.area.width > 0.02 && inset.area.height > 0.02))
    return fail (error, _ ("An inset must be wider and higher than 0.02 of the plot"));
  g_array_append_val (panel->insets, inset);
  return TRUE;
}

typedef gboolean (*ElementFunc) (PlateauPanel *panel, JsonObject *object, GError **error);

static gboolean
each_object (PlateauPanel *panel, JsonObject *object, const char *key, ElementFunc func,
             GError **error)
{
  JsonArray *array;

  if (!take_array (object, key, &array, error))
    return FALSE;
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, _ ("“%s” must be a list of objects"), key);
      if (!func (panel, json_node_get_object (node), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
layers_apply (PlateauPanel *panel, JsonObject *object, GError **error)
{
  JsonArray *array;

  if (!take_array (object, "layers", &array, error))
    return FALSE;
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, _ ("“layers” must be a list of objects"));
      if (!layer_from_json (panel, json_node_get_object (node), i, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
plateau_panel_apply_json (PlateauPanel *panel, JsonObject *object, GError **error)
{
  JsonObject *looks, *legend, *bar, *auto_looks;
  gboolean automatic = TRUE;

  if (!take_boolean (object, "auto_annotations", &automatic, error))
    return FALSE;
  if (!automatic)
    g_array_set_size (panel->annotations, 0);
  if (!take_object (object, "auto_looks", &auto_looks, error)
      || (auto_looks && !auto_looks_apply (panel, auto_looks, error)))
    return FALSE;
  if (!take_markup (object, "title", &panel->title, error)
      || !take_markup (object, "letter", &panel->letter, error)
      || !take_boolean (object, "equal_units", &panel->equal_units, error)
      || !layers_apply (panel, object, error) || !take_object (object, "looks", &looks, error)
      || (looks && panel->layers->len == 0 && !looks_check (looks, error))
      || (looks && !looks_apply (panel, looks, error))
      || !take_object (object, "legend", &legend, error)
      || (legend && !legend_apply (&panel->legend, legend, error))
      || !take_object (object, "colour_bar", &bar, error)
      || (bar && !colour_bar_apply (&panel->colour_bar, bar, error))
      || !each_object (panel, object, "annotations", annotation_apply, error)
      || !each_object (panel, object, "insets", inset_apply, error))
    return FALSE;
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    if (!axis_apply (&panel->axes[i], i, object, error))
      return FALSE;
  return TRUE;
}

static gboolean
panel_from_json (PlateauFigure *figure, JsonObject *object, guint index, GError **error)
{
  PlateauPanel *panel = plateau_figure_add_panel (figure);
  g_autoptr (GError) local = NULL;
  JsonObject *plot;

  panel->source = json_object_ref (object);
  if (take_text (object, "id", &panel->id, &local)
      && take_count (object, "column", 0, MAX_PANELS, &panel->column, &local)
      && take_count (object, "row", 0, MAX_PANELS, &panel->row, &local)
      && take_count (object, "column_span", 1, MAX_PANELS, &panel->column_span, &local)
      && take_count (object, "row_span", 1, MAX_PANELS, &panel->row_span, &local)
      && take_object (object, "plot", &plot, &local)
      && plateau_panel_apply_json (panel, object, &local))
    {
      panel->plot = plot ? json_object_ref (plot) : NULL;
      return TRUE;
    }
  return fail (error, _ ("Panel %u: %s"), index + 1, local->message);
}

static gboolean
weights_from_json (JsonObject *object, const char *key, guint n, double **weights, GError **error)
{
  PlateauArray values = { NULL, 1, 0, NULL, NULL };
  gsize length = G_MAXSIZE;

  if (!take_values (object, key, &values, &length, error))
    return FALSE;
  if (!values.values)
    return TRUE;
  *weights = values.owner;
  if (length != n)
    return fail (error, _ ("“%s” has %zu numbers for %u"), key, length, n);
  for (guint i = 0; i < n; i++)
    if (!((*weights)[i] > 0))
      return fail (error, _ ("“%s” must be above 0"), key);
  return TRUE;
}

static gboolean
style_from_json (PlateauFigure *figure, JsonObject *object, GError **error)
{
  g_autofree char *name = NULL;
  JsonObject *overrides;
  PlateauStyle *style;

  if (!take_text (object, "style", &name, error)
      || !take_object (object, "style_overrides", &overrides, error))
    return FALSE;
  style = plateau_style_find (name, error);
  if (!style)
    return FALSE;
  plateau_style_free (figure->style);
  figure->style = style;
  figure->style_overrides = overrides ? json_object_ref (overrides) : NULL;
  return !overrides || plateau_style_apply_json (style, overrides, error);
}

static gboolean
fill_figure (PlateauFigure *figure, JsonObject *object, GError **error)
{
  JsonArray *panels;
  guint columns = 1, rows = 1;

  if (!style_from_json (figure, object, error))
    return FALSE;
  figure->width_mm = figure->style->width_mm;
  if (!take_text (object, "title", &figure->title, error)
      || !take_markup (object, "note", &figure->note, error)
      || !take_number (object, "width_mm", &figure->width_mm, error)
      || !take_number (object, "height_mm", &figure->height_mm, error)
      || !take_array (object, "panels", &panels, error))
    return FALSE;
  if (!(figure->width_mm >= 10 && figure->width_mm <= 2000)
      || !(figure->height_mm == 0 || (figure->height_mm >= 10 && figure->height_mm <= 2000)))
    return fail (error, _ ("A figure can be 10 to 2000 mm wide and high; it is %g by %g"),
                 figure->width_mm, figure->height_mm);
  if (panels && json_array_get_length (panels) > MAX_PANELS)
    return fail (error, _ ("A figure holds at most %d panels"), MAX_PANELS);
  for (guint i = 0; panels && i < json_array_get_length (panels); i++)
    {
      JsonNode *node = json_array_get_element (panels, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail (error, _ ("“panels” must be a list of objects"));
      if (!panel_from_json (figure, json_node_get_object (node), i, error))
        return FALSE;
    }
  figure->rows = 1;
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);
      columns = MAX (columns, panel->column + panel->column_span);
      rows = MAX (rows, panel->row + panel->row_span);
    }
  if (!take_count (object, "columns", columns, MAX_PANELS, &columns, error)
      || !take_count (object, "rows", rows, MAX_PANELS, &rows, error))
    return FALSE;
  figure->columns = columns;
  figure->rows = rows;
  return weights_from_json (object, "column_weights", columns, &figure->column_weights, error)
         && weights_from_json (object, "row_weights", rows, &figure->row_weights, error);
}

/**
 * plateau_figure_new_from_json:
 * @document: a figure document
 * @error: return location
 *
 * Compiles a document. Panels with a "plot" stay empty until plateau_figure_bind().
 *
 * Returns: (transfer full) (nullable): the figure, or %NULL with @error that says which panel and
 *   member cannot be and why
 */
PlateauFigure *
plateau_figure_new_from_json (JsonNode *document, GError **error)
{
  g_autoptr (PlateauFigure) figure = NULL;
  JsonObject *object;
  double version = 0;

  if (!document || !JSON_NODE_HOLDS_OBJECT (document))
    {
      fail (error, _ ("This is no figure document"));
      return NULL;
    }
  object = json_node_get_object (document);
  if (!take_number (object, "plateau-figure", &version, error))
    return NULL;
  if (version < 1)
    {
      fail (error, _ ("This is no figure document: “plateau-figure” is missing"));
      return NULL;
    }
  if (version > PLATEAU_FIGURE_VERSION)
    {
      fail (error, _ ("The figure was made by a newer version of Plateau (format %g, known are up "
                      "to %d)"),
            version, PLATEAU_FIGURE_VERSION);
      return NULL;
    }
  figure = plateau_figure_new_empty ();
  return fill_figure (figure, object, error) ? g_steal_pointer (&figure) : NULL;
}
