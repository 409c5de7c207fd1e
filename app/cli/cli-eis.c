/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-commands.h"
#include "cli-spectra.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>

/* Impedance spectra as they were read, with the conditions they were taken at. */

static const char *
mode_nick (PlateauEisMode mode)
{
  switch (mode)
    {
    case PLATEAU_EIS_PEIS:
      return "PEIS";
    case PLATEAU_EIS_GEIS:
      return "GEIS";
    case PLATEAU_EIS_UNKNOWN:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}

static const char *
electrode_nick (PlateauElectrode electrode)
{
  switch (electrode)
    {
    case PLATEAU_ELECTRODE_CELL:
      return "cell";
    case PLATEAU_ELECTRODE_WORKING:
      return "working";
    case PLATEAU_ELECTRODE_COUNTER:
      return "counter";
    }
  g_return_val_if_reached (NULL);
}

static void
set_spectrum (JsonObject *entry, guint index, PlateauSpectrum *spectrum, double offset)
{
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (spectrum);
  gsize n = plateau_spectrum_get_n (spectrum);
  cli_set_integer (entry, "index", index);
  cli_set_integer (entry, "points", (gint64) n);
  cli_set_numbers (entry, "frequency_Hz", plateau_spectrum_peek_frequency (spectrum), n);
  cli_set_numbers (entry, "z_re_ohm", plateau_spectrum_peek_re (spectrum), n);
  cli_set_numbers (entry, "z_im_ohm", plateau_spectrum_peek_im (spectrum), n);
  cli_set_number (entry, "potential_V", conditions->potential + offset);
  cli_set_number (entry, "time_s", conditions->time);
  cli_set_number (entry, "cycle", conditions->cycle);
  cli_set_number (entry, "temperature_C", plateau_from_si (conditions->temperature, "degC"));
  cli_set_number (entry, "amplitude", conditions->amplitude);
  cli_set_text (entry, "mode", mode_nick (conditions->mode));
  cli_set_number (entry, "dc_current_mA", plateau_from_si (conditions->dc_current, "mA"));
  cli_set_number (entry, "state_of_charge_percent", conditions->state_of_charge * 100);
  cli_set_text (entry, "electrode", electrode_nick (conditions->electrode));
  cli_set_text (entry, "label", plateau_spectrum_get_label (spectrum));
}

/* The spectra as they were read, whatever a project leaves out of its analyses. */
static const CliOptionSet eis_options[] = {
  { plateau_impedance_option_table, sizeof (PlateauImpedanceOptions), &cli_spectra_defaults, NULL },
  { NULL },
};

static gboolean
eis_each_cell (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
               JsonObject *result, GError **error)
{
  g_autoptr (CliSpectra) spectra = cli_spectra_load (context, cell, error);
  if (spectra == NULL)
    return FALSE;
  JsonArray *list = cli_set_list (result, "spectra");
  for (guint i = 0; i < spectra->spectra->len; i++)
    set_spectrum (cli_append_object (list), g_array_index (spectra->numbers, guint, i),
                  spectra->spectra->pdata[i], cell->reference_offset);
  return TRUE;
}

const CliCommand cli_eis_command = {
  .name = "eis",
  .summary = N_ ("Impedance spectra and the conditions they were taken at"),
  .options = eis_options,
  .each_cell = eis_each_cell,
};
