/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-export-template.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const head_nicks[] = { "label", "origin", "key" };

static JsonNode *
find_member (JsonObject *object, const char *key, JsonNodeType type)
{
  JsonNode *node = json_object_get_member (object, key);
  return node != NULL && json_node_get_node_type (node) == type ? node : NULL;
}

static char **
read_list (JsonObject *object, const char *key)
{
  JsonNode *node = find_member (object, key, JSON_NODE_ARRAY);
  if (node == NULL)
    return NULL;
  JsonArray *array = json_node_get_array (node);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  char **list = g_strv_builder_end (builder);
  if (list[0] == NULL)
    g_clear_pointer (&list, g_strfreev);
  return list;
}

static const char *
read_text (JsonObject *object, const char *key)
{
  JsonNode *node = find_member (object, key, JSON_NODE_VALUE);
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/**
 * plateau_export_template_new_from_json:
 * @text: JSON: {"name": "For Origin", "heads": "label" | "origin" | "key",
 *   "cycle_columns": ["cycle", "discharge_capacity_mAh_g", ...],
 *   "raw_columns": ["time", "potential", "current", ...]}; every member may be absent
 * @length: bytes of it, or -1
 *
 * Returns: (transfer full) (nullable): the template, or NULL with PLATEAU_EXPORT_ERROR_INVALID
 */
PlateauExportTemplate *
plateau_export_template_new_from_json (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) reason = NULL;
  if (!json_parser_load_from_data (parser, text, length, &reason)
      || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                   _ ("The export template is no JSON object: %s"),
                   reason != NULL ? reason->message : _ ("it begins with something else"));
      return NULL;
    }
  JsonObject *object = json_node_get_object (json_parser_get_root (parser));
  g_autoptr (PlateauExportTemplate) template = g_new0 (PlateauExportTemplate, 1);
  template->name = g_strdup (read_text (object, "name"));
  const char *heads = read_text (object, "heads");
  gsize i = 0;
  while (heads != NULL && i < G_N_ELEMENTS (head_nicks) && strcmp (head_nicks[i], heads) != 0)
    i++;
  if (i == G_N_ELEMENTS (head_nicks))
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                   _ ("“heads” of an export template is label, origin or key, not “%s”"), heads);
      return NULL;
    }
  template->heads = (PlateauHeads) i;
  template->cycle_columns = read_list (object, "cycle_columns");
  template->raw_columns = read_list (object, "raw_columns");
  return g_steal_pointer (&template);
}

static void
add_list (JsonBuilder *builder, const char *key, char **list)
{
  if (list == NULL)
    return;
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (; *list != NULL; list++)
    json_builder_add_string_value (builder, *list);
  json_builder_end_array (builder);
}

/**
 * plateau_export_template_to_json:
 *
 * Returns: (transfer full): @template as plateau_export_template_new_from_json() reads it
 */
char *
plateau_export_template_to_json (const PlateauExportTemplate *template)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  if (template->name != NULL)
    {
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, template->name);
    }
  json_builder_set_member_name (builder, "heads");
  json_builder_add_string_value (builder, head_nicks[template->heads]);
  add_list (builder, "cycle_columns", template->cycle_columns);
  add_list (builder, "raw_columns", template->raw_columns);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

/**
 * plateau_export_template_copy:
 *
 * Returns: (transfer full) (nullable): a copy; NULL for NULL
 */
PlateauExportTemplate *
plateau_export_template_copy (const PlateauExportTemplate *template)
{
  if (template == NULL)
    return NULL;
  PlateauExportTemplate *copy = g_new0 (PlateauExportTemplate, 1);
  copy->name = g_strdup (template->name);
  copy->heads = template->heads;
  copy->cycle_columns = g_strdupv (template->cycle_columns);
  copy->raw_columns = g_strdupv (template->raw_columns);
  return copy;
}

/**
 * plateau_export_template_free:
 */
void
plateau_export_template_free (PlateauExportTemplate *template)
{
  g_free (template->name);
  g_strfreev (template->cycle_columns);
  g_strfreev (template->raw_columns);
  g_free (template);
}
