/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page in every view of it, with projects that lack what it shows: each plot that is seen
 * either shows something or says what is missing, and nothing of an earlier selection stays. */

#include "figure/plateau-figure.h"
#include "plateau-page.h"
#include "plateau-plot-pane.h"
#include "widget-test.h"

#include <math.h>
#include <string.h>

/* Of the example project: the cells whose name begins so, and the pages that they fill. */
typedef struct
{
  const char *name;
  const char *cells; /* NULL: all */
  const char *pages; /* that can show something, with spaces around each */
  gboolean left_out, unselected, without_cells;
} State;

static const State states[] = {
  { "/one-cycling", "S-LRMO 0.2C 1", " cycling dqdv rate compare " },
  { "/impedance", "B-LRMO (sun2022) EIS 0.2C 1", " impedance drt conductivity " },
  { "/cv", "C-LRMO CV 1", " cycling cv " },
  { "/gitt", "B-LRMO (sun2022) GITT 1", " cycling dqdv gitt conductivity cv " },
  { "/hold", "C-LRMO DC 0.4 V 1", " cycling dqdv cv " },
  { "/left-out", "S-LRMO 0.2C", " ", .left_out = TRUE },
  { "/nothing-selected", NULL, " compare ", .unselected = TRUE },
  { "/without-cells", "S-LRMO 0.2C 1", " ", .without_cells = TRUE },
};

typedef struct
{
  const State *state;
  const PlateauPageInfo *info;
  PlateauDocument *document;
  GtkWidget *window, *page;
  char *view;
} Shown;

static PlateauProject *
load (const State *state)
{
  g_autoptr (GError) error = NULL;
  PlateauProject *project = plateau_store_load_file (g_getenv ("PLATEAU_EXAMPLE"), &error);
  g_assert_no_error (error);
  GListModel *cells = plateau_project_get_cells (project);
  for (guint i = g_list_model_get_n_items (cells); i-- > 0;)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, i);
      if (state->without_cells
          || (state->cells != NULL
              && !g_str_has_prefix (plateau_cell_get_name (cell), state->cells)))
        plateau_project_remove_cell (project, cell);
      else if (state->left_out)
        g_object_set (cell, "excluded", TRUE, NULL);
    }
  GListModel *samples = plateau_project_get_samples (project);
  for (guint i = g_list_model_get_n_items (samples); state->cells != NULL && i-- > 0;)
    {
      g_autoptr (PlateauSample) sample = g_list_model_get_item (samples, i);
      gsize length = strlen (plateau_sample_get_name (sample)) - strlen (" (simulated)");
      if (strncmp (plateau_sample_get_name (sample), state->cells, length) != 0)
        plateau_project_remove_sample (project, sample);
    }
  return project;
}

static void
select_samples (PlateauDocument *document)
{
  GListModel *samples = plateau_project_get_samples (plateau_document_get_project (document));
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (samples); i++)
    g_ptr_array_add (objects, g_list_model_get_item (samples, i));
  plateau_selection_set (plateau_document_get_selection (document), objects, NULL);
}

static gboolean
is_seen (GtkWidget *widget, GtkWidget *root)
{
  for (; widget != NULL && widget != root; widget = gtk_widget_get_parent (widget))
    if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
      return FALSE;
  return TRUE;
}

static gboolean
has_points (PlateauFigure *figure)
{
  for (guint p = 0; p < figure->panels->len; p++)
    {
      PlateauPanel *panel = figure->panels->pdata[p];
      for (guint l = 0; l < panel->layers->len; l++)
        {
          PlateauLayer *layer = panel->layers->pdata[l];
          if (layer->kind == PLATEAU_LAYER_MAP && layer->map_nx > 0 && layer->map_ny > 0)
            return TRUE;
          for (gsize i = 0; i < layer->n; i++)
            if (isfinite (plateau_array_get (&layer->y, i)))
              return TRUE;
        }
    }
  return FALSE;
}

static void
complain (Shown *shown, const char *what)
{
  g_test_message ("WRONG: %s: page %s, view %s shows %s", shown->state->name, shown->info->id,
                  shown->view, what);
  g_test_fail ();
}

static void
check_pane (Shown *shown, PlateauPlotPane *pane, guint *n_filled)
{
  PlateauPlotView *view = plateau_plot_pane_get_view (pane);
  PlateauFigure *figure = plateau_plot_pane_get_figure (pane);
  const char *message = plateau_plot_view_get_message (view);
  if (g_test_verbose () && message != NULL)
    g_test_message ("%s %s %s: %s", shown->state->name, shown->info->id, shown->view, message);
  if (figure != NULL && has_points (figure))
    {
      (*n_filled)++;
      g_assert_null (message);
      return;
    }
  if (message == NULL || strlen (message) < 20)
    complain (shown, "neither a plot nor a sentence");
}

static void
check_view (Shown *shown)
{
  g_autoptr (GPtrArray) panes = g_ptr_array_new ();
  guint n_seen = 0, n_filled = 0;
  settle_document (shown->document);
  list_widgets (shown->page, PLATEAU_TYPE_PLOT_PANE, panes);
  for (guint i = 0; i < panes->len; i++)
    if (is_seen (panes->pdata[i], shown->page))
      {
        n_seen++;
        check_pane (shown, panes->pdata[i], &n_filled);
      }
  g_autofree char *word = g_strdup_printf (" %s ", shown->info->id);
  if (n_filled > 0 && strstr (shown->state->pages, word) == NULL)
    complain (shown, "a plot where there is nothing to plot");
  if (panes->len > 0)
    g_assert_cmpuint (n_seen, >, 0);
}

static void
name_view (Shown *shown, const char *kind, guint number)
{
  g_free (shown->view);
  shown->view = g_strdup_printf ("%s %u", kind, number);
}

/* Each button and each choice above the plots in turn. */
static void
check_views (Shown *shown, GtkWidget *tools)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new (), choosers = g_ptr_array_new ();
  name_view (shown, "as opened", 0);
  check_view (shown);
  list_widgets (tools, GTK_TYPE_TOGGLE_BUTTON, buttons);
  list_widgets (tools, GTK_TYPE_DROP_DOWN, choosers);
  for (guint b = 0; b <= buttons->len; b++)
    {
      if (b < buttons->len)
        {
          if (GTK_IS_WIDGET (gtk_widget_get_ancestor (buttons->pdata[b], GTK_TYPE_DROP_DOWN))
              || GTK_IS_WIDGET (gtk_widget_get_ancestor (buttons->pdata[b], GTK_TYPE_MENU_BUTTON)))
            continue;
          gtk_toggle_button_set_active (buttons->pdata[b], TRUE);
          name_view (shown, "button", b);
          check_view (shown);
        }
      for (guint c = 0; c < choosers->len; c++)
        {
          GtkDropDown *chooser = choosers->pdata[c];
          guint n = gtk_drop_down_get_model (chooser) != NULL
                        ? g_list_model_get_n_items (gtk_drop_down_get_model (chooser))
                        : 0;
          for (guint k = 0; k < MIN (n, 8) && gtk_widget_get_visible (GTK_WIDGET (chooser)); k++)
            {
              gtk_drop_down_set_selected (chooser, k);
              name_view (shown, "choice", 100 * b + 10 * c + k);
              check_view (shown);
            }
        }
    }
}

static void
refresh (Shown *shown)
{
  plateau_page_refresh (PLATEAU_PAGE (shown->page));
}

static void
check_page (Shown *shown)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  shown->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (shown->window), 1000, 640);
  shown->page = shown->info->create (shown->document);
  GtkWidget *tools = plateau_page_get_tools (PLATEAU_PAGE (shown->page));
  if (tools != NULL)
    gtk_box_append (GTK_BOX (box), tools);
  gtk_widget_set_vexpand (shown->page, TRUE);
  gtk_box_append (GTK_BOX (box), shown->page);
  gtk_window_set_child (GTK_WINDOW (shown->window), box);
  gtk_window_present (GTK_WINDOW (shown->window));
  gulong changed = g_signal_connect_swapped (shown->document, "changed", G_CALLBACK (refresh),
                                             shown);
  refresh (shown);
  if (tools != NULL)
    check_views (shown, tools);
  g_signal_handler_disconnect (shown->document, changed);
  settle_document (shown->document);
  gtk_window_destroy (GTK_WINDOW (shown->window));
  g_clear_pointer (&shown->view, g_free);
}

static void
test_state (gconstpointer data)
{
  Shown shown = { .state = data };
  g_autoptr (PlateauProject) project = load (shown.state);
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  shown.document = plateau_document_new_for_project (project, NULL);
  if (!shown.state->unselected)
    select_samples (shown.document);
  for (guint i = 0; i < n_pages; i++)
    {
      shown.info = &pages[i];
      check_page (&shown);
    }
  plateau_document_close (shown.document);
  g_object_unref (shown.document);
}

/* What was seen of other cells goes when none is selected any more, on every page. */
static void
test_stale (void)
{
  static const State full = { "/stale", "S-LRMO 0.2C", " compare figures " };
  Shown shown = { .state = &full };
  g_autoptr (PlateauProject) project = load (&full);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  guint n_pages;
  const PlateauPageInfo *pages = plateau_pages_list (&n_pages);
  shown.document = plateau_document_new_for_project (project, NULL);
  for (guint i = 0; i < n_pages; i++)
    {
      GtkWidget *window = gtk_window_new ();
      shown.info = &pages[i];
      select_samples (shown.document);
      shown.page = pages[i].create (shown.document);
      gtk_window_set_child (GTK_WINDOW (window), shown.page);
      gtk_window_present (GTK_WINDOW (window));
      refresh (&shown);
      settle_document (shown.document);
      plateau_selection_set (plateau_document_get_selection (shown.document), nothing, NULL);
      refresh (&shown);
      name_view (&shown, "after", 0);
      check_view (&shown);
      g_autoptr (PlateauTable) table = plateau_page_ref_table (PLATEAU_PAGE (shown.page));
      if (strstr (full.pages, pages[i].id) == NULL && table != NULL
          && plateau_table_get_n_rows (table) > 0)
        complain (&shown, "the table of cells that are not selected");
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_clear_pointer (&shown.view, g_free);
  plateau_document_close (shown.document);
  g_object_unref (shown.document);
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
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *path = g_strconcat ("/empty", states[i].name, NULL);
      g_test_add_data_func (path, &states[i], test_state);
    }
  g_test_add_func ("/empty/stale", test_stale);
  int status = g_test_run ();
  remove_folder (folder);
  return status;
}
