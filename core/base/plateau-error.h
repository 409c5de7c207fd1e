/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One domain per room. A code tells the caller what can be done about it; the message tells the
 * user which file or value, where, what was expected and what to do. */

#define PLATEAU_DATA_ERROR (plateau_data_error_quark ())
#define PLATEAU_READER_ERROR (plateau_reader_error_quark ())
#define PLATEAU_ANALYSIS_ERROR (plateau_analysis_error_quark ())
#define PLATEAU_FIGURE_ERROR (plateau_figure_error_quark ())
#define PLATEAU_EXPORT_ERROR (plateau_export_error_quark ())
#define PLATEAU_STORE_ERROR (plateau_store_error_quark ())

typedef enum
{
  PLATEAU_DATA_ERROR_INVALID, /* a value that no measurement or cell can have */
  PLATEAU_DATA_ERROR_MISSING, /* something asked for is not there */
} PlateauDataError;

typedef enum
{
  PLATEAU_READER_ERROR_UNKNOWN_FORMAT,      /* no reader knows the file */
  PLATEAU_READER_ERROR_TRUNCATED,           /* the file ends before its data do */
  PLATEAU_READER_ERROR_INVALID,             /* the content contradicts itself */
  PLATEAU_READER_ERROR_NO_DATA,             /* well formed, but holds no records */
  PLATEAU_READER_ERROR_UNSUPPORTED_VERSION, /* a version or column that is not known */
  PLATEAU_READER_ERROR_LIMIT,               /* larger than a sane file of this kind */
  PLATEAU_READER_ERROR_ENCRYPTED,           /* protected by a password */
  PLATEAU_READER_ERROR_NEEDS_COLUMNS,       /* text whose header does not name its columns */
} PlateauReaderError;

typedef enum
{
  PLATEAU_ANALYSIS_ERROR_NO_DATA,       /* the input has nothing this method can use */
  PLATEAU_ANALYSIS_ERROR_MISSING_INPUT, /* a mass, area, temperature ... is not given */
  PLATEAU_ANALYSIS_ERROR_INVALID,       /* an option or circuit text that cannot be used */
  PLATEAU_ANALYSIS_ERROR_NOT_CONVERGED, /* an iteration did not end in a solution */
} PlateauAnalysisError;

typedef enum
{
  PLATEAU_FIGURE_ERROR_INVALID, /* a figure document that cannot be understood */
  PLATEAU_FIGURE_ERROR_MISSING, /* a template, style or font that is not there */
  PLATEAU_FIGURE_ERROR_EMPTY,   /* nothing to draw */
} PlateauFigureError;

typedef enum
{
  PLATEAU_EXPORT_ERROR_FAILED,
  PLATEAU_EXPORT_ERROR_INVALID,
} PlateauExportError;

typedef enum
{
  PLATEAU_STORE_ERROR_NOT_A_PROJECT,
  PLATEAU_STORE_ERROR_NEWER_VERSION,
  PLATEAU_STORE_ERROR_DAMAGED,
  PLATEAU_STORE_ERROR_READ_ONLY,
  PLATEAU_STORE_ERROR_BUSY,
  PLATEAU_STORE_ERROR_MOVED, /* not there any more, or another file by now */
  PLATEAU_STORE_ERROR_FAILED,
} PlateauStoreError;

GQuark plateau_data_error_quark (void);
GQuark plateau_reader_error_quark (void);
GQuark plateau_analysis_error_quark (void);
GQuark plateau_figure_error_quark (void);
GQuark plateau_export_error_quark (void);
GQuark plateau_store_error_quark (void);

G_END_DECLS
