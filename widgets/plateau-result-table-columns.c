/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-result-table-private.h"

#include "analysis/plateau-definition.h"
#include "plateau-key.h"
#include "plateau-tooltip.h"

#include <math.h>
#include <string.h>

/* Cells */

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
  int most = _plateau_table_is_number (table, column) ? 0
                                                      : plateau_table_get_digits (table, column);
  glong widest = 0;
  int width = text_width (self->view, "0000");
  guint n = MIN (plateau_table_get_n_rows (table), 200), n_measured = 0;
  for (guint row = 0; row < n && n_measured < MEASURED_CELLS; row++)
    {
      g_autofree char *text = plateau_table_format_cell (table, row, column);
      glong length = g_utf8_strlen (text, -1);
      /* Only what may be wider than all before is measured; digits are all of one width. */
      if (_plateau_table_is_number (table, column) ? length <= widest : length + 2 < widest)
        continue;
      widest = MAX (widest, length);
      width = MAX (width, text_width (self->view, text));
      n_measured++;
    }
  if (_plateau_table_is_number (table, column) && self->class_func != NULL)
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

void
_plateau_result_table_show_cells (PlateauResultTable *self)
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
  gboolean number = _plateau_table_is_number (table, column);
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
void
_plateau_result_table_align_heads (PlateauResultTable *self)
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
      gboolean number = _plateau_table_is_number (self->table, i);
      plateau_tooltip_set (head,
                           plateau_definition_of_column (plateau_table_get_key (self->table, i)));
      gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
      gtk_label_set_justify (GTK_LABEL (label), number ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
      gtk_widget_set_hexpand (label, TRUE);
    }
}

gboolean
_plateau_result_table_can_retitle (PlateauTable *a, PlateauTable *b)
{
  if (a == NULL || b == NULL || plateau_table_get_n_columns (a) != plateau_table_get_n_columns (b))
    return FALSE;
  for (guint i = 0; i < plateau_table_get_n_columns (a); i++)
    if (_plateau_table_is_number (a, i) != _plateau_table_is_number (b, i)
        || g_strcmp0 (plateau_table_get_key (a, i), plateau_table_get_key (b, i)) != 0)
      return FALSE;
  return TRUE;
}

void
_plateau_result_table_retitle_columns (PlateauResultTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      title_column (self, i, column);
    }
}

void
_plateau_result_table_add_columns (PlateauResultTable *self)
{
  for (guint i = 0; self->table != NULL && i < plateau_table_get_n_columns (self->table); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = column_new (self, i);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
    }
  _plateau_result_table_align_heads (self);
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

void
_plateau_result_table_queue_fit (PlateauResultTable *self)
{
  if (self->optional != NULL && self->fit_source == 0)
    self->fit_source = g_idle_add (fit_columns, self);
}

/* Columns are as wide as their texts were. */
static gboolean
resize_in_idle (gpointer user_data)
{
  PlateauResultTable *self = user_data;
  _plateau_result_table_retitle_columns (self);
  _plateau_result_table_show_cells (self);
  _plateau_result_table_queue_fit (self);
  return G_SOURCE_REMOVE;
}

void
_plateau_result_table_texts_resized (PlateauResultTable *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, resize_in_idle, g_object_ref (self), g_object_unref);
}
