/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-job.h"
#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* What became of one file. */
typedef struct
{
  GFile *file;
  char *name;
  gboolean named;          /* the user gave this very file, not a folder around it */
  GPtrArray *measurements; /* of PlateauMeasurement, or NULL */
  GError *error;           /* or NULL */
} PlateauReadResult;

void plateau_read_result_free (PlateauReadResult *result);

/* Walks folders and reads all files, on a worker thread with a few more of its own.
 * @memory: (nullable): of plateau_read_memory_load(), for files about which nothing is said
 * Returns: (transfer full): of PlateauReadResult, in the order given; NULL when cancelled */
GPtrArray *plateau_import_read_all (GFile *const *files, guint n_files,
                                    const PlateauReadOptions *options, GVariant *memory,
                                    PlateauJob *job, GCancellable *cancellable, GError **error);

G_END_DECLS
