/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-circuit-private.h"

#include <gsl/gsl_vector.h>

G_BEGIN_DECLS

/* How a parameter is fitted. */
typedef struct
{
  double value, lower, upper;
  gboolean fixed, logarithmic;
  int linked; /* index of another parameter, or -1 */
  double factor;
  int column;     /* among the free ones, or -1 */
  gboolean given; /* the options name its start value */
} PlateauCircuitSlot;

typedef struct
{
  PlateauCircuitPrivate *circuit;
  gsize n;
  double *omega, *frequency, *z_re, *z_im, *weight_re, *weight_im;
  PlateauCircuitSlot *slots;
  guint n_free;
  guint *free_slot; /* column -> parameter */
  double *values;
  double complex *work, *derivatives;
} PlateauCircuitProblem;

typedef struct
{
  double cost;
  gboolean converged;
  guint iterations;
} PlateauCircuitDescent;

typedef struct
{
  PlateauCircuitFit parent;
  gatomicrefcount ref_count;
  GPtrArray *warning_texts;
} PlateauCircuitFitPrivate;

void plateau_circuit_problem_clear (PlateauCircuitProblem *problem);
gboolean plateau_circuit_problem_init_slots (PlateauCircuitProblem *problem,
                                             const PlateauCircuitOptions *options,
                                             const double *start, GError **error);
gboolean plateau_circuit_problem_init_data (PlateauCircuitProblem *problem, PlateauSpectrum *clean,
                                            const PlateauCircuitOptions *options, GError **error);

gboolean plateau_circuit_slot_is_unbounded (const PlateauCircuitSlot *slot);
double plateau_circuit_slot_low (const PlateauCircuitSlot *slot);
double plateau_circuit_slot_high (const PlateauCircuitSlot *slot);

void plateau_circuit_problem_fill (const PlateauCircuitProblem *problem, const gsl_vector *theta,
                                   double *slopes);
void plateau_circuit_problem_jacobian_row (PlateauCircuitProblem *problem, gsize i, double *re,
                                           double *im);
GPtrArray *plateau_circuit_rank_starts (PlateauCircuitProblem *problem, const double *suggestions,
                                        guint n_suggestions);
PlateauCircuitDescent plateau_circuit_search (PlateauCircuitProblem *problem,
                                              const PlateauCircuitOptions *options,
                                              GPtrArray *starts, gsl_vector *best, guint *n_starts,
                                              GCancellable *cancellable);

void plateau_circuit_take_estimates (PlateauCircuitFitPrivate *fit, PlateauCircuitProblem *problem);

G_END_DECLS
