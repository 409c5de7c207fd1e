/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "cli-context.h"

G_BEGIN_DECLS

/* A command is a table entry: what it is called, what it can be told, and one of three functions.
 * All of them fill results; none prints. They run on worker threads and must not keep state. */

/* The options of one analysis: its table, and the struct that the table describes. For a project
 * the settings that it keeps of the analysis come before the defaults, flags before both. */
typedef struct
{
  const PlateauOption *table;
  gsize size;
  gconstpointer defaults;
  const char *settings; /* key of the analysis in a project; NULL: nothing is kept */
} CliOptionSet;

/* An option that may be given several times; its texts are kept in order. */
typedef struct
{
  const char *name;
  const char *argument; /* N_("NAME=VALUE") */
  const char *help;     /* N_() */
} CliListOption;

typedef struct _CliCommand
{
  const char *name;
  const char *summary;         /* N_() */
  const char *arguments;       /* N_("PROJECT"), or NULL: "FILE…" */
  const CliOptionSet *options; /* ends with an entry whose table is NULL; or NULL */
  const CliListOption *lists;  /* ends with an entry whose name is NULL; or NULL */
  gboolean writes_file;        /* makes a file itself and needs --output */
  gboolean takes_other_files;  /* FILEs are not measurements; the inputs have no study */
  /* Says FALSE for requests that make no sense, before any file is read: wrong usage. */
  gboolean (*check) (CliContext *context, GError **error);
  /* One result for each cell. The frame has set file, cell, sample, ... and offset_V. */
  gboolean (*each_cell) (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                         JsonObject *result, GError **error);
  /* One result for each FILE. */
  gboolean (*each_input) (CliContext *context, CliInput *input, JsonObject *result, GError **error);
  /* One result for all FILEs that could be read (of CliInput). With each_cell, it is called
   * instead of it when there are several FILEs. What a project keeps is in input->context. */
  gboolean (*all) (CliContext *context, GPtrArray *inputs, JsonObject *result, GError **error);
  /* Answers without any FILE (a --list option) and says TRUE; or NULL. */
  gboolean (*without_files) (CliContext *context, JsonObject *result);
} CliCommand;

/* Ends with NULL. */
const CliCommand *const *cli_commands (void);

G_END_DECLS
