/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "store/plateau-store-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Tables whose rows have a number, and what a row holds. */
static const char *const numbered[] = { "sample", "cell", "measurement", "column_data",
                                        "spectrum" };
static const char *const small[] = { "project", "settings", "figure" };

typedef struct
{
  sqlite3 *from, *to;
  const char *path;
  guint kept, lost;
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
copy_rows (Rescue *rescue, const char *table, const char *where, gint64 row)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s %s", table, where);
  sqlite3_stmt *select = NULL;
  int code = sqlite3_prepare_v2 (rescue->from, sql, -1, &select, NULL);
  if (code == SQLITE_OK)
    {
      sqlite3_bind_int64 (select, 1, row);
      while ((code = sqlite3_step (select)) == SQLITE_ROW)
        if (insert_row (rescue, table, select))
          rescue->kept++;
        else
          rescue->lost++;
    }
  if (code != SQLITE_DONE)
    rescue->lost++;
  sqlite3_finalize (select);
}

static void
copy_tables (Rescue *rescue)
{
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    copy_rows (rescue, small[i], "", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (numbered); i++)
    {
      /* From both ends, since a walk stops at the first damaged page. */
      g_autoptr (GHashTable)
          rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      collect (rescue, numbered[i], "ASC", rows);
      collect (rescue, numbered[i], "DESC", rows);
      GHashTableIter iter;
      gpointer key;
      g_hash_table_iter_init (&iter, rows);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        copy_rows (rescue, numbered[i], "WHERE rowid = ?1", *(gint64 *) key);
    }
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
  copy_tables (rescue);
  /* A measurement whose columns are gone would only fail when it is looked at; one whose cell is
   * gone gets a cell named after its file. */
  gboolean good = plateau_store_exec (rescue->to, temporary,
                                      "DELETE FROM measurement WHERE rows > 0 AND id NOT IN"
                                      " (SELECT measurement FROM column_data);"
                                      "INSERT INTO cell SELECT cell, 1000000, NULL,"
                                      " json_object ('name', min (name), 'note', 'recovered')"
                                      " FROM measurement WHERE cell IS NOT NULL"
                                      " AND cell NOT IN (SELECT id FROM cell) GROUP BY cell",
                                      error)
                  && plateau_store_exec (rescue->to, temporary, "COMMIT", error);
  sqlite3_close_v2 (rescue->to);
  if (good && rescue->kept == 0)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("Nothing in %s could be recovered."), rescue->path);
      return FALSE;
    }
  return good;
}

/**
 * plateau_store_recover:
 * @damaged: a project that does not open; it is not changed
 * @path: where the new project goes
 * @report: (out) (transfer full) (optional): a sentence about what was kept and lost
 *
 * Copies everything that can still be read, row by row.
 *
 * Returns: FALSE with PLATEAU_STORE_ERROR when nothing could be recovered
 */
gboolean
plateau_store_recover (const char *damaged, const char *path, char **report, GError **error)
{
  Rescue rescue = { .path = damaged };
  if (!g_file_test (damaged, G_FILE_TEST_EXISTS)
      || sqlite3_open_v2 (damaged, &rescue.from, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_FAILED,
                   _ ("%s cannot be opened."), damaged);
      sqlite3_close_v2 (rescue.from);
      return FALSE;
    }
  gboolean good = plateau_file_write_beside (path, rescue_into, &rescue, error);
  sqlite3_close_v2 (rescue.from);
  if (good && report != NULL)
    *report = g_strdup_printf (_ ("%u records were recovered into %s, %u could not be read."),
                               rescue.kept, path, rescue.lost);
  return good;
}
