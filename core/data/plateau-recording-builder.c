/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-memory.h"
#include "data/plateau-recording-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct
{
  PlateauQuantity quantity;
  char *name, *unit;
  double *values;
} Column;

struct _PlateauRecordingBuilder
{
  GArray *columns; /* of Column */
  double *row;     /* the row that is being filled */
  gboolean row_open;
  gsize n_rows, allocated;
};

static Column *
column_at (PlateauRecordingBuilder *builder, guint index)
{
  return &g_array_index (builder->columns, Column, index);
}

static void
column_clear (gpointer data)
{
  Column *column = data;
  g_free (column->name);
  g_free (column->unit);
  g_free (column->values);
}

/**
 * plateau_recording_builder_new:
 *
 * Returns: (transfer full): a builder without columns
 */
PlateauRecordingBuilder *
plateau_recording_builder_new (void)
{
  PlateauRecordingBuilder *builder = g_new0 (PlateauRecordingBuilder, 1);
  builder->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (builder->columns, column_clear);
  return builder;
}

void
plateau_recording_builder_free (PlateauRecordingBuilder *builder)
{
  g_array_unref (builder->columns);
  g_free (builder->row);
  g_free (builder);
}

/**
 * plateau_recording_builder_add_column:
 * @quantity: what it holds; PLATEAU_QUANTITY_OTHER for an auxiliary column
 * @name: (nullable): the header text, or NULL for the quantity's id
 * @unit: (nullable): the unit of an auxiliary column; others are SI
 *
 * Only before the first row is appended or reserved; columns may be added and taken in turn. Times
 * are seconds, clocks Unix seconds, temperatures kelvin.
 *
 * Returns: the index of the column
 */
guint
plateau_recording_builder_add_column (PlateauRecordingBuilder *builder, PlateauQuantity quantity,
                                      const char *name, const char *unit)
{
  g_return_val_if_fail (builder->allocated == 0 && !builder->row_open, 0);
  const PlateauQuantityInfo *info = plateau_quantity_get_info (quantity);
  Column column = {
    .quantity = quantity,
    .name = g_strdup (name != NULL ? name : info->id),
    .unit = g_strdup (quantity != PLATEAU_QUANTITY_OTHER ? plateau_unit_si (info->dimension)->id
                      : unit != NULL                     ? unit
                                                         : ""),
  };
  g_array_append_val (builder->columns, column);
  builder->row = g_renew (double, builder->row, builder->columns->len);
  return builder->columns->len - 1;
}

static void
grow (PlateauRecordingBuilder *builder, gsize n_rows)
{
  if (n_rows <= builder->allocated)
    return;
  builder->allocated = MAX (n_rows, builder->allocated + builder->allocated / 2 + 1024);
  for (guint i = 0; i < builder->columns->len; i++)
    {
      Column *column = column_at (builder, i);
      column->values = g_renew (double, column->values, builder->allocated);
      plateau_memory_expect_filling (column->values, builder->allocated * sizeof (double));
    }
}

/**
 * plateau_recording_builder_reserve:
 * @n_rows: a guess, already checked against the size of the file
 */
void
plateau_recording_builder_reserve (PlateauRecordingBuilder *builder, gsize n_rows)
{
  grow (builder, n_rows);
}

static void
flush_row (PlateauRecordingBuilder *builder)
{
  if (!builder->row_open)
    return;
  grow (builder, builder->n_rows + 1);
  for (guint i = 0; i < builder->columns->len; i++)
    column_at (builder, i)->values[builder->n_rows] = builder->row[i];
  builder->n_rows++;
  builder->row_open = FALSE;
}

/**
 * plateau_recording_builder_append_row:
 *
 * Returns: (transfer none): one number a column to fill in, all NaN; valid until the next call
 */
double *
plateau_recording_builder_append_row (PlateauRecordingBuilder *builder)
{
  flush_row (builder);
  for (guint i = 0; i < builder->columns->len; i++)
    builder->row[i] = NAN;
  builder->row_open = TRUE;
  return builder->row;
}

/**
 * plateau_recording_builder_drop_last_row:
 *
 * Takes the last row back (a row that turned out to be broken).
 */
void
plateau_recording_builder_drop_last_row (PlateauRecordingBuilder *builder)
{
  if (builder->row_open)
    builder->row_open = FALSE;
  else if (builder->n_rows > 0)
    builder->n_rows--;
}

/**
 * plateau_recording_builder_peek_column:
 *
 * Returns: (transfer none): the values so far, to be changed in place
 */
double *
plateau_recording_builder_peek_column (PlateauRecordingBuilder *builder, guint column)
{
  flush_row (builder);
  return column_at (builder, column)->values;
}

/**
 * plateau_recording_builder_take_column:
 * @values: (transfer full): from g_malloc()
 * @n_values: rows; the same for every column
 *
 * Sets a whole column at once, instead of rows.
 */
void
plateau_recording_builder_take_column (PlateauRecordingBuilder *builder, guint column,
                                       double *values, gsize n_values)
{
  g_return_if_fail (builder->n_rows == 0 || builder->n_rows == n_values);
  Column *c = column_at (builder, column);
  g_free (c->values);
  c->values = values;
  builder->n_rows = n_values;
}

gsize
plateau_recording_builder_get_n_rows (PlateauRecordingBuilder *builder)
{
  return builder->n_rows + (builder->row_open ? 1 : 0);
}

static Column *
find (PlateauRecordingBuilder *builder, PlateauQuantity quantity)
{
  for (guint i = 0; i < builder->columns->len; i++)
    if (column_at (builder, i)->quantity == quantity)
      return column_at (builder, i);
  return NULL;
}

static double *
values_of (PlateauRecordingBuilder *builder, PlateauQuantity quantity)
{
  Column *column = find (builder, quantity);
  return column != NULL ? column->values : NULL;
}

static void
add_values (PlateauRecordingBuilder *builder, PlateauQuantity quantity, double *values)
{
  const PlateauQuantityInfo *info = plateau_quantity_get_info (quantity);
  Column column = { quantity, g_strdup (info->id), g_strdup (plateau_unit_si (info->dimension)->id),
                    values };
  g_array_append_val (builder->columns, column);
}

static void warn (GPtrArray *warnings, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
warn (GPtrArray *warnings, const char *format, ...)
{
  if (warnings == NULL)
    return;
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (warnings, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Time from the clock, or from the times in the steps. */
static void
make_time (PlateauRecordingBuilder *builder)
{
  gsize n = builder->n_rows;
  const double *clock = values_of (builder, PLATEAU_QUANTITY_CLOCK);
  const double *step_time = values_of (builder, PLATEAU_QUANTITY_STEP_TIME);
  if (find (builder, PLATEAU_QUANTITY_TIME) != NULL || (clock == NULL && step_time == NULL)
      || n == 0)
    return;
  double *time = plateau_column_new (n);
  double start = step_time != NULL ? 0 : clock[0];
  for (gsize i = 0; i < n; i++)
    {
      if (step_time != NULL && i > 0 && step_time[i] < step_time[i - 1])
        start = time[i - 1];
      time[i] = step_time != NULL ? start + step_time[i] : round ((clock[i] - start) * 1e6) * 1e-6;
    }
  add_values (builder, PLATEAU_QUANTITY_TIME, time);
}

static gboolean
is_possible_time (double time)
{
  return isfinite (time) && fabs (time) < 1e11;
}

/* One time that no clock can have shown, between two that agree, is a damaged value. */
static gboolean
is_outlier (const double *time, gsize i, gsize n)
{
  if (!is_possible_time (time[i]))
    return TRUE;
  if (i == 0 || i + 1 >= n || !is_possible_time (time[i + 1]) || time[i + 1] < time[i - 1])
    return FALSE;
  double far = 1000 * (time[i + 1] - time[i - 1] + 1);
  return time[i] > time[i + 1] + far || time[i] < time[i - 1] - far;
}

static void
repair_time (PlateauRecordingBuilder *builder, GPtrArray *warnings)
{
  double *time = values_of (builder, PLATEAU_QUANTITY_TIME);
  gsize n = builder->n_rows, bad = 0, first = 0;
  for (gsize i = 0; time != NULL && i < n; i++)
    {
      if (!is_outlier (time, i, n))
        continue;
      gsize next = i + 1;
      while (i == 0 && next < n && !is_possible_time (time[next]))
        next++;
      time[i] = i > 0 ? time[i - 1] : next < n ? time[next] : 0;
      if (bad++ == 0)
        first = i;
    }
  if (bad > 0)
    warn (warnings,
          _ ("%zu records have no possible time, first record %zu; they were put at the "
             "time of the record before."),
          bad, first + 1);
}

/* A test time that falls has been set back by a pause or a joined file: go on from where it was. */
static void
straighten_time (PlateauRecordingBuilder *builder, GPtrArray *warnings)
{
  double *time = values_of (builder, PLATEAU_QUANTITY_TIME);
  const double *clock = values_of (builder, PLATEAU_QUANTITY_CLOCK);
  gsize falls = 0, first = 0;
  double offset = 0;
  for (gsize i = 1; time != NULL && i < builder->n_rows; i++)
    {
      double raw = time[i] + offset;
      if (raw < time[i - 1])
        {
          double gap = clock != NULL ? clock[i] - clock[i - 1] : 0;
          gap = gap > 0 && gap < 1e10 ? gap : 0;
          offset += time[i - 1] + gap - raw;
          if (falls++ == 0)
            first = i;
        }
      time[i] = MAX (time[i] + offset, time[i - 1]);
    }
  if (falls > 0)
    warn (warnings,
          ngettext ("The test time is set back %zu time, at record %zu; it was made to go on.",
                    "The test time is set back %zu times, first at record %zu; it was made to go "
                    "on.",
                    falls),
          falls, first + 1);
}

static void
derive_current (PlateauRecordingBuilder *builder, const double *increments)
{
  const double *time = values_of (builder, PLATEAU_QUANTITY_TIME);
  if (time == NULL || find (builder, PLATEAU_QUANTITY_CURRENT) != NULL)
    return;
  double *current = plateau_column_new (builder->n_rows);
  current[0] = 0;
  for (gsize i = 1; i < builder->n_rows; i++)
    {
      double dt = time[i] - time[i - 1];
      current[i] = dt > 0 ? increments[i] / dt : 0;
    }
  add_values (builder, PLATEAU_QUANTITY_CURRENT, current);
}

typedef struct
{
  PlateauQuantity ready, increment, charge, discharge, unsigned_counter, signed_counter, result;
  const char *name; /* N_() */
} Family;

static const Family charge_family = {
  .ready = PLATEAU_QUANTITY_CHARGE,
  .increment = PLATEAU_QUANTITY_CHARGE_INCREMENT,
  .charge = PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,
  .discharge = PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY,
  .unsigned_counter = PLATEAU_QUANTITY_COUNTER_CAPACITY,
  .signed_counter = PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE,
  .result = PLATEAU_QUANTITY_CHARGE,
  .name = N_ ("charge"),
};

static const Family energy_family = {
  .ready = PLATEAU_QUANTITY_ENERGY,
  .increment = PLATEAU_QUANTITY_OTHER,
  .charge = PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY,
  .discharge = PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY,
  .unsigned_counter = PLATEAU_QUANTITY_COUNTER_ENERGY,
  .signed_counter = PLATEAU_QUANTITY_OTHER,
  .result = PLATEAU_QUANTITY_ENERGY,
  .name = N_ ("energy"),
};

static double *
member (PlateauRecordingBuilder *builder, PlateauQuantity quantity)
{
  return quantity != PLATEAU_QUANTITY_OTHER ? values_of (builder, quantity) : NULL;
}

static gboolean
has_counters (PlateauRecordingBuilder *builder, const Family *family)
{
  return member (builder, family->increment) != NULL || member (builder, family->charge) != NULL
         || member (builder, family->discharge) != NULL
         || member (builder, family->unsigned_counter) != NULL
         || member (builder, family->signed_counter) != NULL;
}

/* The increments that the file itself states, out of the builder. */
static double *
steal_increments (PlateauRecordingBuilder *builder, PlateauQuantity quantity)
{
  Column *column = quantity != PLATEAU_QUANTITY_OTHER ? find (builder, quantity) : NULL;
  if (column == NULL)
    return NULL;
  double *increments = g_steal_pointer (&column->values);
  increments[0] = 0;
  for (gsize i = 1; i < builder->n_rows; i++)
    increments[i] = isfinite (increments[i]) ? increments[i] : 0;
  g_array_remove_index (builder->columns, (guint) (column - column_at (builder, 0)));
  return increments;
}

/* Increments from the best counter there is, or NULL when there is none; a column of increments
 * leaves the builder. */
static double *
read_counters (PlateauRecordingBuilder *builder, const Family *family,
               const PlateauCounterContext *context, const double *factor)
{
  double *increments = steal_increments (builder, family->increment);
  if (increments != NULL)
    return increments;
  const double *charge = member (builder, family->charge);
  const double *discharge = member (builder, family->discharge);
  const double *one = member (builder, family->unsigned_counter);
  const double *both = member (builder, family->signed_counter);
  if (charge == NULL && discharge == NULL && one == NULL && both == NULL)
    return NULL;
  increments = plateau_column_new (context->n);
  memset (increments, 0, context->n * sizeof (double));
  if (both != NULL)
    plateau_counter_add_signed (context, both, factor, increments);
  else if (charge != NULL || discharge != NULL)
    {
      if (charge != NULL)
        plateau_counter_add_magnitude (context, charge, 1, factor, increments);
      if (discharge != NULL)
        plateau_counter_add_magnitude (context, discharge, -1, factor, increments);
    }
  else
    plateau_counter_add_unsigned (context, one, factor, increments);
  return increments;
}

static void
sum_directions (const double *increments, gsize n, double *charge, double *discharge)
{
  double in = 0, out = 0;
  for (gsize i = 0; i < n; i++)
    {
      in += MAX (increments[i], 0);
      out -= MIN (increments[i], 0);
    }
  *charge = in;
  *discharge = out;
}

static void
cross_check (const double *increments, const double *integral, gsize n, GPtrArray *warnings,
             PlateauChargeCheck *check)
{
  double *counted = check->counted, *integrated = check->integrated;
  sum_directions (increments, n, &counted[0], &counted[1]);
  sum_directions (integral, n, &integrated[0], &integrated[1]);
  for (int d = 0; d < 2; d++)
    {
      double larger = MAX (counted[d], integrated[d]);
      if (larger > 0.01 * MAX (counted[!d], integrated[!d])
          && fabs (counted[d] - integrated[d]) > 0.005 * larger)
        warn (warnings,
              d == 0
                  ? _ ("Charge: the instrument counts %.5g mAh, the integral of the current is "
                       "%.5g mAh.")
                  : _ ("Discharge: the instrument counts %.5g mAh, the integral of the current is "
                       "%.5g mAh."),
              counted[d] / 3.6, integrated[d] / 3.6);
    }
}

static void
accumulate (double *increments, gsize n)
{
  if (n > 0)
    increments[0] = 0;
  for (gsize i = 1; i < n; i++)
    increments[i] += increments[i - 1];
}

static void
drop_counters (PlateauRecordingBuilder *builder, PlateauQuantity last)
{
  for (guint i = builder->columns->len; i-- > 0;)
    {
      PlateauQuantity quantity = column_at (builder, i)->quantity;
      if (quantity >= PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY && quantity <= last)
        g_array_remove_index (builder->columns, i);
    }
}

static PlateauCounterContext
make_context (PlateauRecordingBuilder *builder)
{
  return (PlateauCounterContext){
    .n = builder->n_rows,
    .time = values_of (builder, PLATEAU_QUANTITY_TIME),
    .current = values_of (builder, PLATEAU_QUANTITY_CURRENT),
    .step_count = values_of (builder, PLATEAU_QUANTITY_STEP_COUNT),
    .step_index = values_of (builder, PLATEAU_QUANTITY_STEP_INDEX),
    .cycle = values_of (builder, PLATEAU_QUANTITY_CYCLE),
    .half_cycle = values_of (builder, PLATEAU_QUANTITY_HALF_CYCLE),
    .mode = values_of (builder, PLATEAU_QUANTITY_MODE),
  };
}

static void
reduce_charge (PlateauRecordingBuilder *builder, const PlateauRecordingRules *rules,
               GPtrArray *warnings, PlateauChargeCheck *check)
{
  PlateauCounterContext context = make_context (builder);
  gsize n = builder->n_rows;
  g_autofree double *integral = plateau_counter_integrate (&context);
  g_autofree double *increments = read_counters (builder, &charge_family, &context, NULL);
  if (rules != NULL && rules->derive_current && increments != NULL)
    derive_current (builder, increments);
  if (find (builder, PLATEAU_QUANTITY_CHARGE) != NULL)
    return;
  if (increments != NULL && integral != NULL)
    {
      cross_check (increments, integral, n, warnings, check);
      if (plateau_counter_is_coarse (increments, integral, n))
        {
          warn (warnings, _ ("The charge counter is coarser than the records; the integral of the "
                             "current is used instead."));
          g_clear_pointer (&increments, g_free);
        }
    }
  double *charge = increments != NULL ? g_steal_pointer (&increments) : g_steal_pointer (&integral);
  if (charge == NULL)
    return;
  accumulate (charge, n);
  add_values (builder, PLATEAU_QUANTITY_CHARGE, charge);
}

static void
reduce_energy (PlateauRecordingBuilder *builder)
{
  if (find (builder, PLATEAU_QUANTITY_ENERGY) != NULL || !has_counters (builder, &energy_family))
    return;
  PlateauCounterContext context = make_context (builder);
  const double *potential = values_of (builder, PLATEAU_QUANTITY_POTENTIAL);
  if (potential == NULL)
    context.time = NULL; /* no integral */
  double *energy = read_counters (builder, &energy_family, &context, potential);
  accumulate (energy, builder->n_rows);
  add_values (builder, PLATEAU_QUANTITY_ENERGY, energy);
}

static void
negate (PlateauRecordingBuilder *builder, PlateauQuantity quantity)
{
  double *values = values_of (builder, quantity);
  for (gsize i = 0; values != NULL && i < builder->n_rows; i++)
    values[i] = -values[i];
}

static void
exchange (PlateauRecordingBuilder *builder, PlateauQuantity one, PlateauQuantity other)
{
  Column *a = find (builder, one), *b = find (builder, other);
  if (a != NULL)
    a->quantity = other;
  if (b != NULL)
    b->quantity = one;
}

static void
flip_current (PlateauRecordingBuilder *builder)
{
  negate (builder, PLATEAU_QUANTITY_CURRENT);
  negate (builder, PLATEAU_QUANTITY_POWER);
  negate (builder, PLATEAU_QUANTITY_CHARGE_INCREMENT);
  negate (builder, PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE);
  exchange (builder, PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,
            PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY);
  exchange (builder, PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY,
            PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY);
}

/**
 * plateau_recording_builder_finish:
 * @builder: with all its rows; empty afterwards
 * @rules: (nullable): NULL for none
 * @warnings: (nullable): gets the sentences a user should see
 *
 * Makes time run on without falling, reduces the counters to PLATEAU_QUANTITY_CHARGE and
 * PLATEAU_QUANTITY_ENERGY (signed, cumulative, 0 in the first row), holds the charge against the
 * integral of the current and takes the finer of the two.
 *
 * Returns: (transfer full): the recording; NULL with PLATEAU_READER_ERROR_NO_DATA when there are
 *   no rows
 */
PlateauRecording *
plateau_recording_builder_finish (PlateauRecordingBuilder *builder,
                                  const PlateauRecordingRules *rules, GPtrArray *warnings,
                                  GError **error)
{
  flush_row (builder);
  if (builder->n_rows == 0)
    {
      g_set_error_literal (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                           _ ("The file is sound but holds no records."));
      return NULL;
    }
  if (rules != NULL && rules->flip_current)
    flip_current (builder);
  make_time (builder);
  repair_time (builder, warnings);
  straighten_time (builder, warnings);
  PlateauChargeCheck check = { { NAN, NAN }, { NAN, NAN } };
  reduce_charge (builder, rules, warnings, &check);
  drop_counters (builder, PLATEAU_QUANTITY_CHARGE_INCREMENT);
  reduce_energy (builder);
  drop_counters (builder, PLATEAU_QUANTITY_COUNTER_ENERGY);

  g_autofree PlateauColumn *columns = g_new0 (PlateauColumn, builder->columns->len);
  for (guint i = 0; i < builder->columns->len; i++)
    {
      Column *column = column_at (builder, i);
      columns[i] = (PlateauColumn){ column->quantity, column->name, column->unit,
                                    g_renew (double, column->values, builder->n_rows) };
      column->values = NULL;
    }
  PlateauRecording *recording = plateau_recording_new_take (columns, builder->columns->len,
                                                            builder->n_rows);
  plateau_recording_set_charge_check (recording, &check);
  g_array_set_size (builder->columns, 0);
  builder->n_rows = builder->allocated = 0;
  return recording;
}
