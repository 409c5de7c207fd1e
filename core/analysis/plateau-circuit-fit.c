/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-private.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#define MAX_ITERATIONS 300
#define PROPORTIONAL_FLOOR 1e-3
#define CORRELATED 0.98
#define GOOD_FIT 1e-3 /* rms of the relative residuals below which one start is enough */

static const char *const weighting_nicks[] = { "modulus", "proportional", "unit", NULL };
static const char *const weighting_labels[] = { N_ ("Modulus"), N_ ("Proportional"), N_ ("Unit"),
                                                NULL };

#define AT(member) G_STRUCT_OFFSET (PlateauCircuitOptions, member)

const PlateauOption plateau_circuit_option_table[] = {
  { "circuit", N_ ("Circuit"), N_ ("R0-p(R1,CPE1)-W1 or R(RQ)W"), PLATEAU_OPTION_TEXT,
    AT (circuit) },
  { "weighting", N_ ("Weighting"), N_ ("Weights of the residuals"), PLATEAU_OPTION_CHOICE,
    AT (weighting), NULL, 0, 0, weighting_nicks, weighting_labels },
  { "start-values", N_ ("Start values"), N_ ("NAME=VALUE, separated by commas; the rest from the DRT"),
    PLATEAU_OPTION_TEXT, AT (initial) },
  { "fixed", N_ ("Fixed"), N_ ("Names of parameters that keep their start value"),
    PLATEAU_OPTION_TEXT, AT (fixed) },
  { "parameter-bounds", N_ ("Bounds"), N_ ("NAME=FROM:TO, separated by commas"), PLATEAU_OPTION_TEXT,
    AT (bounds) },
  { "links", N_ ("Linked"), N_ ("NAME=OTHER or NAME=FACTOR*OTHER, separated by commas"),
    PLATEAU_OPTION_TEXT, AT (links) },
  { "starts", N_ ("Starts"), N_ ("Perturbed starts that are tried when the first fit is poor"),
    PLATEAU_OPTION_INTEGER, AT (starts), NULL, 1, 1000 },
  { "seed", N_ ("Seed"), N_ ("The same seed gives the same starts"), PLATEAU_OPTION_INTEGER,
    AT (seed), NULL, 0, G_MAXINT },
  { "only-capacitive", N_ ("Without inductive points"), N_ ("Leaves out points with Z″ > 0"),
    PLATEAU_OPTION_BOOLEAN, AT (only_capacitive) },
  { NULL }
};

/* How a parameter is fitted. */
typedef struct
{
  double value, lower, upper;
  gboolean fixed, logarithmic;
  int linked; /* index of another parameter, or -1 */
  double factor;
  int column;     /* among the free ones, or -1 */
  gboolean given; /* the options name its start value */
} Slot;

typedef struct
{
  PlateauCircuitPrivate *circuit;
  gsize n;
  double *omega, *frequency, *z_re, *z_im, *weight_re, *weight_im;
  Slot *slots;
  guint n_free;
  guint *free_slot; /* column -> parameter */
  double *values;
  double complex *work, *derivatives;
} Problem;

static void
problem_clear (Problem *problem)
{
  g_free (problem->omega);
  g_free (problem->frequency);
  g_free (problem->z_re);
  g_free (problem->z_im);
  g_free (problem->weight_re);
  g_free (problem->weight_im);
  g_free (problem->slots);
  g_free (problem->free_slot);
  g_free (problem->values);
  g_free (problem->work);
  g_free (problem->derivatives);
}

/* --- what the options say ----------------------------------------------------------------------
 */

static gboolean
find_slot (const Problem *problem, const char *name, guint *index, GError **error)
{
  const PlateauCircuit *circuit = &problem->circuit->parent;
  int found = plateau_circuit_find (circuit, name);

  if (found < 0)
    {
      g_autoptr (GString) known = g_string_new (NULL);

      for (guint i = 0; i < circuit->n_parameters; i++)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", circuit->parameters[i].name);
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("“%s” is not a parameter of %s. Its parameters are %s."), name, circuit->text,
                   known->str);
      return FALSE;
    }
  *index = (guint) found;
  return TRUE;
}

static gboolean
bad_item (const char *what, const char *item, const char *expected, GError **error)
{
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
               _ ("%s: “%s” cannot be read. Expected %s."), what, item, expected);
  return FALSE;
}

static gboolean
apply_initial (Problem *problem, const char *name, const char *value, const char *item,
               GError **error)
{
  guint index;
  double number;

  if (value == NULL || !plateau_parse_number (value, &number) || !isfinite (number))
    return bad_item (_ ("Start value"), item, "NAME=VALUE", error);
  if (!find_slot (problem, name, &index, error))
    return FALSE;
  problem->slots[index].value = number;
  problem->slots[index].given = TRUE;
  return TRUE;
}

/* The name of an element stands for all its parameters. */
static gboolean
apply_fixed (Problem *problem, const char *name, const char *value, const char *item,
             GError **error)
{
  const PlateauCircuit *circuit = &problem->circuit->parent;
  gsize length = strlen (name);
  gboolean any = FALSE;
  guint index;

  if (value != NULL)
    {
      if (!apply_initial (problem, name, value, item, error))
        return FALSE;
    }
  for (guint i = 0; i < circuit->n_parameters; i++)
    if (strncmp (circuit->parameters[i].name, name, length) == 0
        && (circuit->parameters[i].name[length] == '\0'
            || circuit->parameters[i].name[length] == '.'))
      any = problem->slots[i].fixed = TRUE;
  return any || find_slot (problem, name, &index, error);
}

static gboolean
apply_bounds (Problem *problem, const char *name, const char *value, const char *item,
              GError **error)
{
  g_auto (GStrv) ends = g_strsplit (value != NULL ? value : "", ":", -1);
  guint index;
  double low, high;

  if (g_strv_length (ends) != 2 || !plateau_parse_number (ends[0], &low)
      || !plateau_parse_number (ends[1], &high) || !(high > low))
    return bad_item (_ ("Bounds"), item, _ ("NAME=FROM:TO with FROM below TO"), error);
  if (!find_slot (problem, name, &index, error))
    return FALSE;
  problem->slots[index].lower = MAX (low, problem->slots[index].lower);
  problem->slots[index].upper = MIN (high, problem->slots[index].upper);
  if (!(problem->slots[index].upper > problem->slots[index].lower))
    return bad_item (_ ("Bounds"), item, _ ("a range that the parameter can have"), error);
  return TRUE;
}

static gboolean
apply_link (Problem *problem, const char *name, const char *value, const char *item, GError **error)
{
  const char *star = value != NULL ? strchr (value, '*') : NULL;
  g_autofree char *other = NULL;
  double factor = 1;
  guint index, to;

  if (value == NULL)
    return bad_item (_ ("Link"), item, "NAME=OTHER", error);
  if (star != NULL)
    {
      g_autofree char *number = g_strstrip (g_strndup (value, (gsize) (star - value)));

      if (!plateau_parse_number (number, &factor) || !(factor > 0))
        return bad_item (_ ("Link"), item, _ ("NAME=FACTOR*OTHER with a positive factor"), error);
    }
  other = g_strstrip (g_strdup (star != NULL ? star + 1 : value));
  if (!find_slot (problem, name, &index, error) || !find_slot (problem, other, &to, error))
    return FALSE;
  if (index == to || problem->slots[to].linked >= 0)
    return bad_item (_ ("Link"), item, _ ("a parameter that is not itself linked"), error);
  problem->slots[index].linked = (int) to;
  problem->slots[index].factor = factor;
  return TRUE;
}

typedef gboolean (*ApplyItem) (Problem *problem, const char *name, const char *value,
                               const char *item, GError **error);

static gboolean
apply_list (Problem *problem, const char *text, ApplyItem apply, GError **error)
{
  g_auto (GStrv) items = g_strsplit_set (text != NULL ? text : "", ",;", -1);

  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *name = g_strdup (g_strstrip (items[i]));
      char *equals = strchr (name, '=');

      if (name[0] == '\0')
        continue;
      if (equals != NULL)
        *equals = '\0';
      if (!apply (problem, g_strstrip (name), equals != NULL ? g_strstrip (equals + 1) : NULL,
                  items[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
problem_init_slots (Problem *problem, const PlateauCircuitOptions *options, const double *start,
                    GError **error)
{
  const PlateauCircuit *circuit = &problem->circuit->parent;

  problem->slots = g_new0 (Slot, circuit->n_parameters + 1);
  problem->free_slot = g_new (guint, circuit->n_parameters + 1);
  for (guint i = 0; i < circuit->n_parameters; i++)
    problem->slots[i] = (Slot){ .value = start[i],
                                .lower = circuit->parameters[i].lower,
                                .upper = circuit->parameters[i].upper,
                                .logarithmic = circuit->parameters[i].positive,
                                .linked = -1,
                                .factor = 1,
                                .column = -1 };
  if (!apply_list (problem, options->initial, apply_initial, error)
      || !apply_list (problem, options->bounds, apply_bounds, error)
      || !apply_list (problem, options->fixed, apply_fixed, error)
      || !apply_list (problem, options->links, apply_link, error))
    return FALSE;
  for (guint i = 0; i < circuit->n_parameters; i++)
    {
      Slot *slot = &problem->slots[i];

      if (slot->fixed || slot->linked >= 0)
        continue;
      slot->column = (int) problem->n_free;
      problem->free_slot[problem->n_free++] = i;
    }
  return TRUE;
}

/* --- parameters and their unbounded images -----------------------------------------------------
 */

static gboolean
is_unbounded (const Slot *slot)
{
  return slot->lower <= 0 && slot->upper == INFINITY;
}

static double
low_end (const Slot *slot)
{
  return slot->logarithmic ? log (MAX (slot->lower, 1e-30)) : slot->lower;
}

static double
high_end (const Slot *slot)
{
  return slot->logarithmic ? log (MIN (slot->upper, 1e30)) : slot->upper;
}

static double
to_theta (const Slot *slot, double value)
{
  double low = low_end (slot), high = high_end (slot), share;

  if (slot->logarithmic)
    value = log (MAX (value, 1e-30));
  if (slot->logarithmic && is_unbounded (slot))
    return value;
  share = CLAMP ((value - low) / (high - low), 0.01, 0.99);
  return asin (2 * share - 1);
}

static double
to_value (const Slot *slot, double theta, double *slope)
{
  double low = low_end (slot), high = high_end (slot), value, d;

  if (slot->logarithmic && is_unbounded (slot))
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

static void
fill_values (const Problem *problem, const gsl_vector *theta, double *slopes)
{
  guint n = problem->circuit->parent.n_parameters;

  for (guint i = 0; i < n; i++)
    {
      const Slot *slot = &problem->slots[i];
      double slope = 0;

      problem->values[i] = slot->column >= 0 ? to_value (
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
residuals (const gsl_vector *theta, void *data, gsl_vector *f)
{
  Problem *problem = data;

  fill_values (problem, theta, NULL);
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

/* Rows of the weighted Jacobian with respect to the parameters themselves. */
static void
jacobian_row (Problem *problem, gsize i, double *re, double *im)
{
  plateau_circuit_evaluate (problem->circuit, problem->omega[i], problem->values, problem->work,
                            problem->derivatives);
  for (guint c = 0; c < problem->n_free; c++)
    re[c] = im[c] = 0;
  for (guint k = 0; k < problem->circuit->parent.n_parameters; k++)
    {
      const Slot *slot = &problem->slots[k];
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
  Problem *problem = data;
  g_autofree double *slopes = g_new (double, problem->n_free);

  fill_values (problem, theta, slopes);
  for (gsize i = 0; i < problem->n; i++)
    {
      double *re = gsl_matrix_ptr (j, 2 * i, 0), *im = gsl_matrix_ptr (j, 2 * i + 1, 0);

      jacobian_row (problem, i, re, im);
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

/* --- one descent -------------------------------------------------------------------------------
 */

typedef struct
{
  double cost;
  gboolean converged;
  guint iterations;
} Descent;

static Descent
descend (Problem *problem, gsl_vector *theta)
{
  gsl_multifit_nlinear_parameters settings = gsl_multifit_nlinear_default_parameters ();
  gsl_multifit_nlinear_fdf fdf = {
    .f = residuals, .df = jacobian, .n = 2 * problem->n, .p = problem->n_free, .params = problem
  };
  gsl_multifit_nlinear_workspace *workspace;
  Descent descent = { INFINITY, FALSE, 0 };
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
perturb (const Problem *problem, const gsl_vector *start, gsl_rng *rng, gsl_vector *theta)
{
  for (guint c = 0; c < problem->n_free; c++)
    {
      const Slot *slot = &problem->slots[problem->free_slot[c]];

      if (slot->logarithmic && is_unbounded (slot))
        gsl_vector_set (theta, c, gsl_vector_get (start, c) + gsl_ran_gaussian (rng, 1.5));
      else
        gsl_vector_set (theta, c, asin (2 * gsl_ran_flat (rng, 0.3, 0.99) - 1));
    }
}

static double
relative_rms (const Problem *problem)
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

/* Structured starts (as told, or those that the data suggest) go by rising cost, then perturbed
 * ones around the first. The search ends at a good fit, or when two descents found the same best.
 */
static Descent
search (Problem *problem, const PlateauCircuitOptions *options, GPtrArray *starts, gsl_vector *best,
        guint *n_starts, GCancellable *cancellable)
{
  gsl_vector *theta = gsl_vector_alloc (problem->n_free);
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  guint limit = MAX (starts->len, (guint) options->starts), agreeing = 0;
  Descent result = { INFINITY, FALSE, 0 };

  gsl_rng_set (rng, (unsigned long) options->seed);
  for (*n_starts = 0; *n_starts < limit && !g_cancellable_is_cancelled (cancellable);)
    {
      Descent descent;

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
      fill_values (problem, best, NULL);
      if (result.converged
          && (relative_rms (problem) < GOOD_FIT || (agreeing > 0 && *n_starts >= starts->len)))
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

/* What the options fix or give overrides what the data suggest. */
static GPtrArray *
rank_starts (Problem *problem, const double *suggestions, guint n_suggestions)
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
          const Slot *slot = &problem->slots[k];

          gsl_vector_set (one.theta, c,
                          to_theta (slot, slot->given ? slot->value : suggestions[v * n + k]));
        }
      if (residuals (one.theta, problem, f) == GSL_SUCCESS)
        gsl_blas_ddot (f, f, &one.cost);
      g_array_append_val (ranked, one);
    }
  gsl_vector_free (f);
  g_array_sort (ranked, compare_starts);
  for (guint v = 0; v < ranked->len; v++)
    g_ptr_array_add (starts, g_array_index (ranked, RankedStart, v).theta);
  return starts;
}

/* --- errors ------------------------------------------------------------------------------------
 */

/* Covariance s^2 (J'J)^-1 in the parameters themselves, by singular values of the Jacobian whose
 * columns are scaled to length one. Directions that the data do not see get infinite errors. */
static void
covariance (Problem *problem, double variance, double *cov)
{
  guint k = problem->n_free;
  gsl_matrix *j = gsl_matrix_alloc (2 * problem->n, k), *v = gsl_matrix_alloc (k, k);
  gsl_vector *s = gsl_vector_alloc (k), *work = gsl_vector_alloc (k);
  g_autofree double *norm = g_new (double, k);

  for (gsize i = 0; i < problem->n; i++)
    jacobian_row (problem, i, gsl_matrix_ptr (j, 2 * i, 0), gsl_matrix_ptr (j, 2 * i + 1, 0));
  for (guint c = 0; c < k; c++)
    {
      gsl_vector_view column = gsl_matrix_column (j, c);

      norm[c] = gsl_blas_dnrm2 (&column.vector);
      if (norm[c] > 0)
        gsl_vector_scale (&column.vector, 1 / norm[c]);
    }
  gsl_linalg_SV_decomp (j, v, s, work);
  for (guint a = 0; a < k; a++)
    for (guint b = 0; b < k; b++)
      {
        double sum = 0;

        for (guint d = 0; d < k; d++)
          {
            double value = gsl_vector_get (s, d);
            double product = gsl_matrix_get (v, a, d) * gsl_matrix_get (v, b, d);

            if (value > 1e-12 * gsl_vector_get (s, 0))
              sum += product / (value * value);
            else if (fabs (product) > 1e-6)
              sum += copysign (INFINITY, product);
          }
        cov[a * k + b] = norm[a] > 0 && norm[b] > 0 ? variance * sum / norm[a] / norm[b]
                                                    : (a == b ? INFINITY : NAN);
        if (isnan (cov[a * k + b]) && a == b)
          cov[a * k + b] = INFINITY;
      }
  gsl_matrix_free (j);
  gsl_matrix_free (v);
  gsl_vector_free (s);
  gsl_vector_free (work);
}

typedef struct
{
  PlateauCircuitFit parent;
  gatomicrefcount ref_count;
  GPtrArray *warning_texts;
} FitPrivate;

static void
warn (FitPrivate *fit, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (fit->warning_texts, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
estimate_one (PlateauCircuitEstimate *estimate, const Slot *slot, double value,
              double standard_error, double t)
{
  double low = low_end (slot), high = high_end (slot);
  double image = slot->logarithmic ? log (value) : value;

  estimate->value = value;
  estimate->standard_error = standard_error;
  if (slot->logarithmic && isfinite (standard_error))
    {
      estimate->lower = value * exp (-t * standard_error / value);
      estimate->upper = value * exp (t * standard_error / value);
    }
  else
    {
      estimate->lower = MAX (value - t * standard_error, slot->lower);
      estimate->upper = MIN (value + t * standard_error, slot->upper);
    }
  estimate->at_bound = !is_unbounded (slot)
                       && (image < low + 1e-4 * (high - low) || image > high - 1e-4 * (high - low));
  estimate->undetermined = !(standard_error <= fabs (value));
}

static void
take_estimates (FitPrivate *fit, Problem *problem)
{
  const PlateauCircuit *circuit = &problem->circuit->parent;
  guint n = circuit->n_parameters, k = problem->n_free;
  PlateauCircuitEstimate *estimates = g_new0 (PlateauCircuitEstimate, n);
  double *correlation = g_new (double, (gsize) n *n);
  g_autofree double *cov = g_new (double, (gsize) k *k + 1);
  double degrees = 2.0 * problem->n - k;
  double t = degrees > 0 ? gsl_cdf_tdist_Pinv (0.975, degrees) : NAN;

  fit->parent.estimates = estimates;
  fit->parent.correlation = correlation;
  if (k > 0)
    covariance (problem, degrees > 0 ? fit->parent.reduced_chi2 : NAN, cov);
  for (guint i = 0; i < n * n; i++)
    correlation[i] = NAN;
  for (guint i = 0; i < n; i++)
    {
      const Slot *slot = &problem->slots[i];
      PlateauCircuitEstimate *estimate = &estimates[i];

      estimate->value = problem->values[i];
      estimate->fixed = slot->fixed;
      estimate->linked = slot->linked >= 0;
      estimate->standard_error = estimate->lower = estimate->upper = NAN;
      if (slot->column < 0)
        continue;
      estimate_one (estimate, slot, problem->values[i],
                    sqrt (cov[(guint) slot->column * k + (guint) slot->column]), t);
      if (estimate->undetermined)
        warn (fit, _ ("%s is not determined by the data: its standard error exceeds its value."),
              circuit->parameters[i].name);
      if (estimate->at_bound)
        warn (fit, _ ("%s lies at the end of its range (%g)."), circuit->parameters[i].name,
              estimate->value);
      for (guint j = 0; j < n; j++)
        if (problem->slots[j].column >= 0)
          {
            guint a = (guint) slot->column, b = (guint) problem->slots[j].column;
            double r = cov[a * k + b] / sqrt (cov[a * k + a] * cov[b * k + b]);

            correlation[i * n + j] = r;
            if (j < i && fabs (r) > CORRELATED)
              warn (fit, _ ("%s and %s are correlated (%.3f): the data do not tell them apart."),
                    circuit->parameters[j].name, circuit->parameters[i].name, r);
          }
    }
}

static void
take_curve (FitPrivate *fit, Problem *problem)
{
  PlateauCircuitFit *result = &fit->parent;
  double *re = g_new (double, problem->n), *im = g_new (double, problem->n);
  double samples = 2.0 * problem->n, k = problem->n_free;

  result->n = problem->n;
  result->frequency = g_steal_pointer (&problem->frequency);
  result->z_re = g_memdup2 (problem->z_re, problem->n * sizeof (double));
  result->z_im = g_memdup2 (problem->z_im, problem->n * sizeof (double));
  plateau_circuit_impedance (&problem->circuit->parent, problem->values, result->frequency,
                             problem->n, re, im);
  for (gsize i = 0; i < problem->n; i++)
    {
      double dre = re[i] - problem->z_re[i], dim = im[i] - problem->z_im[i];

      result->pseudo_chi2 += (dre * dre + dim * dim)
                             / (problem->z_re[i] * problem->z_re[i]
                                + problem->z_im[i] * problem->z_im[i]);
      result->sum_of_squares += dre * dre * problem->weight_re[i] * problem->weight_re[i]
                                + dim * dim * problem->weight_im[i] * problem->weight_im[i];
    }
  result->fit_re = re;
  result->fit_im = im;
  result->reduced_chi2 = samples > k ? result->sum_of_squares / (samples - k) : NAN;
  result->aicc = samples > k + 1 ? samples * log (MAX (result->sum_of_squares, 1e-300) / samples)
                                       + 2 * k + 2 * k * (k + 1) / (samples - k - 1)
                                 : NAN;
}

static gboolean
problem_init_data (Problem *problem, PlateauSpectrum *clean, const PlateauCircuitOptions *options,
                   GError **error)
{
  gsize n = plateau_spectrum_get_n (clean);
  const double *frequency = plateau_spectrum_peek_frequency (clean);

  problem->frequency = g_new (double, n);
  problem->omega = g_new (double, n);
  problem->z_re = g_new (double, n);
  problem->z_im = g_new (double, n);
  problem->weight_re = g_new (double, n);
  problem->weight_im = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    {
      double re = plateau_spectrum_peek_re (clean)[i], im = plateau_spectrum_peek_im (clean)[i];
      double modulus = hypot (re, im);
      gsize k = problem->n;

      if (modulus == 0 || (options->only_capacitive && im > 0))
        continue;
      problem->frequency[k] = frequency[i];
      problem->omega[k] = 2 * G_PI * frequency[i];
      problem->z_re[k] = re;
      problem->z_im[k] = im;
      switch (options->weighting)
        {
        case PLATEAU_CIRCUIT_WEIGHT_UNIT:
          problem->weight_re[k] = problem->weight_im[k] = 1;
          break;
        case PLATEAU_CIRCUIT_WEIGHT_PROPORTIONAL:
          problem->weight_re[k] = 1 / MAX (fabs (re), PROPORTIONAL_FLOOR * modulus);
          problem->weight_im[k] = 1 / MAX (fabs (im), PROPORTIONAL_FLOOR * modulus);
          break;
        default:
          problem->weight_re[k] = problem->weight_im[k] = 1 / modulus;
        }
      problem->n++;
    }
  if (problem->n == 0)
    g_set_error_literal (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
                         _ ("No point of the spectrum is left to fit."));
  return problem->n > 0;
}

/* A free parameter for which there is nothing to hold it. */
static gboolean
enough_points (const Problem *problem, GError **error)
{
  if (2 * problem->n > problem->n_free)
    return TRUE;
  g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA,
               _ ("%u points cannot determine the %u free parameters of %s. Fix some of them or "
                  "take a simpler circuit."),
               (guint) problem->n, problem->n_free, problem->circuit->parent.text);
  return FALSE;
}

static gboolean
run (FitPrivate *fit, Problem *problem, const PlateauCircuitOptions *options,
     const double *suggestions, guint n_suggestions, GCancellable *cancellable, GError **error)
{
  PlateauCircuitFit *result = &fit->parent;

  result->converged = TRUE;
  if (problem->n_free > 0)
    {
      gsl_vector *theta = gsl_vector_alloc (problem->n_free);
      g_autoptr (GPtrArray) starts = rank_starts (problem, suggestions, n_suggestions);
      Descent descent = search (problem, options, starts, theta, &result->n_starts, cancellable);

      fill_values (problem, theta, NULL);
      gsl_vector_free (theta);
      result->iterations = descent.iterations;
      result->converged = descent.converged;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!descent.converged)
        {
          g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED,
                       _ ("The fit of %s did not converge from %u starts. Give start values, fix a "
                          "parameter, or take a simpler circuit."),
                       problem->circuit->parent.text, result->n_starts);
          return FALSE;
        }
    }
  else
    for (guint i = 0; i < problem->circuit->parent.n_parameters; i++)
      {
        const Slot *slot = &problem->slots[i];

        problem->values[i] = slot->linked >= 0 ? slot->factor * problem->slots[slot->linked].value
                                               : slot->value;
      }
  result->n_free = problem->n_free;
  take_curve (fit, problem);
  take_estimates (fit, problem);
  g_ptr_array_add (fit->warning_texts, NULL);
  result->warnings = (const char *const *) fit->warning_texts->pdata;
  return TRUE;
}

/**
 * plateau_circuit_fit:
 * @spectrum: one spectrum
 * @options: circuit, weights, start values, fixed and linked parameters
 * @start: (nullable): start values, one a parameter, in place of those from the DRT
 * @cancellable: (nullable): to stop early
 * @error: return location
 *
 * Complex nonlinear least squares by Levenberg-Marquardt in ln of positive parameters and a sine
 * map of bounded ones. A fit that does not converge is an error, never a result. Standard errors
 * come from the Jacobian in the parameters themselves, times the reduced chi-square.
 *
 * Returns: (transfer full) (nullable): the fit
 */
PlateauCircuitFit *
plateau_circuit_fit (PlateauSpectrum *spectrum, const PlateauCircuitOptions *options,
                     const double *start, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (options->circuit, error);
  g_autoptr (PlateauCircuitFit) result = NULL;
  g_autoptr (PlateauSpectrum) clean = NULL;
  g_autofree double *values = NULL, *suggestions = NULL;
  guint n_suggestions = start != NULL ? 1 : PLATEAU_CIRCUIT_N_START_VARIANTS, n;
  Problem problem = { 0 };
  FitPrivate *fit;
  gboolean ok = TRUE;

  if (circuit == NULL)
    return NULL;
  fit = g_new0 (FitPrivate, 1);
  result = &fit->parent;
  g_atomic_ref_count_init (&fit->ref_count);
  fit->warning_texts = g_ptr_array_new_with_free_func (g_free);
  result->circuit = plateau_circuit_ref (circuit);
  result->weighting = options->weighting;
  clean = plateau_spectrum_clean (spectrum, fit->warning_texts, error);
  if (clean == NULL)
    return NULL;

  problem.circuit = (PlateauCircuitPrivate *) circuit;
  problem.values = values = g_new (double, circuit->n_parameters + 1);
  problem.work = g_new (double complex, 2 * problem.circuit->nodes->len);
  problem.derivatives = g_new (double complex, circuit->n_parameters + 1);
  n = circuit->n_parameters;
  suggestions = g_new (double, (gsize) n *n_suggestions + 1);
  if (start != NULL)
    memcpy (suggestions, start, n * sizeof (double));
  else
    for (guint v = 0; ok && v < n_suggestions; v++)
      ok = plateau_circuit_start_values (circuit, clean, v, suggestions + v * n, error);
  ok = ok && problem_init_slots (&problem, options, suggestions, error)
       && problem_init_data (&problem, clean, options, error) && enough_points (&problem, error)
       && run (fit, &problem, options, suggestions, n_suggestions, cancellable, error);
  problem.values = NULL;
  problem_clear (&problem);
  return ok ? g_steal_pointer (&result) : NULL;
}

static void
clear_fit (gpointer fit)
{
  if (fit != NULL)
    plateau_circuit_fit_unref (fit);
}

/**
 * plateau_circuit_fit_series:
 * @spectra: (element-type PlateauSpectrum): a series in its order
 * @options: settings
 * @errors: (nullable) (element-type GError): receives one entry a spectrum, %NULL where it went
 * well
 * @cancellable: (nullable): to stop early
 *
 * Fits a series, each spectrum from its neighbour's result; where that is three times worse than
 * the neighbour or fails, from its own DRT as well, and the better one stays.
 *
 * Returns: (transfer full) (element-type PlateauCircuitFit): one entry a spectrum, %NULL where it
 *   failed
 */
GPtrArray *
plateau_circuit_fit_series (GPtrArray *spectra, const PlateauCircuitOptions *options,
                            GPtrArray *errors, GCancellable *cancellable)
{
  GPtrArray *fits = g_ptr_array_new_with_free_func (clear_fit);
  const PlateauCircuitFit *neighbour = NULL;

  for (guint i = 0; i < spectra->len; i++)
    {
      PlateauSpectrum *spectrum = g_ptr_array_index (spectra, i);
      g_autoptr (PlateauCircuitFit) fit = NULL;
      g_autoptr (GError) error = NULL;

      if (neighbour != NULL)
        {
          guint n = neighbour->circuit->n_parameters;
          g_autofree double *start = g_new (double, n + 1);
          PlateauCircuitOptions follow = *options;

          for (guint k = 0; k < n; k++)
            start[k] = neighbour->estimates[k].value;
          follow.initial = options->fixed != NULL ? options->initial : NULL;
          follow.starts = 1;
          fit = plateau_circuit_fit (spectrum, &follow, start, cancellable, NULL);
        }
      if (fit == NULL || fit->pseudo_chi2 / fit->n > 3 * neighbour->pseudo_chi2 / neighbour->n)
        {
          g_autoptr (PlateauCircuitFit)
              own = plateau_circuit_fit (spectrum, options, NULL, cancellable, &error);

          if (own != NULL && (fit == NULL || own->sum_of_squares < fit->sum_of_squares))
            {
              g_clear_pointer (&fit, plateau_circuit_fit_unref);
              fit = g_steal_pointer (&own);
            }
          if (fit != NULL)
            g_clear_error (&error);
        }
      if (fit != NULL)
        neighbour = fit;
      g_ptr_array_add (fits, g_steal_pointer (&fit));
      if (errors != NULL)
        g_ptr_array_add (errors, g_steal_pointer (&error));
    }
  return fits;
}

/**
 * plateau_circuit_fit_ref:
 * @fit: a fit
 *
 * Returns: @fit with one more reference
 */
PlateauCircuitFit *
plateau_circuit_fit_ref (PlateauCircuitFit *fit)
{
  g_atomic_ref_count_inc (&((FitPrivate *) fit)->ref_count);
  return fit;
}

/**
 * plateau_circuit_fit_unref:
 * @fit: a fit
 *
 * Drops one reference.
 */
void
plateau_circuit_fit_unref (PlateauCircuitFit *fit)
{
  if (!g_atomic_ref_count_dec (&((FitPrivate *) fit)->ref_count))
    return;
  plateau_circuit_unref (fit->circuit);
  g_free ((gpointer) fit->estimates);
  g_free ((gpointer) fit->correlation);
  g_free ((gpointer) fit->frequency);
  g_free ((gpointer) fit->z_re);
  g_free ((gpointer) fit->z_im);
  g_free ((gpointer) fit->fit_re);
  g_free ((gpointer) fit->fit_im);
  g_ptr_array_unref (((FitPrivate *) fit)->warning_texts);
  g_free (fit);
}
