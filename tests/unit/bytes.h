/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-reader.h"

#include <string.h>

/* Little-endian files put together by tests. */

static inline void
put_zeros (GByteArray *bytes, gsize n)
{
  gsize at = bytes->len;
  g_byte_array_set_size (bytes, (guint) (at + n));
  memset (bytes->data + at, 0, n);
}

static inline void
put_u8 (GByteArray *bytes, guint value)
{
  guint8 v = (guint8) value;
  g_byte_array_append (bytes, &v, 1);
}

static inline void
put_u16 (GByteArray *bytes, guint value)
{
  guint16 v = GUINT16_TO_LE ((guint16) value);
  g_byte_array_append (bytes, (const guint8 *) &v, 2);
}

static inline void
put_u32 (GByteArray *bytes, guint32 value)
{
  guint32 v = GUINT32_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &v, 4);
}

static inline void
put_u64 (GByteArray *bytes, guint64 value)
{
  guint64 v = GUINT64_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &v, 8);
}

static inline void
put_f32 (GByteArray *bytes, double value)
{
  float f = (float) value;
  guint32 v;
  memcpy (&v, &f, 4);
  put_u32 (bytes, v);
}

static inline void
put_f64 (GByteArray *bytes, double value)
{
  guint64 v;
  memcpy (&v, &value, 8);
  put_u64 (bytes, v);
}

static inline void
put_text (GByteArray *bytes, const char *text, gsize width, char fill)
{
  gsize length = MIN (strlen (text), width);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
  for (gsize i = length; i < width; i++)
    put_u8 (bytes, (guint8) fill);
}

static inline void
set_u32 (GByteArray *bytes, gsize at, guint32 value)
{
  guint32 v = GUINT32_TO_LE (value);
  g_assert_cmpuint (at + 4, <=, bytes->len);
  memcpy (bytes->data + at, &v, 4);
}

/* Reads what @bytes hold under the name @name with the reader that the content chooses. */
static inline PlateauMeasurement *
read_one (GByteArray *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes->data, bytes->len);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (content, name);
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, error);
  if (measurements == NULL)
    return NULL;
  g_assert_cmpuint (measurements->len, ==, 1);
  return plateau_measurement_ref (measurements->pdata[0]);
}

static inline gboolean
warns (PlateauMeasurement *measurement, const char *part)
{
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (; warnings != NULL && *warnings != NULL; warnings++)
    if (strstr (*warnings, part) != NULL)
      return TRUE;
  return FALSE;
}
