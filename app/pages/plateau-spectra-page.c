/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-spectra-page-private.h"
#include "plateau-spectra-view.h"

#include "figure/plateau-template.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MAX_CELL_COLUMNS 2

static void plateau_spectra_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauSpectraPage, plateau_spectra_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_spectra_page_interface_init))

static GArray *
list_cells (PlateauSpectraPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  g_autoptr (GArray) all = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < all->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (all, gint64, i));

      if (cell != NULL && (cell->kinds & PLATEAU_KIND_EIS) != 0)
        g_array_append_val (cells, cell->id);
    }
  return cells;
}

/* --- plots --------------------------------------------------------------------------------------
 */

/* Of each cell the spectrum of the number that the spin button shows. */
static JsonObject *
marked_only (PlateauSpectraPage *page, GArray *cells)
{
  JsonObject *only = json_object_new ();
  int number = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (page->spin));

  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT,
                                              g_array_index (cells, gint64, i));
      json_object_set_int_member (only, key, number);
    }
  return only;
}

/* @cell: the one that the plot shows, 0: all of @cells. */
static JsonNode *
make_figure (PlateauSpectraPage *page, const PlateauSpectraPlot *what, GArray *cells, gint64 cell)
{
  JsonObject *plot = json_object_new (), *live = NULL;
  JsonArray *ids = json_array_new ();
  g_autoptr (JsonNode) options = what->options != NULL ? json_from_string (what->options, NULL)
                                                       : NULL;
  JsonNode *figure;

  for (guint i = 0; i < cells->len; i++)
    if (cell == 0 || g_array_index (cells, gint64, i) == cell)
      json_array_add_int_element (ids, g_array_index (cells, gint64, i));
  json_object_set_string_member (plot, "kind", what->kind);
  json_object_set_array_member (plot, "cells", ids);
  json_object_set_string_member (plot, "spectra", plateau_spectra_page_get_choice (page));
  if (options != NULL)
    json_object_set_object_member (plot, "options", json_node_dup_object (options));
  plateau_spectra_view_apply (
      plateau_project_get_settings (plateau_document_get_project (page->document), "spectra-view"),
      plot);
  if (what->marked)
    json_object_set_object_member (plot, "marked_only", marked_only (page, cells));
  live = plateau_spectra_inspector_get_live (page->inspector);
  if (live != NULL)
    json_object_set_object_member (plot, "drt", json_object_ref (live));
  figure = plateau_document_for_plot (what->kind, plot);
  json_object_unref (plot);
  return figure;
}

static void
show_pane (PlateauSpectraPage *page, guint column, guint row, const PlateauSpectraPlot *what,
           GArray *cells, gint64 cell)
{
  GtkWidget *pane = page->panes[column][row];
  g_autoptr (JsonNode) figure = make_figure (page, what, cells, cell);
  g_autofree char *view_key = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, what->kind,
                                               what->options != NULL ? what->options : "", cell);
  const PlateauStudyCell *named = cell != 0 ? plateau_study_find_cell (
                                      plateau_document_get_study (page->document), cell)
                                            : NULL;
  g_autofree char *title = named != NULL ? g_strdup_printf ("%s · %s", _ (what->title), named->name)
                                         : g_strdup (_ (what->title));

  gtk_widget_set_visible (pane, TRUE);
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (pane), title);
  plateau_plot_pane_set_document (PLATEAU_PLOT_PANE (pane), figure, view_key);
}

static void
hide_panes (PlateauSpectraPage *page)
{
  for (guint c = 0; c < PLATEAU_SPECTRA_COLUMNS; c++)
    for (guint r = 0; r < PLATEAU_SPECTRA_ROWS; r++)
      gtk_widget_set_visible (page->panes[c][r], FALSE);
}

void
plateau_spectra_page_show_plots (PlateauSpectraPage *page)
{
  const PlateauSpectraMode *mode = &page->spec->modes[page->mode];
  g_autoptr (GArray) cells = list_cells (page);
  gboolean used[PLATEAU_SPECTRA_COLUMNS][PLATEAU_SPECTRA_ROWS] = { { FALSE } };

  for (guint p = 0; p < PLATEAU_SPECTRA_PLOTS; p++)
    {
      if (mode->plots[p].kind == NULL)
        continue;
      if (!mode->per_cell)
        {
          guint column = mode->rows ? 0 : p % 2, row = mode->rows ? p : p / 2;

          show_pane (page, column, row, &mode->plots[p], cells, 0);
          used[column][row] = TRUE;
          continue;
        }
      for (guint k = 0; k < MIN (cells->len, MAX_CELL_COLUMNS); k++)
        {
          show_pane (page, 2 * k + p % 2, p / 2, &mode->plots[p], cells,
                     g_array_index (cells, gint64, k));
          used[2 * k + p % 2][p / 2] = TRUE;
        }
    }
  /* three plots: the second takes the place of the fourth too */
  GtkLayoutChild *second = gtk_layout_manager_get_layout_child (
      gtk_widget_get_layout_manager (page->grid), page->panes[1][0]);
  gtk_grid_layout_child_set_row_span (
      GTK_GRID_LAYOUT_CHILD (second),
      mode->plots[2].kind != NULL && mode->plots[3].kind == NULL ? 2 : 1);
  for (guint c = 0; c < PLATEAU_SPECTRA_COLUMNS; c++)
    for (guint r = 0; r < PLATEAU_SPECTRA_ROWS; r++)
      if (!used[c][r])
        gtk_widget_set_visible (page->panes[c][r], FALSE);
}

/* The slider moves: only what it changes. */
static void
lambda_moved (gpointer user_data)
{
  plateau_spectra_page_show_plots (user_data);
}

/* --- table --------------------------------------------------------------------------------------
 */

typedef struct
{
  PlateauStudy *study;
  GArray *cells;
  PlateauBatchKind kind;
} TableInput;

static void
table_input_free (TableInput *input)
{
  plateau_study_unref (input->study);
  g_array_unref (input->cells);
  g_free (input);
}

static gpointer
build_table (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  TableInput *input = data;

  return plateau_impedance_batch_build (input->study, input->cells, input->kind, cancellable,
                                        error);
}

static void
table_built (GObject *owner, gpointer result, const GError *error)
{
  g_autoptr (PlateauTable) table = result;

  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (PLATEAU_SPECTRA_PAGE (owner)->table),
                                  table);
}

static void
show_table (PlateauSpectraPage *page)
{
  TableInput *input = g_new0 (TableInput, 1);

  input->study = plateau_study_ref (plateau_document_get_study (page->document));
  input->cells = list_cells (page);
  input->kind = page->spec->modes[page->mode].table;
  PlateauJobSpec spec = {
    .title = _ ("Analysing spectra"),
    .run = build_table,
    .input = input,
    .free_input = (GDestroyNotify) table_input_free,
    .free_result = (GDestroyNotify) plateau_table_unref,
    .done = table_built,
    .owner = G_OBJECT (page),
  };
  plateau_result_table_set_busy (PLATEAU_RESULT_TABLE (page->table));
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->table_job, &spec);
}

/* The order of the Kramers-Kronig test, moved by hand. */
static void
handle_moved (PlateauSpectraPage *page, const char *handle, double from, double to, gboolean done)
{
  if (!done || strcmp (handle, "kk-order") != 0)
    return;
  JsonObject *before = plateau_project_get_settings (plateau_document_get_project (page->document),
                                                     "kk");
  JsonObject *settings = json_object_new ();
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (settings, l->data, json_object_dup_member (before, l->data));
  json_object_set_int_member (settings, "elements", (gint64) CLAMP (round (to), 1, 200));
  plateau_document_set_settings (page->document, "kk", settings, _ ("Set the order of the test"));
  json_object_unref (settings);
}

static void
plateau_spectra_page_refresh (PlateauPage *ppage)
{
  PlateauSpectraPage *page = PLATEAU_SPECTRA_PAGE (ppage);
  g_autoptr (GArray) cells = list_cells (page);

  plateau_spectra_page_load_settings (page);
  if (cells->len == 0)
    {
      hide_panes (page);
      gtk_widget_set_visible (page->panes[0][0], TRUE);
      plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->panes[0][0]), "");
      plateau_plot_pane_set_missing (PLATEAU_PLOT_PANE (page->panes[0][0]), "nyquist");
      plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
      return;
    }
  plateau_spectra_page_update_spin (page, cells);
  plateau_spectra_page_show_plots (page);
  show_table (page);
}

static void
row_activated (PlateauSpectraPage *page, gint64 tag)
{
  GObject *object = (GObject *) plateau_project_find_cell (
      plateau_document_get_project (page->document), tag);

  if (object != NULL)
    plateau_selection_set_current (plateau_document_get_selection (page->document), object);
}

static GtkWidget *
plateau_spectra_page_get_tools (PlateauPage *page)
{
  return PLATEAU_SPECTRA_PAGE (page)->tools;
}

static GtkWidget *
plateau_spectra_page_get_inspector (PlateauPage *page)
{
  return plateau_spectra_inspector_get_widget (PLATEAU_SPECTRA_PAGE (page)->inspector);
}

static JsonNode *
plateau_spectra_page_dup_figure (PlateauPage *ppage)
{
  PlateauSpectraPage *page = PLATEAU_SPECTRA_PAGE (ppage);
  JsonNode *figure = NULL;

  for (guint r = 0; r < PLATEAU_SPECTRA_ROWS; r++)
    for (guint c = 0; c < PLATEAU_SPECTRA_COLUMNS; c++)
      {
        g_autoptr (JsonNode)
            other = gtk_widget_get_visible (page->panes[c][r])
                        ? plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->panes[c][r]))
                        : NULL;

        if (other != NULL && figure == NULL)
          figure = g_steal_pointer (&other);
        else if (other != NULL)
          plateau_document_add_panels (figure, other);
      }
  return figure;
}

static PlateauTable *
plateau_spectra_page_ref_table (PlateauPage *page)
{
  PlateauTable *table = plateau_result_table_get_table (
      PLATEAU_RESULT_TABLE (PLATEAU_SPECTRA_PAGE (page)->table));

  return table != NULL ? plateau_table_ref (table) : NULL;
}

static void
plateau_spectra_page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = plateau_spectra_page_refresh;
  iface->get_tools = plateau_spectra_page_get_tools;
  iface->get_inspector = plateau_spectra_page_get_inspector;
  iface->dup_figure = plateau_spectra_page_dup_figure;
  iface->ref_table = plateau_spectra_page_ref_table;
}

static void
plateau_spectra_page_dispose (GObject *object)
{
  PlateauSpectraPage *page = PLATEAU_SPECTRA_PAGE (object);

  if (page->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->table_job);
  g_clear_pointer (&page->paned, gtk_widget_unparent);
  g_clear_pointer (&page->inspector, plateau_spectra_inspector_free);
  g_clear_object (&page->tools);
  g_clear_object (&page->document);
  G_OBJECT_CLASS (plateau_spectra_page_parent_class)->dispose (object);
}

static void
plateau_spectra_page_class_init (PlateauSpectraPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_spectra_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plateau_spectra_page_init (PlateauSpectraPage *page)
{
}

static void
build (PlateauSpectraPage *page)
{
  plateau_spectra_page_build_tools (page);
  page->inspector = plateau_spectra_inspector_new (page->document, page->spec->drt);
  plateau_spectra_inspector_set_moved (page->inspector, lambda_moved, page);
  page->grid = gtk_grid_new ();
  gtk_widget_add_css_class (page->grid, "plots");
  gtk_grid_set_column_homogeneous (GTK_GRID (page->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (page->grid), TRUE);
  for (guint c = 0; c < PLATEAU_SPECTRA_COLUMNS; c++)
    for (guint r = 0; r < PLATEAU_SPECTRA_ROWS; r++)
      {
        page->panes[c][r] = plateau_plot_pane_new (page->document, "");
        PlateauPlotView *view = plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (page->panes[c][r]));
        g_signal_connect_object (view, "picked", G_CALLBACK (plateau_spectra_page_mask), page,
                                 G_CONNECT_SWAPPED);
        g_signal_connect_object (view, "handle-moved", G_CALLBACK (handle_moved), page,
                                 G_CONNECT_SWAPPED);
        gtk_widget_set_size_request (GTK_WIDGET (view), 150, 110);
        gtk_widget_set_hexpand (page->panes[c][r], TRUE);
        gtk_widget_set_vexpand (page->panes[c][r], TRUE);
        gtk_grid_attach (GTK_GRID (page->grid), page->panes[c][r], (int) c, (int) r, 1, 1);
      }
  hide_panes (page);
  page->table = plateau_result_table_new (_ ("Values of each spectrum"));
  plateau_result_table_set_slot_func (PLATEAU_RESULT_TABLE (page->table), plateau_page_row_slot,
                                      page->document);
  g_signal_connect_swapped (page->table, "row-activated", G_CALLBACK (row_activated), page);
  gtk_widget_set_size_request (page->table, -1, 96);
  page->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (page->paned, "work");
  gtk_paned_set_start_child (GTK_PANED (page->paned), page->grid);
  gtk_paned_set_end_child (GTK_PANED (page->paned), page->table);
  gtk_paned_set_resize_end_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->paned), FALSE);
  gtk_widget_set_parent (page->paned, GTK_WIDGET (page));
}

GtkWidget *
plateau_spectra_page_new (PlateauDocument *document, const PlateauSpectraPageSpec *spec)
{
  PlateauSpectraPage *page = g_object_new (PLATEAU_TYPE_SPECTRA_PAGE, NULL);

  page->spec = spec;
  page->document = g_object_ref (document);
  build (page);
  return GTK_WIDGET (page);
}
