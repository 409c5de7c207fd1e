/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plateau-application.h"

#include "plateau-accessible.h"
#include "plateau-actions.h"
#include "plateau-ask.h"
#include "plateau-document-file.h"
#include "plateau-help.h"
#include "plateau-preferences.h"
#include "plateau-theme.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _PlateauApplication
{
  GtkApplication parent_instance;

  GSettings *settings;
  PlateauThemeWatcher *theme;
};

G_DEFINE_FINAL_TYPE (PlateauApplication, plateau_application, GTK_TYPE_APPLICATION)

/* Opening projects */

typedef struct
{
  PlateauApplication *application;
  PlateauWindow *window;
  char *path;
  char *note; /* (nullable): what is to be said about the project once it is open */
} OpenRequest;

static void
open_request_free (OpenRequest *request)
{
  g_object_unref (request->application);
  g_clear_object (&request->window);
  g_free (request->path);
  g_free (request->note);
  g_free (request);
}

static PlateauWindow *
find_window_of (PlateauApplication *application, const char *path)
{
  GStatBuf wanted, file;
  gboolean there = g_stat (path, &wanted) == 0;
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (application)); link != NULL;
       link = link->next)
    {
      if (!PLATEAU_IS_WINDOW (link->data))
        continue;
      PlateauStore *store = plateau_document_get_store (plateau_window_get_document (link->data));
      const char *shown = store != NULL ? plateau_store_get_path (store) : NULL;
      /* Links and other spellings lead to the same file. */
      if (shown != NULL && there && g_stat (shown, &file) == 0 && file.st_dev == wanted.st_dev
          && file.st_ino == wanted.st_ino)
        return link->data;
    }
  return NULL;
}

/* A window that is empty, and stays so. (transfer none) */
static PlateauWindow *
show_document (PlateauApplication *application, PlateauWindow *window, PlateauDocument *document)
{
  PlateauDocument *shown = window != NULL ? plateau_window_get_document (window) : NULL;
  if (shown != NULL && plateau_document_is_empty (shown) && !plateau_document_is_writing (shown))
    plateau_window_set_document (window, document);
  else
    window = plateau_window_new (GTK_APPLICATION (application), document);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
tell_note (PlateauDocument *document, const char *note)
{
  g_autoptr (PlateauMessage) message = plateau_message_new (
      PLATEAU_MESSAGE_WARNING, _ ("This project was recovered from a damaged one"), note);
  plateau_message_set_subject (message, "recovered");
  plateau_document_add_message (document, message);
}

/* What each kind of refusal is called, and what can be done about it beside closing the dialog. */
static const struct
{
  int code;
  const char *title, *label, *action;
} refusals[] = {
  { PLATEAU_STORE_ERROR_BUSY, N_ ("%s is open already"), N_ ("Open to look"),
    "app.open-read-only" },
  { PLATEAU_STORE_ERROR_READ_ONLY, N_ ("%s cannot be written"), N_ ("Open to look"),
    "app.open-read-only" },
  { PLATEAU_STORE_ERROR_DAMAGED, N_ ("%s is damaged"), N_ ("Recover into a new project"),
    "app.recover" },
  { PLATEAU_STORE_ERROR_NOT_A_PROJECT, N_ ("%s is not a project"), NULL, NULL },
  { PLATEAU_STORE_ERROR_NEWER_VERSION, N_ ("%s is of a newer Plateau"), NULL, NULL },
};

static void
tell_refusal (PlateauWindow *window, const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_basename (path);
  guint kind = 0;
  while (kind < G_N_ELEMENTS (refusals)
         && !g_error_matches (error, PLATEAU_STORE_ERROR, refusals[kind].code))
    kind++;
  gboolean known = kind < G_N_ELEMENTS (refusals);
  g_autoptr (GString) title = g_string_new (known ? _ (refusals[kind].title)
                                                  : _ ("%s cannot be opened"));
  g_string_replace (title, "%s", name, 1);
  gboolean remedy = known && refusals[kind].label != NULL;
  const PlateauAnswer answers[] = {
    { _ ("Close"), NULL, NULL, FALSE, FALSE },
    { remedy ? _ (refusals[kind].label) : NULL, remedy ? refusals[kind].action : NULL, path, TRUE,
      FALSE },
  };
  plateau_ask (GTK_WINDOW (window), title->str, error->message, answers, remedy ? 2 : 1);
}

static void
project_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OpenRequest *request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauDocument) document = plateau_document_open_finish (result, &error);
  if (document != NULL)
    {
      PlateauWindow *shown = find_window_of (request->application, request->path);
      if (shown != NULL) /* asked for twice */
        gtk_window_present (GTK_WINDOW (shown));
      else
        show_document (request->application, request->window, document);
      if (request->note != NULL)
        tell_note (document, request->note);
      g_autoptr (GFile) file = g_file_new_for_path (request->path);
      g_autofree char *uri = g_file_get_uri (file);
      if (plateau_document_get_path (document) != NULL)
        gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
    }
  else
    {
      PlateauWindow *window = request->window;
      if (window == NULL)
        {
          g_autoptr (PlateauDocument) empty = plateau_document_new ();
          window = plateau_window_new (GTK_APPLICATION (request->application), empty);
          gtk_window_present (GTK_WINDOW (window));
        }
      tell_refusal (window, request->path, error);
    }
  g_application_release (G_APPLICATION (request->application));
  open_request_free (request);
}

/* @note: (nullable) */
static void
open_project (PlateauApplication *application, PlateauWindow *window, const char *path,
              gboolean read_only, const char *note)
{
  PlateauWindow *shown = find_window_of (application, path);
  if (shown != NULL)
    {
      gtk_window_present (GTK_WINDOW (shown));
      return;
    }
  OpenRequest *request = g_new0 (OpenRequest, 1);
  request->application = g_object_ref (application);
  request->window = window != NULL ? g_object_ref (window) : NULL;
  request->path = g_strdup (path);
  request->note = g_strdup (note);
  g_application_hold (G_APPLICATION (application));
  plateau_document_open_async (path, read_only, NULL, project_opened, request);
}

void
plateau_application_open_project (PlateauApplication *application, PlateauWindow *window,
                                  const char *path)
{
  open_project (application, window, path, FALSE, NULL);
}

/* The example is copied, so that everything in it can be tried. */

static char *
find_example (void)
{
  const char *const folders[] = { g_getenv ("PLATEAU_EXAMPLE"),
                                  PLATEAU_DATA_DIR "/example.plateau" };
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    if (folders[i] != NULL && g_file_test (folders[i], G_FILE_TEST_EXISTS))
      return g_strdup (folders[i]);
  return NULL;
}

void
plateau_application_open_example (PlateauApplication *application, PlateauWindow *window)
{
  g_autofree char *example = find_example ();
  g_autoptr (GError) error = NULL;
  if (example != NULL)
    {
      g_autofree char *path = plateau_drafts_new_path ();
      g_autoptr (GFile) from = g_file_new_for_path (example);
      g_autoptr (GFile) to = g_file_new_for_path (path);
      if (g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &error))
        {
          plateau_application_open_project (application, window, path);
          return;
        }
    }
  g_autofree char *text = g_strdup_printf (_ ("The example project cannot be opened: %s"),
                                           error != NULL ? error->message
                                                         : _ ("it is not installed."));
  if (window != NULL)
    plateau_window_toast (window, text, NULL, NULL, NULL);
}

/* Actions of the application */

static PlateauWindow *
active_window (PlateauApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  while (window != NULL && !PLATEAU_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  return window != NULL ? PLATEAU_WINDOW (window) : NULL;
}

static void
new_window (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (PlateauDocument) document = plateau_document_new ();
  gtk_window_present (GTK_WINDOW (plateau_window_new (user_data, document)));
}

static void
open_read_only (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_project (user_data, active_window (user_data), g_variant_get_string (parameter, NULL), TRUE,
                NULL);
}

/* What is sound of a damaged project goes into a new one beside it, or, where nothing can be written
 * there, among the drafts. A project that was recovered before stays as it is. */

static char *
recovered_path (const char *damaged)
{
  g_autofree char *folder = g_path_get_dirname (damaged);
  if (g_access (folder, W_OK) != 0)
    return plateau_drafts_new_path ();
  g_autofree char *stem = g_str_has_suffix (damaged, ".plateau")
                              ? g_strndup (damaged, strlen (damaged) - strlen (".plateau"))
                              : g_strdup (damaged);
  char *path = g_strdup_printf ("%s-recovered.plateau", stem);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s-recovered-%u.plateau", stem, i);
    }
  return path;
}

static void
recover_thread (GTask *task, gpointer source, gpointer damaged, GCancellable *cancellable)
{
  g_autofree char *path = recovered_path (damaged);
  char *report = NULL;
  GError *error = NULL;
  if (!plateau_store_recover (damaged, path, &report, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (task), "path", g_steal_pointer (&path), g_free);
  g_task_return_pointer (task, report, g_free);
}

static void
recovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlateauApplication *application = PLATEAU_APPLICATION (source);
  PlateauWindow *window = active_window (application);
  g_autoptr (GError) error = NULL;
  g_autofree char *report = g_task_propagate_pointer (G_TASK (result), &error);
  if (report != NULL)
    open_project (application, window, g_object_get_data (G_OBJECT (result), "path"), FALSE, report);
  else if (window != NULL)
    {
      const PlateauAnswer close = { _ ("Close"), NULL, NULL, TRUE, FALSE };
      plateau_ask (GTK_WINDOW (window), _ ("Nothing could be recovered"), error->message, &close, 1);
    }
  g_application_release (G_APPLICATION (application));
}

static void
recover (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (user_data, NULL, recovered, NULL);
  g_task_set_task_data (task, g_variant_dup_string (parameter, NULL), g_free);
  g_application_hold (user_data);
  g_task_run_in_thread (task, recover_thread);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
  g_list_free (windows);
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *authors[] = { _ ("The Plateau developers"), NULL };
  gtk_show_about_dialog (GTK_WINDOW (active_window (user_data)), "program-name", "Plateau",
                         "version", PLATEAU_VERSION, "logo-icon-name", PLATEAU_APP_ID, "comments",
                         _ ("Compare battery cathodes: cycling, impedance and everything between"),
                         "license-type", GTK_LICENSE_GPL_3_0, "authors", authors,
                         "translator-credits", _ ("translator-credits"), NULL);
}

/* For scripts that take pictures of the program and tests that drive it over D-Bus: any action of
 * the window by its detailed name, and the window's picture as a PNG. */
static void
run_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;
  PlateauWindow *window = active_window (user_data);
  if (window == NULL
      || !g_action_parse_detailed_name (g_variant_get_string (parameter, NULL), &name, &target,
                                        &error))
    return;
  gtk_widget_activate_action_variant (GTK_WIDGET (window), name, target);
}

/* The newest dialog over the window, else the window. */
static GtkWindow *
front_window (PlateauApplication *application)
{
  PlateauWindow *window = active_window (application);
  GListModel *all = gtk_window_get_toplevels ();
  for (guint i = g_list_model_get_n_items (all); window != NULL && i-- > 0;)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (all, i);
      if (gtk_widget_get_mapped (GTK_WIDGET (other))
          && gtk_window_get_transient_for (other) == GTK_WINDOW (window))
        return other;
    }
  return GTK_WINDOW (window);
}

/* FALSE when the window has changed and is not drawn yet: it has no picture then. */
static gboolean
save_picture (GtkWidget *window, const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  GskRenderNode *node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (
      renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gsk_render_node_unref (node);
  g_autofree char *partial = g_strconcat (path, ".part", NULL);
  if (gdk_texture_save_to_png (texture, partial) && g_rename (partial, path) != 0)
    g_warning ("%s could not be written", path);
  return TRUE;
}

static void
picture_drawn (GdkFrameClock *clock, GtkWidget *window)
{
  char *path = g_object_get_data (G_OBJECT (window), "picture-path");
  if (path == NULL || !save_picture (window, path))
    return; /* the next frame, then */
  g_object_set_data (G_OBJECT (window), "picture-path", NULL);
  g_signal_handlers_disconnect_by_func (clock, picture_drawn, window);
}

static void
screenshot (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *window = (GtkWidget *) front_window (user_data);
  const char *path = g_variant_get_string (parameter, NULL);
  if (window == NULL || save_picture (window, path))
    return;
  gboolean waits = g_object_get_data (G_OBJECT (window), "picture-path") != NULL;
  g_object_set_data_full (G_OBJECT (window), "picture-path", g_strdup (path), g_free);
  if (!waits)
    g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                             G_CALLBACK (picture_drawn), window, G_CONNECT_AFTER);
  gtk_widget_queue_draw (window);
}

static void
show_window (PlateauApplication *application, GtkWidget *window)
{
  PlateauWindow *parent = active_window (application);
  if (parent != NULL)
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_window (user_data, plateau_preferences_window_new ());
}

static void
help (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_window (user_data, plateau_help_window_new ());
}

static void
example (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plateau_application_open_example (user_data, active_window (user_data));
}

static const GActionEntry app_actions[] = {
  { "example", example },
  { "preferences", preferences },
  { "help", help },
  { "run-action", run_action, "s" },
  { "screenshot", screenshot, "s" },
  { "new-window", new_window },
  { "open-read-only", open_read_only, "s" },
  { "recover", recover, "s" },
  { "quit", quit },
  { "about", about },
};

/* Life */

static void
plateau_application_activate (GApplication *gapplication)
{
  PlateauApplication *application = PLATEAU_APPLICATION (gapplication);
  PlateauWindow *window = active_window (application);
  if (window == NULL)
    {
      g_autoptr (PlateauDocument) document = plateau_document_new ();
      window = plateau_window_new (GTK_APPLICATION (application), document);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
plateau_application_open (GApplication *gapplication, GFile **files, int n_files, const char *hint)
{
  plateau_application_activate (gapplication);
  plateau_window_take_files (active_window (PLATEAU_APPLICATION (gapplication)), files, n_files);
}

/* "plateau --example" shows the example, in the running program if there is one. */
static gboolean
plateau_application_local_command_line (GApplication *application, char ***arguments,
                                        int *exit_status)
{
  if (g_strv_length (*arguments) != 2 || !g_str_equal ((*arguments)[1], "--example"))
    return G_APPLICATION_CLASS (plateau_application_parent_class)
        ->local_command_line (application, arguments, exit_status);
  g_autoptr (GError) error = NULL;
  *exit_status = 0;
  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      *exit_status = 1;
      return TRUE;
    }
  g_application_activate (application);
  g_action_group_activate_action (G_ACTION_GROUP (application), "example", NULL);
  return TRUE;
}

static void
plateau_application_startup (GApplication *gapplication)
{
  PlateauApplication *application = PLATEAU_APPLICATION (gapplication);
  G_APPLICATION_CLASS (plateau_application_parent_class)->startup (gapplication);
  gtk_window_set_default_icon_name (PLATEAU_APP_ID);
  application->settings = g_settings_new (PLATEAU_APP_ID);
  application->theme = plateau_theme_watcher_new (application->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (application), app_actions,
                                   G_N_ELEMENTS (app_actions), application);
  static const char *const keys[] = { "color-scheme", "specific-unit", "temperature-unit",
                                      "title-form",   "colours",       "figure-font" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (application->settings, keys[i]);
      g_action_map_add_action (G_ACTION_MAP (application), action);
    }
  plateau_actions_install_accels (GTK_APPLICATION (application));
  plateau_accessible_install ();
}

static void
plateau_application_window_added (GtkApplication *application, GtkWindow *window)
{
  GTK_APPLICATION_CLASS (plateau_application_parent_class)->window_added (application, window);
  if (GTK_IS_APPLICATION_WINDOW (window))
    gtk_application_window_set_help_overlay (
        GTK_APPLICATION_WINDOW (window), GTK_SHORTCUTS_WINDOW (plateau_shortcuts_window_new ()));
}

static void
plateau_application_dispose (GObject *object)
{
  PlateauApplication *application = PLATEAU_APPLICATION (object);
  g_clear_object (&application->settings);
  g_clear_object (&application->theme);
  G_OBJECT_CLASS (plateau_application_parent_class)->dispose (object);
}

static void
plateau_application_class_init (PlateauApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_application_dispose;
  G_APPLICATION_CLASS (klass)->activate = plateau_application_activate;
  G_APPLICATION_CLASS (klass)->open = plateau_application_open;
  G_APPLICATION_CLASS (klass)->local_command_line = plateau_application_local_command_line;
  G_APPLICATION_CLASS (klass)->startup = plateau_application_startup;
  GTK_APPLICATION_CLASS (klass)->window_added = plateau_application_window_added;
}

static void
plateau_application_init (PlateauApplication *application)
{
}

PlateauApplication *
plateau_application_new (void)
{
  return g_object_new (PLATEAU_TYPE_APPLICATION, "application-id", PLATEAU_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/plateau/Plateau", NULL);
}
