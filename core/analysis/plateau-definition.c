/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-definition.h"

#include <glib/gi18n.h>
#include <string.h>

/* Columns of result tables by their keys, the first that fits; a key ends in * where units and the
 * like follow. */
static const struct
{
  const char *key, *text;
} definitions[] = {
  { "charge_capacity_*", N_ ("Charge passed while charging in this cycle: ∫ I dt over I > 0, per "
                             "active mass, area or as measured") },
  { "discharge_capacity_*", N_ ("Charge passed while discharging in this cycle: ∫ |I| dt over I < "
                                "0, per active mass, area or as measured") },
  { "discharge_sd", N_ ("Standard deviation of the replicates (n − 1)") },
  { "n", N_ ("How many cells the mean is of") },
  { "cycle", N_ ("Number of the cycle; where a cycle begins is said under Analysis") },
  { "discharge_c_rate",
    N_ ("Mean current of the discharge over the current that 1C means for the sample") },
  { "charge_c_rate",
    N_ ("Mean current of the charge over the current that 1C means for the sample") },
  { "coulombic_efficiency_percent",
    N_ ("Discharge capacity / charge capacity of one cycle (of a cell that is charged first)") },
  { "coulombic_efficiency_resolution_percent",
    N_ ("What the resolution of the instrument leaves open in the efficiency") },
  { "mean_discharge_potential_V", N_ ("Discharge energy / discharge capacity: ∫ E dQ / ∫ dQ") },
  { "mean_charge_potential_V", N_ ("Charge energy / charge capacity: ∫ E dQ / ∫ dQ") },
  { "energy_efficiency_percent", N_ ("Discharge energy / charge energy of one cycle") },
  { "polarisation_V", N_ ("Mean charge potential − mean discharge potential of one cycle") },
  { "retention_percent",
    N_ ("Discharge capacity / discharge capacity of the reference cycle of the same cell") },
  { "retention_reference_cycle", N_ ("The cycle that the retention refers to") },
  { "difference", N_ ("Mean of the second sample less the mean of the first") },
  { "difference_percent", N_ ("Difference / mean of the first sample") },
  { "interval",
    N_ ("95 % confidence interval of the difference: difference ± t · √(s₁²/n₁ + s₂²/n₂)") },
  { "p_value", N_ ("Probability of such a difference, or a larger one, without an effect: Welch’s "
                   "t test, two-sided") },
  { "verdict", N_ ("Whether the difference is beyond the scatter of the cells") },
  { "potential_V", N_ ("Potential against the reference, with the offset of the cell") },
  { "fwhm_V", N_ ("Full width of the peak at half its height") },
  { "height_*", N_ ("dQ/dV at the maximum of the peak") },
  { "area_*", N_ ("Charge under the peak: ∫ dQ/dV dV above its baseline") },
  { "fitted_area_*", N_ ("Charge of the peak by the fit, its neighbours taken apart") },
  { "fitted_potential_V", N_ ("Potential of the maximum by the fit") },
  { "diffusion*", N_ ("D = (4 / π τ) (m V_M / M A)² (ΔE_s / ΔE_t)², of the rest potentials before "
                      "and after the pulse and the change during it") },
  { "relative_diffusion_1_s", N_ ("D / L²: what the pulses say without a diffusion length") },
  { "resistance_ohm", N_ ("Jump of the potential when the current is switched / the current") },
  { "tau", N_ ("Relaxation time of the process: that of the peak of γ, or R · C of the element") },
  { "resistance", N_ ("Resistance of the process: ∫ γ d ln τ over its peak") },
  { "capacitance", N_ ("τ / R of the process") },
  { "frequency", N_ ("Frequency of the maximum: 1 / (2 π τ)") },
  { "share", N_ ("Share of the process in the sum of all resistances") },
  { "lambda", N_ ("Weight of smoothness against the data in the distribution") },
  { "kk_largest", N_ ("Largest residual of the Kramers–Kronig test, of |Z|") },
  { "kk_failing", N_ ("Points that fail the Kramers–Kronig test") },
  { "kk_elements", N_ ("RC elements of the Kramers–Kronig test") },
  { "aicc", N_ ("Corrected information criterion of Akaike: the model with the least explains the "
                "data with the fewest parameters") },
  { "chi2", N_ ("Sum of squared weighted residuals over the degrees of freedom") },
  { "stderr", N_ ("Standard error of the value by the fit") },
  { "activation_energy_eV", N_ ("−k_B · slope of ln (σ T) over 1 / T") },
  { "conductivity*", N_ ("σ = thickness / (resistance · area) of the pellet") },
};

static gboolean
fits (const char *pattern, const char *key)
{
  gsize length = strlen (pattern);
  if (length > 0 && pattern[length - 1] == '*')
    return strncmp (pattern, key, length - 1) == 0;
  return strcmp (pattern, key) == 0;
}

/**
 * plateau_definition_of_column:
 * @key: key of a column of a result table, "coulombic_efficiency_percent"
 *
 * Returns: (transfer none) (nullable): what the column means, with its formula, translated; NULL
 *   for names, numbers of rows and the like, which say it themselves
 */
const char *
plateau_definition_of_column (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (definitions); i++)
    if (fits (definitions[i].key, key))
      return _ (definitions[i].text);
  return NULL;
}
