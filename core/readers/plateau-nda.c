/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "readers/plateau-nda.h"

#include "base/plateau-error.h"
#include "readers/plateau-bytes.h"

#include <glib/gi18n.h>

#define BIT(name) (1u << PLATEAU_NEWARE_##name)
#define COLUMN(table, name) ((table)->columns[PLATEAU_NEWARE_##name][(table)->n])

enum
{
  SEARCH_WINDOW = 128 << 10,
  DATA = 0x55,
  AUX = 0x65,
};

static const guint32 step_columns = BIT (TIME) | BIT (STEP_TIME) | BIT (CLOCK) | BIT (POTENTIAL)
                                    | BIT (CURRENT) | BIT (CHARGE_CAPACITY)
                                    | BIT (DISCHARGE_CAPACITY) | BIT (CHARGE_ENERGY)
                                    | BIT (DISCHARGE_ENERGY) | BIT (CYCLE) | BIT (STEP_INDEX)
                                    | BIT (STEP_COUNT) | BIT (MODE);

/**
 * plateau_nda_search:
 * @from: where to begin
 * @mark: (array length=length): what to look for
 * @at: (out): where it is
 *
 * Returns: whether the file has @mark; FALSE without @error when it has not
 */
gboolean
plateau_nda_search (PlateauInput *input, guint64 from, const void *mark, gsize length, guint64 *at,
                    GError **error)
{
  guint64 size = plateau_input_get_size (input);
  for (guint64 offset = from; offset + length <= size; offset += SEARCH_WINDOW - length + 1)
    {
      gsize n;
      const guint8 *window = plateau_input_peek_some (input, offset, SEARCH_WINDOW, &n, error);
      if (window == NULL)
        return FALSE;
      const guint8 *found = memmem (window, n, mark, length);
      if (found != NULL)
        {
          *at = offset + (guint64) (found - window);
          return TRUE;
        }
    }
  return FALSE;
}

static void
note_unknown_range (PlateauNewareTable *table, gint32 code)
{
  if (table->n_unknown_range++ == 0)
    table->unknown_range = code;
}

/* The running step goes up when the instrument's jump counter changes. */
static double
count_steps (const PlateauNewareTable *table, gboolean changed)
{
  if (table->n == 0)
    return 1;
  return table->columns[PLATEAU_NEWARE_STEP_COUNT][table->n - 1] + (changed ? 1 : 0);
}

/* Versions 22 to 29 */
static gboolean
decode_86 (const guint8 *r, gboolean calendar, PlateauNewareTable *table, GArray *aux)
{
  if (r[0] == AUX)
    {
      PlateauNewareAux reading = {
        .index = plateau_le_u32 (r + 2),
        .channel = r[1],
        .potential = (float) (plateau_le_i32 (r + 22) * 1e-4),
        .temperature = (float) (plateau_le_i16 (r + 34) * 0.1 + 273.15),
      };
      g_array_append_val (aux, reading);
      return TRUE;
    }
  guint32 index = plateau_le_u32 (r + 2);
  if (r[0] != DATA || index == 0 || table->n >= table->capacity)
    return TRUE;
  double multiplier = NAN;
  if (!plateau_neware_range (plateau_le_i32 (r + 78), &multiplier))
    note_unknown_range (table, plateau_le_i32 (r + 78));
  double charge_unit = multiplier * 1e-3; /* mult/3600 mAh are mult mC */
  table->index[table->n] = index;
  COLUMN (table, CYCLE) = plateau_le_u32 (r + 6) + 1.0;
  COLUMN (table, STEP_INDEX) = plateau_le_u16 (r + 10);
  COLUMN (table, MODE) = plateau_neware_mode (r[12]);
  COLUMN (table, STEP_COUNT) = r[13]; /* a jump counter, made to run on later */
  COLUMN (table, TIME) = NAN;
  COLUMN (table, STEP_TIME) = (double) plateau_le_u64 (r + 14) * 1e-3;
  COLUMN (table, POTENTIAL) = plateau_le_i32 (r + 22) * 1e-4;
  COLUMN (table, CURRENT) = plateau_le_i32 (r + 26) * multiplier * 1e-3;
  COLUMN (table, CHARGE_CAPACITY) = (double) plateau_le_i64 (r + 38) * charge_unit;
  COLUMN (table, DISCHARGE_CAPACITY) = (double) plateau_le_i64 (r + 46) * charge_unit;
  COLUMN (table, CHARGE_ENERGY) = (double) plateau_le_i64 (r + 54) * charge_unit;
  COLUMN (table, DISCHARGE_ENERGY) = (double) plateau_le_i64 (r + 62) * charge_unit;
  COLUMN (table, CLOCK) = calendar ? plateau_neware_clock (plateau_le_u16 (r + 70), r[72], r[73],
                                                           r[74], r[75], r[76])
                                   : (double) plateau_le_u64 (r + 70);
  table->n++;
  return TRUE;
}

static gboolean
decode_29 (const guint8 *record, gsize size, PlateauNewareTable *table, GArray *aux)
{
  return decode_86 (record, TRUE, table, aux);
}

static gboolean
decode_22 (const guint8 *record, gsize size, PlateauNewareTable *table, GArray *aux)
{
  return decode_86 (record, FALSE, table, aux);
}

static gboolean
decode_8 (const guint8 *r, gsize size, PlateauNewareTable *table, GArray *aux)
{
  guint32 index = plateau_le_u32 (r + 1);
  if (r[0] != 0 || index == 0 || table->n >= table->capacity)
    return TRUE;
  gsize n = table->n;
  table->index[n] = index;
  double cycle = plateau_le_u32 (r + 5) + 1.0, step = r[9], time = plateau_le_u32 (r + 11);
  gboolean changed = n > 0
                     && (cycle != table->columns[PLATEAU_NEWARE_CYCLE][n - 1]
                         || step != table->columns[PLATEAU_NEWARE_STEP_INDEX][n - 1]
                         || time < table->columns[PLATEAU_NEWARE_STEP_TIME][n - 1]);
  double current = plateau_le_i32 (r + 19) * 1e-6;
  double sign = current < 0 ? -1 : 1;
  COLUMN (table, CYCLE) = cycle;
  COLUMN (table, STEP_INDEX) = step;
  COLUMN (table, STEP_COUNT) = count_steps (table, changed);
  COLUMN (table, MODE) = plateau_neware_mode (r[10]);
  COLUMN (table, TIME) = NAN;
  COLUMN (table, STEP_TIME) = time;
  COLUMN (table, POTENTIAL) = plateau_le_i32 (r + 15) * 1e-4;
  COLUMN (table, CURRENT) = current;
  plateau_neware_set_signed_capacity (table, n, sign * (double) plateau_le_i64 (r + 31) * 1e-6,
                                      sign * (double) plateau_le_i64 (r + 39) * 1e-6);
  COLUMN (table, CLOCK) = (double) plateau_le_u64 (r + 47);
  table->n++;
  return TRUE;
}

static double
finite_f32 (const guint8 *p)
{
  double value = plateau_le_f32 (p);
  return isfinite (value) ? value : NAN;
}

/* BTS 9.1 */
static gboolean
decode_130_short (const guint8 *r, gsize size, PlateauNewareTable *table, GArray *aux)
{
  if (r[0] == 0x81)
    return FALSE;
  guint32 index = plateau_le_u32 (r + 8);
  if (r[0] != DATA || index == 0 || table->n >= table->capacity)
    return TRUE;
  gsize n = table->n;
  table->index[n] = index;
  double cycle = plateau_le_u32 (r + 36) + 1.0, step = r[2];
  gboolean changed = n > 0
                     && (cycle != table->columns[PLATEAU_NEWARE_CYCLE][n - 1]
                         || step != table->columns[PLATEAU_NEWARE_STEP_INDEX][n - 1]);
  COLUMN (table, CYCLE) = cycle;
  COLUMN (table, STEP_INDEX) = step;
  COLUMN (table, STEP_COUNT) = count_steps (table, changed);
  COLUMN (table, MODE) = plateau_neware_mode (r[3]);
  COLUMN (table, TIME) = plateau_le_u32 (r + 12) + plateau_le_u32 (r + 16) * 1e-9;
  COLUMN (table, CURRENT) = finite_f32 (r + 20) * 1e-3;
  COLUMN (table, POTENTIAL) = finite_f32 (r + 24);
  plateau_neware_set_signed_capacity (table, n, finite_f32 (r + 28) * 1e-3,
                                      finite_f32 (r + 32) * 1e-3);
  COLUMN (table, CLOCK) = plateau_le_u32 (r + 44) + plateau_le_u32 (r + 48) * 1e-9;
  if (table->columns[PLATEAU_NEWARE_TEMPERATURE] != NULL)
    COLUMN (table, TEMPERATURE) = finite_f32 (r + 52) + 273.15;
  table->n++;
  return TRUE;
}

/* BTS 9.0 */
static gboolean
decode_130_long (const guint8 *r, gsize size, PlateauNewareTable *table, GArray *aux)
{
  guint32 index = plateau_le_u32 (r + 16);
  if (r[4] != DATA || plateau_le_u16 (r + 5) != 0x0181 || index == 0 || table->n >= table->capacity)
    return TRUE;
  gsize n = table->n;
  table->index[n] = index;
  double step = r[9], time = (double) plateau_le_u64 (r + 28) * 1e-6;
  gboolean changed = n > 0
                     && (step != table->columns[PLATEAU_NEWARE_STEP_INDEX][n - 1]
                         || time < table->columns[PLATEAU_NEWARE_STEP_TIME][n - 1]);
  COLUMN (table, STEP_INDEX) = step;
  COLUMN (table, STEP_COUNT) = count_steps (table, changed);
  COLUMN (table, MODE) = plateau_neware_mode (r[10]);
  COLUMN (table, TIME) = NAN;
  COLUMN (table, STEP_TIME) = time;
  COLUMN (table, POTENTIAL) = finite_f32 (r + 36);
  COLUMN (table, CURRENT) = finite_f32 (r + 40) * 1e-3;
  plateau_neware_set_signed_capacity (table, n, finite_f32 (r + 60) * 1e-3,
                                      finite_f32 (r + 64) * 1e-3);
  COLUMN (table, CLOCK) = (double) plateau_le_u64 (r + 68) * 1e-6;
  table->n++;
  return TRUE;
}

static gboolean
no_records (PlateauInput *input, guint version, GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA,
                 _ ("“%s” (.nda version %u) has no first record: nothing was recorded, or the file "
                    "is cut."),
                 plateau_input_get_name (input), version);
  return FALSE;
}

static gboolean
find_marked (PlateauInput *input, guint version, const void *mark, gsize length,
             PlateauNdaLayout *layout, GError **error)
{
  g_autoptr (GError) problem = NULL;
  if (plateau_nda_search (input, PLATEAU_NDA_HEAD_SIZE, mark, length, &layout->first, &problem))
    return TRUE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return no_records (input, version, error);
}

static gboolean
find_130 (PlateauInput *input, PlateauNdaLayout *layout, GError **error)
{
  const guint8 *mark = plateau_input_peek (input, PLATEAU_NDA_HEAD_SIZE, 64, error);
  if (mark == NULL)
    return FALSE;
  layout->first = PLATEAU_NDA_HEAD_SIZE;
  if (mark[0] == 0x12)
    {
      layout->name = "BTS 9.0";
      layout->record_size = 88;
      layout->columns = step_columns & ~BIT (CYCLE);
      layout->decode = decode_130_long;
      return TRUE;
    }
  if (mark[0] != DATA)
    {
      if (mark[0] == 0x81)
        return no_records (input, 130, error);
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION,
                   _ ("“%s” is of a variant of .nda version 130 that is not known here (byte %d is "
                      "0x%02X). Export it as csv or xlsx in BTSDA."),
                   plateau_input_get_name (input), PLATEAU_NDA_HEAD_SIZE, mark[0]);
      return FALSE;
    }
  layout->name = "BTS 9.1";
  layout->decode = decode_130_short;
  layout->columns = step_columns & ~BIT (STEP_TIME);
  /* The first two bytes come back at the start of every record. A file of one record has no other
   * to measure by. */
  guint8 start[2] = { mark[0], mark[1] };
  gsize length;
  const guint8 *window = plateau_input_peek_some (input, PLATEAU_NDA_HEAD_SIZE, 1024, &length,
                                                  error);
  if (window == NULL)
    return FALSE;
  const guint8 *next = length > 52 ? memmem (window + 2, length - 2, start, 2) : NULL;
  while (next != NULL && next - window < 52)
    next = memmem (next + 1, length - (gsize) (next + 1 - window), start, 2);
  layout->record_size = next != NULL ? (gsize) (next - window) : 52;
  if (layout->record_size >= 56)
    layout->columns |= BIT (TEMPERATURE);
  return TRUE;
}

/**
 * plateau_nda_layout_find:
 * @version: byte 14 of the file
 * @layout: (out caller-allocates): how its records are to be read, and where they begin
 *
 * Returns: FALSE with @error set when the version is not known or the file has no record
 */
gboolean
plateau_nda_layout_find (PlateauInput *input, guint version, PlateauNdaLayout *layout,
                         GError **error)
{
  static const guint8 mark_29[] = { 0x55, 0x00, 0x01, 0x00, 0x00, 0x00 };
  static const guint8 mark_8[] = { 0xFF, 0x01, 0x00, 0x00, 0x00 };
  *layout = (PlateauNdaLayout){ .name = "", .columns = step_columns };
  switch (version)
    {
    case 26:
    case 29:
      layout->record_size = 86;
      layout->decode = decode_29;
      layout->jump_counter = TRUE;
      return find_marked (input, version, mark_29, sizeof mark_29, layout, error);
    case 22:
    case 23:
      layout->record_size = 86;
      layout->decode = decode_22;
      layout->jump_counter = TRUE;
      return find_marked (input, version, mark_29, sizeof mark_29, layout, error);
    case 8:
      layout->record_size = 59;
      layout->decode = decode_8;
      return find_marked (input, version, mark_8, sizeof mark_8, layout, error);
    case 130:
      return find_130 (input, layout, error);
    default:
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION,
                   _ ("“%s” is a Neware file of version %u; versions 8, 22, 23, 26, 29 and 130 are "
                      "known here. Export it as csv or xlsx in BTSDA."),
                   plateau_input_get_name (input), version);
      return FALSE;
    }
}
