/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include <glib/gi18n.h>
#include <math.h>

/* Against frequency: modulus and phase, or the two parts. */

typedef struct
{
  int shown, colour, per;
} Options;

enum
{
  SHOW_MODULUS,
  SHOW_PARTS,
};

static const char *const shown_nicks[] = { "modulus", "parts", NULL };
static const char *const shown_labels[] = { N_ ("Modulus and phase"), N_ ("Z′ and −Z″"), NULL };

static const PlateauOption option_table[] = {
  { "quantity", N_ ("Quantity"), N_ ("What is drawn against frequency"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, shown), NULL, 0, 0, shown_nicks, shown_labels },
  { "per", N_ ("Normalised"), N_ ("By electrode area, or by area and thickness"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, per), NULL, 0, 0, plot_per_nicks,
    plot_per_labels },
  { "colour", N_ ("Coloured by"), N_ ("What the spectra of a series are coloured by"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, colour), NULL, 0, 0, plot_series_axis_nicks,
    plot_series_axis_labels },
  { NULL },
};

static const Options option_defaults = { SHOW_MODULUS };

static void
add_points (PlateauPlotContext *context, const Options *o, const PlotSpectra *set, guint index,
            guint n_sets, gboolean masked, gboolean legend)
{
  double factor = plot_per_factor (context, set->cell, o->per);
  int shown = o->shown;
  static const char *const names[2][2] = { { "first", "second" }, { "masked", "masked second" } };
  PlateauSpectrum *spectrum = g_ptr_array_index (masked ? set->masked : set->spectra, index);
  gsize n = plateau_spectrum_get_n (spectrum);
  const double *re = plateau_spectrum_peek_re (spectrum), *im = plateau_spectrum_peek_im (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);

  for (int part = 0; n > 0 && part < 2; part++)
    {
      PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets,
                                                 names[masked][part], legend && part == 0);
      double *y = g_new (double, n);

      for (gsize i = 0; i < n; i++)
        if (shown == SHOW_MODULUS)
          y[i] = part == 0 ? factor * hypot (re[i], im[i]) : -atan2 (im[i], re[i]) * 180 / G_PI;
        else
          y[i] = factor * (part == 0 ? re[i] : -im[i]);
      plateau_layer_take_xy (layer, g_memdup2 (frequency, n * sizeof (double)), y, n);
      plateau_array_take (&layer->key, g_memdup2 (frequency, n * sizeof (double)));
      layer->use_y2 = part == 1 && shown == SHOW_MODULUS;
      layer->style.marker = plateau_slot_get_marker (set->group->slot);
      layer->style.marker_size = 0.7;
      layer->style.width = 0.8;
      if (part == 1)
        {
          layer->style.dash = PLATEAU_DASH_DASHED;
          layer->style.fill = PLATEAU_FILL_OPEN;
        }
      if (masked)
        plot_style_masked (layer);
    }
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  gboolean legend;

  if (!sets)
    return FALSE;
  legend = plot_spectra_colour (context, sets, o->colour, FALSE);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Frequency"), "Hz");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  if (o->shown == SHOW_MODULUS)
    {
      plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, "|<i>Z</i>|", plot_per_unit (o->per));
      context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
      plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y2, _ ("−Phase (dashed)"), "°");
    }
  else
    plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("<i>Z</i>′, −<i>Z</i>″ (dashed)"),
                            plot_per_unit (o->per));
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          add_points (context, o, set, i, sets->len, FALSE, legend);
          add_points (context, o, set, i, sets->len, TRUE, FALSE);
        }
    }
  return TRUE;
}

const PlateauPlotKind plateau_plot_bode = {
  .id = "bode",
  .label = N_ ("Bode"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
