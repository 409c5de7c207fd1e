/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-dqdv.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>

#define PER_PEAK 4
#define MAXIMUM_PEAKS 12
#define START_WIDTH 0.03
/* A fitted peak that left its start by more than this is another peak. */
#define MAXIMUM_SHIFT 0.1

/* Parameters: baseline and slope, then height, position, log of the width and the mapped shape of
 * each peak. Heights are relative to the highest point of the curve. */
typedef struct
{
  const double *x;
  const double *y;
  gsize n;
  guint n_peaks;
  double middle;
  PlateauPeakShape shape;
} Problem;

static double
shape_value (PlateauPeakShape shape, double mapped)
{
  return shape == PLATEAU_PEAK_PSEUDO_VOIGT ? 0.5 * (1 + sin (mapped)) : 0.9 * tanh (mapped);
}

/* One peak of unit height. */
static double
peak_value (PlateauPeakShape shape, double x, double position, double width, double mixing)
{
  double z = (x - position) / width;

  if (shape == PLATEAU_PEAK_PSEUDO_VOIGT)
    return (1 - mixing) * exp (-4 * G_LN2 * z * z) + mixing / (1 + 4 * z * z);
  z /= x < position ? 1 + mixing : 1 - mixing;
  return exp (-4 * G_LN2 * z * z);
}

static double
peak_area (PlateauPeakShape shape, double height, double width, double mixing)
{
  double gaussian = 0.5 * sqrt (G_PI / G_LN2);

  if (shape == PLATEAU_PEAK_PSEUDO_VOIGT)
    return height * width * ((1 - mixing) * gaussian + mixing * G_PI_2);
  return height * width * gaussian;
}

static double
model_value (const Problem *problem, const gsl_vector *p, double x)
{
  double sum = gsl_vector_get (p, 0) + gsl_vector_get (p, 1) * (x - problem->middle);

  for (guint k = 0; k < problem->n_peaks; k++)
    {
      gsize at = 2 + PER_PEAK * k;
      sum += gsl_vector_get (p, at)
             * peak_value (problem->shape, x, gsl_vector_get (p, at + 1),
                           exp (gsl_vector_get (p, at + 2)),
                           shape_value (problem->shape, gsl_vector_get (p, at + 3)));
    }
  return sum;
}

static int
residuals (const gsl_vector *p, void *data, gsl_vector *f)
{
  const Problem *problem = data;

  for (gsize i = 0; i < problem->n; i++)
    {
      double value = model_value (problem, p, problem->x[i]) - problem->y[i];
      if (!isfinite (value))
        return GSL_EDOM;
      gsl_vector_set (f, i, value);
    }
  return GSL_SUCCESS;
}

/* Derivatives of a peak of @height by its height, position, log of the width and mapped shape. */
static void
peak_gradient (PlateauPeakShape shape, double x, const double *p, double *gradient)
{
  double width = exp (p[2]), z = (x - p[1]) / width, by_z, by_mixing;
  double mixing = shape_value (shape, p[3]);

  if (shape == PLATEAU_PEAK_PSEUDO_VOIGT)
    {
      double gaussian = exp (-4 * G_LN2 * z * z), lorentzian = 1 / (1 + 4 * z * z);
      gradient[0] = (1 - mixing) * gaussian + mixing * lorentzian;
      by_z = -8 * z * ((1 - mixing) * G_LN2 * gaussian + mixing * lorentzian * lorentzian);
      by_mixing = (lorentzian - gaussian) * 0.5 * cos (p[3]);
    }
  else
    {
      double side = z < 0 ? 1 : -1, share = 1 + side * mixing, u = z / share;
      double hyperbolic = tanh (p[3]);
      gradient[0] = exp (-4 * G_LN2 * u * u);
      by_z = -8 * G_LN2 * u * gradient[0] / share;
      by_mixing = -by_z * u * side * 0.9 * (1 - hyperbolic * hyperbolic);
    }
  gradient[1] = -p[0] * by_z / width;
  gradient[2] = -p[0] * by_z * z;
  gradient[3] = p[0] * by_mixing;
}

static int
jacobian (const gsl_vector *p, void *data, gsl_matrix *j)
{
  const Problem *problem = data;

  for (gsize i = 0; i < problem->n; i++)
    {
      double *row = gsl_matrix_ptr (j, i, 0);
      row[0] = 1;
      row[1] = problem->x[i] - problem->middle;
      for (guint k = 0; k < problem->n_peaks; k++)
        peak_gradient (problem->shape, problem->x[i], gsl_vector_const_ptr (p, 2 + PER_PEAK * k),
                       row + 2 + PER_PEAK * k);
    }
  return GSL_SUCCESS;
}

/* Neighbouring points of a smoothed curve err together, so fewer of them count. */
static double
correlation_factor (const gsl_vector *f)
{
  double lag = 0, sum = 0;

  for (gsize i = 0; i < f->size; i++)
    {
      double value = gsl_vector_get (f, i);
      sum += value * value;
      lag += i > 0 ? value * gsl_vector_get (f, i - 1) : 0;
    }
  double rho = sum > 0 ? CLAMP (lag / sum, 0, 0.98) : 0;
  return (1 + rho) / (1 - rho);
}

static void
read_peak (const Problem *problem, const gsl_vector *p, const gsl_matrix *covariance, guint k,
           double scale, double y_scale, PlateauDqdvFittedPeak *peak)
{
  gsize at = 2 + PER_PEAK * k;
  double height = gsl_vector_get (p, at), width = exp (gsl_vector_get (p, at + 2));
  double mapped = gsl_vector_get (p, at + 3), step = 1e-4, variance = 0;
  double shape = shape_value (problem->shape, mapped);
  double slope = (shape_value (problem->shape, mapped + step)
                  - shape_value (problem->shape, mapped - step))
                 / (2 * step);
  double gradient[PER_PEAK] = { peak_area (problem->shape, 1, width, shape), 0,
                                peak_area (problem->shape, height, width, shape),
                                slope
                                    * (peak_area (problem->shape, height, width, shape + step)
                                       - peak_area (problem->shape, height, width, shape - step))
                                    / (2 * step) };

  for (gsize i = 0; i < PER_PEAK; i++)
    for (gsize j = 0; j < PER_PEAK; j++)
      variance += gradient[i] * gradient[j] * gsl_matrix_get (covariance, at + i, at + j);
  peak->height = y_scale * height;
  peak->height_stderr = y_scale * scale * sqrt (gsl_matrix_get (covariance, at, at));
  peak->potential = gsl_vector_get (p, at + 1);
  peak->potential_stderr = scale * sqrt (gsl_matrix_get (covariance, at + 1, at + 1));
  peak->fwhm = width;
  peak->fwhm_stderr = scale * width * sqrt (gsl_matrix_get (covariance, at + 2, at + 2));
  peak->shape = shape;
  peak->area = y_scale * peak_area (problem->shape, height, width, shape);
  peak->area_stderr = y_scale * scale * sqrt (MAX (variance, 0));
}

static gsl_vector *
starting_values (const PlateauDqdvCurve *curve, const Problem *problem, const double *positions,
                 double y_scale)
{
  gsl_vector *p = gsl_vector_alloc (2 + PER_PEAK * problem->n_peaks);
  double floor_value = INFINITY;

  for (gsize i = 0; i < problem->n; i++)
    floor_value = MIN (floor_value, problem->y[i]);
  gsl_vector_set (p, 0, MAX (floor_value, 0));
  gsl_vector_set (p, 1, 0);
  for (guint k = 0; k < problem->n_peaks; k++)
    {
      gsize at = 2 + PER_PEAK * k;
      double width = START_WIDTH;

      for (guint i = 0; i < curve->n_peaks; i++)
        if (fabs (curve->peaks[i].potential - positions[k]) < 0.01)
          width = curve->peaks[i].fwhm;
      gsl_vector_set (
          p, at,
          MAX (fabs (plateau_dqdv_curve_at (curve, positions[k])) / y_scale - floor_value, 0.01));
      gsl_vector_set (p, at + 1, positions[k]);
      gsl_vector_set (p, at + 2, log (width));
      gsl_vector_set (p, at + 3, problem->shape == PLATEAU_PEAK_PSEUDO_VOIGT ? -0.8 : 0);
    }
  return p;
}

static PlateauDqdvFit *
read_fit (const Problem *problem, gsl_multifit_nlinear_workspace *w, double y_scale)
{
  gsize parameters = 2 + PER_PEAK * problem->n_peaks;
  gsl_vector *f = gsl_multifit_nlinear_residual (w), *p = gsl_multifit_nlinear_position (w);
  gsl_matrix *covariance = gsl_matrix_alloc (parameters, parameters);
  PlateauDqdvFit *fit = g_new0 (PlateauDqdvFit, 1);
  double rss = 0, scale;

  for (gsize i = 0; i < problem->n; i++)
    rss += gsl_vector_get (f, i) * gsl_vector_get (f, i);
  gsl_multifit_nlinear_covar (gsl_multifit_nlinear_jac (w), 1e-10, covariance);
  scale = sqrt (rss / (problem->n - parameters) * correlation_factor (f));
  fit->n_peaks = problem->n_peaks;
  fit->peaks = g_new0 (PlateauDqdvFittedPeak, problem->n_peaks);
  for (guint k = 0; k < problem->n_peaks; k++)
    read_peak (problem, p, covariance, k, scale, y_scale, &fit->peaks[k]);
  fit->slope = y_scale * gsl_vector_get (p, 1);
  fit->baseline = y_scale * gsl_vector_get (p, 0) - fit->slope * problem->middle;
  fit->residual_rms = y_scale * sqrt (rss / problem->n);
  fit->bic = problem->n * log (MAX (rss, 1e-300) / problem->n)
             + parameters * log ((double) problem->n);
  fit->n = (guint) problem->n;
  fit->potential = g_memdup2 (problem->x, problem->n * sizeof (double));
  fit->model = g_new (double, problem->n);
  for (gsize i = 0; i < problem->n; i++)
    fit->model[i] = y_scale * model_value (problem, p, problem->x[i]);
  gsl_matrix_free (covariance);
  return fit;
}

static gboolean
check_fit (const PlateauDqdvFit *fit, const double *positions, GError **error)
{
  for (guint k = 0; k < fit->n_peaks; k++)
    if (!isfinite (fit->peaks[k].area)
        || fabs (fit->peaks[k].potential - positions[k]) > MAXIMUM_SHIFT)
      {
        g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                     _ ("The fit moved the peak at %.3f V away from its place. Fit fewer peaks or "
                        "a narrower range."),
                     positions[k]);
        return FALSE;
      }
  return TRUE;
}

/**
 * plateau_dqdv_fit:
 * @curve: a curve
 * @positions: (array length=n_positions) (nullable): V, where the peaks are to start; %NULL: the
 *   curve's own peaks
 * @low: V, beginning of the range, or NaN
 * @high: V, end of the range, or NaN
 * @shape: pseudo-Voigt (a sum of Gaussian and Lorentzian of one width) or a Gaussian whose widths
 *   differ left and right
 *
 * Fits the magnitude of @curve with peaks on a straight baseline by Levenberg-Marquardt (GSL).
 * Standard errors come from the covariance, enlarged for the correlation that smoothing leaves
 * between neighbouring points. Compare numbers of peaks by the BIC.
 *
 * Returns: (transfer full): the fit; %NULL with PLATEAU_ANALYSIS_ERROR_NO_DATA for no peaks or
 *   fewer points than twice the parameters, PLATEAU_ANALYSIS_ERROR_INVALID for more than 12
 *   peaks, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED
 */
PlateauDqdvFit *
plateau_dqdv_fit (const PlateauDqdvCurve *curve, const double *positions, guint n_positions,
                  double low, double high, PlateauPeakShape shape, GError **error)
{
  const gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters ();
  g_autofree double *own = g_new (double, curve->n_peaks + 1);
  g_autofree double *y = g_new (double, curve->n);
  g_autoptr (PlateauDqdvFit) fit = NULL;
  Problem problem = { .shape = shape };
  gsl_multifit_nlinear_workspace *workspace;
  gsl_multifit_nlinear_fdf fdf = { 0 };
  gsl_vector *start;
  double y_scale = 0;
  guint first = 1, last = curve->n - 2;
  int info = 0, status;

  for (guint i = 0; i < curve->n_peaks; i++)
    own[i] = curve->peaks[i].potential;
  if (positions == NULL)
    {
      positions = own;
      n_positions = curve->n_peaks;
    }
  while (!isnan (low) && first < last && curve->potential[first] < low)
    first++;
  while (!isnan (high) && last > first && curve->potential[last] > high)
    last--;
  problem.n_peaks = n_positions;
  problem.n = last - first + 1;
  problem.x = curve->potential + first;
  problem.middle = 0.5 * (curve->potential[first] + curve->potential[last]);
  for (guint i = first; i <= last; i++)
    y_scale = MAX (y_scale, fabs (curve->dqdv[i]));
  if (n_positions > MAXIMUM_PEAKS)
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("At most %d peaks can be fitted at once."), MAXIMUM_PEAKS);
      return NULL;
    }
  if (n_positions == 0 || problem.n < 2 * (2 + PER_PEAK * (gsize) n_positions) || !(y_scale > 0))
    {
      g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                           _ ("There is no peak to fit, or too few points in the range."));
      return NULL;
    }
  for (guint i = first; i <= last; i++)
    y[i - first] = (curve->charge ? 1 : -1) * curve->dqdv[i] / y_scale;
  problem.y = y;
  start = starting_values (curve, &problem, positions, y_scale);
  fdf = (gsl_multifit_nlinear_fdf){
    .f = residuals, .df = jacobian, .n = problem.n, .p = start->size, .params = &problem
  };
  workspace = gsl_multifit_nlinear_alloc (gsl_multifit_nlinear_trust, &settings, problem.n,
                                          start->size);
  gsl_multifit_nlinear_init (start, &fdf, workspace);
  status = gsl_multifit_nlinear_driver (60, 1e-8, 1e-10, 0, NULL, NULL, &info, workspace);
  /* No further progress is an end like any other; only a failed start is an error. */
  if (status == GSL_SUCCESS || status == GSL_ENOPROG || status == GSL_EMAXITER)
    fit = read_fit (&problem, workspace, y_scale);
  else
    g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                 _ ("The peaks could not be fitted: %s."), gsl_strerror (status));
  gsl_multifit_nlinear_free (workspace);
  gsl_vector_free (start);
  if (fit == NULL || !check_fit (fit, positions, error))
    return NULL;
  return g_steal_pointer (&fit);
}

/**
 * plateau_dqdv_fit_free:
 * @fit: (transfer full) (nullable): freed
 */
void
plateau_dqdv_fit_free (PlateauDqdvFit *fit)
{
  if (fit == NULL)
    return;
  g_free (fit->peaks);
  g_free (fit->potential);
  g_free (fit->model);
  g_free (fit);
}
