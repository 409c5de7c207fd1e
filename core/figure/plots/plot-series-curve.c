/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>

/* The charge, discharge or hold during which spectra were taken, with the points where. */

typedef struct
{
  int colour;
} Options;

static const PlateauOption option_table[] = {
  { "colour", N_ ("Coloured by"), N_ ("What the spectra of a series are coloured by"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, colour), NULL, 0, 0, plot_series_axis_nicks,
    plot_series_axis_labels },
  { NULL },
};

static const Options option_defaults = { PLOT_SERIES_AUTO };

static void
add_curve (PlateauPlotContext *context, const PlotSpectra *set)
{
  const PlateauStudyCell *cell = set->cell;
  PlateauKinds kinds = cell->kinds & ~PLATEAU_KIND_EIS;
  g_autoptr (PlateauRecording)
      recording = kinds ? plateau_plot_get_recording (context, cell, kinds, NULL) : NULL;
  const double *time, *potential;
  double offset = isfinite (cell->reference_offset) ? cell->reference_offset : 0;
  double first = INFINITY, last = -INFINITY;
  gsize n, from = 0, to;
  g_autofree char *id = g_strdup_printf ("curve/%s", cell->name);
  g_autofree char *label = plot_group_label (set->group);
  PlateauLayer *layer;

  if (!recording)
    return;
  time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  n = to = plateau_recording_get_n_rows (recording);
  if (!time || !potential)
    return;
  for (guint i = 0; i < set->spectra->len; i++)
    {
      double at = plateau_spectrum_get_conditions (g_ptr_array_index (set->spectra, i))->time;

      first = MIN (first, at);
      last = MAX (last, at);
    }
  /* the part of the test in which the spectra lie, and a tenth around it */
  while (from < n && time[from] < first - 0.1 * (last - first))
    from++;
  while (to > from && time[to - 1] > last + 0.1 * (last - first))
    to--;
  if (to - from < 2)
    return;
  layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  plateau_layer_style_for_slot (&layer->style, set->group->slot);
  layer->tag.cell = cell->id;
  plateau_array_borrow (&layer->x, time + from, 1 / 3600.0, 0, plateau_recording_ref (recording),
                        (GDestroyNotify) plateau_recording_unref);
  plateau_array_borrow (&layer->y, potential + from, 1, offset, plateau_recording_ref (recording),
                        (GDestroyNotify) plateau_recording_unref);
  layer->n = to - from;
}

/* Spectra over temperature or cycle, without a time: each from its resistance at the highest
 * frequency to that at the lowest. */
static gboolean
add_ranges (PlateauPlotContext *context, GPtrArray *sets)
{
  PlotSeriesAxis axis = plot_series_axis_choose (sets, PLOT_SERIES_AUTO);

  if (axis == PLOT_SERIES_NUMBER)
    return FALSE;
  g_ptr_array_set_size (context->panel->layers, 0);
  plot_series_set_axis (context, PLATEAU_AXIS_X, axis);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, "<i>Z</i>′", "Ω");
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          PlateauSpectrum *spectrum = g_ptr_array_index (set->spectra, i);
          gsize n = plateau_spectrum_get_n (spectrum);
          const double *f = plateau_spectrum_peek_frequency (spectrum);
          const double *re = plateau_spectrum_peek_re (spectrum);
          double *x = g_new (double, 2), *y = g_new (double, 2);
          PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, i, sets->len,
                                                     "range", FALSE);

          x[0] = x[1] = plot_series_value (set, i, axis);
          y[0] = n > 0 ? re[f[0] > f[n - 1] ? 0 : n - 1] : NAN;
          y[1] = n > 0 ? re[f[0] > f[n - 1] ? n - 1 : 0] : NAN;
          plateau_layer_take_xy (layer, x, y, 2);
          layer->style.marker = PLATEAU_MARKER_CIRCLE;
          layer->style.fill = PLATEAU_FILL_SOLID;
          if (plot_spectrum_is_marked (context, set, i))
            layer->style.marker_size *= 2;
        }
    }
  return TRUE;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  guint drawn = 0;

  if (!sets)
    return FALSE;
  plot_spectra_colour (context, sets, o->colour, TRUE);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Time"), "h");
  plateau_plot_set_potential_axis (context, PLATEAU_AXIS_Y);
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      add_curve (context, set);
      for (guint i = 0; i < set->spectra->len; i++)
        {
          double *x = g_new (double, 1), *y = g_new (double, 1);
          PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, i, sets->len,
                                                     "taken", FALSE);

          x[0] = plot_series_value (set, i, PLOT_SERIES_TIME);
          y[0] = plot_series_value (set, i, PLOT_SERIES_POTENTIAL);
          drawn += isfinite (x[0] + y[0]);
          plateau_layer_take_xy (layer, x, y, 1);
          layer->style.marker = PLATEAU_MARKER_CIRCLE;
          layer->style.fill = PLATEAU_FILL_SOLID;
          if (plot_spectrum_is_marked (context, set, i))
            layer->style.marker_size *= 2;
        }
    }
  if (drawn > 0 || add_ranges (context, sets))
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ ("These spectra carry no time or potential"));
  return FALSE;
}

const PlateauPlotKind plateau_plot_series_curve = {
  .id = "series-curve",
  .label = N_ ("Where the spectra were taken"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
