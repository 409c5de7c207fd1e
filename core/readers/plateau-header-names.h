/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-quantity.h"

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_HEADER_STATE = 1 << 0,      /* words, not numbers */
  PLATEAU_HEADER_ROW_NUMBER = 1 << 1, /* counts the rows, says nothing */
  PLATEAU_HEADER_NEEDS_UNIT = 1 << 2, /* means the quantity only beside a unit of its dimension */
  PLATEAU_HEADER_NEGATIVE = 1 << 3,   /* minus the quantity */
} PlateauHeaderFlags;

typedef struct
{
  const char *name; /* after plateau_header_fold() */
  PlateauQuantity quantity;
  guint rank;       /* of two columns of one quantity the lower is the better */
  const char *unit; /* that a column has that states none */
  PlateauHeaderFlags flags;
} PlateauHeaderName;

const PlateauHeaderName *plateau_header_names (gsize *n_names);

G_END_DECLS
