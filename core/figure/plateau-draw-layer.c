/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/plateau-numeric.h"
#include "figure/plateau-layout-private.h"

#include <math.h>
#include <string.h>

typedef struct
{
  PlateauLayout *layout;
  PlateauPanelLayout *pl;
  PlateauLayer *layer;
  PlateauCanvas *canvas;
  const PlateauStyle *style;
  PlateauMapping x, y;
  PlateauRgba colour;
  double width;
  double alpha;
} Draw;

void
plateau_pen_set_dash (PlateauPen *pen, PlateauDash dash)
{
  static const double patterns[][6]
      = { { 0 }, { 4.2, 1.7 }, { 1, 1.6 }, { 5, 1.8, 1, 1.8 }, { 8, 2.2 } };
  static const guint counts[] = { 0, 2, 2, 4, 2 };

  pen->n_dash = counts[dash];
  for (guint i = 0; i < pen->n_dash; i++)
    pen->dash[i] = patterns[dash][i] * pen->width;
}

static PlateauPen
line_pen (const Draw *d)
{
  PlateauPen pen = { .colour = d->colour, .width = d->width, .round = TRUE };

  plateau_pen_set_dash (&pen, d->layer->style.dash);
  return pen;
}

static double
map_x (const Draw *d, double value)
{
  return plateau_mapping_apply (&d->x, value);
}

static double
map_y (const Draw *d, double value)
{
  return plateau_mapping_apply (&d->y, value);
}

static void
fill_to_base (const Draw *d, const double *xy, guint n)
{
  PlateauRgba fill = d->colour;
  g_autofree double *polygon = g_new (double, 2 * (n + 2));
  double base = map_y (d, d->layer->base + d->layer->shift);

  if (!isfinite (base))
    base = d->pl->plot.y + d->pl->plot.height;
  fill.a *= d->layer->style.area_alpha;
  memcpy (polygon, xy, 2 * n * sizeof *xy);
  polygon[2 * n] = xy[2 * n - 2];
  polygon[2 * n + 1] = base;
  polygon[2 * n + 2] = xy[0];
  polygon[2 * n + 3] = base;
  plateau_canvas_polyline (d->canvas, polygon, n + 2, TRUE, NULL, &fill);
}

/* Columns of extremes, each joined to the next, as one outline. */
static void
draw_columns (const Draw *d, const PlateauPath *path)
{
  guint n = path->xy->len / 4;
  const double *xy = &g_array_index (path->xy, double, 0);
  double half = d->width / 2, step = n > 1 ? (xy[4] - xy[0]) / 2 : 0.5;

  for (guint i = 0; i < n; i++)
    {
      const double *c = xy + 4 * i;
      double top = c[1], bottom = c[3];
      PlateauRect r;

      if (i + 1 < n)
        {
          top = MIN (top, c[7]);
          bottom = MAX (bottom, c[5]);
        }
      r = (PlateauRect){ c[0] - step, top - half, 2 * step, bottom - top + 2 * half };
      plateau_canvas_rectangle (d->canvas, &r, NULL, &d->colour);
    }
}

static void
draw_path (const Draw *d, const PlateauPath *path)
{
  PlateauPen pen = line_pen (d);
  guint begin = 0;

  if (path->columns)
    {
      draw_columns (d, path);
      return;
    }
  for (guint b = 0; b < path->breaks->len; b++)
    {
      guint end = g_array_index (path->breaks, guint, b);
      const double *xy = &g_array_index (path->xy, double, 2 * begin);

      if (end - begin >= 2)
        {
          if (d->layer->style.area_alpha > 0)
            fill_to_base (d, xy, end - begin);
          if (d->width > 0)
            plateau_canvas_polyline (d->canvas, xy, end - begin, FALSE, &pen, NULL);
        }
      begin = end;
    }
}

/* Turns a path into stairs. */
static void
make_steps (PlateauPath *path)
{
  GArray *xy = g_array_new (FALSE, FALSE, sizeof (double));
  GArray *breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  guint begin = 0;

  for (guint b = 0; b < path->breaks->len; b++)
    {
      guint end = g_array_index (path->breaks, guint, b), n;

      for (guint i = begin; i < end; i++)
        {
          const double *p = &g_array_index (path->xy, double, 2 * i);

          if (i > begin)
            {
              double corner[2] = { p[0], p[-1] };
              g_array_append_vals (xy, corner, 2);
            }
          g_array_append_vals (xy, p, 2);
        }
      n = xy->len / 2;
      g_array_append_val (breaks, n);
      begin = end;
    }
  g_array_unref (path->xy);
  g_array_unref (path->breaks);
  path->xy = xy;
  path->breaks = breaks;
}

static void
draw_line (const Draw *d)
{
  PlateauPath path;

  if (!(d->width > 0) && !(d->layer->style.area_alpha > 0))
    return;
  plateau_path_init (&path);
  plateau_layer_trace (d->layer, &d->x, &d->y, d->canvas->device_scale, d->layout->all_points,
                       &path);
  if (d->layer->kind == PLATEAU_LAYER_STEP && !path.columns)
    make_steps (&path);
  d->pl->dropped += path.dropped;
  draw_path (d, &path);
  plateau_path_clear (&path);
}

/* Points that bear marks, so that error bars stand at markers; without markers every point. */
static GArray *
marked_points (const Draw *d)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) xy = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean marked = d->layer->style.marker != PLATEAU_MARKER_NONE
                    && d->layer->kind != PLATEAU_LAYER_BAR;
  double spacing = marked ? d->style->marker * d->layer->style.marker_size + 0.5 * d->style->marker_edge
                          : d->layer->kind == PLATEAU_LAYER_BAR ? 0 : d->style->error_cap;

  plateau_layer_marks (d->layer, &d->x, &d->y, marked ? d->layer->style.marker_every : 0, spacing,
                       xy, indices);
  return indices;
}

static void
draw_error_bars (const Draw *d)
{
  PlateauPen pen = { .colour = d->colour, .width = d->style->error_line };
  double cap = d->style->error_cap / 2;
  g_autoptr (GArray) indices = NULL;

  if (!d->layer->y_low.values || d->layer->kind == PLATEAU_LAYER_BAND
      || d->layer->style.errors != PLATEAU_ERRORS_BARS)
    return;
  indices = marked_points (d);
  for (guint k = 0; k < indices->len; k++)
    {
      gsize i = g_array_index (indices, guint, k);
      double x = map_x (d, plateau_array_get (&d->layer->x, i));
      double y0 = map_y (d, plateau_array_get (&d->layer->y_low, i) + d->layer->shift);
      double y1 = map_y (d, plateau_array_get (&d->layer->y_high, i) + d->layer->shift);

      if (!isfinite (x + y0 + y1) || fabs (y1 - y0) < d->style->error_line)
        continue;
      plateau_canvas_line (d->canvas, x, y0, x, y1, &pen);
      plateau_canvas_line (d->canvas, x - cap, y0, x + cap, y0, &pen);
      plateau_canvas_line (d->canvas, x - cap, y1, x + cap, y1, &pen);
    }
}

static void
draw_x_error_bars (const Draw *d)
{
  PlateauPen pen = { .colour = d->colour, .width = d->style->error_line };
  double cap = d->style->error_cap / 2;

  if (!d->layer->x_low.values || d->layer->style.errors == PLATEAU_ERRORS_NONE)
    return;
  for (gsize i = 0; i < d->layer->n; i++)
    {
      double y = map_y (d, plateau_array_get (&d->layer->y, i) + d->layer->shift);
      double x0 = map_x (d, plateau_array_get (&d->layer->x_low, i));
      double x1 = map_x (d, plateau_array_get (&d->layer->x_high, i));

      if (!isfinite (y + x0 + x1) || fabs (x1 - x0) < d->style->error_line)
        continue;
      plateau_canvas_line (d->canvas, x0, y, x1, y, &pen);
      plateau_canvas_line (d->canvas, x0, y - cap, x0, y + cap, &pen);
      plateau_canvas_line (d->canvas, x1, y - cap, x1, y + cap, &pen);
    }
}

/* Points that get a marker: every k-th, or as many as stay @spacing apart. */
void
plateau_layer_marks (PlateauLayer *layer, const PlateauMapping *x, const PlateauMapping *y,
                     guint every, double spacing, GArray *xy, GArray *indices)
{
  double lx = -INFINITY, ly = -INFINITY;

  for (gsize i = 0; i < layer->n; i += MAX (every, 1))
    {
      double p[2] = { plateau_mapping_apply (x, plateau_array_get (&layer->x, i)),
                      plateau_mapping_apply (y, plateau_array_get (&layer->y, i) + layer->shift) };

      if (!isfinite (p[0] + p[1]))
        continue;
      if (every == 0 && hypot (p[0] - lx, p[1] - ly) < spacing)
        continue;
      lx = p[0];
      ly = p[1];
      g_array_append_vals (xy, p, 2);
      if (indices)
        {
          guint index = (guint)i;
          g_array_append_val (indices, index);
        }
    }
}

static void
marker_look (const PlateauLayerStyle *style, const PlateauStyle *sizes, PlateauTheme theme,
             const PlateauRgba *colour, double *diameter, PlateauPen *pen, PlateauRgba *fill)
{
  *diameter = sizes->marker * style->marker_size;
  *pen = (PlateauPen){ .colour = *colour, .width = sizes->marker_edge };
  *fill = style->fill == PLATEAU_FILL_OPEN ? plateau_theme_get_paper (theme) : *colour;
  if (style->fill != PLATEAU_FILL_OPEN)
    *diameter += 0.3 * sizes->marker_edge;
}

static gboolean
inside_plot (const Draw *d, const double *p, double margin)
{
  const PlateauRect *r = &d->pl->plot;

  return p[0] >= r->x - margin && p[0] <= r->x + r->width + margin && p[1] >= r->y - margin
         && p[1] <= r->y + r->height + margin;
}

static void
draw_markers (const Draw *d)
{
  const PlateauLayerStyle *style = &d->layer->style;
  g_autoptr (GArray) xy = NULL;
  double diameter;
  PlateauPen pen;
  PlateauRgba fill;
  guint kept = 0;

  if (style->marker == PLATEAU_MARKER_NONE || !d->layer->x.values || !d->layer->y.values)
    return;
  xy = g_array_new (FALSE, FALSE, sizeof (double));
  marker_look (style, d->style, d->layout->theme, &d->colour, &diameter, &pen, &fill);
  plateau_layer_marks (d->layer, &d->x, &d->y, style->marker_every, diameter + 0.2 * pen.width, xy,
                       NULL);
  for (guint i = 0; i + 1 < xy->len; i += 2)
    {
      const double *p = &g_array_index (xy, double, i);

      if (!inside_plot (d, p, diameter))
        continue;
      g_array_index (xy, double, 2 * kept) = p[0];
      g_array_index (xy, double, 2 * kept + 1) = p[1];
      kept++;
    }
  plateau_canvas_markers (d->canvas, style->marker, diameter, (const double *)(void *)xy->data,
                          kept, style->fill == PLATEAU_FILL_SOLID ? NULL : &pen, &fill,
                          style->fill == PLATEAU_FILL_HALF);
}

/* Texts beside points, where the layout found room for them. */
static void
draw_point_labels (const Draw *d, PlateauPanel *panel)
{
  PlateauFont font = plateau_layout_font (d->style, d->style->small);
  PlateauColour ink = plateau_colour_simple (PLATEAU_COLOUR_INK);
  PlateauRgba colour = plateau_colour_resolve (&ink, d->layout->theme, TRUE);

  for (guint i = 0; d->pl->point_labels && i < d->pl->point_labels->len; i++)
    {
      const PlateauPointLabel *label = &g_array_index (d->pl->point_labels, PlateauPointLabel, i);

      if (g_ptr_array_index (panel->layers, label->layer) == d->layer)
        plateau_canvas_text (d->canvas, d->layer->point_label[label->point], &font, &colour,
                             &label->place);
    }
}

static void
draw_band (const Draw *d)
{
  PlateauRgba fill = d->colour;
  gsize n = d->layer->n, begin = 0;
  g_autofree double *xy = g_new (double, 4 * MAX (n, 1));

  fill.a *= d->layer->style.area_alpha > 0 ? d->layer->style.area_alpha : 0.2;
  while (begin < n)
    {
      gsize count = 0, i;

      for (i = begin; i < n; i++)
        {
          double x = map_x (d, plateau_array_get (&d->layer->x, i));
          double low = map_y (d, plateau_array_get (&d->layer->y_low, i) + d->layer->shift);
          double high = map_y (d, plateau_array_get (&d->layer->y_high, i) + d->layer->shift);

          if (!isfinite (x + low + high))
            break;
          xy[2 * count] = x;
          xy[2 * count + 1] = high;
          count++;
        }
      for (gsize k = 0; k < count; k++)
        {
          gsize source = begin + count - 1 - k;
          xy[2 * (count + k)] = map_x (d, plateau_array_get (&d->layer->x, source));
          xy[2 * (count + k) + 1]
              = map_y (d, plateau_array_get (&d->layer->y_low, source) + d->layer->shift);
        }
      if (count > 1)
        plateau_canvas_polyline (d->canvas, xy, 2 * count, TRUE, NULL, &fill);
      begin = MAX (i, begin) + 1;
    }
}

/* Tints of bars and boxes are flat: mixed with the paper, not translucent. */
static PlateauRgba
tint (const Draw *d, double amount)
{
  PlateauRgba paper = plateau_theme_get_paper (d->layout->theme), c = d->colour;

  return (PlateauRgba){ paper.r + amount * (c.r - paper.r), paper.g + amount * (c.g - paper.g),
                        paper.b + amount * (c.b - paper.b), 1 };
}

static void
draw_bars (const Draw *d)
{
  PlateauPen pen = line_pen (d);
  double alpha = d->layer->style.area_alpha > 0 ? d->layer->style.area_alpha : 0.25;
  PlateauRgba fill = tint (d, alpha);
  double base = map_y (d, d->layer->base);

  pen.round = FALSE;
  pen.width = MIN (pen.width, d->style->axis_line);
  if (!isfinite (base))
    base = d->pl->plot.y + d->pl->plot.height;
  for (gsize i = 0; i < d->layer->n; i++)
    {
      double x = plateau_array_get (&d->layer->x, i), half = d->layer->bar_width / 2;
      double x0 = map_x (d, x - half), x1 = map_x (d, x + half);
      double y = map_y (d, plateau_array_get (&d->layer->y, i) + d->layer->shift);
      PlateauRect r = { MIN (x0, x1), MIN (y, base), fabs (x1 - x0), fabs (y - base) };

      if (isfinite (r.x + r.y + r.width + r.height))
        plateau_canvas_rectangle (d->canvas, &r, &pen, &fill);
    }
}

/* Median, quartiles, whiskers to the last value within 1.5 interquartile ranges (Tukey). */
static void
draw_box_of_values (const Draw *d)
{
  gsize n = d->layer->n;
  g_autofree double *values = g_new (double, MAX (n, 1));
  double q1, q2, q3, low = INFINITY, high = -INFINITY, half = d->layer->bar_width / 2;
  double x0 = map_x (d, d->layer->box_x - half), x1 = map_x (d, d->layer->box_x + half);
  double middle = (x0 + x1) / 2, cap = (x1 - x0) / 5;
  PlateauPen pen = { .colour = d->colour, .width = d->style->axis_line };
  PlateauPen thick = { .colour = d->colour, .width = 1.8 * d->style->axis_line };
  PlateauRgba fill = tint (d, d->layer->style.area_alpha > 0 ? d->layer->style.area_alpha : 0.25);
  PlateauRect r;

  for (gsize i = 0; i < n; i++)
    values[i] = plateau_array_get (&d->layer->y, i);
  q1 = plateau_quantile (values, n, 0.25);
  q2 = plateau_quantile (values, n, 0.5);
  q3 = plateau_quantile (values, n, 0.75);
  if (!isfinite (q1 + q2 + q3))
    return;
  for (gsize i = 0; i < n; i++)
    if (values[i] >= q1 - 1.5 * (q3 - q1) && values[i] <= q3 + 1.5 * (q3 - q1))
      {
        low = MIN (low, values[i]);
        high = MAX (high, values[i]);
      }
  r = (PlateauRect){ x0, map_y (d, q3), x1 - x0, map_y (d, q1) - map_y (d, q3) };
  plateau_canvas_line (d->canvas, middle, map_y (d, q3), middle, map_y (d, high), &pen);
  plateau_canvas_line (d->canvas, middle, map_y (d, q1), middle, map_y (d, low), &pen);
  plateau_canvas_line (d->canvas, middle - cap, map_y (d, high), middle + cap, map_y (d, high), &pen);
  plateau_canvas_line (d->canvas, middle - cap, map_y (d, low), middle + cap, map_y (d, low), &pen);
  plateau_canvas_rectangle (d->canvas, &r, &pen, &fill);
  plateau_canvas_line (d->canvas, x0, map_y (d, q2), x1, map_y (d, q2), &thick);
}

/* The values themselves beside one another over the box. */
static void
draw_box_points (const Draw *d)
{
  const PlateauLayerStyle *style = &d->layer->style;
  gsize n = d->layer->n;
  g_autofree double *xy = g_new (double, 2 * MAX (n, 1));
  double diameter, width = map_x (d, d->layer->box_x + d->layer->bar_width / 2)
                           - map_x (d, d->layer->box_x - d->layer->bar_width / 2);
  PlateauPen pen;
  PlateauRgba fill;
  gsize kept = 0;

  if (style->marker == PLATEAU_MARKER_NONE)
    return;
  marker_look (style, d->style, d->layout->theme, &d->colour, &diameter, &pen, &fill);
  for (gsize i = 0; i < n; i++)
    {
      double y = map_y (d, plateau_array_get (&d->layer->y, i));
      /* Spread evenly, always in the same way. */
      double spread = ((double)((i * 5) % 8) / 7 - 0.5) * 0.6 * width;

      if (!isfinite (y))
        continue;
      xy[2 * kept] = map_x (d, d->layer->box_x) + (n > 1 ? spread : 0);
      xy[2 * kept + 1] = y;
      kept++;
    }
  plateau_canvas_markers (d->canvas, style->marker, diameter, xy, kept, &pen, &fill,
                          style->fill == PLATEAU_FILL_HALF);
}

/* Edges between centres of cells, the outer ones as far beyond. */
static double
cell_edge (const PlateauArray *array, gsize n, gsize i)
{
  double a, b;

  if (n == 1)
    return plateau_array_get (array, 0) + (i == 0 ? -0.5 : 0.5);
  if (i == 0)
    return 1.5 * plateau_array_get (array, 0) - 0.5 * plateau_array_get (array, 1);
  if (i == n)
    return 1.5 * plateau_array_get (array, n - 1) - 0.5 * plateau_array_get (array, n - 2);
  a = plateau_array_get (array, i - 1);
  b = plateau_array_get (array, i);
  return (a + b) / 2;
}

static gsize
cell_at (const PlateauArray *array, gsize n, double value)
{
  gsize low = 0, high = n;

  if (n > 1 && plateau_array_get (array, 0) > plateau_array_get (array, n - 1))
    {
      for (gsize i = 0; i < n; i++)
        if (value >= cell_edge (array, n, i + 1))
          return i;
      return n;
    }
  while (low < high)
    {
      gsize middle = (low + high) / 2;
      if (cell_edge (array, n, middle + 1) <= value)
        low = middle + 1;
      else
        high = middle;
    }
  return low < n && value >= cell_edge (array, n, 0) ? low : n;
}

#define MAP_COLUMNS 400

static void
draw_map (const Draw *d, PlateauPanel *panel)
{
  gsize nx = d->layer->map_nx, ny = d->layer->map_ny;
  guint width = MAP_COLUMNS;
  guint height = (guint)CLAMP (MAP_COLUMNS * d->pl->plot.height / d->pl->plot.width, 50, 800);
  g_autofree guint32 *pixels = g_new0 (guint32, (gsize)width * height);
  g_autofree gsize *columns = g_new (gsize, width);
  PlateauScale scale = { panel->colour_bar.scale, panel->colour_bar.min, panel->colour_bar.max, FALSE };

  for (guint c = 0; c < width; c++)
    columns[c] = cell_at (&d->layer->x, nx, plateau_scale_unmap (&d->x.scale, (c + 0.5) / width));
  for (guint r = 0; r < height; r++)
    {
      gsize row = cell_at (&d->layer->y, ny,
                           plateau_scale_unmap (&d->y.scale, 1 - (r + 0.5) / height));

      for (guint c = 0; row < ny && c < width; c++)
        {
          double z, share;
          PlateauRgba colour;

          if (columns[c] >= nx)
            continue;
          z = plateau_array_get (&d->layer->z, row * nx + columns[c]);
          if (isnan (z))
            continue;
          share = plateau_scale_map (&scale, z);
          colour = plateau_palette_get (panel->colour_bar.palette, d->layout->theme,
                                        isnan (share) ? 0 : share);
          pixels[(gsize)r * width + c] = 0xff000000u | (guint)(colour.r * 255 + 0.5) << 16
                                         | (guint)(colour.g * 255 + 0.5) << 8
                                         | (guint)(colour.b * 255 + 0.5);
        }
    }
  plateau_canvas_image (d->canvas, &d->pl->plot, width, height, pixels);
}

/* Curves of one panel are thinner when there are many. */
static double
curve_width (const PlateauStyle *style, PlateauPanel *panel)
{
  guint n = 0;

  for (guint i = 0; i < panel->layers->len; i++)
    n += ((PlateauLayer *)g_ptr_array_index (panel->layers, i))->style.width > 0;
  return n > 8 ? style->many_line : style->curve_line;
}

void
plateau_draw_layer (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                    PlateauLayer *layer, PlateauCanvas *canvas, double emphasis, double fade)
{
  Draw d = { layout, pl, layer, canvas, layout->style };
  double alpha = layer->style.alpha * fade;

  plateau_layout_mappings (pl, layer->use_x2, layer->use_y2, &d.x, &d.y);
  d.colour = plateau_colour_resolve (&layer->style.colour, layout->theme, FALSE);
  d.width = layer->style.width * curve_width (layout->style, panel) * emphasis;
  plateau_canvas_begin_group (canvas, layer->id, alpha);
  switch (layer->kind)
    {
    case PLATEAU_LAYER_BAND:
      draw_band (&d);
      break;
    case PLATEAU_LAYER_BAR:
      draw_bars (&d);
      draw_error_bars (&d);
      break;
    case PLATEAU_LAYER_BOX:
      draw_box_of_values (&d);
      draw_box_points (&d);
      break;
    case PLATEAU_LAYER_MAP:
      draw_map (&d, panel);
      break;
    case PLATEAU_LAYER_LINE:
    case PLATEAU_LAYER_STEP:
    default:
      if (layer->style.errors == PLATEAU_ERRORS_BAND && layer->y_low.values)
        draw_band (&d);
      draw_line (&d);
      draw_error_bars (&d);
      draw_x_error_bars (&d);
      draw_markers (&d);
      draw_point_labels (&d, panel);
      break;
    }
  plateau_canvas_end_group (canvas);
}

/**
 * plateau_draw_key:
 * @canvas: where to draw
 * @style: a layer's look
 * @sizes: line widths and marker sizes
 * @theme: for the colours
 * @area: the place of the key; the line runs along its middle
 *
 * The small picture of a curve that legends, the sidebar and tables show before its name.
 */
void
plateau_draw_key (PlateauCanvas *canvas, const PlateauLayerStyle *style, const PlateauStyle *sizes,
                  PlateauTheme theme, const PlateauRect *area)
{
  PlateauRgba colour = plateau_colour_resolve (&style->colour, theme, FALSE);
  double y = area->y + area->height / 2, middle[2] = { area->x + area->width / 2, y };

  if (style->area_alpha > 0 && !(style->width > 0) && style->marker == PLATEAU_MARKER_NONE)
    {
      PlateauRect r = { area->x, y - 0.3 * sizes->text, area->width, 0.6 * sizes->text };
      colour.a = style->area_alpha;
      plateau_canvas_rectangle (canvas, &r, NULL, &colour);
      return;
    }
  if (style->width > 0)
    {
      PlateauPen pen = { .colour = colour, .width = style->width * sizes->curve_line };

      plateau_pen_set_dash (&pen, style->dash);
      plateau_canvas_line (canvas, area->x, y, area->x + area->width, y, &pen);
    }
  if (style->marker != PLATEAU_MARKER_NONE)
    {
      double diameter;
      PlateauPen pen;
      PlateauRgba fill;

      marker_look (style, sizes, theme, &colour, &diameter, &pen, &fill);
      plateau_canvas_markers (canvas, style->marker, diameter, middle, 1,
                              style->fill == PLATEAU_FILL_SOLID ? NULL : &pen, &fill,
                              style->fill == PLATEAU_FILL_HALF);
    }
}
