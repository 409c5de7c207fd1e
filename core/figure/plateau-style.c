/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-style.h"

#include "base/plateau-error.h"
#include "plateau-figure-resources.h"

#include <glib/gi18n.h>
#include <math.h>

#define STYLE_FOLDER "/io/github/plateau/figure/styles"
#define MM (72 / 25.4)

typedef enum
{
  MEMBER_TEXT,
  MEMBER_NUMBER,
  MEMBER_BOOLEAN,
  MEMBER_TITLE,
  MEMBER_LETTERS,
  MEMBER_COLOURS,
} MemberType;

typedef struct
{
  const char *key;
  MemberType type;
  gsize offset;
  double minimum, maximum;
} Member;

#define NUMBER(key, member, low, high)                                                             \
  { key, MEMBER_NUMBER, G_STRUCT_OFFSET (PlateauStyle, member), low, high }

/* The members of a style that documents and style files may set. */
static const Member members[] = {
  { "label", MEMBER_TEXT, G_STRUCT_OFFSET (PlateauStyle, label), 0, 0 },
  { "journal", MEMBER_TEXT, G_STRUCT_OFFSET (PlateauStyle, journal), 0, 0 },
  { "font", MEMBER_TEXT, G_STRUCT_OFFSET (PlateauStyle, family), 0, 0 },
  NUMBER ("text_pt", text, 3, 48),
  NUMBER ("tick_pt", tick, 3, 48),
  NUMBER ("small_pt", small, 3, 48),
  NUMBER ("letter_pt", letter, 3, 72),
  NUMBER ("axis_line_pt", axis_line, 0.1, 5),
  NUMBER ("curve_line_pt", curve_line, 0.1, 10),
  NUMBER ("many_line_pt", many_line, 0.1, 10),
  NUMBER ("guide_line_pt", guide_line, 0.1, 5),
  NUMBER ("grid_line_pt", grid_line, 0.1, 5),
  NUMBER ("error_line_pt", error_line, 0.1, 5),
  NUMBER ("marker_edge_pt", marker_edge, 0.1, 5),
  NUMBER ("tick_major_pt", tick_major, 0, 20),
  NUMBER ("tick_minor_pt", tick_minor, 0, 20),
  NUMBER ("error_cap_pt", error_cap, 0, 20),
  NUMBER ("marker_pt", marker, 0.5, 30),
  NUMBER ("small_marker_pt", small_marker, 0.5, 30),
  NUMBER ("left_pt", left, 0, 200),
  NUMBER ("right_pt", right, 0, 200),
  NUMBER ("twin_pt", twin, 0, 200),
  NUMBER ("top_pt", top, 0, 200),
  NUMBER ("bottom_pt", bottom, 0, 200),
  NUMBER ("column_gap_pt", column_gap, 0, 200),
  NUMBER ("row_gap_pt", row_gap, 0, 200),
  NUMBER ("pad_pt", pad, 0, 50),
  NUMBER ("tick_space_x_pt", tick_space_x, 5, 500),
  NUMBER ("tick_space_y_pt", tick_space_y, 5, 500),
  NUMBER ("width_mm", width_mm, 10, 2000),
  NUMBER ("width_single_mm", width_single_mm, 10, 2000),
  NUMBER ("width_middle_mm", width_middle_mm, 0, 2000),
  NUMBER ("width_double_mm", width_double_mm, 10, 2000),
  NUMBER ("height_max_mm", height_max_mm, 10, 2000),
  NUMBER ("text_min_pt", text_min_pt, 0, 20),
  NUMBER ("line_min_pt", line_min_pt, 0, 5),
  NUMBER ("dpi_colour", dpi_colour, 30, 4800),
  NUMBER ("dpi_grey", dpi_grey, 30, 4800),
  NUMBER ("dpi_line", dpi_line, 30, 4800),
  { "grid", MEMBER_BOOLEAN, G_STRUCT_OFFSET (PlateauStyle, grid), 0, 0 },
  { "ticks_all_sides", MEMBER_BOOLEAN, G_STRUCT_OFFSET (PlateauStyle, ticks_all_sides), 0, 0 },
  { "box", MEMBER_BOOLEAN, G_STRUCT_OFFSET (PlateauStyle, box), 0, 0 },
  { "direct_names", MEMBER_BOOLEAN, G_STRUCT_OFFSET (PlateauStyle, direct_names), 0, 0 },
  { "per_kg", MEMBER_BOOLEAN, G_STRUCT_OFFSET (PlateauStyle, notation.per_kg), 0, 0 },
  { "kelvin", MEMBER_BOOLEAN, G_STRUCT_OFFSET (PlateauStyle, notation.kelvin), 0, 0 },
  { "colours", MEMBER_COLOURS, G_STRUCT_OFFSET (PlateauStyle, colours), 0, 0 },
  { "title_form", MEMBER_TITLE, G_STRUCT_OFFSET (PlateauStyle, title_form), 0, 0 },
  { "letters", MEMBER_LETTERS, G_STRUCT_OFFSET (PlateauStyle, letters), 0, 0 },
};

static const char *const title_nicks[] = { "slash", "parentheses" };
static const char *const letter_nicks[] = { "none", "A", "a", "(a)" };

/**
 * plateau_style_new:
 *
 * The style of a figure that names none: 7 pt sans, axis titles as `Quantity (unit)`, limits of no
 * journal.
 *
 * Returns: (transfer full): a style in points
 */
PlateauStyle *
plateau_style_new (void)
{
  PlateauStyle *s = g_new0 (PlateauStyle, 1);

  s->name = g_strdup ("default");
  s->label = g_strdup (_ ("7 pt sans"));
  s->family = g_strdup ("Arial, Liberation Sans, Helvetica, sans-serif");
  s->text = 7;
  s->tick = 6.5;
  s->small = 6;
  s->letter = 9;
  s->axis_line = 0.75;
  s->curve_line = 1.1;
  s->many_line = 0.9;
  s->guide_line = 0.5;
  s->grid_line = 0.5;
  s->error_line = 0.6;
  s->marker_edge = 0.65;
  s->tick_major = 3;
  s->tick_minor = 1.5;
  s->error_cap = 3;
  s->marker = 3.2;
  s->small_marker = 2.2;
  s->left = 11.5 * MM;
  s->right = 2 * MM;
  s->twin = 9 * MM;
  s->top = 5 * MM;
  s->bottom = 9.5 * MM;
  s->column_gap = 4 * MM;
  s->row_gap = 1.5 * MM;
  s->pad = 2.2;
  s->tick_space_x = 34;
  s->tick_space_y = 20;
  s->ticks_all_sides = s->box = TRUE;
  s->title_form = PLATEAU_TITLE_PARENTHESES;
  s->letters = PLATEAU_LETTERS_UPPER;
  s->width_mm = 85;
  s->width_single_mm = 85;
  s->width_double_mm = 170;
  s->height_max_mm = 240;
  s->text_min_pt = 5;
  s->line_min_pt = 0.5;
  s->dpi_colour = 300;
  s->dpi_grey = 600;
  s->dpi_line = 600;
  return s;
}

/**
 * plateau_style_new_screen:
 * @family: (nullable): the user's interface font
 * @text_px: its size in pixels, 13.33 for 10 pt at 96 dpi
 *
 * Returns: (transfer full): the style of plots in the window, in pixels; `Quantity / unit`
 */
PlateauStyle *
plateau_style_new_screen (const char *family, double text_px)
{
  PlateauStyle *s = plateau_style_new ();

  g_free (s->name);
  s->name = g_strdup ("screen");
  g_free (s->family);
  s->family = g_strdup (family ? family : "Sans");
  s->text = text_px * 0.93;
  s->tick = text_px * 0.87;
  s->small = text_px * 0.85;
  s->letter = text_px;
  s->axis_line = s->grid_line = s->guide_line = s->error_line = 1;
  s->curve_line = 1.8;
  s->many_line = 1.4;
  s->marker_edge = 1.3;
  s->tick_major = 5;
  s->tick_minor = 2.7;
  s->error_cap = 5;
  s->marker = 5.6;
  s->small_marker = 3.7;
  s->left = text_px * 4.5;
  s->right = 16;
  s->twin = text_px * 4.5;
  s->top = 12;
  s->bottom = text_px * 3.4;
  s->column_gap = 12;
  s->row_gap = 8;
  s->pad = 5;
  s->tick_space_x = 80;
  s->tick_space_y = 52;
  s->grid = TRUE;
  s->direct_names = TRUE;
  s->title_form = PLATEAU_TITLE_SLASH;
  s->letters = PLATEAU_LETTERS_NONE;
  return s;
}

/**
 * plateau_style_copy:
 * @style: a style
 *
 * Returns: (transfer full): a copy
 */
PlateauStyle *
plateau_style_copy (const PlateauStyle *style)
{
  PlateauStyle *copy = g_memdup2 (style, sizeof *style);

  copy->name = g_strdup (style->name);
  copy->label = g_strdup (style->label);
  copy->family = g_strdup (style->family);
  copy->journal = g_strdup (style->journal);
  return copy;
}

/**
 * plateau_style_free:
 * @style: (transfer full) (nullable): a style
 */
void
plateau_style_free (PlateauStyle *style)
{
  if (!style)
    return;
  g_free (style->name);
  g_free (style->label);
  g_free (style->family);
  g_free (style->journal);
  g_free (style);
}

static gboolean
set_choice (const char *key, const char *const *nicks, guint n, JsonNode *node, int *member,
            GError **error)
{
  const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (text, nicks[i]) == 0)
      {
        *member = i;
        return TRUE;
      }
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
               _ ("Style: %s cannot be “%s”"), key, text ? text : "?");
  return FALSE;
}

static gboolean
set_colours (const char *key, JsonNode *node, int *member, GError **error)
{
  const char *nicks[PLATEAU_N_COLOURS];

  for (guint i = 0; i < PLATEAU_N_COLOURS; i++)
    nicks[i] = plateau_colours_get_nick (i);
  return set_choice (key, nicks, PLATEAU_N_COLOURS, node, member, error);
}

static gboolean
set_member (PlateauStyle *style, const Member *m, JsonNode *node, GError **error)
{
  gpointer place = G_STRUCT_MEMBER_P (style, m->offset);
  double value;

  switch (m->type)
    {
    case MEMBER_TEXT:
      if (!JSON_NODE_HOLDS_VALUE (node) || !json_node_get_string (node))
        break;
      g_free (*(char **)place);
      *(char **)place = json_node_dup_string (node);
      return TRUE;
    case MEMBER_BOOLEAN:
      if (!JSON_NODE_HOLDS_VALUE (node))
        break;
      *(gboolean *)place = json_node_get_boolean (node);
      return TRUE;
    case MEMBER_TITLE:
      return set_choice (m->key, title_nicks, 2, node, place, error);
    case MEMBER_LETTERS:
      return set_choice (m->key, letter_nicks, 4, node, place, error);
    case MEMBER_COLOURS:
      return set_colours (m->key, node, place, error);
    case MEMBER_NUMBER:
    default:
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING)
        break;
      value = json_node_get_double (node);
      if (!(value >= m->minimum && value <= m->maximum))
        {
          g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
                       _ ("Style: %s is %g; it can be %g to %g"), m->key, value, m->minimum,
                       m->maximum);
          return FALSE;
        }
      *(double *)place = value;
      return TRUE;
    }
  g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID,
               _ ("Style: %s has a value of the wrong kind"), m->key);
  return FALSE;
}

/**
 * plateau_style_apply_json:
 * @style: a style
 * @overrides: members by name, such as "text_pt", "font", "title_form"; unknown ones are ignored,
 *   so that a newer style still works
 * @error: return location
 *
 * Returns: %FALSE with @error at the first value that cannot be; earlier ones are then set
 */
gboolean
plateau_style_apply_json (PlateauStyle *style, JsonObject *overrides, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (overrides, members[i].key);

      if (node && !JSON_NODE_HOLDS_NULL (node) && !set_member (style, &members[i], node, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * plateau_style_to_json:
 * @style: a style
 *
 * Returns: (transfer full): all members, for saving a style of one's own
 */
JsonObject *
plateau_style_to_json (const PlateauStyle *style)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const Member *m = &members[i];
      gconstpointer place = G_STRUCT_MEMBER_P (style, m->offset);

      switch (m->type)
        {
        case MEMBER_TEXT:
          if (*(char *const *)place)
            json_object_set_string_member (object, m->key, *(char *const *)place);
          break;
        case MEMBER_BOOLEAN:
          json_object_set_boolean_member (object, m->key, *(const gboolean *)place);
          break;
        case MEMBER_TITLE:
          json_object_set_string_member (object, m->key, title_nicks[*(const int *)place]);
          break;
        case MEMBER_LETTERS:
          json_object_set_string_member (object, m->key, letter_nicks[*(const int *)place]);
          break;
        case MEMBER_COLOURS:
          json_object_set_string_member (object, m->key,
                                         plateau_colours_get_nick (*(const int *)place));
          break;
        case MEMBER_NUMBER:
        default:
          json_object_set_double_member (object, m->key, *(const double *)place);
          break;
        }
    }
  return object;
}

/**
 * plateau_style_find:
 * @name: (nullable): "default", "nature", "acs" ... of resources/styles
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the style, or %NULL with @error naming those there are
 */
PlateauStyle *
plateau_style_find (const char *name, GError **error)
{
  return plateau_style_find_over (name, NULL, error);
}

/**
 * plateau_style_find_over:
 * @name: (nullable): as for plateau_style_find()
 * @base: (nullable): members that hold where the style itself says nothing
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the style, or %NULL with @error
 */
PlateauStyle *
plateau_style_find_over (const char *name, JsonObject *base, GError **error)
{
  g_autofree char *path = g_strdup_printf (STYLE_FOLDER "/%s.json", name ? name : "default");
  g_autoptr (GBytes) bytes = g_resource_lookup_data (plateau_figure_resources_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (PlateauStyle) style = plateau_style_new ();
  gsize size;
  const char *text;

  if (!bytes)
    {
      g_auto (GStrv) names = plateau_style_list ();
      g_autofree char *all = g_strjoinv (", ", names);

      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_MISSING,
                   _ ("There is no style “%s”. There are: %s"), name, all);
      return NULL;
    }
  if (base && !plateau_style_apply_json (style, base, error))
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  g_free (style->name);
  style->name = g_strdup (name ? name : "default");
  if (!json_parser_load_from_data (parser, text, size, error)
      || !plateau_style_apply_json (style, json_node_get_object (json_parser_get_root (parser)),
                                    error))
    return NULL;
  if (style->label != NULL)
    {
      char *label = g_strdup (_ (style->label));
      g_free (style->label);
      style->label = label;
    }
  return g_steal_pointer (&style);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

/**
 * plateau_style_list:
 *
 * Returns: (transfer full): names of the styles that come with the program, in order
 */
char **
plateau_style_list (void)
{
  g_auto (GStrv) files = g_resource_enumerate_children (plateau_figure_resources_get_resource (),
                                                        STYLE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                        NULL);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; files && files[i]; i++)
    if (g_str_has_suffix (files[i], ".json"))
      g_ptr_array_add (names, g_strndup (files[i], strlen (files[i]) - 5));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}
