/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-table.h"
#include "data/plateau-study.h"
#include "export/plateau-export-template.h"

G_BEGIN_DECLS

/* A study as an Excel workbook for co-authors: front sheet, metadata of the cells, per-cycle values
 * of each cell with a chart, summary with formulas, settings, sources. */

typedef struct
{
  GPtrArray *cells;  /* of const PlateauStudyCell, in this order; NULL: all that are not excluded */
  GPtrArray *tables; /* of PlateauTable: further sheets, such as the comparison; or NULL */
  const PlateauExportTemplate *template; /* columns of the per-cycle sheets, or NULL */
  gboolean charts;
  gboolean compare; /* a sheet that compares the samples */
  gint64 created;   /* Unix time that the file says it was made; -1: now */
  int n_jobs;       /* cells analysed at once; 0: as many as there are processors */
} PlateauWorkbookOptions;

#define PLATEAU_WORKBOOK_OPTIONS_INIT                                                              \
  {                                                                                                \
    NULL, NULL, NULL, TRUE, TRUE, -1, 0                                                                  \
  }

gboolean plateau_workbook_write (PlateauStudy *study, const PlateauWorkbookOptions *options,
                                 const char *path, GCancellable *cancellable, GError **error);
gboolean plateau_workbook_write_raw (PlateauStudy *study, const PlateauWorkbookOptions *options,
                                     const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
