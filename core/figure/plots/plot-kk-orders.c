/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "analysis/plateau-kk.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* mu and chi2 of the linear Kramers-Kronig test against its number of elements, with the order that
 * is taken: the window's end can be moved by hand. */

static void
add_course (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
            const PlateauKk *kk, gboolean chi2, gboolean legend)
{
  PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets,
                                             chi2 ? "chi2" : "mu", legend && !chi2);
  double *x = g_new (double, kk->n_orders);

  for (guint k = 0; k < kk->n_orders; k++)
    x[k] = k + 1;
  plateau_layer_take_xy (
      layer, x, g_memdup2 (chi2 ? kk->order_chi2 : kk->order_mu, kk->n_orders * sizeof (double)),
      kk->n_orders);
  layer->use_y2 = chi2;
  layer->style.dash = chi2 ? PLATEAU_DASH_DASHED : PLATEAU_DASH_SOLID;
  layer->style.marker_size = 0.6;
  layer->style.width = 0.8;
}

static void
add_chosen (PlateauPlotContext *context, const PlateauKk *kk, double mu_limit)
{
  PlateauAnnotation *a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_WINDOW,
                                                       NULL);
  g_autofree char *text = NULL;

  a->x_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = 0;
  a->x1 = kk->elements;
  a->y = a->y1 = NAN;
  a->colour = plateau_colour_simple (PLATEAU_COLOUR_WINDOW);
  a->handle = g_strdup ("kk-order");
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_LINE, NULL);
  a->y_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = NAN;
  a->y = mu_limit;
  a->dash = PLATEAU_DASH_DOTTED;
  a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
  text = g_strdup_printf ("<i>M</i> = %u, <i>μ</i> = %.2f", kk->elements, kk->mu);
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, text);
  a->x_coordinates = a->y_coordinates = PLATEAU_COORDINATES_AXES;
  a->x = 0.97;
  a->y = 0.7;
  a->horizontal = PLATEAU_ANCHOR_END;
  a->small = TRUE;
}

static void
set_axes (PlateauPlotContext *context)
{
  PlateauPanel *panel = context->panel;

  plateau_panel_set_axis (panel, PLATEAU_AXIS_X, _ ("Number of RC elements <i>M</i>"), NULL);
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, "<i>μ</i>", NULL);
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y2, _ ("Pseudo <i>χ</i><sup>2</sup> (dashed)"), NULL);
  panel->axes[PLATEAU_AXIS_Y2].scale = PLATEAU_SCALE_LOG;
  panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error);
  PlateauKkOptions kk_options = PLATEAU_KK_OPTIONS_INIT;
  guint drawn = 0;

  if (!sets
      || !plateau_plot_get_settings (context, "kk", plateau_kk_option_table, &kk_options, error))
    return FALSE;
  set_axes (context);
  kk_options.method = PLATEAU_KK_LIN_KK; /* the other test has no order */
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      gboolean legend = plot_spectra_count (sets) <= 8;

      for (guint i = 0; i < set->spectra->len; i++)
        {
          g_autoptr (GError) reason = NULL;
          g_autoptr (PlateauKk) kk = plateau_kk_analyse (
              g_ptr_array_index (set->spectra, i), &kk_options, context->cancellable, &reason);

          if (!kk)
            {
              plateau_panel_note (context->panel, "%s: %s", set->cell->name, reason->message);
              continue;
            }
          add_course (context, set, i, sets->len, kk, FALSE, legend);
          add_course (context, set, i, sets->len, kk, TRUE, legend);
          if (drawn++ == 0)
            add_chosen (context, kk, kk_options.mu_limit);
        }
    }
  if (drawn > 0)
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ ("None of these spectra can be tested"));
  return FALSE;
}

const PlateauPlotKind plateau_plot_kk_orders = {
  .id = "kk-orders",
  .label = N_ ("Orders of the Kramers-Kronig test"),
  .page = "impedance",
  .needs = PLATEAU_KIND_EIS,
  .build = build,
};
