/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-window-private.h"

#include <glib/gi18n.h>

/* Undo and redo as the window does them: what an entry still holds is entered first, the change is
 * named, and where it cannot be seen the window goes there. */

static const PlateauPageInfo *
find_page_of (const char *analysis)
{
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  for (guint i = 0; i < n_pages; i++)
    if (pages[i].settings != NULL && g_strv_contains (pages[i].settings, analysis))
      return &pages[i];
  return NULL;
}

static gboolean
shows_settings (const char *page_id, const char *analysis)
{
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  for (guint i = 0; i < n_pages; i++)
    if (g_strcmp0 (pages[i].id, page_id) == 0)
      return pages[i].settings != NULL && g_strv_contains (pages[i].settings, analysis);
  return FALSE;
}

/* "Change smoothing (dQ/dV)": with the page or figure where the name does not say it. */
static char *
dup_full_name (const char *name, GPtrArray *edits)
{
  const PlateauEdit *edit = edits != NULL && edits->len > 0 ? g_ptr_array_index (edits, 0) : NULL;
  const char *where = NULL;
  if (name == NULL)
    return NULL;
  if (edit != NULL && edit->kind == PLATEAU_EDIT_FIGURE)
    where = edit->name;
  else if (edit != NULL && edit->kind == PLATEAU_EDIT_SETTINGS)
    {
      const PlateauPageInfo *page = find_page_of (edit->name);
      where = page != NULL ? _ (page->title) : NULL;
    }
  return where == NULL || strstr (name, where) != NULL ? g_strdup (name)
                                                       : g_strdup_printf ("%s (%s)", name, where);
}

static char *
dup_undo_name (PlateauUndo *undo)
{
  return dup_full_name (plateau_undo_get_undo_name (undo), plateau_undo_get_undo_edits (undo));
}

static char *
dup_redo_name (PlateauUndo *undo)
{
  return dup_full_name (plateau_undo_get_redo_name (undo), plateau_undo_get_redo_edits (undo));
}

static void
name_button (GtkWidget *button, GMenu *menu, const char *format, const char *name,
             const char *plain, const char *action)
{
  g_autofree char *text = name != NULL ? g_strdup_printf (format, name) : g_strdup (plain);
  plateau_tooltip_set (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  /* Underscores of names are no mnemonics. */
  g_autoptr (GString) label = g_string_new (text);
  g_string_replace (label, "_", "__", 0);
  g_menu_append (menu, label->str, action);
}

/* The names on the buttons and in the menu. */
void
_plateau_window_name_undo (PlateauWindow *window)
{
  PlateauUndo *undo = plateau_document_get_undo (window->document);
  g_autofree char *undo_name = dup_undo_name (undo), *redo_name = dup_redo_name (undo);
  GMenu *menu = g_object_get_data (G_OBJECT (window->menu_button), "undo");
  g_menu_remove_all (menu);
  name_button (window->undo_button, menu, _ ("Undo: %s"), undo_name, _ ("Undo"), "win.undo");
  name_button (window->redo_button, menu, _ ("Redo: %s"), redo_name, _ ("Redo"), "win.redo");
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.undo", undo_name != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (window), "win.redo", redo_name != NULL);
}

static gboolean
is_in_project (PlateauProject *project, GObject *object)
{
  if (PLATEAU_IS_CELL (object))
    return plateau_project_find_cell (project, plateau_cell_get_id (PLATEAU_CELL (object)))
           == PLATEAU_CELL (object);
  return PLATEAU_IS_SAMPLE (object)
         && plateau_project_find_sample (project, plateau_sample_get_id (PLATEAU_SAMPLE (object)))
                == PLATEAU_SAMPLE (object);
}

/* Cells and samples that the step has changed: all that came back, else those of values. */
static GPtrArray *
list_changed (PlateauWindow *window, GPtrArray *edits)
{
  PlateauProject *project = plateau_document_get_project (window->document);
  GPtrArray *objects = g_ptr_array_new ();
  gboolean members = FALSE;
  for (guint i = 0; i < edits->len; i++)
    members = members
              || ((PlateauEdit *) g_ptr_array_index (edits, i))->kind == PLATEAU_EDIT_MEMBER;
  for (guint i = 0; i < edits->len; i++)
    {
      const PlateauEdit *edit = g_ptr_array_index (edits, i);
      if (edit->object != NULL && (!members || edit->kind == PLATEAU_EDIT_MEMBER)
          && is_in_project (project, edit->object)
          && !g_ptr_array_find (objects, edit->object, NULL))
        g_ptr_array_add (objects, edit->object);
    }
  return objects;
}

/* What is gone is not selected any more; what has changed is, unless some of it was. */
static void
select_changed (PlateauWindow *window, GPtrArray *edits)
{
  PlateauProject *project = plateau_document_get_project (window->document);
  PlateauSelection *selection = plateau_document_get_selection (window->document);
  GPtrArray *before = plateau_selection_get_objects (selection);
  g_autoptr (GPtrArray) changed = list_changed (window, edits);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean seen = changed->len == 0;
  for (guint i = 0; i < before->len; i++)
    if (is_in_project (project, g_ptr_array_index (before, i)))
      g_ptr_array_add (kept, g_object_ref (g_ptr_array_index (before, i)));
  for (guint i = 0; i < changed->len && !seen; i++)
    seen = g_ptr_array_find (kept, g_ptr_array_index (changed, i), NULL);
  if (!seen)
    plateau_selection_set (selection, changed, NULL);
  else
    {
      /* The inspector shows one: that which has changed. */
      GObject *current = plateau_selection_get_current (selection);
      gboolean shown = changed->len == 0 || g_ptr_array_find (changed, current, NULL);
      GObject *wanted = NULL;
      for (guint i = 0; i < changed->len && wanted == NULL; i++)
        if (g_ptr_array_find (kept, g_ptr_array_index (changed, i), NULL))
          wanted = g_ptr_array_index (changed, i);
      plateau_selection_set (selection, kept, shown ? NULL : wanted);
    }
}

static void
show_where (PlateauWindow *window, GPtrArray *edits)
{
  PlateauProject *project = plateau_document_get_project (window->document);
  for (guint i = 0; i < edits->len; i++)
    {
      const PlateauEdit *edit = g_ptr_array_index (edits, i);
      if (edit->kind == PLATEAU_EDIT_SETTINGS && !shows_settings (window->page_id, edit->name))
        {
          const PlateauPageInfo *page = find_page_of (edit->name);
          if (page != NULL)
            plateau_window_show_page (window, page->id);
          return;
        }
      if (edit->kind == PLATEAU_EDIT_FIGURE)
        {
          plateau_window_show_page (window, "figures");
          if (plateau_project_get_figure (project, edit->name) != NULL)
            plateau_page_show_figure (plateau_window_get_page (window), edit->name);
        }
    }
}

static void
step (PlateauWindow *window, gboolean forward)
{
  PlateauUndo *undo = plateau_document_get_undo (window->document);
  g_autofree char *name = forward ? dup_redo_name (undo) : dup_undo_name (undo);
  GPtrArray *all = forward ? plateau_undo_get_redo_edits (undo) : plateau_undo_get_undo_edits (undo);
  if (all == NULL)
    return;
  g_autoptr (GPtrArray) edits = g_ptr_array_ref (all);
  if (forward)
    plateau_document_redo (window->document);
  else
    plateau_document_undo (window->document);
  select_changed (window, edits);
  show_where (window, edits);
  g_autofree char *text = g_strdup_printf (forward ? _ ("Done again: %s") : _ ("Undone: %s"), name);
  plateau_window_toast (window, text, forward ? _ ("Undo") : _ ("Redo"),
                        forward ? "win.undo" : "win.redo", NULL);
}

void
_plateau_window_undo (PlateauWindow *window, gboolean forward)
{
  if (plateau_undo_keys_take_text (GTK_WIDGET (window), forward))
    return;
  plateau_document_settle (window->document);
  step (window, forward);
}
