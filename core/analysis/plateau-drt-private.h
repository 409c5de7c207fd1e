/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-drt.h"

G_BEGIN_DECLS

/* What depends on the frequencies and the basis alone; shared by every spectrum of a series. */
struct _PlateauDrtKernel
{
  gatomicrefcount ref_count;
  gsize n_f, n_tau;
  double *frequency; /* falling */
  double *omega;
  double *tau, *ln_tau; /* rising */
  int basis, derivative;
  double epsilon;
  double *a_re, *a_im;       /* n_f x n_tau */
  double *gram_re, *gram_im; /* n_tau x n_tau, full */
  double *penalty;           /* n_tau x n_tau */
  double *mass;              /* integral of each basis function over ln tau */
};

PlateauDrtKernel *plateau_drt_kernel_new (const double *frequency, gsize n_f,
                                          const PlateauDrtOptions *options, GError **error);
gboolean plateau_drt_kernel_serves (const PlateauDrtKernel *kernel, const double *frequency,
                                    gsize n_f, const PlateauDrtOptions *options);

double plateau_drt_basis_value (int basis, double epsilon, double y);
void plateau_drt_basis_evaluate (const PlateauDrtKernel *kernel, const double *x,
                                 const double *ln_tau, gsize n, double *gamma);
double plateau_drt_basis_fwhm (int basis);

/* The extra unknowns stand before those of gamma. */
typedef enum
{
  PLATEAU_DRT_EXTRA_R_INF,
  PLATEAU_DRT_EXTRA_INDUCTANCE,
  PLATEAU_DRT_EXTRA_TAIL,
  PLATEAU_DRT_N_EXTRAS
} PlateauDrtExtra;

/* The linear problem of one spectrum: min |A x - z|^2 + lambda x'Mx, x >= 0 where bounded. */
typedef struct
{
  const PlateauDrtKernel *kernel;
  gsize n_rows, n, n_extra; /* n unknowns, of which n_extra first */
  int extra[PLATEAU_DRT_N_EXTRAS];
  double scale[PLATEAU_DRT_N_EXTRAS]; /* physical value = scale * x */
  double *a;                          /* n_rows x n, weighted */
  double *z;                          /* n_rows, weighted */
  double *gram;                       /* n x n, full */
  double *b;                          /* A'z */
  gboolean *bounded;
} PlateauDrtSystem;

PlateauDrtSystem *plateau_drt_system_new (const PlateauDrtKernel *kernel, const double *z_re,
                                          const double *z_im, const PlateauDrtOptions *options,
                                          int part, double warburg_tau);
void plateau_drt_system_free (PlateauDrtSystem *system);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauDrtSystem, plateau_drt_system_free)

double plateau_drt_system_extra (const PlateauDrtSystem *system, const double *x, int extra);
void plateau_drt_system_penalise (const PlateauDrtSystem *system, double lambda, double *hessian);
double plateau_drt_system_objective (const PlateauDrtSystem *system, const double *x,
                                     double lambda);

/* Solves; @passive (n, may be NULL) is the free set to start from and receives the final one. */
gboolean plateau_drt_solve (const PlateauDrtSystem *system, double lambda, double *x,
                            gboolean *passive, guint *n_iterations, GError **error);
gboolean plateau_drt_solve_ridge (const PlateauDrtSystem *system, double lambda, double *x);

/* Credible band: samples of x, n_kept x n, in the scaling of the system. */
double *plateau_drt_sample_system (const PlateauDrtSystem *system, const double *x_map,
                                   double lambda, int n_samples, int seed, gsize *n_kept,
                                   double *sigma, gboolean *by_coordinates,
                                   GCancellable *cancellable, GError **error);

PlateauDrtScores *plateau_drt_score_system (const PlateauDrtKernel *kernel, const double *z_re,
                                            const double *z_im, const PlateauDrtOptions *options,
                                            double warburg_tau, guint n_lambda, guint methods,
                                            GCancellable *cancellable, GError **error);

/* The result under construction. */
typedef struct
{
  PlateauDrt parent;
  gatomicrefcount ref_count;
  PlateauDrtKernel *kernel;
  double *x; /* basis coefficients of gamma */
  GPtrArray *warning_texts;
  GArray *peak_list;
} PlateauDrtPrivate;

void plateau_drt_find_peaks (PlateauDrtPrivate *drt, int max_peaks);

gboolean plateau_drt_take_band (PlateauDrtPrivate *drt, const PlateauDrtSystem *system,
                                const double *x, const PlateauDrtOptions *options,
                                GCancellable *cancellable, GError **error);

void plateau_drt_warn (GPtrArray *warnings, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean plateau_drt_check_options (const PlateauDrtOptions *options, GError **error);
const char *plateau_drt_method_label (PlateauDrtLambdaMethod method);

/* Spectrum made ready: clean, falling, as arrays. */
typedef struct
{
  gsize n;
  double *frequency, *z_re, *z_im;
} PlateauDrtData;

gboolean plateau_drt_data_init (PlateauDrtData *data, PlateauSpectrum *spectrum,
                                const PlateauDrtOptions *options, GPtrArray *warnings,
                                GError **error);
void plateau_drt_data_clear (PlateauDrtData *data);
double plateau_drt_find_warburg_tau (const PlateauDrtKernel *kernel, const PlateauDrtData *data,
                                     const PlateauDrtOptions *options, double lambda);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauDrtData, plateau_drt_data_clear)

G_END_DECLS
