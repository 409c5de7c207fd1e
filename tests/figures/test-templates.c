/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every template, filled from the example project: no panel is empty, every axis has its title, and
 * the drawing commands are the same each time. */
#include "figure-marks.h"

#include "export/plateau-image.h"
#include "figure/plateau-template.h"

#include <string.h>

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
  g_autoptr (PlateauFigure) figure = figure_from_template (study, cache, info->name, &error);
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
  PlateauStudy *study = figure_load_example ();
  g_autoptr (PlateauCache) cache = plateau_cache_new (512 * 1024 * 1024);
  g_autoptr (GPtrArray) templates = plateau_template_list ();
  guint bad = 0;

  if (!study)
    return;
  g_assert_cmpuint (templates->len, >=, 70);
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
      g_autoptr (PlateauFigure) figure = figure_from_template (study, cache, info->name, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < figure->panels->len; k++)
        g_assert_nonnull (plateau_figure_get_panel (figure, k)->message);
    }
  plateau_study_unref (study);
}

/* At the width of one column panels keep a size in which they can be read, in their order, and the
 * page is no higher than a journal prints. */
static void
test_narrow (void)
{
  PlateauStudy *study = figure_load_example ();
  g_autoptr (PlateauCache) cache = plateau_cache_new (512 * 1024 * 1024);
  g_autoptr (GPtrArray) templates = plateau_template_list ();

  if (!study)
    return;
  for (guint i = 0; i < templates->len; i++)
    {
      const PlateauTemplateInfo *info = g_ptr_array_index (templates, i);
      g_autoptr (PlateauFigure) figure = figure_from_template (study, cache, info->name, NULL);
      g_autoptr (PlateauArrangement) grid = plateau_arrangement_new_narrow (figure, 85, NULL);
      PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;
      g_autoptr (PlateauLayout) layout = NULL;

      options.width = 85 * 72 / 25.4;
      options.height = grid->height_mm * 72 / 25.4;
      options.arrange = TRUE;
      layout = plateau_figure_layout (figure, &options);
      g_assert_cmpfloat (grid->height_mm, <=, 240.01);
      for (guint k = 0; k < figure->panels->len; k++)
        {
          const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, k);

          g_test_message ("%s, panel %u: plot %.0f by %.0f pt", info->name, k, pl->plot.width,
                          pl->plot.height);
          g_assert_cmpfloat (pl->plot.width, >, 40);
          g_assert_cmpfloat (pl->plot.height, >, 20);
          g_assert_cmpfloat (pl->cell.x + pl->cell.width, <=, options.width + 0.5);
          if (k > 0)
            g_assert_true (grid->places[k].row > grid->places[k - 1].row
                           || (grid->places[k].row == grid->places[k - 1].row
                               && grid->places[k].column > grid->places[k - 1].column)
                           || grid->columns < 100);
        }
    }
  plateau_study_unref (study);
}

/* The same figure gives the same bytes in every format; this one has a colour bar, an image. */
static void
test_identical (void)
{
  PlateauStudy *study = figure_load_example ();
  g_autoptr (PlateauCache) cache = plateau_cache_new (512 * 1024 * 1024);
  g_autoptr (PlateauFigure) figure = NULL, again = NULL;
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;

  if (!study)
    return;
  figure = figure_from_template (study, cache, "sun2022-fig3", NULL);
  again = figure_from_template (study, cache, "sun2022-fig3", NULL);
  options.dpi = 300;
  for (PlateauImageFormat format = 0; format < PLATEAU_N_IMAGE_FORMATS; format++)
    {
      g_autoptr (GBytes) a = plateau_image_render (figure, format, &options, NULL, NULL);
      g_autoptr (GBytes) b = plateau_image_render (again, format, &options, NULL, NULL);

      g_assert_true (a && b && g_bytes_equal (a, b));
    }
  plateau_study_unref (study);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/templates/all", test_all);
  g_test_add_func ("/templates/too-few", test_too_few);
  g_test_add_func ("/templates/narrow", test_narrow);
  g_test_add_func ("/templates/identical-bytes", test_identical);
  return g_test_run ();
}
