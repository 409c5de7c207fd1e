/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-spectra.h"

#include "analysis/plateau-kk.h"

#include <glib/gi18n.h>

/* Kramers-Kronig validity of spectra. */

static const PlateauKkOptions defaults = PLATEAU_KK_OPTIONS_INIT;

static const CliOptionSet kk_options[] = {
  { plateau_kk_option_table, sizeof (PlateauKkOptions), &defaults, "kk" },
  { NULL },
};

static void
clear_error (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

static void
set_kk (CliContext *context, const PlateauStudyCell *cell, JsonObject *entry,
        gconstpointer analysis)
{
  const PlateauKk *kk = analysis;
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
  cli_set_numbers (entry, "frequency_Hz", kk->frequency, kk->n);
  cli_set_factors (entry, "residual_re_percent", kk->residual_re, kk->n, 100);
  cli_set_factors (entry, "residual_im_percent", kk->residual_im, kk->n, 100);
}

static gboolean
kk_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
              JsonObject *result, GError **error)
{
  const PlateauKkOptions *options = cli_context_get_options (context, plateau_kk_option_table);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) spectra = cli_spectra_load (context, cell, indices, error);
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func (clear_error);
  g_autoptr (GPtrArray) tests = NULL;

  if (spectra == NULL)
    return FALSE;
  tests = plateau_kk_analyse_many (spectra, options, 0, errors, NULL);
  return cli_spectra_fill (context, input, cell, result, indices, tests, errors, set_kk, error);
}

const CliCommand cli_kk_command = {
  .name = "kk",
  .summary = N_ ("Kramers-Kronig test of impedance spectra"),
  .options = kk_options,
  .each_cell = kk_each_cell,
};
