/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old workbooks, written here record by record after their specification. */
#include "base/plateau-error.h"
#include "bytes.h"

#include <math.h>

static gsize
begin (GByteArray *book, guint type)
{
  put_u16 (book, type);
  put_u16 (book, 0);
  return book->len;
}

static void
end (GByteArray *book, gsize start)
{
  guint16 length = GUINT16_TO_LE ((guint16) (book->len - start));
  memcpy (book->data + start - 2, &length, 2);
}

static void
put_bof (GByteArray *book, guint kind)
{
  gsize at = begin (book, 0x809);
  put_u16 (book, 0x600);
  put_u16 (book, kind);
  put_zeros (book, 12);
  end (book, at);
}

static void
put_eof (GByteArray *book)
{
  end (book, begin (book, 0x0A));
}

static void
put_short_string (GByteArray *book, const char *text, gsize size_of_length)
{
  if (size_of_length == 1)
    put_u8 (book, (guint) strlen (text));
  else
    put_u16 (book, (guint) strlen (text));
  put_u8 (book, 0);
  g_byte_array_append (book, (const guint8 *) text, (guint) strlen (text));
}

static void
put_cell (GByteArray *book, guint type, guint row, guint column, guint format, gsize *at)
{
  *at = begin (book, type);
  put_u16 (book, row);
  put_u16 (book, column);
  put_u16 (book, format);
}

static void
put_number (GByteArray *book, guint row, guint column, guint format, double value)
{
  gsize at;
  put_cell (book, 0x203, row, column, format, &at);
  put_f64 (book, value);
  end (book, at);
}

static void
put_label (GByteArray *book, guint row, guint column, guint32 string)
{
  gsize at;
  put_cell (book, 0xFD, row, column, 0, &at);
  put_u32 (book, string);
  end (book, at);
}

/* Strings of one and of two bytes a character; the last is cut in its middle by a record's end and
 * goes on in the other width. */
static void
put_strings (GByteArray *book)
{
  static const char *const names[] = { "TestTime/Sec.", "Current/mA", "Capacity/mAh", "SysTime" };
  gsize at = begin (book, 0xFC);
  put_u32 (book, 5);
  put_u32 (book, 5);
  for (guint i = 0; i < 4; i++)
    put_short_string (book, names[i], 2);
  put_u16 (book, 9); /* "Voltage/V" */
  put_u8 (book, 0);
  g_byte_array_append (book, (const guint8 *) "Volt", 4);
  end (book, at);
  at = begin (book, 0x3C);
  put_u8 (book, 1);
  for (const char *p = "age/V"; *p != '\0'; p++)
    put_u16 (book, (guint8) *p);
  end (book, at);
}

static void
put_globals (GByteArray *book, gboolean locked, gsize *offset_at)
{
  put_bof (book, 5);
  gsize at;
  if (locked)
    {
      at = begin (book, 0x2F);
      put_zeros (book, 6);
      end (book, at);
    }
  at = begin (book, 0x41E);
  put_u16 (book, 164);
  put_short_string (book, "yyyy-mm-dd hh:mm:ss", 2);
  end (book, at);
  for (guint i = 0; i < 2; i++)
    {
      at = begin (book, 0xE0);
      put_u16 (book, 0);
      put_u16 (book, i == 0 ? 0 : 164);
      put_zeros (book, 16);
      end (book, at);
    }
  at = begin (book, 0x85);
  *offset_at = book->len;
  put_u32 (book, 0);
  put_u16 (book, 0);
  put_short_string (book, "Record", 1);
  end (book, at);
  put_strings (book);
  put_eof (book);
}

enum
{
  N_ROWS = 40,
};

static GByteArray *
make_stream (gboolean locked)
{
  GByteArray *book = g_byte_array_new ();
  gsize offset_at;
  put_globals (book, locked, &offset_at);
  set_u32 (book, offset_at, book->len);
  put_bof (book, 0x10);
  const guint32 heads[] = { 0, 1, 4, 2, 3 }; /* time, current, voltage, capacity, clock */
  for (guint c = 0; c < 5; c++)
    put_label (book, 0, c, heads[c]);
  for (guint i = 0; i < N_ROWS; i++)
    {
      put_number (book, i + 1, 0, 0, 60.0 * i);
      gsize at;
      /* Two numbers in 30 bits each: 0.5 as a hundredth of 50, 3.25 as a double. */
      at = begin (book, 0xBD);
      put_u16 (book, i + 1);
      put_u16 (book, 1);
      put_u16 (book, 0);
      put_u32 (book, 50u << 2 | 3);
      put_u16 (book, 0);
      const double volts = 3.25;
      guint64 bits;
      memcpy (&bits, &volts, 8);
      put_u32 (book, (guint32) (bits >> 32) & ~3u);
      put_u16 (book, 2);
      end (book, at);
      put_cell (book, 0x06, i + 1, 3, 0, &at); /* a formula and its result */
      put_f64 (book, 0.5 * i / 60);
      put_zeros (book, 8);
      end (book, at);
      put_number (book, i + 1, 4, 1, 45292 + 60.0 * i / 86400);
    }
  put_eof (book);
  return book;
}

/* A compound file of one stream. */
static GByteArray *
make_container (GByteArray *stream, const char *name)
{
  gsize size = MAX (stream->len, 4096), n_sectors = (size + 511) / 512;
  GByteArray *file = g_byte_array_new ();
  put_u32 (file, 0xE011CFD0);
  put_u32 (file, 0xE11AB1A1);
  put_zeros (file, 16);
  put_u16 (file, 0x3E);
  put_u16 (file, 3);
  put_u16 (file, 0xFFFE);
  put_u16 (file, 9);
  put_u16 (file, 6);
  put_zeros (file, 0x2C - file->len);
  put_u32 (file, 1);
  put_u32 (file, 1);
  put_u32 (file, 0);
  put_u32 (file, 4096);
  put_u32 (file, 0xFFFFFFFE);
  put_u32 (file, 0);
  put_u32 (file, 0xFFFFFFFE);
  put_u32 (file, 0);
  put_u32 (file, 0);
  while (file->len < 512)
    put_u32 (file, 0xFFFFFFFF);
  g_assert_cmpuint (n_sectors + 2, <=, 128);
  put_u32 (file, 0xFFFFFFFD);
  put_u32 (file, 0xFFFFFFFE);
  for (guint i = 0; i < n_sectors; i++)
    put_u32 (file, i + 1 < n_sectors ? i + 3 : 0xFFFFFFFE);
  while (file->len < 1024)
    put_u32 (file, 0xFFFFFFFF);
  const char *names[] = { "Root Entry", name };
  for (guint e = 0; e < 2; e++)
    {
      gsize start = file->len;
      for (const char *p = names[e]; *p != '\0'; p++)
        put_u16 (file, (guint8) *p);
      put_zeros (file, start + 64 - file->len);
      put_u16 (file, 2 * ((guint) strlen (names[e]) + 1));
      put_u8 (file, e == 0 ? 5 : 2);
      put_zeros (file, start + 116 - file->len);
      put_u32 (file, e == 0 ? 0xFFFFFFFE : 2);
      put_u32 (file, e == 0 ? 0 : (guint32) size);
      put_zeros (file, 4);
    }
  put_zeros (file, 1536 - file->len);
  g_byte_array_append (file, stream->data, stream->len);
  put_zeros (file, 1536 + n_sectors * 512 - file->len);
  return file;
}

static void
test_records (void)
{
  g_autoptr (GByteArray) stream = make_stream (FALSE);
  g_autoptr (GByteArray) file = make_container (stream, "Workbook");
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "a.xls", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plateau_measurement_get_source (m)->reader, ==, "xls");
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, N_ROWS);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  const double *current = plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT);
  const double *potential = plateau_recording_peek (r, PLATEAU_QUANTITY_POTENTIAL);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  const double *clock = plateau_recording_peek (r, PLATEAU_QUANTITY_CLOCK);
  g_assert_cmpfloat_with_epsilon (time[N_ROWS - 1], 60.0 * (N_ROWS - 1), 1e-9);
  g_assert_cmpfloat_with_epsilon (current[5], 0.5e-3, 1e-12);
  g_assert_cmpfloat (potential[5], ==, 3.25);
  g_assert_cmpfloat_with_epsilon (charge[N_ROWS - 1], 0.5e-3 * 60 * (N_ROWS - 1), 1e-9);
  g_assert_cmpfloat_with_epsilon (clock[0], (45292.0 - 25569) * 86400, 1e-2);
}

static void
test_locked (void)
{
  g_autoptr (GByteArray) stream = make_stream (TRUE);
  g_autoptr (GByteArray) file = make_container (stream, "Workbook");
  g_autoptr (GByteArray) package = make_container (stream, "EncryptedPackage");
  GByteArray *files[] = { file, package };
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (read_one (files[i], i == 0 ? "a.xls" : "a.xlsx", &error));
      g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_ENCRYPTED);
      g_assert_nonnull (strstr (error->message, "password"));
    }
}

static void
read_whatever (GByteArray *file)
{
  g_autoptr (GBytes) content = g_bytes_new (file->data, file->len);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (content, "a.xls");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = plateau_read_input (input, NULL, NULL, &error);
  g_assert_true ((measurements == NULL) != (error == NULL));
}

static void
test_damage (void)
{
  g_autoptr (GByteArray) stream = make_stream (FALSE);
  g_autoptr (GByteArray) file = make_container (stream, "Workbook");
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GByteArray) cut = g_byte_array_new ();
      g_byte_array_append (cut, file->data, g_rand_int (rand) % file->len);
      read_whatever (cut);
      g_autoptr (GByteArray) changed = g_byte_array_new ();
      g_byte_array_append (changed, file->data, file->len);
      for (guint k = 0; k < 20; k++)
        changed->data[g_rand_int (rand) % (k % 2 ? file->len : 2048)] = (guint8) g_rand_int (rand);
      read_whatever (changed);
    }
}

/* A web page under the name of a workbook. */
static void
test_web_page (void)
{
  g_autoptr (GString) page = g_string_new (
      "<html><head><meta charset=\"gb2312\"></head><body><p>Report</p><table><tr><th>TestTime/Sec."
      "</th><th>Current/mA</th><th>Voltage/V</th></tr>\n");
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (page, "<tr><td>%u</td><td>1.5</td><td>3.%02u</td></tr>\n", 10 * i, i);
  g_string_append (page, "</table></body></html>");
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_byte_array_append (file, (const guint8 *) page->str, (guint) page->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauMeasurement) m = read_one (file, "a.xls", &error);
  g_assert_no_error (error);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 30);
  g_assert_cmpfloat_with_epsilon (plateau_recording_peek (r, PLATEAU_QUANTITY_TIME)[29], 290, 1e-9);
  g_assert_cmpfloat_with_epsilon (plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT)[3], 1.5e-3,
                                  1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xls/records", test_records);
  g_test_add_func ("/xls/locked", test_locked);
  g_test_add_func ("/xls/damage", test_damage);
  g_test_add_func ("/xls/web-page", test_web_page);
  return g_test_run ();
}
