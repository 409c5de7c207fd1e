/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small statistics on arrays. NaN entries are skipped; an empty input gives NaN. */

typedef struct
{
  double intercept, slope;
  double intercept_stderr, slope_stderr; /* NaN with fewer than three points */
  double r2;
  gsize n;
} PlateauLine;

double plateau_mean (const double *values, gsize n);
double plateau_sd (const double *values, gsize n);
double plateau_median (const double *values, gsize n);
double plateau_quantile (const double *values, gsize n, double p);
double plateau_mad_sigma (const double *values, gsize n);
gboolean plateau_fit_line (const double *x, const double *y, const double *weights, gsize n,
                           PlateauLine *line);
gboolean plateau_welch_interval (double mean1, double sd1, guint n1, double mean2, double sd2,
                                 guint n2, double level, double *low, double *high);
double plateau_welch_p (double mean1, double sd1, guint n1, double mean2, double sd2, guint n2);
gsize plateau_lower_bound (const double *sorted, gsize n, double value);
double plateau_interpolate (const double *x, const double *y, gsize n, double at);

G_END_DECLS
