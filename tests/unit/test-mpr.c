/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "bytes.h"

#include <math.h>

static void
put_magic (GByteArray *file)
{
  put_text (file, "BIO-LOGIC MODULAR FILE\x1a", 48, ' ');
  put_zeros (file, 4);
}

static void
put_module (GByteArray *file, const char *name, gboolean new_header, guint version,
            const GByteArray *data)
{
  put_text (file, "MODULE", 6, ' ');
  put_text (file, name, 10, ' ');
  put_text (file, name, 25, ' ');
  if (new_header)
    put_u32 (file, 0xFFFFFFFF);
  put_u32 (file, data->len);
  put_u32 (file, new_header ? 0 : version);
  if (new_header)
    put_u32 (file, version);
  put_text (file, "01/02/24", 8, ' ');
  g_byte_array_append (file, data->data, data->len);
}

static GByteArray *
data_head (guint version, guint n_points, const guint16 *ids, guint n_ids)
{
  GByteArray *data = g_byte_array_new ();
  put_u32 (data, n_points);
  if (version == 11)
    put_u16 (data, n_ids);
  else
    put_u8 (data, n_ids);
  for (guint i = 0; i < n_ids; i++)
    if (version == 0)
      put_u8 (data, ids[i]);
    else
      put_u16 (data, ids[i]);
  guint start = version == 0 ? 100 : version == 2 ? 405 : version == 3 ? 406 : 1007;
  put_zeros (data, start - data->len);
  return data;
}

/* Flags, time, dq and potential: a rest, then a charge of 1 mA. */
static const guint16 gcpl_ids[] = { 1, 2, 3, 21, 31, 65, 131, 4, 7, 6, 467, 468 };

static GByteArray *
gcpl_file (guint version, guint n_stated, guint n_points)
{
  g_autoptr (GByteArray) data = data_head (version, n_stated, gcpl_ids, G_N_ELEMENTS (gcpl_ids));
  for (guint i = 0; i < n_points; i++)
    {
      put_u8 (data, i < 2 ? 3 : 1);
      put_u16 (data, i < 2 ? 0 : 1);
      put_f64 (data, 36.0 * i);
      put_f64 (data, i < 2 ? 0 : 0.01);
      put_f32 (data, 3 + 0.25 * i);
      put_f64 (data, i < 2 ? 0 : 0.01 * (i - 1));
      put_u32 (data, 0);
    }
  GByteArray *file = g_byte_array_new ();
  put_magic (file);
  g_autoptr (GByteArray) settings = g_byte_array_new ();
  put_zeros (settings, 0x300);
  settings->data[0] = 0x04;
  settings->data[7] = 4;
  memcpy (settings->data + 8, "caf\xe9", 4);
  const float mass = 12.5f, area = 113.1f, milli = 0.001f;
  memcpy (settings->data + 0x107, &mass, 4);
  memcpy (settings->data + 0x211, &area, 4);
  settings->data[0x250] = 3;
  memcpy (settings->data + 0x25C, &milli, 4);
  put_module (file, "VMP Set", version == 11, 10, settings);
  put_module (file, "VMP data", version == 11, version, data);
  g_autoptr (GByteArray) log = g_byte_array_new ();
  put_zeros (log, 0x249);
  log->data[9] = 4;
  put_f64 (log, 45292.5);
  put_zeros (log, 0x400 - log->len);
  put_module (file, "VMP LOG", version == 11, 10, log);
  return file;
}

static void
test_versions (void)
{
  const guint versions[] = { 2, 3, 11 };
  for (guint v = 0; v < 3; v++)
    {
      g_autoptr (GByteArray) file = gcpl_file (versions[v], 6, 6);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
      g_assert_no_error (error);
      g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
      g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 6);
      const double *current = plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT);
      const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
      const double *mode = plateau_recording_peek (r, PLATEAU_QUANTITY_MODE);
      const double *clock = plateau_recording_peek (r, PLATEAU_QUANTITY_CLOCK);
      g_assert_cmpfloat_with_epsilon (current[5], 1e-3, 1e-15);
      g_assert_cmpfloat_with_epsilon (charge[5], 0.04 * 3.6, 1e-12);
      g_assert_cmpfloat (mode[1], ==, PLATEAU_MODE_REST);
      g_assert_cmpfloat (mode[2], ==, PLATEAU_MODE_GALVANOSTATIC);
      g_assert_cmpfloat (clock[1], ==, (45292.5 - 25569) * 86400 + 36);
      g_assert_cmpfloat (plateau_recording_peek (r, PLATEAU_QUANTITY_POTENTIAL)[5], ==, 4.25);
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_MASS_MG), ==, "12.5");
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_AREA_CM2), ==, "1.131");
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_NOMINAL_CAPACITY_MAH), ==,
                       NULL);
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_COMMENT), ==, "café");
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_TECHNIQUE), ==, "GCPL");
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_CHANNEL), ==, "5");
      g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_STARTED), ==,
                       "2024-01-01T12:00:00.000");
      g_assert_null (plateau_measurement_get_warnings (m)[0]);
    }
}

/* The first EC-Labs wrote numbers of columns in one byte. */
static void
test_version_0 (void)
{
  static const guint16 ids[] = { 1, 2, 3, 21, 31, 65, 4, 7, 6 };
  g_autoptr (GByteArray) data = data_head (0, 5, ids, G_N_ELEMENTS (ids));
  for (guint i = 0; i < 5; i++)
    {
      put_u8 (data, 1);
      put_f64 (data, 36.0 * i);
      put_f64 (data, i == 0 ? 0 : 0.01);
      put_f32 (data, 3 + 0.25 * i);
    }
  g_autoptr (GByteArray) file = g_byte_array_new ();
  put_magic (file);
  put_module (file, "VMP data", FALSE, 0, data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 5);
  g_assert_cmpfloat (plateau_recording_peek (r, PLATEAU_QUANTITY_POTENTIAL)[4], ==, 4);
  g_assert_cmpfloat_with_epsilon (plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE)[4],
                                  0.04 * 3.6, 1e-12);
}

/* Number 498 is a charge of 8 bytes in a battery's test and a harmonic of 4 beside harmonics. */
static void
test_harmonics (void)
{
  static const guint16 ids[] = { 32, 37, 38, 4, 486, 492, 498, 503 };
  g_autoptr (GByteArray) data = data_head (3, 8, ids, G_N_ELEMENTS (ids));
  for (guint i = 0; i < 8; i++)
    {
      put_f32 (data, 1000 / pow (2, i));
      put_f32 (data, 100 + i);
      put_f32 (data, 7 + i);
      put_f64 (data, i);
      put_f32 (data, 1e-3);
      put_f32 (data, 2e-3);
      put_f32 (data, 3e-3 + i);
      put_f32 (data, 4e-3);
    }
  g_autoptr (GByteArray) file = g_byte_array_new ();
  put_magic (file);
  put_module (file, "VMP data", FALSE, 3, data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  const double *second = plateau_recording_peek_named (r, "|Ece h2|/V");
  g_assert_nonnull (second);
  g_assert_cmpfloat_with_epsilon (second[5], 5.003, 1e-6);
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (m, &error);
  g_assert_cmpuint (spectra->len, ==, 1);
  g_assert_cmpfloat (plateau_spectrum_peek_im (spectra->pdata[0])[3], ==, -10);
}

/* A file that counts discharge as positive, as the user says. */
static void
test_flip (void)
{
  g_autoptr (GByteArray) file = gcpl_file (3, 6, 6);
  g_autoptr (GBytes) content = g_bytes_new (file->data, file->len);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (content, "x.mpr");
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.flip_current = TRUE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, &options, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (measurements->pdata[0], NULL);
  g_assert_cmpfloat_with_epsilon (plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT)[5], -1e-3,
                                  1e-15);
  g_assert_cmpfloat_with_epsilon (plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE)[5],
                                  -0.04 * 3.6, 1e-12);
}

/* The header says more or fewer records than the module has bytes for. */
static void
test_lying_count (void)
{
  const guint stated[] = { 0x7fffffff, 7, 5 };
  for (guint k = 0; k < 3; k++)
    {
      g_autoptr (GByteArray) file = gcpl_file (11, stated[k], 6);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 6);
      g_assert_true (warns (m, "another number"));
    }
}

static void
test_cut (void)
{
  g_autoptr (GByteArray) file = gcpl_file (3, 6, 6);
  const gsize record = 1 + 2 + 8 + 8 + 4 + 8 + 4;
  gsize data_end = file->len - (6 + 51 + 0x400);
  g_byte_array_set_size (file, (guint) (data_end - record - 3));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 4);
  g_assert_true (warns (m, "4 of 6 records"));

  g_byte_array_set_size (file, (guint) (data_end - 6 * record + 2));
  g_autoptr (PlateauMeasurement) none = read_one (file, "x.mpr", &error);
  g_assert_null (none);
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_TRUNCATED);
}

static void
test_empty_and_foreign (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) file = gcpl_file (3, 0, 0);
  g_assert_null (read_one (file, "x.mpr", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA);
  g_assert_nonnull (strstr (error->message, "x.mpr"));
  g_clear_error (&error);

  g_autoptr (GByteArray) foreign = g_byte_array_new ();
  put_text (foreign, "II*", 600, '\x02');
  g_assert_null (read_one (foreign, "photo.mpr", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_byte_array_set_size (foreign, 0);
  g_assert_null (read_one (foreign, "nothing.mpr", &error));
  g_assert_nonnull (error);
}

static GByteArray *
unknown_file (guint16 second_unknown, gsize bytes_of_unknown)
{
  const guint16 ids[] = { 4, 6, 9001, second_unknown };
  guint n_ids = second_unknown != 0 ? 4 : 3;
  g_autoptr (GByteArray) data = data_head (11, 3, ids, n_ids);
  for (guint i = 0; i < 3; i++)
    {
      put_f64 (data, i);
      put_f32 (data, 3);
      put_zeros (data, bytes_of_unknown);
    }
  GByteArray *file = g_byte_array_new ();
  put_magic (file);
  put_module (file, "VMP data", TRUE, 11, data);
  return file;
}

/* A column that is not known is kept if the size of the record tells its type, else refused. */
static void
test_unknown_columns (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) file = unknown_file (0, 4);
  g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
  g_assert_no_error (error);
  g_assert_true (warns (m, "9001"));
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_nonnull (plateau_recording_peek_named (r, "Unknown column 9001"));

  g_autoptr (GByteArray) pair = unknown_file (9002, 16);
  g_autoptr (PlateauMeasurement) two = read_one (pair, "x.mpr", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_measurement_get_n_rows (two), ==, 3);

  g_autoptr (GByteArray) odd = unknown_file (9002, 11);
  g_assert_null (read_one (odd, "x.mpr", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNSUPPORTED_VERSION);
  g_assert_nonnull (strstr (error->message, "9001, 9002"));
}

/* Two loops of a sweep after two records at rest, with the counter electrode beside. */
static void
test_impedance (void)
{
  const guint16 ids[] = { 32, 37, 38, 4, 77, 76, 24, 33, 34, 100, 101 };
  g_autoptr (GByteArray) data = data_head (11, 2 + 6, ids, G_N_ELEMENTS (ids));
  for (guint i = 0; i < 8; i++)
    {
      gboolean point = i >= 2;
      guint k = (i + 1) % 3;
      put_f32 (data, point ? pow (10, 3 - (int) k) : 0);
      put_f32 (data, point ? 10 + k : 0);
      put_f32 (data, point ? 1 + k : 0);
      put_f64 (data, i);
      put_f32 (data, 3.5);
      put_f32 (data, 0.25);
      put_f64 (data, i < 5 ? 1 : 2);
      put_f32 (data, point ? 0.01 : 0);
      put_f32 (data, point ? 0.001 / (1 + k) : 0);
      put_f32 (data, point ? 2 + k : 0);
      put_f32 (data, point ? -1 : 0);
    }
  g_autoptr (GByteArray) file = g_byte_array_new ();
  put_magic (file);
  put_module (file, "VMP data", TRUE, 11, data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "x.mpr", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_measurement_get_n_spectra (m), ==, 4);
  g_assert_true ((plateau_measurement_get_kinds (m) & PLATEAU_KIND_EIS) != 0);
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (m, NULL);
  PlateauSpectrum *second = spectra->pdata[1], *counter = spectra->pdata[2];
  const PlateauConditions *conditions = plateau_spectrum_get_conditions (second);
  g_assert_cmpuint (plateau_spectrum_get_n (second), ==, 3);
  g_assert_cmpfloat (plateau_spectrum_peek_frequency (second)[0], ==, 1000);
  g_assert_cmpfloat (plateau_spectrum_peek_im (second)[2], ==, -3);
  g_assert_cmpfloat (conditions->cycle, ==, 2);
  g_assert_cmpfloat (conditions->time, ==, 5);
  g_assert_cmpfloat (conditions->duration, ==, 2);
  g_assert_cmpfloat_with_epsilon (conditions->amplitude, 0.01, 1e-8);
  g_assert_cmpfloat_with_epsilon (conditions->dc_current, 0.25e-3, 1e-12);
  g_assert_cmpint (conditions->mode, ==, PLATEAU_EIS_PEIS);
  g_assert_cmpint (conditions->electrode, ==, PLATEAU_ELECTRODE_WORKING);
  g_assert_cmpint (plateau_spectrum_get_conditions (counter)->electrode, ==,
                   PLATEAU_ELECTRODE_COUNTER);
  g_assert_cmpfloat (plateau_spectrum_peek_im (counter)[0], ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mpr/versions", test_versions);
  g_test_add_func ("/mpr/version-0", test_version_0);
  g_test_add_func ("/mpr/harmonics", test_harmonics);
  g_test_add_func ("/mpr/flip", test_flip);
  g_test_add_func ("/mpr/lying-count", test_lying_count);
  g_test_add_func ("/mpr/cut", test_cut);
  g_test_add_func ("/mpr/empty-and-foreign", test_empty_and_foreign);
  g_test_add_func ("/mpr/unknown-columns", test_unknown_columns);
  g_test_add_func ("/mpr/impedance", test_impedance);
  return g_test_run ();
}
