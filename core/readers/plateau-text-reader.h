/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-header.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-text-table.h"

G_BEGIN_DECLS

/* What all readers of text tables share, from the head of a table to a measurement. A reader of one
 * format finds its header line and says what is peculiar; the rest is done here. */

typedef struct
{
  PlateauDialect dialect;
  guint header_line; /* index into the head's lines; G_MAXUINT: the table has no header */
  guint units_line;  /* index of the line of units, or G_MAXUINT */
  guint first_row;   /* index of the first line behind the header */
  guint n_known;     /* columns whose name is known */
} PlateauTextLayout;

/* What is peculiar to a format beyond the common column names. */
typedef struct
{
  /* Asked first about each column head; FALSE: plateau_header_parse() decides. */
  gboolean (*understand) (const char *cell, PlateauHeader *header);
  gboolean units_are_known;      /* the format fixes the units that its heads do not state */
  gboolean current_is_magnitude; /* the sign comes from the state */
  gboolean time_falls_back;      /* the "time" column starts anew at each step */
  PlateauKinds kinds;            /* 0: cycling */
} PlateauTextTraits;

double plateau_text_state_code (const char *word);

gboolean plateau_text_find_layout (GPtrArray *lines, const PlateauReadOptions *options,
                                   PlateauTextLayout *layout);
void plateau_text_settle_layout (GPtrArray *lines, guint header, char separator,
                                 PlateauTextLayout *layout);
PlateauDialect plateau_text_guess_dialect (GPtrArray *lines, guint from, char separator);
char plateau_text_guess_separator (const char *header);

PlateauTextTable *plateau_text_describe (const char *header, const char *units,
                                         PlateauDialect dialect, const PlateauReadOptions *options,
                                         const PlateauTextTraits *traits);
PlateauTextTable *plateau_text_describe_layout (GPtrArray *lines, const PlateauTextLayout *layout,
                                                const PlateauReadOptions *options,
                                                const PlateauTextTraits *traits);
void plateau_text_sample (PlateauTextTable *table, GPtrArray *lines, guint from);
gboolean plateau_text_finish (PlateauTextTable *table, PlateauText *text,
                              const PlateauReadOptions *options, const PlateauTextTraits *traits,
                              PlateauMeasurement *measurement, GCancellable *cancellable,
                              GError **error);
gboolean plateau_text_read_table (PlateauText *text, GPtrArray *lines,
                                  const PlateauTextLayout *layout,
                                  const PlateauReadOptions *options,
                                  const PlateauTextTraits *traits, PlateauMeasurement *measurement,
                                  GCancellable *cancellable, GError **error);

void plateau_text_set_info_from_pairs (GPtrArray *lines, guint n_lines,
                                       PlateauMeasurement *measurement);
gboolean plateau_text_has_curve (PlateauTextTable *table);
gboolean plateau_text_check_columns (PlateauTextTable *table, PlateauText *text,
                                     const PlateauReadOptions *options, GError **error);

/* What a classify function of a format may keep between lines. */
typedef struct _PlateauTextFormatState
{
  GPtrArray *lines;
  const PlateauTextLayout *layout;
  int section, skip;
  PlateauTextColumn *cycle; /* carried */
} PlateauTextFormatState;

/* A format of one table in one file, as data. */
typedef struct
{
  const char *instrument; /* for the info, or NULL */
  guint max_head;         /* lines in which the header is searched; 0: 300 */
  PlateauTextTraits traits;
  /* Finds the header; NULL or FALSE: plateau_text_find_layout(). */
  gboolean (*find) (GPtrArray *lines, PlateauTextLayout *layout);
  /* Reads the lines before the header; NULL: plateau_text_set_info_from_pairs(). */
  void (*preamble) (GPtrArray *lines, guint n_lines, PlateauMeasurement *measurement);
  /* Adds carried columns before the rows are read. */
  void (*prepare) (PlateauTextTable *table, struct _PlateauTextFormatState *state);
  /* Lines between the rows; gets the PlateauTextFormatState. */
  PlateauLineClassify classify;
  /* Changes the columns after reading, before they are checked; values are as printed. */
  void (*adjust) (PlateauTextTable *table, GPtrArray *lines, PlateauMeasurement *measurement);
} PlateauTextFormat;

gboolean plateau_text_read_file (PlateauInput *input, const PlateauReadOptions *options,
                                 const PlateauTextFormat *format, GPtrArray *measurements,
                                 GCancellable *cancellable, GError **error);
guint plateau_text_find_line (GPtrArray *lines, const char *prefix);
gboolean plateau_text_set_header (GPtrArray *lines, guint header, PlateauTextLayout *layout);

G_END_DECLS
