/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-fit-private.h"
#include "analysis/plateau-kk-private.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

#define MAX_ITERATIONS 300
#define GOOD_FIT 1e-3   /* rms of the relative residuals below which one start is enough */
#define NEAR_FLOOR 1.15 /* the same, over that of a model that any such spectrum obeys */
#define FLOOR_A_DECADE 6
#define LOUD 0.05 /* such noise is none that a spectrum should have */

/* Levenberg-Marquardt in images of the parameters that have no bounds, from one start or many. */

/**
 * plateau_circuit_slot_is_unbounded:
 * @slot: a parameter
 *
 * Returns: whether it may be any positive number
 */
gboolean
plateau_circuit_slot_is_unbounded (const PlateauCircuitSlot *slot)
{
  return slot->lower <= 0 && slot->upper == INFINITY;
}

/**
 * plateau_circuit_slot_low:
 * @slot: a parameter
 *
 * Returns: the lower end of its range, in the logarithm where it is fitted in it
 */
double
plateau_circuit_slot_low (const PlateauCircuitSlot *slot)
{
  return slot->logarithmic ? log (MAX (slot->lower, 1e-30)) : slot->lower;
}

/**
 * plateau_circuit_slot_high:
 * @slot: a parameter
 *
 * Returns: the upper end of its range, in the logarithm where it is fitted in it
 */
double
plateau_circuit_slot_high (const PlateauCircuitSlot *slot)
{
  return slot->logarithmic ? log (MIN (slot->upper, 1e30)) : slot->upper;
}

static double
plateau_circuit_slot_to_theta (const PlateauCircuitSlot *slot, double value)
{
  double low = plateau_circuit_slot_low (slot), high = plateau_circuit_slot_high (slot), share;

  if (slot->logarithmic)
    value = log (MAX (value, 1e-30));
  if (slot->logarithmic && plateau_circuit_slot_is_unbounded (slot))
    return value;
  share = CLAMP ((value - low) / (high - low), 0.01, 0.99);
  return asin (2 * share - 1);
}

static double
plateau_circuit_slot_to_value (const PlateauCircuitSlot *slot, double theta, double *slope)
{
  double low = plateau_circuit_slot_low (slot), high = plateau_circuit_slot_high (slot), value, d;

  if (slot->logarithmic && plateau_circuit_slot_is_unbounded (slot))
    {
      value = exp (CLAMP (theta, -69, 69));
      *slope = value;
      return value;
    }
  value = low + 0.5 * (high - low) * (1 + sin (theta));
  d = 0.5 * (high - low) * cos (theta);
  if (slot->logarithmic)
    {
      value = exp (value);
      d *= value;
    }
  *slope = d;
  return value;
}

/**
 * plateau_circuit_problem_fill:
 * @problem: a problem
 * @theta: images of the free parameters
 * @slopes: (nullable) (array): receives the derivative of each free parameter
 *
 * Fills the values of all parameters.
 */
void
plateau_circuit_problem_fill (const PlateauCircuitProblem *problem, const gsl_vector *theta,
                              double *slopes)
{
  guint n = problem->circuit->parent.n_parameters;

  for (guint i = 0; i < n; i++)
    {
      const PlateauCircuitSlot *slot = &problem->slots[i];
      double slope = 0;

      problem->values[i] = slot->column >= 0 ? plateau_circuit_slot_to_value (
                               slot, gsl_vector_get (theta, (gsize) slot->column), &slope)
                                             : slot->value;
      if (slopes != NULL && slot->column >= 0)
        slopes[slot->column] = slope;
    }
  for (guint i = 0; i < n; i++)
    if (problem->slots[i].linked >= 0)
      problem->values[i] = problem->slots[i].factor * problem->values[problem->slots[i].linked];
}

static int
plateau_circuit_problem_residuals (const gsl_vector *theta, void *data, gsl_vector *f)
{
  PlateauCircuitProblem *problem = data;

  plateau_circuit_problem_fill (problem, theta, NULL);
  for (gsize i = 0; i < problem->n; i++)
    {
      double complex z = plateau_circuit_evaluate (problem->circuit, problem->omega[i],
                                                   problem->values, problem->work, NULL);

      if (!isfinite (creal (z)) || !isfinite (cimag (z)))
        return GSL_EDOM;
      gsl_vector_set (f, 2 * i, problem->weight_re[i] * (creal (z) - problem->z_re[i]));
      gsl_vector_set (f, 2 * i + 1, problem->weight_im[i] * (cimag (z) - problem->z_im[i]));
    }
  return GSL_SUCCESS;
}

/**
 * plateau_circuit_problem_jacobian_row:
 * @problem: a problem whose values are filled
 * @i: number of the point
 * @re: (array): receives the row of the real part
 * @im: (array): receives that of the imaginary part
 *
 * Rows of the weighted Jacobian with respect to the parameters themselves.
 */
void
plateau_circuit_problem_jacobian_row (PlateauCircuitProblem *problem, gsize i, double *re,
                                      double *im)
{
  plateau_circuit_evaluate (problem->circuit, problem->omega[i], problem->values, problem->work,
                            problem->derivatives);
  for (guint c = 0; c < problem->n_free; c++)
    re[c] = im[c] = 0;
  for (guint k = 0; k < problem->circuit->parent.n_parameters; k++)
    {
      const PlateauCircuitSlot *slot = &problem->slots[k];
      int column = slot->linked >= 0 ? problem->slots[slot->linked].column : slot->column;

      if (column < 0)
        continue;
      re[column] += slot->factor * problem->weight_re[i] * creal (problem->derivatives[k]);
      im[column] += slot->factor * problem->weight_im[i] * cimag (problem->derivatives[k]);
    }
}

static int
jacobian (const gsl_vector *theta, void *data, gsl_matrix *j)
{
  PlateauCircuitProblem *problem = data;
  g_autofree double *slopes = g_new (double, problem->n_free);

  plateau_circuit_problem_fill (problem, theta, slopes);
  for (gsize i = 0; i < problem->n; i++)
    {
      double *re = gsl_matrix_ptr (j, 2 * i, 0), *im = gsl_matrix_ptr (j, 2 * i + 1, 0);

      plateau_circuit_problem_jacobian_row (problem, i, re, im);
      for (guint c = 0; c < problem->n_free; c++)
        {
          re[c] *= slopes[c];
          im[c] *= slopes[c];
          if (!isfinite (re[c]) || !isfinite (im[c]))
            return GSL_EDOM;
        }
    }
  return GSL_SUCCESS;
}

static PlateauCircuitDescent
descend (PlateauCircuitProblem *problem, gsl_vector *theta)
{
  gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters ();
  gsl_multifit_nlinear_fdf fdf = { .f = plateau_circuit_problem_residuals,
                                   .df = jacobian,
                                   .n = 2 * problem->n,
                                   .p = problem->n_free,
                                   .params = problem };
  gsl_multifit_nlinear_workspace *workspace;
  PlateauCircuitDescent descent = { INFINITY, FALSE, 0 };
  int info = 0, status;

  settings.scale = gsl_multifit_nlinear_scale_more;
  workspace = gsl_multifit_nlinear_alloc (gsl_multifit_nlinear_trust, &settings, fdf.n, fdf.p);
  if (gsl_multifit_nlinear_init (theta, &fdf, workspace) == GSL_SUCCESS)
    {
      status = gsl_multifit_nlinear_driver (MAX_ITERATIONS, 1e-11, 1e-13, 0, NULL, NULL, &info,
                                            workspace);
      gsl_vector_memcpy (theta, workspace->x);
      gsl_blas_ddot (workspace->f, workspace->f, &descent.cost);
      descent.iterations = (guint) gsl_multifit_nlinear_niter (workspace);
      /* no further progress means that rounding is reached, unless nothing was gained at all */
      descent.converged = status == GSL_SUCCESS
                          || (status == GSL_ENOPROG && descent.iterations > 1);
    }
  gsl_multifit_nlinear_free (workspace);
  if (!isfinite (descent.cost))
    descent.converged = FALSE;
  return descent;
}

static void
perturb (const PlateauCircuitProblem *problem, const gsl_vector *start, gsl_rng *rng,
         gsl_vector *theta)
{
  for (guint c = 0; c < problem->n_free; c++)
    {
      const PlateauCircuitSlot *slot = &problem->slots[problem->free_slot[c]];

      if (slot->logarithmic && plateau_circuit_slot_is_unbounded (slot))
        gsl_vector_set (theta, c, gsl_vector_get (start, c) + gsl_ran_gaussian (rng, 1.5));
      else
        gsl_vector_set (theta, c, asin (2 * gsl_ran_flat (rng, 0.3, 0.99) - 1));
    }
}

static double
relative_rms (const PlateauCircuitProblem *problem)
{
  double sum = 0;

  for (gsize i = 0; i < problem->n; i++)
    {
      double complex z = plateau_circuit_evaluate (problem->circuit, problem->omega[i],
                                                   problem->values, problem->work, NULL);
      double dre = creal (z) - problem->z_re[i], dim = cimag (z) - problem->z_im[i];

      sum += (dre * dre + dim * dim)
             / (problem->z_re[i] * problem->z_re[i] + problem->z_im[i] * problem->z_im[i]);
    }
  return sqrt (sum / problem->n);
}

/* The rms of the relative residuals that the noise of the spectrum explains: what a chain of many
 * RC elements leaves, by its degrees of freedom. NaN when the points are too few to tell. */
static double
noise_floor (const PlateauCircuitProblem *problem)
{
  gsize n = problem->n;
  double decades = log10 (problem->frequency[0] / problem->frequency[n - 1]);
  guint elements = MIN ((guint) n / 2, (guint) ceil (FLOOR_A_DECADE * decades) + 1);
  PlateauLinKk model;
  double sum;

  if (n < 10
      || !plateau_lin_kk_fit (problem->frequency, problem->z_re, problem->z_im, n, elements,
                              PLATEAU_KK_FIT_COMPLEX, TRUE, &model))
    return NAN;
  sum = model.chi2;
  plateau_lin_kk_clear (&model);
  return sqrt (2 * sum / (2.0 * n - elements - 3));
}

/**
 * plateau_circuit_search:
 * @problem: a problem
 * @options: number of starts and seed
 * @starts: (element-type gsl_vector): starts by rising cost
 * @best: receives the best point
 * @n_starts: (out): how many starts were tried
 * @cancellable: (nullable): to stop early
 *
 * Structured starts (as told, or those that the data suggest) go by rising cost, then perturbed
 * ones around the first. The search ends at a good fit, at one that leaves no more than the noise
 * of the spectrum, or when two descents found the same best.
 *
 * Returns: the best descent
 */
PlateauCircuitDescent
plateau_circuit_search (PlateauCircuitProblem *problem, const PlateauCircuitOptions *options,
                        GPtrArray *starts, gsl_vector *best, guint *n_starts,
                        GCancellable *cancellable)
{
  gsl_vector *theta = gsl_vector_alloc (problem->n_free);
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  guint limit = MAX (starts->len, (guint) options->starts), agreeing = 0;
  PlateauCircuitDescent result = { INFINITY, FALSE, 0 };
  double floor_rms = -1; /* not known yet */

  gsl_rng_set (rng, (unsigned long) options->seed);
  for (*n_starts = 0; *n_starts < limit && !g_cancellable_is_cancelled (cancellable);)
    {
      PlateauCircuitDescent descent;
      double rms;

      if (*n_starts < starts->len)
        gsl_vector_memcpy (theta, g_ptr_array_index (starts, *n_starts));
      else
        perturb (problem, g_ptr_array_index (starts, 0), rng, theta);
      descent = descend (problem, theta);
      (*n_starts)++;
      if (descent.converged && result.converged
          && fabs (descent.cost - result.cost) <= 1e-6 * result.cost)
        agreeing++;
      if (descent.cost < result.cost * (1 - 1e-9)
          || (descent.converged && !result.converged && descent.cost <= result.cost * 1.001))
        {
          if (descent.cost < result.cost * (1 - 1e-6))
            agreeing = 0;
          gsl_vector_memcpy (best, theta);
          result = descent;
        }
      plateau_circuit_problem_fill (problem, best, NULL);
      if (!result.converged)
        continue;
      rms = relative_rms (problem);
      if (rms >= GOOD_FIT && floor_rms < 0)
        floor_rms = noise_floor (problem);
      if (rms < GOOD_FIT || (floor_rms < LOUD && rms < NEAR_FLOOR * floor_rms)
          || (agreeing > 0 && *n_starts >= starts->len))
        break;
    }
  gsl_rng_free (rng);
  gsl_vector_free (theta);
  return result;
}

typedef struct
{
  gsl_vector *theta;
  double cost;
} RankedStart;

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const RankedStart *left = a, *right = b;

  return (left->cost > right->cost) - (left->cost < right->cost);
}

/**
 * plateau_circuit_rank_starts:
 * @problem: a problem
 * @suggestions: (array): start values, one set after the other
 * @n_suggestions: number of sets
 *
 * What the options fix or give overrides what the data suggest.
 *
 * Returns: (transfer full) (element-type gsl_vector): the starts by rising cost
 */
GPtrArray *
plateau_circuit_rank_starts (PlateauCircuitProblem *problem, const double *suggestions,
                             guint n_suggestions)
{
  guint n = problem->circuit->parent.n_parameters;
  GPtrArray *starts = g_ptr_array_new_with_free_func ((GDestroyNotify) gsl_vector_free);
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (RankedStart));
  gsl_vector *f = gsl_vector_alloc (2 * problem->n);

  for (guint v = 0; v < n_suggestions; v++)
    {
      RankedStart one = { gsl_vector_alloc (problem->n_free), INFINITY };

      for (guint c = 0; c < problem->n_free; c++)
        {
          guint k = problem->free_slot[c];
          const PlateauCircuitSlot *slot = &problem->slots[k];

          gsl_vector_set (one.theta, c,
                          plateau_circuit_slot_to_theta (
                              slot, slot->given ? slot->value : suggestions[v * n + k]));
        }
      if (plateau_circuit_problem_residuals (one.theta, problem, f) == GSL_SUCCESS)
        gsl_blas_ddot (f, f, &one.cost);
      g_array_append_val (ranked, one);
    }
  gsl_vector_free (f);
  g_array_sort (ranked, compare_starts);
  for (guint v = 0; v < ranked->len; v++)
    g_ptr_array_add (starts, g_array_index (ranked, RankedStart, v).theta);
  return starts;
}
