/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"
#include "figure/plots/plot-cycling.h"

#include <glib/gi18n.h>
#include <math.h>

/* gamma of a full cell, the first, with half of gamma of symmetric cells, the others; each peak of
 * the full cell bears the name of the symmetric cell that it is of. */

static void
add_curve (PlateauPlotContext *context, const PlotSpectra *set, guint n_sets, const PlateauDrt *drt,
           gboolean half)
{
  PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, 0, n_sets, "gamma",
                                             TRUE);
  double *y = g_memdup2 (drt->fine_gamma, drt->n_fine * sizeof (double));

  for (gsize i = 0; half && i < drt->n_fine; i++)
    y[i] /= 2;
  plateau_layer_take_xy (layer, g_memdup2 (drt->fine_tau, drt->n_fine * sizeof (double)), y,
                         drt->n_fine);
  layer->style.area_alpha = half ? 0.18 : 0;
  if (half)
    {
      g_autofree char *label = g_strdup_printf (_ ("½ %s"), layer->label);

      g_free (layer->label);
      layer->label = g_steal_pointer (&label);
    }
}

static void
add_names (PlateauPlotContext *context, PlateauDrt *full, GPtrArray *halves,
           const char *const *names)
{
  PlateauDrt *const *symmetric = (PlateauDrt *const *) halves->pdata;
  g_autofree int *pairs = plateau_drt_assign (full, symmetric, halves->len);

  for (guint p = 0; p < full->n_peaks; p++)
    {
      int electrode = plateau_drt_find_electrode (full, pairs, p, symmetric, halves->len, NULL);
      PlateauAnnotation *a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT,
                                                           electrode >= 0 ? names[electrode] : "?");

      a->x_coordinates = PLATEAU_COORDINATES_DATA;
      a->y_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = full->peaks[p].tau;
      plateau_drt_evaluate (full, &a->x, 1, &a->y);
      a->horizontal = PLATEAU_ANCHOR_MIDDLE;
      a->vertical = PLATEAU_ANCHOR_END;
      a->small = TRUE;
    }
}

static void
set_axes (PlateauPlotContext *context)
{
  PlateauPanel *panel = context->panel;

  plateau_panel_set_axis (panel, PLATEAU_AXIS_X, "<i>τ</i>", "s");
  panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
  plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, "<i>γ</i>(ln <i>τ</i>)", "Ω");
  panel->axes[PLATEAU_AXIS_Y].head_room = 0.15;
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error), halves = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauDrt) full = NULL;

  if (!sets)
    return FALSE;
  halves = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_drt_unref);
  for (guint s = 0; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      g_autoptr (GPtrArray) drts = plot_spectra_get_drts (context, set, FALSE, error);
      PlateauDrt *drt;

      if (!drts)
        return FALSE;
      drt = drts->pdata[0];
      if (!drt)
        continue;
      add_curve (context, set, sets->len, drt, s > 0);
      if (s == 0)
        full = plateau_drt_ref (drt);
      else
        {
          g_ptr_array_add (halves, plateau_drt_ref (drt));
          g_ptr_array_add (names, plot_group_label (set->group));
        }
    }
  if (!full || halves->len == 0)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("Select the full cell first, then symmetric cells of its "
                              "electrodes: half of the resistance of each is shown"));
      return FALSE;
    }
  set_axes (context);
  add_names (context, full, halves, (const char *const *) names->pdata);
  context->panel->data = plateau_drt_assignment_table (
      full, (PlateauDrt *const *) halves->pdata, (const char *const *) names->pdata, halves->len);
  return TRUE;
}

const PlateauPlotKind plateau_plot_drt_symmetric = {
  .id = "drt-symmetric",
  .label = N_ ("Full cell and halves of symmetric cells"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .build = build,
};
