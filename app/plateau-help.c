/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-help.h"

#include "plateau-actions.h"
#include "plateau-help-chapters.h"

#include <glib/gi18n.h>
#include <string.h>

#define PICTURES "/io/github/plateau/Plateau/help"
#define TEXT_CHARS 68 /* a line that the eye finds back from */

static GtkWidget *
picture_new (const PlateauHelpChapter *chapter)
{
  /* Pictures of the window in the user's language, where there are any. */
  g_autofree char *path = g_strdup_printf (PICTURES "/%s.png", chapter->picture);
  const char *const *languages = g_get_language_names ();
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *own = g_strdup_printf (PICTURES "/%s/%s.png", languages[i], chapter->picture);
      if (g_resources_get_info (own, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
        {
          g_free (path);
          path = g_steal_pointer (&own);
          break;
        }
      if (g_str_has_prefix (languages[i], "en") || g_str_equal (languages[i], "C"))
        break;
    }
  GtkWidget *picture = gtk_picture_new_for_resource (path);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), _ (chapter->shows));
  gtk_widget_set_halign (picture, GTK_ALIGN_START);
  gtk_widget_add_css_class (picture, "help-picture");
  return picture;
}

static GtkWidget *
page_new (GtkWidget *box)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  /* Pictures shrink with a narrow window, but never to be without height. */
  gtk_scrollable_set_vscroll_policy (GTK_SCROLLABLE (viewport), GTK_SCROLL_NATURAL);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
title_new (const char *text)
{
  GtkWidget *title = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "help-title");
  return title;
}

static GtkWidget *
chapter_new (const PlateauHelpChapter *chapter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (box, "help-page");
  gtk_box_append (GTK_BOX (box), title_new (_ (chapter->title)));
  if (chapter->picture != NULL)
    gtk_box_append (GTK_BOX (box), picture_new (chapter));
  for (guint i = 0; chapter->paragraphs[i] != NULL; i++)
    {
      GtkWidget *text = gtk_label_new (_ (chapter->paragraphs[i]));
      gtk_label_set_xalign (GTK_LABEL (text), 0);
      gtk_label_set_wrap (GTK_LABEL (text), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (text), TEXT_CHARS);
      gtk_box_append (GTK_BOX (box), text);
    }
  return page_new (box);
}

/* Every key, out of the table that installs them. */
static GtkWidget *
keys_new (void)
{
  GtkWidget *grid = gtk_grid_new ();
  const char *group = NULL;
  guint n_actions;
  const PlateauActionInfo *actions = plateau_actions_list (&n_actions);
  int row = 0;
  gtk_widget_add_css_class (grid, "help-page");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_attach (GTK_GRID (grid), title_new (_ ("Keys")), 0, row++, 2, 1);
  for (guint i = 0; i < n_actions; i++)
    {
      if (g_strcmp0 (group, actions[i].group) != 0)
        {
          GtkWidget *heading = gtk_label_new (_ (actions[i].group));
          group = actions[i].group;
          gtk_label_set_xalign (GTK_LABEL (heading), 0);
          gtk_widget_add_css_class (heading, "heading");
          gtk_widget_set_margin_top (heading, 10);
          gtk_grid_attach (GTK_GRID (grid), heading, 0, row++, 2, 1);
        }
      g_autofree char *keys = plateau_actions_dup_keys (&actions[i]);
      GtkWidget *what = gtk_label_new (_ (actions[i].title)), *key = gtk_label_new (keys);
      gtk_label_set_xalign (GTK_LABEL (what), 0);
      gtk_label_set_wrap (GTK_LABEL (what), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (what), 44);
      gtk_label_set_xalign (GTK_LABEL (key), 0);
      gtk_widget_set_valign (key, GTK_ALIGN_START);
      gtk_grid_attach (GTK_GRID (grid), what, 0, row, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), key, 1, row++, 1, 1);
    }
  return page_new (grid);
}

/* Search */

static gboolean
contains (const char *text, const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  return strstr (folded, wanted) != NULL;
}

static gboolean
chapter_contains (const PlateauHelpChapter *chapter, const char *wanted)
{
  gboolean found = contains (_ (chapter->title), wanted);
  for (guint i = 0; !found && chapter->paragraphs[i] != NULL; i++)
    found = contains (_ (chapter->paragraphs[i]), wanted);
  return found;
}

static gboolean
keys_contain (const char *wanted)
{
  guint n_actions;
  const PlateauActionInfo *actions = plateau_actions_list (&n_actions);
  for (guint i = 0; i < n_actions; i++)
    {
      g_autofree char *keys = plateau_actions_dup_keys (&actions[i]);
      if (contains (_ (actions[i].title), wanted) || contains (keys, wanted))
        return TRUE;
    }
  return contains (_ ("Keys"), wanted);
}

/* Only the chapters that have the words stay in the list. */
static void
search_changed (GtkEditable *entry, GtkStack *stack)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (entry), -1);
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);
  guint n_chapters;
  const PlateauHelpChapter *chapters = plateau_help_list_chapters (&n_chapters);
  GtkWidget *first = NULL;
  gboolean shown_stays = FALSE;
  g_strstrip (wanted);
  for (guint i = 0; i <= n_chapters; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (pages), i);
      GtkStackPage *page = GTK_STACK_PAGE (item);
      GtkWidget *child = gtk_stack_page_get_child (page);
      gboolean found = i < n_chapters ? chapter_contains (&chapters[i], wanted)
                                      : keys_contain (wanted);
      gtk_stack_page_set_visible (page, found);
      gtk_widget_set_visible (child, found);
      first = first == NULL && found ? child : first;
      shown_stays = shown_stays || (found && child == gtk_stack_get_visible_child (stack));
    }
  GtkWidget *none = gtk_stack_get_child_by_name (stack, "none");
  gtk_widget_set_visible (none, first == NULL);
  if (!shown_stays)
    gtk_stack_set_visible_child (stack, first != NULL ? first : none);
}

static GtkWidget *
none_new (void)
{
  GtkWidget *none = gtk_label_new (_ ("No chapter has these words."));
  gtk_widget_add_css_class (none, "dim-label");
  gtk_widget_set_hexpand (none, TRUE);
  gtk_widget_set_visible (none, FALSE);
  return none;
}

static GtkWidget *
sidebar_new (GtkWidget *stack)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *search = gtk_search_entry_new (), *list = gtk_stack_sidebar_new ();
  gtk_widget_add_css_class (search, "help-search");
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find in the help"), -1);
  g_object_set (search, "placeholder-text", _ ("Find in the help"), NULL);
  g_signal_connect (search, "changed", G_CALLBACK (search_changed), stack);
  gtk_stack_sidebar_set_stack (GTK_STACK_SIDEBAR (list), GTK_STACK (stack));
  gtk_widget_set_vexpand (list, TRUE);
  gtk_widget_set_size_request (box, 200, -1);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), list);
  return box;
}

GtkWidget *
plateau_help_window_new (void)
{
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), _ ("Help"));
  gtk_window_set_default_size (GTK_WINDOW (window), 940, 740);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stack = gtk_stack_new ();
  guint n_chapters;
  const PlateauHelpChapter *chapters = plateau_help_list_chapters (&n_chapters);
  for (guint i = 0; i < n_chapters; i++)
    gtk_stack_add_titled (GTK_STACK (stack), chapter_new (&chapters[i]), chapters[i].title,
                          _ (chapters[i].title));
  gtk_stack_add_titled (GTK_STACK (stack), keys_new (), "keys", _ ("Keys"));
  gtk_stack_add_named (GTK_STACK (stack), none_new (), "none");
  gtk_box_append (GTK_BOX (box), sidebar_new (stack));
  gtk_box_append (GTK_BOX (box), stack);
  gtk_window_set_child (GTK_WINDOW (window), box);
  return window;
}
