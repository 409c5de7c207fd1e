/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference-data.h"

#include "base/plateau-number.h"

#include <math.h>

/* Folder of the reference data, or NULL (the test is then skipped aloud). */
char *
reference_path (const char *relative)
{
  const char *shared = g_getenv ("PLATEAU_SHARED");
  g_autofree char *root = shared != NULL
                              ? g_strdup (shared)
                              : g_build_filename (PLATEAU_SOURCE_ROOT, "..", "shared", NULL);
  g_autofree char *path = g_build_filename (root, relative, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *message = g_strdup_printf ("SKIP: %s is not there", path);

      g_test_message ("%s", message);
      g_test_skip (message);
      return NULL;
    }
  return g_steal_pointer (&path);
}

JsonArray *
reference_load_cases (const char *name, JsonParser **parser)
{
  g_autofree char *relative = g_build_filename ("reference", "eis", name, NULL);
  g_autofree char *path = reference_path (relative);
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return NULL;
  *parser = json_parser_new ();
  json_parser_load_from_file (*parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_array (json_parser_get_root (*parser));
}

/* A csv of f, Z', Z'' with one line of heads. */
PlateauSpectrum *
reference_load_spectrum (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".csv", NULL);
  g_autofree char *relative = g_build_filename ("reference", "eis", "inputs", file, NULL);
  g_autofree char *path = reference_path (relative);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GArray) f = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) re = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) im = g_array_new (FALSE, FALSE, sizeof (double));
  PlateauConditions conditions = PLATEAU_CONDITIONS_INIT;

  if (path == NULL)
    return NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (g_strstrip (lines[i]), ",", -1);
      double values[3];

      if (g_strv_length (cells) < 3)
        continue;
      for (int c = 0; c < 3; c++)
        g_assert_true (plateau_parse_number (cells[c], &values[c]));
      g_array_append_val (f, values[0]);
      g_array_append_val (re, values[1]);
      g_array_append_val (im, values[2]);
    }
  return plateau_spectrum_new (name, &conditions, (double *) (void *) f->data,
                               (double *) (void *) re->data, (double *) (void *) im->data, NULL,
                               f->len);
}

double *
reference_numbers (JsonObject *object, const char *member, gsize *n)
{
  JsonArray *array = json_object_get_array_member (object, member);
  double *values;

  *n = json_array_get_length (array);
  values = g_new (double, *n);
  for (gsize i = 0; i < *n; i++)
    values[i] = json_array_get_double_element (array, i);
  return values;
}
