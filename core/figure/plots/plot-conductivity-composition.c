/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-transport.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* A quantity at room temperature: with its activation energy against the samples' variable, or as a
 * bar for each sample. */

#define ROOM 298.15 /* K */

/* The value that was measured nearest to room temperature, and where. */
static double
at_room (PlateauConductivity *conductivity, double *temperature)
{
  double nearest = HUGE_VAL, found = NAN;

  *temperature = NAN;

  for (guint i = 0; i < conductivity->n_points; i++)
    if (fabs (conductivity->points[i].temperature - ROOM) < nearest)
      {
        nearest = fabs (conductivity->points[i].temperature - ROOM);
        found = conductivity->points[i].value;
        *temperature = conductivity->points[i].temperature;
      }
  return found;
}

static PlateauLayer *
add_series (PlateauPlotContext *context, const char *id, const char *label, const double *x,
            const double *y, gsize n, PlateauSlot slot, gboolean second)
{
  double *xs = g_memdup2 (x, n * sizeof (double)), *ys = g_memdup2 (y, n * sizeof (double));
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);

  plateau_layer_style_for_slot (&layer->style, slot);
  layer->style.marker = plateau_slot_get_marker (slot);
  layer->style.marker_every = 1;
  layer->style.width = 0.6;
  layer->use_y2 = second;
  plateau_layer_take_xy (layer, xs, ys, n);
  return layer;
}

/* What is drawn of each sample with a value of its variable. */
typedef struct
{
  double *x, *value, *energy, *energy_low, *energy_high;
  guint n;
  const PlateauStudySample *named;
  double coldest, warmest; /* K of the values */
  gboolean any;            /* of the quantity at all */
} Series;

static gboolean
collect (PlateauPlotContext *context, const PlateauConductivityOptions *options, Series *series,
         GError **error)
{
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GArray) samples = plot_transport_list (context);

  for (guint g = 0; g < samples->len; g++)
    {
      const PlateauPlotGroup *group = &g_array_index (samples, PlateauPlotGroup, g);
      g_autoptr (PlateauConductivity) conductivity = NULL;
      double energy, off, temperature, value;

      if (!plot_transport_try (context, group, options, &conductivity, &no_data, error))
        return FALSE;
      series->any = series->any || conductivity;
      if (!conductivity || !group->sample || isnan (group->sample->variable_value))
        continue;
      if (!context->panel->data)
        {
          context->panel->data = plot_transport_make_table (conductivity);
          plot_transport_set_axis (context, conductivity);
        }
      energy = conductivity->fit.activation_energy;
      off = conductivity->fit.activation_energy_stderr;
      series->named = group->sample;
      series->x[series->n] = group->sample->variable_value;
      value = at_room (conductivity, &temperature);
      series->coldest = series->n > 0 ? MIN (series->coldest, temperature) : temperature;
      series->warmest = series->n > 0 ? MAX (series->warmest, temperature) : temperature;
      series->value[series->n] = plateau_conductivity_show (conductivity, value);
      series->energy[series->n] = energy;
      series->energy_low[series->n] = energy - off;
      series->energy_high[series->n++] = energy + off;
      plot_transport_add_rows (context->panel->data, group, conductivity);
    }
  return series->any || plot_transport_nothing (options, &no_data, error);
}

static void
draw_series (PlateauPlotContext *context, const Series *series)
{
  PlateauPanel *panel = context->panel;
  const PlateauStudySample *named = series->named;
  PlateauLayer *energies;
  g_autofree char *label = NULL;

  plateau_panel_set_axis (panel, PLATEAU_AXIS_X, named->variable_name,
                          g_strcmp0 (named->variable_unit, "1") == 0 ? NULL : named->variable_unit);
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y2, _ ("Activation energy"), "eV");
  panel->axes[PLATEAU_AXIS_Y].fit_margin = 0.3;
  panel->axes[PLATEAU_AXIS_Y2].fit_margin = 0.8;
  label = series->warmest - series->coldest < 1
              ? g_strdup_printf ("%s, %.0f °C", panel->axes[PLATEAU_AXIS_Y].title,
                                 plateau_from_si (series->coldest, "degC"))
              : g_strdup (panel->axes[PLATEAU_AXIS_Y].title);
  add_series (context, "conductivity", label, series->x, series->value, series->n,
              context->groups[0].slot, FALSE);
  energies = add_series (context, "activation-energy", _ ("Activation energy"), series->x,
                         series->energy, series->n, context->groups[context->n_groups - 1].slot,
                         TRUE);
  plateau_layer_take_y_range (energies,
                              g_memdup2 (series->energy_low, series->n * sizeof (double)),
                              g_memdup2 (series->energy_high, series->n * sizeof (double)));
}

static gboolean
build_composition (PlateauPlotContext *context, gconstpointer unused, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autofree double *numbers = g_new0 (double, 5 * (gsize)context->n_groups + 5);
  gsize n = context->n_groups + 1;
  Series series = { numbers, numbers + n, numbers + 2 * n, numbers + 3 * n, numbers + 4 * n };
  gboolean done = plateau_plot_get_settings (context, "conductivity",
                                             plateau_conductivity_option_table, &options, error)
                  && collect (context, &options, &series, error);

  if (done && series.n > 0)
    draw_series (context, &series);
  else if (done && series.any)
    g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                 _ ("None of the chosen samples has a value of a variable such as its composition; "
                    "it is set under “More” in the inspector"));
  plateau_options_clear (plateau_conductivity_option_table, &options);
  return done && series.n > 0;
}

static void
add_bar (PlateauPlotContext *context, const PlateauPlotGroup *group, guint at, double value)
{
  PlateauLayer *layer
      = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_BAR, group->name, NULL);
  double *x = g_new (double, 1), *y = g_new (double, 1);

  x[0] = at;
  y[0] = value;
  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.area_alpha = 0.25;
  layer->style.width = 1;
  layer->bar_width = 0.6;
  layer->tag.sample = group->sample ? group->sample->id : 0;
  plateau_layer_take_xy (layer, x, y, 1);
}

static gboolean
add_bars (PlateauPlotContext *context, const PlateauConductivityOptions *options, GPtrArray *names,
          GError **error)
{
  g_autoptr (GError) no_data = NULL;
  g_autoptr (GArray) samples = plot_transport_list (context);

  for (guint g = 0; g < samples->len; g++)
    {
      const PlateauPlotGroup *group = &g_array_index (samples, PlateauPlotGroup, g);
      g_autoptr (PlateauConductivity) conductivity = NULL;
      double temperature, value;

      if (!plot_transport_try (context, group, options, &conductivity, &no_data, error))
        return FALSE;
      if (!conductivity)
        continue;
      if (!context->panel->data)
        {
          context->panel->data = plot_transport_make_table (conductivity);
          plot_transport_set_axis (context, conductivity);
        }
      value = at_room (conductivity, &temperature);
      add_bar (context, group, names->len, plateau_conductivity_show (conductivity, value));
      plot_transport_add_rows (context->panel->data, group, conductivity);
      g_ptr_array_add (names, plot_group_label (group));
    }
  return names->len > 0 || plot_transport_nothing (options, &no_data, error);
}

/* A bar a sample: its conductivity nearest to room temperature. */
static gboolean
build_bars (PlateauPlotContext *context, gconstpointer unused, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean done = plateau_plot_get_settings (context, "conductivity",
                                             plateau_conductivity_option_table, &options, error);

  options.quantity = PLATEAU_TRANSPORT_CONDUCTIVITY;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "", NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_CATEGORY;
  context->panel->axes[PLATEAU_AXIS_Y].from_zero = TRUE;
  context->panel->legend.place = PLATEAU_PLACE_HIDDEN;
  done = done && add_bars (context, &options, names, error);
  plateau_options_clear (plateau_conductivity_option_table, &options);
  g_ptr_array_add (names, NULL);
  context->panel->axes[PLATEAU_AXIS_X].categories = g_strdupv ((char **)names->pdata);
  return done;
}

const PlateauPlotKind plateau_plot_conductivity_bars = {
  .id = "conductivity-bars",
  .label = N_ ("Conductivity of samples at room temperature"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS,
  .build = build_bars,
};

const PlateauPlotKind plateau_plot_conductivity_composition = {
  .id = "conductivity-composition",
  .label = N_ ("Conductivity and activation energy against the samples' variable"),
  .page = "conductivity",
  .needs = PLATEAU_KIND_EIS | PLATEAU_KIND_GITT,
  .build = build_composition,
};
