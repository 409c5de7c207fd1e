/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* gamma(ln tau) of one or many spectra, plain or stacked along a series. */

typedef struct
{
  gboolean stack, windows, area, labels;
  int colour;
} Options;

static const PlateauOption option_table[] = {
  { "stack", N_ ("Stacked"), N_ ("Spectra of a series above each other"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, stack) },
  { "windows", N_ ("Process windows"), N_ ("Bands that name the processes"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, windows) },
  { "area", N_ ("Filled"), N_ ("The area under each curve is tinted"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, area) },
  { "labels", N_ ("Labels"), N_ ("What each curve of a stack was taken at"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, labels) },
  { "colour", N_ ("Coloured by"), N_ ("What the spectra of a series are coloured by"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, colour), NULL, 0, 0, plot_series_axis_nicks,
    plot_series_axis_labels },
  { NULL },
};

static const Options option_defaults = { .windows = TRUE, .area = TRUE, .labels = TRUE };

static void
add_band (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
          const PlateauDrt *drt, double shift)
{
  PlateauLayer *layer;

  if (!drt->gamma_lower)
    return;
  layer = plot_spectrum_layer (context, PLATEAU_LAYER_BAND, set, index, n_sets, "band", FALSE);
  plateau_layer_take_xy (layer, g_memdup2 (drt->tau, drt->n_tau * sizeof (double)),
                         g_memdup2 (drt->gamma_mean, drt->n_tau * sizeof (double)), drt->n_tau);
  plateau_layer_take_y_range (layer, g_memdup2 (drt->gamma_lower, drt->n_tau * sizeof (double)),
                              g_memdup2 (drt->gamma_upper, drt->n_tau * sizeof (double)));
  layer->style.area_alpha = 0.25;
  layer->shift = shift;
}

static void
add_curve (PlateauPlotContext *context, const Options *o, const PlotSpectra *set, guint index,
           guint n_sets, const PlateauDrt *drt, gboolean legend, double shift)
{
  PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets,
                                             "gamma", legend);

  plateau_layer_take_xy (layer, g_memdup2 (drt->fine_tau, drt->n_fine * sizeof (double)),
                         g_memdup2 (drt->fine_gamma, drt->n_fine * sizeof (double)), drt->n_fine);
  layer->shift = shift;
  layer->style.area_alpha = !o->area                                        ? 0
                            : plot_spectrum_is_marked (context, set, index) ? 0.45
                                                                            : 0.18;
}

/* Peaks beyond the data, and what the analysis has to say, once. */
static void
add_notes (PlateauPlotContext *context, const PlotSpectra *set, guint index, const PlateauDrt *drt)
{
  g_autoptr (PlateauKk) kk = NULL;
  guint edge = 0;

  for (guint p = 0; p < drt->n_peaks; p++)
    edge += drt->peaks[p].extrapolated;
  if (edge > 0)
    plateau_panel_note (context->panel, _ ("%s: %u peaks lie beyond the measured frequencies"),
                        set->cell->name, edge);
  for (guint w = 0; drt->warnings[w]; w++)
    plateau_panel_note (context->panel, "%s: %s", set->cell->name, drt->warnings[w]);
  kk = plot_spectrum_get_test (context, set, index, NULL);
  if (kk && kk->verdict != PLATEAU_KK_SOUND)
    plateau_panel_note (context->panel, _ ("%s: Kramers-Kronig: %s"), set->cell->name,
                        kk->sentence);
}

/* Dotted lines where the data end: what lies outside is extrapolation, hatched in the windows. */
static void
add_limits (PlateauPlotContext *context, const Options *o, const PlateauDrt *drt)
{
  if (o->windows)
    {
      g_autoptr (GPtrArray) windows = plot_drt_windows (context);

      plot_hatch_windows (context, windows, drt);
      plot_name_windows (context, windows, drt->fine_tau[0], drt->fine_tau[drt->n_fine - 1]);
    }
  for (int side = 0; side < 2; side++)
    {
      PlateauAnnotation *a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_LINE,
                                                           NULL);

      a->x_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = side == 0 ? drt->measured_tau_low : drt->measured_tau_high;
      a->y = NAN;
      a->dash = PLATEAU_DASH_DOTTED;
      a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
    }
}

static void
fill_rows (PlateauTable *table, const PlotSpectra *set, guint index, const PlateauDrt *drt)
{
  for (gsize i = 0; i < drt->n_tau; i++)
    {
      guint row = plateau_table_add_row (table);

      plateau_table_set_text (table, row, 0, set->cell->name);
      plateau_table_set_number (table, row, 1, g_array_index (set->numbers, guint, index));
      plateau_table_set_number (table, row, 2, drt->tau[i]);
      plateau_table_set_number (table, row, 3, drt->gamma[i]);
    }
}

static void
set_axes (PlateauPlotContext *context, const Options *o)
{
  PlateauPanel *panel = context->panel;
  g_autoptr (GPtrArray) windows = NULL;

  plateau_panel_set_axis (panel, PLATEAU_AXIS_X, "<i>τ</i>", "s");
  panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, "<i>γ</i>(ln <i>τ</i>)", "Ω");
  panel->axes[PLATEAU_AXIS_Y].head_room = 0.1;
  if (o->stack)
    panel->axes[PLATEAU_AXIS_Y].scale_bar = NAN;
  if (!o->windows)
    return;
  windows = plot_drt_windows (context);
  plot_add_windows (context, windows);
}

/* More bands than these hide each other. */
#define MOST_BANDS 4

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  PlateauTable *table;
  gboolean legend, limits = FALSE, band;
  guint drawn = 0;
  double others;

  if (!sets)
    return FALSE;
  band = plot_spectra_count (sets) <= MOST_BANDS;
  set_axes (context, o);
  others = plot_drt_largest_of_others (context);
  table = context->panel->data = plateau_table_new (_ ("Distribution of relaxation times"));
  plateau_table_add_column (table, "cell", _ ("Cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "spectrum", _ ("Spectrum"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "tau", "τ", "s", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "gamma", "γ(ln τ)", "ohm", PLATEAU_COLUMN_NUMBER, 6);
  legend = plot_spectra_colour (context, sets, o->colour, o->stack) && !o->stack;
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      g_autoptr (GPtrArray) results = plot_spectra_get_drts (context, set, band, error);
      guint every = o->stack ? plot_stack_every (set) : 1;
      double step;

      if (!results)
        return FALSE;
      step = o->stack
                 ? 1.4 * MAX (plot_drt_largest (results), others) / MAX (results->len / every, 4)
                 : 0;
      /* from the back, so that the areas of the lower curves lie in front */
      for (guint i = results->len; i-- > 0;)
        {
          const PlateauDrt *drt = g_ptr_array_index (results, i);

          double shift = step * i / every;

          if (!plot_stack_shows (context, set, i, every))
            continue;
          if (!drt)
            {
              plateau_panel_note (context->panel, _ ("%s, spectrum %u: no distribution"),
                                  set->cell->name, g_array_index (set->numbers, guint, i));
              continue;
            }
          if (!limits)
            add_limits (context, o, drt);
          limits = TRUE;
          add_band (context, set, i, sets->len, drt, shift);
          add_curve (context, o, set, i, sets->len, drt, legend, shift);
          if (o->stack && o->labels)
            plot_add_stack_label (context, set, i, shift);
          if (plot_spectra_count (sets) <= 3)
            add_notes (context, set, i, drt);
          fill_rows (table, set, i, drt);
          drawn++;
        }
    }
  if (drawn > 0)
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ ("No distribution could be computed for these spectra"));
  return FALSE;
}

const PlateauPlotKind plateau_plot_drt = {
  .id = "drt",
  .label = N_ ("Distribution of relaxation times"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
