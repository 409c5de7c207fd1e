/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-distribution.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define REACH 1.5 /* interquartile ranges (Tukey, Exploratory Data Analysis, 1977) */

gboolean
plateau_box_is_outlier (const PlateauBox *box, double value)
{
  return value < box->lower_whisker || value > box->upper_whisker;
}

/**
 * plateau_box_of:
 * @values: (array length=n): in any order; NaN are left out
 *
 * Quartiles interpolate linearly between the values.
 *
 * Returns: median, quartiles and whiskers; all NaN without a value
 */
PlateauBox
plateau_box_of (const double *values, gsize n)
{
  PlateauBox box = {
    .mean = plateau_mean (values, n),
    .sd = plateau_sd (values, n),
    .lowest = plateau_quantile (values, n, 0),
    .lower_quartile = plateau_quantile (values, n, 0.25),
    .median = plateau_quantile (values, n, 0.5),
    .upper_quartile = plateau_quantile (values, n, 0.75),
    .highest = plateau_quantile (values, n, 1),
    .lower_whisker = NAN,
    .upper_whisker = NAN,
  };
  double reach = REACH * (box.upper_quartile - box.lower_quartile);
  for (gsize i = 0; i < n; i++)
    {
      if (isnan (values[i]))
        continue;
      box.n++;
      if (values[i] >= box.lower_quartile - reach && !(values[i] >= box.lower_whisker))
        box.lower_whisker = values[i];
      if (values[i] <= box.upper_quartile + reach && !(values[i] <= box.upper_whisker))
        box.upper_whisker = values[i];
    }
  return box;
}

/**
 * plateau_distribution_parse:
 * @text: pasted numbers, separated by anything that is not part of a number
 * @n: (out): how many
 *
 * Returns: (transfer full) (array length=n): the numbers, or %NULL with @error set when a word is
 *   none
 */
double *
plateau_distribution_parse (const char *text, gsize *n, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n;,", -1);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; words[i] != NULL; i++)
    {
      double value;
      if (*words[i] == 0)
        continue;
      if (!plateau_parse_number (words[i], &value))
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("“%s” is not a number"), words[i]);
          return NULL;
        }
      g_array_append_val (numbers, value);
    }
  *n = numbers->len;
  if (numbers->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("there is no number"));
      return NULL;
    }
  return (double *) (gpointer) g_array_free (g_steal_pointer (&numbers), FALSE);
}
