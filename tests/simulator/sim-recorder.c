/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-recorder.h"

#include <math.h>
#include <string.h>

static const char head[] = "Test Time / s,Voltage / V,Current / A,Charging Capacity / Ah,"
                           "Discharging Capacity / Ah,Cycle Count / 1,Step Count / 1,"
                           "Temperature T1 / degC\n";

/**
 * sim_recorder_new:
 * @reference_offset: V, the reference electrode against Li+/Li; the file is against the reference
 * @temperature: K
 */
SimRecorder *
sim_recorder_new (const SimInstrument *instrument, guint32 seed, double reference_offset,
                  double temperature)
{
  SimRecorder *recorder = g_new0 (SimRecorder, 1);
  recorder->instrument = *instrument;
  recorder->random = g_rand_new_with_seed (seed);
  recorder->text = g_string_new (head);
  recorder->reference_offset = reference_offset;
  recorder->temperature = temperature;
  recorder->cycle = 1;
  return recorder;
}

void
sim_recorder_free (SimRecorder *recorder)
{
  if (recorder == NULL)
    return;
  g_rand_free (recorder->random);
  g_string_free (recorder->text, TRUE);
  g_free (recorder);
}

/* Box and Muller. */
double
sim_recorder_gauss (GRand *random)
{
  double radius = sqrt (-2 * log (1 - g_rand_double (random)));
  return radius * cos (2 * G_PI * g_rand_double (random));
}

/* The capacity counters of a cycler start again with each cycle. */
void
sim_recorder_begin_cycle (SimRecorder *recorder)
{
  if (recorder->cycling)
    recorder->cycle++;
  recorder->cycling = TRUE;
  recorder->charge = recorder->discharge = 0;
}

void
sim_recorder_begin_step (SimRecorder *recorder)
{
  recorder->step++;
}

void
sim_recorder_pass (SimRecorder *recorder, double seconds, double current)
{
  recorder->time += seconds;
  if (current > 0)
    recorder->charge += current * seconds;
  else
    recorder->discharge -= current * seconds;
}

/* Rounds to the last decimal the instrument has; trailing zeros are left out. */
static void
append (GString *text, double value, int decimals, char end)
{
  static const double powers[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  char digits[40];
  gint64 counts = llround (value * powers[decimals]);
  guint64 rest = counts < 0 ? -(guint64) counts : (guint64) counts;
  int at = sizeof digits;
  gboolean significant = FALSE;
  for (int place = 0; place < decimals || place == decimals || rest > 0; place++, rest /= 10)
    {
      if (place == decimals && significant)
        digits[--at] = '.';
      significant = significant || rest % 10 != 0 || place >= decimals;
      if (significant)
        digits[--at] = (char) ('0' + rest % 10);
    }
  if (counts < 0)
    digits[--at] = '-';
  g_string_append_len (text, digits + at, (gssize) sizeof digits - at);
  g_string_append_c (text, end);
}

/**
 * sim_recorder_write:
 * @potential: V vs Li+/Li, the truth
 * @current: A
 * @exact: the potential is a limit that the cycler controls: no noise
 */
void
sim_recorder_write (SimRecorder *recorder, double potential, double current, gboolean exact)
{
  const SimInstrument *instrument = &recorder->instrument;
  double seen = potential - recorder->reference_offset;
  if (!exact)
    seen += instrument->potential_noise * sim_recorder_gauss (recorder->random);
  double amperes = current;
  if (current != 0)
    amperes += instrument->current_noise * sim_recorder_gauss (recorder->random);
  append (recorder->text, recorder->time, 2, ',');
  append (recorder->text, seen, instrument->potential_decimals, ',');
  append (recorder->text, amperes, instrument->current_decimals, ',');
  append (recorder->text, recorder->charge / 3600, instrument->charge_decimals, ',');
  append (recorder->text, recorder->discharge / 3600, instrument->charge_decimals, ',');
  append (recorder->text, recorder->cycle, 0, ',');
  append (recorder->text, recorder->step, 0, ',');
  append (recorder->text, recorder->temperature - 273.15, 2, '\n');
}
