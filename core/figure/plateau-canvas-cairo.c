/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-canvas.h"
#include "figure/plateau-marker.h"
#include "figure/plateau-text.h"

#include <math.h>

typedef struct
{
  PlateauCanvas parent;
  cairo_t *cr;
  GArray *groups; /* of double: opacity; 1 was not pushed */
} CairoCanvas;

/* Long paths are stroked in pieces: cairo's cost grows faster than the number of points. */
#define STROKE_POINTS 48

static void
set_colour (cairo_t *cr, const PlateauRgba *colour)
{
  cairo_set_source_rgba (cr, colour->r, colour->g, colour->b, colour->a);
}

static void
set_pen (cairo_t *cr, const PlateauPen *pen)
{
  set_colour (cr, &pen->colour);
  cairo_set_line_width (cr, pen->width);
  cairo_set_line_join (cr, pen->round ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (cr, pen->round && pen->n_dash == 0 ? CAIRO_LINE_CAP_ROUND
                                                         : CAIRO_LINE_CAP_BUTT);
}

static double
stretch_length (const double *xy, gsize from, gsize to)
{
  double length = 0;

  for (gsize i = from + 1; i <= to; i++)
    length += hypot (xy[2 * i] - xy[2 * i - 2], xy[2 * i + 1] - xy[2 * i - 1]);
  return length;
}

/* Opaque lines on pixels only: seams of pieces would show in translucent ones, and files should
 * keep a curve as one path. */
static void
stroke_pieces (CairoCanvas *self, const double *xy, gsize n, const PlateauPen *pen)
{
  cairo_t *cr = self->cr;
  double phase = 0;
  gsize step = self->parent.vector || pen->colour.a < 1 ? n : STROKE_POINTS;

  set_pen (cr, pen);
  for (gsize from = 0; from + 1 < n; from += step)
    {
      gsize to = MIN (from + step, n - 1);

      cairo_move_to (cr, xy[2 * from], xy[2 * from + 1]);
      for (gsize i = from + 1; i <= to; i++)
        cairo_line_to (cr, xy[2 * i], xy[2 * i + 1]);
      if (pen->n_dash > 0)
        cairo_set_dash (cr, pen->dash, pen->n_dash, phase);
      cairo_stroke (cr);
      if (pen->n_dash > 0 && to + 1 < n)
        phase += stretch_length (xy, from, to);
    }
  if (pen->n_dash > 0)
    cairo_set_dash (cr, NULL, 0, 0);
}

static void
cairo_polyline (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
                const PlateauPen *pen, const PlateauRgba *fill)
{
  CairoCanvas *self = (CairoCanvas *)canvas;

  if (fill || closed)
    {
      cairo_move_to (self->cr, xy[0], xy[1]);
      for (gsize i = 1; i < n; i++)
        cairo_line_to (self->cr, xy[2 * i], xy[2 * i + 1]);
      if (closed)
        cairo_close_path (self->cr);
      if (fill)
        {
          set_colour (self->cr, fill);
          if (pen && closed)
            cairo_fill_preserve (self->cr);
          else
            cairo_fill (self->cr);
        }
    }
  if (!pen)
    return;
  if (closed)
    {
      set_pen (self->cr, pen);
      if (pen->n_dash > 0)
        cairo_set_dash (self->cr, pen->dash, pen->n_dash, 0);
      cairo_stroke (self->cr);
      cairo_set_dash (self->cr, NULL, 0, 0);
    }
  else
    stroke_pieces (self, xy, n, pen);
}

static void
marker_path (cairo_t *cr, PlateauMarker shape, double d, double x, double y)
{
  guint n;
  gboolean open;
  const double *c;

  if (shape == PLATEAU_MARKER_CIRCLE)
    {
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, d / 2, 0, 2 * G_PI);
      return;
    }
  c = plateau_marker_corners (shape, &n, &open);
  for (guint i = 0; i < n; i++)
    if (i == 0 || (open && i % 2 == 0))
      cairo_move_to (cr, x + d * c[2 * i], y + d * c[2 * i + 1]);
    else
      cairo_line_to (cr, x + d * c[2 * i], y + d * c[2 * i + 1]);
  if (!open)
    cairo_close_path (cr);
}

/* One marker drawn in the usual way; stamped below when there are many. */
static void
draw_marker (cairo_t *cr, PlateauMarker shape, double d, double x, double y, const PlateauPen *pen,
             const PlateauRgba *fill, gboolean half)
{
  static const PlateauRgba white = { 1, 1, 1, 1 };

  marker_path (cr, shape, d, x, y);
  if (fill && half)
    {
      cairo_path_t *path = cairo_copy_path (cr);

      set_colour (cr, &white);
      cairo_fill (cr);
      cairo_save (cr);
      cairo_rectangle (cr, x - d, y, 2 * d, d);
      cairo_clip (cr);
      cairo_append_path (cr, path);
      set_colour (cr, fill);
      cairo_fill (cr);
      cairo_restore (cr);
      cairo_append_path (cr, path);
      cairo_path_destroy (path);
    }
  else if (fill && shape != PLATEAU_MARKER_CROSS && shape != PLATEAU_MARKER_PLUS)
    {
      set_colour (cr, fill);
      cairo_fill_preserve (cr);
    }
  if (pen)
    {
      set_pen (cr, pen);
      cairo_stroke (cr);
    }
  cairo_new_path (cr);
}

/* Many markers on pixels: a small set of pictures at sub-pixel positions, stamped. */
#define STAMP_PHASES 4

static void
stamp_markers (CairoCanvas *self, PlateauMarker shape, double d, const double *xy, gsize n,
               const PlateauPen *pen, const PlateauRgba *fill, gboolean half)
{
  cairo_t *cr = self->cr;
  double scale = self->parent.device_scale;
  int size = (int)ceil ((d * 1.3 + (pen ? pen->width : 0)) * scale) + 3;
  cairo_surface_t *stamps[STAMP_PHASES * STAMP_PHASES] = { NULL };
  cairo_matrix_t matrix;
  double across = 1, down = 1;

  cairo_save (cr);
  cairo_get_matrix (cr, &matrix);
  /* Stamps are of device pixels: what the surface scales besides is taken back. */
  cairo_surface_get_device_scale (cairo_get_target (cr), &across, &down);
  cairo_identity_matrix (cr);
  cairo_scale (cr, 1 / across, 1 / down);
  for (gsize i = 0; i < n; i++)
    {
      double x = xy[2 * i], y = xy[2 * i + 1], left, top;
      int px, py;
      cairo_surface_t **stamp;

      cairo_matrix_transform_point (&matrix, &x, &y);
      x *= across;
      y *= down;
      left = floor (x);
      top = floor (y);
      px = (int)((x - left) * STAMP_PHASES);
      py = (int)((y - top) * STAMP_PHASES);
      stamp = &stamps[py * STAMP_PHASES + px];
      if (!*stamp)
        {
          cairo_t *small;

          *stamp = cairo_surface_create_similar_image (cairo_get_target (cr), CAIRO_FORMAT_ARGB32,
                                                       size, size);
          small = cairo_create (*stamp);
          cairo_translate (small, size / 2 + (px + 0.5) / STAMP_PHASES,
                           size / 2 + (py + 0.5) / STAMP_PHASES);
          cairo_scale (small, scale, scale);
          draw_marker (small, shape, d, 0, 0, pen, fill, half);
          cairo_destroy (small);
        }
      cairo_set_source_surface (cr, *stamp, left - size / 2, top - size / 2);
      cairo_paint (cr);
    }
  cairo_restore (cr);
  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    g_clear_pointer (&stamps[i], cairo_surface_destroy);
}

static gboolean
is_upright (cairo_t *cr)
{
  cairo_matrix_t m;

  cairo_get_matrix (cr, &m);
  return m.xy == 0 && m.yx == 0 && m.xx > 0 && m.xx == m.yy;
}

static void
cairo_markers (PlateauCanvas *canvas, PlateauMarker shape, double diameter, const double *xy,
               gsize n, const PlateauPen *pen, const PlateauRgba *fill, gboolean half)
{
  CairoCanvas *self = (CairoCanvas *)canvas;

  if (n > 64 && !canvas->vector && is_upright (self->cr)
      && cairo_surface_get_type (cairo_get_target (self->cr)) == CAIRO_SURFACE_TYPE_IMAGE)
    {
      stamp_markers (self, shape, diameter, xy, n, pen, fill, half);
      return;
    }
  for (gsize i = 0; i < n; i++)
    draw_marker (self->cr, shape, diameter, xy[2 * i], xy[2 * i + 1], pen, fill, half);
}

static void
cairo_text (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
            const PlateauRgba *colour, const PlateauTextPlace *place)
{
  cairo_t *cr = ((CairoCanvas *)canvas)->cr;
  PlateauTextBlock block;
  double dx, dy;

  plateau_text_block_init (&block, markup, font);
  plateau_text_block_place (&block, place, &dx, &dy);
  cairo_save (cr);
  set_colour (cr, colour);
  cairo_translate (cr, place->x, place->y);
  if (place->angle != 0)
    cairo_rotate (cr, place->angle);
  for (guint i = 0; i < block.lines->len; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (
          g_array_index (block.lines, PlateauTextLine, i).layout, 0);

      cairo_move_to (cr, dx + plateau_text_line_offset (&block, place, i),
                     dy + block.ascent + i * block.line_height);
      pango_cairo_show_layout_line (cr, line);
    }
  cairo_restore (cr);
  cairo_new_path (cr);
  plateau_text_block_clear (&block);
}

static void
cairo_image (PlateauCanvas *canvas, const PlateauRect *place, guint width, guint height,
             const guint32 *pixels)
{
  cairo_t *cr = ((CairoCanvas *)canvas)->cr;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  int stride = cairo_image_surface_get_stride (surface);
  guchar *data = cairo_image_surface_get_data (surface);

  if (data)
    {
      for (guint row = 0; row < height; row++)
        memcpy (data + (gsize)row * stride, pixels + (gsize)row * width, width * sizeof *pixels);
      cairo_surface_mark_dirty (surface);
      cairo_save (cr);
      cairo_rectangle (cr, place->x, place->y, place->width, place->height);
      cairo_clip (cr);
      cairo_translate (cr, place->x, place->y);
      cairo_scale (cr, place->width / width, place->height / height);
      cairo_set_source_surface (cr, surface, 0, 0);
      cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
      /* In PostScript cairo pads such an image, or does not, from one run to the next. */
      if (!canvas->vector)
        cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
      cairo_paint (cr);
      cairo_restore (cr);
    }
  cairo_surface_destroy (surface);
}

static void
cairo_push_clip (PlateauCanvas *canvas, const PlateauRect *area)
{
  cairo_t *cr = ((CairoCanvas *)canvas)->cr;
  double x0 = area->x, y0 = area->y, x1 = area->x + area->width, y1 = area->y + area->height;

  cairo_save (cr);
  if (!canvas->vector && is_upright (cr))
    {
      /* On whole pixels: any other clip costs a mask as large as the plot for every stroke. */
      cairo_user_to_device (cr, &x0, &y0);
      cairo_user_to_device (cr, &x1, &y1);
      x0 = round (x0);
      y0 = round (y0);
      x1 = round (x1);
      y1 = round (y1);
      cairo_device_to_user (cr, &x0, &y0);
      cairo_device_to_user (cr, &x1, &y1);
    }
  cairo_rectangle (cr, x0, y0, x1 - x0, y1 - y0);
  cairo_clip (cr);
}

static void
cairo_pop_clip (PlateauCanvas *canvas)
{
  cairo_restore (((CairoCanvas *)canvas)->cr);
}

static void
cairo_begin_group (PlateauCanvas *canvas, const char *name, double alpha)
{
  CairoCanvas *self = (CairoCanvas *)canvas;

  g_array_append_val (self->groups, alpha);
  if (alpha < 1)
    cairo_push_group (self->cr);
}

static void
cairo_end_group (PlateauCanvas *canvas)
{
  CairoCanvas *self = (CairoCanvas *)canvas;
  double alpha = g_array_index (self->groups, double, self->groups->len - 1);

  g_array_set_size (self->groups, self->groups->len - 1);
  if (alpha < 1)
    {
      cairo_pop_group_to_source (self->cr);
      cairo_paint_with_alpha (self->cr, alpha);
    }
}

static void
cairo_canvas_free (PlateauCanvas *canvas)
{
  CairoCanvas *self = (CairoCanvas *)canvas;

  cairo_destroy (self->cr);
  g_array_unref (self->groups);
}

static const PlateauCanvasClass cairo_class
    = { sizeof (CairoCanvas), cairo_polyline,  cairo_markers,     cairo_text,      cairo_image,
        cairo_push_clip,      cairo_pop_clip, cairo_begin_group, cairo_end_group, cairo_canvas_free };

/**
 * plateau_canvas_new_cairo:
 * @cr: where to draw; its transformation maps canvas units to the surface
 * @vector: whether the surface keeps paths and text (PDF, PS) rather than pixels
 *
 * Returns: (transfer full): a canvas that draws on @cr
 */
PlateauCanvas *
plateau_canvas_new_cairo (cairo_t *cr, gboolean vector)
{
  CairoCanvas *self = g_new0 (CairoCanvas, 1);
  double x = 1, y = 0, sx = 1, sy = 1;

  self->parent.klass = &cairo_class;
  self->parent.vector = vector;
  self->cr = cairo_reference (cr);
  self->groups = g_array_new (FALSE, FALSE, sizeof (double));
  cairo_user_to_device_distance (cr, &x, &y);
  cairo_surface_get_device_scale (cairo_get_target (cr), &sx, &sy);
  /* Files are thinned at 1200 dpi of their size. */
  self->parent.device_scale = vector ? 1200.0 / 72 : hypot (x, y) * sx;
  return &self->parent;
}
