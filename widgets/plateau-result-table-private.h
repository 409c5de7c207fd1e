/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-result-table.h"

G_BEGIN_DECLS

/* The files of the result table share these. */

/* A row of the model: the table and a number. */
#define PLATEAU_TYPE_TABLE_ROW (plateau_table_row_get_type ())
G_DECLARE_FINAL_TYPE (PlateauTableRow, plateau_table_row, PLATEAU, TABLE_ROW, GObject)

struct _PlateauTableRow
{
  GObject parent_instance;

  PlateauTable *table;
  guint row;
};

struct _PlateauResultTable
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *view;
  GListStore *rows;
  GtkSortListModel *sorted;
  GtkMultiSelection *selection;
  char *label;
  PlateauTable *table;
  guint busy_source;
  PlateauRowSlotFunc slot_func;
  gpointer slot_data;
  PlateauCellClassFunc class_func;
  gpointer class_data;
  PlateauRowTipFunc tip_func;
  gpointer tip_data;
  char **hidden, **optional;
  int width;
  guint fit_source;
  GHashTable *bound; /* GtkListItem -> its factory: the cells that there are widgets for */
  gboolean setting;
};

static inline gboolean
_plateau_table_is_number (PlateauTable *table, guint column)
{
  PlateauColumnType type = plateau_table_get_column_type (table, column);
  return type == PLATEAU_COLUMN_NUMBER || type == PLATEAU_COLUMN_INTEGER;
}

/* plateau-result-table-columns.c */
void _plateau_result_table_show_cells (PlateauResultTable *self);
/* Whether what stands in the columns of @a can be replaced by that of @b. */
gboolean _plateau_result_table_can_retitle (PlateauTable *a, PlateauTable *b);
void _plateau_result_table_retitle_columns (PlateauResultTable *self);
void _plateau_result_table_add_columns (PlateauResultTable *self);
void _plateau_result_table_align_heads (PlateauResultTable *self);
/* Leaves out optional columns until the others have room. */
void _plateau_result_table_queue_fit (PlateauResultTable *self);
void _plateau_result_table_texts_resized (PlateauResultTable *self);

G_END_DECLS
