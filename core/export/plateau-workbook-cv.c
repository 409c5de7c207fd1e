/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include "analysis/plateau-voltammetry.h"

#include <glib/gi18n.h>
#include <math.h>

/* Peaks of cyclic voltammograms. */

static gboolean
analyse (const PlateauBookJob *job, PlateauBookPage *page, GError **error)
{
  const PlateauStudyCell *cell = job->cell->cell;
  PlateauVoltammetryOptions options = PLATEAU_VOLTAMMETRY_OPTIONS_INIT;
  g_autoptr (PlateauRecording)
      recording = plateau_measurements_load_recording (cell->measurements, PLATEAU_KIND_CV, error);
  if (recording == NULL
      || !plateau_book_read_settings (job->study, "cv", plateau_voltammetry_option_table, &options,
                                      error))
    return FALSE;
  g_autoptr (PlateauVoltammetry)
      voltammetry = plateau_voltammetry_analyse (recording, &options, job->cancellable, error);
  if (voltammetry == NULL)
    return FALSE;
  page->values = plateau_voltammetry_table (voltammetry, cell->reference_offset);
  return TRUE;
}

const PlateauBookKind plateau_book_kind_cv = {
  .label = N_ ("Peaks of voltammograms"),
  .values_sheet = N_ ("CV peaks"),
  .values_title = N_ ("Peaks of the cyclic voltammograms"),
  .object = "CV",
  .kinds = PLATEAU_KIND_CV,
  .analyse = analyse,
};
