/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-circuit.h"
#include "analysis/plateau-drt.h"
#include "analysis/plateau-kk.h"

G_BEGIN_DECLS

/* What is done to spectra before they are analysed or drawn. Nothing is ever deleted: masks are
 * settings of the project. */
typedef struct
{
  double frequency_low, frequency_high; /* Hz kept, NaN: no limit */
  char *masks;            /* "CELL:SPECTRUM:HZ;...": single points left out, see plateau-masks.h */
  gboolean mask_kk;       /* points that fail Lin-KK are left out */
  gboolean correct_drift; /* a series is interpolated to the mean time of each spectrum */
} PlateauImpedanceOptions;

#define PLATEAU_IMPEDANCE_OPTIONS_INIT                                                             \
  {                                                                                                \
    .frequency_low = NAN, .frequency_high = NAN                                                    \
  }
extern const PlateauOption plateau_impedance_option_table[];

GPtrArray *plateau_impedance_choose_electrode (GPtrArray *spectra);
GPtrArray *plateau_impedance_prepare (GPtrArray *spectra, gint64 cell,
                                      const PlateauImpedanceOptions *options, GPtrArray *notes);
GPtrArray *plateau_impedance_list_masked (GPtrArray *spectra, gint64 cell,
                                          const PlateauImpedanceOptions *options);
gboolean plateau_impedance_is_on_charge (GPtrArray *spectra, guint index);
GPtrArray *plateau_impedance_correct_drift (GPtrArray *spectra);

/* Y = 1/Z in S and C = Y/(jw) in F, as pairs (real, imaginary). */
void plateau_impedance_admittance (double z_re, double z_im, double *re, double *im);
void plateau_impedance_capacitance (double frequency, double z_re, double z_im, double *re,
                                    double *im);
/* Z' where Z'' crosses zero, or comes closest to it, at the high-frequency side. */
double plateau_impedance_intercept (PlateauSpectrum *spectrum);

/* Results of a batch as tables, one row a spectrum, parameter or peak; @names: what each spectrum
 * is called, or NULL. */
PlateauTable *plateau_impedance_spectra_table (GPtrArray *spectra, GPtrArray *tests,
                                               GPtrArray *before, double potential_offset);
PlateauTable *plateau_circuit_table (GPtrArray *spectra, GPtrArray *fits, double potential_offset);
PlateauTable *plateau_drt_hilbert_table (GPtrArray *spectra, const PlateauDrtHilbert *scores,
                                         const guint *numbers, double potential_offset);
PlateauTable *plateau_drt_peak_table (GPtrArray *spectra, GPtrArray *results, GPtrArray *windows,
                                      double potential_offset);

G_END_DECLS
