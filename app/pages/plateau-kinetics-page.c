/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-kinetics-page.h"

#include "analysis/plateau-conductivity.h"
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-hold.h"
#include "analysis/plateau-scan-rates.h"
#include "analysis/plateau-voltammetry.h"
#include "figure/plateau-template.h"
#include "plateau-kinetics-table.h"
#include "plateau-option-editor.h"
#include "plateau-plot-pane.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Each page is a table of views; a view is one or two plots, the options of an analysis, and the
 * table of its numbers. */
typedef struct
{
  const char *title;   /* N_() */
  const char *kind;    /* of plots */
  const char *options; /* JSON */
} Plot;

typedef struct
{
  const char *nick, *label, *tip;
  PlateauKinds needs;
  Plot left, right; /* right.kind NULL: one plot */
  guint section;    /* of the inspector */
  PlateauKineticsTableFunc table;
} View;

typedef struct
{
  const char *title;    /* N_() */
  const char *settings; /* key in the project */
  const PlateauOption *table;
  gconstpointer defaults;
  gsize size;
} Section;

typedef struct
{
  const char *settings;
  const char *empty; /* N_() */
  guint n_views, n_sections;
  const View *views;
  const Section *sections;
} Spec;

#define MOST_VIEWS 6
#define MOST_SECTIONS 3

static const PlateauGittOptions gitt_defaults = PLATEAU_GITT_OPTIONS_INIT;
static const PlateauVoltammetryOptions cv_defaults = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
static const PlateauScanRatesOptions scan_rates_defaults = PLATEAU_SCAN_RATES_OPTIONS_INIT;
static const PlateauHoldOptions hold_defaults = PLATEAU_HOLD_OPTIONS_INIT;
static const PlateauConductivityOptions conductivity_defaults = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;

#define PULSE                                                                                      \
  {                                                                                                \
    N_ ("Pulse"), "gitt-pulse", "{}"                                                               \
  }

static const View gitt_views[] = {
  { "diffusion",
    N_ ("D"),
    N_ ("Diffusion coefficient against potential"),
    PLATEAU_KIND_GITT,
    { N_ ("Diffusion coefficient against potential"), "gitt", "{\"value\":\"diffusion\"}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
  { "overpotential",
    N_ ("η"),
    N_ ("Overpotential against potential"),
    PLATEAU_KIND_GITT,
    { N_ ("Overpotential against potential"), "gitt", "{\"value\":\"overpotential\"}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
  { "resistance",
    N_ ("R"),
    N_ ("Resistance of the first step against potential"),
    PLATEAU_KIND_GITT,
    { N_ ("Resistance against potential"), "gitt", "{\"value\":\"resistance\"}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
  { "capacity",
    N_ ("D–Q"),
    N_ ("Diffusion coefficient against capacity"),
    PLATEAU_KIND_GITT,
    { N_ ("Diffusion coefficient against capacity"), "gitt",
      "{\"value\":\"diffusion\",\"against\":\"capacity\"}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
  { "ratio",
    N_ ("Ratio"),
    N_ ("Diffusion relative to the pristine or control sample"),
    PLATEAU_KIND_GITT,
    { N_ ("Ratio to the pristine sample"), "gitt", "{\"value\":\"ratio\"}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
  { "curve",
    N_ ("E–t"),
    N_ ("Potential and current against time"),
    PLATEAU_KIND_GITT,
    { N_ ("Potential and current against time"), "potential-time", "{}" },
    PULSE,
    0,
    plateau_kinetics_gitt_table },
};

static const View cv_views[] = {
  { "voltammogram",
    N_ ("CV"),
    N_ ("Current against potential, with peaks"),
    PLATEAU_KIND_CV,
    { N_ ("Cyclic voltammograms"), "voltammogram", "{\"baseline\":true}" },
    { NULL, NULL, NULL },
    0,
    plateau_kinetics_cv_table },
  { "scan-rates",
    N_ ("Scan rates"),
    N_ ("Peak currents against the scan rate, and what of the current grows with it"),
    PLATEAU_KIND_CV,
    { N_ ("Peak current against scan rate"), "scan-rate-peaks", "{}" },
    { N_ ("Surface-controlled part"), "scan-rate-split", "{}" },
    2,
    plateau_kinetics_cv_table },
  { "shares",
    N_ ("Shares"),
    N_ ("Randles–Ševčík plot, and the surface-controlled share at each scan rate"),
    PLATEAU_KIND_CV,
    { N_ ("Peak current against the root of the scan rate"), "scan-rate-peaks",
      "{\"law\":\"root\"}" },
    { N_ ("Surface-controlled share"), "scan-rate-shares", "{}" },
    2,
    plateau_kinetics_cv_table },
  { "hold",
    N_ ("Holds"),
    N_ ("Current at constant potential"),
    PLATEAU_KIND_HOLD,
    { N_ ("Current at constant potential"), "hold-current", "{}" },
    { N_ ("End values"), "hold-current", "{\"steady\":true}" },
    1,
    plateau_kinetics_hold_table },
};

static const View conductivity_views[] = {
  { "arrhenius",
    N_ ("Arrhenius"),
    N_ ("Conductivity against temperature"),
    PLATEAU_KIND_EIS,
    { N_ ("Conductivity against temperature"), "arrhenius", "{}" },
    { NULL, NULL, NULL },
    0,
    plateau_kinetics_conductivity_table },
  { "composition",
    N_ ("Composition"),
    N_ ("Conductivity and activation energy against the samples' variable"),
    PLATEAU_KIND_EIS,
    { N_ ("Conductivity and activation energy"), "conductivity-composition", "{}" },
    { NULL, NULL, NULL },
    0,
    plateau_kinetics_conductivity_table },
};

static const Section gitt_sections[] = {
  { N_ ("Titration"), "gitt", plateau_gitt_option_table, &gitt_defaults, sizeof gitt_defaults },
};

static const Section cv_sections[] = {
  { N_ ("Voltammetry"), "cv", plateau_voltammetry_option_table, &cv_defaults, sizeof cv_defaults },
  { N_ ("Holds"), "hold", plateau_hold_option_table, &hold_defaults, sizeof hold_defaults },
  { N_ ("Scan rates"), "cv-scan-rates", plateau_scan_rates_option_table, &scan_rates_defaults,
    sizeof scan_rates_defaults },
};

static const Section conductivity_sections[] = {
  { N_ ("Conductivity"), "conductivity", plateau_conductivity_option_table, &conductivity_defaults,
    sizeof conductivity_defaults },
};

static const Spec gitt_spec = { "page-gitt",
                                N_ ("No titration in these cells. Add current pulses with rests "
                                    "between to see diffusion coefficients."),
                                G_N_ELEMENTS (gitt_views),
                                G_N_ELEMENTS (gitt_sections),
                                gitt_views,
                                gitt_sections };
static const Spec cv_spec = { "page-cv",
                              N_ ("No voltammogram or hold in these cells."),
                              G_N_ELEMENTS (cv_views),
                              G_N_ELEMENTS (cv_sections),
                              cv_views,
                              cv_sections };
static const Spec conductivity_spec = {
  "page-conductivity",
  N_ ("No pellet in these cells. Conductivity needs spectra, a thickness and an area."),
  G_N_ELEMENTS (conductivity_views),
  G_N_ELEMENTS (conductivity_sections),
  conductivity_views,
  conductivity_sections
};

struct _PlateauKineticsPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  const Spec *spec;
  GtkWidget *paned, *plots, *left, *right, *table;
  GtkWidget *tools, *buttons[MOST_VIEWS];
  GtkWidget *inspector, *editors[MOST_SECTIONS];
  PlateauJob *table_job;
  guint shown;
  gint64 pulse_cell; /* that the right plot of a titration shows; 0: the first */
  int pulse;
  gboolean updating;
};

static void plateau_kinetics_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauKineticsPage, plateau_kinetics_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_kinetics_page_interface_init))

static const View *
view_of (PlateauKineticsPage *page)
{
  return &page->spec->views[page->shown];
}

/* Plots */

static JsonObject *
parse_options (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  return json_object_ref (json_node_get_object (node));
}

static gboolean
is_selected (PlateauKineticsPage *page, gint64 cell)
{
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), plateau_document_get_study (page->document));
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == cell)
      return TRUE;
  return FALSE;
}

/* The plot of one pulse is of the cell whose point was clicked. */
static void
choose_pulse (PlateauKineticsPage *page, JsonObject *plot, JsonObject *options)
{
  json_object_set_int_member (options, "pulse", MAX (page->pulse, 1));
  if (page->pulse_cell != 0 && is_selected (page, page->pulse_cell))
    {
      JsonArray *cells = json_array_new ();
      json_array_add_int_element (cells, page->pulse_cell);
      json_object_set_array_member (plot, "cells", cells);
    }
}

static void
show_plot (PlateauKineticsPage *page, GtkWidget *pane, const Plot *spec)
{
  JsonObject *plot = plateau_page_new_plot (page->document, spec->kind);
  JsonObject *options = parse_options (spec->options);
  g_autofree char *view_key = g_strconcat (spec->kind, spec->options, NULL);
  if (strcmp (spec->kind, "gitt-pulse") == 0)
    {
      g_autofree char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT, view_key, page->pulse,
                                              page->pulse_cell);
      choose_pulse (page, plot, options);
      g_free (view_key);
      view_key = g_steal_pointer (&key);
    }
  json_object_set_object_member (plot, "options", options);
  g_autoptr (JsonNode) figure = plateau_document_for_plot (spec->kind, plot);
  json_object_unref (plot);
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (pane), _ (spec->title));
  plateau_plot_pane_set_document (PLATEAU_PLOT_PANE (pane), figure, view_key);
}

static void
show_plots (PlateauKineticsPage *page)
{
  const View *view = view_of (page);
  gtk_widget_set_visible (page->right, view->right.kind != NULL);
  show_plot (page, page->left, &view->left);
  if (view->right.kind != NULL)
    show_plot (page, page->right, &view->right);
}

/* Table, on a worker thread */

typedef struct
{
  PlateauStudy *study;
  GArray *cells;
  PlateauKineticsTableFunc make;
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
  return input->make (input->study, input->cells, cancellable, error);
}

static void
table_built (GObject *owner, gpointer result, const GError *error)
{
  g_autoptr (PlateauTable) table = result;
  PlateauKineticsPage *page = PLATEAU_KINETICS_PAGE (owner);
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), table);
}

static void
show_table (PlateauKineticsPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  TableInput *input = g_new0 (TableInput, 1);
  input->study = plateau_study_ref (study);
  input->cells = plateau_selection_list_cell_ids (plateau_document_get_selection (page->document),
                                                  study);
  input->make = view_of (page)->table;
  PlateauJobSpec spec = {
    .title = _ ("Evaluating"),
    .run = build_table,
    .input = input,
    .free_input = (GDestroyNotify) table_input_free,
    .free_result = (GDestroyNotify) plateau_table_unref,
    .done = table_built,
    .owner = G_OBJECT (page),
  };
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->table_job, &spec);
}

/* Settings */

static void
store_settings (PlateauKineticsPage *page)
{
  if (page->updating)
    return;
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "shown", view_of (page)->nick);
  plateau_document_set_settings (page->document, page->spec->settings, settings,
                                 _ ("Choose the plot"));
  json_object_unref (settings);
}

static void
load_settings (PlateauKineticsPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  JsonObject *settings = plateau_project_get_settings (project, page->spec->settings);
  const char *shown = settings != NULL
                          ? json_object_get_string_member_with_default (settings, "shown", "")
                          : "";
  page->updating = TRUE;
  for (guint i = 0; i < page->spec->n_views; i++)
    if (strcmp (page->spec->views[i].nick, shown) == 0)
      {
        page->shown = i;
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->buttons[i]), TRUE);
      }
  for (guint i = 0; i < page->spec->n_sections; i++)
    plateau_option_editor_set_json (
        PLATEAU_OPTION_EDITOR (page->editors[i]),
        plateau_project_get_settings (project, page->spec->sections[i].settings));
  page->updating = FALSE;
}

static PlateauKinds
selected_kinds (PlateauKineticsPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);
  guint kinds = 0;
  for (guint i = 0; i < ids->len; i++)
    kinds |= plateau_study_find_cell (study, g_array_index (ids, gint64, i))->kinds;
  return (PlateauKinds) kinds;
}

/* A view that the selected cells have data for, if the one before has none. */
static gboolean
choose_view (PlateauKineticsPage *page)
{
  PlateauKinds kinds = selected_kinds (page);
  if (view_of (page)->needs & kinds)
    return TRUE;
  for (guint i = 0; i < page->spec->n_views; i++)
    if (page->spec->views[i].needs & kinds)
      {
        page->updating = TRUE;
        page->shown = i;
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->buttons[i]), TRUE);
        page->updating = FALSE;
        return TRUE;
      }
  return FALSE;
}

static void
plateau_kinetics_page_refresh (PlateauPage *ppage)
{
  PlateauKineticsPage *page = PLATEAU_KINETICS_PAGE (ppage);
  PlateauSelection *selection = plateau_document_get_selection (page->document);
  load_settings (page);
  if (choose_view (page))
    {
      show_plots (page);
      show_table (page);
      return;
    }
  gboolean none = plateau_selection_get_objects (selection)->len == 0;
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->left), _ (view_of (page)->left.title));
  plateau_plot_pane_set_message (PLATEAU_PLOT_PANE (page->left),
                                 none ? _ ("Select samples or cells at the left.")
                                      : _ (page->spec->empty),
                                 view_of (page)->left.kind);
  gtk_widget_set_visible (page->right, FALSE);
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
}

/* Answers */

static void
view_toggled (GtkToggleButton *button, PlateauKineticsPage *page)
{
  if (page->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < page->spec->n_views; i++)
    if (page->buttons[i] == GTK_WIDGET (button))
      page->shown = i;
  store_settings (page);
}

static void
options_changed (PlateauOptionEditor *editor, const char *label, PlateauKineticsPage *page)
{
  if (page->updating)
    return;
  for (guint i = 0; i < page->spec->n_sections; i++)
    if (page->editors[i] == GTK_WIDGET (editor))
      {
        JsonObject *settings = plateau_option_editor_to_json (editor);
        g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);
        plateau_document_set_settings (page->document, page->spec->sections[i].settings, settings,
                                       name);
        json_object_unref (settings);
      }
}

/* Sets one value of an analysis' settings beside those that are there. */
static void
change_setting (PlateauKineticsPage *page, const char *analysis, const char *first,
                const char *second, JsonNode *value, JsonNode *second_value, const char *label)
{
  JsonObject *before = plateau_project_get_settings (plateau_document_get_project (page->document),
                                                     analysis);
  JsonObject *settings = json_object_new ();
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (settings, l->data, json_object_dup_member (before, l->data));
  json_object_set_member (settings, first, value);
  if (second != NULL)
    json_object_set_member (settings, second, second_value);
  plateau_document_set_settings (page->document, analysis, settings, label);
  json_object_unref (settings);
}

/* The offset of the first chosen cell, whose baselines the plot lets one move. */
static double
first_offset (PlateauKineticsPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);
  for (guint i = 0; i < ids->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (ids, gint64, i));
      if ((cell->kinds & PLATEAU_KIND_CV) != 0)
        return isnan (cell->reference_offset) ? 0 : cell->reference_offset;
    }
  return 0;
}

/* A window that was moved by hand: "cv/anodic", "cv/cathodic" or "gitt/fit-window/MINUTES". */
static void
handle_moved (PlateauKineticsPage *page, const char *handle, double from, double to, gboolean done)
{
  if (!done)
    return;
  if (g_str_has_prefix (handle, "cv/"))
    {
      const char *branch = handle + strlen ("cv/");
      g_autofree char *low = g_strdup_printf ("%s-baseline-low-V", branch);
      g_autofree char *high = g_strdup_printf ("%s-baseline-high-V", branch);
      double offset = first_offset (page);
      change_setting (
          page, "cv", low, high, json_node_init_double (json_node_alloc (), from - offset),
          json_node_init_double (json_node_alloc (), to - offset), _ ("Move the baseline"));
    }
  else if (g_str_has_prefix (handle, "gitt/fit-window/"))
    {
      double minutes = g_ascii_strtod (handle + strlen ("gitt/fit-window/"), NULL);
      char first[G_ASCII_DTOSTR_BUF_SIZE], last[G_ASCII_DTOSTR_BUF_SIZE];
      if (!(minutes > 0))
        return;
      g_ascii_formatd (first, sizeof first, "%.4g", CLAMP (from / minutes, 0, 0.95));
      g_ascii_formatd (last, sizeof last, "%.4g", CLAMP (to / minutes, 0.01, 1));
      g_autofree char *text = g_strdup_printf ("%s:%s", first, last);
      change_setting (page, "gitt", "fit-window", NULL,
                      json_node_init_string (json_node_alloc (), text), NULL,
                      _ ("Move the fit window"));
    }
}

static void
show_pulse (PlateauKineticsPage *page, gint64 cell, int number)
{
  if (page->spec != &gitt_spec || number < 1)
    return;
  page->pulse_cell = cell;
  page->pulse = number;
  show_plot (page, page->right, &view_of (page)->right);
}

static void
point_activated (PlateauKineticsPage *page, const PlateauTag *tag)
{
  show_pulse (page, tag->cell, tag->cycle);
}

static void
row_activated (PlateauKineticsPage *page, gint64 tag)
{
  gint64 id = plateau_kinetics_tag_get_cell (tag);
  PlateauCell *cell = plateau_project_find_cell (plateau_document_get_project (page->document), id);
  if (cell != NULL)
    plateau_selection_set_current (plateau_document_get_selection (page->document),
                                   G_OBJECT (cell));
  show_pulse (page, id, plateau_kinetics_tag_get_number (tag));
}

/* Points of the Arrhenius line that are left out by hand, and taken in again */

static void
leave_out_toggled (GtkToggleButton *button, PlateauKineticsPage *page)
{
  plateau_plot_view_set_picking (plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (page->left)),
                                 gtk_toggle_button_get_active (button));
}

static void
points_picked (PlateauKineticsPage *page, GArray *picks)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  JsonObject *before = plateau_project_get_settings (project, "conductivity");
  g_autofree char *excluded = g_strdup (
      before != NULL ? json_object_get_string_member_with_default (before, "exclude", "") : "");
  for (guint i = 0; i < picks->len; i++)
    {
      const PlateauPick *pick = &g_array_index (picks, PlateauPick, i);
      PlateauCell *cell = plateau_project_find_cell (project, pick->tag.cell);
      if (cell == NULL)
        continue;
      char *toggled = plateau_conductivity_toggle_excluded (excluded, plateau_cell_get_name (cell),
                                                            (guint) pick->key);
      g_free (excluded);
      excluded = toggled;
    }
  JsonObject *settings = json_object_new ();
  g_autoptr (GList) members = before != NULL ? json_object_get_members (before) : NULL;
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (settings, l->data, json_object_dup_member (before, l->data));
  json_object_set_string_member (settings, "exclude", excluded);
  plateau_document_set_settings (page->document, "conductivity", settings,
                                 _ ("Leave points out of the line"));
  json_object_unref (settings);
}

static PlateauSlot
row_slot (gint64 tag, gpointer document)
{
  return plateau_page_row_slot (plateau_kinetics_tag_get_cell (tag), document);
}

/* The page's interface */

static GtkWidget *
plateau_kinetics_page_get_tools (PlateauPage *page)
{
  return PLATEAU_KINETICS_PAGE (page)->tools;
}

static GtkWidget *
plateau_kinetics_page_get_inspector (PlateauPage *page)
{
  return PLATEAU_KINETICS_PAGE (page)->inspector;
}

static JsonNode *
plateau_kinetics_page_dup_figure (PlateauPage *ppage)
{
  PlateauKineticsPage *page = PLATEAU_KINETICS_PAGE (ppage);
  JsonNode *figure = plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->left));
  if (figure == NULL || !gtk_widget_get_visible (page->right))
    return figure;
  g_autoptr (JsonNode) other = plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->right));
  if (other != NULL)
    plateau_document_add_panels (figure, other);
  return figure;
}

static PlateauTable *
plateau_kinetics_page_ref_table (PlateauPage *page)
{
  PlateauTable *table = plateau_result_table_get_table (
      PLATEAU_RESULT_TABLE (PLATEAU_KINETICS_PAGE (page)->table));
  return table != NULL ? plateau_table_ref (table) : NULL;
}

static void
plateau_kinetics_page_set_narrow (PlateauPage *ppage, int narrow)
{
  PlateauKineticsPage *page = PLATEAU_KINETICS_PAGE (ppage);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->plots), narrow >= 2
                                                                    ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
}

static void
plateau_kinetics_page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = plateau_kinetics_page_refresh;
  iface->get_tools = plateau_kinetics_page_get_tools;
  iface->get_inspector = plateau_kinetics_page_get_inspector;
  iface->dup_figure = plateau_kinetics_page_dup_figure;
  iface->ref_table = plateau_kinetics_page_ref_table;
  iface->set_narrow = plateau_kinetics_page_set_narrow;
}

static void
plateau_kinetics_page_dispose (GObject *object)
{
  PlateauKineticsPage *page = PLATEAU_KINETICS_PAGE (object);
  if (page->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->table_job);
  g_clear_pointer (&page->paned, gtk_widget_unparent);
  g_clear_object (&page->tools);
  g_clear_object (&page->inspector);
  g_clear_object (&page->document);
  G_OBJECT_CLASS (plateau_kinetics_page_parent_class)->dispose (object);
}

static void
plateau_kinetics_page_class_init (PlateauKineticsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_kinetics_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plateau_kinetics_page_init (PlateauKineticsPage *page)
{
  page->pulse = 1;
}

static void
build_tools (PlateauKineticsPage *page)
{
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  gtk_widget_add_css_class (linked, "linked");
  for (guint i = 0; i < page->spec->n_views; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (page->spec->views[i].label));
      const char *tip = _ (page->spec->views[i].tip);
      gtk_widget_set_tooltip_text (button, tip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
                                      -1);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     GTK_TOGGLE_BUTTON (page->buttons[0]));
      else
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      page->buttons[i] = button;
      g_signal_connect (button, "toggled", G_CALLBACK (view_toggled), page);
      gtk_box_append (GTK_BOX (linked), button);
    }
  gtk_box_append (GTK_BOX (page->tools), linked);
  if (page->spec != &conductivity_spec)
    return;
  GtkWidget *leave_out = gtk_toggle_button_new_with_label (_ ("Leave out points"));
  gtk_widget_set_tooltip_text (leave_out, _ ("Click a point, or draw a box around points, to leave "
                                             "them out of the line; once more takes them in "
                                             "again"));
  g_signal_connect (leave_out, "toggled", G_CALLBACK (leave_out_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), leave_out);
}

static void
build_inspector (PlateauKineticsPage *page)
{
  page->inspector = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  for (guint i = 0; i < page->spec->n_sections; i++)
    {
      const Section *section = &page->spec->sections[i];
      page->editors[i] = plateau_option_editor_new (section->table, section->defaults,
                                                    section->size, NULL);
      g_signal_connect (page->editors[i], "changed", G_CALLBACK (options_changed), page);
      gtk_box_append (GTK_BOX (page->inspector),
                      plateau_section_new (_ (section->title), page->editors[i], i == 0));
    }
}

static void
build_plots (PlateauKineticsPage *page)
{
  page->left = plateau_plot_pane_new (page->document, _ (page->spec->views[0].left.title));
  page->right = plateau_plot_pane_new (page->document, "");
  g_signal_connect_object (plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (page->left)),
                           "handle-moved", G_CALLBACK (handle_moved), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (page->right)),
                           "handle-moved", G_CALLBACK (handle_moved), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (page->left)), "picked",
                           G_CALLBACK (points_picked), page, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (page->left, "tag-activated", G_CALLBACK (point_activated), page);
  page->plots = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (page->plots, "plots");
  gtk_paned_set_start_child (GTK_PANED (page->plots), page->left);
  gtk_paned_set_end_child (GTK_PANED (page->plots), page->right);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->plots), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->plots), FALSE);
}

static GtkWidget *
page_new (PlateauDocument *document, const Spec *spec)
{
  PlateauKineticsPage *page = g_object_new (PLATEAU_TYPE_KINETICS_PAGE, NULL);
  page->document = g_object_ref (document);
  page->spec = spec;
  build_tools (page);
  build_inspector (page);
  build_plots (page);
  page->table = plateau_result_table_new (_ ("Values"));
  plateau_result_table_set_slot_func (PLATEAU_RESULT_TABLE (page->table), row_slot, document);
  g_signal_connect_swapped (page->table, "row-activated", G_CALLBACK (row_activated), page);
  gtk_widget_set_size_request (page->table, -1, 96);
  page->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (page->paned, "work");
  gtk_paned_set_start_child (GTK_PANED (page->paned), page->plots);
  gtk_paned_set_end_child (GTK_PANED (page->paned), page->table);
  gtk_paned_set_resize_end_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->paned), FALSE);
  gtk_widget_set_parent (page->paned, GTK_WIDGET (page));
  return GTK_WIDGET (page);
}

GtkWidget *
plateau_gitt_page_new (PlateauDocument *document)
{
  return page_new (document, &gitt_spec);
}

GtkWidget *
plateau_cv_page_new (PlateauDocument *document)
{
  return page_new (document, &cv_spec);
}

GtkWidget *
plateau_conductivity_page_new (PlateauDocument *document)
{
  return page_new (document, &conductivity_spec);
}
