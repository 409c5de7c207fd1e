/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-eis-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Princeton Applied Research: PARSTAT exports with potential and current beside the impedance
 * (rows of a rest before the sweep have frequency 0), and PowerSuite's three columns. */

static guint
parstat_score (const PlateauProbe *probe)
{
  if (probe->text == NULL)
    return 0;
  if (strstr (probe->text, "Zre (ohms)") != NULL && strstr (probe->text, "Zim (ohms)") != NULL)
    return 90;
  if (g_str_has_prefix (probe->text, "Frequency") && strstr (probe->text, "Zimg") != NULL)
    return 90;
  return 0;
}

static void
parstat_preamble (GPtrArray *lines, guint end, PlateauEisTraits *traits,
                  PlateauMeasurement *measurement)
{
  traits->trust_sign = TRUE;
}

static gboolean
parstat_read (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
              GCancellable *cancellable, GError **error)
{
  return plateau_eis_text_read_file (input, options, "Princeton Applied Research", parstat_preamble,
                                     measurements, cancellable, error);
}

static const char *const parstat_suffixes[] = { "txt", NULL };

const PlateauReader plateau_reader_parstat = {
  .id = "parstat",
  .label = N_ ("PARSTAT and PowerSuite impedance text"),
  .suffixes = parstat_suffixes,
  .version = 1,
  .score = parstat_score,
  .read = parstat_read,
};
