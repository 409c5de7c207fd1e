/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include "base/plateau-unit.h"
#include "plateau-file-dialog.h"
#include "plateau-import-join.h"
#include "plateau-import.h"
#include "plateau-option-editor.h"
#include "plateau-read-options.h"
#include "readers/plateau-reader.h"

#include <glib/gi18n.h>
#include <string.h>

/* What can be done about a file that was read wrongly or not at all: another reader, columns named
 * by hand, the other sign of the current. The file is read again through the one path of files. */

static void
read_again (PlateauWindow *window, GFile *file, const PlateauReadOptions *options,
            PlateauCell *cell)
{
  plateau_import_files (window->document, &file, 1, options, cell, NULL, NULL);
}

static PlateauCell *
current_cell (PlateauWindow *window)
{
  return plateau_selection_get_current_cell (plateau_document_get_selection (window->document));
}

/* @measurement: (out): the first that was read of the file */
static PlateauCell *
find_cell_of (PlateauWindow *window, const char *uri, PlateauMeasurement **measurement)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (window->document));
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      for (guint k = 0; k < plateau_cell_get_n_measurements (cell); k++)
        {
          *measurement = plateau_cell_get_measurement (cell, k);
          if (g_strcmp0 (plateau_measurement_get_source (*measurement)->uri, uri) == 0)
            return cell; /* the project keeps it */
        }
    }
  return NULL;
}

static GFile *
first_file (PlateauCell *cell)
{
  if (cell == NULL || plateau_cell_get_n_measurements (cell) == 0)
    return NULL;
  const PlateauSource *source = plateau_measurement_get_source (
      plateau_cell_get_measurement (cell, 0));
  return source->uri != NULL ? g_file_new_for_uri (source->uri) : NULL;
}

/* As it was read before, whatever it holds now. */
static void
read_file_again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  const char *uri = g_variant_get_string (parameter, NULL);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *subject = g_strconcat ("follow:", uri, NULL);
  PlateauMeasurement *measurement;
  PlateauCell *cell = find_cell_of (window, uri, &measurement);
  g_autoptr (PlateauReadOptions) options = cell != NULL ? plateau_read_options_recall (measurement)
                                                        : NULL;
  plateau_document_remove_message (window->document, subject);
  read_again (window, file, options, cell);
}

static void
flip_current (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  PlateauCell *cell = current_cell (window);
  for (guint i = 0; cell != NULL && i < plateau_cell_get_n_measurements (cell); i++)
    {
      PlateauMeasurement *measurement = plateau_cell_get_measurement (cell, i);
      const PlateauSource *source = plateau_measurement_get_source (measurement);
      if (source->uri == NULL)
        continue;
      g_autoptr (GFile) file = g_file_new_for_uri (source->uri);
      g_autoptr (PlateauReadOptions) said = plateau_read_options_recall (measurement);
      PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
      if (said != NULL)
        options = *said;
      options.reader = source->reader;
      options.flip_current = !options.flip_current;
      read_again (window, file, &options, cell);
    }
}

static void
keep_joined (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_import_keep_joined (PLATEAU_WINDOW (widget)->document, g_variant_get_int64 (parameter));
}

static void
keep_apart (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_import_keep_apart (PLATEAU_WINDOW (widget)->document, g_variant_get_int64 (parameter));
}

/* A dialog of this file: a form, and a button that reads */

typedef struct
{
  PlateauWindow *window; /* alive as long as its dialog */
  GtkWidget *dialog;
  GFile *file;
  gint64 cell;
  GtkWidget *chooser, *flip;
  GHashTable *entries; /* quantity id -> GtkEntry, or header -> GtkDropDown of units */
} Remedy;

static void
remedy_free (Remedy *remedy)
{
  g_object_unref (remedy->file);
  g_clear_pointer (&remedy->entries, g_hash_table_unref);
  g_free (remedy);
}

static PlateauCell *
remedy_cell (Remedy *remedy)
{
  return plateau_project_find_cell (plateau_document_get_project (remedy->window->document),
                                    remedy->cell);
}

static GtkWidget *
dialog_new (Remedy *remedy, const char *title, const char *text, GCallback apply)
{
  GtkWidget *dialog = gtk_window_new ();
  remedy->dialog = dialog;
  g_object_set_data_full (G_OBJECT (dialog), "remedy", remedy, (GDestroyNotify) remedy_free);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (remedy->window));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "dialog-box");
  gtk_window_set_child (GTK_WINDOW (dialog), box);
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 56);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_box_append (GTK_BOX (box), form);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  GtkWidget *read = gtk_button_new_with_label (_ ("Read again"));
  gtk_widget_add_css_class (read, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog);
  g_signal_connect_swapped (read, "clicked", apply, remedy);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), read);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_window_set_default_widget (GTK_WINDOW (dialog), read);
  return form;
}

static void
apply_reader (Remedy *remedy)
{
  guint n_readers;
  const PlateauReader *const *readers = plateau_reader_list (&n_readers);
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (remedy->chooser));
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.reader = chosen > 0 && chosen <= n_readers ? readers[chosen - 1]->id : NULL;
  options.flip_current = gtk_check_button_get_active (GTK_CHECK_BUTTON (remedy->flip));
  read_again (remedy->window, remedy->file, &options, remedy_cell (remedy));
  gtk_window_destroy (GTK_WINDOW (remedy->dialog));
}

static void
show_reader_dialog (PlateauWindow *window, GFile *file, PlateauCell *cell)
{
  Remedy *remedy = g_new0 (Remedy, 1);
  remedy->window = window;
  remedy->file = g_object_ref (file);
  remedy->cell = cell != NULL ? plateau_cell_get_id (cell) : 0;
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = g_strdup_printf (
      _ ("Choose what wrote %s. It is read again, and replaces what was read "
         "of it before."),
      name);
  GtkWidget *form = dialog_new (remedy, _ ("Read as"), text, G_CALLBACK (apply_reader));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, _ ("Found by content"));
  guint n_readers;
  const PlateauReader *const *readers = plateau_reader_list (&n_readers);
  for (guint i = 0; i < n_readers; i++)
    gtk_string_list_append (names, _ (readers[i]->label));
  remedy->chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_box_append (GTK_BOX (form), plateau_form_row_new (_ ("Format"), remedy->chooser, NULL));
  remedy->flip = gtk_check_button_new_with_label (_ ("Discharge is counted as positive current"));
  gtk_box_append (GTK_BOX (form), remedy->flip);
  gtk_window_present (GTK_WINDOW (remedy->dialog));
}

static void
read_as (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  show_reader_dialog (PLATEAU_WINDOW (widget), file, NULL);
}

static void
read_cell_as (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauCell *cell = current_cell (PLATEAU_WINDOW (widget));
  g_autoptr (GFile) file = first_file (cell);
  if (file != NULL)
    show_reader_dialog (PLATEAU_WINDOW (widget), file, cell);
}

/* Columns by hand */

static const char *const quantities[] = { "time",
                                          "potential",
                                          "current",
                                          "capacity",
                                          "charge_capacity",
                                          "discharge_capacity",
                                          "cycle",
                                          "step",
                                          "temperature",
                                          "frequency",
                                          "z_re",
                                          "z_im" };

static void
apply_columns (Remedy *remedy)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer quantity, entry;
  g_hash_table_iter_init (&iter, remedy->entries);
  while (g_hash_table_iter_next (&iter, &quantity, &entry))
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
      if (*text != '\0')
        g_hash_table_insert (columns, g_strdup (quantity), g_strdup (text));
    }
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.columns = columns;
  plateau_read_memory_keep (remedy->file, &options);
  read_again (remedy->window, remedy->file, &options, remedy_cell (remedy));
  gtk_window_destroy (GTK_WINDOW (remedy->dialog));
}

/* The head of the file, so that the names can be read off and copied. */
static GtkWidget *
head_view_new (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  char head[3000] = "";
  gsize n = 0;
  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head - 1, &n, NULL, NULL);
  g_autofree char *text = g_utf8_make_valid (head, (gssize) n);
  GtkWidget *view = gtk_text_view_new ();
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The first lines of the file"), -1);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 120);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  return scrolled;
}

static void
show_columns_dialog (PlateauWindow *window, GFile *file, PlateauCell *cell)
{
  Remedy *remedy = g_new0 (Remedy, 1);
  remedy->window = window;
  remedy->file = g_object_ref (file);
  remedy->cell = cell != NULL ? plateau_cell_get_id (cell) : 0;
  remedy->entries = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *text = g_strdup_printf (
      _ ("Write beside each quantity the head of its column in %s, or the "
         "column’s number. The unit may stand in the head: “Ewe/V”."),
      name);
  GtkWidget *form = dialog_new (remedy, _ ("Name columns"), text, G_CALLBACK (apply_columns));
  gtk_box_append (GTK_BOX (form), head_view_new (file));
  for (guint i = 0; i < G_N_ELEMENTS (quantities); i++)
    {
      const PlateauQuantityInfo *info = plateau_quantity_get_info (
          plateau_quantity_from_id (quantities[i]));
      GtkWidget *entry = gtk_entry_new ();
      g_hash_table_insert (remedy->entries, (gpointer) quantities[i], entry);
      gtk_box_append (GTK_BOX (form), plateau_form_row_new (_ (info->label), entry, NULL));
    }
  gtk_window_present (GTK_WINDOW (remedy->dialog));
}

static void
name_columns (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  show_columns_dialog (PLATEAU_WINDOW (widget), file, NULL);
}

static void
name_cell_columns (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauCell *cell = current_cell (PLATEAU_WINDOW (widget));
  g_autoptr (GFile) file = first_file (cell);
  if (file != NULL)
    show_columns_dialog (PLATEAU_WINDOW (widget), file, cell);
}

/* Units that the file does not state */

static void
apply_units (Remedy *remedy)
{
  g_autoptr (GHashTable) units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  PlateauMeasurement *measurement;
  g_autofree char *uri = g_file_get_uri (remedy->file);
  PlateauCell *cell = find_cell_of (remedy->window, uri, &measurement);
  g_autoptr (PlateauReadOptions) said = cell != NULL ? plateau_read_options_recall (measurement)
                                                     : NULL;
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  if (said != NULL)
    options = *said;
  GHashTableIter iter;
  gpointer header, chooser;
  g_hash_table_iter_init (&iter, remedy->entries);
  while (g_hash_table_iter_next (&iter, &header, &chooser))
    {
      const PlateauUnit *const *list = g_object_get_data (chooser, "units");
      guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (chooser));
      if (chosen != GTK_INVALID_LIST_POSITION)
        g_hash_table_insert (units, g_strdup (header), g_strdup (list[chosen]->id));
    }
  options.units = units;
  plateau_read_memory_keep (remedy->file, &options);
  read_again (remedy->window, remedy->file, &options, cell);
  gtk_window_destroy (GTK_WINDOW (remedy->dialog));
}

static GtkWidget *
unit_chooser_new (const PlateauUnit *assumed)
{
  guint n, selected = 0;
  const PlateauUnit *const *list = plateau_unit_list (assumed->dimension, &n);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < n; i++)
    {
      gtk_string_list_append (labels, list[i]->label);
      selected = list[i] == assumed ? i : selected;
    }
  GtkWidget *chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (chooser), selected);
  g_object_set_data_full (G_OBJECT (chooser), "units", (gpointer) list, g_free);
  return chooser;
}

/* The guesses stand there already: one press confirms or changes them all. */
static void
confirm_units (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  const char *uri = g_variant_get_string (parameter, NULL);
  PlateauMeasurement *measurement;
  PlateauCell *cell = find_cell_of (window, uri, &measurement);
  const char *assumed = cell != NULL
                            ? plateau_measurement_get_info (measurement, PLATEAU_INFO_ASSUMED_UNITS)
                            : NULL;
  if (assumed == NULL)
    return;
  Remedy *remedy = g_new0 (Remedy, 1);
  remedy->window = window;
  remedy->file = g_file_new_for_uri (uri);
  remedy->cell = plateau_cell_get_id (cell);
  remedy->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = g_strdup_printf (
      _ ("%s does not state the units of these columns. Set them and the file is read again; the "
         "next file with the same columns is read the same way."),
      plateau_measurement_get_source (measurement)->name);
  GtkWidget *form = dialog_new (remedy, _ ("Units"), text, G_CALLBACK (apply_units));
  g_auto (GStrv) lines = g_strsplit (assumed, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *tab = strrchr (lines[i], '\t');
      const PlateauUnit *unit = tab != NULL ? plateau_unit_find (tab + 1) : NULL;
      if (unit == NULL)
        continue;
      *tab = '\0';
      GtkWidget *chooser = unit_chooser_new (unit);
      g_hash_table_insert (remedy->entries, g_strdup (lines[i]), chooser);
      gtk_box_append (GTK_BOX (form), plateau_form_row_new (lines[i], chooser, NULL));
    }
  gtk_window_present (GTK_WINDOW (remedy->dialog));
}

/* Files that are not where they were */

static void
folder_chosen (GListModel *files, gpointer user_data)
{
  PlateauWindow *window = user_data;
  g_autoptr (GFile) folder = g_list_model_get_item (files, 0);
  if (folder != NULL && window->sources != NULL)
    plateau_sources_find (window->sources, folder);
}

static void
find_sources (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_file_dialog_open (GTK_WINDOW (widget), _ ("Folder in which the files are now"),
                            GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL, NULL, folder_chosen,
                            G_OBJECT (widget));
}

static void
find_sources_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_variant_get_string (parameter, NULL));
  plateau_sources_find (PLATEAU_WINDOW (widget)->sources, folder);
}

static void
leave_sources (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_sources_leave (PLATEAU_WINDOW (widget)->sources);
}

static void
leave_message (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_document_remove_message (PLATEAU_WINDOW (widget)->document,
                                   g_variant_get_string (parameter, NULL));
}

void
_plateau_window_install_remedy_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.flip-current", NULL, flip_current);
  gtk_widget_class_install_action (widget_class, "win.confirm-units", "s", confirm_units);
  gtk_widget_class_install_action (widget_class, "win.keep-joined", "x", keep_joined);
  gtk_widget_class_install_action (widget_class, "win.keep-apart", "x", keep_apart);
  gtk_widget_class_install_action (widget_class, "win.read-again", "s", read_file_again);
  gtk_widget_class_install_action (widget_class, "win.find-sources", NULL, find_sources);
  gtk_widget_class_install_action (widget_class, "win.find-sources-in", "s", find_sources_in);
  gtk_widget_class_install_action (widget_class, "win.leave-sources", NULL, leave_sources);
  gtk_widget_class_install_action (widget_class, "win.leave-message", "s", leave_message);
  gtk_widget_class_install_action (widget_class, "win.read-as", "s", read_as);
  gtk_widget_class_install_action (widget_class, "win.read-cell-as", NULL, read_cell_as);
  gtk_widget_class_install_action (widget_class, "win.name-columns", "s", name_columns);
  gtk_widget_class_install_action (widget_class, "win.name-cell-columns", NULL, name_cell_columns);
}
