/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-impedance.h"
#include "analysis/plateau-masks.h"

#include <math.h>

enum
{
  N = 41,
};

/* An arc that grows with time; a spectrum sees it grow while it is taken. */
static PlateauSpectrum *
growing (double begin, double duration)
{
  g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse ("R0-p(R1,CPE1)", NULL);
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  double f[N], re[N], im[N], time[N];

  for (int i = 0; i < N; i++)
    {
      double values[] = { 10, 0, 1e-4, 0.9 };

      f[i] = 1e4 * pow (10, -i / 10.0);
      time[i] = begin + (duration > 0 ? duration * i / (N - 1.0) : 0);
      values[1] = 50 + 0.01 * time[i];
      plateau_circuit_impedance (circuit, values, &f[i], 1, &re[i], &im[i]);
    }
  conditions.time = begin;
  conditions.duration = duration;
  return plateau_spectrum_new ("growing", &conditions, f, re, im, time, N);
}

static double
distance (PlateauSpectrum *a, PlateauSpectrum *b)
{
  double worst = 0;

  for (int i = 0; i < N; i++)
    worst = MAX (worst, hypot (plateau_spectrum_peek_re (a)[i] - plateau_spectrum_peek_re (b)[i],
                               plateau_spectrum_peek_im (a)[i] - plateau_spectrum_peek_im (b)[i]));
  return worst;
}

/* The corrected series is what an instant measurement would have seen. */
static void
test_drift (void)
{
  g_autoptr (GPtrArray)
      series = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  g_autoptr (GPtrArray) corrected = NULL;

  for (int i = 0; i < 5; i++)
    g_ptr_array_add (series, growing (1000 * i, 600));
  corrected = plateau_impedance_correct_drift (series);
  g_assert_cmpuint (corrected->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (PlateauSpectrum) instant = growing (1000 * i, 0);
      double before = distance (g_ptr_array_index (series, i), instant);
      double after = distance (g_ptr_array_index (corrected, i), instant);

      g_test_message ("%u: off by %.3f ohm before, %.3f after", i, before, after);
      g_assert_cmpfloat (after, <, 0.15 * before);
    }
}

static void
test_masks (void)
{
  g_autoptr (GPtrArray)
      spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  PlateauImpedanceOptions options = PLATEAU_IMPEDANCE_OPTIONS_INIT;
  g_autoptr (GPtrArray) prepared = NULL, notes = g_ptr_array_new_with_free_func (g_free);
  const PlateauMaskPoint points[] = { { 7, 1, 1000 }, { 7, 2, 100 }, { 8, 1, 1000 } };
  g_autoptr (PlateauMasks) masks = plateau_masks_new ("7:1:1000;nonsense;7:0:5;7:1:x");
  g_autofree char *two = NULL, *back = NULL;

  g_assert_true (plateau_masks_contain (masks, &points[0]));
  g_assert_true (plateau_masks_toggle (masks, points, 2)); /* one is new */
  g_assert_true (plateau_masks_contain (masks, &points[1]));
  g_assert_false (plateau_masks_contain (masks, &points[2]));
  two = plateau_masks_to_text (masks);
  g_assert_cmpstr (two, ==, "7:1:1000;7:2:100");
  g_assert_false (plateau_masks_toggle (masks, points, 1)); /* all were masked */
  back = plateau_masks_to_text (masks);
  g_assert_cmpstr (back, ==, "7:2:100");

  g_ptr_array_add (spectra, growing (0, 0));
  options.masks = two;
  options.frequency_low = 1.5;
  prepared = plateau_impedance_prepare (spectra, 7, &options, notes);
  /* 1 Hz and 1.26 Hz by the range, 1 kHz by its mask */
  g_assert_cmpuint (plateau_spectrum_get_n (g_ptr_array_index (prepared, 0)), ==, N - 3);
  g_assert_cmpuint (notes->len, ==, 1);
}

static void
test_representations (void)
{
  double re, im;

  plateau_impedance_admittance (3, -4, &re, &im);
  g_assert_cmpfloat_with_epsilon (re, 0.12, 1e-12);
  g_assert_cmpfloat_with_epsilon (im, 0.16, 1e-12);
  plateau_impedance_capacitance (1 / (2 * G_PI), 0, -2, &re, &im);
  g_assert_cmpfloat_with_epsilon (re, 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (im, 0, 1e-12);
}

/* The intercept at high frequency, whether or not the arc comes down to the axis again; of a
 * blocking cell whose arc began beyond the data, where the arc ends. */
static void
test_intercept (void)
{
  static const struct
  {
    const char *circuit;
    double values[6], wanted;
  } cases[] = {
    { "R0-p(R1,CPE1)", { 10, 60, 1e-4, 0.9 }, 10 },
    { "L1-R0-p(R1,CPE1)", { 1e-6, 10, 60, 1e-4, 0.9 }, 10 },
    { "R0-p(R1,C1)-C2", { 1, 80, 1e-6, 1e-2 }, 81 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autoptr (PlateauCircuit) circuit = plateau_circuit_parse (cases[k].circuit, NULL);
      PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
      g_autoptr (PlateauSpectrum) spectrum = NULL;
      double f[N], re[N], im[N];

      for (int i = 0; i < N; i++)
        f[i] = (k == 2 ? 3e4 : 1e5) * pow (10, -i / 6.0);
      plateau_circuit_impedance (circuit, cases[k].values, f, N, re, im);
      spectrum = plateau_spectrum_new ("case", &conditions, f, re, im, NULL, N);
      g_test_message ("%s: %g", cases[k].circuit, plateau_impedance_intercept (spectrum));
      g_assert_cmpfloat_with_epsilon (plateau_impedance_intercept (spectrum), cases[k].wanted,
                                      0.03 * cases[k].wanted);
    }
}

static void
test_tables (void)
{
  g_autoptr (GPtrArray)
      spectra = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_spectrum_unref);
  PlateauDrtOptions drt = PLATEAU_DRT_OPTIONS_INIT;
  PlateauKkOptions kk = PLATEAU_KK_OPTIONS_INIT;
  PlateauCircuitOptions circuit = PLATEAU_CIRCUIT_OPTIONS_INIT;
  g_autoptr (GPtrArray) results = NULL, tests = NULL, fits = NULL;
  g_autoptr (PlateauTable) peaks = NULL, list = NULL, parameters = NULL;
  g_autoptr (GPtrArray) windows = plateau_drt_windows_preset ("lei2026");

  for (int i = 0; i < 3; i++)
    g_ptr_array_add (spectra, growing (1000 * i, 0));
  results = plateau_drt_analyse_many (spectra, &drt, 1, NULL, NULL);
  tests = plateau_kk_analyse_many (spectra, &kk, 1, NULL, NULL);
  circuit.circuit = (char *) "R0-p(R1,CPE1)";
  fits = plateau_circuit_fit_series (spectra, &circuit, NULL, NULL);
  peaks = plateau_drt_peak_table (spectra, results, windows, 0.62);
  list = plateau_impedance_spectra_table (spectra, tests, tests, 0.62);
  parameters = plateau_circuit_table (spectra, fits, 0.62);
  g_assert_cmpuint (plateau_table_get_n_rows (list), ==, 3);
  g_assert_cmpuint (plateau_table_get_n_rows (parameters), ==, 12);
  g_assert_cmpuint (plateau_table_get_n_rows (peaks), >=, 3);
  g_assert_cmpfloat_with_epsilon (
      plateau_table_get_number (parameters, 5,
                                (guint) plateau_table_find_column (parameters, "value")),
      60, 1e-6);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/impedance/drift", test_drift);
  g_test_add_func ("/impedance/masks", test_masks);
  g_test_add_func ("/impedance/representations", test_representations);
  g_test_add_func ("/impedance/intercept", test_intercept);
  g_test_add_func ("/impedance/tables", test_tables);
  return g_test_run ();
}
