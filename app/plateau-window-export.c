/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include "figure/plateau-template.h"
#include "plateau-export.h"
#include "plateau-file-dialog.h"
#include "plateau-print.h"

#include <glib/gi18n.h>

static void
exported (GObject *owner, const char *path, const GError *error)
{
  PlateauWindow *window = PLATEAU_WINDOW (owner);
  if (error != NULL)
    {
      plateau_window_toast (window, error->message, NULL, NULL, NULL);
      return;
    }
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (_ ("%s is written."), name);
  plateau_window_toast (window, text, _ ("Show in folder"), "win.show-file",
                        g_variant_new_string (path));
}

static void
show_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_variant_get_string (parameter, NULL));
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = g_file_get_uri (folder);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static JsonNode *
page_figure (PlateauWindow *window)
{
  PlateauPage *page = plateau_window_get_page (window);
  JsonNode *figure = page != NULL ? plateau_page_dup_figure (page) : NULL;
  if (figure == NULL)
    plateau_window_toast (window, _ ("This page shows no plot just now."), NULL, NULL, NULL);
  return figure;
}

static void
export_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  g_autoptr (JsonNode) figure = page_figure (window);
  if (figure != NULL)
    plateau_export_dialog_show (GTK_WINDOW (window), window->document, figure, exported);
}

/* One plot: its document as text. */
static void
export_figure (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  g_autoptr (JsonNode) figure = json_from_string (g_variant_get_string (parameter, NULL), NULL);
  if (figure != NULL)
    plateau_export_dialog_show (GTK_WINDOW (window), window->document, figure, exported);
}

/* Without a dialog: (path), for scripts and tests of the whole window. */
static void
export_page_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  if (g_str_has_suffix (path, ".xlsx"))
    {
      plateau_export_workbook (window->document, path, G_OBJECT (window), exported);
      return;
    }
  g_autoptr (JsonNode) figure = page_figure (window);
  PlateauPage *page = plateau_window_get_page (window);
  g_autoptr (PlateauTable) table = plateau_page_ref_table (page);
  if (figure != NULL && g_str_has_suffix (path, ".csv"))
    plateau_export_data (window->document, figure, table, path, G_OBJECT (window), exported);
  else if (figure != NULL)
    plateau_export_figure (window->document, figure, path, NULL, G_OBJECT (window), exported);
}

static void
not_printed (GtkWindow *parent, const GError *error)
{
  plateau_window_toast (PLATEAU_WINDOW (parent), error->message, NULL, NULL, NULL);
}

static void
print_bound (GObject *owner, PlateauFigure *figure, const GError *error)
{
  PlateauWindow *window = PLATEAU_WINDOW (owner);
  if (figure == NULL)
    {
      not_printed (GTK_WINDOW (window), error);
      return;
    }
  g_autofree char *title = plateau_document_dup_title (window->document);
  g_autofree char *path = g_object_steal_data (owner, "print-to");
  plateau_print_figure (GTK_WINDOW (window), figure, title, path, not_printed);
}

/* @path: (nullable): NULL: as the dialog says */
static void
print_to (PlateauWindow *window, const char *path)
{
  g_autoptr (JsonNode) figure = page_figure (window);
  if (figure == NULL)
    return;
  g_object_set_data_full (G_OBJECT (window), "print-to", g_strdup (path), g_free);
  plateau_export_bind_figure (window->document, figure, G_OBJECT (window), print_bound);
}

static void
print_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  print_to (PLATEAU_WINDOW (widget), NULL);
}

/* Without a dialog, as export_page_to(). */
static void
print_page_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  print_to (PLATEAU_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
place_chosen (GListModel *files, gpointer user_data)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    gtk_widget_activate_action (GTK_WIDGET (user_data), "win.export-page-to", "s", path);
}

static void
ask_place (PlateauWindow *window, const char *title, const char *suffix, const char *label,
           PlateauFilesChosen chosen)
{
  const char *const patterns[] = { suffix, NULL };
  g_autofree char *project = plateau_document_dup_title (window->document);
  g_autofree char *name = g_strdup_printf ("%s.%s", project, suffix);
  g_strdelimit (name, "/\\", '-');
  plateau_file_dialog_open (GTK_WINDOW (window), title, GTK_FILE_CHOOSER_ACTION_SAVE, patterns,
                            label, name, chosen, G_OBJECT (window));
}

static void
export_data (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_place (PLATEAU_WINDOW (widget), _ ("Export the data of this page"), "csv",
             _ ("Tables (CSV)"), place_chosen);
}

static void
export_workbook (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_place (PLATEAU_WINDOW (widget), _ ("Export the workbook"), "xlsx", _ ("Workbooks (.xlsx)"),
             place_chosen);
}

/* The name of a figure of the project; other plots have that of their title. */
static const char *
name_of_figure (PlateauProject *project, JsonNode *figure)
{
  g_autofree char *wanted = json_to_string (figure, FALSE);
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    {
      const char *name = plateau_project_get_figure_name (project, i);
      g_autofree char *text = json_to_string (plateau_project_get_figure (project, name), FALSE);
      if (g_str_equal (text, wanted))
        return name;
    }
  return json_object_get_string_member_with_default (json_node_get_object (figure), "title",
                                                     _ ("Figure"));
}

/* The archive "figure + data + settings". */
static void
export_archive_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  g_autoptr (JsonNode) figure = page_figure (window);
  if (figure == NULL)
    return;
  if (plateau_document_get_store (window->document) == NULL)
    {
      plateau_window_toast (window, _ ("The project is in no file yet. Save it first."),
                            _ ("Save as…"), "win.save-as", NULL);
      return;
    }
  const char *title
      = name_of_figure (plateau_document_get_project (window->document), figure);
  plateau_export_archive (window->document, title, figure,
                          g_variant_get_string (parameter, NULL), G_OBJECT (window), exported);
}

static void
archive_chosen (GListModel *files, gpointer user_data)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    gtk_widget_activate_action (GTK_WIDGET (user_data), "win.export-archive-to", "s", path);
}

static void
export_archive (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_place (PLATEAU_WINDOW (widget), _ ("Export the figure with its data and settings"), "zip",
             _ ("Archives (.zip)"), archive_chosen);
}

static void
figure_copied (GObject *owner, PlateauFigure *figure, const GError *error)
{
  plateau_window_toast (PLATEAU_WINDOW (owner),
                        figure != NULL ? _ ("The figure is on the clipboard.") : error->message,
                        NULL, NULL, NULL);
}

static void
copy_figure (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  g_autoptr (JsonNode) figure = page_figure (window);
  if (figure != NULL)
    plateau_export_copy_figure (window->document, figure, gtk_widget_get_clipboard (widget),
                                G_OBJECT (window), figure_copied);
}

static void
copy_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauPage *page = plateau_window_get_page (PLATEAU_WINDOW (widget));
  g_autoptr (PlateauTable) table = page != NULL ? plateau_page_ref_table (page) : NULL;
  if (table == NULL)
    return;
  g_autofree char *text = plateau_table_to_separated (table, '\t', TRUE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  plateau_window_toast (PLATEAU_WINDOW (widget), _ ("The table is on the clipboard."), NULL, NULL,
                        NULL);
}

/* A page's plots become a figure of the project; a second sending makes a second one. */
static void
send_to_figure (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  PlateauProject *project = plateau_document_get_project (window->document);
  g_autoptr (JsonNode) figure = page_figure (window);
  if (figure == NULL)
    return;
  g_autofree char *title = NULL;
  guint number = plateau_project_get_n_figures (project);
  do
    {
      g_free (title);
      title = g_strdup_printf (_ ("Figure %u"), ++number);
    }
  while (plateau_project_get_figure (project, title) != NULL);
  g_autofree char *label = g_strdup_printf (_ ("Make %s"), title);
  plateau_document_set_figure (window->document, title, figure, label);
  g_autofree char *text = g_strdup_printf (_ ("%s is in the project."), title);
  plateau_window_toast (window, text, _ ("Show"), "win.page", g_variant_new_string ("figures"));
}

/* More panels for a figure that is there. */
static void
add_to_figure (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  const char *title = g_variant_get_string (parameter, NULL);
  JsonNode *before = plateau_project_get_figure (plateau_document_get_project (window->document),
                                                 title);
  g_autoptr (JsonNode) added = before != NULL ? page_figure (window) : NULL;
  if (added == NULL)
    return;
  /* A copied node would share its object, which the step before still holds. */
  g_autofree char *text = json_to_string (before, FALSE);
  g_autoptr (JsonNode) own = json_from_string (text, NULL);
  plateau_document_add_panels (own, added);
  g_autofree char *label = g_strdup_printf (_ ("Add panels to %s"), title);
  plateau_document_set_figure (window->document, title, own, label);
  g_autofree char *said = g_strdup_printf (_ ("Added to %s."), title);
  plateau_window_toast (window, said, _ ("Show"), "win.page", g_variant_new_string ("figures"));
}

/* The figures that a page's plots can be added to, as they are when the menu opens. */
void
_plateau_window_fill_figure_menu (GtkMenuButton *button, gpointer user_data)
{
  PlateauWindow *window = PLATEAU_WINDOW (user_data);
  PlateauProject *project = plateau_document_get_project (window->document);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) figures = g_menu_new ();
  g_menu_append (menu, _ ("New figure"), "win.send-to-figure");
  for (guint i = 0; i < plateau_project_get_n_figures (project); i++)
    {
      const char *title = plateau_project_get_figure_name (project, i);
      g_autofree char *label = g_strdup_printf (_ ("Add to %s"), title);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.add-to-figure", "s", title);
      g_menu_append_item (figures, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (figures));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static const struct
{
  const char *name;
  const char *parameter;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "win.export-page", NULL, export_page },
  { "win.export-figure", "s", export_figure },
  { "win.export-page-to", "s", export_page_to },
  { "win.export-data", NULL, export_data },
  { "win.export-workbook", NULL, export_workbook },
  { "win.copy-figure", NULL, copy_figure },
  { "win.copy-table", NULL, copy_table },
  { "win.print-page", NULL, print_page },
  { "win.print-page-to", "s", print_page_to },
  { "win.export-archive", NULL, export_archive },
  { "win.export-archive-to", "s", export_archive_to },
  { "win.send-to-figure", NULL, send_to_figure },
  { "win.add-to-figure", "s", add_to_figure },
  { "win.show-file", "s", show_file },
};

void
_plateau_window_install_export_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
}
