/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of a document that are hashed, moved away, found again or left. */

#include "plateau-import.h"
#include "plateau-sources.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder, *path, *elsewhere, *moved;
  PlateauDocument *document;
  PlateauSources *sources;
  gboolean imported;
} Fixture;

static void
import_done (PlateauDocument *document, GArray *cells, gpointer user_data)
{
  ((Fixture *) user_data)->imported = TRUE;
}

static const PlateauSource *
the_source (Fixture *f)
{
  GListModel *cells = plateau_project_get_cells (plateau_document_get_project (f->document));
  g_autoptr (PlateauCell) cell = g_list_model_get_item (cells, 0);
  return plateau_measurement_get_source (plateau_cell_get_measurement (cell, 0));
}

static gboolean
hashed (Fixture *f)
{
  return the_source (f)->sha256 != NULL;
}

static PlateauMessage *
find_message (Fixture *f)
{
  GListModel *messages = plateau_document_get_messages (f->document);
  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PlateauMessage) message = g_list_model_get_item (messages, i);
      if (g_strcmp0 (plateau_message_get_subject (message), "sources:missing") == 0)
        return message; /* the document keeps it */
    }
  return NULL;
}

static gboolean
told (Fixture *f)
{
  return find_message (f) != NULL;
}

static gboolean
found (Fixture *f)
{
  g_autofree char *uri = g_filename_to_uri (f->moved, NULL, NULL);
  return g_strcmp0 (the_source (f)->uri, uri) == 0;
}

static void
wait_until (Fixture *f, gboolean (*condition) (Fixture *))
{
  gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;
  while (!condition (f) && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_true (condition (f));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("plateau-sources-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "S-LRMO-1.csv", NULL);
  f->elsewhere = g_build_filename (f->folder, "archive", NULL);
  f->moved = g_build_filename (f->elsewhere, "S-LRMO-1.csv", NULL);
  g_assert_cmpint (g_mkdir (f->elsewhere, 0700), ==, 0);
  g_assert_true (g_file_set_contents (
      f->path, "Test Time / s,Voltage / V,Current / A\n0,3,0.001\n60,3.5,0.001\n120,4,0.001\n", -1,
      NULL));
  f->document = plateau_document_new ();
  g_autoptr (GFile) file = g_file_new_for_path (f->path);
  plateau_import_files (f->document, &file, 1, NULL, NULL, import_done, f);
  while (!f->imported)
    g_main_context_iteration (NULL, TRUE);
  f->sources = plateau_sources_new (f->document);
  wait_until (f, hashed);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->sources);
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  plateau_document_close (f->document);
  g_clear_object (&f->document);
  g_unlink (f->path);
  g_unlink (f->moved);
  g_rmdir (f->elsewhere);
  g_rmdir (f->folder);
  char *texts[] = { f->folder, f->path, f->elsewhere, f->moved };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}

static void
move_away (Fixture *f)
{
  g_assert_false (told (f));
  g_assert_cmpint (g_rename (f->path, f->moved), ==, 0);
  plateau_sources_check (f->sources);
  wait_until (f, told);
  PlateauMessage *message = find_message (f);
  g_assert_nonnull (strstr (plateau_message_get_detail (message), "S-LRMO-1.csv"));
  g_assert_cmpuint (plateau_message_get_n_actions (message), ==, 2);
}

static void
test_found (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (f->folder);
  g_autofree char *sha256 = g_strdup (the_source (f)->sha256);
  move_away (f);
  plateau_sources_find (f->sources, folder);
  wait_until (f, found);
  g_assert_false (told (f));
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (PlateauProject) again = plateau_store_load_file (
      plateau_store_get_path (plateau_document_get_store (f->document)), NULL);
  g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (again), 0);
  const PlateauSource *kept = plateau_measurement_get_source (
      plateau_cell_get_measurement (cell, 0));
  g_assert_cmpstr (kept->uri, ==, the_source (f)->uri);
  g_assert_cmpstr (kept->sha256, ==, sha256);
}

/* That it was found can be undone, then it is told to be missing once more; and redone. */
static gboolean
lost (Fixture *f)
{
  g_autofree char *uri = g_filename_to_uri (f->path, NULL, NULL);
  return g_strcmp0 (the_source (f)->uri, uri) == 0;
}

static void
test_undone (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (f->folder);
  move_away (f);
  plateau_sources_find (f->sources, folder);
  wait_until (f, found);
  g_assert_cmpstr (plateau_undo_get_undo_name (plateau_document_get_undo (f->document)), ==,
                   "Find the files that moved");
  plateau_document_undo (f->document);
  g_assert_true (lost (f));
  wait_until (f, told);
  plateau_document_redo (f->document);
  g_assert_true (found (f));
  while (plateau_document_is_writing (f->document))
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (PlateauProject) again = plateau_store_load_file (
      plateau_store_get_path (plateau_document_get_store (f->document)), NULL);
  g_autoptr (PlateauCell) cell = g_list_model_get_item (plateau_project_get_cells (again), 0);
  g_assert_cmpstr (plateau_measurement_get_source (plateau_cell_get_measurement (cell, 0))->uri, ==,
                   the_source (f)->uri);
}

/* A file of the same name that holds something else is not taken for it. */
static void
test_another (Fixture *f, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (f->folder);
  move_away (f);
  g_assert_true (g_file_set_contents (
      f->moved, "Test Time / s,Voltage / V,Current / A\n0,3,0.001\n60,3.6,0.001\n120,4,0.001\n", -1,
      NULL));
  plateau_sources_find (f->sources, folder);
  for (guint i = 0; i < 200; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  wait_until (f, told);
  g_assert_false (found (f));
}

static void
test_left (Fixture *f, gconstpointer data)
{
  move_away (f);
  plateau_sources_leave (f->sources);
  g_assert_false (told (f));
  plateau_sources_check (f->sources);
  gint64 end = g_get_monotonic_time () + 2500 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_assert_false (told (f));
  g_assert_cmpstr (plateau_undo_get_undo_name (plateau_document_get_undo (f->document)), ==,
                   "Leave the missing files");
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("plateau-sources-state-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/sources/found", test_found);
  ADD ("/sources/undone", test_undone);
  ADD ("/sources/another", test_another);
  ADD ("/sources/left", test_left);
#undef ADD
  return g_test_run ();
}
