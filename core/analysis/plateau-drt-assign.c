/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt.h"

#include <glib/gi18n.h>
#include <math.h>

/* The peaks of a full cell told apart by symmetric cells of its two electrodes: a symmetric cell
 * holds the same electrode twice, so half of its resistance belongs to the full cell. */

#define MOST_APART 0.7 /* decades of tau between the peaks of a pair */
/* The halves make up the peak of the full cell; cells differ, but hardly by more than this. */
#define MOST_UNLIKE 2.5

/**
 * plateau_drt_assign:
 * @full: distribution of the full cell
 * @symmetric: (array length=n_symmetric): distributions of symmetric cells; %NULL entries match
 *   nothing
 * @n_symmetric: their number
 *
 * Peaks are paired by ln tau in order, each peak of a symmetric cell at most once, and only within
 * 0.7 decades.
 *
 * Returns: (transfer full): entry p * @n_symmetric + k is the peak of symmetric cell k that belongs
 *   to peak p of @full, or -1
 */
int *
plateau_drt_assign (PlateauDrt *full, PlateauDrt *const *symmetric, guint n_symmetric)
{
  int *pairs = g_new (int, full->n_peaks *n_symmetric + 1);

  for (guint i = 0; i < full->n_peaks * n_symmetric; i++)
    pairs[i] = -1;
  for (guint k = 0; k < n_symmetric; k++)
    {
      PlateauDrt *const both[] = { full, symmetric[k] };
      g_autoptr (PlateauDrtTracks) tracks = NULL;

      if (!symmetric[k])
        continue;
      tracks = plateau_drt_track (both, 2, MOST_APART);
      for (guint t = 0; t < tracks->n_tracks; t++)
        if (tracks->peak[2 * t] >= 0)
          pairs[(guint) tracks->peak[2 * t] * n_symmetric + k] = tracks->peak[2 * t + 1];
    }
  return pairs;
}

/**
 * plateau_drt_find_electrode:
 * @full: distribution of the full cell
 * @pairs: of plateau_drt_assign()
 * @peak: peak of the full cell
 * @symmetric: (array length=n_symmetric): distributions of symmetric cells
 * @n_symmetric: their number
 * @share: (out) (optional): its part of the halves of all paired peaks, 0 to 1; NaN without a pair
 *
 * Returns: the symmetric cell whose half resists most of those paired with the peak; -1 without a
 *   pair, and where the halves of all pairs together differ from the peak by more than a factor of
 *   2.5, so that they cannot be what it is made of
 */
int
plateau_drt_find_electrode (PlateauDrt *full, const int *pairs, guint peak,
                            PlateauDrt *const *symmetric, guint n_symmetric, double *share)
{
  double largest = 0, sum = 0;
  int electrode = -1;

  for (guint k = 0; k < n_symmetric; k++)
    {
      int partner = pairs[peak * n_symmetric + k];
      double half = partner >= 0 ? symmetric[k]->peaks[partner].resistance / 2 : 0;

      sum += half;
      if (half > largest)
        {
          largest = half;
          electrode = (int) k;
        }
    }
  if (electrode >= 0 && fabs (log (sum / full->peaks[peak].resistance)) > log (MOST_UNLIKE))
    electrode = -1;
  if (share)
    *share = electrode >= 0 ? largest / sum : NAN;
  return electrode;
}

static void
add_pair (PlateauTable *table, guint number, const PlateauDrtPeak *peak, const char *name,
          const PlateauDrtPeak *partner, const char *note)
{
  guint row = plateau_table_add_row (table);

  plateau_table_set_number (table, row, 0, number);
  plateau_table_set_number (table, row, 1, peak->tau);
  plateau_table_set_number (table, row, 2, peak->resistance);
  plateau_table_set_text (table, row, 3, name);
  plateau_table_set_number (table, row, 4, partner ? partner->tau : NAN);
  plateau_table_set_number (table, row, 5, partner ? partner->resistance / 2 : NAN);
  plateau_table_set_text (table, row, 6, note);
}

/**
 * plateau_drt_assignment_table:
 * @full: distribution of the full cell
 * @symmetric: (array length=n_symmetric): distributions of symmetric cells, or %NULL entries
 * @names: (array length=n_symmetric): their names
 * @n_symmetric: their number
 *
 * Returns: (transfer full): one row for each peak of the full cell and symmetric cell that has it;
 *   one row for a peak that none has
 */
PlateauTable *
plateau_drt_assignment_table (PlateauDrt *full, PlateauDrt *const *symmetric,
                              const char *const *names, guint n_symmetric)
{
  PlateauTable *table = plateau_table_new (_ ("Assignment of the peaks"));
  g_autofree int *pairs = plateau_drt_assign (full, symmetric, n_symmetric);

  plateau_table_add_column (table, "peak", _ ("Peak"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "tau", "τ", "s", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "resistance", "R", "ohm", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "symmetric", _ ("Symmetric cell"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "symmetric_tau", _ ("its τ"), "s", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "half_resistance", _ ("half of its R"), "ohm",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "note", _ ("Note"), NULL, PLATEAU_COLUMN_TEXT, 0);
  for (guint p = 0; p < full->n_peaks; p++)
    {
      double share;
      int electrode = plateau_drt_find_electrode (full, pairs, p, symmetric, n_symmetric, &share);
      g_autofree char *note = g_strdup_printf (_ ("assigned: %.0f %% of the paired halves"),
                                               100 * share);

      gboolean paired = FALSE;

      for (guint k = 0; k < n_symmetric; k++)
        if (pairs[p * n_symmetric + k] >= 0)
          {
            paired = TRUE;
            add_pair (table, p + 1, &full->peaks[p], names[k],
                      &symmetric[k]->peaks[pairs[p * n_symmetric + k]],
                      (int) k == electrode ? note
                      : electrode < 0      ? _ ("not assigned: the halves do not add up to R")
                                           : "");
          }
      if (!paired)
        add_pair (table, p + 1, &full->peaks[p], "", NULL, _ ("in no symmetric cell"));
    }
  return table;
}
