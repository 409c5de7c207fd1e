/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-circuit-fit-private.h"

#include "base/plateau-error.h"
#include "base/plateau-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PROPORTIONAL_FLOOR 1e-3

/* What is fitted, as the options and the spectrum say it. */

static const char *const weighting_nicks[] = { "modulus", "proportional", "unit", NULL };
static const char *const weighting_labels[] = { N_ ("Modulus"), N_ ("Proportional"), N_ ("Unit"),
                                                NULL };

#define AT(member) G_STRUCT_OFFSET (PlateauCircuitOptions, member)

const PlateauOption plateau_circuit_option_table[] = {
  { "circuit", N_ ("Circuit"),
    N_ ("Circuit that is fitted: elements in series by -, in parallel by p(…,…), as in "
        "R0-p(R1,CPE1)-W1; or Boukamp’s R(RQ)W"),
    PLATEAU_OPTION_TEXT, AT (circuit) },
  { "weighting", N_ ("Weighting"),
    N_ ("Weight of each residual: modulus, 1 / |Z|; proportional, 1 / |Z′| and 1 / |Z″| each; "
        "unit, all the same"),
    PLATEAU_OPTION_CHOICE, AT (weighting), NULL, 0, 0, weighting_nicks, weighting_labels },
  { "start-values", N_ ("Start values"),
    N_ ("NAME=VALUE, separated by commas; the rest from the DRT"), PLATEAU_OPTION_TEXT,
    AT (initial) },
  { "fixed", N_ ("Fixed"), N_ ("Names of parameters that keep their start value"),
    PLATEAU_OPTION_TEXT, AT (fixed) },
  { "parameter-bounds", N_ ("Bounds"), N_ ("NAME=FROM:TO, separated by commas"),
    PLATEAU_OPTION_TEXT, AT (bounds) },
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

/**
 * plateau_circuit_problem_clear:
 * @problem: a problem
 *
 * Frees what it holds.
 */
void
plateau_circuit_problem_clear (PlateauCircuitProblem *problem)
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

static gboolean
find_slot (const PlateauCircuitProblem *problem, const char *name, guint *index, GError **error)
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
apply_initial (PlateauCircuitProblem *problem, const char *name, const char *value,
               const char *item, GError **error)
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
apply_fixed (PlateauCircuitProblem *problem, const char *name, const char *value, const char *item,
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
apply_bounds (PlateauCircuitProblem *problem, const char *name, const char *value, const char *item,
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
apply_link (PlateauCircuitProblem *problem, const char *name, const char *value, const char *item,
            GError **error)
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

typedef gboolean (*ApplyItem) (PlateauCircuitProblem *problem, const char *name, const char *value,
                               const char *item, GError **error);

static gboolean
apply_list (PlateauCircuitProblem *problem, const char *text, ApplyItem apply, GError **error)
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

/**
 * plateau_circuit_problem_init_slots:
 * @problem: receives the parameters
 * @options: what the user says about them
 * @start: (array): start values
 * @error: return location
 *
 * Returns: whether the texts of the options can be read
 */
gboolean
plateau_circuit_problem_init_slots (PlateauCircuitProblem *problem,
                                    const PlateauCircuitOptions *options, const double *start,
                                    GError **error)
{
  const PlateauCircuit *circuit = &problem->circuit->parent;

  problem->slots = g_new0 (PlateauCircuitSlot, circuit->n_parameters + 1);
  problem->free_slot = g_new (guint, circuit->n_parameters + 1);
  for (guint i = 0; i < circuit->n_parameters; i++)
    problem->slots[i] = (PlateauCircuitSlot){ .value = start[i],
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
      PlateauCircuitSlot *slot = &problem->slots[i];

      if (slot->fixed || slot->linked >= 0)
        continue;
      slot->column = (int) problem->n_free;
      problem->free_slot[problem->n_free++] = i;
    }
  return TRUE;
}

/**
 * plateau_circuit_problem_init_data:
 * @problem: receives the points and their weights
 * @clean: a clean spectrum
 * @options: weighting
 * @error: return location
 *
 * Returns: whether a point is left
 */
gboolean
plateau_circuit_problem_init_data (PlateauCircuitProblem *problem, PlateauSpectrum *clean,
                                   const PlateauCircuitOptions *options, GError **error)
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
