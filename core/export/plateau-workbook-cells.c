/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "analysis/plateau-runs.h"
#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>

/* Per-cycle sheets, and the summary whose numbers are formulas over them. */

void
plateau_book_add_cell_sheets (PlateauBook *book)
{
  for (guint i = 0; i < book->cells->len; i++)
    {
      PlateauBookCell *cell = book->cells->pdata[i];
      if (cell->table == NULL)
        continue;
      const char *sample = cell->cell->sample != NULL ? cell->cell->sample->name : "";
      g_autofree char *title = sample[0] != '\0'
                                   ? g_strdup_printf ("%s (%s)", cell->cell->name, sample)
                                   : g_strdup (cell->cell->name);
      char *name = NULL;
      cell->worksheet = plateau_book_add_sheet (book, cell->cell->name, title, &name);
      cell->sheet = name;
    }
}

/* Rates below the per-cycle chart, so that both are seen at once. */
static void
write_rate (PlateauBook *book, PlateauBookCell *cell, guint row, guint column)
{
  PlateauTable *rate = cell->rate;
  guint n_columns = plateau_table_get_n_columns (rate);
  worksheet_write_string (cell->worksheet, row, (lxw_col_t) column, _ ("Rates"), book->title);
  worksheet_set_row (cell->worksheet, row + 1, 45, NULL);
  worksheet_set_column (cell->worksheet, (lxw_col_t) column, (lxw_col_t) (column + n_columns - 1),
                        12, NULL);
  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *head = plateau_book_head (book, rate, c);
      worksheet_write_string (cell->worksheet, row + 1, (lxw_col_t) (column + c), head, book->head);
      for (guint r = 0; r < plateau_table_get_n_rows (rate); r++)
        {
          lxw_row_t at = row + 2 + r;
          double value = plateau_table_get_column_type (rate, c) != PLATEAU_COLUMN_TEXT
                             ? plateau_table_get_number (rate, r, c)
                             : NAN;
          gboolean whole = plateau_table_get_column_type (rate, c) == PLATEAU_COLUMN_INTEGER;
          if (isfinite (value))
            worksheet_write_number (cell->worksheet, at, (lxw_col_t) (column + c), value,
                                    plateau_book_number_format (book, whole ? 0 : 4));
        }
    }
}

void
plateau_book_write_cells (PlateauBook *book)
{
  for (guint i = 0; i < book->cells->len; i++)
    {
      PlateauBookCell *cell = book->cells->pdata[i];
      if (cell->worksheet == NULL)
        continue;
      plateau_book_add_table (book, cell->worksheet, cell->table, "Cycles", &cell->first_row);
      if (book->options->charts)
        plateau_book_add_cycle_chart (book, cell);
      if (cell->rate != NULL)
        write_rate (book, cell, 26, plateau_table_get_n_columns (cell->table) + 1);
    }
}

static char *
quote_sheet (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);
  return g_strdup_printf ("'%s'", doubled);
}

/* "'A1'!$G$6": the cell of @column in the row of @cycle; NULL when there is none. */
static char *
reference_to (PlateauBookCell *cell, const char *key, guint cycle, double *value)
{
  int column = plateau_table_find_column (cell->table, key);
  if (column < 0)
    return NULL;
  for (guint row = 0; row < plateau_table_get_n_rows (cell->table); row++)
    if (plateau_table_get_row_tag (cell->table, row) == (gint64) cycle)
      {
        char address[LXW_MAX_CELL_NAME_LENGTH];
        *value = plateau_table_get_number (cell->table, row, (guint) column);
        if (!isfinite (*value))
          return NULL;
        lxw_rowcol_to_cell_abs (address, cell->first_row + row, (lxw_col_t) column, TRUE, TRUE);
        g_autofree char *sheet = quote_sheet (cell->sheet);
        return g_strdup_printf ("%s!%s", sheet, address);
      }
  return NULL;
}

static guint
first_cycle (PlateauBookCell *cell)
{
  for (guint i = 0; i < cell->cycles->n_cycles; i++)
    if (cell->cycles->cycles[i].cycle > 0)
      return cell->cycles->cycles[i].cycle;
  return 0;
}

typedef struct
{
  char *formula; /* NULL: only a value */
  double value;  /* NaN: an empty cell */
} Entry;

static Entry
entry_reference (PlateauBookCell *cell, const char *key)
{
  Entry entry = { NULL, NAN };
  g_autofree char *reference = reference_to (cell, key, first_cycle (cell), &entry.value);
  if (reference != NULL)
    entry.formula = g_strdup_printf ("=%s", reference);
  return entry;
}

static Entry
entry_ratio (PlateauBookCell *cell, const char *key1, guint cycle1, const char *key2, guint cycle2,
             double known)
{
  Entry entry = { NULL, known * 100 };
  double above, below;
  g_autofree char *numerator = reference_to (cell, key1, cycle1, &above);
  g_autofree char *denominator = reference_to (cell, key2, cycle2, &below);
  if (numerator == NULL || denominator == NULL || below == 0 || !isfinite (known))
    return entry;
  entry.value = above / below * 100;
  entry.formula = g_strdup_printf ("=%s/%s*100", numerator, denominator);
  return entry;
}

/* "'A1'!$G$6:$G$60": the rows of @column from one cycle to another. NULL when one of them counts
 * for nothing (cut, outlier, absent): a formula over the range would count it. */
static char *
range_of (PlateauBookCell *cell, const char *key, guint first, guint last, GArray *values)
{
  int column = plateau_table_find_column (cell->table, key);
  guint begin = 0, n = 0;
  g_array_set_size (values, 0);
  for (guint row = 0; column >= 0 && row < plateau_table_get_n_rows (cell->table); row++)
    {
      gint64 tag = plateau_table_get_row_tag (cell->table, row);
      if (tag < (gint64) first || tag > (gint64) last)
        continue;
      int index = plateau_cycles_find (cell->cycles, (guint) tag);
      double value = plateau_table_get_number (cell->table, row, (guint) column);
      if (index < 0 || !plateau_cycle_is_usable (&cell->cycles->cycles[index]) || !isfinite (value)
          || (n > 0 && row != begin + n))
        return NULL;
      begin = n++ == 0 ? row : begin;
      g_array_append_val (values, value);
    }
  if (n < 2)
    return NULL;
  char from[LXW_MAX_CELL_NAME_LENGTH], to[LXW_MAX_CELL_NAME_LENGTH];
  g_autofree char *sheet = quote_sheet (cell->sheet);
  lxw_rowcol_to_cell_abs (from, cell->first_row + begin, (lxw_col_t) column, TRUE, TRUE);
  lxw_rowcol_to_cell_abs (to, cell->first_row + begin + n - 1, (lxw_col_t) column, TRUE, TRUE);
  return g_strdup_printf ("%s!%s:%s", sheet, from, to);
}

typedef enum
{
  SLOPE_SHARE, /* of the first value, in percent for each cycle, falling */
  SLOPE_MILLI, /* in thousandths, falling */
  SLOPE_ERROR, /* standard error of the same */
} SlopeKind;

static char *
slope_formula (SlopeKind kind, const char *x, const char *y, const char *first)
{
  switch (kind)
    {
    case SLOPE_SHARE:
      return g_strdup_printf ("=-SLOPE(%s,%s)/%s*100", y, x, first);
    case SLOPE_MILLI:
      return g_strdup_printf ("=-SLOPE(%s,%s)*1000", y, x);
    case SLOPE_ERROR:
    default:
      return g_strdup_printf ("=STEYX(%s,%s)/SQRT(DEVSQ(%s))*1000", y, x, x);
    }
}

/* Only where the line through the rows is the line of the analysis; else the value alone. */
static Entry
entry_slope (PlateauBookCell *cell, const char *key, SlopeKind kind, double known)
{
  const PlateauCyclesSummary *summary = &cell->summary;
  guint first = summary->retention_reference_cycle, last = summary->retention_cycle;
  g_autoptr (GArray) cycles = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  Entry entry = { NULL, known };
  PlateauLine line;
  double above = NAN;
  if (!isfinite (known) || first == 0)
    return entry;
  g_autofree char *x = range_of (cell, "cycle", first, last, cycles);
  g_autofree char *y = range_of (cell, key, first, last, values);
  g_autofree char *reference = reference_to (cell, key, first, &above);
  if (x == NULL || y == NULL || reference == NULL || cycles->len != values->len
      || (kind == SLOPE_ERROR && values->len < 3)
      || !plateau_fit_line ((const double *) (gpointer) cycles->data,
                            (const double *) (gpointer) values->data, NULL, values->len, &line))
    return entry;
  double found = kind == SLOPE_SHARE   ? -line.slope / above * 100
                 : kind == SLOPE_MILLI ? -line.slope * 1e3
                                       : line.slope_stderr * 1e3;
  if (fabs (found - known) <= 1e-9 * fabs (known) + 1e-10)
    entry.formula = slope_formula (kind, x, y, reference);
  return entry;
}

typedef enum
{
  COLUMN_CHARGE_MAH,
  COLUMN_DISCHARGE_MAH,
  COLUMN_CHARGE,
  COLUMN_DISCHARGE,
  COLUMN_ICE,
  COLUMN_RETENTION,
  COLUMN_REFERENCE,
  COLUMN_LAST,
  COLUMN_LOSS,
  COLUMN_DECAY,
  COLUMN_DECAY_ERROR,
  COLUMN_TO_80,
  COLUMN_PLATEAU,
  N_SUMMARY_COLUMNS
} SummaryColumn;

static const struct
{
  const char *label, *unit;
  int decimals;
  gboolean mean; /* mean and standard deviation make sense */
} summary_columns[N_SUMMARY_COLUMNS] = {
  { N_ ("First charge capacity"), "mAh", 4, TRUE },
  { N_ ("First discharge capacity"), "mAh", 4, TRUE },
  { N_ ("First charge capacity"), "mAh/g", 1, TRUE },
  { N_ ("First discharge capacity"), "mAh/g", 1, TRUE },
  { N_ ("Initial coulombic efficiency"), "%", 2, TRUE },
  { N_ ("Capacity retention"), "%", 2, TRUE },
  { N_ ("Reference cycle"), NULL, 0, FALSE },
  { N_ ("Last cycle of the run"), NULL, 0, FALSE },
  { N_ ("Capacity loss per cycle"), "%", 4, TRUE },
  { N_ ("Voltage decay per cycle"), "mV/cycle", 4, TRUE },
  { N_ ("Voltage decay per cycle, standard error"), "mV/cycle", 4, FALSE },
  { N_ ("Cycles to 80 %"), NULL, 0, TRUE },
  { N_ ("Plateau share of the first charge"), "%", 2, TRUE },
};

#define FIRST_NUMBER 4 /* after cell, sample, family, role */

static Entry
make_entry (PlateauBookCell *cell, SummaryColumn column)
{
  const PlateauCyclesSummary *summary = &cell->summary;
  guint first = first_cycle (cell);
  gboolean charge_first = cell->cycles->starts_with_charge;
  const char *in = "charge_capacity_mAh", *out = "discharge_capacity_mAh";
  const char *potential = "mean_discharge_potential_V";
  switch (column)
    {
    case COLUMN_CHARGE_MAH:
      return entry_reference (cell, in);
    case COLUMN_DISCHARGE_MAH:
      return entry_reference (cell, out);
    case COLUMN_CHARGE:
      return entry_reference (cell, "charge_capacity_mAh_g");
    case COLUMN_DISCHARGE:
      return entry_reference (cell, "discharge_capacity_mAh_g");
    case COLUMN_ICE:
      return entry_ratio (cell, charge_first ? out : in, first, charge_first ? in : out, first,
                          summary->initial_coulombic_efficiency);
    case COLUMN_RETENTION:
      return entry_ratio (cell, out, summary->retention_cycle, out,
                          summary->retention_reference_cycle, summary->retention);
    case COLUMN_REFERENCE:
      return (Entry){ NULL, summary->retention_reference_cycle > 0
                                ? summary->retention_reference_cycle
                                : NAN };
    case COLUMN_LAST:
      return (Entry){ NULL, summary->retention_cycle > 0 ? summary->retention_cycle : NAN };
    case COLUMN_LOSS:
      return entry_slope (cell, out, SLOPE_SHARE, summary->capacity_loss_per_cycle * 100);
    case COLUMN_DECAY:
      return entry_slope (cell, potential, SLOPE_MILLI, summary->voltage_decay * 1e3);
    case COLUMN_DECAY_ERROR:
      return entry_slope (cell, potential, SLOPE_ERROR, summary->voltage_decay_stderr * 1e3);
    case COLUMN_TO_80:
      return (Entry){ NULL, summary->cycles_to_80_percent };
    case COLUMN_PLATEAU:
      return (Entry){ NULL, summary->plateau_share * 100 };
    case N_SUMMARY_COLUMNS:
      break;
    }
  g_return_val_if_reached (((Entry){ NULL, NAN }));
}

static char *
summary_head (PlateauBook *book, SummaryColumn column)
{
  const PlateauUnit *unit = plateau_notation_get_unit (
      &book->notation, summary_columns[column].unit != NULL
                           ? plateau_unit_find (summary_columns[column].unit)
                           : NULL);
  return unit != NULL ? g_strdup_printf ("%s / %s", _ (summary_columns[column].label), unit->label)
                      : g_strdup (_ (summary_columns[column].label));
}

static void
write_names (lxw_worksheet *sheet, lxw_row_t row, const PlateauStudyCell *cell)
{
  const PlateauStudySample *sample = cell->sample;
  worksheet_write_string (sheet, row, 0, cell->name, NULL);
  if (sample == NULL)
    return;
  worksheet_write_string (sheet, row, 1, sample->name, NULL);
  worksheet_write_string (sheet, row, 2, sample->family, NULL);
  worksheet_write_string (sheet, row, 3, plateau_role_get_nick (sample->role), NULL);
}

/* Returns the row behind the last one. @values: one row of N_SUMMARY_COLUMNS for each cell. */
static lxw_row_t
write_summary_rows (PlateauBook *book, lxw_row_t row, double *values)
{
  for (guint i = 0; i < book->cells->len; i++)
    {
      PlateauBookCell *cell = book->cells->pdata[i];
      write_names (book->summary, row + i, cell->cell);
      for (guint c = 0; c < N_SUMMARY_COLUMNS; c++)
        {
          Entry entry = cell->worksheet != NULL ? make_entry (cell, c) : (Entry){ NULL, NAN };
          lxw_format *format = plateau_book_number_format (book, summary_columns[c].decimals);
          lxw_col_t column = (lxw_col_t) (FIRST_NUMBER + c);
          values[i * N_SUMMARY_COLUMNS + c] = entry.value;
          if (!isfinite (entry.value))
            {
              g_free (entry.formula);
              continue;
            }
          if (entry.formula != NULL)
            worksheet_write_formula_num (book->summary, row + i, column, entry.formula, format,
                                         entry.value);
          else
            worksheet_write_number (book->summary, row + i, column, entry.value, format);
          g_free (entry.formula);
        }
    }
  return row + book->cells->len;
}

/* "F5:F7", or "F5,F7" for cells that do not stand together. */
static char *
list_addresses (GArray *rows, lxw_col_t column)
{
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0; i < rows->len;)
    {
      guint end = i;
      char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
      while (end + 1 < rows->len
             && g_array_index (rows, guint, end + 1) == g_array_index (rows, guint, end) + 1)
        end++;
      lxw_rowcol_to_cell (first, g_array_index (rows, guint, i), column);
      lxw_rowcol_to_cell (last, g_array_index (rows, guint, end), column);
      g_string_append_printf (list, end > i ? "%s%s:%s" : "%s%s", list->len > 0 ? "," : "", first,
                              last);
      i = end + 1;
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
write_statistic (PlateauBook *book, lxw_row_t row, lxw_col_t column, const char *function,
                 const char *addresses, double value, int decimals)
{
  if (!isfinite (value))
    return;
  g_autofree char *formula = g_strdup_printf ("=%s(%s)", function, addresses);
  worksheet_write_formula_num (book->summary, row, column, formula,
                               plateau_book_number_format (book, decimals), value);
}

/* Two rows a sample: mean and standard deviation over its cells. */
static gboolean
same_test (const PlateauStudyCell *a, const PlateauStudyCell *b)
{
  return a->sample == b->sample && g_strcmp0 (a->test, b->test) == 0;
}

/* Replicates are cells of one sample in one test; @first is the first of them. */
static gboolean
is_first_of_test (PlateauBook *book, guint first)
{
  const PlateauStudyCell *cell = ((PlateauBookCell *) book->cells->pdata[first])->cell;
  for (guint i = 0; i < first; i++)
    if (same_test (cell, ((PlateauBookCell *) book->cells->pdata[i])->cell))
      return FALSE;
  return cell->sample != NULL;
}

static void
write_replicates (PlateauBook *book, lxw_row_t row, lxw_row_t first_row, const double *values,
                  guint first)
{
  const PlateauStudyCell *cell = ((PlateauBookCell *) book->cells->pdata[first])->cell;
  g_autofree char *name = cell->test != NULL && cell->test[0] != '\0'
                              ? g_strdup_printf ("%s, %s", cell->sample->name, cell->test)
                              : g_strdup (cell->sample->name);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = first; i < book->cells->len; i++)
    if (same_test (cell, ((PlateauBookCell *) book->cells->pdata[i])->cell))
      {
        guint at = first_row + i;
        g_array_append_val (rows, at);
        g_array_append_val (indices, i);
      }
  for (guint k = 0; k < 2; k++)
    {
      worksheet_write_string (book->summary, row + k, 0, k == 0 ? _ ("Mean") : _ ("s.d."),
                              book->head);
      worksheet_write_string (book->summary, row + k, 1, name, NULL);
      worksheet_write_string (book->summary, row + k, 2, cell->sample->family, NULL);
      worksheet_write_number (book->summary, row + k, 3, rows->len, NULL);
    }
  g_autofree double *column = g_new (double, rows->len);
  for (guint c = 0; c < N_SUMMARY_COLUMNS; c++)
    {
      if (!summary_columns[c].mean)
        continue;
      for (guint i = 0; i < indices->len; i++)
        column[i] = values[g_array_index (indices, guint, i) * N_SUMMARY_COLUMNS + c];
      lxw_col_t at = (lxw_col_t) (FIRST_NUMBER + c);
      g_autofree char *addresses = list_addresses (rows, at);
      write_statistic (book, row, at, "AVERAGE", addresses, plateau_mean (column, indices->len),
                       summary_columns[c].decimals);
      write_statistic (book, row + 1, at, "STDEV", addresses, plateau_sd (column, indices->len),
                       summary_columns[c].decimals);
    }
}

static lxw_row_t
write_statistics (PlateauBook *book, lxw_row_t row, lxw_row_t first_row, const double *values)
{
  worksheet_write_string (book->summary, row, 0,
                          _ ("Mean and standard deviation (n − 1) over the cells of a sample in one test"),
                          book->title);
  row++;
  for (guint i = 0; i < book->cells->len; i++)
    if (is_first_of_test (book, i))
      {
        write_replicates (book, row, first_row, values, i);
        row += 2;
      }
  return row;
}

void
plateau_book_write_summary (PlateauBook *book)
{
  static const char *const names[FIRST_NUMBER] = { N_ ("Cell"), N_ ("Sample"), N_ ("Family"),
                                                   N_ ("Role") };
  lxw_worksheet *sheet = book->summary;
  if (sheet == NULL)
    return;
  for (guint c = 0; c < FIRST_NUMBER; c++)
    worksheet_write_string (sheet, BOOK_HEAD_ROW, (lxw_col_t) c, _ (names[c]), book->head);
  for (guint c = 0; c < N_SUMMARY_COLUMNS; c++)
    {
      g_autofree char *head = summary_head (book, c);
      worksheet_write_string (sheet, BOOK_HEAD_ROW, (lxw_col_t) (FIRST_NUMBER + c), head,
                              book->head);
    }
  worksheet_set_row (sheet, BOOK_HEAD_ROW, 60, NULL);
  worksheet_set_column (sheet, 0, 0, 20, NULL);
  worksheet_set_column (sheet, 1, FIRST_NUMBER + N_SUMMARY_COLUMNS, 13, NULL);
  worksheet_freeze_panes (sheet, BOOK_HEAD_ROW + 1, 1);
  worksheet_write_string (
      sheet, 2, 0,
      _ ("Efficiency, retention, loss and decay are formulas over the sheets of the cells"),
      book->note);
  g_autofree double *values = g_new (double, MAX (book->cells->len, 1) * N_SUMMARY_COLUMNS);
  lxw_row_t first = BOOK_HEAD_ROW + 1;
  lxw_row_t end = write_summary_rows (book, first, values);
  end = write_statistics (book, end + 1, first, values);
  if (book->options->charts)
    plateau_book_add_overview_charts (book, end + 2);
}
