/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts that text readers share: encodings, lines, heads, dates, numbers, rows. */
#include "base/plateau-date.h"
#include "base/plateau-error.h"
#include "base/plateau-number.h"
#include "readers/plateau-encoding.h"
#include "readers/plateau-header.h"
#include "readers/plateau-text-table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PlateauText *
open_bytes (const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, "made.txt");
  g_autoptr (GError) error = NULL;
  PlateauText *text = plateau_text_new (input, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
check_encoding (const char *content, gssize length, PlateauEncoding expected, gsize expected_bom)
{
  gsize bom;
  gsize n = length < 0 ? strlen (content) : (gsize) length;
  g_assert_cmpint (plateau_encoding_detect ((const guint8 *) content, n, &bom), ==, expected);
  g_assert_cmpuint (bom, ==, expected_bom);
}

static void
test_encodings (void)
{
  static const char chinese[] = "循环序号,电压(V),电流(mA)\n1,3.5,0.1\n";
  gsize length;
  check_encoding ("a,b\n1,2\n", -1, PLATEAU_ENCODING_UTF_8, 0);
  check_encoding ("\xEF\xBB\xBF"
                  "a,b\n",
                  -1, PLATEAU_ENCODING_UTF_8, 3);
  check_encoding (chinese, -1, PLATEAU_ENCODING_UTF_8, 0);
  check_encoding ("T/\xB0"
                  "C\tC/\xB5"
                  "F\n1\t2\n",
                  -1, PLATEAU_ENCODING_WINDOWS_1252, 0);
  check_encoding ("Gr\xF6\xDF"
                  "e;Spannung\n",
                  -1, PLATEAU_ENCODING_WINDOWS_1252, 0);
  const char *names[] = { "GB18030", "UTF-16LE", "UTF-16BE" };
  PlateauEncoding expected[] = { PLATEAU_ENCODING_GB18030, PLATEAU_ENCODING_UTF_16LE,
                                 PLATEAU_ENCODING_UTF_16BE };
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *bytes = g_convert (chinese, -1, names[i], "UTF-8", NULL, &length, NULL);
      check_encoding (bytes, (gssize) length, expected[i], 0);
      g_autofree char *back = plateau_encoding_decode (expected[i], (const guint8 *) bytes, length);
      g_assert_cmpstr (back, ==, chinese);
      g_assert_true (plateau_encoding_looks_like_text ((const guint8 *) bytes, length));
    }
  g_autofree char *plain = g_convert ("t,V\n1,2\n3,4\n", -1, "UTF-16LE", "UTF-8", NULL, &length,
                                      NULL);
  check_encoding (plain, (gssize) length, PLATEAU_ENCODING_UTF_16LE, 0);

  /* A character cut at the end of the window is no reason to give up UTF-8. */
  check_encoding (chinese, 4, PLATEAU_ENCODING_UTF_8, 0);
  /* Bytes of no encoding are decoded to something that is UTF-8. */
  for (guint i = 0; i < PLATEAU_N_ENCODINGS; i++)
    {
      static const guint8 junk[] = { 0xFF, 0xD8, 0x00, 0x80, 0x81, 0x20, 0xDC, 0xD8, 0xFE };
      g_autofree char *text = plateau_encoding_decode (i, junk, sizeof junk);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
  guint8 binary[512];
  for (guint i = 0; i < sizeof binary; i++)
    binary[i] = (guint8) (i * 37);
  g_assert_false (plateau_encoding_looks_like_text (binary, sizeof binary));
}

static void
test_lines (void)
{
  static const char *const contents[] = { "one\ntwo\n\nlast", "one\r\ntwo\r\n\r\nlast",
                                          "one\rtwo\r\rlast" };
  static const char *const expected[] = { "one", "two", "", "last" };
  for (guint k = 0; k < G_N_ELEMENTS (contents); k++)
    {
      g_autoptr (PlateauText) text = open_bytes (contents[k], strlen (contents[k]));
      PlateauTextLine line;
      for (guint i = 0; i < 4; i++)
        {
          g_assert_true (plateau_text_next_line (text, &line, NULL));
          g_autofree char *found = g_strndup (line.start, line.length);
          g_assert_cmpstr (found, ==, expected[i]);
          g_assert_cmpuint (plateau_text_get_line_number (text), ==, i + 1);
        }
      g_assert_true (plateau_text_ended_in_line (text));
      g_assert_false (plateau_text_next_line (text, &line, NULL));
      g_assert_true (plateau_text_rewind (text, 1, NULL));
      g_assert_true (plateau_text_next_line (text, &line, NULL));
      g_assert_cmpuint (line.length, ==, 3);
    }
}

/* Lines that straddle the chunks in which a file is looked at come out whole. */
static void
test_long_text (void)
{
  g_autoptr (GString) content = g_string_new (NULL);
  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (content, "%u,%u\n", i, i * 7);
  g_autoptr (PlateauText) text = open_bytes (content->str, content->len);
  PlateauTextLine line;
  for (guint i = 0; i < 200000; i++)
    {
      g_assert_true (plateau_text_next_line (text, &line, NULL));
      g_autofree char *expected = g_strdup_printf ("%u,%u", i, i * 7);
      g_assert_cmpuint (line.length, ==, strlen (expected));
      g_assert_true (memcmp (line.start, expected, line.length) == 0);
    }
  g_assert_false (plateau_text_next_line (text, &line, NULL));
}

static void
test_endless_line (void)
{
  gsize length = 40 << 20;
  g_autofree char *content = g_malloc (length);
  memset (content, '7', length);
  memcpy (content, "a,b\n", 4);
  g_autoptr (PlateauText) text = open_bytes (content, length);
  PlateauTextLine line;
  g_autoptr (GError) error = NULL;
  g_assert_true (plateau_text_next_line (text, &line, NULL));
  g_assert_false (plateau_text_next_line (text, &line, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "line 2"));
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\nb\n", 4);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, "made.txt");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PlateauText) text = plateau_text_new (input, NULL, cancellable, NULL);
  g_autoptr (GError) error = NULL;
  PlateauTextLine line;
  g_cancellable_cancel (cancellable);
  g_assert_false (plateau_text_next_line (text, &line, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_numbers_are_exact (void)
{
  static const char *const hard[] = {
    "9007199254740993",
    "9007199254740993e0",
    "1.00000000000000011102230246251565404",
    "0.000000000000000000000000000000012345678901234567",
    "30.000115914725605",
    "1.7976931348623157e308",
    "4.9406564584124654e-324",
    "2.2250738585072011e-308",
    "123456789012345678",
    "-0.0",
    "2.193574110666911E-008",
    "5e-324",
    "8.5e22",
    "1e23",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (hard); i++)
    {
      double found, expected = strtod (hard[i], NULL);
      g_assert_true (plateau_parse_double (hard[i], hard[i] + strlen (hard[i]), '.', &found)
                     == hard[i] + strlen (hard[i]));
      g_assert_cmpmem (&found, sizeof found, &expected, sizeof expected);
    }
  g_autoptr (GRand) random = g_rand_new_with_seed (20240517);
  for (guint i = 0; i < 900000; i++)
    {
      guint64 mantissa = (guint64) g_rand_int (random) << 32 | g_rand_int (random);
      mantissa >>= g_rand_int_range (random, 0, 60);
      char buffer[72];
      int n = i % 3 == 0 ? g_snprintf (buffer, 64, "%" G_GUINT64_FORMAT "e%d", mantissa,
                                       g_rand_int_range (random, -60, 60))
              : i % 3 == 1
                  ? g_snprintf (buffer, 64, "%u.%" G_GUINT64_FORMAT, g_rand_int (random) >> 20,
                                mantissa)
                  : g_snprintf (buffer, 64, "%.*g", g_rand_int_range (random, 14, 18),
                                (double) mantissa / pow (10, g_rand_int_range (random, 0, 25)));
      double found, expected = strtod (buffer, NULL);
      strcpy (buffer + n, ",123456"); /* what stands behind a field is not its own */
      g_assert_true (plateau_parse_double (buffer, buffer + n, '.', &found) == buffer + n);
      g_assert_cmpmem (&found, sizeof found, &expected, sizeof expected);
    }
}

static void
test_fields (void)
{
  static const struct
  {
    const char *field;
    char mark;
    gboolean ok;
    double value;
  } cases[] = {
    { "3.5", '.', TRUE, 3.5 },
    { " 3.5 ", '.', TRUE, 3.5 },
    { "\"1,234.5\"", '.', TRUE, 1234.5 },
    { "1,234,567", '.', TRUE, 1234567 },
    { "1.234,5", ',', TRUE, 1234.5 },
    { "3,5", ',', TRUE, 3.5 },
    { "3,55", '.', TRUE, 3.55 },
    { "1.5D-03", '.', TRUE, 1.5e-3 },
    { "-1.2E+01", '.', TRUE, -12 },
    { "", '.', TRUE, NAN },
    { "N/A", '.', TRUE, NAN },
    { "-", '.', TRUE, NAN },
    { "NaN", '.', TRUE, NAN },
    { "1.#QNAN", '.', TRUE, NAN },
    { "rest", '.', FALSE, NAN },
    { "3.5 V", '.', FALSE, NAN },
    { "1e999", '.', TRUE, NAN },
    { "12:30", '.', FALSE, NAN },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value;
      gboolean ok = plateau_text_field_to_number (cases[i].field, strlen (cases[i].field),
                                                  cases[i].mark, &value);
      if (ok != cases[i].ok)
        g_error ("“%s”: %d", cases[i].field, ok);
      if (isnan (cases[i].value))
        g_assert_true (isnan (value));
      else
        g_assert_cmpfloat (value, ==, cases[i].value);
    }
}

static void
test_heads (void)
{
#define Q(name) PLATEAU_QUANTITY_##name
  static const struct
  {
    const char *head;
    PlateauQuantity quantity;
    const char *unit;
  } cases[] = {
    { "Current(A)", Q (CURRENT), "A" },
    { "Current (mA)", Q (CURRENT), "mA" },
    { "Current/uA", Q (CURRENT), "uA" },
    { "I[A]", Q (CURRENT), "A" },
    { "电流(mA)", Q (CURRENT), "mA" },
    { "电流/mA", Q (CURRENT), "mA" },
    { "电流（µA）", Q (CURRENT), "uA" },
    { "Current(μA)", Q (CURRENT), "uA" },
    { "mAmps", Q (CURRENT), "mA" },
    { "current_ampere", Q (CURRENT), "A" },
    { "Current / A", Q (CURRENT), "A" },
    { "current_mA", Q (CURRENT), "mA" },
    { "Voltage(V)", Q (POTENTIAL), "V" },
    { "U[V]", Q (POTENTIAL), "V" },
    { "voltage_volt", Q (POTENTIAL), "V" },
    { "电压(V)", Q (POTENTIAL), "V" },
    { "Potential (V)", Q (POTENTIAL), "V" },
    { "Ewe/V", Q (POTENTIAL), "V" },
    { "Test_Time(s)", Q (TIME), "s" },
    { "Test (Sec)", Q (TIME), "s" },
    { "Test (Min)", Q (TIME), "min" },
    { "TestTime/Sec.{hh:mm:ss.fff}", Q (TIME), "s" },
    { "TestTime/h", Q (TIME), "h" },
    { "test_time_second", Q (TIME), "s" },
    { "Test Time / h", Q (TIME), "h" },
    { "Total Time (Hours in hh:mm:ss.xxx)", Q (TIME), "s" },
    { "测试时间", Q (TIME), "s" },
    { "Step (Sec)", Q (STEP_TIME), "s" },
    { "Step", Q (STEP_INDEX), "1" },
    { "~Time[s]", Q (TIME), "s" },
    { "t-Step[s]", Q (STEP_TIME), "s" },
    { "Capacity(Ah)", Q (COUNTER_CAPACITY), "Ah" },
    { "Capacity/mAh", Q (COUNTER_CAPACITY), "mAh" },
    { "Capacity(mAs)", Q (COUNTER_CAPACITY), "mAs" },
    { "Cap. [Ah]", Q (COUNTER_CAPACITY), "Ah" },
    { "Amp-hr", Q (COUNTER_CAPACITY), "Ah" },
    { "mAmp-hr", Q (COUNTER_CAPACITY), "mAh" },
    { "容量(mAh)", Q (COUNTER_CAPACITY), "mAh" },
    { "Chg. Cap.(Ah)", Q (COUNTER_CHARGE_CAPACITY), "Ah" },
    { "DChg. Cap.(mAh)", Q (COUNTER_DISCHARGE_CAPACITY), "mAh" },
    { "充电容量(mAh)", Q (COUNTER_CHARGE_CAPACITY), "mAh" },
    { "discharging_capacity_ah", Q (COUNTER_DISCHARGE_CAPACITY), "Ah" },
    { "Discharge_Energy(Wh)", Q (COUNTER_DISCHARGE_ENERGY), "Wh" },
    { "Cycle Index", Q (CYCLE), "1" },
    { "Cyc#", Q (CYCLE), "1" },
    { "循环号", Q (CYCLE), "1" },
    { "T1[°C]", Q (TEMPERATURE), "degC" },
    { "T/°C", Q (TEMPERATURE), "degC" },
    { "t/s", Q (TIME), "s" },
    { "Aux_Temperature_1 (C)", Q (TEMPERATURE), "degC" },
    { "SysTime", Q (CLOCK), "s" },
    { "Zeit [s]", Q (TIME), "s" },
    { "Spannung [mV]", Q (POTENTIAL), "mV" },
    { "Tension (V)", Q (POTENTIAL), "V" },
    { "Corriente/mA", Q (CURRENT), "mA" },
    { "Kapazität [Ah]", Q (COUNTER_CAPACITY), "Ah" },
    { "電圧(V)", Q (POTENTIAL), "V" },
    { "전류(A)", Q (CURRENT), "A" },
    { "E (V vs Li/Li+)", Q (POTENTIAL), "V" },
    { "E vs. Li/Li+ (V)", Q (POTENTIAL), "V" },
    { "Potential vs. Li/V", Q (POTENTIAL), "V" },
    { "Potential vs Li+/Li / mV", Q (POTENTIAL), "mV" },
    { "Voltage (V vs. Li-In)", Q (POTENTIAL), "V" },
    { "Capacity (mAh/g vs Li)", Q (OTHER), NULL },
    { "vs", Q (OTHER), NULL },
    { "SpeCap/mAh/g", Q (OTHER), NULL },
    { "Capacity(mAh/g)", Q (OTHER), NULL },
    { "比容量(mAh/g)", Q (OTHER), NULL },
    { "dQ/dV(mAh/V)", Q (OTHER), NULL },
    { "Capacity (%)", Q (OTHER), NULL },
    { "V_avg", Q (OTHER), NULL },
    { "", Q (OTHER), NULL },
  };
#undef Q
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (PlateauHeader) header = { 0 };
      plateau_header_parse (cases[i].head, NULL, &header);
      if (header.quantity != cases[i].quantity)
        g_error ("“%s” was taken as %s", cases[i].head,
                 plateau_quantity_get_info (header.quantity)->id);
      if (cases[i].unit != NULL)
        g_assert_cmpstr (header.unit->id, ==, cases[i].unit);
    }
  g_auto (PlateauHeader) beside = { 0 };
  plateau_header_parse ("Voltage", "[mV]", &beside);
  g_assert_cmpstr (beside.unit->id, ==, "mV");
  plateau_header_clear (&beside);
  plateau_header_parse ("Voltage", "mV", &beside);
  g_assert_cmpstr (beside.unit->id, ==, "mV");
  g_assert_false (beside.unit_assumed);
}

static void
test_states (void)
{
  static const struct
  {
    const char *text;
    int mode, direction;
  } cases[] = {
    { "CC Chg", PLATEAU_MODE_GALVANOSTATIC, 1 },
    { "CC DChg", PLATEAU_MODE_GALVANOSTATIC, -1 },
    { "CCCV Chg", PLATEAU_MODE_UNKNOWN, 1 },
    { "CV Chg", PLATEAU_MODE_POTENTIOSTATIC, 1 },
    { "CCCV DChg", PLATEAU_MODE_UNKNOWN, -1 },
    { "Rest", PLATEAU_MODE_REST, 0 },
    { "R", PLATEAU_MODE_REST, 0 },
    { "C", PLATEAU_MODE_UNKNOWN, 1 },
    { "D", PLATEAU_MODE_UNKNOWN, -1 },
    { "恒流充电", PLATEAU_MODE_GALVANOSTATIC, 1 },
    { "恒流放电", PLATEAU_MODE_GALVANOSTATIC, -1 },
    { "静置", PLATEAU_MODE_REST, 0 },
    { "恒流恒压充电", PLATEAU_MODE_UNKNOWN, 1 },
    { "discharge CC", PLATEAU_MODE_UNKNOWN, -1 },
    { "RateC", PLATEAU_MODE_GALVANOSTATIC, 1 },
    { "CVC", PLATEAU_MODE_POTENTIOSTATIC, 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PlateauState state;
      g_assert_true (plateau_state_parse (cases[i].text, &state));
      if (state.mode != cases[i].mode || state.direction != cases[i].direction)
        g_error ("“%s” is mode %d, direction %d", cases[i].text, state.mode, state.direction);
    }
  PlateauState state;
  g_assert_false (plateau_state_parse ("Loop", &state));
  g_assert_cmpint (state.direction, ==, 0);
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    PlateauDateOrder order;
    double value;
  } cases[] = {
    { "1970-01-01 00:00:00", PLATEAU_DATE_MDY, 0 },
    { "2010-09-27 14:12:48", PLATEAU_DATE_MDY, 1285596768 },
    { "2022-05-18T16:27:52Z", PLATEAU_DATE_MDY, 1652891272 },
    { "2022-05-18T16:27:52+02:00", PLATEAU_DATE_MDY, 1652884072 },
    { "09/20/2024 08:32:34.558", PLATEAU_DATE_MDY, 1726821154.558 },
    { "20.09.2024 08:32:34", PLATEAU_DATE_DMY, 1726821154 },
    { "5/11/2021 3:40:24 PM", PLATEAU_DATE_MDY, 1620747624 },
    { "5/11/2021 12:40:24 AM", PLATEAU_DATE_MDY, 1620693624 },
    { "23-Nov-23 3:56:08 PM", PLATEAU_DATE_DMY, 1700754968 },
    { "Feb. 20, 2020   15:55:08", PLATEAU_DATE_MDY, 1582214108 },
    { "2024年9月20日 08:32:34", PLATEAU_DATE_YMD, 1726821154 },
    { "2000/2/29", PLATEAU_DATE_YMD, 951782400 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value;
      if (!plateau_parse_date (cases[i].text, strlen (cases[i].text), cases[i].order, &value))
        g_error ("“%s” is no date", cases[i].text);
      g_assert_cmpfloat_with_epsilon (value, cases[i].value, 1e-6);
    }
  static const char *const wrong[] = {
    "", "abc", "12", "2024-13-01", "2024-01-01 99:00:00", "1/2"
  };
  double value;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (plateau_parse_date (wrong[i], strlen (wrong[i]), PLATEAU_DATE_MDY, &value));
  const char *day_first[] = { "05/06/2021 1:00", "13/06/2021 1:00" };
  const char *month_first[] = { "05/06/2021 1:00", "05/13/2021 1:00" };
  g_assert_cmpint (plateau_guess_date_order (day_first, 2), ==, PLATEAU_DATE_DMY);
  g_assert_cmpint (plateau_guess_date_order (month_first, 2), ==, PLATEAU_DATE_MDY);
  g_autofree char *iso = plateau_format_date (1285596768.4);
  g_assert_cmpstr (iso, ==, "2010-09-27T14:12:48");
  g_assert_null (plateau_format_date (NAN));
}

static PlateauTextTable *
read_rows (const char *content, char separator, char mark, guint n_columns)
{
  g_autoptr (PlateauText) text = open_bytes (content, strlen (content));
  PlateauTextTable *table = plateau_text_table_new ((PlateauDialect){ separator, mark });
  for (guint i = 0; i < n_columns; i++)
    {
      PlateauTextColumn *column = plateau_text_column_new ("x");
      column->quantity = PLATEAU_QUANTITY_TIME;
      g_ptr_array_add (table->columns, column);
    }
  g_autoptr (GError) error = NULL;
  g_assert_true (plateau_text_table_read (table, text, &error));
  g_assert_no_error (error);
  return table;
}

static double
cell (PlateauTextTable *table, guint column, gsize row)
{
  return ((PlateauTextColumn *) table->columns->pdata[column])->values[row];
}

static void
test_rows (void)
{
  static const struct
  {
    const char *content;
    char separator, mark;
  } same[] = {
    { "1,2.5,3\n4,5.25,6\n", ',', '.' },
    { "1;2,5;3\n4;5,25;6\n", ';', ',' },
    { "1\t2,5\t3\t\n4\t5,25\t6\t\n", '\t', ',' },
    { "  1   2.5 3\n 4 5.25\t6 \n", ' ', '.' },
    { "1,\"2,5\",3\n4,\"5,25\",6", ',', ',' },
    { "1, 2.5 ,3\r\n\r\n4,5.25, 6,,,\r\n", ',', '.' },
    { "\"1\",\"2.5\",\"3\"\n\"4\",\"5.25\",\"6\"\n", ',', '.' },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (PlateauTextTable)
          table = read_rows (same[i].content, same[i].separator, same[i].mark, 3);
      static const double expected[2][3] = { { 1, 2.5, 3 }, { 4, 5.25, 6 } };
      g_assert_cmpuint (table->n_rows, ==, 2);
      g_assert_cmpuint (table->n_skipped, ==, 0);
      for (guint r = 0; r < 2; r++)
        for (guint c = 0; c < 3; c++)
          g_assert_cmpfloat (cell (table, c, r), ==, expected[r][c]);
    }
  /* What is no row is counted, what is no number is remembered, a cut row keeps what is whole. */
  g_autoptr (PlateauTextTable)
      table = read_rows ("1,2,3\nthis is a comment, really\n4,bad,6\n7,8,9\n10,1", ',', '.', 3);
  PlateauTextColumn *second = table->columns->pdata[1];
  g_assert_cmpuint (table->n_rows, ==, 4);
  g_assert_cmpuint (table->n_skipped, ==, 1);
  g_assert_cmpuint (table->first_skipped_line, ==, 2);
  g_assert_cmpuint (second->n_bad, ==, 1);
  g_assert_cmpuint (second->first_bad_line, ==, 3);
  g_assert_cmpstr (second->first_bad, ==, "bad");
  g_assert_true (table->last_row_cut);
  g_assert_cmpfloat (cell (table, 0, 3), ==, 10);
  g_assert_true (isnan (cell (table, 1, 3)) && isnan (cell (table, 2, 3)));
}

static void
test_nul_bytes (void)
{
  static const char content[] = "1,2\n3\0,4\n5,6\n";
  g_autoptr (PlateauText) text = open_bytes (content, sizeof content - 1);
  g_autoptr (PlateauTextTable) table = plateau_text_table_new ((PlateauDialect){ ',', '.' });
  for (guint i = 0; i < 2; i++)
    {
      PlateauTextColumn *column = plateau_text_column_new ("x");
      column->quantity = PLATEAU_QUANTITY_TIME;
      g_ptr_array_add (table->columns, column);
    }
  g_assert_true (plateau_text_table_read (table, text, NULL));
  g_assert_cmpuint (table->n_rows, ==, 3);
  g_assert_cmpfloat (cell (table, 0, 1), ==, 3);
  g_assert_cmpfloat (cell (table, 1, 2), ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/encodings", test_encodings);
  g_test_add_func ("/text/lines", test_lines);
  g_test_add_func ("/text/long-text", test_long_text);
  g_test_add_func ("/text/endless-line", test_endless_line);
  g_test_add_func ("/text/cancel", test_cancel);
  g_test_add_func ("/text/numbers-are-exact", test_numbers_are_exact);
  g_test_add_func ("/text/fields", test_fields);
  g_test_add_func ("/text/heads", test_heads);
  g_test_add_func ("/text/states", test_states);
  g_test_add_func ("/text/dates", test_dates);
  g_test_add_func ("/text/rows", test_rows);
  g_test_add_func ("/text/nul-bytes", test_nul_bytes);
  return g_test_run ();
}
