/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* gamma as colour over tau and the course of a series: one cell a panel. */

typedef struct
{
  int axis;
  gboolean windows, logarithmic;
} Options;

static const PlateauOption option_table[] = {
  { "against", N_ ("Against"), N_ ("What the spectra are placed by"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, axis), NULL, 0, 0, plot_series_axis_nicks, plot_series_axis_labels },
  { "windows", N_ ("Process windows"), N_ ("Dotted lines at the ends of the windows"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, windows) },
  { "logarithmic", N_ ("Logarithmic colours"), N_ ("So that small processes are seen too"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, logarithmic) },
  { NULL },
};

static const Options option_defaults = { PLOT_SERIES_AUTO, TRUE, TRUE };

/* 1: rising, -1: falling, 0: neither */
static int
direction (const PlotSpectra *set, PlotSeriesAxis axis)
{
  int sign = 0;

  for (guint i = 1; i < set->spectra->len; i++)
    {
      double step = plot_series_value (set, i, axis) - plot_series_value (set, i - 1, axis);
      int here = (step > 0) - (step < 0);

      if (here == 0 || (sign != 0 && here != sign))
        return 0;
      sign = here;
    }
  return sign;
}

/* A map needs places that go one way: those wanted, else (a charge and the discharge after it) the
 * time, else their numbers. */
static PlotSeriesAxis
one_way_axis (const PlotSpectra *set, PlotSeriesAxis wanted)
{
  if (direction (set, wanted) != 0)
    return wanted;
  return direction (set, PLOT_SERIES_TIME) != 0 ? PLOT_SERIES_TIME : PLOT_SERIES_NUMBER;
}

static void
add_window_lines (PlateauPlotContext *context)
{
  g_autoptr (GPtrArray) windows = plot_drt_windows (context);

  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);

      for (int side = 0; side < 2; side++)
        {
          PlateauAnnotation *a = plateau_panel_add_annotation (context->panel,
                                                               PLATEAU_ANNOTATION_LINE, NULL);

          a->x_coordinates = PLATEAU_COORDINATES_DATA;
          a->x = side == 0 ? window->low : window->high;
          a->y = NAN;
          a->dash = PLATEAU_DASH_DOTTED;
          a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
        }
    }
}

/* A line through the marked spectrum. */
static void
add_mark (PlateauPlotContext *context, const PlotSpectra *set, PlotSeriesAxis axis)
{
  for (guint i = 0; i < set->spectra->len; i++)
    if (plot_spectrum_is_marked (context, set, i))
      {
        PlateauAnnotation *a = plateau_panel_add_annotation (context->panel,
                                                             PLATEAU_ANNOTATION_LINE, NULL);

        a->y_coordinates = PLATEAU_COORDINATES_DATA;
        a->x = NAN;
        a->y = plot_series_value (set, i, axis);
        a->colour = plateau_colour_simple (PLATEAU_COLOUR_INK);
      }
}

static void
add_map (PlateauPlotContext *context, const PlotSpectra *set, GPtrArray *results,
         PlotSeriesAxis axis, const PlateauDrt *first, gboolean logarithmic)
{
  gsize nx = first->n_tau, ny = results->len;
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_MAP, "map", NULL);
  double *z = g_new0 (double, nx *ny), *y = g_new (double, ny), largest = 0;
  double *number = g_new (double, ny);
  gboolean falling = direction (set, axis) < 0;

  for (gsize k = 0; k < ny; k++)
    {
      guint index = (guint) (falling ? ny - 1 - k : k); /* rows of a map rise */
      const PlateauDrt *drt = g_ptr_array_index (results, index);

      y[k] = plot_series_value (set, index, axis);
      number[k] = g_array_index (set->numbers, guint, index);
      if (drt)
        plateau_drt_evaluate (drt, first->tau, nx, z + k * nx);
      else
        for (gsize i = 0; i < nx; i++)
          z[k * nx + i] = NAN;
      for (gsize i = 0; i < nx; i++)
        if (z[k * nx + i] > largest)
          largest = z[k * nx + i];
    }
  largest = MAX (largest, plot_drt_largest_of_others (context));
  if (logarithmic)
    for (gsize k = 0; k < nx * ny; k++)
      z[k] = MAX (z[k], largest * 2e-3);
  plateau_layer_take_xy (layer, g_memdup2 (first->tau, nx * sizeof (double)), y, nx);
  layer->n = nx;
  plateau_array_take (&layer->z, z);
  plateau_array_take (&layer->key, number);
  layer->map_nx = nx;
  layer->map_ny = ny;
  layer->tag.cell = set->cell->id;
  context->panel->colour_bar.used = TRUE;
  context->panel->colour_bar.title = g_strdup ("<i>γ</i> / Ω");
  context->panel->colour_bar.palette = PLATEAU_PALETTE_DENSITY;
  context->panel->colour_bar.scale = logarithmic ? PLATEAU_SCALE_LOG : PLATEAU_SCALE_LINEAR;
  context->panel->colour_bar.min = logarithmic ? largest * 2e-3 : 0;
  context->panel->colour_bar.max = largest;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error), results = NULL;
  const PlotSpectra *set;
  const PlateauDrt *first = NULL;
  PlotSeriesAxis axis;

  if (!sets)
    return FALSE;
  set = g_ptr_array_index (sets, 0);
  if (sets->len > 1)
    plateau_panel_note (context->panel, _ ("The map shows %s; others need panels of their own"),
                        set->cell->name);
  results = plot_spectra_get_drts (context, set, FALSE, error);
  if (!results)
    return FALSE;
  for (guint i = 0; i < results->len && !first; i++)
    first = g_ptr_array_index (results, i);
  if (!first || results->len < 2)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("A map needs a series of at least two spectra"));
      return FALSE;
    }
  axis = one_way_axis (set, plot_series_axis_choose (sets, o->axis));
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "<i>τ</i>", "s");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
  plot_series_set_axis (context, PLATEAU_AXIS_Y, axis);
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0;
  add_map (context, set, results, axis, first, o->logarithmic);
  if (o->windows)
    add_window_lines (context);
  add_mark (context, set, axis);
  return TRUE;
}

const PlateauPlotKind plateau_plot_drt_map = {
  .id = "drt-map",
  .label = N_ ("Map of relaxation times along a series"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
