/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A box plot of values: whiskers reach to the last value within 1.5 interquartile ranges. */
typedef struct
{
  guint n; /* values that are not NaN */
  double mean, sd;
  double lowest, lower_quartile, median, upper_quartile, highest;
  double lower_whisker, upper_whisker;
} PlateauBox;

PlateauBox plateau_box_of (const double *values, gsize n);
gboolean plateau_box_is_outlier (const PlateauBox *box, double value);
/* Pasted values under one name. */
typedef struct
{
  char *name;
  GArray *values; /* of double */
} PlateauValueGroup;

GPtrArray *plateau_distribution_parse_groups (const char *text, const char *unnamed,
                                              GError **error);
double *plateau_distribution_parse (const char *text, gsize *n, GError **error);

G_END_DECLS
