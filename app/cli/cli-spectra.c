/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-spectra.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>

const PlateauImpedanceOptions cli_spectra_defaults = PLATEAU_IMPEDANCE_OPTIONS_INIT;

void
cli_spectra_free (CliSpectra *spectra)
{
  g_ptr_array_unref (spectra->spectra);
  g_clear_pointer (&spectra->measured, g_ptr_array_unref);
  g_array_unref (spectra->numbers);
  g_free (spectra);
}

void
cli_clear_error (gpointer error)
{
  if (error != NULL)
    g_error_free (error);
}

static GPtrArray *
choose (CliContext *context, GPtrArray *all, GArray *numbers)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);

  for (guint number = 1; number <= all->len; number++)
    if (cli_context_has_spectrum (context, number))
      {
        g_ptr_array_add (chosen, plateau_spectrum_ref (all->pdata[number - 1]));
        if (numbers != NULL)
          g_array_append_val (numbers, number);
      }
  return chosen;
}

static CliSpectra *
prepare (CliContext *context, GPtrArray *all, gint64 cell, const PlateauImpedanceOptions *options)
{
  CliSpectra *result = g_new0 (CliSpectra, 1);
  g_autoptr (GPtrArray) prepared = plateau_impedance_prepare (all, cell, options, NULL);

  result->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  result->spectra = choose (context, prepared, result->numbers);
  if (options->correct_drift)
    {
      PlateauImpedanceOptions as_measured = *options;

      as_measured.correct_drift = FALSE;
      g_autoptr (GPtrArray) before = plateau_impedance_prepare (all, cell, &as_measured, NULL);
      result->measured = choose (context, before, NULL);
    }
  return result;
}

CliSpectra *
cli_spectra_load (CliContext *context, const PlateauStudyCell *cell, GError **error)
{
  g_autoptr (GPtrArray) all = cli_context_load_spectra (context, cell, error);
  g_autoptr (CliSpectra) result = NULL;

  if (all == NULL)
    return NULL;
  result = prepare (context, all, cell->id,
                    cli_context_get_options (context, plateau_impedance_option_table));
  if (result->spectra->len == 0)
    {
      if (all->len == 0)
        g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                             _ ("holds no impedance spectra"));
      else
        g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                     _ ("holds %u spectra, none of those that --spectra names"), all->len);
      return NULL;
    }
  return g_steal_pointer (&result);
}

gboolean
cli_spectra_fill (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                  JsonObject *result, GArray *indices, GPtrArray *analyses, GPtrArray *errors,
                  CliSetSpectrum set, GError **error)
{
  JsonArray *list;
  guint done = 0;

  for (guint i = 0; i < analyses->len; i++)
    done += analyses->pdata[i] != NULL;
  if (done == 0)
    {
      g_propagate_error (error, g_error_copy (errors->pdata[0]));
      return FALSE;
    }
  list = cli_set_list (result, "spectra");
  for (guint i = 0; i < analyses->len; i++)
    {
      JsonObject *entry = cli_append_object (list);
      guint number = g_array_index (indices, guint, i);

      cli_set_integer (entry, "index", number);
      if (analyses->pdata[i] != NULL)
        set (context, cell, entry, analyses->pdata[i]);
      else
        {
          const GError *reason = errors->pdata[i];
          g_autofree char *message = g_strdup_printf (_ ("spectrum %u: %s"), number,
                                                      reason->message);

          cli_set_text (entry, "error", reason->message);
          cli_context_fail (context, input->file, message);
        }
    }
  return TRUE;
}

void
cli_set_factors (JsonObject *object, const char *key, const double *values, gsize n, double factor)
{
  g_autofree double *scaled = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    scaled[i] = factor * values[i];
  cli_set_numbers (object, key, scaled, n);
}
