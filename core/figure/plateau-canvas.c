/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-canvas.h"

/**
 * plateau_canvas_free:
 * @canvas: (transfer full) (nullable): a canvas of any kind
 */
void
plateau_canvas_free (PlateauCanvas *canvas)
{
  if (!canvas)
    return;
  canvas->klass->free (canvas);
  g_free (canvas);
}

/**
 * plateau_canvas_polyline:
 * @canvas: a canvas
 * @xy: (array): @n pairs
 * @n: number of points; fewer than two draw nothing
 * @closed: whether the last point is joined to the first
 * @pen: (nullable): how to stroke
 * @fill: (nullable): what to fill with
 */
void
plateau_canvas_polyline (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
                         const PlateauPen *pen, const PlateauRgba *fill)
{
  if (n >= 2)
    canvas->klass->polyline (canvas, xy, n, closed, pen, fill);
}

/**
 * plateau_canvas_line:
 * @canvas: a canvas
 * @x0: start
 * @y0: start
 * @x1: end
 * @y1: end
 * @pen: how to stroke
 */
void
plateau_canvas_line (PlateauCanvas *canvas, double x0, double y0, double x1, double y1,
                     const PlateauPen *pen)
{
  const double xy[] = { x0, y0, x1, y1 };

  canvas->klass->polyline (canvas, xy, 2, FALSE, pen, NULL);
}

/**
 * plateau_canvas_rectangle:
 * @canvas: a canvas
 * @rectangle: where
 * @pen: (nullable): how to stroke
 * @fill: (nullable): what to fill with
 */
void
plateau_canvas_rectangle (PlateauCanvas *canvas, const PlateauRect *rectangle,
                          const PlateauPen *pen, const PlateauRgba *fill)
{
  double x1 = rectangle->x + rectangle->width, y1 = rectangle->y + rectangle->height;
  const double xy[] = { rectangle->x, rectangle->y, x1, rectangle->y, x1, y1, rectangle->x, y1 };

  canvas->klass->polyline (canvas, xy, 4, TRUE, pen, fill);
}

/**
 * plateau_canvas_markers:
 * @canvas: a canvas
 * @shape: the marker
 * @diameter: of a circle; other shapes look as large
 * @xy: (array): @n centres
 * @n: number of markers
 * @pen: (nullable): the edge
 * @fill: (nullable): the inside
 * @half: only the lower half is filled
 */
void
plateau_canvas_markers (PlateauCanvas *canvas, PlateauMarker shape, double diameter,
                        const double *xy, gsize n, const PlateauPen *pen, const PlateauRgba *fill,
                        gboolean half)
{
  if (n > 0 && shape != PLATEAU_MARKER_NONE)
    canvas->klass->markers (canvas, shape, diameter, xy, n, pen, fill, half);
}

/**
 * plateau_canvas_text:
 * @canvas: a canvas
 * @markup: a label
 * @font: its font
 * @colour: its colour
 * @place: where
 */
void
plateau_canvas_text (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
                     const PlateauRgba *colour, const PlateauTextPlace *place)
{
  if (markup && *markup)
    canvas->klass->text (canvas, markup, font, colour, place);
}

/**
 * plateau_canvas_image:
 * @canvas: a canvas
 * @place: where the picture goes
 * @width: pixels in a row
 * @height: rows, the first at the top
 * @pixels: (array): premultiplied ARGB as in CAIRO_FORMAT_ARGB32
 */
void
plateau_canvas_image (PlateauCanvas *canvas, const PlateauRect *place, guint width, guint height,
                      const guint32 *pixels)
{
  if (width > 0 && height > 0)
    canvas->klass->image (canvas, place, width, height, pixels);
}

/**
 * plateau_canvas_push_clip:
 * @canvas: a canvas
 * @area: nothing is drawn outside of it until plateau_canvas_pop_clip()
 */
void
plateau_canvas_push_clip (PlateauCanvas *canvas, const PlateauRect *area)
{
  canvas->klass->push_clip (canvas, area);
}

/**
 * plateau_canvas_pop_clip:
 * @canvas: a canvas
 */
void
plateau_canvas_pop_clip (PlateauCanvas *canvas)
{
  canvas->klass->pop_clip (canvas);
}

/**
 * plateau_canvas_begin_group:
 * @canvas: a canvas
 * @name: (nullable): what it shows; ids in SVG
 * @alpha: opacity of all that is drawn up to plateau_canvas_end_group(), as one
 */
void
plateau_canvas_begin_group (PlateauCanvas *canvas, const char *name, double alpha)
{
  canvas->klass->begin_group (canvas, name, alpha);
}

/**
 * plateau_canvas_end_group:
 * @canvas: a canvas
 */
void
plateau_canvas_end_group (PlateauCanvas *canvas)
{
  canvas->klass->end_group (canvas);
}

/**
 * plateau_rect_contains:
 * @rectangle: a rectangle
 * @x: a point
 * @y: a point
 *
 * Returns: whether the point lies within, edges included; an empty rectangle contains nothing
 */
gboolean
plateau_rect_contains (const PlateauRect *rectangle, double x, double y)
{
  return rectangle->width > 0 && x >= rectangle->x && x <= rectangle->x + rectangle->width
         && y >= rectangle->y && y <= rectangle->y + rectangle->height;
}

/**
 * plateau_rect_overlaps:
 * @a: a rectangle
 * @b: another
 *
 * Returns: whether they share an area
 */
gboolean
plateau_rect_overlaps (const PlateauRect *a, const PlateauRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}
