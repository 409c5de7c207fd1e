/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file under reading: size known, any part can be looked at, never all of it in memory unless it
 * is small. A file that shrinks meanwhile gives an error, not a crash (so it is not mapped). */
#define PLATEAU_TYPE_INPUT (plateau_input_get_type ())
G_DECLARE_FINAL_TYPE (PlateauInput, plateau_input, PLATEAU, INPUT, GObject)

PlateauInput *plateau_input_new_for_file (GFile *file, GCancellable *cancellable, GError **error);
PlateauInput *plateau_input_new_for_bytes (GBytes *bytes, const char *name);
PlateauInput *plateau_input_new_for_part (PlateauInput *whole, GBytes *bytes, const char *part);
const char *plateau_input_get_name (PlateauInput *input);
const char *plateau_input_get_path (PlateauInput *input);
guint64 plateau_input_get_size (PlateauInput *input);

/* Pointers are good until the next look at the same input. */
const guint8 *plateau_input_peek (PlateauInput *input, guint64 offset, gsize length,
                                  GError **error);
const guint8 *plateau_input_peek_some (PlateauInput *input, guint64 offset, gsize wanted,
                                       gsize *length, GError **error);
GBytes *plateau_input_read_all (PlateauInput *input, guint64 limit, GError **error);

/* A measurement whose source is this input. @part: which test or sheet of the file, or NULL. */
PlateauMeasurement *plateau_input_new_measurement (PlateauInput *input, const char *part);
void plateau_input_set_reader (PlateauInput *input, const char *id, guint version);

G_END_DECLS
