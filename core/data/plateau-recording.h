/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-quantity.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One time series as columns of doubles in SI. Immutable once built and counted by reference, so
 * threads share it without locks. */
typedef struct _PlateauRecording PlateauRecording;
typedef struct _PlateauRecordingBuilder PlateauRecordingBuilder;

/* What passed in charge [0] and in discharge [1], C: by the instrument's counters and by the
 * integral of the current; NaN where there is not both. */
typedef struct
{
  double counted[2], integrated[2];
} PlateauChargeCheck;

#define PLATEAU_TYPE_RECORDING (plateau_recording_get_type ())

typedef struct
{
  PlateauQuantity quantity;
  const char *name; /* as printed in the file, or the quantity's id */
  const char
      *unit; /* unit id of the values: SI of the quantity, or for OTHER the file's own text */
  const double *values; /* one a row; NaN where the file has none */
} PlateauColumn;

GType plateau_recording_get_type (void);
PlateauRecording *plateau_recording_ref (PlateauRecording *recording);
void plateau_recording_unref (PlateauRecording *recording);
gsize plateau_recording_get_n_rows (PlateauRecording *recording);
const PlateauChargeCheck *plateau_recording_get_charge_check (PlateauRecording *recording);
guint plateau_recording_get_n_columns (PlateauRecording *recording);
const PlateauColumn *plateau_recording_get_column (PlateauRecording *recording, guint index);
const double *plateau_recording_peek (PlateauRecording *recording, PlateauQuantity quantity);
const double *plateau_recording_peek_named (PlateauRecording *recording, const char *name);
gsize plateau_recording_get_size (PlateauRecording *recording);
PlateauRecording *plateau_recording_join (PlateauRecording *const *recordings, guint n_recordings);

/* Building. A builder takes columns as the instrument printed them, converted to SI, and reduces
 * counters to one signed cumulative charge and energy. */

typedef struct
{
  gboolean derive_current; /* there is no current column: I = dQ/dt over the interval */
  gboolean flip_current;   /* the file counts discharge as positive: charge and discharge change
                              places */
} PlateauRecordingRules;

PlateauRecordingBuilder *plateau_recording_builder_new (void);
void plateau_recording_builder_free (PlateauRecordingBuilder *builder);
guint plateau_recording_builder_add_column (PlateauRecordingBuilder *builder,
                                            PlateauQuantity quantity, const char *name,
                                            const char *unit);
void plateau_recording_builder_reserve (PlateauRecordingBuilder *builder, gsize n_rows);
double *plateau_recording_builder_append_row (PlateauRecordingBuilder *builder);
double *plateau_recording_builder_peek_column (PlateauRecordingBuilder *builder, guint column);
void plateau_recording_builder_take_column (PlateauRecordingBuilder *builder, guint column,
                                            double *values, gsize n_values);
gsize plateau_recording_builder_get_n_rows (PlateauRecordingBuilder *builder);
void plateau_recording_builder_drop_last_row (PlateauRecordingBuilder *builder);
PlateauRecording *plateau_recording_builder_finish (PlateauRecordingBuilder *builder,
                                                    const PlateauRecordingRules *rules,
                                                    GPtrArray *warnings, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauRecording, plateau_recording_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauRecordingBuilder, plateau_recording_builder_free)

G_END_DECLS
