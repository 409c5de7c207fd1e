/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"
#include "base/plateau-error.h"
#include "cli-commands.h"
#include "cli-cycling.h"

#include <glib/gi18n.h>
#include <math.h>

/* Differential capacity of branches, and their peaks. */

static const PlateauDqdvOptions dqdv_defaults = PLATEAU_DQDV_OPTIONS_INIT;
static const CliOptionSet sets[] = {
  { plateau_dqdv_option_table, sizeof (PlateauDqdvOptions), &dqdv_defaults, "dqdv" },
  CLI_CYCLES_OPTION_SET,
  { NULL },
};

/* Adds @offset and converts to the unit; NaN where @divide is. */
static void
set_converted (JsonObject *object, const char *key, const double *values, gsize n, double divide,
               double offset, const char *unit)
{
  g_autofree double *converted = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    converted[i] = plateau_from_si (values[i] / divide + offset, unit);
  cli_set_numbers (object, key, converted, n);
}

static void
set_peaks (JsonObject *object, const PlateauDqdvCurve *curve, double offset)
{
  JsonArray *peaks = cli_set_list (object, "peaks");

  for (guint i = 0; i < curve->n_peaks; i++)
    {
      JsonObject *peak = cli_append_object (peaks);

      cli_set_number (peak, "potential_V", curve->peaks[i].potential + offset);
      cli_set_number (peak, "height_mAh_V", plateau_from_si (curve->peaks[i].height, "mAh/V"));
      cli_set_number (peak, "fwhm_V", curve->peaks[i].fwhm);
      cli_set_number (peak, "area_mAh", plateau_from_si (curve->peaks[i].area, "mAh"));
    }
}

static void
set_curve (JsonObject *object, const PlateauDqdvCurve *curve, gboolean inverse,
           const PlateauNormalisation *by)
{
  const PlateauOption *method = plateau_option_find (plateau_dqdv_option_table, "method");

  cli_set_integer (object, "cycle", curve->cycle);
  cli_set_text (object, "branch", curve->charge ? "charge" : "discharge");
  cli_set_text (object, "method", method->choices[curve->method]);
  cli_set_number (object, "capacity_mAh", plateau_from_si (curve->capacity, "mAh"));
  cli_set_number (object, "integral_mAh", plateau_from_si (curve->integral, "mAh"));
  if (inverse)
    {
      set_converted (object, "q_mAh", curve->charge_passed, curve->n_inverse, 1, 0, "mAh");
      set_converted (object, "dvdq_V_mAh", curve->dvdq, curve->n_inverse, 1, 0, "V/mAh");
      return;
    }
  set_converted (object, "potential_V", curve->potential, curve->n, 1, by->offset, "V");
  set_converted (object, "dqdv_mAh_V", curve->dqdv, curve->n, 1, 0, "mAh/V");
  if (isfinite (by->active_mass))
    set_converted (object, "dqdv_mAh_g_V", curve->dqdv, curve->n, by->active_mass, 0, "mAh/(g V)");
  else
    cli_set_text (object, "dqdv_mAh_g_V", NULL);
  set_peaks (object, curve, by->offset);
}

static gboolean
dqdv_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                JsonObject *result, GError **error)
{
  PlateauNormalisation normalisation = plateau_normalisation_of_cell (cell);
  const PlateauDqdvOptions *options = cli_context_get_options (context, plateau_dqdv_option_table);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (PlateauRecording) recording = NULL;
  g_autoptr (PlateauCycles) cycles = NULL;
  g_autoptr (GPtrArray) curves = NULL;
  JsonArray *list;

  if (!cli_cycling_load (context, cell, &recording, &cycles, error))
    return FALSE;
  for (guint i = 0; i < cycles->n_cycles; i++)
    if (cli_context_has_cycle (context, cycles->cycles[i].cycle))
      g_array_append_val (wanted, cycles->cycles[i].cycle);
  if (wanted->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("None of the chosen cycles is in this test, which has %u cycles."),
                   cycles->n_cycles);
      return FALSE;
    }
  curves = plateau_dqdv_analyse (cycles, recording, (const guint *) (gpointer) wanted->data,
                                 wanted->len, options, NULL, error);
  if (curves == NULL)
    return FALSE;
  cli_set_cycle_warnings (result, cycles);
  list = cli_set_list (result, "curves");
  for (guint i = 0; i < curves->len; i++)
    set_curve (cli_append_object (list), g_ptr_array_index (curves, i), options->inverse,
               &normalisation);
  return TRUE;
}

const CliCommand cli_dqdv_command = {
  .name = "dqdv",
  .summary = N_ ("Differential capacity and its peaks"),
  .options = sets,
  .each_cell = dqdv_each_cell,
};
