/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-date.h"
#include "base/plateau-quantity.h"
#include "readers/plateau-text.h"

G_BEGIN_DECLS

/* The rows of a table in a text file, read straight into columns of doubles. */

typedef enum
{
  PLATEAU_TEXT_SKIP,
  PLATEAU_TEXT_NUMBER,
  PLATEAU_TEXT_DURATION, /* "01:02:03.5", "0d 00:00:05"; seconds */
  PLATEAU_TEXT_DATE,     /* Unix time */
  PLATEAU_TEXT_WORD,     /* by the column's function */
  PLATEAU_TEXT_CARRIED,  /* not in the row: each row takes what carried is then */
} PlateauTextKind;

typedef struct
{
  PlateauTextKind kind;
  PlateauQuantity quantity;
  char *header;            /* as printed */
  char *name;              /* without the unit */
  char *unit_text;         /* as printed, or NULL */
  const PlateauUnit *unit; /* of NUMBER; NULL: none */
  gboolean unit_assumed;   /* the file does not say it */
  gboolean unit_confirmed; /* the user said it */
  gboolean negative;
  gboolean is_row_number;
  guint rank;
  double carried;
  PlateauDateOrder date_order;
  gboolean time_as_date;             /* a test time that is printed as date and time */
  double (*word) (const char *word); /* decoded and stripped */

  /* after reading */
  double *values; /* in the unit of the column */
  guint64 n_bad;  /* fields that are no number and no absence */
  guint64 first_bad_line;
  char *first_bad;
} PlateauTextColumn;

typedef struct
{
  char separator; /* ' ': any run of blanks */
  char decimal_mark;
} PlateauDialect;

typedef enum
{
  PLATEAU_LINE_DATA,
  PLATEAU_LINE_SKIP, /* known not to be data: not counted as skipped */
  PLATEAU_LINE_STOP, /* the table ends before this line */
} PlateauLineClass;

typedef struct _PlateauTextTable PlateauTextTable;

/* Asked about each line when set. May shorten the line from its start, and change carried values.
 */
typedef PlateauLineClass (*PlateauLineClassify) (PlateauTextTable *table, PlateauText *text,
                                                 PlateauTextLine *line, gpointer user_data);

struct _PlateauTextTable
{
  PlateauDialect dialect;
  GPtrArray *columns; /* of PlateauTextColumn, in the order of the file, CARRIED ones last */
  PlateauLineClassify classify;
  gpointer user_data;

  /* after reading */
  gsize n_rows;
  guint64 n_skipped; /* lines that are neither data nor blank */
  guint64 first_skipped_line;
  gboolean last_row_cut;
};

PlateauTextColumn *plateau_text_column_new (const char *header);
void plateau_text_column_free (PlateauTextColumn *column);
PlateauTextTable *plateau_text_table_new (PlateauDialect dialect);
void plateau_text_table_free (PlateauTextTable *table);
PlateauTextColumn *plateau_text_table_find (PlateauTextTable *table, PlateauQuantity quantity);
gboolean plateau_text_table_read (PlateauTextTable *table, PlateauText *text, GError **error);

char **plateau_text_split (const char *line, char separator);
gboolean plateau_text_field_to_number (const char *field, gsize length, char decimal_mark,
                                       double *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauTextColumn, plateau_text_column_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauTextTable, plateau_text_table_free)

G_END_DECLS
