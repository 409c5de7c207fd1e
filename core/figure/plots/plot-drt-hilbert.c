/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* The Bayesian Hilbert transform of single spectra: one part as the other part predicts it, and the
 * scores of how well. */

/* More would take seconds and hide each other. */
#define MOST_SPECTRA 4
#define BAND_SIGMAS 3

typedef struct
{
  int part;
} Options;

enum
{
  PART_RE,
  PART_IM,
};

static const char *const part_nicks[] = { "re", "im", NULL };
static const char *const part_labels[] = { N_ ("Z′ by Z″"), N_ ("Z″ by Z′"), NULL };

static const PlateauOption option_table[] = {
  { "part", N_ ("Part"), N_ ("The part that the other one predicts"), PLATEAU_OPTION_CHOICE,
    G_STRUCT_OFFSET (Options, part), NULL, 0, 0, part_nicks, part_labels },
  { NULL },
};

static const Options option_defaults = { PART_RE };

/* A result that the cache can hold. */
typedef struct
{
  gatomicrefcount ref_count;
  PlateauDrtHilbert scores;
} Shared;

static Shared *
shared_ref (Shared *shared)
{
  g_atomic_ref_count_inc (&shared->ref_count);
  return shared;
}

static void
shared_unref (Shared *shared)
{
  if (!g_atomic_ref_count_dec (&shared->ref_count))
    return;
  plateau_drt_hilbert_clear (&shared->scores);
  g_free (shared);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shared, shared_unref)

typedef struct
{
  PlateauSpectrum *spectrum;
  const PlateauDrtOptions *options;
} Wanted;

static gpointer
compute (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = user_data;
  g_autoptr (Shared) shared = g_new0 (Shared, 1);

  g_atomic_ref_count_init (&shared->ref_count);
  if (!plateau_drt_hilbert (wanted->spectrum, wanted->options, &shared->scores, cancellable, error))
    return NULL;
  *size = sizeof *shared + 7 * shared->scores.n * sizeof (double);
  return g_steal_pointer (&shared);
}

static Shared *
get_scores (PlateauPlotContext *context, const PlotSpectra *set, guint index, GError **error)
{
  PlateauDrtOptions options;
  Wanted wanted = { g_ptr_array_index (set->spectra, index), &options };
  g_autofree char *settings = NULL, *key = NULL;

  if (!plot_drt_options (context, &options, error))
    return NULL;
  /* lambda is no part of it: what the slider moves must not compute it anew */
  options.lambda = 1;
  options.lambda_method = PLATEAU_DRT_LAMBDA_FIXED;
  settings = plot_options_text (plateau_drt_option_table, &options);
  key = g_strdup_printf ("hilbert %s %s #%u", settings, set->key,
                         g_array_index (set->numbers, guint, index));
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) shared_ref,
                            (GDestroyNotify) shared_unref, compute, &wanted, context->cancellable,
                            error);
}

/* The spectra that are drawn, at most MOST_SPECTRA. */
typedef void (*AddSpectrum) (PlateauPlotContext *context, const PlotSpectra *set, guint index,
                             guint n_sets, const PlateauDrtHilbert *h, gconstpointer data);

static gboolean
for_each (PlateauPlotContext *context, AddSpectrum add, gconstpointer data, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  guint drawn = 0, left_out = 0;

  if (!sets)
    return FALSE;
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          g_autoptr (GError) reason = NULL;
          g_autoptr (Shared) shared = NULL;

          if (drawn == MOST_SPECTRA)
            {
              left_out++;
              continue;
            }
          shared = get_scores (context, set, i, &reason);
          if (!shared)
            plateau_panel_note (context->panel, "%s: %s", set->cell->name, reason->message);
          else
            add (context, set, i, sets->len, &shared->scores, data);
          drawn += shared != NULL;
        }
    }
  if (left_out > 0)
    plateau_panel_note (
        context->panel,
        ngettext ("%u more spectrum is not shown", "%u more spectra are not shown", left_out),
        left_out);
  if (drawn > 0)
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ ("The Hilbert transform of none of these spectra could be computed"));
  return FALSE;
}

static void
add_prediction (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
                const PlateauDrtHilbert *h, gconstpointer data)
{
  gboolean im = ((const Options *) data)->part == PART_IM;
  const double *measured = im ? h->z_im : h->z_re;
  const double *predicted = im ? h->predicted_im : h->predicted_re;
  const double *deviation = im ? h->deviation_im : h->deviation_re;
  double sign = im ? -1 : 1, *y = g_new (double, h->n), *points = g_new (double, h->n);
  double *low = g_new (double, h->n), *high = g_new (double, h->n), *same = g_new (double, h->n);
  PlateauLayer *layer;

  for (gsize i = 0; i < h->n; i++)
    {
      y[i] = same[i] = sign * predicted[i];
      points[i] = sign * measured[i];
      low[i] = y[i] - BAND_SIGMAS * deviation[i];
      high[i] = y[i] + BAND_SIGMAS * deviation[i];
    }
  layer = plot_spectrum_layer (context, PLATEAU_LAYER_BAND, set, index, n_sets, "band", FALSE);
  plateau_layer_take_xy (layer, g_memdup2 (h->frequency, h->n * sizeof (double)), same, h->n);
  plateau_layer_take_y_range (layer, low, high);
  layer->style.area_alpha = 0.2;
  layer->in_fit = FALSE; /* a wide band must not hide the points */
  layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets, "predicted", FALSE);
  plateau_layer_take_xy (layer, g_memdup2 (h->frequency, h->n * sizeof (double)), y, h->n);
  layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets, "measured", TRUE);
  plateau_layer_take_xy (layer, g_memdup2 (h->frequency, h->n * sizeof (double)), points, h->n);
  layer->style.marker = plateau_slot_get_marker (set->group->slot);
  layer->style.marker_size = 0.7;
  layer->style.width = 0;
}

static gboolean
build_prediction (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Frequency"), "Hz");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y,
                          o->part == PART_RE ? "<i>Z</i>′" : "−<i>Z</i>″", "Ω");
  plateau_panel_note (context->panel, o->part == PART_RE
                                          ? _ ("Points: measured; line and band: Z′ as Z″ predicts "
                                               "it, ± 3 standard deviations")
                                          : _ ("Points: measured; line and band: Z″ as Z′ predicts "
                                               "it, ± 3 standard deviations"));
  return for_each (context, add_prediction, options, error);
}

/* Of each score the two parts beside each other, solid and open. */
#define N_SCORES 6

typedef struct
{
  guint n, drawn; /* spectra there are, and those drawn so far */
} Bars;

static void
add_scores (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
            const PlateauDrtHilbert *h, gconstpointer data)
{
  Bars *bars = (Bars *) data;
  const double scores[N_SCORES][2] = {
    { h->mean_re, h->mean_im },
    { h->residual_re[0], h->residual_im[0] },
    { h->residual_re[1], h->residual_im[1] },
    { h->residual_re[2], h->residual_im[2] },
    { h->hellinger_re, h->hellinger_im },
    { h->jensen_shannon_re, h->jensen_shannon_im },
  };
  double width = 0.8 / (2 * bars->n);

  for (int part = 0; part < 2; part++)
    {
      PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_BAR, set, index, n_sets,
                                                 part == 0 ? "re" : "im", part == 0);
      double *x = g_new (double, N_SCORES), *y = g_new (double, N_SCORES);

      for (guint k = 0; k < N_SCORES; k++)
        {
          x[k] = k + (2.0 * bars->drawn + part + 0.5) * width - 0.4;
          y[k] = scores[k][part];
        }
      plateau_layer_take_xy (layer, x, y, N_SCORES);
      layer->bar_width = 0.92 * width;
      layer->style.area_alpha = part == 0 ? 0.85 : 0.25;
      layer->style.width = 0.8;
    }
  bars->drawn++;
}

static gboolean
build_scores (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  static const char *const names[] = { "<i>s</i><sub>μ</sub>",
                                       "<i>s</i><sub>1σ</sub>",
                                       "<i>s</i><sub>2σ</sub>",
                                       "<i>s</i><sub>3σ</sub>",
                                       "<i>s</i><sub>HD</sub>",
                                       "<i>s</i><sub>JSD</sub>",
                                       NULL };
  PlateauAxis *x = &context->panel->axes[PLATEAU_AXIS_X];
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  Bars bars = { 0, 0 };

  if (!sets)
    return FALSE;
  bars.n = MIN (plot_spectra_count (sets), MOST_SPECTRA);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "", NULL);
  x->scale = PLATEAU_SCALE_CATEGORY;
  g_strfreev (x->categories);
  x->categories = g_strdupv ((char **) names);
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, _ ("Score of Z′ and of Z″ (light)"),
                          NULL);
  context->panel->axes[PLATEAU_AXIS_Y].min = 0;
  context->panel->axes[PLATEAU_AXIS_Y].max = 1.25; /* room for the legend */
  return for_each (context, add_scores, &bars, error);
}

const PlateauPlotKind plateau_plot_drt_hilbert = {
  .id = "drt-hilbert",
  .label = N_ ("Hilbert transform of a spectrum"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build_prediction,
};

const PlateauPlotKind plateau_plot_drt_hilbert_scores = {
  .id = "drt-hilbert-scores",
  .label = N_ ("Scores of the Hilbert transform"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .build = build_scores,
};
