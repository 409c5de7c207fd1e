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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauReadOptions, plateau_read_options_free)

G_END_DECLS
