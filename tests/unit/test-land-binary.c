/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No real file of these formats was to be had: the files here are made from their descriptions. */
#include "base/plateau-error.h"
#include "bytes.h"

#include <math.h>

enum
{
  START = 1700000000,
};

static void
put_item (GByteArray *file, guint32 first, guint32 second, guint32 third, guint32 fourth)
{
  put_u32 (file, first);
  put_u32 (file, second);
  put_u32 (file, third);
  put_u32 (file, fourth);
}

static void
put_step (GByteArray *file, guint step, guint mode, guint32 clock)
{
  put_item (file, 0xFFFFCCCD, step << 16, mode, clock);
}

/* @amperes a count and an hour's records every minute. */
static void
put_records (GByteArray *file, int counts, double amperes)
{
  for (guint minute = 0; minute <= 60; minute++)
    {
      double ampere_hours = fabs (counts * amperes) * minute / 60.0;
      put_u32 (file, minute * 6000);
      put_u16 (file, 20000 + 10 * minute);
      put_u16 (file, (guint16) (gint16) counts);
      put_f32 (file, ampere_hours);
      put_f32 (file, ampere_hours * 3.2);
    }
}

static GByteArray *
make_cex (double amperes)
{
  GByteArray *file = g_byte_array_new ();
  put_u32 (file, 0x88091110);
  put_u32 (file, 0);
  put_u8 (file, 7);
  put_u8 (file, 2);
  put_zeros (file, 6);
  put_u32 (file, START);
  put_zeros (file, 0x3C - file->len);
  guint32 sum = 0;
  for (guint i = 0; i < 0x3C; i += 2)
    sum += (guint) (file->data[i] | file->data[i + 1] << 8);
  put_u32 (file, sum);
  put_item (file, 0xFFFFAAAA, 0xAA | 24 << 16, 0, 0);
  put_zeros (file, 24);
  put_item (file, 0xFFFFBBBB, 0, 0, 0);
  put_item (file, 0xFFFFCCCC, 0x33, 0, START);
  for (guint cycle = 0; cycle < 2; cycle++)
    {
      put_step (file, 1, 3, START);
      put_records (file, 1000, amperes);
      put_step (file, 2, 2, START + 3600);
      put_records (file, -1000, amperes);
      put_step (file, 3, 0x70, START + 7200);
      put_records (file, 0, amperes);
    }
  return file;
}

static void
test_cex (void)
{
  const double ranges[] = { 0.01, 0.1 };
  for (guint k = 0; k < 2; k++)
    {
      double amperes = 0.31e-4 * ranges[k];
      g_autoptr (GByteArray) file = make_cex (amperes);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauMeasurement) m = read_one (file, "007.cex", &error);
      g_assert_no_error (error);
      g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
      g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 6 * 61);
      const double *current = plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT);
      const double *potential = plateau_recording_peek (r, PLATEAU_QUANTITY_POTENTIAL);
      const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
      const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
      const double *cycle = plateau_recording_peek (r, PLATEAU_QUANTITY_CYCLE);
      g_assert_cmpfloat_with_epsilon (current[30], 1000 * amperes, 1e-12);
      g_assert_cmpfloat_with_epsilon (current[100], -1000 * amperes, 1e-12);
      g_assert_cmpfloat_with_epsilon (potential[0], 3.1, 1e-9);
      g_assert_cmpfloat_with_epsilon (charge[60], 1000 * amperes * 3600, 1e-4);
      g_assert_cmpfloat_with_epsilon (charge[121], 0, 1e-4);
      g_assert_cmpfloat_with_epsilon (time[6 * 61 - 1], 6 * 3600, 1e-6);
      g_assert_cmpfloat (cycle[0], ==, 1);
      g_assert_cmpfloat (cycle[6 * 61 - 1], ==, 2);
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_CHANNEL), ==, "2-7");
      g_assert_true (warns (m, k == 0 ? "channel of 10 mA" : "channel of 100 mA"));
    }
}

static void
test_cex_damaged (void)
{
  g_autoptr (GByteArray) file = make_cex (3.1e-7);
  g_autoptr (GError) error = NULL;
  file->data[0x46] = 0xFF; /* length of the block */
  g_assert_null (read_one (file, "007.cex", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID);
}

static void
put_control (GByteArray *file, guint mode, guint cycle, guint step, double start)
{
  put_u32 (file, 2);
  put_u32 (file, file->len - 4);
  put_u32 (file, mode);
  put_u32 (file, cycle);
  put_u32 (file, step);
  put_u32 (file, 0);
  put_u32 (file, (guint32) (start * 1000));
  put_zeros (file, 128 - 28);
}

static void
put_data (GByteArray *file, guint32 control, guint n, double amperes, double volts)
{
  put_u32 (file, 3 | n << 8);
  put_u32 (file, control);
  for (guint i = 0; i < 6; i++)
    {
      gboolean valid = i < n;
      put_u32 (file, valid ? 36000 : 0);
      put_f32 (file, valid ? volts : 0);
      put_f32 (file, valid ? amperes : 0);
      put_f32 (file, valid ? fabs (amperes) * 0.01 : 0);
      put_f32 (file, valid ? fabs (amperes) * volts * 0.01 : 0);
    }
}

static GByteArray *
make_ccs (void)
{
  GByteArray *file = g_byte_array_new ();
  put_zeros (file, 0x1000);
  const guint64 start = GUINT64_TO_LE (1700000000000ull);
  const float specific = 200, mass = 0.005f;
  memcpy (file->data + 0xA8, &start, 8);
  memcpy (file->data + 0xB0, "cell A", 6);
  memcpy (file->data + 0x324, &specific, 4);
  memcpy (file->data + 0x328, &mass, 4);
  guint32 charge = file->len;
  put_control (file, 0x24, 0, 0, 0);
  for (guint p = 0; p < 4; p++)
    put_data (file, charge, 6, 0.001, 3.9);
  guint32 discharge = file->len;
  put_control (file, 0x44, 0, 1, 24 * 36);
  put_data (file, discharge, 5, 0.001, 3.5);
  put_data (file, 0x7FFFFF80, 6, 0.001, 3.5); /* its control page is not there */
  return file;
}

static void
test_ccs (void)
{
  g_autoptr (GByteArray) file = make_ccs ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "a.ccs", &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 29);
  const double *current = plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  g_assert_cmpfloat_with_epsilon (current[0], 1e-3, 1e-9);
  g_assert_cmpfloat_with_epsilon (current[28], -1e-3, 1e-9);
  g_assert_cmpfloat_with_epsilon (charge[23], 23 * 0.036, 1e-6);
  g_assert_cmpfloat_with_epsilon (charge[28], (23 - 5) * 0.036, 1e-6);
  g_assert_cmpfloat_with_epsilon (time[28], 29 * 36, 1e-9);
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_MASS_MG), ==, "5");
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_NOMINAL_CAPACITY_MAH), ==, "1");
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_CELL_NAME), ==, "cell A");
  g_assert_true (warns (m, "1 pages of records"));
  g_assert_true (plateau_reader_find ("land-ccs")->experimental);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/land-binary/cex", test_cex);
  g_test_add_func ("/land-binary/cex-damaged", test_cex_damaged);
  g_test_add_func ("/land-binary/ccs", test_ccs);
  return g_test_run ();
}
