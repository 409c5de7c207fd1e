/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-spectra.h"

#include "analysis/plateau-impedance.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>

/* Without the points that the project leaves out, as in the window. */
static GPtrArray *
prepare (CliContext *context, const PlateauStudyCell *cell, GPtrArray *all, GError **error)
{
  PlateauImpedanceOptions options = PLATEAU_IMPEDANCE_OPTIONS_INIT;
  JsonObject *settings = cli_context_get_settings (context, "impedance");
  GPtrArray *prepared = NULL;

  if (settings == NULL)
    return g_ptr_array_ref (all);
  if (plateau_options_from_json (plateau_impedance_option_table, &options, settings, error))
    prepared = plateau_impedance_prepare (all, cell->id, &options, NULL);
  plateau_options_clear (plateau_impedance_option_table, &options);
  return prepared;
}

GPtrArray *
cli_spectra_load (CliContext *context, const PlateauStudyCell *cell, GArray *indices,
                  GError **error)
{
  g_autoptr (GPtrArray) measured = cli_context_load_spectra (context, cell, error);
  g_autoptr (GPtrArray) all = measured != NULL ? prepare (context, cell, measured, error) : NULL;
  g_autoptr (GPtrArray)
      chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++)
    {
      guint number = i + 1;

      if (!cli_context_has_spectrum (context, number))
        continue;
      g_ptr_array_add (chosen, plateau_spectrum_ref (all->pdata[i]));
      g_array_append_val (indices, number);
    }
  if (chosen->len == 0)
    {
      if (all->len == 0)
        g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                             _ ("holds no impedance spectra"));
      else
        g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                     _ ("holds %u spectra, none of those that --spectra names"), all->len);
      return NULL;
    }
  return g_steal_pointer (&chosen);
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
