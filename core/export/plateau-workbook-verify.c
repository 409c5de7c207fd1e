/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <string.h>
#include <zip.h>

/* libxlsxwriter collects each sheet in a temporary file and does not look whether it could be
 * written: a full disk would give a workbook that is well packed and ends in the middle. Every
 * part must end with the end of the element that it begins with. */

#define HEAD 512
#define TAIL 128
#define CHUNK 262144

typedef struct
{
  char head[HEAD + 1], tail[TAIL + 1];
  gsize n_head, n_tail;
  guint64 size;
} Ends;

static void
keep_tail (Ends *ends, const char *chunk, gsize n)
{
  gsize keep = MIN (ends->n_tail, n >= TAIL ? 0 : TAIL - n);
  gsize add = MIN (n, TAIL);
  memmove (ends->tail, ends->tail + ends->n_tail - keep, keep);
  memcpy (ends->tail + keep, chunk + n - add, add);
  ends->n_tail = keep + add;
}

/* Reads the whole entry: its check sum is compared on the way. */
static gboolean
read_ends (zip_t *archive, zip_uint64_t index, char *buffer, Ends *ends)
{
  zip_file_t *file = zip_fopen_index (archive, index, 0);
  zip_int64_t n = -1;
  if (file == NULL)
    return FALSE;
  while ((n = zip_fread (file, buffer, CHUNK)) > 0)
    {
      gsize add = MIN (HEAD - ends->n_head, (gsize) n);
      memcpy (ends->head + ends->n_head, buffer, add);
      ends->n_head += add;
      ends->size += (guint64) n;
      keep_tail (ends, buffer, (gsize) n);
    }
  return zip_fclose (file) == 0 && n == 0;
}

static gboolean
ends_as_it_begins (const Ends *ends)
{
  const char *root = ends->head;
  if (g_str_has_prefix (root, "<?xml"))
    {
      root = strstr (root, "?>");
      root = root != NULL ? root + 2 : NULL;
    }
  while (root != NULL && g_ascii_isspace (*root))
    root++;
  if (root == NULL || *root != '<')
    return FALSE;
  gsize length = strcspn (root + 1, " \t\r\n/>");
  g_autofree char *name = g_strndup (root + 1, length);
  g_autofree char *closing = g_strdup_printf ("</%s>", name);
  g_autofree char *tail = g_strchomp (g_strdup (ends->tail));
  /* An element without contents is whole in the head. */
  gboolean empty = ends->size <= HEAD && strchr (root + 1, '<') == NULL
                   && g_str_has_suffix (tail, "/>");
  return empty || g_str_has_suffix (tail, closing);
}

/* Every second part, from @first on. */
typedef struct
{
  const char *path;
  guint first;
} Half;

static gpointer
verify_half (gpointer user_data)
{
  const Half *half = user_data;
  int code = 0;
  zip_t *archive = zip_open (half->path, ZIP_RDONLY, &code);
  gboolean good = archive != NULL;
  g_autofree char *buffer = g_malloc (CHUNK);
  for (zip_int64_t i = half->first; good && i < zip_get_num_entries (archive, 0); i += 2)
    {
      const char *name = zip_get_name (archive, (zip_uint64_t) i, 0);
      g_autofree Ends *ends = g_new0 (Ends, 1);
      if (name == NULL || !(g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".rels")))
        continue;
      good = read_ends (archive, (zip_uint64_t) i, buffer, ends) && ends_as_it_begins (ends);
    }
  if (archive != NULL)
    zip_discard (archive);
  return GINT_TO_POINTER (good);
}

gboolean
plateau_book_verify (const char *path, GError **error)
{
  Half even = { path, 0 }, odd = { path, 1 };
  GThread *other = g_thread_new ("verify-workbook", verify_half, &odd);
  gboolean good = GPOINTER_TO_INT (verify_half (&even));
  good = GPOINTER_TO_INT (g_thread_join (other)) && good;
  if (!good)
    g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
                 _ ("%s cannot be written: its disk, or that of the temporary files (%s), is full"),
                 path, g_get_tmp_dir ());
  return good;
}
