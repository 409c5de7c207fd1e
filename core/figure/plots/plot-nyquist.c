/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include <glib/gi18n.h>
#include <math.h>

/* Complex plane: impedance, admittance or complex capacitance, plain or stacked along a series. */

typedef enum
{
  SHOW_IMPEDANCE,
  SHOW_ADMITTANCE,
  SHOW_CAPACITANCE,
} Shown;

typedef struct
{
  int shown, per, colour;
  gboolean stack, decades, fit, equal;
} Options;

static const char *const shown_nicks[] = { "impedance", "admittance", "capacitance", NULL };
static const char *const shown_labels[] = { N_ ("Impedance"), N_ ("Admittance"),
                                            N_ ("Complex capacitance"), NULL };
static const PlateauOption option_table[] = {
  { "quantity", N_ ("Quantity"), N_ ("What is drawn"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, shown), NULL, 0, 0, shown_nicks, shown_labels },
  { "per", N_ ("Normalised"), N_ ("By electrode area, or by area and thickness"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, per), NULL, 0, 0, plot_per_nicks,
    plot_per_labels },
  { "stack", N_ ("Stacked"), N_ ("Spectra of a series above each other"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, stack) },
  { "decades", N_ ("Decades of frequency"), N_ ("Points next to whole decades are marked"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, decades) },
  { "fit", N_ ("Fitted circuit"), N_ ("The fit of the project's circuit as a line"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, fit) },
  { "equal-units", N_ ("Equal units"), N_ ("One ohm is as long on both axes"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, equal) },
  { "colour", N_ ("Coloured by"), N_ ("What the spectra of a series are coloured by"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, colour), NULL, 0, 0, plot_series_axis_nicks,
    plot_series_axis_labels },
  { NULL },
};

static const Options option_defaults = { .decades = TRUE, .equal = TRUE };

static void
convert (Shown shown, double frequency, double re, double im, double factor, double *x, double *y)
{
  double a = re, b = im;

  if (shown == SHOW_ADMITTANCE)
    plateau_impedance_admittance (re, im, &a, &b);
  else if (shown == SHOW_CAPACITANCE)
    plateau_impedance_capacitance (frequency, re, im, &a, &b);
  if (shown != SHOW_IMPEDANCE)
    factor = 1 / factor;
  *x = a * factor;
  *y = (shown == SHOW_ADMITTANCE ? b : -b) * factor;
}

static char **
decade_labels (const double *frequency, gsize n)
{
  char **labels = g_new0 (char *, n + 1);

  for (int d = -5; d <= 8; d++)
    {
      double wanted = pow (10, d), best = 0.13;
      gsize at = n;

      for (gsize i = 0; i < n; i++)
        if (fabs (log10 (frequency[i] / wanted)) < best)
          {
            best = fabs (log10 (frequency[i] / wanted));
            at = i;
          }
      if (at < n && !labels[at])
        labels[at] = d == 0   ? g_strdup ("1 Hz")
                     : d == 3 ? g_strdup ("1 kHz")
                     : d == 6 ? g_strdup ("1 MHz")
                              : g_strdup_printf ("10<sup>%s%d</sup>", d < 0 ? "−" : "", ABS (d));
    }
  return labels;
}

static void
add_fit (PlateauPlotContext *context, const Options *o, const PlotSpectra *set, guint index,
         guint n_sets, double factor, double shift)
{
  PlateauCircuitOptions options = PLATEAU_CIRCUIT_OPTIONS_INIT;
  g_autoptr (PlateauCircuitFit) fit = NULL;
  g_autoptr (GError) error = NULL;

  if (plateau_plot_get_settings (context, "circuit", plateau_circuit_option_table, &options, &error)
      && options.circuit && *options.circuit)
    fit = plateau_circuit_fit (g_ptr_array_index (set->spectra, index), &options, NULL,
                               context->cancellable, &error);
  plateau_options_clear (plateau_circuit_option_table, &options);
  if (fit)
    {
      PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets,
                                                 "fit", FALSE);
      double *x = g_new (double, fit->n), *y = g_new (double, fit->n);

      for (gsize i = 0; i < fit->n; i++)
        convert (o->shown, fit->frequency[i], fit->fit_re[i], fit->fit_im[i], factor, &x[i], &y[i]);
      plateau_layer_take_xy (layer, x, y, fit->n);
      layer->style.colour = plateau_colour_simple (PLATEAU_COLOUR_INK);
      layer->style.marker = PLATEAU_MARKER_NONE;
      layer->shift = shift;
    }
  else
    plateau_panel_note (context->panel, "%s",
                        error ? error->message : _ ("No fit is shown: no circuit is chosen"));
}

/* The points of @spectrum as a layer without looks. */
static PlateauLayer *
add_points (PlateauPlotContext *context, const Options *o, const PlotSpectra *set, guint index,
            guint n_sets, PlateauSpectrum *spectrum, const char *what, gboolean legend)
{
  gsize n = plateau_spectrum_get_n (spectrum);
  const double *frequency = plateau_spectrum_peek_frequency (spectrum);
  double factor = plot_per_factor (context, set->cell, o->per);
  double *x = g_new (double, n), *y = g_new (double, n);
  PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets, what,
                                             legend);

  for (gsize i = 0; i < n; i++)
    convert (o->shown, frequency[i], plateau_spectrum_peek_re (spectrum)[i],
             plateau_spectrum_peek_im (spectrum)[i], factor, &x[i], &y[i]);
  plateau_layer_take_xy (layer, x, y, n);
  plateau_array_take (&layer->key, g_memdup2 (frequency, n * sizeof (double)));
  return layer;
}

static void
add_spectrum (PlateauPlotContext *context, const Options *o, const PlotSpectra *set, guint index,
              guint n_sets, gboolean legend, gboolean decades, double shift)
{
  PlateauSpectrum *spectrum = g_ptr_array_index (set->spectra, index);
  PlateauSpectrum *masked = g_ptr_array_index (set->masked, index);
  PlateauLayer *layer = add_points (context, o, set, index, n_sets, spectrum, "z", legend);

  layer->style.marker = plateau_slot_get_marker (set->group->slot);
  layer->style.marker_size = 0.8;
  layer->style.width = o->fit ? 0 : 0.7;
  layer->style.marker_every = 1;
  layer->shift = shift;
  if (decades)
    layer->point_label = decade_labels (plateau_spectrum_peek_frequency (spectrum),
                                        plateau_spectrum_get_n (spectrum));
  if (plateau_spectrum_get_n (masked) > 0)
    {
      layer = add_points (context, o, set, index, n_sets, masked, "masked", FALSE);
      plot_style_masked (layer);
      layer->shift = shift;
    }
  if (o->fit)
    add_fit (context, o, set, index, n_sets, plot_per_factor (context, set->cell, o->per), shift);
}

static void
set_axes (PlateauPlotContext *context, const Options *o)
{
  static const char *const x_titles[] = { "<i>Z</i>′", "<i>Y</i>′", "<i>C</i>′" };
  static const char *const y_titles[] = { "−<i>Z</i>″", "<i>Y</i>″", "−<i>C</i>″" };
  static const char *const units[3][3] = {
    { "Ω", "Ω cm<sup>2</sup>", "Ω cm" },
    { "S", "S cm<sup>−2</sup>", "S cm<sup>−1</sup>" },
    { "F", "F cm<sup>−2</sup>", "F cm<sup>−1</sup>" },
  };

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, x_titles[o->shown],
                          units[o->shown][o->per]);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, y_titles[o->shown],
                          units[o->shown][o->per]);
  context->panel->equal_units = o->equal && !o->stack;
}

static void
fill_table (PlateauPlotContext *context, GPtrArray *sets)
{
  PlateauTable *table = context->panel->data = plateau_table_new (_ ("Impedance"));

  plateau_table_add_column (table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "spectrum", _ ("Spectrum"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "frequency", _ ("Frequency"), "Hz", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "z_re", "Z′", "ohm", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "z_im", "Z″", "ohm", PLATEAU_COLUMN_NUMBER, 6);
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          PlateauSpectrum *spectrum = g_ptr_array_index (set->spectra, i);

          for (gsize k = 0; k < plateau_spectrum_get_n (spectrum); k++)
            {
              guint row = plateau_table_add_row (table);

              plateau_table_set_text (table, row, 0, set->cell->name);
              plateau_table_set_number (table, row, 1, g_array_index (set->numbers, guint, i));
              plateau_table_set_number (table, row, 2,
                                        plateau_spectrum_peek_frequency (spectrum)[k]);
              plateau_table_set_number (table, row, 3, plateau_spectrum_peek_re (spectrum)[k]);
              plateau_table_set_number (table, row, 4, plateau_spectrum_peek_im (spectrum)[k]);
            }
        }
    }
}

static double
largest_ordinate (PlateauPlotContext *context, const Options *o, GPtrArray *sets)
{
  double largest = 0;

  for (guint s = 0; sets && s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      double factor = plot_per_factor (context, set->cell, o->per);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          PlateauSpectrum *spectrum = g_ptr_array_index (set->spectra, i);

          for (gsize k = 0; k < plateau_spectrum_get_n (spectrum); k++)
            {
              double x, y;

              convert (o->shown, plateau_spectrum_peek_frequency (spectrum)[k],
                       plateau_spectrum_peek_re (spectrum)[k],
                       plateau_spectrum_peek_im (spectrum)[k], factor, &x, &y);
              largest = MAX (largest, y);
            }
        }
    }
  return largest;
}

/* The offset between neighbours of a stack, so that the highest arc leaves room for the others. */
static double
stack_step (PlateauPlotContext *context, const Options *o, GPtrArray *sets)
{
  g_autoptr (GPtrArray) others = plot_spectra_load_others (context);
  double largest = MAX (largest_ordinate (context, o, sets), largest_ordinate (context, o, others));
  guint shown = G_MAXUINT;

  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      shown = MIN (shown, set->spectra->len / plot_stack_every (set));
    }
  return 2.2 * largest / MAX (shown, 4);
}

/* Where decades can be read: the spectrum that reaches furthest. */
static guint
largest_spectrum (const PlotSpectra *set)
{
  guint best = 0;
  double furthest = 0;

  for (guint i = 0; i < set->spectra->len; i++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (set->spectra, i);

      for (gsize k = 0; k < plateau_spectrum_get_n (spectrum); k++)
        {
          double modulus = hypot (plateau_spectrum_peek_re (spectrum)[k],
                                  plateau_spectrum_peek_im (spectrum)[k]);

          if (modulus > furthest)
            {
              furthest = modulus;
              best = i;
            }
        }
    }
  return best;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  gboolean legend;
  double step = 0;

  if (!sets)
    return FALSE;
  set_axes (context, o);
  legend = plot_spectra_colour (context, sets, o->colour, o->stack) && !o->stack;
  if (o->stack)
    step = stack_step (context, o, sets);
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      guint largest = largest_spectrum (set);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          guint every = o->stack ? plot_stack_every (set) : 1;
          double shift = step * i / every;

          if (!plot_stack_shows (context, set, i, every))
            continue;
          add_spectrum (context, o, set, i, sets->len, legend,
                        o->decades && !o->stack && s == 0 && i == largest, shift);
          if (o->stack)
            plot_add_stack_label (context, set, i, shift);
        }
    }
  if (o->stack)
    {
      context->panel->axes[PLATEAU_AXIS_Y].scale_bar = NAN;
      context->panel->axes[PLATEAU_AXIS_X].head_room = 0.4; /* for the labels */
    }
  else if (o->shown == SHOW_IMPEDANCE)
    plot_nyquist_limit_tails (context);
  fill_table (context, sets);
  return TRUE;
}

const PlateauPlotKind plateau_plot_nyquist = {
  .id = "nyquist",
  .label = N_ ("Nyquist"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
