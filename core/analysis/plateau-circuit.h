/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-drt.h"
#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-spectrum.h"

G_BEGIN_DECLS

/* Equivalent circuits: text, impedance, diagram, and the complex nonlinear least squares fit. */

typedef struct
{
  char *name;       /* "R0", "CPE1.Q" */
  const char *unit; /* for people: "Ω", "S sⁿ" */
  double start;     /* default start value */
  double lower, upper;
  gboolean positive; /* fitted in the logarithm */
} PlateauCircuitParameter;

/* Parsed once, immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  const char *text; /* in the named form */
  guint n_parameters;
  const PlateauCircuitParameter *parameters;
} PlateauCircuit;

typedef enum
{
  PLATEAU_CIRCUIT_LINE,
  PLATEAU_CIRCUIT_RESISTOR,
  PLATEAU_CIRCUIT_CAPACITOR,
  PLATEAU_CIRCUIT_INDUCTOR,
  PLATEAU_CIRCUIT_CPE,
  PLATEAU_CIRCUIT_BOX, /* any other element: a box with its symbol */
  PLATEAU_CIRCUIT_TERMINAL,
} PlateauCircuitShape;

/* A part of the drawn diagram. Lines go from (x, y) to (x + width, y + height); elements lie on a
 * horizontal line of y, from x to x + width. One element is 1 wide; rows are 1 apart. */
typedef struct
{
  PlateauCircuitShape shape;
  double x, y, width, height;
  const char *label; /* "R1", NULL for lines */
} PlateauCircuitPart;

PlateauCircuit *plateau_circuit_parse (const char *text, GError **error);
PlateauCircuit *plateau_circuit_ref (PlateauCircuit *circuit);
void plateau_circuit_unref (PlateauCircuit *circuit);
int plateau_circuit_find (const PlateauCircuit *circuit, const char *name);
void plateau_circuit_impedance (const PlateauCircuit *circuit, const double *values,
                                const double *frequency, gsize n, double *z_re, double *z_im);
GArray *plateau_circuit_draw (const PlateauCircuit *circuit, double *width, double *height);

/* The elements that a text may use. */
typedef struct
{
  const char *symbol;
  const char *label;   /* N_() */
  const char *formula; /* for the help */
} PlateauCircuitElementInfo;

const PlateauCircuitElementInfo *plateau_circuit_get_element_info (guint index);

/* Circuits for solid-state cells. */
typedef struct
{
  const char *id;
  const char *label; /* N_() */
  const char *text;
  const char *help; /* N_() */
} PlateauCircuitRecipe;

const PlateauCircuitRecipe *plateau_circuit_list_recipes (guint *n);

typedef enum
{
  PLATEAU_CIRCUIT_WEIGHT_MODULUS,
  PLATEAU_CIRCUIT_WEIGHT_PROPORTIONAL,
  PLATEAU_CIRCUIT_WEIGHT_UNIT,
} PlateauCircuitWeighting;

typedef struct
{
  char *circuit;
  int weighting; /* PlateauCircuitWeighting */
  char *initial; /* "R0=10, CPE1.n=0.9"; the rest starts from the DRT */
  char *fixed;   /* "R0, CPE1.n" */
  char *bounds;  /* "CPE1.n=0.5:1" */
  char *links;   /* "R2=R1" or "R2=2*R1" */
  int starts;    /* perturbed starts, the first unperturbed */
  int seed;
  gboolean only_capacitive; /* points with Z'' > 0 left out */
} PlateauCircuitOptions;

#define PLATEAU_CIRCUIT_OPTIONS_INIT                                                               \
  {                                                                                                \
    .starts = 6, .seed = 1                                                                         \
  }
extern const PlateauOption plateau_circuit_option_table[];

typedef struct
{
  double value,
      standard_error;  /* standard_error NaN where fixed or linked, INFINITY where undetermined */
  double lower, upper; /* 95 % by Student's t, in the logarithm for positive ones */
  gboolean fixed, linked, at_bound;
  gboolean undetermined; /* the standard error exceeds the value */
} PlateauCircuitEstimate;

/* Immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  PlateauCircuit *circuit;
  PlateauCircuitWeighting weighting;
  const PlateauCircuitEstimate *estimates; /* one a parameter of the circuit */
  const double *correlation;               /* n_parameters squared; NaN for fixed and linked ones */
  gsize n;
  const double *frequency, *z_re, *z_im, *fit_re, *fit_im;
  double sum_of_squares; /* weighted */
  double pseudo_chi2;    /* sum |Z - fit|^2 / |Z|^2 */
  double reduced_chi2;   /* sum of squares over (2 n - free parameters) */
  double aicc;
  guint iterations, n_free, n_starts;
  gboolean converged;
  const char *const *warnings;
} PlateauCircuitFit;

PlateauCircuitFit *plateau_circuit_fit (PlateauSpectrum *spectrum,
                                        const PlateauCircuitOptions *options, const double *start,
                                        GCancellable *cancellable, GError **error);
GPtrArray *plateau_circuit_fit_series (GPtrArray *spectra, const PlateauCircuitOptions *options,
                                       GPtrArray *errors, GCancellable *cancellable);
#define PLATEAU_CIRCUIT_N_START_VARIANTS 3
gboolean plateau_circuit_start_values (const PlateauCircuit *circuit, PlateauSpectrum *spectrum,
                                       guint variant, PlateauDrtKernel **kernel, double *values,
                                       GError **error);
PlateauCircuitFit *plateau_circuit_fit_ref (PlateauCircuitFit *fit);
void plateau_circuit_fit_unref (PlateauCircuitFit *fit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCircuit, plateau_circuit_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCircuitFit, plateau_circuit_fit_unref)

G_END_DECLS
