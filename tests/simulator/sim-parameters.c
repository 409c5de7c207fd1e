/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-parameters.h"

#include <math.h>
#include <string.h>

static JsonNode *
find (const SimParameters *parameters, const char *name)
{
  for (guint i = 0; parameters->scopes[i] != NULL; i++)
    if (json_object_has_member (parameters->scopes[i], name))
      return json_object_get_member (parameters->scopes[i], name);
  return NULL;
}

static void
add_once (GPtrArray *list, char *text)
{
  if (g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (list, text);
}

static void
fail (SimParameters *parameters, const char *name, const char *what)
{
  if (parameters->error == NULL)
    g_set_error (&parameters->error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: \"%s\" %s",
                 parameters->where, name, what);
}

/**
 * sim_parameters_note:
 * @from: the study that reports the value of @name, or "assumed"
 */
void
sim_parameters_note (SimParameters *parameters, const char *name, const char *from)
{
  if (strcmp (from, "assumed") == 0)
    add_once (parameters->assumed, g_strdup (name));
  else
    add_once (parameters->reported, g_strdup_printf ("%s (%s)", name, from));
}

static double
number_of_node (SimParameters *parameters, JsonNode *node, const char *name)
{
  if (JSON_NODE_HOLDS_VALUE (node))
    return json_node_get_double (node);
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) != 2)
    {
      fail (parameters, name, "is neither a number nor [number, \"study\" or \"assumed\"]");
      return NAN;
    }
  JsonArray *pair = json_node_get_array (node);
  sim_parameters_note (parameters, name, json_array_get_string_element (pair, 1));
  return json_array_get_double_element (pair, 0);
}

/**
 * sim_number_or:
 *
 * Returns: the value of @name in the innermost scope that has it, or @fallback
 */
double
sim_number_or (SimParameters *parameters, const char *name, double fallback)
{
  JsonNode *node = find (parameters, name);
  return node == NULL ? fallback : number_of_node (parameters, node, name);
}

/**
 * sim_number:
 *
 * Returns: the value of @name; one that is nowhere sets the error and gives NaN
 */
double
sim_number (SimParameters *parameters, const char *name)
{
  JsonNode *node = find (parameters, name);
  if (node == NULL)
    {
      fail (parameters, name, "is missing");
      return NAN;
    }
  return number_of_node (parameters, node, name);
}

double
sim_number_in (SimParameters *parameters, JsonObject *object, const char *name, double fallback)
{
  if (!json_object_has_member (object, name))
    return fallback;
  return number_of_node (parameters, json_object_get_member (object, name), name);
}

const char *
sim_text (SimParameters *parameters, const char *name, const char *fallback)
{
  JsonNode *node = find (parameters, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : fallback;
}

JsonArray *
sim_list (SimParameters *parameters, const char *name)
{
  JsonNode *node = find (parameters, name);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  fail (parameters, name, "is missing or not a list");
  return NULL;
}

static char *
join (GPtrArray *list)
{
  g_autoptr (GPtrArray) terminated = g_ptr_array_new ();
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (terminated, g_ptr_array_index (list, i));
  g_ptr_array_add (terminated, NULL);
  return g_strjoinv (", ", (char **) terminated->pdata);
}

/**
 * sim_parameters_describe:
 *
 * Returns: (transfer full): a sentence naming what a study reports and what is assumed
 */
char *
sim_parameters_describe (const SimParameters *parameters)
{
  g_autofree char *reported = join (parameters->reported);
  g_autofree char *assumed = join (parameters->assumed);
  return g_strdup_printf ("Simulated, not measured. Set to reported values: %s. Assumed: %s.",
                          parameters->reported->len > 0 ? reported : "none",
                          parameters->assumed->len > 0 ? assumed : "none");
}
