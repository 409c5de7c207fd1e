/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One result as a person and a spreadsheet want it: scalars as key and value, everything else as
 * flat grids. Nodes belong to the result. */

typedef struct
{
  char *title;        /* path of the list in the result: "spectra.peaks" */
  GPtrArray *columns; /* of char * */
  GPtrArray *rows;    /* of GPtrArray of JsonNode, NULL where absent, as long as columns or less */
} CliGrid;

typedef struct
{
  GPtrArray *keys;   /* of char * */
  GPtrArray *values; /* of JsonNode */
  GPtrArray *grids;  /* of CliGrid */
} CliSheet;

CliSheet *cli_sheet_new (JsonObject *result);
void cli_sheet_free (CliSheet *sheet);
/* Text of a cell; @digits significant digits, 0 for as many as needed to read the number back. */
char *cli_node_to_text (JsonNode *node, int digits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSheet, cli_sheet_free)

G_END_DECLS
