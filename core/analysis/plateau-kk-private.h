/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-kk.h"

G_BEGIN_DECLS

/* One linear Kramers-Kronig model. */
typedef struct
{
  double r0, inductance, capacitance; /* capacitance NaN without */
  double mu, chi2;
  double *fit_re, *fit_im;
} PlateauLinKk;

gboolean plateau_lin_kk_fit (const double *frequency, const double *z_re, const double *z_im,
                             gsize n, guint elements, PlateauKkFit fit, gboolean with_capacitance,
                             PlateauLinKk *model);
void plateau_lin_kk_clear (PlateauLinKk *model);
gboolean plateau_z_hit (const double *frequency, const double *z_re, const double *z_im, gsize n,
                        double *fit_re, double *fit_im, GError **error);

G_END_DECLS
