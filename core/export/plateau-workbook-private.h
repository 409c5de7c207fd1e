/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles-table.h"
#include "analysis/plateau-rate.h"
#include "export/plateau-workbook.h"
#include "figure/plateau-style.h"

#include <xlsxwriter.h>

G_BEGIN_DECLS

/* What the sheets of one workbook share. */

typedef struct
{
  const PlateauStudyCell *cell;
  PlateauCycles *cycles; /* NULL: no cycling data */
  PlateauCyclesSummary summary;
  PlateauTable *table; /* per cycle */
  PlateauTable *rate;  /* NULL: fewer than two rates */
  const char *sheet;   /* name of its sheet; NULL: none */
  lxw_worksheet *worksheet;
  guint first_row; /* of the table's rows in the sheet, from 0 */
  guint32 rgb;     /* colour in charts */
  gboolean dashed;
} PlateauBookCell;

/* A chart that gets a second vertical axis at its right. */
typedef struct
{
  guint chart;        /* number of the chart in the file, from 1 */
  guint first_series; /* the series from this one on go to the second axis */
  char *title;
  double min, max;
} PlateauBookTwin;

typedef struct
{
  lxw_workbook *workbook;
  PlateauStudy *study;
  const PlateauWorkbookOptions *options;
  GHashTable *names; /* sheet names in use, folded */
  GPtrArray *sheets; /* of char *: names in order, for the list on the front sheet */
  GPtrArray *cells;  /* of PlateauBookCell */
  GPtrArray *omitted; /* of char *: what is not in the workbook, and why */
  GArray *twins;     /* of PlateauBookTwin */
  PlateauNotation notation;
  PlateauColours colours;
  lxw_worksheet *summary;
  guint n_tables, n_summary_charts;
  lxw_format *title, *note, *warning, *head, *link, *wrapped, *text, *date;
  GHashTable *number_formats; /* digits -> lxw_format */
  lxw_error first_error;
} PlateauBook;

#define BOOK_HEAD_ROW 3 /* tables begin here; above stand title and notes */

void plateau_book_begin (PlateauBook *book);
lxw_worksheet *plateau_book_add_sheet (PlateauBook *book, const char *wanted, const char *title,
                                       char **name);
void plateau_book_check (PlateauBook *book, lxw_error code);
char *plateau_book_sheet_name (GHashTable *used, const char *wanted);
void plateau_book_add_table (PlateauBook *book, lxw_worksheet *sheet, PlateauTable *table,
                             const char *name, guint *first_row);
char *plateau_book_head (PlateauBook *book, PlateauTable *table, guint column);
char *plateau_book_text (PlateauBook *book, const char *text);
double plateau_book_round (double value);
lxw_format *plateau_book_number_format (PlateauBook *book, int decimals);

void plateau_book_write_front (PlateauBook *book);
void plateau_book_write_front_contents (PlateauBook *book);
void plateau_book_write_metadata (PlateauBook *book);
void plateau_book_add_cell_sheets (PlateauBook *book);
void plateau_book_write_cells (PlateauBook *book);
void plateau_book_write_spectra (PlateauBook *book);
void plateau_book_write_pages (PlateauBook *book, GCancellable *cancellable);
void plateau_book_write_figures (PlateauBook *book, GCancellable *cancellable);
void plateau_book_omit (PlateauBook *book, char *text);
void plateau_book_write_summary (PlateauBook *book);
void plateau_book_write_settings (PlateauBook *book);
void plateau_book_write_sources (PlateauBook *book);

/* The per-cycle column of discharge capacity, or charge: specific where the mass is known. */
int plateau_book_capacity_column (PlateauTable *table, gboolean charge, gboolean *specific);
gboolean plateau_book_add_cycle_chart (PlateauBook *book, PlateauBookCell *cell, guint number);
void plateau_book_add_overview_charts (PlateauBook *book, guint row);
gboolean plateau_book_apply_twins (const char *path, GArray *twins, GError **error);

G_END_DECLS
