/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "analysis/plateau-rate.h"

#include <glib/gi18n.h>
#include <math.h>

/* Capacity of a rate test against the cycle number, rates written over their cycles. */

typedef struct
{
  int unit;
  gboolean mean;
} Options;

static const PlateauOption option_table[] = {
  { "unit", N_ ("Capacity in"), N_ ("Unit of the capacity"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, unit), NULL, 0, 0, plot_capacity_units, plot_capacity_unit_labels },
  { "mean", N_ ("Mean of replicates"), N_ ("One series a sample with its scatter"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, mean), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { 0, TRUE };

/* The rate groups of the first cell that has several stand for all. */
static void
add_rates (PlateauPlotContext *context, const PlateauRateOptions *options)
{
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      {
        const PlateauStudyCell *cell = context->groups[g].cells[c];
        g_autoptr (PlateauCycles) cycles = plateau_plot_get_cycles (context, cell, NULL);
        PlateauRateOptions own = plateau_rate_options_of_cell (options, cell->name);
        g_autoptr (PlateauRate) rate = cycles ? plateau_rate_analyse (cycles, &own, NULL) : NULL;

        if (!rate || rate->n_groups < 2 || rate->n_groups > 16)
          continue;
        for (guint i = 0; i < rate->n_groups; i++)
          {
            const PlateauRateGroup *group = &rate->groups[i];
            g_autofree char *label = plot_rate_label (plot_c_rate (cell, group->discharge_current));
            PlateauAnnotation *a = plateau_panel_add_annotation (context->panel,
                                                                 PLATEAU_ANNOTATION_TEXT, label);

            a->x_coordinates = PLATEAU_COORDINATES_DATA;
            a->x = (group->first_cycle + group->last_cycle) / 2.0;
            a->y = 0.97;
            a->horizontal = PLATEAU_ANCHOR_MIDDLE;
            a->small = TRUE;
            a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
            if (i + 1 == rate->n_groups)
              break;
            a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_LINE, NULL);
            a->x_coordinates = PLATEAU_COORDINATES_DATA;
            a->x = (group->last_cycle + rate->groups[i + 1].first_cycle) / 2.0;
            a->y = NAN;
            a->colour = plateau_colour_simple (PLATEAU_COLOUR_GRID);
          }
        return;
      }
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  const char *unit = plateau_plot_capacity_unit (context, plot_capacity_units[o->unit]);
  g_autoptr (GArray) chosen = plot_choose_cycles (context, error);
  g_autofree char *unit_markup = plot_unit_markup (unit);
  const char *title = g_str_equal (unit, "mAh/g")     ? _ ("Specific capacity")
                      : g_str_equal (unit, "mAh/cm2") ? _ ("Areal capacity")
                                                      : _ ("Capacity");
  PlateauRateOptions rate_options = PLATEAU_RATE_OPTIONS_INIT;
  PlateauTable *table;

  if (!chosen
      || !plateau_plot_get_settings (context, "rate", plateau_rate_option_table, &rate_options,
                                     error))
    return FALSE;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Cycle number"), NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CYCLE;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, title, unit_markup);
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = TRUE;
  context->panel->axes[PLATEAU_AXIS_Y].head_room = 0.1;
  table = context->panel->data = plateau_table_new (_ ("Rate capability"));
  plateau_table_add_column (table, "sample", _ ("Sample"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "capacity", _ ("Discharge capacity"), unit,
                            PLATEAU_COLUMN_NUMBER, 1);
  plateau_table_add_column (table, "sd", _ ("s.d."), unit, PLATEAU_COLUMN_NUMBER, 1);
  add_rates (context, &rate_options);
  plateau_options_clear (plateau_rate_option_table, &rate_options);
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < (o->mean ? 1 : context->groups[g].n_cells); c++)
      {
        const PlateauPlotGroup *group = &context->groups[g];
        const PlateauStudyCell *only = o->mean ? NULL : group->cells[c];
        g_autofree char *label = plot_group_label (group);
        g_autofree char *id = g_strdup_printf ("rate/%s", only ? only->name : group->name);
        PlotSeries series;

        if (!plot_series_compute (context, group, only, PLOT_DISCHARGE_CAPACITY, unit, chosen,
                                  &series, error))
          return FALSE;
        for (gsize i = 0; i < series.n; i++)
          {
            guint row = plateau_table_add_row (table);
            plateau_table_set_text (table, row, 0, only ? only->name : group->name);
            plateau_table_set_number (table, row, 1, series.cycle[i]);
            plateau_table_set_number (table, row, 2, series.mean[i]);
            plateau_table_set_number (table, row, 3, series.sd[i]);
          }
        plot_series_add_layer (context, group, only, &series, id, label);
        plot_add_outliers (context, group, only, PLOT_DISCHARGE_CAPACITY, unit, chosen);
        plot_series_clear (&series);
      }
  plot_state_one_c (context);
  return TRUE;
}

const PlateauPlotKind plateau_plot_rate_cycle = {
  .id = "rate-cycle",
  .label = N_ ("Rate capability against cycle"),
  .page = "rate",
  .needs = PLATEAU_KIND_CYCLING,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
