/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include "plateau-first-page.h"
#include "plateau-import.h"

#include <glib/gi18n.h>

static void
set_held (PlateauWindow *window, gboolean held)
{
  if (window->files_held == held)
    return;
  window->files_held = held;
  gboolean first = plateau_document_is_empty (window->document);
  plateau_first_page_set_held (PLATEAU_FIRST_PAGE (window->first_page), held);
  gtk_widget_set_visible (window->drop_veil, held && !first);
}

/* The card says what the release will do, before it. */
static void
describe_files (PlateauWindow *window, GdkFileList *list)
{
  GSList *files = list != NULL ? gdk_file_list_get_files (list) : NULL;
  guint n = g_slist_length (files);
  g_autofree char *title = n > 0 ? g_strdup_printf (
                               ngettext ("Drop to add a file", "Drop to add %u files", n), n)
                                 : g_strdup (_ ("Drop to add the files"));
  g_autofree char *text = n > 0 ? plateau_import_foresee (window->document, files) : g_strdup ("");
  gtk_label_set_text (GTK_LABEL (window->drop_title), title);
  gtk_label_set_text (GTK_LABEL (window->drop_text), text);
  gtk_widget_set_visible (window->drop_text, *text != '\0');
  g_slist_free (files);
}

static void
value_arrived (GtkDropTarget *target, GParamSpec *pspec, PlateauWindow *window)
{
  const GValue *value = gtk_drop_target_get_value (target);
  if (value != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    describe_files (window, g_value_get_boxed (value));
}

static GdkDragAction
drop_entered (GtkDropTarget *target, double x, double y, PlateauWindow *window)
{
  describe_files (window, NULL);
  set_held (window, TRUE);
  return GDK_ACTION_COPY;
}

static void
drop_left (GtkDropTarget *target, PlateauWindow *window)
{
  set_held (window, FALSE);
}

static gboolean
take_list (PlateauWindow *window, const GValue *value)
{
  GSList *list = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  for (GSList *link = list; link != NULL; link = link->next)
    g_ptr_array_add (files, link->data);
  plateau_window_take_files (window, (GFile *const *) files->pdata, files->len);
  g_slist_free (list);
  return files->len > 0;
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, PlateauWindow *window)
{
  set_held (window, FALSE);
  return take_list (window, value);
}

/* Pasting files is the same as dropping them. */
static void
paste_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlateauWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);
  if (value != NULL)
    take_list (window, value);
  else
    plateau_window_toast (window,
                          _ ("There are no files on the clipboard. Copy them in the file "
                             "manager, or use Add data."),
                          _ ("Add data"), "win.add-data", NULL);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                  paste_ready, g_object_ref (widget));
}

void
_plateau_window_init_drop (PlateauWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (drop_entered), window);
  g_signal_connect (target, "leave", G_CALLBACK (drop_left), window);
  g_signal_connect (target, "drop", G_CALLBACK (dropped), window);
  g_signal_connect (target, "notify::value", G_CALLBACK (value_arrived), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}

void
_plateau_window_install_paste (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.paste-files", NULL, paste_action);
}
