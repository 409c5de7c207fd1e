/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-drt-series.h"
#include "plateau-impedance-batch.h"
#include "plateau-key.h"
#include "plateau-plot-pane.h"
#include "plateau-spectra-page.h"

#include "analysis/plateau-drt.h"
#include "figure/plateau-template.h"

#include "figure/plateau-look.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* In situ series of up to two cells beside each other, all linked to one marked spectrum; the
 * distributions and resistances of any number of cells over each other; peaks against lambda. */

#define MOST_CELLS 2
#define MOST_PLOTS 4

typedef struct
{
  const char *title;   /* N_() */
  const char *kind;    /* of a plot */
  const char *options; /* JSON, or NULL */
  gboolean marked;     /* of each cell only the marked spectrum */
} Plot;

typedef struct
{
  const char *nick, *label, *tip; /* N_() but the nick */
  gboolean per_cell;
  Plot plots[MOST_PLOTS];
} Mode;

#define ASSIGNMENT "symmetric" /* the mode whose table assigns peaks */

static const Mode modes[] = {
  { "series",
    N_ ("Series"),
    N_ ("In situ series of up to two cells beside each other"),
    TRUE,
    { { N_ ("Where the spectra were taken"), "series-curve", NULL, FALSE },
      { N_ ("Distributions, stacked"), "drt", "{\"stack\":true,\"labels\":false}", FALSE },
      { N_ ("Nyquist, stacked"), "nyquist", "{\"stack\":true}", FALSE },
      { N_ ("Map of relaxation times"), "drt-map", NULL, FALSE } } },
  { "curves",
    N_ ("Curves"),
    N_ ("Distributions at the marked spectrum, their difference, and the resistance of each "
        "process"),
    FALSE,
    { { N_ ("Distribution of relaxation times"), "drt", NULL, TRUE },
      { N_ ("Resistance of each process"), "drt-processes", NULL, FALSE },
      { N_ ("Difference to the first cell"), "drt-difference", NULL, TRUE },
      { N_ ("Difference over the series"), "drt-difference-map", NULL, FALSE } } },
  { ASSIGNMENT,
    N_ ("Symmetric cells"),
    N_ ("The first cell as full cell with half of each other one, a symmetric cell: which "
        "electrode each peak is of"),
    FALSE,
    { { N_ ("Full cell and halves of symmetric cells"), "drt-symmetric", NULL, TRUE },
      { N_ ("Nyquist"), "nyquist", NULL, TRUE } } },
  { "lambda",
    N_ ("λ"),
    N_ ("How the peaks depend on the regularisation"),
    FALSE,
    { { N_ ("Distribution of relaxation times"), "drt", NULL, TRUE },
      { N_ ("Peaks against λ"), "drt-sensitivity", NULL, TRUE } } },
};

static const char *const range_choices[] = { "", "charge", "discharge", NULL };
static const char *const range_labels[] = { N_ ("All spectra"), N_ ("Charge"), N_ ("Discharge"),
                                            N_ ("By number"), NULL };
#define RANGE_NUMBERS 3

/* One cell's half of the series, or all plots of another mode. */
typedef struct
{
  GtkWidget *box, *header, *key, *name, *state, *grid, *panes[MOST_PLOTS];
} Column;

struct _PlateauDrtPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  PlateauSpectraInspector *inspector;
  GtkWidget *paned, *columns_box, *table, *processes;
  Column columns[MOST_CELLS];
  GtkWidget *tools, *range, *numbers, *mode_buttons[G_N_ELEMENTS (modes)], *same_scale, *spin;
  PlateauJob *table_job, *overview_job;
  PlateauDrtOverview *overview; /* NULL: not known yet */
  GArray *cells;                /* of gint64: those with spectra */
  guint mode, marked;           /* number of the first cell's marked spectrum */
  JsonObject *live_windows;     /* while one is dragged */
  gboolean updating;
};

#define PLATEAU_TYPE_DRT_PAGE (plateau_drt_page_get_type ())
G_DECLARE_FINAL_TYPE (PlateauDrtPage, plateau_drt_page, PLATEAU, DRT_PAGE, GtkWidget)

static void plateau_drt_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauDrtPage, plateau_drt_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_drt_page_interface_init))

static gint64
nth_cell (PlateauDrtPage *page, guint index)
{
  return g_array_index (page->cells, gint64, index);
}

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

static const char *
chosen_spectra (PlateauDrtPage *page)
{
  guint range = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->range));
  return range < RANGE_NUMBERS ? range_choices[range]
                               : gtk_editable_get_text (GTK_EDITABLE (page->numbers));
}

/* The marked spectrum of a cell, or NULL: that of the first cell, or what is most like it. */
static const PlateauDrtPoint *
marked_point (PlateauDrtPage *page, gint64 cell)
{
  if (page->overview == NULL || page->cells->len == 0)
    return NULL;
  const PlateauDrtPoint *lead = plateau_drt_series_find (
      plateau_drt_overview_find (page->overview, nth_cell (page, 0)), page->marked);
  if (lead == NULL || cell == nth_cell (page, 0))
    return lead;
  return plateau_drt_series_match (plateau_drt_overview_find (page->overview, cell), lead);
}

/* Plots */

static void
add_marked (PlateauDrtPage *page, JsonObject *plot, gint64 cell)
{
  const PlateauDrtPoint *point = marked_point (page, cell);
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
      const PlateauDrtPoint *point = marked_point (page, nth_cell (page, i));
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, nth_cell (page, i));
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
  for (guint i = 0; i < MIN (page->cells->len, MOST_CELLS); i++)
    if (nth_cell (page, i) != cell)
      json_array_add_int_element (others, nth_cell (page, i));
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
make_figure (PlateauDrtPage *page, const Plot *what, gint64 cell)
{
  JsonObject *plot = json_object_new ();
  JsonArray *ids = json_array_new ();
  for (guint i = 0; i < page->cells->len; i++)
    if (cell == 0 || nth_cell (page, i) == cell)
      json_array_add_int_element (ids, nth_cell (page, i));
  json_object_set_string_member (plot, "kind", what->kind);
  json_object_set_array_member (plot, "cells", ids);
  json_object_set_string_member (plot, "spectra", chosen_spectra (page));
  if (what->options != NULL)
    {
      g_autoptr (JsonNode) options = json_from_string (what->options, NULL);
      json_object_set_object_member (plot, "options", json_node_dup_object (options));
    }
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
show_pane (PlateauDrtPage *page, guint column, guint index, const Plot *what, gint64 cell)
{
  PlateauPlotPane *pane = PLATEAU_PLOT_PANE (page->columns[column].panes[index]);
  g_autoptr (JsonNode) figure = make_figure (page, what, cell);
  g_autofree char *view_key = g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", what->kind, cell,
                                               chosen_spectra (page));
  gtk_widget_set_visible (GTK_WIDGET (pane), TRUE);
  plateau_plot_pane_set_title (pane, _ (what->title));
  plateau_plot_pane_show_header (pane, cell == 0);
  plateau_plot_pane_set_document (pane, figure, view_key);
}

static void
show_header (PlateauDrtPage *page, guint column, gint64 id)
{
  Column *c = &page->columns[column];
  PlateauStudy *study = plateau_document_get_study (page->document);
  const PlateauStudyCell *cell = plateau_study_find_cell (study, id);
  const PlateauDrtSeries *series = plateau_drt_overview_find (page->overview, id);
  const PlateauDrtPoint *point = marked_point (page, id);
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
show_column (PlateauDrtPage *page, guint column, const Mode *mode, gint64 cell)
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
  for (guint p = 0; p < MOST_PLOTS; p++)
    if (mode->plots[p].kind != NULL
        && (!g_str_has_prefix (mode->plots[p].kind, "drt-difference") || page->cells->len > 1))
      show_pane (page, column, p, &mode->plots[p], cell);
    else
      gtk_widget_set_visible (page->columns[column].panes[p], FALSE);
}

static void
show_plots (PlateauDrtPage *page)
{
  const Mode *mode = &modes[page->mode];
  guint shown = mode->per_cell ? MIN (page->cells->len, MOST_CELLS) : 1;
  for (guint c = 0; c < MOST_CELLS; c++)
    if (c < shown)
      show_column (page, c, mode, mode->per_cell ? nth_cell (page, c) : 0);
    else
      gtk_widget_set_visible (page->columns[c].box, FALSE);
  gtk_widget_set_visible (page->same_scale, mode->per_cell && shown > 1);
}

static void
live_changed (gpointer user_data)
{
  show_plots (user_data);
}

/* The resistances of the marked spectra, in the inspector */

static void
clear_grid (GtkWidget *grid)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (grid)) != NULL)
    gtk_grid_remove (GTK_GRID (grid), child);
}

static void
put (GtkWidget *grid, const char *text, guint column, guint row, gboolean dim, const char *tip)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_markup (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, column == 0);
  plateau_tooltip_set (label, tip);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (GTK_GRID (grid), label, (int) column, (int) row, 1, 1);
}

static void
put_resistance (PlateauDrtPage *page, const PlateauDrtSeries *series, guint window, guint column,
                guint row)
{
  const PlateauDrtWindow *w = page->overview->windows->pdata[window];
  const PlateauDrtPoint *point = marked_point (page, series->cell);
  gboolean beyond = w->low < 0.999 * series->measured_low
                    || w->high > 1.001 * series->measured_high;
  double value = point != NULL ? point->resistance[window] : NAN;
  g_autofree char *text = isnan (value)   ? g_strdup ("–")
                          : value >= 99.5 ? g_strdup_printf ("%.0f%s", value, beyond ? "*" : "")
                                          : g_strdup_printf ("%.3g%s", value, beyond ? "*" : "");
  put (page->processes, text, column, row, beyond,
       beyond ? _ ("Extrapolated: part of the window lies beyond the measured frequencies") : NULL);
}

static void
show_processes (PlateauDrtPage *page)
{
  clear_grid (page->processes);
  if (page->overview == NULL || page->overview->series->len == 0)
    return;
  PlateauStudy *study = plateau_document_get_study (page->document);
  guint n = MIN (page->overview->series->len, MOST_CELLS);
  put (page->processes, _ ("R / Ω at the marked spectra"), 0, 0, TRUE, NULL);
  for (guint s = 0; s < n; s++)
    {
      const PlateauDrtSeries *series = page->overview->series->pdata[s];
      const PlateauDrtPoint *point = marked_point (page, series->cell);
      const PlateauStudyCell *cell = plateau_study_find_cell (study, series->cell);
      g_autofree char *text = point != NULL && isfinite (point->potential)
                                  ? g_strdup_printf ("%.2f V", point->potential)
                                  : g_strdup_printf ("#%u", point != NULL ? point->number : 0);
      put (page->processes, text, s + 1, 0, TRUE, cell != NULL ? cell->name : NULL);
    }
  for (guint w = 0; w < page->overview->windows->len; w++)
    {
      const PlateauDrtWindow *window = page->overview->windows->pdata[w];
      g_autofree char *range = g_strdup_printf ("%.1e – %.1e s", window->low, window->high);
      g_autofree char *name = g_markup_escape_text (window->name, -1);
      put (page->processes, name, 0, w + 1, FALSE, range);
      for (guint s = 0; s < n; s++)
        put_resistance (page, page->overview->series->pdata[s], w, s + 1, w + 1);
    }
}

/* What is computed in the background */

typedef struct
{
  PlateauStudy *study;
  GArray *cells, *numbers; /* of guint: the marked spectrum of each cell, 0: none */
  char *choice;
} Input;

static void
input_free (Input *input)
{
  plateau_study_unref (input->study);
  g_array_unref (input->cells);
  g_array_unref (input->numbers);
  g_free (input->choice);
  g_free (input);
}

static Input *
input_new (PlateauDrtPage *page)
{
  Input *input = g_new0 (Input, 1);
  input->study = plateau_study_ref (plateau_document_get_study (page->document));
  input->cells = g_array_ref (page->cells);
  input->choice = g_strdup (chosen_spectra (page));
  input->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < page->cells->len; i++)
    {
      const PlateauDrtPoint *point = marked_point (page, nth_cell (page, i));
      guint number = point != NULL ? point->number : 0;
      g_array_append_val (input->numbers, number);
    }
  return input;
}

static gpointer
build_table (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_impedance_batch_build (input->study, input->cells, PLATEAU_BATCH_PEAKS,
                                        cancellable, error);
}

static gpointer
build_assignment (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_impedance_batch_assign (input->study, input->cells, input->numbers, cancellable,
                                         error);
}

static void
table_built (GObject *owner, gpointer result, const GError *error)
{
  g_autoptr (PlateauTable) table = result;
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (PLATEAU_DRT_PAGE (owner)->table), table);
}

static gpointer
build_overview (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  Input *input = data;
  return plateau_drt_overview_new (input->study, input->cells, input->choice, cancellable, error);
}

/* The spin button counts the first cell's spectra; a series is marked where it is most interesting:
 * at the highest potential. */
static void
update_marked (PlateauDrtPage *page)
{
  const PlateauDrtSeries *series =
      page->cells->len > 0 ? plateau_drt_overview_find (page->overview, nth_cell (page, 0)) : NULL;
  if (series == NULL || series->n_points == 0)
    return;
  const PlateauDrtPoint *best = &series->points[0];
  for (guint i = 0; i < series->n_points; i++)
    if (series->points[i].potential > best->potential)
      best = &series->points[i];
  if (plateau_drt_series_find (series, page->marked) == NULL)
    page->marked = best->number;
  page->updating = TRUE;
  gtk_spin_button_set_range (GTK_SPIN_BUTTON (page->spin), series->points[0].number,
                             series->points[series->n_points - 1].number);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (page->spin), page->marked);
  page->updating = FALSE;
}

/* The table under the plots: of all peaks, or of what the marked spectra assign. */
static void
start_table (PlateauDrtPage *page)
{
  gboolean assigns = strcmp (modes[page->mode].nick, ASSIGNMENT) == 0;
  PlateauJobSpec spec = {
    .title = _ ("Analysing spectra"),
    .run = assigns ? build_assignment : build_table,
    .input = input_new (page),
    .free_input = (GDestroyNotify) input_free,
    .free_result = (GDestroyNotify) plateau_table_unref,
    .done = table_built,
    .owner = G_OBJECT (page),
  };
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->table_job, &spec);
}

/* What has changed where another spectrum is marked. */
static void
show_marked (PlateauDrtPage *page)
{
  update_marked (page);
  show_processes (page);
  show_plots (page);
  if (strcmp (modes[page->mode].nick, ASSIGNMENT) == 0)
    start_table (page);
}

static void
overview_built (GObject *owner, gpointer result, const GError *error)
{
  PlateauDrtPage *page = PLATEAU_DRT_PAGE (owner);
  g_clear_pointer (&page->overview, plateau_drt_overview_free);
  page->overview = result;
  show_marked (page);
}

static void
start_jobs (PlateauDrtPage *page)
{
  PlateauJobs *jobs = plateau_document_get_jobs (page->document);
  PlateauJobSpec spec = {
    .title = _ ("Analysing spectra"),
    .run = build_overview,
    .input = input_new (page),
    .free_input = (GDestroyNotify) input_free,
    .free_result = (GDestroyNotify) plateau_drt_overview_free,
    .done = overview_built,
    .owner = G_OBJECT (page),
  };
  if (strcmp (modes[page->mode].nick, ASSIGNMENT) != 0)
    start_table (page);
  plateau_jobs_start (jobs, &page->overview_job, &spec);
}

/* Marking */

static void
mark (PlateauDrtPage *page, guint number)
{
  if (number == page->marked)
    return;
  page->marked = number;
  show_marked (page);
}

static void
spin_changed (PlateauDrtPage *page)
{
  if (!page->updating)
    mark (page, (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (page->spin)));
}

/* A click on a spectrum anywhere marks it, in another cell's plots what is most like it. */
static void
tag_activated (PlateauDrtPage *page, const PlateauTag *tag)
{
  if (tag->spectrum < 0 || page->cells->len == 0)
    return;
  guint number = (guint) tag->spectrum + 1;
  const PlateauDrtPoint *point = plateau_drt_series_find (
      plateau_drt_overview_find (page->overview, tag->cell), number);
  if (point != NULL && tag->cell != nth_cell (page, 0))
    {
      point = plateau_drt_series_match (
          plateau_drt_overview_find (page->overview, nth_cell (page, 0)), point);
      number = point != NULL ? point->number : page->marked;
    }
  mark (page, number);
}

/* Windows moved by hand */

static void
handle_moved (PlateauDrtPage *page, const char *handle, double from, double to, gboolean done)
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
  show_plots (page);
}

/* Settings */

static void
store_settings (PlateauDrtPage *page, const char *label)
{
  if (page->updating)
    return;
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "mode", modes[page->mode].nick);
  json_object_set_string_member (settings, "spectra", chosen_spectra (page));
  json_object_set_boolean_member (
      settings, "same_scale", gtk_check_button_get_active (GTK_CHECK_BUTTON (page->same_scale)));
  plateau_document_set_settings (page->document, "page-drt", settings, label);
  json_object_unref (settings);
}

static void
show_choice (PlateauDrtPage *page, const char *spectra)
{
  guint range = RANGE_NUMBERS;
  for (guint i = 0; range_choices[i] != NULL; i++)
    if (strcmp (spectra, range_choices[i]) == 0)
      range = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (page->range), range);
  gtk_widget_set_visible (page->numbers, range == RANGE_NUMBERS);
  if (range == RANGE_NUMBERS)
    gtk_editable_set_text (GTK_EDITABLE (page->numbers), spectra);
}

static void
load_settings (PlateauDrtPage *page)
{
  JsonObject *settings = plateau_project_get_settings (
      plateau_document_get_project (page->document), "page-drt");
  const char *mode = NULL, *spectra = "";
  gboolean same = FALSE;
  if (settings != NULL)
    {
      mode = json_object_get_string_member_with_default (settings, "mode", NULL);
      spectra = json_object_get_string_member_with_default (settings, "spectra", "");
      same = json_object_get_boolean_member_with_default (settings, "same_scale", FALSE);
    }
  page->updating = TRUE;
  show_choice (page, spectra);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page->same_scale), same);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (mode == NULL ? i == 0 : strcmp (modes[i].nick, mode) == 0)
      {
        page->mode = i;
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->mode_buttons[i]), TRUE);
      }
  plateau_spectra_inspector_refresh (page->inspector, spectra);
  page->updating = FALSE;
}

static void
show_nothing (PlateauDrtPage *page)
{
  gboolean none =
      plateau_selection_get_objects (plateau_document_get_selection (page->document))->len == 0;
  for (guint c = 0; c < MOST_CELLS; c++)
    gtk_widget_set_visible (page->columns[c].box, c == 0);
  gtk_widget_set_visible (page->columns[0].header, FALSE);
  for (guint p = 0; p < MOST_PLOTS; p++)
    gtk_widget_set_visible (page->columns[0].panes[p], p == 0);
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->columns[0].panes[0]), "");
  plateau_plot_pane_set_message (
      PLATEAU_PLOT_PANE (page->columns[0].panes[0]),
      none ? _ ("Select samples or cells at the left to see their impedance.")
           : _ ("No impedance in these cells. Add spectra of an impedance analyser."),
      "nyquist");
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
}

static void
plateau_drt_page_refresh (PlateauPage *ppage)
{
  PlateauDrtPage *page = PLATEAU_DRT_PAGE (ppage);
  g_clear_pointer (&page->cells, g_array_unref);
  page->cells = list_cells (page);
  load_settings (page);
  if (page->cells->len == 0)
    {
      show_nothing (page);
      return;
    }
  start_jobs (page); /* the plots follow when the series are known */
}

/* Tools */

static void
mode_toggled (GtkToggleButton *button, PlateauDrtPage *page)
{
  if (page->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    if (page->mode_buttons[i] == GTK_WIDGET (button))
      page->mode = i;
  store_settings (page, _ ("Choose the plot"));
}

static void
range_chosen (PlateauDrtPage *page)
{
  gboolean numbers = gtk_drop_down_get_selected (GTK_DROP_DOWN (page->range)) == RANGE_NUMBERS;
  gtk_widget_set_visible (page->numbers, numbers);
  if (page->updating)
    return;
  if (numbers)
    gtk_widget_grab_focus (page->numbers);
  else
    store_settings (page, _ ("Choose spectra"));
}

static void
numbers_entered (PlateauDrtPage *page)
{
  store_settings (page, _ ("Choose spectra"));
}

static void
scale_toggled (PlateauDrtPage *page)
{
  store_settings (page, _ ("Share scales"));
}

static void
name_widget (GtkWidget *widget, const char *name, const char *tip)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  plateau_tooltip_set (widget, tip);
}

static void
build_range (PlateauDrtPage *page)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  for (guint i = 0; range_labels[i] != NULL; i++)
    gtk_string_list_append (names, _ (range_labels[i]));
  page->range = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  name_widget (page->range, _ ("Spectra to show"), _ ("Which spectra of each cell are shown"));
  g_signal_connect_swapped (page->range, "notify::selected", G_CALLBACK (range_chosen), page);
  page->numbers = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (page->numbers), 8);
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->numbers), "1, 5-20");
  name_widget (page->numbers, _ ("Numbers of the spectra"),
               _ ("Spectra of each cell: “1, 5-20”; empty: all"));
  g_signal_connect_swapped (page->numbers, "activate", G_CALLBACK (numbers_entered), page);
}

static GtkWidget *
build_modes (PlateauDrtPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (modes[i].label));
      plateau_tooltip_set (button, _ (modes[i].tip));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     GTK_TOGGLE_BUTTON (page->mode_buttons[0]));
      page->mode_buttons[i] = button;
      g_signal_connect (button, "toggled", G_CALLBACK (mode_toggled), page);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static void
build_tools (PlateauDrtPage *page)
{
  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  build_range (page);
  page->spin = gtk_spin_button_new_with_range (1, 1, 1);
  name_widget (page->spin, _ ("Marked spectrum"),
               _ ("The spectrum that every plot marks, by its number in the first cell; a click on "
                  "a spectrum marks it too, Up and Down go on from it"));
  g_signal_connect_swapped (page->spin, "value-changed", G_CALLBACK (spin_changed), page);
  page->same_scale = gtk_check_button_new_with_label (_ ("Same scale"));
  plateau_tooltip_set (page->same_scale, _ ("Both cells on the same scales of resistance"));
  g_signal_connect_swapped (page->same_scale, "toggled", G_CALLBACK (scale_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), page->range);
  gtk_box_append (GTK_BOX (page->tools), page->numbers);
  gtk_box_append (GTK_BOX (page->tools), build_modes (page));
  gtk_box_append (GTK_BOX (page->tools), page->spin);
  gtk_box_append (GTK_BOX (page->tools), page->same_scale);
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
  for (guint c = 0; c < MOST_CELLS; c++)
    for (guint p = 0; p < MOST_PLOTS; p++)
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
  tag_activated (PLATEAU_DRT_PAGE (page), tag);
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
build_column (PlateauDrtPage *page, Column *column)
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
  for (guint p = 0; p < MOST_PLOTS; p++)
    {
      GtkWidget *pane = column->panes[p] = plateau_plot_pane_new (page->document, "");
      PlateauPlotView *view = plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (pane));
      gtk_widget_set_size_request (GTK_WIDGET (view), 150, 150);
      gtk_widget_set_hexpand (pane, TRUE);
      gtk_widget_set_vexpand (pane, TRUE);
      g_signal_connect_swapped (pane, "tag-activated", G_CALLBACK (tag_activated), page);
      g_signal_connect_object (view, "handle-moved", G_CALLBACK (handle_moved), page,
                               G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (column->grid), pane, (int) p % 2, (int) p / 2, 1, 1);
    }
  gtk_box_append (GTK_BOX (column->box), column->header);
  gtk_box_append (GTK_BOX (column->box), column->grid);
  gtk_widget_set_visible (column->box, FALSE);
}

static void
build (PlateauDrtPage *page)
{
  build_tools (page);
  page->processes = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (page->processes), 12);
  gtk_grid_set_row_spacing (GTK_GRID (page->processes), 4);
  page->inspector = plateau_spectra_inspector_new (page->document, TRUE);
  plateau_spectra_inspector_set_moved (page->inspector, live_changed, page);
  plateau_spectra_inspector_add_processes (page->inspector, page->processes);
  page->columns_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (page->columns_box), TRUE);
  gtk_widget_add_css_class (page->columns_box, "plots");
  for (guint c = 0; c < MOST_CELLS; c++)
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
