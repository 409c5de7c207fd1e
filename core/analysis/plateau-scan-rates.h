/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-voltammetry.h"

G_BEGIN_DECLS

/* Voltammograms of one electrode at several scan rates. Branch 0 is anodic, 1 cathodic. */
typedef struct
{
  double electrons;     /* transferred, for Randles and Sevcik's equation */
  double concentration; /* mol/m3 of what diffuses; NaN: not given */
} PlateauScanRatesOptions;

#define PLATEAU_SCAN_RATES_OPTIONS_INIT                                                            \
  {                                                                                                \
    1, NAN                                                                                         \
  }
extern const PlateauOption plateau_scan_rates_option_table[];

#define PLATEAU_SCAN_RATES_GRID 200

/* Immutable; free with plateau_scan_rates_free(). */
typedef struct
{
  guint n_rates;
  double *rate;     /* V/s, rising */
  double *peak[2];  /* A over the baseline at each rate; NaN: no peak */
  double *share[2]; /* 0 .. 1: charge of what grows with the rate, of each branch */
  gboolean has_b[2], has_root[2];
  PlateauLine b[2];    /* log10 |i| against log10 of the rate */
  PlateauLine root[2]; /* |i| against the square root of the rate */
  double diffusion[2]; /* m2/s by Randles and Sevcik; NaN */
  guint n_grid;        /* 0: fewer than three rates, or windows that do not meet */
  double potential[PLATEAU_SCAN_RATES_GRID];  /* V as measured, rising */
  double surface[2][PLATEAU_SCAN_RATES_GRID]; /* k1, A s/V */
  double diffusive[2][PLATEAU_SCAN_RATES_GRID]; /* k2, A (s/V)^1/2 */
  double *current[2];                         /* n_rates x n_grid, A */
} PlateauScanRates;

PlateauScanRates *plateau_scan_rates_analyse (PlateauRecording *const *recordings,
                                              PlateauVoltammetry *const *voltammetries, guint n,
                                              double area, double temperature,
                                              const PlateauScanRatesOptions *options,
                                              GError **error);
void plateau_scan_rates_free (PlateauScanRates *rates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauScanRates, plateau_scan_rates_free)

G_END_DECLS
