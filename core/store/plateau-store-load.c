/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "store/plateau-store-private.h"

#include <string.h>

static const char *
text_at (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

static void
restore (gpointer object, const char *text)
{
  g_autoptr (JsonNode) node = plateau_store_json_from_text (text);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    plateau_store_object_from_json (object, json_node_get_object (node));
}

typedef gboolean (*RowFunc) (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row);

static gboolean
for_each_row (PlateauStore *store, PlateauProject *project, sqlite3 *db, const char *path,
              const char *sql, RowFunc func, GError **error)
{
  g_autoptr (PlateauStatement) select = plateau_store_prepare (db, path, sql, error);
  if (select == NULL)
    return FALSE;
  int code;
  while ((code = sqlite3_step (select)) == SQLITE_ROW)
    func (store, project, select);
  return code == SQLITE_DONE || plateau_store_fail (db, path, error);
}

static gboolean
take_project (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row)
{
  restore (project, text_at (row, 0));
  return TRUE;
}

static gboolean
take_sample (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row)
{
  g_autoptr (PlateauSample) sample = plateau_sample_new (NULL);
  restore (sample, text_at (row, 1));
  plateau_sample_set_id (sample, sqlite3_column_int64 (row, 0));
  plateau_project_add_sample (project, sample);
  return TRUE;
}

static gboolean
take_cell (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row)
{
  g_autoptr (PlateauCell) cell = plateau_cell_new (NULL);
  restore (cell, text_at (row, 2));
  plateau_cell_set_id (cell, sqlite3_column_int64 (row, 0));
  if (sqlite3_column_int64 (row, 1) != 0)
    g_object_set (cell, "sample",
                  plateau_project_find_sample (project, sqlite3_column_int64 (row, 1)), NULL);
  plateau_project_add_cell (project, cell);
  return TRUE;
}

static void
restore_info (PlateauMeasurement *measurement, const char *info, const char *warnings)
{
  g_autoptr (JsonNode) node = plateau_store_json_from_text (info);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) keys = json_object_get_members (object);
      for (GList *l = keys; l != NULL; l = l->next)
        plateau_measurement_set_info (
            measurement, l->data,
            json_object_get_string_member_with_default (object, l->data, NULL));
    }
  g_autoptr (JsonNode) list = plateau_store_json_from_text (warnings);
  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    {
      JsonArray *array = json_node_get_array (list);
      for (guint i = 0; i < json_array_get_length (array); i++)
        plateau_measurement_warn (measurement, "%s", json_array_get_string_element (array, i));
    }
}

static gboolean
take_measurement (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row)
{
  PlateauCell *cell = plateau_project_find_cell (project, sqlite3_column_int64 (row, 1));
  if (cell == NULL)
    return FALSE;
  PlateauSource *source = plateau_source_new (text_at (row, 2), text_at (row, 3),
                                              (guint64) sqlite3_column_int64 (row, 4),
                                              sqlite3_column_int64 (row, 5));
  source->sha256 = g_strdup (text_at (row, 6));
  source->reader = g_strdup (text_at (row, 7));
  source->reader_version = (guint) sqlite3_column_int (row, 8);
  source->part = g_strdup (text_at (row, 9));
  g_autoptr (PlateauMeasurement) measurement = plateau_measurement_new (source);
  plateau_measurement_set_kinds (measurement, (PlateauKinds) sqlite3_column_int (row, 10));
  restore_info (measurement, text_at (row, 13), text_at (row, 14));
  plateau_measurement_set_loader (measurement, (guint64) sqlite3_column_int64 (row, 11),
                                  (guint) sqlite3_column_int (row, 12), NULL, NULL, NULL);
  plateau_store_remember (store, measurement, sqlite3_column_int64 (row, 0));
  plateau_cell_add_measurement (cell, measurement);
  return TRUE;
}

static gboolean
take_settings (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row)
{
  g_autoptr (JsonNode) node = plateau_store_json_from_text (text_at (row, 1));
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  plateau_project_set_settings (project, text_at (row, 0), json_node_get_object (node));
  return TRUE;
}

static gboolean
take_figure (PlateauStore *store, PlateauProject *project, sqlite3_stmt *row)
{
  g_autoptr (JsonNode) node = plateau_store_json_from_text (text_at (row, 1));
  if (node == NULL)
    return FALSE;
  plateau_project_set_figure (project, text_at (row, 0), node);
  return TRUE;
}

/* Everything but the columns, which the measurements load when they are asked for.
 * (transfer full) */
PlateauProject *
plateau_store_read_project (PlateauStore *store, sqlite3 *db, const char *path, GError **error)
{
  static const struct
  {
    const char *sql;
    RowFunc func;
  } tables[] = {
    { "SELECT value FROM project WHERE key = 'properties'", take_project },
    { "SELECT id, properties FROM sample ORDER BY id", take_sample },
    { "SELECT id, sample, properties FROM cell ORDER BY position, id", take_cell },
    { "SELECT id, cell, uri, name, size, modified, sha256, reader, reader_version, part, kinds, "
      "rows,"
      " spectra, info, warnings FROM measurement WHERE cell IS NOT NULL ORDER BY cell, position, "
      "id",
      take_measurement },
    { "SELECT analysis, document FROM settings ORDER BY analysis", take_settings },
    { "SELECT name, document FROM figure ORDER BY position, name", take_figure },
  };
  g_autoptr (PlateauProject) project = plateau_project_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!for_each_row (store, project, db, path, tables[i].sql, tables[i].func, error))
      return NULL;
  return g_steal_pointer (&project);
}
