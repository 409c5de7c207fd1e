/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

G_BEGIN_DECLS

/* Little-endian numbers at any place of a buffer; the caller has checked that they lie in it. */

static inline guint16
plateau_le_u16 (const guint8 *p)
{
  guint16 v;
  memcpy (&v, p, sizeof v);
  return GUINT16_FROM_LE (v);
}

static inline guint32
plateau_le_u32 (const guint8 *p)
{
  guint32 v;
  memcpy (&v, p, sizeof v);
  return GUINT32_FROM_LE (v);
}

static inline guint64
plateau_le_u64 (const guint8 *p)
{
  guint64 v;
  memcpy (&v, p, sizeof v);
  return GUINT64_FROM_LE (v);
}

static inline gint16
plateau_le_i16 (const guint8 *p)
{
  return (gint16) plateau_le_u16 (p);
}

static inline gint32
plateau_le_i32 (const guint8 *p)
{
  return (gint32) plateau_le_u32 (p);
}

static inline gint64
plateau_le_i64 (const guint8 *p)
{
  return (gint64) plateau_le_u64 (p);
}

static inline float
plateau_le_f32 (const guint8 *p)
{
  guint32 bits = plateau_le_u32 (p);
  float v;
  memcpy (&v, &bits, sizeof v);
  return v;
}

static inline double
plateau_le_f64 (const guint8 *p)
{
  guint64 bits = plateau_le_u64 (p);
  double v;
  memcpy (&v, &bits, sizeof v);
  return v;
}

G_END_DECLS
