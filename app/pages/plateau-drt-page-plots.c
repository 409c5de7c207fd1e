/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-drt-page-private.h"

#include "figure/plateau-look.h"
#include "figure/plateau-template.h"
#include "plateau-key.h"
#include "plateau-spectra-view.h"

#include <glib/gi18n.h>
#include <math.h>

/* What each mode of the page DRT shows: figures of one cell beside another, or of all of them. */

const PlateauDrtMode plateau_drt_modes[PLATEAU_DRT_N_MODES] = {
  { "series",
    N_ ("Series"),
    N_ ("In situ series of up to two cells beside each other"),
    TRUE,
    PLATEAU_DRT_TABLE_PEAKS,
    { { N_ ("Course"), "series-curve", NULL, FALSE },
      { N_ ("Distributions, stacked"), "drt", "{\"stack\":true,\"labels\":false}", FALSE },
      { N_ ("Nyquist stack"), "nyquist", "{\"stack\":true}", FALSE },
      { N_ ("Map of relaxation times"), "drt-map", NULL, FALSE } } },
  { "curves",
    N_ ("Curves"),
    N_ ("Distributions at the marked spectrum, their difference, and the resistance of each "
        "process"),
    FALSE,
    PLATEAU_DRT_TABLE_PEAKS,
    { { N_ ("Distribution of relaxation times"), "drt", NULL, TRUE },
      { N_ ("Resistance of each process"), "drt-processes", NULL, FALSE },
      { N_ ("Difference to the first cell"), "drt-difference", NULL, TRUE },
      { N_ ("Difference over the series"), "drt-difference-map", NULL, FALSE } } },
  { "symmetric",
    N_ ("Symmetric"),
    N_ ("The first cell as full cell with half of each other one, a symmetric cell: which "
        "electrode each peak is of"),
    FALSE,
    PLATEAU_DRT_TABLE_ASSIGNMENT,
    { { N_ ("Full cell and halves of symmetric cells"), "drt-symmetric", NULL, TRUE },
      { N_ ("Nyquist"), "nyquist", NULL, TRUE } } },
  { "lambda",
    N_ ("λ"),
    N_ ("How the peaks depend on the regularisation"),
    FALSE,
    PLATEAU_DRT_TABLE_PEAKS,
    { { N_ ("Distribution of relaxation times"), "drt", NULL, TRUE },
      { N_ ("Peaks against λ"), "drt-sensitivity", NULL, TRUE } } },
  { "hilbert",
    N_ ("Hilbert"),
    N_ ("Bayesian Hilbert transform: how well each part of the marked spectrum predicts the other"),
    FALSE,
    PLATEAU_DRT_TABLE_HILBERT,
    { { N_ ("Z′ as Z″ predicts it"), "drt-hilbert", "{\"part\":\"re\"}", TRUE },
      { N_ ("Scores: 1 is perfect"), "drt-hilbert-scores", NULL, TRUE },
      { N_ ("Z″ as Z′ predicts it"), "drt-hilbert", "{\"part\":\"im\"}", TRUE } } },
};

static void
add_marked (PlateauDrtPage *page, JsonObject *plot, gint64 cell)
{
  const PlateauDrtPoint *point = plateau_drt_page_find_marked (page, cell);
  if (point == NULL)
    return;
  JsonObject *marked = json_object_new ();
  json_object_set_int_member (marked, "cell", cell);
  json_object_set_int_member (marked, "spectrum", point->number);
  json_object_set_object_member (plot, "marked", marked);
}

/* "marked_only": of each cell the marked spectrum. */
static void
add_marked_only (PlateauDrtPage *page, JsonObject *plot)
{
  JsonObject *only = json_object_new ();
  for (guint i = 0; i < page->cells->len; i++)
    {
      const PlateauDrtPoint *point = plateau_drt_page_find_marked (
          page, plateau_drt_page_nth_cell (page, i));
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT,
                                              plateau_drt_page_nth_cell (page, i));
      if (point != NULL)
        json_object_set_int_member (only, key, point->number);
    }
  if (json_object_get_size (only) > 0)
    json_object_set_object_member (plot, "marked_only", only);
  else
    json_object_unref (only);
}

static void
add_scale (PlateauDrtPage *page, JsonObject *plot, gint64 cell)
{
  JsonArray *others = json_array_new ();
  for (guint i = 0; i < MIN (page->cells->len, PLATEAU_DRT_MOST_CELLS); i++)
    if (plateau_drt_page_nth_cell (page, i) != cell)
      json_array_add_int_element (others, plateau_drt_page_nth_cell (page, i));
  json_object_set_array_member (plot, "scale_with", others);
}

static void
hide_legend (JsonNode *figure)
{
  JsonObject *panel = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (figure), "panels"), 0);
  JsonObject *legend = json_object_new ();
  json_object_set_string_member (legend, "place", "hidden");
  json_object_set_object_member (panel, "legend", legend);
}

/* @cell: the one that the plot shows, 0: all of them. */
static JsonNode *
make_figure (PlateauDrtPage *page, const PlateauDrtPlot *what, gint64 cell)
{
  JsonObject *plot = json_object_new ();
  JsonArray *ids = json_array_new ();
  for (guint i = 0; i < page->cells->len; i++)
    if (cell == 0 || plateau_drt_page_nth_cell (page, i) == cell)
      json_array_add_int_element (ids, plateau_drt_page_nth_cell (page, i));
  json_object_set_string_member (plot, "kind", what->kind);
  json_object_set_array_member (plot, "cells", ids);
  json_object_set_string_member (plot, "spectra", plateau_drt_page_get_choice (page));
  if (what->options != NULL)
    {
      g_autoptr (JsonNode) options = json_from_string (what->options, NULL);
      json_object_set_object_member (plot, "options", json_node_dup_object (options));
    }
  plateau_spectra_view_apply (
      plateau_project_get_settings (plateau_document_get_project (page->document), "spectra-view"),
      plot);
  if (cell != 0)
    add_marked (page, plot, cell);
  if (cell != 0 && gtk_check_button_get_active (GTK_CHECK_BUTTON (page->same_scale)))
    add_scale (page, plot, cell);
  if (what->marked)
    add_marked_only (page, plot);
  JsonObject *live = plateau_spectra_inspector_get_live (page->inspector);
  if (live != NULL)
    json_object_set_object_member (plot, "drt", json_object_ref (live));
  if (page->live_windows != NULL)
    json_object_set_object_member (plot, "drt-windows", json_object_ref (page->live_windows));
  JsonNode *figure = plateau_document_for_plot (what->kind, plot);
  json_object_unref (plot);
  if (cell != 0)
    hide_legend (figure); /* the header above the plots names the cell */
  return figure;
}

static void
show_pane (PlateauDrtPage *page, guint column, guint index, const PlateauDrtPlot *what, gint64 cell)
{
  PlateauPlotPane *pane = PLATEAU_PLOT_PANE (page->columns[column].panes[index]);
  g_autoptr (JsonNode) figure = make_figure (page, what, cell);
  g_autofree char *view_key = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", what->kind, cell,
                                               plateau_drt_page_get_choice (page));
  gtk_widget_set_visible (GTK_WIDGET (pane), TRUE);
  plateau_plot_pane_set_title (pane, _ (what->title));
  plateau_plot_pane_show_header (pane, cell == 0);
  plateau_plot_pane_set_document (pane, figure, view_key);
}

static void
show_header (PlateauDrtPage *page, guint column, gint64 id)
{
  PlateauDrtColumn *c = &page->columns[column];
  PlateauStudy *study = plateau_document_get_study (page->document);
  const PlateauStudyCell *cell = plateau_study_find_cell (study, id);
  const PlateauDrtSeries *series = plateau_drt_overview_find (page->overview, id);
  const PlateauDrtPoint *point = plateau_drt_page_find_marked (page, id);
  g_autoptr (GString) text = g_string_new (NULL);
  if (series != NULL)
    g_string_append_printf (text, ngettext ("%u spectrum", "%u spectra", series->n_points),
                            series->n_points);
  if (point != NULL)
    {
      g_string_append_printf (text, " · #%u", point->number);
      if (isfinite (point->potential))
        g_string_append_printf (text, " · %.2f V", point->potential);
      if (!point->sound)
        g_string_append_printf (text, " · %s", _ ("Kramers-Kronig fails"));
    }
  gtk_widget_set_visible (c->header, TRUE);
  plateau_key_set_slot (PLATEAU_KEY (c->key), plateau_look_of_sample (study, cell->sample));
  gtk_label_set_text (GTK_LABEL (c->name), cell->name);
  gtk_label_set_text (GTK_LABEL (c->state), text->str);
}

static void
show_column (PlateauDrtPage *page, guint column, const PlateauDrtMode *mode, gint64 cell)
{
  gtk_widget_set_visible (page->columns[column].box, TRUE);
  if (cell != 0)
    show_header (page, column, cell);
  else
    gtk_widget_set_visible (page->columns[column].header, FALSE);
  /* three plots: the second takes the place of the fourth too */
  GtkLayoutChild *second = gtk_layout_manager_get_layout_child (
      gtk_widget_get_layout_manager (page->columns[column].grid), page->columns[column].panes[1]);
  gtk_grid_layout_child_set_row_span (
      GTK_GRID_LAYOUT_CHILD (second),
      mode->plots[2].kind != NULL && mode->plots[3].kind == NULL ? 2 : 1);
  for (guint p = 0; p < PLATEAU_DRT_MOST_PLOTS; p++)
    if (mode->plots[p].kind != NULL
        && (!g_str_has_prefix (mode->plots[p].kind, "drt-difference") || page->cells->len > 1))
      show_pane (page, column, p, &mode->plots[p], cell);
    else
      gtk_widget_set_visible (page->columns[column].panes[p], FALSE);
}

/* While the slider moves, what shows the marked spectra follows it; whole series, which take longer
 * than a frame, follow where there is nothing else, and when it rests. */
static gboolean
follows_slider (const PlateauDrtMode *mode, const PlateauDrtPlot *plot)
{
  gboolean single = FALSE;
  for (guint p = 0; p < PLATEAU_DRT_MOST_PLOTS && mode->plots[p].kind != NULL; p++)
    single |= mode->plots[p].marked;
  return g_str_has_prefix (plot->kind, "drt") && !g_str_has_prefix (plot->kind, "drt-hilbert")
         && (plot->marked || !single);
}

void
plateau_drt_page_follow_slider (PlateauDrtPage *page)
{
  const PlateauDrtMode *mode = &plateau_drt_modes[page->mode];
  for (guint c = 0; c < PLATEAU_DRT_MOST_CELLS; c++)
    for (guint p = 0; p < PLATEAU_DRT_MOST_PLOTS; p++)
      if (mode->plots[p].kind != NULL && follows_slider (mode, &mode->plots[p])
          && gtk_widget_get_visible (page->columns[c].box)
          && gtk_widget_get_visible (page->columns[c].panes[p]))
        show_pane (page, c, p, &mode->plots[p],
                   mode->per_cell ? plateau_drt_page_nth_cell (page, c) : 0);
}

void
plateau_drt_page_show_plots (PlateauDrtPage *page)
{
  const PlateauDrtMode *mode = &plateau_drt_modes[page->mode];
  guint shown = mode->per_cell ? MIN (page->cells->len, PLATEAU_DRT_MOST_CELLS) : 1;
  for (guint c = 0; c < PLATEAU_DRT_MOST_CELLS; c++)
    if (c < shown)
      show_column (page, c, mode, mode->per_cell ? plateau_drt_page_nth_cell (page, c) : 0);
    else
      gtk_widget_set_visible (page->columns[c].box, FALSE);
  gtk_widget_set_visible (page->same_scale, mode->per_cell && shown > 1);
}
