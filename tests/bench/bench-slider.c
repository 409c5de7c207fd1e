/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plateau-canvas.h"
#include "figure/plateau-figure.h"
#include "figure/plateau-layout.h"
#include "store/plateau-store.h"

#include <cairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* What one step of the slider of lambda costs on the example project: the distributions at a value
 * that was not seen before are computed, bound to a figure, laid out and drawn. Processor time, since
 * other programs share the cores; a series is computed by all of them at once. */

#define N_RUNS 15

static double
now_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return 1e3 * (double) t.tv_sec + 1e-6 * (double) t.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Ids of the cells with a long series, as a JSON list and as {"id": 10}. */
static guint
list_series (PlateauStudy *study, GString *cells, GString *marked)
{
  guint n = 0;

  for (guint i = 0; i < plateau_study_get_n_cells (study) && n < 2; i++)
    {
      const PlateauStudyCell *cell = plateau_study_get_cell (study, i);
      g_autoptr (GPtrArray) spectra = (cell->kinds & PLATEAU_KIND_EIS) != 0
                                          ? plateau_measurements_load_spectra (cell->measurements,
                                                                               NULL)
                                          : NULL;

      if (spectra == NULL || spectra->len < 20)
        continue;
      g_string_append_printf (cells, "%s%" G_GINT64_FORMAT, n > 0 ? "," : "", cell->id);
      g_string_append_printf (marked, "%s\"%" G_GINT64_FORMAT "\":10", n > 0 ? "," : "", cell->id);
      n++;
    }
  return n;
}

static void
step (PlateauStudy *study, PlateauCache *cache, cairo_t *cr, const char *cells, const char *more,
      double lambda)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = g_strdup_printf (
      "{\"plateau-figure\":1,\"panels\":[{\"plot\":{\"kind\":\"drt\",\"cells\":[%s],%s"
      "\"drt\":{\"lambda-method\":\"fixed\",\"lambda-value\":%s}}}]}",
      cells, more, g_ascii_dtostr (number, sizeof number, lambda));
  g_autoptr (JsonNode) document = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, &error);
  PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;
  g_autoptr (PlateauStyle) style = plateau_style_new_screen ("Sans", 13.3);
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);
  g_autoptr (PlateauLayout) layout = NULL;

  g_assert_no_error (error);
  plateau_figure_bind (figure, study, cache, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (plateau_figure_get_message (figure));
  options.width = 420;
  options.height = 300;
  options.theme = PLATEAU_THEME_LIGHT;
  options.style = style;
  layout = plateau_figure_layout (figure, &options);
  plateau_layout_draw (layout, canvas, NULL);
}

static void
bench (const char *name, PlateauStudy *study, const char *cells, const char *more, double budget)
{
  g_autoptr (PlateauCache) cache = plateau_cache_new (64 << 20);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 420, 300);
  cairo_t *cr = cairo_create (surface);
  double ms[N_RUNS];

  step (study, cache, cr, cells, more, 1); /* reads the spectra */
  for (int i = 0; i < N_RUNS; i++)
    {
      double start = now_ms ();

      step (study, cache, cr, cells, more, 1e-5 * (i + 1));
      ms[i] = now_ms () - start;
    }
  qsort (ms, N_RUNS, sizeof *ms, compare);
  printf ("%s\t%.1f\tms\tbudget\t%g\n", name, ms[N_RUNS / 2], budget);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauProject) project = plateau_store_load_file (g_getenv ("PLATEAU_EXAMPLE"),
                                                                &error);
  g_autoptr (PlateauStudy) study = NULL;
  g_autoptr (GString) cells = g_string_new (NULL), marked = g_string_new (NULL);
  g_autofree char *only = NULL;

  g_assert_no_error (error);
  study = plateau_study_new (project);
  g_assert_cmpuint (list_series (study, cells, marked), ==, 2);
  only = g_strdup_printf ("\"marked_only\":{%s},", marked->str);
  bench ("slider of lambda, the marked spectra of two cells", study, cells->str, only, 16);
  bench ("slider of lambda, two whole series, 2 cores", study, cells->str, "", 100);
  return 0;
}
