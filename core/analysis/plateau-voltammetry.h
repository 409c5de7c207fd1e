/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-numeric.h"
#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-recording.h"

G_BEGIN_DECLS

/* Cyclic voltammetry. Potentials in options and results are as measured. */
typedef struct
{
  double resistance;                  /* ohm: potentials are corrected by - i R; 0: not */
  double baseline_low, baseline_high; /* V: window of the anodic baseline; NaN: found */
  double cathodic_low, cathodic_high; /* V: window of the cathodic baseline; NaN: found */
  double window;                      /* V: smoothing while a peak is looked for */
} PlateauVoltammetryOptions;

#define PLATEAU_VOLTAMMETRY_OPTIONS_INIT                                                           \
  {                                                                                                \
    0, NAN, NAN, NAN, NAN, 0.008                                                                   \
  }
extern const PlateauOption plateau_voltammetry_option_table[];

typedef struct
{
  double potential;                          /* V as measured, corrected by - i R */
  double current;                            /* A at the peak */
  double height;                             /* A over the baseline, signed as the current */
  double baseline_intercept, baseline_slope; /* A, A/V */
  double baseline_low, baseline_high;        /* V: where the baseline was fitted; NaN: zero line */
} PlateauVoltammetryPeak;

typedef struct
{
  gsize first_row, last_row;
  gboolean anodic;
  double scan_rate; /* V/s, magnitude */
  double charge;    /* C, signed */
} PlateauSweep;

typedef struct
{
  guint cycle;                        /* 1, 2, ... */
  guint anodic_sweep, cathodic_sweep; /* indices; G_MAXUINT: absent */
  double scan_rate;
  PlateauVoltammetryPeak anodic, cathodic; /* potential NaN: no peak */
  double separation, formal_potential;     /* V */
  double anodic_charge, cathodic_charge;   /* C, magnitudes */
} PlateauVoltammetryCycle;

/* Immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  guint n_sweeps;
  const PlateauSweep *sweeps;
  guint n_cycles;
  const PlateauVoltammetryCycle *cycles;
} PlateauVoltammetry;

PlateauVoltammetry *plateau_voltammetry_analyse (PlateauRecording *recording,
                                                 const PlateauVoltammetryOptions *options,
                                                 GCancellable *cancellable, GError **error);
PlateauVoltammetry *plateau_voltammetry_ref (PlateauVoltammetry *voltammetry);
void plateau_voltammetry_unref (PlateauVoltammetry *voltammetry);
PlateauTable *plateau_voltammetry_table (PlateauVoltammetry *voltammetry, double offset);

/* Several scan rates. */
gboolean plateau_voltammetry_b_value (const double *scan_rates, const double *currents, gsize n,
                                      PlateauLine *line);
gboolean plateau_voltammetry_split (const double *scan_rates, const double *currents, gsize n,
                                    double *surface, double *diffusion, double *r2);
double plateau_voltammetry_randles_sevcik (double slope, double electrons, double area,
                                           double concentration, double temperature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauVoltammetry, plateau_voltammetry_unref)

G_END_DECLS
