/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "bytes.h"

#include <glib/gstdio.h>
#include <math.h>
#include <zip.h>

/* A record of .nda version 29 */
static void
put_record_29 (GByteArray *file, guint index, guint step, guint type, guint jump, guint seconds,
               double volts, double milliamperes, double mah, gint32 range)
{
  /* Range 100 mA: 0.01 mA a count. */
  put_u8 (file, 0x55);
  put_u8 (file, 0);
  put_u32 (file, index);
  put_u32 (file, 0);
  put_u16 (file, step);
  put_u8 (file, type);
  put_u8 (file, jump);
  put_u64 (file, seconds * 1000ull);
  put_u32 (file, (guint32) (gint32) lrint (volts * 1e4));
  put_u32 (file, (guint32) (gint32) lrint (milliamperes * 100));
  put_zeros (file, 8);
  put_u64 (file, mah > 0 ? (guint64) lrint (mah * 3600 * 100) : 0);
  put_u64 (file, mah < 0 ? (guint64) lrint (-mah * 3600 * 100) : 0);
  put_zeros (file, 16);
  put_u16 (file, 2024);
  put_u8 (file, 2);
  put_u8 (file, 29);
  put_u8 (file, 12);
  put_u8 (file, 0);
  put_u8 (file, seconds % 60);
  put_u8 (file, 0);
  put_u32 (file, (guint32) range);
  put_u32 (file, 0);
}

static GByteArray *
head_nda (guint version)
{
  GByteArray *file = g_byte_array_new ();
  put_text (file, "NEWARE20240101", 14, ' ');
  put_u8 (file, version);
  put_zeros (file, 2500 - file->len);
  set_u32 (file, 152, 7250);
  memcpy (file->data + 2317, "\xb5\xe7\xb3\xd8 1", 6); /* GBK */
  return file;
}

static GByteArray *
nda_29 (gint32 range)
{
  GByteArray *file = head_nda (29);
  put_record_29 (file, 1, 1, 4, 1, 0, 3.0, 0, 0, range);
  put_record_29 (file, 2, 1, 4, 1, 60, 3.0, 0, 0, range);
  /* out of order, and one twice */
  put_record_29 (file, 4, 2, 1, 2, 60, 3.6, 3.6, 0.06, range);
  put_record_29 (file, 3, 2, 1, 2, 0, 3.5, 3.6, 0, range);
  put_record_29 (file, 4, 2, 1, 2, 60, 3.6, 3.6, 0.06, range);
  put_record_29 (file, 5, 3, 2, 3, 30, 3.4, -3.6, -0.03, range);
  put_zeros (file, 50);
  return file;
}

static void
test_nda_29 (void)
{
  g_autoptr (GByteArray) file = nda_29 (100);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "a.nda", &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 5);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  const double *steps = plateau_recording_peek (r, PLATEAU_QUANTITY_STEP_COUNT);
  const double *clock = plateau_recording_peek (r, PLATEAU_QUANTITY_CLOCK);
  const double times[] = { 0, 60, 60, 120, 150 }, counts[] = { 1, 1, 2, 2, 3 };
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpfloat (time[i], ==, times[i]);
      g_assert_cmpfloat (steps[i], ==, counts[i]);
    }
  g_assert_cmpfloat_with_epsilon (charge[3], 0.06 * 3.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (charge[4], 0.03 * 3.6, 1e-9);
  g_assert_cmpfloat (clock[0], ==, 1709208000);
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_MASS_MG), ==, "7.25");
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_COMMENT), ==, "电池 1");
}

static void
test_nda_unknown (void)
{
  g_autoptr (GByteArray) file = nda_29 (777);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "a.nda", &error);
  g_assert_no_error (error);
  g_assert_true (warns (m, "777"));
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  const double *current = plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT);
  g_assert_true (current == NULL || isnan (current[2]));
  g_assert_cmpfloat (plateau_recording_peek (r, PLATEAU_QUANTITY_POTENTIAL)[2], ==, 3.5);

  g_autoptr (GByteArray) newer = head_nda (77);
  g_assert_null (read_one (newer, "a.nda", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION);
  g_clear_error (&error);

  g_autoptr (GByteArray) none = head_nda (29);
  g_assert_null (read_one (none, "a.nda", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA);
}

/* An .ndc of one page of records. */
static GByteArray *
ndc_new (guint type, guint version)
{
  GByteArray *ndc = g_byte_array_new ();
  put_u8 (ndc, type);
  put_u8 (ndc, 0);
  put_u8 (ndc, version);
  put_zeros (ndc, 2 * 4096 - 3);
  return ndc;
}

static guint8 *
ndc_slot (GByteArray *ndc, guint slot, gsize size)
{
  ndc->data[4096 + 4 + slot / 8] |= (guint8) (1u << (slot % 8));
  return ndc->data + 4096 + 132 + slot * size;
}

static void
store_f32 (guint8 *at, double value)
{
  float f = (float) value;
  memcpy (at, &f, 4);
}

static void
store_u32 (guint8 *at, guint32 value)
{
  memcpy (at, &value, 4);
}

static void
add_member (zip_t *archive, const char *name, GByteArray *content)
{
  zip_source_t *source = zip_source_buffer (archive, content->data, content->len, 0);
  g_assert_cmpint (zip_file_add (archive, name, source, ZIP_FL_OVERWRITE), >=, 0);
}

/* Writes an archive and gives its bytes. */
static GByteArray *
pack (const char *const *names, GByteArray *const *contents, guint n, const char *password)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("plateau-test-XXXXXX.ndax", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  int code;
  zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, &code);
  for (guint i = 0; i < n; i++)
    {
      add_member (archive, names[i], contents[i]);
      if (password != NULL)
        g_assert_cmpint (zip_file_set_encryption (archive, i, ZIP_EM_AES_256, password), ==, 0);
    }
  g_assert_cmpint (zip_close (archive), ==, 0);
  char *bytes;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_remove (path);
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

/* Version 14: V and A; run info for records 1, 2 and 4; record 3 follows from record 2. */
static void
make_ndax_14 (GByteArray **data, GByteArray **run_info, GByteArray **steps)
{
  *data = ndc_new (1, 14);
  const double volts[] = { 3, 3.1, 3.2, 3.3 }, amperes[] = { 0, 0.36, 0.36, 0.36 };
  for (guint i = 0; i < 4; i++)
    {
      guint8 *slot = ndc_slot (*data, i, 8);
      store_f32 (slot, volts[i]);
      store_f32 (slot + 4, amperes[i]);
    }
  *run_info = ndc_new (18, 14);
  const guint indices[] = { 1, 2, 4 }, counts[] = { 1, 2, 2 };
  const double times[] = { 10, 0, 22 }, capacities[] = { 0, 0, 2.2e-3 };
  for (guint i = 0; i < 3; i++)
    {
      guint8 *slot = ndc_slot (*run_info, i, 55);
      store_u32 (slot, (guint32) (times[i] * 1000));
      store_f32 (slot + 5, capacities[i]);
      store_u32 (slot + 29, 10000);
      store_u32 (slot + 33, 1700000000 + 10 * i);
      store_u32 (slot + 37, counts[i]);
      store_u32 (slot + 41, indices[i]);
    }
  *steps = ndc_new (7, 14);
  for (guint i = 0; i < 2; i++)
    {
      guint8 *slot = ndc_slot (*steps, i, 37);
      store_u32 (slot, 0);
      store_u32 (slot + 4, i + 1);
      slot[24] = i == 0 ? 4 : 1;
    }
}

static void
test_ndax_run_info (void)
{
  g_autoptr (GByteArray) data = NULL, run_info = NULL, steps = NULL;
  make_ndax_14 (&data, &run_info, &steps);
  const char xml[] = "<?xml version=\"1.0\" encoding=\"GB2312\"?><root><config><TestInfo "
                     "DevID=\"7\" UnitID=\"1\" ChlID=\"3\" Barcode=\"\xb5\xe7\xb3\xd8\" "
                     "StartTime=\"2024-01-02 03:04:05\"/></config>"; /* no end of root */
  g_autoptr (GByteArray) info = g_byte_array_new ();
  g_byte_array_append (info, (const guint8 *) xml, sizeof xml - 1);
  const char *names[] = { "data.ndc", "data_runInfo.ndc", "data_step.ndc", "TestInfo.xml" };
  GByteArray *contents[] = { data, run_info, steps, info };
  g_autoptr (GByteArray) file = pack (names, contents, 4, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "a.ndax", &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 4);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  const double *mode = plateau_recording_peek (r, PLATEAU_QUANTITY_MODE);
  const double times[] = { 10, 10, 20, 32 }, charges[] = { 0, 0, 3.6, 7.92 };
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat_with_epsilon (time[i], times[i], 1e-9);
      g_assert_cmpfloat_with_epsilon (charge[i], charges[i], 1e-5);
    }
  g_assert_cmpfloat (mode[0], ==, PLATEAU_MODE_REST);
  g_assert_cmpfloat (mode[3], ==, PLATEAU_MODE_GALVANOSTATIC);
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_CELL_NAME), ==, "电池");
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_CHANNEL), ==, "7-1-3");

  /* An invalid slot counts as a record number. */
  data->data[4096 + 4] &= (guint8) ~2u;
  g_autoptr (GByteArray) gap = pack (names, contents, 4, NULL);
  g_autoptr (PlateauMeasurement) less = read_one (gap, "a.ndax", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_measurement_get_n_rows (less), ==, 3);

  /* Without run info there are no times. */
  g_autoptr (GByteArray) bare = pack (names, contents, 1, NULL);
  g_assert_null (read_one (bare, "a.ndax", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "data_runInfo.ndc"));
}

static void
test_zip_limits (void)
{
  g_autoptr (GByteArray) data = NULL, run_info = NULL, steps = NULL;
  make_ndax_14 (&data, &run_info, &steps);
  const char *names[] = { "data.ndc", "data_runInfo.ndc", "data_step.ndc" };
  GByteArray *contents[] = { data, run_info, steps };
  g_autoptr (GError) error = NULL;

  g_autoptr (GByteArray) locked = pack (names, contents, 3, "secret");
  g_assert_null (read_one (locked, "a.ndax", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED);
  g_clear_error (&error);

  gsize length = data->len;
  put_zeros (data, 64 << 20);
  g_autoptr (GByteArray) bomb = pack (names, contents, 3, NULL);
  g_assert_null (read_one (bomb, "a.ndax", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT);
  g_clear_error (&error);
  g_byte_array_set_size (data, (guint) length);

  g_autoptr (GByteArray) whole = pack (names, contents, 3, NULL);
  g_byte_array_set_size (whole, whole->len - 30);
  g_assert_null (read_one (whole, "a.ndax", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_TRUNCATED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neware/nda-29", test_nda_29);
  g_test_add_func ("/neware/nda-unknown", test_nda_unknown);
  g_test_add_func ("/neware/ndax-run-info", test_ndax_run_info);
  g_test_add_func ("/neware/zip-limits", test_zip_limits);
  return g_test_run ();
}
