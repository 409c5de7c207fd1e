/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-command.h"

G_BEGIN_DECLS

/* What the impedance commands share. */

/* The spectra that --spectra names, and their numbers from 1. NULL with @error set when there are
 * none. */
GPtrArray *cli_spectra_load (CliContext *context, const PlateauStudyCell *cell, GArray *indices,
                             GError **error);
/* Entries for all spectra; those whose result is missing hold only their error, which is said on
 * stderr too. FALSE with @error set when none could be done. */
typedef void (*CliSetSpectrum) (CliContext *context, const PlateauStudyCell *cell,
                                JsonObject *entry, gconstpointer analysis);
gboolean cli_spectra_fill (CliContext *context, CliInput *input, const PlateauStudyCell *cell,
                           JsonObject *result, GArray *indices, GPtrArray *analyses,
                           GPtrArray *errors, CliSetSpectrum set, GError **error);
void cli_set_factors (JsonObject *object, const char *key, const double *values, gsize n,
                      double factor);

G_END_DECLS
