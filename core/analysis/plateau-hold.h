/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-numeric.h"
#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-recording.h"

G_BEGIN_DECLS

/* Constant potentials: d.c. polarisation, leakage current; and the rests after them. */
typedef struct
{
  double band;     /* V: how far a held potential may wander */
  double shortest; /* s */
  double tail;     /* share of a hold whose mean current is the end value */
  double steady;   /* relative change of current per hour below which it is steady */
} PlateauHoldOptions;

#define PLATEAU_HOLD_OPTIONS_INIT                                                                  \
  {                                                                                                \
    1e-3, 60, 0.05, 0.05                                                                           \
  }
extern const PlateauOption plateau_hold_option_table[];

typedef struct
{
  gsize first_row, last_row;
  double start, duration; /* s */
  double potential;       /* V, mean, as measured */
  double current_first;   /* A */
  double current_end;     /* A, mean of the tail */
  double half_time;       /* s until the current is half of the first; NaN: never */
  double decay_time;      /* s, of the late exponential approach to the end value; NaN: none */
  double drift;           /* relative change of the current per hour at the end */
  gboolean steady;
  double resistance; /* ohm: potential over current at the end */
} PlateauHold;

typedef struct
{
  gsize first_row, last_row;
  double start, duration;                /* s */
  double potential_first, potential_end; /* V as measured */
  double drift;                          /* V/s at the end */
  double extrapolated; /* V: against 1/sqrt (t) to infinite time; NaN: too few rows */
} PlateauRelaxation;

/* Immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  guint n_holds;
  const PlateauHold *holds;
  guint n_relaxations;
  const PlateauRelaxation *relaxations;
} PlateauHolds;

PlateauHolds *plateau_holds_analyse (PlateauRecording *recording, const PlateauHoldOptions *options,
                                     GCancellable *cancellable, GError **error);
PlateauHolds *plateau_holds_ref (PlateauHolds *holds);
void plateau_holds_unref (PlateauHolds *holds);
PlateauTable *plateau_holds_table (PlateauHolds *holds, double offset);
PlateauTable *plateau_relaxations_table (PlateauHolds *holds, double offset);
gboolean plateau_holds_conductance (PlateauHolds *holds, PlateauLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauHolds, plateau_holds_unref)

G_END_DECLS
