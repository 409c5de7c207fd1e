/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "readers/plateau-eis-name.h"
#include "readers/plateau-eis-text.h"
#include "readers/plateau-encoding.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* PalmSens PSTrace .pssession: JSON, usually UTF-16. Each of "Measurements" has a "DataSet" whose
 * "Values" are arrays with a description, a unit and "DataValues" [{"V": number}]. */

static guint
pssession_score (const PlateauProbe *probe)
{
  if (probe->text == NULL || probe->text[strspn (probe->text, " \r\n\t")] != '{')
    return 0;
  return strstr (probe->text, "PalmSens.") != NULL ? 95 : 0;
}

static const struct
{
  const char *description;
  PlateauEisRole role;
} arrays[] = {
  { "Frequency", PLATEAU_EIS_ROLE_FREQUENCY },
  { "ZRe", PLATEAU_EIS_ROLE_RE },
  { "ZIm", PLATEAU_EIS_ROLE_IM },
  { "time", PLATEAU_EIS_ROLE_TIME },
  { "mEdc", PLATEAU_EIS_ROLE_POTENTIAL },
  { "Idc", PLATEAU_EIS_ROLE_CURRENT },
};

/* Members that another version leaves out or writes otherwise must not stop anything. */
static JsonObject *
member_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
member_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
element_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static double
element_value (JsonArray *values, guint index)
{
  JsonNode *node = json_array_get_element (values, index);
  if (JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), "V");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NAN;
  GType type = json_node_get_value_type (node);
  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

/* Values times this are SI with the sign of the quantity itself. */
static double
array_factor (JsonObject *array)
{
  JsonObject *unit = member_object (array, "Unit");
  const char *type = member_text (unit, "Type"), *quantity = member_text (unit, "Q");
  double factor = type != NULL && strstr (type, "MicroAmpere") != NULL ? 1e-6 : 1;
  return quantity != NULL && quantity[0] == '-' ? -factor : factor;
}

static guint
read_data_set (JsonObject *data_set, const PlateauConditions *conditions,
               PlateauMeasurement *measurement)
{
  JsonArray *values = member_array (data_set, "Values");
  JsonArray *columns[G_N_ELEMENTS (arrays)] = { NULL };
  double factors[G_N_ELEMENTS (arrays)];
  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      JsonObject *array = element_object (values, i);
      const char *description = member_text (array, "Description");
      for (gsize a = 0; description != NULL && a < G_N_ELEMENTS (arrays); a++)
        if (strcmp (arrays[a].description, description) == 0 && columns[a] == NULL)
          {
            columns[a] = member_array (array, "DataValues");
            factors[a] = array_factor (array);
          }
    }
  if (columns[0] == NULL || columns[1] == NULL || columns[2] == NULL)
    return 0;
  guint n = json_array_get_length (columns[0]);
  PlateauEisRole roles[G_N_ELEMENTS (arrays)];
  for (gsize a = 0; a < G_N_ELEMENTS (arrays); a++)
    roles[a] = columns[a] != NULL && json_array_get_length (columns[a]) == n
                   ? arrays[a].role
                   : PLATEAU_EIS_ROLE_NONE;
  if (roles[1] == PLATEAU_EIS_ROLE_NONE || roles[2] == PLATEAU_EIS_ROLE_NONE)
    return 0;
  g_autoptr (PlateauEisTable) table = plateau_eis_table_new ();
  plateau_eis_table_set_roles (table, roles, G_N_ELEMENTS (roles));
  plateau_eis_table_trust_sign (table);
  *plateau_eis_table_get_conditions (table) = *conditions;
  for (guint i = 0; i < n; i++)
    {
      double row[G_N_ELEMENTS (arrays)];
      for (gsize a = 0; a < G_N_ELEMENTS (arrays); a++)
        row[a] = roles[a] != PLATEAU_EIS_ROLE_NONE ? element_value (columns[a], i) * factors[a]
                                                   : NAN;
      plateau_eis_table_add_row (table, row, G_N_ELEMENTS (row));
    }
  return plateau_eis_table_flush (table, measurement);
}

/* "NAME=number" in the method, lines of text in one JSON string. */
static double
method_number (const char *method, const char *name)
{
  g_autofree char *start = g_strconcat ("\n", name, "=", NULL);
  const char *found = method != NULL ? strstr (method, start) : NULL;
  return found != NULL ? g_ascii_strtod (found + strlen (start), NULL) : NAN;
}

static PlateauMeasurement *
read_measurement (PlateauInput *input, JsonObject *object, const char *session_method)
{
  const char *title = member_text (object, "Title");
  const char *method = member_text (object, "Method");
  if (method == NULL)
    method = session_method;
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, title);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "PalmSens");
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  gboolean galvanostatic = method != NULL && strstr (method, "METHOD_ID=geis") != NULL;
  conditions.mode = galvanostatic ? PLATEAU_EIS_GEIS : PLATEAU_EIS_PEIS;
  conditions.amplitude = galvanostatic ? NAN : method_number (method, "AMPLITUDE");
  g_autofree char *stem = plateau_eis_text_stem (input);
  if (title != NULL)
    plateau_eis_name_conditions (title, &conditions);
  plateau_eis_name_conditions (stem, &conditions);
  guint n = read_data_set (member_object (object, "DataSet"), &conditions, measurement);
  JsonArray *list = member_array (object, "EISDataList");
  for (guint i = 0; n == 0 && list != NULL && i < json_array_get_length (list); i++)
    read_data_set (member_object (element_object (list, i), "DataSet"), &conditions, measurement);
  if (plateau_measurement_get_n_spectra (measurement) == 0)
    return NULL;
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_EIS);
  return g_steal_pointer (&measurement);
}

/* Behind the closing quote of the string at @p; its end when there is none. */
static char *
string_end (char *p)
{
  for (p++; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p + 1 : p;
}

/* One {"V":1.5,"C":7} at @in: the place of its V; returns behind the brace, or NULL when it is not
 * whole or holds objects of its own. */
static char *
find_value (char *in, char **value, gsize *length)
{
  *value = NULL;
  for (char *p = in + 1; *p != '\0';)
    {
      if (*p == '}')
        return p + 1;
      if (*p == '{' || *p == '[')
        return NULL;
      if (*p != '"')
        {
          p++;
          continue;
        }
      char *end = string_end (p);
      gboolean is_v = end - p == 3 && p[1] == 'V' && *end == ':';
      p = end;
      if (!is_v)
        continue;
      *value = ++p;
      *length = strcspn (p, ",}");
      p += *length;
    }
  return NULL;
}

/* Makes plain numbers of [{"V":1.5,"C":7},...], in place: as objects they would take forty times
 * the memory of the file. Stops before anything else. */
static char *
compact_array (char *in, char **out)
{
  while (*in == '{')
    {
      char *value;
      gsize length = 0;
      char *end = find_value (in, &value, &length);
      if (end == NULL || value == NULL || length == 0 || *value == '"')
        break;
      memmove (*out, value, length);
      *out += length;
      in = end;
      if (*in != ',' || in[1] != '{')
        break;
      *(*out)++ = *in++;
    }
  return in;
}

static void
compact_values (char *text)
{
  static const char key[] = "\"DataValues\":[";
  char *out = text;
  for (char *in = text; *in != '\0';)
    {
      gboolean values = g_str_has_prefix (in, key);
      char *end = values ? in + strlen (key) : *in == '"' ? string_end (in) : in + 1;
      gsize length = (gsize) (end - in);
      memmove (out, in, length);
      out += length;
      in = values ? compact_array (end, &out) : end;
    }
  *out = '\0';
}

static JsonParser *
parse (PlateauInput *input, GError **error)
{
  g_autoptr (GBytes) bytes = plateau_input_read_all (input, 128 << 20, error);
  if (bytes == NULL)
    return NULL;
  gsize length, bom;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  PlateauEncoding encoding = plateau_encoding_detect (data, length, &bom);
  g_autofree char *text = plateau_encoding_decode (encoding, data + bom, length - bom);
  g_clear_pointer (&bytes, g_bytes_unref);
  compact_values (text);
  /* One stray character follows the last brace. */
  char *end = strrchr (text, '}');
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  if (end == NULL || !json_parser_load_from_data (parser, text, end - text + 1, &reason))
    {
      /* The parser quotes the text, perhaps half a character of it. */
      g_autofree char *why = g_utf8_make_valid (
          reason != NULL ? reason->message : _ ("it has no end"), -1);
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” is no whole PSTrace session: it is cut or damaged (%s). Save the "
                      "session again in PSTrace."),
                   plateau_input_get_name (input), why);
      return NULL;
    }
  return g_steal_pointer (&parser);
}

static gboolean
pssession_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonParser) parser = parse (input, error);
  if (parser == NULL)
    return FALSE;
  JsonNode *root = json_parser_get_root (parser);
  JsonObject *session = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                                      : NULL;
  JsonArray *list = member_array (session, "Measurements");
  guint n_other = 0;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *object = element_object (list, i);
      PlateauMeasurement *measurement =
          object != NULL
              ? read_measurement (input, object, member_text (session, "MethodForMeasurement"))
              : NULL;
      if (measurement != NULL)
        g_ptr_array_add (measurements, measurement);
      else
        n_other++;
    }
  if (measurements->len == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” holds no impedance measurement"), plateau_input_get_name (input));
      return FALSE;
    }
  if (n_other > 0)
    plateau_measurement_warn (measurements->pdata[0],
                              ngettext ("%u measurement of the session is not impedance and was "
                                        "left out",
                                        "%u measurements of the session are not impedance and were "
                                        "left out",
                                        n_other),
                              n_other);
  return TRUE;
}

static const char *const pssession_suffixes[] = { "pssession", NULL };

const PlateauReader plateau_reader_pssession = {
  .id = "palmsens",
  .label = N_ ("PalmSens PSTrace session (.pssession)"),
  .suffixes = pssession_suffixes,
  .version = 1,
  .score = pssession_score,
  .read = pssession_read,
};
