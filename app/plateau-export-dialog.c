/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plateau-export.h"
#include "plateau-file-dialog.h"
#include "plateau-option-editor.h"

#include <glib/gi18n.h>

/* Widths that journals ask for. */
static const struct
{
  double mm;
  const char *label;
} widths[] = {
  { 0, N_ ("As the figure is set") },
  { 85, N_ ("85 mm, one column") },
  { 114, N_ ("114 mm, one and a half columns") },
  { 170, N_ ("170 mm, two columns") },
  { 180, N_ ("180 mm, two columns") },
};

static const PlateauImageFormat formats[] = { PLATEAU_IMAGE_PDF, PLATEAU_IMAGE_SVG,
                                              PLATEAU_IMAGE_PNG, PLATEAU_IMAGE_TIFF,
                                              PLATEAU_IMAGE_EPS };

typedef struct
{
  GtkWidget *window, *width, *format, *dpi;
  PlateauDocument *document;
  JsonNode *figure;
  PlateauExported done;
} Dialog;

static void
dialog_free (Dialog *dialog)
{
  g_object_unref (dialog->document);
  json_node_unref (dialog->figure);
  g_free (dialog);
}

static PlateauImageFormat
chosen_format (Dialog *dialog)
{
  return formats[gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->format))];
}

static void
place_chosen (GListModel *files, gpointer user_data)
{
  Dialog *dialog = g_object_get_data (user_data, "dialog");
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path == NULL)
    return;
  const char *suffix = plateau_image_format_get_suffix (chosen_format (dialog));
  PlateauImageFormat format;
  g_autofree char *named = plateau_image_format_from_path (path, &format)
                               ? g_strdup (path)
                               : g_strdup_printf ("%s.%s", path, suffix);
  g_autoptr (GSettings) settings = g_settings_new (PLATEAU_APP_ID);
  PlateauExportSize size = {
    .width_mm = widths[gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->width))].mm,
    .dpi = gtk_spin_button_get_value (GTK_SPIN_BUTTON (dialog->dpi)),
  };
  g_settings_set_double (settings, "figure-dpi", size.dpi);
  if (size.width_mm > 0)
    g_settings_set_double (settings, "figure-width", size.width_mm);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog->window));
  plateau_export_figure (dialog->document, dialog->figure, named, &size, G_OBJECT (parent),
                         dialog->done);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static void
export_clicked (Dialog *dialog)
{
  const char *suffix = plateau_image_format_get_suffix (chosen_format (dialog));
  const char *const patterns[] = { suffix, NULL };
  g_autofree char *title = plateau_document_dup_title (dialog->document);
  g_autofree char *name = g_strdup_printf ("%s.%s", title, suffix);
  g_strdelimit (name, "/\\", '-');
  plateau_file_dialog_open (GTK_WINDOW (dialog->window), _ ("Export the figure"),
                            GTK_FILE_CHOOSER_ACTION_SAVE, patterns,
                            plateau_image_format_get_label (chosen_format (dialog)), name,
                            place_chosen, G_OBJECT (dialog->window));
}

static void
format_chosen (Dialog *dialog)
{
  PlateauImageFormat format = chosen_format (dialog);
  gtk_widget_set_sensitive (dialog->dpi,
                            format == PLATEAU_IMAGE_PNG || format == PLATEAU_IMAGE_TIFF);
}

static GtkWidget *
drop_down_new (GStrv labels)
{
  return gtk_drop_down_new_from_strings ((const char *const *) labels);
}

static void
build (Dialog *dialog, GtkWidget *box)
{
  g_autoptr (GSettings) settings = g_settings_new (PLATEAU_APP_ID);
  g_autoptr (GStrvBuilder) width_labels = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) format_labels = g_strv_builder_new ();
  double width = g_settings_get_double (settings, "figure-width");
  guint selected = 0;
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_strv_builder_add (width_labels, _ (widths[i].label));
      if (widths[i].mm == width)
        selected = i;
    }
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    g_strv_builder_add (format_labels, plateau_image_format_get_label (formats[i]));
  g_auto (GStrv) width_names = g_strv_builder_end (width_labels);
  g_auto (GStrv) format_names = g_strv_builder_end (format_labels);
  dialog->width = drop_down_new (width_names);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dialog->width), selected);
  dialog->format = drop_down_new (format_names);
  dialog->dpi = gtk_spin_button_new_with_range (72, 2400, 50);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (dialog->dpi),
                             g_settings_get_double (settings, "figure-dpi"));
  gtk_box_append (GTK_BOX (box), plateau_form_row_new (_ ("Format"), dialog->format, NULL));
  gtk_box_append (
      GTK_BOX (box),
      plateau_form_row_new (_ ("Width"), dialog->width,
                            _ ("Width on paper; text and lines keep their size in points")));
  gtk_box_append (GTK_BOX (box),
                  plateau_form_row_new (_ ("Resolution"), dialog->dpi,
                                        _ ("Dots per inch of PNG and TIFF; the file says it")));
}

void
plateau_export_dialog_show (GtkWindow *parent, PlateauDocument *document, JsonNode *figure,
                            PlateauExported done)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  dialog->document = g_object_ref (document);
  dialog->figure = json_node_copy (figure);
  dialog->done = done;
  dialog->window = gtk_window_new ();
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog,
                          (GDestroyNotify) dialog_free);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Export the figure"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (dialog->window), FALSE);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "dialog-box");
  gtk_window_set_child (GTK_WINDOW (dialog->window), box);
  build (dialog, box);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  GtkWidget *save = gtk_button_new_with_label (_ ("Export…"));
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (export_clicked), dialog);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), save);
  gtk_box_append (GTK_BOX (box), buttons);
  g_signal_connect_swapped (dialog->format, "notify::selected", G_CALLBACK (format_chosen), dialog);
  format_chosen (dialog);
  gtk_window_set_default_widget (GTK_WINDOW (dialog->window), save);
  gtk_window_present (GTK_WINDOW (dialog->window));
}
