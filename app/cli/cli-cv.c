/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-cycling.h"
#include "cli-kinetics.h"

#include "analysis/plateau-scan-rates.h"

#include <glib/gi18n.h>
#include <math.h>

/* Peaks of cyclic voltammograms; several scan rates in one file or over several files. */

static const PlateauVoltammetryOptions defaults = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
static const PlateauScanRatesOptions scan_defaults = PLATEAU_SCAN_RATES_OPTIONS_INIT;
static const CliOptionSet sets[] = {
  { plateau_voltammetry_option_table, sizeof (PlateauVoltammetryOptions), &defaults, "cv" },
  { plateau_scan_rates_option_table, sizeof (PlateauScanRatesOptions), &scan_defaults,
    "cv-scan-rates" },
  { NULL },
};

/* Scan rates and peak currents of all cycles so far. */
typedef struct
{
  GArray *rates, *anodic, *cathodic;
  GPtrArray *recordings, *voltammetries;
  double area, temperature, offset; /* of the first cell */
} Series;

static Series
series_new (void)
{
  return (Series){ g_array_new (FALSE, FALSE, sizeof (double)),
                   g_array_new (FALSE, FALSE, sizeof (double)),
                   g_array_new (FALSE, FALSE, sizeof (double)),
                   g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_recording_unref),
                   g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_voltammetry_unref),
                   NAN,
                   NAN,
                   NAN };
}

static void
series_clear (Series *series)
{
  g_array_unref (series->rates);
  g_array_unref (series->anodic);
  g_array_unref (series->cathodic);
  g_ptr_array_unref (series->recordings);
  g_ptr_array_unref (series->voltammetries);
}

static gboolean
add_cell (CliContext *context, const CliInput *input, const PlateauStudyCell *cell,
          const char *file, JsonArray *list, Series *series, GError **error)
{
  const PlateauVoltammetryOptions *options = cli_context_get_options (
      context, plateau_voltammetry_option_table);
  g_autoptr (PlateauRecording)
      recording = cli_kinetics_load (context, input, cell, PLATEAU_KIND_CV, error);
  if (recording == NULL)
    return FALSE;
  g_autoptr (PlateauVoltammetry) cv = plateau_voltammetry_analyse (recording, options, NULL, error);
  if (cv == NULL)
    return FALSE;
  if (series->recordings->len == 0)
    {
      series->area = cell->area;
      series->temperature = cell->temperature;
      series->offset = cell->reference_offset;
    }
  g_ptr_array_add (series->recordings, plateau_recording_ref (recording));
  g_ptr_array_add (series->voltammetries, plateau_voltammetry_ref (cv));
  g_autoptr (PlateauTable) table = plateau_voltammetry_table (cv, cell->reference_offset);
  for (guint i = 0; i < cv->n_cycles; i++)
    {
      const PlateauVoltammetryCycle *cycle = &cv->cycles[i];
      if (!cli_context_has_cycle (context, cycle->cycle))
        continue;
      JsonObject *entry = cli_append_object (list);
      if (file != NULL)
        cli_set_text (entry, "file", file);
      cli_set_row (entry, table, i);
      g_array_append_val (series->rates, cycle->scan_rate);
      g_array_append_val (series->anodic, cycle->anodic.height);
      g_array_append_val (series->cathodic, cycle->cathodic.height);
    }
  return TRUE;
}

static void
set_slope (JsonObject *result, const char *key, const PlateauLine *line)
{
  g_autofree char *stderr_key = g_strconcat (key, "_stderr", NULL);
  cli_set_number (result, key, line->slope);
  cli_set_number (result, stderr_key, line->slope_stderr);
}

/* Of all peaks, where no whole cycles are at several rates. */
static void
set_b_value (JsonObject *result, const char *key, const GArray *rates, const GArray *currents)
{
  PlateauLine line;
  if (plateau_voltammetry_b_value ((const double *) rates->data, (const double *) currents->data,
                                   rates->len, &line))
    set_slope (result, key, &line);
}

static void
set_scaled (JsonObject *result, const char *key, const double *values, gsize n, double factor)
{
  g_autofree double *scaled = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    scaled[i] = factor * values[i];
  cli_set_numbers (result, key, scaled, n);
}

/* What grows with the scan rate and what with its root; nothing with fewer than two rates. */
static void
set_scan_rates (CliContext *context, JsonObject *result, const Series *series)
{
  g_autoptr (PlateauScanRates) rates = plateau_scan_rates_analyse (
      (PlateauRecording *const *) series->recordings->pdata,
      (PlateauVoltammetry *const *) series->voltammetries->pdata, series->recordings->len,
      series->area, series->temperature,
      cli_context_get_options (context, plateau_scan_rates_option_table), NULL);
  if (rates == NULL)
    {
      set_b_value (result, "b_value_anodic", series->rates, series->anodic);
      set_b_value (result, "b_value_cathodic", series->rates, series->cathodic);
      return;
    }
  if (rates->has_b[0])
    set_slope (result, "b_value_anodic", &rates->b[0]);
  if (rates->has_b[1])
    set_slope (result, "b_value_cathodic", &rates->b[1]);
  cli_set_number (result, "diffusion_anodic_cm2_s", rates->diffusion[0] * 1e4);
  cli_set_number (result, "diffusion_cathodic_cm2_s", rates->diffusion[1] * 1e4);
  /* i = k1 v + k2 sqrt (v) at each potential that all sweeps have */
  if (rates->n_grid > 0)
    {
      double offset = isnan (series->offset) ? 0 : series->offset;
      g_autofree double *potential = g_new (double, rates->n_grid);
      for (guint i = 0; i < rates->n_grid; i++)
        potential[i] = rates->potential[i] + offset;
      cli_set_numbers (result, "split_potential_V", potential, rates->n_grid);
      set_scaled (result, "k1_anodic_mA_s_mV", rates->surface[0], rates->n_grid, 1);
      set_scaled (result, "k1_cathodic_mA_s_mV", rates->surface[1], rates->n_grid, 1);
      set_scaled (result, "k2_anodic_mA_s05_mV05", rates->diffusive[0], rates->n_grid, sqrt (1e3));
      set_scaled (result, "k2_cathodic_mA_s05_mV05", rates->diffusive[1], rates->n_grid,
                  sqrt (1e3));
    }
  JsonArray *list = cli_set_list (result, "scan_rates");
  for (guint r = 0; r < rates->n_rates; r++)
    {
      JsonObject *entry = cli_append_object (list);
      cli_set_number (entry, "scan_rate_mV_s", rates->rate[r] * 1e3);
      cli_set_number (entry, "surface_share_anodic_percent", 100 * rates->share[0][r]);
      cli_set_number (entry, "surface_share_cathodic_percent", 100 * rates->share[1][r]);
    }
}

static gboolean
cv_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
              JsonObject *result, GError **error)
{
  Series series = series_new ();
  gboolean done = add_cell (context, input, cell, NULL, cli_set_list (result, "cycles"), &series,
                            error);
  if (done)
    set_scan_rates (context, result, &series);
  series_clear (&series);
  return done;
}

static gboolean
cv_all (CliContext *context, GPtrArray *inputs, JsonObject *result, GError **error)
{
  Series series = series_new ();
  JsonArray *list = cli_set_list (result, "cycles");
  for (guint i = 0; i < inputs->len; i++)
    {
      CliInput *input = inputs->pdata[i];
      for (guint k = 0; k < plateau_study_get_n_cells (input->study); k++)
        {
          g_autoptr (GError) failed = NULL;
          if (!add_cell (input->context, input, plateau_study_get_cell (input->study, k),
                         input->file, list, &series, &failed))
            cli_context_fail (context, input->file, failed->message);
        }
    }
  set_scan_rates (context, result, &series);
  series_clear (&series);
  return TRUE;
}

const CliCommand cli_cv_command = {
  .name = "cv",
  .summary = N_ ("Peaks, separation and charges of cyclic voltammograms"),
  .options = sets,
  .each_cell = cv_each_cell,
  .all = cv_all,
};
