/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-spectrum.h"

#include <math.h>

G_BEGIN_DECLS

/* Distribution of relaxation times by Tikhonov regularisation. gamma is in ohm per unit of ln tau,
 * so that the polarisation resistance is its area over ln tau. */

typedef enum
{
  PLATEAU_DRT_GAUSSIAN,
  PLATEAU_DRT_C0_MATERN,
  PLATEAU_DRT_C2_MATERN,
  PLATEAU_DRT_C4_MATERN,
  PLATEAU_DRT_C6_MATERN,
  PLATEAU_DRT_INVERSE_QUADRATIC,
  PLATEAU_DRT_INVERSE_QUADRIC,
  PLATEAU_DRT_CAUCHY,
  PLATEAU_DRT_PIECEWISE,
  PLATEAU_DRT_N_BASES
} PlateauDrtBasis;

typedef enum
{
  PLATEAU_DRT_BOTH,
  PLATEAU_DRT_RE,
  PLATEAU_DRT_IM,
} PlateauDrtPart;

typedef enum
{
  PLATEAU_DRT_INDUCTANCE_FIT,
  PLATEAU_DRT_INDUCTANCE_NONE,
  PLATEAU_DRT_INDUCTANCE_DISCARD, /* points with Z'' > 0 are left out, no inductance */
} PlateauDrtInductance;

typedef enum
{
  PLATEAU_DRT_TAIL_NONE,
  PLATEAU_DRT_TAIL_CAPACITANCE, /* 1/(jwC) in series */
  PLATEAU_DRT_TAIL_WARBURG,     /* finite-space Warburg R coth(sqrt(jw tau))/sqrt(jw tau) */
} PlateauDrtTail;

typedef enum
{
  PLATEAU_DRT_WEIGHT_UNIT,
  PLATEAU_DRT_WEIGHT_MODULUS, /* both parts divided by |Z| */
} PlateauDrtWeighting;

typedef enum
{
  PLATEAU_DRT_SHAPE_FWHM,   /* full width of the basis = spacing of ln tau / shape */
  PLATEAU_DRT_SHAPE_FACTOR, /* epsilon = shape */
} PlateauDrtShape;

typedef enum
{
  PLATEAU_DRT_LAMBDA_FIXED,
  PLATEAU_DRT_LAMBDA_GCV,
  PLATEAU_DRT_LAMBDA_MGCV,
  PLATEAU_DRT_LAMBDA_RGCV,
  PLATEAU_DRT_LAMBDA_LCURVE,
  PLATEAU_DRT_LAMBDA_RE_IM,
  PLATEAU_DRT_N_LAMBDA_METHODS
} PlateauDrtLambdaMethod;

typedef struct
{
  int lambda_method; /* PlateauDrtLambdaMethod */
  double lambda;     /* when fixed */
  int derivative;    /* 0: first, 1: second */
  int part;          /* PlateauDrtPart */
  int basis;         /* PlateauDrtBasis */
  int shape_kind;    /* PlateauDrtShape */
  double shape;
  int inductance;           /* PlateauDrtInductance */
  gboolean free_inductance; /* L may be negative */
  int tail;                 /* PlateauDrtTail */
  int weighting;            /* PlateauDrtWeighting */
  int points_per_decade;    /* 0: tau = 1/f of the data */
  double extend;            /* decades of tau beyond both ends of the data, free grid only */
  gboolean signed_gamma;    /* no x >= 0: for inductive loops */
  gboolean credible;
  int n_samples;
  int seed;
  int max_peaks;                  /* 0: as many as stand out */
  double lambda_low, lambda_high; /* range of the search */
} PlateauDrtOptions;

#define PLATEAU_DRT_OPTIONS_INIT                                                                   \
  {                                                                                                \
    .lambda_method = PLATEAU_DRT_LAMBDA_FIXED, .lambda = 1e-3, .shape = 0.5,                       \
    .points_per_decade = 20, .extend = 0.5, .n_samples = 2000, .seed = 1, .lambda_low = 1e-7,      \
    .lambda_high = 1                                                                               \
  }
extern const PlateauOption plateau_drt_option_table[];

/* One peak of gamma(ln tau): a component of the fitted sum of Gaussians. */
typedef struct
{
  double tau;         /* s */
  double frequency;   /* Hz, 1/(2 pi tau) */
  double height;      /* ohm */
  double sigma;       /* width in ln tau */
  double resistance;  /* ohm, area of the component */
  double area;        /* ohm, area of gamma between the neighbouring minima */
  double capacitance; /* F, tau / R */
  double share;       /* of the polarisation resistance */
  double resistance_lower, resistance_upper; /* of area, NaN without a band */
  gboolean at_edge;      /* in the first or last half decade of the data, or beyond it */
  gboolean extrapolated; /* beyond the measured range of 1/(2 pi f) */
} PlateauDrtPeak;

/* Immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  double lambda;
  PlateauDrtLambdaMethod lambda_method;
  gboolean lambda_at_edge;
  double epsilon;           /* shape factor of the basis */
  double r_inf, inductance; /* ohm, H; NaN where not determined */
  double capacitance;       /* F of the tail, NaN without */
  double warburg_resistance, warburg_tau;
  double polarisation_resistance; /* ohm */
  gsize n_tau;
  const double *tau, *gamma;                            /* rising tau */
  const double *gamma_lower, *gamma_upper, *gamma_mean; /* NULL without a band */
  gsize n_fine;
  const double *fine_tau, *fine_gamma; /* for drawing and peaks */
  gsize n_points;                      /* the points used, falling frequency */
  const double *frequency, *z_re, *z_im, *fit_re, *fit_im;
  double residual_rms_percent;                /* of |Z| */
  double measured_tau_low, measured_tau_high; /* 1/(2 pi f) of the data */
  guint n_peaks;
  const PlateauDrtPeak *peaks; /* rising tau */
  const char *const *warnings;
  guint n_iterations;
} PlateauDrt;

/* Scores of every method over one grid of lambda; what a method cannot score is NaN. */
typedef struct
{
  gsize n;
  double *lambda;
  double *score[PLATEAU_DRT_N_LAMBDA_METHODS]; /* NULL for FIXED and what was not asked */
  double minimum[PLATEAU_DRT_N_LAMBDA_METHODS];
  gboolean at_edge[PLATEAU_DRT_N_LAMBDA_METHODS];
} PlateauDrtScores;

/* Bayesian Hilbert transform: how well one part predicts the other; 1 is perfect. */
typedef struct
{
  gsize n; /* points used, falling frequency; the arrays are freed by plateau_drt_hilbert_clear() */
  double *frequency, *z_re, *z_im;
  double *predicted_re, *deviation_re;   /* Z' by the fit of Z'' and its standard deviation, ohm */
  double *predicted_im, *deviation_im;   /* Z'' by the fit of Z' */
  double residual_re[3], residual_im[3]; /* share inside 1, 2, 3 standard deviations */
  double mean_re, mean_im;
  double hellinger_re, hellinger_im;
  double jensen_shannon_re, jensen_shannon_im;
  double sigma_re, sigma_im; /* ohm: estimated noise */
  double r_inf, inductance;
} PlateauDrtHilbert;

typedef struct
{
  char *name;       /* "Charge transfer" */
  char *brief;      /* "R_ct", for narrow bands */
  double low, high; /* s */
} PlateauDrtWindow;

typedef struct _PlateauDrtKernel PlateauDrtKernel;

PlateauDrt *plateau_drt_analyse (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                                 GCancellable *cancellable, GError **error);
PlateauDrt *plateau_drt_analyse_with (PlateauDrtKernel **kernel, PlateauSpectrum *spectrum,
                                      const PlateauDrtOptions *options, GCancellable *cancellable,
                                      GError **error);
PlateauDrtKernel *plateau_drt_kernel_ref (PlateauDrtKernel *kernel);
void plateau_drt_kernel_unref (PlateauDrtKernel *kernel);
GPtrArray *plateau_drt_analyse_many (GPtrArray *spectra, const PlateauDrtOptions *options,
                                     guint n_threads, GPtrArray *errors, GCancellable *cancellable);
PlateauDrt *plateau_drt_ref (PlateauDrt *drt);
void plateau_drt_unref (PlateauDrt *drt);
void plateau_drt_evaluate (const PlateauDrt *drt, const double *tau, gsize n, double *gamma);
double plateau_drt_area (const PlateauDrt *drt, double tau_low, double tau_high);

PlateauDrtScores *plateau_drt_score (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                                     guint n_lambda, guint methods, GCancellable *cancellable,
                                     GError **error);
PlateauDrtScores *plateau_drt_scores_ref (PlateauDrtScores *scores);
void plateau_drt_scores_unref (PlateauDrtScores *scores);
gboolean plateau_drt_hilbert (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                              PlateauDrtHilbert *result, GCancellable *cancellable, GError **error);
void plateau_drt_hilbert_clear (PlateauDrtHilbert *result);
double *plateau_drt_sample (PlateauSpectrum *spectrum, const PlateauDrtOptions *options,
                            gsize *n_samples, gsize *n_unknowns, gsize *n_extra, double *sigma,
                            GCancellable *cancellable, GError **error);

/* Peaks along a series: tracks[t * n_spectra + s] is the index of the peak or -1. */
typedef struct
{
  guint n_tracks, n_spectra;
  int *peak;
} PlateauDrtTracks;

PlateauDrtTracks *plateau_drt_track (PlateauDrt *const *series, guint n_spectra,
                                     double max_step_decades);
void plateau_drt_tracks_free (PlateauDrtTracks *tracks);
GPtrArray *plateau_drt_lambda_sensitivity (PlateauSpectrum *spectrum,
                                           const PlateauDrtOptions *options, guint n_lambda,
                                           GCancellable *cancellable, GError **error);

/* Peaks of a full cell assigned by symmetric cells, whose halves it is made of. */
int *plateau_drt_assign (PlateauDrt *full, PlateauDrt *const *symmetric, guint n_symmetric);
int plateau_drt_find_electrode (PlateauDrt *full, const int *pairs, guint peak,
                                PlateauDrt *const *symmetric, guint n_symmetric, double *share);
PlateauTable *plateau_drt_assignment_table (PlateauDrt *full, PlateauDrt *const *symmetric,
                                            const char *const *names, guint n_symmetric);

/* Windows that name processes. */
GPtrArray *plateau_drt_windows_preset (const char *id);
const char *const *plateau_drt_windows_list (void);
PlateauDrtWindow *plateau_drt_window_new (const char *name, const char *brief, double low,
                                          double high);
void plateau_drt_window_free (PlateauDrtWindow *window);
char *plateau_drt_windows_to_text (GPtrArray *windows);
GPtrArray *plateau_drt_windows_from_text (const char *text, GError **error);
const char *plateau_drt_windows_assign (GPtrArray *windows, double tau);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDrt, plateau_drt_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDrtKernel, plateau_drt_kernel_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDrtScores, plateau_drt_scores_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDrtTracks, plateau_drt_tracks_free)

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauDrtHilbert, plateau_drt_hilbert_clear)

G_END_DECLS
