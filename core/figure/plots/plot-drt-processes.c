/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-number.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>

/* Resistance of each process along a series: the area of gamma inside its window, or that of a peak
 * that is followed from spectrum to spectrum. */

#define MOST_STEP 0.7 /* decades that a peak may move from one spectrum to the next */
#define MOST_TRACKS 8 /* those that are seen most often */

typedef struct
{
  int axis, of;
  gboolean logarithmic;
} Options;

enum
{
  OF_WINDOWS,
  OF_PEAKS,
};

static const char *const of_nicks[] = { "windows", "peaks", NULL };
static const char *const of_labels[] = { N_ ("Process windows"), N_ ("Peaks that are followed"),
                                         NULL };

static const PlateauOption option_table[] = {
  { "against", N_ ("Against"), N_ ("What the resistances are drawn against"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, axis), NULL, 0, 0, plot_series_axis_nicks, plot_series_axis_labels },
  { "processes", N_ ("Processes"),
    N_ ("The area inside each window, or each peak followed along the series"),
    PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, of), NULL, 0, 0, of_nicks, of_labels },
  { "logarithmic", N_ ("Logarithmic"), N_ ("Resistances on a logarithmic axis"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, logarithmic) },
  { NULL },
};

static const Options option_defaults = { PLOT_SERIES_AUTO, OF_WINDOWS, TRUE };

static const PlateauMarker window_markers[] = {
  PLATEAU_MARKER_CIRCLE,
  PLATEAU_MARKER_SQUARE,
  PLATEAU_MARKER_TRIANGLE,
  PLATEAU_MARKER_DIAMOND,
};

/* Activation energy from ln R over 1000/T, in the panel's notes. */
static void
note_activation (PlateauPlotContext *context, const char *name, const double *x, const double *y,
                 gsize n)
{
  g_autofree double *ln_r = g_new (double, n);
  PlateauLine line;

  for (gsize i = 0; i < n; i++)
    ln_r[i] = y[i] > 0 ? log (y[i]) : NAN;
  if (n >= 3 && plateau_fit_line (x, ln_r, NULL, n, &line))
    {
      const double k_ev = 8.617333262e-5 * 1000;

      g_autofree char *number = plateau_format_with_error (line.slope * k_ev,
                                                           line.slope_stderr * k_ev);

      plateau_panel_note (context->panel, _ ("%s: activation energy %s eV"), name, number);
    }
}

static void
style_process (PlateauLayer *layer, const PlotSpectra *set, guint number, gboolean extrapolated)
{
  plateau_layer_style_for_slot (&layer->style, set->group->slot);
  layer->style.marker = window_markers[number % G_N_ELEMENTS (window_markers)];
  layer->style.dash = extrapolated ? PLATEAU_DASH_DOTTED : PLATEAU_DASH_SOLID;
  layer->style.fill = extrapolated                                ? PLATEAU_FILL_OPEN
                      : set->group->slot == PLATEAU_SLOT_PRISTINE ? PLATEAU_FILL_OPEN
                                                                  : PLATEAU_FILL_SOLID;
  layer->tag.cell = set->cell->id;
  layer->tag.sample = set->group->sample ? set->group->sample->id : 0;
}

/* What a track is called: its process, or where it lies; as markup, and @plain. */
static char *
name_of_track (GPtrArray *windows, double tau, char **plain)
{
  const char *name = plateau_drt_windows_assign (windows, tau);
  int exponent = (int) floor (log10 (tau));

  *plain = name ? g_strdup (name) : g_strdup_printf ("τ ≈ %.1e s", tau);
  for (guint w = 0; name && w < windows->len; w++)
    if (g_strcmp0 (((PlateauDrtWindow *) windows->pdata[w])->name, name) == 0)
      return plot_window_markup (windows->pdata[w]);
  return g_strdup_printf ("%.0f×10<sup>%s%d</sup> s", tau / pow (10, exponent),
                          exponent < 0 ? "−" : "", ABS (exponent));
}

static void
add_track (PlateauPlotContext *context, const PlotSpectra *set, GPtrArray *results,
           const int *peaks, GPtrArray *windows, guint number, PlotSeriesAxis axis)
{
  double *x = g_new (double, results->len), *y = g_new (double, results->len);
  double ln_tau = 0;
  gboolean extrapolated = FALSE;
  gsize n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, i);
      const PlateauDrtPeak *peak = drt && peaks[i] >= 0 ? &drt->peaks[peaks[i]] : NULL;

      if (!peak)
        continue;
      x[n] = plot_series_value (set, i, axis);
      y[n++] = peak->resistance;
      ln_tau += log (peak->tau);
      extrapolated |= peak->extrapolated;
    }
  g_autofree char *plain = NULL;
  g_autofree char *name = name_of_track (windows, exp (ln_tau / n), &plain);
  g_autofree char *label = g_strconcat (name, extrapolated ? " *" : "", NULL);
  g_autofree char *id = g_strdup_printf ("track/%s/%u", set->cell->name, number);
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);

  style_process (layer, set, number, extrapolated);
  if (extrapolated)
    plateau_panel_note (context->panel, "%s", _ ("* extrapolated beyond the measured frequencies"));
  if (axis == PLOT_SERIES_INVERSE_TEMPERATURE)
    note_activation (context, plain, x, y, n);
  plateau_layer_take_xy (layer, x, y, n);
}

/* Tracks of at least a third of the spectra, by rising tau. */
static void
add_tracks (PlateauPlotContext *context, const PlotSpectra *set, GPtrArray *results,
            GPtrArray *windows, PlotSeriesAxis axis)
{
  g_autoptr (PlateauDrtTracks)
      tracks = plateau_drt_track ((PlateauDrt *const *) results->pdata, results->len, MOST_STEP);
  guint number = 0, left_out = 0;

  for (guint t = 0; t < tracks->n_tracks; t++)
    {
      const int *peaks = tracks->peak + (gsize) t * tracks->n_spectra;
      guint seen = 0;

      for (guint i = 0; i < tracks->n_spectra; i++)
        seen += peaks[i] >= 0;
      if (3 * seen < results->len || number == MOST_TRACKS)
        left_out++;
      else
        add_track (context, set, results, peaks, windows, number++, axis);
    }
  if (left_out > 0)
    plateau_panel_note (context->panel,
                        ngettext ("%s: %u peak of few spectra is left out",
                                  "%s: %u peaks of few spectra are left out", left_out),
                        set->cell->name, left_out);
}

static void
add_process (PlateauPlotContext *context, const PlotSpectra *set, GPtrArray *results,
             const PlateauDrtWindow *window, guint number, PlotSeriesAxis axis,
             gboolean logarithmic)
{
  g_autofree char *brief = plot_window_markup (window);
  gboolean extrapolated = FALSE;
  g_autofree char *id = g_strdup_printf ("process/%s/%u", set->cell->name, number);
  g_autofree char *label = NULL;
  double *x = g_new (double, results->len), *y = g_new (double, results->len);
  PlateauLayer *layer;
  gsize n = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, i);

      if (!drt)
        continue;
      x[n] = plot_series_value (set, i, axis);
      y[n] = plateau_drt_area (drt, window->low, window->high);
      /* Less than half a percent of the whole is what noise and regularisation leave in an empty
       * window; on a logarithmic axis it would press everything else together. */
      if (logarithmic && y[n] < 5e-3 * drt->polarisation_resistance)
        y[n] = NAN;
      extrapolated |= window->low < drt->measured_tau_low * 0.999
                      || window->high > drt->measured_tau_high * 1.001;
      n++;
    }
  /* The marker tells the process in all samples; their colours are named on their own. */
  label = g_strconcat (brief, extrapolated ? " *" : "", NULL);
  layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);
  style_process (layer, set, number, extrapolated);
  if (axis == PLOT_SERIES_INVERSE_TEMPERATURE)
    note_activation (context, window->name, x, y, n);
  if (extrapolated)
    plateau_panel_note (context->panel, "%s", _ ("* extrapolated beyond the measured frequencies"));
  if (extrapolated)
    plateau_panel_note (context->panel,
                        _ ("%s: part of the window “%s” lies beyond the measured frequencies"),
                        set->cell->name, window->name);
  plateau_layer_take_xy (layer, x, y, n);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  g_autoptr (GPtrArray) windows = NULL;
  PlotSeriesAxis axis;

  if (!sets)
    return FALSE;
  windows = plot_drt_windows (context);
  axis = plot_series_axis_choose (sets, o->axis);
  plot_series_set_axis (context, PLATEAU_AXIS_X, axis);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Resistance"), "Ω");
  context->panel->axes[PLATEAU_AXIS_Y].scale = o->logarithmic ? PLATEAU_SCALE_LOG
                                                              : PLATEAU_SCALE_LINEAR;
  if (context->panel->legend.columns == 0)
    context->panel->legend.columns = 2; /* a low legend leaves the plot its room */
  for (guint s = 0; sets->len > 1 && s < sets->len; s++)
    plot_name_sample (context, g_ptr_array_index (sets, s));
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      g_autoptr (GPtrArray) results = plot_spectra_get_drts (context, set, FALSE, error);

      if (!results)
        return FALSE;
      if (o->of == OF_PEAKS)
        add_tracks (context, set, results, windows, axis);
      for (guint w = 0; o->of == OF_WINDOWS && w < windows->len; w++)
        add_process (context, set, results, g_ptr_array_index (windows, w), w, axis,
                     o->logarithmic);
    }
  return TRUE;
}

const PlateauPlotKind plateau_plot_drt_processes = {
  .id = "drt-processes",
  .label = N_ ("Resistance of each process along a series"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
