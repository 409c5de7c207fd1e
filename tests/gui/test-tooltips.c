/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every control of every page and every column of every table says what it is when the pointer
 * rests on it, and so to a screen reader. */

#include "analysis/plateau-compare.h"
#include "analysis/plateau-definition.h"
#include "data/plateau-field.h"
#include "figure/plateau-plot-kind.h"
#include "plateau-page.h"
#include "plateau-plot-pane.h"
#include "plateau-result-table.h"
#include "plateau-tooltip.h"
#include "widget-test.h"

#include <string.h>

/* What each page is shown with: cells of the example whose names begin so. */
static const struct
{
  const char *page, *cells;
} shown_with[] = {
  { "cycling", "S-LRMO 0.2C" },
  { "dqdv", "S-LRMO 0.2C" },
  { "rate", "S-LRMO rate" },
  { "gitt", "B-LRMO (sun2022) GITT 1" },
  { "cv", "C-LRMO CV" },
  { "cv", "C-LRMO DC" },
  { "impedance", "B-LRMO (sun2022) EIS 0.2C 1" },
  { "drt", "B-LRMO (sun2022) EIS 0.2C 1" },
  { "conductivity", "B-LRMO (sun2022) pellet" },
  { "compare", "S-LRMO" },
  { "figures", "S-LRMO 0.2C" },
};

typedef struct
{
  PlateauDocument *document;
  const PlateauPageInfo *info;
  GtkWidget *page;
  GHashTable *said; /* complaints that were made */
} Shown;

static void
complain (Shown *shown, const char *what, const char *name)
{
  g_autofree char *text = g_strdup_printf ("WRONG: page %s: %s “%s” does not say what it is",
                                           shown->info->id, what, name);
  if (g_hash_table_contains (shown->said, text))
    return;
  g_test_message ("%s", text);
  g_hash_table_add (shown->said, g_steal_pointer (&text));
  g_test_fail ();
}

static void
check_table (Shown *shown, PlateauTable *table)
{
  for (guint i = 0; table != NULL && i < plateau_table_get_n_columns (table); i++)
    {
      const char *key = plateau_table_get_key (table, i);
      const char *text = plateau_definition_of_column (key);
      if (text == NULL || strlen (text) < 8)
        complain (shown, "column", key);
    }
}

static gboolean
has_text (GtkWidget *widget)
{
  for (guint up = 0; widget != NULL && up < 3; up++, widget = gtk_widget_get_parent (widget))
    {
      const char *text = plateau_tooltip_get (widget);
      if (text != NULL && *text != '\0')
        return TRUE;
    }
  return FALSE;
}

static const char *
label_in (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *text = label_in (child);
      if (text != NULL)
        return text;
    }
  return NULL;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget)
         || GTK_IS_ENTRY (widget) || GTK_IS_SPIN_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget)
         || GTK_IS_SCALE (widget) || GTK_IS_SWITCH (widget);
}

/* Down to the controls, not into them. */
static void
check_controls (Shown *shown, GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) || PLATEAU_IS_PLOT_PANE (widget))
    return;
  if (is_control (widget))
    {
      const char *label = label_in (widget);
      if (!has_text (widget))
        complain (shown, G_OBJECT_TYPE_NAME (widget), label != NULL ? label : "");
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_controls (shown, child);
}

/* Not those within choosers and menus. */
static void
list_outer (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_outer (child, type, found);
}

static void
check_view (Shown *shown)
{
  settle_document (shown->document);
  g_autoptr (PlateauTable) table = plateau_page_ref_table (PLATEAU_PAGE (shown->page));
  check_table (shown, table);
  GtkWidget *tools = plateau_page_get_tools (PLATEAU_PAGE (shown->page));
  GtkWidget *inspector = plateau_page_get_inspector (PLATEAU_PAGE (shown->page));
  if (tools != NULL)
    check_controls (shown, tools);
  if (inspector != NULL)
    check_controls (shown, inspector);
}

static void
refresh (Shown *shown)
{
  plateau_page_refresh (PLATEAU_PAGE (shown->page));
}

static void
select_cells (PlateauDocument *document, const char *prefix)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (document));
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (cells); i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      if (g_str_has_prefix (plateau_cell_get_name (cell), prefix))
        g_ptr_array_add (objects, g_steal_pointer (&cell));
    }
  plateau_selection_set (plateau_document_get_selection (document), objects, NULL);
}

static void
check_page (Shown *shown, const char *cells)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();
  GtkWidget *window = gtk_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  select_cells (shown->document, cells);
  shown->page = shown->info->create (shown->document);
  GtkWidget *tools = plateau_page_get_tools (PLATEAU_PAGE (shown->page));
  if (tools != NULL)
    gtk_box_append (GTK_BOX (box), tools);
  gtk_box_append (GTK_BOX (box), shown->page);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gulong changed = g_signal_connect_swapped (shown->document, "changed", G_CALLBACK (refresh),
                                             shown);
  refresh (shown);
  check_view (shown);
  if (tools != NULL)
    list_outer (tools, GTK_TYPE_TOGGLE_BUTTON, buttons);
  for (guint i = 0; i < buttons->len; i++)
    {
      gtk_toggle_button_set_active (buttons->pdata[i], TRUE);
      check_view (shown);
    }
  g_signal_handler_disconnect (shown->document, changed);
  settle_document (shown->document);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject)
      project = plateau_store_load_file (g_getenv ("PLATEAU_EXAMPLE"), &error);
  g_assert_no_error (error);
  Shown shown = { .document = plateau_document_new_for_project (project, NULL),
                  .said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  for (guint i = 0; i < n_pages; i++)
    {
      gboolean any = FALSE;
      shown.info = &pages[i];
      if (pages[i].help == NULL || strlen (pages[i].help) < 20)
        complain (&shown, "tab", pages[i].title);
      for (guint k = 0; k < G_N_ELEMENTS (shown_with); k++)
        if (g_str_equal (shown_with[k].page, pages[i].id))
          {
            any = TRUE;
            check_page (&shown, shown_with[k].cells);
          }
      g_assert_true (any); /* a new page needs a line above */
    }
  plateau_document_close (shown.document);
  g_object_unref (shown.document);
  g_hash_table_unref (shown.said);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = make_state_folder ();
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP: there is no display\n");
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tooltips/pages", test_pages);
  int status = g_test_run ();
  remove_folder (folder);
  return status;
}
