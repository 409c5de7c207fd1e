/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../fuzz/fuzz.h"

#include <string.h>

/* Inputs that once made a reader fail, kept as small as they get: found/READER.WHAT. Each is read
 * by that reader and by the one that its content chooses; the sanitizers watch. */

static void
test_found (gconstpointer data)
{
  g_autofree char *name = g_path_get_basename (data);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (data, &content, &length, &error));
  g_autoptr (GBytes) bytes = g_bytes_new (content, length);
  g_autofree char *reader = g_strndup (name, strcspn (name, "."));
  g_assert_nonnull (plateau_reader_find (reader));
  fuzz_read (bytes, reader);
  fuzz_read (bytes, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "found", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_strconcat ("/found/", name, NULL);
      g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_found, g_free);
    }
  return g_test_run ();
}
