/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-drt-private.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>

static const char *const method_nicks[] = {
  "fixed", "gcv", "mgcv", "rgcv", "lcurve", "re-im", NULL
};
static const char *const method_labels[] = { N_ ("By hand"), N_ ("GCV"),   N_ ("mGCV"), N_ ("rGCV"),
                                             N_ ("L-curve"), N_ ("re-im"), NULL };
static const char *const derivative_nicks[] = { "1", "2", NULL };
static const char *const derivative_labels[] = { N_ ("First derivative"), N_ ("Second derivative"),
                                                 NULL };
static const char *const part_nicks[] = { "both", "re", "im", NULL };
static const char *const part_labels[] = { N_ ("Z′ and Z″"), N_ ("Z′ alone"), N_ ("Z″ alone"),
                                           NULL };
static const char *const basis_nicks[] = {
  "gaussian",          "c0-matern",       "c2-matern", "c4-matern", "c6-matern",
  "inverse-quadratic", "inverse-quadric", "cauchy",    "piecewise", NULL
};
static const char *const basis_labels[] = { N_ ("Gaussian"),         N_ ("C0 Matérn"),
                                            N_ ("C2 Matérn"),        N_ ("C4 Matérn"),
                                            N_ ("C6 Matérn"),        N_ ("Inverse quadratic"),
                                            N_ ("Inverse quadric"),  N_ ("Cauchy"),
                                            N_ ("Piecewise linear"), NULL };
static const char *const shape_nicks[] = { "fwhm", "factor", NULL };
static const char *const shape_labels[] = { N_ ("Width of the spacing"), N_ ("Shape factor"),
                                            NULL };
static const char *const inductance_nicks[] = { "fit", "none", "discard", NULL };
static const char *const inductance_labels[] = { N_ ("Fitted"), N_ ("None"),
                                                 N_ ("Inductive points left out"), NULL };
static const char *const tail_nicks[] = { "none", "capacitance", "warburg", NULL };
static const char *const tail_labels[] = { N_ ("None"), N_ ("Series capacitance"),
                                           N_ ("Finite-space Warburg"), NULL };
static const char *const weighting_nicks[] = { "unit", "modulus", NULL };
static const char *const weighting_labels[] = { N_ ("Unit"), N_ ("Modulus"), NULL };

#define AT(member) G_STRUCT_OFFSET (PlateauDrtOptions, member)

const PlateauOption plateau_drt_option_table[] = {
  { "lambda-method", N_ ("Chosen by"),
    N_ ("How λ is chosen: by hand; by generalised cross-validation (GCV, mGCV, rGCV); at the "
        "largest curvature of penalty against residual (L-curve); or where Z′ and Z″ alone give "
        "the most alike γ (re-im) (Saccoccio 2014, Maradesa 2023)"),
    PLATEAU_OPTION_CHOICE, AT (lambda_method), NULL, 0, 0, method_nicks, method_labels },
  { "lambda-value", N_ ("λ"),
    N_ ("λ in min ‖Z − Z_γ‖² + λ ∫ (dⁿγ / d ln τⁿ)² d ln τ, when set by hand"),
    PLATEAU_OPTION_NUMBER, AT (lambda), NULL, 1e-12, 1e6 },
  { "derivative", N_ ("Penalty"),
    N_ ("Derivative of γ over ln τ whose square is penalised: the second is smoother and rings "
        "more beside sharp peaks"),
    PLATEAU_OPTION_CHOICE, AT (derivative), NULL, 0, 0, derivative_nicks, derivative_labels },
  { "part", N_ ("Part"), N_ ("Part of the impedance that is fitted"), PLATEAU_OPTION_CHOICE,
    AT (part), NULL, 0, 0, part_nicks, part_labels },
  { "rbf", N_ ("Basis"),
    N_ ("Functions that γ is a sum of, one at each τ (Wan 2015); piecewise linear between the τ is "
        "the plainest"),
    PLATEAU_OPTION_CHOICE, AT (basis), NULL, 0, 0, basis_nicks, basis_labels },
  { "shape-kind", N_ ("Shape is"), N_ ("What the shape value means"), PLATEAU_OPTION_CHOICE,
    AT (shape_kind), NULL, 0, 0, shape_nicks, shape_labels },
  { "shape-value", N_ ("Shape"),
    N_ ("Spacing of ln τ over the full width of a basis function, or its shape factor"),
    PLATEAU_OPTION_NUMBER, AT (shape), NULL, 0.01, 1000 },
  { "inductance", N_ ("Inductance"), N_ ("How inductance at high frequency is treated"),
    PLATEAU_OPTION_CHOICE, AT (inductance), NULL, 0, 0, inductance_nicks, inductance_labels },
  { "free-inductance", N_ ("Inductance may be negative"),
    N_ ("For cable compensation that overshoots"), PLATEAU_OPTION_BOOLEAN, AT (free_inductance) },
  { "tail", N_ ("Diffusion tail"), N_ ("Series element for a tail without end at low frequency"),
    PLATEAU_OPTION_CHOICE, AT (tail), NULL, 0, 0, tail_nicks, tail_labels },
  { "weighting", N_ ("Weighting"),
    N_ ("Weight of each residual: unit, all the same; modulus, 1 / |Z|, where |Z| spans decades"),
    PLATEAU_OPTION_CHOICE, AT (weighting), NULL, 0, 0, weighting_nicks, weighting_labels },
  { "points-per-decade", N_ ("Points a decade"),
    N_ ("Relaxation times a decade; 0: one for each frequency, τ = 1/f"), PLATEAU_OPTION_INTEGER,
    AT (points_per_decade), NULL, 0, 100 },
  { "extend", N_ ("Decades beyond the data"),
    N_ ("How far the relaxation times reach beyond both ends of the data"), PLATEAU_OPTION_NUMBER,
    AT (extend), NULL, 0, 4 },
  { "signed", N_ ("γ may be negative"), N_ ("For inductive loops; takes a larger λ"),
    PLATEAU_OPTION_BOOLEAN, AT (signed_gamma) },
  { "credible", N_ ("Credible band"), N_ ("99 % band of γ by sampling"), PLATEAU_OPTION_BOOLEAN,
    AT (credible) },
  { "samples", N_ ("Samples"), N_ ("Number of samples of the band"), PLATEAU_OPTION_INTEGER,
    AT (n_samples), NULL, 200, 100000 },
  { "seed", N_ ("Seed"), N_ ("The same seed gives the same band"), PLATEAU_OPTION_INTEGER,
    AT (seed), NULL, 0, G_MAXINT },
  { "max-peaks", N_ ("Peaks at most"), N_ ("0: as many as stand out"), PLATEAU_OPTION_INTEGER,
    AT (max_peaks), NULL, 0, 30 },
  { "lambda-low", N_ ("λ from"), N_ ("Lower end of the search"), PLATEAU_OPTION_NUMBER,
    AT (lambda_low), NULL, 1e-12, 1e6 },
  { "lambda-high", N_ ("λ to"), N_ ("Upper end of the search"), PLATEAU_OPTION_NUMBER,
    AT (lambda_high), NULL, 1e-12, 1e6 },
  { NULL }
};

/**
 * plateau_drt_method_label:
 * @method: how lambda was chosen
 *
 * Returns: its name for people, to be translated
 */
const char *
plateau_drt_method_label (PlateauDrtLambdaMethod method)
{
  return method_labels[method];
}

/**
 * plateau_drt_check_options:
 * @options: settings
 * @error: return location
 *
 * Returns: whether an analysis can run with them
 */
gboolean
plateau_drt_check_options (const PlateauDrtOptions *options, GError **error)
{
  const char *what = NULL;

  if (!(options->lambda > 0) || !isfinite (options->lambda))
    what = _ ("λ must be a positive number.");
  else if (!(options->shape > 0) || !isfinite (options->shape))
    what = _ ("The shape must be a positive number.");
  else if (!(options->lambda_low > 0) || !(options->lambda_high > options->lambda_low))
    what = _ ("The range of λ must go from a positive number to a larger one.");
  if (what != NULL)
    g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID, what);
  return what == NULL;
}
