/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "data/plateau-study.h"
#include "readers/plateau-reader.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  CLI_FORMAT_TABLE,
  CLI_FORMAT_CSV,
  CLI_FORMAT_JSON,
} CliFormat;

typedef enum
{
  CLI_ELECTRODE_AUTO, /* the working electrode where several were measured at once */
  CLI_ELECTRODE_CELL,
  CLI_ELECTRODE_WORKING,
  CLI_ELECTRODE_COUNTER,
  CLI_ELECTRODE_ALL,
} CliElectrode;

/* The options that every command has; SI, NaN or NULL where not given. */
typedef struct
{
  int format; /* CliFormat */
  char *reader;
  char *cell;
  double mass, area, thickness, one_c, offset;
  char *cycles, *spectra;
  int electrode; /* CliElectrode */
  int jobs;
  gboolean join;
} CliCommon;

/* One request: the command and everything that was said with it. Read-only once the run began. */
typedef struct _CliContext CliContext;

const CliCommon *cli_context_get_common (CliContext *context);
const char *const *cli_context_get_files (CliContext *context); /* as they were given */
const char *cli_context_get_output (CliContext *context);
/* The options struct of a set of the command, by its table. Valid as long as the context. */
gconstpointer cli_context_get_options (CliContext *context, const PlateauOption *table);
/* TRUE when the user named this option, so that a default can depend on the data. */
gboolean cli_context_was_given (CliContext *context, const char *option);
gboolean cli_context_has_project (CliContext *context); /* among the FILEs */
/* What the project of this FILE keeps of an analysis; NULL: nothing, or no project. */
JsonObject *cli_context_get_settings (CliContext *context, const char *analysis);
const char *const *cli_context_get_list (CliContext *context, const char *name);
gboolean cli_context_has_cycle (CliContext *context, guint cycle);    /* by --cycles */
gboolean cli_context_has_spectrum (CliContext *context, guint index); /* by --spectra, from 1 */
/* Says on stderr that @file failed, and that the run did not do everything. Thread-safe. */
void cli_context_fail (CliContext *context, const char *file, const char *reason);
/* Says on stderr what was assumed. */
void cli_context_say (CliContext *context, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The spectra of a cell in order, of the electrode that --electrode means: what --spectra counts.
 */
GPtrArray *cli_context_load_spectra (CliContext *context, const PlateauStudyCell *cell,
                                     GError **error);
void cli_context_fill_read_options (CliContext *context, PlateauReadOptions *options);

/* One FILE after opening. */
typedef struct _CliInput
{
  char *file;   /* as it was given */
  char **files; /* several with --join, in time order; else NULL */
  gboolean is_project;
  char *unpacked;      /* the project of an archive, gone with the input; else NULL */
  PlateauStudy *study; /* a measurement is a study of one cell */
  CliContext *context; /* the request with what the project keeps; of a measurement the request */
  GError *error;
} CliInput;

/* Several measurements as the cells of one study; a project only alone. */
CliInput *cli_input_gather (CliContext *context, GPtrArray *inputs, gboolean first_is_reference,
                            GError **error);
void cli_input_free (CliInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliInput, cli_input_free)

/* Setting members of results: NaN and infinities become null. */
void cli_set_number (JsonObject *object, const char *key, double value);
void cli_set_integer (JsonObject *object, const char *key, gint64 value);
void cli_set_text (JsonObject *object, const char *key, const char *text); /* NULL: null */
void cli_set_boolean (JsonObject *object, const char *key, gboolean value);
void cli_set_numbers (JsonObject *object, const char *key, const double *values, gsize n);
void cli_set_texts (JsonObject *object, const char *key, const char *const *texts);
JsonArray *cli_set_list (JsonObject *object, const char *key);    /* an empty list, to be filled */
JsonObject *cli_set_object (JsonObject *object, const char *key); /* an empty object */
JsonObject *cli_append_object (JsonArray *array);

G_END_DECLS
