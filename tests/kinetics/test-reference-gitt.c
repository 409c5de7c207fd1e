/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt.h"
#include "../reference/reference-data.h"

#include <math.h>
#include <string.h>

/* 24 measured pulses of a three-electrode cell: diffusion coefficients of a helper calculation
 * with L a third of 5.22 um, by the first sample and by regression in the second half. */
#define PULSES 24

typedef struct
{
  double tau, before, first, end, rest_end, by_fit, by_first;
} Row;

static double
column (char **cells, int index)
{
  return g_ascii_strtod (cells[index], NULL);
}

static int
find_column (const char *head, const char *name)
{
  g_auto (GStrv) cells = g_strsplit (head, ",", -1);
  for (int i = 0; cells[i] != NULL; i++)
    if (strcmp (g_strstrip (cells[i]), name) == 0)
      return i;
  g_error ("no column %s", name);
}

static char **
load_lines (const char *relative)
{
  g_autofree char *path = reference_path (relative), *text = NULL;
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_strsplit (text, "\n", -1);
}

static gboolean
load_expected (Row *rows)
{
  g_auto (GStrv) lines = load_lines ("reference/cycling/gitt/weppner_huggins_pulses_1-24.csv");
  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < PULSES; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);
      rows[i] = (Row){ column (cells, find_column (lines[0], "tau_s")),
                       column (cells, find_column (lines[0], "E_before")),
                       column (cells, find_column (lines[0], "E_first_on")),
                       column (cells, find_column (lines[0], "E_end_pulse")),
                       column (cells, find_column (lines[0], "E_rest_end")),
                       column (cells, find_column (lines[0], "D_m2s_fit")),
                       column (cells, find_column (lines[0], "D_m2s_first_sample")) };
    }
  return TRUE;
}

static PlateauRecording *
load_recording (void)
{
  static const char *const names[] = { "Time [s]", "Positive electrode potential [V]",
                                       "Current [A]" };
  static const PlateauQuantity quantities[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_POTENTIAL,
                                                PLATEAU_QUANTITY_CURRENT };
  g_auto (GStrv) lines = load_lines ("data/cycling/gitt-pulses/joined_pulses_1-24.csv");
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  PlateauRecordingRules rules = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (lines);
  for (guint k = 0; k < 3; k++)
    plateau_recording_builder_add_column (builder, quantities[k], NULL, NULL);
  for (guint i = 1; lines[i] != NULL && *lines[i] != 0; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      double *row = plateau_recording_builder_append_row (builder);
      for (guint k = 0; k < 3; k++)
        row[k] = column (cells, find_column (lines[0], names[k]));
    }
  PlateauRecording *recording = plateau_recording_builder_finish (builder, &rules, NULL, &error);
  g_assert_no_error (error);
  return recording;
}

static void
compare (PlateauGittMethod method)
{
  Row rows[PULSES];
  g_autoptr (GError) error = NULL;
  if (!load_expected (rows))
    return; /* skipped aloud */
  g_autoptr (PlateauRecording) recording = load_recording ();
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  options.method = method;
  options.radius = 5.22e-6;
  options.fit_window = (char *) "0.5:1";
  g_autoptr (PlateauGitt) gitt = plateau_gitt_analyse (recording, NAN, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gitt->n_pulses, ==, PULSES);
  g_assert_cmpuint (gitt->n_dropped, ==, 0);
  for (guint i = 0; i < PULSES; i++)
    {
      const PlateauGittPulse *pulse = &gitt->pulses[i];
      double expected = method == PLATEAU_GITT_SQRT_FIT ? rows[i].by_fit : rows[i].by_first;
      g_test_message ("pulse %2u: D %.4g, expected %.4g m2/s, %+.3f %%", pulse->index,
                      pulse->diffusion, expected, 100 * (pulse->diffusion / expected - 1));
      g_assert_cmpfloat_with_epsilon (pulse->duration, rows[i].tau, 1e-3);
      g_assert_cmpfloat_with_epsilon (pulse->relaxed_before, rows[i].before, 1e-9);
      g_assert_cmpfloat_with_epsilon (pulse->end_of_pulse, rows[i].end, 1e-9);
      g_assert_cmpfloat_with_epsilon (pulse->relaxed_after, rows[i].rest_end, 5e-4);
      g_assert_cmpfloat_with_epsilon (pulse->diffusion / expected, 1, 0.02);
      /* These pulses are at the limit of the formula, and it is said. */
      g_assert_true (pulse->flags & PLATEAU_GITT_FLAG_TOO_LONG);
    }
}

static void
test_first_sample (void)
{
  compare (PLATEAU_GITT_ENDPOINTS);
}

static void
test_regression (void)
{
  compare (PLATEAU_GITT_SQRT_FIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/gitt/first-sample", test_first_sample);
  g_test_add_func ("/reference/gitt/regression", test_regression);
  return g_test_run ();
}
