/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-field.h"
#include "plateau-document.h"

G_BEGIN_DECLS

/* Cells as a sheet of text: pasting, setting, and the CSV of "plateau-cli build". */

typedef struct
{
  guint n_set, n_unknown, n_bad; /* values set, rows that match no cell, values not understood */
  char *first_bad;               /* the first that was not understood, with its reason */
} PlateauSheetReport;

void plateau_sheet_report_clear (PlateauSheetReport *report);
char *plateau_sheet_report_to_text (const PlateauSheetReport *report);

/* The unit in which a field is shown and entered, by the preferences; NULL: none. */
const PlateauUnit *plateau_sheet_get_unit (const PlateauField *field);
/* A value as it is shown, in that unit; "" when absent. (transfer full) */
char *plateau_sheet_dup_text (PlateauCell *cell, const PlateauField *field);
/* One value, as it is shown, inside a begun action. */
gboolean plateau_sheet_set (PlateauDocument *document, PlateauCell *cell, const PlateauField *field,
                            const char *text, GError **error);
/* @cells: of PlateauCell, the rows as shown. With heads in its first line the text goes by cell
 * name or channel, in the units that the heads name; else by place from @first_row and @first_field on. One action. */
void plateau_sheet_paste (PlateauDocument *document, GPtrArray *cells, const char *text,
                          guint first_row, guint first_field, PlateauSheetReport *report);
char *plateau_sheet_to_csv (PlateauDocument *document);

G_END_DECLS
