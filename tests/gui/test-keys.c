/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program installs as a key stands in the window of shortcuts, and what stands there as
 * the key of an action is installed; the chapters of the help have their pictures and are found. */

#include "plateau-actions.h"
#include "plateau-help-chapters.h"
#include "plateau-help.h"
#include "widget-test.h"

#include <gtk/gtk.h>
#include <string.h>

static char *
normal (const char *accel)
{
  guint key;
  GdkModifierType modifiers;
  g_assert_true (gtk_accelerator_parse (accel, &key, &modifiers));
  return gtk_accelerator_name (key, modifiers);
}

/* Accelerators in the window of shortcuts, of all its rows. */
static GHashTable *
list_shown (void)
{
  GHashTable *shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *window = plateau_shortcuts_window_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  list_widgets (window, GTK_TYPE_SHORTCUTS_SHORTCUT, rows);
  g_assert_cmpuint (rows->len, >, 40);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *accelerators = NULL, *title = NULL;
      g_object_get (rows->pdata[i], "accelerator", &accelerators, "title", &title, NULL);
      g_auto (GStrv) parts = g_strsplit (accelerators != NULL ? accelerators : "", " ", -1);
      g_assert_true (title != NULL && *title != '\0');
      for (guint k = 0; parts[k] != NULL; k++)
        if (*parts[k] != '\0')
          g_hash_table_add (shown, normal (parts[k]));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
  return shown;
}

static void
test_shortcuts (void)
{
  g_autoptr (GtkApplication)
      application = gtk_application_new ("io.github.plateau.Keys", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GHashTable) shown = list_shown ();
  g_autoptr (GHashTable) installed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  plateau_actions_install_accels (application);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  g_assert_cmpuint (g_strv_length (actions), >, 20);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, actions[i]);
      for (guint k = 0; accels[k] != NULL; k++)
        {
          g_autofree char *name = normal (accels[k]);
          /* Of the nine pages the first and the last stand for all. */
          gboolean between = g_str_has_prefix (actions[i], "win.page-number")
                             && !g_str_has_suffix (name, "1") && !g_str_has_suffix (name, "9");
          if (!between && !g_hash_table_contains (shown, name))
            {
              g_test_message ("%s of %s is not shown", name, actions[i]);
              g_test_fail ();
            }
          g_assert_true (g_hash_table_add (installed, g_steal_pointer (&name))); /* of one action */
        }
    }
  guint n;
  const PlateauActionInfo *infos = plateau_actions_list (&n);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; infos[i].action != NULL && k < G_N_ELEMENTS (infos[i].accels)
                      && infos[i].accels[k] != NULL;
         k++)
      {
        g_autofree char *name = normal (infos[i].accels[k]);
        g_assert_true (g_hash_table_contains (installed, name));
      }
}

static guint
count_shown (GtkWidget *stack)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (GTK_STACK (stack));
  guint count = 0;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pages)); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (G_LIST_MODEL (pages), i);
      const char *title = gtk_stack_page_get_title (GTK_STACK_PAGE (page));
      count += title != NULL && gtk_stack_page_get_visible (GTK_STACK_PAGE (page));
    }
  return count;
}

static void
test_help (void)
{
  GtkWidget *window = plateau_help_window_new ();
  g_autoptr (GPtrArray) stacks = g_ptr_array_new (), entries = g_ptr_array_new ();
  guint n;
  const PlateauHelpChapter *chapters = plateau_help_list_chapters (&n);
  list_widgets (window, GTK_TYPE_STACK, stacks);
  list_widgets (window, GTK_TYPE_SEARCH_ENTRY, entries);
  g_assert_cmpuint (entries->len, ==, 1);
  GtkWidget *stack = stacks->pdata[0];
  GtkEditable *entry = entries->pdata[0];
  g_assert_cmpuint (count_shown (stack), ==, n + 1); /* and the keys */
  gtk_editable_set_text (entry, "kramers");
  g_assert_cmpuint (count_shown (stack), ==, 1);
  gtk_editable_set_text (entry, "no such word");
  g_assert_cmpuint (count_shown (stack), ==, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "none");
  gtk_editable_set_text (entry, "");
  g_assert_cmpuint (count_shown (stack), ==, n + 1);
  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (chapters[i].paragraphs[1]);
      g_assert_cmpint (chapters[i].picture != NULL, ==, chapters[i].shows != NULL);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP: there is no display\n");
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keys/shortcuts", test_shortcuts);
  g_test_add_func ("/keys/help", test_help);
  return g_test_run ();
}
