/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-spectra.h"

#include "analysis/plateau-kk.h"

#include <glib/gi18n.h>

/* Kramers-Kronig validity of spectra. */

static const PlateauKkOptions defaults = PLATEAU_KK_OPTIONS_INIT;

static const CliOptionSet kk_options[] = {
  { plateau_kk_option_table, sizeof (PlateauKkOptions), &defaults, "kk" },
  CLI_SPECTRA_OPTIONS,
  { NULL },
};

/* A test, and that of the spectrum as it was measured where a correction changed it. */
typedef struct
{
  const PlateauKk *kk, *before;
} Test;

static void
set_summary (JsonObject *entry, const PlateauKk *kk)
{
  gboolean lin_kk = kk->method == PLATEAU_KK_LIN_KK;

  cli_set_text (entry, "method", lin_kk ? "lin-kk" : "z-hit");
  if (lin_kk)
    cli_set_integer (entry, "elements", kk->elements);
  else
    cli_set_text (entry, "elements", NULL);
  cli_set_number (entry, "mu", kk->mu);
  cli_set_number (entry, "pseudo_chi2", kk->pseudo_chi2);
  cli_set_text (entry, "verdict", plateau_kk_verdict_nick (kk->verdict));
  cli_set_text (entry, "verdict_text", kk->sentence);
  cli_set_number (entry, "largest_residual_percent", 100 * kk->largest);
  cli_set_integer (entry, "failing_points", kk->n_failing);
  if (lin_kk)
    cli_set_integer (entry, "verdict_elements", kk->judged_elements);
  else
    cli_set_text (entry, "verdict_elements", NULL);
  cli_set_number (entry, "verdict_largest_residual_percent", 100 * kk->judged_largest);
}

static void
set_kk (CliContext *context, const PlateauStudyCell *cell, JsonObject *entry,
        gconstpointer analysis)
{
  const Test *test = analysis;
  const PlateauKk *kk = test->kk;

  set_summary (entry, kk);
  if (test->before != NULL)
    set_summary (cli_set_object (entry, "before_drift_correction"), test->before);
  cli_set_numbers (entry, "frequency_Hz", kk->frequency, kk->n);
  cli_set_factors (entry, "residual_re_percent", kk->residual_re, kk->n, 100);
  cli_set_factors (entry, "residual_im_percent", kk->residual_im, kk->n, 100);
}

static GPtrArray *
pair (GPtrArray *tests, GPtrArray *before)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tests->len; i++)
    {
      Test test = { tests->pdata[i], before != NULL ? before->pdata[i] : NULL };

      g_ptr_array_add (pairs, test.kk != NULL ? g_memdup2 (&test, sizeof test) : NULL);
    }
  return pairs;
}

static gboolean
kk_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
              JsonObject *result, GError **error)
{
  const PlateauKkOptions *options = cli_context_get_options (context, plateau_kk_option_table);
  g_autoptr (CliSpectra) spectra = cli_spectra_load (context, cell, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (cli_clear_error);
  g_autoptr (GPtrArray) tests = NULL, before = NULL, pairs = NULL;

  if (spectra == NULL)
    return FALSE;
  tests = plateau_kk_analyse_many (spectra->spectra, options, 0, errors, NULL);
  if (spectra->measured != NULL)
    before = plateau_kk_analyse_many (spectra->measured, options, 0, NULL, NULL);
  pairs = pair (tests, before);
  return cli_spectra_fill (context, input, cell, result, spectra->numbers, pairs, errors, set_kk,
                           error);
}

const CliCommand cli_kk_command = {
  .name = "kk",
  .summary = N_ ("Kramers-Kronig test of impedance spectra"),
  .options = kk_options,
  .each_cell = kk_each_cell,
};
