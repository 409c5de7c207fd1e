/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-recent.h"

#include "plateau-document-file.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_DRAFTS 4
#define MAX_FILES 8
#define MAX_SHOWN 3 /* on the first page, of either kind */
#define MAX_CELLS 3 /* that tell a draft */

static void
recent_free (gpointer data)
{
  PlateauRecent *recent = data;
  g_free (recent->path);
  g_free (recent->label);
  g_free (recent);
}

static void
add (GPtrArray *list, const char *path, char *label /* transfer full */, gboolean draft)
{
  PlateauRecent *recent = g_new (PlateauRecent, 1);
  *recent = (PlateauRecent){ g_strdup (path), label, draft };
  g_ptr_array_add (list, recent);
}

static void
add_drafts (GPtrArray *list, const char *except)
{
  g_autoptr (GPtrArray) drafts = plateau_drafts_list ();
  for (guint i = 0; i < drafts->len && list->len < MAX_DRAFTS; i++)
    {
      const char *path = g_ptr_array_index (drafts, i);
      if (g_strcmp0 (path, except) == 0)
        continue;
      /* named "2026-01-01 00.00.00 ..." */
      g_autofree char *name = g_path_get_basename (path);
      name[MIN (strlen (name), strlen ("2026-01-01 00.00"))] = '\0';
      g_strdelimit (name + MIN (strlen (name), strlen ("2026-01-01")), ".", ':');
      add (list, path, g_strdup_printf (_ ("Unsaved, of %s"), name), TRUE);
    }
}

static int
latest_first (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *) b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *) a));
}

static void
add_files (GPtrArray *list, const char *except)
{
  GList *items = g_list_sort (
      gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), latest_first);
  guint n = 0;
  for (GList *link = items; link != NULL && n < MAX_FILES; link = link->next)
    {
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (link->data), NULL, NULL);
      if (path == NULL || !g_str_has_suffix (path, ".plateau") || g_strcmp0 (path, except) == 0
          || plateau_drafts_is_one (path) || !g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      add (list, path, g_filename_display_basename (path), FALSE);
      n++;
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

GPtrArray *
plateau_recent_list (const char *except)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (recent_free);
  add_drafts (list, except);
  add_files (list, except);
  return list;
}

void
plateau_recent_fill_menu (GMenu *menu, const char *except)
{
  g_autoptr (GPtrArray) list = plateau_recent_list (except);
  g_menu_remove_all (menu);
  for (guint i = 0; i < list->len; i++)
    {
      const PlateauRecent *recent = g_ptr_array_index (list, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (recent->label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-path", "s", recent->path);
      g_menu_append_item (menu, item);
    }
}

/* On the first page. What is in a draft is read off the main thread. */

static void
describe_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  guint n = 0;
  g_auto (GStrv) names = plateau_store_peek_cells (path, MAX_CELLS, &n);
  if (names == NULL || n == 0)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_autofree char *some = g_strjoinv (", ", names);
  g_task_return_pointer (task, n > MAX_CELLS ? g_strconcat (some, ", …", NULL) : g_steal_pointer (&some),
                         g_free);
}

static void
described (GObject *label, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *cells = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *text = g_strdup_printf (cells != NULL ? "%s: %s" : "%s",
                                           gtk_label_get_text (GTK_LABEL (label)), cells);
  gtk_label_set_text (GTK_LABEL (label), text);
}

static GtkWidget *
button_new (const PlateauRecent *recent)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (recent->label);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "recent");
  gtk_widget_set_tooltip_text (button, recent->draft ? _ ("Kept by the program, not saved to a file of yours yet")
                                                     : recent->path);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", recent->path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-path");
  if (recent->draft)
    {
      g_autoptr (GTask) task = g_task_new (label, NULL, described, NULL);
      g_task_set_task_data (task, g_strdup (recent->path), g_free);
      g_task_run_in_thread (task, describe_thread);
    }
  return button;
}

static void
fill (GtkWidget *box)
{
  GtkWidget *heading = gtk_widget_get_first_child (box), *child;
  while ((child = gtk_widget_get_next_sibling (heading)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  g_autoptr (GPtrArray) list = plateau_recent_list (NULL);
  guint n[2] = { 0 };
  for (guint i = 0; i < list->len; i++)
    {
      const PlateauRecent *recent = g_ptr_array_index (list, i);
      if (n[recent->draft]++ < MAX_SHOWN)
        gtk_box_append (GTK_BOX (box), button_new (recent));
    }
  gtk_widget_set_visible (heading, list->len > 0);
}

GtkWidget *
plateau_recent_box_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *heading = gtk_label_new (_ ("Go on with"));
  gtk_widget_add_css_class (heading, "step-title");
  gtk_box_append (GTK_BOX (box), heading);
  g_signal_connect (box, "map", G_CALLBACK (fill), NULL);
  return box;
}
