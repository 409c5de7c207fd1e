/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What plots read from measurements: recordings, spectra and cycles, shared through the cache. */

#include "figure/plateau-plot-kind.h"

#include <math.h>

/**
 * plateau_plot_cell_key:
 * @cell: a cell
 * @kinds_wanted: kinds of its measurements that matter
 *
 * Returns: (transfer full): text that changes when the measurements do, for keys of the cache
 */
char *
plateau_plot_cell_key (const PlateauStudyCell *cell, PlateauKinds kinds_wanted)
{
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "cell %" G_GINT64_FORMAT " %d", cell->id, kinds_wanted);
  for (guint i = 0; cell->measurements && i < cell->measurements->len; i++)
    {
      PlateauMeasurement *m = g_ptr_array_index (cell->measurements, i);
      const PlateauSource *source = plateau_measurement_get_source (m);

      if (source)
        g_string_append_printf (key, "|%s|%s|%" G_GUINT64_FORMAT "|%" G_GINT64_FORMAT,
                                source->uri ? source->uri : "", source->part ? source->part : "",
                                source->size, source->modified);
      g_string_append_printf (key, "|%p|%" G_GUINT64_FORMAT, (void *) m,
                              plateau_measurement_get_n_rows (m));
    }
  return g_string_free (key, FALSE);
}

typedef struct
{
  PlateauPlotContext *context;
  const PlateauStudyCell *cell;
  PlateauKinds kinds;
  const PlateauCyclesOptions *options;
} Wanted;

static gpointer
compute_recording (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *w = user_data;
  PlateauRecording *recording = plateau_measurements_load_recording (w->cell->measurements,
                                                                     w->kinds, error);

  if (recording)
    *size = plateau_recording_get_size (recording);
  return recording;
}

/**
 * plateau_plot_get_recording:
 * @context: of the plot
 * @cell: a cell
 * @kinds_wanted: which of its measurements
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the cell's recordings joined in time order
 */
PlateauRecording *
plateau_plot_get_recording (PlateauPlotContext *context, const PlateauStudyCell *cell,
                            PlateauKinds kinds_wanted, GError **error)
{
  g_autofree char *cell_key = plateau_plot_cell_key (cell, kinds_wanted);
  g_autofree char *key = g_strconcat ("recording ", cell_key, NULL);
  Wanted w = { context, cell, kinds_wanted, NULL };

  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) plateau_recording_ref,
                            (GDestroyNotify) plateau_recording_unref, compute_recording, &w,
                            context->cancellable, error);
}

static gpointer
compute_spectra (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *w = user_data;
  GPtrArray *spectra = plateau_measurements_load_spectra (w->cell->measurements, error);

  for (guint i = 0; spectra && i < spectra->len; i++)
    *size += 32 * plateau_spectrum_get_n (g_ptr_array_index (spectra, i));
  return spectra;
}

/**
 * plateau_plot_get_spectra:
 * @context: of the plot
 * @cell: a cell
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the cell's spectra in order
 */
GPtrArray *
plateau_plot_get_spectra (PlateauPlotContext *context, const PlateauStudyCell *cell, GError **error)
{
  g_autofree char *cell_key = plateau_plot_cell_key (cell, PLATEAU_KIND_EIS);
  g_autofree char *key = g_strconcat ("spectra ", cell_key, NULL);
  Wanted w = { context, cell, PLATEAU_KIND_EIS, NULL };

  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) g_ptr_array_ref,
                            (GDestroyNotify) g_ptr_array_unref, compute_spectra, &w,
                            context->cancellable, error);
}

static gpointer
compute_cycles (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  Wanted *w = user_data;
  g_autoptr (PlateauRecording)
      recording = plateau_plot_get_recording (w->context, w->cell, w->kinds, error);
  PlateauCycles *cycles;

  if (!recording)
    return NULL;
  cycles = plateau_cycles_analyse (recording, w->options, cancellable, error);
  if (cycles)
    *size = cycles->n_cycles * sizeof (PlateauCycle) + cycles->n_steps * sizeof (PlateauStep);
  return cycles;
}

/**
 * plateau_plot_get_settings:
 * @context: of the plot
 * @analysis: id of the analysis
 * @table: description of its options
 * @options: the options, already at their defaults
 * @error: return location
 *
 * Applies the study's settings of the analysis, then those that the panel gives itself.
 *
 * Returns: %FALSE with @error when a value cannot be
 */
gboolean
plateau_plot_get_settings (PlateauPlotContext *context, const char *analysis,
                           const PlateauOption *table, gpointer options, GError **error)
{
  JsonObject *study = plateau_study_get_settings (context->study, analysis);
  JsonNode *own = context->plot ? json_object_get_member (context->plot, analysis) : NULL;

  if (study && !plateau_options_from_json (table, options, study, error))
    return FALSE;
  return !own || !JSON_NODE_HOLDS_OBJECT (own)
         || plateau_options_from_json (table, options, json_node_get_object (own), error);
}

/**
 * plateau_plot_get_cycles:
 * @context: of the plot
 * @cell: a cell
 * @error: return location
 *
 * Returns: (transfer full) (nullable): steps and cycles of the cell's cycling, by the settings
 */
PlateauCycles *
plateau_plot_get_cycles (PlateauPlotContext *context, const PlateauStudyCell *cell, GError **error)
{
  g_auto (PlateauCyclesOptions) entered = PLATEAU_CYCLES_OPTIONS_INIT;
  PlateauCyclesOptions options;
  g_autofree char *cell_key = NULL, *key = NULL;
  Wanted w = { context, cell, PLATEAU_KIND_CYCLING, &options };

  if (!plateau_plot_get_settings (context, "cycles", plateau_cycles_option_table, &entered, error))
    return NULL;
  options = plateau_cycles_options_as_measured (&entered, cell->name, cell->reference_offset);
  cell_key = plateau_plot_cell_key (cell, w.kinds);
  key = g_strdup_printf ("cycles %d %d %g %g %s %s", options.rule, options.reference,
                         options.plateau_potential, options.plateau_above,
                         options.outliers != NULL ? options.outliers : "", cell_key);
  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) plateau_cycles_ref,
                            (GDestroyNotify) plateau_cycles_unref, compute_cycles, &w,
                            context->cancellable, error);
}
