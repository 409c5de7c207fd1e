/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-numeric.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>
#include <stdlib.h>

/* LAND CT2001A (.cex): a header, blocks about the test, then a stream of items of 16 bytes. The
 * values are counts whose worth depends on the range of the channel; the counter of capacity
 * beside them is in A h and tells which range it was. */

enum
{
  HEADER_SIZE = 0x40,
  ITEM_SIZE = 16,
  CHECKSUM_AT = 0x3C,
  CHUNK_ITEMS = 8192,
};

#define MARK_EVENT 0xFFFFCCCCu
#define MARK_STEP 0xFFFFCCCDu
#define MARK_BLOCK 0xFFFFAAAAu
#define MARK_BLOCK_END 0xFFFFBBBBu

/* Worth of a count in the one range that was described: 5 V and 10 mA. */
#define VOLTS_A_COUNT 0.155e-3
#define DESCRIBED_RANGE 0.01
#define SHARE_A_COUNT 0.31e-4 /* of the range */

static const guint8 magic[] = { 0x10, 0x11, 0x09, 0x88 };

typedef struct
{
  GArray *columns[8]; /* of double */
  double step, count, cycle, mode, sign, clock;
} Stream;

typedef enum
{
  STEP_TIME,
  POTENTIAL,
  CURRENT,
  CAPACITY,
  ENERGY,
  STEP_COUNT,
  MODE,
  CYCLE,
} Field;

static guint
score (const PlateauProbe *probe)
{
  if (probe->head_length >= sizeof magic && memcmp (probe->head, magic, sizeof magic) == 0)
    return 95;
  return g_str_has_suffix (probe->name, ".cex") ? 20 : 0;
}

static gboolean
read_header (PlateauInput *input, PlateauMeasurement *measurement, double *start, GError **error)
{
  const guint8 *header = plateau_input_peek (input, 0, HEADER_SIZE, error);
  if (header == NULL)
    return FALSE;
  if (memcmp (header, magic, sizeof magic) != 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” does not begin like a LAND file (.cex): it is another file of that "
                      "name, or damaged. Copy it again, or choose another reader."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  guint32 sum = 0;
  for (guint at = 0; at < CHECKSUM_AT; at += 2)
    sum += plateau_le_u16 (header + at);
  if (sum != plateau_le_u32 (header + CHECKSUM_AT))
    plateau_measurement_warn (measurement,
                              _ ("The checksum of the file's head is wrong: it is damaged."));
  g_autofree char *channel = g_strdup_printf ("%u-%u", header[9], header[8]);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_CHANNEL, channel);
  *start = plateau_le_u32 (header + 0x10);
  g_autofree char *started = *start > 0 ? plateau_format_date (*start) : NULL;
  if (started != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, started);
  return TRUE;
}

/* Blocks say how long they are; what comes behind the last one are items. */
static gboolean
skip_blocks (PlateauInput *input, guint64 *offset, GError **error)
{
  *offset = HEADER_SIZE;
  while (*offset + ITEM_SIZE <= plateau_input_get_size (input))
    {
      const guint8 *block = plateau_input_peek (input, *offset, ITEM_SIZE, error);
      if (block == NULL)
        return FALSE;
      if (plateau_le_u32 (block) != MARK_BLOCK)
        return TRUE;
      guint64 end = *offset + ITEM_SIZE + plateau_le_u16 (block + 6);
      const guint8 *mark = plateau_input_peek (input, end, ITEM_SIZE, error);
      if (mark == NULL)
        return FALSE;
      if (plateau_le_u32 (mark) != MARK_BLOCK_END)
        {
          g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                       _ ("“%s”: the block at byte %llu does not end where it says (byte %llu). "
                          "The file is damaged or of a version that is not known here."),
                       plateau_input_get_name (input), (unsigned long long) *offset,
                       (unsigned long long) end);
          return FALSE;
        }
      *offset = end + ITEM_SIZE;
    }
  return TRUE;
}

static void
begin_step (Stream *stream, const guint8 *item)
{
  double step = plateau_le_u16 (item + 6) & 0x7FFF;
  /* A loop goes back in the program. */
  if (stream->count > 0 && step <= stream->step)
    stream->cycle++;
  stream->step = step;
  stream->count++;
  switch (item[8])
    {
    case 0x70:
      stream->mode = PLATEAU_MODE_REST;
      stream->sign = 0;
      break;
    case 2:
      stream->mode = PLATEAU_MODE_GALVANOSTATIC;
      stream->sign = -1;
      break;
    case 3:
      stream->mode = PLATEAU_MODE_GALVANOSTATIC;
      stream->sign = 1;
      break;
    default:
      stream->mode = PLATEAU_MODE_UNKNOWN;
      stream->sign = 0;
    }
}

static void
put (Stream *stream, Field field, double value)
{
  g_array_append_val (stream->columns[field], value);
}

static void
add_record (Stream *stream, const guint8 *item)
{
  double counts = plateau_le_i16 (item + 6), capacity = plateau_le_f32 (item + 8),
         energy = plateau_le_f32 (item + 12);
  put (stream, STEP_TIME, plateau_le_u32 (item) * 0.01);
  put (stream, POTENTIAL, plateau_le_u16 (item + 4) * VOLTS_A_COUNT);
  put (stream, CURRENT, stream->sign != 0 ? stream->sign * fabs (counts) : counts);
  put (stream, CAPACITY, isfinite (capacity) ? fabs (capacity) * 3600 : NAN);
  put (stream, ENERGY, isfinite (energy) ? fabs (energy) * 3600 : NAN);
  put (stream, STEP_COUNT, stream->count);
  put (stream, MODE, stream->mode);
  put (stream, CYCLE, stream->cycle);
}

static gboolean
read_items (PlateauInput *input, guint64 offset, Stream *stream, GCancellable *cancellable,
            GError **error)
{
  guint64 n_items = (plateau_input_get_size (input) - offset) / ITEM_SIZE;
  for (guint64 first = 0; first < n_items; first += CHUNK_ITEMS)
    {
      gsize n = (gsize) MIN (n_items - first, CHUNK_ITEMS);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      const guint8 *item = plateau_input_peek (input, offset + first * ITEM_SIZE, n * ITEM_SIZE,
                                               error);
      if (item == NULL)
        return FALSE;
      for (gsize i = 0; i < n; i++, item += ITEM_SIZE)
        {
          guint32 mark = plateau_le_u32 (item);
          if (mark == MARK_STEP)
            begin_step (stream, item);
          else if (mark != MARK_EVENT && mark != MARK_BLOCK && mark != MARK_BLOCK_END)
            add_record (stream, item);
        }
    }
  return TRUE;
}

/* A h that one count is worth over an hour, from the steps' counters: the ampere a count. */
static double
measure_count (const Stream *stream)
{
  const double *time = (const double *) (gpointer) stream->columns[STEP_TIME]->data;
  const double *current = (const double *) (gpointer) stream->columns[CURRENT]->data;
  const double *capacity = (const double *) (gpointer) stream->columns[CAPACITY]->data;
  const double *step = (const double *) (gpointer) stream->columns[STEP_COUNT]->data;
  double counts = 0, charge = 0;
  for (guint i = 1; i < stream->columns[STEP_TIME]->len; i++)
    {
      double dt = time[i] - time[i - 1], passed = capacity[i] - capacity[i - 1];
      if (step[i] != step[i - 1] || !(dt > 0) || !(passed > 0))
        continue;
      counts += 0.5 * (fabs (current[i]) + fabs (current[i - 1])) * dt;
      charge += passed;
    }
  return counts > 0 && charge > 0 ? charge / counts : NAN;
}

static double
find_count (const Stream *stream, const PlateauReadOptions *options,
            PlateauMeasurement *measurement)
{
  static const double steps[] = { 1, 2, 5 };
  double measured = measure_count (stream);
  double range = options->full_scale_current > 0 ? options->full_scale_current : DESCRIBED_RANGE;
  if (options->full_scale_current <= 0 && isfinite (measured))
    {
      double wanted = measured / SHARE_A_COUNT, best = range;
      for (int decade = -6; decade <= 3; decade++)
        for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
          {
            double candidate = steps[k] * pow (10, decade);
            if (fabs (log (candidate / wanted)) < fabs (log (best / wanted)))
              best = candidate;
          }
      range = best;
    }
  plateau_measurement_warn (measurement,
                            _ ("The file holds counts, not currents. A channel of %g mA was taken; "
                               "say it when that is wrong."),
                            range * 1e3);
  double count = range * SHARE_A_COUNT;
  if (isfinite (measured) && fabs (measured / count - 1) > 0.05)
    plateau_measurement_warn (measurement,
                              _ ("The counter of capacity asks for %.4g µA a count, a channel of "
                                 "that range has %.4g µA."),
                              measured * 1e6, count * 1e6);
  return count;
}

static void
take (PlateauRecordingBuilder *builder, PlateauQuantity quantity, GArray *values)
{
  gsize n;
  double *taken = g_array_steal (values, &n);
  guint column = plateau_recording_builder_add_column (builder, quantity, NULL, NULL);
  plateau_recording_builder_take_column (builder, column, taken, n);
}

static gboolean
finish (Stream *stream, PlateauMeasurement *measurement, GError **error)
{
  static const PlateauQuantity quantities[] = {
    PLATEAU_QUANTITY_STEP_TIME,      PLATEAU_QUANTITY_POTENTIAL,
    PLATEAU_QUANTITY_CURRENT,        PLATEAU_QUANTITY_COUNTER_CAPACITY,
    PLATEAU_QUANTITY_COUNTER_ENERGY, PLATEAU_QUANTITY_STEP_COUNT,
    PLATEAU_QUANTITY_MODE,           PLATEAU_QUANTITY_CYCLE,
  };
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  for (guint f = 0; f < G_N_ELEMENTS (quantities); f++)
    take (builder, quantities[f], stream->columns[f]);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, NULL, warnings, error);
  plateau_measurement_add_warnings (measurement, warnings);
  if (recording == NULL)
    return FALSE;
  plateau_measurement_set_recording (measurement, recording);
  plateau_measurement_set_kinds (measurement, PLATEAU_KIND_CYCLING);
  return TRUE;
}

static gboolean
read_cex (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "LAND");
  double start = NAN;
  guint64 offset;
  if (!read_header (input, measurement, &start, error) || !skip_blocks (input, &offset, error))
    return FALSE;
  Stream stream = { .cycle = 1 };
  for (guint f = 0; f < G_N_ELEMENTS (stream.columns); f++)
    stream.columns[f] = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean fine = read_items (input, offset, &stream, cancellable, error);
  if (fine && stream.columns[0]->len > 0)
    {
      double count = find_count (&stream, options, measurement);
      double *current = (double *) (gpointer) stream.columns[CURRENT]->data;
      for (guint i = 0; i < stream.columns[CURRENT]->len; i++)
        current[i] *= count;
    }
  fine = fine && finish (&stream, measurement, error);
  for (guint f = 0; f < G_N_ELEMENTS (stream.columns); f++)
    g_array_unref (stream.columns[f]);
  if (fine)
    g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return fine;
}

static const char *const suffixes[] = { "cex", NULL };

const PlateauReader plateau_reader_land_cex = {
  .id = "land-cex",
  .label = N_ ("LAND binary (.cex)"),
  .suffixes = suffixes,
  .version = 1,
  .experimental = TRUE,
  .score = score,
  .read = read_cex,
};
