/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-curve.h"

G_BEGIN_DECLS

/* One electrode: a curve with hysteresis, an ohmic and a charge-transfer polarisation, and a
 * diffusion-like one, the lead of the particles' surface over their mean composition.
 * Specific currents are in mA/g, capacities in mAh/g, potentials vs Li+/Li. */
typedef struct
{
  SimCurve *curve;
  SimCurve *first_charge; /* of a material that is activated by its first charge, or NULL */
  double capacity;        /* at full delithiation */
  double resistance;      /* V per mA/g at 25 C */
  double exchange;        /* exchange current at 25 C */
  double activation;      /* eV, of both */
  double temperature;     /* K */
  double low, high;       /* window */
} SimCell;

/* How far a cell has aged, and at which current it runs. */
typedef struct
{
  double current;
  double active;         /* share of the capacity that is left */
  double transformation; /* of the structure */
  double resistance;     /* relative to a fresh cell */
  double lead;           /* of the surface, as a fraction of the capacity */
} SimState;

#define SIM_BRANCH_POINTS 240

typedef struct
{
  guint n;
  double q[SIM_BRANCH_POINTS]; /* mAh/g passed, from 0 */
  double v[SIM_BRANCH_POINTS]; /* V vs Li+/Li */
} SimBranch;

double sim_cell_polarisation (const SimCell *cell, const SimState *state);
double sim_cell_upper (const SimCell *cell, const SimState *state);
double sim_cell_lower (const SimCell *cell, const SimState *state);
double sim_cell_span (const SimCell *cell, const SimState *state);
double sim_cell_capacity (const SimCell *cell, const SimState *state);
void sim_cell_charge (const SimCell *cell, const SimState *state, double from, double to,
                      double efficiency, SimBranch *branch);
void sim_cell_discharge (const SimCell *cell, const SimState *state, double from, double to,
                         SimBranch *branch);
gboolean sim_cell_first_charge (const SimCell *cell, const SimState *state, double capacity,
                                double plateau_share, SimBranch *branch, GError **error);
double sim_branch_mean_potential (const SimBranch *branch);

G_END_DECLS
