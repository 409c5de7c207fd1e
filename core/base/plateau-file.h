/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files are written beside the target and renamed over it, so that a full disk or a kill leaves
 * the old file whole. */

typedef gboolean (*PlateauWriteFunc) (const char *temporary_path, gpointer user_data,
                                      GError **error);

gboolean plateau_file_write_beside (const char *path, PlateauWriteFunc write, gpointer user_data,
                                    GError **error);
gboolean plateau_file_set_contents (const char *path, const char *contents, gssize length,
                                    GError **error);

G_END_DECLS
