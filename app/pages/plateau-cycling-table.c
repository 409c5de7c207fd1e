/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-cycling-table.h"

#include "analysis/plateau-cycles-table.h"
#include "base/plateau-numeric.h"
#include "figure/plateau-plot-kind.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* One cell's table and what it is averaged with. */
typedef struct
{
  const PlateauStudyCell *cell;
  PlateauTable *table;
  guint reference; /* cycle that retention refers to */
} CellTable;

static void
cell_table_clear (CellTable *entry)
{
  plateau_table_unref (entry->table);
}

typedef struct
{
  const char *key;
  const char *label;
  const char *unit;
  int digits;
} Column;

/* Those of plateau_cycles_table() that tell cathodes apart; capacity comes in the chosen unit. */
static const Column columns[] = {
  { "discharge_c_rate", N_ ("Rate"), "C-rate", -3 },
  { "charge_capacity_", N_ ("Charge"), NULL, 0 },
  { "discharge_capacity_", N_ ("Discharge"), NULL, 0 },
  { "coulombic_efficiency_percent", N_ ("CE"), "%", -2 },
  { "coulombic_efficiency_resolution_percent", N_ ("CE ±"), "%", -2 },
  { "mean_discharge_potential_V", N_ ("Mean E dis."), "V", -3 },
  { "energy_efficiency_percent", N_ ("Energy eff."), "%", -1 },
  { "polarisation_V", N_ ("Polarisation"), "V", -3 },
};
#define DISCHARGE 2

static PlateauTable *
analyse_cell (PlateauStudy *study, const PlateauStudyCell *cell, guint *reference,
              GCancellable *cancellable, GError **error)
{
  g_auto (PlateauCyclesOptions) entered = PLATEAU_CYCLES_OPTIONS_INIT;
  PlateauCyclesOptions options;
  PlateauCyclesSummary summary = { 0 };
  JsonObject *settings = plateau_study_get_settings (study, "cycles");
  if (settings != NULL
      && !plateau_options_from_json (plateau_cycles_option_table, &entered, settings, error))
    return NULL;
  options = plateau_cycles_options_as_measured (&entered, cell->name, cell->reference_offset);
  g_autoptr (PlateauRecording) recording = plateau_measurements_load_recording (
      cell->measurements, PLATEAU_KIND_CYCLING, error);
  if (recording == NULL)
    return NULL;
  g_autoptr (PlateauCycles)
      cycles = plateau_cycles_analyse (recording, &options, cancellable, error);
  if (cycles == NULL)
    return NULL;
  plateau_cycles_summarise (cycles, NULL, &options, &summary);
  *reference = summary.retention_reference_cycle;
  PlateauNormalisation normalisation = plateau_normalisation_of_cell (cell);
  return plateau_cycles_table (cycles, &normalisation);
}

static char *
column_key (const Column *column, const char *unit_suffix)
{
  return column->unit != NULL ? g_strdup (column->key)
                              : g_strconcat (column->key, unit_suffix, NULL);
}

/* Row of @cycle in a table, whose cycles rise by one, or -1. */
static int
find_row (PlateauTable *table, guint cycle)
{
  guint n = plateau_table_get_n_rows (table);
  gint64 row = n > 0 ? (gint64) cycle - plateau_table_get_row_tag (table, 0) : -1;

  return row >= 0 && row < n ? (int) row : -1;
}

static gboolean
is_outlier (const CellTable *entry, guint cycle)
{
  int row = find_row (entry->table, cycle);
  int column = plateau_table_find_column (entry->table, "outlier");

  return row >= 0 && column >= 0 && plateau_table_get_number (entry->table, row, column) > 0;
}

static guint
last_cycle (GArray *entries)
{
  guint last = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      PlateauTable *table = g_array_index (entries, CellTable, i).table;
      guint n = plateau_table_get_n_rows (table);
      if (n > 0)
        last = MAX (last, (guint) plateau_table_get_row_tag (table, n - 1));
    }
  return last;
}

/* The first entry of the group that entry @i belongs to: cells of one sample, when averaged. */
static guint
group_end (GArray *entries, guint i, gboolean mean)
{
  const PlateauStudySample *sample = g_array_index (entries, CellTable, i).cell->sample;
  guint end = i + 1;
  while (mean && sample != NULL && end < entries->len
         && g_array_index (entries, CellTable, end).cell->sample == sample)
    end++;
  return end;
}

typedef struct
{
  PlateauTable *out;
  GArray *entries;
  const char *suffix;
  gboolean mean;
} Building;

static double
collect (Building *building, guint from, guint to, guint cycle, const char *key, double *sd,
         guint *n)
{
  g_autofree double *values = g_new (double, to - from);
  *n = 0;
  for (guint i = from; i < to; i++)
    {
      const CellTable *entry = &g_array_index (building->entries, CellTable, i);
      PlateauTable *table = entry->table;
      int row = find_row (table, cycle), column = plateau_table_find_column (table, key);

      /* An outlier alone shows what it is; a mean is not made of it. */
      if (to - from > 1 && is_outlier (entry, cycle))
        continue;
      double value = row >= 0 && column >= 0 ? plateau_table_get_number (table, row, column) : NAN;
      if (!isnan (value))
        values[(*n)++] = value;
    }
  *sd = plateau_sd (values, *n);
  return plateau_mean (values, *n);
}

/* The mean of the cells' retentions, each of its own reference: the cycle that the settings name,
 * else the first of the longest run at equal rates. Before it there is none. */
static void
set_retention (Building *building, guint from, guint to, guint cycle, guint row, guint column)
{
  g_autofree char *key = column_key (&columns[DISCHARGE], building->suffix);
  guint reference = g_array_index (building->entries, CellTable, from).reference, count, kept = 0;
  g_autofree double *values = g_new (double, to - from);
  double sd;

  for (guint i = from; i < to; i++)
    {
      guint own = g_array_index (building->entries, CellTable, i).reference;
      double value = own > 0 && cycle >= own
                         ? 100 * collect (building, i, i + 1, cycle, key, &sd, &count)
                               / collect (building, i, i + 1, own, key, &sd, &count)
                         : NAN;
      if (isfinite (value))
        values[kept++] = value;
      if (own != reference)
        reference = 0;
    }
  plateau_table_set_number (building->out, row, column, plateau_mean (values, kept));
  plateau_table_set_number (building->out, row, column + 1,
                            kept > 0 && reference > 0 ? reference : NAN);
}

/* Which cells' cycle is an outlier. */
static char *
name_outliers (Building *building, guint from, guint to, guint cycle)
{
  GString *names = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      const CellTable *entry = &g_array_index (building->entries, CellTable, i);
      if (is_outlier (entry, cycle))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                to - from > 1 ? entry->cell->name : _ ("yes"));
    }
  return g_string_free (names, FALSE);
}

static void
add_row (Building *building, guint from, guint to, guint cycle)
{
  const PlateauStudyCell *cell = g_array_index (building->entries, CellTable, from).cell;
  gboolean one_sample = building->mean && cell->sample != NULL;
  double means[G_N_ELEMENTS (columns)], sd = NAN, discharge_sd = NAN;
  guint n = 0, n_discharge = 0;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *key = column_key (&columns[i], building->suffix);
      means[i] = collect (building, from, to, cycle, key, &sd, &n);
      if (i == DISCHARGE)
        {
          discharge_sd = sd;
          n_discharge = n;
        }
    }
  g_autofree char *outliers = name_outliers (building, from, to, cycle);
  if (isnan (means[DISCHARGE - 1]) && isnan (means[DISCHARGE]) && *outliers == '\0')
    return;
  PlateauTable *out = building->out;
  guint row = plateau_table_add_row (out), at = 0;
  plateau_table_set_row_tag (out, row, one_sample ? -cell->sample->id : cell->id);
  plateau_table_set_text (out, row, at++, one_sample ? cell->sample->name : cell->name);
  plateau_table_set_number (out, row, at++, cycle);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      plateau_table_set_number (out, row, at++, means[i]);
      if (i == DISCHARGE && building->mean)
        {
          plateau_table_set_number (out, row, at++, discharge_sd);
          plateau_table_set_number (out, row, at++, n_discharge);
        }
    }
  set_retention (building, from, to, cycle, row, at);
  plateau_table_set_text (out, row, at + 2, outliers);
}

static void
add_columns (Building *building, const PlateauUnit *unit)
{
  PlateauTable *out = building->out;
  /* Capacities of one column share their decimals: 190.2 mAh/g, 0.6277 mAh. */
  int decimals = g_str_equal (unit->id, "mAh/g") ? -1 : -4;
  plateau_table_add_column (out, "sample", building->mean ? _ ("Sample") : _ ("Cell"), NULL,
                            PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (out, "cycle", _ ("Cycle"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *key = column_key (&columns[i], building->suffix);
      const char *unit_id = columns[i].unit != NULL ? columns[i].unit : unit->id;
      plateau_table_add_column (out, key, _ (columns[i].label), unit_id, PLATEAU_COLUMN_NUMBER,
                                columns[i].digits != 0 ? columns[i].digits : decimals);
      if (i == DISCHARGE && building->mean)
        {
          plateau_table_add_column (out, "discharge_sd", _ ("s.d."), unit->id,
                                    PLATEAU_COLUMN_NUMBER, decimals);
          plateau_table_add_column (out, "n", "n", NULL, PLATEAU_COLUMN_INTEGER, 0);
        }
    }
  plateau_table_add_column (out, "retention_percent", _ ("Retention"), "%", PLATEAU_COLUMN_NUMBER,
                            4);
  plateau_table_add_column (out, "retention_reference_cycle", _ ("of cycle"), NULL,
                            PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (out, "outlier", _ ("Outlier"), NULL, PLATEAU_COLUMN_TEXT, 16);
}

/* A cell without the mass or area that @wanted asks for shows mAh, and all others with it, as in
 * the plots: one column has one unit. */
static const PlateauUnit *
shown_unit (GArray *entries, const char *wanted)
{
  gboolean specific = strcmp (wanted, "mAh/g") == 0, areal = strcmp (wanted, "mAh/cm2") == 0;
  for (guint i = 0; i < entries->len; i++)
    {
      const PlateauStudyCell *cell = g_array_index (entries, CellTable, i).cell;
      if ((specific && !(cell->active_mass > 0)) || (areal && !(cell->area > 0)))
        return plateau_unit_find ("mAh");
    }
  return plateau_unit_find (wanted);
}

PlateauTable *
plateau_cycling_table_build (PlateauStudy *study, const PlateauCyclingTableSpec *spec,
                             GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (CellTable));
  g_array_set_clear_func (entries, (GDestroyNotify) cell_table_clear);
  for (guint i = 0; i < spec->cells->len; i++)
    {
      const PlateauStudyCell *cell = plateau_study_find_cell (
          study, g_array_index (spec->cells, gint64, i));
      if (cell == NULL || (cell->kinds & PLATEAU_KIND_CYCLING) == 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      /* A cell without usable cycles has no rows; the plots say why. */
      CellTable entry = { cell, NULL, 0 };
      entry.table = analyse_cell (study, cell, &entry.reference, cancellable, NULL);
      if (entry.table != NULL)
        g_array_append_val (entries, entry);
    }
  const PlateauUnit *unit = shown_unit (entries, spec->unit);
  g_autoptr (PlateauTable) out = plateau_table_new (_ ("Cycles"));
  Building building = { out, entries, unit->suffix, spec->mean };
  add_columns (&building, unit);
  g_autoptr (GArray) cycles = plateau_plot_choose_cycles (spec->cycles, last_cycle (entries));
  for (guint k = 0; k < cycles->len; k++)
    {
      guint cycle = g_array_index (cycles, guint, k);
      for (guint i = 0; i < entries->len;)
        {
          guint end = group_end (entries, i, spec->mean);
          add_row (&building, i, end, cycle);
          i = end;
        }
    }
  return g_steal_pointer (&out);
}
