/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-memory.h"
#include "data/plateau-recording-private.h"

#include <math.h>
#include <string.h>

struct _PlateauRecording
{
  gsize n_rows;
  guint n_columns;
  PlateauColumn *columns;
  const double *by_quantity[PLATEAU_N_QUANTITIES];
  PlateauChargeCheck charge_check;
};

G_DEFINE_BOXED_TYPE (PlateauRecording, plateau_recording, plateau_recording_ref,
                     plateau_recording_unref)

PlateauRecording *
plateau_recording_new_take (PlateauColumn *columns, guint n_columns, gsize n_rows)
{
  PlateauRecording *recording = g_atomic_rc_box_new0 (PlateauRecording);
  recording->charge_check = (PlateauChargeCheck){ { NAN, NAN }, { NAN, NAN } };
  recording->n_rows = n_rows;
  recording->n_columns = n_columns;
  recording->columns = g_new0 (PlateauColumn, MAX (n_columns, 1));
  for (guint i = 0; i < n_columns; i++)
    {
      PlateauColumn *column = &recording->columns[i];
      column->quantity = columns[i].quantity;
      column->name = g_strdup (columns[i].name);
      column->unit = g_strdup (columns[i].unit != NULL ? columns[i].unit : "");
      column->values = columns[i].values;
      if (column->quantity != PLATEAU_QUANTITY_OTHER
          && recording->by_quantity[column->quantity] == NULL)
        recording->by_quantity[column->quantity] = column->values;
    }
  return recording;
}

static void
recording_clear (gpointer data)
{
  PlateauRecording *recording = data;
  for (guint i = 0; i < recording->n_columns; i++)
    {
      g_free ((gpointer) recording->columns[i].name);
      g_free ((gpointer) recording->columns[i].unit);
      g_free ((gpointer) recording->columns[i].values);
    }
  g_free (recording->columns);
}

PlateauRecording *
plateau_recording_ref (PlateauRecording *recording)
{
  return g_atomic_rc_box_acquire (recording);
}

void
plateau_recording_unref (PlateauRecording *recording)
{
  g_atomic_rc_box_release_full (recording, recording_clear);
}

gsize
plateau_recording_get_n_rows (PlateauRecording *recording)
{
  return recording->n_rows;
}

guint
plateau_recording_get_n_columns (PlateauRecording *recording)
{
  return recording->n_columns;
}

const PlateauColumn *
plateau_recording_get_column (PlateauRecording *recording, guint index)
{
  g_return_val_if_fail (index < recording->n_columns, NULL);
  return &recording->columns[index];
}

/**
 * plateau_recording_peek:
 *
 * Returns: (transfer none) (nullable): the values of @quantity in SI, one a row, or NULL when the
 *   recording has no such column
 */
const double *
plateau_recording_peek (PlateauRecording *recording, PlateauQuantity quantity)
{
  g_return_val_if_fail ((int) quantity >= 0 && quantity < PLATEAU_N_QUANTITIES, NULL);
  return recording->by_quantity[quantity];
}

/**
 * plateau_recording_peek_named:
 * @name: a column's name as the file prints it
 *
 * Returns: (transfer none) (nullable): its values, or NULL
 */
const double *
plateau_recording_peek_named (PlateauRecording *recording, const char *name)
{
  for (guint i = 0; i < recording->n_columns; i++)
    if (strcmp (recording->columns[i].name, name) == 0)
      return recording->columns[i].values;
  return NULL;
}

/**
 * plateau_recording_get_size:
 *
 * Returns: bytes that the columns take
 */
gsize
plateau_recording_get_size (PlateauRecording *recording)
{
  return recording->n_rows * recording->n_columns * sizeof (double);
}

/* What each part adds to a running quantity, so that it goes on where the part before ended. */
static double
offset_for (PlateauQuantity quantity, const double *before, gsize n_before, const double *part,
            gsize n_part, double gap)
{
  if (n_before == 0 || before == NULL || n_part == 0 || part == NULL)
    return 0;
  double last = before[n_before - 1];
  switch (quantity)
    {
    case PLATEAU_QUANTITY_TIME:
      return last + gap - part[0];
    case PLATEAU_QUANTITY_CHARGE:
    case PLATEAU_QUANTITY_ENERGY:
      return last - part[0];
    case PLATEAU_QUANTITY_STEP_COUNT:
      return part[0] <= last ? last + 1 - part[0] : 0;
    default:
      return 0;
    }
}

static double
gap_between (PlateauRecording *before, PlateauRecording *after)
{
  const double *clock1 = plateau_recording_peek (before, PLATEAU_QUANTITY_CLOCK);
  const double *clock2 = plateau_recording_peek (after, PLATEAU_QUANTITY_CLOCK);
  if (clock1 != NULL && clock2 != NULL && before->n_rows > 0 && after->n_rows > 0)
    {
      double gap = clock2[0] - clock1[before->n_rows - 1];
      if (gap >= 0 && isfinite (gap))
        return gap;
    }
  const double *time1 = plateau_recording_peek (before, PLATEAU_QUANTITY_TIME);
  const double *time2 = plateau_recording_peek (after, PLATEAU_QUANTITY_TIME);
  if (time1 != NULL && time2 != NULL && before->n_rows > 0 && after->n_rows > 0)
    return MAX (time2[0] - time1[before->n_rows - 1], 0);
  return 0;
}

static gboolean
first_has (PlateauRecording *const *recordings, guint n, guint upto, const PlateauColumn *column)
{
  for (guint r = 0; r < n && r < upto; r++)
    for (guint i = 0; i < recordings[r]->n_columns; i++)
      {
        const PlateauColumn *other = &recordings[r]->columns[i];
        if (other->quantity == column->quantity
            && (column->quantity != PLATEAU_QUANTITY_OTHER
                || strcmp (other->name, column->name) == 0))
          return TRUE;
      }
  return FALSE;
}

static const double *
column_of (PlateauRecording *recording, const PlateauColumn *like)
{
  return like->quantity != PLATEAU_QUANTITY_OTHER
             ? plateau_recording_peek (recording, like->quantity)
             : plateau_recording_peek_named (recording, like->name);
}

static double *
join_column (PlateauRecording *const *recordings, guint n, gsize n_rows, const PlateauColumn *like)
{
  double *joined = plateau_column_new (n_rows);
  gsize row = 0;
  for (guint r = 0; r < n; r++)
    {
      const double *part = column_of (recordings[r], like);
      gsize rows = recordings[r]->n_rows;
      double gap = r > 0 ? gap_between (recordings[r - 1], recordings[r]) : 0;
      double offset = offset_for (like->quantity, joined, row, part, rows, gap);
      for (gsize i = 0; i < rows; i++)
        joined[row + i] = part != NULL ? part[i] + offset : NAN;
      row += rows;
    }
  return joined;
}

/**
 * plateau_recording_join:
 * @recordings: parts of one test in the order in which they were taken
 * @n_recordings: how many, at least one
 *
 * Time goes on after each part (by the clocks where both parts have one), charge, energy and the
 * step count are carried over; a column that a part lacks is NaN there.
 *
 * Returns: (transfer full): one recording; the first one itself when there is only one
 */
PlateauRecording *
plateau_recording_join (PlateauRecording *const *recordings, guint n_recordings)
{
  g_return_val_if_fail (n_recordings > 0, NULL);
  if (n_recordings == 1)
    return plateau_recording_ref (recordings[0]);
  gsize n_rows = 0;
  for (guint r = 0; r < n_recordings; r++)
    n_rows += recordings[r]->n_rows;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (PlateauColumn));
  for (guint r = 0; r < n_recordings; r++)
    for (guint i = 0; i < recordings[r]->n_columns; i++)
      {
        PlateauColumn column = recordings[r]->columns[i];
        if (first_has (recordings, n_recordings, r, &column))
          continue;
        column.values = join_column (recordings, n_recordings, n_rows, &column);
        g_array_append_val (columns, column);
      }
  return plateau_recording_new_take ((PlateauColumn *) (gpointer) columns->data, columns->len,
                                     n_rows);
}

void
plateau_recording_set_charge_check (PlateauRecording *recording, const PlateauChargeCheck *check)
{
  recording->charge_check = *check;
}

/**
 * plateau_recording_get_charge_check:
 *
 * Returns: (nullable): the counters held against the integral of the current when the file was
 *   read; %NULL when it does not have both, and for recordings that were joined or loaded later
 */
const PlateauChargeCheck *
plateau_recording_get_charge_check (PlateauRecording *recording)
{
  return isfinite (recording->charge_check.counted[0]) ? &recording->charge_check : NULL;
}
