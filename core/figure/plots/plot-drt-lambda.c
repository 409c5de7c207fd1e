/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* Scores of every method over lambda, for one spectrum; and its peaks against lambda. */

#define N_LAMBDA 57
#define N_SENSITIVITY 25

static const struct
{
  PlateauDrtLambdaMethod method;
  const char *label;
  PlateauDash dash;
} curves[] = {
  { PLATEAU_DRT_LAMBDA_GCV, "GCV", PLATEAU_DASH_SOLID },
  { PLATEAU_DRT_LAMBDA_MGCV, "mGCV", PLATEAU_DASH_LONG },
  { PLATEAU_DRT_LAMBDA_RGCV, "rGCV", PLATEAU_DASH_DASH_DOT },
  { PLATEAU_DRT_LAMBDA_LCURVE, N_ ("L-curve"), PLATEAU_DASH_DASHED },
  { PLATEAU_DRT_LAMBDA_RE_IM, "re-im", PLATEAU_DASH_DOTTED },
};

/* Each score from 0 at its least to 1 at its largest value, positive ones in the logarithm. */
static void
normalise (const double *score, gsize n, double *y)
{
  double least = INFINITY, most = -INFINITY;
  gboolean positive = TRUE;

  for (gsize i = 0; i < n; i++)
    positive &= score[i] > 0;
  for (gsize i = 0; i < n; i++)
    {
      y[i] = positive ? log (score[i]) : score[i];
      if (!isfinite (y[i]))
        continue;
      least = MIN (least, y[i]);
      most = MAX (most, y[i]);
    }
  for (gsize i = 0; i < n; i++)
    y[i] = most > least ? (y[i] - least) / (most - least) : 0.5;
}

static void
add_score (PlateauPlotContext *context, const PlateauDrtScores *scores, guint c)
{
  PlateauDrtLambdaMethod method = curves[c].method;
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE,
                                                 curves[c].label, _ (curves[c].label));
  double *y = g_new (double, scores->n), *mx, *my;

  normalise (scores->score[method], scores->n, y);
  plateau_layer_take_xy (layer, g_memdup2 (scores->lambda, scores->n * sizeof (double)), y,
                         scores->n);
  layer->style.dash = curves[c].dash;
  layer->style.colour = plateau_colour_sequential (c / 4.0);
  if (!isfinite (scores->minimum[method]))
    return;
  mx = g_new (double, 1);
  my = g_new0 (double, 1);
  mx[0] = scores->minimum[method];
  layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, "minimum", NULL);
  plateau_layer_take_xy (layer, mx, my, 1);
  layer->style.colour = plateau_colour_sequential (c / 4.0);
  layer->style.marker = PLATEAU_MARKER_CIRCLE;
  layer->style.fill = scores->at_edge[method] ? PLATEAU_FILL_OPEN : PLATEAU_FILL_SOLID;
  if (scores->at_edge[method])
    plateau_panel_note (context->panel,
                        _ ("%s: minimum at the edge of the range (λ = %.1g), no choice"),
                        _ (curves[c].label), scores->minimum[method]);
}

static const PlotSpectra *
only_set (PlateauPlotContext *context, GPtrArray *sets)
{
  for (guint s = 0; s < sets->len; s++)
    if (((PlotSpectra *) g_ptr_array_index (sets, s))->spectra->len > 0)
      return g_ptr_array_index (sets, s);
  return NULL;
}

static void
set_lambda_axis (PlateauPlotContext *context, const PlateauDrtOptions *options)
{
  PlateauAnnotation *a;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "<i>λ</i>", NULL);
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
  if (options->lambda_method != PLATEAU_DRT_LAMBDA_FIXED)
    return;
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_LINE, NULL);
  a->x_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = options->lambda;
  a->y = NAN;
  a->colour = plateau_colour_simple (PLATEAU_COLOUR_ACCENT);
}

static gboolean
build_scores (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  g_autoptr (PlateauDrtScores) scores = NULL;
  const PlotSpectra *set;
  PlateauDrtOptions drt;

  if (!sets || !plot_drt_options (context, &drt, error))
    return FALSE;
  set = only_set (context, sets);
  scores = plateau_drt_score (g_ptr_array_index (set->spectra, 0), &drt, N_LAMBDA, 0x3e,
                              context->cancellable, error);
  if (!scores)
    return FALSE;
  set_lambda_axis (context, &drt);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Score, 0 to 1"), NULL);
  context->panel->axes[PLATEAU_AXIS_Y].labels = FALSE;
  for (guint c = 0; c < G_N_ELEMENTS (curves); c++)
    if (scores->score[curves[c].method])
      add_score (context, scores, c);
  return TRUE;
}

static gboolean
build_sensitivity (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error), results = NULL;
  g_autoptr (GPtrArray) windows = NULL;
  const PlotSpectra *set;
  PlateauDrtOptions drt;

  if (!sets || !plot_drt_options (context, &drt, error))
    return FALSE;
  set = only_set (context, sets);
  results = plateau_drt_lambda_sensitivity (g_ptr_array_index (set->spectra, 0), &drt,
                                            N_SENSITIVITY, context->cancellable, error);
  if (!results)
    return FALSE;
  windows = plot_drt_windows (context);
  set_lambda_axis (context, &drt);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Relaxation time of the peaks"), "s");
  context->panel->axes[PLATEAU_AXIS_Y].scale = PLATEAU_SCALE_LOG;
  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *one = g_ptr_array_index (results, i);

      for (guint p = 0; p < one->n_peaks; p++)
        {
          PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, "peak",
                                                         NULL);
          double *x = g_new (double, 1), *y = g_new (double, 1);

          x[0] = one->lambda;
          y[0] = one->peaks[p].tau;
          plateau_layer_take_xy (layer, x, y, 1);
          layer->style.marker = PLATEAU_MARKER_CIRCLE;
          /* the area of the disc follows the share of the resistance */
          layer->style.marker_size = 0.5 + 2.5 * sqrt (CLAMP (one->peaks[p].share, 0, 1));
          layer->style.colour = plateau_colour_slot (set->group->slot, 0);
          layer->style.fill = one->peaks[p].extrapolated ? PLATEAU_FILL_OPEN : PLATEAU_FILL_SOLID;
        }
    }
  return TRUE;
}

const PlateauPlotKind plateau_plot_drt_scores = {
  .id = "drt-scores",
  .label = N_ ("Scores over λ"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .build = build_scores,
};

const PlateauPlotKind plateau_plot_drt_sensitivity = {
  .id = "drt-sensitivity",
  .label = N_ ("Peaks against λ"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .build = build_sensitivity,
};
