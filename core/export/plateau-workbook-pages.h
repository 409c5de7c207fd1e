/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plateau-workbook-private.h"

G_BEGIN_DECLS

/* Sheets of analyses: of each cell its curves on a sheet with a chart, of all cells together a
 * sheet of values. A further analysis is one file and one line in the table of kinds. */

typedef struct
{
  char *name;
  guint first, n;   /* rows of the curves' table */
  double share;     /* 0 .. 1, place in the sequence of colours */
  gboolean unnamed; /* not in the legend */
  gboolean points;  /* markers, no line */
} PlateauBookCurve;

/* What an analysis has found for one cell. */
typedef struct
{
  PlateauTable *curves; /* or NULL */
  PlateauTable *values; /* or NULL */
  GArray *series;       /* of PlateauBookCurve: what the chart of the curves shows */
  guint x, y;           /* columns of the curves that the chart shows */
  gboolean log_x, log_y;
} PlateauBookPage;

typedef struct
{
  PlateauStudy *study;
  const PlateauBookCell *cell;
  GCancellable *cancellable;
} PlateauBookJob;

typedef struct
{
  const char *label;                       /* where it is said that it is left out */
  const char *curves_sheet, *curves_title; /* before the name of the cell; NULL: only values */
  const char *values_sheet, *values_title;
  const char *object; /* letters that the names of the tables begin with */
  PlateauKinds kinds; /* of the cells that have it */
  gboolean (*analyse) (const PlateauBookJob *job, PlateauBookPage *page, GError **error);
  gboolean of_spectra; /* takes long for each spectrum */
} PlateauBookKind;

extern const PlateauBookKind plateau_book_kind_dqdv;
extern const PlateauBookKind plateau_book_kind_gitt;
extern const PlateauBookKind plateau_book_kind_cv;
extern const PlateauBookKind plateau_book_kind_drt;

void plateau_book_page_add_curve (PlateauBookPage *page, char *name, guint first, guint n,
                                  double share);
gboolean plateau_book_read_settings (PlateauStudy *study, const char *analysis,
                                     const PlateauOption *table, gpointer options, GError **error);

G_END_DECLS
