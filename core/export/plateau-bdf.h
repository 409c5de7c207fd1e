/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

G_BEGIN_DECLS

/* Battery Data Format: one table as csv, columns named by quantity and unit. */

gboolean plateau_bdf_write_recording (PlateauRecording *recording, const char *path,
                                      GCancellable *cancellable, GError **error);
gboolean plateau_bdf_write_spectra (GPtrArray *spectra, const char *path, GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
