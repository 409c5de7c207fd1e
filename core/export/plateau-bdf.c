/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-bdf.h"

#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "base/plateau-number.h"
#include "base/plateau-separated.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

/* A column of the file: its head and one value a row, already in the unit of the head. */
typedef struct
{
  char *head;
  const double *values; /* SI */
  double *owned;
  const PlateauUnit *unit; /* NULL: as they are */
} OutColumn;

static void
out_column_free (OutColumn *column)
{
  g_free (column->head);
  g_free (column->owned);
  g_free (column);
}

static OutColumn *
add_column (GPtrArray *columns, const char *head, const double *values, const char *unit)
{
  OutColumn *column = g_new0 (OutColumn, 1);
  column->head = g_strdup (head);
  column->values = values;
  column->unit = unit != NULL ? plateau_unit_find (unit) : NULL;
  g_ptr_array_add (columns, column);
  return column;
}

static void
add_quantity (GPtrArray *columns, PlateauQuantity quantity, const double *values)
{
  const PlateauQuantityInfo *info = plateau_quantity_get_info (quantity);
  add_column (columns, info->bdf_label, values, info->bdf_unit);
}

/* The format counts what went in and what came out apart, both rising. */
static void
add_counters (GPtrArray *columns, PlateauRecording *recording, PlateauQuantity net,
              PlateauQuantity in, PlateauQuantity out)
{
  gsize n = plateau_recording_get_n_rows (recording);
  const double *total = plateau_recording_peek (recording, net);
  if (total == NULL || n == 0)
    return;
  double *charged = g_new (double, n), *discharged = g_new (double, n);
  double up = 0, down = 0, last = 0;
  for (gsize i = 0; i < n; i++)
    {
      double step = isfinite (total[i]) ? total[i] - last : 0;
      if (isfinite (total[i]))
        last = total[i];
      up += MAX (step, 0);
      down += MAX (-step, 0);
      charged[i] = up;
      discharged[i] = down;
    }
  const PlateauQuantityInfo *head = plateau_quantity_get_info (in);
  OutColumn *column = add_column (columns, head->bdf_label, charged, head->bdf_unit);
  column->owned = charged;
  head = plateau_quantity_get_info (out);
  column = add_column (columns, head->bdf_label, discharged, head->bdf_unit);
  column->owned = discharged;
}

static GPtrArray *
collect_columns (PlateauRecording *recording)
{
  /* Required columns first, as the format's readers expect to see them. */
  static const PlateauQuantity order[] = {
    PLATEAU_QUANTITY_TIME,           PLATEAU_QUANTITY_POTENTIAL,
    PLATEAU_QUANTITY_CURRENT,        PLATEAU_QUANTITY_CLOCK,
    PLATEAU_QUANTITY_CYCLE,          PLATEAU_QUANTITY_HALF_CYCLE,
    PLATEAU_QUANTITY_STEP_COUNT,     PLATEAU_QUANTITY_STEP_INDEX,
    PLATEAU_QUANTITY_STEP_TIME,      PLATEAU_QUANTITY_MODE,
    PLATEAU_QUANTITY_TEMPERATURE,    PLATEAU_QUANTITY_POWER,
    PLATEAU_QUANTITY_CELL_POTENTIAL, PLATEAU_QUANTITY_COUNTER_POTENTIAL,
  };
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) out_column_free);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const double *values = plateau_recording_peek (recording, order[i]);
      if (values != NULL)
        add_quantity (columns, order[i], values);
    }
  add_counters (columns, recording, PLATEAU_QUANTITY_CHARGE,
                PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,
                PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY);
  add_counters (columns, recording, PLATEAU_QUANTITY_ENERGY, PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY,
                PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY);
  for (guint i = 0; i < plateau_recording_get_n_columns (recording); i++)
    {
      const PlateauColumn *column = plateau_recording_get_column (recording, i);
      if (column->quantity != PLATEAU_QUANTITY_OTHER)
        continue;
      gboolean bare = column->unit == NULL || column->unit[0] == '\0';
      g_autofree char *head = bare ? g_strdup (column->name)
                                   : g_strdup_printf ("%s / %s", column->name, column->unit);
      add_column (columns, head, column->values, NULL);
    }
  return columns;
}

typedef struct
{
  GPtrArray *columns;
  gsize n_rows;
  GCancellable *cancellable;
} OutTable;

static void
append_head (GString *line, GPtrArray *columns)
{
  for (guint c = 0; c < columns->len; c++)
    {
      if (c > 0)
        g_string_append_c (line, ',');
      plateau_separated_append (line, ((OutColumn *) columns->pdata[c])->head, ',');
    }
  g_string_append_c (line, '\n');
}

static void
append_row (GString *line, GPtrArray *columns, gsize row)
{
  for (guint c = 0; c < columns->len; c++)
    {
      const OutColumn *column = columns->pdata[c];
      double value = column->values[row];
      if (column->unit != NULL)
        value = plateau_unit_from_si (column->unit, value);
      if (c > 0)
        g_string_append_c (line, ',');
      if (!isfinite (value))
        continue;
      g_autofree char *text = plateau_format_double (value);
      g_string_append (line, text);
    }
  g_string_append_c (line, '\n');
}

static gboolean
write_failed (const char *path, int code, GError **error)
{
  g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
               _ ("%s cannot be written: %s"), path, g_strerror (code));
  return FALSE;
}

static gboolean
write_table (const char *path, gpointer data, GError **error)
{
  const OutTable *table = data;
  FILE *file = g_fopen (path, "wb");
  if (file == NULL)
    return write_failed (path, errno, error);
  g_autoptr (GString) block = g_string_sized_new (1 << 17);
  append_head (block, table->columns);
  gboolean ok = TRUE;
  for (gsize row = 0; row < table->n_rows && ok; row++)
    {
      append_row (block, table->columns, row);
      if (block->len < (1 << 16))
        continue;
      ok = fwrite (block->str, 1, block->len, file) == block->len;
      g_string_truncate (block, 0);
      if (ok && g_cancellable_set_error_if_cancelled (table->cancellable, error))
        {
          fclose (file);
          return FALSE;
        }
    }
  ok = ok && fwrite (block->str, 1, block->len, file) == block->len;
  int code = errno;
  if (fclose (file) != 0 && ok)
    {
      code = errno;
      ok = FALSE;
    }
  return ok || write_failed (path, code, error);
}

/**
 * plateau_bdf_write_recording:
 * @recording: what to write
 * @path: the file to make or to replace
 * @cancellable: (nullable): stops it
 *
 * Writes @recording as Battery Data Format csv: time in s, potential in V, current in A (charging
 * positive), then what else there is. Charge and energy become pairs of counters that only rise,
 * in Ah and Wh. Columns that the format does not know keep their own name and unit. Absent values
 * are empty fields; numbers read back to the same double.
 *
 * Returns: FALSE with @error set when the file cannot be written; an old file then stays
 */
gboolean
plateau_bdf_write_recording (PlateauRecording *recording, const char *path,
                             GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (recording != NULL && path != NULL, FALSE);
  g_autoptr (GPtrArray) columns = collect_columns (recording);
  OutTable table = { columns, plateau_recording_get_n_rows (recording), cancellable };
  return plateau_file_write_beside (path, write_table, &table, error);
}

typedef struct
{
  const char *head;
  gsize offset; /* in PlateauConditions */
  const char *unit;
} ConditionColumn;

static const ConditionColumn condition_columns[] = {
  { "Voltage / V", G_STRUCT_OFFSET (PlateauConditions, potential), "V" },
  { "Cycle Count / 1", G_STRUCT_OFFSET (PlateauConditions, cycle), NULL },
  { "Temperature T1 / degC", G_STRUCT_OFFSET (PlateauConditions, temperature), "degC" },
  { "State Of Charge / %", G_STRUCT_OFFSET (PlateauConditions, state_of_charge), "%" },
  { "DC Current / A", G_STRUCT_OFFSET (PlateauConditions, dc_current), "A" },
};

static double
condition (PlateauSpectrum *spectrum, const ConditionColumn *column)
{
  return G_STRUCT_MEMBER (const double, plateau_spectrum_get_conditions (spectrum), column->offset);
}

static double *
add_owned (GPtrArray *columns, const char *head, const char *unit, gsize n)
{
  OutColumn *column = add_column (columns, head, NULL, unit);
  column->owned = g_new (double, MAX (n, 1));
  column->values = column->owned;
  return column->owned;
}

static void
fill_spectra (GPtrArray *columns, GPtrArray *spectra, gsize n)
{
  double *index = add_owned (columns, "Spectrum Count / 1", NULL, n);
  double *frequency = add_owned (columns, "Frequency / Hz", NULL, n);
  double *re = add_owned (columns, "Real Impedance / ohm", NULL, n);
  double *im = add_owned (columns, "Imaginary Impedance / ohm", NULL, n);
  gsize row = 0;
  for (guint s = 0; s < spectra->len; s++)
    {
      PlateauSpectrum *spectrum = spectra->pdata[s];
      for (gsize i = 0; i < plateau_spectrum_get_n (spectrum); i++, row++)
        {
          index[row] = s + 1;
          frequency[row] = plateau_spectrum_peek_frequency (spectrum)[i];
          re[row] = plateau_spectrum_peek_re (spectrum)[i];
          im[row] = plateau_spectrum_peek_im (spectrum)[i];
        }
    }
  for (gsize c = 0; c < G_N_ELEMENTS (condition_columns); c++)
    {
      const ConditionColumn *kind = &condition_columns[c];
      gboolean known = FALSE;
      for (guint s = 0; s < spectra->len; s++)
        known = known || isfinite (condition (spectra->pdata[s], kind));
      if (!known)
        continue;
      double *values = add_owned (columns, kind->head, kind->unit, n);
      row = 0;
      for (guint s = 0; s < spectra->len; s++)
        for (gsize i = 0; i < plateau_spectrum_get_n (spectra->pdata[s]); i++)
          values[row++] = condition (spectra->pdata[s], kind);
    }
}

/**
 * plateau_bdf_write_spectra:
 * @spectra: (element-type PlateauSpectrum): in the order to write
 * @path: the file to make or to replace
 * @cancellable: (nullable): stops it
 *
 * Writes one row a point: number of the spectrum from 1, f in Hz, Z' and Z'' in ohm (capacitive
 * Z'' negative), and those conditions that are known of any of the spectra.
 *
 * Returns: FALSE with @error set when the file cannot be written; an old file then stays
 */
gboolean
plateau_bdf_write_spectra (GPtrArray *spectra, const char *path, GCancellable *cancellable,
                           GError **error)
{
  g_return_val_if_fail (spectra != NULL && path != NULL, FALSE);
  gsize n = 0;
  for (guint s = 0; s < spectra->len; s++)
    n += plateau_spectrum_get_n (spectra->pdata[s]);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func ((GDestroyNotify) out_column_free);
  fill_spectra (columns, spectra, n);
  OutTable table = { columns, n, cancellable };
  return plateau_file_write_beside (path, write_table, &table, error);
}
