/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-table.h"

#include <math.h>

static void
read_points (SimTable *table, JsonArray *points)
{
  table->n = MIN (json_array_get_length (points), G_N_ELEMENTS (table->x));
  for (guint i = 0; i < table->n; i++)
    {
      JsonArray *point = json_array_get_array_element (points, i);
      table->x[i] = json_array_get_double_element (point, 0);
      table->log_value[i] = log (json_array_get_double_element (point, 1));
    }
}

/**
 * sim_table_read:
 * @points_name: member that holds the points ("at"), so that one object can hold two courses;
 *   where it is absent "at" is taken
 *
 * Returns: whether @object has @name
 */
gboolean
sim_table_read (SimTable *table, SimParameters *parameters, JsonObject *object, const char *name,
                const char *points_name)
{
  table->n = 0;
  if (!json_object_has_member (object, name))
    return FALSE;
  JsonNode *node = json_object_get_member (object, name);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      table->n = 1;
      table->x[0] = 0;
      table->log_value[0] = log (sim_number_in (parameters, object, name, NAN));
      return TRUE;
    }
  JsonObject *course = json_node_get_object (node);
  const char *from = json_object_get_string_member_with_default (course, "from", "assumed");
  sim_parameters_note (parameters, name, from);
  if (!json_object_has_member (course, points_name))
    points_name = "at";
  read_points (table, json_object_get_array_member (course, points_name));
  return table->n > 0;
}

double
sim_table_at (const SimTable *table, double x)
{
  if (x <= table->x[0] || table->n == 1)
    return exp (table->log_value[0]);
  for (guint i = 1; i < table->n; i++)
    if (x <= table->x[i])
      return exp (table->log_value[i - 1]
                  + (table->log_value[i] - table->log_value[i - 1]) * (x - table->x[i - 1])
                        / (table->x[i] - table->x[i - 1]));
  return exp (table->log_value[table->n - 1]);
}
