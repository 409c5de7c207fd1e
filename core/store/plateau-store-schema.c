/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "store/plateau-store-private.h"

#include <glib/gi18n.h>

/* Step i brings a file of version i to version i + 1; a new file takes all of them. A step that
 * has been released never changes. */
static const char *const migrations[] = {
  /* 1 */
  "CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
  "CREATE TABLE sample (id INTEGER PRIMARY KEY, properties TEXT NOT NULL);"
  "CREATE TABLE cell (id INTEGER PRIMARY KEY, position INTEGER NOT NULL, sample INTEGER,"
  "  properties TEXT NOT NULL);"
  "CREATE TABLE measurement (id INTEGER PRIMARY KEY, cell INTEGER, position INTEGER NOT NULL,"
  "  uri TEXT, name TEXT, size INTEGER, modified INTEGER, sha256 TEXT, reader TEXT,"
  "  reader_version INTEGER, part TEXT, kinds INTEGER, rows INTEGER, spectra INTEGER,"
  "  info TEXT, warnings TEXT);"
  "CREATE INDEX measurement_cell ON measurement (cell, position);"
  "CREATE TABLE column_data (measurement INTEGER NOT NULL, position INTEGER NOT NULL,"
  "  chunk INTEGER NOT NULL, quantity TEXT NOT NULL, name TEXT, unit TEXT, rows INTEGER NOT NULL,"
  "  data BLOB NOT NULL, PRIMARY KEY (measurement, position, chunk));"
  "CREATE TABLE spectrum (measurement INTEGER NOT NULL, position INTEGER NOT NULL, label TEXT,"
  "  conditions TEXT, points INTEGER NOT NULL, frequency BLOB, z_re BLOB, z_im BLOB, time BLOB,"
  "  PRIMARY KEY (measurement, position));"
  "CREATE TABLE settings (analysis TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE figure (name TEXT PRIMARY KEY, position INTEGER NOT NULL, document TEXT NOT NULL)"
  "  WITHOUT ROWID;",
};

int
plateau_store_schema_version (void)
{
  return G_N_ELEMENTS (migrations);
}

/* Sets @error from what SQLite says last; always FALSE. */
gboolean
plateau_store_fail (sqlite3 *db, const char *path, GError **error)
{
  int code = sqlite3_errcode (db) & 0xFF;
  PlateauStoreError kind = PLATEAU_STORE_ERROR_FAILED;
  const char *what = _ ("cannot be used");
  switch (code)
    {
    case SQLITE_NOTADB:
      kind = PLATEAU_STORE_ERROR_NOT_A_PROJECT;
      what = _ ("is not a Plateau project");
      if (!plateau_store_is_headless (path))
        break;
      G_GNUC_FALLTHROUGH;
    case SQLITE_CORRUPT:
      kind = PLATEAU_STORE_ERROR_DAMAGED;
      what = _ ("is damaged; what is sound can be recovered into a new project");
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      kind = PLATEAU_STORE_ERROR_READ_ONLY;
      what = _ ("cannot be written; save it under another name");
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      kind = PLATEAU_STORE_ERROR_BUSY;
      what = _ ("is being written by another program");
      break;
    case SQLITE_FULL:
      what = _ ("cannot be written: the disk is full; the last change is not saved");
      break;
    case SQLITE_IOERR:
      what = _ ("cannot be read or written to its end; look whether its disk is full or gone");
      break;
    case SQLITE_CANTOPEN:
      what = _ ("cannot be opened or made; look at the folder's permissions");
      break;
    default:
      break;
    }
  g_set_error (error, PLATEAU_STORE_ERROR, kind, "%s %s (%s).", path, what, sqlite3_errmsg (db));
  return FALSE;
}

gboolean
plateau_store_exec (sqlite3 *db, const char *path, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK
         || plateau_store_fail (db, path, error);
}

sqlite3_stmt *
plateau_store_prepare (sqlite3 *db, const char *path, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    plateau_store_fail (db, path, error);
  return statement;
}

static gboolean
read_pragma (sqlite3 *db, const char *path, const char *sql, int *value, GError **error)
{
  g_autoptr (PlateauStatement) statement = plateau_store_prepare (db, path, sql, error);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return plateau_store_fail (db, path, error);
  *value = sqlite3_column_int (statement, 0);
  return TRUE;
}

static gboolean
run_steps (sqlite3 *db, const char *path, int from, GError **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;",
                                            PLATEAU_STORE_APPLICATION_ID,
                                            plateau_store_schema_version ());
  if (!plateau_store_exec (db, path, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (int i = from; i < plateau_store_schema_version (); i++)
    if (!plateau_store_exec (db, path, migrations[i], error))
      {
        sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
        return FALSE;
      }
  if (plateau_store_exec (db, path, marks, error)
      && plateau_store_exec (db, path, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* Checks that the file is a project of a version that is understood, and brings an older one (or,
 * where one is to be made, an empty file) to the present version. */
gboolean
plateau_store_migrate (sqlite3 *db, const char *path, gboolean create, GError **error)
{
  int application = 0, version = 0, tables = 0;
  if (!read_pragma (db, path, "PRAGMA application_id", &application, error)
      || !read_pragma (db, path, "PRAGMA user_version", &version, error)
      || !read_pragma (db, path, "SELECT count(*) FROM sqlite_master", &tables, error))
    return FALSE;
  if (application != PLATEAU_STORE_APPLICATION_ID && !(create && application == 0 && tables == 0))
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT,
                   _ ("%s is a database of another program, not a Plateau project."), path);
      return FALSE;
    }
  if (version > plateau_store_schema_version ())
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NEWER_VERSION,
                   _ ("%s was written by a newer Plateau (file version %d, this program knows %d). "
                      "Update Plateau to open it."),
                   path, version, plateau_store_schema_version ());
      return FALSE;
    }
  if (version == plateau_store_schema_version ())
    return TRUE;
  if (sqlite3_db_readonly (db, "main") == 1)
    {
      g_set_error (
          error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_READ_ONLY,
          _ ("%s has an older layout and cannot be written to bring it up to date; copy it "
             "to a folder of yours and open the copy."),
          path);
      return FALSE;
    }
  return run_steps (db, path, version, error);
}
