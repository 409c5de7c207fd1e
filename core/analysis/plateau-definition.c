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
  { "diffusion_time_over_tau",
    N_ ("L² / (D τ): the time that diffusion takes through the particle over that of the pulse; "
        "the equation holds where it is large") },
  { "discharge_sd", N_ ("Standard deviation of the replicates (n − 1)") },
  { "n", N_ ("How many cells or cycles the mean is of") },
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
  { "verdict", N_ ("Compare: whether the difference is beyond the scatter of the cells (p < 0.05). "
                   "Impedance: whether the residuals of the Kramers–Kronig test stay within 1 %") },
  { "potential_V", N_ ("Potential against the reference, with the offset of the cell") },
  { "fwhm_V", N_ ("Full width of the peak at half its height") },
  { "fitted_potential_V", N_ ("Potential of the maximum by the fit") },
  { "relative_diffusion_1_s", N_ ("D / L²: what the pulses say without a diffusion length") },
  { "resistance_ohm", N_ ("Titration: jump of the potential when the current is switched / the "
                          "current. Hold: potential / end current. Pellet: what the fit of the "
                          "circuit, or else the intercept with the real axis, gives") },
  { "tau", N_ ("Relaxation time of the process: that of the peak of γ, or R · C of the element") },
  { "resistance", N_ ("Resistance of the process: ∫ γ d ln τ over its peak") },
  { "capacitance", N_ ("τ / R of the process") },
  { "frequency", N_ ("Frequency of the maximum: 1 / (2 π τ)") },
  { "share", N_ ("Share of the process in the sum of all resistances") },
  { "lambda", N_ ("Weight of smoothness against the data in the distribution") },
  { "kk_largest",
    N_ ("Largest residual |Z − Z_KK| / |Z| of the linear Kramers–Kronig test (Boukamp 1995)") },
  { "kk_failing", N_ ("Points that fail the Kramers–Kronig test") },
  { "kk_elements", N_ ("RC elements of the linear Kramers–Kronig test, as many as μ < 0.85 allows "
                       "(Schönleber 2014)") },
  { "aicc", N_ ("Corrected information criterion of Akaike: the model with the least explains the "
                "data with the fewest parameters") },
  { "chi2", N_ ("Sum of squared weighted residuals over the degrees of freedom") },
  { "stderr", N_ ("Standard error of the value by the fit") },
  { "activation_energy_eV", N_ ("−k_B · slope of ln (σ T) over 1 / T") },
  { "cell", N_ ("Name of the cell") },
  { "sample", N_ ("Name of the sample: the material that its cells are replicates of") },
  { "file", N_ ("File that the value is from") },
  { "outlier", N_ ("Left out of means, retention and rates, by hand or because it stands apart "
                   "from its neighbours") },
  { "branch", N_ ("Half cycle that the value is of: charge or discharge") },
  { "fitted_potential_stderr_V",
    N_ ("Standard error of the fitted potential: from the covariance of the fit") },
  { "fitted_fwhm_V", N_ ("Full width at half of the height of the fitted peak") },
  { "first_cycle", N_ ("First cycle of the group") },
  { "last_cycle", N_ ("Last cycle of the group") },
  { "of_first_percent", N_ ("Mean discharge capacity of the group / that of the first group") },
  { "index", N_ ("Number of the pulse, counted from the start of the recording") },
  { "direction", N_ ("Direction of the current in the pulse: charge or discharge") },
  { "start_s", N_ ("Time since the recording began") },
  { "duration_s", N_ ("How long the pulse, hold or rest lasts: τ of a pulse") },
  { "rest_s", N_ ("How long the rest after the pulse lasts") },
  { "current_mA", N_ ("Mean current; charging counts as positive") },
  { "relaxed_before_V", N_ ("Potential at the end of the rest before the pulse") },
  { "end_of_pulse_V",
    N_ ("Potential at the end of the pulse, before the current is switched off") },
  { "relaxed_after_V", N_ ("Potential at the end of the rest after the pulse") },
  { "delta_es_V",
    N_ ("ΔE_s: change of the relaxed potential from before the pulse to after its rest") },
  { "delta_et_V",
    N_ ("ΔE_t: change of the potential during the pulse without the jump at the switch") },
  { "ir_drop_V", N_ ("Jump of the potential when the current is switched on") },
  { "charge_transfer_V", N_ ("Potential of the line over √t at t → 0 less the first potential of "
                             "the pulse: what comes after the jump and before diffusion") },
  { "overpotential_V",
    N_ ("η = |potential at the end of the pulse − relaxed potential after it|") },
  { "total_resistance_ohm",
    N_ ("η / |I|: all of the polarisation at the end of the pulse over the current") },
  { "sqrt_fit_r2", N_ ("r² of the line of E over √t in the fit window: how well semi-infinite "
                       "diffusion describes it") },
  { "composition_x", N_ ("x in LiₓM, by the charge passed: x = x₀ − Q M / (m F)") },
  { "capacity_mAh", N_ ("Charge passed since the recording began: ∫ I dt") },
  { "capacity_mAh_g", N_ ("Charge passed since the recording began per active mass: ∫ I dt / m") },
  { "flags", N_ ("Doubts about the pulse: short diffusion time, bent line over √t, rest too short, "
                 "small ΔE_s") },
  { "scan_rate_mV_s", N_ ("Scan rate: |dE / dt|, the median over the sweep") },
  { "anodic_peak_V", N_ ("Potential of the anodic peak, E_pa") },
  { "anodic_peak_mA", N_ ("Height of the anodic peak over its baseline, i_pa") },
  { "cathodic_peak_V", N_ ("Potential of the cathodic peak, E_pc") },
  { "cathodic_peak_mA", N_ ("Height of the cathodic peak over its baseline, i_pc") },
  { "separation_V",
    N_ ("ΔE_p = E_pa − E_pc; 59 mV / n at 25 °C for a reversible couple in solution") },
  { "formal_potential_V", N_ ("(E_pa + E_pc) / 2") },
  { "anodic_charge_mAh", N_ ("Charge of the anodic half: ∫ I dt over I > 0") },
  { "cathodic_charge_mAh", N_ ("Charge of the cathodic half: ∫ |I| dt over I < 0") },
  { "potential_first_V", N_ ("Potential when the current has just been switched off") },
  { "potential_end_V", N_ ("Potential at the end of the rest") },
  { "potential_extrapolated_V", N_ ("Potential that a line over 1/√t goes to at infinite time") },
  { "drift_mV_h",
    N_ ("Slope of the potential over time at the end of the rest: below 1 mV/h it is relaxed") },
  { "current_end_uA", N_ ("Mean of the current over the last part of the hold") },
  { "current_half_s", N_ ("Time after which the current is half of what it was at first") },
  { "decay_s", N_ ("Time constant of the exponential by which the current goes to its end value") },
  { "drift_percent_h", N_ ("Slope of the current at the end over its value, per hour") },
  { "steady", N_ ("Whether the current changes by less than the limit under Holds") },
  { "spectrum", N_ ("Number of the spectrum in its cell, in the order of time") },
  { "label", N_ ("What the file calls the spectrum") },
  { "potential", N_ ("Potential at which the spectrum was taken, with the offset of the cell") },
  { "time", N_ ("Time at which the spectrum was taken, since the recording began") },
  { "points", N_ ("Frequencies that are used, without those that are masked") },
  { "f_high", N_ ("Highest frequency that is used") },
  { "f_low", N_ ("Lowest frequency that is used") },
  { "intercept",
    N_ ("Z′ where the spectrum crosses the real axis at high frequency: the series resistance") },
  { "lower", N_ ("Lower end of the interval of confidence (a fit) or credibility (a distribution) "
                 "of the value") },
  { "upper", N_ ("Upper end of the interval of confidence (a fit) or credibility (a distribution) "
                 "of the value") },
  { "process", N_ ("Process whose window of relaxation times the peak lies in") },
  { "note", N_ ("What is special or doubtful about the row") },
  { "peak", N_ ("Number of the peak of the full cell, by rising relaxation time") },
  { "symmetric",
    N_ ("Symmetric cell whose peak lies nearest in ln τ: the electrode that the peak is of") },
  { "symmetric_tau", N_ ("Relaxation time of that peak of the symmetric cell") },
  { "half_resistance",
    N_ ("Half of the resistance of that peak: a symmetric cell has the electrode twice") },
  { "part", N_ ("Part of the spectrum that the other part predicts by the Hilbert transform") },
  { "s_mu", N_ ("s_μ = 1 − ‖Z_DRT − Z_H‖ / (‖Z_DRT‖ + ‖Z_H‖): how near the two means are; 1 is "
                "perfect (Liu, Wan and Ciucci 2020)") },
  { "s_1sigma", N_ ("Share of the points within one standard deviation of the prediction") },
  { "s_2sigma", N_ ("Share of the points within two standard deviations of the prediction") },
  { "s_3sigma", N_ ("Share of the points within three standard deviations of the prediction") },
  { "s_hellinger", N_ ("1 − mean Hellinger distance between the two distributions at each "
                       "frequency; 1 is perfect") },
  { "s_jensen_shannon",
    N_ ("1 − mean Jensen–Shannon divergence / ln 2 between the two distributions; 1 is perfect") },
  { "sigma", N_ ("Noise that the most likely model has in this part") },
  { "resistance_stderr_ohm", N_ ("Standard error of the resistance by the fit of the circuit") },
  { "used", N_ ("Whether the point is in the line") },
  { "activation_energy_stderr_eV",
    N_ ("Standard error of the activation energy by the regression") },
  { "form", N_ ("What is linear in 1 / T: ln (σ T) for hopping of ions, or ln σ; the two energies "
                "differ by about k_B T") },
  { "family", N_ ("Samples that belong together: those of one family are compared") },
  { "metric", N_ ("What is compared; its definition stands in the inspector") },
  { "unit", N_ ("Unit of the values in this row") },
  { "conditions", N_ ("What the values were measured at: C-rate, temperature, number of cycles; "
                      "only equal ones are compared") },
  { "role", N_ ("Pristine, control or modified") },
  { "base", N_ ("Mean ± standard deviation (n − 1) of the sample that is compared with, and its "
                "number of cells") },
  { "other", N_ ("Mean ± standard deviation (n − 1) of the sample, and its number of cells") },
  { "mean", N_ ("Mean of the cells of the sample") },
  { "sd", N_ ("Standard deviation of the cells of the sample (n − 1)") },
  { "difference_low",
    N_ ("Lower end of the 95 % confidence interval of the difference, by Welch’s t test") },
  { "difference_high",
    N_ ("Upper end of the 95 % confidence interval of the difference, by Welch’s t test") },
  { "kk_largest_before",
    N_ ("Largest residual of the Kramers–Kronig test before the correction of drift") },
  { "verdict_before", N_ ("Verdict of the Kramers–Kronig test before the correction of drift") },
  { "parameter", N_ ("Element of the circuit and its parameter: R1, CPE1.Q, CPE1.n") },
  { "value", N_ ("Value of the parameter by the fit") },
  { "charge_capacity_*", N_ ("Charge passed while charging in this cycle: ∫ I dt over I > 0, per "
                             "active mass, area or as measured") },
  { "discharge_capacity_*", N_ ("Charge passed while discharging in this cycle: ∫ |I| dt over I < "
                                "0, per active mass, area or as measured") },
  { "height_*", N_ ("dQ/dV at the maximum of the peak") },
  { "area_*", N_ ("Charge under the peak: ∫ dQ/dV dV above its baseline") },
  { "fitted_area_*", N_ ("Charge of the peak by the fit, its neighbours taken apart") },
  { "diffusion*", N_ ("D = (4 / π τ) (m V_M / M A)² (ΔE_s / ΔE_t)², of the rest potentials before "
                      "and after the pulse and the change during it (Weppner and Huggins 1977)") },
  { "conductivity*", N_ ("σ = thickness / (resistance · area) of the pellet") },
  { "temperature*", N_ ("Temperature during the measurement: of the file, else of the cell") },
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
