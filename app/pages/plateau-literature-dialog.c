/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-literature-dialog.h"

#include "analysis/plateau-literature.h"
#include "plateau-option-editor.h"
#include "plateau-tooltip.h"
#include "plateau-undo-keys.h"

#include <glib/gi18n.h>
#include <string.h>

#define SETTINGS "literature"

/* What the form asks for: columns of the table of reported values. */
typedef struct
{
  const char *column;
  const char *label;
  const char *hint;
} FormField;

enum
{
  FIELD_QUANTITY = 3,
  FIELD_UNIT = 5,
};
static const FormField fields[] = {
  { "study", N_ ("Study"), N_ ("wang2025") },
  { "cathode", N_ ("Sample"), N_ ("As in this project, then plots show it beside the sample") },
  { "system", N_ ("Family"), N_ ("Empty: any family") },
  { "quantity", N_ ("Quantity"), N_ ("capacity retention") },
  { "value", N_ ("Value"), N_ ("83.9") },
  { "unit", N_ ("Unit"), N_ ("%") },
  { "c_rate", N_ ("C-rate"), N_ ("0.2") },
  { "cycle", N_ ("Cycle"), N_ ("Empty: at the start") },
  { "loading_mg_cm2", N_ ("Loading / mg cm⁻²"), NULL },
  { "temperature_C", N_ ("Temperature / °C"), NULL },
  { "window_low_V", N_ ("Window from / V"), NULL },
  { "window_high_V", N_ ("Window to / V"), NULL },
  { "place", N_ ("Place"), N_ ("Fig. 3b") },
};
#define N_FIELDS G_N_ELEMENTS (fields)

typedef struct
{
  PlateauDocument *document; /* unowned: the window holds it */
  GtkWidget *window, *list, *quantities, *entries[N_FIELDS], *change, *remove, *problem;
  GPtrArray *rows;  /* of GStrv, the lines of the table; the first are the names of the columns */
  GPtrArray *known; /* of PlateauReportedValue: one for each quantity and unit */
  PlateauLiterature *literature; /* what known points into */
} Dialog;

static void
dialog_free (Dialog *dialog)
{
  g_ptr_array_unref (dialog->rows);
  g_ptr_array_unref (dialog->known);
  plateau_literature_unref (dialog->literature);
  g_object_unref (dialog->document);
  g_free (dialog);
}

static int
column_of (Dialog *dialog, const char *name)
{
  char **heads = dialog->rows->pdata[0];

  for (int i = 0; heads[i] != NULL; i++)
    if (strcmp (heads[i], name) == 0)
      return i;
  return -1;
}

static const char *
text_of (Dialog *dialog, guint row, const char *name)
{
  int column = column_of (dialog, name);
  char **cells = dialog->rows->pdata[row];

  return column >= 0 && (guint) column < g_strv_length (cells) ? cells[column] : "";
}

/* The table of the project, in the columns of today. */
static void
load_rows (Dialog *dialog)
{
  JsonObject *settings = plateau_project_get_settings (
      plateau_document_get_project (dialog->document), SETTINGS);
  g_autoptr (PlateauLiterature) own = plateau_literature_new_empty ();
  const char *table = settings != NULL
                          ? json_object_get_string_member_with_default (settings, "table", NULL)
                          : NULL;

  if (table != NULL)
    plateau_literature_add_table (own, table, NULL);
  g_autofree char *text = plateau_literature_to_table (own);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_ptr_array_set_size (dialog->rows, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != 0)
      g_ptr_array_add (dialog->rows, g_strsplit (lines[i], "\t", -1));
}

static char *
describe (Dialog *dialog, guint row)
{
  GString *text = g_string_new (NULL);
  const char *rate = text_of (dialog, row, "c_rate"), *cycle = text_of (dialog, row, "cycle");
  const char *loading = text_of (dialog, row, "loading_mg_cm2");
  const char *place = text_of (dialog, row, "place");

  g_string_append_printf (text, "%s, %s: %s %s %s", text_of (dialog, row, "study"),
                          text_of (dialog, row, "cathode"), text_of (dialog, row, "quantity"),
                          text_of (dialog, row, "value"), text_of (dialog, row, "unit"));
  if (*rate != 0)
    g_string_append_printf (text, ", %sC", rate);
  if (*cycle != 0)
    g_string_append_printf (text, _ (", cycle %s"), cycle);
  if (*loading != 0)
    g_string_append_printf (text, ", %s mg cm⁻²", loading);
  if (*place != 0)
    g_string_append_printf (text, " (%s)", place);
  return g_string_free (text, FALSE);
}

static int
selected_row (Dialog *dialog)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (dialog->list));
  return row != NULL ? gtk_list_box_row_get_index (row) + 1 : -1;
}

static void
show_rows (Dialog *dialog)
{
  GtkWidget *child;

  load_rows (dialog);
  while ((child = gtk_widget_get_first_child (dialog->list)) != NULL && GTK_IS_LIST_BOX_ROW (child))
    gtk_list_box_remove (GTK_LIST_BOX (dialog->list), child);
  for (guint i = 1; i < dialog->rows->len; i++)
    {
      g_autofree char *text = describe (dialog, i);
      GtkWidget *label = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      plateau_tooltip_set (label, text);
      gtk_list_box_append (GTK_LIST_BOX (dialog->list), label);
    }
  gtk_widget_set_sensitive (dialog->change, FALSE);
  gtk_widget_set_sensitive (dialog->remove, FALSE);
}

/* Also after an undo in the main window. */
static void
document_changed (GtkWidget *window)
{
  show_rows (g_object_get_data (G_OBJECT (window), "dialog"));
}

static void
row_selected (Dialog *dialog)
{
  int row = selected_row (dialog);

  gtk_widget_set_sensitive (dialog->change, row > 0);
  gtk_widget_set_sensitive (dialog->remove, row > 0);
  for (guint k = 0; row > 0 && k < N_FIELDS; k++)
    gtk_editable_set_text (GTK_EDITABLE (dialog->entries[k]),
                           text_of (dialog, (guint) row, fields[k].column));
}

/* The line of what the form holds; tabs would end a column. */
static char *
line_of_form (Dialog *dialog)
{
  char **heads = dialog->rows->pdata[0];
  GString *line = g_string_new (NULL);

  for (guint i = 0; heads[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (line, '\t');
      for (guint k = 0; k < N_FIELDS; k++)
        if (strcmp (fields[k].column, heads[i]) == 0)
          {
            g_autofree char *text = g_strdup (
                gtk_editable_get_text (GTK_EDITABLE (dialog->entries[k])));
            g_string_append (line, g_strstrip (g_strdelimit (text, "\t\n\r", ' ')));
          }
    }
  return g_string_free (line, FALSE);
}

/* The table with @line in place of @replaced (-1: at the end), or without that where @line is NULL;
 * NULL and a sentence under the form where @line is none. */
static char *
table_with (Dialog *dialog, int replaced, const char *line)
{
  GString *text = g_string_new (NULL);
  g_autoptr (PlateauLiterature) check = plateau_literature_new_empty ();
  g_autoptr (GError) error = NULL;
  g_autofree char *head = g_strjoinv ("\t", dialog->rows->pdata[0]);

  if (line != NULL)
    {
      g_autofree char *alone = g_strdup_printf ("%s\n%s\n", head, line);
      if (!plateau_literature_add_table (check, alone, &error))
        {
          gtk_label_set_text (GTK_LABEL (dialog->problem),
                              _ ("A reported value needs a quantity and a number as its value."));
          g_string_free (text, TRUE);
          return NULL;
        }
    }
  gtk_label_set_text (GTK_LABEL (dialog->problem), "");
  g_string_append_printf (text, "%s\n", head);
  for (guint i = 1; i < dialog->rows->len; i++)
    {
      g_autofree char *kept = g_strjoinv ("\t", dialog->rows->pdata[i]);
      const char *now = (int) i == replaced ? line : kept;
      if (now != NULL)
        g_string_append_printf (text, "%s\n", now);
    }
  if (replaced < 0)
    g_string_append_printf (text, "%s\n", line);
  return g_string_free (text, FALSE);
}

static void
store (Dialog *dialog, const char *table, const char *label)
{
  if (table == NULL)
    return;
  g_autoptr (JsonObject) settings = json_object_new ();
  json_object_set_string_member (settings, "table", table);
  plateau_document_begin (dialog->document, label, NULL);
  plateau_document_edit (dialog->document,
                         plateau_edit_new_settings (plateau_document_get_project (dialog->document),
                                                    SETTINGS, settings));
  plateau_document_end (dialog->document);
}

static void
add_clicked (Dialog *dialog)
{
  g_autofree char *line = line_of_form (dialog);
  g_autofree char *table = table_with (dialog, -1, line);
  store (dialog, table, _ ("Add a reported value"));
}

static void
change_clicked (Dialog *dialog)
{
  g_autofree char *line = line_of_form (dialog);
  int row = selected_row (dialog);
  g_autofree char *table = row > 0 ? table_with (dialog, row, line) : NULL;
  store (dialog, table, _ ("Change a reported value"));
}

static void
remove_clicked (Dialog *dialog)
{
  int row = selected_row (dialog);
  g_autofree char *table = row > 0 ? table_with (dialog, row, NULL) : NULL;
  store (dialog, table, _ ("Remove a reported value"));
}

static void
quantity_chosen (Dialog *dialog)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (dialog->quantities));

  if (index == 0 || index > dialog->known->len)
    return;
  const PlateauReportedValue *value = dialog->known->pdata[index - 1];
  gtk_editable_set_text (GTK_EDITABLE (dialog->entries[FIELD_QUANTITY]), value->quantity);
  gtk_editable_set_text (GTK_EDITABLE (dialog->entries[FIELD_UNIT]), value->unit);
}

/* Building */

/* Quantities in the words and units that plots look for. */
static GtkWidget *
quantities_new (Dialog *dialog)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Choose, or write one below"));
  for (guint i = 0; i < plateau_literature_get_n (dialog->literature); i++)
    {
      const PlateauReportedValue *value = plateau_literature_get (dialog->literature, i);
      gboolean known = FALSE;
      for (guint k = 0; !known && k < dialog->known->len; k++)
        known = strcmp (((PlateauReportedValue *) dialog->known->pdata[k])->quantity,
                        value->quantity)
                == 0;
      if (known)
        continue;
      g_autofree char *name = g_strdup_printf ("%s / %s", value->quantity, value->unit);
      g_ptr_array_add (dialog->known, (gpointer) value);
      gtk_string_list_append (names, name);
    }
  dialog->quantities = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_signal_connect_swapped (dialog->quantities, "notify::selected", G_CALLBACK (quantity_chosen),
                            dialog);
  return plateau_form_row_new (_ ("Known quantities"), dialog->quantities,
                               _ ("Values of these stand in the plots; others are kept"));
}

static GtkWidget *
form_new (Dialog *dialog)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_attach (GTK_GRID (grid), quantities_new (dialog), 0, 0, 2, 1);
  for (guint k = 0; k < N_FIELDS; k++)
    {
      dialog->entries[k] = gtk_entry_new ();
      gtk_widget_set_hexpand (dialog->entries[k], TRUE);
      if (fields[k].hint != NULL)
        gtk_entry_set_placeholder_text (GTK_ENTRY (dialog->entries[k]), _ (fields[k].hint));
      gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->entries[k]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ (fields[k].label), -1);
      gtk_grid_attach (GTK_GRID (grid),
                       plateau_form_row_new (_ (fields[k].label), dialog->entries[k], NULL),
                       (int) k % 2, 1 + (int) k / 2, 1, 1);
    }
  return grid;
}

static GtkWidget *
button_new (Dialog *dialog, GtkWidget *bar, const char *label, void (*clicked) (Dialog *))
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), dialog);
  gtk_box_append (GTK_BOX (bar), button);
  return button;
}

GtkWidget *
plateau_literature_dialog_new (PlateauDocument *document, GtkWindow *parent)
{
  Dialog *dialog = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *nothing = gtk_label_new (_ ("No values of your own yet: fill in the form and add."));

  dialog->document = g_object_ref (document);
  dialog->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  dialog->known = g_ptr_array_new ();
  dialog->literature = plateau_literature_new ();
  dialog->window = gtk_window_new ();
  g_object_set_data_full (G_OBJECT (dialog->window), "dialog", dialog,
                          (GDestroyNotify) dialog_free);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Own reported values"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog->window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 720, 600);
  plateau_undo_keys_add (dialog->window, document, GTK_PHASE_BUBBLE);
  gtk_widget_add_css_class (box, "dialog-box");
  dialog->list = gtk_list_box_new ();
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (dialog->list), nothing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Own reported values"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), dialog->list);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), form_new (dialog));
  dialog->problem = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (dialog->problem), 0);
  gtk_label_set_wrap (GTK_LABEL (dialog->problem), TRUE);
  gtk_widget_set_hexpand (dialog->problem, TRUE);
  gtk_widget_add_css_class (dialog->problem, "warning-text");
  gtk_box_append (GTK_BOX (bar), dialog->problem);
  dialog->remove = button_new (dialog, bar, _ ("Remove"), remove_clicked);
  dialog->change = button_new (dialog, bar, _ ("Change"), change_clicked);
  gtk_widget_add_css_class (button_new (dialog, bar, _ ("Add"), add_clicked), "suggested-action");
  gtk_box_append (GTK_BOX (box), bar);
  gtk_window_set_child (GTK_WINDOW (dialog->window), box);
  g_signal_connect_swapped (dialog->list, "row-selected", G_CALLBACK (row_selected), dialog);
  g_signal_connect_object (document, "changed", G_CALLBACK (document_changed), dialog->window,
                           G_CONNECT_SWAPPED);
  show_rows (dialog);
  return dialog->window;
}
