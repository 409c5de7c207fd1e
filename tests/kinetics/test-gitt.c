/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/plateau-gitt.h"
#include "base/plateau-error.h"
#include "../unit/simulated-test.h"

#include <string.h>

/* Pulses of a cell whose particles are slabs or spheres, solved by finite volumes: 1 A, linear
 * potential curve, ohmic drop, a charge transfer that follows within seconds. */
#define NODES 120
#define CAPACITY 3600.0 /* C of the whole range of composition */
#define CURVE 0.8       /* V per range */
#define OHMIC 0.02      /* V at 1 A */
#define TRANSFER 0.03   /* V at 1 A */
#define TRANSFER_TIME 1.0
#define RESOLUTION 1e-4 /* V: sixteen bits over some 6 V, as common cyclers have */

typedef struct
{
  gboolean sphere;
  double length; /* slab: thickness; sphere: radius */
  double diffusion;
  double edge[NODES + 1], volume[NODES], area[NODES + 1], c[NODES];
} Particle;

static void
particle_init (Particle *p, gboolean sphere, double length, double diffusion)
{
  double ratio = 1.06, sum = 0, step = 1;
  memset (p, 0, sizeof *p);
  p->sphere = sphere;
  p->length = length;
  p->diffusion = diffusion;
  for (guint i = 0; i < NODES; i++, step *= ratio)
    sum += step;
  /* Fine at the surface, which lies at the last edge. */
  step = length / sum;
  p->edge[NODES] = length;
  for (guint i = NODES; i > 0; i--, step *= ratio)
    p->edge[i - 1] = i == 1 ? 0 : p->edge[i] - step;
  for (guint i = 0; i <= NODES; i++)
    p->area[i] = sphere ? p->edge[i] * p->edge[i] : 1;
  for (guint i = 0; i < NODES; i++)
    p->volume[i] = sphere ? (pow (p->edge[i + 1], 3) - pow (p->edge[i], 3)) / 3
                          : p->edge[i + 1] - p->edge[i];
}

static double
centre (const Particle *p, guint i)
{
  return 0.5 * (p->edge[i] + p->edge[i + 1]);
}

/* One implicit step with @flux at the surface; Thomas' algorithm. */
static void
particle_step (Particle *p, double flux, double dt)
{
  double diagonal[NODES], upper[NODES], right[NODES];
  for (guint i = 0; i < NODES; i++)
    {
      double below = i > 0 ? p->diffusion * p->area[i] / (centre (p, i) - centre (p, i - 1)) : 0;
      double above = i + 1 < NODES
                         ? p->diffusion * p->area[i + 1] / (centre (p, i + 1) - centre (p, i))
                         : 0;
      double rest = i + 1 == NODES ? p->area[NODES] * flux : 0;
      diagonal[i] = p->volume[i] / dt + below + above;
      upper[i] = -above;
      right[i] = p->volume[i] / dt * p->c[i] + rest;
      if (i > 0)
        {
          double factor = -below / diagonal[i - 1];
          diagonal[i] -= factor * upper[i - 1];
          right[i] -= factor * right[i - 1];
        }
    }
  for (guint i = NODES; i-- > 0;)
    p->c[i] = (right[i] - (i + 1 < NODES ? upper[i] * p->c[i + 1] : 0)) / diagonal[i];
}

/* The surface: half a cell beyond the last centre, along the gradient that the flux needs. */
static double
surface (const Particle *p, double flux)
{
  return p->c[NODES - 1] + flux * (p->length - centre (p, NODES - 1)) / p->diffusion;
}

typedef struct
{
  Particle particle;
  SimulatedTest test;
  double transfer, noise;
  GRand *random;
} Rig;

/* @duration at @current, in steps that grow after the switch; every step is recorded. */
static void
rig_run (Rig *rig, double current, double duration)
{
  Particle *p = &rig->particle;
  double whole = p->sphere ? pow (p->length, 3) / 3 : p->length;
  double flux = current / CAPACITY * whole / p->area[NODES], time = 0, dt = 0.01;
  while (time < duration - 1e-9)
    {
      double step = MIN (dt, duration - time);
      for (guint i = 0; i < 4; i++)
        particle_step (p, flux, step / 4);
      time += step;
      dt = MIN (dt * 1.12, duration / 60);
      rig->transfer += (current * TRANSFER - rig->transfer) * (1 - exp (-step / TRANSFER_TIME));
      double e = 3.7 + CURVE * surface (p, flux) + current * OHMIC + rig->transfer;
      e += rig->noise * (g_rand_double (rig->random) - 0.5);
      if (rig->noise > 0)
        e = round (e / RESOLUTION) * RESOLUTION;
      simulated_test_add (&rig->test, step, e, current, current * step);
    }
}

static PlateauRecording *
simulate (gboolean sphere, double time_ratio, double tau, double noise)
{
  Rig rig = { .test = simulated_test_new (), .noise = noise, .random = g_rand_new_with_seed (7) };
  /* length so that L^2 / (D tau) is @time_ratio, L a third of the radius of a sphere */
  double length = sqrt (time_ratio * 1e-14 * tau) * (sphere ? 3 : 1);
  particle_init (&rig.particle, sphere, length, 1e-14);
  rig_run (&rig, 0, 600);
  for (guint i = 0; i < 6; i++)
    {
      rig_run (&rig, i < 4 ? 1 : -1, tau);
      rig_run (&rig, 0, 60 * time_ratio * tau);
    }
  g_rand_free (rig.random);
  return simulated_test_end (&rig.test, FALSE);
}

static void
check (gboolean sphere, double time_ratio, PlateauGittMethod method, PlateauGittGeometry geometry,
       double tolerance, gboolean expect_flag)
{
  double tau = 600;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauRecording) recording = simulate (sphere, time_ratio, tau, 2e-4);
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  options.method = method;
  options.geometry = geometry;
  options.radius = 3 * sqrt (time_ratio * 1e-14 * tau);
  options.fit_window = method == PLATEAU_GITT_RELAXATION ? (char *) "20s:300s" : NULL;
  g_autoptr (PlateauGitt) gitt = plateau_gitt_analyse (recording, 1e-6, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gitt->n_pulses, ==, 6);
  g_assert_cmpuint (gitt->n_dropped, ==, 0);
  for (guint i = 0; i < gitt->n_pulses; i++)
    {
      const PlateauGittPulse *pulse = &gitt->pulses[i];
      g_test_message ("L2/(D tau) %g, pulse %u: D %g, ratio %g, r2 %g", time_ratio, pulse->index,
                      pulse->diffusion, pulse->diffusion_time_over_tau, pulse->fit_r2);
      g_assert_cmpfloat_with_epsilon (pulse->duration, tau, 1e-6);
      g_assert_cmpint (pulse->direction, ==, i < 4 ? 1 : -1);
      if (tolerance > 0)
        g_assert_cmpfloat_with_epsilon (pulse->diffusion / 1e-14, 1, tolerance);
      g_assert_cmpint ((pulse->flags & PLATEAU_GITT_FLAG_TOO_LONG) != 0, ==, expect_flag);
    }
  g_assert_true (gitt->pulses[4].flags & PLATEAU_GITT_FLAG_DIRECTION);
  g_assert_false (gitt->pulses[5].flags & PLATEAU_GITT_FLAG_DIRECTION);
}

static void
test_planar (void)
{
  /* The slab's length is given as a third of a radius, so the limit of a sphere's is applied. */
  check (FALSE, 200, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_PLANAR, 0.05, FALSE);
  check (FALSE, 20, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_PLANAR, 0.05, TRUE);
  check (FALSE, 5, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_PLANAR, 0.05, TRUE);
  check (FALSE, 20, PLATEAU_GITT_RELAXATION, PLATEAU_GITT_PLANAR, 0.05, TRUE);
}

static void
test_sphere (void)
{
  check (TRUE, 145, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_PLANAR, 0.05, FALSE);
  check (TRUE, 140, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_SPHERE, 0.05, FALSE);
  check (TRUE, 20, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_SPHERE, 0.05, FALSE);
  check (TRUE, 5, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_SPHERE, 0.05, FALSE);
  check (TRUE, 10, PLATEAU_GITT_SQRT_FIT, PLATEAU_GITT_PLANAR, -1, TRUE);
}

/* The two regimes of the responses meet. */
static void
test_response (void)
{
  for (guint geometry = 0; geometry < 2; geometry++)
    for (double t = 0.029; t < 0.06; t += 1e-4)
      {
        double step = plateau_gitt_response (geometry, t + 1e-4)
                      - plateau_gitt_response (geometry, t);
        g_assert_cmpfloat (step, >, 0);
        g_assert_cmpfloat (step, <, 5e-4);
      }
  g_assert_cmpfloat_with_epsilon (plateau_gitt_response (PLATEAU_GITT_PLANAR, 2), 2 + 1.0 / 3,
                                  1e-6);
  g_assert_cmpfloat_with_epsilon (plateau_gitt_response (PLATEAU_GITT_SPHERE, 1), 3.2, 1e-6);
}

static PlateauGitt *
analyse (SimulatedTest *test, PlateauGittOptions *options, double mass, GError **error)
{
  g_autoptr (PlateauRecording) recording = simulated_test_end (test, FALSE);
  return plateau_gitt_analyse (recording, mass, options, NULL, error);
}

static void
test_dropped (void)
{
  SimulatedTest t = simulated_test_new ();
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  simulated_test_rest (&t, 100, 3.5, 4);
  for (guint i = 0; i < 5; i++)
    {
      simulated_test_ramp (&t, 600, 1, 3.6 + 0.02 * i, 3.65 + 0.02 * i, 20);
      simulated_test_rest (&t, 3600, 3.62 + 0.02 * i, 20);
    }
  simulated_test_ramp (&t, 200, 1, 3.8, 3.9, 20); /* cut by the limit */
  simulated_test_rest (&t, 3600, 3.75, 20);
  simulated_test_ramp (&t, 600, 1, 3.8, 3.9, 20); /* at the end of the file */
  g_autoptr (PlateauGitt) gitt = analyse (&t, &options, NAN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gitt->n_pulses, ==, 5);
  g_assert_cmpuint (gitt->n_dropped, ==, 2);
  g_assert_nonnull (strstr (gitt->dropped[0].reason, "200 s"));
  g_assert_nonnull (strstr (gitt->dropped[1].reason, "rest"));
  /* Relative only, and said so. */
  g_assert_true (isnan (gitt->pulses[0].diffusion));
  g_assert_true (gitt->pulses[1].flags & PLATEAU_GITT_FLAG_RELATIVE);
  g_assert_cmpfloat (gitt->pulses[1].relative_diffusion, >, 0);
  g_assert_true (isnan (gitt->length));
  g_autoptr (PlateauTable) table = plateau_gitt_table (gitt, NAN, 0.62);
  int before = plateau_table_find_column (table, "relaxed_before_V");
  g_assert_cmpfloat_with_epsilon (plateau_table_get_number (table, 1, (guint) before), 4.24, 1e-9);
  g_autoptr (PlateauTable) dropped = plateau_gitt_dropped_table (gitt);
  g_assert_cmpuint (plateau_table_get_n_rows (dropped), ==, 2);
}

static void
test_flat_plateau (void)
{
  SimulatedTest t = simulated_test_new ();
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  options.radius = 1e-6;
  simulated_test_rest (&t, 100, 3.5, 4);
  for (guint i = 0; i < 3; i++)
    {
      simulated_test_ramp (&t, 600, 1, 3.6, 3.65, 20);
      simulated_test_rest (&t, 3600, 3.5, 20);
    }
  g_autoptr (PlateauGitt) gitt = analyse (&t, &options, NAN, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < gitt->n_pulses; i++)
    {
      g_assert_true (gitt->pulses[i].flags & PLATEAU_GITT_FLAG_NO_STEP);
      g_assert_true (isnan (gitt->pulses[i].diffusion));
    }
}

static void
test_wrong_input (void)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  static const char *const bad_windows[] = { "1:0.5", "a:b", "0.5", "10s:1", "0:2", "0.2:0.9x" };
  for (guint i = 0; i < G_N_ELEMENTS (bad_windows); i++)
    {
      g_autoptr (GError) error = NULL;
      SimulatedTest t = simulated_test_new ();
      simulated_test_rest (&t, 100, 3.5, 4);
      options.fit_window = (char *) bad_windows[i];
      g_assert_null (analyse (&t, &options, NAN, &error));
      g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_INVALID);
    }
  options.fit_window = NULL;
  g_autoptr (GError) rest_only = NULL, no_rest = NULL;
  SimulatedTest rests = simulated_test_new ();
  simulated_test_rest (&rests, 100, 3.5, 4);
  g_assert_null (analyse (&rests, &options, NAN, &rest_only));
  g_assert_error (rest_only, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
  SimulatedTest cycling = simulated_test_new ();
  simulated_test_ramp (&cycling, 600, 1, 3.6, 3.65, 20);
  simulated_test_ramp (&cycling, -600, 1, 3.6, 3.65, 20);
  g_assert_null (analyse (&cycling, &options, NAN, &no_rest));
  g_assert_error (no_rest, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
}

static void
test_lengths (void)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  const char *source;
  g_assert_true (isnan (plateau_gitt_length (1e-6, &options, &source)));
  options.specific_area = 550;
  g_assert_true (isnan (plateau_gitt_length (1e-6, &options, &source)));
  options.molar_mass = 0.08187;
  options.molar_volume = 32.13e-6;
  g_assert_cmpfloat_with_epsilon (plateau_gitt_length (NAN, &options, &source), 7.1355e-7, 1e-10);
  options.contact_area = 550 * 6e-6;
  g_assert_true (isnan (plateau_gitt_length (NAN, &options, &source)));
  g_assert_cmpfloat_with_epsilon (plateau_gitt_length (6e-6, &options, &source), 7.1355e-7, 1e-10);
  options.radius = 3e-6;
  g_assert_cmpfloat_with_epsilon (plateau_gitt_length (NAN, &options, &source), 1e-6, 1e-15);
}

/* What a sample says comes before what is said for all, and a formula gives its molar mass. */
static void
test_material (void)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  PlateauStudySample sample = { .molar_mass = NAN,
                                .molar_volume = 19.4e-6,
                                .particle_radius = NAN,
                                .specific_area = 500,
                                .contact_area = NAN,
                                .formula = "LiCoO2",
                                .gitt_geometry = "sphere" };
  options.radius = 5e-6;
  plateau_gitt_take_material (&options, &sample);
  g_assert_true (isnan (options.radius));
  g_assert_cmpfloat_with_epsilon (options.molar_mass, 97.87e-3, 1e-5);
  g_assert_cmpint (options.geometry, ==, PLATEAU_GITT_SPHERE);
  g_assert_cmpfloat_with_epsilon (plateau_gitt_length (NAN, &options, NULL),
                                  19.4e-6 / 97.871e-3 / 500, 1e-11);
  sample.particle_radius = 3e-6;
  plateau_gitt_take_material (&options, &sample);
  g_assert_cmpfloat_with_epsilon (plateau_gitt_length (NAN, &options, NULL), 1e-6, 1e-15);
  plateau_gitt_take_material (&options, NULL);
  g_assert_cmpfloat (options.radius, ==, 3e-6);
  /* The electrode's own area only where it is wanted and nothing better is known. */
  plateau_gitt_take_electrode (&options, 1e-4);
  g_assert_true (isnan (options.contact_area));
  options.radius = options.specific_area = NAN;
  plateau_gitt_take_electrode (&options, 1e-4);
  g_assert_true (isnan (options.contact_area));
  options.geometric = TRUE;
  plateau_gitt_take_electrode (&options, 1e-4);
  g_assert_cmpfloat (options.contact_area, ==, 1e-4);
}

/* Five pulses of 600 C in one direction, each 0.05 of the lithium of a formula unit. */
static PlateauGitt *
titrate (int direction, double start_x, double molar_mass, GError **error)
{
  SimulatedTest t = simulated_test_new ();
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  PlateauStudySample sample = { .molar_mass = molar_mass,
                                .molar_volume = NAN,
                                .particle_radius = 1e-6,
                                .specific_area = NAN,
                                .contact_area = NAN,
                                .formula = "LiCoO2",
                                .gitt_geometry = "" };
  double step = direction * 0.02;
  options.start_x = start_x;
  plateau_gitt_take_material (&options, &sample);
  simulated_test_rest (&t, 100, 3.9, 4);
  for (guint i = 0; i < 5; i++)
    {
      double from = 3.9 + direction * 0.01 + step * i;
      simulated_test_ramp (&t, direction * 600, 1, from, from + direction * 0.05, 20);
      simulated_test_rest (&t, 3600, 3.9 + step * (i + 1), 20);
    }
  return analyse (&t, &options, 600 * options.formula_mass / (0.05 * 96485.33212), error);
}

static void
test_composition (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauGitt) charged = titrate (1, NAN, NAN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (charged->n_pulses, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (charged->pulses[i].composition, 1 - 0.05 * i, 1e-6);
  g_assert_null (charged->remark);
  /* Discharged from an unknown state: not guessed; said, it is known. */
  g_autoptr (PlateauGitt) unknown = titrate (-1, NAN, NAN, &error);
  for (guint i = 0; i < 5; i++)
    g_assert_true (isnan (unknown->pulses[i].composition));
  g_assert_nonnull (strstr (unknown->composition_source, "Li at the start"));
  g_autoptr (PlateauGitt) said = titrate (-1, 0.5, NAN, &error);
  g_assert_cmpfloat_with_epsilon (said->pulses[4].composition, 0.7, 1e-6);
  /* zhang2023's molar mass: remarked on, the composition still by the formula. */
  g_autoptr (PlateauGitt) other = titrate (1, NAN, 81.87e-3, &error);
  g_assert_nonnull (strstr (other->remark, "0.70"));
  g_assert_cmpfloat_with_epsilon (other->pulses[4].composition, 0.8, 1e-6);
  for (guint i = 0; i < 5; i++)
    {
      const PlateauGittPulse *pulse = &charged->pulses[i];
      g_assert_cmpfloat_with_epsilon (pulse->total_resistance, pulse->overpotential, 1e-9);
      g_assert_cmpfloat_with_epsilon (pulse->ir_drop + pulse->charge_transfer,
                                      pulse->fit_intercept - pulse->relaxed_before, 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gitt/planar", test_planar);
  g_test_add_func ("/gitt/sphere", test_sphere);
  g_test_add_func ("/gitt/response", test_response);
  g_test_add_func ("/gitt/dropped", test_dropped);
  g_test_add_func ("/gitt/flat-plateau", test_flat_plateau);
  g_test_add_func ("/gitt/wrong-input", test_wrong_input);
  g_test_add_func ("/gitt/lengths", test_lengths);
  g_test_add_func ("/gitt/material", test_material);
  g_test_add_func ("/gitt/composition", test_composition);
  return g_test_run ();
}
