/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-cache.h"
#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "base/plateau-notation.h"
#include "base/plateau-number.h"
#include "base/plateau-numeric.h"
#include "base/plateau-option.h"
#include "base/plateau-quantity.h"
#include "base/plateau-table.h"
#include "base/plateau-unit.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static void
test_units (void)
{
  g_assert_cmpfloat (plateau_to_si (1, "mAh"), ==, 3.6);
  g_assert_cmpfloat_with_epsilon (plateau_from_si (900000, "mAh/g"), 250, 1e-12);
  g_assert_cmpfloat_with_epsilon (plateau_to_si (25, "degC"), 298.15, 1e-12);
  g_assert_cmpfloat_with_epsilon (plateau_from_si (0.0042 * 10, "mg/cm2"), 4.2, 1e-12);
  g_assert_true (isnan (plateau_to_si (NAN, "mg")));
  struct
  {
    const char *text;
    PlateauDimension dimension;
    const char *id;
  } cases[] = {
    { "mA.h", PLATEAU_DIMENSION_CHARGE, "mAh" },     { "µA", PLATEAU_DIMENSION_CURRENT, "uA" },
    { "μA", PLATEAU_DIMENSION_CURRENT, "uA" },       { "Amp-hr", PLATEAU_DIMENSION_CHARGE, "Ah" },
    { "°C", PLATEAU_DIMENSION_TEMPERATURE, "degC" }, { "C", PLATEAU_DIMENSION_CHARGE, "C" },
    { "Volts", PLATEAU_DIMENSION_POTENTIAL, "V" },   { "mHz", PLATEAU_DIMENSION_FREQUENCY, "mHz" },
    { "MHz", PLATEAU_DIMENSION_FREQUENCY, "MHz" },   { "AH", PLATEAU_DIMENSION_CHARGE, "Ah" },
    { "Hours", PLATEAU_DIMENSION_TIME, "h" },        { "mAh/g", PLATEAU_DIMENSION_NONE, "mAh/g" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PlateauUnit *unit = plateau_unit_parse (cases[i].text, cases[i].dimension);
      g_assert_nonnull (unit);
      g_assert_cmpstr (unit->id, ==, cases[i].id);
    }
  g_assert_null (plateau_unit_parse ("furlong", PLATEAU_DIMENSION_NONE));
  g_assert_null (plateau_unit_parse ("V", PLATEAU_DIMENSION_CURRENT));
}

static void
test_quantities (void)
{
  for (int q = 0; q < PLATEAU_N_QUANTITIES; q++)
    {
      const PlateauQuantityInfo *info = plateau_quantity_get_info ((PlateauQuantity) q);
      g_assert_cmpint (info->quantity, ==, q);
      if (q > 0)
        {
          g_assert_nonnull (plateau_unit_find (info->bdf_unit));
          g_assert_cmpint (plateau_quantity_from_id (info->id), ==, q);
        }
    }
  g_assert_cmpint (plateau_quantity_from_id ("potential"), ==, PLATEAU_QUANTITY_POTENTIAL);
}

static void
test_numbers (void)
{
  const char *numbers[] = { "0",
                            "-1.5",
                            "3.14159265358979",
                            "1.234E-003",
                            "1e22",
                            "1e23",
                            "+7",
                            "0.1",
                            "123456789012345678901234567890",
                            "4.9406564584124654e-324",
                            "1.7976931348623157e308",
                            "9007199254740993",
                            ".5",
                            "5.",
                            "2.2250738585072011e-308" };
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      double value = 0;
      const char *end = numbers[i] + strlen (numbers[i]);
      g_assert_true (plateau_parse_double (numbers[i], end, '.', &value) == end);
      g_assert_cmpfloat (value, ==, g_ascii_strtod (numbers[i], NULL));
    }
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  for (int i = 0; i < 20000; i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];
      double exact = (g_rand_double (random) - 0.5) * pow (10, g_rand_int_range (random, -30, 30));
      double value = 0;
      g_ascii_dtostr (text, sizeof text, exact);
      g_assert_nonnull (plateau_parse_double (text, text + strlen (text), '.', &value));
      g_assert_cmpfloat (value, ==, exact);
      g_autofree char *printed = plateau_format_double (exact);
      g_assert_cmpfloat (g_ascii_strtod (printed, NULL), ==, exact);
    }
  double value = 0;
  g_assert_true (plateau_parse_number (" 3,25 ", &value));
  g_assert_cmpfloat (value, ==, 3.25);
  g_assert_true (plateau_parse_number ("−3.25", &value));
  g_assert_cmpfloat (value, ==, -3.25);
  g_assert_false (plateau_parse_number ("3.2.5", &value));
  g_assert_false (plateau_parse_number ("", &value));
  g_assert_null (plateau_parse_double ("abc", "abc" + 3, '.', &value));
  g_assert_nonnull (plateau_parse_double ("NaN", "NaN" + 3, '.', &value));
  g_assert_true (isnan (value));
}

static void
test_durations (void)
{
  struct
  {
    const char *text;
    double seconds;
  } cases[] = { { "00:00:10", 10 },   { "123:00:00", 442800 },    { "1 02:03:04.5", 93784.5 },
                { "0d 00:00:05", 5 }, { "2-01:00:00", 176400 },   { "01:30", 90 },
                { "12.5", 12.5 },     { "  0d 00:00:05.00 ", 5 }, { "00:00:01,250", 1.25 } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double seconds = 0;
      g_assert_true (plateau_parse_duration (cases[i].text, strlen (cases[i].text), &seconds));
      g_assert_cmpfloat_with_epsilon (seconds, cases[i].seconds, 1e-9);
    }
  double seconds;
  g_assert_false (plateau_parse_duration ("1:2:3:4", 7, &seconds));
  g_assert_false (plateau_parse_duration ("", 0, &seconds));
  g_assert_false (plateau_parse_duration ("12:", 3, &seconds));
  g_assert_false (plateau_parse_duration ("noon", 4, &seconds));
}

static void
test_statistics (void)
{
  const double values[] = { 3, NAN, 1, 2, 4 };
  g_assert_cmpfloat (plateau_mean (values, 5), ==, 2.5);
  g_assert_cmpfloat (plateau_median (values, 5), ==, 2.5);
  g_assert_cmpfloat_with_epsilon (plateau_sd (values, 5), sqrt (5.0 / 3), 1e-12);
  g_assert_true (isnan (plateau_mean (NULL, 0)));
  g_assert_true (isnan (plateau_sd (values, 1)));

  const double x[] = { 0, 1, 2, 3 }, y[] = { 1, 3.1, 4.9, 7 };
  PlateauLine line;
  g_assert_true (plateau_fit_line (x, y, NULL, 4, &line));
  g_assert_cmpfloat_with_epsilon (line.slope, 1.98, 1e-12);
  g_assert_cmpfloat_with_epsilon (line.intercept, 1.03, 1e-12);
  /* s² = 0.018 / 2 = 0.009, Sxx = 5 */
  g_assert_cmpfloat_with_epsilon (line.slope_stderr, sqrt (0.009 / 5), 1e-12);
  const double same[] = { 2, 2, 2, 2 };
  g_assert_false (plateau_fit_line (same, y, NULL, 4, &line));

  /* t = 3 / sqrt (2/3 * 1) with 4 degrees of freedom */
  double p = plateau_welch_p (10, 1, 3, 13, 1, 3);
  g_assert_cmpfloat_with_epsilon (p, 0.0213116, 1e-6);
  g_assert_true (isnan (plateau_welch_p (1, 1, 1, 2, 1, 3)));
  g_assert_cmpfloat (plateau_interpolate (x, y, 4, 0.5), ==, 2.05);
  g_assert_true (isnan (plateau_interpolate (x, y, 4, 3.5)));
}

typedef struct
{
  double window;
  int order, method;
  gboolean smooth;
  char *circuit;
} Options;

static const char *const methods[] = { "spline", "lean", NULL };
static const PlateauOption table[] = {
  { "window-mV", "Window", NULL, PLATEAU_OPTION_NUMBER, G_STRUCT_OFFSET (Options, window), "mV", 1,
    100 },
  { "order", "Order", NULL, PLATEAU_OPTION_INTEGER, G_STRUCT_OFFSET (Options, order), NULL, 2, 4 },
  { "method", "Method", NULL, PLATEAU_OPTION_CHOICE, G_STRUCT_OFFSET (Options, method), NULL, 0, 0,
    methods },
  { "smooth", "Smooth", NULL, PLATEAU_OPTION_BOOLEAN, G_STRUCT_OFFSET (Options, smooth) },
  { "circuit", "Circuit", NULL, PLATEAU_OPTION_TEXT, G_STRUCT_OFFSET (Options, circuit) },
  { NULL },
};

static void
test_options (void)
{
  Options options = { 0.010, 3, 0, FALSE, NULL }, copy = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (plateau_option_set_from_text (plateau_option_find (table, "window-mV"), &options,
                                               "12.5", &error));
  g_assert_cmpfloat_with_epsilon (options.window, 0.0125, 1e-15);
  g_assert_true (plateau_option_set_from_text (&table[2], &options, "lean", &error));
  g_assert_true (plateau_option_set_from_text (&table[3], &options, "true", &error));
  g_assert_true (plateau_option_set_from_text (&table[4], &options, "R0-p(R1,C1)", &error));

  g_autoptr (JsonObject) json = plateau_options_to_json (table, &options);
  g_assert_cmpfloat (json_object_get_double_member (json, "window-mV"), ==, 12.5);
  g_assert_true (plateau_options_from_json (table, &copy, json, &error));
  g_assert_cmpfloat (copy.window, ==, options.window);
  g_assert_cmpint (copy.method, ==, 1);
  g_assert_cmpstr (copy.circuit, ==, "R0-p(R1,C1)");

  g_assert_false (plateau_option_set_from_text (&table[0], &options, "500", &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_clear_error (&error);
  g_assert_false (plateau_option_set_from_text (&table[2], &options, "magic", &error));
  g_assert_nonnull (strstr (error->message, "spline, lean"));
  g_clear_error (&error);
  g_assert_false (plateau_option_set_from_text (&table[1], &options, "2.5", &error));
  g_clear_error (&error);
  g_assert_true (plateau_option_set_from_text (&table[0], &options, "auto", &error));
  g_assert_true (isnan (options.window));
  plateau_options_clear (table, &options);
  plateau_options_clear (table, &copy);
}

static void
test_table (void)
{
  g_autoptr (PlateauTable) t = plateau_table_new ("Cycles");
  guint sample = plateau_table_add_column (t, "sample", "Sample", NULL, PLATEAU_COLUMN_TEXT, 0);
  guint cycle = plateau_table_add_column (t, "cycle", "Cycle", NULL, PLATEAU_COLUMN_INTEGER, 0);
  guint q = plateau_table_add_column (t, "discharge_capacity_mAh_g", "Discharge", "mAh/g",
                                      PLATEAU_COLUMN_NUMBER, 4);
  guint row = plateau_table_add_row (t);
  plateau_table_set_text (t, row, sample, "S-LRMO, \"best\"");
  plateau_table_set_number (t, row, cycle, 1);
  plateau_table_set_number (t, row, q, 248.0123456789);
  row = plateau_table_add_row (t);
  plateau_table_set_number (t, row, q, NAN);
  g_autofree char *csv = plateau_table_to_separated (t, ',', TRUE);
  g_assert_cmpstr (
      csv, ==,
      "sample,cycle,discharge_capacity_mAh_g\n\"S-LRMO, \"\"best\"\"\",1,248.0123456789\n,,\n");
  g_autofree char *tsv = plateau_table_to_separated (t, '\t', FALSE);
  g_assert_cmpstr (
      tsv, ==, "Sample\tCycle\tDischarge / mAh g⁻¹\n\"S-LRMO, \"\"best\"\"\"\t1\t248.0\n\t\t\n");
  g_autoptr (JsonArray) json = plateau_table_to_json (t);
  JsonObject *first = json_array_get_object_element (json, 0);
  g_assert_cmpint (json_object_get_int_member (first, "cycle"), ==, 1);
  g_assert_true (json_object_get_null_member (json_array_get_object_element (json, 1), "cycle"));
}

static gboolean
write_half (const char *path, gpointer user_data, GError **error)
{
  g_assert_true (g_file_set_contents (path, "half", 4, NULL));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "disk full");
  return FALSE;
}

static void
test_write_beside (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plateau-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "figure.pdf", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (plateau_file_set_contents (path, "old", -1, &error));
  g_assert_false (plateau_file_write_beside (path, write_half, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "old");
  g_assert_true (plateau_file_set_contents (path, "new", -1, NULL));
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (listing), ==, "figure.pdf");
  g_assert_null (g_dir_read_name (listing));
  g_clear_error (&error);
  g_assert_false (plateau_file_set_contents ("/nonexistent-folder/a.pdf", "x", -1, &error));
  g_assert_nonnull (strstr (error->message, "does not exist"));
  g_unlink (path);
  g_rmdir (folder);
}

typedef struct
{
  int *runs;
  gboolean fail;
} CacheJob;

static gpointer
compute (gpointer user_data, gsize *size, GCancellable *cancellable, GError **error)
{
  CacheJob *job = user_data;
  g_atomic_int_inc (job->runs);
  g_usleep (2000);
  *size = 60;
  if (job->fail)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no");
      return NULL;
    }
  return g_atomic_rc_box_alloc0 (1); /* counted by the cache and its callers */
}

static gpointer
acquire (gpointer p)
{
  return g_atomic_rc_box_acquire (p);
}

static gpointer
get_in_thread (gpointer cache)
{
  static int runs = 0;
  CacheJob job = { &runs, FALSE };
  gpointer result = plateau_cache_get (cache, "shared", acquire, g_atomic_rc_box_release, compute,
                                       &job, NULL, NULL);
  g_assert_nonnull (result);
  g_atomic_rc_box_release (result);
  return &runs;
}

static void
test_cache (void)
{
  g_autoptr (PlateauCache) cache = plateau_cache_new (100);
  g_autoptr (GError) error = NULL;
  int runs = 0;
  CacheJob good = { &runs, FALSE }, bad = { &runs, TRUE };
  gpointer first = plateau_cache_get (cache, "a", acquire, g_atomic_rc_box_release, compute, &good,
                                      NULL, NULL);
  gpointer again = plateau_cache_get (cache, "a", acquire, g_atomic_rc_box_release, compute, &good,
                                      NULL, NULL);
  g_assert_true (first == again);
  g_assert_cmpint (runs, ==, 1);
  g_assert_null (plateau_cache_get (cache, "b", acquire, g_atomic_rc_box_release, compute, &bad,
                                    NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  gpointer c = plateau_cache_get (cache, "c", acquire, g_atomic_rc_box_release, compute, &good,
                                  NULL, NULL);
  gpointer a = plateau_cache_get (cache, "a", acquire, g_atomic_rc_box_release, compute, &good,
                                  NULL, NULL);
  g_assert_cmpint (runs, ==, 4); /* "c" pushed "a" out, so it was made again */
  g_atomic_rc_box_release (first);
  g_atomic_rc_box_release (again);
  g_atomic_rc_box_release (a);
  g_atomic_rc_box_release (c);
  plateau_cache_clear (cache);

  GThread *threads[4];
  int *shared_runs = NULL;
  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new (NULL, get_in_thread, cache);
  for (int i = 0; i < 4; i++)
    shared_runs = g_thread_join (threads[i]);
  g_assert_cmpint (*shared_runs, ==, 1);
}

static void
test_with_error (void)
{
  const struct
  {
    double value, error;
    const char *text;
  } cases[] = { { 0.35999348, 0.00014644, "0.35999 ± 0.00015" },
                { 12.345, 1.26, "12.3 ± 1.3" },
                { 0.3, NAN, "0.3" },
                { 5123.4, 210, "5123 ± 210" },
                { 2, INFINITY, "2" },
                { -0.5, 0.02, "-0.500 ± 0.020" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = plateau_format_with_error (cases[i].value, cases[i].error);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Another notation: other heads and numbers of °C, the same numbers per kilogram; keys stay. */
static void
test_notation (void)
{
  const PlateauNotation notation = { .per_kg = TRUE, .kelvin = TRUE };
  g_autoptr (PlateauTable) values = plateau_table_new ("t");
  plateau_table_add_column (values, "capacity_mAh_g", "Capacity at 100 mAh/g", "mAh/g",
                            PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (values, "temperature_C", "Temperature", "degC", PLATEAU_COLUMN_NUMBER, 4);
  plateau_table_add_column (values, "text", "Text", NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (values, "sample", "Sample", NULL, PLATEAU_COLUMN_TEXT, 0);
  guint row = plateau_table_add_row (values);
  plateau_table_set_text (values, row, 3, "NMC 800 °C");
  plateau_table_set_number (values, row, 0, 201.7);
  plateau_table_set_number (values, row, 1, 25);
  plateau_table_set_text (values, row, 2, "1C = 250 mA g⁻¹ at −30 °C, -10.5 °C and 60 °C");
  plateau_table_set_row_tag (values, row, 7);
  g_autoptr (PlateauTable) shown = plateau_notation_convert_table (&notation, values);
  g_assert_cmpstr (plateau_table_get_key (shown, 0), ==, "capacity_mAh_g");
  g_assert_cmpstr (plateau_table_get_label (shown, 0), ==, "Capacity at 100 Ah/kg");
  g_assert_cmpstr (plateau_table_get_unit_label (shown, 0), ==, "Ah kg⁻¹");
  g_assert_cmpstr (plateau_table_get_unit_label (shown, 1), ==, "K");
  g_assert_cmpfloat (plateau_table_get_number (shown, 0, 0), ==, 201.7);
  g_assert_cmpfloat_with_epsilon (plateau_table_get_number (shown, 0, 1), 298.15, 1e-12);
  g_assert_cmpstr (plateau_table_get_text (shown, 0, 2), ==,
                   "1C = 250 A kg⁻¹ at 243 K, 262.6 K and 333 K");
  g_assert_cmpstr (plateau_table_get_text (shown, 0, 3), ==, "NMC 800 °C");
  g_assert_cmpint (plateau_table_get_row_tag (shown, 0), ==, 7);
  g_autoptr (PlateauTable) same = plateau_notation_convert_table (NULL, values);
  g_assert_true (same == values);
  g_autofree char *markup = plateau_notation_rewrite (&notation, "mAh g<sup>−1</sup> V<sup>−1</sup>");
  g_assert_cmpstr (markup, ==, "Ah kg<sup>−1</sup> V<sup>−1</sup>");
  g_assert_null (plateau_notation_rewrite (&notation, "mA cm⁻² °C"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/units", test_units);
  g_test_add_func ("/base/quantities", test_quantities);
  g_test_add_func ("/base/numbers", test_numbers);
  g_test_add_func ("/base/durations", test_durations);
  g_test_add_func ("/base/statistics", test_statistics);
  g_test_add_func ("/base/options", test_options);
  g_test_add_func ("/base/table", test_table);
  g_test_add_func ("/base/notation", test_notation);
  g_test_add_func ("/base/write-beside", test_write_beside);
  g_test_add_func ("/base/cache", test_cache);
  g_test_add_func ("/number/with-error", test_with_error);
  return g_test_run ();
}
