/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text tables read as a whole: what the header says, what it hides, what the user adds. The files
 * are made here. */
#include "base/plateau-error.h"
#include "readers/plateau-reader.h"
#include "readers/plateau-text-shape.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static GPtrArray *
read_bytes (const char *content, gssize length, const PlateauReadOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, length < 0 ? strlen (content) : (gsize) length);
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, "made.csv");
  return plateau_read_input (input, options, NULL, error);
}

static PlateauMeasurement *
read_one (const char *content, gssize length, const PlateauReadOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_bytes (content, length, options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (measurements->len, ==, 1);
  return plateau_measurement_ref (measurements->pdata[0]);
}

static double
value_at (PlateauMeasurement *measurement, PlateauQuantity quantity, gsize row)
{
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);
  const double *values = plateau_recording_peek (recording, quantity);
  g_assert_nonnull (values);
  g_assert_cmpuint (row, <, plateau_recording_get_n_rows (recording));
  return values[row];
}

static gboolean
warns_of (PlateauMeasurement *measurement, const char *words)
{
  const char *const *warnings = plateau_measurement_get_warnings (measurement);
  for (; *warnings != NULL; warnings++)
    if (strstr (*warnings, words) != NULL)
      return TRUE;
  return FALSE;
}

static const char *
reader_of (PlateauMeasurement *measurement)
{
  return plateau_measurement_get_source (measurement)->reader;
}

/* A charge of 1 mA from 3 to 4 V in 10 h, in the words and units of the head. */
static GString *
make_charge (const char *head, double time, double potential, double current)
{
  GString *content = g_string_new (head);
  for (int i = 0; i <= 100; i++)
    g_string_append_printf (content, "%.6f,%.6f,%.6f\n", 360.0 * i * time,
                            (3 + 0.01 * i) * potential, 1e-3 * current);
  return content;
}

static void
test_units (void)
{
  static const struct
  {
    const char *head;
    double time, potential, current;
  } cases[] = {
    { "Time(s),Voltage(V),Current(A)\n", 1, 1, 1 },
    { "Time / h,Voltage / mV,Current / mA\n", 1 / 3600.0, 1e3, 1e3 },
    { "测试时间(min),电压(mV),电流(uA)\n", 1 / 60.0, 1e3, 1e6 },
    { "time_s,voltage_V,current_mA\n", 1, 1, 1e3 },
    { "Test (Min),Volts,mAmps\n", 1 / 60.0, 1, 1e3 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) content = make_charge (cases[i].head, cases[i].time, cases[i].potential,
                                                 cases[i].current);
      g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
      g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 101);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_TIME, 100), 36000, 0.01);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_POTENTIAL, 100), 4, 1e-9);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 50), 1e-3, 1e-9);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 100), 36, 0.01);
    }
}

static void
test_millivolts_under_volts (void)
{
  g_autoptr (GString) content = make_charge ("Time(s),Voltage(V),Current(A)\n", 1, 1e3, 1);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_POTENTIAL, 0), 3, 1e-9);
  g_assert_true (warns_of (m, "millivolts"));

  /* The user's word counts more. */
  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (units, (gpointer) "Voltage(V)", (gpointer) "V");
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.units = units;
  g_autoptr (PlateauMeasurement) as_said = read_one (content->str, -1, &options);
  g_assert_cmpfloat_with_epsilon (value_at (as_said, PLATEAU_QUANTITY_POTENTIAL, 0), 3000, 1e-9);
}

static void
test_milliseconds_under_seconds (void)
{
  g_autoptr (GString)
      content = g_string_new ("Date_Time,Test_Time(s),Voltage(V),Current(A),Cycle_Index\n");
  for (int i = 0; i < 50; i++)
    g_string_append_printf (content, "2024-05-01 10:%02d:00,%d,3.5,0.001,1\n", i, i * 60000);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_TIME, 49), 49 * 60, 1e-9);
  g_assert_true (warns_of (m, "milliseconds"));
}

static GString *
make_two_steps (double charge_sign, double discharge_sign, const char *states)
{
  GString *content = g_string_new (states != NULL ? "Time(s),Voltage(V),Current(A),Status\n"
                                                  : "Time(s),Voltage(V),Current(A),"
                                                    "Charge Capacity(Ah),Discharge Capacity(Ah)\n");
  for (int i = 0; i < 200; i++)
    {
      gboolean charge = i < 100;
      double v = charge ? 3 + 0.01 * i : 4 - 0.01 * (i - 100);
      g_string_append_printf (content, "%d,%.3f,%.3f,", 36 * i, v,
                              charge ? 0.1 * charge_sign : 0.1 * discharge_sign);
      if (states != NULL)
        g_string_append_printf (content, "%s\n", charge ? "Charge" : "Discharge");
      else
        g_string_append_printf (content, "%.4f,%.4f\n", charge ? 0.001 * i : 0.099,
                                charge ? 0 : 0.001 * (i - 99));
    }
  return content;
}

static void
test_signs (void)
{
  static const double signs[][2] = { { 1, -1 }, { 1, 1 }, { -1, 1 } };
  for (guint k = 0; k < 2; k++)
    for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
      {
        g_autoptr (GString) content = make_two_steps (signs[i][0], signs[i][1], k == 0 ? "" : NULL);
        g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
        g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CURRENT, 50), ==, 0.1);
        g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CURRENT, 150), ==, -0.1);
        g_assert_cmpint (plateau_measurement_get_warnings (m)[0] != NULL, ==, i > 0);
        g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 99) / 3.6, 99, 1.5);
      }
  g_autoptr (GString) content = make_charge ("Time(s),Voltage(V),Current(A)\n", 1, 1, 1);
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.flip_current = TRUE;
  g_autoptr (PlateauMeasurement) flipped = read_one (content->str, -1, &options);
  g_assert_cmpfloat_with_epsilon (value_at (flipped, PLATEAU_QUANTITY_CURRENT, 0), -1e-3, 1e-9);
}

static void
test_net_counter (void)
{
  g_autoptr (GString) content = g_string_new ("Seconds,Volts,Amps,Ah\n");
  for (int i = 0; i < 100; i++)
    g_string_append_printf (content, "%d,%.3f,-0.1,%.5f\n", 36 * i, 4 - 0.005 * i, 0.001 * i);
  for (int i = 0; i < 50; i++)
    g_string_append_printf (content, "%d,%.3f,0.1,%.5f\n", 3600 + 36 * i, 3.5 + 0.005 * i,
                            0.1 - 0.001 * i);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 149) / 3.6, -51, 0.01);
}

static void
test_needs_columns (void)
{
  static const char content[] = "alpha,beta,gamma\n0,3.5,1\n10,3.6,1\n20,3.7,1\n30,3.8,1\n";
  g_autoptr (GError) error = NULL;
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.reader = "delimited";
  g_assert_null (read_bytes (content, -1, &options, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS);
  g_assert_nonnull (strstr (error->message, "“alpha”, “beta”, “gamma”"));
  g_clear_error (&error);

  g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (columns, (gpointer) "time", (gpointer) "alpha");
  g_hash_table_insert (columns, (gpointer) "potential", (gpointer) "beta");
  g_hash_table_insert (columns, (gpointer) "current", (gpointer) "gamma");
  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (units, (gpointer) "gamma", (gpointer) "mA");
  options.columns = columns;
  options.units = units;
  g_autoptr (PlateauMeasurement) m = read_one (content, -1, &options);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 3), ==, 30);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_POTENTIAL, 3), ==, 3.8);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 3), 1e-3, 1e-15);

  /* A name that is not there is said, not passed over. */
  g_hash_table_replace (columns, (gpointer) "current", (gpointer) "delta");
  g_assert_null (read_bytes (content, -1, &options, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NEEDS_COLUMNS);
  g_assert_nonnull (strstr (error->message, "“delta”"));

  /* Without a header the columns have numbers. */
  g_hash_table_replace (columns, (gpointer) "time", (gpointer) "Column 1");
  g_hash_table_replace (columns, (gpointer) "potential", (gpointer) "Column 2");
  g_hash_table_replace (columns, (gpointer) "current", (gpointer) "Column 3");
  options.units = NULL;
  g_autoptr (PlateauMeasurement) bare = read_one (strchr (content, '\n') + 1, -1, &options);
  g_assert_cmpfloat (value_at (bare, PLATEAU_QUANTITY_POTENTIAL, 0), ==, 3.5);
}

static void
test_chosen_column (void)
{
  static const char content[] =
      "Time [s],Voltage [V],Current [A],Positive electrode potential [V]\n"
      "0,4.1,0,4.2\n10,4.0,-0.1,4.15\n20,3.9,-0.1,4.12\n";
  g_autoptr (GHashTable) columns = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (columns, (gpointer) "potential",
                       (gpointer) "Positive electrode potential [V]");
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  g_autoptr (PlateauMeasurement) usual = read_one (content, -1, &options);
  g_assert_cmpfloat (value_at (usual, PLATEAU_QUANTITY_POTENTIAL, 0), ==, 4.1);
  options.columns = columns;
  g_autoptr (PlateauMeasurement) chosen = read_one (content, -1, &options);
  g_assert_cmpfloat (value_at (chosen, PLATEAU_QUANTITY_POTENTIAL, 0), ==, 4.2);
  g_assert_cmpfloat (value_at (chosen, PLATEAU_QUANTITY_CURRENT, 1), ==, -0.1);
}

static PlateauTextShape *
shape_of (const char *content)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (PlateauInput) input = plateau_input_new_for_bytes (bytes, "made.csv");
  g_autoptr (GError) error = NULL;
  PlateauTextShape *shape = plateau_text_shape_new (input, NULL, NULL, &error);
  g_assert_no_error (error);
  return shape;
}

/* Files of one export setting have one fingerprint, whatever their preamble and numbers. */
static void
test_shape (void)
{
  g_autoptr (PlateauTextShape) one = shape_of (
      "Cell: A1\nDate: today\nalpha;beta;Current/mA\n0;3,5;1\n10;3,6;1\n20;3,7;1\n");
  g_autoptr (PlateauTextShape) two = shape_of (
      "Cell: B7\nDate: later\nAlpha;Beta;Current/mA\n5;2,5;-1\n6;2,6;-1\n7;3,1;-1\n");
  g_autoptr (PlateauTextShape)
      other = shape_of ("alpha;gamma;Current/mA\n0;3,5;1\n10;3,6;1\n20;3,7;1\n");
  g_assert_cmpstr (one->fingerprint, ==, two->fingerprint);
  g_assert_cmpstr (one->fingerprint, !=, other->fingerprint);
  g_assert_cmpuint (one->header_line, ==, 3);
  g_assert_cmpint (one->separator, ==, ';');
  g_assert_cmpint (one->decimal_mark, ==, ',');
  g_assert_cmpuint (one->n_columns, ==, 3);
  g_assert_cmpstr (one->columns[1].name, ==, "beta");
  g_assert_cmpstr (one->columns[1].samples[2], ==, "3,7");
  g_assert_cmpint (one->columns[2].quantity, ==, PLATEAU_QUANTITY_CURRENT);
  g_assert_cmpstr (one->columns[2].unit->id, ==, "mA");
}

/* A file read while it is written: the row without its end waits. */
static void
test_growing (void)
{
  g_autoptr (GString) content = make_charge ("Time(s),Voltage(V),Current(A)\n", 1, 1, 1);
  gsize whole = content->len;
  g_autoptr (PlateauMeasurement) before = read_one (content->str, (gssize) whole - 14, NULL);
  g_assert_cmpuint (plateau_measurement_get_n_rows (before), ==, 101);
  g_assert_true (warns_of (before, "ends inside a record"));
  g_assert_true (isnan (value_at (before, PLATEAU_QUANTITY_CURRENT, 100)));
  g_autoptr (PlateauMeasurement) after = read_one (content->str, (gssize) whole, NULL);
  g_assert_false (warns_of (after, "ends inside a record"));
  g_assert_cmpfloat (value_at (after, PLATEAU_QUANTITY_CURRENT, 100), ==, 1e-3);
  g_assert_cmpfloat (value_at (after, PLATEAU_QUANTITY_CHARGE, 99), ==,
                     value_at (before, PLATEAU_QUANTITY_CHARGE, 99));
}

/* Neware in Chinese: flat, in three encodings. */
static void
test_neware_chinese (void)
{
  g_autoptr (GString) content = g_string_new ("数据序号,循环号,工步号,工步类型,时间,总时间,电流(mA)"
                                              ",电压(V),容量(mAh),比容量(mAh/g),绝对时间\r\n");
  for (int i = 0; i < 60; i++)
    g_string_append_printf (
        content, "%d,1,%d,%s,00:%02d:00,0%d:%02d:00,%s,%.4f,%.4f,0.0,2024-05-01 %02d:%02d:00\r\n",
        i + 1, i < 30 ? 1 : 2, i < 30 ? "恒流充电" : "恒流放电", i % 30, i / 60, i,
        i < 30 ? "1.0000" : "-1.0000", i < 30 ? 3.0 + 0.01 * i : 3.3 - 0.01 * (i - 30),
        (i % 30) / 60.0, 10 + i / 60, i % 60);
  static const char *const encodings[] = { "UTF-8", "GB18030", "UTF-16LE" };
  for (guint k = 0; k < 3; k++)
    {
      gsize length;
      g_autofree char *bytes = g_convert (content->str, (gssize) content->len, encodings[k],
                                          "UTF-8", NULL, &length, NULL);
      g_autoptr (PlateauMeasurement) m = read_one (bytes, (gssize) length, NULL);
      g_assert_cmpstr (reader_of (m), ==, "neware-csv");
      g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 60);
      g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 59), ==, 59 * 60);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 40), -1e-3, 1e-12);
      g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_MODE, 0), ==, PLATEAU_MODE_GALVANOSTATIC);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 29) / 3.6, 29 / 60.0,
                                      1e-3);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 59) / 3.6, 0, 1e-3);
      g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CLOCK, 1)
                             - value_at (m, PLATEAU_QUANTITY_CLOCK, 0),
                         ==, 60);
    }
}

/* The nested report: the first row of a cycle carries cycle, step and even the first record. */
static void
test_neware_nested (void)
{
  static const char content[] = "循环号,充电容量(mAh),放电容量(mAh)\n"
                                ",工步号,工步类型,工步时间\n"
                                ",,数据序号,时间,总时间,电流(mA),电压(V),容量(mAh)\n"
                                "1,0.2,0.1,1,静置,00:01:00,1,00:00:00,00:00:00,0,3.00,0\n"
                                ",,2,00:01:00,00:01:00,0,3.00,0\n"
                                ",2,恒流充电,00:02:00\n"
                                ",,3,00:00:00,00:01:00,6,3.10,0\n"
                                ",,4,00:01:00,00:02:00,6,3.20,0.1\n"
                                ",,5,00:02:00,00:03:00,6,3.30,0.2\n"
                                "2,0,0.1,3,恒流放电,00:01:00\n"
                                ",,6,00:00:00,00:03:00,-6,3.20,0\n"
                                ",,7,00:01:00,00:04:00,-6,3.10,0.1\n";
  g_autoptr (PlateauMeasurement) m = read_one (content, -1, NULL);
  static const double cycles[] = { 1, 1, 1, 1, 1, 2, 2 }, steps[] = { 1, 1, 2, 2, 2, 3, 3 };
  g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 7);
  for (gsize i = 0; i < 7; i++)
    {
      g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CYCLE, i), ==, cycles[i]);
      g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_STEP_INDEX, i), ==, steps[i]);
    }
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_MODE, 0), ==, PLATEAU_MODE_REST);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 4) / 3.6, 0.2, 1e-9);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 6) / 3.6, 0.1, 1e-9);
  g_assert_null (plateau_measurement_get_warnings (m)[0]);
}

/* A range in place of the unit: the capacity tells that the current is in mA. */
static void
test_neware_range (void)
{
  g_autoptr (GString)
      content = g_string_new ("DataPoint,Cycle Index,Step Index,Step Type,Time,Total "
                              "Time,Current(M-5A),Voltage(V),Capacity(mAh)\n");
  for (int i = 0; i < 50; i++)
    g_string_append_printf (content, "%d,1,1,CC Chg,00:%02d:00,00:%02d:00,6.000,%.3f,%.4f\n", i + 1,
                            i, i, 3 + 0.01 * i, 0.1 * i);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 10), 6e-3, 1e-12);
  g_assert_true (warns_of (m, "range"));
}

static void
test_step_time_rebuilds_time (void)
{
  g_autoptr (GString) content = g_string_new ("Cycle,Step,Time(s),Voltage(V),Current(A)\n");
  for (int s = 0; s < 5; s++)
    for (int i = 0; i <= 10; i++)
      g_string_append_printf (content, "1,%d,%d,3.5,0.1\n", s + 1, 10 * i);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 54), ==, 500);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_STEP_TIME, 54), ==, 100);
}

static void
test_glitches (void)
{
  g_autoptr (GString) content = g_string_new ("Time(s),Voltage(V),Current(A)\n");
  for (int i = 0; i < 100; i++)
    g_string_append_printf (content, "%d,3.5,0.1\n", i == 40 ? 0 : i == 60 ? 100000 : i);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 99), ==, 99);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 40), ==, 39);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 60), ==, 59);
  g_assert_true (warns_of (m, "time stamps are wrong"));
}

static void
test_chi (void)
{
  g_autoptr (GString) content = g_string_new (
      "Feb. 20, 2020   15:55:08\nCyclic Voltammetry\nFile: a.bin\nData Source:  Experiment\n"
      "Instrument Model:  CHI660E\nHeader: \nNote: \n\nInit E (V) = 2.5\nScan Rate (V/s) = 0.001\n"
      "Segment = 4\n\nPotential/V, Current/A\n\n");
  for (int i = 0; i <= 400; i++)
    {
      double e = i % 200 <= 100 ? 2.5 + 0.01 * (i % 200) : 3.5 - 0.01 * (i % 200 - 100);
      g_string_append_printf (content, "%.3f, %.3e\n", e, i % 200 < 100 ? -1e-4 : 1e-4);
    }
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpstr (reader_of (m), ==, "chi-text");
  g_assert_cmpint (plateau_measurement_get_kinds (m), ==, PLATEAU_KIND_CV);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_TIME, 400), 4000, 1e-6);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 50), 1e-4, 1e-12);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CYCLE, 150), ==, 1);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CYCLE, 350), ==, 2);
  g_assert_true (warns_of (m, "cathodic"));
}

/* Keys that a damaged head repeats, tables that are no curves, one cycle a curve. */
static void
test_gamry (void)
{
  g_autoptr (GString) content = g_string_new (
      "EXPLAIN\nTAG\tCV\nTITLE\tLABEL\tmade\tTest\nDATE\tLABEL\t3/6/2019\tDate\n"
      "DATE\tLABEL\t3/7/2019\tDate\nTIME\tLABEL\t16:35:22\tTime\nTIME\tLABEL\t1:00:00\tTime\n"
      "OCVCURVE\tTABLE\t2\n\tPt\tT\tVf\n\t#\ts\tV\n\t0\t0\t9\n\t1\t1\t9\n");
  for (int curve = 1; curve <= 3; curve++)
    {
      g_string_append_printf (
          content, "CURVE%d\tTABLE\n\tPt\tT\tVf\tIm\tOver\n\t#\ts\tV vs. Ref.\tA\tbits\n", curve);
      for (int i = 0; i < 5; i++)
        g_string_append_printf (content, "\t%d\t%d\t%.2fE-001\t1,5E-003\t....\n", i, 10 * curve + i,
                                4.5 + i);
    }
  for (char *p = strstr (content->str, "CURVE1\t"); *p != '\0'; p++)
    if (*p == '.' && g_ascii_isdigit (p[1]))
      *p = ',';
  g_string_append (content, "EXPERIMENTABORTED\tTOGGLE\tT\n");
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpstr (reader_of (m), ==, "gamry-dta");
  g_assert_cmpint (plateau_measurement_get_kinds (m), ==, PLATEAU_KIND_CV);
  g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 15);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_POTENTIAL, 1), 0.55, 1e-12);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 1), 1.5e-3, 1e-12);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CYCLE, 14), ==, 3);
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_STARTED), ==,
                   "2019-03-06T16:35:22");
}

static void
test_ivium (void)
{
  g_autoptr (GString) content = g_string_new ("time /s       I /mA        E /V\n");
  for (int i = 0; i < 20; i++)
    g_string_append_printf (content, " %.4E   %.4E  %.4E\n", 10.0 * i, 0.5, 3 + 0.01 * i);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpstr (reader_of (m), ==, "ivium-text");
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 5), 5e-4, 1e-12);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 19), ==, 190);
}

static void
test_digatron (void)
{
  g_autoptr (GString) content = g_string_new (
      "Time Stamp,Step,Status,Prog Time,Step Time,Cycle,Cycle Level,Procedure,Voltage,"
      "Current,Temperature,Capacity,WhAccu,Cnt,\n,,,,,,,,[V],[A],[C],[Ah],[Wh],[Cnt],\n");
  for (int i = 0; i < 20; i++)
    g_string_append_printf (
        content,
        "10/5/2018 11:%02d:00 AM,1,DCH,00:%02d:00,00:%02d:00,0,0,P,%.4f,-1.2,25.1,"
        "%.5f,-0.1,1,\n",
        i, i, i, 4 - 0.01 * i, -0.02 * i);
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpstr (reader_of (m), ==, "digatron");
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 19), ==, 19 * 60);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_CURRENT, 5), ==, -1.2);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 19) / 3600, -0.38, 1e-6);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_TEMPERATURE, 0), 298.25, 1e-9);
}

/* Heads with the unit behind a number sign, a line of letters, and milliseconds that are called
 * seconds, which the time stamps tell. */
static void
test_digatron_marked_units (void)
{
  for (guint milli = 0; milli < 2; milli++)
    {
      g_autoptr (GString) content = g_string_new (
          "Step,Status,Timestamp,Program Duration#s,Step Duration#s,Voltage#V,Current#A,"
          "AhCha#AH,AhDch#Ah,T1#degC\nV\tV\tV\tV\tV\tV\tV\tV\tV\tV\n");
      for (guint i = 0; i < 120; i++)
        g_string_append_printf (
            content, "1,%s,2025-06-06 09:%02u:%02u%s+00:00,%u,%u,%.3f,%.1f,%.6f,%.6f,25.5\n",
            i < 60 ? "CHA" : "DCH", i / 60, i % 60, i % 5 == 0 ? ".500000" : "",
            i * (milli ? 1000 : 1), i % 60 * (milli ? 1000 : 1), 3 + 0.01 * i, i < 60 ? 2.0 : -2.0,
            MIN (i, 60) / 1800.0, i < 60 ? 0 : (i - 60) / 1800.0);
      g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
      g_assert_cmpstr (reader_of (m), ==, "digatron");
      g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 120);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_TIME, 119), 119, 1e-9);
      g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_POTENTIAL, 10), ==, 3.1);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CHARGE, 60), 120, 1e-2);
      g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_TEMPERATURE, 3), 298.65, 1e-9);
      g_assert_cmpint (warns_of (m, "milliseconds"), ==, milli);
    }
}

static void
test_maccor_millivolts (void)
{
  g_autoptr (GString) content = g_string_new (
      "Today's Date 04/04/2016  Date of Test:\t03/31/2016\t Filename:\tC:\\x.001 Procedure: p\t"
      "Comment/Barcode: half cell\n"
      "Rec#\tCyc#\tStep\tTest (Sec)\tStep (Sec)\tmAmp-hr\tmAmps\tVolts\tState\n");
  for (int i = 0; i < 40; i++)
    g_string_append_printf (content, "%s%d\t0\t%d\t%s%d.0\t%d\t%.6f\t%.3f\t%.1f\t%s\n",
                            i >= 20 ? "1," : "", i >= 20 ? i : i + 1, i < 20 ? 1 : 2,
                            i >= 20 ? "1," : "", i >= 20 ? 10 * i - 100 : 36 * i, i % 20,
                            0.01 * (i % 20), 1.0, 1853.8 + i, i < 20 ? "C" : "D");
  g_autoptr (PlateauMeasurement) m = read_one (content->str, -1, NULL);
  g_assert_cmpstr (reader_of (m), ==, "maccor");
  g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, 40);
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_POTENTIAL, 0), 1.8538, 1e-9);
  g_assert_true (warns_of (m, "millivolts"));
  g_assert_cmpfloat_with_epsilon (value_at (m, PLATEAU_QUANTITY_CURRENT, 30), -1e-3, 1e-12);
  g_assert_cmpfloat (value_at (m, PLATEAU_QUANTITY_TIME, 20), ==, 1100);
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_COMMENT), ==, "half cell");
}

/* Whatever the content, there is a sentence. */
/* More than the reader's window holds, with fields that stand still, come back and end the line,
 * dates that pass midnight, and line ends of both kinds. */
static void
test_repeated_fields (void)
{
  enum
  {
    ROWS = 20000
  };
  g_autoptr (GString)
      content = g_string_new ("Date Time,Test Time (s),Cycle,Voltage (V),Current (A),Aux\n");
  for (int i = 0; i < ROWS; i++)
    {
      int second = 86400 - 3000 + 2 * i;
      g_string_append_printf (content, "2024-03-%02d %02d:%02d:%02d.25,%d.5,%d,%.15g,%s,%d%s\n",
                              10 + second / 86400, second / 3600 % 24, second / 60 % 60,
                              second % 60, 2 * i, i / 500, 3 + 1e-4 * (i % 7000) / 3,
                              i % 9 < 4 ? "0.01" : "0.012", i % 1000 < 500 ? 7 : i,
                              i % 3 == 0 ? "\r" : "");
    }
  g_autoptr (PlateauMeasurement) measurement = read_one (content->str, -1, NULL);
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (recording), ==, ROWS);
  const double *clock = plateau_recording_peek (recording, PLATEAU_QUANTITY_CLOCK);
  const double *time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  const double *cycle = plateau_recording_peek (recording, PLATEAU_QUANTITY_CYCLE);
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  const double *current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  const double *aux = plateau_recording_peek_named (recording, "Aux");
  for (int i = 0; i < ROWS; i++)
    {
      g_autofree char *printed = g_strdup_printf ("%.15g", 3 + 1e-4 * (i % 7000) / 3);
      g_assert_cmpfloat (clock[i] - clock[0], ==, 2.0 * i);
      g_assert_cmpfloat (time[i], ==, 2.0 * i + 0.5);
      g_assert_cmpfloat (cycle[i], ==, i / 500);
      g_assert_cmpfloat (potential[i], ==, g_ascii_strtod (printed, NULL));
      g_assert_cmpfloat (current[i], ==, i % 9 < 4 ? 0.01 : 0.012);
      g_assert_cmpfloat (aux[i], ==, i % 1000 < 500 ? 7 : i);
    }
}

static void
test_refusals (void)
{
  static const char *const contents[] = {
    "",
    "\n\n\n",
    "just a letter to somebody\nwithout numbers\n",
    "a,b,c\n",
    "Time(s),Voltage(V)\n",
    "Time(s),Voltage(V),Current(A)\n",
    ",,,,\n,,,\n",
    "EC-Lab ASCII FILE\nNb header lines : 99999\n",
    "EC-Lab ASCII FILE\nNb header lines : 3\n\n",
    "EXPLAIN\nTAG\tCV\n",
    "[Summary]\nNovonix\n[Data]\n",
    "~Basytec\n",
    "Rec#\tCyc#\tStep\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) measurements = read_bytes (contents[i], -1, NULL, &error);
      if (measurements != NULL)
        g_error ("“%s” was read", contents[i]);
      g_assert_true (error->domain == PLATEAU_READER_ERROR);
      g_assert_cmpuint (strlen (error->message), >, 15);
    }
}

/* Files of other programs get a sentence of their own. */
static void
test_foreign (void)
{
  static const struct
  {
    const char *content, *word;
  } files[] = { { "PAR1.....", "Parquet" },
                { "\x89HDF\r\n\x1A\n....", "HDF5" },
                { "CPYA 4.3380 188", "Origin" },
                { "%PDF-1.7 ...", "PDF" },
                { "\x01\x02\x03\x04\x05\x06", "no format" } };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (read_bytes (files[i].content, -1, NULL, &error));
      g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_UNKNOWN_FORMAT);
      g_assert_nonnull (strstr (error->message, files[i].word));
    }
}

static void
write_packed (const char *path, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream)
      plain = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream)
      packed = g_converter_output_stream_new (G_OUTPUT_STREAM (plain), G_CONVERTER (gzip));
  g_assert_true (g_output_stream_write_all (packed, text, length, NULL, NULL, &error));
  g_assert_true (g_output_stream_close (packed, NULL, &error));
}

/* What gzip packed is read like the file itself, is refused when it grows without end, and a cut
 * copy is told. */
static void
test_gzip (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plateau-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "cell 7.bdf.csv.gz", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GString) text = g_string_new ("Test Time / s,Voltage / V,Current / A\n");
  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "%u,%.4f,%.4f\n", i, 3 + 0.004 * i, i < 100 ? 0.001 : -0.001);
  write_packed (path, text->str, text->len);
  g_autoptr (GPtrArray) measurements = plateau_read_file (file, NULL, NULL, &error);
  g_assert_no_error (error);
  const PlateauSource *source = plateau_measurement_get_source (measurements->pdata[0]);
  g_assert_cmpstr (source->reader, ==, "bdf-csv");
  g_assert_true (g_str_has_suffix (source->uri, ".gz"));
  char *bytes;
  gsize length;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (source->size, ==, length);
  g_autoptr (PlateauRecording)
      recording = plateau_measurement_ref_recording (measurements->pdata[0], NULL);
  g_assert_cmpuint (plateau_recording_get_n_rows (recording), ==, 200);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length / 2, NULL));
  g_assert_null (plateau_read_file (file, NULL, NULL, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_INVALID);
  g_clear_error (&error);
  g_free (bytes);

  g_autofree char *zeros = g_malloc0 (8 << 20);
  write_packed (path, zeros, 8 << 20);
  g_assert_null (plateau_read_file (file, NULL, NULL, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_LIMIT);
  g_unlink (path);
  g_rmdir (folder);
}

/* A table of impedance that EC-Lab saved without its head is a spectrum and no test. */
static void
test_mpt_impedance_alone (void)
{
  g_autoptr (GString) text = g_string_new ("freq/Hz\tRe(Z)/Ohm\tIm(Z)/Ohm\t\n");
  for (guint i = 0; i < 12; i++)
    g_string_append_printf (text, "%.7E\t%.7E\t%.7E\n", 1000 / pow (2, i), 60.0 + i, -1.0 - i);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_bytes (text->str, -1, NULL, &error);
  g_assert_no_error (error);
  PlateauMeasurement *m = measurements->pdata[0];
  g_assert_cmpuint (plateau_measurement_get_kinds (m), ==, PLATEAU_KIND_EIS);
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (m, &error);
  g_assert_cmpuint (spectra->len, ==, 1);
  g_assert_cmpfloat (plateau_spectrum_peek_im (spectra->pdata[0])[3], ==, -4);
}

static void
test_no_current (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) measurements = read_bytes (
      "Test Time / s,Voltage / V\n0,3.0\n1,3.1\n2,3.2\n", -1, NULL, &error);
  g_assert_no_error (error);
  const char *const *warnings = plateau_measurement_get_warnings (measurements->pdata[0]);
  g_assert_nonnull (warnings[0]);
  g_assert_nonnull (strstr (warnings[0], "no current"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delimited/units", test_units);
  g_test_add_func ("/delimited/millivolts-under-volts", test_millivolts_under_volts);
  g_test_add_func ("/delimited/milliseconds-under-seconds", test_milliseconds_under_seconds);
  g_test_add_func ("/delimited/signs", test_signs);
  g_test_add_func ("/delimited/net-counter", test_net_counter);
  g_test_add_func ("/delimited/needs-columns", test_needs_columns);
  g_test_add_func ("/delimited/chosen-column", test_chosen_column);
  g_test_add_func ("/delimited/shape", test_shape);
  g_test_add_func ("/delimited/growing", test_growing);
  g_test_add_func ("/delimited/step-time", test_step_time_rebuilds_time);
  g_test_add_func ("/delimited/glitches", test_glitches);
  g_test_add_func ("/delimited/neware-chinese", test_neware_chinese);
  g_test_add_func ("/delimited/neware-nested", test_neware_nested);
  g_test_add_func ("/delimited/neware-range", test_neware_range);
  g_test_add_func ("/delimited/chi", test_chi);
  g_test_add_func ("/delimited/gamry", test_gamry);
  g_test_add_func ("/delimited/ivium", test_ivium);
  g_test_add_func ("/delimited/digatron", test_digatron);
  g_test_add_func ("/delimited/digatron-marked-units", test_digatron_marked_units);
  g_test_add_func ("/delimited/maccor-millivolts", test_maccor_millivolts);
  g_test_add_func ("/delimited/repeated-fields", test_repeated_fields);
  g_test_add_func ("/delimited/refusals", test_refusals);
  g_test_add_func ("/delimited/foreign", test_foreign);
  g_test_add_func ("/delimited/gzip", test_gzip);
  g_test_add_func ("/delimited/mpt-impedance-alone", test_mpt_impedance_alone);
  g_test_add_func ("/delimited/no-current", test_no_current);
  return g_test_run ();
}
