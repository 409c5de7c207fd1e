/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/plateau-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define PLATEAU_STORE_APPLICATION_ID 0x504C5455 /* "PLTU" */

gboolean plateau_store_fail (sqlite3 *db, const char *path, GError **error);
gboolean plateau_store_exec (sqlite3 *db, const char *path, const char *sql, GError **error);
sqlite3_stmt *plateau_store_prepare (sqlite3 *db, const char *path, const char *sql,
                                     GError **error);

int plateau_store_schema_version (void);
gboolean plateau_store_migrate (sqlite3 *db, const char *path, gboolean create, GError **error);

gboolean plateau_store_copy_bytes (const char *from, const char *to, GError **error);
gboolean plateau_store_is_headless (const char *path);
gboolean plateau_store_mend_head (const char *path, GError **error);

GBytes *plateau_store_pack (const double *values, gsize n);
double *plateau_store_unpack (const void *data, gsize length, gsize n, GError **error);
JsonObject *plateau_store_object_to_json (GObject *object);
void plateau_store_object_from_json (GObject *object, JsonObject *json);
char *plateau_store_json_to_text (JsonNode *node);
JsonNode *plateau_store_json_from_text (const char *text);

gboolean plateau_store_write_measurement (sqlite3 *db, const char *path, gint64 *id, gint64 cell_id,
                                          guint position, PlateauMeasurement *measurement,
                                          GError **error);
PlateauProject *plateau_store_read_project (PlateauStore *store, sqlite3 *db, const char *path,
                                            GError **error);
gboolean plateau_store_read_columns (sqlite3 *db, const char *path, gint64 id,
                                     PlateauRecording **recording, GPtrArray **spectra,
                                     GError **error);
typedef sqlite3_stmt PlateauStatement;
void plateau_store_remember (PlateauStore *store, PlateauMeasurement *measurement, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauStatement, sqlite3_finalize)

G_END_DECLS
