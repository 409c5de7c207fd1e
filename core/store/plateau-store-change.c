/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/plateau-store-change-private.h"

#include <string.h>

static void
operation_free (gpointer data)
{
  PlateauStoreOperation *operation = data;
  g_free (operation->text1);
  g_free (operation->text2);
  g_clear_pointer (&operation->measurement, plateau_measurement_unref);
  g_free (operation);
}

/**
 * plateau_store_change_new:
 *
 * Returns: (transfer full): a change that does nothing yet
 */
PlateauStoreChange *
plateau_store_change_new (void)
{
  PlateauStoreChange *change = g_new0 (PlateauStoreChange, 1);
  change->operations = g_ptr_array_new_with_free_func (operation_free);
  return change;
}

void
plateau_store_change_free (PlateauStoreChange *change)
{
  g_ptr_array_unref (change->operations);
  g_free (change);
}

gboolean
plateau_store_change_is_empty (PlateauStoreChange *change)
{
  return change->operations->len == 0;
}

static PlateauStoreOperation *
add (PlateauStoreChange *change, const char *sql, const char *text1, const char *text2)
{
  PlateauStoreOperation *operation = g_new0 (PlateauStoreOperation, 1);
  operation->sql = sql;
  operation->text1 = g_strdup (text1);
  operation->text2 = g_strdup (text2);
  g_ptr_array_add (change->operations, operation);
  return operation;
}

static char *
object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_set_object (node, object);
  return plateau_store_json_to_text (node);
}

static char *
properties_to_text (gpointer object)
{
  g_autoptr (JsonObject) properties = plateau_store_object_to_json (object);
  return object_to_text (properties);
}

/**
 * plateau_store_put_project:
 *
 * Title, note and whether the data are simulated.
 */
void
plateau_store_put_project (PlateauStoreChange *change, PlateauProject *project)
{
  g_autofree char *properties = properties_to_text (project);
  add (change, "INSERT OR REPLACE INTO project (key, value) VALUES (?1, ?2)", "properties",
       properties);
}

/**
 * plateau_store_put_sample:
 *
 * Adds or replaces a sample by its id.
 */
void
plateau_store_put_sample (PlateauStoreChange *change, PlateauSample *sample)
{
  g_autofree char *properties = properties_to_text (sample);
  PlateauStoreOperation *operation = add (
      change, "INSERT OR REPLACE INTO sample (id, properties) VALUES (?3, ?1)", properties, NULL);
  operation->number1 = plateau_sample_get_id (sample);
}

void
plateau_store_remove_sample (PlateauStoreChange *change, gint64 id)
{
  add (change, "DELETE FROM sample WHERE id = ?3", NULL, NULL)->number1 = id;
}

/**
 * plateau_store_put_cell:
 * @position: its place in the project's list when it is new; see plateau_store_put_order()
 *
 * Adds or replaces a cell by its id, without its measurements.
 */
void
plateau_store_put_cell (PlateauStoreChange *change, PlateauCell *cell, guint position)
{
  g_autofree char *properties = properties_to_text (cell);
  PlateauSample *sample = plateau_cell_get_sample (cell);
  PlateauStoreOperation *operation = add (
      change,
      "INSERT INTO cell (id, position, sample, properties) VALUES (?3, ?4, ?5, ?1)"
      " ON CONFLICT (id) DO UPDATE SET sample = ?5, properties = ?1",
      properties, NULL);
  operation->number1 = plateau_cell_get_id (cell);
  operation->number2 = position;
  operation->number3 = sample != NULL ? plateau_sample_get_id (sample) : 0;
}

static char *
ids_of (GListModel *cells)
{
  g_autoptr (GString) ids = g_string_new ("[");
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                              plateau_cell_get_id (cell));
    }
  g_string_append_c (ids, ']');
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static char *
figures_of (PlateauProject *project)
{
  JsonArray *names = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, names);
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    json_array_add_string_element (names, plateau_project_get_figure_name (project, i));
  return plateau_store_json_to_text (node);
}

/**
 * plateau_store_put_order:
 *
 * The places of all cells and figures, after some came, went or moved.
 */
void
plateau_store_put_order (PlateauStoreChange *change, PlateauProject *project)
{
  g_autofree char *ids = ids_of (plateau_project_get_cells (project));
  g_autofree char *names = figures_of (project);
  add (change,
       "UPDATE cell SET position = wanted.key FROM json_each (?1) AS wanted"
       " WHERE cell.id = wanted.value",
       ids, NULL);
  add (change,
       "UPDATE figure SET position = wanted.key FROM json_each (?1) AS wanted"
       " WHERE figure.name = wanted.value",
       names, NULL);
}

/**
 * plateau_store_remove_cell:
 *
 * Takes a cell and its measurements out of the project. The measurements stay in the file until it
 * is closed, so that undo can put them back.
 */
void
plateau_store_remove_cell (PlateauStoreChange *change, gint64 id)
{
  add (change, "UPDATE measurement SET cell = NULL WHERE cell = ?3", NULL, NULL)->number1 = id;
  add (change, "DELETE FROM cell WHERE id = ?3", NULL, NULL)->number1 = id;
}

/**
 * plateau_store_put_measurement:
 * @cell_id: the cell it belongs to
 * @position: its place in the cell
 *
 * Columns are packed and written on the store's thread, once; later puts only move it.
 */
void
plateau_store_put_measurement (PlateauStoreChange *change, gint64 cell_id, guint position,
                               PlateauMeasurement *measurement)
{
  PlateauStoreOperation *operation = add (change, NULL, NULL, NULL);
  operation->number1 = cell_id;
  operation->number2 = position;
  operation->measurement = plateau_measurement_ref (measurement);
}

/**
 * plateau_store_remove_measurement:
 *
 * Takes a measurement out of its cell; it stays in the file until it is closed.
 */
void
plateau_store_remove_measurement (PlateauStoreChange *change, PlateauMeasurement *measurement)
{
  PlateauStoreOperation *operation = add (change, NULL, NULL, NULL);
  operation->measurement = plateau_measurement_ref (measurement);
  operation->removes = TRUE;
}

/**
 * plateau_store_put_settings:
 * @settings: (nullable): NULL: back to the defaults
 */
void
plateau_store_put_settings (PlateauStoreChange *change, const char *analysis, JsonObject *settings)
{
  if (settings == NULL)
    {
      add (change, "DELETE FROM settings WHERE analysis = ?1", analysis, NULL);
      return;
    }
  g_autofree char *document = object_to_text (settings);
  add (change, "INSERT OR REPLACE INTO settings (analysis, document) VALUES (?1, ?2)", analysis,
       document);
}

void
plateau_store_put_figure (PlateauStoreChange *change, const char *name, guint position,
                          JsonNode *document)
{
  g_autofree char *text = plateau_store_json_to_text (document);
  add (change,
       "INSERT INTO figure (name, document, position) VALUES (?1, ?2, ?3)"
       " ON CONFLICT (name) DO UPDATE SET document = ?2",
       name, text)
      ->number1 = position;
}

void
plateau_store_remove_figure (PlateauStoreChange *change, const char *name)
{
  add (change, "DELETE FROM figure WHERE name = ?1", name, NULL);
}

static void
put_cells (PlateauStoreChange *change, GListModel *cells)
{
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      plateau_store_put_cell (change, cell, i);
      for (guint k = 0; k < plateau_cell_get_n_measurements (cell); k++)
        plateau_store_put_measurement (change, plateau_cell_get_id (cell), k,
                                       plateau_cell_get_measurement (cell, k));
    }
}

/**
 * plateau_store_put_all:
 *
 * Everything that the project holds, in place of all that is in the file. Measurements that the
 * file has are only put in their places.
 */
void
plateau_store_put_all (PlateauStoreChange *change, PlateauProject *project)
{
  static const char *const clear[] = { "DELETE FROM sample", "DELETE FROM cell",
                                       "DELETE FROM settings", "DELETE FROM figure",
                                       "UPDATE measurement SET cell = NULL" };
  GListModel *samples = plateau_project_get_samples (project);
  for (guint i = 0; i < G_N_ELEMENTS (clear); i++)
    add (change, clear[i], NULL, NULL);
  plateau_store_put_project (change, project);
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++)
    {
      g_autoptr (PlateauSample) sample = g_list_model_get_item (samples, i);
      plateau_store_put_sample (change, sample);
    }
  put_cells (change, plateau_project_get_cells (project));
  g_auto (GStrv) analyses = plateau_project_list_settings (project);
  for (char **name = analyses; *name != NULL; name++)
    plateau_store_put_settings (change, *name, plateau_project_get_settings (project, *name));
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    {
      const char *name = plateau_project_get_figure_name (project, i);
      plateau_store_put_figure (change, name, i, plateau_project_get_figure (project, name));
    }
}
