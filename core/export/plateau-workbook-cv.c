/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include "analysis/plateau-voltammetry.h"

#include <glib/gi18n.h>
#include <math.h>

/* Cyclic voltammograms and their peaks. */

static PlateauTable *
new_table (gboolean specific)
{
  PlateauTable *table = plateau_table_new (_ ("Cyclic voltammogram"));
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "potential_V", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "current_mA", _ ("Current"), "mA", PLATEAU_COLUMN_NUMBER, 5);
  if (specific)
    plateau_table_add_column (table, "current_mA_g", _ ("Specific current"), "mA/g",
                              PLATEAU_COLUMN_NUMBER, 5);
  return table;
}

/* All rows of the sweeps of one cycle, in the order of time. */
static void
add_cycle (PlateauBookPage *page, const PlateauStudyCell *cell, PlateauRecording *recording,
           const PlateauVoltammetry *voltammetry, guint index)
{
  const PlateauVoltammetryCycle *cycle = &voltammetry->cycles[index];
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  gsize first = G_MAXSIZE, last = 0;
  const guint sweeps[] = { cycle->anodic_sweep, cycle->cathodic_sweep };
  for (guint s = 0; s < G_N_ELEMENTS (sweeps); s++)
    if (sweeps[s] < voltammetry->n_sweeps)
      {
        first = MIN (first, voltammetry->sweeps[sweeps[s]].first_row);
        last = MAX (last, voltammetry->sweeps[sweeps[s]].last_row);
      }
  if (potential == NULL || current == NULL || first > last)
    return;
  guint begin = plateau_table_get_n_rows (page->curves);
  for (gsize i = first; i <= last; i++)
    {
      guint row = plateau_table_add_row (page->curves);
      plateau_table_set_number (page->curves, row, 0, cycle->cycle);
      plateau_table_set_number (page->curves, row, 1, potential[i] + cell->reference_offset);
      plateau_table_set_number (page->curves, row, 2, plateau_from_si (current[i], "mA"));
      if (isfinite (cell->active_mass))
        plateau_table_set_number (page->curves, row, 3,
                                  plateau_from_si (current[i] / cell->active_mass, "mA/g"));
    }
  plateau_book_page_add_curve (
      page, g_strdup_printf (_ ("Cycle %u"), cycle->cycle), begin, (guint) (last - first + 1),
      voltammetry->n_cycles > 1 ? (double) index / (voltammetry->n_cycles - 1) : 0);
}

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
  page->curves = new_table (isfinite (cell->active_mass));
  page->x = 1;
  page->y = isfinite (cell->active_mass) ? 3 : 2;
  for (guint i = 0; i < voltammetry->n_cycles; i++)
    add_cycle (page, cell, recording, voltammetry, i);
  return TRUE;
}

const PlateauBookKind plateau_book_kind_cv = {
  .label = N_ ("Voltammograms, curves and peaks"),
  .curves_sheet = "CV",
  .curves_title = N_ ("cyclic voltammogram"),
  .values_sheet = N_ ("CV peaks"),
  .values_title = N_ ("Peaks of the cyclic voltammograms"),
  .object = "CV",
  .kinds = PLATEAU_KIND_CV,
  .analyse = analyse,
};
