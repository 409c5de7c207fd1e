/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-command.h"

G_BEGIN_DECLS

CliContext *cli_context_parse (const CliCommand *command, char **arguments, GError **error);
void cli_context_free (CliContext *context);
/* The request as it is for one project: its settings stand where no flag was given. Shares all else
 * with @root, which must live longer. */
CliContext *cli_context_for_project (CliContext *root, PlateauStudy *study, GError **error);
const CliCommand *cli_context_get_command (CliContext *context);

CliInput *cli_input_open (CliContext *context, const char *file);
CliInput *cli_input_join (CliContext *context, GPtrArray *inputs);

gboolean cli_context_all_done (CliContext *context);

/* Runs the command over its FILEs; says every failure on stderr. Returns the list of results. */
JsonArray *cli_run (CliContext *context);

/* Returns FALSE when the output cannot be written. */
gboolean cli_write_results (CliContext *context, JsonArray *results, GError **error);
void cli_append_json (GString *out, JsonNode *node, guint depth);
void cli_append_csv (GString *out, JsonArray *results);
void cli_append_table (GString *out, JsonArray *results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliContext, cli_context_free)

G_END_DECLS
