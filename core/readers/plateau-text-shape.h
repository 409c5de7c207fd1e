/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* What a text table looks like before it is read, for naming its columns by hand. Files of one
 * fingerprint have the same columns: whoever keeps the names that a user gave to one under its
 * fingerprint can offer them for the next. */
typedef struct
{
  char *name;               /* as the header prints it, or "Column 3" without one */
  PlateauQuantity quantity; /* as it would be read; OTHER when it is not known */
  const PlateauUnit *unit;  /* of that quantity, or NULL */
  gboolean unit_assumed;
  char **samples; /* the first fields, as printed */
} PlateauShapeColumn;

typedef struct
{
  char *fingerprint; /* hexadecimal */
  guint header_line; /* from 1; 0: no header */
  char separator, decimal_mark;
  guint n_columns;
  PlateauShapeColumn *columns;
} PlateauTextShape;

PlateauTextShape *plateau_text_shape_new (PlateauInput *input, const PlateauReadOptions *options,
                                          GCancellable *cancellable, GError **error);
void plateau_text_shape_free (PlateauTextShape *shape);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauTextShape, plateau_text_shape_free)

G_END_DECLS
