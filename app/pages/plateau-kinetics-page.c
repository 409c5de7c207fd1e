/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-kinetics-page.h"

#include "figure/plateau-template.h"
#include "plateau-kinetics-edits.h"
#include "plateau-kinetics-views.h"
#include "plateau-option-editor.h"
#include "plateau-plot-pane.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef PlateauKineticsView View;
typedef PlateauKineticsPlot Plot;

struct _PlateauKineticsPage
{
  GtkWidget parent_instance;

  PlateauDocument *document;
  const PlateauKineticsSpec *spec;
  GtkWidget *paned, *plots, *left, *right, *table;
  GtkWidget *tools, *buttons[PLATEAU_KINETICS_MOST], *choosers[PLATEAU_KINETICS_MOST];
  GtkWidget *inspector, *editors[PLATEAU_KINETICS_MOST];
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

static const char *
chosen_nick (PlateauKineticsPage *page, guint choice)
{
  return page->spec->choices[choice]
      .nicks[gtk_drop_down_get_selected (GTK_DROP_DOWN (page->choosers[choice]))];
}

/* Adds what is chosen above the plots, as far as the plot can be told so; what is chosen of an
 * analysis stays with a figure that is made of the plot. */
static void
add_choices (PlateauKineticsPage *page, const char *kind, JsonObject *plot, JsonObject *options)
{
  for (guint i = 0; i < page->spec->n_choices; i++)
    {
      const PlateauKineticsChoice *choice = &page->spec->choices[i];
      if (choice->settings != NULL)
        {
          JsonObject *own = json_object_new ();
          json_object_set_string_member (own, choice->option, chosen_nick (page, i));
          json_object_set_object_member (plot, choice->settings, own);
        }
      else if (plateau_kinetics_has_option (kind, choice->option))
        json_object_set_string_member (options, choice->option, chosen_nick (page, i));
    }
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

/* The zoom stays as long as this does. */
static char *
view_key_of (PlateauKineticsPage *page, const char *kind, JsonObject *options)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), options);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (GString) key = g_string_new (kind);
  g_string_append (key, text);
  for (guint i = 0; i < page->spec->n_choices; i++)
    if (page->spec->choices[i].settings != NULL)
      g_string_append (key, chosen_nick (page, i));
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
show_plot (PlateauKineticsPage *page, GtkWidget *pane, const Plot *spec)
{
  JsonObject *plot = plateau_page_new_plot (page->document, spec->kind);
  JsonObject *options = plateau_kinetics_parse_options (spec->options);
  add_choices (page, spec->kind, plot, options);
  if (page->spec->has_pulses && pane == page->right)
    choose_pulse (page, plot, options);
  g_autofree char *view_key = view_key_of (page, spec->kind, options);
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
  for (guint i = 0; i < page->spec->n_choices; i++)
    gtk_widget_set_visible (
        page->choosers[i],
        page->spec->choices[i].settings != NULL
            || plateau_kinetics_has_option (view->left.kind, page->spec->choices[i].option));
  show_plot (page, page->left, &view->left);
  if (view->right.kind != NULL)
    show_plot (page, page->right, &view->right);
}

/* Table, on a worker thread */

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
  PlateauJobSpec spec = plateau_kinetics_table_job (
      study,
      plateau_selection_list_cell_ids (plateau_document_get_selection (page->document), study),
      view_of (page)->table);
  spec.done = table_built;
  spec.owner = G_OBJECT (page);
  plateau_result_table_set_busy (PLATEAU_RESULT_TABLE (page->table));
  plateau_jobs_start (plateau_document_get_jobs (page->document), &page->table_job, &spec);
}

/* Settings */

static JsonObject *
collect_settings (PlateauKineticsPage *page)
{
  JsonObject *settings = json_object_new ();
  json_object_set_string_member (settings, "shown", view_of (page)->nick);
  for (guint i = 0; i < page->spec->n_choices; i++)
    if (page->spec->choices[i].settings == NULL)
      json_object_set_string_member (settings, page->spec->choices[i].option,
                                     chosen_nick (page, i));
  return settings;
}

static void
store_settings (PlateauKineticsPage *page, const char *label)
{
  if (!page->updating)
    plateau_page_store_settings (page, page->document, page->spec->settings,
                                 collect_settings (page), "shown", label);
}

static void
load_choice (PlateauKineticsPage *page, guint choice, JsonObject *settings)
{
  const PlateauKineticsChoice *by = &page->spec->choices[choice];
  if (by->settings != NULL)
    settings = plateau_project_get_settings (plateau_document_get_project (page->document),
                                             by->settings);
  const char *kept = settings != NULL ? json_object_get_string_member_with_default (
                         settings, by->option, by->nicks[0])
                                      : by->nicks[0];
  for (guint i = 0; by->nicks[i] != NULL; i++)
    if (strcmp (by->nicks[i], kept) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (page->choosers[choice]), i);
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
  for (guint i = 0; i < page->spec->n_choices; i++)
    load_choice (page, i, settings);
  for (guint i = 0; i < page->spec->n_sections; i++)
    plateau_option_editor_set_json (
        PLATEAU_OPTION_EDITOR (page->editors[i]),
        plateau_project_get_settings (project, page->spec->sections[i].settings));
  plateau_page_note_settings (page, collect_settings (page));
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
  load_settings (page);
  if (choose_view (page))
    {
      show_plots (page);
      show_table (page);
      return;
    }
  plateau_plot_pane_set_title (PLATEAU_PLOT_PANE (page->left), _ (view_of (page)->left.title));
  plateau_plot_pane_set_missing (PLATEAU_PLOT_PANE (page->left), page->spec->kinds);
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
  store_settings (page, _ ("Choose the plot"));
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

static void
choice_changed (GtkDropDown *chooser, GParamSpec *spec, PlateauKineticsPage *page)
{
  if (page->updating)
    return;
  for (guint i = 0; i < page->spec->n_choices; i++)
    if (page->choosers[i] == GTK_WIDGET (chooser) && page->spec->choices[i].settings != NULL)
      {
        plateau_kinetics_choose (page->document, page->spec->choices[i].settings,
                                 page->spec->choices[i].option, chosen_nick (page, i));
        return;
      }
  store_settings (page, _ ("Choose the plot"));
}

static void
handle_moved (PlateauKineticsPage *page, const char *handle, double from, double to, gboolean done)
{
  if (done)
    plateau_kinetics_move_window (page->document, handle, from, to);
}

static void
show_pulse (PlateauKineticsPage *page, gint64 cell, int number)
{
  if (!page->spec->has_pulses || number < 1)
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
  if (page->spec->excluded_in != NULL)
    plateau_kinetics_leave_out (page->document, page->spec->excluded_in, picks);
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
build_chooser (PlateauKineticsPage *page, guint choice)
{
  const PlateauKineticsChoice *by = &page->spec->choices[choice];
  GtkStringList *names = gtk_string_list_new (NULL);
  for (guint i = 0; by->choices[i] != NULL; i++)
    gtk_string_list_append (names, _ (by->choices[i]));
  page->choosers[choice] = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  plateau_tooltip_set (page->choosers[choice], _ (by->tip));
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->choosers[choice]),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ (by->tip), -1);
  g_signal_connect (page->choosers[choice], "notify::selected", G_CALLBACK (choice_changed), page);
  gtk_box_append (GTK_BOX (page->tools), page->choosers[choice]);
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
      plateau_tooltip_set (button, tip);
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
  for (guint i = 0; i < page->spec->n_choices; i++)
    build_chooser (page, i);
  if (page->spec->excluded_in == NULL)
    return;
  GtkWidget *leave_out = gtk_toggle_button_new_with_label (_ ("Leave out points"));
  plateau_tooltip_set (leave_out, _ ("Click a point, or draw a box around points, to leave "
                                             "them out of the line; once more takes them in "
                                             "again"));
  g_signal_connect (leave_out, "toggled", G_CALLBACK (leave_out_toggled), page);
  gtk_box_append (GTK_BOX (page->tools), leave_out);
}

static GtkWidget *
new_about (const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1); /* as wide as the rows over it */
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_top (label, 6);
  return label;
}

static void
build_inspector (PlateauKineticsPage *page)
{
  page->inspector = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  for (guint i = 0; i < page->spec->n_sections; i++)
    {
      const PlateauKineticsSection *section = &page->spec->sections[i];
      GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      page->editors[i] = plateau_option_editor_new (section->table, section->defaults,
                                                    section->size, section->only);
      g_signal_connect (page->editors[i], "changed", G_CALLBACK (options_changed), page);
      gtk_box_append (GTK_BOX (content), page->editors[i]);
      if (section->about != NULL)
        gtk_box_append (GTK_BOX (content), new_about (_ (section->about)));
      gtk_box_append (GTK_BOX (page->inspector),
                      plateau_section_new (_ (section->title), content, i == 0));
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
page_new (PlateauDocument *document, const PlateauKineticsSpec *spec)
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
  return page_new (document, &plateau_kinetics_gitt);
}

GtkWidget *
plateau_cv_page_new (PlateauDocument *document)
{
  return page_new (document, &plateau_kinetics_cv);
}

GtkWidget *
plateau_conductivity_page_new (PlateauDocument *document)
{
  return page_new (document, &plateau_kinetics_conductivity);
}
