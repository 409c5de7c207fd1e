/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-drt-series.h"

#include "analysis/plateau-drt.h"
#include "analysis/plateau-kk.h"
#include "figure/plateau-plot-kind.h"
#include "plateau-impedance-batch.h"

#include <math.h>

static void
series_free (PlateauDrtSeries *series)
{
  for (guint i = 0; i < series->n_points; i++)
    g_free (series->points[i].resistance);
  g_free (series->points);
  g_free (series);
}

static void
fill_point (PlateauDrtPoint *point, GPtrArray *spectra, guint index, const PlateauDrt *drt,
            const PlateauKk *test, double offset, GPtrArray *windows)
{
  const PlateauConditions *at = plateau_spectrum_get_conditions (spectra->pdata[index]);
  point->number = index + 1;
  point->potential = at->potential + offset;
  point->time = at->time;
  point->charge = plateau_impedance_is_on_charge (spectra, index);
  point->sound = test != NULL && test->verdict == PLATEAU_KK_SOUND;
  point->resistance = g_new (double, windows->len);
  for (guint w = 0; w < windows->len; w++)
    {
      const PlateauDrtWindow *window = windows->pdata[w];
      point->resistance[w] = drt != NULL ? plateau_drt_area (drt, window->low, window->high) : NAN;
    }
}

static PlateauDrtSeries *
load_series (PlateauStudy *study, const PlateauStudyCell *cell, const char *choice,
             GPtrArray *windows, GCancellable *cancellable, GError **error)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  PlateauKkOptions kk_options = PLATEAU_KK_OPTIONS_INIT;
  double offset = isfinite (cell->reference_offset) ? cell->reference_offset : 0;
  g_autoptr (GPtrArray) spectra = plateau_impedance_batch_load (study, cell, error);
  JsonObject *settings = plateau_study_get_settings (study, "drt");
  if (spectra == NULL
      || (settings != NULL
          && !plateau_options_from_json (plateau_drt_option_table, &options, settings, error)))
    return NULL;
  options.credible = FALSE; /* it shows areas alone */
  g_autoptr (GArray) numbers = plateau_plot_choose_spectra (choice, spectra);
  g_autoptr (GPtrArray) drts = plateau_drt_analyse_many (spectra, &options, 0, NULL, cancellable);
  g_autoptr (GPtrArray)
      tests = plateau_kk_analyse_many (spectra, &kk_options, 0, NULL, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  PlateauDrtSeries *series = g_new0 (PlateauDrtSeries, 1);
  series->cell = cell->id;
  series->n_points = numbers->len;
  series->points = g_new0 (PlateauDrtPoint, numbers->len);
  series->measured_low = series->measured_high = NAN;
  for (guint i = 0; i < numbers->len; i++)
    {
      guint index = g_array_index (numbers, guint, i) - 1;
      const PlateauDrt *drt = drts->pdata[index];
      fill_point (&series->points[i], spectra, index, drt, tests->pdata[index], offset, windows);
      if (drt != NULL && isnan (series->measured_low))
        {
          series->measured_low = drt->measured_tau_low;
          series->measured_high = drt->measured_tau_high;
        }
    }
  return series;
}

PlateauDrtOverview *
plateau_drt_overview_new (PlateauStudy *study, GArray *cells, const char *choice,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauDrtOverview) overview = g_new0 (PlateauDrtOverview, 1);
  overview->windows = plateau_impedance_batch_windows (study);
  overview->series = g_ptr_array_new_with_free_func ((GDestroyNotify) series_free);
  for (guint i = 0; i < cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (study,
                                                              g_array_index (cells, gint64, i));
      PlateauDrtSeries *series = cell != NULL ? load_series (study, cell, choice, overview->windows,
                                                             cancellable, error)
                                              : NULL;
      if (cell != NULL && series == NULL)
        return NULL;
      if (series != NULL)
        g_ptr_array_add (overview->series, series);
    }
  return g_steal_pointer (&overview);
}

void
plateau_drt_overview_free (PlateauDrtOverview *overview)
{
  g_clear_pointer (&overview->windows, g_ptr_array_unref);
  g_clear_pointer (&overview->series, g_ptr_array_unref);
  g_free (overview);
}

const PlateauDrtSeries *
plateau_drt_overview_find (PlateauDrtOverview *overview, gint64 cell)
{
  for (guint i = 0; overview != NULL && i < overview->series->len; i++)
    {
      const PlateauDrtSeries *series = overview->series->pdata[i];
      if (series->cell == cell)
        return series;
    }
  return NULL;
}

const PlateauDrtPoint *
plateau_drt_series_find (const PlateauDrtSeries *series, guint number)
{
  for (guint i = 0; series != NULL && i < series->n_points; i++)
    if (series->points[i].number == number)
      return &series->points[i];
  return NULL;
}

const PlateauDrtPoint *
plateau_drt_series_match (const PlateauDrtSeries *series, const PlateauDrtPoint *like)
{
  const PlateauDrtPoint *best = NULL;
  double nearest = INFINITY;
  for (guint i = 0; series != NULL && i < series->n_points; i++)
    {
      const PlateauDrtPoint *point = &series->points[i];
      double off = fabs (point->potential - like->potential);
      if (isnan (off)) /* without potentials: the same number */
        off = fabs ((double) point->number - like->number);
      if (point->charge != like->charge)
        off += 1e3;
      if (off < nearest)
        {
          nearest = off;
          best = point;
        }
    }
  return best;
}
