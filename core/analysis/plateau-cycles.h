/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-recording.h"

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_STEP_REST,
  PLATEAU_STEP_CHARGE,
  PLATEAU_STEP_DISCHARGE,
  PLATEAU_STEP_HOLD, /* constant potential; its direction is the sign of charge */
} PlateauStepKind;

typedef struct
{
  PlateauStepKind kind;
  gsize first_row, last_row;
  double start, duration;                /* s */
  double charge;                         /* C, signed */
  double energy;                         /* J, signed */
  double potential_start, potential_end; /* V */
  double current;                        /* A, median */
} PlateauStep;

typedef enum
{
  PLATEAU_CYCLE_RULE_AUTO,
  PLATEAU_CYCLE_RULE_CHARGE,
  PLATEAU_CYCLE_RULE_DISCHARGE,
  PLATEAU_CYCLE_RULE_INSTRUMENT,
} PlateauCycleRule;

typedef struct
{
  int rule;                 /* PlateauCycleRule */
  int reference;            /* cycle that retention refers to; 0: first of the longest run */
  double plateau_potential; /* V as measured; NaN: found from dQ/dV */
  double plateau_above;     /* V as measured: a plateau is only looked for above this */
  char *outliers;           /* cycles marked by hand, "5, 17, -12; S-LRMO-2: 60"; or NULL */
  const char *cell;         /* (unowned): name of the cell, for its own outliers; or NULL */
} PlateauCyclesOptions;

#define PLATEAU_CYCLES_OPTIONS_INIT                                                                \
  {                                                                                                \
    PLATEAU_CYCLE_RULE_AUTO, 0, NAN, 4.3, NULL, NULL                                                     \
  }
extern const PlateauOption plateau_cycles_option_table[];
void plateau_cycles_options_clear (PlateauCyclesOptions *options);
/* The user enters potentials as they are shown, with the cell's reference offset; the analysis
 * takes them as measured. Text stays that of @options. */
PlateauCyclesOptions plateau_cycles_options_as_measured (const PlateauCyclesOptions *options,
                                                         const char *cell,
                                                         double reference_offset);

typedef struct
{
  guint cycle;          /* 1, 2, ...; 0: a leading half cycle */
  int instrument_cycle; /* -1: the file has none */
  gsize first_row, last_row;
  double duration;
  double charge_capacity, discharge_capacity; /* C */
  double charge_energy, discharge_energy;     /* J */
  double mean_charge_potential, mean_discharge_potential,
      median_discharge_potential;           /* V, as measured */
  double charge_current, discharge_current; /* A, median of the active rows, magnitudes */
  double constant_potential_share;          /* of the charge capacity, 0 .. 1 */
  gboolean complete; /* both branches present and not cut by the end of the file */
  gboolean outlier;
  double coulombic_efficiency_resolution; /* standard error that the record allows; NaN: unknown */
} PlateauCycle;

/* Steps and cycles of one recording; immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  guint n_steps;
  const PlateauStep *steps;
  guint n_cycles;
  const PlateauCycle *cycles;
  gboolean starts_with_charge;
  const char *const *warnings;
} PlateauCycles;

/* Numbers of a whole test; NaN where they cannot be had. */
typedef struct
{
  double initial_coulombic_efficiency; /* 0 .. */
  double retention;
  guint retention_reference_cycle, retention_cycle;
  double capacity_loss_per_cycle;
  double voltage_decay, voltage_decay_stderr; /* V per cycle */
  double cycles_to_80_percent;
  double plateau_share;
} PlateauCyclesSummary;

PlateauCycles *plateau_cycles_analyse (PlateauRecording *recording,
                                       const PlateauCyclesOptions *options,
                                       GCancellable *cancellable, GError **error);
PlateauCycles *plateau_cycles_ref (PlateauCycles *cycles);
void plateau_cycles_unref (PlateauCycles *cycles);
void plateau_cycles_summarise (PlateauCycles *cycles, PlateauRecording *recording,
                               const PlateauCyclesOptions *options, PlateauCyclesSummary *summary);

/* Position of a cycle by its number, or -1. */
int plateau_cycles_find (PlateauCycles *cycles, guint cycle);
GArray *plateau_cycles_list_branch_steps (PlateauCycles *cycles, guint cycle, gboolean charge,
                                          gboolean with_hold);
double plateau_cycle_coulombic_efficiency (const PlateauCycle *cycle, gboolean starts_with_charge);
double plateau_cycle_energy_efficiency (const PlateauCycle *cycle);

/* One branch as a curve: capacity from 0 in C, potential as measured, rests left out. */
gboolean plateau_cycles_branch (PlateauCycles *cycles, PlateauRecording *recording, guint cycle,
                                gboolean charge, gboolean with_hold, GArray *capacity,
                                GArray *potential, GArray *time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCycles, plateau_cycles_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauCyclesOptions, plateau_cycles_options_clear)

G_END_DECLS
