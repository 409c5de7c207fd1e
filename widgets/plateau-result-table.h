/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-table.h"
#include "figure/plateau-style.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows a PlateauTable: sorts by any head, units on a second line, numbers right aligned, Ctrl+C
 * copies the selected rows (or all) with heads and units for a spreadsheet.
 * Signal row-activated (gint64 tag): a row was selected by a person. */
#define PLATEAU_TYPE_RESULT_TABLE (plateau_result_table_get_type ())
G_DECLARE_FINAL_TYPE (PlateauResultTable, plateau_result_table, PLATEAU, RESULT_TABLE, GtkWidget)

/* The look of a row's sample, drawn before its first column; PLATEAU_N_SLOTS: none. */
typedef PlateauSlot (*PlateauRowSlotFunc) (gint64 tag, gpointer user_data);

/* CSS class of a cell by its row's tag and its column's key, or NULL. */
typedef const char *(*PlateauCellClassFunc) (gint64 tag, const char *column, gpointer user_data);

/* What a row is about, for the tooltip of its first cell; (transfer none), or NULL. */
typedef const char *(*PlateauRowTipFunc) (gint64 tag, gpointer user_data);

GtkWidget *plateau_result_table_new (const char *label);
void plateau_result_table_set_table (PlateauResultTable *self, PlateauTable *table);
void plateau_result_table_set_busy (PlateauResultTable *self);
PlateauTable *plateau_result_table_get_table (PlateauResultTable *self);
void plateau_result_table_set_slot_func (PlateauResultTable *self, PlateauRowSlotFunc func,
                                         gpointer user_data);
void plateau_result_table_set_tip_func (PlateauResultTable *self, PlateauRowTipFunc func,
                                        gpointer user_data);
void plateau_result_table_set_class_func (PlateauResultTable *self, PlateauCellClassFunc func,
                                          gpointer user_data);
/* Marks the first row of that tag, without a signal. */
void plateau_result_table_select (PlateauResultTable *self, gint64 tag);
/* Columns that a narrow window leaves out; NULL terminated keys. */
void plateau_result_table_hide_columns (PlateauResultTable *self, const char *const *keys);
/* Columns that are left out, the first one first, while there is no room for all; NULL terminated
 * keys. */
void plateau_result_table_set_optional (PlateauResultTable *self, const char *const *keys);
/* Rows of the table that are selected, in the order shown; (transfer full) (element-type guint). */
GArray *plateau_result_table_list_selected (PlateauResultTable *self);
char *plateau_result_table_dup_text (PlateauResultTable *self);
void plateau_result_table_copy (PlateauResultTable *self);

G_END_DECLS
