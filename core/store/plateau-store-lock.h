/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the store. Two windows must not write one project. The lock is a hidden file of its own,
 * since closing any descriptor of the project itself would drop SQLite's own locks; what a program
 * that was killed leaves of it holds nobody up. */
typedef struct
{
  int descriptor; /* -1: none */
  char *path;
} PlateauStoreLock;

gboolean plateau_store_lock_take (PlateauStoreLock *lock, const char *path, GError **error);
void plateau_store_lock_drop (PlateauStoreLock *lock);
char *plateau_store_canonical_path (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauStoreLock, plateau_store_lock_drop)

G_END_DECLS
