/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt.h"
#include "analysis/plateau-material.h"

#include <math.h>
#include <string.h>

/* What the evaluation of a titration knows of the material: said of the sample, or for all. */

static void
take (double *value, double of_sample)
{
  if (of_sample > 0)
    *value = of_sample;
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
  if (!(options->molar_mass > 0) && sample->formula != NULL && *sample->formula != 0)
    plateau_formula_molar_mass (sample->formula, &options->molar_mass, NULL);
  if (g_strcmp0 (sample->gitt_geometry, "planar") == 0)
    options->geometry = PLATEAU_GITT_PLANAR;
  else if (g_strcmp0 (sample->gitt_geometry, "sphere") == 0)
    options->geometry = PLATEAU_GITT_SPHERE;
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
  return plateau_gitt_analyse (recording, cell->active_mass, &of_cell, cancellable, error);
}
