/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-accessible.h"

#include <glib/gi18n.h>

/* Names */

static void
set_relation (GtkWidget *widget, GtkAccessibleRelation relation, GList *others)
{
  GValue value = G_VALUE_INIT;
  if (others == NULL)
    return;
  gtk_accessible_relation_init_value (relation, &value);
  g_value_set_pointer (&value, others); /* taken */
  gtk_accessible_update_relation_value (GTK_ACCESSIBLE (widget), 1, &relation, &value);
  g_value_unset (&value);
}

/* The labels inside @widget, the last one first. Of a stack only those of the child that is seen.
 */
static GList *
prepend_labels (GtkWidget *widget, GList *labels)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return labels;
  if (GTK_IS_LABEL (widget) || GTK_IS_EDITABLE (widget))
    return g_list_prepend (labels, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    labels = prepend_labels (child, labels);
  return labels;
}

/* The button of a drop-down takes the focus: it is called by the drop-down's name and its choice.
 */
static void
name_drop_down (GtkWidget *drop_down)
{
  GtkWidget *button = gtk_widget_get_first_child (drop_down);
  if (g_signal_handler_find (drop_down, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, name_drop_down, NULL) == 0)
    g_signal_connect_after (drop_down, "notify::selected-item", G_CALLBACK (name_drop_down), NULL);
  set_relation (button, GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                g_list_prepend (g_list_reverse (prepend_labels (button, NULL)), drop_down));
}

/* The head above a cell: heads and cells stand in the same order. */
static GtkWidget *
find_head (GtkWidget *cell)
{
  GtkWidget *view = gtk_widget_get_ancestor (cell, GTK_TYPE_COLUMN_VIEW);
  GtkWidget *head = gtk_widget_get_first_child (gtk_widget_get_first_child (view));
  for (GtkWidget *before = gtk_widget_get_prev_sibling (cell); before != NULL && head != NULL;
       before = gtk_widget_get_prev_sibling (before))
    head = gtk_widget_get_next_sibling (head);
  return head;
}

/* The labels of a cell, after those of its head. */
static GList *
list_cell_labels (GtkWidget *cell)
{
  GtkWidget *head = find_head (cell);
  GList *labels = head != NULL ? prepend_labels (head, NULL) : NULL;
  return g_list_reverse (prepend_labels (cell, labels));
}

/* A row of a table is called by all its cells with their heads, since GTK 4.8 tells no description by
 * others; where its cells are entries, which have names of their own, by the first. The list of a drop-down
 * has rows of labels. */
static void
name_row (GtkWidget *row)
{
  GtkWidget *first = gtk_widget_get_first_child (row);
  GtkWidget *second = first != NULL ? gtk_widget_get_next_sibling (first) : NULL;
  GList *labels = NULL;
  if (GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (row)))
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ ("Heads of the columns"), -1);
  else if (gtk_widget_get_ancestor (row, GTK_TYPE_COLUMN_VIEW) == NULL)
    {
      if (first != NULL && gtk_widget_get_ancestor (row, GTK_TYPE_POPOVER) != NULL)
        set_relation (row, GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                      g_list_reverse (prepend_labels (first, NULL)));
    }
  else
    {
      gboolean entries = second != NULL && GTK_IS_EDITABLE (gtk_widget_get_first_child (second));
      for (GtkWidget *cell = first; cell != NULL;
           cell = entries ? NULL : gtk_widget_get_next_sibling (cell))
        if (gtk_widget_get_visible (cell))
          labels = g_list_concat (labels, list_cell_labels (cell));
      set_relation (row, GTK_ACCESSIBLE_RELATION_LABELLED_BY, labels);
    }
}

/* The rows of a column view are those of a list inside it. */
static void
name_list (GtkWidget *list)
{
  GtkWidget *view = gtk_widget_get_parent (list);
  if (view != NULL && GTK_IS_COLUMN_VIEW (view))
    set_relation (list, GTK_ACCESSIBLE_RELATION_LABELLED_BY, g_list_prepend (NULL, view));
}

/* Keys */

/* The heads of a column view take no focus in GTK 4.8: the keys sort by the next column that is seen, or
 * turn the order. */
static gboolean
sort_by_key (GtkWidget *list, gboolean turn)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (gtk_widget_get_ancestor (list, GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n = g_list_model_get_n_items (columns);
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (view), "plateau-sorted-by"));
  gboolean down = g_object_get_data (G_OBJECT (view), "plateau-sorted-down") != NULL;
  g_autoptr (GtkColumnViewColumn) column = NULL;
  down = turn && !down;
  for (guint i = 0; i < n && column == NULL; i++)
    {
      at = turn && at > 0 ? at : at % n + 1; /* counted from 1; 0: none yet */
      g_autoptr (GtkColumnViewColumn) next = g_list_model_get_item (columns, at - 1);
      if (gtk_column_view_column_get_visible (next)
          && gtk_column_view_column_get_sorter (next) != NULL)
        column = g_steal_pointer (&next);
    }
  if (column == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_column_view_sort_by_column (view, column, down ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  g_object_set_data (G_OBJECT (view), "plateau-sorted-by", GUINT_TO_POINTER (at));
  g_object_set_data (G_OBJECT (view), "plateau-sorted-down", down ? view : NULL);
  g_autofree char *title = g_strdelimit (g_strdup (gtk_column_view_column_get_title (column)), "\n",
                                         ' ');
  g_autofree char *text = g_strdup_printf (
      down ? _ ("Sorted by %s, the largest first") : _ ("Sorted by %s, the smallest first"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  return GDK_EVENT_STOP;
}

/* Tab would go from row to row: it leaves the list, as the arrow keys are for its rows. Where the
 * rows have entries Tab goes through them and Ctrl+Tab leaves. */
static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (list));
  if ((keyval == GDK_KEY_period || keyval == GDK_KEY_r) && (state & GDK_CONTROL_MASK) != 0
      && gtk_widget_get_ancestor (list, GTK_TYPE_COLUMN_VIEW) != NULL)
    return sort_by_key (list, keyval == GDK_KEY_r);
  if (keyval != GDK_KEY_Tab && keyval != GDK_KEY_ISO_Left_Tab)
    return GDK_EVENT_PROPAGATE;
  if (root == NULL)
    return GDK_EVENT_PROPAGATE;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (root));
  gboolean within = GTK_IS_EDITABLE (focus)
                    || (GTK_IS_LIST_BOX (list) && !GTK_IS_LIST_BOX_ROW (focus));
  if (within && (state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;
  gtk_widget_set_can_focus (list, FALSE);
  gtk_widget_child_focus (root, back ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
  gtk_widget_set_can_focus (list, TRUE);
  return GDK_EVENT_STOP;
}

static gboolean
close_window (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/* GTK gives the focus to whatever a popover hangs on: it goes back to where it was. */
static void
popover_closed (GtkWidget *popover, gpointer user_data)
{
  GWeakRef *ref = g_object_get_data (G_OBJECT (popover), "plateau-focus-before");
  g_autoptr (GtkWidget) before = g_weak_ref_get (ref);
  if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
remember_focus (GtkWidget *popover)
{
  GtkRoot *root = gtk_widget_get_root (popover);
  GWeakRef *ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, root != NULL ? gtk_root_get_focus (root) : NULL);
  g_object_set_data_full (G_OBJECT (popover), "plateau-focus-before", ref, weak_ref_free);
  g_signal_handlers_disconnect_by_func (popover, popover_closed, NULL);
  g_signal_connect (popover, "closed", G_CALLBACK (popover_closed), NULL);
}

static gboolean
once (GtkWidget *widget)
{
  static const char *const key = "plateau-accessible";
  if (g_object_get_data (G_OBJECT (widget), key) != NULL)
    return FALSE;
  g_object_set_data (G_OBJECT (widget), key, widget);
  return TRUE;
}

static void
add_keys (GtkWidget *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), NULL);
  gtk_widget_add_controller (list, keys);
}

/* Where nothing is written the focus has no business. */
static void
focus_when_filled (GtkWidget *label)
{
  gtk_widget_set_focusable (label, *gtk_label_get_text (GTK_LABEL (label)) != '\0');
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *escape = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (escape),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (close_window, NULL, NULL)));
  gtk_widget_add_controller (window, escape);
}

/* Escape empties a search and, when it is empty, closes the window like everywhere else in it. */
static void
search_stopped (GtkSearchEntry *search)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (search));
  if (*gtk_editable_get_text (GTK_EDITABLE (search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (search), "");
  else if (GTK_IS_WINDOW (root) && gtk_window_get_transient_for (GTK_WINDOW (root)) != NULL)
    gtk_window_close (GTK_WINDOW (root));
}

/* The rows and cells of a column view have no public types. */
static gboolean
is_a (GtkWidget *widget, const char *type)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), type);
}

static gboolean
mapped (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  if (GTK_IS_DROP_DOWN (widget))
    name_drop_down (widget);
  else if (is_a (widget, "GtkColumnViewCell"))
    set_relation (widget, GTK_ACCESSIBLE_RELATION_LABELLED_BY, list_cell_labels (widget));
  else if (is_a (widget, "GtkColumnViewTitle"))
    set_relation (widget, GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                  g_list_reverse (prepend_labels (widget, NULL)));
  else if (is_a (widget, "GtkListItemWidget"))
    name_row (widget);
  else if (GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget)) && once (widget))
    {
      g_signal_connect (widget, "notify::label", G_CALLBACK (focus_when_filled), NULL);
      focus_when_filled (widget);
    }
  else if (GTK_IS_LIST_BOX_ROW (widget) || GTK_IS_FLOW_BOX_CHILD (widget))
    set_relation (widget, GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                  g_list_reverse (prepend_labels (widget, NULL)));
  else if (GTK_IS_LIST_BOX (widget)
           && gtk_list_box_get_selection_mode (GTK_LIST_BOX (widget)) != GTK_SELECTION_NONE
           && once (widget))
    add_keys (widget);
  else if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) == NULL
           && once (widget))
    {
      name_list (widget);
      add_keys (widget);
    }
  else if (GTK_IS_SEARCH_ENTRY (widget)
           && gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) == NULL && once (widget))
    g_signal_connect (widget, "stop-search", G_CALLBACK (search_stopped), NULL);
  else if (GTK_IS_POPOVER (widget) && gtk_popover_get_autohide (GTK_POPOVER (widget)))
    remember_focus (widget);
  else if (GTK_IS_WINDOW (widget) && gtk_window_get_transient_for (GTK_WINDOW (widget)) != NULL
           && !GTK_IS_DIALOG (widget) && once (widget))
    add_escape (widget);
  return G_SOURCE_CONTINUE;
}

double
plateau_text_scale (void)
{
  int dpi; /* times 1024; -1: the usual */
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * 1024) : 1;
}

void
plateau_accessible_install (void)
{
  /* The class must be there for its signals. */
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped, NULL, NULL);
}
