/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-table.h"
#include "data/plateau-study.h"
#include "export/plateau-export-template.h"

G_BEGIN_DECLS

/* A study as an Excel workbook for co-authors: front sheet, metadata of the cells, per-cycle values
 * of each cell with a chart, summary with formulas, settings, sources. */

/* Curves and peaks of the analyses. */
typedef enum
{
  PLATEAU_WORKBOOK_CURVES_AUTO, /* as far as they take no long time; the front sheet says which */
  PLATEAU_WORKBOOK_CURVES_ALL,
  PLATEAU_WORKBOOK_CURVES_NONE,
} PlateauWorkbookCurves;

typedef struct
{
  GPtrArray *cells;  /* of const PlateauStudyCell, in this order; NULL: all that are not excluded */
  GPtrArray *tables; /* of PlateauTable: further sheets, such as the comparison; or NULL */
  const PlateauExportTemplate *template; /* columns of the per-cycle sheets, or NULL */
  gboolean charts;
  gboolean compare; /* a sheet that compares the samples */
  gint64 created;   /* Unix time that the file says it was made; -1: now */
  int n_jobs;       /* cells analysed at once; 0: as many as there are processors */
  int curves;       /* PlateauWorkbookCurves */
} PlateauWorkbookOptions;

#define PLATEAU_WORKBOOK_OPTIONS_INIT                                                              \
  {                                                                                                \
    NULL, NULL, NULL, TRUE, TRUE, -1, 0, PLATEAU_WORKBOOK_CURVES_AUTO                              \
  }

gboolean plateau_workbook_write (PlateauStudy *study, const PlateauWorkbookOptions *options,
                                 const char *path, GCancellable *cancellable, GError **error);
gboolean plateau_workbook_write_raw (PlateauStudy *study, const PlateauWorkbookOptions *options,
                                     const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
