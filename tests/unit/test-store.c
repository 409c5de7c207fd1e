/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/plateau-error.h"
#include "data/plateau-source-check.h"
#include "store/plateau-store.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = g_dir_make_tmp ("plateau-store-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "study of Li⁺ 100%.plateau", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_autoptr (GDir) listing = g_dir_open (place->folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static PlateauMeasurement *
make_measurement (gsize n_rows)
{
  PlateauMeasurement *m = plateau_measurement_new (
      plateau_source_new ("file:///a.mpr", "a.mpr", 123, 456));
  g_autoptr (PlateauRecordingBuilder) builder = plateau_recording_builder_new ();
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_TIME, NULL, NULL);
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_POTENTIAL, "Ewe/V", NULL);
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_CURRENT, NULL, NULL);
  plateau_recording_builder_add_column (builder, PLATEAU_QUANTITY_OTHER, "NSR Ewe/%", "%");
  for (gsize i = 0; i < n_rows; i++)
    {
      double *row = plateau_recording_builder_append_row (builder);
      row[0] = (double) i;
      row[1] = 3 + sin ((double) i / 100);
      row[2] = 1e-3;
      row[3] = i % 2 ? NAN : (double) i / 3;
    }
  g_autoptr (PlateauRecording)
      recording = plateau_recording_builder_finish (builder, NULL, NULL, NULL);
  plateau_measurement_set_recording (m, recording);
  const double f[] = { 1000, 10 }, re[] = { 1, 2 }, im[] = { -1, -2 };
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;
  conditions.potential = 4.2;
  conditions.mode = PLATEAU_EIS_PEIS;
  g_autoptr (PlateauSpectrum)
      spectrum = plateau_spectrum_new ("4.2 V", &conditions, f, re, im, NULL, 2);
  plateau_measurement_add_spectrum (m, spectrum);
  plateau_measurement_set_info (m, PLATEAU_INFO_INSTRUMENT, "BioLogic");
  plateau_measurement_set_kinds (m, PLATEAU_KIND_CYCLING | PLATEAU_KIND_EIS);
  plateau_measurement_warn (m, "A warning about %s.", "something");
  return m;
}

static PlateauProject *
make_project (guint n_cells, gsize n_rows)
{
  PlateauProject *project = plateau_project_new ();
  g_autoptr (PlateauSample) sample = plateau_sample_new ("S-LRMO");
  g_object_set (project, "title", "LRMO 研究", "simulated", TRUE, NULL);
  g_object_set (sample, "role", PLATEAU_ROLE_MODIFIED, "family", "LRMO", "variable-value", 20.0,
                NULL);
  plateau_project_add_sample (project, sample);
  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *name = g_strdup_printf ("S-LRMO-%u", i + 1);
      g_autoptr (PlateauCell) cell = plateau_cell_new (name);
      g_autoptr (PlateauMeasurement) measurement = make_measurement (n_rows);
      g_object_set (cell, "sample", sample, "active-mass", 3.3e-6, NULL);
      if (i == 0)
        {
          GVariantBuilder builder;
          g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
          g_variant_builder_add (&builder, "{ss}", "operator", "Li");
          g_object_set (cell, "fields", g_variant_builder_end (&builder), NULL);
        }
      plateau_cell_add_measurement (cell, measurement);
      plateau_project_add_cell (project, cell);
    }
  g_autoptr (JsonObject) settings = json_object_new ();
  json_object_set_double_member (settings, "window-mV", 12.5);
  plateau_project_set_settings (project, "dqdv", settings);
  g_autoptr (JsonNode) figure = json_from_string ("{\"version\":1,\"future\":true}", NULL);
  plateau_project_set_figure (project, "Fig. 1", figure);
  return project;
}

static void
check_project (PlateauProject *project, gsize n_rows)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpstr (plateau_project_get_title (project), ==, "LRMO 研究");
  g_assert_true (plateau_project_get_simulated (project));
  g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (project), 0);
  g_assert_cmpstr (plateau_cell_get_name (cell), ==, "S-LRMO-1");
  g_assert_cmpfloat (plateau_cell_get_active_mass (cell), ==, 3.3e-6);
  g_assert_true (isnan (plateau_cell_get_area (cell)));
  g_autoptr (GVariant) fields = NULL;
  g_object_get (cell, "fields", &fields, NULL);
  g_assert_cmpuint (g_variant_n_children (fields), ==, 1);
  PlateauSample *sample = plateau_cell_get_sample (cell);
  g_assert_cmpstr (plateau_sample_get_name (sample), ==, "S-LRMO");
  g_assert_cmpint (plateau_sample_get_role (sample), ==, PLATEAU_ROLE_MODIFIED);

  PlateauMeasurement *m = plateau_cell_get_measurement (cell, 0);
  g_assert_cmpuint (plateau_measurement_get_n_rows (m), ==, n_rows);
  g_assert_cmpstr (plateau_measurement_get_info (m, PLATEAU_INFO_INSTRUMENT), ==, "BioLogic");
  g_assert_cmpstr (plateau_measurement_get_warnings (m)[0], ==, "A warning about something.");
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (m, &error);
  g_assert_no_error (error);
  const double *potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  const double *aux = plateau_recording_peek_named (recording, "NSR Ewe/%");
  for (gsize i = 0; i < n_rows; i++)
    {
      g_assert_cmpfloat (potential[i], ==, 3 + sin ((double) i / 100));
      g_assert_true (i % 2 ? isnan (aux[i]) : aux[i] == (double) i / 3);
    }
  g_autoptr (GPtrArray) spectra = plateau_measurement_ref_spectra (m, &error);
  g_assert_cmpuint (spectra->len, ==, 1);
  g_assert_cmpfloat (plateau_spectrum_get_conditions (spectra->pdata[0])->potential, ==, 4.2);
  g_assert_true (isnan (plateau_spectrum_get_conditions (spectra->pdata[0])->temperature));

  JsonObject *settings = plateau_project_get_settings (project, "dqdv");
  g_assert_cmpfloat (json_object_get_double_member (settings, "window-mV"), ==, 12.5);
  JsonNode *figure = plateau_project_get_figure (project, "Fig. 1");
  g_assert_true (json_object_get_boolean_member (json_node_get_object (figure), "future"));
}

static void
test_round_trip (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = make_project (3, 5000);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_assert_no_error (error);
  g_autoptr (PlateauProject) loaded = plateau_store_load_file (place->path, &error);
  g_assert_no_error (error);
  check_project (loaded, 5000);
  /* written again while its columns come from the very file that is replaced */
  g_assert_true (plateau_store_write_project (loaded, place->path, &error));
  g_assert_no_error (error);
  g_autoptr (PlateauProject) again = plateau_store_load_file (place->path, &error);
  check_project (again, 5000);
}

static void
test_changes (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = make_project (2, 100);
  g_autoptr (PlateauStore) store = plateau_store_create (place->path, &error);
  g_assert_no_error (error);
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_all (change, project);
  g_assert_true (plateau_store_commit (store, change, &error));

  g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (project), 0);
  PlateauMeasurement *m = plateau_cell_get_measurement (cell, 0);
  plateau_measurement_unload (m);
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (m, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plateau_recording_get_n_rows (recording), ==, 100);

  /* removed and put back, as undo does */
  change = plateau_store_change_new ();
  plateau_store_remove_cell (change, plateau_cell_get_id (cell));
  g_assert_true (plateau_store_commit (store, change, &error));
  change = plateau_store_change_new ();
  plateau_store_put_cell (change, cell, 0);
  plateau_store_put_measurement (change, plateau_cell_get_id (cell), 0, m);
  g_assert_true (plateau_store_commit (store, change, &error));
  change = plateau_store_change_new ();
  g_object_set (cell, "name", "renamed", NULL);
  plateau_store_put_cell (change, cell, 0);
  plateau_store_commit_async (store, change, NULL, NULL);
  g_assert_true (plateau_store_close (store, &error));
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  g_autoptr (PlateauProject) loaded = plateau_store_load_file (place->path, &error);
  g_assert_no_error (error);
  g_autoptr (PlateauCell) first = g_list_model_get_item (plateau_project_get_cells (loaded), 0);
  g_assert_cmpstr (plateau_cell_get_name (first), ==, "renamed");
  g_assert_cmpuint (plateau_cell_get_n_measurements (first), ==, 1);
}

static void
test_save_as (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (place->folder, "copy.plateau", NULL);
  g_autoptr (PlateauProject) project = make_project (1, 50);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_autoptr (PlateauProject) loaded = plateau_store_load (store, &error);
  g_assert_true (plateau_store_save_as (store, other, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (plateau_store_get_path (store), ==, other);
  check_project (loaded, 50);
  g_assert_true (plateau_store_close (store, &error));
  g_autoptr (PlateauProject) copy = plateau_store_load_file (other, &error);
  check_project (copy, 50);
}

/* A project that is open elsewhere is not written over, its own file is no other one, and the log
 * that a killed process left beside the target is not taken for that of the new file. */
static void
test_save_over (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (place->folder, "copy.plateau", NULL);
  g_autofree char *log = g_strconcat (other, "-wal", NULL);
  g_autoptr (PlateauProject) project = make_project (1, 50);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_assert_true (plateau_store_write_project (project, other, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_autoptr (PlateauStore) open = plateau_store_open (other, 0, &error);
  g_assert_no_error (error);
  g_assert_false (plateau_store_save_as (store, other, NULL, NULL, NULL, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpstr (plateau_store_get_path (store), ==, place->path);
  g_assert_true (plateau_store_save_as (store, place->path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (plateau_store_close (open, &error));
  g_assert_true (g_file_set_contents (log, "what a killed process left", -1, NULL));
  g_assert_true (plateau_store_save_as (store, other, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (PlateauProject) loaded = plateau_store_load (store, &error);
  check_project (loaded, 50);
  g_assert_true (plateau_store_close (store, &error));
  g_unlink (other);
}

static void
test_refusals (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (plateau_store_open (place->path, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (place->path,
                                      "not a database at all, but long enough to be looked at "
                                      "......................................................",
                                      -1, NULL));
  g_assert_null (plateau_store_open (place->path, 0, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT);
  g_clear_error (&error);
  g_unlink (place->path);

  sqlite3 *db;
  sqlite3_open (place->path, &db);
  sqlite3_exec (db, "CREATE TABLE a (b); PRAGMA application_id = 7", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_null (plateau_store_open (place->path, 0, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT);
  g_clear_error (&error);
  g_unlink (place->path);

  g_autoptr (PlateauProject) project = make_project (1, 10);
  g_assert_true (plateau_store_write_project (project, place->path, NULL));
  g_autoptr (PlateauStore) first = plateau_store_open (place->path, 0, &error);
  g_assert_no_error (error);
  g_assert_null (plateau_store_open (place->path, 0, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_autoptr (PlateauStore)
      reader = plateau_store_open (place->path, PLATEAU_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_project (change, project);
  g_assert_false (plateau_store_commit (reader, change, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  plateau_store_close (reader, NULL);
  plateau_store_close (first, NULL);

  sqlite3_open (place->path, &db);
  sqlite3_exec (db, "PRAGMA user_version = 999", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_null (plateau_store_open (place->path, 0, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NEWER_VERSION);
}

static void
test_recover (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rescued = g_build_filename (place->folder, "rescued.plateau", NULL);
  g_autofree char *report = NULL, *contents = NULL;
  gsize length;
  g_autoptr (PlateauProject) project = make_project (20, 3000);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_assert_true (g_file_get_contents (place->path, &contents, &length, NULL));
  memset (contents + length * 6 / 10, 0x5A, 8192);
  g_assert_true (g_file_set_contents (place->path, contents, (gssize) length, NULL));
  g_assert_true (plateau_store_recover (place->path, rescued, &report, &error));
  g_assert_no_error (error);
  g_test_message ("%s", report);
  g_autoptr (PlateauProject) loaded = plateau_store_load_file (rescued, &error);
  g_assert_no_error (error);
  guint good = 0, n = g_list_model_get_n_items (plateau_project_get_cells (loaded));
  g_assert_cmpuint (n, ==, 20);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (loaded), i);
      g_autoptr (PlateauRecording) recording = plateau_cell_get_n_measurements (cell) > 0
                                                   ? plateau_measurement_ref_recording (
                                                       plateau_cell_get_measurement (cell, 0), NULL)
                                                   : NULL;
      good += recording != NULL;
    }
  g_assert_cmpuint (good, >=, 15);
}

/* The project is read without its first page, in both orders in which its tables may lie, and as far
 * as it goes when it was cut off. */
static void
test_recover_head (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = g_build_filename (place->folder, "saved.plateau", NULL);
  g_autofree char *rescued = g_build_filename (place->folder, "rescued.plateau", NULL);
  const char *const files[] = { place->path, saved };
  g_autoptr (PlateauProject) project = make_project (3, 50);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_assert_true (plateau_store_copy_to (store, saved, &error));
  g_assert_true (plateau_store_close (store, &error));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *contents = NULL, *report = NULL;
      gsize length;
      g_assert_true (g_file_get_contents (files[i], &contents, &length, NULL));
      memset (contents, i == 0 ? 0 : 0x55, 4096);
      g_assert_true (g_file_set_contents (files[i], contents, (gssize) length, NULL));
      g_assert_null (plateau_store_open (files[i], 0, &error));
      g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_DAMAGED);
      g_clear_error (&error);
      g_assert_true (plateau_store_recover (files[i], rescued, &report, &error));
      g_assert_no_error (error);
      g_assert_nonnull (strstr (report, "Nothing is missing"));
      g_autoptr (PlateauProject) loaded = plateau_store_load_file (rescued, &error);
      g_assert_no_error (error);
      check_project (loaded, 50);
    }
}

static void
test_recover_cut (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rescued = g_build_filename (place->folder, "rescued.plateau", NULL);
  g_autofree char *contents = NULL, *report = NULL;
  gsize length;
  g_autoptr (PlateauProject) project = make_project (20, 3000);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_assert_true (g_file_get_contents (place->path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (place->path, contents, (gssize) (length / 2 + 100), NULL));
  g_assert_true (plateau_store_recover (place->path, rescued, &report, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (report, "a.mpr could not be read"));
  g_autoptr (PlateauProject) loaded = plateau_store_load_file (rescued, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (loaded)), >=, 10);
  g_assert_true (g_file_set_contents (place->path, contents, 0, NULL));
  g_assert_null (plateau_store_open (place->path, 0, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT);
}

/* What is queued while the project is saved under another name goes to the new file. */
static void
test_save_as_queue (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (place->folder, "copy.plateau", NULL);
  g_autoptr (PlateauProject) project = make_project (30, 3000);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_autoptr (PlateauProject) loaded = plateau_store_load (store, &error);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("sample %u", i);
      g_autoptr (PlateauSample) sample = plateau_sample_new (name);
      plateau_project_add_sample (loaded, sample);
      PlateauStoreChange *change = plateau_store_change_new ();
      plateau_store_put_sample (change, sample);
      plateau_store_commit_async (store, change, NULL, NULL);
    }
  g_assert_true (plateau_store_save_as (store, other, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (plateau_store_close (store, &error));
  g_autoptr (PlateauProject) copy = plateau_store_load_file (other, &error);
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_samples (copy)), ==, 201);
}

/* A file that is deleted, or another in its place, takes no change; saved there again it does. */
static void
test_gone (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = make_project (2, 50);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_autoptr (PlateauProject) loaded = plateau_store_load (store, &error);
  g_assert_false (plateau_store_is_elsewhere (store));
  g_unlink (place->path);
  g_assert_true (plateau_store_is_elsewhere (store));
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_project (change, loaded);
  g_assert_false (plateau_store_commit (store, change, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_MOVED);
  g_clear_error (&error);
  g_assert_true (plateau_store_save_as (store, place->path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  change = plateau_store_change_new ();
  plateau_store_put_all (change, loaded);
  g_assert_true (plateau_store_commit (store, change, &error));
  check_project (loaded, 50);
  g_assert_true (plateau_store_close (store, &error));
  g_autoptr (PlateauProject) again = plateau_store_load_file (place->path, &error);
  check_project (again, 50);
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (again)), ==, 2);
}

/* Stopped, saving leaves nothing behind and the project where it was. */
static void
test_save_stopped (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *other = g_build_filename (place->folder, "copy.plateau", NULL);
  g_autoptr (PlateauProject) project = make_project (20, 3000);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_cancellable_cancel (cancellable);
  g_assert_false (plateau_store_save_as (store, other, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (plateau_store_get_path (store), ==, place->path);
  g_assert_true (plateau_store_close (store, &error));
  g_autoptr (GDir) listing = g_dir_open (place->folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (listing) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 1);
}

/* Projects as each version of the layout wrote them are opened, brought up to date, and hold what
 * they held; made by "test-store --write version-N.plateau" before the layout changed. */
static void
test_versions (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  for (guint version = 1; version <= 1; version++)
    {
      g_autofree char *name = g_strdup_printf ("version-%u.plateau", version);
      g_autofree char *stored = g_test_build_filename (G_TEST_DIST, "unit", "projects", name, NULL);
      g_autofree char *contents = NULL;
      gsize length;
      g_assert_true (g_file_get_contents (stored, &contents, &length, &error));
      g_assert_no_error (error);
      g_assert_cmpuint ((guchar) contents[63], ==, version); /* user_version of the SQLite header */
      g_assert_true (g_file_set_contents (place->path, contents, (gssize) length, &error));
      g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
      g_assert_no_error (error);
      g_autoptr (PlateauProject) project = plateau_store_load (store, &error);
      g_assert_no_error (error);
      check_project (project, 40);
      PlateauStoreChange *change = plateau_store_change_new ();
      plateau_store_put_project (change, project);
      g_assert_true (plateau_store_commit (store, change, &error));
      g_assert_true (plateau_store_close (store, &error));
      g_assert_no_error (error);
    }
}

/* A store that nobody gave a stored project for fails here. */
static void
test_all_versions_stored (Place *place, gconstpointer data)
{
  sqlite3 *db;
  sqlite3_stmt *statement;
  g_autoptr (PlateauProject) project = make_project (1, 1);
  g_assert_true (plateau_store_write_project (project, place->path, NULL));
  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  int present = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  for (int version = 1; version <= present; version++)
    {
      g_autofree char *name = g_strdup_printf ("version-%d.plateau", version);
      g_autofree char *stored = g_test_build_filename (G_TEST_DIST, "unit", "projects", name, NULL);
      g_assert_true (g_file_test (stored, G_FILE_TEST_EXISTS));
    }
}

static void
test_relocated (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = make_project (1, 10);
  g_assert_true (plateau_store_write_project (project, place->path, &error));
  g_autoptr (PlateauStore) store = plateau_store_open (place->path, 0, &error);
  g_autoptr (PlateauProject) loaded = plateau_store_load (store, &error);
  g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (loaded), 0);
  PlateauMeasurement *m = plateau_cell_get_measurement (cell, 0);
  plateau_measurement_relocate (m, "file:///b/a.mpr", 789);
  plateau_measurement_set_sha256 (m, "cafe");
  PlateauStoreChange *change = plateau_store_change_new ();
  plateau_store_put_measurement (change, plateau_cell_get_id (cell), 0, m);
  g_assert_true (plateau_store_commit (store, change, &error));
  g_assert_true (plateau_store_close (store, &error));
  g_autoptr (PlateauProject) again = plateau_store_load_file (place->path, &error);
  check_project (again, 10);
  g_autoptr (PlateauCell) same = g_list_model_get_item (plateau_project_get_cells (again), 0);
  const PlateauSource *source = plateau_measurement_get_source (
      plateau_cell_get_measurement (same, 0));
  g_assert_cmpstr (source->uri, ==, "file:///b/a.mpr");
  g_assert_cmpint (source->modified, ==, 789);
  g_assert_cmpstr (source->sha256, ==, "cafe");
}

static void
test_sources (Place *place, gconstpointer data)
{
  const char text[] = "abc";
  g_autofree char *uri = g_filename_to_uri (place->path, NULL, NULL), *sha256 = NULL;
  g_autoptr (PlateauSource) source = plateau_source_new (uri, "a.csv", 3, 0);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_assert_cmpint (plateau_source_check (source, NULL, NULL, NULL), ==, PLATEAU_SOURCE_MISSING);
  g_assert_true (g_file_set_contents (place->path, text, 3, NULL));
  g_autoptr (GFileInfo) info = g_file_query_info (file, "time::*", 0, NULL, NULL);
  source->modified = plateau_file_info_get_modified (info);
  g_assert_cmpint (plateau_source_check (source, NULL, NULL, &sha256), ==, PLATEAU_SOURCE_SAME);
  /* FIPS 180-2, B.1 */
  g_assert_cmpstr (sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  source->modified -= 5;
  g_assert_cmpint (plateau_source_check (source, NULL, NULL, NULL), ==, PLATEAU_SOURCE_CHANGED);
  source->sha256 = g_steal_pointer (&sha256); /* touched, but the same */
  g_assert_cmpint (plateau_source_check (source, NULL, NULL, NULL), ==, PLATEAU_SOURCE_SAME);
  g_assert_true (g_file_set_contents (place->path, "abd", 3, NULL));
  g_assert_cmpint (plateau_source_check (source, NULL, NULL, NULL), ==, PLATEAU_SOURCE_CHANGED);
  g_assert_true (g_file_set_contents (place->path, "abcd", 4, NULL));
  g_assert_cmpint (plateau_source_check (source, NULL, NULL, NULL), ==, PLATEAU_SOURCE_CHANGED);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    {
      g_autoptr (PlateauProject) project = make_project (1, 40);
      return plateau_store_write_project (project, argv[2], NULL) ? 0 : 1;
    }
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/" name, Place, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("recover-head", test_recover_head);
  ADD ("recover-cut", test_recover_cut);
  ADD ("save-as-queue", test_save_as_queue);
  ADD ("save-stopped", test_save_stopped);
  ADD ("gone", test_gone);
  ADD ("changes", test_changes);
  ADD ("save-as", test_save_as);
  ADD ("save-over", test_save_over);
  ADD ("refusals", test_refusals);
  ADD ("recover", test_recover);
  ADD ("versions", test_versions);
  ADD ("all-versions-stored", test_all_versions_stored);
  ADD ("relocated", test_relocated);
  ADD ("sources", test_sources);
#undef ADD
  return g_test_run ();
}
