/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-spectra.h"

#include "analysis/plateau-drt.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Distribution of relaxation times. */

static const PlateauDrtOptions defaults = PLATEAU_DRT_OPTIONS_INIT;

/* Short forms that say what the table of the analysis says with two options each. */
typedef struct
{
  char *lambda, *shape, *grid, *windows;
} ShortOptions;

static const PlateauOption short_table[] = {
  { "lambda", N_ ("λ"), N_ ("A value (default 1e-3), or gcv, mgcv, rgcv, lcurve, re-im"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (ShortOptions, lambda) },
  { "shape", N_ ("Shape"), N_ ("fwhm:VALUE (default fwhm:0.5) or factor:VALUE"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (ShortOptions, shape) },
  { "grid", N_ ("Grid"),
    N_ ("spectrum: τ = 1/f of the data; a number: points a decade (default 20)"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (ShortOptions, grid) },
  { "windows", N_ ("Process windows"),
    N_ ("sun2022, lei2026, or name|short name|from|to; … in seconds: names the peaks"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (ShortOptions, windows) },
  { NULL },
};

static const CliOptionSet drt_options[] = {
  { plateau_drt_option_table, sizeof (PlateauDrtOptions), &defaults, "drt" },
  { short_table, sizeof (ShortOptions), NULL },
  { NULL },
};

static gboolean
refuse (GError **error, const char *option, const char *text, const char *expected)
{
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
               _ ("%s “%s”: expected %s"), option, text, expected);
  return FALSE;
}

static gboolean
read_lambda (const char *text, PlateauDrtOptions *options, GError **error)
{
  const PlateauOption *method = plateau_option_find (plateau_drt_option_table, "lambda-method");
  double value;

  if (text == NULL)
    return TRUE;
  if (plateau_parse_number (text, &value))
    {
      if (!(value > 0) || !isfinite (value))
        return refuse (error, "--lambda", text, _ ("a positive number"));
      options->lambda = value;
      options->lambda_method = PLATEAU_DRT_LAMBDA_FIXED;
      return TRUE;
    }
  if (!plateau_option_set_from_text (method, options, text, NULL)
      || options->lambda_method == PLATEAU_DRT_LAMBDA_FIXED)
    return refuse (error, "--lambda", text,
                   _ ("a positive number, gcv, mgcv, rgcv, lcurve or re-im"));
  return TRUE;
}

static gboolean
read_shape (const char *text, PlateauDrtOptions *options, GError **error)
{
  const char *colon = text != NULL ? strchr (text, ':') : NULL;
  double value;

  if (text == NULL)
    return TRUE;
  if (!plateau_parse_number (colon != NULL ? colon + 1 : text, &value) || !(value > 0)
      || !(colon == NULL || g_str_has_prefix (text, "fwhm:") || g_str_has_prefix (text, "factor:")))
    return refuse (error, "--shape", text, _ ("fwhm:VALUE or factor:VALUE"));
  options->shape = value;
  options->shape_kind = g_str_has_prefix (text, "factor:") ? PLATEAU_DRT_SHAPE_FACTOR
                                                           : PLATEAU_DRT_SHAPE_FWHM;
  return TRUE;
}

static gboolean
read_grid (const char *text, PlateauDrtOptions *options, GError **error)
{
  double value;

  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "spectrum"))
    options->points_per_decade = 0;
  else if (plateau_parse_number (text, &value) && value >= 1 && value <= 100
           && value == floor (value))
    options->points_per_decade = (int) value;
  else
    return refuse (error, "--grid", text, _ ("“spectrum” or 1 to 100 points a decade"));
  return TRUE;
}

static GPtrArray *
read_windows (const char *text, GError **error)
{
  GPtrArray *preset = plateau_drt_windows_preset (text);

  if (text == NULL || preset->len > 0)
    return preset;
  g_ptr_array_unref (preset);
  return plateau_drt_windows_from_text (text, error);
}

static gboolean
read_options (CliContext *context, PlateauDrtOptions *options, GError **error)
{
  const ShortOptions *texts = cli_context_get_options (context, short_table);

  *options = *(const PlateauDrtOptions *) cli_context_get_options (context,
                                                                   plateau_drt_option_table);
  return read_lambda (texts->lambda, options, error) && read_shape (texts->shape, options, error)
         && read_grid (texts->grid, options, error);
}

static gboolean
drt_check (CliContext *context, GError **error)
{
  const ShortOptions *texts = cli_context_get_options (context, short_table);
  g_autoptr (GPtrArray) windows = NULL;
  PlateauDrtOptions options;

  if (!read_options (context, &options, error))
    return FALSE;
  windows = read_windows (texts->windows, error);
  return windows != NULL;
}

/* As said, else as the project has them; %NULL: peaks get no names. */
static GPtrArray *
find_windows (CliContext *context)
{
  const ShortOptions *texts = cli_context_get_options (context, short_table);
  JsonObject *kept = cli_context_get_settings (context, "drt-windows");
  const char *text = kept != NULL
                         ? json_object_get_string_member_with_default (kept, "windows", NULL)
                         : NULL;

  return read_windows (texts->windows != NULL ? texts->windows : text, NULL);
}

static void
set_peaks (CliContext *context, JsonObject *entry, const PlateauDrt *drt)
{
  g_autoptr (GPtrArray) windows = find_windows (context);
  JsonArray *peaks = cli_set_list (entry, "peaks");

  for (guint i = 0; i < drt->n_peaks; i++)
    {
      const PlateauDrtPeak *peak = &drt->peaks[i];
      JsonObject *object = cli_append_object (peaks);

      cli_set_number (object, "tau_s", peak->tau);
      cli_set_number (object, "frequency_Hz", peak->frequency);
      cli_set_number (object, "height_ohm", peak->height);
      cli_set_number (object, "resistance_ohm", peak->resistance);
      cli_set_number (object, "resistance_lower_ohm", peak->resistance_lower);
      cli_set_number (object, "resistance_upper_ohm", peak->resistance_upper);
      cli_set_number (object, "capacitance_F", peak->capacitance);
      cli_set_number (object, "share_percent", 100 * peak->share);
      cli_set_text (object, "assignment", plateau_drt_windows_assign (windows, peak->tau));
      cli_set_boolean (object, "at_edge", peak->at_edge);
      cli_set_boolean (object, "extrapolated", peak->extrapolated);
    }
}

static void
set_drt (CliContext *context, const PlateauStudyCell *cell, JsonObject *entry,
         gconstpointer analysis)
{
  static const char *const methods[] = { "fixed", "gcv", "mgcv", "rgcv", "lcurve", "re-im" };
  const PlateauDrt *drt = analysis;

  cli_set_number (entry, "lambda", drt->lambda);
  cli_set_text (entry, "lambda_method", methods[drt->lambda_method]);
  cli_set_boolean (entry, "lambda_at_edge", drt->lambda_at_edge);
  cli_set_number (entry, "r_inf_ohm", drt->r_inf);
  cli_set_number (entry, "inductance_H", drt->inductance);
  cli_set_number (entry, "polarisation_resistance_ohm", drt->polarisation_resistance);
  cli_set_number (entry, "series_capacitance_F", drt->capacitance);
  cli_set_number (entry, "warburg_resistance_ohm", drt->warburg_resistance);
  cli_set_number (entry, "warburg_tau_s", drt->warburg_tau);
  cli_set_number (entry, "residual_rms_percent", drt->residual_rms_percent);
  cli_set_texts (entry, "warnings", drt->warnings);
  cli_set_numbers (entry, "tau_s", drt->tau, drt->n_tau);
  cli_set_numbers (entry, "gamma_ohm", drt->gamma, drt->n_tau);
  if (drt->gamma_lower != NULL)
    {
      cli_set_numbers (entry, "gamma_lower_ohm", drt->gamma_lower, drt->n_tau);
      cli_set_numbers (entry, "gamma_upper_ohm", drt->gamma_upper, drt->n_tau);
    }
  else
    {
      cli_set_text (entry, "gamma_lower_ohm", NULL);
      cli_set_text (entry, "gamma_upper_ohm", NULL);
    }
  cli_set_numbers (entry, "frequency_Hz", drt->frequency, drt->n_points);
  cli_set_numbers (entry, "z_re_ohm", drt->fit_re, drt->n_points);
  cli_set_numbers (entry, "z_im_ohm", drt->fit_im, drt->n_points);
  set_peaks (context, entry, drt);
}

static void
clear_error (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

static gboolean
drt_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
               JsonObject *result, GError **error)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) spectra = cli_spectra_load (context, cell, indices, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (clear_error);
  g_autoptr (GPtrArray) results = NULL;
  PlateauDrtOptions options;

  if (spectra == NULL || !read_options (context, &options, error))
    return FALSE;
  results = plateau_drt_analyse_many (spectra, &options, 0, errors, NULL);
  return cli_spectra_fill (context, input, cell, result, indices, results, errors, set_drt, error);
}

const CliCommand cli_drt_command = {
  .name = "drt",
  .summary = N_ ("Distribution of relaxation times of impedance spectra"),
  .options = drt_options,
  .check = drt_check,
  .each_cell = drt_each_cell,
};
