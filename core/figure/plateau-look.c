/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plateau-look.h"

/* How many samples of the same role stand before it: in its family, or, where there is no role and
 * so no comparison within a family, in the whole study. */
static guint
variant_of (PlateauStudy *study, const PlateauStudySample *sample)
{
  guint variant = 0;
  for (guint i = 0; i < plateau_study_get_n_samples (study); i++)
    {
      const PlateauStudySample *other = plateau_study_get_sample (study, i);
      if (other->id == sample->id)
        break;
      if (other->role == sample->role
          && (sample->role == PLATEAU_ROLE_NONE || g_strcmp0 (other->family, sample->family) == 0))
        variant++;
    }
  return variant;
}

/**
 * plateau_look_is_chosen:
 * @sample: a sample
 *
 * Returns: whether a person chose the look of the sample; else its role decides
 */
gboolean
plateau_look_is_chosen (const PlateauStudySample *sample)
{
  PlateauSlot slot;
  return plateau_slot_from_nick (sample->colour, &slot);
}

/**
 * plateau_look_of_sample:
 * @study: the study
 * @sample: (nullable): one of its samples
 *
 * The look of a sample wherever it is shown: the one that was chosen for it, else by its role;
 * further samples of a role in a family take the variants in the study's order.
 *
 * Returns: the look; that of no role for no sample
 */
PlateauSlot
plateau_look_of_sample (PlateauStudy *study, const PlateauStudySample *sample)
{
  PlateauSlot slot;
  if (sample == NULL)
    return PLATEAU_SLOT_NONE;
  if (plateau_slot_from_nick (sample->colour, &slot))
    return slot;
  return plateau_slot_for_role (sample->role, variant_of (study, sample));
}
