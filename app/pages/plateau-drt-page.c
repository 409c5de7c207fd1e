/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-drt-page-private.h"

#include "analysis/plateau-drt.h"
#include "figure/plateau-template.h"
#include "plateau-impedance-batch.h"
#include "plateau-key.h"

#include <glib/gi18n.h>
#include <string.h>

static void plateau_drt_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauDrtPage, plateau_drt_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_drt_page_interface_init))

static GArray *
list_cells (PlateauDrtPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  GArray *cells = plateau_selection_list_cell_ids (plateau_document_get_selection (page->document),
                                                   study);
  for (guint i = cells->len; i-- > 0;)
    if ((plateau_study_find_cell (study, g_array_index (cells, gint64, i))->kinds
         & PLATEAU_KIND_EIS)
        == 0)
      g_array_remove_index (cells, i);
  return cells;
}

static void
live_changed (gpointer user_data)
{
  PlateauDrtPage *page = user_data;
  if (page->cells->len > 0)
    plateau_drt_page_follow_slider (page);
}

/* A click on a spectrum anywhere marks it, in another cell's plots what is most like it. */
static void
plateau_drt_page_tag_activated (PlateauDrtPage *page, const PlateauTag *tag)
{
  if (tag->spectrum < 0 || page->cells->len == 0)
    return;
  guint number = (guint) tag->spectrum + 1;
  const PlateauDrtPoint *point = plateau_drt_series_find (
      plateau_drt_overview_find (page->overview, tag->cell), number);
  if (point != NULL && tag->cell != plateau_drt_page_nth_cell (page, 0))
    {
      point = plateau_drt_series_match (
          plateau_drt_overview_find (page->overview, plateau_drt_page_nth_cell (page, 0)), point);
      number = point != NULL ? point->number : page->marked;
    }
  plateau_drt_page_mark (page, number);
}

/* Windows moved by hand */

static void
plateau_drt_page_handle_moved (PlateauDrtPage *page, const char *handle, double from, double to,
                               gboolean done)
{
  guint64 index;
  if (!g_str_has_prefix (handle, "window/") || page->overview == NULL
      || !g_ascii_string_to_unsigned (handle + strlen ("window/"), 10, 0,
                                      page->overview->windows->len - 1, &index, NULL))
    return;
  g_autoptr (GPtrArray)
      windows = plateau_impedance_batch_windows (plateau_document_get_study (page->document));
  PlateauDrtWindow *window = g_ptr_array_index (windows, index);
  window->low = from;
  window->high = to;
  g_autofree char *text = plateau_drt_windows_to_text (windows);
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "windows", text);
  g_clear_pointer (&page->live_windows, json_object_unref);
  if (done)
    {
      g_autofree char *label = g_strdup_printf (_ ("Move the window “%s”"), window->name);
      plateau_document_set_settings (page->document, "drt-windows", settings, label);
      json_object_unref (settings);
      return;
    }
  page->live_windows = settings;
  plateau_drt_page_show_plots (page);
}

static void
show_nothing (PlateauDrtPage *page)
{
  for (guint c = 0; c < PLATEAU_DRT_MOST_CELLS; c++)
    gtk_widget_set_visible (page->columns[c].box, c == 0);
  gtk_widget_set_visible (page->columns[0].header, FALSE);
  for (guint p = 0; p < PLATEAU_DRT_MOST_PLOTS; p++)
    gtk_widget_set_visible (page->columns[0].panes[p], p == 0);
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->columns[0].panes[0]), "");
  plateau_plot_pane_set_missing (PLATEAU_PLOT_PANE (page->columns[0].panes[0]), "drt");
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
}

static void
plateau_drt_page_refresh (PlateauPage *ppage)
{
  PlateauDrtPage *page = PLATEAU_DRT_PAGE (ppage);
  g_clear_pointer (&page->cells, g_array_unref);
  page->cells = list_cells (page);
  plateau_drt_page_load_settings (page);
  if (page->cells->len == 0)
    {
      show_nothing (page);
      return;
    }
  plateau_drt_page_start (page); /* the plots follow when the series are known */
}

static GtkWidget *
plateau_drt_page_get_tools (PlateauPage *page)
{
  return PLATEAU_DRT_PAGE (page)->tools;
}

static GtkWidget *
plateau_drt_page_get_inspector (PlateauPage *page)
{
  return plateau_spectra_inspector_get_widget (PLATEAU_DRT_PAGE (page)->inspector);
}

static JsonNode *
plateau_drt_page_dup_figure (PlateauPage *ppage)
{
  PlateauDrtPage *page = PLATEAU_DRT_PAGE (ppage);
  JsonNode *figure = NULL;
  for (guint c = 0; c < PLATEAU_DRT_MOST_CELLS; c++)
    for (guint p = 0; p < PLATEAU_DRT_MOST_PLOTS; p++)
      {
        GtkWidget *pane = page->columns[c].panes[p];
        g_autoptr (JsonNode)
            other = gtk_widget_get_visible (page->columns[c].box) && gtk_widget_get_visible (pane)
                        ? plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (pane))
                        : NULL;
        if (other != NULL && figure == NULL)
          figure = g_steal_pointer (&other);
        else if (other != NULL)
          plateau_document_add_panels (figure, other);
      }
  return figure;
}

static PlateauTable *
plateau_drt_page_ref_table (PlateauPage *page)
{
  PlateauTable *table = plateau_result_table_get_table (
      PLATEAU_RESULT_TABLE (PLATEAU_DRT_PAGE (page)->table));
  return table != NULL ? plateau_table_ref (table) : NULL;
}

static void
plateau_drt_page_show_tag (PlateauPage *page, const PlateauTag *tag)
{
  plateau_drt_page_tag_activated (PLATEAU_DRT_PAGE (page), tag);
}

static void
plateau_drt_page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = plateau_drt_page_refresh;
  iface->get_tools = plateau_drt_page_get_tools;
  iface->get_inspector = plateau_drt_page_get_inspector;
  iface->dup_figure = plateau_drt_page_dup_figure;
  iface->ref_table = plateau_drt_page_ref_table;
  iface->show_tag = plateau_drt_page_show_tag;
}

static void
plateau_drt_page_dispose (GObject *object)
{
  PlateauDrtPage *page = PLATEAU_DRT_PAGE (object);
  if (page->document != NULL)
    {
      plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->table_job);
      plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->overview_job);
    }
  g_clear_pointer (&page->paned, gtk_widget_unparent);
  g_clear_pointer (&page->inspector, plateau_spectra_inspector_free);
  g_clear_pointer (&page->overview, plateau_drt_overview_free);
  g_clear_pointer (&page->cells, g_array_unref);
  g_clear_pointer (&page->live_windows, json_object_unref);
  g_clear_object (&page->tools);
  g_clear_object (&page->document);
  G_OBJECT_CLASS (plateau_drt_page_parent_class)->dispose (object);
}

static void
plateau_drt_page_class_init (PlateauDrtPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_drt_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plateau_drt_page_init (PlateauDrtPage *page)
{
}

static void
row_activated (PlateauDrtPage *page, gint64 tag)
{
  GObject *object = (GObject *) plateau_project_find_cell (
      plateau_document_get_project (page->document), tag);
  if (object != NULL)
    plateau_selection_set_current (plateau_document_get_selection (page->document), object);
}

static void
build_column (PlateauDrtPage *page, PlateauDrtColumn *column)
{
  column->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  column->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (column->header, "plot-header");
  column->key = plateau_key_new ();
  column->name = gtk_label_new (NULL);
  gtk_widget_add_css_class (column->name, "plot-title");
  gtk_label_set_ellipsize (GTK_LABEL (column->name), PANGO_ELLIPSIZE_END);
  column->state = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (column->state), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (column->state, "dim-label");
  gtk_box_append (GTK_BOX (column->header), column->key);
  gtk_box_append (GTK_BOX (column->header), column->name);
  gtk_box_append (GTK_BOX (column->header), column->state);
  column->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (column->grid), TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (column->grid), TRUE);
  for (guint p = 0; p < PLATEAU_DRT_MOST_PLOTS; p++)
    {
      GtkWidget *pane = column->panes[p] = plateau_plot_pane_new (page->document, "");
      PlateauPlotView *view = plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (pane));
      gtk_widget_set_size_request (GTK_WIDGET (view), 150, 110);
      gtk_widget_set_hexpand (pane, TRUE);
      gtk_widget_set_vexpand (pane, TRUE);
      g_signal_connect_swapped (pane, "tag-activated", G_CALLBACK (plateau_drt_page_tag_activated),
                                page);
      g_signal_connect_object (view, "handle-moved", G_CALLBACK (plateau_drt_page_handle_moved),
                               page, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (column->grid), pane, (int) p % 2, (int) p / 2, 1, 1);
    }
  gtk_box_append (GTK_BOX (column->box), column->header);
  gtk_box_append (GTK_BOX (column->box), column->grid);
  gtk_widget_set_visible (column->box, FALSE);
}

static void
build (PlateauDrtPage *page)
{
  plateau_drt_page_build_tools (page);
  page->processes = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (page->processes), 12);
  gtk_grid_set_row_spacing (GTK_GRID (page->processes), 4);
  page->inspector = plateau_spectra_inspector_new (page->document, TRUE);
  plateau_spectra_inspector_set_moved (page->inspector, live_changed, page);
  plateau_spectra_inspector_add_processes (page->inspector, page->processes);
  page->columns_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (page->columns_box), TRUE);
  gtk_widget_add_css_class (page->columns_box, "plots");
  for (guint c = 0; c < PLATEAU_DRT_MOST_CELLS; c++)
    {
      build_column (page, &page->columns[c]);
      gtk_box_append (GTK_BOX (page->columns_box), page->columns[c].box);
    }
  page->table = plateau_result_table_new (_ ("Peaks of each spectrum"));
  plateau_result_table_set_slot_func (PLATEAU_RESULT_TABLE (page->table), plateau_page_row_slot,
                                      page->document);
  g_signal_connect_swapped (page->table, "row-activated", G_CALLBACK (row_activated), page);
  gtk_widget_set_size_request (page->table, -1, 96);
  page->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (page->paned, "work");
  gtk_paned_set_start_child (GTK_PANED (page->paned), page->columns_box);
  gtk_paned_set_end_child (GTK_PANED (page->paned), page->table);
  gtk_paned_set_resize_end_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->paned), FALSE);
  gtk_widget_set_parent (page->paned, GTK_WIDGET (page));
}

GtkWidget *
plateau_drt_page_new (PlateauDocument *document)
{
  PlateauDrtPage *page = g_object_new (PLATEAU_TYPE_DRT_PAGE, NULL);
  page->document = g_object_ref (document);
  page->cells = g_array_new (FALSE, FALSE, sizeof (gint64));
  build (page);
  return GTK_WIDGET (page);
}
