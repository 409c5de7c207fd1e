/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-cycles-private.h"
#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* "5", "5-8" or, after its minus was taken off, "12" of "-12". */
static gboolean
parse_range (const char *text, guint64 *from, guint64 *to)
{
  char *end = NULL;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  *from = *to = g_ascii_strtoull (text, &end, 10);
  if (*end == '-' && g_ascii_isdigit (end[1]))
    *to = g_ascii_strtoull (end + 1, &end, 10);
  return *end == 0 && *from <= *to;
}

static gboolean
mark_words (PlateauCycle *cycles, guint n_cycles, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", \t\n", -1);

  for (guint w = 0; words[w] != NULL; w++)
    {
      gboolean outlier = words[w][0] != '-';
      guint64 from, to;

      if (*words[w] == 0)
        continue;
      if (!parse_range (words[w] + !outlier, &from, &to))
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("Outliers are numbers of cycles such as “5, 17-19”, or “-12” for one "
                          "that is none, not “%s”."),
                       words[w]);
          return FALSE;
        }
      for (guint i = 0; i < n_cycles; i++)
        if (cycles[i].cycle >= from && cycles[i].cycle <= to)
          cycles[i].outlier = outlier;
    }
  return TRUE;
}

/**
 * plateau_cycles_mark_outliers:
 * @cycles: cycles as plateau_cycles_flag_outliers() left them
 * @text: (nullable): numbers and ranges of cycles, separated by commas, semicolons or spaces: "5,
 *   17-19" are outliers, "-12" is none though it was found to be one; later words win. What
 *   stands between semicolons after the name of a cell and a colon, "S-LRMO-2: 17; S-LRMO-3: 5",
 *   is for that cell alone
 * @cell: (nullable): name of the cell whose cycles these are
 *
 * Corrects by hand which cycles are outliers. Nothing is deleted: an outlier keeps its values and
 * is left out of means, slopes, retention and rate groups. Numbers of cycles that @cycles does not
 * have are passed over, for the same text serves cells of different lives.
 *
 * Returns: %FALSE with PLATEAU_ANALYSIS_ERROR_INVALID when @text holds something else
 */
gboolean
plateau_cycles_mark_outliers (PlateauCycle *cycles, guint n_cycles, const char *text,
                              const char *cell, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strrchr (parts[i], ':');

      if (colon != NULL)
        {
          *colon = 0;
          if (g_strcmp0 (g_strstrip (parts[i]), cell) != 0)
            continue;
        }
      if (!mark_words (cycles, n_cycles, colon != NULL ? colon + 1 : parts[i], error))
        return FALSE;
    }
  return TRUE;
}
