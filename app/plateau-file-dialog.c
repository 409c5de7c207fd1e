/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-file-dialog.h"

#include <glib/gi18n.h>

typedef struct
{
  PlateauFilesChosen chosen;
  GObject *user_data;
} Request;

static void
responded (GtkNativeDialog *dialog, int response, Request *request)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      request->chosen (files, request->user_data);
    }
  g_object_unref (request->user_data);
  g_free (request);
  g_object_unref (dialog);
}

static void
add_filters (GtkFileChooser *chooser, const char *const *patterns, const char *label)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, label);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

void
plateau_file_dialog_open (GtkWindow *parent, const char *title, GtkFileChooserAction action,
                          const char *const *patterns, const char *pattern_label, const char *name,
                          PlateauFilesChosen chosen, GObject *user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      title, parent, action, action == GTK_FILE_CHOOSER_ACTION_SAVE ? _ ("_Save") : _ ("_Open"),
      _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  if (patterns != NULL)
    add_filters (GTK_FILE_CHOOSER (dialog), patterns, pattern_label);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  Request *request = g_new (Request, 1);
  request->chosen = chosen;
  request->user_data = g_object_ref (user_data);
  g_signal_connect (dialog, "response", G_CALLBACK (responded), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
