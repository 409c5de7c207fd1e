/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a cycler does to the truth before it is in a file: noise, finite resolution, counters,
 * records triggered by a change of potential or of capacity. */
typedef struct
{
  int potential_decimals, current_decimals, charge_decimals; /* of V, A, Ah */
  double potential_noise, current_noise;                     /* V, A */
} SimInstrument;

typedef struct
{
  SimInstrument instrument;
  GRand *random;
  GString *text; /* Battery Data Format csv */
  double reference_offset;
  double temperature;       /* K */
  double time;              /* s */
  double charge, discharge; /* C in this cycle */
  guint cycle, step;
  gboolean cycling; /* the first cycle has begun; rests before it belong to it */
} SimRecorder;

SimRecorder *sim_recorder_new (const SimInstrument *instrument, guint32 seed,
                               double reference_offset, double temperature);
void sim_recorder_free (SimRecorder *recorder);
double sim_recorder_gauss (GRand *random);
void sim_recorder_begin_cycle (SimRecorder *recorder);
void sim_recorder_begin_step (SimRecorder *recorder);
void sim_recorder_pass (SimRecorder *recorder, double seconds, double current);
void sim_recorder_write (SimRecorder *recorder, double potential, double current, gboolean exact);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimRecorder, sim_recorder_free)

G_END_DECLS
