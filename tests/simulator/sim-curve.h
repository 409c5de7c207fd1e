/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An equilibrium potential curve as a sum of redox processes: the fraction of the lithium that a
 * process has given up is a logistic function of the potential, so that its peak in dQ/dV has a
 * known place (the potential), area (the share) and width (FWHM = 3.53 x width). */
typedef struct
{
  double charge_potential, discharge_potential; /* V vs Li+/Li */
  double width;                                 /* V */
  double share;                                 /* of the capacity */
  double growth; /* change of the share when the structure is wholly transformed; they sum to 0 */
} SimProcess;

#define SIM_CURVE_POINTS 2301
#define SIM_CURVE_LOW 1.4
#define SIM_CURVE_STEP 0.0016

typedef struct
{
  guint n;
  SimProcess *processes;
  double *basis[2]; /* n x SIM_CURVE_POINTS logistic functions: charge, discharge */
  double table[2][SIM_CURVE_POINTS];
  double scale;
  double transformation; /* that the tables were made for */
} SimCurve;

SimCurve *sim_curve_new (JsonArray *processes, GError **error);
void sim_curve_free (SimCurve *curve);
void sim_curve_set_transformation (SimCurve *curve, double transformation);
double sim_curve_fraction (const SimCurve *curve, gboolean charge, double potential);
double sim_curve_potential (const SimCurve *curve, gboolean charge, double fraction);
double sim_curve_slope (const SimCurve *curve, gboolean charge, double fraction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCurve, sim_curve_free)

G_END_DECLS
