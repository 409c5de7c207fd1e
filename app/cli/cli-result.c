/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-context.h"

#include <math.h>

static JsonNode *
number_node (double value)
{
  if (!isfinite (value))
    return json_node_new (JSON_NODE_NULL);
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  json_node_set_double (node, value);
  return node;
}

void
cli_set_number (JsonObject *object, const char *key, double value)
{
  json_object_set_member (object, key, number_node (value));
}

void
cli_set_integer (JsonObject *object, const char *key, gint64 value)
{
  json_object_set_int_member (object, key, value);
}

void
cli_set_text (JsonObject *object, const char *key, const char *text)
{
  if (text == NULL)
    {
      json_object_set_null_member (object, key);
      return;
    }
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  json_object_set_string_member (object, key, valid);
}

void
cli_set_boolean (JsonObject *object, const char *key, gboolean value)
{
  json_object_set_boolean_member (object, key, value);
}

void
cli_set_numbers (JsonObject *object, const char *key, const double *values, gsize n)
{
  JsonArray *array = json_array_sized_new (n);
  for (gsize i = 0; i < n; i++)
    json_array_add_element (array, number_node (values[i]));
  json_object_set_array_member (object, key, array);
}

void
cli_set_texts (JsonObject *object, const char *key, const char *const *texts)
{
  JsonArray *array = json_array_new ();
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (texts[i], -1);
      json_array_add_string_element (array, valid);
    }
  json_object_set_array_member (object, key, array);
}

JsonArray *
cli_set_list (JsonObject *object, const char *key)
{
  JsonArray *array = json_array_new ();
  json_object_set_array_member (object, key, array);
  return array;
}

JsonObject *
cli_set_object (JsonObject *object, const char *key)
{
  JsonObject *member = json_object_new ();
  json_object_set_object_member (object, key, member);
  return member;
}

JsonObject *
cli_append_object (JsonArray *array)
{
  JsonObject *element = json_object_new ();
  json_array_add_object_element (array, element);
  return element;
}
