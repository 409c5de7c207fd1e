/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-material.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <gsl/gsl_const_mksa.h>
#include <math.h>
#include <string.h>

/* Standard atomic weights, abridged (IUPAC 2021), g/mol. */
static const struct
{
  const char *symbol;
  double weight;
} elements[] = {
  { "H", 1.008 },   { "He", 4.0026 }, { "Li", 6.94 },   { "Be", 9.0122 }, { "B", 10.81 },
  { "C", 12.011 },  { "N", 14.007 },  { "O", 15.999 },  { "F", 18.998 },  { "Ne", 20.180 },
  { "Na", 22.990 }, { "Mg", 24.305 }, { "Al", 26.982 }, { "Si", 28.085 }, { "P", 30.974 },
  { "S", 32.06 },   { "Cl", 35.45 },  { "Ar", 39.95 },  { "K", 39.098 },  { "Ca", 40.078 },
  { "Sc", 44.956 }, { "Ti", 47.867 }, { "V", 50.942 },  { "Cr", 51.996 }, { "Mn", 54.938 },
  { "Fe", 55.845 }, { "Co", 58.933 }, { "Ni", 58.693 }, { "Cu", 63.546 }, { "Zn", 65.38 },
  { "Ga", 69.723 }, { "Ge", 72.630 }, { "As", 74.922 }, { "Se", 78.971 }, { "Br", 79.904 },
  { "Kr", 83.798 }, { "Rb", 85.468 }, { "Sr", 87.62 },  { "Y", 88.906 },  { "Zr", 91.224 },
  { "Nb", 92.906 }, { "Mo", 95.95 },  { "Ru", 101.07 }, { "Rh", 102.91 }, { "Pd", 106.42 },
  { "Ag", 107.87 }, { "Cd", 112.41 }, { "In", 114.82 }, { "Sn", 118.71 }, { "Sb", 121.76 },
  { "Te", 127.60 }, { "I", 126.90 },  { "Xe", 131.29 }, { "Cs", 132.91 }, { "Ba", 137.33 },
  { "La", 138.91 }, { "Ce", 140.12 }, { "Pr", 140.91 }, { "Nd", 144.24 }, { "Sm", 150.36 },
  { "Eu", 151.96 }, { "Gd", 157.25 }, { "Tb", 158.93 }, { "Dy", 162.50 }, { "Ho", 164.93 },
  { "Er", 167.26 }, { "Tm", 168.93 }, { "Yb", 173.05 }, { "Lu", 174.97 }, { "Hf", 178.49 },
  { "Ta", 180.95 }, { "W", 183.84 },  { "Re", 186.21 }, { "Os", 190.23 }, { "Ir", 192.22 },
  { "Pt", 195.08 }, { "Au", 196.97 }, { "Hg", 200.59 }, { "Tl", 204.38 }, { "Pb", 207.2 },
  { "Bi", 208.98 }, { "Th", 232.04 }, { "U", 238.03 },
};

#define MAXIMUM_DEPTH 8

/* What a walk over a formula counts: the mass of everything, or the number of one element. */
typedef struct
{
  const char *at;
  const char *element; /* NULL: mass */
  double sum;
  const char *problem;
  guint depth;
} Walk;

static double walk_group (Walk *walk, gboolean nested);

static double
weight_of (const char *symbol, gsize length, const char *element)
{
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (strlen (elements[i].symbol) == length && strncmp (elements[i].symbol, symbol, length) == 0)
      {
        if (element == NULL)
          return elements[i].weight;
        return strcmp (elements[i].symbol, element) == 0;
      }
  return NAN;
}

/* "2", "0.54" or "1/3"; 1 when there is none. */
static double
read_count (Walk *walk)
{
  char *end;
  double count = 1;

  if (!g_ascii_isdigit (*walk->at) && *walk->at != '.')
    return 1;
  count = g_ascii_strtod (walk->at, &end);
  if (*end == '/' && g_ascii_isdigit (end[1]))
    {
      double divisor = g_ascii_strtod (end + 1, &end);
      count = divisor > 0 ? count / divisor : NAN;
    }
  walk->at = end;
  return count;
}

static double
read_part (Walk *walk)
{
  double part;

  if (*walk->at == '(' || *walk->at == '[')
    {
      walk->at++;
      if (++walk->depth > MAXIMUM_DEPTH)
        return NAN;
      part = walk_group (walk, TRUE);
      walk->depth--;
      if (*walk->at != ')' && *walk->at != ']')
        return NAN;
      walk->at++;
      return part;
    }
  /* Two letters first: Co is cobalt, not carbon and an unknown o. */
  if (g_ascii_isupper (walk->at[0]) && g_ascii_islower (walk->at[1]))
    {
      part = weight_of (walk->at, 2, walk->element);
      walk->at += isnan (part) ? 0 : 2;
      return part;
    }
  part = g_ascii_isupper (*walk->at) ? weight_of (walk->at, 1, walk->element) : NAN;
  walk->at += isnan (part) ? 0 : 1;
  return part;
}

static double
walk_group (Walk *walk, gboolean nested)
{
  double sum = 0;

  while (*walk->at != 0 && !(nested && (*walk->at == ')' || *walk->at == ']')))
    {
      double part, count;

      if (*walk->at == ' ')
        {
          walk->at++;
          continue;
        }
      walk->problem = walk->at;
      part = read_part (walk);
      count = isnan (part) ? NAN : read_count (walk);
      if (isnan (part * count))
        return NAN;
      sum += part * count;
    }
  return sum;
}

/* Subscripts of print as plain digits. */
static char *
plain_formula (const char *formula)
{
  GString *plain = g_string_new (NULL);

  for (const char *p = formula; *p != 0; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c >= 0x2080 && c <= 0x2089)
        g_string_append_c (plain, (char) ('0' + (c - 0x2080)));
      else
        g_string_append_unichar (plain, c);
    }
  return g_string_free (plain, FALSE);
}

/* Parts behind "·" have a number of their own: 0.5Li2MnO3·0.5LiNiO2. */
static double
walk_formula (const char *formula, const char *element, char **problem)
{
  g_autofree char *plain = plain_formula (formula);
  g_auto (GStrv) parts = NULL;
  g_autofree char *dots = NULL;
  double sum = 0;

  g_strdelimit (plain, "*", '+');
  parts = g_strsplit (plain, "·", -1);
  dots = g_strjoinv ("+", parts);
  g_auto (GStrv) units = g_strsplit (dots, "+", -1);
  for (guint i = 0; units[i] != NULL; i++)
    {
      Walk walk = { .at = g_strstrip (units[i]), .element = element };
      double count = read_count (&walk), part = *walk.at != 0 ? walk_group (&walk, FALSE) : NAN;

      if (isnan (count * part))
        {
          if (problem != NULL)
            *problem = g_strdup (walk.problem != NULL ? walk.problem : formula);
          return NAN;
        }
      sum += count * part;
    }
  return sum;
}

/**
 * plateau_formula_molar_mass:
 * @formula: "Li1.2Mn0.54Ni0.13Co0.13O2", "Li2In1/3Sc1/3Cl4", "Ca(OH)2", "0.5Li2MnO3·0.5LiNiO2"
 * @molar_mass: (out): kg/mol
 *
 * The molar mass of a formula with decimal or fractional counts, brackets and parts joined by a
 * dot, from the abridged standard atomic weights (IUPAC 2021).
 *
 * Returns: %FALSE with PLATEAU_ANALYSIS_ERROR_INVALID and the place that cannot be read
 */
gboolean
plateau_formula_molar_mass (const char *formula, double *molar_mass, GError **error)
{
  g_autofree char *problem = NULL;
  double mass;

  g_return_val_if_fail (formula != NULL && molar_mass != NULL, FALSE);
  mass = g_utf8_validate (formula, -1, NULL) ? walk_formula (formula, NULL, &problem) : NAN;
  if (!(mass > 0) || !isfinite (mass))
    {
      g_set_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID,
                   _ ("“%s” is not a formula: “%s” cannot be read. Write it like "
                      "Li1.2Mn0.54Ni0.13Co0.13O2."),
                   formula, problem != NULL ? problem : formula);
      return FALSE;
    }
  *molar_mass = 1e-3 * mass;
  return TRUE;
}

/**
 * plateau_formula_count:
 * @element: symbol, "Li"
 *
 * Returns: how many atoms of @element the formula has; NaN when the formula cannot be read
 */
double
plateau_formula_count (const char *formula, const char *element)
{
  g_return_val_if_fail (formula != NULL && element != NULL, NAN);
  return g_utf8_validate (formula, -1, NULL) ? walk_formula (formula, element, NULL) : NAN;
}

/**
 * plateau_theoretical_capacity:
 * @molar_mass: kg/mol
 * @electrons: exchanged for each formula unit
 *
 * Returns: n F / M in C/kg
 */
double
plateau_theoretical_capacity (double molar_mass, double electrons)
{
  return electrons * GSL_CONST_MKSA_FARADAY / molar_mass;
}

/**
 * plateau_active_mass:
 * @composite_mass: kg of the pressed mixture
 * @active_parts: parts of active material by weight
 * @other_parts: all other parts that count: electrolyte, and carbon unless it is left out
 *
 * A mix of 60:40:5 has 60 and 45 with the carbon, 60 and 40 without; studies differ in this by
 * some 5 %, so both are worth stating.
 *
 * Returns: kg of active material
 */
double
plateau_active_mass (double composite_mass, double active_parts, double other_parts)
{
  return composite_mass * active_parts / (active_parts + other_parts);
}

/**
 * plateau_disc_area:
 * @diameter: of the die, m
 *
 * Returns: m2
 */
double
plateau_disc_area (double diameter)
{
  return G_PI * diameter * diameter / 4;
}

/**
 * plateau_c_rate:
 * @current: A
 * @active_mass: kg
 * @specific_current_1c: A/kg that 1C means
 *
 * Returns: the magnitude of the C-rate, NaN when mass or 1C are not given
 */
double
plateau_c_rate (double current, double active_mass, double specific_current_1c)
{
  return active_mass > 0 && specific_current_1c > 0
             ? fabs (current) / (active_mass * specific_current_1c)
             : NAN;
}
