/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-rate.h"

#include "analysis/plateau-runs.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MINIMUM_CYCLES 2

const PlateauOption plateau_rate_option_table[] = {
  { "tolerance", N_ ("Equal within"), N_ ("Share by which the currents of one group may differ"),
    PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (PlateauRateOptions, tolerance), NULL, 0.001, 1, NULL,
    NULL },
  { "last", N_ ("Last cycles"), N_ ("Average only so many last cycles of a group; 0: all"),
    PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (PlateauRateOptions, last), NULL, 0, 1e6, NULL, NULL },
  { "groups", N_ ("Groups"),
    N_ ("Cycles of each group such as 1-5, 6-10; empty: found by the rates. Of one cell alone: its "
        "name and a colon before, parted by semicolons"),
    PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (PlateauRateOptions, groups), NULL, 0, 0, NULL, NULL },
  { NULL },
};

/**
 * plateau_rate_options_clear:
 *
 * Frees the text that @options owns.
 */
void
plateau_rate_options_clear (PlateauRateOptions *options)
{
  plateau_options_clear (plateau_rate_option_table, options);
}

/**
 * plateau_rate_options_of_cell:
 * @options: (nullable): %NULL for the defaults
 * @cell: (nullable): its name, for the groups that are its own; must outlive the result
 *
 * Returns: the options for that cell; their text is that of @options, not to be freed
 */
PlateauRateOptions
plateau_rate_options_of_cell (const PlateauRateOptions *options, const char *cell)
{
  PlateauRateOptions own = PLATEAU_RATE_OPTIONS_INIT;

  if (options != NULL)
    own = *options;
  own.cell = cell;
  return own;
}

/* "1-5" as numbers of cycles. */
static gboolean
parse_group (const char *part, guint64 *from, guint64 *to)
{
  char *end = NULL;

  if (!g_ascii_isdigit (*part))
    return FALSE;
  *from = *to = g_ascii_strtoull (part, &end, 10);
  while (*end == ' ')
    end++;
  if (*end == '-' && (g_ascii_isdigit (end[1]) || end[1] == ' '))
    *to = g_ascii_strtoull (end + 1, &end, 10);
  return *end == 0 && *from <= *to;
}

/* "1-5, 6-10" as runs of indices, behind those of @runs. Groups behind the end of a test are passed
 * over, for the same text serves tests of different lives. */
static gboolean
parse_groups (PlateauCycles *cycles, const char *text, GArray *runs, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint last_cycle = cycles->n_cycles > 0 ? cycles->cycles[cycles->n_cycles - 1].cycle : 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      guint64 from, to;
      int first, last;

      if (*part == 0)
        continue;
      if (!parse_group (part, &from, &to))
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                       _ ("“%s” is not a group of cycles of this test. Write groups as first and "
                          "last cycle, for example 1-5,6-10."),
                       part);
          return FALSE;
        }
      if (from > last_cycle)
        continue;
      first = plateau_cycles_find (cycles, (guint) from);
      last = plateau_cycles_find (cycles, (guint) MIN (to, last_cycle));
      if (first < 0 || last < first)
        continue;
      PlateauRun run = { (guint) first, (guint) last, (guint) (last - first + 1) };
      g_array_append_val (runs, run);
    }
  return TRUE;
}

/* Groups by hand for this cell: its own if it has some, else those for all; NULL without @error
 * when there are none of either. */
static GArray *
find_groups_by_hand (PlateauCycles *cycles, const PlateauRateOptions *options, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (options->groups != NULL ? options->groups : "", ";", -1);
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (PlateauRun));
  gboolean own = FALSE, any = FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *colon = strrchr (parts[i], ':');
      gboolean mine = FALSE;

      if (colon != NULL)
        {
          *colon = 0;
          mine = g_strcmp0 (g_strstrip (parts[i]), options->cell) == 0;
        }
      if ((colon != NULL && !mine) || (own && !mine))
        continue;
      if (mine && !own)
        g_array_set_size (runs, 0);
      own = own || mine;
      if (!parse_groups (cycles, colon != NULL ? colon + 1 : parts[i], runs, error))
        return NULL;
      any = any || *g_strstrip (colon != NULL ? colon + 1 : parts[i]) != 0;
    }
  if (any && runs->len == 0)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("None of the groups of cycles “%s” is in this test of %u cycles."),
                   options->groups, cycles->n_cycles);
      return NULL;
    }
  return any ? g_steal_pointer (&runs) : NULL;
}

static void
fill_group (PlateauCycles *cycles, const PlateauRun *run, int last_only, PlateauRateGroup *group)
{
  guint size = run->last - run->first + 1, n = 0, from;
  g_autofree double *values = g_new (double, 4 * size);
  double *charge = values, *discharge = values + size;
  double *charge_current = values + 2 * size, *discharge_current = values + 3 * size;

  group->first_cycle = cycles->cycles[run->first].cycle;
  group->last_cycle = cycles->cycles[run->last].cycle;
  for (guint i = run->first; i <= run->last; i++)
    if (plateau_cycle_is_usable (&cycles->cycles[i]))
      {
        charge[n] = cycles->cycles[i].charge_capacity;
        discharge[n] = cycles->cycles[i].discharge_capacity;
        charge_current[n] = cycles->cycles[i].charge_current;
        discharge_current[n++] = cycles->cycles[i].discharge_current;
      }
  group->charge_current = plateau_median (charge_current, n);
  group->discharge_current = plateau_median (discharge_current, n);
  from = last_only > 0 && (guint) last_only < n ? n - (guint) last_only : 0;
  group->n = n - from;
  group->charge_capacity_mean = plateau_mean (charge + from, n - from);
  group->charge_capacity_sd = plateau_sd (charge + from, n - from);
  group->discharge_capacity_mean = plateau_mean (discharge + from, n - from);
  group->discharge_capacity_sd = plateau_sd (discharge + from, n - from);
}

static gboolean
equal_rate (double a, double b, double tolerance)
{
  return isnan (a) || isnan (b) || fabs (log (a / b)) <= log1p (tolerance);
}

static double
find_recovery (const GArray *groups, double tolerance)
{
  const PlateauRateGroup *first, *last = NULL;
  gboolean between = FALSE;

  if (groups->len < 2)
    return NAN;
  first = &g_array_index (groups, PlateauRateGroup, 0);
  for (guint i = 1; i < groups->len; i++)
    {
      const PlateauRateGroup *group = &g_array_index (groups, PlateauRateGroup, i);
      if (equal_rate (group->discharge_current, first->discharge_current, tolerance)
          && equal_rate (group->charge_current, first->charge_current, tolerance))
        last = between ? group : last;
      else
        between = TRUE;
    }
  return last != NULL ? last->discharge_capacity_mean / first->discharge_capacity_mean : NAN;
}

/**
 * plateau_rate_analyse:
 * @cycles: cycles of one test
 * @options: (nullable): %NULL for the defaults
 *
 * Groups consecutive cycles whose charge currents and discharge currents agree within the
 * tolerance and averages their capacities; outliers, cut cycles and a leading half cycle are left
 * out, and a group has at least two cycles unless it was named by hand. Standard deviations use
 * n - 1. Recovery is the mean discharge capacity of the last group at the rates of the first one
 * over that of the first, NaN when no other rate lies between them.
 *
 * Returns: (transfer full): groups in order, possibly none; %NULL with
 *   PLATEAU_ANALYSIS_ERROR_INVALID when groups named by hand cannot be understood
 */
PlateauRate *
plateau_rate_analyse (PlateauCycles *cycles, const PlateauRateOptions *options, GError **error)
{
  PlateauRateOptions defaults = PLATEAU_RATE_OPTIONS_INIT;
  g_autoptr (GArray) runs = NULL;
  g_autoptr (GError) reason = NULL;
  GArray *groups;
  PlateauRate *rate;
  gboolean by_hand;
  double tolerance;

  g_return_val_if_fail (cycles != NULL, NULL);
  options = options != NULL ? options : &defaults;
  tolerance = options->tolerance > 0 ? options->tolerance : PLATEAU_RATE_TOLERANCE;
  runs = find_groups_by_hand (cycles, options, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  by_hand = runs != NULL;
  if (!by_hand)
    runs = plateau_runs_find (cycles->cycles, cycles->n_cycles, tolerance);
  groups = g_array_new (FALSE, TRUE, sizeof (PlateauRateGroup));
  for (guint i = 0; i < runs->len; i++)
    {
      const PlateauRun *run = &g_array_index (runs, PlateauRun, i);
      PlateauRateGroup group = { 0 };

      if (!by_hand && run->n < MINIMUM_CYCLES)
        continue;
      fill_group (cycles, run, options->last, &group);
      if (group.n > 0)
        g_array_append_val (groups, group);
    }
  rate = g_new0 (PlateauRate, 1);
  rate->recovery = find_recovery (groups, tolerance);
  rate->n_groups = groups->len;
  rate->groups = (PlateauRateGroup *) (gpointer) g_array_free (groups, FALSE);
  return rate;
}

/**
 * plateau_rate_free:
 * @rate: (transfer full) (nullable): freed
 */
void
plateau_rate_free (PlateauRate *rate)
{
  if (rate == NULL)
    return;
  g_free (rate->groups);
  g_free (rate);
}

/**
 * plateau_rate_table:
 * @active_mass: kg, or NaN: then the specific values are empty
 * @one_c: the current in A that 1C means, or NaN
 *
 * Returns: (transfer full): one row a group; keys as in the command line's contract
 */
PlateauTable *
plateau_rate_table (const PlateauRate *rate, double active_mass, double one_c)
{
  static const struct
  {
    const char *key, *label, *unit;
  } capacities[] = {
    { "charge_capacity_mAh_g_mean", N_ ("Charge capacity"), "mAh/g" },
    { "charge_capacity_mAh_g_sd", N_ ("Charge capacity, s.d."), "mAh/g" },
    { "discharge_capacity_mAh_g_mean", N_ ("Discharge capacity"), "mAh/g" },
    { "discharge_capacity_mAh_g_sd", N_ ("Discharge capacity, s.d."), "mAh/g" },
    { "charge_capacity_mAh_mean", N_ ("Charge capacity"), "mAh" },
    { "charge_capacity_mAh_sd", N_ ("Charge capacity, s.d."), "mAh" },
    { "discharge_capacity_mAh_mean", N_ ("Discharge capacity"), "mAh" },
    { "discharge_capacity_mAh_sd", N_ ("Discharge capacity, s.d."), "mAh" },
  };
  PlateauTable *table = plateau_table_new (_ ("Rate capability"));
  guint c = 0;

  plateau_table_add_column (table, "charge_c_rate", _ ("Charge rate"), "C-rate",
                            PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "discharge_c_rate", _ ("Discharge rate"), "C-rate",
                            PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "first_cycle", _ ("First cycle"), "", PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "last_cycle", _ ("Last cycle"), "", PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "n", _ ("Cycles"), "", PLATEAU_COLUMN_INTEGER, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (capacities); i++)
    plateau_table_add_column (table, capacities[i].key, _ (capacities[i].label), capacities[i].unit,
                              PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (table, "of_first_percent", _ ("Of the first group"), "%",
                            PLATEAU_COLUMN_NUMBER, 3);
  for (guint i = 0; i < rate->n_groups; i++)
    {
      const PlateauRateGroup *group = &rate->groups[i];
      double values[] = { group->charge_capacity_mean, group->charge_capacity_sd,
                          group->discharge_capacity_mean, group->discharge_capacity_sd };
      guint row = plateau_table_add_row (table);

      c = 0;
      plateau_table_set_number (table, row, c++, group->charge_current / one_c);
      plateau_table_set_number (table, row, c++, group->discharge_current / one_c);
      plateau_table_set_number (table, row, c++, group->first_cycle);
      plateau_table_set_number (table, row, c++, group->last_cycle);
      plateau_table_set_number (table, row, c++, group->n);
      for (guint k = 0; k < 4; k++)
        plateau_table_set_number (
            table, row, c++,
            active_mass > 0 ? plateau_from_si (values[k] / active_mass, "mAh/g") : NAN);
      for (guint k = 0; k < 4; k++)
        plateau_table_set_number (table, row, c++, plateau_from_si (values[k], "mAh"));
      plateau_table_set_number (table, row, c,
                                100 * group->discharge_capacity_mean
                                    / rate->groups[0].discharge_capacity_mean);
    }
  return table;
}
