/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles-table.h"
#include "analysis/plateau-cycles.h"
#include "data/plateau-study.h"

G_BEGIN_DECLS

/* A number by which cathodes are compared. */
typedef struct
{
  const char *id;          /* stable: "capacity_retention" */
  const char *label;       /* N_("Capacity retention"), in sentences and on axes */
  const char *short_label; /* N_("Retention"), in tables, where the conditions stand beside it */
  const char *unit;        /* unit id of the numbers in results */
  int digits;              /* decimals that a person wants to see */
  int better;              /* 1: more is better, -1: less is better, 0: neither */
  const char *definition;  /* N_(): what it is, with its formula */
} PlateauMetric;

const PlateauMetric *plateau_metric_list (guint *n_metrics);
const PlateauMetric *plateau_metric_find (const char *id);

/* What a number was measured under; NaN where not known or not meant. */
typedef struct
{
  double c_rate;
  double window_low, window_high; /* V, with the reference offset */
  double temperature;             /* K */
  double loading;                 /* kg/m2 */
  double cycles;
  const char *electrolyte; /* "" or NULL where not known */
} PlateauCompareConditions;

/* Of one sample's mean to another's; NaN where there is none. */
typedef struct
{
  double value, percent; /* percent of the other's magnitude */
  double low, high;      /* 95 % interval of the value */
  double p_value;        /* Welch's test */
} PlateauCompareDifference;

typedef struct
{
  const PlateauStudySample *sample;
  guint n;         /* cells */
  double *values;  /* of the cells, in the metric's unit */
  gint64 *cells;   /* their ids */
  double mean, sd; /* sd: NaN for one cell */
  PlateauCompareDifference to_base;
  gboolean is_base;
  char *note; /* what a reader has to know, or NULL */
} PlateauCompareSample;

/* One metric of the samples of one family under equal conditions. */
typedef struct
{
  const PlateauMetric *metric;
  const char *family;
  const char *reference_name; /* what potentials are against */
  PlateauCompareConditions conditions;
  gboolean by_electrolyte; /* the same number was also had in another electrolyte */
  guint n_samples;
  PlateauCompareSample *samples; /* in the order of the study */
} PlateauCompareEntry;

typedef struct
{
  /*< read-only >*/
  PlateauStudy *study;
  guint n_entries;
  PlateauCompareEntry *entries; /* by family, then metric, then conditions */
  const char *const *warnings;  /* cells that could not be used, and why */
} PlateauCompare;

PlateauCompare *plateau_compare_analyse (PlateauStudy *study, GCancellable *cancellable,
                                         GError **error);
PlateauCompare *plateau_compare_ref (PlateauCompare *compare);
void plateau_compare_unref (PlateauCompare *compare);
char *plateau_compare_conditions_text (const PlateauCompareEntry *entry);
void plateau_compare_difference (const PlateauCompareSample *sample,
                                 const PlateauCompareSample *base,
                                 PlateauCompareDifference *difference);
char *plateau_compare_sentence (const PlateauCompareEntry *entry, guint sample, int base);
PlateauTable *plateau_compare_table (PlateauCompare *compare);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCompare, plateau_compare_unref)

G_END_DECLS
