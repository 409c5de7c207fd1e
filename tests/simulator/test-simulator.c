/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-study.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* The simulated records, read back here with the least of means: capacities of each cycle from
 * the counters, mean potentials from the trapezoid. */
#define MOST_CYCLES 600

typedef struct
{
  guint n;
  double charge[MOST_CYCLES], discharge[MOST_CYCLES], energy[MOST_CYCLES];
} Cycles;

static JsonObject *
load_example (JsonParser *parser)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (SIMULATOR_DIR, "example.json", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static JsonObject *
find_named (JsonArray *array, const char *member, const char *name, const char *family)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      if (strcmp (json_object_get_string_member (object, member), name) == 0
          && (family == NULL
              || strcmp (json_object_get_string_member (object, "family"), family) == 0))
        return object;
    }
  g_assert_not_reached ();
}

/* Leaves one test of one sample in the parameters. */
static JsonObject *
keep_only (JsonObject *root, const char *sample_name, const char *family, const char *test_name)
{
  JsonObject *sample = find_named (json_object_get_array_member (root, "samples"), "sample",
                                   sample_name, family);
  JsonObject *test = find_named (json_object_get_array_member (sample, "tests"), "name", test_name,
                                 NULL);
  JsonArray *samples = json_array_new (), *tests = json_array_new ();
  json_array_add_object_element (tests, json_object_ref (test));
  json_object_set_array_member (sample, "tests", tests);
  json_array_add_object_element (samples, json_object_ref (sample));
  json_object_set_array_member (root, "samples", samples);
  return test;
}

static void
read_cycles (const char *path, Cycles *cycles)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  double last_v = 0, last_discharge = 0;
  memset (cycles, 0, sizeof *cycles);
  for (guint i = 1; lines[i] != NULL && *lines[i] != 0; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      double v = g_ascii_strtod (cells[1], NULL), discharge = g_ascii_strtod (cells[4], NULL);
      guint at = (guint) g_ascii_strtoull (cells[5], NULL, 10) - 1;
      g_assert_cmpuint (at, <, MOST_CYCLES);
      cycles->n = at + 1;
      cycles->charge[at] = g_ascii_strtod (cells[3], NULL);
      cycles->discharge[at] = discharge;
      if (discharge > last_discharge)
        cycles->energy[at] += 0.5 * (v + last_v) * (discharge - last_discharge);
      last_v = v;
      last_discharge = discharge;
    }
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Runs the parameters and reads back every cell; values are then per gram. */
static guint
run (JsonObject *root, Cycles *cells, guint most)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plateau-simulator-XXXXXX", &error);
  g_assert_no_error (error);
  sim_study_run_parameters (root, folder, &error);
  g_assert_no_error (error);
  g_autofree char *sheet_path = g_build_filename (folder, "cells.csv", NULL), *sheet = NULL;
  g_assert_true (g_file_get_contents (sheet_path, &sheet, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (sheet, "\n", -1);
  guint n = 0;
  for (; n < most && lines[n + 1] != NULL && *lines[n + 1] != 0; n++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[n + 1], ",", 8);
      g_autofree char *name = g_strndup (columns[0] + 1, strlen (columns[0]) - 2);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      double gram = g_ascii_strtod (columns[6], NULL) * 1e-3;
      read_cycles (path, &cells[n]);
      for (guint i = 0; i < cells[n].n; i++)
        {
          cells[n].charge[i] *= 1e3 / gram;
          cells[n].discharge[i] *= 1e3 / gram;
          cells[n].energy[i] *= 1e3 / gram;
        }
      g_assert_nonnull (strstr (lines[n + 1], "simulated"));
    }
  remove_folder (folder);
  return n;
}

static double
mean_of (const Cycles *cells, guint n, gboolean charge, guint cycle)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += charge ? cells[i].charge[cycle - 1] : cells[i].discharge[cycle - 1];
  return sum / n;
}

#define assert_within(value, expected, relative)                                                   \
  g_assert_cmpfloat_with_epsilon (value, expected, (relative) *fabs (expected))

static void
test_first_cycle (void)
{
  static const struct
  {
    const char *sample, *family;
    double discharge, efficiency;
  } reported[] = {
    { "S-LRMO", "LRMO|LICF", 248, 94 },
    { "C-LRMO", "LRMO|LITC", 242.3, 82.6 },
    { "B-LRMO (lei2026)", "LRMO|LITC", 193.5, 74.8 },
  };
  g_autofree Cycles *cells = g_new (Cycles, 3);
  for (guint i = 0; i < G_N_ELEMENTS (reported); i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonObject *root = load_example (parser);
      keep_only (root, reported[i].sample, reported[i].family, "rate");
      g_assert_cmpuint (run (root, cells, 3), ==, 3);
      double efficiency = 0;
      for (guint k = 0; k < 3; k++)
        efficiency += cells[k].discharge[0] / cells[k].charge[0] / 3;
      assert_within (mean_of (cells, 3, FALSE, 1), reported[i].discharge, 1e-3);
      assert_within (100 * efficiency, reported[i].efficiency, 1e-3);
    }
}

static void
test_rate_capacities (void)
{
  static const double reported[] = { 242.3, 213.5, 195.6, 177.6, 136.8, 240.8 };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree Cycles *cells = g_new (Cycles, 3);
  JsonObject *root = load_example (parser);
  keep_only (root, "C-LRMO", "LRMO|LITC", "rate");
  g_assert_cmpuint (run (root, cells, 3), ==, 3);
  for (guint group = 0; group < G_N_ELEMENTS (reported); group++)
    {
      double sum = 0;
      for (guint i = 1; i <= 5; i++)
        sum += mean_of (cells, 3, FALSE, 5 * group + i) / 5;
      assert_within (sum, reported[group], 1e-3);
    }
}

static double
slope_of_mean_potential (const Cycles *cycles, guint first)
{
  double sx = 0, sy = 0, sxx = 0, sxy = 0, n = cycles->n - first;
  for (guint i = first; i < cycles->n; i++)
    {
      double y = cycles->energy[i] / cycles->discharge[i];
      sx += i;
      sy += y;
      sxx += (double) i * i;
      sxy += i * y;
    }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static void
test_long_term (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree Cycles *cells = g_new (Cycles, 3);
  JsonObject *root = load_example (parser);
  keep_only (root, "B-LRMO (lei2026)", "LRMO|LITC", "0.3C");
  g_assert_cmpuint (run (root, cells, 3), ==, 3);
  double retention = 0, decay = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (cells[i].n, ==, 501);
      retention += 100 * cells[i].discharge[500] / cells[i].discharge[1] / 3;
      decay -= 1e3 * slope_of_mean_potential (&cells[i], 1) / 3;
    }
  assert_within (retention, 62.4, 1e-3);
  assert_within (decay, 0.56, 0.02);
}

/* Scaling fade and resistance after the calibration must show in the records. */
static void
test_parameters_move_records (void)
{
  double retention[3], potential[3];
  static const double fade[] = { 1, 2, 1 }, resistance[] = { 1, 1, 2 };
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree Cycles *cells = g_new (Cycles, 3);
      JsonObject *root = load_example (parser);
      JsonObject *test = keep_only (root, "S-LRMO", "LRMO|LICF", "0.2C");
      json_object_set_double_member (test, "scale_fade", fade[i]);
      json_object_set_double_member (test, "scale_resistance", resistance[i]);
      g_assert_cmpuint (run (root, cells, 3), ==, 3);
      retention[i] = mean_of (cells, 3, FALSE, 101) / mean_of (cells, 3, FALSE, 2);
      potential[i] = cells[0].energy[1] / cells[0].discharge[1];
    }
  assert_within (retention[0], 0.801, 1e-3);
  g_assert_cmpfloat (retention[1], <, 0.65);
  g_assert_cmpfloat (potential[2], <, potential[0] - 0.02);
  g_assert_cmpfloat (retention[2], <, retention[0]);
}

static void
test_wrong_parameters (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plateau-simulator-XXXXXX", NULL);
  JsonObject *root = load_example (parser);
  JsonObject *test = keep_only (root, "S-LRMO", "LRMO|LICF", "0.2C");
  json_object_set_string_member (test, "kind", "astrology");
  g_assert_false (sim_study_run_parameters (root, folder, &error));
  g_assert_nonnull (strstr (error->message, "astrology"));
  g_clear_error (&error);
  json_object_set_string_member (test, "kind", "cycling");
  json_object_set_double_member (test, "resistance_ohm_g", 1e4);
  g_assert_false (sim_study_run_parameters (root, folder, &error));
  g_assert_nonnull (error);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/first-cycle", test_first_cycle);
  g_test_add_func ("/simulator/rate-capacities", test_rate_capacities);
  g_test_add_func ("/simulator/long-term", test_long_term);
  g_test_add_func ("/simulator/parameters-move-records", test_parameters_move_records);
  g_test_add_func ("/simulator/wrong-parameters", test_wrong_parameters);
  return g_test_run ();
}
