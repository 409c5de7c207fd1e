/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "store/plateau-store-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_NAMES 12 /* in the report */

/* The tables; whether their rows have a number; a column that must be JSON; what a report calls a
 * row. */
typedef struct
{
  const char *name;
  gboolean numbered;
  int json;   /* -1: none */
  int packed; /* column of packed values, the number of values before it; -1: none */
} Table;

static const Table tables[] = {
  { "project", FALSE, 1, -1 },  { "settings", FALSE, 1, -1 }, { "figure", FALSE, 2, -1 },
  { "sample", TRUE, 1, -1 },    { "cell", TRUE, 3, -1 },      { "measurement", TRUE, -1, -1 },
  { "column_data", TRUE, -1, 7 }, { "spectrum", TRUE, -1, -1 },
};

typedef struct
{
  sqlite3 *from, *to;
  const char *path;
  guint kept[G_N_ELEMENTS (tables)];
  guint lost;
  guint n_named;        /* cells of which nothing but a file is known */
  guint n_without_data; /* measurements */
  GString *without_data; /* the first of their files */
} Rescue;

static void
collect (Rescue *rescue, const char *table, const char *order, GHashTable *rows)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rowid FROM %s ORDER BY rowid %s", table, order);
  sqlite3_stmt *select = NULL;
  if (sqlite3_prepare_v2 (rescue->from, sql, -1, &select, NULL) == SQLITE_OK)
    while (sqlite3_step (select) == SQLITE_ROW)
      {
        gint64 row = sqlite3_column_int64 (select, 0);
        g_hash_table_add (rows, g_memdup2 (&row, sizeof row));
      }
  sqlite3_finalize (select);
}

/* What SQLite reads without complaint may be nonsense all the same, and would then keep the new
 * project from opening. */
static gboolean
is_sound (const Table *table, sqlite3_stmt *row)
{
  if (table->json >= 0)
    {
      g_autoptr (JsonNode) node = plateau_store_json_from_text (
          (const char *) sqlite3_column_text (row, table->json));
      return node != NULL && (!g_str_equal (table->name, "settings") || JSON_NODE_HOLDS_OBJECT (node));
    }
  if (table->packed >= 0)
    {
      const void *data = sqlite3_column_blob (row, table->packed);
      g_autofree double *values = plateau_store_unpack (
          data, (gsize) sqlite3_column_bytes (row, table->packed),
          (gsize) sqlite3_column_int64 (row, table->packed - 1), NULL);
      return values != NULL;
    }
  return TRUE;
}

static gboolean
insert_row (Rescue *rescue, const char *table, sqlite3_stmt *row)
{
  int n = sqlite3_column_count (row);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_printf (sql, "INSERT OR IGNORE INTO %s VALUES (?", table);
  for (int i = 1; i < n; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  sqlite3_stmt *insert = NULL;
  gboolean good = sqlite3_prepare_v2 (rescue->to, sql->str, -1, &insert, NULL) == SQLITE_OK;
  for (int i = 0; good && i < n; i++)
    sqlite3_bind_value (insert, i + 1, sqlite3_column_value (row, i));
  good = good && sqlite3_step (insert) == SQLITE_DONE;
  sqlite3_finalize (insert);
  return good;
}

static void
copy_rows (Rescue *rescue, const Table *table, const char *where, gint64 row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s %s", table->name, where);
  sqlite3_stmt *select = NULL;
  int code = sqlite3_prepare_v2 (rescue->from, sql, -1, &select, NULL);
  if (code == SQLITE_OK)
    {
      sqlite3_bind_int64 (select, 1, row);
      while ((code = sqlite3_step (select)) == SQLITE_ROW)
        if (is_sound (table, select) && insert_row (rescue, table->name, select))
          rescue->kept[table - tables]++;
        else
          rescue->lost++;
    }
  if (code != SQLITE_DONE)
    rescue->lost++;
  sqlite3_finalize (select);
}

static guint
copy_tables (Rescue *rescue)
{
  guint kept = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      if (tables[i].numbered)
        {
          /* From both ends, since a walk stops at the first damaged page. */
          g_autoptr (GHashTable)
              rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
          collect (rescue, tables[i].name, "ASC", rows);
          collect (rescue, tables[i].name, "DESC", rows);
          GHashTableIter iter;
          gpointer key;
          g_hash_table_iter_init (&iter, rows);
          while (g_hash_table_iter_next (&iter, &key, NULL))
            copy_rows (rescue, &tables[i], "WHERE rowid = ?1", *(gint64 *) key);
        }
      else
        copy_rows (rescue, &tables[i], "", 0);
      kept += rescue->kept[i];
    }
  return kept;
}

/* A measurement whose columns are gone, or gone in part, would only fail when it is looked at; one
 * whose cell is gone gets a cell named after its file. */
static gboolean
mend (Rescue *rescue, const char *path, GError **error)
{
  static const char mark[] = "CREATE TEMP TABLE gone AS SELECT id, name FROM measurement m"
                             " WHERE rows > 0 AND (SELECT count (*) FROM (SELECT sum (rows) AS n"
                             "  FROM column_data WHERE measurement = m.id GROUP BY position)"
                             "  WHERE n = m.rows) IS NOT (SELECT max (position) + 1"
                             "  FROM column_data WHERE measurement = m.id)";
  static const char name_cells[] = "INSERT INTO cell SELECT cell, 1000000, NULL,"
                                   " json_object ('name', min (name), 'note', 'recovered')"
                                   " FROM measurement WHERE cell IS NOT NULL"
                                   " AND cell NOT IN (SELECT id FROM cell) GROUP BY cell";
  static const char clean[]
      = "DELETE FROM measurement WHERE id IN (SELECT id FROM gone);"
        "DELETE FROM column_data WHERE measurement NOT IN (SELECT id FROM measurement);"
        "DELETE FROM spectrum WHERE measurement NOT IN (SELECT id FROM measurement)";
  if (!plateau_store_exec (rescue->to, path, name_cells, error))
    return FALSE;
  rescue->n_named = (guint) sqlite3_changes (rescue->to);
  if (!plateau_store_exec (rescue->to, path, mark, error))
    return FALSE;
  g_autoptr (PlateauStatement) gone = plateau_store_prepare (
      rescue->to, path, "SELECT DISTINCT name FROM gone ORDER BY name", error);
  while (gone != NULL && sqlite3_step (gone) == SQLITE_ROW)
    if (rescue->n_without_data++ < MAX_NAMES)
      g_string_append_printf (rescue->without_data, "%s%s", rescue->without_data->len > 0 ? ", " : "",
                              (const char *) sqlite3_column_text (gone, 0));
  if (gone == NULL)
    return FALSE;
  sqlite3_reset (gone);
  return plateau_store_exec (rescue->to, path, clean, error);
}

static gboolean
rescue_into (const char *temporary, gpointer user_data, GError **error)
{
  Rescue *rescue = user_data;
  if (sqlite3_open_v2 (temporary, &rescue->to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
          != SQLITE_OK
      || !plateau_store_migrate (rescue->to, temporary, TRUE, error)
      || !plateau_store_exec (rescue->to, temporary, "BEGIN", error))
    {
      if (error != NULL && *error == NULL)
        plateau_store_fail (rescue->to, temporary, error);
      sqlite3_close_v2 (rescue->to);
      return FALSE;
    }
  guint kept = copy_tables (rescue);
  gboolean good = mend (rescue, temporary, error)
                  && plateau_store_exec (rescue->to, temporary, "COMMIT", error);
  sqlite3_close_v2 (rescue->to);
  if (good && kept == 0)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("Nothing in %s could be recovered."), rescue->path);
      return FALSE;
    }
  return good;
}

static char *
tell (const Rescue *rescue, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_string_append_printf (text, _ ("Recovered into %s: samples %u, cells %u, measurements %u."),
                          name, rescue->kept[3], rescue->kept[4] + rescue->n_named,
                          rescue->kept[5] - MIN (rescue->n_without_data, rescue->kept[5]));
  if (rescue->n_without_data > MAX_NAMES)
    g_string_append_printf (rescue->without_data, ", …");
  if (rescue->n_named > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("%u cell has nothing but its file: enter its mass again.",
                                        "%u cells have nothing but their files: enter their masses "
                                        "again.",
                                        rescue->n_named),
                              rescue->n_named);
    }
  if (rescue->n_without_data > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("The data of %s could not be read: add these files again."),
                              rescue->without_data->str);
    }
  if (rescue->lost == 0 && rescue->n_named + rescue->n_without_data == 0)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, _ ("Nothing is missing."));
    }
  else if (rescue->n_named + rescue->n_without_data == 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Records that could not be read: %u."), rescue->lost);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
recover_from (Rescue *rescue, const char *copy, const char *path, GError **error)
{
  if (sqlite3_open_v2 (copy, &rescue->from, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    plateau_store_fail (rescue->from, rescue->path, error);
  else if (plateau_file_write_beside (path, rescue_into, rescue, error))
    {
      sqlite3_close_v2 (rescue->from);
      return TRUE;
    }
  sqlite3_close_v2 (rescue->from);
  return FALSE;
}

static gboolean
recover_copy (const char *damaged, const char *copy, const char *path, char **report,
              GError **error)
{
  g_autofree char *log = g_strconcat (damaged, "-wal", NULL);
  g_autofree char *copied_log = g_strconcat (copy, "-wal", NULL);
  if (!plateau_store_copy_bytes (damaged, copy, error)
      || (g_file_test (log, G_FILE_TEST_EXISTS)
          && !plateau_store_copy_bytes (log, copied_log, error))
      || !plateau_store_mend_head (copy, error))
    return FALSE;
  Rescue rescue = { .path = damaged, .without_data = g_string_new (NULL) };
  gboolean good = recover_from (&rescue, copy, path, error);
  if (good && report != NULL)
    *report = tell (&rescue, path);
  g_string_free (rescue.without_data, TRUE);
  return good;
}

/**
 * plateau_store_recover:
 * @damaged: a project that does not open; it is not changed
 * @path: where the new project goes; a copy of the damaged one lies beside it meanwhile
 * @report: (out) (transfer full) (optional): sentences about what was kept and lost
 *
 * Copies everything that can still be read, row by row. A first page that is damaged, without which
 * SQLite reads nothing, is replaced by that of an empty project, and a file that was cut off is read
 * as far as it goes.
 *
 * Returns: FALSE with PLATEAU_STORE_ERROR when nothing could be recovered
 */
gboolean
plateau_store_recover (const char *damaged, const char *path, char **report, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *pattern = g_build_filename (folder, ".plateau-recover-XXXXXX", NULL);
  if (g_mkdtemp (pattern) == NULL)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_FAILED,
                   _ ("Nothing can be written into %s: %s"), folder, g_strerror (errno));
      return FALSE;
    }
  g_autofree char *copy = g_build_filename (pattern, "copy", NULL);
  gboolean good = recover_copy (damaged, copy, path, report, error);
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (copy, ends[i], NULL);
      g_unlink (name);
    }
  g_rmdir (pattern);
  return good;
}
