/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "base/plateau-error.h"
#include "base/plateau-file.h"

#include <glib/gi18n.h>
#include <math.h>

/* The recordings themselves, row by row, in constant memory: each row is on the disk before the
 * next is made. A sheet holds 1,048,576 rows; longer recordings go on in further sheets. */

enum
{
  SHEET_ROWS = LXW_ROW_MAX,
};

typedef struct
{
  PlateauQuantity quantity;
  const char *key;  /* unit suffix as in the command line's results */
  const char *unit; /* unit id; NULL: as it stands */
} RawColumn;

static const RawColumn usual_columns[] = {
  { PLATEAU_QUANTITY_TIME, "time_s", "s" },
  { PLATEAU_QUANTITY_STEP_TIME, "step_time_s", "s" },
  { PLATEAU_QUANTITY_CLOCK, "clock", NULL },
  { PLATEAU_QUANTITY_POTENTIAL, "potential_V", "V" },
  { PLATEAU_QUANTITY_CURRENT, "current_mA", "mA" },
  { PLATEAU_QUANTITY_CHARGE, "charge_mAh", "mAh" },
  { PLATEAU_QUANTITY_ENERGY, "energy_mWh", "mWh" },
  { PLATEAU_QUANTITY_CYCLE, "cycle", NULL },
  { PLATEAU_QUANTITY_STEP_INDEX, "step_index", NULL },
  { PLATEAU_QUANTITY_STEP_COUNT, "step", NULL },
  { PLATEAU_QUANTITY_TEMPERATURE, "temperature_C", "degC" },
  { PLATEAU_QUANTITY_POWER, "power_mW", "mW" },
};

typedef struct
{
  const RawColumn *column;
  const PlateauUnit *unit; /* NULL: as it stands */
  const double *values;
  double factor, offset; /* shown = factor * value + offset */
  lxw_format *format;
} RawSeries;

/* Heads that are keys name their unit, whatever a person prefers. */
static const PlateauUnit *
find_unit (PlateauBook *book, const RawColumn *column)
{
  const PlateauExportTemplate *template = book->options->template;
  const PlateauUnit *unit = column->unit != NULL ? plateau_unit_find (column->unit) : NULL;
  gboolean keys = template != NULL && template->heads == PLATEAU_HEADS_KEY;
  return keys ? unit : plateau_notation_get_unit (&book->notation, unit);
}

static void
add_series (GArray *series, PlateauBook *book, const RawColumn *column,
            PlateauRecording *recording, const PlateauStudyCell *cell)
{
  const double *values = plateau_recording_peek (recording, column->quantity);
  if (values == NULL)
    return;
  RawSeries one = { column, find_unit (book, column), values, 1, 0, NULL };
  if (one.unit != NULL)
    {
      one.factor = 1 / one.unit->factor;
      one.offset = -one.unit->offset / one.unit->factor;
    }
  if (column->quantity == PLATEAU_QUANTITY_POTENTIAL)
    one.offset = cell->reference_offset;
  if (column->quantity == PLATEAU_QUANTITY_CLOCK)
    {
      /* Excel counts days from 1899-12-30. */
      one.factor = 1.0 / 86400;
      one.offset = 25569;
      one.format = book->date;
    }
  g_array_append_val (series, one);
}

static const RawColumn *
find_column (const char *id)
{
  PlateauQuantity quantity = plateau_quantity_from_id (id);
  for (gsize i = 0; i < G_N_ELEMENTS (usual_columns); i++)
    if (g_str_equal (usual_columns[i].key, id)
        || (quantity != PLATEAU_QUANTITY_OTHER && usual_columns[i].quantity == quantity))
      return &usual_columns[i];
  return NULL;
}

static GArray *
choose_series (PlateauBook *book, PlateauRecording *recording, const PlateauStudyCell *cell)
{
  const PlateauExportTemplate *template = book->options->template;
  GArray *series = g_array_new (FALSE, TRUE, sizeof (RawSeries));
  if (template == NULL || template->raw_columns == NULL)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (usual_columns); i++)
        add_series (series, book, &usual_columns[i], recording, cell);
      return series;
    }
  for (char **id = template->raw_columns; *id != NULL; id++)
    {
      const RawColumn *column = find_column (*id);
      if (column != NULL)
        add_series (series, book, column, recording, cell);
    }
  return series;
}

/* Writes the heads; returns the first row of data. */
static lxw_row_t
write_heads (PlateauBook *book, lxw_worksheet *sheet, GArray *series, const char *cell)
{
  const PlateauExportTemplate *template = book->options->template;
  PlateauHeads heads = template != NULL ? template->heads : PLATEAU_HEADS_LABEL_AND_UNIT;
  guint n_rows = heads == PLATEAU_HEADS_ORIGIN ? 3 : 1;
  for (guint line = 0; line < n_rows; line++)
    for (guint c = 0; c < series->len; c++)
      {
        const RawSeries *one = &g_array_index (series, RawSeries, c);
        const RawColumn *column = one->column;
        const char *label = _ (plateau_quantity_get_info (column->quantity)->label);
        const char *unit = one->unit != NULL ? one->unit->label : "";
        g_autofree char *both = unit[0] != '\0' ? g_strdup_printf ("%s / %s", label, unit)
                                                : g_strdup (label);
        const char *text = heads == PLATEAU_HEADS_KEY      ? column->key
                           : heads != PLATEAU_HEADS_ORIGIN ? both
                           : line == 0                     ? label
                           : line == 1                     ? unit
                                                           : cell;
        worksheet_write_string (sheet, BOOK_HEAD_ROW + line, (lxw_col_t) c, text, book->head);
      }
  worksheet_freeze_panes (sheet, BOOK_HEAD_ROW + n_rows, 1);
  return BOOK_HEAD_ROW + n_rows;
}

static gboolean
write_rows (lxw_worksheet *sheet, lxw_row_t at, GArray *series, gsize first, gsize n,
            GCancellable *cancellable, GError **error)
{
  const RawSeries *all = (const RawSeries *) (gpointer) series->data;
  for (gsize i = 0; i < n; i++)
    {
      for (guint c = 0; c < series->len; c++)
        {
          double value = all[c].values[first + i] * all[c].factor + all[c].offset;
          if (isfinite (value))
            worksheet_write_number (sheet, (lxw_row_t) (at + i), (lxw_col_t) c,
                                    plateau_book_round (value), all[c].format);
        }
      if (i % 65536 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_recording (PlateauBook *book, const PlateauStudyCell *cell, PlateauRecording *recording,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) series = choose_series (book, recording, cell);
  gsize n_rows = plateau_recording_get_n_rows (recording);
  gsize room = SHEET_ROWS - BOOK_HEAD_ROW - 3;
  guint n_sheets = (guint) ((n_rows + room - 1) / room);
  for (guint s = 0; s < n_sheets; s++)
    {
      gsize first = s * room, n = MIN (room, n_rows - first);
      lxw_worksheet *sheet = plateau_book_add_sheet (book, cell->name, cell->name, NULL);
      if (sheet == NULL)
        return TRUE; /* said when the workbook is closed */
      if (n_sheets > 1)
        {
          g_autofree char *note = g_strdup_printf (
              _ ("Part %u of %u: rows %zu to %zu of %zu (a sheet holds 1,048,576 rows)"), s + 1,
              n_sheets, first + 1, first + n, n_rows);
          worksheet_write_string (sheet, 2, 0, note, book->note);
        }
      worksheet_set_column (sheet, 0, (lxw_col_t) MAX (series->len, 1) - 1, 16, NULL);
      lxw_row_t at = write_heads (book, sheet, series, cell->name);
      if (!write_rows (sheet, at, series, first, n, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static void
unload (const PlateauStudyCell *cell)
{
  for (guint i = 0; i < cell->measurements->len; i++)
    plateau_measurement_unload (cell->measurements->pdata[i]);
}

typedef struct
{
  PlateauStudy *study;
  const PlateauWorkbookOptions *options;
  GCancellable *cancellable;
} RawJob;

static gboolean
write_cells (PlateauBook *book, const RawJob *job, GError **error)
{
  GPtrArray *wanted = job->options->cells;
  guint n = wanted != NULL ? wanted->len : plateau_study_get_n_cells (job->study);
  guint n_written = 0;
  for (guint i = 0; i < n; i++)
    {
      const PlateauStudyCell *cell = wanted != NULL ? wanted->pdata[i]
                                                    : plateau_study_get_cell (job->study, i);
      g_autoptr (PlateauRecording)
          recording = plateau_measurements_load_recording (cell->measurements, 0, NULL);
      if (recording == NULL)
        continue;
      if (!write_recording (book, cell, recording, job->cancellable, error))
        return FALSE;
      n_written++;
      unload (cell);
    }
  if (n_written > 0)
    return TRUE;
  g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
               _ ("There is no recording to write"));
  return FALSE;
}

static gboolean
write_raw (const char *path, gpointer data, GError **error)
{
  const RawJob *job = data;
  PlateauBook book = { .study = job->study, .options = job->options };
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE };
  book.workbook = workbook_new_opt (path, &options);
  book.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  book.sheets = g_ptr_array_new_with_free_func (g_free);
  plateau_book_begin (&book);
  gboolean ok = write_cells (&book, job, error);
  plateau_book_check (&book, workbook_close (book.workbook));
  if (ok && book.first_error != LXW_NO_ERROR)
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
                   _ ("The workbook cannot be written: %s"), lxw_strerror (book.first_error));
      ok = FALSE;
    }
  g_ptr_array_unref (book.sheets);
  g_hash_table_unref (book.names);
  return ok && plateau_book_verify (path, error);
}

/**
 * plateau_workbook_write_raw:
 * @study: the study
 * @options: the cells, and the template whose raw_columns are written
 * @path: the file to make or to replace
 * @cancellable: (nullable): stops it
 *
 * Writes the recordings of the cells, one sheet a cell, in memory that does not grow with the
 * rows; Excel's tables are not possible then. A recording that is longer than a sheet goes on in
 * further sheets, and every part says which rows it holds.
 *
 * Returns: FALSE with @error set when there is no recording or it cannot be written; an old file
 *   then stays
 */
gboolean
plateau_workbook_write_raw (PlateauStudy *study, const PlateauWorkbookOptions *options,
                            const char *path, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (study != NULL && options != NULL && path != NULL, FALSE);
  RawJob job = { study, options, cancellable };
  return plateau_file_write_beside (path, write_raw, &job, error);
}
