/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-rate.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>

/* Mean discharge capacity of each rate against the C-rate. */

typedef struct
{
  int unit;
  gboolean reported, charge;
} Options;

static const PlateauOption option_table[] = {
  { "unit", N_ ("Capacity in"), N_ ("Unit of the capacity"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, unit), NULL, 0, 0, plot_capacity_units, plot_capacity_unit_labels },
  { "charge", N_ ("Charge"), N_ ("The charge capacity at the rate of the charge"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, charge), NULL, 0, 0, NULL, NULL },
  PLOT_REPORTED_OPTION (Options),
  { NULL },
};

static const Options option_defaults = { 0, FALSE, FALSE };

/* Values of the cells of a sample at one rate. */
typedef struct
{
  double rate;
  GArray *capacities;
} RatePoint;

static void
clear_point (gpointer data)
{
  g_array_unref (((RatePoint *) data)->capacities);
}

static int
compare_points (gconstpointer a, gconstpointer b)
{
  double x = ((const RatePoint *) a)->rate, y = ((const RatePoint *) b)->rate;
  return (x > y) - (x < y);
}

static void
add_value (GArray *points, double rate, double capacity)
{
  for (guint i = 0; i < points->len; i++)
    {
      RatePoint *point = &g_array_index (points, RatePoint, i);
      if (fabs (log (point->rate / rate)) < 0.1)
        {
          g_array_append_val (point->capacities, capacity);
          return;
        }
    }
  RatePoint point = { rate, g_array_new (FALSE, FALSE, sizeof (double)) };
  g_array_append_val (point.capacities, capacity);
  g_array_append_val (points, point);
}

/* The first group of each rate; a rate that comes back is recovery, not rate capability. */
static gboolean
collect_cell (PlateauPlotContext *context, const PlateauStudyCell *cell, const char *unit,
              gboolean charge, const PlateauRateOptions *options, GArray *points, GError **error)
{
  g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, error);
  PlateauRateOptions own = plateau_rate_options_of_cell (options, cell->name);
  g_autoptr (PlateauRate) rate = cycles ? plateau_rate_analyse (cycles, &own, error) : NULL;
  guint distinct = 0;

  if (!rate)
    return FALSE;
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < rate->n_groups; i++)
      {
        double c_rate = plot_c_rate (cell, charge ? rate->groups[i].charge_current
                                                  : rate->groups[i].discharge_current);
        gboolean again = FALSE;

        for (guint k = 0; k < i; k++)
          again =
              again
              || fabs (log (rate->groups[k].discharge_current / rate->groups[i].discharge_current))
                     < 0.1;
        if (again || !(c_rate > 0))
          continue;
        if (pass == 0)
          distinct++;
        else if (distinct >= 3)
          add_value (points, c_rate,
                     plateau_plot_normalise (cell,
                                             charge ? rate->groups[i].charge_capacity_mean
                                                    : rate->groups[i].discharge_capacity_mean,
                                             unit));
      }
  return TRUE;
}

static void
add_group (PlateauPlotContext *context, const PlateauPlotGroup *group, GArray *points)
{
  g_autofree char *label = plot_group_label (group);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, group->name,
                                                 label);
  guint n = points->len;
  double *x = g_new (double, n), *y = g_new (double, n);
  double *low = g_new (double, n), *high = g_new (double, n);
  PlateauTable *table = context->panel->data;

  g_array_sort (points, compare_points);
  for (guint i = 0; i < n; i++)
    {
      const RatePoint *point = &g_array_index (points, RatePoint, i);
      const double *values = (const double *) (gpointer) point->capacities->data;
      double sd = point->capacities->len > 1 ? plateau_sd (values, point->capacities->len) : NAN;
      guint row = plateau_table_add_row (table);

      x[i] = point->rate;
      y[i] = plateau_mean (values, point->capacities->len);
      low[i] = y[i] - sd;
      high[i] = y[i] + sd;
      plateau_table_set_text (table, row, 0, group->name);
      plateau_table_set_number (table, row, 1, x[i]);
      plateau_table_set_number (table, row, 2, y[i]);
      plateau_table_set_number (table, row, 3, sd);
      plateau_table_set_number (table, row, 4, point->capacities->len);
    }
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.marker = plateau_slot_get_marker (group->slot);
  layer->tag.sample = group->sample ? group->sample->id : 0;
  layer->tag.cell = group->n_cells == 1 ? group->cells[0]->id : 0;
  plateau_layer_take_xy (layer, x, y, n);
  plateau_layer_take_y_range (layer, low, high);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  const char *unit = plateau_plot_capacity_unit (context, plot_capacity_units[o->unit]);
  g_autofree char *unit_markup = plot_unit_markup (unit);
  PlateauRateOptions rate_options = PLATEAU_RATE_OPTIONS_INIT;
  const char *title = o->charge ? _ ("Charge capacity") : _ ("Discharge capacity");
  gboolean any = FALSE;
  PlateauTable *table;

  if (!plateau_plot_get_settings (context, "rate", plateau_rate_option_table, &rate_options, error))
    return FALSE;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("C-rate"), NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, title, unit_markup);
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = TRUE;
  table = context->panel->data = plateau_table_new (_ ("Rate capability"));
  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "c_rate", _ ("Rate"), "C-rate", PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "capacity", title, unit, PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "sd", _ ("s.d."), unit, PLATEAU_COLUMN_NUMBER, 2);
  plateau_table_add_column (table, "n", _ ("Cells"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  for (guint g = 0; g < context->n_groups; g++)
    {
      const PlateauPlotGroup *group = &context->groups[g];
      g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (RatePoint));

      g_array_set_clear_func (points, clear_point);
      for (guint c = 0; c < group->n_cells; c++)
        {
          g_autoptr (GError) local = NULL;
          if (!collect_cell (context, group->cells[c], unit, o->charge, &rate_options, points,
                             &local))
            plateau_panel_note (context->panel, _ ("%s is left out: %s"), group->cells[c]->name,
                                local->message);
        }
      if (points->len > 0)
        add_group (context, group, points);
      any = any || points->len > 0;
    }
  plateau_options_clear (plateau_rate_option_table, &rate_options);
  if (!any)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("No rate test: the chosen cells need cycles at three rates or more, "
                              "and the current that 1C means"));
      return FALSE;
    }
  for (guint g = 0; o->reported && !o->charge && g < context->n_groups; g++)
    plot_add_reported (context, &context->groups[g],
                       &(PlotReported){ "specific discharge capacity", unit, TRUE, NAN, FALSE });
  plot_state_one_c (context);
  return TRUE;
}

const PlateauPlotKind plateau_plot_rate_capability = {
  .id = "rate-capability",
  .label = N_ ("Capacity against C-rate"),
  .page = "rate",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
