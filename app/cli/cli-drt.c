/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-spectra.h"

#include "analysis/plateau-drt.h"
#include "analysis/plateau-kk.h"
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
  gboolean hilbert;
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
  { "hilbert", N_ ("Hilbert scores"),
    N_ ("Bayesian Hilbert transform: how well each part predicts the other, 1 is perfect"),
    PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (ShortOptions, hilbert) },
  { NULL },
};

static const CliOptionSet drt_options[] = {
  { plateau_drt_option_table, sizeof (PlateauDrtOptions), &defaults, "drt" },
  { short_table, sizeof (ShortOptions), NULL },
  CLI_SPECTRA_OPTIONS,
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

/* What is known of one spectrum. */
typedef struct
{
  PlateauSpectrum *spectrum;
  const PlateauDrt *drt;
  const PlateauKk *test; /* or NULL */
} Entry;

static void
set_hilbert (JsonObject *entry, const PlateauDrtHilbert *h)
{
  JsonObject *object = cli_set_object (entry, "hilbert");

  cli_set_number (object, "s_mu_re", h->mean_re);
  cli_set_number (object, "s_mu_im", h->mean_im);
  for (int k = 0; k < 3; k++)
    {
      g_autofree char *re = g_strdup_printf ("s_%dsigma_re", k + 1);
      g_autofree char *im = g_strdup_printf ("s_%dsigma_im", k + 1);

      cli_set_number (object, re, h->residual_re[k]);
      cli_set_number (object, im, h->residual_im[k]);
    }
  cli_set_number (object, "s_hellinger_re", h->hellinger_re);
  cli_set_number (object, "s_hellinger_im", h->hellinger_im);
  cli_set_number (object, "s_jensen_shannon_re", h->jensen_shannon_re);
  cli_set_number (object, "s_jensen_shannon_im", h->jensen_shannon_im);
  cli_set_number (object, "sigma_re_ohm", h->sigma_re);
  cli_set_number (object, "sigma_im_ohm", h->sigma_im);
}

static void
add_hilbert (CliContext *context, JsonObject *entry, PlateauSpectrum *spectrum)
{
  const ShortOptions *texts = cli_context_get_options (context, short_table);
  g_auto (PlateauDrtHilbert) scores = { 0 };
  g_autoptr (GError) error = NULL;
  PlateauDrtOptions options;

  if (!texts->hilbert || !read_options (context, &options, NULL))
    return;
  if (plateau_drt_hilbert (spectrum, &options, &scores, NULL, &error))
    set_hilbert (entry, &scores);
  else
    cli_set_text (entry, "hilbert_error", error->message);
}

/* What the analysis has to say, and that the spectrum is none of a stable linear system. */
static void
set_warnings (JsonObject *entry, const PlateauDrt *drt, const PlateauKk *test)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; drt->warnings[i] != NULL; i++)
    g_ptr_array_add (texts, g_strdup (drt->warnings[i]));
  if (test != NULL && test->verdict != PLATEAU_KK_SOUND)
    g_ptr_array_add (texts, g_strdup_printf (_ ("Kramers-Kronig: %s"), test->sentence));
  g_ptr_array_add (texts, NULL);
  cli_set_texts (entry, "warnings", (const char *const *) texts->pdata);
}

static void
set_drt (CliContext *context, const PlateauStudyCell *cell, JsonObject *entry,
         gconstpointer analysis)
{
  static const char *const methods[] = { "fixed", "gcv", "mgcv", "rgcv", "lcurve", "re-im" };
  const Entry *all = analysis;
  const PlateauDrt *drt = all->drt;

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
  cli_set_text (entry, "kk_verdict",
                all->test != NULL ? plateau_kk_verdict_nick (all->test->verdict) : NULL);
  set_warnings (entry, drt, all->test);
  add_hilbert (context, entry, all->spectrum);
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

static gboolean
drt_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
               JsonObject *result, GError **error)
{
  PlateauKkOptions kk_options = PLATEAU_KK_OPTIONS_INIT;
  g_autoptr (CliSpectra) spectra = cli_spectra_load (context, cell, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (cli_clear_error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) results = NULL, tests = NULL;
  PlateauDrtOptions options;

  if (spectra == NULL || !read_options (context, &options, error))
    return FALSE;
  results = plateau_drt_analyse_many (spectra->spectra, &options, 0, errors, NULL);
  tests = plateau_kk_analyse_many (spectra->spectra, &kk_options, 0, NULL, NULL);
  for (guint i = 0; i < results->len; i++)
    {
      Entry entry = { spectra->spectra->pdata[i], results->pdata[i], tests->pdata[i] };

      g_ptr_array_add (entries, entry.drt != NULL ? g_memdup2 (&entry, sizeof entry) : NULL);
    }
  return cli_spectra_fill (context, input, cell, result, spectra->numbers, entries, errors, set_drt,
                           error);
}

const CliCommand cli_drt_command = {
  .name = "drt",
  .summary = N_ ("Distribution of relaxation times of impedance spectra"),
  .options = drt_options,
  .check = drt_check,
  .each_cell = drt_each_cell,
};
