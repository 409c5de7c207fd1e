/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-run.h"

#include <math.h>
#include <string.h>

/* json-glib's own writer makes "1e+20.0" of 1e20, which no parser takes, and puts each number of a
 * curve on a line of its own; hence this one. */

static void
append_text (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    switch (*p)
      {
      case '"':
      case '\\':
        g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
        break;
      case '\n':
        g_string_append (out, "\\n");
        break;
      case '\t':
        g_string_append (out, "\\t");
        break;
      default:
        if ((guchar) *p < 0x20 || *p == 0x7F)
          g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
        else
          g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_INT64:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
      break;
    case G_TYPE_DOUBLE:
      if (isfinite (json_node_get_double (node)))
        g_string_append (
            out, g_ascii_formatd (buffer, sizeof buffer, "%.17g", json_node_get_double (node)));
      else
        g_string_append (out, "null");
      break;
    case G_TYPE_BOOLEAN:
      g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
      break;
    default:
      append_text (out, json_node_get_string (node));
    }
}

static void
new_line (GString *out, guint depth)
{
  g_string_append_c (out, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (out, " ");
}

/* A list of plain values stays on one line. */
static gboolean
is_flat (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNodeType type = json_node_get_node_type (json_array_get_element (array, i));
      if (type == JSON_NODE_OBJECT || type == JSON_NODE_ARRAY)
        return FALSE;
    }
  return TRUE;
}

static void
append_array (GString *out, JsonArray *array, guint depth)
{
  guint n = json_array_get_length (array);
  gboolean flat = is_flat (array);
  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (out, flat ? ", " : ",");
      if (!flat)
        new_line (out, depth + 1);
      cli_append_json (out, json_array_get_element (array, i), depth + 1);
    }
  if (!flat)
    new_line (out, depth);
  g_string_append_c (out, ']');
}

static void
append_object (GString *out, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *member;
  gboolean first = TRUE;
  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &member))
    {
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      new_line (out, depth + 1);
      append_text (out, key);
      g_string_append (out, ": ");
      cli_append_json (out, member, depth + 1);
    }
  if (!first)
    new_line (out, depth);
  g_string_append_c (out, '}');
}

void
cli_append_json (GString *out, JsonNode *node, guint depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node), depth);
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node), depth);
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    default:
      g_string_append (out, "null");
    }
}
