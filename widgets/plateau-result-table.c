/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-result-table.h"

#include "analysis/plateau-definition.h"
#include "base/plateau-number.h"
#include "plateau-gradual-model.h"
#include "plateau-key.h"
#include "plateau-manner.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

/* A row of the model: the table and a number. */
#define PLATEAU_TYPE_TABLE_ROW (plateau_table_row_get_type ())
G_DECLARE_FINAL_TYPE (PlateauTableRow, plateau_table_row, PLATEAU, TABLE_ROW, GObject)

struct _PlateauTableRow
{
  GObject parent_instance;

  PlateauTable *table;
  guint row;
};

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

#define BUSY_DELAY 300 /* ms */

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

enum
{
  ROW_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauResultTable, plateau_result_table, GTK_TYPE_WIDGET)

static gboolean
is_number (PlateauTable *table, guint column)
{
  PlateauColumnType type = plateau_table_get_column_type (table, column);
  return type == PLATEAU_COLUMN_NUMBER || type == PLATEAU_COLUMN_INTEGER;
}

/* Cells */

#define ROWS_AT_FIRST 6
#define ROWS_AT_ONCE 5
#define MEASURED_CELLS 40

static int
text_width (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + 2; /* rounding must not cost a letter */
}

/* Columns are as wide as their longest cell of the first rows, texts within reason or what their
 * table says, so that they do not push others out of sight; the first one, which names the row, may
 * take more. In pixels. */
static int
column_width (PlateauResultTable *self, guint column)
{
  PlateauTable *table = self->table;
  int most = is_number (table, column) ? 0 : plateau_table_get_digits (table, column);
  glong widest = 0;
  int width = text_width (self->view, "0000");
  guint n = MIN (plateau_table_get_n_rows (table), 200), n_measured = 0;
  for (guint row = 0; row < n && n_measured < MEASURED_CELLS; row++)
    {
      g_autofree char *text = plateau_table_format_cell (table, row, column);
      glong length = g_utf8_strlen (text, -1);
      /* Only what may be wider than all before is measured; digits are all of one width. */
      if (is_number (table, column) ? length <= widest : length + 2 < widest)
        continue;
      widest = MAX (widest, length);
      width = MAX (width, text_width (self->view, text));
      n_measured++;
    }
  if (is_number (table, column) && self->class_func != NULL)
    width += width / 8; /* bold */
  g_autofree char *limit = g_strnfill ((gsize) (most > 0 ? most : column == 0 ? 24 : 16), 'm');
  return MIN (width, (int) (0.75 * text_width (self->view, limit)));
}

/* What does not fit is told when it is pointed at. */
static gboolean
query_tooltip (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (plateau_tooltip_get (label) != NULL
      || !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  gboolean number = g_object_get_data (G_OBJECT (factory), "number") != NULL;
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip), NULL);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  if (column > 0)
    {
      gtk_list_item_set_child (item, label);
      return;
    }
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (box), plateau_key_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

/* Labels are used again for other rows: the class of the last one goes. */
static void
set_class (PlateauResultTable *self, GtkWidget *label, PlateauTableRow *row, guint column)
{
  const char *before = g_object_get_data (G_OBJECT (label), "cell-class");
  const char *now = self->class_func != NULL
                        ? self->class_func (plateau_table_get_row_tag (row->table, row->row),
                                            plateau_table_get_key (row->table, column),
                                            self->class_data)
                        : NULL;
  if (before == now)
    return;
  if (before != NULL)
    gtk_widget_remove_css_class (label, before);
  if (now != NULL)
    gtk_widget_add_css_class (label, now);
  g_object_set_data (G_OBJECT (label), "cell-class", (gpointer) now);
}

static void
show_cell (GtkListItemFactory *factory, GtkListItem *item, PlateauResultTable *self)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  PlateauTableRow *row = gtk_list_item_get_item (item);
  GtkWidget *child = gtk_list_item_get_child (item);
  g_autofree char *text = plateau_table_format_cell (row->table, row->row, column);
  if (column == 0)
    {
      GtkWidget *key = gtk_widget_get_first_child (child);
      PlateauSlot slot = self->slot_func != NULL ? self->slot_func (
                             plateau_table_get_row_tag (row->table, row->row), self->slot_data)
                                                 : PLATEAU_N_SLOTS;
      gtk_widget_set_visible (key, slot < PLATEAU_N_SLOTS);
      if (slot < PLATEAU_N_SLOTS)
        plateau_key_set_slot (PLATEAU_KEY (key), slot);
      child = gtk_widget_get_next_sibling (key);
      if (self->tip_func != NULL)
        plateau_tooltip_set (
            child,
            self->tip_func (plateau_table_get_row_tag (row->table, row->row), self->tip_data));
    }
  gtk_label_set_text (GTK_LABEL (child), *text != '\0' ? text : "—");
  gtk_widget_set_size_request (
      child, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "width")), -1);
  set_class (self, child, row, column);
}

static void
show_cells (PlateauResultTable *self)
{
  GHashTableIter iter;
  gpointer item, factory;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, &factory))
    show_cell (factory, item, self);
}

static void
bind_cell (GtkListItemFactory *factory, GtkListItem *item, PlateauResultTable *self)
{
  g_hash_table_insert (self->bound, item, factory);
  show_cell (factory, item, self);
}

static void
unbind_cell (GtkListItemFactory *factory, GtkListItem *item, PlateauResultTable *self)
{
  g_hash_table_remove (self->bound, item);
}

/* Sorting: numbers by value, absent ones last */

typedef struct
{
  guint column;
  gboolean number;
} SortKey;

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SortKey *key = user_data;
  PlateauTableRow *x = (PlateauTableRow *) a, *y = (PlateauTableRow *) b;
  if (key->number)
    {
      double u = plateau_table_get_number (x->table, x->row, key->column);
      double v = plateau_table_get_number (y->table, y->row, key->column);
      if (isnan (u) || isnan (v))
        return isnan (u) - isnan (v);
      return (u > v) - (u < v);
    }
  const char *u = plateau_table_get_text (x->table, x->row, key->column);
  const char *v = plateau_table_get_text (y->table, y->row, key->column);
  return g_utf8_collate (u != NULL ? u : "", v != NULL ? v : "");
}

static void
title_column (PlateauResultTable *self, guint column, GtkColumnViewColumn *view_column)
{
  PlateauTable *table = self->table;
  const char *unit = plateau_table_get_unit_label (table, column);
  gboolean has_unit = unit != NULL && *unit != '\0';
  g_autofree char *title = g_strdup_printf ("%s%s%s", plateau_table_get_label (table, column),
                                            has_unit ? "\n" : "", has_unit ? unit : "");
  gtk_column_view_column_set_title (view_column, title);
  g_object_set_data (G_OBJECT (gtk_column_view_column_get_factory (view_column)), "width",
                     GINT_TO_POINTER (column_width (self, column)));
  const char *id = plateau_table_get_key (table, column);
  gtk_column_view_column_set_visible (
      view_column,
      self->hidden == NULL || !g_strv_contains ((const char *const *) self->hidden, id));
}

static GtkColumnViewColumn *
column_new (PlateauResultTable *self, guint column)
{
  PlateauTable *table = self->table;
  gboolean number = is_number (table, column);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (column));
  g_object_set_data (G_OBJECT (factory), "number", number ? factory : NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cell), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cell), self, 0);
  GtkColumnViewColumn *view_column = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  /* Texts whose table says how long they get need no more. */
  gtk_column_view_column_set_expand (
      view_column, column == 0 || number || plateau_table_get_digits (table, column) == 0);
  SortKey *key = g_new (SortKey, 1);
  *key = (SortKey){ column, number };
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, key, g_free));
  gtk_column_view_column_set_sorter (view_column, sorter);
  title_column (self, column, view_column);
  return view_column;
}

static GtkWidget *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *label = find_label (child);
      if (label != NULL)
        return label;
    }
  return NULL;
}

/* Heads have no factory in GTK 4.8: their labels are found and aligned like their columns. */
static void
align_heads (PlateauResultTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (self->view);
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  GtkWidget *head = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  for (guint i = 0; head != NULL && i < g_list_model_get_n_items (columns);
       i++, head = gtk_widget_get_next_sibling (head))
    {
      GtkWidget *label = find_label (head);
      if (label == NULL || self->table == NULL)
        continue;
      gboolean number = is_number (self->table, i);
      plateau_tooltip_set (head,
                           plateau_definition_of_column (plateau_table_get_key (self->table, i)));
      gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
      gtk_label_set_justify (GTK_LABEL (label), number ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
      gtk_widget_set_hexpand (label, TRUE);
    }
}

/* Whether what stands in the columns of @a can be replaced by that of @b. */
static gboolean
alike (PlateauTable *a, PlateauTable *b)
{
  if (a == NULL || b == NULL || plateau_table_get_n_columns (a) != plateau_table_get_n_columns (b))
    return FALSE;
  for (guint i = 0; i < plateau_table_get_n_columns (a); i++)
    if (is_number (a, i) != is_number (b, i)
        || g_strcmp0 (plateau_table_get_key (a, i), plateau_table_get_key (b, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
retitle_columns (PlateauResultTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      title_column (self, i, column);
    }
}

static void
add_columns (PlateauResultTable *self)
{
  for (guint i = 0; self->table != NULL && i < plateau_table_get_n_columns (self->table); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = column_new (self, i);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
    }
  align_heads (self);
}

/* Room: cells have 8 pixels on either side, a head that and the mark of its order. */

#define CELL_PADDING 17
#define HEAD_PADDING 18

static int
needed_width (PlateauResultTable *self, guint column)
{
  int cells = column_width (self, column) + CELL_PADDING;
  int head = text_width (self->view, plateau_table_get_label (self->table, column)) + HEAD_PADDING;
  return MAX (cells, head);
}

/* Leaves out optional columns until the others have room. */
static gboolean
fit_columns (gpointer user_data)
{
  PlateauResultTable *self = user_data;
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  guint n = g_list_model_get_n_items (columns);
  int needed = 0;
  self->fit_source = 0;
  if (self->table == NULL || self->optional == NULL || n == 0)
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < n; i++)
    needed += needed_width (self, i);
  for (guint k = 0; self->optional[k] != NULL; k++)
    {
      int i = plateau_table_find_column (self->table, self->optional[k]);
      if (i < 0)
        continue;
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, (guint) i);
      gboolean shown = needed <= self->width;
      gtk_column_view_column_set_visible (column, shown);
      needed -= shown ? 0 : needed_width (self, (guint) i);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_fit (PlateauResultTable *self)
{
  if (self->optional != NULL && self->fit_source == 0)
    self->fit_source = g_idle_add (fit_columns, self);
}

/* Columns are as wide as their texts were. */
static gboolean
resize_in_idle (gpointer user_data)
{
  PlateauResultTable *self = user_data;
  retitle_columns (self);
  show_cells (self);
  queue_fit (self);
  return G_SOURCE_REMOVE;
}

static void
texts_resized (PlateauResultTable *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, resize_in_idle, g_object_ref (self), g_object_unref);
}

void
plateau_result_table_set_optional (PlateauResultTable *self, const char *const *keys)
{
  g_strfreev (self->optional);
  self->optional = g_strdupv ((char **) keys);
  queue_fit (self);
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
    queue_fit (self); /* not within an allocation */
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
  show_cells (self);
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
  g_signal_connect_swapped (self->view, "realize", G_CALLBACK (align_heads), self);
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
  gboolean same = alike (self->table, table)
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
      retitle_columns (self);
      refresh_rows (self);
    }
  else
    {
      retire_view (self); /* its rows lack the new columns */
      build_view (self);
      add_columns (self);
    }
  append_rows (self);
  self->setting = FALSE;
  queue_fit (self);
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
  if (is_number (table, column))
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
                           G_CALLBACK (texts_resized), self, G_CONNECT_SWAPPED);
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
