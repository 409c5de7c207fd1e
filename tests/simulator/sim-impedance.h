/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-table.h"

#include <complex.h>

G_BEGIN_DECLS

typedef enum
{
  SIM_ELEMENT_RESISTOR,  /* R */
  SIM_ELEMENT_INDUCTOR,  /* value: H */
  SIM_ELEMENT_ZARC,      /* R / (1 + (j w tau)^n) */
  SIM_ELEMENT_WARBURG,   /* R tanh (sqrt (j w tau)) / sqrt (j w tau) */
  SIM_ELEMENT_BLOCKING,  /* 1 / (Q (j w)^n), value: Q */
  SIM_ELEMENT_COMPOSITE, /* transmission line: ionic rail against R_ct || CPE */
  SIM_ELEMENT_CONDUCTOR, /* pellet, value: mS/cm at 25 C, in parallel with its capacitance */
} SimElementKind;

typedef struct
{
  SimElementKind kind;
  SimTable value, tau, exponent, ionic;
  SimTable energy, capacitance; /* of a conductor: eV, F */
  double cell_constant;         /* thickness over area, 1/cm */
} SimElement;

GArray *sim_elements_read (SimParameters *parameters, JsonArray *list, const char *points_name);
double complex sim_elements_impedance (const GArray *elements, double frequency, double x);

G_END_DECLS
