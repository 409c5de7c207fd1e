/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* The sheets of a workbook as tab-separated text, so that the readers of text understand them by
 * the same names of columns. */
typedef struct
{
  char *name;
  GString *text; /* UTF-8, a line for each row that holds anything */
} PlateauSheet;

typedef enum
{
  PLATEAU_CELL_PLAIN,
  PLATEAU_CELL_DATE,
  PLATEAU_CELL_ELAPSED, /* a time without a day */
} PlateauCellStyle;

PlateauCellStyle plateau_cell_style_of_code (const char *code, gsize length);
PlateauCellStyle plateau_cell_style_of_number (guint number);

PlateauSheet *plateau_sheet_new (const char *name);
void plateau_sheet_free (PlateauSheet *sheet);
void plateau_sheet_append_text (PlateauSheet *sheet, const char *text, gsize length);
void plateau_sheet_append_date (PlateauSheet *sheet, double days, gboolean elapsed);

gboolean plateau_sheet_set_too_long (const PlateauSheet *sheet, PlateauInput *input,
                                     GError **error);

gboolean plateau_workbook_read (PlateauInput *input, GPtrArray *sheets, GPtrArray *warnings,
                                const char *instrument, const PlateauReadOptions *options,
                                GPtrArray *measurements, GCancellable *cancellable, GError **error);

G_END_DECLS
