/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>

/* Capacity (left) and coulombic efficiency (right) against the cycle number. */

typedef enum
{
  SCATTER_BARS,
  SCATTER_BAND,
  SCATTER_NONE,
} Scatter;

typedef struct
{
  int unit, branch, scatter;
  gboolean mean, efficiency, retention, conditions, reported;
} Options;

static const char *const branch_nicks[] = { "discharge", "charge", NULL };
static const char *const branch_labels[] = { N_ ("Discharge"), N_ ("Charge"), NULL };
static const char *const scatter_nicks[] = { "bars", "band", "none", NULL };
static const char *const scatter_labels[] = { N_ ("Error bars"), N_ ("Band"), N_ ("None"), NULL };

static const PlateauOption option_table[] = {
  { "unit", N_ ("Capacity in"), N_ ("Unit of the capacity"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, unit), NULL, 0, 0, plot_capacity_units, plot_capacity_unit_labels },
  { "branch", N_ ("Branch"), N_ ("Which half cycle's capacity"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, branch), NULL, 0, 0, branch_nicks, branch_labels },
  { "mean", N_ ("Mean of replicates"), N_ ("One series a sample with its scatter"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, mean), NULL, 0, 0, NULL, NULL },
  { "scatter", N_ ("Scatter"), N_ ("How the standard deviation is shown"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, scatter), NULL, 0, 0, scatter_nicks, scatter_labels },
  { "efficiency", N_ ("Coulombic efficiency"), N_ ("On the right axis"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, efficiency), NULL, 0, 0, NULL, NULL },
  { "retention", N_ ("Retention"), N_ ("Written beside the curves"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, retention), NULL, 0, 0, NULL, NULL },
  { "conditions", N_ ("Conditions"), N_ ("Rate and number of cells, in the plot"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, conditions), NULL, 0, 0, NULL, NULL },
  PLOT_REPORTED_OPTION (Options),
  { NULL },
};

static const Options option_defaults = { 0, 0, SCATTER_BARS, TRUE, TRUE, TRUE, TRUE, FALSE };

static void
style_scatter (PlateauPlotContext *context, const Options *o, PlateauLayer *layer)
{
  PlateauLayer *band;
  char *id;

  if (o->scatter == SCATTER_BARS || !layer->y_low.values)
    return;
  if (o->scatter == SCATTER_BAND)
    {
      double *x = g_new (double, layer->n + 1), *low = g_new (double, layer->n + 1);
      double *high = g_new (double, layer->n + 1);

      for (gsize i = 0; i < layer->n; i++)
        {
          x[i] = plateau_array_get (&layer->x, i);
          low[i] = plateau_array_get (&layer->y_low, i);
          high[i] = plateau_array_get (&layer->y_high, i);
        }
      id = g_strconcat (layer->id, "/band", NULL);
      band = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_BAND, id, NULL);
      g_free (id);
      band->style = layer->style;
      band->style.area_alpha = 0.2;
      band->tag = layer->tag;
      band->use_y2 = layer->use_y2;
      plateau_array_take (&band->x, x);
      band->n = layer->n;
      plateau_layer_take_y_range (band, low, high);
    }
  plateau_array_take (&layer->y_low, NULL);
  plateau_array_take (&layer->y_high, NULL);
}

/* "80.1 %, 100 cycles", beside the end of the series. */
static void
add_retention (PlateauPlotContext *context, const PlateauPlotGroup *group,
               const PlateauStudyCell *only, const PlateauLayer *layer, const char *unit)
{
  PlotSeries retention;
  PlateauAnnotation *a;
  g_autofree char *number = NULL, *text = NULL;
  gsize n, first = 0;

  if (!plot_series_compute (context, group, only, PLOT_RETENTION, unit, NULL, &retention, NULL))
    return;
  n = retention.n;
  /* From the reference on; formation cycles before it do not count. */
  while (first < n && fabs (retention.mean[first] - 100) > 1e-6)
    first++;
  if (n > 0 && first < n && retention.cycle[n - 1] - retention.cycle[first] >= 10 && layer->n > 0)
    {
      number = plateau_format_tick (retention.mean[n - 1], 1);
      text = g_strdup_printf (_ ("%s %%, %d cycles"), number,
                              retention.numbers[n - 1] - retention.numbers[first] + 1);
      a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, text);
      a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = plateau_array_get (&layer->x, layer->n - 1);
      a->y = plateau_array_get (&layer->y, layer->n - 1);
      a->horizontal = PLATEAU_ANCHOR_END;
      a->avoid = TRUE;
      a->colour = layer->style.colour;
    }
  plot_series_clear (&retention);
}

static gboolean
add_series (PlateauPlotContext *context, const Options *o, const PlateauPlotGroup *group,
            const PlateauStudyCell *only, const char *unit, const GArray *chosen, PlateauTable *table,
            GError **error)
{
  PlotMetric metric = o->branch == 1 ? PLOT_CHARGE_CAPACITY : PLOT_DISCHARGE_CAPACITY;
  g_autofree char *label = plot_group_label (group), *id = NULL, *ce_id = NULL;
  PlotSeries capacity, efficiency = { 0 };
  PlateauLayer *layer;
  gsize at = 0;

  if (!plot_series_compute (context, group, only, metric, unit, chosen, &capacity, error))
    return FALSE;
  if (!plot_series_compute (context, group, only, PLOT_COULOMBIC_EFFICIENCY, unit, chosen,
                            &efficiency, error))
    {
      plot_series_clear (&capacity);
      return FALSE;
    }
  for (gsize i = 0; i < capacity.n; i++)
    {
      guint row = plateau_table_add_row (table);

      plateau_table_set_text (table, row, 0, only ? only->name : group->name);
      plateau_table_set_number (table, row, 1, capacity.cycle[i]);
      plateau_table_set_number (table, row, 2, capacity.mean[i]);
      plateau_table_set_number (table, row, 3, capacity.sd[i]);
      /* Both rise with the cycle. */
      while (at < efficiency.n && efficiency.numbers[at] < capacity.numbers[i])
        at++;
      if (at < efficiency.n && efficiency.numbers[at] == capacity.numbers[i])
        {
          plateau_table_set_number (table, row, 4, efficiency.mean[at]);
          plateau_table_set_number (table, row, 5, efficiency.sd[at]);
        }
    }
  id = g_strdup_printf ("capacity/%s", only ? only->name : group->name);
  layer = plot_series_add_layer (context, group, only, &capacity, id, label);
  style_scatter (context, o, layer);
  plot_add_outliers (context, group, only, metric, unit, chosen);
  if (o->retention)
    add_retention (context, group, only, layer, unit);
  if (o->efficiency)
    {
      ce_id = g_strdup_printf ("efficiency/%s", only ? only->name : group->name);
      efficiency.most_cells = 1;
      layer = plot_series_add_layer (context, group, only, &efficiency, ce_id, NULL);
      layer->use_y2 = TRUE;
      layer->style.marker = PLATEAU_MARKER_SQUARE;
      layer->style.marker_size = 0.66;
      layer->style.fill = PLATEAU_FILL_OPEN;
    }
  plot_series_clear (&capacity);
  plot_series_clear (&efficiency);
  return TRUE;
}

/* Capacities that name their cycle, and the efficiency of the first. */
static void
add_reported (PlateauPlotContext *context, const Options *o, const char *unit)
{
  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];

      if (o->branch == 0)
        plot_add_reported (context, group,
                           &(PlotReported){ g_str_equal (unit, "mAh/cm2")
                                                ? "areal capacity"
                                                : "specific discharge capacity",
                                            unit, FALSE, NAN, FALSE });
      if (o->efficiency)
        plot_add_reported (
            context, group,
            &(PlotReported){ "initial coulombic efficiency", "%", FALSE, 1, TRUE });
    }
}

static void
set_axes (PlateauPlotContext *context, const Options *o, const char *unit)
{
  g_autofree char *unit_markup = plot_unit_markup (unit);
  PlateauAxis *y = &context->panel->axes[PLATEAU_AXIS_Y];
  const char *title = g_str_equal (unit, "mAh/g")     ? _ ("Specific capacity")
                      : g_str_equal (unit, "mAh/cm2") ? _ ("Areal capacity")
                                                      : _ ("Capacity");

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Cycle number"), NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CYCLE;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0.03;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, title, unit_markup);
  y->from_zero = TRUE;
  y->head_room = o->efficiency ? 0.22 : 0.08;
  if (o->efficiency)
    {
      PlateauAnnotation *a;
      PlateauAxis *right = &context->panel->axes[PLATEAU_AXIS_Y2];

      plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y2, _ ("Coulombic efficiency"), "%");
      right->min = 0;
      right->max = 105;
      a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, "CE \xe2\x86\x92");
      a->x = 0.98;
      a->y = 0.86;
      a->horizontal = PLATEAU_ANCHOR_END;
      a->vertical = PLATEAU_ANCHOR_MIDDLE;
      a->avoid = TRUE;
      a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
    }
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  const char *unit = plateau_plot_capacity_unit (context, plot_capacity_units[o->unit]);
  g_autoptr (GArray) chosen = plot_choose_cycles (context, error);
  PlateauTable *table;

  if (!chosen)
    return FALSE;
  set_axes (context, o, unit);
  table = context->panel->data = plateau_table_new (_ ("Capacity and efficiency against cycle"));
  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "capacity", _ ("Capacity"), unit, PLATEAU_COLUMN_NUMBER, 1);
  plateau_table_add_column (table, "capacity_sd", _ ("s.d."), unit, PLATEAU_COLUMN_NUMBER, 1);
  plateau_table_add_column (table, "coulombic_efficiency", _ ("Coulombic efficiency"), "%",
                            PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (table, "coulombic_efficiency_sd", _ ("s.d."), "%",
                            PLATEAU_COLUMN_NUMBER, 2);
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < (o->mean ? 1 : context->groups[g].n_cells); c++)
      if (!add_series (context, o, &context->groups[g],
                       o->mean ? NULL : context->groups[g].cells[c], unit, chosen, table, error))
        return FALSE;
  if (o->reported)
    add_reported (context, o, unit);
  if (o->conditions)
    {
      g_autofree char *text = plot_conditions (context, o->mean);
      PlateauAnnotation *a;

      if (*text)
        {
          a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, text);
          a->x = 0.97;
          a->y = 0.04;
          a->horizontal = PLATEAU_ANCHOR_END;
          a->vertical = PLATEAU_ANCHOR_END;
          a->avoid = TRUE;
        }
    }
  return TRUE;
}

const PlateauPlotKind plateau_plot_capacity_cycle = {
  .id = "capacity-cycle",
  .label = N_ ("Capacity and efficiency against cycle"),
  .page = "cycling",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
