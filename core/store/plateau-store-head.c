/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "store/plateau-store-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* The first page of a project: SQLite's header and the list of the tables with the pages where they
 * begin. It is the same in all projects but for a few numbers, since the tables are always made in
 * the same order: on a new file as the steps of the schema make them, after saving under another
 * name as VACUUM does. */

#define PAGE 4096 /* SQLite's own choice, which the store leaves alone */
#define LEAST_PAGES 32 /* more than there are tables and indices */
#define MAGIC "SQLite format 3"

/* Offsets in the header; file format of SQLite, section 1.3 */
#define CHANGES 24
#define N_PAGES 28
#define FREE_LIST 32 /* first page, then how many */
#define VALID_FOR 92

gboolean
plateau_store_copy_bytes (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  return g_file_copy (source, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, error);
}

static gboolean
read_at (const char *path, long offset, guint8 *bytes, gsize length)
{
  FILE *file = g_fopen (path, "rb");
  gboolean good = file != NULL && fseek (file, offset, SEEK_SET) == 0
                  && fread (bytes, 1, length, file) == length;
  if (file != NULL)
    fclose (file);
  return good;
}

static gboolean
write_at (const char *path, long offset, const guint8 *bytes, gsize length, GError **error)
{
  FILE *file = g_fopen (path, "r+b");
  gboolean good = file != NULL && fseek (file, offset, SEEK_SET) == 0
                  && fwrite (bytes, 1, length, file) == length;
  if (file != NULL)
    good = fclose (file) == 0 && good;
  if (!good)
    g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_FAILED, "%s: %s", path,
                 g_strerror (errno));
  return good;
}

/* Whether a file that SQLite takes for none of its own is a project whose beginning is damaged: its
 * second page is that of a small table, as in every project. */
gboolean
plateau_store_is_headless (const char *path)
{
  guint8 kind;
  return read_at (path, PAGE, &kind, 1) && (kind == 0x0A || kind == 0x02);
}

/* How many rows the list of tables leads to; 0 when it cannot be read. */
static gint64
count_rows (const char *path)
{
  static const char *const tables[] = { "project", "settings",    "figure",  "sample",
                                        "cell",    "measurement", "spectrum", "column_data" };
  sqlite3 *db = NULL;
  gint64 n = 0;
  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
      {
        g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[i]);
        sqlite3_stmt *select = NULL;
        if (sqlite3_prepare_v2 (db, sql, -1, &select, NULL) == SQLITE_OK)
          while (sqlite3_step (select) == SQLITE_ROW)
            n++;
        sqlite3_finalize (select);
      }
  sqlite3_close_v2 (db);
  return n;
}

/* The first page of an empty project. */
static gboolean
make_head (const char *path, gboolean vacuumed, guint8 *head, GError **error)
{
  sqlite3 *db = NULL;
  gboolean good = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL)
                          == SQLITE_OK
                      ? plateau_store_migrate (db, path, TRUE, error)
                            && (!vacuumed || plateau_store_exec (db, path, "VACUUM", error))
                      : plateau_store_fail (db, path, error);
  sqlite3_close_v2 (db);
  good = good && read_at (path, 0, head, PAGE);
  g_unlink (path);
  return good;
}

/* As long as the two numbers differ, SQLite goes by the length of the file. */
static void
forget_length (guint8 *head)
{
  memset (head + N_PAGES, 0, 4);
  memset (head + FREE_LIST, 0, 8);
  memset (head + CHANGES, 0, 4);
  memset (head + VALID_FOR, 0xFF, 4);
}

/* Where a table begins beyond the end of the file SQLite reads no table at all; empty pages it only
 * refuses one by one. */
static gboolean
pad (const char *path, gint64 length, GError **error)
{
  gint64 pages = MAX ((length + PAGE - 1) / PAGE, LEAST_PAGES);
  if (truncate (path, pages * PAGE) == 0)
    return TRUE;
  g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_FAILED, "%s: %s", path,
               g_strerror (errno));
  return FALSE;
}

/* Makes the copy of a damaged project readable from its beginning, if it is not. */
gboolean
plateau_store_mend_head (const char *path, GError **error)
{
  guint8 own[PAGE], heads[2][PAGE];
  g_autofree char *scratch = g_strconcat (path, "-head", NULL);
  GStatBuf file;
  if (g_stat (path, &file) != 0 || file.st_size < PAGE || !read_at (path, 0, own, PAGE))
    {
      g_set_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED,
                   _ ("What is left of the file is too short to hold anything."));
      return FALSE;
    }
  if (!pad (path, file.st_size, error))
    return FALSE;
  gint64 best = 0;
  if (memcmp (own, MAGIC, sizeof MAGIC) == 0)
    {
      forget_length (own);
      if (!write_at (path, 0, own, PAGE, error))
        return FALSE;
      best = count_rows (path);
    }
  int chosen = -1;
  for (int i = 0; best == 0 && i < 2; i++)
    {
      if (!make_head (scratch, i == 1, heads[i], error))
        return FALSE;
      forget_length (heads[i]);
    }
  gint64 rows[2] = { 0, 0 };
  for (int i = 0; best == 0 && i < 2; i++)
    {
      if (!write_at (path, 0, heads[i], PAGE, error))
        return FALSE;
      rows[i] = count_rows (path);
      chosen = chosen < 0 || rows[i] > rows[chosen] ? i : chosen;
    }
  return chosen < 0 || write_at (path, 0, heads[chosen], PAGE, error);
}
