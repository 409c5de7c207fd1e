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

static void
value_group_free (gpointer data)
{
  PlateauValueGroup *group = data;
  g_free (group->name);
  g_array_unref (group->values);
  g_free (group);
}

static PlateauValueGroup *
add_group (GPtrArray *groups, const char *name)
{
  PlateauValueGroup *group = g_new0 (PlateauValueGroup, 1);
  group->name = g_strdup (name);
  group->values = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (groups, group);
  return group;
}

/* Adds a cell of the sheet: empty cells are absent values, words are an error with their place. */
static gboolean
add_value (PlateauValueGroup *group, const char *cell, guint line, GError **error)
{
  double value;
  if (*cell == 0)
    return TRUE;
  if (!plateau_parse_number (cell, &value) || !isfinite (value))
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("“%s” in line %u, group %s, is not a number"), cell, line, group->name);
      return FALSE;
    }
  g_array_append_val (group->values, value);
  return TRUE;
}

static gboolean
is_number (const char *cell)
{
  double value;
  return plateau_parse_number (cell, &value);
}

/* Cells between tabs; without any, between semicolons, commas, or spaces. */
static char **
split_cells (const char *line, gboolean tabs, gboolean semicolons)
{
  char **cells = tabs         ? g_strsplit (line, "\t", -1)
                 : semicolons ? g_strsplit (line, ";", -1)
                              : g_strsplit_set (line, " ,", -1);
  for (guint i = 0; cells[i] != NULL; i++)
    g_strstrip (cells[i]);
  return cells;
}

static gboolean
add_row (GPtrArray *groups, char **cells, guint line, GError **error)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      if (*cells[i] == 0)
        continue;
      if (i >= groups->len)
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("line %u has more values than the first line has names"), line);
          return FALSE;
        }
      if (!add_value (groups->pdata[i], cells[i], line, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_named_line (GPtrArray *groups, const char *line, guint number, GError **error)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = g_strstrip (g_strndup (line, (gsize) (colon - line)));
  PlateauValueGroup *group = add_group (groups, name);
  g_auto (GStrv) cells = g_strsplit_set (colon + 1, " \t;,", -1);
  for (guint i = 0; cells[i] != NULL; i++)
    if (!add_value (group, cells[i], number, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_line (GPtrArray *groups, const char *line, guint number, gboolean tabs, gboolean semicolons,
          const char *unnamed, GError **error)
{
  g_auto (GStrv) cells = split_cells (line, tabs, semicolons);
  gboolean names = FALSE;
  if (strchr (line, ':') != NULL)
    return add_named_line (groups, line, number, error);
  for (guint i = 0; groups->len == 0 && cells[i] != NULL; i++)
    names = names || (*cells[i] != 0 && !is_number (cells[i]));
  for (guint i = 0; names && cells[i] != NULL; i++)
    add_group (groups, cells[i]);
  if (names)
    return TRUE;
  if (groups->len == 0)
    add_group (groups, unnamed);
  /* Without a line of names all numbers are of one group. */
  if (groups->len == 1)
    {
      for (guint i = 0; cells[i] != NULL; i++)
        if (!add_value (groups->pdata[0], cells[i], number, error))
          return FALSE;
      return TRUE;
    }
  return add_row (groups, cells, number, error);
}

/**
 * plateau_distribution_parse_groups:
 * @text: as pasted from a spreadsheet: a line of names and columns of numbers below; or lines
 *   "name: numbers"; or numbers alone
 * @unnamed: the name of numbers without one
 *
 * Returns: (transfer full) (element-type PlateauValueGroup): the groups that have values, in
 *   their order, or %NULL with @error set when a cell is no number or there is none
 */
GPtrArray *
plateau_distribution_parse_groups (const char *text, const char *unnamed, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (value_group_free);
  gboolean tabs = strchr (text, '\t') != NULL, semicolons = strchr (text, ';') != NULL;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strchomp (lines[i]);
      if (*lines[i] != 0
          && !add_line (groups, lines[i], i + 1, tabs, semicolons, unnamed, error))
        return NULL;
    }
  for (guint i = groups->len; i > 0; i--)
    if (((PlateauValueGroup *) groups->pdata[i - 1])->values->len == 0)
      g_ptr_array_remove_index (groups, i - 1);
  if (groups->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                   _ ("there is no number"));
      return NULL;
    }
  return g_steal_pointer (&groups);
}
