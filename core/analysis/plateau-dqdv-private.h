/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-dqdv.h"

G_BEGIN_DECLS

/* Charge by potential: bins of equal width, and the slopes by which charge that spreads over many
 * bins is added in constant time. */
typedef struct
{
  double origin, step; /* V */
  gsize n;
  double *mass; /* C, of a bin */
  double *ramp; /* C a bin, changes of the constant part */
} PlateauDqdvDensity;

void plateau_dqdv_range (const double *values, gsize n, double *low, double *high);
void plateau_dqdv_collect (const double *capacity, const double *potential, gsize n,
                           const PlateauDqdvOptions *options, PlateauDqdvDensity *density);
void plateau_dqdv_density_clear (PlateauDqdvDensity *density);
void plateau_dqdv_smooth (PlateauDqdvCurve *curve, const PlateauDqdvDensity *d,
                          const PlateauDqdvOptions *options);
void plateau_dqdv_invert (PlateauDqdvCurve *curve, const double *q, const double *v, gsize n);
PlateauDqdvScatter *plateau_dqdv_find_scatter (const double *capacity, const double *potential,
                                               gsize n, guint *n_scatter);

G_END_DECLS
