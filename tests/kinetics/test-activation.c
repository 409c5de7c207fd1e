/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-conductivity.h"
#include "base/plateau-error.h"
#include "../unit/simulated-test.h"

#include <complex.h>
#include <string.h>

/* Activation energies of charge transfer and of diffusion, from simulated spectra and titrations at
 * several temperatures. */

#define BOLTZMANN 8.617333262e-5 /* eV/K */
#define ROOM 298.15
#define AREA 1e-4 /* m2 */

static double
arrhenius (double at_room, double energy, double temperature)
{
  return at_room * exp (energy / BOLTZMANN * (1 / temperature - 1 / ROOM));
}

/* R0, an arc of the electrolyte's boundary (0.3 eV), and one of charge transfer: T/R activated. */
static PlateauSpectrum *
spectrum_at (double temperature, double energy, double noise, GRand *random)
{
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  double f[71], re[71], im[71], boundary = arrhenius (40, 0.3, temperature);
  double transfer = arrhenius (150, energy, temperature) * temperature / ROOM;
  conditions.temperature = temperature;
  for (guint i = 0; i < 71; i++)
    {
      f[i] = 1e6 * pow (10, -(double) i / 10);
      double omega = 2 * G_PI * f[i];
      double complex z = 20 + boundary / (1 + cpow (I * omega * boundary * 2e-7, 0.95));
      z += transfer / (1 + cpow (I * omega * transfer * 6e-5, 0.92));
      re[i] = creal (z) + noise * cabs (z) * (g_rand_double (random) - 0.5);
      im[i] = cimag (z) + noise * cabs (z) * (g_rand_double (random) - 0.5);
    }
  return plateau_spectrum_new ("test", &conditions, f, re, im, NULL, 71);
}

static const double temperatures[] = { 273.15, 283.15, 298.15, 313.15, 333.15 };

static GPtrArray *
spectra_over_temperature (double energy)
{
  GPtrArray *spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  for (guint i = 0; i < G_N_ELEMENTS (temperatures); i++)
    g_ptr_array_add (spectra, spectrum_at (temperatures[i], energy, 0.002, random));
  return spectra;
}

static PlateauConductivity *
charge_transfer (GPtrArray *spectra, const PlateauConductivityOptions *options,
                 const PlateauStudySample *sample, GError **error)
{
  PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (options);
  if (plateau_conductivity_builder_add_spectra (builder, "cell", spectra, NAN, NAN, AREA, sample,
                                                NULL, error))
    return plateau_conductivity_builder_finish (builder, NULL, error);
  plateau_conductivity_builder_free (builder);
  return NULL;
}

static void
test_charge_transfer (void)
{
  const double energy = 0.5;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) spectra = spectra_over_temperature (energy);
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  options.quantity = PLATEAU_TRANSPORT_CHARGE_TRANSFER;
  /* By the distribution: its time constant moves over almost two decades. */
  g_autoptr (PlateauConductivity) by_drt = charge_transfer (spectra, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (by_drt->n_points, ==, 5);
  g_assert_cmpfloat_with_epsilon (by_drt->points[2].resistance / 150, 1, 0.03);
  g_assert_cmpfloat_with_epsilon (plateau_conductivity_show (by_drt, by_drt->points[2].value), 150,
                                  5); /* ohm cm2 on 1 cm2 */
  g_assert_cmpfloat_with_epsilon (by_drt->fit.activation_energy, energy,
                                  2 * by_drt->fit.activation_energy_stderr + 1e-3);
  g_assert_cmpfloat (by_drt->fit.activation_energy_stderr, <, 0.02);
  g_assert_cmpstr (plateau_conductivity_get_form (by_drt), ==, "ln(T/R)");
  /* By a circuit that the sample has of its own. */
  PlateauStudySample sample = { .name = "S",
                                .resistance_circuit = "R0-p(R1,CPE1)-p(R2,CPE2)",
                                .resistance_elements = "R2" };
  g_autoptr (PlateauConductivity) by_fit = charge_transfer (spectra, &options, &sample, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (by_fit->fit.activation_energy, energy,
                                  2 * by_fit->fit.activation_energy_stderr + 1e-3);
  g_assert_true (by_fit->points[0].resistance_stderr > 0);
  /* Which resistance is charge transfer is not guessed; nor is a process that is not there. */
  sample.resistance_elements = "";
  g_assert_null (charge_transfer (spectra, &options, &sample, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
  g_clear_error (&error);
  options.process = (char *) "1:10";
  g_assert_null (charge_transfer (spectra, &options, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
  g_clear_error (&error);
  options.process = (char *) "fast";
  g_assert_null (charge_transfer (spectra, &options, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
}

/* A sample's own circuit, or "intercept", comes before that of the settings. */
static void
test_own_circuit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) spectra = spectra_over_temperature (0.4);
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  options.circuit = (char *) "R0-p(R1,CPE1)-p(R2,CPE2)";
  options.elements = (char *) "R1";
  const struct
  {
    const char *circuit, *elements;
    double resistance;
  } samples[] = { { "", "", 40 },
                  { "R0-p(R1,CPE1)-p(R2,CPE2)", "R0", 20 },
                  { "intercept", "", 210 } };
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      PlateauStudySample sample = { .resistance_circuit = samples[i].circuit,
                                    .resistance_elements = samples[i].elements };
      PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (&options);
      g_assert_true (plateau_conductivity_builder_add_spectra (builder, "pellet", spectra, NAN,
                                                               1e-3, AREA, &sample, NULL, &error));
      g_autoptr (PlateauConductivity)
          result = plateau_conductivity_builder_finish (builder, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (result->points[2].resistance / samples[i].resistance, 1,
                                      0.03);
    }
}

/* A titration whose pulses follow the formula exactly: D of each by its potential and temperature,
 * from @first pulses on. */
static PlateauRecording *
titration (double temperature, double energy, guint first)
{
  const double tau = 600, step = 0.01;
  SimulatedTest test = simulated_test_new ();
  double relaxed = 3.7 + first * step;
  for (guint i = 0; i < 5; i++)
    simulated_test_add (&test, 30, relaxed, 0, 0);
  for (guint pulse = 0; pulse < 12; pulse++)
    {
      /* A decade from 3.7 to 3.9 V; D / L2 */
      double d = arrhenius (1e-6, -energy, temperature) * pow (10, -5 * (relaxed - 3.7));
      double rise = step * sqrt (4 / (G_PI * tau * d));
      simulated_test_add (&test, 0.01, relaxed + 0.02, 1e-4, 1e-6);
      for (guint i = 1; i <= 60; i++)
        simulated_test_add (&test, 10, relaxed + 0.02 + rise * sqrt (i / 60.0), 1e-4, 1e-3);
      relaxed += step;
      for (guint i = 1; i <= 60; i++)
        simulated_test_add (&test, 120, relaxed + 0.05 * exp (-(double) i), 0, 0);
    }
  return simulated_test_end (&test, FALSE);
}

static PlateauConductivity *
diffusion (const double *at, guint n, double energy, gboolean with_length, GError **error)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  options.quantity = PLATEAU_TRANSPORT_DIFFUSION;
  PlateauConductivityBuilder *builder = plateau_conductivity_builder_new (&options);
  for (guint i = 0; i < n; i++)
    {
      PlateauGittOptions gitt_options = PLATEAU_GITT_OPTIONS_INIT;
      gitt_options.radius = with_length ? 3e-6 : NAN;
      /* Each begins elsewhere: only what they have in common may count. */
      g_autoptr (PlateauRecording)
          recording = titration (isnan (at[i]) ? ROOM : at[i], energy, 2 * i);
      g_autoptr (PlateauGitt)
          gitt = plateau_gitt_analyse (recording, NAN, &gitt_options, NULL, error);
      g_assert_nonnull (gitt);
      plateau_conductivity_builder_add_titration (builder, "cell", at[i], recording, gitt);
    }
  return plateau_conductivity_builder_finish (builder, NULL, error);
}

static void
test_diffusion (void)
{
  const double at[] = { 283.15, 298.15, 313.15 }, energy = 0.42;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauConductivity) result = diffusion (at, 3, energy, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (result->fit.activation_energy, energy, 2e-3);
  g_assert_cmpstr (plateau_conductivity_get_form (result), ==, "ln(D)");
  g_assert_cmpint (result->form, ==, PLATEAU_ARRHENIUS_SIGMA);
  /* 3.74 to 3.81 V at 25 °C, with L = 1 um: the middle, since log D is straight. */
  g_assert_cmpfloat_with_epsilon (result->points[1].value / (1e-18 * pow (10, -5 * 0.075)), 1,
                                  0.03);
  g_assert_false (result->relative);
  /* Without a length the energy is the same, and it says so. */
  g_autoptr (PlateauConductivity) relative = diffusion (at, 3, energy, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (relative->relative);
  g_assert_null (plateau_conductivity_get_unit (relative));
  g_assert_cmpfloat_with_epsilon (relative->fit.activation_energy, energy, 2e-3);
  /* Two temperatures: no error; one without a temperature: said. */
  const double two[] = { 283.15, 298.15, NAN };
  g_autoptr (PlateauConductivity) few = diffusion (two, 3, energy, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (isnan (few->fit.activation_energy_stderr));
  g_assert_nonnull (strstr (few->warnings[0], "temperature"));
  g_assert_nonnull (strstr (few->warnings[1], "two temperatures"));
}

static void
test_takes (void)
{
  PlateauConductivityOptions options = PLATEAU_CONDUCTIVITY_OPTIONS_INIT;
  PlateauStudyCell pellet = { .kinds = PLATEAU_KIND_EIS, .thickness = 1e-3, .active_mass = 1e-6 };
  PlateauStudyCell cell = { .kinds = PLATEAU_KIND_EIS, .thickness = NAN, .active_mass = 1e-6 };
  PlateauStudyCell thick = { .kinds = PLATEAU_KIND_EIS,
                             .thickness = 1e-4,
                             .reference_offset = 0.62 };
  PlateauStudyCell titrated = { .kinds = PLATEAU_KIND_GITT, .thickness = NAN, .active_mass = 1e-6 };
  const gboolean wanted[3][3] = { { TRUE, FALSE, FALSE },
                                  { FALSE, TRUE, FALSE },
                                  { FALSE, FALSE, TRUE } };
  for (int quantity = 0; quantity < 3; quantity++)
    {
      options.quantity = quantity;
      g_assert_cmpint (plateau_conductivity_takes (&options, &pellet), ==, wanted[quantity][0]);
      g_assert_cmpint (plateau_conductivity_takes (&options, &cell), ==, wanted[quantity][1]);
      g_assert_cmpint (plateau_conductivity_takes (&options, &titrated), ==, wanted[quantity][2]);
      g_assert_cmpint (plateau_conductivity_takes (&options, &thick), ==,
                       quantity != PLATEAU_TRANSPORT_DIFFUSION);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/activation/charge-transfer", test_charge_transfer);
  g_test_add_func ("/activation/own-circuit", test_own_circuit);
  g_test_add_func ("/activation/diffusion", test_diffusion);
  g_test_add_func ("/activation/takes", test_takes);
  return g_test_run ();
}
