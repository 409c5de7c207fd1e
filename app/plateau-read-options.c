/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-read-options.h"

#include "readers/plateau-text-shape.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define INFO_KEY "read_options"

/* A copy owns its texts and holds its tables. */
PlateauReadOptions *
plateau_read_options_copy (const PlateauReadOptions *options)
{
  if (options == NULL)
    return NULL;
  PlateauReadOptions *copy = g_new (PlateauReadOptions, 1);
  *copy = *options;
  copy->reader = g_strdup (options->reader);
  copy->encoding = g_strdup (options->encoding);
  copy->columns = options->columns != NULL ? g_hash_table_ref (options->columns) : NULL;
  copy->units = options->units != NULL ? g_hash_table_ref (options->units) : NULL;
  return copy;
}

void
plateau_read_options_free (PlateauReadOptions *options)
{
  if (options == NULL)
    return;
  g_free ((char *) options->reader);
  g_free ((char *) options->encoding);
  g_clear_pointer (&options->columns, g_hash_table_unref);
  g_clear_pointer (&options->units, g_hash_table_unref);
  g_free (options);
}

static void
put_texts (JsonObject *object, const char *member, GHashTable *texts)
{
  if (texts == NULL || g_hash_table_size (texts) == 0)
    return;
  JsonObject *entries = json_object_new ();
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    json_object_set_string_member (entries, key, value);
  json_object_set_object_member (object, member, entries);
}

static JsonNode *
node_of (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

static char *
dup_text (JsonObject *object, const char *member)
{
  JsonNode *node = node_of (object, member, G_TYPE_STRING);
  return node != NULL ? json_node_dup_string (node) : NULL;
}

static GHashTable *
dup_texts (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  JsonObject *entries = json_node_get_object (node);
  g_autoptr (GList) keys = json_object_get_members (entries);
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (GList *link = keys; link != NULL; link = link->next)
    {
      char *text = dup_text (entries, link->data);
      if (text != NULL)
        g_hash_table_insert (texts, g_strdup (link->data), text);
    }
  return texts;
}

/* Returns: (transfer full) (nullable): as text; NULL: all defaults */
char *
plateau_read_options_to_text (const PlateauReadOptions *options)
{
  if (options == NULL)
    return NULL;
  g_autoptr (JsonObject) object = json_object_new ();
  if (options->reader != NULL)
    json_object_set_string_member (object, "reader", options->reader);
  if (options->encoding != NULL)
    json_object_set_string_member (object, "encoding", options->encoding);
  if (options->flip_current)
    json_object_set_boolean_member (object, "flip_current", TRUE);
  if (options->full_scale_current > 0)
    json_object_set_double_member (object, "full_scale_current_A", options->full_scale_current);
  put_texts (object, "columns", options->columns);
  put_texts (object, "units", options->units);
  if (json_object_get_size (object) == 0)
    return NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

PlateauReadOptions *
plateau_read_options_from_text (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  JsonObject *object = json_node_get_object (node);
  PlateauReadOptions *options = g_new0 (PlateauReadOptions, 1);
  options->reader = dup_text (object, "reader");
  options->encoding = dup_text (object, "encoding");
  JsonNode *flip = node_of (object, "flip_current", G_TYPE_BOOLEAN);
  options->flip_current = flip != NULL && json_node_get_boolean (flip);
  JsonNode *scale = node_of (object, "full_scale_current_A", G_TYPE_DOUBLE);
  options->full_scale_current = scale != NULL ? json_node_get_double (scale) : 0;
  options->columns = dup_texts (object, "columns");
  options->units = dup_texts (object, "units");
  return options;
}

void
plateau_read_options_note (const PlateauReadOptions *options, PlateauMeasurement *measurement)
{
  g_autofree char *text = plateau_read_options_to_text (options);
  if (text != NULL)
    plateau_measurement_set_info (measurement, INFO_KEY, text);
}

PlateauReadOptions *
plateau_read_options_recall (PlateauMeasurement *measurement)
{
  return plateau_read_options_from_text (plateau_measurement_get_info (measurement, INFO_KEY));
}

/* Memory */

/* Of the columns alone: two files of one shape have one fingerprint. */
static char *
fingerprint_of (GFile *file)
{
  g_autoptr (PlateauInput) input = plateau_input_new_for_file (file, NULL, NULL);
  g_autoptr (PlateauTextShape)
      shape = input != NULL ? plateau_text_shape_new (input, NULL, NULL, NULL) : NULL;
  return shape != NULL ? g_strdup (shape->fingerprint) : NULL;
}

GVariant *
plateau_read_memory_load (void)
{
  g_autoptr (GSettings) settings = g_settings_new (PLATEAU_APP_ID);
  return g_settings_get_value (settings, "column-names");
}

void
plateau_read_memory_keep (GFile *file, const PlateauReadOptions *options)
{
  g_autofree char *fingerprint = fingerprint_of (file);
  g_autofree char *text = plateau_read_options_to_text (options);
  if (fingerprint == NULL || text == NULL)
    return;
  g_autoptr (GSettings) settings = g_settings_new (PLATEAU_APP_ID);
  g_autoptr (GVariant) old = g_settings_get_value (settings, "column-names");
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *key, *value;
  g_variant_iter_init (&iter, old);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (strcmp (key, fingerprint) != 0)
      g_variant_builder_add (&builder, "{ss}", key, value);
  g_variant_builder_add (&builder, "{ss}", fingerprint, text);
  g_settings_set_value (settings, "column-names", g_variant_builder_end (&builder));
}

PlateauReadOptions *
plateau_read_memory_find (GVariant *memory, GFile *file)
{
  if (memory == NULL || g_variant_n_children (memory) == 0)
    return NULL;
  g_autofree char *fingerprint = fingerprint_of (file);
  const char *text = NULL;
  if (fingerprint == NULL || !g_variant_lookup (memory, fingerprint, "&s", &text))
    return NULL;
  return plateau_read_options_from_text (text);
}
