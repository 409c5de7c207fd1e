/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-file.h"

#include "base/plateau-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
sync_to_disk (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0 || fsync (fd) != 0)
    {
      int code = errno;
      if (fd >= 0)
        close (fd);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("%s cannot be written: %s"),
                   path, g_strerror (code));
      return FALSE;
    }
  close (fd);
  return TRUE;
}

/**
 * plateau_file_write_beside:
 * @path: the file to make or to replace
 * @write: makes the file under the temporary name that it is given, which does not exist yet
 * @user_data: for @write
 *
 * Writes beside the target and renames over it once everything is on the disk; whatever goes
 * wrong, the old file stays as it was and nothing half written is left. The name keeps the
 * target's suffix, since some libraries look at it. Permissions of an old file are kept.
 *
 * Returns: FALSE with @error set when @write fails or the folder cannot be written
 */
gboolean
plateau_file_write_beside (const char *path, PlateauWriteFunc write, gpointer user_data,
                           GError **error)
{
  g_return_val_if_fail (path != NULL && write != NULL, FALSE);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".plateau-%08x-%s", g_random_int (), base);
  g_autofree char *temporary = g_build_filename (folder, hidden, NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("%s cannot be written: the folder %s does not exist"), base, folder);
      return FALSE;
    }
  GStatBuf old;
  gboolean had_old = g_stat (path, &old) == 0;
  if (!write (temporary, user_data, error) || !sync_to_disk (temporary, error))
    {
      g_unlink (temporary);
      return FALSE;
    }
  if (had_old && g_chmod (temporary, old.st_mode & 07777) != 0)
    g_debug ("permissions of %s not kept: %s", path, g_strerror (errno));
  if (g_rename (temporary, path) != 0)
    {
      int code = errno;
      g_unlink (temporary);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("%s cannot be replaced: %s"),
                   path, g_strerror (code));
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const char *contents;
  gsize length;
} Contents;

static gboolean
write_contents (const char *temporary, gpointer user_data, GError **error)
{
  Contents *contents = user_data;
  int fd = g_open (temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  gsize done = 0;
  gboolean good = fd >= 0;
  while (good && done < contents->length)
    {
      gssize n = write (fd, contents->contents + done, contents->length - done);
      if (n < 0 && errno == EINTR)
        continue;
      good = n >= 0;
      done += good ? (gsize) n : 0;
    }
  int code = errno;
  if (fd >= 0 && close (fd) != 0 && good)
    {
      code = errno;
      good = FALSE;
    }
  if (!good)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _ ("%s cannot be written: %s"),
                 temporary, g_strerror (code));
  return good;
}

/**
 * plateau_file_set_contents:
 * @path: the file to make or to replace
 * @contents: its bytes
 * @length: how many, or -1 when @contents ends with NUL
 *
 * plateau_file_write_beside() for bytes in memory.
 *
 * Returns: FALSE with @error set when it cannot be written; the old file then stays
 */
gboolean
plateau_file_set_contents (const char *path, const char *contents, gssize length, GError **error)
{
  Contents job = { contents, length < 0 ? strlen (contents) : (gsize) length };
  return plateau_file_write_beside (path, write_contents, &job, error);
}
