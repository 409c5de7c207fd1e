/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-recording.h"

#include <math.h>

/* Small recordings whose capacities, potentials and times are known exactly: a linear potential
 * between two limits, constant currents, optional rests and holds. */
typedef struct
{
  GArray *time, *potential, *current, *charge, *cycle;
  double now, passed, instrument_cycle;
} SimulatedTest;

static inline void
simulated_test_add (SimulatedTest *t, double dt, double potential, double current, double dq)
{
  t->now += dt;
  t->passed += dq;
  g_array_append_val (t->time, t->now);
  g_array_append_val (t->potential, potential);
  g_array_append_val (t->current, current);
  g_array_append_val (t->charge, t->passed);
  g_array_append_val (t->cycle, t->instrument_cycle);
}

static inline SimulatedTest
simulated_test_new (void)
{
  SimulatedTest t = { 0 };
  t.time = g_array_new (FALSE, FALSE, sizeof (double));
  t.potential = g_array_new (FALSE, FALSE, sizeof (double));
  t.current = g_array_new (FALSE, FALSE, sizeof (double));
  t.charge = g_array_new (FALSE, FALSE, sizeof (double));
  t.cycle = g_array_new (FALSE, FALSE, sizeof (double));
  t.instrument_cycle = 1;
  /* A first record at rest: charge is counted from it. */
  simulated_test_add (&t, 0, 3, 0, 0);
  return t;
}

/* @charge in C, signed, at constant @current (magnitude) from @from to @to volts in @n records. */
static inline void
simulated_test_ramp (SimulatedTest *t, double charge, double current, double from, double to,
                     guint n)
{
  for (guint i = 1; i <= n; i++)
    simulated_test_add (t, fabs (charge) / current / n, from + (to - from) * i / n,
                        charge > 0 ? current : -current, charge / n);
}

static inline void
simulated_test_rest (SimulatedTest *t, double duration, double potential, guint n)
{
  for (guint i = 0; i < n; i++)
    simulated_test_add (t, duration / n, potential, 0, 0);
}

static inline PlateauRecording *
simulated_test_end (SimulatedTest *t, gboolean with_cycle)
{
  PlateauRecordingBuilder *builder = plateau_recording_builder_new ();
  PlateauRecordingRules rules = { 0 };
  GArray *arrays[] = { t->time, t->potential, t->current, t->charge, t->cycle };
  const PlateauQuantity quantities[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_POTENTIAL,
                                         PLATEAU_QUANTITY_CURRENT,
                                         PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE,
                                         PLATEAU_QUANTITY_CYCLE };
  guint columns = with_cycle ? 5 : 4;
  PlateauRecording *recording;
  GError *error = NULL;

  for (guint k = 0; k < columns; k++)
    plateau_recording_builder_add_column (builder, quantities[k], NULL, NULL);
  for (guint k = 0; k < 5; k++)
    {
      gsize n = arrays[k]->len;
      double *values = (double *) (gpointer) g_array_free (arrays[k], FALSE);
      if (k < columns)
        plateau_recording_builder_take_column (builder, k, values, n);
      else
        g_free (values);
    }
  recording = plateau_recording_builder_finish (builder, &rules, NULL, &error);
  plateau_recording_builder_free (builder);
  g_assert_no_error (error);
  return recording;
}
