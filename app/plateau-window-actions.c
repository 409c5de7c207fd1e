/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include "plateau-application.h"
#include "plateau-ask.h"
#include "plateau-cell-table.h"
#include "plateau-family.h"
#include "pages/plateau-literature-dialog.h"
#include "plateau-facts-dialog.h"
#include "plateau-document-file.h"
#include "plateau-figure-paper.h"
#include "plateau-file-dialog.h"
#include "plateau-import.h"
#include "readers/plateau-reader.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

/* Files */

static void
data_chosen (GListModel *files, gpointer user_data)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_ptr_array_add (list, g_list_model_get_item (files, i));
  plateau_window_take_files (PLATEAU_WINDOW (user_data), (GFile *const *) list->pdata, list->len);
}

static GStrv
reader_suffixes (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n_readers;
  const PlateauReader *const *readers = plateau_reader_list (&n_readers);
  for (guint i = 0; i < n_readers; i++)
    for (guint j = 0; readers[i]->suffixes != NULL && readers[i]->suffixes[j] != NULL; j++)
      g_strv_builder_add (builder, readers[i]->suffixes[j]);
  return g_strv_builder_end (builder);
}

static void
add_data (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_auto (GStrv) suffixes = reader_suffixes ();
  gboolean folder = g_str_equal (name, "win.add-folder");
  plateau_file_dialog_open (GTK_WINDOW (widget), folder ? _ ("Add a folder") : _ ("Add files"),
                            folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                   : GTK_FILE_CHOOSER_ACTION_OPEN,
                            folder ? NULL : (const char *const *) suffixes, _ ("Measurements"),
                            NULL, data_chosen, G_OBJECT (widget));
}

static void
project_chosen (GListModel *files, gpointer user_data)
{
  data_chosen (files, user_data);
}

static const char *const project_suffixes[] = { "plateau", NULL };
static const char *const open_suffixes[] = { "plateau", "zip", NULL };

static void
open_project (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_file_dialog_open (GTK_WINDOW (widget), _ ("Open a project"), GTK_FILE_CHOOSER_ACTION_OPEN,
                            open_suffixes, _ ("Plateau projects and archives of figures"), NULL,
                            project_chosen,
                            G_OBJECT (widget));
}

static void
open_path (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  plateau_application_open_project (
      PLATEAU_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))), window,
      g_variant_get_string (parameter, NULL));
}

static void
open_example (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  plateau_application_open_example (
      PLATEAU_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))), window);
}

void
_plateau_window_saved (PlateauWindow *window, const char *path, const GError *error)
{
  if (error != NULL)
    {
      const PlateauAnswer answers[] = {
        { _ ("Close"), NULL, NULL, FALSE, FALSE },
        { _ ("Save elsewhere…"), "win.save-as", NULL, TRUE, FALSE },
      };
      plateau_ask (GTK_WINDOW (window), _ ("The project was not saved there"), error->message,
                   answers, G_N_ELEMENTS (answers));
      return;
    }
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = g_strdup_printf (
      _ ("Saved to %s. From now on every change is kept there."), name);
  plateau_window_toast (window, text, NULL, NULL, NULL);
}

static void
save_to_path (PlateauWindow *window, const char *chosen)
{
  g_autofree char *path = g_str_has_suffix (chosen, ".plateau")
                              ? g_strdup (chosen)
                              : g_strconcat (chosen, ".plateau", NULL);
  plateau_document_save_as (window->document, path);
}

static void
write_again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_document_write_again (PLATEAU_WINDOW (widget)->document);
}

static void
close_anyway (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PLATEAU_WINDOW (widget)->closes_anyway = TRUE;
  gtk_window_close (GTK_WINDOW (widget));
}

/* Without a dialog: (path), for scripts and tests of the whole window. */
static void
save_to (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save_to_path (PLATEAU_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
save_chosen (GListModel *files, gpointer user_data)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  g_autofree char *chosen = file != NULL ? g_file_get_path (file) : NULL;
  if (chosen != NULL)
    save_to_path (PLATEAU_WINDOW (user_data), chosen);
}

static void
save_as (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  g_autofree char *title = plateau_document_dup_title (window->document);
  g_autofree char *proposed = g_strconcat (title, ".plateau", NULL);
  g_strdelimit (proposed, "/\\", '-');
  plateau_file_dialog_open (GTK_WINDOW (widget), _ ("Save the project as"),
                            GTK_FILE_CHOOSER_ACTION_SAVE, project_suffixes, _ ("Plateau projects"),
                            proposed, save_chosen, G_OBJECT (widget));
}

/* Editing */

static void
undo_redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _plateau_window_undo (PLATEAU_WINDOW (widget), g_str_equal (name, "win.redo"));
}

static void
rename_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));
  /* On a figure what is selected is a text. */
  if (focus != NULL && PLATEAU_IS_FIGURE_PAPER (focus))
    plateau_figure_paper_edit_text (PLATEAU_FIGURE_PAPER (focus));
  else
    plateau_sidebar_rename (PLATEAU_SIDEBAR (PLATEAU_WINDOW (widget)->sidebar));
}

static void
toggle_excluded (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  PlateauCell *cell = plateau_selection_get_current_cell (
      plateau_document_get_selection (window->document));
  if (cell == NULL)
    return;
  gboolean excluded = !plateau_cell_get_excluded (cell);
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, G_TYPE_BOOLEAN);
  g_value_set_boolean (&value, excluded);
  g_autofree char *title = g_strdup_printf (excluded ? _ ("Leave out %s") : _ ("Take in %s again"),
                                            plateau_cell_get_name (cell));
  plateau_document_set_property (window->document, G_OBJECT (cell), "excluded", &value, title);
  if (excluded)
    plateau_inspector_focus_field (PLATEAU_INSPECTOR (window->inspector), "exclusion_reason");
}

static void
remove_selected (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  PlateauProject *project = plateau_document_get_project (window->document);
  g_autoptr (GPtrArray) objects = g_ptr_array_copy (
      plateau_selection_get_objects (plateau_document_get_selection (window->document)),
      (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (objects, g_object_unref);
  g_autofree char *name_of_one = NULL;
  if (objects->len == 1)
    g_object_get (g_ptr_array_index (objects, 0), "name", &name_of_one, NULL);
  g_autofree char *title
      = name_of_one != NULL
            ? g_strdup_printf (_ ("Remove %s"), name_of_one)
            : g_strdup_printf (ngettext ("Remove an item", "Remove %u items", objects->len),
                               objects->len);
  plateau_document_begin (window->document, title, NULL);
  for (guint i = 0; i < objects->len; i++)
    {
      GObject *object = g_ptr_array_index (objects, i);
      if (PLATEAU_IS_SAMPLE (object))
        {
          g_autoptr (GPtrArray)
              cells = plateau_project_list_cells_of (project, PLATEAU_SAMPLE (object), TRUE);
          for (guint j = 0; j < cells->len; j++)
            plateau_document_edit (
                window->document,
                plateau_edit_new_member (project, g_ptr_array_index (cells, j), -1));
        }
      plateau_document_edit (window->document, plateau_edit_new_member (project, object, -1));
    }
  gboolean removed = plateau_document_end (window->document);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  plateau_selection_set (plateau_document_get_selection (window->document), none, NULL);
  if (removed)
    plateau_window_toast (window, title, _ ("Undo"), "win.undo", NULL);
}

static void
new_sample (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  PlateauProject *project = plateau_document_get_project (window->document);
  PlateauSelection *selection = plateau_document_get_selection (window->document);
  g_autoptr (PlateauSample) sample = plateau_sample_new (_ ("New sample"));
  g_autoptr (GPtrArray) cells = g_ptr_array_copy (plateau_selection_get_objects (selection),
                                                  (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (cells, g_object_unref);
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, PLATEAU_TYPE_SAMPLE);
  g_value_set_object (&value, sample);
  plateau_document_begin (window->document, _ ("New sample"), NULL);
  plateau_document_edit (window->document,
                         plateau_edit_new_member (project, G_OBJECT (sample), G_MAXINT));
  for (guint i = 0; i < cells->len; i++)
    if (PLATEAU_IS_CELL (g_ptr_array_index (cells, i)))
      plateau_document_edit (window->document, plateau_edit_new_property (
                                                   g_ptr_array_index (cells, i), "sample", &value));
  plateau_document_end (window->document);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_ptr_array_add (chosen, sample);
  plateau_selection_set (selection, chosen, G_OBJECT (sample));
}

static void
set_role (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  GObject *current = plateau_selection_get_current (
      plateau_document_get_selection (window->document));
  PlateauRole role;
  if (!PLATEAU_IS_SAMPLE (current)
      || !plateau_role_from_text (g_variant_get_string (parameter, NULL), &role))
    return;
  g_auto (GValue) value = G_VALUE_INIT;
  g_value_init (&value, PLATEAU_TYPE_ROLE);
  g_value_set_enum (&value, role);
  g_autofree char *title = g_strdup_printf (_ ("Make %s %s"),
                                            plateau_sample_get_name (PLATEAU_SAMPLE (current)),
                                            plateau_role_get_label (role));
  plateau_document_set_property (window->document, current, "role", &value, title);
}

/* (family): what the preferences say of it, for the project that is open */
static void
apply_family (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  g_autofree char *said = plateau_family_apply (window->document,
                                                g_variant_get_string (parameter, NULL));
  plateau_window_toast (window, said, _ ("Undo"), "win.undo", NULL);
}

/* Showing */

static void
show_cell (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  gint64 id = g_variant_get_int64 (parameter);
  plateau_sidebar_select_cells (PLATEAU_SIDEBAR (window->sidebar), &id, 1);
  const char *field = g_str_equal (name, "win.enter-mass")        ? "mass_mg"
                      : g_str_equal (name, "win.enter-thickness") ? "thickness_um"
                                                                  : NULL;
  if (field != NULL)
    {
      if (!gtk_widget_get_visible (window->inspector_column))
        gtk_widget_activate_action (widget, "win.show-inspector", NULL);
      plateau_inspector_focus_field (PLATEAU_INSPECTOR (window->inspector), field);
    }
}

static void
show_messages (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  GtkRevealer *revealer = GTK_REVEALER (window->messages_revealer);
  gboolean show = !gtk_revealer_get_reveal_child (revealer);
  if (show)
    gtk_widget_set_visible (window->messages_revealer, TRUE);
  gtk_revealer_set_reveal_child (revealer, show);
}

static void
show_inspector (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  gboolean show = !gtk_widget_get_visible (window->inspector_column);
  if (window->narrow > 0)
    window->show_inspector_narrow = show;
  else
    g_settings_set_boolean (window->settings, "show-inspector", show);
  gtk_widget_set_visible (window->inspector_column, show);
}

static void
find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_sidebar_focus_search (PLATEAU_SIDEBAR (PLATEAU_WINDOW (widget)->sidebar));
}

static void
cycle_parts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  GtkWidget *parts[] = { window->sidebar_column, window->tool_row, window->page_stack,
                         window->inspector_column, window->status_bar };
  int n = G_N_ELEMENTS (parts), at = -1;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  for (int i = 0; i < n && focus != NULL; i++)
    if (focus == parts[i] || gtk_widget_is_ancestor (focus, parts[i]))
      at = i;
  int step = g_str_equal (name, "win.next-part") ? 1 : -1;
  for (int i = 1; i <= n; i++)
    {
      int next = ((at < 0 ? (step > 0 ? -1 : 0) : at) + step * i + 2 * n) % n;
      if (gtk_widget_get_mapped (parts[next])
          && gtk_widget_child_focus (parts[next], GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
step_page (PlateauWindow *window, int step)
{
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  for (guint i = 0; i < n_pages; i++)
    if (g_strcmp0 (pages[i].id, window->page_id) == 0)
      {
        plateau_window_show_page (window, pages[(i + n_pages + step) % n_pages].id);
        return;
      }
}

static void
change_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  if (g_str_equal (name, "win.next-page"))
    step_page (window, 1);
  else if (g_str_equal (name, "win.previous-page"))
    step_page (window, -1);
  else if (g_str_equal (name, "win.page"))
    plateau_window_show_page (window, g_variant_get_string (parameter, NULL));
  else
    {
      int number = g_variant_get_int32 (parameter);
      if (number >= 1 && number <= (int) n_pages)
        plateau_window_show_page (window, pages[number - 1].id);
    }
}

static void
cancel_jobs (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plateau_jobs_stop (plateau_document_get_jobs (PLATEAU_WINDOW (widget)->document));
}

static void
compute_again (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _plateau_window_refresh (PLATEAU_WINDOW (widget));
}

static void
cell_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  /* Its thousands of entries take long to come and longer to go: it is made once. */
  GtkWidget *table = g_object_get_data (G_OBJECT (window->document), "cell-table");
  if (table == NULL)
    {
      table = plateau_cell_table_window_new (window->document);
      gtk_window_set_transient_for (GTK_WINDOW (table), GTK_WINDOW (window));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (table), TRUE);
      gtk_window_set_hide_on_close (GTK_WINDOW (table), TRUE);
      g_object_set_data (G_OBJECT (window->document), "cell-table", table);
    }
  gtk_window_present (GTK_WINDOW (table));
}

static void
material_facts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (
      plateau_facts_dialog_new (PLATEAU_WINDOW (widget)->document, GTK_WINDOW (widget))));
}

static void
own_literature (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (GTK_WINDOW (
      plateau_literature_dialog_new (PLATEAU_WINDOW (widget)->document, GTK_WINDOW (widget))));
}

/* What cannot be done just now is greyed in menus, buttons and keys alike. */
void
_plateau_window_update_actions (PlateauWindow *window)
{
  GtkWidget *widget = GTK_WIDGET (window);
  PlateauSelection *selection = plateau_document_get_selection (window->document);
  gboolean empty = plateau_document_is_empty (window->document);
  GObject *current = plateau_selection_get_current (selection);
  static const char *const need_data[] = { "win.export-page",     "win.export-data",
                                           "win.export-workbook", "win.send-to-figure",
                                           "win.copy-figure",     "win.copy-table",
                                           "win.print-page",      "win.add-to-figure",
                                           "win.export-archive",
                                           "win.cell-table",      "win.save-as",
                                           "win.new-sample" };
  for (guint i = 0; i < G_N_ELEMENTS (need_data); i++)
    gtk_widget_action_set_enabled (widget, need_data[i], !empty);
  _plateau_window_name_undo (window);
  gtk_widget_action_set_enabled (widget, "win.rename", current != NULL);
  gtk_widget_action_set_enabled (widget, "win.remove-selected", current != NULL);
  gtk_widget_action_set_enabled (widget, "win.toggle-excluded", PLATEAU_IS_CELL (current));
  gtk_widget_action_set_enabled (widget, "win.flip-current", PLATEAU_IS_CELL (current));
  gtk_widget_action_set_enabled (widget, "win.read-cell-as", PLATEAU_IS_CELL (current));
  gtk_widget_action_set_enabled (widget, "win.name-cell-columns", PLATEAU_IS_CELL (current));
  gtk_widget_action_set_enabled (widget, "win.set-role", PLATEAU_IS_SAMPLE (current));
  gtk_widget_set_sensitive (window->export_button, !empty);
}

static const struct
{
  const char *name;
  const char *parameter;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "win.add-data", NULL, add_data },
  { "win.add-folder", NULL, add_data },
  { "win.open", NULL, open_project },
  { "win.open-path", "s", open_path },
  { "win.open-example", NULL, open_example },
  { "win.save-as", NULL, save_as },
  { "win.save-to", "s", save_to },
  { "win.write-again", NULL, write_again },
  { "win.close-anyway", NULL, close_anyway },
  { "win.undo", NULL, undo_redo },
  { "win.redo", NULL, undo_redo },
  { "win.rename", NULL, rename_selected },
  { "win.toggle-excluded", NULL, toggle_excluded },
  { "win.remove-selected", NULL, remove_selected },
  { "win.new-sample", NULL, new_sample },
  { "win.set-role", "s", set_role },
  { "win.apply-family", "s", apply_family },
  { "win.show-cell", "x", show_cell },
  { "win.enter-mass", "x", show_cell },
  { "win.enter-thickness", "x", show_cell },
  { "win.show-messages", NULL, show_messages },
  { "win.show-inspector", NULL, show_inspector },
  { "win.find", NULL, find },
  { "win.next-part", NULL, cycle_parts },
  { "win.previous-part", NULL, cycle_parts },
  { "win.next-page", NULL, change_page },
  { "win.previous-page", NULL, change_page },
  { "win.page", "s", change_page },
  { "win.page-number", "i", change_page },
  { "win.cancel-jobs", NULL, cancel_jobs },
  { "win.compute-again", NULL, compute_again },
  { "win.cell-table", NULL, cell_table },
  { "win.material-facts", NULL, material_facts },
  { "win.own-literature", NULL, own_literature },
};

void
_plateau_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
  _plateau_window_install_paste (widget_class);
}
