/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>

/* Newer LANHE systems (.ccs): a head about the test, then pages of 128 bytes. A data page holds up
 * to six records and says at which byte its control page stands, which tells step and cycle. */

enum
{
  PAGE_SIZE = 128,
  HEAD_SIZE = 0x800,
  RECORD_SIZE = 20,
  FIRST_RECORD = 8,
  MAX_RECORDS = 6,
  KIND_CONTROL = 2,
  KIND_DATA = 3,
  MODE_REST = 1,
  MODE_CHARGE = 0x24,
  MODE_DISCHARGE = 0x44,
};

typedef struct
{
  guint32 offset, mode;
  double cycle, step, start; /* s */
} Control;

/* Columns that a record fills, in this order. */
static const struct
{
  PlateauQuantity quantity;
  const char *name;
} fields[] = {
  { PLATEAU_QUANTITY_TIME, "TestTime" },
  { PLATEAU_QUANTITY_STEP_TIME, "StepTime" },
  { PLATEAU_QUANTITY_POTENTIAL, "Voltage/V" },
  { PLATEAU_QUANTITY_CURRENT, "Current/A" },
  { PLATEAU_QUANTITY_CHARGE_INCREMENT, "Capacity/Ah" },
  { PLATEAU_QUANTITY_COUNTER_CHARGE_ENERGY, "EnergyC" },
  { PLATEAU_QUANTITY_COUNTER_DISCHARGE_ENERGY, "EnergyD" },
  { PLATEAU_QUANTITY_CYCLE, "CycleNo" },
  { PLATEAU_QUANTITY_STEP_INDEX, "StepNo" },
  { PLATEAU_QUANTITY_STEP_COUNT, "Step" },
  { PLATEAU_QUANTITY_MODE, "Mode" },
};

typedef struct
{
  PlateauRecordingBuilder *builder;
  Control control;
  double step_time, count, charged, discharged;
  guint n_orphans; /* pages whose control page is not there */
} Stream;

static double
start_of_head (const guint8 *head)
{
  double start = (double) plateau_le_u64 (head + 0xA8) * 1e-3;
  const double year_2000 = 946684800, year_2100 = 4102444800;
  return start > year_2000 && start < year_2100 ? start : NAN;
}

/* There is no magic: the start must be a date, and some pages must be pages. */
static guint
score (const PlateauProbe *probe)
{
  gboolean suffix = g_str_has_suffix (probe->name, ".ccs");
  if (probe->head_length < HEAD_SIZE || isnan (start_of_head (probe->head)))
    return suffix ? 15 : 0;
  guint n_pages = 0;
  for (gsize at = 0; at + PAGE_SIZE <= probe->head_length; at += PAGE_SIZE)
    {
      const guint8 *page = probe->head + at;
      n_pages += page[0] == KIND_DATA && page[1] >= 1 && page[1] <= MAX_RECORDS
                 && plateau_le_u32 (page + 4) % PAGE_SIZE == 0
                 && plateau_le_u32 (page + 4) < probe->size;
    }
  if (suffix)
    return n_pages > 0 ? 90 : 60;
  return n_pages >= 3 ? 65 : 0;
}

static void
set_info_from_text (PlateauMeasurement *measurement, const char *key, const guint8 *head, gsize at,
                    gsize most)
{
  gsize length = strnlen ((const char *) head + at, most);
  g_autofree char *text = plateau_encoding_decode (PLATEAU_ENCODING_GB18030, head + at, length);
  if (g_strstrip (text)[0] != '\0')
    plateau_measurement_set_info (measurement, key, text);
}

static void
set_info_from_number (PlateauMeasurement *measurement, const char *key, double value)
{
  if (!(value > 0) || value > 1e9)
    return;
  g_autofree char *text = plateau_format_significant (value, 7);
  plateau_measurement_set_info (measurement, key, text);
}

static gboolean
read_head (PlateauInput *input, PlateauMeasurement *measurement, GError **error)
{
  const guint8 *head = plateau_input_peek (input, 0, HEAD_SIZE, error);
  if (head == NULL)
    return FALSE;
  double grams = plateau_le_f32 (head + 0x328), specific = plateau_le_f32 (head + 0x324);
  set_info_from_text (measurement, "group", head, 0x10, 0x90);
  set_info_from_text (measurement, PLATEAU_INFO_CELL_NAME, head, 0xB0, 0x200);
  set_info_from_text (measurement, PLATEAU_INFO_SOFTWARE, head, 0x2D0, 0x50);
  set_info_from_text (measurement, "serial", head, 0x360, 0x80);
  set_info_from_text (measurement, "program", head, 0x734, HEAD_SIZE - 0x734);
  set_info_from_number (measurement, PLATEAU_INFO_MASS_MG, grams * 1e3);
  set_info_from_number (measurement, PLATEAU_INFO_NOMINAL_CAPACITY_MAH, grams * specific);
  double start = start_of_head (head);
  g_autofree char *started = isnan (start) ? NULL : plateau_format_date (start);
  if (started != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, started);
  return TRUE;
}

static gboolean
find_control (PlateauInput *input, Stream *stream, guint32 offset)
{
  if (offset == stream->control.offset)
    return TRUE;
  if (offset % PAGE_SIZE != 0 || offset == 0)
    return FALSE;
  const guint8 *page = plateau_input_peek (input, offset, PAGE_SIZE, NULL);
  if (page == NULL || page[0] != KIND_CONTROL)
    return FALSE;
  stream->control = (Control){
    .offset = offset,
    .mode = plateau_le_u32 (page + 8),
    .cycle = plateau_le_u32 (page + 12) + 1.0,
    .step = plateau_le_u32 (page + 16) + 1.0,
    .start = plateau_le_u32 (page + 24) * 1e-3,
  };
  stream->step_time = 0;
  stream->count++;
  return TRUE;
}

static void
add_record (Stream *stream, const guint8 *record)
{
  const Control *control = &stream->control;
  double current = plateau_le_f32 (record + 8), potential = plateau_le_f32 (record + 4);
  double charge = plateau_le_f32 (record + 12) * 3600.0,
         energy = plateau_le_f32 (record + 16) * 3600.0;
  double sign = control->mode == MODE_CHARGE ? 1 : control->mode == MODE_DISCHARGE ? -1 : 0;
  if (sign == 0)
    sign = current < 0 ? -1 : 1;
  stream->step_time += plateau_le_u32 (record) * 1e-3;
  energy = isfinite (energy) ? fabs (energy) : 0;
  *(sign > 0 ? &stream->charged : &stream->discharged) += energy;
  const double values[] = {
    control->start + stream->step_time,
    stream->step_time,
    isfinite (potential) ? potential : NAN,
    isfinite (current) ? sign * fabs (current) : NAN,
    isfinite (charge) ? sign * fabs (charge) : NAN,
    stream->charged,
    stream->discharged,
    control->cycle,
    control->step,
    stream->count,
    control->mode == MODE_REST ? PLATEAU_MODE_REST : PLATEAU_MODE_UNKNOWN,
  };
  G_STATIC_ASSERT (G_N_ELEMENTS (values) == G_N_ELEMENTS (fields));
  memcpy (plateau_recording_builder_append_row (stream->builder), values, sizeof values);
}

static gboolean
read_pages (PlateauInput *input, Stream *stream, GCancellable *cancellable, GError **error)
{
  guint64 n_pages = plateau_input_get_size (input) / PAGE_SIZE;
  guint8 page[PAGE_SIZE];
  for (guint64 p = 1; p < n_pages; p++)
    {
      if (p % 4096 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *data = plateau_input_peek (input, p * PAGE_SIZE, PAGE_SIZE, error);
      if (data == NULL)
        return FALSE;
      if (data[0] != KIND_DATA || data[1] < 1 || data[1] > MAX_RECORDS)
        continue;
      memcpy (page, data, PAGE_SIZE); /* looking at the control page moves the window */
      if (!find_control (input, stream, plateau_le_u32 (page + 4)))
        {
          stream->n_orphans += p * PAGE_SIZE >= HEAD_SIZE;
          continue;
        }
      for (guint r = 0; r < page[1]; r++)
        add_record (stream, page + FIRST_RECORD + r * RECORD_SIZE);
    }
  return TRUE;
}

static gboolean
read_ccs (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "LANHE");
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    plateau_recording_builder_add_column (builder, fields[f].quantity, fields[f].name, NULL);
  Stream stream = { .builder = builder };
  if (!read_head (input, measurement, error) || !read_pages (input, &stream, cancellable, error))
    return FALSE;
  if (stream.n_orphans > 0)
    plateau_measurement_warn (measurement,
                              _ ("%u pages of records without the page that tells "
                                 "their step were left out."),
                              stream.n_orphans);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, NULL, warnings, error);
  plateau_measurement_add_warnings (measurement, warnings);
  if (recording == NULL)
    return FALSE;
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

static const char *const suffixes[] = { "ccs", NULL };

const PlateauReader plateau_reader_land_ccs = {
  .id = "land-ccs",
  .label = N_ ("LANHE binary (.ccs)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score,
  .read = read_ccs,
};
