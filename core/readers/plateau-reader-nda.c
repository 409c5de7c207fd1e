/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-bytes.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-nda.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-reader-table.h"

#include <glib/gi18n.h>

/* Neware's binary files of BTS 7 (.nda), versions 8 to 130; plateau-nda.c knows their records. */

enum
{
  CHUNK_SIZE = 128 << 10,
};

static guint
score (const PlateauProbe *probe)
{
  if (probe->head_length < 16 || memcmp (probe->head, "NEWARE", 6) != 0)
    return g_str_has_suffix (probe->name, ".nda") ? 20 : 0;
  switch (probe->head[PLATEAU_NDA_VERSION_OFFSET])
    {
    case 8:
    case 22:
    case 23:
    case 26:
    case 29:
    case 130:
      return 100;
    default:
      return 90;
    }
}

static PlateauNewareTable *
read_records (PlateauInput *input, const PlateauNdaLayout *layout, GArray *aux,
              GCancellable *cancellable, GError **error)
{
  guint64 size = plateau_input_get_size (input);
  guint64 most = (size - layout->first) / layout->record_size;
  g_autoptr (PlateauNewareTable)
      table = plateau_neware_table_new (input, most, layout->columns, error);
  if (table == NULL)
    return NULL;
  guint64 per_chunk = CHUNK_SIZE / layout->record_size;
  gboolean more = TRUE;
  for (guint64 record = 0; record < most && more; record += per_chunk)
    {
      gsize n = (gsize) MIN (per_chunk, most - record);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      const guint8 *data = plateau_input_peek (input, layout->first + record * layout->record_size,
                                               n * layout->record_size, error);
      if (data == NULL)
        return NULL;
      for (gsize i = 0; i < n && more; i++)
        more = layout->decode (data + i * layout->record_size, layout->record_size, table, aux);
    }
  return g_steal_pointer (&table);
}

/* The jump counter is one byte: each change is one more step. */
static void
count_jumps (PlateauNewareTable *table)
{
  double *steps = table->columns[PLATEAU_NEWARE_STEP_COUNT];
  double previous = table->n > 0 ? steps[0] : 0, count = 1;
  for (gsize i = 0; i < table->n; i++)
    {
      if (steps[i] != previous)
        count++;
      previous = steps[i];
      steps[i] = count;
    }
}

static void
set_info_from_text (PlateauMeasurement *measurement, const char *key, const guint8 *text,
                    gsize length)
{
  length = strnlen ((const char *) text, length);
  g_autofree char *decoded = plateau_encoding_decode (PLATEAU_ENCODING_GB18030, text, length);
  g_strstrip (decoded);
  if (decoded[0] != '\0')
    plateau_measurement_set_info (measurement, key, decoded);
}

static void
set_mass (PlateauMeasurement *measurement, double milligrams)
{
  if (!(milligrams > 0) || milligrams > 1e9)
    return;
  g_autofree char *text = plateau_format_significant (milligrams, 10);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_MASS_MG, text);
}

static gboolean
read_head_info (PlateauInput *input, guint version, PlateauMeasurement *measurement, GError **error)
{
  const guint8 *head = plateau_input_peek (input, 0, PLATEAU_NDA_HEAD_SIZE, error);
  if (head == NULL)
    return FALSE;
  if (version == 29)
    set_mass (measurement, plateau_le_u32 (head + 152) * 1e-3);
  gsize length;
  const guint8 *remark = version == 29 ? plateau_input_peek_some (input, 2317, 100, &length, error)
                                       : head;
  if (remark == NULL)
    return FALSE;
  if (version == 29)
    set_info_from_text (measurement, PLATEAU_INFO_COMMENT, remark, length);
  guint64 at;
  if (plateau_nda_search (input, 0, "BTSServer", 9, &at, NULL))
    {
      const guint8 *server = plateau_input_peek_some (input, at, 50, &length, error);
      if (server == NULL)
        return FALSE;
      set_info_from_text (measurement, PLATEAU_INFO_SOFTWARE, server, length);
    }
  return TRUE;
}

/* BTS 9 keeps active mass and remark in a footer. */
static gboolean
read_footer_info (PlateauInput *input, PlateauMeasurement *measurement, GError **error)
{
  static const guint8 mark[] = { 0x06, 0x00, 0xF0, 0x1D, 0x81, 0x00, 0x03, 0x00,
                                 0x61, 0x90, 0x71, 0x90, 0x02, 0x7F, 0xFF, 0x00 };
  guint64 at;
  g_autoptr (GError) problem = NULL;
  if (!plateau_nda_search (input, PLATEAU_NDA_HEAD_SIZE, mark, sizeof mark, &at, &problem))
    {
      if (problem == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  gsize length;
  const guint8 *footer = plateau_input_peek_some (input, at + sizeof mark, 500, &length, error);
  if (footer == NULL)
    return FALSE;
  if (length >= 363 + 128)
    set_info_from_text (measurement, PLATEAU_INFO_COMMENT, footer + 363, 128);
  if (length >= 491 + 8)
    set_mass (measurement, plateau_le_f64 (footer + 491));
  return TRUE;
}

static void
set_start (PlateauNewareTable *table, PlateauMeasurement *measurement)
{
  const double *clock = table->columns[PLATEAU_NEWARE_CLOCK];
  if (clock == NULL || table->n == 0 || !(clock[0] > 0) || clock[0] > 1e11)
    return;
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc ((gint64) clock[0]);
  g_autofree char *text = start != NULL ? g_date_time_format (start, "%Y-%m-%dT%H:%M:%S") : NULL;
  if (text != NULL)
    plateau_measurement_set_info (measurement, PLATEAU_INFO_STARTED, text);
}

static gboolean
read_nda (PlateauInput *input, const PlateauReadOptions *options, GPtrArray *measurements,
          GCancellable *cancellable, GError **error)
{
  const guint8 *head = plateau_input_peek (input, 0, PLATEAU_NDA_HEAD_SIZE, error);
  if (head == NULL)
    return FALSE;
  if (memcmp (head, "NEWARE", 6) != 0)
    {
      g_set_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID,
                   _ ("“%s” does not begin like a Neware file (.nda): it is another file of that "
                      "name, or damaged. Copy it again, or choose another reader."),
                   plateau_input_get_name (input));
      return FALSE;
    }
  guint version = head[PLATEAU_NDA_VERSION_OFFSET];
  g_autoptr (PlateauMeasurement) measurement = plateau_input_new_measurement (input, NULL);
  plateau_measurement_set_info (measurement, PLATEAU_INFO_INSTRUMENT, "Neware");
  PlateauNdaLayout layout;
  if (!plateau_nda_layout_find (input, version, &layout, error)
      || !read_head_info (input, version, measurement, error)
      || (version == 130 && !read_footer_info (input, measurement, error)))
    return FALSE;
  g_autoptr (GArray) aux = g_array_new (FALSE, FALSE, sizeof (PlateauNewareAux));
  g_autoptr (PlateauNewareTable) table = read_records (input, &layout, aux, cancellable, error);
  if (table == NULL)
    return FALSE;
  plateau_neware_table_sort (table);
  if (layout.jump_counter)
    count_jumps (table);
  if (table->n > 0 && table->index[table->n - 1] - table->index[0] + 1 != table->n)
    plateau_measurement_warn (measurement,
                              _ ("Records are missing: %zu are in the file, numbered "
                                 "from %u to %u."),
                              table->n, table->index[0], table->index[table->n - 1]);
  plateau_neware_table_add_aux (table, aux);
  set_start (table, measurement);
  g_autofree char *place = g_strdup_printf (".nda %u", version);
  if (!plateau_neware_table_finish (table, input, place, options, measurement, error))
    return FALSE;
  g_ptr_array_add (measurements, g_steal_pointer (&measurement));
  return TRUE;
}

static const char *const suffixes[] = { "nda", NULL };

const PlateauReader plateau_reader_nda = {
  .id = "neware-nda",
  .label = N_ ("Neware binary (.nda)"),
  .suffixes = suffixes,
  .version = 1,
  .score = score,
  .read = read_nda,
};
