/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-eis-table.h"
#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* Text files of impedance analysers: small enough to be held as lines. */

typedef struct
{
  char separator; /* 0: any run of blanks */
  char decimal;
} PlateauEisLayout;

GPtrArray *plateau_eis_text_lines (PlateauInput *input, const PlateauReadOptions *options,
                                   GCancellable *cancellable, GError **error);
char **plateau_eis_text_split (const char *line, char separator);
guint plateau_eis_text_parse_row (const char *line, const PlateauEisLayout *layout, double *values,
                                  guint max);
gboolean plateau_eis_text_guess_row (const char *line, guint min_numbers, PlateauEisLayout *layout);
gboolean plateau_eis_text_guess_row_with (const char *line, char separator,
                                          PlateauEisLayout *layout);
gboolean plateau_eis_text_find_head (GPtrArray *lines, guint *line);

/* How a file's tables are to be taken. */
typedef struct
{
  PlateauConditions conditions; /* what holds for every point */
  gboolean trust_sign;          /* the format fixes the sign of Z'' */
} PlateauEisTraits;

#define PLATEAU_EIS_TRAITS_INIT                                                                    \
  {                                                                                                \
    .conditions = PLATEAU_CONDITIONS_INIT                                                          \
  }

/* "key: value" and "key = value" lines in front of a table. */
const char *plateau_eis_text_find_value (GPtrArray *lines, guint end, const char *key);
double plateau_eis_text_find_number (GPtrArray *lines, guint end, const char *key);
void plateau_eis_text_set_started (PlateauMeasurement *measurement, const char *date,
                                   const char *time);
char *plateau_eis_text_stem (PlateauInput *input);

/* Reads the preamble of one format: conditions into @traits, info into @measurement. */
typedef void (*PlateauEisPreamble) (GPtrArray *lines, guint end, PlateauEisTraits *traits,
                                    PlateauMeasurement *measurement);
gboolean plateau_eis_text_read_file (PlateauInput *input, const PlateauReadOptions *options,
                                     const char *instrument, PlateauEisPreamble preamble,
                                     GPtrArray *measurements, GCancellable *cancellable,
                                     GError **error);

guint plateau_eis_text_read_tables (GPtrArray *lines, guint first, const PlateauEisTraits *traits,
                                    PlateauMeasurement *measurement);
guint plateau_eis_text_read_rows (GPtrArray *lines, guint first, const PlateauEisRole *roles,
                                  guint n_roles, const PlateauEisTraits *traits,
                                  PlateauMeasurement *measurement);
gboolean plateau_eis_text_finish (PlateauInput *input, PlateauMeasurement *measurement,
                                  GPtrArray *measurements, GError **error);

G_END_DECLS
