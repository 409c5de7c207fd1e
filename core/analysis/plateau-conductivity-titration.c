/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity-private.h"

#include "base/plateau-numeric.h"

#include <glib/gi18n.h>
#include <math.h>

/* One diffusion coefficient of each titration, for its activation energy: D changes with the
 * potential, so that titrations are compared over the potentials that all of them have. */

#define GRID 41

/* log10 D of the pulses with one, by rising potential. */
typedef struct
{
  double potential, log_d;
} Sample;

static int
by_potential (gconstpointer a, gconstpointer b)
{
  const Sample *one = a, *other = b;
  return (one->potential > other->potential) - (one->potential < other->potential);
}

static GArray *
list_samples (const PlateauGitt *gitt)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  for (guint i = 0; i < gitt->n_pulses; i++)
    {
      const PlateauGittPulse *pulse = &gitt->pulses[i];
      Sample sample = { pulse->relaxed_before, log10 (pulse->relative_diffusion) };
      if (pulse->relative_diffusion > 0 && isfinite (sample.potential))
        g_array_append_val (samples, sample);
    }
  g_array_sort (samples, by_potential);
  return samples;
}

static double
interpolate (const GArray *samples, double potential)
{
  const Sample *first = &g_array_index (samples, Sample, 0);
  for (guint i = 1; i < samples->len; i++)
    {
      const Sample *next = &g_array_index (samples, Sample, i);
      if (next->potential >= potential)
        {
          double rise = next->potential - first->potential;
          double share = rise > 0 ? (potential - first->potential) / rise : 1;
          return first->log_d + share * (next->log_d - first->log_d);
        }
      first = next;
    }
  return first->log_d;
}

/* The mean of log10 D between two potentials; of all pulses where they do not bound a range. */
static double
mean_log (const GArray *samples, double low, double high)
{
  double sum = 0;
  guint n = high > low ? GRID : samples->len;
  for (guint i = 0; i < n; i++)
    sum += high > low ? interpolate (samples, low + (high - low) * i / (GRID - 1))
                      : g_array_index (samples, Sample, i).log_d;
  return n > 0 ? sum / n : NAN;
}

/**
 * plateau_conductivity_builder_add_titration:
 * @label: of the cell
 * @temperature: K, or NaN: the median of what was recorded
 * @recording: the titration
 * @gitt: its pulses
 *
 * The value of the point is the geometric mean of D over the potentials that all titrations of the
 * line have; relative (D / L²) when one of them has no length.
 */
void
plateau_conductivity_builder_add_titration (PlateauConductivityBuilder *builder, const char *label,
                                            double temperature, PlateauRecording *recording,
                                            PlateauGitt *gitt)
{
  const double *measured = plateau_recording_peek (recording, PLATEAU_QUANTITY_TEMPERATURE);
  if (isnan (temperature) && measured != NULL)
    temperature = plateau_median (measured, plateau_recording_get_n_rows (recording));
  PlateauPendingTitration pending = { g_strdup (label), plateau_gitt_ref (gitt), temperature };
  g_array_append_val (builder->titrations, pending);
  builder->relative = builder->relative || isnan (gitt->length);
}

void
plateau_conductivity_add_titrations (PlateauConductivityBuilder *builder)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  double low = -HUGE_VAL, high = HUGE_VAL;
  for (guint i = 0; i < builder->titrations->len; i++)
    {
      GArray *samples = list_samples (
          g_array_index (builder->titrations, PlateauPendingTitration, i).gitt);
      g_ptr_array_add (all, samples);
      if (samples->len == 0)
        continue;
      low = MAX (low, g_array_index (samples, Sample, 0).potential);
      high = MIN (high, g_array_index (samples, Sample, samples->len - 1).potential);
    }
  if (all->len > 1 && !(high > low))
    plateau_conductivity_builder_warn (
        builder, _ ("the titrations have no potentials in common: each is the mean of its own"));
  for (guint i = 0; i < all->len; i++)
    {
      const PlateauPendingTitration *pending = &g_array_index (builder->titrations,
                                                               PlateauPendingTitration, i);
      double length = builder->relative ? 1 : pending->gitt->length;
      double value = pow (10, mean_log (all->pdata[i], low, high)) * length * length;
      if (!(value > 0))
        plateau_conductivity_builder_warn (builder, _ ("%s: no pulse has a coefficient"),
                                           pending->label);
      plateau_conductivity_builder_add_value (builder, pending->label, pending->temperature, NAN,
                                              NAN, value);
    }
}
