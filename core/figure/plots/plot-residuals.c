/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* Residuals in percent of |Z| against frequency: of the Kramers-Kronig test, and of the circuit. */

static PlateauLayer *
add_part (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
          const double *frequency, const double *residual, gsize n, gboolean imaginary)
{
  gboolean legend = !imaginary && n_sets * set->spectra->len <= 8;
  PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets,
                                             imaginary ? "im" : "re", legend);
  double *x = g_memdup2 (frequency, n * sizeof (double)), *y = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    y[i] = 100 * residual[i];
  plateau_layer_take_xy (layer, x, y, n);
  layer->style.marker = imaginary ? PLATEAU_MARKER_SQUARE : PLATEAU_MARKER_CIRCLE;
  layer->style.fill = imaginary ? PLATEAU_FILL_OPEN : PLATEAU_FILL_SOLID;
  layer->style.dash = imaginary ? PLATEAU_DASH_DASHED : PLATEAU_DASH_SOLID;
  layer->style.marker_size = 0.7;
  layer->style.width = 0.6;
  return layer;
}

static void
set_axes (PlateauPlotContext *context, double limit)
{
  PlateauAnnotation *a;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Frequency"), "Hz");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y,
                          _ ("Residual of <i>Z</i>′ and <i>Z</i>″ (open)"), "%");
  for (int side = -1; side <= 1; side++)
    {
      a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_LINE, NULL);
      a->y_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = NAN;
      a->y = 100 * side * limit;
      a->dash = side == 0 ? PLATEAU_DASH_SOLID : PLATEAU_DASH_DOTTED;
      a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
    }
}

/* The model that the verdict is of, where mu stopped at too few elements for it. */
static PlateauKk *
test_as_judged (PlateauPlotContext *context, PlateauSpectrum *spectrum,
                const PlateauKkOptions *options, GError **error)
{
  g_autoptr (PlateauKk) kk = plateau_kk_analyse (spectrum, options, context->cancellable, error);
  PlateauKkOptions judged = *options;

  if (!kk || kk->judged_elements == kk->elements)
    return g_steal_pointer (&kk);
  judged.elements = judged.max_elements = (int) kk->judged_elements;
  judged.capacitance = kk->judged_capacitance;
  return plateau_kk_analyse (spectrum, &judged, context->cancellable, error);
}

static PlateauLayer *
add_test (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
          const PlateauKk *kk)
{
  add_part (context, set, index, n_sets, kk->frequency, kk->residual_re, kk->n, FALSE);
  return add_part (context, set, index, n_sets, kk->frequency, kk->residual_im, kk->n, TRUE);
}

/* As it was measured, in grey behind the corrected spectrum. */
static void
add_before (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
            const PlateauKkOptions *options, const PlateauKk *after, gboolean notes)
{
  g_autoptr (PlateauKk)
      kk = test_as_judged (context, g_ptr_array_index (set->measured, index), options, NULL);
  guint first = context->panel->layers->len;

  if (!kk)
    return;
  add_test (context, set, index, n_sets, kk);
  for (guint l = first; l < context->panel->layers->len; l++)
    {
      PlateauLayer *layer = g_ptr_array_index (context->panel->layers, l);
      g_autofree char *id = layer->id;

      layer->id = g_strconcat (id, "/before", NULL);
      layer->style.colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
      g_free (layer->label);
      layer->label = l == first ? g_strdup (_ ("before the correction")) : NULL;
    }
  if (notes)
    plateau_panel_note (context->panel,
                        _ ("Largest residual %.2g %% before the correction for drift, %.2g %% "
                           "after it. Before: %s"),
                        100 * kk->largest, 100 * after->largest, kk->sentence);
}

static gboolean
build_test (PlateauPlotContext *context, PlateauKkMethod method, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  PlateauKkOptions kk_options = PLATEAU_KK_OPTIONS_INIT;
  gboolean notes;

  if (!sets
      || !plateau_plot_get_settings (context, "kk", plateau_kk_option_table, &kk_options, error))
    return FALSE;
  kk_options.method = method;
  set_axes (context, kk_options.limit);
  notes = plot_spectra_count (sets) <= 3;
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);

      for (guint i = 0; i < set->spectra->len; i++)
        {
          g_autoptr (GError) reason = NULL;
          g_autoptr (PlateauKk) kk = test_as_judged (context, g_ptr_array_index (set->spectra, i),
                                                     &kk_options, &reason);

          if (!kk)
            {
              plateau_panel_note (context->panel, "%s: %s", set->cell->name, reason->message);
              continue;
            }
          if (set->measured)
            add_before (context, set, i, sets->len, &kk_options, kk, notes);
          add_test (context, set, i, sets->len, kk);
          if (notes && set->measured)
            plateau_panel_note (context->panel, _ ("After it: %s"), kk->sentence);
          else if (notes && sets->len > 1)
            plateau_panel_note (context->panel, "%s: %s", set->cell->name, kk->sentence);
          else if (notes)
            plateau_panel_note (context->panel, "%s", kk->sentence);
        }
    }
  return TRUE;
}

static gboolean
build_kk (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  return build_test (context, PLATEAU_KK_LIN_KK, error);
}

static gboolean
build_zhit (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  return build_test (context, PLATEAU_KK_Z_HIT, error);
}

static void
residuals_of_fit (const PlateauCircuitFit *fit, double *re, double *im)
{
  for (gsize i = 0; i < fit->n; i++)
    {
      double modulus = hypot (fit->z_re[i], fit->z_im[i]);

      re[i] = (fit->z_re[i] - fit->fit_re[i]) / modulus;
      im[i] = (fit->z_im[i] - fit->fit_im[i]) / modulus;
    }
}

/* How good it is, to be held against another circuit, and what the data do not tell. */
static void
note_fit (PlateauPlotContext *context, const PlotSpectra *set, const PlateauCircuitFit *fit)
{
  plateau_panel_note (context->panel, _ ("%s: %u parameters, pseudo χ² %.3g, AICc %.1f"),
                      set->cell->name, fit->n_free, fit->pseudo_chi2, fit->aicc);
  for (guint w = 0; fit->warnings[w]; w++)
    plateau_panel_note (context->panel, "%s: %s", set->cell->name, fit->warnings[w]);
}

static gboolean
add_fit_residuals (PlateauPlotContext *context, GPtrArray *sets,
                   const PlateauCircuitOptions *options, GError **error)
{
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      g_autoptr (GPtrArray) errors = g_ptr_array_new ();
      g_autoptr (GPtrArray)
          fits = plateau_circuit_fit_series (set->spectra, options, errors, context->cancellable);

      for (guint i = 0; i < fits->len; i++)
        {
          const PlateauCircuitFit *fit = g_ptr_array_index (fits, i);
          g_autoptr (GError) reason = g_ptr_array_index (errors, i);
          g_autofree double *re = NULL, *im = NULL;

          if (!fit)
            {
              plateau_panel_note (context->panel, "%s: %s", set->cell->name, reason->message);
              continue;
            }
          re = g_new (double, fit->n);
          im = g_new (double, fit->n);
          residuals_of_fit (fit, re, im);
          add_part (context, set, i, sets->len, fit->frequency, re, fit->n, FALSE);
          add_part (context, set, i, sets->len, fit->frequency, im, fit->n, TRUE);
          if (plot_spectra_count (sets) <= 3)
            note_fit (context, set, fit);
        }
    }
  if (context->panel->layers->len > 0)
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       context->panel->notes->len > 0
                           ? (const char *) g_ptr_array_index (context->panel->notes, 0)
                           : _ ("Nothing could be fitted"));
  return FALSE;
}

static gboolean
build_fit (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  PlateauCircuitOptions circuit = PLATEAU_CIRCUIT_OPTIONS_INIT;
  gboolean ok;

  if (!sets)
    return FALSE;
  ok = plot_circuit_get_options (context, &circuit, error);
  if (ok)
    {
      set_axes (context, 0.01);
      ok = add_fit_residuals (context, sets, &circuit, error);
    }
  plateau_options_clear (plateau_circuit_option_table, &circuit);
  return ok;
}

const PlateauPlotKind plateau_plot_kk_residuals = {
  .id = "kk-residuals",
  .label = N_ ("Kramers-Kronig residuals"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .build = build_kk,
};

const PlateauPlotKind plateau_plot_zhit_residuals = {
  .id = "zhit-residuals",
  .label = N_ ("Z-HIT residuals"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .build = build_zhit,
};

const PlateauPlotKind plateau_plot_fit_residuals = {
  .id = "fit-residuals",
  .label = N_ ("Residuals of the circuit"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .build = build_fit,
};
