/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-result-table-private.h"

#include "analysis/plateau-definition.h"
#include "base/plateau-number.h"
#include "plateau-gradual-model.h"
#include "plateau-manner.h"
#include "plateau-tooltip.h"

#include <math.h>

#define BUSY_DELAY 300 /* ms */
#define ROWS_AT_FIRST 6
#define ROWS_AT_ONCE 5

G_DEFINE_FINAL_TYPE (PlateauTableRow, plateau_table_row, G_TYPE_OBJECT)

static void
plateau_table_row_finalize (GObject *object)
{
  plateau_table_unref (PLATEAU_TABLE_ROW (object)->table);
  G_OBJECT_CLASS (plateau_table_row_parent_class)->finalize (object);
}

static void
plateau_table_row_class_init (PlateauTableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_table_row_finalize;
}

static void
plateau_table_row_init (PlateauTableRow *row)
{
}

enum
{
  ROW_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauResultTable, plateau_result_table, GTK_TYPE_WIDGET)

void
plateau_result_table_set_optional (PlateauResultTable *self, const char *const *keys)
{
  g_strfreev (self->optional);
  self->optional = g_strdupv ((char **) keys);
  _plateau_result_table_queue_fit (self);
}

static void
plateau_result_table_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  gtk_widget_measure (PLATEAU_RESULT_TABLE (widget)->scrolled, orientation, for_size, minimum,
                      natural, minimum_baseline, natural_baseline);
}

static void
plateau_result_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlateauResultTable *self = PLATEAU_RESULT_TABLE (widget);
  gtk_widget_size_allocate (self->scrolled, &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (width != self->width)
    _plateau_result_table_queue_fit (self); /* not within an allocation */
  self->width = width;
}

/* Rows */

static guint
count_rows (PlateauResultTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->rows));
}

static void
append_rows (PlateauResultTable *self)
{
  guint first = count_rows (self);
  guint n = self->table != NULL ? plateau_table_get_n_rows (self->table) : 0;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < n; i++)
    {
      PlateauTableRow *row = g_object_new (PLATEAU_TYPE_TABLE_ROW, NULL);
      row->table = plateau_table_ref (self->table);
      row->row = i;
      g_ptr_array_add (rows, row);
    }
  g_list_store_splice (self->rows, first, 0, rows->pdata, rows->len);
}

/* The rows that are there take the numbers of the new table; their widgets stay. */
static void
refresh_rows (PlateauResultTable *self)
{
  guint n = MIN (count_rows (self), plateau_table_get_n_rows (self->table));
  gboolean other_rows = FALSE;
  if (n < count_rows (self))
    g_list_store_splice (self->rows, n, count_rows (self) - n, NULL, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlateauTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
      other_rows |= plateau_table_get_row_tag (row->table, i)
                    != plateau_table_get_row_tag (self->table, i);
      plateau_table_unref (row->table);
      row->table = plateau_table_ref (self->table);
    }
  if (other_rows)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  _plateau_result_table_show_cells (self);
  gtk_sorter_changed (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)),
                      GTK_SORTER_CHANGE_DIFFERENT);
}

static gboolean
show_busy (gpointer user_data)
{
  PlateauResultTable *self = user_data;
  self->busy_source = 0;
  gtk_widget_add_css_class (GTK_WIDGET (self), "out-of-date");
  return G_SOURCE_REMOVE;
}

/* Another table is being made: the numbers that are there become pale after a while. */
void
plateau_result_table_set_busy (PlateauResultTable *self)
{
  g_return_if_fail (PLATEAU_IS_RESULT_TABLE (self));
  if (self->busy_source == 0)
    self->busy_source = g_timeout_add (BUSY_DELAY, show_busy, self);
}

/* The view */

static void
selection_changed (PlateauResultTable *self)
{
  g_autoptr (GtkBitset)
      chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  if (self->setting || gtk_bitset_get_size (chosen) != 1)
    return;
  g_autoptr (PlateauTableRow)
      row = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (chosen, 0));
  g_signal_emit (self, signals[ROW_ACTIVATED], 0, plateau_table_get_row_tag (row->table, row->row));
}

static void
build_view (PlateauResultTable *self)
{
  self->rows = g_list_store_new (PLATEAU_TYPE_TABLE_ROW);
  self->view = gtk_column_view_new (NULL);
  self->sorted = gtk_sort_list_model_new (
      G_LIST_MODEL (g_object_ref (self->rows)),
      g_object_ref (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view))));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->sorted)));
  g_autoptr (GtkSelectionModel)
      gradual = plateau_gradual_model_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                           ROWS_AT_FIRST, ROWS_AT_ONCE, PLATEAU_ROWS_WITH_WIDGETS);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), gradual);
  gtk_column_view_set_show_column_separators (GTK_COLUMN_VIEW (self->view), FALSE);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->label, -1);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed),
                            self);
  g_signal_connect_swapped (self->view, "realize", G_CALLBACK (_plateau_result_table_align_heads),
                            self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->view);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

/* Hundreds of cells take long to go: they do so a few at a time, out of sight. */
static void
retire_view (PlateauResultTable *self)
{
  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  plateau_gradual_retire (self->scrolled, (PlateauLaterFunc) gtk_widget_unparent);
  g_hash_table_remove_all (self->bound);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->rows);
}

/* @table: (nullable); shown in the units that are preferred. The order chosen by a person stays
 * when the columns are the same. */
void
plateau_result_table_set_table (PlateauResultTable *self, PlateauTable *table)
{
  g_return_if_fail (PLATEAU_IS_RESULT_TABLE (self));
  if (table != NULL)
    table = plateau_notation_convert_table (
        plateau_manner_get_notation (plateau_manner_get_default ()), table);
  /* many rows fewer go with their view */
  gboolean same = _plateau_result_table_can_retitle (self->table, table)
                  && plateau_table_get_n_rows (table) + 4 * ROWS_AT_ONCE > count_rows (self);
  g_clear_handle_id (&self->busy_source, g_source_remove);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "out-of-date");
  g_clear_pointer (&self->table, plateau_table_unref);
  self->table = table;
  gtk_widget_set_visible (GTK_WIDGET (self),
                          table != NULL); /* a plot above says why there is none */
  self->setting = TRUE;
  if (same)
    {
      _plateau_result_table_retitle_columns (self);
      refresh_rows (self);
    }
  else
    {
      retire_view (self); /* its rows lack the new columns */
      build_view (self);
      _plateau_result_table_add_columns (self);
    }
  append_rows (self);
  self->setting = FALSE;
  _plateau_result_table_queue_fit (self);
}

PlateauTable *
plateau_result_table_get_table (PlateauResultTable *self)
{
  return self->table;
}

void
plateau_result_table_set_slot_func (PlateauResultTable *self, PlateauRowSlotFunc func,
                                    gpointer user_data)
{
  self->slot_func = func;
  self->slot_data = user_data;
}

void
plateau_result_table_set_tip_func (PlateauResultTable *self, PlateauRowTipFunc func,
                                   gpointer user_data)
{
  g_return_if_fail (PLATEAU_IS_RESULT_TABLE (self));
  self->tip_func = func;
  self->tip_data = user_data;
}

void
plateau_result_table_set_class_func (PlateauResultTable *self, PlateauCellClassFunc func,
                                     gpointer user_data)
{
  self->class_func = func;
  self->class_data = user_data;
}

void
plateau_result_table_select (PlateauResultTable *self, gint64 tag)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  self->setting = TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlateauTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      if (plateau_table_get_row_tag (row->table, row->row) != tag)
        continue;
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
      break;
    }
  self->setting = FALSE;
}

void
plateau_result_table_hide_columns (PlateauResultTable *self, const char *const *keys)
{
  g_strfreev (self->hidden);
  self->hidden = g_strdupv ((char **) keys);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  for (guint i = 0; self->table != NULL && i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      gtk_column_view_column_set_visible (
          column, keys == NULL || !g_strv_contains (keys, plateau_table_get_key (self->table, i)));
    }
}

GArray *
plateau_result_table_list_selected (PlateauResultTable *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GtkBitset)
      chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; i < gtk_bitset_get_size (chosen); i++)
    {
      g_autoptr (PlateauTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                               gtk_bitset_get_nth (chosen, i));
      g_array_append_val (rows, row->row);
    }
  return rows;
}

/* Copying */

static void
append_cell (GString *text, PlateauTable *table, guint row, guint column)
{
  if (_plateau_table_is_number (table, column))
    {
      double value = plateau_table_get_number (table, row, column);
      if (!isnan (value))
        {
          g_autofree char *number = plateau_format_double (value);
          g_string_append (text, number);
        }
      return;
    }
  g_autofree char *cell = plateau_table_format_cell (table, row, column);
  g_strdelimit (cell, "\t\n", ' ');
  g_string_append (text, cell);
}

/* The selected rows, or all when at most one is selected, in the order shown, for a spreadsheet. */
char *
plateau_result_table_dup_text (PlateauResultTable *self)
{
  GString *text = g_string_new (NULL);
  if (self->table == NULL)
    return g_string_free (text, FALSE);
  guint n_columns = plateau_table_get_n_columns (self->table);
  for (guint i = 0; i < n_columns; i++)
    {
      const char *unit = plateau_table_get_unit_label (self->table, i);
      g_string_append_printf (text, unit != NULL && *unit != '\0' ? "%s%s (%s)" : "%s%s",
                              i > 0 ? "\t" : "", plateau_table_get_label (self->table, i), unit);
    }
  g_string_append_c (text, '\n');
  g_autoptr (GtkBitset)
      chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean all = gtk_bitset_get_size (chosen) < 2;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      if (!all && !gtk_bitset_contains (chosen, i))
        continue;
      g_autoptr (PlateauTableRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      for (guint j = 0; j < n_columns; j++)
        {
          if (j > 0)
            g_string_append_c (text, '\t');
          append_cell (text, row->table, row->row, j);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

void
plateau_result_table_copy (PlateauResultTable *self)
{
  g_autofree char *text = plateau_result_table_dup_text (self);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_result_table_copy (PLATEAU_RESULT_TABLE (widget));
}

static void
plateau_result_table_dispose (GObject *object)
{
  PlateauResultTable *self = PLATEAU_RESULT_TABLE (object);
  g_clear_handle_id (&self->busy_source, g_source_remove);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->table, plateau_table_unref);
  g_clear_pointer (&self->hidden, g_strfreev);
  g_clear_pointer (&self->optional, g_strfreev);
  g_clear_handle_id (&self->fit_source, g_source_remove);
  G_OBJECT_CLASS (plateau_result_table_parent_class)->dispose (object);
}

static void
plateau_result_table_finalize (GObject *object)
{
  g_hash_table_unref (PLATEAU_RESULT_TABLE (object)->bound);
  g_free (PLATEAU_RESULT_TABLE (object)->label);
  G_OBJECT_CLASS (plateau_result_table_parent_class)->finalize (object);
}

static void
plateau_result_table_class_init (PlateauResultTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = plateau_result_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_result_table_finalize;
  widget_class->measure = plateau_result_table_measure;
  widget_class->size_allocate = plateau_result_table_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "resulttable");
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "table.copy",
                                       NULL);
  signals[ROW_ACTIVATED] = g_signal_new ("row-activated", PLATEAU_TYPE_RESULT_TABLE,
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_INT64);
}

static void
plateau_result_table_init (PlateauResultTable *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (_plateau_result_table_texts_resized), self,
                           G_CONNECT_SWAPPED);
}

/* @label: what the table shows, for a screen reader. */
GtkWidget *
plateau_result_table_new (const char *label)
{
  PlateauResultTable *self = g_object_new (PLATEAU_TYPE_RESULT_TABLE, NULL);
  self->label = g_strdup (label);
  build_view (self);
  return GTK_WIDGET (self);
}
