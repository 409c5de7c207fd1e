/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plateau-plot-dqdv.h"

#include "analysis/plateau-cycles-table.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>

typedef struct
{
  PlateauPlotContext *context;
  const PlateauStudyCell *cell;
  const guint *cycles;
  guint n_cycles;
  const PlateauDqdvOptions *options;
} Wanted;

/* What the result depends on: the measurements, how they are cut into cycles, which cycles, and the
 * settings. */
static char *
key_of (const char *what, const Wanted *w)
{
  g_autofree char *cell = plateau_plot_cell_key (w->cell, PLATEAU_KIND_CYCLING);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *study = plateau_study_get_settings (w->context->study, "cycles");
  JsonNode *own = w->context->plot != NULL ? json_object_get_member (w->context->plot, "cycles")
                                           : NULL;
  g_autofree char *own_text = own != NULL && JSON_NODE_HOLDS_OBJECT (own)
                                  ? json_to_string (own, FALSE)
                                  : NULL;
  g_autofree char *study_text = NULL, *options = NULL;
  GString *key = g_string_new (what);

  if (study != NULL)
    {
      json_node_set_object (node, study);
      study_text = json_to_string (node, FALSE);
    }
  json_node_take_object (node, plateau_options_to_json (plateau_dqdv_option_table, w->options));
  options = json_to_string (node, FALSE);
  g_string_append_printf (key, " %s %.17g %s %s %s", cell, w->cell->reference_offset,
                          study_text != NULL ? study_text : "", own_text != NULL ? own_text : "",
                          options);
  for (guint i = 0; i < w->n_cycles; i++)
    g_string_append_printf (key, " %u", w->cycles[i]);
  return g_string_free (key, FALSE);
}

static gpointer
compute_curves (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  const Wanted *w = user_data;
  g_autoptr (PlateauRecording)
      recording = plateau_plot_get_recording (w->context, w->cell, PLATEAU_KIND_CYCLING, error);
  g_autoptr (PlateauCycles)
      cycles = recording != NULL ? plateau_plot_get_cycles (w->context, w->cell, error) : NULL;
  /* No numbers would mean all cycles. */
  GPtrArray *curves = cycles != NULL && w->n_cycles > 0 ? plateau_dqdv_analyse (
                          cycles, recording, w->cycles, w->n_cycles, w->options, cancellable, error)
                                                        : NULL;

  if (cycles != NULL && w->n_cycles == 0)
    g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                 _ ("None of the chosen cycles is in this test, which has %u cycles."),
                 cycles->n_cycles);
  for (guint i = 0; curves != NULL && i < curves->len; i++)
    {
      const PlateauDqdvCurve *curve = curves->pdata[i];
      *size += sizeof *curve + 2 * sizeof (double) * (curve->n + curve->n_inverse)
               + sizeof (PlateauDqdvPeak) * curve->n_peaks;
    }
  return curves;
}

/**
 * plateau_plot_get_dqdv:
 * @context: with a study and a cache
 * @cycles: (array length=n_cycles): numbers of cycles
 * @options: settings
 *
 * Returns: (transfer full) (element-type PlateauDqdvCurve) (nullable): as plateau_dqdv_analyse()
 *   gives them, not to be changed
 */
GPtrArray *
plateau_plot_get_dqdv (PlateauPlotContext *context, const PlateauStudyCell *cell,
                       const guint *cycles, guint n_cycles, const PlateauDqdvOptions *options,
                       GError **error)
{
  Wanted w = { context, cell, cycles, n_cycles, options };
  g_autofree char *key = key_of ("dqdv", &w);

  return plateau_cache_get (context->cache, key, (GBoxedCopyFunc) g_ptr_array_ref,
                            (GDestroyNotify) g_ptr_array_unref, compute_curves, &w,
                            context->cancellable, error);
}

static gpointer
compute_peaks (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  const Wanted *w = user_data;
  PlateauNormalisation by = plateau_normalisation_of_cell (w->cell);
  g_autoptr (GPtrArray) curves = plateau_plot_get_dqdv (w->context, w->cell, w->cycles, w->n_cycles,
                                                        w->options, error);
  PlateauTable *table = curves != NULL
                            ? plateau_dqdv_peaks_table (curves, by.active_mass, by.offset)
                            : NULL;

  if (table != NULL)
    *size = 64 * (gsize) plateau_table_get_n_rows (table) * plateau_table_get_n_columns (table);
  return table;
}

/**
 * plateau_plot_get_dqdv_peaks:
 * @context: with a study and a cache
 * @cycles: (array length=n_cycles): numbers of cycles
 * @options: settings
 *
 * Returns: (transfer full) (nullable): plateau_dqdv_peaks_table() of the curves
 */
PlateauTable *
plateau_plot_get_dqdv_peaks (PlateauPlotContext *context, const PlateauStudyCell *cell,
                             const guint *cycles, guint n_cycles, const PlateauDqdvOptions *options,
                             GError **error)
{
  Wanted w = { context, cell, cycles, n_cycles, options };
  g_autofree char *key = key_of ("dqdv-peaks", &w);
  g_autofree char *own = g_strdup_printf ("%s %.17g", key, cell->active_mass);

  return plateau_cache_get (context->cache, own, (GBoxedCopyFunc) plateau_table_ref,
                            (GDestroyNotify) plateau_table_unref, compute_peaks, &w,
                            context->cancellable, error);
}
