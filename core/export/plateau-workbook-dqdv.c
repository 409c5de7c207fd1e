/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include "analysis/plateau-dqdv.h"

#include <glib/gi18n.h>
#include <math.h>

/* Differential capacity of the first two cycles and the last complete one. */

#define MAX_CYCLES 3

static guint
choose_cycles (PlateauCycles *cycles, guint *chosen)
{
  guint n = 0, last = 0;
  for (guint i = 0; i < cycles->n_cycles; i++)
    {
      const PlateauCycle *cycle = &cycles->cycles[i];
      if (cycle->cycle == 0)
        continue;
      if (n < MAX_CYCLES - 1)
        chosen[n++] = cycle->cycle;
      else if (cycle->complete)
        last = cycle->cycle;
    }
  if (last > 0)
    chosen[n++] = last;
  return n;
}

static PlateauTable *
new_table (gboolean specific)
{
  PlateauTable *table = plateau_table_new (_ ("Differential capacity"));
  plateau_table_add_column (table, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "branch", _ ("Branch"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "potential_V", _ ("Potential"), "V", PLATEAU_COLUMN_NUMBER, 5);
  plateau_table_add_column (table, "dqdv_mAh_V", _ ("dQ/dV"), "mAh/V", PLATEAU_COLUMN_NUMBER, 5);
  if (specific)
    plateau_table_add_column (table, "dqdv_mAh_g_V", _ ("Specific dQ/dV"), "mAh/(g V)",
                              PLATEAU_COLUMN_NUMBER, 5);
  return table;
}

static void
add_curve (PlateauBookPage *page, const PlateauDqdvCurve *curve, const PlateauStudyCell *cell,
           double share, gboolean named)
{
  gboolean specific = isfinite (cell->active_mass);
  guint first = plateau_table_get_n_rows (page->curves);
  const char *branch = curve->charge ? _ ("charge") : _ ("discharge");
  for (guint i = 0; i < curve->n; i++)
    {
      guint row = plateau_table_add_row (page->curves);
      plateau_table_set_number (page->curves, row, 0, curve->cycle);
      plateau_table_set_word (page->curves, row, 1, curve->charge ? "charge" : "discharge", branch);
      plateau_table_set_number (page->curves, row, 2, curve->potential[i] + cell->reference_offset);
      plateau_table_set_number (page->curves, row, 3, plateau_from_si (curve->dqdv[i], "mAh/V"));
      if (specific)
        plateau_table_set_number (
            page->curves, row, 4,
            plateau_from_si (curve->dqdv[i] / cell->active_mass, "mAh/(g V)"));
    }
  if (curve->n > 0)
    plateau_book_page_add_curve (page,
                                 named ? g_strdup_printf (_ ("Cycle %u"), curve->cycle) : NULL,
                                 first, curve->n, share);
}

static gboolean
analyse (const PlateauBookJob *job, PlateauBookPage *page, GError **error)
{
  const PlateauStudyCell *cell = job->cell->cell;
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;
  guint chosen[MAX_CYCLES];
  if (job->cell->cycles == NULL)
    return FALSE;
  guint n = choose_cycles (job->cell->cycles, chosen);
  if (n == 0
      || !plateau_book_read_settings (job->study, "dqdv", plateau_dqdv_option_table, &options,
                                      error))
    return FALSE;
  options.inverse = FALSE;
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, PLATEAU_KIND_CYCLING, error);
  if (recording == NULL)
    return FALSE;
  g_autoptr (GPtrArray) curves = plateau_dqdv_analyse (job->cell->cycles, recording, chosen, n,
                                                       &options, job->cancellable, error);
  if (curves == NULL)
    return FALSE;
  page->curves = new_table (isfinite (cell->active_mass));
  page->x = 2;
  page->y = isfinite (cell->active_mass) ? 4 : 3;
  guint number = 0, before = 0;
  for (guint i = 0; i < curves->len; i++)
    {
      const PlateauDqdvCurve *curve = curves->pdata[i];
      gboolean named = curve->cycle != before;
      before = curve->cycle;
      number += named;
      add_curve (page, curve, cell, n > 1 ? (double) (number - 1) / (n - 1) : 0, named);
    }
  page->values = plateau_dqdv_peaks_table (curves, cell->active_mass, cell->reference_offset);
  return TRUE;
}

const PlateauBookKind plateau_book_kind_dqdv = {
  .label = N_ ("Differential capacity, curves and peaks"),
  .curves_sheet = "dQdV",
  .curves_title = N_ ("differential capacity of the cycles 1, 2 and last"),
  .values_sheet = N_ ("dQdV peaks"),
  .values_title = N_ ("Peaks of the differential capacity"),
  .object = "dQdV",
  .kinds = PLATEAU_KIND_CYCLING,
  .analyse = analyse,
};
