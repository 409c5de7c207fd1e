/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-unit.h"

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A table of results: what the window's tables, the workbook's sheets, CSV and the clipboard all
 * show. Built once, then read. Values are in the unit of the column's head (not SI), so that
 * every front end prints the same number. */

typedef enum
{
  PLATEAU_COLUMN_NUMBER,
  PLATEAU_COLUMN_INTEGER,
  PLATEAU_COLUMN_TEXT,
  PLATEAU_COLUMN_BOOLEAN,
} PlateauColumnType;

typedef struct _PlateauTable PlateauTable;

PlateauTable *plateau_table_new (const char *title);
PlateauTable *plateau_table_ref (PlateauTable *table);
void plateau_table_unref (PlateauTable *table);

guint plateau_table_add_column (PlateauTable *table, const char *key, const char *label,
                                const char *unit_id, PlateauColumnType type, int digits);
guint plateau_table_add_column_like (PlateauTable *table, PlateauTable *other, guint column);
guint plateau_table_add_row (PlateauTable *table);
void plateau_table_set_number (PlateauTable *table, guint row, guint column, double value);
void plateau_table_set_text (PlateauTable *table, guint row, guint column, const char *text);
void plateau_table_set_word (PlateauTable *table, guint row, guint column, const char *name,
                             const char *text);
void plateau_table_copy_cell (PlateauTable *table, guint row, guint column, PlateauTable *from,
                              guint from_row, guint from_column);
void plateau_table_set_row_tag (PlateauTable *table, guint row, gint64 tag);

const char *plateau_table_get_title (PlateauTable *table);
guint plateau_table_get_n_columns (PlateauTable *table);
guint plateau_table_get_n_rows (PlateauTable *table);
const char *plateau_table_get_key (PlateauTable *table, guint column);
const char *plateau_table_get_label (PlateauTable *table, guint column);
const PlateauUnit *plateau_table_get_unit (PlateauTable *table, guint column);
const char *plateau_table_get_unit_label (PlateauTable *table, guint column);
PlateauColumnType plateau_table_get_column_type (PlateauTable *table, guint column);
int plateau_table_get_digits (PlateauTable *table, guint column);
int plateau_table_find_column (PlateauTable *table, const char *key);
double plateau_table_get_number (PlateauTable *table, guint row, guint column);
const char *plateau_table_get_text (PlateauTable *table, guint row, guint column);
gint64 plateau_table_get_row_tag (PlateauTable *table, guint row);
char *plateau_table_format_cell (PlateauTable *table, guint row, guint column);
char *plateau_table_to_separated (PlateauTable *table, char separator, gboolean full_precision);
JsonArray *plateau_table_to_json (PlateauTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauTable, plateau_table_unref)

G_END_DECLS
