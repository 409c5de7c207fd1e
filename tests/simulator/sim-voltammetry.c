/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-test.h"

#include <math.h>

/* Cyclic voltammetry of an electrode whose redox processes follow the potential behind one
 * polarisation resistance: R i = E - U(y). The resistance is met from the separation of the
 * peaks. */
typedef struct
{
  const SimCell *cell;
  double resistance; /* V per mA/g */
  double y;
  double anodic; /* how far the electrode has come over to the charge curve, 0 .. 1 */
} Sweep;

#define STEP 0.002 /* V */
#define TURN 0.08  /* V after a turning point, over which hysteresis turns over */

static double
fraction_at (const Sweep *sweep, double potential)
{
  return sweep->anodic * sim_curve_fraction (sweep->cell->curve, TRUE, potential)
         + (1 - sweep->anodic) * sim_curve_fraction (sweep->cell->curve, FALSE, potential);
}

/* One backward step: the potential of the electrode after @seconds at @applied. */
static double
advance (Sweep *sweep, gboolean charge, double applied, double seconds)
{
  const SimCell *cell = sweep->cell;
  double low = SIM_CURVE_LOW, high = SIM_CURVE_LOW + SIM_CURVE_STEP * (SIM_CURVE_POINTS - 1);
  sweep->anodic += ((charge ? 1 : 0) - sweep->anodic) * STEP / TURN;
  double gain = seconds / 3600 / (sweep->resistance * cell->capacity);
  for (guint i = 0; i < 40; i++)
    {
      double v = (low + high) / 2;
      double left = fraction_at (sweep, v) + gain * v;
      if (left < sweep->y + gain * applied)
        low = v;
      else
        high = v;
    }
  double before = sweep->y, v = (low + high) / 2;
  sweep->y = fraction_at (sweep, v);
  return (sweep->y - before) * cell->capacity * 3600 / seconds; /* mA/g */
}

/* The separation of the highest peaks in the second cycle, the anodic one below @limit. */
static double
separation (const SimCell *cell, double resistance, double rate, double limit)
{
  Sweep sweep = { cell, resistance, sim_curve_fraction (cell->curve, FALSE, cell->low), 0 };
  double anodic = 0, cathodic = 0, most = 0, least = 0, seconds = STEP / rate;
  for (guint cycle = 0; cycle < 2; cycle++)
    {
      for (double e = cell->low; e <= cell->high; e += STEP)
        {
          double i = advance (&sweep, TRUE, e, seconds);
          if (cycle == 1 && i > most && e < limit)
            {
              most = i;
              anodic = e;
            }
        }
      for (double e = cell->high; e >= cell->low; e -= STEP)
        {
          double i = advance (&sweep, FALSE, e, seconds);
          if (cycle == 1 && i < least && e < limit)
            {
              least = i;
              cathodic = e;
            }
        }
    }
  return anodic - cathodic;
}

static double
solve_resistance (const SimCell *cell, double rate, double limit, double wanted)
{
  double low = 1e-5, high = 0.1;
  for (guint i = 0; i < 30; i++)
    {
      double middle = sqrt (low * high);
      if (separation (cell, middle, rate, limit) < wanted)
        low = middle;
      else
        high = middle;
    }
  return sqrt (low * high);
}

static void
record_sweep (SimTest *test, SimRecorder *recorder, Sweep *sweep, gboolean charge, double rate)
{
  double from = charge ? sweep->cell->low : sweep->cell->high;
  double span = sweep->cell->high - sweep->cell->low, step = charge ? STEP : -STEP;
  guint n = (guint) lround (span / STEP);
  sim_recorder_begin_step (recorder);
  for (guint i = 1; i <= n; i++)
    {
      double current = advance (sweep, charge, from + i * step, STEP / rate) * test->mass * 1e-6;
      sim_recorder_pass (recorder, STEP / rate, current);
      sim_recorder_write (recorder, from + i * step, current, TRUE);
    }
}

/* Two cycles at one scan rate, in a file of their own. */
static gboolean
record_rate (SimTest *test, Sweep *sweep, double rate, GError **error)
{
  g_autoptr (SimRecorder) recorder = sim_recorder_new (
      &test->instrument, test->seed + test->replicate, test->reference_offset, test->temperature);
  g_autofree char *suffix = g_strdup_printf ("_cv_%g-mV-s.bdf.csv", rate * 1e3);
  sweep->anodic = 0;
  sweep->y = fraction_at (sweep, sweep->cell->low);
  for (guint cycle = 0; cycle < 2; cycle++)
    {
      sim_recorder_begin_cycle (recorder);
      record_sweep (test, recorder, sweep, TRUE, rate);
      record_sweep (test, recorder, sweep, FALSE, rate);
    }
  return sim_test_write (test, suffix, recorder->text, error);
}

/**
 * sim_voltammetry_run:
 *
 * Two cycles at each of the test's scan rates; the separation of the peaks is that of the first.
 */
gboolean
sim_voltammetry_run (SimTest *test, GError **error)
{
  SimParameters *p = test->parameters;
  SimCell cell;
  if (!sim_test_make_cell (test, &cell, error))
    return FALSE;
  JsonArray *rates = sim_list (p, "scan_rates_mV_s");
  double wanted = sim_number (p, "separation_V") * (1 + sim_test_scatter (test, "separation"));
  gboolean done = rates != NULL;
  Sweep sweep = { .cell = &cell };
  if (done)
    sweep.resistance = solve_resistance (&cell, 1e-3 * json_array_get_double_element (rates, 0),
                                         sim_number_or (p, "peak_below_V", cell.high), wanted);
  for (guint i = 0; done && i < json_array_get_length (rates); i++)
    done = record_rate (test, &sweep, 1e-3 * json_array_get_double_element (rates, i), error);
  sim_test_clear_cell (&cell);
  return done;
}
