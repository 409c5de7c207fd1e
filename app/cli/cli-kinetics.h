/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-gitt.h"
#include "cli-command.h"

G_BEGIN_DECLS

/* The recording of a cell that holds @wanted, or anything with a current when a file (or a cell
 * that
 * --cell names) does not say so; NULL with @error set when there is none. */
PlateauRecording *cli_kinetics_load (CliContext *context, const CliInput *input,
                                     const PlateauStudyCell *cell, PlateauKinds wanted,
                                     GError **error);
/* What is said on the command line comes before what the project says of the sample. */
PlateauGittOptions cli_kinetics_gitt_options (CliContext *context, const PlateauStudyCell *cell);

G_END_DECLS
