/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "bytes.h"

#include <glib/gstdio.h>
#include <math.h>
#include <xlsxwriter.h>

typedef void (*Fill) (lxw_workbook *book);

static GByteArray *
make_book (Fill fill)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("plateau-test-XXXXXX.xlsx", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  lxw_workbook *book = workbook_new (path);
  fill (book);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);
  char *bytes;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_remove (path);
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

static GPtrArray *
read_book (GByteArray *book, GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new (book->data, book->len);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (content, "book.xlsx");
  return plateau_read_input (input, NULL, NULL, error);
}

static void
write_row (lxw_worksheet *sheet, guint row, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    worksheet_write_number (sheet, row, (lxw_col_t) i, values[i], NULL);
}

static void
write_head (lxw_worksheet *sheet, guint row, const char *const *names, guint n)
{
  for (guint i = 0; i < n; i++)
    worksheet_write_string (sheet, row, (lxw_col_t) i, names[i], NULL);
}

/* Records on two sheets, the second with the head again; a title over merged cells, a comment, a
 * column of dates, and a sheet of sums that must not be taken for a test. */
static void
fill_neware (lxw_workbook *book)
{
  const char *head[] = { "数据序号", "循环号",  "工步号",    "工步类型", "时间",
                         "电流(mA)", "电压(V)", "容量(mAh)", "绝对时间" };
  lxw_worksheet *cycle = workbook_add_worksheet (book, "cycle");
  const char *sums[] = { "循环号", "充电容量(mAh)", "放电容量(mAh)" };
  write_head (cycle, 0, sums, 3);
  write_row (cycle, 1, (const double[]){ 1, 10, 9 }, 3);
  lxw_format *date = workbook_add_format (book);
  format_set_num_format (date, "yyyy-mm-dd hh:mm:ss");
  lxw_format *time = workbook_add_format (book);
  format_set_num_format (time, "[h]:mm:ss");
  guint record = 1;
  for (guint s = 0; s < 2; s++)
    {
      lxw_worksheet *sheet = workbook_add_worksheet (book, s == 0 ? "Record_1" : "Record_2");
      write_head (sheet, 0, head, G_N_ELEMENTS (head));
      worksheet_write_comment (sheet, 0, 0, "a note");
      for (guint i = 0; i < 50; i++, record++)
        {
          guint row = i + 1, seconds = (record - 1) * 3600;
          worksheet_write_number (sheet, row, 0, record, NULL);
          worksheet_write_number (sheet, row, 1, 1, NULL);
          worksheet_write_number (sheet, row, 2, 1, NULL);
          worksheet_write_string (sheet, row, 3, "恒流充电", NULL);
          worksheet_write_number (sheet, row, 4, seconds / 86400.0, time);
          worksheet_write_number (sheet, row, 5, 0.1, NULL);
          worksheet_write_number (sheet, row, 6, 3 + 0.01 * record, NULL);
          worksheet_write_number (sheet, row, 7, 0.1 * (record - 1), NULL);
          worksheet_write_number (sheet, row, 8, 45292 + seconds / 86400.0, date);
        }
    }
}

static void
test_continued_sheets (void)
{
  g_autoptr (GByteArray) book = make_book (fill_neware);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_book (book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, 1);
  PlateauMeasurement *m = measurements->pdata[0];
  const PlateauSource *source = plateau_measurement_get_source (m);
  g_assert_cmpstr (source->reader, ==, "xlsx");
  g_assert_cmpuint (source->size, ==, book->len);
  g_autoptr (PlateauRecording) r = plateau_measurement_ref_recording (m, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (r), ==, 100);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  const double *clock = plateau_recording_peek (r, PLATEAU_QUANTITY_CLOCK);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  g_assert_cmpfloat_with_epsilon (time[99] - time[0], 99 * 3600, 1e-6);
  g_assert_nonnull (clock);
  g_assert_cmpfloat_with_epsilon (clock[0], (45292.0 - 25569) * 86400, 1e-3);
  g_assert_cmpfloat_with_epsilon (charge[99], 9.9 * 3.6, 1e-6);
}

/* The second record sheet of LAND has no head. */
static void
fill_land (lxw_workbook *book)
{
  const char *head[] = { "Record", "TestTime/h", "Current/mA", "Voltage/V", "Capacity/mAh" };
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Record");
  write_head (sheet, 0, head, G_N_ELEMENTS (head));
  for (guint i = 0; i < 30; i++)
    write_row (sheet, i + 1, (const double[]){ i + 1, i * 0.1, 1, 3 + i * 0.01, i * 0.1 }, 5);
  lxw_worksheet *more = workbook_add_worksheet (book, "Record(1)");
  for (guint i = 30; i < 60; i++)
    write_row (more, i - 30, (const double[]){ i + 1, i * 0.1, 1, 3 + i * 0.01, i * 0.1 }, 5);
}

static void
test_sheet_without_head (void)
{
  g_autoptr (GByteArray) book = make_book (fill_land);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_book (book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, 1);
  g_assert_cmpuint (plateau_measurement_get_n_rows (measurements->pdata[0]), ==, 60);
}

/* Two channels are two tests; the second sheet of a channel belongs to the first. */
static void
fill_arbin (lxw_workbook *book)
{
  const char *head[] = { "Data_Point", "Test_Time(s)",        "Step_Time(s)",
                         "Step_Index", "Cycle_Index",         "Current(A)",
                         "Voltage(V)", "Charge_Capacity(Ah)", "Discharge_Capacity(Ah)" };
  lxw_worksheet *info = workbook_add_worksheet (book, "Global_Info");
  worksheet_merge_range (info, 0, 0, 0, 4, "TEST REPORT", NULL);
  const char *names[] = { "Channel_1-001", "Channel_1-001_2", "Channel_2-002" };
  for (guint s = 0; s < 3; s++)
    {
      lxw_worksheet *sheet = workbook_add_worksheet (book, names[s]);
      write_head (sheet, 0, head, G_N_ELEMENTS (head));
      for (guint i = 0; i < 20; i++)
        {
          guint point = i + (s == 1 ? 20 : 0);
          write_row (sheet, i + 1,
                     (const double[]){ point + 1, point * 10, point * 10, 1, 1, 0.36,
                                       3 + 0.01 * point, 0.001 * point, 0 },
                     9);
        }
    }
}

static void
test_channels (void)
{
  g_autoptr (GByteArray) book = make_book (fill_arbin);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_book (book, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, 2);
  g_assert_cmpuint (plateau_measurement_get_n_rows (measurements->pdata[0]), ==, 40);
  g_assert_cmpuint (plateau_measurement_get_n_rows (measurements->pdata[1]), ==, 20);
  g_assert_cmpstr (plateau_measurement_get_info (measurements->pdata[0], PLATEAU_INFO_INSTRUMENT),
                   ==, "Arbin");
  g_assert_cmpstr (plateau_measurement_get_source (measurements->pdata[1])->part, ==,
                   "Channel_2-002");
}

static void
fill_prose (lxw_workbook *book)
{
  lxw_worksheet *sheet = workbook_add_worksheet (book, "Notes");
  worksheet_write_string (sheet, 0, 0, "Bring the cells to the glove box on Monday.", NULL);
}

static void
test_no_table (void)
{
  g_autoptr (GByteArray) book = make_book (fill_prose);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_book (book, &error);
  g_assert_null (measurements);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "book.xlsx"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xlsx/continued-sheets", test_continued_sheets);
  g_test_add_func ("/xlsx/sheet-without-head", test_sheet_without_head);
  g_test_add_func ("/xlsx/channels", test_channels);
  g_test_add_func ("/xlsx/no-table", test_no_table);
  return g_test_run ();
}
