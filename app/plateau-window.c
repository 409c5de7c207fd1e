/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include "archive/plateau-archive.h"

#include "plateau-accessible.h"
#include "plateau-ask.h"
#include "plateau-first-page.h"
#include "plateau-import.h"
#include "plateau-document-file.h"
#include "plateau-later.h"
#include "plateau-messages.h"
#include "plateau-recent.h"
#include "plateau-tooltip.h"
#include "plateau-wrap-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#define INSPECTOR_WIDTH 288
#define TOAST_SECONDS 8

G_DEFINE_FINAL_TYPE (PlateauWindow, plateau_window, GTK_TYPE_APPLICATION_WINDOW)

/* Pages */

PlateauPage *
plateau_window_get_page (PlateauWindow *window)
{
  return window->page_id != NULL ? g_hash_table_lookup (window->pages, window->page_id) : NULL;
}

const char *
plateau_window_get_page_id (PlateauWindow *window)
{
  return window->page_id;
}

static const PlateauPageInfo *
find_page_info (const char *id)
{
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  for (guint i = 0; i < n_pages; i++)
    if (g_strcmp0 (pages[i].id, id) == 0)
      return &pages[i];
  return NULL;
}

static PlateauPage *
ensure_page (PlateauWindow *window, const char *id)
{
  PlateauPage *page = g_hash_table_lookup (window->pages, id);
  if (page != NULL)
    return page;
  const PlateauPageInfo *info = find_page_info (id);
  if (info == NULL)
    return NULL;
  GtkWidget *widget = info->create (window->document);
  page = PLATEAU_PAGE (widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (info->title), -1);
  gtk_stack_add_named (GTK_STACK (window->page_stack), widget, id);
  GtkWidget *tools = plateau_page_get_tools (page);
  if (tools == NULL)
    tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (tools, plateau_wrap_layout_new (8));
  gtk_stack_add_named (GTK_STACK (window->tools_stack), tools, id);
  g_hash_table_insert (window->pages, g_strdup (id), page);
  g_hash_table_add (window->stale, g_strdup (id));
  plateau_page_set_narrow (page, window->narrow);
  return page;
}

static void
refresh_page (PlateauWindow *window)
{
  PlateauPage *page = plateau_window_get_page (window);
  if (page != NULL && !plateau_document_is_empty (window->document)
      && g_hash_table_remove (window->stale, window->page_id))
    plateau_page_refresh (page);
}

/* Children that are not seen are hidden, not only covered: a screen reader would read them. */
static void
show_in_stack (GtkWidget *stack, const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (GTK_STACK (stack), name);
  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (stack), shown);
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == shown);
}

/* Without data there is no page to make yet. */
static void
show_current_page (gpointer object)
{
  PlateauWindow *window = object;
  const char *id = window->page_id;
  if (id == NULL || plateau_document_is_empty (window->document))
    return;
  PlateauPage *page = ensure_page (window, id);
  show_in_stack (window->page_stack, id);
  show_in_stack (window->tools_stack, id);
  /* A figure is not sent to a figure. */
  gtk_widget_set_visible (gtk_widget_get_parent (window->send_button), strcmp (id, "figures") != 0);
  plateau_inspector_set_page_sections (
      PLATEAU_INSPECTOR (window->inspector), plateau_page_get_inspector (page),
      plateau_page_is_inspector_first (page), plateau_page_is_inspector_alone (page));
  refresh_page (window);
  _plateau_window_update_actions (window);
}

static void
choose_page (PlateauWindow *window, const char *id)
{
  g_autofree char *chosen = g_strdup (id);
  g_free (window->page_id);
  window->page_id = g_steal_pointer (&chosen);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (g_hash_table_lookup (window->tabs, id)), TRUE);
}

void
plateau_window_show_page (PlateauWindow *window, const char *id)
{
  g_return_if_fail (PLATEAU_IS_WINDOW (window));
  if (find_page_info (id) == NULL)
    return;
  choose_page (window, id);
  show_current_page (window);
}

static void
tab_toggled (GtkToggleButton *button, PlateauWindow *window)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");
  if (gtk_toggle_button_get_active (button) && g_strcmp0 (id, window->page_id) != 0)
    plateau_window_show_page (window, id);
}

static void
build_tabs (PlateauWindow *window)
{
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  GtkToggleButton *first = NULL;
  for (guint i = 0; i < n_pages; i++)
    {
      GtkWidget *tab = gtk_toggle_button_new_with_label (_ (pages[i].title));
      g_object_set_data (G_OBJECT (tab), "id", (gpointer) pages[i].id);
      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), first);
      first = GTK_TOGGLE_BUTTON (tab);
      g_autofree char *tip = i < 9 ? g_strdup_printf ("%s (Alt+%u)", _ (pages[i].help), i + 1)
                                   : g_strdup (_ (pages[i].help));
      plateau_tooltip_set (tab, tip);
      g_signal_connect (tab, "toggled", G_CALLBACK (tab_toggled), window);
      gtk_box_append (GTK_BOX (window->tab_row), tab);
      g_hash_table_insert (window->tabs, (gpointer) pages[i].id, tab);
    }
}

/* The document */

static void
mark_stale (PlateauWindow *window)
{
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, window->pages);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (window->stale, g_strdup (id));
  refresh_page (window);
}

void
_plateau_window_refresh (PlateauWindow *window)
{
  mark_stale (window);
}

static void
document_changed (PlateauWindow *window)
{
  gboolean empty = plateau_document_is_empty (window->document);
  show_in_stack (window->main_stack, empty ? "first" : "work");
  mark_stale (window);
  if (plateau_window_get_page (window) == NULL)
    plateau_later (window, show_current_page);
  _plateau_window_update_actions (window);
}

static void
selection_changed (PlateauWindow *window)
{
  mark_stale (window);
  _plateau_window_update_actions (window);
}

static void
clear_children (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
clear_stack (GtkWidget *stack)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (stack)) != NULL)
    gtk_stack_remove (GTK_STACK (stack), child);
}

static void
drop_document (PlateauWindow *window)
{
  if (window->document == NULL)
    return;
  g_clear_object (&window->follow);
  g_clear_object (&window->sources);
  plateau_jobs_cancel_all (plateau_document_get_jobs (window->document));
  g_signal_handlers_disconnect_by_data (window->document, window);
  g_signal_handlers_disconnect_by_data (plateau_document_get_selection (window->document), window);
  g_signal_handlers_disconnect_by_data (plateau_document_get_undo (window->document), window);
  g_signal_handlers_disconnect_by_data (plateau_document_get_jobs (window->document), window);
  g_signal_handlers_disconnect_by_data (plateau_document_get_messages (window->document), window);
  plateau_inspector_set_page_sections (PLATEAU_INSPECTOR (window->inspector), NULL, FALSE, FALSE);
  g_hash_table_remove_all (window->pages);
  g_hash_table_remove_all (window->stale);
  clear_stack (window->page_stack);
  clear_stack (window->tools_stack);
  clear_children (window->sidebar_column);
  clear_children (window->inspector_column);
  gtk_revealer_set_child (GTK_REVEALER (window->messages_revealer), NULL);
  g_clear_object (&window->document);
}

static void
update_columns (PlateauWindow *window)
{
  double scale = plateau_text_scale ();
  static const int sidebar_widths[] = { 240, 208, 176 }; /* wide to narrow */
  gtk_widget_set_size_request (window->sidebar_column,
                               (int) (scale * sidebar_widths[window->narrow]), -1);
  gtk_widget_set_size_request (window->inspector_column, (int) (scale * INSPECTOR_WIDTH), -1);
  gboolean shown = window->narrow > 0 ? window->show_inspector_narrow
                                      : g_settings_get_boolean (window->settings, "show-inspector");
  gtk_widget_set_visible (window->inspector_column, shown);
  gtk_widget_set_visible (window->inspector_button, window->narrow > 0);
  gtk_widget_set_visible (window->send_label, window->roomy);
  gtk_widget_set_visible (window->add_label, window->narrow < 2);
}

void
plateau_window_set_document (PlateauWindow *window, PlateauDocument *document)
{
  g_return_if_fail (PLATEAU_IS_WINDOW (window));
  g_autofree char *page = g_strdup (window->page_id);
  if (page == NULL)
    page = g_settings_get_string (window->settings, "page");
  drop_document (window);
  window->document = g_object_ref (document);
  window->follow = plateau_follow_new (document);
  window->sources = plateau_sources_new (document);
  window->sidebar = plateau_sidebar_new (document);
  gtk_widget_set_vexpand (window->sidebar, TRUE);
  gtk_box_append (GTK_BOX (window->sidebar_column), window->sidebar);
  window->inspector = plateau_inspector_new (document);
  gtk_widget_set_vexpand (window->inspector, TRUE);
  gtk_box_append (GTK_BOX (window->inspector_column), window->inspector);
  gtk_revealer_set_child (GTK_REVEALER (window->messages_revealer),
                          plateau_messages_new (document));

  g_signal_connect_swapped (document, "changed", G_CALLBACK (document_changed), window);
  g_signal_connect_swapped (plateau_document_get_selection (document), "changed",
                            G_CALLBACK (selection_changed), window);
  g_signal_connect_swapped (plateau_document_get_undo (document), "changed",
                            G_CALLBACK (_plateau_window_update_actions), window);
  _plateau_window_connect_status (window);
  if (!plateau_document_is_empty (document))
    plateau_sidebar_select_default (PLATEAU_SIDEBAR (window->sidebar));
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  choose_page (window, find_page_info (page) != NULL ? page : pages[0].id);
  document_changed (window);
}

PlateauDocument *
plateau_window_get_document (PlateauWindow *window)
{
  return window->document;
}

/* Files */

static void
imported (PlateauDocument *document, GArray *cells, gpointer user_data)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    {
      if (!PLATEAU_IS_WINDOW (link->data) || plateau_window_get_document (link->data) != document
          || cells->len == 0)
        continue;
      PlateauWindow *window = link->data;
      plateau_sidebar_select_cells (PLATEAU_SIDEBAR (window->sidebar), (const gint64 *) cells->data,
                                    cells->len);
    }
}

static gboolean
is_project (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  return path != NULL && (g_str_has_suffix (path, ".plateau") || plateau_archive_is (path));
}

void
plateau_window_take_files (PlateauWindow *window, GFile *const *files, guint n_files)
{
  g_return_if_fail (PLATEAU_IS_WINDOW (window));
  g_autoptr (GPtrArray) data = g_ptr_array_new ();
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = is_project (files[i]) ? g_file_get_path (files[i]) : NULL;
      if (path != NULL)
        gtk_widget_activate_action (GTK_WIDGET (window), "win.open-path", "s", path);
      else
        g_ptr_array_add (data, files[i]);
    }
  plateau_import_files (window->document, (GFile *const *) data->pdata, data->len, NULL, NULL,
                        imported, NULL);
}

/* Toasts */

static gboolean
hide_toast (gpointer user_data)
{
  PlateauWindow *window = user_data;
  window->toast_source = 0;
  gtk_revealer_set_reveal_child (GTK_REVEALER (window->toast_revealer), FALSE);
  return G_SOURCE_REMOVE;
}

void
plateau_window_toast (PlateauWindow *window, const char *text, const char *label,
                      const char *action, GVariant *target)
{
  g_clear_handle_id (&window->toast_source, g_source_remove);
  gtk_label_set_text (GTK_LABEL (window->toast_label), text);
  gtk_widget_set_visible (window->toast_button, action != NULL);
  if (action != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (window->toast_button), label);
      /* The target first: an action is checked against it at once. */
      gtk_actionable_set_action_name (GTK_ACTIONABLE (window->toast_button), NULL);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (window->toast_button), target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (window->toast_button), action);
    }
  gtk_widget_set_visible (window->toast_revealer, TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (window->toast_revealer), TRUE);
  window->toast_source = g_timeout_add_seconds (TOAST_SECONDS, hide_toast, window);
}

static void
revealer_settled (GtkWidget *revealer)
{
  /* A hidden revealer still takes the pointer from what lies under it. */
  gtk_widget_set_visible (revealer,
                          gtk_revealer_get_reveal_child (GTK_REVEALER (revealer))
                              || gtk_revealer_get_child_revealed (GTK_REVEALER (revealer)));
}

/* Size */

static int
narrow_of (int width)
{
  width = (int) (width / plateau_text_scale ());
  return width < 800 ? 2 : width < 1200 ? 1 : 0;
}

/* Labels that a page's tools can do without must not keep a window from becoming narrow. */
static gboolean
is_roomy (int width)
{
  return width >= 1400 * plateau_text_scale ();
}

static void
update_narrow (PlateauWindow *window, int width)
{
  int narrow = narrow_of (width);
  if ((narrow == window->narrow && is_roomy (width) == window->roomy) || width <= 0)
    return;
  window->narrow = narrow;
  window->roomy = is_roomy (width);
  update_columns (window);
  GHashTableIter iter;
  gpointer page;
  g_hash_table_iter_init (&iter, window->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    plateau_page_set_narrow (page, narrow);
}

static gboolean
narrow_in_idle (gpointer user_data)
{
  PlateauWindow *window = user_data;
  update_narrow (window, gtk_widget_get_width (GTK_WIDGET (window)));
  return G_SOURCE_REMOVE;
}

/* The least width does not depend on the height: a text that wraps would ask for the width at which
 * it needs no more lines than there is room for, and the window would grow. */
static void
plateau_window_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  GTK_WIDGET_CLASS (plateau_window_parent_class)
      ->measure (widget, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size,
                 minimum, natural, minimum_baseline, natural_baseline);
}

static void
plateau_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (plateau_window_parent_class)->size_allocate (widget, width, height, baseline);
  PlateauWindow *window = PLATEAU_WINDOW (widget);
  if (narrow_of (width) != window->narrow || is_roomy (width) != window->roomy)
    /* not within an allocation */
    g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_in_idle, g_object_ref (widget), g_object_unref);
}

/* What is in the window only would be gone with it; what is being written may still fail. */
static gboolean
must_stay (PlateauWindow *window)
{
  window->closes_when_written = plateau_document_has_unwritten (window->document);
  if (window->closes_when_written)
    return TRUE;
  if (!plateau_document_is_behind (window->document) || window->closes_anyway)
    return FALSE;
  const PlateauAnswer answers[] = {
    { _ ("Stay"), NULL, NULL, FALSE, FALSE },
    { _ ("Close and lose them"), "win.close-anyway", NULL, FALSE, TRUE },
    { _ ("Save as…"), "win.save-as", NULL, TRUE, FALSE },
  };
  g_autofree char *name = plateau_document_dup_title (window->document);
  g_autofree char *text = g_strdup_printf (
      _ ("The last changes of %s could not be written to its file. They are in this window only. "
         "Save the project under another name, or in another place, to keep them."),
      name);
  plateau_ask (GTK_WINDOW (window), _ ("Some changes are not saved"), text, answers,
               G_N_ELEMENTS (answers));
  return TRUE;
}

static gboolean
plateau_window_close_request (GtkWindow *gtk_window)
{
  PlateauWindow *window = PLATEAU_WINDOW (gtk_window);
  if (must_stay (window))
    return TRUE;
  g_settings_set_boolean (window->settings, "window-maximized",
                          gtk_window_is_maximized (gtk_window));
  if (!gtk_window_is_maximized (gtk_window))
    {
      int width, height;
      gtk_window_get_default_size (gtk_window, &width, &height);
      g_settings_set (window->settings, "window-size", "(ii)", width, height);
    }
  if (window->page_id != NULL)
    g_settings_set_string (window->settings, "page", window->page_id);
  plateau_jobs_cancel_all (plateau_document_get_jobs (window->document));
  return GTK_WINDOW_CLASS (plateau_window_parent_class)->close_request (gtk_window);
}

static void
plateau_window_dispose (GObject *object)
{
  PlateauWindow *window = PLATEAU_WINDOW (object);
  g_clear_handle_id (&window->job_source, g_source_remove);
  g_clear_handle_id (&window->toast_source, g_source_remove);
  g_clear_handle_id (&window->inhibit_source, g_source_remove);
  drop_document (window);
  g_clear_object (&window->settings);
  G_OBJECT_CLASS (plateau_window_parent_class)->dispose (object);
}

static void
plateau_window_finalize (GObject *object)
{
  PlateauWindow *window = PLATEAU_WINDOW (object);
  g_hash_table_unref (window->pages);
  g_hash_table_unref (window->tabs);
  g_hash_table_unref (window->stale);
  g_free (window->page_id);
  G_OBJECT_CLASS (plateau_window_parent_class)->finalize (object);
}

static void
plateau_window_class_init (PlateauWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = plateau_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = plateau_window_finalize;
  widget_class->size_allocate = plateau_window_size_allocate;
  widget_class->measure = plateau_window_measure;
  GTK_WINDOW_CLASS (klass)->close_request = plateau_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plateau/Plateau/ui/window.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PlateauWindow, name)
  BIND (header);
  BIND (open_button);
  BIND (add_button);
  BIND (add_label);
  BIND (title_label);
  BIND (subtitle_label);
  BIND (menu_button);
  BIND (export_button);
  BIND (figure_menu_button);
  BIND (inspector_button);
  BIND (undo_button);
  BIND (redo_button);
  BIND (overlay);
  BIND (main_stack);
  BIND (work_box);
  BIND (sidebar_column);
  BIND (tab_row);
  BIND (tool_row);
  BIND (tools_stack);
  BIND (send_button);
  BIND (send_label);
  BIND (page_stack);
  BIND (inspector_column);
  BIND (drop_veil);
  BIND (drop_title);
  BIND (drop_text);
  BIND (messages_revealer);
  BIND (toast_revealer);
  BIND (toast_label);
  BIND (toast_button);
  BIND (status_bar);
  BIND (files_label);
  BIND (messages_button);
  BIND (messages_icon);
  BIND (messages_label);
  BIND (read_off_label);
  BIND (job_label);
  BIND (job_progress);
  BIND (job_cancel);
#undef BIND
  _plateau_window_install_actions (widget_class);
  _plateau_window_install_export_actions (widget_class);
  _plateau_window_install_remedy_actions (widget_class);
}

static void
fill_recent (GtkMenuButton *button, gpointer user_data)
{
  PlateauStore *store = plateau_document_get_store (PLATEAU_WINDOW (user_data)->document);
  plateau_recent_fill_menu (g_object_get_data (G_OBJECT (button), "recent"),
                            store != NULL ? plateau_store_get_path (store) : NULL);
}

static void
set_menu (GtkWidget *button, GtkBuilder *builder, const char *id)
{
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button),
                                  G_MENU_MODEL (gtk_builder_get_object (builder, id)));
}

/* A window that begins with more than the screen has room for would not become narrower by itself.
 */
static int
widest_monitor (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  int widest = 0;
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      GdkRectangle area;
      gdk_monitor_get_geometry (monitor, &area);
      widest = MAX (widest, area.width);
    }
  return widest > 0 ? widest : G_MAXINT;
}

static void
settings_changed (GSettings *settings, const char *key, PlateauWindow *window)
{
  update_columns (window);
}

static void
plateau_window_init (PlateauWindow *window)
{
  window->settings = g_settings_new (PLATEAU_APP_ID);
  window->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  window->tabs = g_hash_table_new (g_str_hash, g_str_equal);
  window->stale = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (window));
  window->first_page = plateau_first_page_new ();
  gtk_stack_add_named (GTK_STACK (window->main_stack), window->first_page, "first");
  g_autoptr (GtkBuilder)
      builder = gtk_builder_new_from_resource ("/io/github/plateau/Plateau/ui/menus.ui");
  set_menu (window->open_button, builder, "open-menu");
  g_object_set_data_full (G_OBJECT (window->open_button), "recent",
                          g_object_ref (gtk_builder_get_object (builder, "recent-section")),
                          g_object_unref);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (window->open_button), fill_recent, window,
                                         NULL);
  set_menu (window->export_button, builder, "export-menu");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (window->figure_menu_button),
                                         _plateau_window_fill_figure_menu, window, NULL);
  set_menu (window->menu_button, builder, "main-menu");
  g_object_set_data_full (G_OBJECT (window->menu_button), "undo",
                          g_object_ref (gtk_builder_get_object (builder, "undo-section")),
                          g_object_unref);
  build_tabs (window);
  _plateau_window_init_drop (window);
  _plateau_window_init_status (window);
  g_signal_connect (window->messages_revealer, "notify::child-revealed",
                    G_CALLBACK (revealer_settled), NULL);
  g_signal_connect (window->toast_revealer, "notify::child-revealed", G_CALLBACK (revealer_settled),
                    NULL);
  g_signal_connect_object (window->settings, "changed::show-inspector",
                           G_CALLBACK (settings_changed), window, 0);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (update_columns), window, G_CONNECT_SWAPPED);
  int width, height;
  g_settings_get (window->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  window->narrow = narrow_of (MIN (width, widest_monitor ()));
  if (g_settings_get_boolean (window->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (window));
  update_columns (window);
}

PlateauWindow *
plateau_window_new (GtkApplication *application, PlateauDocument *document)
{
  PlateauWindow *window = g_object_new (PLATEAU_TYPE_WINDOW, "application", application, NULL);
  plateau_window_set_document (window, document);
  return window;
}
