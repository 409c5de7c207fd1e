/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A running test: its file grows while it is in a document. */

#include "analysis/plateau-cycles.h"
#include "plateau-document-file.h"
#include "plateau-follow.h"
#include "plateau-import.h"

#include <glib/gstdio.h>
#include <math.h>

#define HALF 20 /* records of a half cycle */

typedef struct
{
  char *folder, *path;
  GFile *file;
  PlateauDocument *document;
  PlateauFollow *follow;
  gboolean imported;
} Fixture;

/* Records first to last - 1 of 1 mA cycles between 3 and 4 V, one a minute. */
static void
append_rows (Fixture *f, guint first, guint last)
{
  FILE *out = g_fopen (f->path, first == 0 ? "w" : "a");
  g_assert_nonnull (out);
  if (first == 0)
    fputs ("Test Time / s,Voltage / V,Current / A\n", out);
  for (guint i = first; i < last; i++)
    {
      gboolean charge = i / HALF % 2 == 0;
      double share = (i % HALF + 1) / (double) HALF;
      fprintf (out, "%u,%.4f,%s\n", 60 * i, charge ? 3 + share : 4 - share,
               charge ? "0.001" : "-0.001");
    }
  g_assert_cmpint (fclose (out), ==, 0);
}

static void
import_done (PlateauDocument *document, GArray *cells, gpointer user_data)
{
  ((Fixture *) user_data)->imported = TRUE;
}

static gboolean
woken (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;
  g_timeout_add (ms, woken, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static PlateauCell *
the_cell (Fixture *f)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (f->document));
  g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, 0);
  return cell; /* the project keeps it */
}

static guint64
count_rows (Fixture *f)
{
  PlateauCell *cell = the_cell (f);
  if (cell == NULL)
    return 0;
  g_assert_cmpuint (plateau_cell_get_n_measurements (cell), ==, 1);
  return plateau_measurement_get_n_rows (plateau_cell_get_measurement (cell, 0));
}

/* Up to ten seconds, so that a busy machine is no failure. */
static void
wait_for_rows (Fixture *f, guint64 n)
{
  for (guint i = 0; count_rows (f) != n && i < 500; i++)
    wait_ms (20);
  g_assert_cmpuint (count_rows (f), ==, n);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("plateau-follow-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "S-LRMO-1.csv", NULL);
  f->file = g_file_new_for_path (f->path);
  append_rows (f, 0, 3 * HALF + 5);
  f->document = plateau_document_new ();
  f->follow = plateau_follow_new (f->document);
  plateau_follow_set_pace (f->follow, 30, 100);
  plateau_import_files (f->document, &f->file, 1, NULL, NULL, import_done, f);
  while (!f->imported)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_rows (f), ==, 3 * HALF + 5);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->follow);
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  plateau_document_close (f->document);
  g_clear_object (&f->document);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_clear_object (&f->file);
  g_free (f->path);
  g_free (f->folder);
}

static PlateauCycles *
analyse (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (
      plateau_cell_get_measurement (the_cell (f), 0), &error);
  g_assert_no_error (error);
  PlateauCycles *cycles = plateau_cycles_analyse (recording, NULL, NULL, &error);
  g_assert_no_error (error);
  return cycles;
}

static void
test_grows (Fixture *f, gconstpointer data)
{
  PlateauUndo *undo = plateau_document_get_undo (f->document);
  PlateauSelection *selection = plateau_document_get_selection (f->document);
  g_autofree char *name = g_strdup (plateau_undo_get_undo_name (undo));
  PlateauCycles *before = analyse (f);
  plateau_selection_set_current (selection, G_OBJECT (the_cell (f)));

  append_rows (f, 3 * HALF + 5, 5 * HALF);
  wait_for_rows (f, 5 * HALF);
  append_rows (f, 5 * HALF, 6 * HALF);
  wait_for_rows (f, 6 * HALF);

  PlateauCycles *after = analyse (f);
  g_assert_cmpuint (before->n_cycles, >=, 2);
  g_assert_cmpuint (after->n_cycles, ==, 3);
  g_assert_cmpfloat (before->cycles[0].charge_capacity, ==, after->cycles[0].charge_capacity);
  g_assert_cmpfloat (before->cycles[0].discharge_capacity, ==, after->cycles[0].discharge_capacity);
  g_assert_cmpfloat (after->cycles[2].discharge_capacity, >, 0);
  plateau_cycles_unref (before);
  plateau_cycles_unref (after);
  g_assert_true (plateau_selection_get_current (selection) == G_OBJECT (the_cell (f)));

  /* One step, and it takes the file out with all its rows. */
  g_assert_cmpstr (plateau_undo_get_undo_name (undo), ==, name);
  plateau_document_undo (f->document);
  g_assert_null (the_cell (f));
  g_assert_null (plateau_undo_get_undo_name (undo));
  plateau_document_redo (f->document);
  g_assert_cmpuint (count_rows (f), ==, 6 * HALF);
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  append_rows (f, 3 * HALF + 5, 4 * HALF);
  wait_for_rows (f, 4 * HALF);
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) again = plateau_store_load_file (
      plateau_store_get_path (plateau_document_get_store (f->document)), &error);
  g_assert_no_error (error);
  g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (again), 0);
  g_assert_cmpuint (plateau_cell_get_n_measurements (cell), ==, 1);
  g_assert_cmpuint (plateau_measurement_get_n_rows (plateau_cell_get_measurement (cell, 0)), ==,
                    4 * HALF);
}

/* Another test under the same name does not replace the first without a word. */
static void
test_overwritten (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GListModel *messages = plateau_document_get_messages (f->document);
  guint n = g_list_model_get_n_items (messages);
  g_file_set_contents (
      f->path, "Test Time / s,Voltage / V,Current / A\n0,2.5,0.001\n60,2.6,0.001\n", -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; g_list_model_get_n_items (messages) == n && i < 500; i++)
    wait_ms (20);
  g_assert_cmpuint (g_list_model_get_n_items (messages), ==, n + 1);
  g_autoptr (PlateauMessage) message = g_list_model_get_item (messages, n);
  const char *label;
  GVariant *target;
  g_assert_cmpuint (plateau_message_get_n_actions (message), ==, 2);
  g_assert_cmpstr (plateau_message_get_action (message, 0, &label, &target), ==, "win.read-again");
  g_assert_cmpuint (count_rows (f), ==, 3 * HALF + 5);
}

/* A file read with the sign of its current turned keeps it turned. */
static void
test_options_stay (Fixture *f, gconstpointer data)
{
  PlateauReadOptions options = PLATEAU_READ_OPTIONS_INIT;
  options.flip_current = TRUE;
  f->imported = FALSE;
  plateau_import_files (f->document, &f->file, 1, &options, the_cell (f), import_done, f);
  while (!f->imported)
    g_main_context_iteration (NULL, TRUE);
  append_rows (f, 3 * HALF + 5, 4 * HALF);
  wait_for_rows (f, 4 * HALF);
  g_autoptr (PlateauRecording) recording = plateau_measurement_ref_recording (
      plateau_cell_get_measurement (the_cell (f), 0), NULL);
  g_assert_cmpfloat (plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT)[0], ==, -0.001);
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("plateau-document-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/follow/grows", test_grows);
  ADD ("/follow/kept", test_kept);
  ADD ("/follow/overwritten", test_overwritten);
  ADD ("/follow/options-stay", test_options_stay);
#undef ADD
  return g_test_run ();
}
