/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-cycling-page.h"

#include "analysis/plateau-cycles.h"
#include "figure/plateau-template.h"
#include "plateau-cycling-table.h"
#include "plateau-manner.h"
#include "plateau-option-editor.h"
#include "plateau-plot-pane.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <string.h>

/* The page's own choices, kept in the project beside the settings of analyses. */
#define SETTINGS "page-cycling"
#define TABLE_HEIGHT 228
#define TABLE_MIN_HEIGHT 96
#define DEFAULT_CYCLES "1, 2, 25, 60"

typedef enum
{
  SHOW_POTENTIAL_CAPACITY,
  SHOW_CYCLES,
  SHOW_TIME,
  N_SHOWN
} Shown;

static const char *const shown_nicks[] = { "potential-capacity", "cycles", "time" };

static const char *const units[] = { "mAh/g", "mAh", "mAh/cm2", NULL };
static const char *const unit_labels[] = { "mAh g⁻¹", "mAh", "mAh cm⁻²", NULL };

struct _PlateauCyclingPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  GtkWidget *paned, *plots, *left, *right, *table;
  GtkWidget *tools, *cycles_entry, *kind_buttons[N_SHOWN], *unit_chooser, *mean_check;
  GtkWidget *inspector, *options;
  PlateauJob *table_job;
  Shown shown;
  gboolean updating;
};

static void plateau_cycling_page_interface_init (PlateauPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlateauCyclingPage, plateau_cycling_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (PLATEAU_TYPE_PAGE,
                                                      plateau_cycling_page_interface_init))

static const char *
chosen_unit (PlateauCyclingPage *page)
{
  return units[gtk_drop_down_get_selected (GTK_DROP_DOWN (page->unit_chooser))];
}

static const char *
chosen_cycles (PlateauCyclingPage *page)
{
  return gtk_editable_get_text (GTK_EDITABLE (page->cycles_entry));
}

static gboolean
chosen_mean (PlateauCyclingPage *page)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (page->mean_check));
}

/* Plots */

static JsonNode *
make_plot (PlateauCyclingPage *page, const char *kind, const char *cycles)
{
  JsonObject *plot = plateau_page_new_plot (page->document, kind);
  JsonObject *options = json_object_new ();
  json_object_set_string_member (options, "unit", chosen_unit (page));
  json_object_set_boolean_member (options, "mean", chosen_mean (page));
  json_object_set_object_member (plot, "options", options);
  json_object_set_string_member (plot, "cycles", cycles);
  JsonNode *figure = plateau_document_for_plot (kind, plot);
  json_object_unref (plot);
  return figure;
}

static void
show_plot (PlateauCyclingPage *page, GtkWidget *pane, const char *kind, const char *cycles)
{
  g_autoptr (JsonNode) figure = make_plot (page, kind, cycles);
  g_autofree char *view_key = g_strdup_printf ("%s %s", kind, chosen_unit (page));
  plateau_plot_pane_set_document (PLATEAU_PLOT_PANE (pane), figure, view_key);
}

static void
show_plots (PlateauCyclingPage *page)
{
  const char *cycles = chosen_cycles (page);
  gtk_widget_set_visible (page->right, page->shown == SHOW_POTENTIAL_CAPACITY);
  if (page->shown == SHOW_TIME)
    {
      plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->left),
                                   _ ("Potential and current against time"));
      show_plot (page, page->left, "potential-time", "");
    }
  else if (page->shown == SHOW_CYCLES)
    {
      plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->left),
                                   _ ("Capacity and efficiency against cycle"));
      show_plot (page, page->left, "capacity-cycle", "");
    }
  else
    {
      plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->left),
                                   _ ("Potential against capacity"));
      show_plot (page, page->left, "potential-capacity", cycles);
      show_plot (page, page->right, "capacity-cycle", "");
    }
}

/* Table, on a worker thread */

typedef struct
{
  PlateauStudy *study;
  PlateauCyclingTableSpec spec;
} TableInput;

static void
table_input_free (TableInput *input)
{
  plateau_study_unref (input->study);
  g_array_unref (input->spec.cells);
  g_free (input->spec.cycles);
  g_free (input);
}

static gpointer
build_table (gpointer data, PlateauJob *job, GCancellable *cancellable, GError **error)
{
  TableInput *input = data;
  return plateau_cycling_table_build (input->study, &input->spec, cancellable, error);
}

static void
table_built (GObject *owner, gpointer result, const GError *error)
{
  g_autoptr (PlateauTable) table = result;
  PlateauCyclingPage *page = PLATEAU_CYCLING_PAGE (owner);
  plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), table);
}

static void
show_table (PlateauCyclingPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  TableInput *input = g_new0 (TableInput, 1);
  input->study = plateau_study_ref (study);
  input->spec.cells = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);
  input->spec.cycles = g_strdup (""); /* all: the plots' choice would hide the fade */
  input->spec.unit = chosen_unit (page);
  input->spec.mean = chosen_mean (page);
  PlateauJobSpec spec = {
    .title = _ ("Counting cycles"),
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

/* The page's settings */

static JsonObject *
collect_settings (PlateauCyclingPage *page)
{
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "cycles", chosen_cycles (page));
  json_object_set_string_member (settings, "unit", chosen_unit (page));
  json_object_set_boolean_member (settings, "mean", chosen_mean (page));
  json_object_set_string_member (settings, "shown", shown_nicks[page->shown]);
  return settings;
}

static void
store_settings (PlateauCyclingPage *page, const char *label)
{
  if (!page->updating)
    plateau_page_store_settings (page, page->document, SETTINGS, collect_settings (page), "shown",
                                 label);
}

static void
load_settings (PlateauCyclingPage *page)
{
  JsonObject *settings = plateau_project_get_settings (
      plateau_document_get_project (page->document), SETTINGS);
  const char *cycles = DEFAULT_CYCLES, *unit = units[0], *shown = shown_nicks[0];
  gboolean mean = TRUE;
  if (settings != NULL)
    {
      cycles = json_object_get_string_member_with_default (settings, "cycles", cycles);
      unit = json_object_get_string_member_with_default (settings, "unit", unit);
      shown = json_object_get_string_member_with_default (settings, "shown", shown);
      mean = json_object_get_boolean_member_with_default (settings, "mean", mean);
    }
  page->updating = TRUE;
  if (strcmp (chosen_cycles (page), cycles) != 0)
    gtk_editable_set_text (GTK_EDITABLE (page->cycles_entry), cycles);
  plateau_manner_label_choices (GTK_DROP_DOWN (page->unit_chooser), unit_labels);
  for (guint i = 0; units[i] != NULL; i++)
    if (strcmp (units[i], unit) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (page->unit_chooser), i);
  for (guint i = 0; i < N_SHOWN; i++)
    if (strcmp (shown_nicks[i], shown) == 0)
      {
        page->shown = i;
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (page->kind_buttons[i]), TRUE);
      }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (page->mean_check), mean);
  plateau_option_editor_set_json (
      PLATEAU_OPTION_EDITOR (page->options),
      plateau_project_get_settings (plateau_document_get_project (page->document), "cycles"));
  plateau_page_note_settings (page, collect_settings (page));
  page->updating = FALSE;
}

static gboolean
has_cycling (PlateauCyclingPage *page)
{
  PlateauStudy *study = plateau_document_get_study (page->document);
  g_autoptr (GArray) ids = plateau_selection_list_cell_ids (
      plateau_document_get_selection (page->document), study);
  for (guint i = 0; i < ids->len; i++)
    if ((plateau_study_find_cell (study, g_array_index (ids, gint64, i))->kinds
         & (PLATEAU_KIND_CYCLING | PLATEAU_KIND_OCV | PLATEAU_KIND_HOLD | PLATEAU_KIND_GITT
            | PLATEAU_KIND_CV))
        != 0)
      return TRUE;
  return FALSE;
}

static void
plateau_cycling_page_refresh (PlateauPage *ppage)
{
  PlateauCyclingPage *page = PLATEAU_CYCLING_PAGE (ppage);
  load_settings (page);
  if (!has_cycling (page))
    {
      plateau_plot_pane_set_missing (PLATEAU_PLOT_PANE (page->left), "capacity-cycle");
      gtk_widget_set_visible (page->right, FALSE);
      plateau_result_table_set_table (PLATEAU_RESULT_TABLE (page->table), NULL);
      return;
    }
  show_plots (page);
  show_table (page);
}

/* Tools */

static void
cycles_entered (PlateauCyclingPage *page)
{
  store_settings (page, _ ("Choose cycles"));
}

static void
cycles_focus_left (GtkEventControllerFocus *controller, PlateauCyclingPage *page)
{
  store_settings (page, _ ("Choose cycles"));
}

static void
kind_toggled (GtkToggleButton *button, PlateauCyclingPage *page)
{
  if (page->updating || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < N_SHOWN; i++)
    if (page->kind_buttons[i] == GTK_WIDGET (button))
      page->shown = i;
  store_settings (page, _ ("Choose the plot"));
}

static void
unit_chosen (PlateauCyclingPage *page)
{
  store_settings (page, _ ("Choose the unit of capacity"));
}

static void
mean_toggled (PlateauCyclingPage *page)
{
  store_settings (page, _ ("Show means of replicates"));
}

static void
options_changed (PlateauCyclingPage *page, const char *label)
{
  if (page->updating)
    return;
  JsonObject *settings = plateau_option_editor_to_json (PLATEAU_OPTION_EDITOR (page->options));
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), label);
  plateau_document_set_settings (page->document, "cycles", settings, name);
  json_object_unref (settings);
}

/* Adds to the text of outliers a cycle of a cell, or of each cell of a sample, or takes it back. */
static void
add_outlier (PlateauCyclingPage *page, GString *text, gint64 tag, guint cycle, gboolean outlier)
{
  PlateauStudy *study = plateau_document_get_study (page->document);

  for (guint i = 0; i < plateau_study_get_n_cells (study); i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      gboolean meant = tag < 0 ? cell->sample != NULL && cell->sample->id == -tag : cell->id == tag;

      if (meant)
        g_string_append_printf (text, "%s%s: %s%u", text->len > 0 ? "; " : "", cell->name,
                                outlier ? "" : "-", cycle);
    }
}

/* The cycles of the selected rows become outliers; those that are are taken in again. */
static void
leave_out_selected (PlateauCyclingPage *page)
{
  PlateauTable *table = plateau_result_table_get_table (PLATEAU_RESULT_TABLE (page->table));
  g_autoptr (GArray) rows = plateau_result_table_list_selected (PLATEAU_RESULT_TABLE (page->table));
  g_autoptr (JsonObject)
      settings = plateau_option_editor_to_json (PLATEAU_OPTION_EDITOR (page->options));
  const char *before = json_object_get_string_member_with_default (settings, "outliers", "");
  g_autoptr (GString) text = g_string_new (before);
  int cycles = table != NULL ? plateau_table_find_column (table, "cycle") : -1;
  int outliers = table != NULL ? plateau_table_find_column (table, "outlier") : -1;

  if (rows->len == 0 || cycles < 0 || outliers < 0)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      const char *already = plateau_table_get_text (table, row, outliers);
      add_outlier (page, text, plateau_table_get_row_tag (table, row),
                   (guint) plateau_table_get_number (table, row, cycles),
                   already == NULL || *already == '\0');
    }
  json_object_set_string_member (settings, "outliers", text->str);
  plateau_document_set_settings (page->document, "cycles", settings, _ ("Leave out cycles"));
}

static void
row_activated (PlateauCyclingPage *page, gint64 tag)
{
  PlateauProject *project = plateau_document_get_project (page->document);
  GObject *object = tag < 0 ? (GObject *) plateau_project_find_sample (project, -tag)
                            : (GObject *) plateau_project_find_cell (project, tag);
  if (object != NULL)
    plateau_selection_set_current (plateau_document_get_selection (page->document), object);
}

static GtkWidget *
kind_buttons_new (PlateauCyclingPage *page)
{
  static const char *const labels[] = { N_ ("V–Q"), N_ ("Cycles"), N_ ("V–t") };
  static const char *const tips[] = { N_ ("Potential against capacity of chosen cycles"),
                                      N_ ("Capacity and coulombic efficiency against cycle"),
                                      N_ ("Potential and current against time") };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  for (guint i = 0; i < N_SHOWN; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (labels[i]));
      plateau_tooltip_set (button, _ (tips[i]));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     GTK_TOGGLE_BUTTON (page->kind_buttons[0]));
      page->kind_buttons[i] = button;
      g_signal_connect (button, "toggled", G_CALLBACK (kind_toggled), page);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static void
build_tools (PlateauCyclingPage *page)
{
  page->tools = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  GtkWidget *label = gtk_label_new (_ ("Cycles"));
  gtk_widget_add_css_class (label, "tool-label");
  gtk_box_append (GTK_BOX (page->tools), label);
  page->cycles_entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (page->cycles_entry), 12);
  plateau_tooltip_set (page->cycles_entry,
                       _ ("Cycles to draw: “1, 2, 25, 60” or “10-100”; empty: all"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->cycles_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cycles to draw"), -1);
  g_signal_connect_swapped (page->cycles_entry, "activate", G_CALLBACK (cycles_entered), page);
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (cycles_focus_left), page);
  gtk_widget_add_controller (page->cycles_entry, focus);
  gtk_box_append (GTK_BOX (page->tools), page->cycles_entry);
  gtk_box_append (GTK_BOX (page->tools), kind_buttons_new (page));

  page->unit_chooser = gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)), NULL);
  plateau_manner_label_choices (GTK_DROP_DOWN (page->unit_chooser), unit_labels);
  plateau_tooltip_set (page->unit_chooser,
                       _ ("Unit of capacity: by active mass, as measured, or by electrode area"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->unit_chooser),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Unit of capacity"), -1);
  g_signal_connect_swapped (page->unit_chooser, "notify::selected", G_CALLBACK (unit_chosen), page);
  gtk_box_append (GTK_BOX (page->tools), page->unit_chooser);

  page->mean_check = gtk_check_button_new_with_label (_ ("Mean"));
  plateau_tooltip_set (
      page->mean_check,
      _ ("Cells of one sample as their mean, with the standard deviation as a band"));
  g_signal_connect_swapped (page->mean_check, "toggled", G_CALLBACK (mean_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), page->mean_check);
}

static GtkWidget *
plateau_cycling_page_get_tools (PlateauPage *page)
{
  return PLATEAU_CYCLING_PAGE (page)->tools;
}

static GtkWidget *
plateau_cycling_page_get_inspector (PlateauPage *page)
{
  return PLATEAU_CYCLING_PAGE (page)->inspector;
}

static JsonNode *
plateau_cycling_page_dup_figure (PlateauPage *ppage)
{
  PlateauCyclingPage *page = PLATEAU_CYCLING_PAGE (ppage);
  JsonNode *figure = plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->left));
  if (figure == NULL || !gtk_widget_get_visible (page->right))
    return figure;
  g_autoptr (JsonNode) other = plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (page->right));
  if (other != NULL)
    plateau_document_add_panels (figure, other);
  return figure;
}

static PlateauTable *
plateau_cycling_page_ref_table (PlateauPage *page)
{
  PlateauTable *table = plateau_result_table_get_table (
      PLATEAU_RESULT_TABLE (PLATEAU_CYCLING_PAGE (page)->table));
  return table != NULL ? plateau_table_ref (table) : NULL;
}

static void
plateau_cycling_page_set_narrow (PlateauPage *ppage, int narrow)
{
  static const char *const secondary[] = { "mean_discharge_potential_V",
                                           "energy_efficiency_percent", "n", NULL };
  PlateauCyclingPage *page = PLATEAU_CYCLING_PAGE (ppage);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->plots), narrow >= 2
                                                                    ? GTK_ORIENTATION_VERTICAL
                                                                    : GTK_ORIENTATION_HORIZONTAL);
  plateau_result_table_hide_columns (PLATEAU_RESULT_TABLE (page->table),
                                     narrow > 0 ? secondary : NULL);
}

static void
plateau_cycling_page_interface_init (PlateauPageInterface *iface)
{
  iface->refresh = plateau_cycling_page_refresh;
  iface->get_tools = plateau_cycling_page_get_tools;
  iface->get_inspector = plateau_cycling_page_get_inspector;
  iface->dup_figure = plateau_cycling_page_dup_figure;
  iface->ref_table = plateau_cycling_page_ref_table;
  iface->set_narrow = plateau_cycling_page_set_narrow;
}

static void
plateau_cycling_page_dispose (GObject *object)
{
  PlateauCyclingPage *page = PLATEAU_CYCLING_PAGE (object);
  if (page->document != NULL)
    plateau_jobs_cancel (plateau_document_get_jobs (page->document), &page->table_job);
  g_clear_pointer (&page->paned, gtk_widget_unparent);
  g_clear_object (&page->tools);
  g_clear_object (&page->inspector);
  g_clear_object (&page->document);
  G_OBJECT_CLASS (plateau_cycling_page_parent_class)->dispose (object);
}

static void
plateau_cycling_page_class_init (PlateauCyclingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_cycling_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plateau_cycling_page_init (PlateauCyclingPage *page)
{
}

static void
build (PlateauCyclingPage *page)
{
  static const PlateauCyclesOptions defaults = PLATEAU_CYCLES_OPTIONS_INIT;
  build_tools (page);
  page->options = plateau_option_editor_new (plateau_cycles_option_table, &defaults,
                                             sizeof defaults, NULL);
  g_signal_connect_swapped (page->options, "changed", G_CALLBACK (options_changed), page);
  GtkWidget *analysis = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *leave_out = gtk_button_new_with_label (_ ("Leave out selected cycles"));
  plateau_tooltip_set (leave_out,
                       _ ("The cycles of the rows selected in the table become outliers; "
                          "outliers among them are taken in again"));
  gtk_widget_add_css_class (leave_out, "flat");
  gtk_widget_set_halign (leave_out, GTK_ALIGN_END);
  g_signal_connect_swapped (leave_out, "clicked", G_CALLBACK (leave_out_selected), page);
  gtk_box_append (GTK_BOX (analysis), page->options);
  gtk_box_append (GTK_BOX (analysis), leave_out);
  page->inspector = g_object_ref_sink (plateau_section_new (_ ("Analysis"), analysis, TRUE));

  page->left = plateau_plot_pane_new (page->document, _ ("Potential against capacity"));
  page->right = plateau_plot_pane_new (page->document, _ ("Capacity and efficiency against cycle"));
  page->plots = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_add_css_class (page->plots, "plots");
  gtk_paned_set_start_child (GTK_PANED (page->plots), page->left);
  gtk_paned_set_end_child (GTK_PANED (page->plots), page->right);
  gtk_paned_set_shrink_start_child (GTK_PANED (page->plots), FALSE);
  gtk_paned_set_shrink_end_child (GTK_PANED (page->plots), FALSE);

  page->table = plateau_result_table_new (_ ("Values of each cycle"));
  plateau_result_table_set_slot_func (PLATEAU_RESULT_TABLE (page->table), plateau_page_row_slot,
                                      page->document);
  g_signal_connect_swapped (page->table, "row-activated", G_CALLBACK (row_activated), page);
  gtk_widget_set_size_request (page->table, -1, TABLE_MIN_HEIGHT);
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
plateau_cycling_page_new (PlateauDocument *document)
{
  PlateauCyclingPage *page = g_object_new (PLATEAU_TYPE_CYCLING_PAGE, NULL);
  page->document = g_object_ref (document);
  build (page);
  return GTK_WIDGET (page);
}
