/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/plateau-store-lock.h"

#include "base/plateau-error.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* One project has one name, whatever links lead to it. (transfer full) */
char *
plateau_store_canonical_path (const char *path)
{
  char *canonical = realpath (path, NULL);
  return canonical != NULL ? canonical : g_canonicalize_filename (path, NULL);
}

gboolean
plateau_store_lock_take (PlateauStoreLock *lock, const char *path, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "plateau", NULL);
  g_autofree char *canonical = plateau_store_canonical_path (path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.lock", digest);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return TRUE; /* no place for locks: better to open than to refuse */
  lock->path = g_build_filename (folder, name, NULL);
  lock->descriptor = g_open (lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock->descriptor < 0 || flock (lock->descriptor, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  close (lock->descriptor);
  lock->descriptor = -1;
  g_set_error (
      error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_BUSY,
      _ ("%s is open in another window. Close it there, or open it here for reading only."), path);
  return FALSE;
}

void
plateau_store_lock_drop (PlateauStoreLock *lock)
{
  if (lock->descriptor >= 0)
    {
      g_unlink (lock->path);
      close (lock->descriptor);
    }
  lock->descriptor = -1;
  g_clear_pointer (&lock->path, g_free);
}
