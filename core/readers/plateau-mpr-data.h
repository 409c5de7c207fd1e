/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-mpr-modules.h"

G_BEGIN_DECLS

/* The columns of a data module, decoded. */
typedef struct
{
  guint16 id;
  PlateauMprType type;
  const char *name; /* owned by the layout */
  const char *unit;
  PlateauQuantity quantity;
  guint offset;           /* in the record */
  double factor, summand; /* to SI, or 1 and 0 for OTHER */
} PlateauMprField;

typedef struct
{
  GArray *fields; /* of PlateauMprField; flags leave none */
  GStringChunk *names;
  int flags_offset; /* of the byte of flags in the record, or -1 */
  gsize record_size;
  guint64 first_record; /* in the file */
  guint64 n_records;    /* that the file holds whole */
  guint64 n_promised;   /* that its header promises */
  gboolean has_charge;  /* a column of charge that a current can be derived from */
} PlateauMprLayout;

PlateauMprLayout *plateau_mpr_layout_read (PlateauInput *input, const PlateauMprModule *module,
                                           GPtrArray *warnings, GError **error);
void plateau_mpr_layout_free (PlateauMprLayout *layout);
gboolean plateau_mpr_records_read (PlateauInput *input, const PlateauMprLayout *layout,
                                   double *const *columns, double *modes, gboolean sweep,
                                   guint *n_error_marks, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauMprLayout, plateau_mpr_layout_free)

G_END_DECLS
