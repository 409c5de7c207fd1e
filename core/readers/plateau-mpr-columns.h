/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-quantity.h"

G_BEGIN_DECLS

/* The columns that EC-Lab writes into the data module of an .mpr file. */

/* The harmonics of the potential and the current of the working electrode. */
enum
{
  PLATEAU_MPR_FIRST_HARMONIC = 486,
  PLATEAU_MPR_LAST_HARMONIC = 497,
};

typedef enum
{
  PLATEAU_MPR_FLAGS, /* part of the one byte that six ids share */
  PLATEAU_MPR_U8,
  PLATEAU_MPR_U16,
  PLATEAU_MPR_U32,
  PLATEAU_MPR_F32,
  PLATEAU_MPR_F64,
} PlateauMprType;

typedef struct
{
  guint16 id;
  PlateauMprType type;
  const char *name;         /* as EC-Lab prints it in a text export */
  const char *unit;         /* id of the unit table where it has one, else as EC-Lab prints it */
  PlateauQuantity quantity; /* what it holds when nothing better is in the file, or OTHER */
  guint8 rank;              /* of two columns of one quantity the lower rank is taken */
  gint8 sign;               /* -1 where EC-Lab prints the opposite sign */
} PlateauMprColumn;

const PlateauMprColumn *plateau_mpr_column_find (guint16 id, gboolean harmonics);
gsize plateau_mpr_type_size (PlateauMprType type);

G_END_DECLS
