/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/plateau-store-lock.h"

#include "base/plateau-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* One project has one name, whatever links lead to it. (transfer full) */
char *
plateau_store_canonical_path (const char *path)
{
  char *canonical = realpath (path, NULL);
  return canonical != NULL ? canonical : g_canonicalize_filename (path, NULL);
}

/* Beside the project, so that other users, sandboxes and machines see it. (transfer full) */
static char *
name_beside (const char *canonical)
{
  g_autofree char *folder = g_path_get_dirname (canonical);
  g_autofree char *base = g_path_get_basename (canonical);
  g_autofree char *name = g_strdup_printf (".%s.lock", base);
  return g_build_filename (folder, name, NULL);
}

/* Where nothing can be made beside it. (transfer full) (nullable) */
static char *
name_at_home (const char *canonical)
{
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), "plateau", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.lock", digest);
  return g_mkdir_with_parents (folder, 0700) == 0 ? g_build_filename (folder, name, NULL) : NULL;
}

/* Whether the file is still the one of that name: who held it before takes it away at the end. */
static gboolean
is_in_place (int descriptor, const char *path)
{
  GStatBuf held, named;
  return fstat (descriptor, &held) == 0 && g_stat (path, &named) == 0
         && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

typedef enum
{
  HELD,
  TAKEN,  /* by another */
  NOWHERE /* no file can be made there */
} Outcome;

static Outcome
try_lock (PlateauStoreLock *lock, const char *path)
{
  for (;;)
    {
      /* For reading: another user may hold it, whose file it is. */
      int descriptor = g_open (path, O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
      if (descriptor < 0)
        return NOWHERE;
      if (flock (descriptor, LOCK_EX | LOCK_NB) != 0)
        {
          gboolean taken = errno == EWOULDBLOCK;
          close (descriptor);
          return taken ? TAKEN : NOWHERE;
        }
      if (is_in_place (descriptor, path))
        {
          lock->descriptor = descriptor;
          lock->path = g_strdup (path);
          return HELD;
        }
      close (descriptor);
    }
}

gboolean
plateau_store_lock_take (PlateauStoreLock *lock, const char *path, GError **error)
{
  g_autofree char *canonical = plateau_store_canonical_path (path);
  g_autofree char *beside = name_beside (canonical);
  Outcome outcome = try_lock (lock, beside);
  if (outcome == NOWHERE)
    {
      g_autofree char *home = name_at_home (canonical);
      outcome = home != NULL ? try_lock (lock, home) : NOWHERE;
    }
  /* Without a place for locks it is better to open than to refuse. */
  if (outcome != TAKEN)
    return TRUE;
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
