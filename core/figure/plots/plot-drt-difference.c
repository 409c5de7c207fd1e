/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* gamma of each cell less that of the first one, at the same potential and on the same branch. */

#define MOST_APART 0.05 /* V between the two spectra of a pair */

/* The spectrum of @base that belongs to spectrum @index of @set; -1: none. */
static int
find_partner (const PlotSpectra *base, const PlotSpectra *set, guint index)
{
  double wanted = plot_series_value (set, index, PLOT_SERIES_POTENTIAL), nearest = MOST_APART;
  gboolean charge = plateau_impedance_is_on_charge (set->spectra, index);
  int partner = -1;

  if (base->spectra->len == 1 && set->spectra->len == 1)
    return 0;
  for (guint i = 0; i < base->spectra->len; i++)
    {
      double off = fabs (plot_series_value (base, i, PLOT_SERIES_POTENTIAL) - wanted);

      if (off <= nearest && plateau_impedance_is_on_charge (base->spectra, i) == charge)
        {
          nearest = off;
          partner = (int) i;
        }
    }
  return partner;
}

static void
add_pair (PlateauPlotContext *context, const PlotSpectra *set, guint index, guint n_sets,
          const PlateauDrt *drt, const PlateauDrt *base)
{
  PlateauLayer *layer = plot_spectrum_layer (context, PLATEAU_LAYER_LINE, set, index, n_sets,
                                             "difference", TRUE);
  double *x = g_memdup2 (drt->fine_tau, drt->n_fine * sizeof (double));
  double *y = g_new (double, drt->n_fine);

  plateau_drt_evaluate (base, x, drt->n_fine, y);
  for (gsize i = 0; i < drt->n_fine; i++)
    y[i] = drt->fine_gamma[i] - y[i];
  plateau_layer_take_xy (layer, x, y, drt->n_fine);
  layer->style.area_alpha = 0.18;
}

static void
set_axes (PlateauPlotContext *context, const PlotSpectra *base)
{
  g_autoptr (GPtrArray) windows = plot_drt_windows (context);
  PlateauAnnotation *zero;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "<i>τ</i>", "s");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y, "Δ<i>γ</i>(ln <i>τ</i>)", "Ω");
  context->panel->axes[PLATEAU_AXIS_Y].head_room = 0.1;
  plateau_panel_note (context->panel, _ ("Difference to %s"), base->cell->name);
  plot_add_windows (context, windows);
  zero = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_LINE, NULL);
  zero->y_coordinates = PLATEAU_COORDINATES_DATA;
  zero->x = NAN;
  zero->y = 0;
  zero->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
}

static void
name_windows (PlateauPlotContext *context, const PlateauDrt *drt)
{
  g_autoptr (GPtrArray) windows = plot_drt_windows (context);

  plot_name_windows (context, windows, drt->fine_tau[0], drt->fine_tau[drt->n_fine - 1]);
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error), base_drts = NULL;
  const PlotSpectra *base;
  guint drawn = 0, alone = 0;

  if (!sets)
    return FALSE;
  base = g_ptr_array_index (sets, 0);
  base_drts = plot_spectra_get_drts (context, base, FALSE, error);
  if (!base_drts)
    return FALSE;
  set_axes (context, base);
  for (guint s = 1; s < sets->len; s++)
    {
      const PlotSpectra *set = g_ptr_array_index (sets, s);
      g_autoptr (GPtrArray) drts = plot_spectra_get_drts (context, set, FALSE, error);

      if (!drts)
        return FALSE;
      for (guint i = 0; i < drts->len; i++)
        {
          int partner = find_partner (base, set, i);

          if (partner < 0 || !drts->pdata[i] || !base_drts->pdata[partner])
            {
              alone++;
              continue;
            }
          if (drawn == 0)
            name_windows (context, drts->pdata[i]);
          add_pair (context, set, i, sets->len, drts->pdata[i], base_drts->pdata[partner]);
          drawn++;
        }
    }
  if (alone > 0)
    plateau_panel_note (context->panel,
                        _ ("%u spectra have none of %s within %.0f mV on the same branch"), alone,
                        base->cell->name, 1e3 * MOST_APART);
  if (drawn > 0)
    return TRUE;
  g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                       _ ("A difference needs spectra of two cells at the same potential"));
  return FALSE;
}

/* What a row of the map is made of. */
typedef struct
{
  double place;
  const PlateauDrt *drt, *base;
} Row;

/* The longest run of pairs whose places go one way, up the map: of a charge and the discharge after
 * it, the charge. */
static void
keep_one_way (GArray *rows)
{
  guint n = 1;

  while (n < rows->len
         && (g_array_index (rows, Row, n).place - g_array_index (rows, Row, n - 1).place)
                    * (g_array_index (rows, Row, 1).place - g_array_index (rows, Row, 0).place)
                > 0)
    n++;
  g_array_set_size (rows, MIN (n, rows->len));
  if (rows->len > 1 && g_array_index (rows, Row, 1).place < g_array_index (rows, Row, 0).place)
    for (guint i = 0; i < rows->len / 2; i++)
      {
        Row swap = g_array_index (rows, Row, i);

        g_array_index (rows, Row, i) = g_array_index (rows, Row, rows->len - 1 - i);
        g_array_index (rows, Row, rows->len - 1 - i) = swap;
      }
}

static GArray *
find_rows (const PlotSpectra *base, GPtrArray *base_drts, const PlotSpectra *set, GPtrArray *drts,
           PlotSeriesAxis axis)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < drts->len; i++)
    {
      int partner = find_partner (base, set, i);
      Row row = { plot_series_value (set, i, axis), drts->pdata[i],
                  partner >= 0 ? base_drts->pdata[partner] : NULL };

      if (row.drt && row.base && isfinite (row.place))
        g_array_append_val (rows, row);
    }
  keep_one_way (rows);
  return rows;
}

static void
add_map (PlateauPlotContext *context, const PlotSpectra *set, GArray *rows)
{
  const PlateauDrt *first = g_array_index (rows, Row, 0).drt;
  gsize nx = first->n_tau, ny = rows->len;
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_MAP, "map", NULL);
  double *z = g_new (double, nx *ny), *y = g_new (double, ny), largest = 0;
  g_autofree double *base = g_new (double, nx);

  for (gsize k = 0; k < ny; k++)
    {
      const Row *row = &g_array_index (rows, Row, k);

      y[k] = row->place;
      plateau_drt_evaluate (row->drt, first->tau, nx, z + k * nx);
      plateau_drt_evaluate (row->base, first->tau, nx, base);
      for (gsize i = 0; i < nx; i++)
        {
          z[k * nx + i] -= base[i];
          largest = MAX (largest, fabs (z[k * nx + i]));
        }
    }
  plateau_layer_take_xy (layer, g_memdup2 (first->tau, nx * sizeof (double)), y, nx);
  layer->n = nx;
  plateau_array_take (&layer->z, z);
  layer->map_nx = nx;
  layer->map_ny = ny;
  layer->tag.cell = set->cell->id;
  context->panel->colour_bar = (PlateauColourBar){ .used = TRUE,
                                                   .title = g_strdup ("Δ<i>γ</i> / Ω"),
                                                   .palette = PLATEAU_PALETTE_DIFFERENCE,
                                                   .min = -largest,
                                                   .max = largest };
}

static gboolean
build_map (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  g_autoptr (GPtrArray) sets = plot_spectra_load (context, error), base_drts = NULL, drts = NULL;
  g_autoptr (GArray) rows = NULL;
  const PlotSpectra *base, *set;

  if (!sets)
    return FALSE;
  base = g_ptr_array_index (sets, 0);
  set = g_ptr_array_index (sets, sets->len > 1 ? 1 : 0);
  base_drts = plot_spectra_get_drts (context, base, FALSE, error);
  drts = base_drts ? plot_spectra_get_drts (context, set, FALSE, error) : NULL;
  if (!drts)
    return FALSE;
  rows = find_rows (base, base_drts, set, drts, PLOT_SERIES_POTENTIAL);
  if (sets->len < 2 || rows->len < 2)
    {
      g_set_error_literal (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                           _ ("A difference map needs series of two cells over the same "
                              "potentials"));
      return FALSE;
    }
  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, "<i>τ</i>", "s");
  context->panel->axes[PLATEAU_AXIS_X].scale = PLATEAU_SCALE_LOG;
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0;
  plot_series_set_axis (context, PLATEAU_AXIS_Y, PLOT_SERIES_POTENTIAL);
  context->panel->axes[PLATEAU_AXIS_Y].fit_margin = 0;
  add_map (context, set, rows);
  plateau_panel_note (context->panel, _ ("%s less %s: orange where it resists more"),
                      set->cell->name, base->cell->name);
  return TRUE;
}

const PlateauPlotKind plateau_plot_drt_difference_map = {
  .id = "drt-difference-map",
  .label = N_ ("Map of the difference of two series"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .build = build_map,
};

const PlateauPlotKind plateau_plot_drt_difference = {
  .id = "drt-difference",
  .label = N_ ("Difference of two distributions of relaxation times"),
  .page = "drt",
  .needs = PLATEAU_KIND_EIS,
  .build = build,
};
