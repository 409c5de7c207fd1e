/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-cell.h"

#include <gio/gio.h>
#include <math.h>

#define BOLTZMANN 8.617333262e-5 /* eV/K */
#define ROOM 298.15              /* K */
#define TURN 0.03                /* of a branch's capacity: over it the surface's lead builds up */
#define REST_POTENTIAL 3.0       /* V vs Li+/Li of an electrode as made */

/* Ohmic drop and Butler and Volmer's charge transfer with symmetric coefficients. */
double
sim_cell_polarisation (const SimCell *cell, const SimState *state)
{
  double slower = exp (cell->activation / BOLTZMANN * (1 / cell->temperature - 1 / ROOM))
                  * state->resistance;
  return state->current * cell->resistance * slower
         + 2 * BOLTZMANN * cell->temperature
               * asinh (state->current * slower / (2 * cell->exchange));
}

/* The fraction at which a charge reaches the upper limit. */
double
sim_cell_upper (const SimCell *cell, const SimState *state)
{
  sim_curve_set_transformation (cell->curve, state->transformation);
  double polarisation = sim_cell_polarisation (cell, state);
  return sim_curve_fraction (cell->curve, TRUE, cell->high - polarisation) - state->lead;
}

/* The fraction at which a discharge reaches the lower limit. */
double
sim_cell_lower (const SimCell *cell, const SimState *state)
{
  sim_curve_set_transformation (cell->curve, state->transformation);
  double polarisation = sim_cell_polarisation (cell, state);
  return sim_curve_fraction (cell->curve, FALSE, cell->low + polarisation) + state->lead;
}

double
sim_cell_span (const SimCell *cell, const SimState *state)
{
  return sim_cell_upper (cell, state) - sim_cell_lower (cell, state);
}

double
sim_cell_capacity (const SimCell *cell, const SimState *state)
{
  return cell->capacity * state->active * sim_cell_span (cell, state);
}

/* At the beginning of a branch the surface still leads in the other direction, at most as far as
 * the limit that ended the branch before let it (that one may have been slower), and the potential
 * lies on the other curve; both turn over exponentially with the charge passed. */
static double
turned (double passed_share)
{
  return exp (-passed_share / TURN);
}

/**
 * sim_cell_charge:
 * @efficiency: the share of the charge passed that the electrode takes; the rest is side reactions
 */
void
sim_cell_charge (const SimCell *cell, const SimState *state, double from, double to,
                 double efficiency, SimBranch *branch)
{
  sim_curve_set_transformation (cell->curve, state->transformation);
  double polarisation = sim_cell_polarisation (cell, state);
  double room = from - sim_curve_fraction (cell->curve, FALSE, cell->low);
  double lead = MIN (state->lead, MAX (room, 0));
  branch->n = SIM_BRANCH_POINTS;
  for (guint i = 0; i < branch->n; i++)
    {
      double share = (double) i / (branch->n - 1), before = turned (share);
      double y = from + share * (to - from) + state->lead * (1 - before) - lead * before;
      branch->q[i] = cell->capacity * state->active * share * (to - from) / efficiency;
      branch->v[i] = (1 - before) * sim_curve_potential (cell->curve, TRUE, y)
                     + before * sim_curve_potential (cell->curve, FALSE, y)
                     + polarisation * (1 - 0.5 * before);
    }
}

void
sim_cell_discharge (const SimCell *cell, const SimState *state, double from, double to,
                    SimBranch *branch)
{
  sim_curve_set_transformation (cell->curve, state->transformation);
  double polarisation = sim_cell_polarisation (cell, state);
  double room = sim_curve_fraction (cell->curve, TRUE, cell->high) - from;
  double lead = MIN (state->lead, MAX (room, 0));
  branch->n = SIM_BRANCH_POINTS;
  for (guint i = 0; i < branch->n; i++)
    {
      double share = (double) i / (branch->n - 1), before = turned (share);
      double y = from + share * (to - from) - state->lead * (1 - before) + lead * before;
      branch->q[i] = cell->capacity * state->active * share * (from - to);
      branch->v[i] = (1 - before) * sim_curve_potential (cell->curve, FALSE, y)
                     + before * sim_curve_potential (cell->curve, TRUE, y)
                     - polarisation * (1 - 0.5 * before);
    }
}

/* The capacity share behind the dQ/dV minimum between the slope and the plateau, the last process
 * of the curve, when the charge ends at @end. */
static double
plateau_share_of (const SimCurve *curve, double start, double end)
{
  const SimProcess *plateau = &curve->processes[curve->n - 1];
  const SimProcess *before = &curve->processes[curve->n - 2];
  double least = G_MAXDOUBLE, at = before->charge_potential;
  for (double v = before->charge_potential; v < plateau->charge_potential; v += SIM_CURVE_STEP)
    {
      double rise = sim_curve_fraction (curve, TRUE, v + SIM_CURVE_STEP)
                    - sim_curve_fraction (curve, TRUE, v);
      if (rise < least)
        {
          least = rise;
          at = v + SIM_CURVE_STEP / 2;
        }
    }
  double low = sim_curve_fraction (curve, TRUE, start),
         high = sim_curve_fraction (curve, TRUE, end);
  return (high - sim_curve_fraction (curve, TRUE, at)) / (high - low);
}

/* Gives the plateau process such a weight that its share of the first charge is @wanted. */
static gboolean
solve_plateau (SimCurve *curve, double start, double end, double wanted, GError **error)
{
  double low = -0.9, high = 5;
  for (guint k = 0; k < curve->n; k++)
    curve->processes[k].growth = k + 1 == curve->n ? curve->processes[k].share : 0;
  for (guint i = 0; i < 60; i++)
    {
      double middle = (low + high) / 2;
      sim_curve_set_transformation (curve, middle);
      if (plateau_share_of (curve, start, end) < wanted)
        low = middle;
      else
        high = middle;
    }
  if (fabs (plateau_share_of (curve, start, end) - wanted) < 0.01)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "a plateau share of %.1f %% cannot be reached below the upper limit", 100 * wanted);
  return FALSE;
}

/**
 * sim_cell_first_charge:
 * @capacity: mAh/g passed when the upper limit is reached
 * @plateau_share: of that capacity, or NaN for a material without activation
 */
gboolean
sim_cell_first_charge (const SimCell *cell, const SimState *state, double capacity,
                       double plateau_share, SimBranch *branch, GError **error)
{
  SimCurve *curve = cell->first_charge != NULL ? cell->first_charge : cell->curve;
  double polarisation = sim_cell_polarisation (cell, state), end = cell->high - polarisation;
  if (cell->first_charge == NULL)
    sim_curve_set_transformation (curve, 0);
  else if (!solve_plateau (curve, REST_POTENTIAL, end, plateau_share, error))
    return FALSE;
  double low = sim_curve_fraction (curve, TRUE, REST_POTENTIAL);
  double high = sim_curve_fraction (curve, TRUE, end);
  branch->n = SIM_BRANCH_POINTS;
  for (guint i = 0; i < branch->n; i++)
    {
      double share = (double) i / (branch->n - 1);
      branch->q[i] = capacity * share;
      branch->v[i] = sim_curve_potential (curve, TRUE, low + share * (high - low))
                     + polarisation * (1 - turned (share));
    }
  return TRUE;
}

/* The integral of V dQ over Q. */
double
sim_branch_mean_potential (const SimBranch *branch)
{
  double energy = 0;
  for (guint i = 1; i < branch->n; i++)
    energy += 0.5 * (branch->v[i] + branch->v[i - 1]) * (branch->q[i] - branch->q[i - 1]);
  return energy / (branch->q[branch->n - 1] - branch->q[0]);
}
