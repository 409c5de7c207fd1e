/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static inline void
fuzz_look_at (PlateauMeasurement *measurement)
{
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);
  volatile double sum = 0;
  gsize n = recording != NULL ? plateau_recording_get_n_rows (recording) : 0;
  for (guint c = 0; recording != NULL && c < plateau_recording_get_n_columns (recording); c++)
    for (gsize i = 0; i < n; i++)
      sum = sum + plateau_recording_get_column (recording, c)->values[i];
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (; warnings != NULL && *warnings != NULL; warnings++)
    if (!g_utf8_validate (*warnings, -1, NULL))
      g_error ("a warning is not UTF-8");
}

/* Reads @bytes with the reader @id; NULL: the content chooses. */
static inline void
fuzz_read (GBytes *bytes, const char *id)
{
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, "fuzz");
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.reader = id;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, &options, NULL, &error);
  if ((measurements == NULL) == (error == NULL))
    g_error ("neither measurements nor an error");
  if (error != NULL && !g_utf8_validate (error->message, -1, NULL))
    g_error ("a message is not UTF-8");
  for (guint i = 0; measurements != NULL && i < measurements->len; i++)
    fuzz_look_at (measurements->pdata[i]);
}
