/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import asks, and what becomes of the answer. */

#include "plateau-document-file.h"
#include "plateau-import-join.h"
#include "plateau-import.h"
#include "plateau-read-options.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  PlateauDocument *document;
  gboolean imported;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("plateau-import-XXXXXX", NULL);
  f->document = plateau_document_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  plateau_document_close (f->document);
  g_clear_object (&f->document);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
}

static void
write_file (Fixture *f, const char *name, const char *head, double slope)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr (GString) text = g_string_new (head);
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (text, "%u,%.4f,0.001\n", 60 * i, 3 + slope * i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
}

static void
import_done (PlateauDocument *document, GArray *cells, gpointer user_data)
{
  ((Fixture *) user_data)->imported = TRUE;
}

static void
import (Fixture *f, const char *name, const PlateauReadOptions *options)
{
  g_autofree char *path = name != NULL ? g_build_filename (f->folder, name, NULL)
                                       : g_strdup (f->folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  f->imported = FALSE;
  plateau_import_files (f->document, &file, 1, options, NULL, import_done, f);
  while (!f->imported)
    g_main_context_iteration (NULL, TRUE);
}

static guint
count_cells (Fixture *f)
{
  return g_list_model_get_n_items (
      plateau_project_get_cells (plateau_document_get_project (f->document)));
}

static PlateauMessage *
find_message (Fixture *f, const char *prefix)
{
  GListModel *messages = plateau_document_get_messages (f->document);
  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PlateauMessage) message = g_list_model_get_item (messages, i);
      const char *subject = plateau_message_get_subject (message);
      if (subject != NULL && g_str_has_prefix (subject, prefix))
        return message; /* the list keeps it */
    }
  return NULL;
}

#define HEAD "Test Time / s,Voltage / V,Current / A\n"

/* Nothing says which came first: joined, and asked for. */
static void
test_asks (Fixture *f, gconstpointer data)
{
  write_file (f, "S-LRMO-1_rate.csv", HEAD, 0.01);
  write_file (f, "S-LRMO-1_formation.csv", HEAD, 0.02);
  import (f, NULL, NULL);
  g_assert_cmpuint (count_cells (f), ==, 1);
  PlateauMessage *message = find_message (f, "join:");
  g_assert_nonnull (message);
  g_assert_nonnull (strstr (plateau_message_get_detail (message), "S-LRMO-1_rate.csv"));
  g_assert_cmpuint (plateau_message_get_n_actions (message), ==, 2);
  g_autoptr (PlateauCell) cell = g_list_model_get_item (
      plateau_project_get_cells (plateau_document_get_project (f->document)), 0);
  plateau_import_keep_apart (f->document, plateau_cell_get_id (cell));
  g_assert_null (find_message (f, "join:"));
  g_assert_cmpuint (count_cells (f), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PlateauCell) one = g_list_model_get_item (
          plateau_project_get_cells (plateau_document_get_project (f->document)), i);
      g_assert_cmpuint (plateau_cell_get_n_measurements (one), ==, 1);
      g_assert_true (plateau_cell_get_sample (one) == plateau_cell_get_sample (cell));
    }
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) again = plateau_store_load_file (
      plateau_store_get_path (plateau_document_get_store (f->document)), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (again)), ==, 2);
  plateau_document_undo (f->document);
  g_assert_cmpuint (count_cells (f), ==, 1);
  g_assert_cmpuint (plateau_cell_get_n_measurements (cell), ==, 2);
}

static void
test_certain (Fixture *f, gconstpointer data)
{
  write_file (f, "S-LRMO-1_01.csv", HEAD, 0.01);
  write_file (f, "S-LRMO-1_02.csv", HEAD, 0.02);
  import (f, NULL, NULL);
  g_assert_cmpuint (count_cells (f), ==, 1);
  g_assert_null (find_message (f, "join:"));
}

static PlateauMeasurement *
only_measurement (Fixture *f, guint index)
{
  g_autoptr (PlateauCell) cell = g_list_model_get_item (
      plateau_project_get_cells (plateau_document_get_project (f->document)), index);
  g_assert_nonnull (cell);
  return plateau_cell_get_measurement (cell, 0);
}

static double
last_time (PlateauMeasurement *measurement)
{
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (measurement, NULL);
  return plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME)[29];
}

/* No units in the heads: the guess is told, changed once, and holds for the next such file. */
static void
test_units (Fixture *f, gconstpointer data)
{
  static const char head[] = "Time,Voltage,Current\n";
  write_file (f, "S-LRMO-1.csv", head, 0.01);
  import (f, "S-LRMO-1.csv", NULL);
  const char *assumed = plateau_measurement_get_info (only_measurement (f, 0),
                                                      PLATEAU_INFO_ASSUMED_UNITS);
  g_assert_nonnull (assumed);
  g_assert_nonnull (strstr (assumed, "Time\ts"));
  PlateauMessage *message = find_message (f, "file:");
  const char *label;
  GVariant *target;
  g_assert_cmpstr (plateau_message_get_action (message, 1, &label, &target), ==,
                   "win.confirm-units");
  g_assert_cmpfloat (last_time (only_measurement (f, 0)), ==, 60 * 29);

  g_autoptr (GHashTable) units = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (units, (gpointer) "Time", (gpointer) "min");
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.units = units;
  g_autofree char *path = g_build_filename (f->folder, "S-LRMO-1.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  plateau_read_memory_keep (file, &options);
  write_file (f, "S-LRMO-2.csv", head, 0.02);
  import (f, "S-LRMO-2.csv", NULL);
  g_assert_cmpuint (count_cells (f), ==, 2);
  g_assert_cmpfloat (last_time (only_measurement (f, 1)), ==, 60 * 60 * 29);

  write_file (f, "S-LRMO-3.csv", "Time,Voltage,Current,Extra\n", 0.02);
  import (f, "S-LRMO-3.csv", NULL);
  g_assert_cmpfloat (last_time (only_measurement (f, 2)), ==, 60 * 29);
}

static gboolean
offers (PlateauMessage *message, const char *wanted)
{
  const char *label;
  GVariant *target;
  for (guint i = 0; i < plateau_message_get_n_actions (message); i++)
    if (g_str_has_prefix (plateau_message_get_action (message, i, &label, &target), wanted))
      return TRUE;
  return FALSE;
}

/* Columns are named in text, not in what is binary; a column that lacks can be named. */
static void
test_remedies (Fixture *f, gconstpointer data)
{
  static const char zeros[4096];
  g_autofree char *binary = g_build_filename (f->folder, "cell.mpt", NULL);
  g_assert_true (g_file_set_contents (binary, zeros, sizeof zeros, NULL));
  import (f, "cell.mpt", NULL);
  PlateauMessage *message = find_message (f, "file:");
  g_assert_nonnull (message);
  g_assert_nonnull (strstr (plateau_message_get_title (message), "cell.mpt"));
  g_assert_true (offers (message, "win.read-as"));
  g_assert_false (offers (message, "win.name-columns"));
  g_autofree char *table = g_build_filename (f->folder, "cell.mpt", NULL);
  g_assert_true (g_file_set_contents (table, "name,age\nA,1\nB,2\nC,3\nD,4\n", -1, NULL));
  import (f, "cell.mpt", NULL);
  message = find_message (f, "file:");
  g_assert_nonnull (message);
  g_assert_true (offers (message, "win.name-columns"));
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("plateau-document-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/import/asks", test_asks);
  ADD ("/import/certain", test_certain);
  ADD ("/import/units", test_units);
#undef ADD
  g_test_add ("/import/remedies", Fixture, NULL, set_up, test_remedies, tear_down);
  return g_test_run ();
}
