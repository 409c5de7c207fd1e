/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-compare.h"

G_BEGIN_DECLS

/* What the Compare page shows of a comparison: one sample beside another of its family. */
typedef struct
{
  PlateauCompare *compare;
  const char *family;
  GPtrArray *samples;                     /* of the family, the base first */
  const PlateauStudySample *base, *other; /* the same when the family has one sample */
  const PlateauCompareEntry *entry;       /* that of the chosen row, or NULL */
} PlateauCompareChoice;

/* Families in the order of the comparison; pointers into @compare. */
GPtrArray *plateau_compare_view_families (PlateauCompare *compare);
/* Samples of a family with numbers, the base first; pointers into the study. */
GPtrArray *plateau_compare_view_samples (PlateauCompare *compare, const char *family);
/* One row an entry that has one of the two, tagged with the entry's index; those with both come
 * first. */
PlateauTable *plateau_compare_view_table (const PlateauCompareChoice *choice);
/* CSS class of a cell of that table, or NULL. */
const char *plateau_compare_view_class (const PlateauCompareChoice *choice, gint64 tag,
                                        const char *column);
/* The name without what every name of a simulated study ends with; (transfer full). */
char *plateau_compare_view_name (const PlateauStudySample *sample);
/* Index of @sample in @entry, or -1. */
int plateau_compare_view_find (const PlateauCompareEntry *entry, const PlateauStudySample *sample);
/* FALSE when the entry has not both samples. */
gboolean plateau_compare_view_difference (const PlateauCompareChoice *choice,
                                          const PlateauCompareEntry *entry,
                                          PlateauCompareDifference *difference);
/* "yes, p < 0.001", "no, p = 0.3", "no test, n = 1", "not comparable"; (transfer full). */
char *plateau_compare_view_verdict (const PlateauCompareChoice *choice,
                                    const PlateauCompareEntry *entry);
/* "96.5 … 99.5", or NULL where there is none; (transfer full). */
char *plateau_compare_view_interval (const PlateauCompareChoice *choice,
                                     const PlateauCompareEntry *entry);
/* The entry of a metric with most cells of the two, or NULL. */
const PlateauCompareEntry *plateau_compare_view_best (const PlateauCompareChoice *choice,
                                                      const char *metric);

G_END_DECLS
