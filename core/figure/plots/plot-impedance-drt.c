/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-impedance.h"

#include <math.h>

/* Distributions of spectra through the cache, and the windows that name their processes. */

gboolean
plot_drt_options (PlateauPlotContext *context, PlateauDrtOptions *options, GError **error)
{
  *options = (PlateauDrtOptions) PLATEAU_DRT_OPTIONS_INIT;
  return plateau_plot_get_settings (context, "drt", plateau_drt_option_table, options, error);
}

typedef struct
{
  const PlotSpectra *set;
  const PlateauDrtOptions *options;
} Wanted;

static gpointer
compute_drts (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *wanted = user_data;
  GPtrArray *results = plateau_drt_analyse_many (wanted->set->spectra, wanted->options, 0, NULL,
                                                 cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_ptr_array_unref (results);
      return NULL;
    }
  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, i);

      if (drt)
        *size += (2 * drt->n_fine + 5 * drt->n_tau + 6 * drt->n_points) * sizeof (double);
    }
  return results;
}

GPtrArray *
plot_spectra_get_drts (PlateauPlotContext *context, const PlotSpectra *set, gboolean band,
                       GError **error)
{
  PlateauDrtOptions options;
  g_autofree char *settings = NULL, *key = NULL;
  Wanted wanted = { set, &options };

  if (!plot_drt_options (context, &options, error))
    return NULL;
  options.credible = options.credible && band;
  settings = plot_options_text (plateau_drt_option_table, &options);
  key = g_strconcat ("drt ", settings, " ", set->key, NULL);
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) g_ptr_array_ref,
                            (GDestroyNotify) g_ptr_array_unref, compute_drts, &wanted,
                            context->cancellable, error);
}

double
plot_drt_largest (GPtrArray *results)
{
  double largest = 0;

  for (guint i = 0; i < results->len; i++)
    {
      const PlateauDrt *drt = g_ptr_array_index (results, i);

      for (gsize k = 0; drt && k < drt->n_tau; k++)
        largest = MAX (largest, drt->gamma[k]);
    }
  return largest;
}

double
plot_drt_largest_of_others (PlateauPlotContext *context)
{
  g_autoptr (GPtrArray) others = plot_spectra_load_others (context);
  double largest = 0;

  for (guint i = 0; others && i < others->len; i++)
    {
      g_autoptr (GPtrArray)
          results = plot_spectra_get_drts (context, g_ptr_array_index (others, i), FALSE, NULL);

      if (results)
        largest = MAX (largest, plot_drt_largest (results));
    }
  return largest;
}

/* The project's windows, or those of a preset when it has none of its own. */
GPtrArray *
plot_drt_windows (PlateauPlotContext *context)
{
  JsonObject *settings = plateau_study_get_settings (context->study, "drt-windows");
  JsonNode *own = context->plot ? json_object_get_member (context->plot, "drt-windows") : NULL;
  const char *text = NULL;
  GPtrArray *windows = NULL;

  if (own && JSON_NODE_HOLDS_OBJECT (own))
    settings = json_node_get_object (own);
  if (settings)
    text = json_object_get_string_member_with_default (settings, "windows", NULL);
  if (text)
    windows = plateau_drt_windows_from_text (text, NULL);
  return windows ? windows : plateau_drt_windows_preset ("sun2022");
}

/* R_ct1 as people write it: an italic letter with an index. */
char *
plot_window_markup (const PlateauDrtWindow *window)
{
  if (g_str_has_prefix (window->brief, "R_"))
    {
      g_autofree char *index = plateau_plot_markup (window->brief + 2);

      return g_strdup_printf ("<i>R</i><sub>%s</sub>", index);
    }
  return plateau_plot_markup (window->brief);
}

void
plot_add_windows (PlateauPlotContext *context, GPtrArray *windows)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);
      PlateauAnnotation *a = plateau_panel_add_annotation (context->panel,
                                                           PLATEAU_ANNOTATION_WINDOW, NULL);

      a->x_coordinates = PLATEAU_COORDINATES_DATA;
      a->x = window->low;
      a->x1 = window->high;
      a->y = a->y1 = NAN;
      a->colour = plateau_colour_simple (PLATEAU_COLOUR_WINDOW);
      a->handle = g_strdup_printf ("window/%u", i);
    }
}

void
plot_name_windows (PlateauPlotContext *context, GPtrArray *windows, double low, double high)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);
      double from = MAX (window->low, low), to = MIN (window->high, high);
      g_autofree char *markup = plot_window_markup (window);
      PlateauAnnotation *a;

      if (!(to > from))
        continue;
      a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_TEXT, markup);
      a->x_coordinates = PLATEAU_COORDINATES_DATA;
      a->y_coordinates = PLATEAU_COORDINATES_AXES;
      a->x = sqrt (from * to);
      a->y = 0.97;
      a->horizontal = PLATEAU_ANCHOR_MIDDLE;
      a->small = TRUE;
      a->colour = plateau_colour_simple (PLATEAU_COLOUR_DIM);
    }
}

static void
hatch (PlateauPlotContext *context, double low, double high)
{
  PlateauAnnotation *a;

  if (!(high > low))
    return;
  a = plateau_panel_add_annotation (context->panel, PLATEAU_ANNOTATION_WINDOW, NULL);
  a->x_coordinates = PLATEAU_COORDINATES_DATA;
  a->x = low;
  a->x1 = high;
  a->y = a->y1 = NAN;
  a->hatched = TRUE;
}

void
plot_hatch_windows (PlateauPlotContext *context, GPtrArray *windows, const PlateauDrt *drt)
{
  for (guint i = 0; i < windows->len; i++)
    {
      const PlateauDrtWindow *window = g_ptr_array_index (windows, i);

      hatch (context, window->low, MIN (window->high, drt->measured_tau_low));
      hatch (context, MAX (window->low, drt->measured_tau_high), window->high);
    }
}

typedef struct
{
  PlateauSpectrum *spectrum;
  const PlateauKkOptions *options;
} TestWanted;

static gpointer
compute_test (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  const TestWanted *wanted = user_data;
  PlateauKk *kk = plateau_kk_analyse (wanted->spectrum, wanted->options, cancellable, error);

  if (kk)
    *size = sizeof *kk + (8 * kk->n + 2 * kk->n_orders) * sizeof (double);
  return kk;
}

PlateauKk *
plot_spectrum_get_test (PlateauPlotContext *context, const PlotSpectra *set, guint index,
                        GError **error)
{
  PlateauKkOptions options = PLATEAU_KK_OPTIONS_INIT;
  TestWanted wanted = { g_ptr_array_index (set->spectra, index), &options };
  g_autofree char *settings = NULL, *key = NULL;

  if (!plateau_plot_get_settings (context, "kk", plateau_kk_option_table, &options, error))
    return NULL;
  options.method = PLATEAU_KK_LIN_KK;
  settings = plot_options_text (plateau_kk_option_table, &options);
  key = g_strdup_printf ("kk %s %s #%u", settings, set->key,
                         g_array_index (set->numbers, guint, index));
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) plateau_kk_ref,
                            (GDestroyNotify) plateau_kk_unref, compute_test, &wanted,
                            context->cancellable, error);
}
