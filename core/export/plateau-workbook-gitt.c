/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-pages.h"

#include "analysis/plateau-gitt.h"

#include <glib/gi18n.h>
#include <math.h>

/* Pulses of titrations, with the diffusion coefficient against potential. */

/* A curve for each run of pulses of one direction. */
static void
add_curves (PlateauBookPage *page)
{
  int direction = plateau_table_find_column (page->curves, "direction");
  int x = plateau_table_find_column (page->curves, "relaxed_after_V");
  int y = plateau_table_find_column (page->curves, "diffusion_cm2_s");
  guint n = plateau_table_get_n_rows (page->curves), first = 0;
  if (direction < 0 || x < 0 || y < 0)
    return;
  page->x = (guint) x;
  page->y = (guint) y;
  page->log_y = TRUE;
  for (guint row = 1; row <= n; row++)
    {
      const char *name = plateau_table_get_text (page->curves, first, (guint) direction);
      if (row < n
          && g_strcmp0 (name, plateau_table_get_text (page->curves, row, (guint) direction)) == 0)
        continue;
      plateau_book_page_add_curve (page, g_strdup (name), first, row - first, first > 0 ? 1 : 0);
      g_array_index (page->series, PlateauBookCurve, page->series->len - 1).points = TRUE;
      first = row;
    }
}

/* Without an area nothing diffuses: the sheet of values says what there is. */
static gboolean
has_diffusion (PlateauTable *table)
{
  int y = plateau_table_find_column (table, "diffusion_cm2_s");
  for (guint row = 0; y >= 0 && row < plateau_table_get_n_rows (table); row++)
    if (plateau_table_get_number (table, row, (guint) y) > 0)
      return TRUE;
  return FALSE;
}

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
  if (has_diffusion (page->values))
    {
      page->curves = plateau_table_ref (page->values);
      add_curves (page);
    }
  return TRUE;
}

const PlateauBookKind plateau_book_kind_gitt = {
  .label = N_ ("Pulses of titrations"),
  .curves_sheet = "GITT",
  .curves_title = N_ ("diffusion coefficient of each pulse"),
  .values_sheet = N_ ("GITT pulses"),
  .values_title = N_ ("Pulses of the intermittent titrations"),
  .object = "GITT",
  .kinds = PLATEAU_KIND_GITT,
  .analyse = analyse,
};
