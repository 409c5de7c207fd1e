/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an import asks, and what becomes of the answer. */

#include "plateau-document-file.h"
#include "plateau-import-join.h"
#include "plateau-import.h"

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

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("plateau-document-XXXXXX", NULL);
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/import/asks", test_asks);
  ADD ("/import/certain", test_certain);
#undef ADD
  return g_test_run ();
}
