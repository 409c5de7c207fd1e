/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "store/plateau-store-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

/* Doubles of one column are alike in their high bytes: with all first bytes together, then all
 * second bytes ..., deflate packs them two to four times tighter and faster. Where the column runs
 * on evenly (time, charge) the differences of the bit patterns, taken as whole numbers, pack
 * tighter still. The first byte tells which. Little-endian. */

typedef enum
{
  FORM_PLAIN = 0,
  FORM_DIFFERENCES = 1,
} Form;

#define TRIAL_ROWS 8192

static void
shuffle (const double *values, gsize n, Form form, guint8 *to)
{
  guint64 previous = 0;
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits, word;
      memcpy (&bits, &values[i], sizeof bits);
      word = form == FORM_DIFFERENCES ? bits - previous : bits;
      previous = bits;
      for (gsize b = 0; b < 8; b++)
        to[b * n + i] = (guint8) (word >> (8 * b));
    }
}

static void
unshuffle (const guint8 *from, gsize n, Form form, double *values)
{
  guint64 previous = 0;
  for (gsize i = 0; i < n; i++)
    {
      guint64 word = 0;
      for (gsize b = 0; b < 8; b++)
        word |= (guint64) from[b * n + i] << (8 * b);
      previous = form == FORM_DIFFERENCES ? previous + word : word;
      memcpy (&values[i], &previous, sizeof previous);
    }
}

static guint8 *
deflate_form (const double *values, gsize n, Form form, gsize *length)
{
  g_autofree guint8 *shuffled = g_malloc (MAX (n, 1) * 8);
  uLongf packed_length = compressBound (n * 8);
  guint8 *packed = g_malloc (1 + packed_length);
  shuffle (values, n, form, shuffled);
  packed[0] = (guint8) form;
  int code = compress2 (packed + 1, &packed_length, shuffled, n * 8, 4);
  g_assert (code == Z_OK); /* the bound is large enough by definition */
  *length = 1 + packed_length;
  return packed;
}

/* (transfer full) */
GBytes *
plateau_store_pack (const double *values, gsize n)
{
  gsize trial[2], length;
  for (int form = 0; form < 2; form++)
    g_free (deflate_form (values, MIN (n, TRIAL_ROWS), (Form) form, &trial[form]));
  guint8 *packed = deflate_form (values, n, trial[1] < trial[0] ? FORM_DIFFERENCES : FORM_PLAIN,
                                 &length);
  return g_bytes_new_take (g_realloc (packed, length), length);
}

/* (transfer full): @n values; deflate cannot pack tighter than 1032 : 1, which bounds @n. */
double *
plateau_store_unpack (const void *data, gsize length, gsize n, GError **error)
{
  const guint8 *bytes = data;
  uLongf size = n * 8;
  if (length < 1 || bytes[0] > FORM_DIFFERENCES || n > G_MAXSIZE / 16 || n * 8 > length * 1040 + 64)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("A stored column claims %zu values in %zu bytes."), n, length);
      return NULL;
    }
  g_autofree guint8 *shuffled = g_malloc (MAX (n, 1) * 8);
  if (uncompress (shuffled, &size, bytes + 1, length - 1) != Z_OK || size != n * 8)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("A stored column of %zu values cannot be unpacked."), n);
      return NULL;
    }
  double *values = g_new (double, MAX (n, 1));
  unshuffle (shuffled, n, (Form) bytes[0], values);
  return values;
}

char *
plateau_store_json_to_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}

/* (nullable): NULL when the text is no JSON */
JsonNode *
plateau_store_json_from_text (const char *text)
{
  return text != NULL ? json_from_string (text, NULL) : NULL;
}

static JsonNode *
value_to_json (const GValue *value)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_DOUBLE:
      if (!isfinite (g_value_get_double (value)))
        return json_node_init_null (node);
      return json_node_init_double (node, g_value_get_double (value));
    case G_TYPE_BOOLEAN:
      return json_node_init_boolean (node, g_value_get_boolean (value));
    case G_TYPE_ENUM:
      return json_node_init_int (node, g_value_get_enum (value));
    case G_TYPE_STRING:
      return json_node_init_string (node, g_value_get_string (value));
    case G_TYPE_VARIANT:
      json_node_unref (node);
      return json_gvariant_serialize (g_value_get_variant (value));
    default:
      json_node_unref (node);
      return NULL;
    }
}

/* All properties but the id and references to other objects. (transfer full) */
JsonObject *
plateau_store_object_to_json (GObject *object)
{
  JsonObject *json = json_object_new ();
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      if (strcmp (specs[i]->name, "id") == 0)
        continue;
      g_value_init (&value, specs[i]->value_type);
      g_object_get_property (object, specs[i]->name, &value);
      JsonNode *node = value_to_json (&value);
      if (node != NULL)
        json_object_set_member (json, specs[i]->name, node);
    }
  return json;
}

static gboolean
json_to_value (JsonNode *node, GValue *value)
{
  gboolean null = JSON_NODE_HOLDS_NULL (node);
  if (!null && !JSON_NODE_HOLDS_VALUE (node) && !G_VALUE_HOLDS_VARIANT (value))
    return FALSE;
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_DOUBLE:
      g_value_set_double (value, null ? NAN : json_node_get_double (node));
      return TRUE;
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, !null && json_node_get_boolean (node));
      return TRUE;
    case G_TYPE_ENUM:
      {
        g_autoptr (GEnumClass) class = g_type_class_ref (G_VALUE_TYPE (value));
        int number = null ? 0 : (int) json_node_get_int (node);
        if (g_enum_get_value (class, number) == NULL)
          return FALSE;
        g_value_set_enum (value, number);
        return TRUE;
      }
    case G_TYPE_STRING:
      g_value_set_string (value, null ? "" : json_node_get_string (node));
      return TRUE;
    case G_TYPE_VARIANT:
      {
        GVariant *variant = json_gvariant_deserialize (node, "a{ss}", NULL);
        if (variant == NULL)
          return FALSE;
        g_value_take_variant (value, g_variant_ref_sink (variant));
        return TRUE;
      }
    default:
      return FALSE;
    }
}

/* Members that are absent or cannot be meant leave the property as it is. */
void
plateau_store_object_from_json (GObject *object, JsonObject *json)
{
  guint n;
  g_autofree GParamSpec **specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      JsonNode *node = json_object_get_member (json, specs[i]->name);
      if (node == NULL || strcmp (specs[i]->name, "id") == 0)
        continue;
      g_value_init (&value, specs[i]->value_type);
      if (json_to_value (node, &value))
        g_object_set_property (object, specs[i]->name, &value);
    }
}
