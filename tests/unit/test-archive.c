/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure with its data and settings as one file, opened again. */
#include "archive/plateau-archive.h"
#include "base/plateau-error.h"
#include "export/plateau-image.h"
#include "figure/plateau-template.h"
#include "store/plateau-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <zip.h>

typedef struct
{
  const char *example;
  char *folder, *archive, *project;
  PlateauCache *cache;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->example = g_getenv ("PLATEAU_EXAMPLE");
  f->folder = g_dir_make_tmp ("plateau-archive-XXXXXX", NULL);
  f->archive = g_build_filename (f->folder, "figure.zip", NULL);
  f->project = g_build_filename (f->folder, "again.plateau", NULL);
  f->cache = plateau_cache_new (64 * 1024 * 1024);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_unlink (f->archive);
  g_unlink (f->project);
  g_rmdir (f->folder);
  g_free (f->archive);
  g_free (f->project);
  g_free (f->folder);
  plateau_cache_unref (f->cache);
}

static JsonNode *
make_document (const char *project_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = plateau_store_load_file (project_path, &error);
  g_autoptr (PlateauStudy) study = project ? plateau_study_new (project) : NULL;
  g_autoptr (JsonNode) open = plateau_template_load ("sun2022-fig3", &error);
  JsonNode *document = plateau_template_apply (open, study, NULL, NULL, 0, &error);

  g_assert_no_error (error);
  return document;
}

static char *
svg_of (const char *project_path, JsonNode *document, JsonObject *manner, gsize *size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = plateau_store_load_file (project_path, &error);
  g_autoptr (PlateauStudy) study = project ? plateau_study_new (project) : NULL;
  g_autoptr (PlateauCache) cache = plateau_cache_new (64 * 1024 * 1024);
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, &error);
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
  GBytes *bytes;

  g_assert_no_error (error);
  if (manner)
    plateau_study_set_manner (study, json_object_ref (manner));
  g_assert_true (plateau_figure_bind (figure, study, cache, NULL, &error));
  bytes = plateau_image_render (figure, PLATEAU_IMAGE_SVG, &options, NULL, &error);
  g_assert_no_error (error);
  return g_bytes_unref_to_data (bytes, size);
}

static void
test_same_figure (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (PlateauProject) whole = NULL, part = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  if (!f->example || !g_file_test (f->example, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("SKIP: the example project is not built (PLATEAU_EXAMPLE)");
      return;
    }
  document = make_document (f->example);
  g_assert_true (plateau_archive_write (f->archive, f->example, "Fig. 3", document, NULL, f->cache,
                                        NULL, &error));
  g_assert_no_error (error);
  g_assert_true (plateau_archive_is (f->archive));
  g_assert_true (plateau_archive_extract_project (f->archive, f->project, &error));
  g_assert_no_error (error);
  whole = plateau_store_load_file (f->example, &error);
  part = plateau_store_load_file (f->project, &error);
  g_assert_no_error (error);
  /* Its own families alone, and the one figure. */
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (part)), >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (plateau_project_get_cells (part)), <,
                    g_list_model_get_n_items (plateau_project_get_cells (whole)));
  g_assert_cmpuint (plateau_project_get_n_figures (part), ==, 1);
  before = svg_of (f->example, document, NULL, &n_before);
  after = svg_of (f->project, plateau_project_get_figure (part, "Fig. 3"), NULL, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
}

static char *
read_member (const char *path, const char *name)
{
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  zip_stat_t stat;
  char *text;
  zip_file_t *member;

  g_assert_nonnull (zip);
  g_assert_cmpint (zip_stat (zip, name, 0, &stat), ==, 0);
  text = g_malloc0 (stat.size + 1);
  member = zip_fopen (zip, name, 0);
  g_assert_cmpint (zip_fread (member, text, stat.size), ==, (gint64)stat.size);
  zip_fclose (member);
  zip_discard (zip);
  return text;
}

/* Written by one who prefers Ah/kg, opened by one who prefers mAh/g: the picture of the writer, and
 * its data in the same units. */
static void
test_manner (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (JsonNode) manner = json_from_string (
      "{\"per_kg\": true, \"kelvin\": true, \"title_form\": \"parentheses\", \"colours\": \"grey\"}",
      NULL);
  g_autoptr (PlateauProject) part = NULL;
  g_autofree char *before = NULL, *after = NULL, *other = NULL, *csv = NULL;
  gsize n_before, n_after, n_other;

  if (!f->example || !g_file_test (f->example, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("SKIP: the example project is not built (PLATEAU_EXAMPLE)");
      return;
    }
  document = make_document (f->example);
  before = svg_of (f->example, document, json_node_get_object (manner), &n_before);
  other = svg_of (f->example, document, NULL, &n_other);
  g_assert_cmpstr (before, !=, other);
  g_assert_true (plateau_archive_write (f->archive, f->example, "Fig. 3", document,
                                        json_node_get_object (manner), f->cache, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (plateau_archive_extract_project (f->archive, f->project, &error));
  part = plateau_store_load_file (f->project, &error);
  g_assert_no_error (error);
  after = svg_of (f->project, plateau_project_get_figure (part, "Fig. 3"), NULL, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
  csv = read_member (f->archive, "data/panel-01.csv");
  g_assert_nonnull (strstr (csv, "Ah kg"));
  g_assert_null (strstr (csv, "mAh g"));
}

static void
test_wrong_files (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->archive, "PK\003\004 nothing", -1, NULL));
  g_assert_false (plateau_archive_is (f->archive));
  g_assert_false (plateau_archive_is ("/nonexistent/figure.zip"));
  g_assert_false (plateau_archive_extract_project (f->archive, f->project, &error));
  g_assert_error (error, PLATEAU_STORE_ERROR, PLATEAU_STORE_ERROR_NOT_A_PROJECT);
  g_assert_nonnull (strstr (error->message, "figure.zip"));
  g_assert_false (g_file_test (f->project, G_FILE_TEST_EXISTS));
}

static void
test_no_place (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) document = NULL;

  if (!f->example || !g_file_test (f->example, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("SKIP: the example project is not built (PLATEAU_EXAMPLE)");
      return;
    }
  document = make_document (f->example);
  g_assert_false (plateau_archive_write ("/nonexistent/figure.zip", f->example, "Fig. 3", document,
                                         NULL, f->cache, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/nonexistent"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/archive/same-figure", Fixture, NULL, set_up, test_same_figure, tear_down);
  g_test_add ("/archive/manner", Fixture, NULL, set_up, test_manner, tear_down);
  g_test_add ("/archive/wrong-files", Fixture, NULL, set_up, test_wrong_files, tear_down);
  g_test_add ("/archive/no-place", Fixture, NULL, set_up, test_no_place, tear_down);
  return g_test_run ();
}
