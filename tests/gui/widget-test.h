/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What tests of widgets in one process share. */

#include "plateau-document.h"
#include "plateau-later.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>

/* Until no job runs and nothing is to be drawn or made. */
static inline void
settle_document (PlateauDocument *document)
{
  PlateauJobs *jobs = plateau_document_get_jobs (document);
  for (guint quiet = 0; quiet < 3;)
    {
      gboolean more = plateau_jobs_busy (jobs) || plateau_later_is_pending ();
      quiet = more || g_main_context_pending (NULL) ? 0 : quiet + 1;
      g_main_context_iteration (NULL, more);
    }
}

/* All of @type in @widget, itself among them, in the order of the tree. */
static inline void
list_widgets (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_widgets (child, type, found);
}

static inline void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* A folder for the program's state, and settings that leave nothing behind. (transfer full) */
static inline char *
make_state_folder (void)
{
  char *folder = g_dir_make_tmp ("plateau-test-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  return folder;
}
