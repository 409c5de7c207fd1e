/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "data/plateau-recording-private.h"
#include "store/plateau-store-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* SQLite takes blobs up to 10^9 bytes; a chunk stays far below. */
#define CHUNK_ROWS (4u << 20)

static gboolean
step_done (sqlite3 *db, const char *path, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);
  sqlite3_reset (statement);
  return code == SQLITE_DONE || plateau_store_fail (db, path, error);
}

static void
bind_text (sqlite3_stmt *statement, int index, const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

static void
bind_values (sqlite3_stmt *statement, int index, const double *values, gsize n)
{
  if (values == NULL)
    {
      sqlite3_bind_null (statement, index);
      return;
    }
  g_autoptr (GBytes) packed = plateau_store_pack (values, n);
  sqlite3_bind_blob64 (statement, index, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed),
                       SQLITE_TRANSIENT);
}

static gboolean
write_columns (sqlite3 *db, const char *path, gint64 id, PlateauRecording *recording,
               GError **error)
{
  g_autoptr (PlateauStatement) insert = plateau_store_prepare (
      db, path, "INSERT INTO column_data VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (insert == NULL)
    return FALSE;
  gsize n_rows = plateau_recording_get_n_rows (recording);
  for (guint i = 0; i < plateau_recording_get_n_columns (recording); i++)
    {
      const PlateauColumn *column = plateau_recording_get_column (recording, i);
      for (gsize first = 0, chunk = 0; first < n_rows; first += CHUNK_ROWS, chunk++)
        {
          gsize rows = MIN (CHUNK_ROWS, n_rows - first);
          sqlite3_bind_int64 (insert, 1, id);
          sqlite3_bind_int (insert, 2, (int) i);
          sqlite3_bind_int (insert, 3, (int) chunk);
          bind_text (insert, 4, plateau_quantity_get_info (column->quantity)->id);
          bind_text (insert, 5, column->name);
          bind_text (insert, 6, column->unit);
          sqlite3_bind_int64 (insert, 7, (gint64) rows);
          bind_values (insert, 8, column->values + first, rows);
          if (!step_done (db, path, insert, error))
            return FALSE;
        }
    }
  return TRUE;
}

typedef struct
{
  const char *name;
  gsize offset;
} Condition;

static const Condition conditions[] = {
  { "potential_V", G_STRUCT_OFFSET (PlateauConditions, potential) },
  { "time_s", G_STRUCT_OFFSET (PlateauConditions, time) },
  { "duration_s", G_STRUCT_OFFSET (PlateauConditions, duration) },
  { "cycle", G_STRUCT_OFFSET (PlateauConditions, cycle) },
  { "state_of_charge", G_STRUCT_OFFSET (PlateauConditions, state_of_charge) },
  { "charge_C", G_STRUCT_OFFSET (PlateauConditions, charge) },
  { "temperature_K", G_STRUCT_OFFSET (PlateauConditions, temperature) },
  { "amplitude", G_STRUCT_OFFSET (PlateauConditions, amplitude) },
  { "dc_current_A", G_STRUCT_OFFSET (PlateauConditions, dc_current) },
};

static char *
conditions_to_text (const PlateauConditions *from)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      double value = *(const double *) (gconstpointer) ((const char *) from + conditions[i].offset);
      if (isfinite (value))
        json_object_set_double_member (object, conditions[i].name, value);
    }
  json_object_set_int_member (object, "mode", from->mode);
  json_object_set_int_member (object, "electrode", from->electrode);
  json_node_take_object (node, object);
  return plateau_store_json_to_text (node);
}

static PlateauConditions
conditions_from_text (const char *text)
{
  PlateauConditions to = PLATEAU_CONDITIONS_INIT;
  g_autoptr (JsonNode) node = plateau_store_json_from_text (text);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return to;
  JsonObject *object = json_node_get_object (node);
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    *(double *) (gpointer) ((char *) &to + conditions[i].offset) =
        json_object_get_double_member_with_default (object, conditions[i].name, NAN);
  to.mode = (PlateauEisMode) CLAMP (json_object_get_int_member_with_default (object, "mode", 0), 0,
                                    PLATEAU_EIS_GEIS);
  to.electrode = (PlateauElectrode) CLAMP (
      json_object_get_int_member_with_default (object, "electrode", 0), 0,
      PLATEAU_ELECTRODE_COUNTER);
  return to;
}

static gboolean
write_spectra (sqlite3 *db, const char *path, gint64 id, GPtrArray *spectra, GError **error)
{
  g_autoptr (PlateauStatement) insert = plateau_store_prepare (
      db, path, "INSERT INTO spectrum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < spectra->len; i++)
    {
      PlateauSpectrum *spectrum = spectra->pdata[i];
      gsize n = plateau_spectrum_get_n (spectrum);
      g_autofree char *taken_at = conditions_to_text (plateau_spectrum_get_conditions (spectrum));
      sqlite3_bind_int64 (insert, 1, id);
      sqlite3_bind_int (insert, 2, (int) i);
      bind_text (insert, 3, plateau_spectrum_get_label (spectrum));
      bind_text (insert, 4, taken_at);
      sqlite3_bind_int64 (insert, 5, (gint64) n);
      bind_values (insert, 6, plateau_spectrum_peek_frequency (spectrum), n);
      bind_values (insert, 7, plateau_spectrum_peek_re (spectrum), n);
      bind_values (insert, 8, plateau_spectrum_peek_im (spectrum), n);
      bind_values (insert, 9, plateau_spectrum_peek_time (spectrum), n);
      if (!step_done (db, path, insert, error))
        return FALSE;
    }
  return TRUE;
}

static char *
info_to_text (PlateauMeasurement *measurement)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_auto (GStrv) keys = plateau_measurement_list_info (measurement);
  for (char **key = keys; *key != NULL; key++)
    json_object_set_string_member (object, *key, plateau_measurement_get_info (measurement, *key));
  json_node_take_object (node, object);
  return plateau_store_json_to_text (node);
}

static char *
warnings_to_text (PlateauMeasurement *measurement)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  for (const char *const *w = plateau_measurement_get_warnings (measurement); *w != NULL; w++)
    json_array_add_string_element (array, *w);
  json_node_take_array (node, array);
  return plateau_store_json_to_text (node);
}

static gboolean
write_head (sqlite3 *db, const char *path, gint64 *id, gint64 cell_id, guint position,
            PlateauMeasurement *m, GError **error)
{
  const PlateauSource *source = plateau_measurement_get_source (m);
  g_autofree char *info = info_to_text (m), *warnings = warnings_to_text (m);
  g_autoptr (PlateauStatement) insert = plateau_store_prepare (
      db, path,
      "INSERT INTO measurement (cell, position, uri, name, size, modified, sha256, reader,"
      " reader_version, part, kinds, rows, spectra, info, warnings)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (insert == NULL)
    return FALSE;
  sqlite3_bind_int64 (insert, 1, cell_id);
  sqlite3_bind_int (insert, 2, (int) position);
  bind_text (insert, 3, source->uri);
  bind_text (insert, 4, source->name);
  sqlite3_bind_int64 (insert, 5, (gint64) source->size);
  sqlite3_bind_int64 (insert, 6, source->modified);
  bind_text (insert, 7, source->sha256);
  bind_text (insert, 8, source->reader);
  sqlite3_bind_int64 (insert, 9, source->reader_version);
  bind_text (insert, 10, source->part);
  sqlite3_bind_int (insert, 11, (int) plateau_measurement_get_kinds (m));
  sqlite3_bind_int64 (insert, 12, (gint64) plateau_measurement_get_n_rows (m));
  sqlite3_bind_int (insert, 13, (int) plateau_measurement_get_n_spectra (m));
  bind_text (insert, 14, info);
  bind_text (insert, 15, warnings);
  if (!step_done (db, path, insert, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db);
  return TRUE;
}

/* A measurement that is new to the file (*id is 0) is written whole; one that the file has is only
 * put under its cell. */
gboolean
plateau_store_write_measurement (sqlite3 *db, const char *path, gint64 *id, gint64 cell_id,
                                 guint position, PlateauMeasurement *measurement, GError **error)
{
  if (*id != 0)
    {
      g_autoptr (PlateauStatement) update = plateau_store_prepare (
          db, path,
          "UPDATE measurement SET cell = ?, position = ?, sha256 = ?, uri = ?, modified = ?"
          " WHERE id = ?",
          error);
      if (update == NULL)
        return FALSE;
      sqlite3_bind_int64 (update, 1, cell_id);
      sqlite3_bind_int (update, 2, (int) position);
      const PlateauSource *source = plateau_measurement_get_source (measurement);
      bind_text (update, 3, source->sha256);
      bind_text (update, 4, source->uri);
      sqlite3_bind_int64 (update, 5, source->modified);
      sqlite3_bind_int64 (update, 6, *id);
      return step_done (db, path, update, error);
    }
  if (!write_head (db, path, id, cell_id, position, measurement, error))
    return FALSE;
  if (plateau_measurement_get_n_rows (measurement) > 0)
    {
      g_autoptr (PlateauRecording)
          recording = plateau_measurement_ref_recording (measurement, error);
      if (recording == NULL || !write_columns (db, path, *id, recording, error))
        return FALSE;
    }
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (measurement, error);
  return spectra != NULL && write_spectra (db, path, *id, spectra, error);
}

static double *
read_blob (sqlite3_stmt *statement, int column, gsize n, GError **error)
{
  const void *data = sqlite3_column_blob (statement, column);
  return plateau_store_unpack (data, (gsize) sqlite3_column_bytes (statement, column), n, error);
}

static gboolean
append_chunk (GArray *columns, sqlite3_stmt *statement, gsize *rows_so_far, GError **error)
{
  gsize rows = (gsize) sqlite3_column_int64 (statement, 5);
  g_autofree double *values = read_blob (statement, 6, rows, error);
  if (values == NULL)
    return FALSE;
  if (sqlite3_column_int (statement, 1) > 0 && columns->len > 0)
    {
      PlateauColumn *last = &g_array_index (columns, PlateauColumn, columns->len - 1);
      double *joined = g_renew (double, (double *) last->values, *rows_so_far + rows);
      memcpy (joined + *rows_so_far, values, rows * sizeof *values);
      last->values = joined;
      *rows_so_far += rows;
      return TRUE;
    }
  PlateauColumn column = {
    .quantity = plateau_quantity_from_id ((const char *) sqlite3_column_text (statement, 2)),
    .name = g_strdup ((const char *) sqlite3_column_text (statement, 3)),
    .unit = g_strdup ((const char *) sqlite3_column_text (statement, 4)),
    .values = g_steal_pointer (&values),
  };
  g_array_append_val (columns, column);
  *rows_so_far = rows;
  return TRUE;
}

static void
column_clear (gpointer data)
{
  PlateauColumn *column = data;
  g_free ((gpointer) column->name);
  g_free ((gpointer) column->unit);
  g_free ((gpointer) column->values);
}

static gboolean
read_recording (sqlite3 *db, const char *path, gint64 id, PlateauRecording **recording,
                GError **error)
{
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (PlateauColumn));
  g_array_set_clear_func (columns, column_clear);
  g_autoptr (PlateauStatement) select = plateau_store_prepare (
      db, path,
      "SELECT position, chunk, quantity, name, unit, rows, data FROM column_data"
      " WHERE measurement = ? ORDER BY position, chunk",
      error);
  if (select == NULL)
    return FALSE;
  sqlite3_bind_int64 (select, 1, id);
  gsize rows = 0, first_rows = 0;
  int code;
  while ((code = sqlite3_step (select)) == SQLITE_ROW)
    {
      if (!append_chunk (columns, select, &rows, error))
        return FALSE;
      if (columns->len == 1)
        first_rows = rows;
    }
  if (code != SQLITE_DONE)
    return plateau_store_fail (db, path, error);
  if (columns->len > 0 && rows != first_rows)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("%s is damaged: the columns of a measurement differ in length."), path);
      return FALSE;
    }
  if (columns->len == 0)
    return TRUE;
  *recording = plateau_recording_new_take ((PlateauColumn *) (gpointer) columns->data, columns->len,
                                           first_rows);
  for (guint i = 0; i < columns->len; i++)
    g_array_index (columns, PlateauColumn, i).values = NULL;
  return TRUE;
}

static gboolean
read_spectra (sqlite3 *db, const char *path, gint64 id, GPtrArray *spectra, GError **error)
{
  g_autoptr (PlateauStatement) select = plateau_store_prepare (
      db, path,
      "SELECT label, conditions, points, frequency, z_re, z_im, time FROM spectrum"
      " WHERE measurement = ? ORDER BY position",
      error);
  if (select == NULL)
    return FALSE;
  sqlite3_bind_int64 (select, 1, id);
  int code;
  while ((code = sqlite3_step (select)) == SQLITE_ROW)
    {
      gsize n = (gsize) sqlite3_column_int64 (select, 2);
      PlateauConditions taken_at = conditions_from_text (
          (const char *) sqlite3_column_text (select, 1));
      g_autofree double *f = read_blob (select, 3, n, error);
      g_autofree double *re = f != NULL ? read_blob (select, 4, n, error) : NULL;
      g_autofree double *im = re != NULL ? read_blob (select, 5, n, error) : NULL;
      gboolean timed = sqlite3_column_type (select, 6) != SQLITE_NULL;
      g_autofree double *time = im != NULL && timed ? read_blob (select, 6, n, error) : NULL;
      if (im == NULL || (timed && time == NULL))
        return FALSE;
      g_ptr_array_add (spectra,
                       plateau_spectrum_new ((const char *) sqlite3_column_text (select, 0),
                                             &taken_at, f, re, im, time, n));
    }
  return code == SQLITE_DONE || plateau_store_fail (db, path, error);
}

/* Columns and spectra of one stored measurement. */
gboolean
plateau_store_read_columns (sqlite3 *db, const char *path, gint64 id, PlateauRecording **recording,
                            GPtrArray **spectra, GError **error)
{
  g_autoptr (GPtrArray)
      found = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (PlateauRecording) series = NULL;
  if (!read_recording (db, path, id, &series, error) || !read_spectra (db, path, id, found, error))
    return FALSE;
  *recording = g_steal_pointer (&series);
  *spectra = g_steal_pointer (&found);
  return TRUE;
}
