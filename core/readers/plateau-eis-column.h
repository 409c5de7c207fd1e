/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-unit.h"

G_BEGIN_DECLS

/* What the columns of an impedance table are, as their heads tell. */

typedef enum
{
  PLATEAU_EIS_ROLE_NONE,
  PLATEAU_EIS_ROLE_FREQUENCY,
  PLATEAU_EIS_ROLE_RE,
  PLATEAU_EIS_ROLE_IM,
  PLATEAU_EIS_ROLE_MODULUS,
  PLATEAU_EIS_ROLE_PHASE,
  PLATEAU_EIS_ROLE_TIME,
  PLATEAU_EIS_ROLE_POTENTIAL,
  PLATEAU_EIS_ROLE_CURRENT,
  PLATEAU_EIS_ROLE_TEMPERATURE,
  PLATEAU_EIS_ROLE_CYCLE,
  PLATEAU_EIS_ROLE_SPECTRUM, /* running number of the spectrum */
  PLATEAU_EIS_ROLE_AMPLITUDE_POTENTIAL,
  PLATEAU_EIS_ROLE_AMPLITUDE_CURRENT,
  PLATEAU_EIS_ROLE_STATE_OF_CHARGE,
  PLATEAU_EIS_N_ROLES
} PlateauEisRole;

typedef struct
{
  PlateauEisRole role;
  gboolean negated; /* the head says -Z'' or -Z' or -phase */
  gboolean named;   /* the head names the sign's convention: Z'', Zimag, not just "Im" */
  gboolean unit_known;
  gboolean per_area;       /* ohm cm2: kept as it stands */
  gboolean angular;        /* the frequency is omega in rad/s */
  const PlateauUnit *unit; /* of the printed values; NULL: SI, or degrees for a phase */
} PlateauEisColumn;

void plateau_eis_column_parse (const char *head, const char *unit, PlateauEisColumn *column);
gboolean plateau_eis_columns_suffice (const PlateauEisColumn *columns, guint n);

G_END_DECLS
