/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* The resistances of a fitted circuit along a series, with their standard errors. */

static const PlateauMarker markers[] = { PLATEAU_MARKER_CIRCLE, PLATEAU_MARKER_SQUARE,
                                         PLATEAU_MARKER_TRIANGLE, PLATEAU_MARKER_DIAMOND,
                                         PLATEAU_MARKER_INVERTED };

typedef struct
{
  int axis;
} Options;

static const PlateauOption option_table[] = {
  { "against", N_ ("Against"), N_ ("What the spectra are placed by"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, axis), NULL, 0, 0, plot_series_axis_nicks, plot_series_axis_labels },
  { NULL },
};

static const Options option_defaults = { PLOT_SERIES_AUTO };

/* Values that the data do not determine are left out and counted. */
static guint
add_resistance (PlateauPlotContext *context, const PlotSpectra *set, GPtrArray *fits,
                guint parameter, const char *name, guint number, PlotSeriesAxis axis)
{
  guint n = 0, undetermined = 0;
  g_autofree char *id = g_strdup_printf ("%s/%s", name, set->cell->name);
  g_autofree char *label = g_strdup_printf ("<i>%.1s</i><sub>%s</sub>", name, name + 1);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  double *x = g_new (double, fits->len), *y = g_new (double, fits->len);
  double *low = g_new (double, fits->len), *high = g_new (double, fits->len);

  for (guint i = 0; i < fits->len; i++)
    {
      const PlateauCircuitFit *fit = g_ptr_array_index (fits, i);
      const PlateauCircuitEstimate *estimate = fit ? &fit->estimates[parameter] : NULL;

      undetermined += estimate && estimate->undetermined;
      if (!estimate || estimate->undetermined)
        continue;
      x[n] = plot_series_value (set, i, axis);
      y[n] = estimate->value;
      low[n] = estimate->lower;
      high[n++] = estimate->upper;
    }
  plateau_layer_style_for_slot (&layer->style, set->group->slot);
  layer->style.dash = PLATEAU_DASH_SOLID;
  layer->style.marker = markers[number % G_N_ELEMENTS (markers)];
  layer->tag.cell = set->cell->id;
  plateau_layer_take_xy (layer, x, y, n);
  plateau_layer_take_y_range (layer, low, high);
  return undetermined;
}

static gboolean
add_set (PlateauPlotContext *context, const PlotSpectra *set, const PlateauCircuitOptions *options,
         PlotSeriesAxis axis, GError **error)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (options->circuit, error);
  g_autoptr (GPtrArray) fits = NULL;
  guint number = 0, undetermined = 0;

  if (!circuit)
    return FALSE;
  fits = plateau_circuit_fit_series (set->spectra, options, NULL, context->cancellable);
  for (guint p = 0; p < circuit->n_parameters; p++)
    if (strcmp (circuit->parameters[p].unit, "Ω") == 0)
      undetermined += add_resistance (context, set, fits, p, circuit->parameters[p].name, number++,
                                      axis);
  if (undetermined > 0)
    plateau_panel_note (context->panel,
                        _ ("%s: %u values are not determined by the data and are left out"),
                        set->cell->name, undetermined);
  return TRUE;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  PlateauCircuitOptions circuit = PLATEAU_CIRCUIT_OPTIONS_INIT;
  PlotSeriesAxis axis;
  gboolean ok;

  if (!sets)
    return FALSE;
  ok = plot_circuit_get_options (context, &circuit, error);
  axis = plot_series_axis_choose (sets, o->axis);
  plot_series_set_axis (context, PLATEAU_AXIS_X, axis);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Resistance"), "Ω");
  context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  for (guint s = 0; sets->len > 1 && s < sets->len; s++)
    plot_name_sample (context, g_ptr_array_index (sets, s));
  for (guint s = 0; ok && s < sets->len; s++)
    ok = add_set (context, g_ptr_array_index (sets, s), &circuit, axis, error);
  plateau_options_clear (plateau_circuit_option_table, &circuit);
  return ok;
}

const PlateauPlotKind plateau_plot_circuit_series = {
  .id = "circuit-series",
  .label = N_ ("Resistances of the circuit along a series"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
