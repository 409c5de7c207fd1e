/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers/plateau-neware.h"

#include "base/plateau-error.h"
#include "base/plateau-memory.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

typedef struct
{
  PlateauQuantity quantity;
  char *name;
  const char *unit;
  double *values;
} Extra;

/* The quantity and printed name of each column, in the order of PlateauNewareColumn. */
static const struct
{
  PlateauQuantity quantity;
  const char *name;
} column_infos[PLATEAU_NEWARE_N_COLUMNS] = {
  { PLATEAU_QUANTITY_TIME, "Total Time" },
  { PLATEAU_QUANTITY_STEP_TIME, "Time" },
  { PLATEAU_QUANTITY_CLOCK, "Date" },
  { PLATEAU_QUANTITY_POTENTIAL, "Voltage(V)" },
  { PLATEAU_QUANTITY_CURRENT, "Current(mA)" },
  { PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY, "Chg. Cap.(mAh)" },
  { PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY, "DChg. Cap.(mAh)" },
  { PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY, "Chg. Energy(mWh)" },
  { PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY, "DChg. Energy(mWh)" },
  { PLATEAU_QUANTITY_CYCLE, "Cycle Index" },
  { PLATEAU_QUANTITY_STEP_INDEX, "Step Index" },
  { PLATEAU_QUANTITY_STEP_COUNT, "Step Count" },
  { PLATEAU_QUANTITY_MODE, "Step Type" },
  { PLATEAU_QUANTITY_TEMPERATURE, "T(℃)" },
};

/**
 * plateau_neware_range:
 * @code: the current range of a record
 * @multiplier: (out): mA for one count of current; mAh and mWh for 3600 counts
 *
 * Returns: whether the code is known
 */
gboolean
plateau_neware_range (gint32 code, double *multiplier)
{
  static const struct
  {
    gint32 code;
    double multiplier;
  } ranges[] = {
    { -100000000, 10 }, { -200000, 1e-2 }, { -100000, 1e-2 }, { -60000, 1e-2 }, { -50000, 1e-2 },
    { -40000, 1e-2 },   { -30000, 1e-2 },  { -20000, 1e-2 },  { -12000, 1e-2 }, { -10000, 1e-2 },
    { -6000, 1e-2 },    { -5000, 1e-2 },   { -3000, 1e-2 },   { -2000, 1e-2 },  { -1000, 1e-2 },
    { -500, 1e-3 },     { -100, 1e-3 },    { -50, 1e-4 },     { -25, 1e-4 },    { -20, 1e-4 },
    { -10, 1e-4 },      { -5, 1e-5 },      { -2, 1e-5 },      { -1, 1e-5 },     { 0, 0 },
    { 1, 1e-4 },        { 2, 1e-4 },       { 5, 1e-4 },       { 10, 1e-3 },     { 20, 1e-3 },
    { 25, 1e-3 },       { 50, 1e-3 },      { 100, 1e-2 },     { 200, 1e-2 },    { 250, 1e-2 },
    { 500, 1e-2 },      { 1000, 1e-1 },    { 6000, 1e-1 },    { 10000, 1e-1 },  { 12000, 1e-1 },
    { 20000, 1e-1 },    { 30000, 1e-1 },   { 40000, 1e-1 },   { 50000, 1e-1 },  { 60000, 1e-1 },
    { 100000, 1e-1 },   { 200000, 1e-1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (ranges[i].code == code)
      {
        *multiplier = ranges[i].multiplier;
        return TRUE;
      }
  return FALSE;
}

/**
 * plateau_neware_mode:
 * @step_type: Neware's code of a step
 *
 * Returns: how the step was controlled; UNKNOWN for steps that change over within themselves
 *   (CCCV), that hold power or resistance, and for codes that are not known
 */
PlateauMode
plateau_neware_mode (guint step_type)
{
  switch (step_type)
    {
    case 1:  /* CC charge */
    case 2:  /* CC discharge */
    case 16: /* pulse */
      return PLATEAU_MODE_GALVANOSTATIC;
    case 3:  /* CV charge */
    case 19: /* CV discharge */
      return PLATEAU_MODE_POTENTIOSTATIC;
    case 4:  /* rest */
    case 13: /* pause */
    case 22: /* open circuit */
      return PLATEAU_MODE_REST;
    default:
      return PLATEAU_MODE_UNKNOWN;
    }
}

/**
 * plateau_neware_clock:
 *
 * Returns: Unix time of the instrument's local clock, s; NaN when the numbers are no date
 */
double
plateau_neware_clock (guint year, guint month, guint day, guint hour, guint minute, guint second)
{
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23
      || minute > 59 || second > 60)
    return NAN;
  /* Days of the proleptic Gregorian calendar, years beginning in March so that the leap day is
   * the last of its year. */
  gint64 y = (gint64) year - (month <= 2 ? 1 : 0);
  gint64 day_of_year = (153 * ((gint64) month + (month > 2 ? -3 : 9)) + 2) / 5 + (gint64) day - 1;
  gint64 days = y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
  return (double) (days * 86400 + hour * 3600 + minute * 60 + second);
}

/**
 * plateau_neware_table_new:
 * @capacity: the most records that can come
 * @column_mask: a bit for each PlateauNewareColumn that the version has
 *
 * Returns: (transfer full) (nullable): an empty table, or NULL with @error set when there is not
 *   the memory for it
 */
PlateauNewareTable *
plateau_neware_table_new (PlateauInput *input, guint64 capacity, guint32 column_mask,
                          GError **error)
{
  g_autoptr (PlateauNewareTable) table = g_new0 (PlateauNewareTable, 1);
  table->extras = g_array_new (FALSE, FALSE, sizeof (Extra));
  table->capacity = (gsize) capacity;
  gboolean fine = capacity < G_MAXUINT32;
  table->index = fine ? g_try_new (guint32, MAX (capacity, 1)) : NULL;
  fine = table->index != NULL;
  for (guint c = 0; c < PLATEAU_NEWARE_N_COLUMNS && fine; c++)
    if ((column_mask & (1u << c)) != 0)
      {
        table->columns[c] = plateau_column_try_new (capacity);
        fine = table->columns[c] != NULL;
      }
  if (fine)
    return g_steal_pointer (&table);
  g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT,
               _ ("“%s” needs more memory than there is (%llu records)"),
               plateau_input_get_name (input), (unsigned long long) capacity);
  return NULL;
}

/**
 * plateau_neware_table_free:
 * @table: (transfer full): a table
 */
void
plateau_neware_table_free (PlateauNewareTable *table)
{
  for (guint c = 0; c < PLATEAU_NEWARE_N_COLUMNS; c++)
    g_free (table->columns[c]);
  for (guint i = 0; i < table->extras->len; i++)
    {
      Extra *extra = &g_array_index (table->extras, Extra, i);
      g_free (extra->name);
      g_free (extra->values);
    }
  g_array_unref (table->extras);
  g_free (table->index);
  g_free (table);
}

/**
 * plateau_neware_set_signed_capacity:
 * @capacity: C, negative while discharging
 * @energy: J, likewise
 *
 * Some versions have one signed counter of a step; here its sign chooses the counter.
 */
void
plateau_neware_set_signed_capacity (PlateauNewareTable *table, gsize row, double capacity,
                                    double energy)
{
  table->columns[PLATEAU_NEWARE_CHARGE_CAPACITY][row] = capacity > 0 ? capacity : 0;
  table->columns[PLATEAU_NEWARE_DISCHARGE_CAPACITY][row] = capacity < 0 ? -capacity : 0;
  table->columns[PLATEAU_NEWARE_CHARGE_ENERGY][row] = energy > 0 ? energy : 0;
  table->columns[PLATEAU_NEWARE_DISCHARGE_ENERGY][row] = energy < 0 ? -energy : 0;
}

static int
compare_index (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const guint32 *index = user_data;
  guint32 row_a = *(const guint32 *) a, row_b = *(const guint32 *) b;
  if (index[row_a] != index[row_b])
    return index[row_a] < index[row_b] ? -1 : 1;
  return row_a < row_b ? -1 : row_a > row_b;
}

/**
 * plateau_neware_table_sort:
 *
 * Puts the records into the order of their numbers and drops those whose number came before:
 * instruments repeat records and write blocks out of order.
 *
 * Returns: how many records were dropped
 */
gsize
plateau_neware_table_sort (PlateauNewareTable *table)
{
  gboolean rising = TRUE;
  for (gsize i = 1; i < table->n && rising; i++)
    rising = table->index[i] > table->index[i - 1];
  if (rising)
    return 0;
  g_autofree guint32 *order = g_new (guint32, table->n);
  for (gsize i = 0; i < table->n; i++)
    order[i] = (guint32) i;
  g_qsort_with_data (order, (int) table->n, sizeof *order, compare_index, table->index);
  gsize kept = 0;
  for (gsize i = 0; i < table->n; i++)
    if (kept == 0 || table->index[order[i]] != table->index[order[kept - 1]])
      order[kept++] = order[i];
  for (guint c = 0; c < PLATEAU_NEWARE_N_COLUMNS; c++)
    if (table->columns[c] != NULL)
      {
        double *sorted = plateau_column_new (table->capacity);
        for (gsize i = 0; i < kept; i++)
          sorted[i] = table->columns[c][order[i]];
        g_free (table->columns[c]);
        table->columns[c] = sorted;
      }
  guint32 *index = g_new (guint32, table->capacity);
  for (gsize i = 0; i < kept; i++)
    index[i] = table->index[order[i]];
  g_free (table->index);
  table->index = index;
  gsize dropped = table->n - kept;
  table->n = kept;
  return dropped;
}

/**
 * plateau_neware_table_add_extra:
 * @name: what to call the column
 * @unit: (nullable): for OTHER the text of its unit; a static string
 * @values: (transfer full): one for each record; SI when @quantity is not OTHER
 */
void
plateau_neware_table_add_extra (PlateauNewareTable *table, PlateauQuantity quantity,
                                const char *name, const char *unit, double *values)
{
  Extra extra = { quantity, g_strdup (name), unit, values };
  g_array_append_val (table->extras, extra);
}

/**
 * plateau_neware_table_has_temperature:
 *
 * Returns: whether there is a temperature of the cell already; further ones are auxiliary columns
 */
gboolean
plateau_neware_table_has_temperature (const PlateauNewareTable *table)
{
  if (table->columns[PLATEAU_NEWARE_TEMPERATURE] != NULL)
    return TRUE;
  for (guint i = 0; i < table->extras->len; i++)
    if (g_array_index (table->extras, Extra, i).quantity == PLATEAU_QUANTITY_TEMPERATURE)
      return TRUE;
  return FALSE;
}

static gsize
find_row (const PlateauNewareTable *table, guint32 index)
{
  gsize low = 0, high = table->n;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (table->index[middle] < index)
        low = middle + 1;
      else
        high = middle;
    }
  return low < table->n && table->index[low] == index ? low : G_MAXSIZE;
}

/**
 * plateau_neware_table_add_aux:
 * @aux: (element-type PlateauNewareAux): readings of auxiliary channels, in any order
 *
 * Gives each auxiliary channel a column of temperature and one of potential; records without a
 * reading are NaN. The table must be sorted.
 */
void
plateau_neware_table_add_aux (PlateauNewareTable *table, GArray *aux)
{
  double *columns[256][2] = { 0 };
  for (guint i = 0; i < aux->len; i++)
    {
      const PlateauNewareAux *reading = &g_array_index (aux, PlateauNewareAux, i);
      gsize row = find_row (table, reading->index);
      if (row == G_MAXSIZE)
        continue;
      double **pair = columns[reading->channel];
      for (guint k = 0; k < 2; k++)
        if (pair[k] == NULL)
          {
            pair[k] = plateau_column_new (table->capacity);
            for (gsize r = 0; r < table->n; r++)
              pair[k][r] = NAN;
          }
      pair[0][row] = reading->temperature;
      pair[1][row] = reading->potential;
    }
  gboolean first = !plateau_neware_table_has_temperature (table);
  for (guint channel = 0; channel < 256; channel++)
    {
      if (columns[channel][0] == NULL)
        continue;
      g_autofree char *temperature = g_strdup_printf ("T%u(℃)", channel);
      g_autofree char *potential = g_strdup_printf ("V%u(V)", channel);
      if (!first)
        for (gsize r = 0; r < table->n; r++)
          columns[channel][0][r] -= 273.15;
      plateau_neware_table_add_extra (table,
                                      first ? PLATEAU_QUANTITY_TEMPERATURE : PLATEAU_QUANTITY_OTHER,
                                      temperature, first ? NULL : "degC", columns[channel][0]);
      plateau_neware_table_add_extra (table, PLATEAU_QUANTITY_OTHER, potential, "V",
                                      columns[channel][1]);
      first = FALSE;
    }
}

/* Total time = durations of the steps before + time in the step. */
static void
rebuild_time (PlateauNewareTable *table)
{
  double *time = table->columns[PLATEAU_NEWARE_TIME];
  const double *step_time = table->columns[PLATEAU_NEWARE_STEP_TIME];
  const double *step = table->columns[PLATEAU_NEWARE_STEP_COUNT];
  if (time == NULL || step_time == NULL || table->n == 0 || isfinite (time[0]))
    return;
  double before = 0;
  for (gsize i = 0; i < table->n; i++)
    {
      gboolean new_step =
          i > 0 && ((step != NULL && step[i] != step[i - 1]) || step_time[i] < step_time[i - 1]);
      if (new_step)
        before += step_time[i - 1];
      time[i] = before + step_time[i];
    }
}

/**
 * plateau_neware_table_finish:
 * @place: what the records were found in, for messages
 * @measurement: gets the recording, its kind and its warnings
 *
 * Hands the columns of @table over to a recording; @table is empty afterwards.
 *
 * Returns: FALSE with @error set when there are no records
 */
gboolean
plateau_neware_table_finish (PlateauNewareTable *table, PlateauInput *input, const char *place,
                             const PlateauReadOptions *options, PlateauMeasurement *measurement,
                             GError **error)
{
  if (table->n == 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                   _ ("“%s” holds no records (%s): the test was started but nothing was recorded."),
                   plateau_input_get_name (input), place);
      return FALSE;
    }
  if (table->n_unknown_range > 0)
    plateau_measurement_warn (measurement,
                              _ ("%u records have the current range %d, which is not known here; "
                                 "their current and capacity are left out."),
                              table->n_unknown_range, table->unknown_range);
  rebuild_time (table);
  g_clear_pointer (&table->index, g_free);
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  for (guint c = 0; c < PLATEAU_NEWARE_N_COLUMNS; c++)
    if (table->columns[c] != NULL)
      {
        guint column = plateau_recording_builder_add_column (builder, column_infos[c].quantity,
                                                             column_infos[c].name, NULL);
        plateau_recording_builder_take_column (builder, column,
                                               g_steal_pointer (&table->columns[c]), table->n);
      }
  for (guint i = 0; i < table->extras->len; i++)
    {
      Extra *extra = &g_array_index (table->extras, Extra, i);
      guint column = plateau_recording_builder_add_column (builder, extra->quantity, extra->name,
                                                           extra->unit);
      plateau_recording_builder_take_column (builder, column, g_steal_pointer (&extra->values),
                                             table->n);
    }
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  PlateauRecordingRules rules = { .flip_current = options->flip_current };
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, &rules, warnings, error);
  plateau_measurement_add_warnings (measurement, warnings);
  if (recording == NULL)
    return FALSE;
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, plateau_recording_guess_kinds (recording));
  return TRUE;
}
