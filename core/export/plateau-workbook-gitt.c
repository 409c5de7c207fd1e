/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include "analysis/plateau-gitt.h"

#include <glib/gi18n.h>
#include <math.h>

/* Pulses of titrations. */

static gboolean
analyse (const PlateauBookJob *job, PlateauBookPage *page, GError **error)
{
  const PlateauStudyCell *cell = job->cell->cell;
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, PLATEAU_KIND_GITT, error);
  g_autoptr (PlateauGitt) gitt = NULL;
  if (recording != NULL
      && plateau_book_read_settings (job->study, "gitt", plateau_gitt_option_table, &options,
                                     error))
    gitt = plateau_gitt_analyse_cell (recording, cell, &options, job->cancellable, error);
  plateau_options_clear (plateau_gitt_option_table, &options);
  if (gitt == NULL)
    return FALSE;
  page->values = plateau_gitt_table (gitt, cell->active_mass, cell->reference_offset);
  return TRUE;
}

const PlateauBookKind plateau_book_kind_gitt = {
  .label = N_ ("Pulses of titrations"),
  .values_sheet = N_ ("GITT pulses"),
  .values_title = N_ ("Pulses of the intermittent titrations"),
  .object = "GITT",
  .kinds = PLATEAU_KIND_GITT,
  .analyse = analyse,
};
