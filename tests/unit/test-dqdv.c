/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-first-cycle.h"
#include "base/plateau-error.h"
#include "figure/plateau-plot-dqdv.h"
#include "simulated-test.h"

#include <glib.h>

#define CLOSE(a, b, absolute) g_assert_cmpfloat_with_epsilon ((a), (b), (absolute))

typedef struct
{
  double area, position, sigma;
} Gauss;

static const Gauss two_peaks[] = { { 2.0, 3.75, 0.03 }, { 1.2, 4.02, 0.02 } };
#define BACKGROUND 1.0
#define LOW 3.4
#define HIGH 4.3

/* Charge below @v, and the potential at which @q has passed, by bisection. */
static double
charge_at (double v, const Gauss *peaks, guint n)
{
  double q = BACKGROUND * (v - LOW);
  for (guint k = 0; k < n; k++)
    q += peaks[k].area * 0.5
         * (erf ((v - peaks[k].position) / (peaks[k].sigma * G_SQRT2))
            - erf ((LOW - peaks[k].position) / (peaks[k].sigma * G_SQRT2)));
  return q;
}

static double
potential_at (double q, const Gauss *peaks, guint n)
{
  double a = LOW, b = HIGH;
  for (int i = 0; i < 60; i++)
    {
      double middle = 0.5 * (a + b);
      if (charge_at (middle, peaks, n) < q)
        a = middle;
      else
        b = middle;
    }
  return 0.5 * (a + b);
}

/* A branch of @n records with normal noise of @sigma, rounded to @quantum. */
static void
make_branch (gboolean charge, guint n, double sigma, double quantum, guint seed, double *q,
             double *v)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double total = charge_at (HIGH, two_peaks, 2);

  for (guint i = 0; i < n; i++)
    {
      double noise = -6;
      q[i] = total * i / (n - 1);
      v[i] = potential_at (charge ? q[i] : total - q[i], two_peaks, 2);
      for (int k = 0; k < 12; k++)
        noise += g_rand_double (random);
      v[i] += sigma * noise;
      if (quantum > 0)
        v[i] = quantum * round (v[i] / quantum);
    }
}

static PlateauDqdvCurve *
compute (const double *q, const double *v, guint n, gboolean charge, PlateauDqdvMethod method,
         double window)
{
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;
  GError *error = NULL;
  PlateauDqdvCurve *curve;

  options.method = method;
  options.window = window;
  curve = plateau_dqdv_compute (q, v, n, charge, &options, &error);
  g_assert_no_error (error);
  return curve;
}

static double
trapezoid (const PlateauDqdvCurve *curve)
{
  double sum = 0;
  for (guint i = 1; i < curve->n; i++)
    sum += 0.5 * (curve->dqdv[i] + curve->dqdv[i - 1])
           * (curve->potential[i] - curve->potential[i - 1]);
  return fabs (sum);
}

static void
check_two_peaks (const PlateauDqdvCurve *curve, double position, double area)
{
  g_assert_cmpuint (curve->n_peaks, ==, 2);
  for (guint k = 0; k < 2; k++)
    {
      const PlateauDqdvPeak *peak = &curve->peaks[k];
      g_test_message ("%g V (%g), area %g (%g), fwhm %g", peak->potential, two_peaks[k].position,
                      peak->area, two_peaks[k].area, peak->fwhm);
      CLOSE (peak->potential, two_peaks[k].position, position);
      CLOSE (peak->area, two_peaks[k].area, area * two_peaks[k].area);
      CLOSE (peak->fwhm, 2.3548 * two_peaks[k].sigma, 0.08 * two_peaks[k].sigma * 2.3548);
      g_assert_true (curve->charge ? peak->height > 0 : peak->height < 0);
    }
}

static void
test_closed_form (void)
{
  const PlateauDqdvMethod methods[] = { PLATEAU_DQDV_SAVITZKY_GOLAY, PLATEAU_DQDV_SPLINE,
                                        PLATEAU_DQDV_LEAN, PLATEAU_DQDV_DIFFERENCE };
  g_autofree double *q = g_new (double, 8000);

  for (int charge = 0; charge < 2; charge++)
    {
      make_branch (charge, 4000, 0, 0, 1, q, q + 4000);
      for (guint m = 0; m < 4; m++)
        {
          g_autoptr (PlateauDqdvCurve)
              curve = compute (q, q + 4000, 4000, charge, methods[m], 15e-3);
          g_test_message ("method %u", m);
          check_two_peaks (curve, 1e-3, methods[m] == PLATEAU_DQDV_LEAN ? 0.03 : 0.01);
          CLOSE (curve->integral, curve->capacity, 1e-9);
          CLOSE (trapezoid (curve), curve->capacity, 1e-6);
        }
    }
}

/* A small peak on the slope of a large one, and a long flat beginning: no line between feet far
 * apart may cut through the curve. */
static void
test_uneven_feet (void)
{
  const Gauss peaks[] = { { 0.3, 3.62, 0.03 }, { 5.0, 3.95, 0.09 }, { 3.0, 4.2, 0.07 } };
  g_autofree double *q = g_new (double, 6000);
  double total = charge_at (HIGH, peaks, 3);

  for (guint i = 0; i < 3000; i++)
    {
      q[i] = total * i / 2999;
      q[3000 + i] = potential_at (q[i], peaks, 3);
    }
  g_autoptr (PlateauDqdvCurve)
      curve = compute (q, q + 3000, 3000, TRUE, PLATEAU_DQDV_SAVITZKY_GOLAY, 15e-3);
  g_assert_cmpuint (curve->n_peaks, >=, 2);
  for (guint k = 0; k < curve->n_peaks; k++)
    {
      g_test_message ("%g V, area %g", curve->peaks[k].potential, curve->peaks[k].area);
      g_assert_cmpfloat (curve->peaks[k].area, >, 0);
      g_assert_cmpfloat (curve->peaks[k].area, <, 6);
    }
}

/* Noise of 0.2 mV on 2000 records, and a converter of 0.3 mV. */
static void
test_noise (void)
{
  g_autofree double *q = g_new (double, 4000);

  for (guint seed = 1; seed <= 20; seed++)
    {
      make_branch (seed % 2, 2000, 0.2e-3, seed % 3 == 0 ? 0.3e-3 : 0, seed, q, q + 2000);
      for (guint m = PLATEAU_DQDV_SAVITZKY_GOLAY; m <= PLATEAU_DQDV_LEAN; m++)
        {
          g_autoptr (PlateauDqdvCurve)
              curve = compute (q, q + 2000, 2000, seed % 2, (PlateauDqdvMethod) m, 20e-3);
          g_test_message ("seed %u method %u", seed, m);
          check_two_peaks (curve, 2e-3, 0.02);
          CLOSE (trapezoid (curve), curve->capacity, 0.01 * curve->capacity);
        }
    }
}

static double
normal (GRand *random)
{
  double sum = -6;

  for (int k = 0; k < 12; k++)
    sum += g_rand_double (random);
  return sum;
}

/* How recorders make noise of a smooth course: a coarse converter at long intervals, steps of equal
 * potential that are told late, single records written twice, plain noise. Two peaks are two peaks
 * in all of them, whatever the method. */
typedef enum
{
  COARSE_CONVERTER,
  EQUAL_STEPS,
  WRITTEN_TWICE,
  NOISY,
  N_RECORDERS
} Recorder;

static guint
record (Recorder recorder, guint seed, double *q, double *v)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  double total = charge_at (HIGH, two_peaks, 2);
  guint n = 0;

  switch (recorder)
    {
    case COARSE_CONVERTER:
      for (guint i = 0; i < 350; i++, n++)
        {
          q[n] = total * (i + g_rand_double_range (random, 0, 0.02)) / 350;
          v[n] = 0.3e-3 * round (potential_at (q[n], two_peaks, 2) / 0.3e-3);
        }
      break;
    case EQUAL_STEPS:
      for (double at = LOW + 5e-3; at < HIGH; at += 5e-3, n++)
        {
          v[n] = at;
          q[n] = charge_at (at + 0.15e-3 * normal (random), two_peaks, 2);
        }
      break;
    case WRITTEN_TWICE:
      for (guint i = 0; i < 250; i++)
        for (guint again = 0; again < (g_rand_boolean (random) ? 2 : 1); again++, n++)
          {
            q[n] = total * (i + 1) / 250;
            v[n] = potential_at (q[n], two_peaks, 2);
          }
      break;
    default:
      for (guint i = 0; i < 2000; i++, n++)
        {
          q[n] = total * (i + 1) / 2000;
          v[n] = potential_at (q[n], two_peaks, 2) + 1e-3 * normal (random);
        }
    }
  return n;
}

static void
test_recorders (void)
{
  g_autofree double *q = g_new (double, 5000);
  guint other = 0, total = 0;

  for (guint recorder = 0; recorder < N_RECORDERS; recorder++)
    for (guint seed = 1; seed <= 25; seed++)
      {
        guint n = record ((Recorder) recorder, seed, q, q + 2500);

        for (guint m = PLATEAU_DQDV_SAVITZKY_GOLAY; m <= PLATEAU_DQDV_LEAN; m++)
          {
            /* Counting needs several records a level. */
            if (m == PLATEAU_DQDV_LEAN && recorder != NOISY)
              continue;
            g_autoptr (PlateauDqdvCurve)
                curve = compute (q, q + 2500, n, TRUE, (PlateauDqdvMethod) m, 15e-3);
            guint near = 0;

            CLOSE (trapezoid (curve), curve->capacity, 0.01 * curve->capacity);
            for (guint p = 0; p < curve->n_peaks; p++)
              near += fabs (curve->peaks[p].potential - two_peaks[0].position) < 6e-3
                      || fabs (curve->peaks[p].potential - two_peaks[1].position) < 6e-3;
            total++;
            other += near != 2 || curve->n_peaks != 2;
            if (near != 2 || curve->n_peaks != 2)
              g_test_message ("recorder %u seed %u method %u: %u peaks, %u near", recorder, seed, m,
                              curve->n_peaks, near);
          }
      }
  /* One branch in a hundred may show a chance peak. */
  g_test_message ("%u of %u branches with other peaks", other, total);
  g_assert_cmpuint (100 * other, <=, total);
}

/* A straight line of few records has no peaks, at its ends neither. */
static void
test_flat (void)
{
  double q[40], v[40];

  for (guint seed = 1; seed <= 100; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);

      for (guint i = 0; i < 40; i++)
        {
          q[i] = i + 1;
          v[i] = 3 + 1.2 * (i + 1) / 40 + 1e-4 * normal (random);
        }
      g_autoptr (PlateauDqdvCurve)
          curve = compute (q, v, 40, TRUE, PLATEAU_DQDV_SAVITZKY_GOLAY, 15e-3);
      g_assert_cmpuint (curve->n_peaks, ==, 0);
    }
}

static void
test_grid (void)
{
  g_autofree double *q = g_new (double, 4000);
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;

  make_branch (TRUE, 2000, 0.1e-3, 0, 3, q, q + 2000);
  g_autoptr (PlateauDqdvCurve)
      coarse = plateau_dqdv_compute (q, q + 2000, 2000, TRUE, &options, NULL);
  options.step /= 2;
  g_autoptr (PlateauDqdvCurve)
      fine = plateau_dqdv_compute (q, q + 2000, 2000, TRUE, &options, NULL);
  g_assert_cmpuint (coarse->n_peaks, ==, 2);
  g_assert_cmpuint (fine->n_peaks, ==, 2);
  for (guint k = 0; k < 2; k++)
    {
      CLOSE (fine->peaks[k].potential, coarse->peaks[k].potential, 1e-3);
      CLOSE (fine->peaks[k].height, coarse->peaks[k].height, 0.03 * coarse->peaks[k].height);
    }
}

static void
test_inverse (void)
{
  g_autofree double *q = g_new (double, 4000);
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;

  make_branch (TRUE, 2000, 0, 0, 3, q, q + 2000);
  options.inverse = TRUE;
  g_autoptr (PlateauDqdvCurve)
      curve = plateau_dqdv_compute (q, q + 2000, 2000, TRUE, &options, NULL);
  g_assert_cmpuint (curve->n_inverse, ==, 1000);
  for (guint i = 30; i < 970; i++)
    {
      double v = potential_at (curve->charge_passed[i], two_peaks, 2), dqdv = BACKGROUND;
      for (guint k = 0; k < 2; k++)
        {
          double z = (v - two_peaks[k].position) / two_peaks[k].sigma;
          dqdv += two_peaks[k].area / two_peaks[k].sigma / sqrt (2 * G_PI) * exp (-0.5 * z * z);
        }
      CLOSE (curve->dvdq[i], 1 / dqdv, 0.08 / dqdv);
    }
}

static void
test_fit (void)
{
  g_autofree double *q = g_new (double, 4000);
  const double start[] = { 3.74, 4.03 };

  make_branch (FALSE, 2000, 0.2e-3, 0, 5, q, q + 2000);
  g_autoptr (PlateauDqdvCurve)
      curve = compute (q, q + 2000, 2000, FALSE, PLATEAU_DQDV_SAVITZKY_GOLAY, 10e-3);
  for (int shape = 0; shape < 2; shape++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauDqdvFit)
          fit = plateau_dqdv_fit (curve, start, 2, NAN, NAN, (PlateauPeakShape) shape, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (fit->n_peaks, ==, 2);
      for (guint k = 0; k < 2; k++)
        {
          CLOSE (fit->peaks[k].potential, two_peaks[k].position, 1e-3);
          CLOSE (fit->peaks[k].area, two_peaks[k].area, 0.02 * two_peaks[k].area);
          g_assert_cmpfloat (fit->peaks[k].potential_stderr, >, 0);
          g_assert_cmpfloat (fit->peaks[k].potential_stderr, <, 1e-3);
        }
      CLOSE (fit->baseline + fit->slope * 3.9, BACKGROUND, 0.2);
    }
  g_autoptr (PlateauDqdvFit)
      found = plateau_dqdv_fit (curve, NULL, 0, NAN, NAN, PLATEAU_PEAK_PSEUDO_VOIGT, NULL);
  g_assert_cmpuint (found->n_peaks, ==, 2);
}

static void
test_track_and_mean (void)
{
  g_autoptr (GPtrArray)
      curves = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_dqdv_curve_unref);
  g_autofree double *q = g_new (double, 4000);

  for (guint i = 0; i < 10; i++)
    {
      PlateauDqdvCurve *curve;
      make_branch (TRUE, 2000, 0, 0, 5, q, q + 2000);
      for (guint k = 0; k < 2000; k++)
        q[2000 + k] += 0.01 * i;
      curve = compute (q, q + 2000, 2000, TRUE, PLATEAU_DQDV_SAVITZKY_GOLAY, 10e-3);
      curve->cycle = i + 1;
      g_ptr_array_add (curves, curve);
    }
  g_autoptr (GPtrArray) tracks = plateau_dqdv_track (curves, 0.05);
  g_assert_cmpuint (tracks->len, ==, 2);
  for (guint t = 0; t < 2; t++)
    {
      GArray *track = g_ptr_array_index (tracks, t);
      g_assert_cmpuint (track->len, ==, 10);
      for (guint i = 0; i < 10; i++)
        g_assert_cmpuint (g_array_index (track, PlateauDqdvTrackPoint, i).peak, ==, t);
    }
  /* The fitted values of the table move with the peaks, 10 mV a cycle. */
  g_autoptr (PlateauTable) table = plateau_dqdv_peaks_table (curves, 2e-6, 0.62);
  int fitted = plateau_table_find_column (table, "fitted_potential_V");
  g_assert_cmpuint (plateau_table_get_n_rows (table), ==, 20);
  for (guint row = 0; row < 20; row++)
    {
      double moved = plateau_table_get_number (table, row, (guint) fitted) - 0.62
                     - 0.01 * (row / 2);
      CLOSE (moved, two_peaks[row % 2].position, 2e-3);
    }
  PlateauDqdvCurve *pair[] = { curves->pdata[0], curves->pdata[0] };
  const double scales[] = { 1, 3 };
  g_autoptr (PlateauDqdvMean) mean = plateau_dqdv_mean (pair, scales, 2);
  g_autoptr (PlateauDqdvMean) single = plateau_dqdv_mean (pair, NULL, 1);
  g_autoptr (PlateauDqdvMean) difference = plateau_dqdv_difference (mean, single);
  g_assert_cmpuint (mean->n, ==, pair[0]->n);
  for (guint i = 0; i < mean->n; i++)
    {
      CLOSE (mean->mean[i], 2 * pair[0]->dqdv[i], 1e-9 + 1e-9 * fabs (pair[0]->dqdv[i]));
      CLOSE (mean->sd[i], G_SQRT2 * fabs (pair[0]->dqdv[i]), 1e-9 + 1e-6 * fabs (pair[0]->dqdv[i]));
      CLOSE (difference->mean[i], pair[0]->dqdv[i], 1e-9 + 1e-9 * fabs (pair[0]->dqdv[i]));
    }
}

/* A slope and a plateau with a known share, and a curve that has none. */
static void
test_plateau_share (void)
{
  for (int i = 0; i < 5; i++)
    {
      double share = 0.4 + 0.08 * i;
      const Gauss peaks[] = { { 10 * (1 - share), 3.9, 0.1 }, { 10 * share, 4.55, 0.03 } };
      SimulatedTest t = simulated_test_new ();
      g_autoptr (GRand) random = g_rand_new_with_seed ((guint) i + 1);
      for (int k = 1; k <= 3000; k++)
        {
          double q = 10.0 * k / 3001, a = 3, b = 5;
          for (int step = 0; step < 60; step++)
            {
              double v = 0.5 * (a + b), sum = 0;
              for (int p = 0; p < 2; p++)
                sum += peaks[p].area * 0.5
                       * (1 + erf ((v - peaks[p].position) / (peaks[p].sigma * G_SQRT2)));
              if (sum < q)
                a = v;
              else
                b = v;
            }
          simulated_test_add (&t, 10, a + 1e-3 * (g_rand_double (random) - 0.5), 1e-3, 10.0 / 3001);
        }
      simulated_test_ramp (&t, -8, 1e-3, 4.3, 2.5, 100);
      g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
      g_autoptr (PlateauCycles) cycles = plateau_cycles_analyse (recording, NULL, NULL, NULL);
      double potential;
      CLOSE (plateau_cycles_plateau_share (cycles, recording, NULL, &potential), share, 0.01);
      g_assert_cmpfloat (potential, >, 4.1);
      g_assert_cmpfloat (potential, <, 4.5);
      PlateauCyclesOptions by_hand = PLATEAU_CYCLES_OPTIONS_INIT;
      by_hand.plateau_potential = 4.4;
      CLOSE (plateau_cycles_plateau_share (cycles, recording, &by_hand, NULL), share, 0.01);
    }
  SimulatedTest t = simulated_test_new ();
  simulated_test_ramp (&t, 8, 1e-3, 3, 4.3, 1000);
  simulated_test_ramp (&t, -8, 1e-3, 4.3, 2.5, 100);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_autoptr (PlateauCycles) cycles = plateau_cycles_analyse (recording, NULL, NULL, NULL);
  g_assert_true (isnan (plateau_cycles_plateau_share (cycles, recording, NULL, NULL)));
}

/* Curves and peaks are worked out once for an input and its settings, whatever asks for them. */
static void
test_shared (void)
{
  const guint cycles[] = { 1 };
  PlateauDqdvOptions options = PLATEAU_DQDV_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  SimulatedTest t = simulated_test_new ();

  simulated_test_ramp (&t, 8, 1e-3, 3, 4.3, 1000);
  simulated_test_ramp (&t, -8, 1e-3, 4.3, 2.5, 1000);
  g_autoptr (PlateauRecording) recording = simulated_test_end (&t, FALSE);
  g_autoptr (PlateauMeasurement)
      m = plateau_measurement_new (plateau_source_new (NULL, "ramp", 1, 0));
  plateau_measurement_set_recording (m, recording);
  plateau_measurement_set_kinds (m, PLATEAU_KIND_CYCLING);
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauCell) cell = plateau_cell_new ("cell");
  plateau_cell_add_measurement (cell, m);
  g_object_set (cell, "active-mass", 2e-6, NULL);
  plateau_project_add_cell (project, cell);
  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  g_autoptr (PlateauCache) cache = plateau_cache_new (1 << 24);
  PlateauPlotContext context = { .study = study, .cache = cache, .cycles = "1" };
  const PlateauStudyCell *own = plateau_study_get_cell (study, 0);

  g_autoptr (GPtrArray) first = plateau_plot_get_dqdv (&context, own, cycles, 1, &options, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) again = plateau_plot_get_dqdv (&context, own, cycles, 1, &options, NULL);
  g_autoptr (PlateauTable)
      table = plateau_plot_get_dqdv_peaks (&context, own, cycles, 1, &options, NULL);
  g_autoptr (PlateauTable)
      same = plateau_plot_get_dqdv_peaks (&context, own, cycles, 1, &options, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  g_assert_true (first == again);
  g_assert_nonnull (table);
  g_assert_true (table == same);
  options.window *= 2;
  g_autoptr (GPtrArray) other = plateau_plot_get_dqdv (&context, own, cycles, 1, &options, NULL);
  g_autoptr (PlateauTable)
      changed = plateau_plot_get_dqdv_peaks (&context, own, cycles, 1, &options, NULL);
  g_assert_true (other != first);
  g_assert_true (changed != table);
}

static void
test_odd_input (void)
{
  double q[300], v[300];
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (int i = 0; i < 300; i++)
    {
      q[i] = i;
      v[i] = 3;
    }
  g_assert_null (plateau_dqdv_compute (q, v, 300, TRUE, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
  g_clear_error (&error);
  g_assert_null (plateau_dqdv_compute (q, v, 3, TRUE, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
  /* A plateau of two levels, and a potential that jumps over kilovolts. */
  for (int scenario = 0; scenario < 2; scenario++)
    for (int method = 0; method < 4; method++)
      {
        for (int i = 0; i < 300; i++)
          v[i] = scenario == 0 ? 3 + 1e-3 * (i % 2) : 1e4 * g_rand_double (random);
        g_autoptr (PlateauDqdvCurve)
            curve = compute (q, v, 300, TRUE, (PlateauDqdvMethod) method, 15e-3);
        g_test_message ("scenario %d method %d: %u points, %g to %g V, integral %g", scenario,
                        method, curve->n, curve->potential[0], curve->potential[curve->n - 1],
                        curve->integral);
        CLOSE (trapezoid (curve), 299, 1);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dqdv/closed-form", test_closed_form);
  g_test_add_func ("/dqdv/uneven-feet", test_uneven_feet);
  g_test_add_func ("/dqdv/noise", test_noise);
  g_test_add_func ("/dqdv/recorders", test_recorders);
  g_test_add_func ("/dqdv/flat", test_flat);
  g_test_add_func ("/dqdv/grid", test_grid);
  g_test_add_func ("/dqdv/inverse", test_inverse);
  g_test_add_func ("/dqdv/fit", test_fit);
  g_test_add_func ("/dqdv/track-and-mean", test_track_and_mean);
  g_test_add_func ("/dqdv/plateau-share", test_plateau_share);
  g_test_add_func ("/dqdv/shared", test_shared);
  g_test_add_func ("/dqdv/odd-input", test_odd_input);
  return g_test_run ();
}
