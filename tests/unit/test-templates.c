/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every template, filled from the example project: no panel is empty, every axis has its title, and
 * the drawing commands are the same each time. */
#include "export/plateau-image.h"
#include "figure/plateau-template.h"
#include "store/plateau-store.h"

#include <string.h>

static PlateauStudy *
load_example (void)
{
  const char *path = g_getenv ("PLATEAU_EXAMPLE");
  g_autoptr (PlateauProject) project = NULL;
  g_autoptr (GError) error = NULL;

  if (!path || !g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  project = plateau_store_load_file (path, &error);
  g_assert_no_error (error);
  return plateau_study_new (project);
}

static PlateauFigure *
make_figure (PlateauStudy *study, PlateauCache *cache, const char *name, GError **error)
{
  g_autoptr (JsonNode) open = plateau_template_load (name, error);
  g_autoptr (JsonNode) document
      = open ? plateau_template_apply (open, study, NULL, NULL, 0, error) : NULL;
  g_autoptr (PlateauFigure) figure
      = document ? plateau_figure_new_from_json (document, error) : NULL;

  if (!figure || !plateau_figure_bind (figure, study, cache, NULL, error))
    return NULL;
  return g_steal_pointer (&figure);
}

static char *
record (PlateauFigure *figure)
{
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_recorder ();

  plateau_layout_draw (layout, canvas, NULL);
  return plateau_canvas_recorder_finish (canvas);
}

static guint
check_template (PlateauStudy *study, PlateauCache *cache, const PlateauTemplateInfo *info)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) figure = make_figure (study, cache, info->name, &error);
  g_autofree char *first = NULL, *second = NULL;
  guint bad = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = plateau_figure_get_panel (figure, i);

      if (panel->message || panel->layers->len == 0)
        {
          g_test_message ("%s, panel %s: %s", info->name, panel->id,
                          panel->message ? panel->message : "no layers");
          bad++;
        }
      else if (!panel->axes[PLATEAU_AXIS_Y].title || !*panel->axes[PLATEAU_AXIS_Y].title)
        {
          g_test_message ("%s, panel %s has no y title", info->name, panel->id);
          bad++;
        }
    }
  g_assert_cmpuint (figure->panels->len, ==, info->n_panels);
  first = record (figure);
  second = record (figure);
  g_assert_cmpstr (first, ==, second);
  g_assert_nonnull (strstr (first, "\"Simulated data\""));
  return bad;
}

static void
test_all (void)
{
  PlateauStudy *study = load_example ();
  g_autoptr (PlateauCache) cache = plateau_cache_new (512 * 1024 * 1024);
  g_autoptr (GPtrArray) templates = plateau_template_list ();
  guint bad = 0;

  if (!study)
    {
      g_test_skip ("SKIP: the example project is not built (PLATEAU_EXAMPLE)");
      return;
    }
  g_assert_cmpuint (templates->len, >=, 40);
  for (guint i = 0; i < templates->len; i++)
    bad += check_template (study, cache, g_ptr_array_index (templates, i));
  g_assert_cmpuint (bad, ==, 0);
  plateau_study_unref (study);
}

/* A project without such samples is told so in each panel; nothing fails. */
static void
test_too_few (void)
{
  g_autoptr (PlateauProject) project = plateau_project_new ();
  g_autoptr (PlateauCache) cache = plateau_cache_new (1024 * 1024);
  PlateauStudy *study = plateau_study_new (project);
  g_autoptr (GPtrArray) templates = plateau_template_list ();

  for (guint i = 0; i < templates->len; i++)
    {
      const PlateauTemplateInfo *info = g_ptr_array_index (templates, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauFigure) figure = make_figure (study, cache, info->name, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < figure->panels->len; k++)
        g_assert_nonnull (plateau_figure_get_panel (figure, k)->message);
    }
  plateau_study_unref (study);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/templates/all", test_all);
  g_test_add_func ("/templates/too-few", test_too_few);
  return g_test_run ();
}
