/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include "analysis/plateau-impedance.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* Distributions of relaxation times: gamma of each spectrum, and the peaks. */

static GPtrArray *
load_spectra (const PlateauBookJob *job, GError **error)
{
  PlateauImpedanceOptions options = PLATEAU_IMPEDANCE_OPTIONS_INIT;
  g_autoptr (GPtrArray)
      all = plateau_measurements_load_spectra (job->cell->cell->measurements, error);
  GPtrArray *prepared = NULL;
  if (all == NULL)
    return NULL;
  g_autoptr (GPtrArray) chosen = plateau_impedance_choose_electrode (all);
  if (plateau_book_read_settings (job->study, "impedance", plateau_impedance_option_table, &options,
                                  error))
    prepared = plateau_impedance_prepare (chosen, job->cell->cell->id, &options, NULL);
  plateau_options_clear (plateau_impedance_option_table, &options);
  return prepared;
}

static GPtrArray *
load_windows (PlateauStudy *study)
{
  JsonObject *settings = plateau_study_get_settings (study, "drt-windows");
  const char *text = settings != NULL
                         ? json_object_get_string_member_with_default (settings, "windows", NULL)
                         : NULL;
  return text != NULL ? plateau_drt_windows_from_text (text, NULL) : NULL;
}

static PlateauTable *
new_table (void)
{
  PlateauTable *table = plateau_table_new (_ ("Relaxation times"));
  plateau_table_add_column (table, "spectrum", _ ("Spectrum"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "tau_s", "τ", "s", PLATEAU_COLUMN_NUMBER, 6);
  plateau_table_add_column (table, "gamma_ohm", "γ", "ohm", PLATEAU_COLUMN_NUMBER, 6);
  return table;
}

static void
add_curve (PlateauBookPage *page, const PlateauDrt *drt, guint number, double share)
{
  guint first = plateau_table_get_n_rows (page->curves);
  for (gsize i = 0; i < drt->n_tau; i++)
    {
      guint row = plateau_table_add_row (page->curves);
      plateau_table_set_number (page->curves, row, 0, number);
      plateau_table_set_number (page->curves, row, 1, drt->tau[i]);
      plateau_table_set_number (page->curves, row, 2, drt->gamma[i]);
    }
  if (drt->n_tau > 0)
    plateau_book_page_add_curve (page, g_strdup_printf (_ ("Spectrum %u"), number), first,
                                 (guint) drt->n_tau, share);
}

static void
clear_error (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

static gboolean
analyse (const PlateauBookJob *job, PlateauBookPage *page, GError **error)
{
  PlateauDrtOptions options = PLATEAU_DRT_OPTIONS_INIT;
  g_autoptr (GPtrArray) spectra = load_spectra (job, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (clear_error);
  guint n_failed = 0, first_failed = 0;
  if (spectra == NULL || spectra->len == 0
      || !plateau_book_read_settings (job->study, "drt", plateau_drt_option_table, &options, error))
    return FALSE;
  g_autoptr (GPtrArray)
      results = plateau_drt_analyse_many (spectra, &options, 1, errors, job->cancellable);
  g_autoptr (GPtrArray) windows = load_windows (job->study);
  page->curves = new_table ();
  page->x = 1;
  page->y = 2;
  page->log_x = TRUE;
  for (guint i = 0; i < results->len; i++)
    if (results->pdata[i] != NULL)
      add_curve (page, results->pdata[i], i + 1,
                 results->len > 1 ? (double) i / (results->len - 1) : 0);
    else if (n_failed++ == 0)
      first_failed = i;
  page->values = plateau_drt_peak_table (spectra, results, windows,
                                         job->cell->cell->reference_offset);
  if (n_failed == 0)
    return TRUE;
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
               _ ("%u of %u spectra have none; spectrum %u: %s"), n_failed, results->len,
               first_failed + 1, ((const GError *) errors->pdata[first_failed])->message);
  return FALSE;
}

const PlateauBookKind plateau_book_kind_drt = {
  .label = N_ ("Relaxation times, curves and peaks"),
  .curves_sheet = "DRT",
  .curves_title = N_ ("distribution of relaxation times"),
  .values_sheet = N_ ("DRT peaks"),
  .values_title = N_ ("Peaks of the distributions of relaxation times"),
  .object = "DRT",
  .kinds = PLATEAU_KIND_EIS,
  .analyse = analyse,
  .of_spectra = TRUE,
};
