/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing: rows "name<TAB>median<TAB>unit<TAB>peer<TAB>peer value". The peer value is the budget.
 * Processor time, since other programs share the cores; drawing uses one thread. */
#include "export/plateau-image.h"
#include "figure/plateau-layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum
{
  N_RUNS = 9,
};

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
now_ms (void)
{
  return clock () * 1e3 / CLOCKS_PER_SEC;
}

static PlateauFigure *
vq_sheet (void)
{
  PlateauFigure *figure = plateau_figure_new ();
  PlateauPanel *panel = plateau_figure_get_panel (figure, 0);

  for (guint c = 0; c < 100; c++)
    {
      g_autofree char *id = g_strdup_printf ("%u", c);
      PlateauLayer *layer = plateau_panel_add_layer (panel, PLATEAU_LAYER_LINE, id, NULL);
      double *x = g_new (double, 600), *y = g_new (double, 600);

      for (guint i = 0; i < 600; i++)
        {
          double s = i / 599.0;

          x[i] = (250 - c) * s;
          y[i] = 4.5 - 1.2 * s - 0.3 / (1.02 - s) * 0.1 + 0.08 * sin (9 * s) - 0.002 * c
                 + 0.00002 * ((double)((i * 7919) % 11) - 5); /* a cycler resolves 0.1 mV */
        }
      plateau_layer_take_xy (layer, x, y, 600);
      layer->style.colour = plateau_colour_sequential (c / 99.0);
    }
  return figure;
}

/* Potential of a cell that is cycled, with the noise of a cycler; or pure noise. */
static PlateauFigure *
time_series (gsize n, gboolean noisy)
{
  PlateauFigure *figure = plateau_figure_new ();
  PlateauPanel *panel = plateau_figure_get_panel (figure, 0);
  PlateauLayer *layer = plateau_panel_add_layer (panel, PLATEAU_LAYER_LINE, "v", NULL);
  double *x = g_new (double, n), *y = g_new (double, n);
  guint32 seed = 1;

  for (gsize i = 0; i < n; i++)
    {
      double phase = 40.0 * i / n, s = phase - floor (phase);

      seed = seed * 1664525u + 1013904223u;
      x[i] = i;
      y[i] = 3.6 + (s < 0.5 ? 2 * s : 2 - 2 * s) + (noisy ? 0.2 : 2e-4) * (seed / 4294967296.0 - 0.5);
    }
  plateau_layer_take_xy (layer, x, y, n);
  return figure;
}

static void
draw_once (PlateauFigure *figure, cairo_t *cr, const PlateauView *view)
{
  PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;
  g_autoptr (PlateauStyle) style = plateau_style_new_screen ("Sans", 13.3);
  g_autoptr (PlateauLayout) layout = NULL;
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);

  options.width = 1200;
  options.height = 800;
  options.theme = PLATEAU_THEME_LIGHT;
  options.style = style;
  options.views = view;
  layout = plateau_figure_layout (figure, &options);
  plateau_layout_draw (layout, canvas, NULL);
}

static void
bench_redraw (const char *name, PlateauFigure *figure, double budget)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1200, 800);
  cairo_t *cr = cairo_create (surface);
  double ms[N_RUNS];

  draw_once (figure, cr, NULL); /* the first one builds what is kept */
  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = now_ms ();

      draw_once (figure, cr, NULL);
      ms[i] = now_ms () - start;
    }
  qsort (ms, N_RUNS, sizeof *ms, compare);
  printf ("%s\t%.1f\tms\tbudget\t%g\n", name, ms[N_RUNS / 2], budget);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  plateau_figure_unref (figure);
}

static void
bench_zoom (const char *name, PlateauFigure *figure, gsize n, double budget)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1200, 800);
  cairo_t *cr = cairo_create (surface);
  double ms[N_RUNS];

  draw_once (figure, cr, NULL);
  for (guint i = 0; i < N_RUNS; i++)
    {
      PlateauView view;
      double start = now_ms ();

      plateau_view_init (&view);
      view.min[PLATEAU_AXIS_X] = n * 0.04 * i;
      view.max[PLATEAU_AXIS_X] = n * (0.04 * i + 0.5);
      draw_once (figure, cr, &view);
      ms[i] = now_ms () - start;
    }
  qsort (ms, N_RUNS, sizeof *ms, compare);
  printf ("%s\t%.1f\tms\tbudget\t%g\n", name, ms[N_RUNS / 2], budget);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  plateau_figure_unref (figure);
}

static PlateauFigure *
eight_panels (void)
{
  PlateauFigure *figure = plateau_figure_new ();

  g_ptr_array_set_size (figure->panels, 0);
  figure->width_mm = 170;
  figure->height_mm = 140;
  figure->columns = 3;
  figure->rows = 3;
  for (guint p = 0; p < 8; p++)
    {
      PlateauPanel *panel = plateau_figure_add_panel (figure);

      panel->column = p % 3;
      panel->row = p / 3;
      plateau_panel_set_axis (panel, PLATEAU_AXIS_X, "Specific capacity", "mAh g<sup>−1</sup>");
      plateau_panel_set_axis (panel, PLATEAU_AXIS_Y, "Potential", "V");
      for (guint c = 0; c < 6; c++)
        {
          g_autofree char *id = g_strdup_printf ("cycle %u", c);
          PlateauLayer *layer = plateau_panel_add_layer (panel, PLATEAU_LAYER_LINE, id, id);
          double *x = g_new (double, 600), *y = g_new (double, 600);

          for (guint i = 0; i < 600; i++)
            {
              x[i] = i * (0.4 - 0.02 * c);
              y[i] = 4.5 - 2.2 * pow (i / 600.0, 1.5) + 0.05 * sin (i / 60.0);
            }
          plateau_layer_take_xy (layer, x, y, 600);
          layer->style.colour = plateau_colour_sequential (c / 5.0);
        }
    }
  figure->rows = 3;
  return figure;
}

static void
bench_template (void)
{
  g_autoptr (PlateauFigure) figure = eight_panels ();
  double screen[N_RUNS], pdf[N_RUNS];
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1004, 827);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, 150.0 / 72, 150.0 / 72);
  for (guint i = 0; i < N_RUNS; i++)
    {
      double start = now_ms ();

      {
        g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
        g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);

        plateau_layout_draw (layout, canvas, NULL);
      }
      screen[i] = now_ms () - start;
      start = now_ms ();
      g_bytes_unref (plateau_image_render (figure, PLATEAU_IMAGE_PDF, NULL, NULL, NULL));
      pdf[i] = now_ms () - start;
    }
  qsort (screen, N_RUNS, sizeof *screen, compare);
  qsort (pdf, N_RUNS, sizeof *pdf, compare);
  printf ("eight panels, layout and draw\t%.1f\tms\tbudget\t100\n", screen[N_RUNS / 2]);
  printf ("eight panels, PDF\t%.1f\tms\tbudget\t300\n", pdf[N_RUNS / 2]);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (void)
{
  bench_redraw ("redraw, V-Q sheet of 100 x 600 points", vq_sheet (), 16);
  bench_redraw ("redraw, 1 million points against time", time_series (1000000, FALSE), 20);
  bench_redraw ("redraw, 1 million noisy points", time_series (1000000, TRUE), 20);
  bench_redraw ("redraw, 10 million points after the first", time_series (10000000, FALSE), 40);
  bench_zoom ("zoom, 10 million points", time_series (10000000, FALSE), 10000000, 40);
  bench_template ();
  return 0;
}
