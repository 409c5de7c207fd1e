/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A natural cubic smoothing spline. */
typedef struct
{
  gsize n;
  double *x, *value, *second; /* knots, values and second derivatives there */
  double lambda;
} PlateauSmoothingSpline;

PlateauSmoothingSpline *plateau_smoothing_spline_new (const double *x, const double *y, gsize n,
                                                      double factor);
void plateau_smoothing_spline_free (PlateauSmoothingSpline *spline);
double plateau_smoothing_spline_between (const PlateauSmoothingSpline *spline, gsize interval,
                                         double share);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauSmoothingSpline, plateau_smoothing_spline_free)

G_END_DECLS
