/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-input.h"

G_BEGIN_DECLS

/* Numeric arrays of a MATLAB 5 (to 7) MAT-file. */

typedef struct
{
  char *name; /* of the variable, or of the field of a struct */
  gsize rows, columns;
  double *re; /* column by column */
  double *im; /* NULL: real */
} PlateauMatArray;

gboolean plateau_mat_is_magic (const guint8 *head, gsize length);
GPtrArray *plateau_mat_read (PlateauInput *input, gboolean *damaged, GError **error);

G_END_DECLS
