/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-command.h"

#include "analysis/plateau-impedance.h"

G_BEGIN_DECLS

/* What the impedance commands share. */

/* The spectra that --spectra names as they are analysed: masked and corrected as the options of
 * plateau_impedance_option_table say. */
typedef struct
{
  GPtrArray *spectra;  /* PlateauSpectrum */
  GPtrArray *measured; /* the same without the correction for drift; NULL: not asked for */
  GArray *numbers;     /* of guint, from 1 */
} CliSpectra;

/* NULL with @error set when there are none. */
CliSpectra *cli_spectra_load (CliContext *context, const PlateauStudyCell *cell, GError **error);
void cli_spectra_free (CliSpectra *spectra);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliSpectra, cli_spectra_free)

/* What the impedance commands declare as their options. */
extern const PlateauImpedanceOptions cli_spectra_defaults;
#define CLI_SPECTRA_OPTIONS                                                                        \
  {                                                                                                \
    plateau_impedance_option_table, sizeof (PlateauImpedanceOptions), &cli_spectra_defaults,       \
        "impedance"                                                                                \
  }

void cli_clear_error (gpointer error); /* for arrays of GError with gaps */
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
