/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenDocument spreadsheets written here: repeated cells and rows, notes, merged cells, dates and
 * times, damage, passwords and sheets that grow when they are unpacked. */
#include "base/plateau-error.h"
#include "bytes.h"

#include <glib/gstdio.h>
#include <math.h>
#include <zip.h>

#define MEDIA_TYPE "application/vnd.oasis.opendocument.spreadsheet"

static GString *
begin_book (void)
{
  return g_string_new (
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
      "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
      "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
      "office:version=\"1.3\" office:mimetype=\"" MEDIA_TYPE "\"><office:body>"
      "<office:spreadsheet>");
}

static void
end_book (GString *book)
{
  g_string_append (book, "</office:spreadsheet></office:body></office:document>");
}

static void
put_words (GString *book, const char *const *words, guint n)
{
  g_string_append (book, "<table:table-row>");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (book,
                            "<table:table-cell office:value-type=\"string\"><text:p>%s</text:p>"
                            "</table:table-cell>",
                            words[i]);
  g_string_append (book, "</table:table-row>");
}

static void
put_number_cell (GString *book, double value, guint repeats)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr (text, sizeof text, value);
  /* What is shown is rounded; what is stored counts. */
  g_string_append_printf (book,
                          "<table:table-cell office:value-type=\"float\" office:value=\"%s\" "
                          "table:number-columns-repeated=\"%u\"><text:p>%.1f</text:p>"
                          "</table:table-cell>",
                          text, repeats, value);
}

static const char *const head[] = { "Time/h", "Step", "Cycle", "Current/mA", "Voltage/V", "Date" };

/* 60 records at one current: a title over merged cells and a note in front of the head, the step's
 * and the cycle's number as one cell repeated, a rest of three equal rows as one row. */
static GString *
make_flat (void)
{
  GString *book = begin_book ();
  g_string_append (book, "<table:table table:name=\"记录\"><table:table-row>"
                         "<table:table-cell table:number-columns-spanned=\"3\" "
                         "office:value-type=\"string\"><office:annotation><text:p>9 mA</text:p>"
                         "</office:annotation><text:p>A <text:s/>test</text:p>"
                         "<text:p>of a cell</text:p></table:table-cell>"
                         "<table:covered-table-cell table:number-columns-repeated=\"2\"/>"
                         "</table:table-row>");
  put_words (book, head, G_N_ELEMENTS (head));
  for (guint i = 0; i < 60; i++)
    {
      g_string_append (book, "<table:table-row>");
      g_string_append_printf (book,
                              "<table:table-cell office:value-type=\"time\" "
                              "office:time-value=\"PT%02uH%02uM%02u.500S\"/>",
                              i, 30u, 15u);
      put_number_cell (book, 1, 2);
      put_number_cell (book, 2.5, 1);
      put_number_cell (book, 3.012345 + 0.01 * i, 1);
      g_string_append_printf (book,
                              "<table:table-cell office:value-type=\"date\" "
                              "office:date-value=\"2024-03-%02uT12:00:00\"/>",
                              1 + i / 24);
      g_string_append (book, "<table:table-cell table:number-columns-repeated=\"16000\"/>"
                             "</table:table-row>");
    }
  g_string_append (book, "<table:table-row table:number-rows-repeated=\"1048000\">"
                         "<table:table-cell table:number-columns-repeated=\"16384\"/>"
                         "</table:table-row></table:table>");
  end_book (book);
  return book;
}

static GPtrArray *
read_flat (const GString *book, GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new (book->str, book->len);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (content, "book.fods");
  return plateau_read_input (input, NULL, NULL, error);
}

static GByteArray *
pack (const GString *content, const char *manifest)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("plateau-test-XXXXXX.ods", &path, NULL), code;
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  zip_t *archive = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, &code);
  g_assert_nonnull (archive);
  const struct
  {
    const char *name, *text;
    gsize length;
  } members[] = { { "mimetype", MEDIA_TYPE, strlen (MEDIA_TYPE) },
                  { "content.xml", content->str, content->len },
                  { "META-INF/manifest.xml", manifest, strlen (manifest) } };
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      zip_source_t *source = zip_source_buffer (archive, members[i].text, members[i].length, 0);
      zip_int64_t at = zip_file_add (archive, members[i].name, source, ZIP_FL_OVERWRITE);
      g_assert_cmpint (at, >=, 0);
      zip_set_file_compression (archive, (zip_uint64_t) at, i == 0 ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                0);
    }
  g_assert_cmpint (zip_close (archive), ==, 0);
  char *bytes;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_remove (path);
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

static void
check_records (PlateauMeasurement *m)
{
  g_assert_cmpstr (plateau_measurement_get_source (m)->reader, ==, "ods");
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_nonnull (r);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 60);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  const double *potential = plateau_recording_peek (r, PLATEAU_QUANTITY_POTENTIAL);
  const double *current = plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT);
  g_assert_cmpfloat_with_epsilon (time[59] - time[0], 59 * 3600, 1e-6);
  g_assert_cmpfloat_with_epsilon (potential[7], 3.082345, 1e-12);
  g_assert_cmpfloat_with_epsilon (current[30], 2.5e-3, 1e-15);
}

static void
test_flat (void)
{
  g_autoptr (GError) error = NULL;
  GString *book = make_flat ();
  g_autoptr (GPtrArray) measurements = read_flat (book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, 1);
  check_records (measurements->pdata[0]);
  g_string_free (book, TRUE);
}

static void
test_archive (void)
{
  g_autoptr (GError) error = NULL;
  GString *book = make_flat ();
  g_autoptr (GByteArray) archive = pack (book, "<manifest/>");
  g_autoptr (PlateauMeasurement) m = read_one (archive, "any.name", &error);
  g_assert_no_error (error);
  check_records (m);
  g_autoptr (GByteArray) locked = pack (book, "<manifest><encryption-data/></manifest>");
  g_assert_null (read_one (locked, "book.ods", &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED);
  g_string_free (book, TRUE);
}

/* Two spectra on two sheets, one of them |Z| and phase. */
static void
test_spectra (void)
{
  static const char *const parts[] = { "f (Hz)", "Z' (ohm)", "Z'' (ohm)" };
  static const char *const polar[] = { "frequency", "|Z|", "-phase" };
  GString *book = begin_book ();
  for (guint s = 0; s < 2; s++)
    {
      g_string_append_printf (book, "<table:table table:name=\"Sheet%u\">", s + 1);
      put_words (book, s == 0 ? parts : polar, 3);
      for (guint i = 0; i < 20; i++)
        {
          double f = pow (10, 4 - 0.25 * i), w = f / 100, re = 10 + 100 / (1 + w * w),
                 im = -100 * w / (1 + w * w);
          g_string_append (book, "<table:table-row>");
          put_number_cell (book, f, 1);
          put_number_cell (book, s == 0 ? re : hypot (re, im), 1);
          put_number_cell (book, s == 0 ? im : -atan2 (im, re) * 180 / G_PI, 1);
          g_string_append (book, "</table:table-row>");
        }
      g_string_append (book, "</table:table>");
    }
  end_book (book);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_flat (book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, 2);
  for (guint s = 0; s < 2; s++)
    {
      g_autoptr (GPtrArray)
          spectra = plateau_measurement_ref_spectra (measurements->pdata[s], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (spectra->len, ==, 1);
      PlateauSpectrum *spectrum = spectra->pdata[0];
      g_assert_cmpuint (plateau_spectrum_get_n (spectrum), ==, 20);
      double w = plateau_spectrum_peek_frequency (spectrum)[5] / 100;
      g_assert_cmpfloat_with_epsilon (plateau_spectrum_peek_im (spectrum)[5],
                                      -100 * w / (1 + w * w), 1e-9);
    }
  g_string_free (book, TRUE);
}

/* A row that says that it comes a hundred million times. */
static void
test_growing (void)
{
  GString *book = begin_book ();
  g_string_append (book, "<table:table table:name=\"A\">");
  put_words (book, head, G_N_ELEMENTS (head));
  g_string_append (book, "<table:table-row table:number-rows-repeated=\"100000000\">");
  put_number_cell (book, 1, 6);
  g_string_append (book, "</table:table-row></table:table>");
  end_book (book);
  g_autoptr (GError) error = NULL;
  g_assert_null (read_flat (book, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT);
  g_string_free (book, TRUE);
}

static void
test_damage (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  GString *book = make_flat ();
  /* Cut behind the thirtieth record: those before are kept, and it is said. */
  gsize at = (gsize) (strstr (book->str, "PT30H") - book->str);
  GString *half = g_string_new_len (book->str, (gssize) at);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = read_flat (half, &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (kept->pdata[0], NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 30);
  g_assert_true (warns (kept->pdata[0], "damage"));
  g_string_free (half, TRUE);
  g_autoptr (GByteArray) archive = pack (book, "<manifest/>");
  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      if (i % 2 == 0)
        g_byte_array_append (bytes, archive->data, archive->len);
      else
        g_byte_array_append (bytes, (const guint8 *) book->str, (guint) book->len);
      if (i % 4 < 2)
        g_byte_array_set_size (bytes, (guint) g_rand_int_range (random, 0, (gint32) bytes->len));
      else
        for (guint k = 0; k < 20; k++)
          bytes->data[g_rand_int_range (random, 0, (gint32) bytes->len)]
              = (guint8) g_rand_int (random);
      g_autoptr (GError) problem = NULL;
      g_autoptr (GBytes) content = g_bytes_new (bytes->data, bytes->len);
      g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (content, "book.ods");
      g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, &problem);
      g_assert_true ((measurements == NULL) == (problem != NULL));
    }
  g_string_free (book, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ods/flat", test_flat);
  g_test_add_func ("/ods/archive", test_archive);
  g_test_add_func ("/ods/spectra", test_spectra);
  g_test_add_func ("/ods/growing", test_growing);
  g_test_add_func ("/ods/damage", test_damage);
  return g_test_run ();
}
