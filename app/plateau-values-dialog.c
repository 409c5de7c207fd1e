/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-values-dialog.h"

#include "analysis/plateau-distribution.h"
#include "figure/plateau-template.h"
#include "plateau-document-file.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  PlateauDocument *document;
  PlateauValuesMade made;
  gpointer owner;
  GtkWidget *window, *title, *unit, *text, *problem;
} Dialog;

static void
dialog_free (Dialog *dialog)
{
  g_object_unref (dialog->document);
  g_object_unref (dialog->owner);
  g_free (dialog);
}

static JsonNode *
make_figure (Dialog *dialog, GPtrArray *groups)
{
  JsonObject *plot = json_object_new (), *values = json_object_new ();
  const char *title = gtk_editable_get_text (GTK_EDITABLE (dialog->title));
  const char *unit = gtk_editable_get_text (GTK_EDITABLE (dialog->unit));
  for (guint i = 0; i < groups->len; i++)
    {
      const PlateauValueGroup *group = groups->pdata[i];
      JsonArray *array = json_array_new ();
      for (guint k = 0; k < group->values->len; k++)
        json_array_add_double_element (array, g_array_index (group->values, double, k));
      json_object_set_array_member (values, group->name, array);
    }
  json_object_set_string_member (plot, "kind", "box");
  json_object_set_object_member (plot, "values", values);
  json_object_set_boolean_member (plot, "pasted", TRUE);
  if (*title != 0)
    json_object_set_string_member (plot, "title", title);
  if (*unit != 0)
    json_object_set_string_member (plot, "unit", unit);
  JsonNode *figure = plateau_document_for_plot ("box", plot);
  json_object_unref (plot);
  return figure;
}

static char *
free_name (PlateauProject *project, const char *wanted)
{
  char *name = g_strdup (wanted);
  for (guint i = 2; plateau_project_get_figure (project, name) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", wanted, i);
    }
  return name;
}

static void
accept (Dialog *dialog)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (dialog->text));
  GtkTextIter start, end;
  g_autoptr (GError) error = NULL;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_autoptr (GPtrArray) groups = plateau_distribution_parse_groups (text, _ ("Values"), &error);
  if (groups == NULL)
    {
      gtk_label_set_text (GTK_LABEL (dialog->problem), error->message);
      gtk_widget_set_visible (dialog->problem, TRUE);
      gtk_widget_grab_focus (dialog->text);
      return;
    }
  const char *title = gtk_editable_get_text (GTK_EDITABLE (dialog->title));
  g_autofree char *wanted = g_strdup_printf ("%s (%s)", *title != 0 ? title : _ ("Distribution"),
                                             _ ("pasted"));
  g_autofree char *name = free_name (plateau_document_get_project (dialog->document), wanted);
  g_autoptr (JsonNode) figure = make_figure (dialog, groups);
  plateau_document_set_figure (dialog->document, name, figure, _ ("Paste values"));
  dialog->made (dialog->owner, name);
  gtk_window_destroy (GTK_WINDOW (dialog->window));
}

static GtkWidget *
add_entry (GtkWidget *box, const char *label, const char *hint)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *text = gtk_label_new (label), *entry = gtk_entry_new ();
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_width_chars (GTK_LABEL (text), 12);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (box), row);
  return entry;
}

static GtkWidget *
build_text (Dialog *dialog)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  dialog->text = gtk_text_view_new ();
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (dialog->text), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (dialog->text), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Values"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->text);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_size_request (scrolled, 420, 200);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
build_buttons (Dialog *dialog)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  GtkWidget *make = gtk_button_new_with_label (_ ("Make box plots"));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_add_css_class (make, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_destroy), dialog->window);
  g_signal_connect_swapped (make, "clicked", G_CALLBACK (accept), dialog);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), make);
  gtk_window_set_default_widget (GTK_WINDOW (dialog->window), make);
  return buttons;
}

/**
 * plateau_values_dialog_show:
 * @made: told the name of the figure; @owner, an object, is held until then
 */
void
plateau_values_dialog_show (GtkWindow *parent, PlateauDocument *document, PlateauValuesMade made,
                            gpointer owner)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Paste columns of a spreadsheet with their names in the "
                                       "first line, or lines such as “4.3 V: 12.1 12.9 13.4”."));
  *dialog = (Dialog){ .document = g_object_ref (document),
                      .made = made,
                      .owner = g_object_ref (owner),
                      .window = gtk_window_new () };
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog,
                          (GDestroyNotify) dialog_free);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Box plots of pasted values"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  gtk_widget_add_css_class (box, "dialog-box");
  gtk_window_set_child (GTK_WINDOW (dialog->window), box);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 56);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  dialog->title = add_entry (box, _ ("What it is"), _ ("Interface resistance"));
  dialog->unit = add_entry (box, _ ("Unit"), "Ω cm²");
  gtk_box_append (GTK_BOX (box), build_text (dialog));
  dialog->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (dialog->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (dialog->problem), 0);
  gtk_widget_add_css_class (dialog->problem, "error");
  gtk_widget_set_visible (dialog->problem, FALSE);
  gtk_box_append (GTK_BOX (box), dialog->problem);
  gtk_box_append (GTK_BOX (box), build_buttons (dialog));
  gtk_window_present (GTK_WINDOW (dialog->window));
}
