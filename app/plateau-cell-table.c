/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-cell-table.h"

#include "base/plateau-file.h"
#include "base/plateau-separated.h"
#include "data/plateau-field.h"
#include "plateau-cell-sheet.h"
#include "plateau-undo-keys.h"
#include "plateau-field-row.h"
#include "plateau-file-dialog.h"
#include "plateau-gradual-model.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

/* A row has an entry for each field and takes long to make. */
#define ROWS_AT_FIRST 3
#define ROWS_AT_ONCE 2

#define PLATEAU_TYPE_CELL_TABLE (plateau_cell_table_get_type ())
G_DECLARE_FINAL_TYPE (PlateauCellTable, plateau_cell_table, PLATEAU, CELL_TABLE, GtkWindow)

struct _PlateauCellTable
{
  GtkWindow parent_instance;

  PlateauDocument *document;
  GtkWidget *search, *view, *report, *bulk_field, *bulk_value;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  GtkMultiSelection *selection;
  GPtrArray *shown; /* entries and labels in use */
  gboolean binding;
};

G_DEFINE_FINAL_TYPE (PlateauCellTable, plateau_cell_table, GTK_TYPE_WINDOW)

static void
show_report (PlateauCellTable *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->report), text);
}

/* Of a value the text is selected first, as everywhere; then, or when it is empty, all rows. */
static gboolean
select_all_pressed (PlateauCellTable *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->view))
    return GDK_EVENT_PROPAGATE;
  int from = 0, to = 0;
  int length = GTK_IS_TEXT (focus) ? gtk_text_get_text_length (GTK_TEXT (focus)) : 0;
  if (length > 0)
    gtk_editable_get_selection_bounds (GTK_EDITABLE (focus), &from, &to);
  if (to - from < length)
    return GDK_EVENT_PROPAGATE;
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
  return GDK_EVENT_STOP;
}

/* Cells of the table */

static void
show_value (GtkWidget *widget)
{
  const PlateauField *field = g_object_get_data (G_OBJECT (widget), "field");
  GtkListItem *item = g_object_get_data (G_OBJECT (widget), "item");
  PlateauCell *cell = item != NULL ? gtk_list_item_get_item (item) : NULL;
  if (cell == NULL)
    return;
  g_autofree char *shown = plateau_sheet_dup_text (cell, field);
  if (GTK_IS_LABEL (widget))
    gtk_label_set_text (GTK_LABEL (widget), shown);
  else if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (widget)), shown) != 0)
    gtk_editable_set_text (GTK_EDITABLE (widget), shown);
}

static void
commit_entry (GtkWidget *entry, PlateauCellTable *self)
{
  const PlateauField *field = g_object_get_data (G_OBJECT (entry), "field");
  GtkListItem *item = g_object_get_data (G_OBJECT (entry), "item");
  PlateauCell *cell = item != NULL ? gtk_list_item_get_item (item) : NULL;
  if (cell == NULL || self->binding)
    return;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *before = plateau_sheet_dup_text (cell, field);
  if (g_strcmp0 (text, before) == 0)
    return;
  GObject *object = plateau_field_get_object (field, cell);
  g_autofree char *name = plateau_field_action_name (field,
                                                     object != NULL ? object : G_OBJECT (cell));
  g_autoptr (GError) error = NULL;
  plateau_document_begin (self->document, name, NULL);
  gboolean set = plateau_sheet_set (self->document, cell, field, text, &error);
  plateau_document_end (self->document);
  if (set)
    gtk_widget_remove_css_class (entry, "error");
  else
    {
      gtk_widget_add_css_class (entry, "error");
      show_report (self, error->message);
    }
}

static void
entry_focus_left (GtkEventControllerFocus *controller, PlateauCellTable *self)
{
  commit_entry (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)), self);
}

static void
setup_cell (GtkSignalListItemFactory *factory, GtkListItem *item, PlateauCellTable *self)
{
  const PlateauField *field = g_object_get_data (G_OBJECT (factory), "field");
  GtkWidget *widget;
  if (g_str_equal (field->column, "cell"))
    {
      widget = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_MIDDLE);
      gtk_widget_add_css_class (widget, "row-name");
    }
  else
    {
      widget = gtk_entry_new ();
      gtk_widget_add_css_class (widget, "cell");
      gtk_editable_set_width_chars (GTK_EDITABLE (widget), 4);
      gtk_entry_set_alignment (GTK_ENTRY (widget), field->type == PLATEAU_FIELD_NUMBER ? 1 : 0);
      g_signal_connect (widget, "activate", G_CALLBACK (commit_entry), self);
      GtkEventController *focus = gtk_event_controller_focus_new ();
      g_signal_connect (focus, "leave", G_CALLBACK (entry_focus_left), self);
      gtk_widget_add_controller (widget, focus);
    }
  g_object_set_data (G_OBJECT (widget), "field", (gpointer) field);
  gtk_list_item_set_child (item, widget);
}

static void
bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, PlateauCellTable *self)
{
  GtkWidget *widget = gtk_list_item_get_child (item);
  const PlateauField *field = g_object_get_data (G_OBJECT (widget), "field");
  PlateauCell *cell = gtk_list_item_get_item (item);
  self->binding = TRUE;
  g_object_set_data (G_OBJECT (widget), "item", item);
  gtk_widget_remove_css_class (widget, "error");
  show_value (widget);
  self->binding = FALSE;
  g_autofree char *label = g_strdup_printf ("%s, %s", plateau_cell_get_name (cell),
                                            _ (field->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_ptr_array_add (self->shown, widget);
}

static void
unbind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, PlateauCellTable *self)
{
  GtkWidget *widget = gtk_list_item_get_child (item);
  g_object_set_data (G_OBJECT (widget), "item", NULL);
  g_ptr_array_remove (self->shown, widget);
}

static void
document_changed (PlateauCellTable *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  self->binding = TRUE;
  for (guint i = 0; i < self->shown->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (self->shown, i);
      if (focus == NULL || !(focus == widget || gtk_widget_is_ancestor (focus, widget)))
        show_value (widget);
    }
  self->binding = FALSE;
}

static int
compare_cells (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const PlateauField *field = user_data;
  if (field->type == PLATEAU_FIELD_NUMBER)
    {
      double x = plateau_field_get_number (field, (PlateauCell *) a);
      double y = plateau_field_get_number (field, (PlateauCell *) b);
      return (x > y) - (x < y);
    }
  g_autofree char *x = plateau_field_get_text (field, (PlateauCell *) a);
  g_autofree char *y = plateau_field_get_text (field, (PlateauCell *) b);
  g_autofree char *u = g_utf8_collate_key_for_filename (x != NULL ? x : "", -1);
  g_autofree char *v = g_utf8_collate_key_for_filename (y != NULL ? y : "", -1);
  return strcmp (u, v);
}

/* Numbers are short; text gets room for the longest one there is, within reason. */
static int
find_width (PlateauCellTable *self, const PlateauField *field)
{
  enum
  {
    NARROW = 104,
    WIDE = 280,
    PADDING = 26
  };
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (self->document));
  g_autofree char *longest = g_strdup ("");
  for (guint i = 0; field->type == PLATEAU_FIELD_TEXT && i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      char *text = plateau_field_get_text (field, cell);
      if (text != NULL && g_utf8_strlen (text, -1) > g_utf8_strlen (longest, -1))
        {
          char *before = longest;
          longest = text;
          text = before;
        }
      g_free (text);
    }
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->view, longest);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  return CLAMP (width + PADDING, NARROW, WIDE);
}

static void
add_columns (PlateauCellTable *self)
{
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_object_set_data (G_OBJECT (factory), "field", (gpointer) &fields[i]);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), self);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), self);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell), self);
      const PlateauUnit *unit = plateau_sheet_get_unit (&fields[i]);
      gboolean has_unit = unit != NULL && unit->label[0] != '\0';
      g_autofree char *title = g_strdup_printf ("%s%s%s", _ (fields[i].label), has_unit ? "\n" : "",
                                                has_unit ? unit->label : "");
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
      g_autoptr (GtkSorter)
          sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cells, (gpointer) &fields[i], NULL));
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_fixed_width (column, find_width (self, &fields[i]));
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
    }
}

/* Search over all fields, tags among them */

static gboolean
cell_matches (gpointer item, gpointer user_data)
{
  PlateauCellTable *self = user_data;
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  if (*search == '\0')
    return TRUE;
  g_autofree char *needle = g_utf8_casefold (search, -1);
  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *text = plateau_field_get_text (&fields[i], item);
      g_autofree char *hay = text != NULL ? g_utf8_casefold (text, -1) : NULL;
      if (hay != NULL && strstr (hay, needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
search_changed (PlateauCellTable *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/* Pasting a block */

static GPtrArray *
list_rows (PlateauCellTable *self)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    g_ptr_array_add (cells, g_list_model_get_item (G_LIST_MODEL (self->selection), i));
  return cells;
}

static void
paste_text (PlateauCellTable *self, GtkWidget *entry, const char *text)
{
  GtkListItem *item = entry != NULL ? g_object_get_data (G_OBJECT (entry), "item") : NULL;
  guint n_fields, field_index = 0;
  const PlateauField *fields = plateau_field_list (&n_fields);
  if (item != NULL)
    field_index = (const PlateauField *) g_object_get_data (G_OBJECT (entry), "field") - fields;
  g_autoptr (GPtrArray) cells = list_rows (self);
  PlateauSheetReport report;
  plateau_sheet_paste (self->document, cells, text,
                       item != NULL ? gtk_list_item_get_position (item) : 0, field_index, &report);
  g_autofree char *line = plateau_sheet_report_to_text (&report);
  show_report (self, line);
  plateau_sheet_report_clear (&report);
  if (item != NULL)
    show_value (entry);
}

typedef struct
{
  PlateauCellTable *self;
  GtkWidget *entry;
} PasteRequest;

static void
paste_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PasteRequest *request = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  gboolean block = text != NULL && strpbrk (text, "\t\n") != NULL;
  if (block)
    paste_text (request->self, request->entry, text);
  else if (text != NULL && request->entry != NULL)
    {
      GtkEditable *editable = GTK_EDITABLE (request->entry);
      gtk_editable_delete_selection (editable);
      int position = gtk_editable_get_position (editable);
      gtk_editable_insert_text (editable, text, -1, &position);
      gtk_editable_set_position (editable, position);
    }
  g_object_unref (request->self);
  g_clear_object (&request->entry);
  g_free (request);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             PlateauCellTable *self)
{
  if ((state & GDK_CONTROL_MASK) != 0 && keyval == GDK_KEY_a)
    return select_all_pressed (self);
  if ((state & GDK_CONTROL_MASK) == 0 || (keyval != GDK_KEY_v && keyval != GDK_KEY_V))
    return GDK_EVENT_PROPAGATE;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *entry = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY) : NULL;
  if (entry != NULL && g_object_get_data (G_OBJECT (entry), "field") == NULL)
    return GDK_EVENT_PROPAGATE; /* the search entry */
  PasteRequest *request = g_new0 (PasteRequest, 1);
  request->self = g_object_ref (self);
  request->entry = entry != NULL ? g_object_ref (entry) : NULL;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, paste_ready,
                                 request);
  return GDK_EVENT_STOP;
}

/* One value for all selected rows */

static void
bulk_set (PlateauCellTable *self)
{
  guint n_fields, n_bad = 0;
  const PlateauField *fields = plateau_field_list (&n_fields);
  const PlateauField *field =
      &fields[1 + gtk_drop_down_get_selected (GTK_DROP_DOWN (self->bulk_field))];
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->bulk_value));
  g_autoptr (GtkBitset)
      chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  guint n = gtk_bitset_get_size (chosen);
  if (n == 0)
    {
      show_report (self, _ ("Select rows first: click their names, with Ctrl or Shift for several, "
                            "or press Ctrl+Space in a row, Ctrl+A for all."));
      return;
    }
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf (_ ("Set %s of %u cells"), _ (field->label), n);
  plateau_document_begin (self->document, name, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (G_LIST_MODEL (self->selection),
                                                            gtk_bitset_get_nth (chosen, i));
      n_bad += !plateau_sheet_set (self->document, cell, field, text,
                                   error == NULL ? &error : NULL);
    }
  plateau_document_end (self->document);
  g_autofree char *line = g_strdup_printf (
      ngettext ("Set in %u cell.", "Set in %u cells.", n - n_bad), n - n_bad);
  show_report (self, error != NULL ? error->message : line);
}

/* The sheet as a file */

static void
sheet_chosen (GListModel *files, gpointer user_data)
{
  PlateauCellTable *self = PLATEAU_CELL_TABLE (user_data);
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  if (file == NULL || !g_file_load_contents (file, NULL, &bytes, &length, NULL, &error))
    {
      show_report (self, error != NULL ? error->message : "");
      return;
    }
  g_autofree char *text = plateau_separated_decode (bytes, length);
  paste_text (self, NULL, text);
}

static void
import_clicked (PlateauCellTable *self)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", NULL };
  plateau_file_dialog_open (GTK_WINDOW (self), _ ("Import a sheet"), GTK_FILE_CHOOSER_ACTION_OPEN,
                            suffixes, _ ("Sheets (CSV)"), NULL, sheet_chosen, G_OBJECT (self));
}

static void
place_chosen (GListModel *files, gpointer user_data)
{
  PlateauCellTable *self = PLATEAU_CELL_TABLE (user_data);
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *text = plateau_sheet_to_csv (self->document);
  g_autoptr (GError) error = NULL;
  if (path == NULL)
    return;
  gboolean written = plateau_file_set_contents (path, text, -1, &error);
  show_report (self, written ? _ ("The sheet is written.") : error->message);
}

static void
export_clicked (PlateauCellTable *self)
{
  static const char *const suffixes[] = { "csv", NULL };
  plateau_file_dialog_open (GTK_WINDOW (self), _ ("Export the sheet"), GTK_FILE_CHOOSER_ACTION_SAVE,
                            suffixes, _ ("Sheets (CSV)"), "cells.csv", place_chosen,
                            G_OBJECT (self));
}

/* Building */

static GtkWidget *
button_new (const char *label, const char *tip, GCallback callback, PlateauCellTable *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  plateau_tooltip_set (button, tip);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
tools_new (PlateauCellTable *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (tools, "tool-row");
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Find in all fields and tags"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find in all fields and tags"), -1);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_widget_set_valign (self->search, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed), self);
  gtk_box_append (GTK_BOX (tools), self->search);

  guint n_fields;
  const PlateauField *fields = plateau_field_list (&n_fields);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 1; i < n_fields; i++)
    gtk_string_list_append (names, _ (fields[i].label));
  self->bulk_field = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bulk_field), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Field to set"), -1);
  self->bulk_value = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->bulk_value), 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bulk_value), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Value to set"), -1);
  g_signal_connect_swapped (self->bulk_value, "activate", G_CALLBACK (bulk_set), self);
  plateau_undo_keys_leave (self->bulk_value);
  GtkWidget *set = button_new (_ ("Set in selected rows"), _ ("One value for all selected rows"),
                               G_CALLBACK (bulk_set), self);
  GtkWidget *import = button_new (_ ("Import…"),
                                  _ ("Values from a CSV sheet, by cell name or channel"),
                                  G_CALLBACK (import_clicked), self);
  GtkWidget *export = button_new (_ ("Export…"), _ ("The sheet that “plateau-cli build” reads"),
                                  G_CALLBACK (export_clicked), self);
  GtkWidget *widgets[] = { self->bulk_field, self->bulk_value, set, import, export };
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      gtk_widget_set_valign (widgets[i], GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (tools), widgets[i]);
    }
  return tools;
}

static void
build (PlateauCellTable *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (box, "cell-table");
  gtk_box_append (GTK_BOX (box), tools_new (self));
  self->view = gtk_column_view_new (NULL);
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Cells and their fields"), -1);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  gtk_column_view_set_show_column_separators (GTK_COLUMN_VIEW (self->view), TRUE);
  self->filter = gtk_custom_filter_new (cell_matches, self, NULL);
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (self->document));
  self->filtered = gtk_filter_list_model_new (g_object_ref (cells),
                                              GTK_FILTER (g_object_ref (self->filter)));
  GtkSortListModel *sorted = gtk_sort_list_model_new (
      G_LIST_MODEL (self->filtered),
      g_object_ref (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view))));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  g_autoptr (GtkSelectionModel)
      gradual = plateau_gradual_model_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                           ROWS_AT_FIRST, ROWS_AT_ONCE, PLATEAU_ROWS_WITH_WIDGETS);
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), gradual);
  add_columns (self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  self->report = gtk_label_new (_ ("Paste a block from a spreadsheet with Ctrl+V: rows go by cell "
                                   "name or channel when they have heads, else by place."));
  gtk_label_set_xalign (GTK_LABEL (self->report), 0);
  gtk_label_set_wrap (GTK_LABEL (self->report), TRUE);
  gtk_widget_add_css_class (self->report, "status-bar");
  gtk_box_append (GTK_BOX (box), self->report);
  gtk_window_set_child (GTK_WINDOW (self), box);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
plateau_cell_table_dispose (GObject *object)
{
  PlateauCellTable *self = PLATEAU_CELL_TABLE (object);
  gtk_window_set_child (GTK_WINDOW (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (plateau_cell_table_parent_class)->dispose (object);
}

static void
plateau_cell_table_finalize (GObject *object)
{
  g_ptr_array_unref (PLATEAU_CELL_TABLE (object)->shown);
  G_OBJECT_CLASS (plateau_cell_table_parent_class)->finalize (object);
}

static void
plateau_cell_table_class_init (PlateauCellTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_cell_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_cell_table_finalize;
}

static void
plateau_cell_table_init (PlateauCellTable *self)
{
  self->shown = g_ptr_array_new ();
}

GtkWidget *
plateau_cell_table_window_new (PlateauDocument *document)
{
  PlateauCellTable *self = g_object_new (PLATEAU_TYPE_CELL_TABLE, NULL);
  self->document = g_object_ref (document);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Cell table"));
  gtk_window_set_default_size (GTK_WINDOW (self), 1180, 560);
  build (self);
  plateau_undo_keys_add (GTK_WIDGET (self), document, GTK_PHASE_CAPTURE);
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
