/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What has become of a file since it was read. */
typedef enum
{
  PLATEAU_SOURCE_SAME,
  PLATEAU_SOURCE_CHANGED,
  PLATEAU_SOURCE_MISSING,
  PLATEAU_SOURCE_UNKNOWN, /* no place was noted, or it cannot be reached now */
} PlateauSourceState;

PlateauSourceState plateau_source_check (const PlateauSource *source, GFile *file,
                                         GCancellable *cancellable, char **sha256);
char *plateau_file_sha256 (GFile *file, GCancellable *cancellable, GError **error);
gint64 plateau_file_info_get_modified (GFileInfo *info);

G_END_DECLS
