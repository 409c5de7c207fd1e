/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-neware.h"

G_BEGIN_DECLS

/* The records of one version of an .nda file. Every version is a run of records of one length
 * that begins at a mark; a record that is none (filler, log, footer) is stepped over. */
typedef struct
{
  const char *name;
  gsize record_size;
  guint64 first;         /* of the first record, in the file */
  guint32 columns;       /* bits by PlateauNewareColumn */
  gboolean jump_counter; /* STEP_COUNT gets a counter that goes round, to be made to run on */
  /* Decodes one record into row table->n, which it may raise. FALSE ends the reading. */
  gboolean (*decode) (const guint8 *record, gsize size, PlateauNewareTable *table, GArray *aux);
} PlateauNdaLayout;

enum
{
  PLATEAU_NDA_VERSION_OFFSET = 14,
  PLATEAU_NDA_HEAD_SIZE = 1024,
};

gboolean plateau_nda_layout_find (PlateauInput *input, guint version, PlateauNdaLayout *layout,
                                  GError **error);
gboolean plateau_nda_search (PlateauInput *input, guint64 from, const void *mark, gsize length,
                             guint64 *at, GError **error);

G_END_DECLS
