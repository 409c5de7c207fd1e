/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Styles of one's own: a JSON file each in a folder, {"plateau-style": 1, "name": "Our group",
 * "style": "acs", "style_overrides": {...}}. A figure that takes one keeps a copy of what it says,
 * so that it looks the same where the style is not known. */

#define PLATEAU_STYLE_VERSION 1

char *plateau_own_style_dup_folder (void);
char **plateau_own_style_list (const char *folder);
JsonObject *plateau_own_style_load (const char *folder, const char *name, GError **error);
gboolean plateau_own_style_save (const char *folder, const char *name, JsonNode *document,
                                 GError **error);
gboolean plateau_own_style_remove (const char *folder, const char *name, GError **error);
gboolean plateau_own_style_rename (const char *folder, const char *name, const char *to,
                                   GError **error);
gboolean plateau_document_apply_style (JsonNode *document, const char *style, JsonObject *own,
                                       GError **error);

G_END_DECLS
