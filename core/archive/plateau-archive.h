/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-cache.h"
#include "data/plateau-project.h"

G_BEGIN_DECLS

/* A figure for a paper's supplement: one zip file with the picture, what each panel shows, the
 * settings and the part of the project that makes it; opened again, it gives the same figure. */

#define PLATEAU_ARCHIVE_SUFFIX ".zip"

gboolean plateau_archive_write (const char *path, const char *project_path, const char *name,
                                JsonNode *document, JsonObject *manner, PlateauCache *cache,
                                GCancellable *cancellable, GError **error);
gboolean plateau_archive_is (const char *path);
gboolean plateau_archive_extract_project (const char *path, const char *project_path,
                                          GError **error);

G_END_DECLS
