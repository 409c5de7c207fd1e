/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* What the user said about the reading of a file: carried to the worker thread, and kept with the
 * measurement so that the file is read the same way when it is read again. */

PlateauReadOptions *plateau_read_options_copy (const PlateauReadOptions *options);
void plateau_read_options_free (PlateauReadOptions *options);

/* Notes @options on a measurement that was read with them. */
void plateau_read_options_note (const PlateauReadOptions *options, PlateauMeasurement *measurement);
/* Returns: (transfer full) (nullable): what was noted; NULL: all defaults */
PlateauReadOptions *plateau_read_options_recall (PlateauMeasurement *measurement);
char *plateau_read_options_to_text (const PlateauReadOptions *options);
PlateauReadOptions *plateau_read_options_from_text (const char *text);

/* Names and units that a user gave to the columns of a text file hold for the next file of the
 * same shape. Kept in the settings: load and keep on the main thread, find anywhere. */
GVariant *plateau_read_memory_load (void);
void plateau_read_memory_keep (GFile *file, const PlateauReadOptions *options);
PlateauReadOptions *plateau_read_memory_find (GVariant *memory, GFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauReadOptions, plateau_read_options_free)

G_END_DECLS
