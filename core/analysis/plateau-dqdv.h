/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_DQDV_SAVITZKY_GOLAY,
  PLATEAU_DQDV_SPLINE,
  PLATEAU_DQDV_LEAN,
  PLATEAU_DQDV_DIFFERENCE,
} PlateauDqdvMethod;

typedef enum
{
  PLATEAU_BRANCH_BOTH,
  PLATEAU_BRANCH_CHARGE,
  PLATEAU_BRANCH_DISCHARGE,
} PlateauBranch;

typedef enum
{
  PLATEAU_PEAK_PSEUDO_VOIGT,
  PLATEAU_PEAK_ASYMMETRIC_GAUSSIAN,
} PlateauPeakShape;

typedef struct
{
  int method;        /* PlateauDqdvMethod */
  int branch;        /* PlateauBranch */
  double step;       /* V, of the grid */
  double window;     /* V, of the smoothing; 0: none */
  int order;         /* of the Savitzky-Golay polynomial, 2 .. 5 */
  double smoothing;  /* factor on the spline's penalty as found by cross-validation */
  double prominence; /* a peak stands out by this share of the highest */
  gboolean inverse;  /* dV/dQ instead */
} PlateauDqdvOptions;

#define PLATEAU_DQDV_OPTIONS_INIT                                                                  \
  {                                                                                                \
    PLATEAU_DQDV_SAVITZKY_GOLAY, PLATEAU_BRANCH_BOTH, 1e-3, 15e-3, 3, 1, 0.03, FALSE               \
  }
extern const PlateauOption plateau_dqdv_option_table[];

typedef struct
{
  double potential;   /* V as measured */
  double height;      /* C/V above zero, negative on discharge */
  double fwhm;        /* V, at half of the height over the local baseline */
  double area;        /* C, magnitude over the local straight baseline */
  double prominence;  /* C/V, magnitude */
  double left, right; /* V, where the baseline begins and ends */
} PlateauDqdvPeak;

/* How well a stretch of the records knows the potential. */
typedef struct
{
  double potential; /* V, mean */
  double scatter;   /* V, of the records about a smooth course, robust */
  double record;    /* C, from one record to the next on average */
} PlateauDqdvScatter;

/* One branch; immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  guint cycle;
  gboolean charge;
  PlateauDqdvMethod method;
  guint n;
  double *potential; /* V as measured, rising, uniform */
  double *dqdv;      /* C/V, negative on discharge; zero at both ends */
  double capacity;   /* C that the branch passed */
  double integral;   /* C, of dqdv over potential, magnitude */
  double noise;      /* C/V, standard deviation of dqdv, robust */
  double step;       /* V */
  double window;     /* V, that was smoothed over; 0: none */
  guint n_scatter;
  PlateauDqdvScatter *scatter; /* by stretches of the branch */
  guint n_peaks;
  PlateauDqdvPeak *peaks; /* by potential */
  guint n_inverse;
  double *charge_passed; /* C, uniform; of dV/dQ, when that was asked for */
  double *dvdq;          /* V/C, negative on discharge */
} PlateauDqdvCurve;

PlateauDqdvCurve *plateau_dqdv_compute (const double *capacity, const double *potential, gsize n,
                                        gboolean charge, const PlateauDqdvOptions *options,
                                        GError **error);
GPtrArray *plateau_dqdv_analyse (PlateauCycles *cycles, PlateauRecording *recording,
                                 const guint *cycle_numbers, guint n_cycles,
                                 const PlateauDqdvOptions *options, GCancellable *cancellable,
                                 GError **error);
PlateauDqdvCurve *plateau_dqdv_curve_ref (PlateauDqdvCurve *curve);
void plateau_dqdv_curve_unref (PlateauDqdvCurve *curve);
double plateau_dqdv_curve_at (const PlateauDqdvCurve *curve, double potential);

/* Peaks as sums of shapes on a straight baseline. */
typedef struct
{
  double potential, potential_stderr; /* V */
  double height, height_stderr;       /* C/V over the baseline */
  double fwhm, fwhm_stderr;           /* V */
  double shape;                       /* Lorentzian share 0 .. 1, or asymmetry -1 .. 1 */
  double area, area_stderr;           /* C */
} PlateauDqdvFittedPeak;

typedef struct
{
  guint n_peaks;
  PlateauDqdvFittedPeak *peaks;
  double baseline, slope; /* C/V at 0 V and per V */
  double residual_rms;    /* C/V */
  double bic;             /* Bayesian information criterion */
  guint n;
  double *potential, *model; /* the fitted sum over the fitted range, magnitudes */
} PlateauDqdvFit;

PlateauDqdvFit *plateau_dqdv_fit (const PlateauDqdvCurve *curve, const double *positions,
                                  guint n_positions, double low, double high,
                                  PlateauPeakShape shape, GError **error);
void plateau_dqdv_fit_free (PlateauDqdvFit *fit);

/* One peak through the cycles. */
typedef struct
{
  guint curve, peak; /* index into the curves and into that curve's peaks */
} PlateauDqdvTrackPoint;

GPtrArray *plateau_dqdv_track (GPtrArray *curves, double limit);

/* Mean, standard deviation and number of curves on their common grid. */
typedef struct
{
  guint n;
  double *potential, *mean, *sd, *count;
} PlateauDqdvMean;

PlateauDqdvMean *plateau_dqdv_mean (PlateauDqdvCurve *const *curves, const double *scales,
                                    guint n_curves);
PlateauDqdvMean *plateau_dqdv_difference (const PlateauDqdvMean *modified,
                                          const PlateauDqdvMean *pristine);
void plateau_dqdv_mean_free (PlateauDqdvMean *mean);

void plateau_dqdv_find_peaks (PlateauDqdvCurve *curve, double prominence);
PlateauTable *plateau_dqdv_peaks_table (GPtrArray *curves, double active_mass, double offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDqdvCurve, plateau_dqdv_curve_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDqdvFit, plateau_dqdv_fit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDqdvMean, plateau_dqdv_mean_free)

G_END_DECLS
