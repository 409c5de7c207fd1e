/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-compare.h"

G_BEGIN_DECLS

/* What the Compare page shows of a comparison: one modified sample beside the base of its family.
 */

/* Families in the order of the comparison; NULL terminated, pointers into @compare. */
GPtrArray *plateau_compare_view_families (PlateauCompare *compare);
/* Samples of a family with numbers, the base first; pointers into the study. */
GPtrArray *plateau_compare_view_samples (PlateauCompare *compare, const char *family);
/* One row an entry that has one of the two, tagged with the entry's index; those with both come
 * first. */
PlateauTable *plateau_compare_view_table (PlateauCompare *compare, const char *family,
                                          const PlateauStudySample *base,
                                          const PlateauStudySample *other);
/* The name without what every name of a simulated study ends with; (transfer full). */
char *plateau_compare_view_name (const PlateauStudySample *sample);
/* Index of @sample in @entry, or -1. */
int plateau_compare_view_find (const PlateauCompareEntry *entry, const PlateauStudySample *sample);
/* "beyond scatter", "within scatter", "no test, n = 1", "not comparable", "". */
const char *plateau_compare_view_verdict (const PlateauCompareEntry *entry,
                                          const PlateauStudySample *base,
                                          const PlateauStudySample *other);
/* The entry of a metric with most cells of the two, or -1. */
int plateau_compare_view_best (PlateauCompare *compare, const char *family, const char *metric,
                               const PlateauStudySample *base, const PlateauStudySample *other);

G_END_DECLS
