/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-table.h"
#include "sim-test.h"

#include <math.h>
#include <string.h>

/* GITT: current pulses and rests. The potential during a pulse is the equilibrium curve, an ohmic
 * and charge-transfer step, and a diffusion polarisation that grows with the square root of time
 * and fades within the rest: a finite diffusion layer, its size such that the formula of Weppner
 * and Huggins with the test's contact area gives the wanted coefficient. */
typedef struct
{
  SimTest *test;
  SimCell cell;
  SimCurve *curve;
  SimRecorder *recorder;
  SimTable diffusion, resistance;
  gboolean charge;
  double current;            /* mA/g */
  double pulse, rest, layer; /* s; the time constant of the layer */
  double length;             /* cm: volume of the material over its contact area */
  double per_pulse;          /* fraction of the capacity */
  double resistance_scale;
} Titration;

/* The share of its final polarisation that a layer of time constant 1 has at @time: the step
 * response of a finite-length Warburg element. */
static double
layer_response (double time)
{
  double sum = 0;
  if (time <= 0)
    return 0;
  for (guint k = 1; k < 400; k += 2)
    sum += exp (-(double) k * k * G_PI * G_PI / 4 * time) / ((double) k * k);
  return 1 - 8 / (G_PI * G_PI) * sum;
}

static double
equilibrium (const Titration *t, double y)
{
  return sim_curve_potential (t->curve, t->charge, y);
}

/* V of diffusion polarisation when the layer is filled, for the pulse that begins at @y. */
static double
layer_height (const Titration *t, double y)
{
  double sign = t->charge ? 1 : -1;
  double step = fabs (equilibrium (t, y + sign * t->per_pulse) - equilibrium (t, y));
  double d = sim_table_at (&t->diffusion, equilibrium (t, y));
  double during = step * 2 * t->length / sqrt (G_PI * t->pulse * d);
  return MAX (during - step, 0) / layer_response (t->pulse / t->layer);
}

static double
step_of (const Titration *t, double y)
{
  return t->resistance_scale * t->current * 1e-3
         * sim_table_at (&t->resistance, equilibrium (t, y));
}

/* Record times: close together after each change of the current. */
static double
next_time (double time)
{
  return time < 1 ? time + 0.2 : time < 10 ? time + 3 : time < 60 ? time + 10 : time * 1.18;
}

static void
record_pulse (Titration *t, double y, gboolean with_current)
{
  double sign = t->charge ? 1 : -1, height = layer_height (t, y), step = step_of (t, y);
  double duration = with_current ? t->pulse : t->rest;
  double amperes = with_current ? sign * t->current * t->test->mass * 1e-6 : 0, passed = 0;
  sim_recorder_begin_step (t->recorder);
  for (double time = 0.05;; time = MIN (next_time (time), duration))
    {
      double share = with_current ? time / t->pulse : 1;
      double layer = with_current ? layer_response (time / t->layer)
                                  : layer_response ((time + t->pulse) / t->layer)
                                        - layer_response (time / t->layer);
      double potential = equilibrium (t, y + sign * t->per_pulse * share)
                         + sign * (height * layer + (with_current ? step : 0));
      sim_recorder_pass (t->recorder, time - passed, amperes);
      sim_recorder_write (t->recorder, potential, amperes, FALSE);
      passed = time;
      if (time >= duration)
        break;
    }
}

static double
overpotential (const Titration *t, double y)
{
  return step_of (t, y) + layer_height (t, y) * layer_response (t->pulse / t->layer);
}

/* The resistances are scaled so that the largest overpotential is the wanted one. */
static void
solve_resistance (Titration *t, double from, double to, double wanted)
{
  double sign = t->charge ? 1 : -1, low = 0, high = 100;
  for (guint i = 0; i < 50; i++)
    {
      double most = 0;
      t->resistance_scale = (low + high) / 2;
      for (double y = from; sign * (to - y) >= t->per_pulse; y += sign * t->per_pulse)
        most = MAX (most, overpotential (t, y));
      if (most < wanted)
        low = t->resistance_scale;
      else
        high = t->resistance_scale;
    }
}

static void
run_direction (Titration *t, double from, double to)
{
  double sign = t->charge ? 1 : -1;
  sim_recorder_begin_step (t->recorder);
  for (guint i = 0; i < 3; i++)
    {
      sim_recorder_pass (t->recorder, 60, 0);
      sim_recorder_write (t->recorder, equilibrium (t, from), 0, FALSE);
    }
  for (double y = from; sign * (to - y) >= t->per_pulse; y += sign * t->per_pulse)
    {
      record_pulse (t, y, TRUE);
      record_pulse (t, y, FALSE);
    }
}

static gboolean
read_titration (Titration *t, SimTest *test, GError **error)
{
  SimParameters *p = test->parameters;
  if (!sim_test_make_cell (test, &t->cell, error))
    return FALSE;
  t->test = test;
  t->charge = strcmp (sim_text (p, "direction", "charge"), "charge") == 0;
  t->curve = t->charge && t->cell.first_charge != NULL ? t->cell.first_charge : t->cell.curve;
  t->current = sim_test_current (test, sim_number (p, "pulse_c_rate"));
  t->pulse = sim_number (p, "pulse_s");
  t->rest = sim_number (p, "rest_s");
  t->layer = sim_number (p, "layer_s");
  t->length = sim_number (p, "molar_volume_cm3_mol") / sim_number (p, "molar_mass_g_mol")
              / (1e4 * sim_number (p, "contact_m2_g"));
  t->per_pulse = t->current * t->pulse / 3600 / sim_number (p, "titrated_mAh_g");
  t->resistance_scale = 1;
  sim_table_read (&t->diffusion, p, p->scopes[0], "diffusion_cm2_s", "at");
  sim_table_read (&t->resistance, p, p->scopes[0], "step_ohm_g", "at");
  return p->error == NULL;
}

/**
 * sim_gitt_run:
 *
 * Pulses over the window in one direction.
 */
gboolean
sim_gitt_run (SimTest *test, GError **error)
{
  Titration t = { NULL };
  if (!read_titration (&t, test, error))
    return FALSE;
  SimParameters *p = test->parameters;
  double low = sim_number_or (p, "titration_low_V", t.cell.low);
  double high = sim_number_or (p, "titration_high_V", t.cell.high);
  double bottom = sim_curve_fraction (t.curve, t.charge, low);
  double top = sim_curve_fraction (t.curve, t.charge, high);
  double wanted = sim_number_or (p, "overpotential_mV", 0) * 1e-3;
  double from = t.charge ? bottom : top, to = t.charge ? top : bottom;
  if (wanted > 0)
    solve_resistance (&t, from, to, wanted);
  g_autoptr (SimRecorder) recorder = sim_recorder_new (
      &test->instrument, test->seed + test->replicate, test->reference_offset, test->temperature);
  t.recorder = recorder;
  sim_recorder_begin_cycle (recorder);
  run_direction (&t, from, to);
  gboolean done = sim_test_write (test, "_gitt.bdf.csv", recorder->text, error);
  sim_test_clear_cell (&t.cell);
  return done;
}
