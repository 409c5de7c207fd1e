/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>

/* Any other per-cycle value: mean potentials, polarisation, energy, retention. */

typedef struct
{
  int metric;
  gboolean mean, slope, reported;
} Options;

static const struct
{
  const char *nick, *label, *title, *unit;
  PlotMetric metric;
  int digits;
} metrics[] = {
  { "mean-discharge-potential", N_ ("Mean discharge potential"), N_ ("Mean discharge potential"),
    "V", PLOT_MEAN_DISCHARGE_POTENTIAL, 3 },
  { "mean-charge-potential", N_ ("Mean charge potential"), N_ ("Mean charge potential"), "V",
    PLOT_MEAN_CHARGE_POTENTIAL, 3 },
  { "polarisation", N_ ("Polarisation"), N_ ("Polarisation"), "V", PLOT_POLARISATION, 3 },
  { "energy", N_ ("Discharge energy"), N_ ("Specific energy"), "Wh/kg", PLOT_DISCHARGE_ENERGY, 0 },
  { "energy-efficiency", N_ ("Energy efficiency"), N_ ("Energy efficiency"), "%",
    PLOT_ENERGY_EFFICIENCY, 2 },
  { "retention", N_ ("Capacity retention"), N_ ("Capacity retention"), "%", PLOT_RETENTION, 1 },
};

static const char *const metric_nicks[] = { "mean-discharge-potential",
                                            "mean-charge-potential",
                                            "polarisation",
                                            "energy",
                                            "energy-efficiency",
                                            "retention",
                                            NULL };
static const char *const metric_labels[]
    = { N_ ("Mean discharge potential"), N_ ("Mean charge potential"), N_ ("Polarisation"),
        N_ ("Discharge energy"),         N_ ("Energy efficiency"),     N_ ("Capacity retention"),
        NULL };

static const PlateauOption option_table[] = {
  { "metric", N_ ("Value"), N_ ("What is shown against the cycle"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, metric), NULL, 0, 0, metric_nicks, metric_labels },
  { "mean", N_ ("Mean of replicates"), N_ ("One series a sample with its scatter"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, mean), NULL, 0, 0, NULL, NULL },
  { "slope", N_ ("Slope"), N_ ("The change per cycle written beside the curves"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, slope), NULL, 0, 0, NULL, NULL },
  PLOT_REPORTED_OPTION (Options),
  { NULL },
};

static const Options option_defaults = { 0, TRUE, TRUE, FALSE };

/* Slope by least squares; the first cycle, mostly formation, is left out of long series. */
static void
add_slope (PlateauPlotContext *context, const PlateauLayer *layer, guint metric)
{
  gboolean potential = g_strcmp0 (metrics[metric].unit, "V") == 0;
  gsize skip = layer->n > 10 ? 1 : 0, n = layer->n - skip;
  g_autofree double *x = NULL, *y = NULL;
  g_autofree char *number = NULL, *text = NULL;
  PlateauAnnotation *a;
  PlateauLine line;

  if (layer->n < 10 || g_strcmp0 (metrics[metric].unit, "Wh/kg") == 0)
    return;
  x = g_new (double, n);
  y = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      x[i] = plateau_array_get (&layer->x, i + skip);
      y[i] = plateau_array_get (&layer->y, i + skip) * (potential ? 1000 : 1);
    }
  if (!plateau_fit_line (x, y, NULL, n, &line))
    return;
  number = plateau_format_tick (line.slope, fabs (line.slope) < 0.1 ? 3 : 2);
  text = potential ? g_strdup_printf (_ ("%s mV/cycle"), number)
                   : g_strdup_printf (_ ("%s %%/cycle"), number);
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, text);
  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = plateau_array_get (&layer->x, layer->n - 1);
  a->y = plateau_array_get (&layer->y, layer->n - 1);
  a->horizontal = PLATEAU_ANCHOR_END;
  a->avoid = TRUE;
  a->colour = layer->style.colour;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  guint m = MIN ((guint)o->metric, G_N_ELEMENTS (metrics) - 1);
  g_autoptr (GArray) chosen = plot_choose_cycles (context, error);
  g_autofree char *unit = plot_unit_markup (metrics[m].unit);
  PlateauTable *table;

  if (!chosen)
    return FALSE;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Cycle number"), NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CYCLE;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0.03;
  if (m <= 1)
    plateau_plot_set_potential_axis (context, PLATEAU_AXIS_Y);
  {
    g_autofree char *reference = g_strdup (context->panel->axes[PLATEAU_AXIS_Y].reference);
    guint of = metrics[m].metric == PLOT_RETENTION ? plot_retention_reference (context) : 0;
    g_autofree char *title = of > 0 ? g_strdup_printf (_ ("Retention of cycle %u"), of)
                                    : g_strdup (_ (metrics[m].title));
    plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, title, unit);
  }
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.12;
  table = context->panel->data = plateau_table_new (_ (metrics[m].label));
  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, metrics[m].nick, _ (metrics[m].label), metrics[m].unit,
                            PLATEAU_COLUMN_NUMBER, metrics[m].digits);
  plateau_table_add_column (table, "sd", _ ("s.d."), metrics[m].unit, PLATEAU_COLUMN_NUMBER,
                            metrics[m].digits);
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < (o->mean ? 1 : context->groups[g].n_cells); c++)
      {
        const PlateauPlotGroup *group = &context->groups[g];
        const PlateauStudyCell *only = o->mean ? NULL : group->cells[c];
        g_autofree char *label = plot_group_label (group);
        g_autofree char *id
            = g_strdup_printf ("%s/%s", metrics[m].nick, only ? only->name : group->name);
        PlotSeries series;
        PlateauLayer *layer;

        if (!plot_series_compute (context, group, only, metrics[m].metric, "mAh", chosen, &series,
                                  error))
          return FALSE;
        for (gsize i = 0; i < series.n; i++)
          {
            guint row = plateau_table_add_row (table);
            plateau_table_set_text (table, row, 0, only ? only->name : group->name);
            plateau_table_set_number (table, row, 1, series.cycle[i]);
            plateau_table_set_number (table, row, 2, series.mean[i]);
            plateau_table_set_number (table, row, 3, series.sd[i]);
          }
        layer = plot_series_add_layer (context, group, only, &series, id, label);
        if (o->slope)
          add_slope (context, layer, m);
        plot_add_outliers (context, group, only, metrics[m].metric, "mAh", chosen);
        plot_series_clear (&series);
      }
  for (guint g = 0; o->reported && metrics[m].metric == PLOT_RETENTION && g < context->n_groups; g++)
    plot_add_reported (context, &context->groups[g],
                       &(PlotReported){ "capacity retention", "%", FALSE, NAN, FALSE });
  return TRUE;
}

const PlateauPlotKind plateau_plot_metric_cycle = {
  .id = "metric-cycle",
  .label = N_ ("Potential, polarisation, energy or retention against cycle"),
  .page = "cycling",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
