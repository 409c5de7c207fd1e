/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-circuit.h"
#include "base/plateau-complex.h"

G_BEGIN_DECLS

#define PLATEAU_ELEMENT_MAX_PARAMETERS 8

typedef struct
{
  const char *suffix; /* "Q"; NULL: the element has this parameter alone */
  const char *unit;
  double start, lower, upper;
  gboolean positive;
} PlateauElementParameter;

/* Impedance at omega > 0, and its derivatives when @dz is not NULL (only of elements that have
 * them; the others are differentiated numerically). */
typedef double complex (*PlateauElementImpedance) (double omega, const double *p,
                                                   double complex *dz);

/* What a start value of the element is taken from. */
typedef enum
{
  PLATEAU_ELEMENT_SERIES, /* R, C, L alone */
  PLATEAU_ELEMENT_CPE,
  PLATEAU_ELEMENT_ARC, /* resistance and time constant in one element */
  PLATEAU_ELEMENT_DIFFUSION,
  PLATEAU_ELEMENT_LINE, /* transmission line */
} PlateauElementKind;

typedef struct
{
  PlateauCircuitElementInfo info;
  const char *boukamp; /* symbol in Boukamp's description code, or NULL */
  PlateauElementKind kind;
  PlateauCircuitShape shape;
  guint n_parameters;
  PlateauElementParameter parameters[PLATEAU_ELEMENT_MAX_PARAMETERS];
  PlateauElementImpedance impedance;
  gboolean analytic; /* fills dz */
} PlateauElement;

extern const PlateauElement plateau_elements[];
extern const guint plateau_n_elements;
const PlateauElement *plateau_element_find (const char *symbol, gsize length);
const PlateauElement *plateau_element_find_boukamp (char symbol);

typedef enum
{
  PLATEAU_NODE_ELEMENT,
  PLATEAU_NODE_SERIES,
  PLATEAU_NODE_PARALLEL,
} PlateauNodeKind;

/* Nodes stand in the order in which they are complete: children before parents, the root last. */
typedef struct
{
  PlateauNodeKind kind;
  const PlateauElement *element;
  char *name; /* "CPE1" */
  guint first_parameter;
  GArray *children; /* guint */
} PlateauNode;

typedef struct
{
  PlateauCircuit parent;
  gatomicrefcount ref_count;
  GPtrArray *nodes; /* PlateauNode */
  GArray *parameter_list;
} PlateauCircuitPrivate;

/* Impedance and derivatives (n_parameters, may be NULL) at one frequency; @work holds two values a
 * node. */
double complex plateau_circuit_evaluate (const PlateauCircuitPrivate *circuit, double omega,
                                         const double *values, double complex *work,
                                         double complex *derivatives);

G_END_DECLS
