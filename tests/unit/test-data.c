/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "data/plateau-field.h"
#include "data/plateau-project.h"
#include "data/plateau-measurement.h"
#include "data/plateau-recording.h"
#include "data/plateau-spectrum.h"
#include "data/plateau-study.h"

#include <math.h>
#include <string.h>

static PlateauRecordingBuilder *
builder_with (const PlateauQuantity *quantities, guint n)
{
  PlateauRecordingBuilder *builder = plateau_recording_builder_new ();
  for (guint i = 0; i < n; i++)
    plateau_recording_builder_add_column (builder, quantities[i], NULL, NULL);
  return builder;
}

static PlateauRecording *
record (const PlateauQuantity *quantities, guint n, const double *rows, guint n_rows,
        gboolean derive_current, GPtrArray *warnings)
{
  g_autoptr (PlateauRecordingBuilder) builder = builder_with (quantities, n);
  for (guint i = 0; i < n_rows; i++)
    memcpy (plateau_recording_builder_append_row (builder), rows + i * n, n * sizeof *rows);
  PlateauRecordingRules rules = { .derive_current = derive_current };
  g_autoptr (GError) error = NULL;
  PlateauRecording *recording = plateau_recording_builder_finish (builder, &rules, warnings,
                                                                  &error);
  g_assert_no_error (error);
  return recording;
}

/* A per-step counter that starts again at a step and once inside a step, after a pause. */
static void
test_counter_resets (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_CURRENT,
                                PLATEAU_QUANTITY_STEP_INDEX, PLATEAU_QUANTITY_COUNTER_CAPACITY };
  const double rows[][4] = { { 0, 1, 1, 0 },   { 10, 1, 1, 10 },  { 20, 1, 1, 20 }, { 20, 1, 1, 0 },
                             { 30, 1, 1, 10 }, { 40, -1, 2, 10 }, { 50, -1, 2, 20 } };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauRecording) r = record (q, 4, &rows[0][0], 7, FALSE, warnings);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  const double expected[] = { 0, 10, 20, 20, 30, 20, 10 };
  for (int i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (charge[i], expected[i], 1e-9);
  g_assert_null (plateau_recording_peek (r, PLATEAU_QUANTITY_COUNTER_CAPACITY));
}

static void
test_counter_pair (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_CURRENT,
                                PLATEAU_QUANTITY_CYCLE, PLATEAU_QUANTITY_COUNTER_CHARGE_CAPACITY,
                                PLATEAU_QUANTITY_COUNTER_DISCHARGE_CAPACITY };
  const double rows[][5] = { { 0, 2, 1, 0, 0 },     { 10, 2, 1, 20, 0 }, { 20, -2, 1, 20, 20 },
                             { 30, -2, 1, 20, 40 }, { 40, 2, 2, 20, 0 }, { 50, 2, 2, 40, 0 } };
  g_autoptr (PlateauRecording) r = record (q, 5, &rows[0][0], 6, FALSE, NULL);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  g_assert_cmpfloat_with_epsilon (charge[3], -20, 1e-9);
  g_assert_cmpfloat_with_epsilon (charge[5] - charge[4], 20, 1e-9);

  /* Both readings of what passed stay with the measurement. */
  g_autoptr (PlateauMeasurement)
      m = plateau_measurement_new (plateau_source_new (NULL, "pair.csv", 1, 0));
  PlateauChargeCheck check;
  g_assert_false (plateau_measurement_get_charge_check (m, &check));
  plateau_measurement_set_recording (m, r);
  g_assert_true (plateau_measurement_get_charge_check (m, &check));
  g_assert_cmpfloat_with_epsilon (check.counted[0], 40, 1e-6);
  g_assert_cmpfloat_with_epsilon (check.counted[1], 40, 1e-6);
  /* Current times the time before each record: three records at 2 A. */
  g_assert_cmpfloat_with_epsilon (check.integrated[0], 60, 1e-6);
  g_assert_cmpfloat_with_epsilon (check.integrated[1], 40, 1e-6);
}

static void
test_signed_half_cycles (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_HALF_CYCLE,
                                PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE };
  const double rows[][3] = { { 0, 0, 0 },  { 1, 0, 1 },  { 2, 0, 2 },
                             { 3, 1, -1 }, { 4, 1, -2 }, { 5, 2, 0.5 } };
  g_autoptr (PlateauRecording) r = record (q, 3, &rows[0][0], 6, TRUE, NULL);
  const double *charge = plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE);
  const double expected[] = { 0, 1, 2, 1, 0, 0.5 };
  for (int i = 0; i < 6; i++)
    g_assert_cmpfloat_with_epsilon (charge[i], expected[i], 1e-12);
  g_assert_cmpfloat (plateau_recording_peek (r, PLATEAU_QUANTITY_CURRENT)[2], ==, 1);
}

static void
test_cross_check (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_CURRENT,
                                PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE };
  const double rows[][3] = { { 0, 1, 0 }, { 100, 1, 90 }, { 200, 1, 180 } };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauRecording) r = record (q, 3, &rows[0][0], 3, FALSE, warnings);
  g_assert_cmpuint (warnings->len, ==, 1);
  g_assert_nonnull (strstr (warnings->pdata[0], "the integral of the current"));
  g_assert_cmpfloat (plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE)[2], ==, 180);
}

static void
test_coarse_counter (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_CURRENT,
                                PLATEAU_QUANTITY_COUNTER_SIGNED_CHARGE };
  double rows[200][3];
  for (int i = 0; i < 200; i++)
    {
      rows[i][0] = i;
      rows[i][1] = 1;
      rows[i][2] = 20 * floor (i / 20.0);
    }
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauRecording) r = record (q, 3, &rows[0][0], 200, FALSE, warnings);
  g_assert_cmpfloat_with_epsilon (plateau_recording_peek (r, PLATEAU_QUANTITY_CHARGE)[15], 15,
                                  1e-9);
}

static void
test_time_set_back (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_CURRENT };
  const double rows[][2] = { { 0, 1 }, { 10, 1 }, { 0, 1 }, { 10, 1 } };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauRecording) r = record (q, 2, &rows[0][0], 4, FALSE, warnings);
  const double *time = plateau_recording_peek (r, PLATEAU_QUANTITY_TIME);
  g_assert_cmpfloat (time[2], ==, 10);
  g_assert_cmpfloat (time[3], ==, 20);
  g_assert_cmpuint (warnings->len, ==, 1);
}

static void
test_no_rows (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME };
  g_autoptr (PlateauRecordingBuilder) builder = builder_with (q, 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (plateau_recording_builder_finish (builder, NULL, NULL, &error));
  g_assert_error (error, PLATEAU_READER_ERROR, PLATEAU_READER_ERROR_NO_DATA);
}

static void
test_join (void)
{
  const PlateauQuantity q[] = { PLATEAU_QUANTITY_TIME, PLATEAU_QUANTITY_CURRENT,
                                PLATEAU_QUANTITY_TEMPERATURE };
  const double rows[][3] = { { 0, 1, 298 }, { 10, 1, 299 } };
  g_autoptr (PlateauRecording) first = record (q, 3, &rows[0][0], 2, FALSE, NULL);
  const double rows2[][2] = { { 0, -1 }, { 5, -1 } };
  g_autoptr (PlateauRecording) second = record (q, 2, &rows2[0][0], 2, FALSE, NULL);
  PlateauRecording *parts[] = { first, second };
  g_autoptr (PlateauRecording) joined = plateau_recording_join (parts, 2);
  g_assert_cmpuint (plateau_recording_get_n_rows (joined), ==, 4);
  g_assert_cmpfloat (plateau_recording_peek (joined, PLATEAU_QUANTITY_TIME)[3], ==, 15);
  g_assert_cmpfloat (plateau_recording_peek (joined, PLATEAU_QUANTITY_CHARGE)[3], ==, 5);
  g_assert_true (isnan (plateau_recording_peek (joined, PLATEAU_QUANTITY_TEMPERATURE)[2]));
}

static void
test_clean_spectrum (void)
{
  const double f[] = { 1, 100, 10, NAN, 0, 10 }, re[] = { 3, 1, 2, 5, 5, 4 },
               im[] = { -3, -1, -2, 0, 0, -4 };
  g_autoptr (PlateauSpectrum) spectrum = plateau_spectrum_new ("a", NULL, f, re, im, NULL, 6);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlateauSpectrum) clean = plateau_spectrum_clean (spectrum, warnings, NULL);
  g_assert_cmpuint (plateau_spectrum_get_n (clean), ==, 3);
  g_assert_cmpfloat (plateau_spectrum_peek_frequency (clean)[0], ==, 100);
  g_assert_cmpfloat (plateau_spectrum_peek_re (clean)[1], ==, 3);
  g_assert_cmpuint (warnings->len, ==, 2);
  g_autoptr (PlateauSpectrum) empty = plateau_spectrum_new ("b", NULL, &f[3], re, im, NULL, 2);
  g_autoptr (GError) error = NULL;
  g_assert_null (plateau_spectrum_clean (empty, NULL, &error));
  g_assert_error (error, PLATEAU_ANALYSIS_ERROR, PLATEAU_ANALYSIS_ERROR_NO_DATA);
}

static void
test_project (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauSample) modified = plateau_sample_new ("S-LRMO");
  g_autoptr (PlateauSample) pristine = plateau_sample_new ("B-LRMO");
  g_object_set (modified, "role", PLATEAU_ROLE_MODIFIED, "family", "LRMO", "specific-current-1c",
                250.0, NULL);
  g_object_set (pristine, "role", PLATEAU_ROLE_PRISTINE, "family", "LRMO", NULL);
  plateau_project_add_sample (project, modified);
  plateau_project_add_sample (project, pristine);
  g_autoptr (PlateauCell) cell = plateau_cell_new ("S-LRMO-1");
  g_object_set (cell, "sample", modified, "active-mass", 3.3e-6, "area", 0.785e-4, NULL);
  plateau_project_add_cell (project, cell);
  g_assert_cmpfloat_with_epsilon (plateau_cell_get_one_c (cell), 3.3e-6 * 250, 1e-15);
  g_assert_cmpfloat_with_epsilon (plateau_cell_get_loading (cell) * 100, 4.2038, 1e-3);

  g_autoptr (PlateauStudy) study = plateau_study_new (project);
  g_assert_cmpstr (plateau_study_get_sample (study, 0)->name, ==, "B-LRMO");
  g_assert_true (plateau_study_get_cell (study, 0)->sample == plateau_study_get_sample (study, 1));
  g_object_set (cell, "name", "renamed", NULL);
  g_assert_cmpstr (plateau_study_get_cell (study, 0)->name, ==, "S-LRMO-1");
}

static void
test_fields (void)
{
  g_autoptr (PlateauCell) cell = plateau_cell_new ("a");
  g_autoptr (PlateauSample) sample = plateau_sample_new ("s");
  g_object_set (cell, "sample", sample, NULL);
  guint n;
  const PlateauField *fields = plateau_field_list (&n);
  for (guint i = 0; i < n; i++)
    {
      GObject *object = plateau_field_get_object (&fields[i], cell);
      g_assert_nonnull (
          g_object_class_find_property (G_OBJECT_GET_CLASS (object), fields[i].property));
      g_autofree char *text = plateau_field_get_text (&fields[i], cell);
      g_assert_nonnull (text);
    }
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  const PlateauField *mass = plateau_field_find ("mass_mg");
  g_assert_true (plateau_field_parse (mass, "3.3", &value, &error));
  g_object_set_property (G_OBJECT (cell), "active-mass", &value);
  g_assert_cmpfloat_with_epsilon (plateau_cell_get_active_mass (cell), 3.3e-6, 1e-18);
  g_autofree char *text = plateau_field_get_text (mass, cell);
  g_assert_cmpstr (text, ==, "3.3");
  g_auto (GValue) none = G_VALUE_INIT;
  g_assert_false (plateau_field_parse (mass, "0", &none, &error));
  g_assert_error (error, PLATEAU_DATA_ERROR, PLATEAU_DATA_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data/counter-resets", test_counter_resets);
  g_test_add_func ("/data/counter-pair", test_counter_pair);
  g_test_add_func ("/data/signed-half-cycles", test_signed_half_cycles);
  g_test_add_func ("/data/cross-check", test_cross_check);
  g_test_add_func ("/data/coarse-counter", test_coarse_counter);
  g_test_add_func ("/data/time-set-back", test_time_set_back);
  g_test_add_func ("/data/no-rows", test_no_rows);
  g_test_add_func ("/data/join", test_join);
  g_test_add_func ("/data/clean-spectrum", test_clean_spectrum);
  g_test_add_func ("/data/project", test_project);
  g_test_add_func ("/data/fields", test_fields);
  return g_test_run ();
}
