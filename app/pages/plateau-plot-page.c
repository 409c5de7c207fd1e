/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-page.h"

#include "figure/plateau-template.h"
#include "plateau-option-editor.h"
#include "plateau-plot-pane.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

#define TABLE_HEIGHT 176

struct _PlateauPlotPage
{
  GtkWidget parent_instance;

  const PlateauPlotPageSpec *spec;
  PlateauDocument *document;
  GtkWidget *paned, *plots, *panes[PLATEAU_PLOT_PAGE_PANES], *table;
  GtkWidget *tools, *cycles_entry, *mean_check, *view_chooser;
  GtkWidget *inspector, *options;
  PlateauJob *table_job;
  gboolean updating;
};

static void plateau_plot_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauPlotPage, plateau_plot_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_plot_page_interface_init))

static const char *
chosen_cycles (PlateauPlotPage *page)
{
  return page->cycles_entry != NULL ? gtk_editable_get_text (GTK_EDITABLE (page->cycles_entry))
                                    : "";
}

static gboolean
chosen_mean (PlateauPlotPage *page)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (page->mean_check));
}

static const PlateauPlotPagePane *
get_pane (PlateauPlotPage *page, guint index)
{
  guint view = page->view_chooser != NULL && index + 1 == PLATEAU_PLOT_PAGE_PANES
                   ? gtk_drop_down_get_selected (GTK_DROP_DOWN (page->view_chooser))
                   : 0;

  return view > 0 ? &page->spec->views[view - 1] : &page->spec->panes[index];
}

/* Plots */

static JsonObject *
pane_options (PlateauPlotPage *page, guint index)
{
  const char *text = get_pane (page, index)->options;
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *options = node != NULL ? json_node_dup_object (node) : json_object_new ();

  if (get_pane (page, index)->has_mean)
    json_object_set_boolean_member (options, "mean", chosen_mean (page));
  return options;
}

static void
show_pane (PlateauPlotPage *page, guint index)
{
  const char *kind = get_pane (page, index)->kind;
  JsonObject *plot = plateau_page_new_plot (page->document, kind);

  json_object_set_object_member (plot, "options", pane_options (page, index));
  json_object_set_string_member (plot, "cycles",
                                 get_pane (page, index)->cycles != NULL
                                     ? get_pane (page, index)->cycles
                                 : get_pane (page, index)->every_cycle ? ""
                                                                       : chosen_cycles (page));
  g_autoptr (JsonNode) figure = plateau_document_for_plot (kind, plot);
  json_object_unref (plot);
  g_autofree char *view_key = g_strdup_printf ("%s %u", kind, index);
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->panes[index]),
                               _ (get_pane (page, index)->title));
  plateau_plot_pane_set_document (PLATEAU_PLOT_PANE (page->panes[index]), figure, view_key);
}

/* Table, on a worker thread */

typedef struct
{
  const PlateauPlotPageSpec *spec;
  PlateauStudy *study;
  PlateauCache *cache;
  GArray *cells;
  char *cycles;
} TableInput;

static void
table_input_free (TableInput *input)
{
  plateau_study_unref (input->study);
  plateau_cache_unref (input->cache);
  g_array_unref (input->cells);
  g_free (input->cycles);
  g_free (input);
}

static gpointer
build_table (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  TableInput *input = data;
  PlateauPlotContext context = {
    .study = input->study,
    .cache = input->cache,
    .cancellable = cancellable,
    .cycles = input->cycles,
  };
  return input->spec->build_table (&context, input->cells, error);
}

static void
table_built (GObject *owner, gpointer result, const GError *error)
{
  g_autoptr (PlateauTable) table = result;
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (PLATEAU_PLOT_PAGE (owner)->table), table);
}

static void
show_table (PlateauPlotPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  TableInput *input = g_new0 (TableInput, 1);

  input->spec = page->spec;
  input->study = plateau_study_ref (study);
  input->cache = plateau_cache_ref (plateau_document_get_cache (page->document));
  input->cells = plateau_selection_list_cell_ids (plateau_document_get_selection (page->document),
                                                  study);
  input->cycles = g_strdup (chosen_cycles (page));
  PlateauJobSpec spec = {
    .title = _ (page->spec->job_title),
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

/* Settings */

/* Views are kept by the plot and what it shows, which stay when views are added. */
static const char *
view_id (const PlateauPlotPagePane *view)
{
  return view->options != NULL ? view->options : view->kind;
}

static const char *
chosen_view (PlateauPlotPage *page)
{
  return view_id (get_pane (page, PLATEAU_PLOT_PAGE_PANES - 1));
}

static void
choose_view (PlateauPlotPage *page, const char *id)
{
  guint chosen = 0;

  for (guint i = 0; page->spec->views[i].title != NULL; i++)
    if (g_strcmp0 (view_id (&page->spec->views[i]), id) == 0)
      chosen = i + 1;
  if (gtk_drop_down_get_selected (GTK_DROP_DOWN (page->view_chooser)) != chosen)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (page->view_chooser), chosen);
}

static JsonObject *
collect_settings (PlateauPlotPage *page)
{
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "cycles", chosen_cycles (page));
  json_object_set_boolean_member (settings, "mean", chosen_mean (page));
  if (page->view_chooser != NULL)
    json_object_set_string_member (settings, "view", chosen_view (page));
  return settings;
}

static void
store_settings (PlateauPlotPage *page, const char *label)
{
  if (!page->updating)
    plateau_page_store_settings (page, page->document, page->spec->settings,
                                 collect_settings (page), "view", label);
}

static void
load_settings (PlateauPlotPage *page)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  JsonObject *settings = plateau_project_get_settings (project, page->spec->settings);
  const char *cycles = page->spec->default_cycles != NULL ? page->spec->default_cycles : "";
  gboolean mean = TRUE;

  if (settings != NULL)
    {
      cycles = json_object_get_string_member_with_default (settings, "cycles", cycles);
      mean = json_object_get_boolean_member_with_default (settings, "mean", mean);
    }
  page->updating = TRUE;
  if (page->cycles_entry != NULL && strcmp (chosen_cycles (page), cycles) != 0)
    gtk_editable_set_text (GTK_EDITABLE (page->cycles_entry), cycles);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page->mean_check), mean);
  if (page->view_chooser != NULL)
    choose_view (page, settings != NULL
                           ? json_object_get_string_member_with_default (settings, "view", NULL)
                           : NULL);
  plateau_option_editor_set_json (PLATEAU_OPTION_EDITOR (page->options),
                                  plateau_project_get_settings (project, page->spec->analysis));
  plateau_page_note_settings (page, collect_settings (page));
  page->updating = FALSE;
}

static gboolean
has_data (PlateauPlotPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);

  for (guint i = 0; i < ids->len; i++)
    if ((plateau_study_find_cell (study, g_array_index (ids, gint64, i))->kinds & page->spec->kinds)
        != 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_two_samples (PlateauPlotPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);
  const PlateauStudySample *first = NULL;

  for (guint i = 0; i < ids->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (ids, gint64, i));
      if (cell->sample == NULL || (cell->kinds & page->spec->kinds) == 0)
        continue;
      if (first != NULL && cell->sample != first)
        return TRUE;
      first = cell->sample;
    }
  return FALSE;
}

static void
plateau_plot_page_refresh (PlateauPage *ppage)
{
  PlateauPlotPage *page = PLATEAU_PLOT_PAGE (ppage);

  load_settings (page);
  if (!has_data (page))
    {
      plateau_plot_pane_set_missing (PLATEAU_PLOT_PANE (page->panes[0]), get_pane (page, 0)->kind);
      gtk_widget_set_visible (page->panes[1], FALSE);
      plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
      return;
    }
  for (guint i = 0; i < PLATEAU_PLOT_PAGE_PANES; i++)
    {
      gboolean shown = !get_pane (page, i)->needs_two || has_two_samples (page);
      gtk_widget_set_visible (page->panes[i], shown);
      if (shown)
        show_pane (page, i);
    }
  show_table (page);
}

/* Tools */

static void
cycles_entered (PlateauPlotPage *page)
{
  store_settings (page, _ ("Choose cycles"));
}

static void
cycles_focus_left (GtkEventControllerFocus *controller, PlateauPlotPage *page)
{
  store_settings (page, _ ("Choose cycles"));
}

static void
mean_toggled (PlateauPlotPage *page)
{
  store_settings (page, _ ("Show means of replicates"));
}

static void
view_chosen (PlateauPlotPage *page)
{
  store_settings (page, _ ("Choose a plot"));
}

static void
options_changed (PlateauPlotPage *page, const char *label)
{
  if (page->updating)
    return;
  JsonObject *settings = plateau_option_editor_to_json (PLATEAU_OPTION_EDITOR (page->options));
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);
  plateau_document_set_settings (page->document, page->spec->analysis, settings, name);
  json_object_unref (settings);
}

static void
row_activated (PlateauPlotPage *page, gint64 tag)
{
  GObject *object = (GObject *) plateau_project_find_cell (
      plateau_document_get_project (page->document), tag);

  if (object != NULL)
    plateau_selection_set_current (plateau_document_get_selection (page->document), object);
}

static void
build_view_chooser (PlateauPlotPage *page)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ (page->spec->panes[PLATEAU_PLOT_PAGE_PANES - 1].title));
  for (guint i = 0; page->spec->views[i].title != NULL; i++)
    gtk_string_list_append (titles, _ (page->spec->views[i].title));
  page->view_chooser = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  plateau_tooltip_set (page->view_chooser, _ ("What the second plot shows"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->view_chooser),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Second plot"), -1);
  g_signal_connect_swapped (page->view_chooser, "notify::selected", G_CALLBACK (view_chosen), page);
  gtk_box_append (GTK_BOX (page->tools), page->view_chooser);
}

static void
build_tools (PlateauPlotPage *page)
{
  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  if (page->spec->default_cycles != NULL)
    {
      GtkWidget *label = gtk_label_new (_ ("Cycles"));
      GtkEventController *focus = gtk_event_controller_focus_new ();

      gtk_widget_add_css_class (label, "tool-label");
      gtk_box_append (GTK_BOX (page->tools), label);
      page->cycles_entry = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (page->cycles_entry), 16);
      plateau_tooltip_set (page->cycles_entry,
                           _ ("Cycles to draw: “1, 2, 25, 60” or “10-100”; empty: all"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (page->cycles_entry),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cycles to draw"), -1);
      g_signal_connect_swapped (page->cycles_entry, "activate", G_CALLBACK (cycles_entered), page);
      g_signal_connect (focus, "leave", G_CALLBACK (cycles_focus_left), page);
      gtk_widget_add_controller (page->cycles_entry, focus);
      gtk_box_append (GTK_BOX (page->tools), page->cycles_entry);
    }
  page->mean_check = gtk_check_button_new_with_label (_ ("Mean of replicates"));
  plateau_tooltip_set (
      page->mean_check,
      _ ("Cells of one sample as their mean, with the standard deviation as a band"));
  g_signal_connect_swapped (page->mean_check, "toggled", G_CALLBACK (mean_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), page->mean_check);
  if (page->spec->views != NULL)
    build_view_chooser (page);
}

static GtkWidget *
plateau_plot_page_get_tools (PlateauPage *page)
{
  return PLATEAU_PLOT_PAGE (page)->tools;
}

static GtkWidget *
plateau_plot_page_get_inspector (PlateauPage *page)
{
  return PLATEAU_PLOT_PAGE (page)->inspector;
}

static JsonNode *
plateau_plot_page_dup_figure (PlateauPage *ppage)
{
  PlateauPlotPage *page = PLATEAU_PLOT_PAGE (ppage);
  JsonNode *figure = plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->panes[0]));

  for (guint k = 1; figure != NULL && k < PLATEAU_PLOT_PAGE_PANES; k++)
    {
      g_autoptr (JsonNode)
          other = gtk_widget_get_visible (page->panes[k])
                      ? plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->panes[k]))
                      : NULL;
      if (other != NULL)
        plateau_document_add_panels (figure, other);
    }
  return figure;
}

static PlateauTable *
plateau_plot_page_ref_table (PlateauPage *page)
{
  PlateauTable *table = plateau_result_table_get_table (
      PLATEAU_RESULT_TABLE (PLATEAU_PLOT_PAGE (page)->table));
  return table != NULL ? plateau_table_ref (table) : NULL;
}

static void
plateau_plot_page_set_narrow (PlateauPage *ppage, int narrow)
{
  PlateauPlotPage *page = PLATEAU_PLOT_PAGE (ppage);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->plots), narrow >= 2
                                                                    ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
  gtk_check_button_set_label (GTK_CHECK_BUTTON (page->mean_check),
                              narrow > 0 ? _ ("Mean") : _ ("Mean of replicates"));
}

static void
plateau_plot_page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = plateau_plot_page_refresh;
  iface->get_tools = plateau_plot_page_get_tools;
  iface->get_inspector = plateau_plot_page_get_inspector;
  iface->dup_figure = plateau_plot_page_dup_figure;
  iface->ref_table = plateau_plot_page_ref_table;
  iface->set_narrow = plateau_plot_page_set_narrow;
}

static void
plateau_plot_page_dispose (GObject *object)
{
  PlateauPlotPage *page = PLATEAU_PLOT_PAGE (object);

  if (page->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->table_job);
  g_clear_pointer (&page->paned, gtk_widget_unparent);
  g_clear_object (&page->tools);
  g_clear_object (&page->inspector);
  g_clear_object (&page->document);
  G_OBJECT_CLASS (plateau_plot_page_parent_class)->dispose (object);
}

static void
plateau_plot_page_class_init (PlateauPlotPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_plot_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plateau_plot_page_init (PlateauPlotPage *page)
{
}

static void
build (PlateauPlotPage *page)
{
  const PlateauPlotPageSpec *spec = page->spec;

  build_tools (page);
  page->options = plateau_option_editor_new (spec->options, spec->defaults, spec->size, NULL);
  g_signal_connect_swapped (page->options, "changed", G_CALLBACK (options_changed), page);
  page->inspector = g_object_ref_sink (plateau_section_new (_ ("Analysis"), page->options, TRUE));
  for (guint i = 0; i < PLATEAU_PLOT_PAGE_PANES; i++)
    page->panes[i] = plateau_plot_pane_new (page->document, _ (spec->panes[i].title));
  page->plots = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (page->plots, "plots");
  gtk_paned_set_start_child (GTK_PANED (page->plots), page->panes[0]);
  gtk_paned_set_end_child (GTK_PANED (page->plots), page->panes[1]);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->plots), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->plots), FALSE);
  page->table = plateau_result_table_new (_ (spec->table_label));
  plateau_result_table_set_slot_func (PLATEAU_RESULT_TABLE (page->table), plateau_page_row_slot,
                                      page->document);
  g_signal_connect_swapped (page->table, "row-activated", G_CALLBACK (row_activated), page);
  gtk_widget_set_size_request (page->table, -1, 96);
  page->paned = gtk_paned_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (page->paned, "work");
  gtk_paned_set_start_child (GTK_PANED (page->paned), page->plots);
  gtk_paned_set_end_child (GTK_PANED (page->paned), page->table);
  gtk_paned_set_resize_end_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->paned), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->paned), FALSE);
  plateau_page_place_table (GTK_PANED (page->paned), TABLE_HEIGHT);
  gtk_widget_set_parent (page->paned, GTK_WIDGET (page));
}

GtkWidget *
plateau_plot_page_new (PlateauDocument *document, const PlateauPlotPageSpec *spec)
{
  PlateauPlotPage *page = g_object_new (PLATEAU_TYPE_PLOT_PAGE, NULL);

  page->spec = spec;
  page->document = g_object_ref (document);
  build (page);
  return GTK_WIDGET (page);
}
