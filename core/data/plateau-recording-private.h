/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-recording.h"

G_BEGIN_DECLS

/* Takes the columns over: @columns' values must come from g_malloc() or be NULL. */
PlateauRecording *plateau_recording_new_take (PlateauColumn *columns, guint n_columns,
                                              gsize n_rows);

void plateau_recording_set_charge_check (PlateauRecording *recording,
                                         const PlateauChargeCheck *check);

/* Counters to one signed cumulative column; see plateau-counter.c. */
typedef struct
{
  gsize n;
  const double *time, *current;                                      /* nullable */
  const double *step_count, *step_index, *cycle, *half_cycle, *mode; /* nullable */
} PlateauCounterContext;

gboolean plateau_counter_is_boundary (const PlateauCounterContext *context, gsize row);
double *plateau_counter_integrate (const PlateauCounterContext *context);
void plateau_counter_add_magnitude (const PlateauCounterContext *context, const double *counter,
                                    double sign, const double *factor, double *increments);
void plateau_counter_add_unsigned (const PlateauCounterContext *context, const double *counter,
                                   const double *factor, double *increments);
void plateau_counter_add_signed (const PlateauCounterContext *context, const double *counter,
                                 const double *factor, double *increments);
gboolean plateau_counter_is_coarse (const double *increments, const double *integral, gsize n);

G_END_DECLS
