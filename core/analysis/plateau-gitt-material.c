/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt-private.h"
#include "analysis/plateau-material.h"

#include <glib/gi18n.h>
#include <gsl/gsl_const_mksa.h>
#include <math.h>
#include <string.h>

#define SAME_MASS 0.02 /* relative: rounding of tabulated molar masses */
#define OVERFULL 0.02  /* relative: an active mass may be off by as much */

/* What the evaluation of a titration knows of the material: said of the sample, or for all. */

static void
take (double *value, double of_sample)
{
  if (of_sample > 0)
    *value = of_sample;
}

/* The guest is lithium; in its absence sodium. */
static void
take_formula (PlateauGittOptions *options, const char *formula)
{
  if (formula == NULL || *formula == 0
      || !plateau_formula_molar_mass (formula, &options->formula_mass, NULL))
    return;
  if (!(options->molar_mass > 0))
    options->molar_mass = options->formula_mass;
  double guests = plateau_formula_count (formula, "Li");
  if (!(guests > 0))
    guests = plateau_formula_count (formula, "Na");
  options->formula_x = guests > 0 ? guests : NAN;
}

/* Charging takes out one lithium for each electron: x = x0 - Q M / (m F), with the formula's own
 * molar mass where there is one. */
static double
composition_at (const PlateauGittOptions *options, double active_mass, double charge)
{
  double molar = options->formula_mass > 0 ? options->formula_mass : options->molar_mass;
  double start = isnan (options->start_x) ? options->formula_x : options->start_x;
  return start - charge * molar / (active_mass * GSL_CONST_MKSA_FARADAY);
}

/* A molar mass that is not the formula's shifts every coefficient, and no ratio. */
char *
plateau_gitt_remark (const PlateauGittOptions *options)
{
  double given = options->molar_mass, right = options->formula_mass;
  if (!(given > 0) || !(right > 0) || fabs (given / right - 1) < SAME_MASS)
    return NULL;
  return g_strdup_printf (_ ("the molar mass %.2f g/mol is not that of the formula, %.2f: D would "
                             "be %.2f times as large with it; ratios between samples stay"),
                          given * 1e3, right * 1e3, pow (given / right, 2));
}

const char *
plateau_gitt_fill_composition (const PlateauGittOptions *options, double active_mass,
                               GArray *pulses)
{
  gboolean known = FALSE, too_much = FALSE;
  for (guint i = 0; i < pulses->len; i++)
    {
      PlateauGittPulse *pulse = &g_array_index (pulses, PlateauGittPulse, i);
      pulse->composition = composition_at (options, active_mass, pulse->charge);
      known = known || isfinite (pulse->composition);
      too_much = too_much || pulse->composition > (1 + OVERFULL) * options->formula_x;
    }
  if (known && (!too_much || !isnan (options->start_x)))
    return isnan (options->start_x) ? _ ("full as the formula when the recording begins")
                                    : _ ("as said for the start");
  /* More lithium than the formula has: the material was not full when the recording began. */
  for (guint i = 0; i < pulses->len; i++)
    g_array_index (pulses, PlateauGittPulse, i).composition = NAN;
  return known ? _ ("the titration puts lithium in from the start: say how much there is then "
                    "(“Li at the start”)")
               : _ ("it needs the active mass, the sample's formula and counted charge");
}

/**
 * plateau_gitt_take_material:
 * @options: (inout): the values for all samples; those of the sample replace them
 * @sample: (nullable): what is known of the material
 *
 * A radius, contact area or specific area of the sample replaces all three, since the first that
 * is given is used. The molar mass follows from the formula where neither says it.
 */
void
plateau_gitt_take_material (PlateauGittOptions *options, const PlateauStudySample *sample)
{
  g_return_if_fail (options != NULL);
  if (sample == NULL)
    return;
  if (sample->particle_radius > 0 || sample->contact_area > 0 || sample->specific_area > 0)
    {
      options->radius = sample->particle_radius;
      options->contact_area = sample->contact_area;
      options->specific_area = sample->specific_area;
    }
  take (&options->molar_volume, sample->molar_volume);
  take (&options->molar_mass, sample->molar_mass);
  take_formula (options, sample->formula);
  if (g_strcmp0 (sample->gitt_geometry, "planar") == 0)
    options->geometry = PLATEAU_GITT_PLANAR;
  else if (g_strcmp0 (sample->gitt_geometry, "sphere") == 0)
    options->geometry = PLATEAU_GITT_SPHERE;
}

/**
 * plateau_gitt_take_electrode:
 * @options: (inout): after plateau_gitt_take_material()
 * @area: of the electrode, m²; NaN: not known
 *
 * Where it is wanted and no radius, contact area or specific area is given, the electrode's own
 * area is the contact area.
 */
void
plateau_gitt_take_electrode (PlateauGittOptions *options, double area)
{
  g_return_if_fail (options != NULL);
  if (options->geometric && area > 0 && !(options->radius > 0) && !(options->contact_area > 0)
      && !(options->specific_area > 0))
    options->contact_area = area;
}

/**
 * plateau_gitt_analyse_cell:
 * @recording: of @cell
 * @options: for samples that say nothing of themselves
 *
 * As plateau_gitt_analyse(), with the mass of the cell and the material of its sample.
 *
 * Returns: (transfer full): the pulses, or %NULL with @error set
 */
PlateauGitt *
plateau_gitt_analyse_cell (PlateauRecording *recording, const PlateauStudyCell *cell,
                           const PlateauGittOptions *options, GCancellable *cancellable,
                           GError **error)
{
  PlateauGittOptions of_cell = *options; /* the text is borrowed */
  plateau_gitt_take_material (&of_cell, cell->sample);
  plateau_gitt_take_electrode (&of_cell, cell->area);
  return plateau_gitt_analyse (recording, cell->active_mass, &of_cell, cancellable, error);
}
