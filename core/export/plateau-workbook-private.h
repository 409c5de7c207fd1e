/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles-table.h"
#include "analysis/plateau-rate.h"
#include "export/plateau-workbook.h"
#include "figure/plateau-figure.h"

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

/* A chart that gets what libxlsxwriter does not know: a second vertical axis at its right, error
 * bars of lengths that stand in cells. */
typedef struct
{
  lxw_worksheet *worksheet; /* with one chart, this one */
  guint first_series;       /* the series from this one on go to the second axis; or G_MAXUINT */
  char *title;              /* of the second axis */
  double min, max;          /* NaN: the program's choice */
  guint32 rgb;              /* of its title */
  GPtrArray *error_bars;    /* of char*: XML for the bars of length PLATEAU_BOOK_BAR_KEY + index */
} PlateauBookEdit;

#define PLATEAU_BOOK_BAR_KEY 770000

typedef struct
{
  lxw_workbook *workbook;
  PlateauStudy *study;
  const PlateauWorkbookOptions *options;
  GHashTable *names; /* sheet names in use, folded */
  GPtrArray *sheets; /* of char *: names in order, for the list on the front sheet */
  GPtrArray *cells;  /* of PlateauBookCell */
  GPtrArray *omitted; /* of char *: what is not in the workbook, and why */
  GArray *edits;     /* of PlateauBookEdit */
  PlateauNotation notation;
  PlateauColours colours;
  lxw_worksheet *summary;
  guint n_tables;
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
void plateau_book_add_cycle_chart (PlateauBook *book, PlateauBookCell *cell);
void plateau_book_add_overview_charts (PlateauBook *book, guint row);
PlateauBookEdit *plateau_book_edit_chart (PlateauBook *book, lxw_worksheet *worksheet);
guint plateau_book_chart_number (PlateauBook *book, lxw_worksheet *worksheet);
gboolean plateau_book_apply_edits (const char *path, GArray *edits, const guint *numbers,
                                   GError **error);

gboolean plateau_book_verify (const char *path, GError **error);

/* A panel of a figure as a table and, where a sheet has such a chart, a native chart over it. */
typedef struct
{
  PlateauTable *table;
  guint x, y, category;         /* columns; 0: none */
  guint y_low, x_plus, x_minus, y_plus, y_minus;
  guint *rows;                  /* of each layer the first row */
} PlateauBookPanel;

void plateau_book_panel_init (PlateauBookPanel *panel, PlateauPanel *of, const char *title);
void plateau_book_panel_clear (PlateauBookPanel *panel);
gboolean plateau_book_panel_is_native (PlateauPanel *panel);
void plateau_book_panel_add_chart (PlateauBook *book, lxw_worksheet *worksheet, const char *sheet,
                                   const char *title, PlateauPanel *panel,
                                   const PlateauBookPanel *data, guint first_row, lxw_col_t at);

G_END_DECLS
