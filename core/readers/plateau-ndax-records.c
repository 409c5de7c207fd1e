/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-memory.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-ndax.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define BIT(name) (1u << PLATEAU_NEWARE_##name)

static const guint32 all_columns = BIT (TIME) | BIT (STEP_TIME) | BIT (CLOCK) | BIT (POTENTIAL)
                                   | BIT (CURRENT) | BIT (CHARGE_CAPACITY)
                                   | BIT (DISCHARGE_CAPACITY) | BIT (CHARGE_ENERGY)
                                   | BIT (DISCHARGE_ENERGY) | BIT (CYCLE) | BIT (STEP_INDEX)
                                   | BIT (STEP_COUNT) | BIT (MODE);

/* The running step number of whole records: they carry the line of the program only. */
static void
count_steps (PlateauNewareTable *table)
{
  const double *cycle = table->columns[PLATEAU_NEWARE_CYCLE];
  const double *step = table->columns[PLATEAU_NEWARE_STEP_INDEX];
  const double *time = table->columns[PLATEAU_NEWARE_STEP_TIME];
  double *count = table->columns[PLATEAU_NEWARE_STEP_COUNT];
  for (gsize i = 0; i < table->n; i++)
    {
      gboolean changed =
          i > 0 && (cycle[i] != cycle[i - 1] || step[i] != step[i - 1] || time[i] < time[i - 1]);
      count[i] = i == 0 ? 1 : count[i - 1] + (changed ? 1 : 0);
    }
}

/**
 * plateau_ndax_whole_records:
 * @data: a member of type data, version 2 or 5
 *
 * In the old versions every record is complete.
 *
 * Returns: (transfer full) (nullable): the records in order, or NULL with @error set
 */
PlateauNewareTable *
plateau_ndax_whole_records (const PlateauNdc *data, PlateauInput *input, GError **error)
{
  gsize n_slots = plateau_ndc_get_n_slots (data);
  PlateauNewareTable *table = plateau_neware_table_new (input, n_slots, all_columns, error);
  if (table == NULL)
    return NULL;
  double **columns = table->columns;
  for (gsize slot = 0; slot < n_slots; slot++)
    {
      const guint8 *r = plateau_ndc_slot (data, slot);
      if (r == NULL)
        continue;
      r += data->version == 2 ? 7 : 0;
      guint32 index = plateau_le_u32 (r + 1);
      if (index == 0)
        continue;
      gsize n = table->n++;
      gint32 range = plateau_le_i32 (r + 75);
      double multiplier = NAN;
      if (!plateau_neware_range (range, &multiplier) && table->n_unknown_range++ == 0)
        table->unknown_range = range;
      table->index[n] = index;
      columns[PLATEAU_NEWARE_CYCLE][n] = plateau_le_u32 (r + 5) + 1.0;
      columns[PLATEAU_NEWARE_STEP_INDEX][n] = r[9];
      columns[PLATEAU_NEWARE_MODE][n] = plateau_neware_mode (r[10]);
      columns[PLATEAU_NEWARE_TIME][n] = NAN;
      columns[PLATEAU_NEWARE_STEP_TIME][n] = (double) plateau_le_u64 (r + 16) * 1e-3;
      columns[PLATEAU_NEWARE_POTENTIAL][n] = plateau_le_i32 (r + 24) * 1e-4;
      columns[PLATEAU_NEWARE_CURRENT][n] = plateau_le_i32 (r + 28) * multiplier * 1e-3;
      for (guint k = 0; k < 4; k++)
        columns[PLATEAU_NEWARE_CHARGE_CAPACITY + k][n] = (double) plateau_le_i64 (r + 36 + 8 * k)
                                                         * multiplier * 1e-3;
      columns[PLATEAU_NEWARE_CLOCK][n] = plateau_neware_clock (plateau_le_u16 (r + 68), r[70],
                                                               r[71], r[72], r[73], r[74]);
    }
  plateau_neware_table_sort (table);
  count_steps (table);
  return table;
}

/* What the instrument says now and then; the records between follow from the last one. */
typedef struct
{
  guint32 index, step_count;
  double step_time, clock, interval;      /* s */
  double charge, discharge;               /* C */
  double charge_energy, discharge_energy; /* J */
} RunInfo;

static gboolean
decode_run_info (const guint8 *r, guint version, RunInfo *info)
{
  gboolean large = version == 14 || version == 17; /* A.h and W.h, else mA.s and mW.s */
  double unit = large ? 3600 : 1e-3;
  double values[4];
  for (guint k = 0; k < 4; k++)
    {
      double value = plateau_le_f32 (r + 5 + 4 * k);
      values[k] = isfinite (value) ? value * unit : NAN;
    }
  info->step_time = plateau_le_u32 (r) * 1e-3;
  info->charge = values[0];
  info->discharge = values[1];
  info->charge_energy = values[2];
  info->discharge_energy = values[3];
  info->interval = plateau_le_i32 (r + 29) * 1e-3;
  info->clock = plateau_le_u32 (r + 33) + plateau_le_u16 (r + 45) * 1e-3;
  info->step_count = plateau_le_u32 (r + 37);
  info->index = plateau_le_u32 (r + 41);
  return info->index > 0;
}

static int
compare_run_info (const void *a, const void *b)
{
  const RunInfo *x = a, *y = b;
  return x->index < y->index ? -1 : x->index > y->index;
}

static GArray *
read_run_info (const PlateauNdc *ndc)
{
  GArray *infos = g_array_new (FALSE, FALSE, sizeof (RunInfo));
  gboolean in_order = TRUE;
  gsize n_slots = plateau_ndc_get_n_slots (ndc);
  guint32 last = 0;
  for (gsize slot = 0; slot < n_slots; slot++)
    {
      const guint8 *r = plateau_ndc_slot (ndc, slot);
      RunInfo info;
      if (r == NULL || !decode_run_info (r, ndc->version, &info))
        continue;
      in_order = in_order && info.index >= last;
      last = info.index;
      g_array_append_val (infos, info);
    }
  if (!in_order)
    qsort (infos->data, infos->len, sizeof (RunInfo), compare_run_info);
  return infos;
}

/* One line of the program as it was run. */
typedef struct
{
  double cycle, step_index, mode;
} Step;

static GArray *
read_steps (const PlateauNdc *ndc)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));
  gsize n_slots = ndc != NULL ? plateau_ndc_get_n_slots (ndc) : 0;
  for (gsize slot = 0; slot < n_slots; slot++)
    {
      const guint8 *r = plateau_ndc_slot (ndc, slot);
      if (r == NULL)
        continue;
      Step step = { plateau_le_u32 (r) + 1.0, plateau_le_u32 (r + 4), plateau_neware_mode (r[24]) };
      g_array_append_val (steps, step);
    }
  return steps;
}

/* The next record without run info of its own. */
static void
carry_on (RunInfo *info, double potential, double current)
{
  double dt = info->interval;
  info->step_time += dt;
  info->clock += dt;
  double charge = current * dt;
  if (!isfinite (charge))
    return;
  double energy = isfinite (potential) ? charge * potential : 0;
  if (charge > 0)
    {
      info->charge += charge;
      info->charge_energy += energy;
    }
  else
    {
      info->discharge -= charge;
      info->discharge_energy -= energy;
    }
}

static void
store (PlateauNewareTable *table, const RunInfo *info, const GArray *steps)
{
  double **columns = table->columns;
  gsize n = table->n;
  columns[PLATEAU_NEWARE_TIME][n] = NAN;
  columns[PLATEAU_NEWARE_STEP_TIME][n] = info->step_time;
  columns[PLATEAU_NEWARE_CLOCK][n] = info->clock;
  columns[PLATEAU_NEWARE_CHARGE_CAPACITY][n] = info->charge;
  columns[PLATEAU_NEWARE_DISCHARGE_CAPACITY][n] = info->discharge;
  columns[PLATEAU_NEWARE_CHARGE_ENERGY][n] = info->charge_energy;
  columns[PLATEAU_NEWARE_DISCHARGE_ENERGY][n] = info->discharge_energy;
  columns[PLATEAU_NEWARE_STEP_COUNT][n] = info->step_count;
  const Step unknown = { NAN, NAN, PLATEAU_MODE_UNKNOWN };
  const Step *step = info->step_count >= 1 && info->step_count <= steps->len
                         ? &g_array_index (steps, Step, info->step_count - 1)
                         : &unknown;
  columns[PLATEAU_NEWARE_CYCLE][n] = step->cycle;
  columns[PLATEAU_NEWARE_STEP_INDEX][n] = step->step_index;
  columns[PLATEAU_NEWARE_MODE][n] = step->mode;
}

/**
 * plateau_ndax_split_records:
 * @data: a member of type data, version 11 or later: potential and current
 * @run_info: times, capacities and steps, for some of the records
 * @steps: (nullable): the steps as they were run
 *
 * In the new versions most records hold potential and current alone. The rest follows from the
 * last record with run info: time goes on by its interval, capacity by current times interval,
 * energy by potential times that.
 *
 * Returns: (transfer full) (nullable): the records in order, or NULL with @error set
 */
PlateauNewareTable *
plateau_ndax_split_records (const PlateauNdc *data, const PlateauNdc *run_info,
                            const PlateauNdc *steps_ndc, PlateauInput *input,
                            PlateauMeasurement *measurement, GError **error)
{
  g_autoptr (GArray) infos = read_run_info (run_info);
  g_autoptr (GArray) steps = read_steps (steps_ndc);
  gsize n_slots = plateau_ndc_get_n_slots (data);
  gboolean large = data->version == 14 || data->version == 17;
  double potential_unit = large ? 1 : 1e-4, current_unit = large ? 1 : 1e-3;
  g_autoptr (PlateauNewareTable)
      table = plateau_neware_table_new (input, n_slots, all_columns, error);
  if (table == NULL)
    return NULL;
  RunInfo now = { 0 };
  guint next = 0;
  gsize n_before = 0;
  PlateauNdcWalk walk = { .ndc = data };
  for (const guint8 *r = plateau_ndc_walk_next (&walk); r != NULL;
       r = plateau_ndc_walk_next (&walk))
    {
      guint32 index = (guint32) walk.slot + 1;
      float volts = plateau_le_f32 (r), amperes = plateau_le_f32 (r + 4);
      double potential = isfinite (volts) ? (double) volts * potential_unit : NAN;
      double current = isfinite (amperes) ? (double) amperes * current_unit : NAN;
      while (next + 1 < infos->len && g_array_index (infos, RunInfo, next + 1).index <= index)
        next++;
      gboolean given = next < infos->len && g_array_index (infos, RunInfo, next).index == index;
      if (given)
        now = g_array_index (infos, RunInfo, next);
      else if (next >= infos->len || g_array_index (infos, RunInfo, next).index > index)
        {
          n_before++; /* nothing to go on from yet */
          continue;
        }
      else
        {
          if (now.index != g_array_index (infos, RunInfo, next).index)
            now = g_array_index (infos, RunInfo, next); /* its own record is missing */
          carry_on (&now, potential, current);
        }
      table->index[table->n] = index;
      table->columns[PLATEAU_NEWARE_POTENTIAL][table->n] = potential;
      table->columns[PLATEAU_NEWARE_CURRENT][table->n] = current;
      store (table, &now, steps);
      table->n++;
    }
  if (n_before > 0)
    plateau_measurement_warn (measurement,
                              _ ("%zu records before the first with a time were left "
                                 "out."),
                              n_before);
  if (steps->len == 0 && table->n > 0)
    plateau_measurement_warn (measurement,
                              _ ("The list of steps is missing: cycles and steps of the instrument "
                                 "are not known."));
  return g_steal_pointer (&table);
}

static void
fill_nan (double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = NAN;
}

/* The rows of a sorted table by record number, going forward. */
static gsize
seek_row (const PlateauNewareTable *table, gsize row, guint32 index)
{
  while (row < table->n && table->index[row] < index)
    row++;
  return row;
}

static void
add_floats (PlateauNewareTable *table, const PlateauNdc *aux, const char *name,
            const PlateauNdaxChannel *channel)
{
  double *values = plateau_column_new (table->capacity);
  fill_nan (values, table->n);
  gsize n_slots = plateau_ndc_get_n_slots (aux), row = 0;
  for (gsize slot = 0; slot < n_slots && row < table->n; slot++)
    {
      const guint8 *r = plateau_ndc_slot (aux, slot);
      row = seek_row (table, row, (guint32) slot + 1);
      if (r != NULL && row < table->n && table->index[row] == slot + 1)
        values[row] = plateau_le_f32 (r);
    }
  guint type = channel != NULL ? channel->type : 0;
  const char *unit = type == 103 || type == 335 ? "degC" : type == 345 ? "%" : "";
  gboolean temperature = type == 103 && !plateau_neware_table_has_temperature (table);
  if (temperature)
    for (gsize i = 0; i < table->n; i++)
      values[i] += 273.15;
  g_autofree char *title = type == 103 ? g_strdup_printf ("T%u(℃)", channel->id)
                           : type == 335
                               ? g_strdup_printf (_ ("Set temperature %u (℃)"), channel->id)
                           : type == 345 ? g_strdup_printf (_ ("Humidity %u (%%)"), channel->id)
                                         : g_strdup (name);
  plateau_neware_table_add_extra (
      table, temperature ? PLATEAU_QUANTITY_TEMPERATURE : PLATEAU_QUANTITY_OTHER, title, unit,
      values);
}

static void
add_tagged (PlateauNewareTable *table, const PlateauNdc *aux, guint id)
{
  g_autoptr (GArray) readings = g_array_new (FALSE, FALSE, sizeof (PlateauNewareAux));
  gsize n_slots = plateau_ndc_get_n_slots (aux);
  for (gsize slot = 0; slot < n_slots; slot++)
    {
      const guint8 *r = plateau_ndc_slot (aux, slot);
      if (r == NULL)
        continue;
      PlateauNewareAux reading = { .channel = (guint8) id };
      if (aux->version == 2 || aux->version == 5)
        {
          /* The older slots carry the number of the record. */
          const guint8 *body = r + (aux->version == 2 ? 7 : 0);
          reading.index = plateau_le_u32 (body + 1);
          reading.potential = (float) (plateau_le_i32 (body + 24) * 1e-4);
          reading.temperature = (float) (plateau_le_i16 (body + 34) * 0.1 + 273.15);
        }
      else if (r[0] == 0x65)
        {
          reading.index = (guint32) slot + 1;
          reading.potential = plateau_le_f32 (r + 1) * 1e-4f;
          reading.temperature = (float) (plateau_le_i16 (r + 5) * 0.1 + 273.15);
        }
      if (reading.index > 0)
        g_array_append_val (readings, reading);
    }
  plateau_neware_table_add_aux (table, readings);
}

/**
 * plateau_ndax_add_aux:
 * @table: records, in order
 * @aux: a member of type auxiliary
 * @name: its name, for a channel of unknown kind
 * @channel: (nullable): what the test says about the channel
 *
 * Adds the columns of an auxiliary channel.
 */
void
plateau_ndax_add_aux (PlateauNewareTable *table, const PlateauNdc *aux, const char *name,
                      const PlateauNdaxChannel *channel)
{
  if (aux->version == 14 || aux->version == 17)
    add_floats (table, aux, name, channel);
  else
    add_tagged (table, aux, channel != NULL ? channel->id : table->extras->len / 2 + 1);
}
