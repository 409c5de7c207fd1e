/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-compare-plots.h"

#include "base/plateau-unit.h"
#include "figure/plateau-template.h"
#include "plateau-plot-pane.h"

#include <glib/gi18n.h>
#include <math.h>

/* Its bars bear the names of the samples. */
#define METRIC_WIDTH 190
#define PANE_WIDTH 145
#define PANE_HEIGHT 110

enum
{
  METRIC,
  FIRST_CYCLE,
  RATE,
  RETENTION,
  N_PANES
};

struct _PlateauComparePlots
{
  GtkWidget parent_instance;

  GtkWidget *panes[N_PANES];
};

G_DEFINE_FINAL_TYPE (PlateauComparePlots, plateau_compare_plots, GTK_TYPE_WIDGET)

static JsonArray *
ids_of_samples (const PlateauCompareChoice *choice, gboolean all)
{
  JsonArray *ids = json_array_new ();

  if (all)
    {
      for (guint i = 0; i < choice->samples->len; i++)
        json_array_add_int_element (ids,
                                    ((const PlateauStudySample *) choice->samples->pdata[i])->id);
      return ids;
    }
  if (choice->base != NULL)
    json_array_add_int_element (ids, choice->base->id);
  if (choice->other != NULL && choice->other != choice->base)
    json_array_add_int_element (ids, choice->other->id);
  return ids;
}

/* The cells of both samples that an entry is about; of several tests of a sample, those of the
 * first, since a plot draws each test on its own. */
static JsonArray *
ids_of_cells (const PlateauCompareChoice *choice, const PlateauCompareEntry *entry)
{
  const PlateauStudySample *both[] = { choice->base, choice->other };
  JsonArray *ids = json_array_new ();

  for (guint k = 0; k < (choice->base == choice->other ? 1 : 2); k++)
    {
      int index = plateau_compare_view_find (entry, both[k]);
      const char *test = NULL;

      for (guint i = 0; index >= 0 && i < entry->samples[index].n; i++)
        {
          gint64 id = entry->samples[index].cells[i];
          const PlateauStudyCell *cell = plateau_study_find_cell (choice->compare->study, id);

          test = test != NULL ? test : cell->test;
          if (g_str_equal (test, cell->test))
            json_array_add_int_element (ids, id);
        }
    }
  return ids;
}

static JsonObject *
panel_of (JsonNode *figure)
{
  JsonArray *panels = json_object_get_array_member (json_node_get_object (figure), "panels");

  return json_array_get_object_element (panels, 0);
}

/* So small a plot has no room for a legend, and the bars of the first one bear the names; its title
 * says what the axis shows, which is left with the unit. */
static void
set_axis (JsonObject *panel, const char *id, const char *unit)
{
  JsonObject *axis = json_object_new ();

  json_object_set_string_member (axis, "title", unit);
  json_object_set_string_member (axis, "unit", "");
  json_object_set_object_member (panel, id, axis);
}

static void
make_small (JsonNode *figure, const char *x, const char *y)
{
  JsonObject *panel = panel_of (figure), *legend = json_object_new ();

  json_object_set_string_member (legend, "place", "hidden");
  json_object_set_object_member (panel, "legend", legend);
  set_axis (panel, "y", y);
  if (x != NULL)
    set_axis (panel, "x", x);
}

/* On paper there is room for both. */
static void
make_whole (JsonNode *figure)
{
  json_object_remove_member (panel_of (figure), "legend");
  json_object_remove_member (panel_of (figure), "x");
  json_object_remove_member (panel_of (figure), "y");
}

static void
show_plot (PlateauComparePlots *plots, guint index, const char *title, const char *kind,
           JsonObject *plot /* transfer full */, const char *x, const char *y)
{
  PlateauPlotPane *pane = PLATEAU_PLOT_PANE (plots->panes[index]);

  json_object_set_string_member (plot, "kind", kind);
  g_autoptr (JsonNode) figure = plateau_document_for_plot (kind, plot);
  json_object_unref (plot);
  if (y != NULL)
    make_small (figure, x, y);
  plateau_plot_pane_set_title (pane, title);
  plateau_plot_pane_set_document (pane, figure, kind);
}

static JsonObject *
new_plot (JsonObject *options /* transfer full */, const char *selected,
          JsonArray *ids /* transfer full */)
{
  JsonObject *plot = json_object_new ();

  json_object_set_object_member (plot, "options", options);
  json_object_set_array_member (plot, selected, ids);
  return plot;
}

/* Samples that were made with the same variable as @like. */
static guint
count_with_variable (const PlateauCompareEntry *entry, const PlateauStudySample *like)
{
  guint count = 0;

  for (guint i = 0; !isnan (like->variable_value) && i < entry->n_samples; i++)
    count += !isnan (entry->samples[i].sample->variable_value)
             && g_strcmp0 (entry->samples[i].sample->variable_name, like->variable_name) == 0;
  return count;
}

static void
show_metric (PlateauComparePlots *plots, const PlateauCompareChoice *choice,
             const PlateauComparePlotsShown *shown)
{
  const PlateauCompareEntry *entry = choice->entry;
  JsonObject *options;
  guint with_variable = 0;

  if (entry == NULL)
    {
      plateau_plot_pane_set_message (
          PLATEAU_PLOT_PANE (plots->panes[METRIC]),
          choice->samples->len > 1
              ? _ ("Choose a metric above.")
              : _ ("This family has one sample: there is nothing to compare it with. Give the "
                   "samples that belong together the same family, and say which is pristine, in "
                   "the inspector."),
          NULL);
      return;
    }
  const PlateauUnit *unit = plateau_unit_find (entry->metric->unit);
  g_autofree char *conditions = plateau_compare_conditions_text (entry);
  for (guint i = 0; shown->all && i < entry->n_samples; i++)
    with_variable = MAX (with_variable, count_with_variable (entry, entry->samples[i].sample));
  options = json_object_new ();
  json_object_set_string_member (options, "metric", entry->metric->id);
  json_object_set_string_member (options, "conditions", conditions);
  json_object_set_boolean_member (options, "box", shown->boxes);
  /* Two points make no trend. */
  json_object_set_boolean_member (options, "variable", with_variable > 2 && !shown->boxes);
  show_plot (plots, METRIC, _ (entry->metric->short_label), "metric",
             new_plot (options, "samples", ids_of_samples (choice, shown->all)), NULL,
             unit != NULL ? unit->label : "");
}

static void
show_first_cycle (PlateauComparePlots *plots, const PlateauCompareChoice *choice, gboolean reported)
{
  const PlateauCompareEntry *entry = plateau_compare_view_best (choice,
                                                                "initial_discharge_capacity");

  /* The reported values need the room for their legend. */
  gtk_widget_set_visible (plots->panes[FIRST_CYCLE], entry != NULL && !reported);
  if (entry == NULL || reported)
    return;
  JsonObject *options = json_object_new ();
  json_object_set_boolean_member (options, "mean", TRUE);
  json_object_set_string_member (options, "colour", "sample");
  JsonObject *plot = new_plot (options, "cells", ids_of_cells (choice, entry));
  json_object_set_string_member (plot, "cycles", "1");
  show_plot (plots, FIRST_CYCLE, _ ("First cycle"), "potential-capacity", plot, "mAh g⁻¹", "V");
}

static void
show_rate (PlateauComparePlots *plots, const PlateauCompareChoice *choice, gboolean reported)
{
  const PlateauCompareEntry *entry = plateau_compare_view_best (choice, "rate_capacity");

  gtk_widget_set_visible (plots->panes[RATE], entry != NULL);
  if (entry == NULL)
    return;
  JsonObject *options = json_object_new ();
  json_object_set_boolean_member (options, "reported", reported);
  show_plot (plots, RATE, _ ("Rate capability"), "rate-capability",
             new_plot (options, "cells", ids_of_cells (choice, entry)), NULL, "mAh g⁻¹");
}

static void
show_retention (PlateauComparePlots *plots, const PlateauCompareChoice *choice, gboolean reported)
{
  const PlateauCompareEntry *entry = plateau_compare_view_best (choice, "capacity_retention");

  gtk_widget_set_visible (plots->panes[RETENTION], reported || entry != NULL);
  if (reported)
    {
      show_plot (plots, RETENTION, _ ("Among reported values"), "literature",
                 new_plot (json_object_new (), "samples", ids_of_samples (choice, TRUE)), NULL,
                 NULL);
      return;
    }
  if (entry == NULL)
    return;
  JsonObject *options = json_object_new ();
  json_object_set_string_member (options, "metric", "retention");
  json_object_set_boolean_member (options, "slope", FALSE);
  show_plot (plots, RETENTION, _ ("Retention"), "metric-cycle",
             new_plot (options, "cells", ids_of_cells (choice, entry)), NULL, "%");
}

void
plateau_compare_plots_show (PlateauComparePlots *plots, const PlateauCompareChoice *choice,
                            const PlateauComparePlotsShown *shown)
{
  show_metric (plots, choice, shown);
  if (shown->metric_only)
    return;
  show_first_cycle (plots, choice, shown->reported);
  show_rate (plots, choice, shown->reported);
  show_retention (plots, choice, shown->reported);
}

void
plateau_compare_plots_say (PlateauComparePlots *plots, const char *message)
{
  for (guint i = 1; i < N_PANES; i++)
    gtk_widget_set_visible (plots->panes[i], FALSE);
  plateau_plot_pane_set_remedy (PLATEAU_PLOT_PANE (plots->panes[METRIC]), message,
                                PLATEAU_REMEDY_ADD_DATA);
}

JsonNode *
plateau_compare_plots_dup_figure (PlateauComparePlots *plots)
{
  JsonNode *figure = plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (plots->panes[METRIC]));

  if (figure != NULL)
    make_whole (figure);
  for (guint k = 1; figure != NULL && k < N_PANES; k++)
    {
      g_autoptr (JsonNode)
          other = gtk_widget_get_visible (plots->panes[k])
                      ? plateau_plot_pane_dup_document (PLATEAU_PLOT_PANE (plots->panes[k]))
                      : NULL;
      if (other == NULL)
        continue;
      make_whole (other);
      plateau_document_add_panels (figure, other);
    }
  return figure;
}

static void
plateau_compare_plots_dispose (GObject *object)
{
  PlateauComparePlots *plots = PLATEAU_COMPARE_PLOTS (object);

  for (guint i = 0; i < N_PANES; i++)
    g_clear_pointer (&plots->panes[i], gtk_widget_unparent);
  G_OBJECT_CLASS (plateau_compare_plots_parent_class)->dispose (object);
}

static void
plateau_compare_plots_class_init (PlateauComparePlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_compare_plots_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
plateau_compare_plots_init (PlateauComparePlots *plots)
{
  gtk_widget_add_css_class (GTK_WIDGET (plots), "plots");
  gtk_widget_set_vexpand (GTK_WIDGET (plots), TRUE);
}

GtkWidget *
plateau_compare_plots_new (PlateauDocument *document)
{
  PlateauComparePlots *plots = g_object_new (PLATEAU_TYPE_COMPARE_PLOTS, NULL);

  for (guint i = 0; i < N_PANES; i++)
    {
      plots->panes[i] = plateau_plot_pane_new (document, "");
      gtk_widget_set_hexpand (plots->panes[i], TRUE);
      plateau_plot_pane_set_compact (PLATEAU_PLOT_PANE (plots->panes[i]));
      gtk_widget_set_size_request (
          GTK_WIDGET (plateau_plot_pane_get_view (PLATEAU_PLOT_PANE (plots->panes[i]))),
          i == METRIC ? METRIC_WIDTH : PANE_WIDTH, PANE_HEIGHT);
      gtk_widget_set_parent (plots->panes[i], GTK_WIDGET (plots));
    }
  return GTK_WIDGET (plots);
}
