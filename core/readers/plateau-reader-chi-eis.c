/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* CH Instruments "A.C. Impedance" as text. */

static guint
chi_eis_score (const PlateauProbe *probe)
{
  if (probe->text == NULL || strstr (probe->text, "Freq/Hz") == NULL)
    return 0;
  gboolean chi = strstr (probe->text, "A.C. Impedance") != NULL
                 || strstr (probe->text, "Instrument Model:  CHI") != NULL
                 || strstr (probe->text, "High Frequency (Hz) =") != NULL;
  return chi ? 90 : 0;
}

static void
chi_eis_preamble (GPtrArray *lines, guint end, PlateauEisTraits *traits,
                  PlateauMeasurement *measurement)
{
  traits->conditions.mode = PLATEAU_EIS_PEIS;
  traits->conditions.amplitude = plateau_eis_text_find_number (lines, end, "Amplitude (V)");
  traits->conditions.potential = plateau_eis_text_find_number (lines, end, "Init E (V)");
  traits->trust_sign = TRUE;
  const char *model = plateau_eis_text_find_value (lines, end, "Instrument Model");
  if (model != NULL && model[0] != '\0')
    plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, model);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_TECHNIQUE, "A.C. Impedance");
}

static gboolean
chi_eis_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
              GCancellable *cancellable, GError **error)
{
  return plateau_eis_text_read_file (input, options, "CH Instruments", chi_eis_preamble,
                                     measurements, cancellable, error);
}

static const char *const chi_eis_suffixes[] = { "txt", "csv", NULL };

const PlateauReader plateau_reader_chi_eis = {
  .id = "chi-eis",
  .label = N_ ("CH Instruments impedance text"),
  .suffixes = chi_eis_suffixes,
  .version = 1,
  .score = chi_eis_score,
  .read = chi_eis_read,
};
