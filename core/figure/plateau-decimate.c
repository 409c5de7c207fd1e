/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-decimate.h"

#include <math.h>

/* Extremes of blocks of FACTOR values, of blocks of these, and so on: a change of the view costs as
 * many steps as there are pixel columns, not as there are points. Extremes are floats: where the
 * view is so close that it would show, the columns end on the values themselves. */
#define FACTOR 8

typedef struct
{
  gboolean monotone; /* x never falls and has no NaN */
  guint n_levels;
  gsize sizes[12];
  float *low[12], *high[12];
  double x_min, x_max, y_min, y_max; /* of the points that have both */
} Pyramid;

void
plateau_pyramid_free (gpointer pyramid)
{
  Pyramid *p = pyramid;

  if (!p)
    return;
  for (guint i = 0; i < p->n_levels; i++)
    {
      g_free (p->low[i]);
      g_free (p->high[i]);
    }
  g_free (p);
}

static void
first_level (Pyramid *p, const double *y, gsize n)
{
  gsize size = (n + FACTOR - 1) / FACTOR;

  p->low[0] = g_new (float, size);
  p->high[0] = g_new (float, size);
  p->sizes[0] = size;
  p->n_levels = 1;
  for (gsize block = 0; block < size; block++)
    {
      gsize end = MIN (n, (block + 1) * FACTOR);
      double low = INFINITY, high = -INFINITY;

      for (gsize i = block * FACTOR; i < end; i++)
        {
          low = y[i] < low ? y[i] : low;
          high = y[i] > high ? y[i] : high;
        }
      p->low[0][block] = (float)low;
      p->high[0][block] = (float)high;
    }
}

static void
next_level (Pyramid *p)
{
  guint k = p->n_levels;
  gsize below = p->sizes[k - 1], size = (below + FACTOR - 1) / FACTOR;

  p->low[k] = g_new (float, size);
  p->high[k] = g_new (float, size);
  p->sizes[k] = size;
  for (gsize block = 0; block < size; block++)
    {
      gsize end = MIN (below, (block + 1) * FACTOR);
      float low = INFINITY, high = -INFINITY;

      for (gsize i = block * FACTOR; i < end; i++)
        {
          low = MIN (low, p->low[k - 1][i]);
          high = MAX (high, p->high[k - 1][i]);
        }
      p->low[k][block] = low;
      p->high[k][block] = high;
    }
  p->n_levels++;
}

static void
find_extremes (Pyramid *p, const double *x, const double *y, gsize n)
{
  p->x_min = p->y_min = INFINITY;
  p->x_max = p->y_max = -INFINITY;
  for (gsize i = 0; x && y && i < n; i++)
    {
      if (!isfinite (x[i]) || !isfinite (y[i]))
        continue;
      p->x_min = MIN (p->x_min, x[i]);
      p->x_max = MAX (p->x_max, x[i]);
      p->y_min = MIN (p->y_min, y[i]);
      p->y_max = MAX (p->y_max, y[i]);
    }
}

static Pyramid *
get_pyramid (PlateauLayer *layer)
{
  if (g_once_init_enter (&layer->pyramid))
    {
      Pyramid *p = g_new0 (Pyramid, 1);
      const double *x = layer->x.values;
      gsize n = layer->n;
      gboolean rising = n > 0 && x && layer->x.factor > 0 && !isnan (x[0]);

      for (gsize i = 1; rising && i < n; i++)
        rising = x[i] >= x[i - 1];
      p->monotone = rising;
      find_extremes (p, x, layer->y.values, n);
      if (n > 4 * FACTOR && layer->y.values && rising)
        {
          first_level (p, layer->y.values, n);
          while (p->sizes[p->n_levels - 1] > FACTOR && p->n_levels < G_N_ELEMENTS (p->sizes))
            next_level (p);
        }
      g_once_init_leave (&layer->pyramid, p);
    }
  return layer->pyramid;
}

/**
 * plateau_layer_x_is_monotone:
 * @layer: a layer
 *
 * Returns: whether x never falls, so that the points of a range of x are neighbours
 */
gboolean
plateau_layer_x_is_monotone (PlateauLayer *layer)
{
  return get_pyramid (layer)->monotone;
}

/* Extremes of raw y in [first, last), NaN left out. */
static void
pyramid_range (const Pyramid *p, const double *y, gsize first, gsize last, double *low, double *high)
{
  double l = INFINITY, h = -INFINITY;
  int level = -1;

  while (first < last)
    {
      /* Up while whole blocks remain, down at the ends. */
      while (level + 1 < (int)p->n_levels && first % FACTOR == 0 && last - first >= FACTOR)
        {
          gsize rest = last / FACTOR * FACTOR;

          for (gsize i = rest; i < last; i++)
            {
              double a = level < 0 ? y[i] : p->low[level][i], b = level < 0 ? y[i] : p->high[level][i];
              l = a < l ? a : l;
              h = b > h ? b : h;
            }
          first /= FACTOR;
          last = rest / FACTOR;
          level++;
        }
      if (first < last)
        {
          double a = level < 0 ? y[first] : p->low[level][first];
          double b = level < 0 ? y[first] : p->high[level][first];
          l = a < l ? a : l;
          h = b > h ? b : h;
          first++;
        }
    }
  *low = l;
  *high = h;
}

static gsize
lower_bound (const double *x, gsize from, gsize n, double value)
{
  gsize step = 1, low = from, high;

  while (low + step < n && x[low + step] < value)
    step *= 2;
  high = MIN (n, low + step + 1);
  low += step / 2;
  if (low > n)
    low = n;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      if (x[middle] < value)
        low = middle + 1;
      else
        high = middle;
    }
  /* The gallop's first step may have passed the answer. */
  while (low > from && x[low - 1] >= value)
    low--;
  return low;
}

/**
 * plateau_layer_index_range:
 * @layer: a layer whose x is monotone
 * @x_min: in the axis' unit
 * @x_max: in the axis' unit
 * @first: (out): first point at or above @x_min
 * @last: (out): one past the last point at or below @x_max
 */
void
plateau_layer_index_range (PlateauLayer *layer, double x_min, double x_max, gsize *first,
                           gsize *last)
{
  double low = (x_min - layer->x.offset) / layer->x.factor;
  double high = (x_max - layer->x.offset) / layer->x.factor;

  *first = lower_bound (layer->x.values, 0, layer->n, low);
  *last = lower_bound (layer->x.values, *first, layer->n, nextafter (high, INFINITY));
}

/**
 * plateau_path_init:
 * @path: (out caller-allocates): an empty path
 */
void
plateau_path_init (PlateauPath *path)
{
  *path = (PlateauPath){ g_array_new (FALSE, FALSE, sizeof (double)),
                         g_array_new (FALSE, FALSE, sizeof (guint)), FALSE, 0 };
}

/**
 * plateau_path_clear:
 * @path: a path
 */
void
plateau_path_clear (PlateauPath *path)
{
  g_clear_pointer (&path->xy, g_array_unref);
  g_clear_pointer (&path->breaks, g_array_unref);
}

/**
 * plateau_mapping_apply:
 * @mapping: an axis on the canvas
 * @value: in the axis' unit
 *
 * Returns: the canvas coordinate; NaN outside the scale's domain
 */
double
plateau_mapping_apply (const PlateauMapping *mapping, double value)
{
  return mapping->start + mapping->length * plateau_scale_map (&mapping->scale, value);
}

/* A mapping with its constants worked out: position = a * forward (value) + b. */
typedef struct
{
  PlateauScaleKind kind;
  double a, b;
  gboolean linear;
} Fast;

static Fast
fast_mapping (const PlateauMapping *m, const PlateauArray *array, double shift)
{
  double low = plateau_scale_forward (m->scale.kind, m->scale.min);
  double high = plateau_scale_forward (m->scale.kind, m->scale.max);
  double a = m->length / (high - low), b;
  Fast f = { m->scale.kind, 0, 0, FALSE };

  if (m->scale.reversed)
    {
      b = m->start + m->length + a * low;
      a = -a;
    }
  else
    b = m->start - a * low;
  f.linear = f.kind != PLATEAU_SCALE_LOG && f.kind != PLATEAU_SCALE_INVERSE
             && f.kind != PLATEAU_SCALE_SQRT;
  f.a = f.linear ? a * array->factor : a;
  f.b = f.linear ? b + a * (array->offset + shift) : b;
  return f;
}

static inline double
fast_apply (const Fast *f, const PlateauArray *array, double shift, gsize i)
{
  if (f->linear)
    return f->a * array->values[i] + f->b;
  return f->a * plateau_scale_forward (f->kind, array->factor * array->values[i] + array->offset + shift)
         + f->b;
}

/* Keeps the points that the eye needs. Within a piece a point is dropped while all points since
 * the last kept one lie within a tolerance of the line to the newest (the cone of directions from
 * the last kept point); turning points stay. */
typedef struct
{
  PlateauPath *path;
  double tolerance;
  gboolean begun, pending;
  double ax, ay;         /* last kept */
  double px, py;         /* newest, not kept yet */
  double lx, ly, rx, ry; /* sides of the cone */
  double reach;
} Thinner;

static void
put (Thinner *t, double x, double y)
{
  double xy[2] = { x, y };

  g_array_append_vals (t->path->xy, xy, 2);
  t->ax = x;
  t->ay = y;
  t->pending = FALSE;
}

static void
end_piece (Thinner *t)
{
  guint n;

  if (t->pending)
    put (t, t->px, t->py);
  n = t->path->xy->len / 2;
  if (t->begun
      && (t->path->breaks->len == 0
          || g_array_index (t->path->breaks, guint, t->path->breaks->len - 1) != n))
    g_array_append_val (t->path->breaks, n);
  t->begun = FALSE;
}

static void
open_cone (Thinner *t, double dx, double dy, double d)
{
  double s = t->tolerance / d, c = sqrt (1 - s * s);

  t->lx = c * dx - s * dy;
  t->ly = c * dy + s * dx;
  t->rx = c * dx + s * dy;
  t->ry = c * dy - s * dx;
}

static void
narrow_cone (Thinner *t, double dx, double dy, double d)
{
  double lx = t->lx, ly = t->ly, rx = t->rx, ry = t->ry;

  open_cone (t, dx, dy, d);
  if (lx * t->ly - ly * t->lx > 0)
    {
      t->lx = lx;
      t->ly = ly;
    }
  if (rx * t->ry - ry * t->rx < 0)
    {
      t->rx = rx;
      t->ry = ry;
    }
}

static void
add_point (Thinner *t, double x, double y)
{
  double dx, dy, d;

  if (!t->begun)
    {
      t->begun = TRUE;
      put (t, x, y);
      return;
    }
  if (t->tolerance <= 0)
    {
      put (t, x, y);
      return;
    }
  for (int pass = 0; pass < 2; pass++)
    {
      dx = x - t->ax;
      dy = y - t->ay;
      d = sqrt (dx * dx + dy * dy);
      if (d <= t->tolerance)
        {
          /* Nothing to see yet; an excursion that comes back is kept below. */
          if (!t->pending)
            return;
        }
      else if (!t->pending)
        {
          open_cone (t, dx, dy, d);
          t->reach = d;
          t->pending = TRUE;
          t->px = x;
          t->py = y;
          return;
        }
      else if (d >= t->reach && t->lx * dy - t->ly * dx <= 0 && t->rx * dy - t->ry * dx >= 0)
        {
          narrow_cone (t, dx, dy, d);
          t->reach = d;
          t->px = x;
          t->py = y;
          return;
        }
      put (t, t->px, t->py);
    }
}

typedef struct
{
  double x0, y0, x1, y1;
} Box;

static int
outside (const Box *b, double x, double y)
{
  return (x < b->x0 ? 1 : x > b->x1 ? 2 : 0) | (y < b->y0 ? 4 : y > b->y1 ? 8 : 0);
}

/* The part of a segment within the box; FALSE when there is none (Liang and Barsky). */
static gboolean
clip_segment (const Box *b, double *x0, double *y0, double *x1, double *y1)
{
  double dx = *x1 - *x0, dy = *y1 - *y0, t0 = 0, t1 = 1;
  double p[] = { -dx, dx, -dy, dy };
  double q[] = { *x0 - b->x0, b->x1 - *x0, *y0 - b->y0, b->y1 - *y0 };

  for (int i = 0; i < 4; i++)
    {
      double r;

      if (p[i] == 0)
        {
          if (q[i] < 0)
            return FALSE;
          continue;
        }
      r = q[i] / p[i];
      if (p[i] < 0)
        t0 = MAX (t0, r);
      else
        t1 = MIN (t1, r);
    }
  if (t0 > t1)
    return FALSE;
  *x1 = *x0 + t1 * dx;
  *y1 = *y0 + t1 * dy;
  *x0 += t0 * dx;
  *y0 += t0 * dy;
  return TRUE;
}

static void
trace_points (PlateauLayer *layer, const PlateauMapping *mx, const PlateauMapping *my, gsize first,
              gsize last, double tolerance, PlateauPath *path)
{
  Fast fx = fast_mapping (mx, &layer->x, 0), fy = fast_mapping (my, &layer->y, layer->shift);
  double margin = 20;
  Box box = { MIN (mx->start, mx->start + mx->length) - margin,
              MIN (my->start, my->start + my->length) - margin,
              MAX (mx->start, mx->start + mx->length) + margin,
              MAX (my->start, my->start + my->length) + margin };
  Thinner t = { .path = path, .tolerance = tolerance };
  double lx = NAN, ly = NAN;
  int lcode = 0;

  for (gsize i = first; i < last; i++)
    {
      double x = fast_apply (&fx, &layer->x, 0, i), y = fast_apply (&fy, &layer->y, layer->shift, i);
      int code;

      if (isnan (x) || isnan (y))
        {
          if (!isnan (layer->x.values[i]) && !isnan (layer->y.values[i]))
            path->dropped++;
          end_piece (&t);
          lx = NAN;
          continue;
        }
      code = outside (&box, x, y);
      if (code == 0 && (isnan (lx) || lcode == 0))
        add_point (&t, x, y);
      else if (!isnan (lx))
        {
          double x0 = lx, y0 = ly, x1 = x, y1 = y;

          if (!(code & lcode) && clip_segment (&box, &x0, &y0, &x1, &y1))
            {
              add_point (&t, x0, y0);
              add_point (&t, x1, y1);
            }
          if (code != 0)
            end_piece (&t);
        }
      lx = x;
      ly = y;
      lcode = code;
    }
  end_piece (&t);
}

/* First, lowest, highest and last of each pixel column (M4: Jugel, Jerzak, Hackenbroich, Markl,
 * PVLDB 7(10), 797 (2014)). Where columns are high on average the data are noise: then only the
 * extremes are given, for rectangles. */
static void
trace_columns (PlateauLayer *layer, const PlateauMapping *mx, const PlateauMapping *my, gsize first,
               gsize last, double device_scale, PlateauPath *path)
{
  Pyramid *p = get_pyramid (layer);
  const double *xs = layer->x.values, *ys = layer->y.values;
  guint width = MAX (1, (guint)(fabs (mx->length) * device_scale));
  g_autofree double *low = g_new (double, width), *high = g_new (double, width);
  g_autofree gsize *starts = g_new (gsize, width + 1);
  double height = 0;
  guint used = 0;
  Fast fy = fast_mapping (my, &layer->y, layer->shift);
  Fast fx = fast_mapping (mx, &layer->x, 0);
  gsize at = first;
  Thinner t = { .path = path, .tolerance = 0.1 / device_scale };

  for (guint c = 0; c < width; c++)
    {
      double edge = plateau_scale_unmap (&mx->scale, (c + 1.0) / width);
      double raw = (edge - layer->x.offset) / layer->x.factor;

      starts[c] = at;
      at = c + 1 == width ? last : MIN (last, lower_bound (xs, at, last, raw));
      pyramid_range (p, ys, starts[c], at, &low[c], &high[c]);
      if (low[c] <= high[c])
        {
          height += fabs (fy.a) * (high[c] - low[c]);
          used++;
        }
    }
  starts[width] = last;
  path->columns = used > 0 && height / used * device_scale > 8 && last - first > 3 * (gsize)width;
  for (guint c = 0; c < width; c++)
    {
      double x = mx->start + mx->length * (c + 0.5) / width;
      double y0, y1;

      if (!(low[c] <= high[c]))
        {
          if (starts[c + 1] > starts[c])
            end_piece (&t);
          continue;
        }
      y0 = fy.a * low[c] + fy.b;
      y1 = fy.a * high[c] + fy.b;
      if (path->columns)
        {
          double pairs[4] = { x, MIN (y0, y1), x, MAX (y0, y1) };
          g_array_append_vals (path->xy, pairs, 4);
          continue;
        }
      add_point (&t, fast_apply (&fx, &layer->x, 0, starts[c]),
                 isnan (ys[starts[c]]) ? y0 : fast_apply (&fy, &layer->y, layer->shift, starts[c]));
      add_point (&t, x, y0);
      add_point (&t, x, y1);
      if (!isnan (ys[starts[c + 1] - 1]))
        add_point (&t, fast_apply (&fx, &layer->x, 0, starts[c + 1] - 1),
                   fast_apply (&fy, &layer->y, layer->shift, starts[c + 1] - 1));
    }
  if (!path->columns)
    end_piece (&t);
}

/**
 * plateau_layer_trace:
 * @layer: a layer with x and y
 * @x: the x axis on the canvas
 * @y: the y axis
 * @device_scale: pixels a canvas unit (of the final resolution in files)
 * @all_points: keep every point within the view
 * @path: (out): an initialised path to be filled
 *
 * The layer as a path on the canvas with no more points than can be seen: M4 when x is monotone and
 * dense, otherwise a path of which no point is off by more than a quarter of a pixel. NaN breaks the path.
 */
void
plateau_layer_trace (PlateauLayer *layer, const PlateauMapping *x, const PlateauMapping *y,
                     double device_scale, gboolean all_points, PlateauPath *path)
{
  gsize first = 0, last = layer->n;
  gboolean even = y->scale.kind != PLATEAU_SCALE_LOG && y->scale.kind != PLATEAU_SCALE_INVERSE
                  && y->scale.kind != PLATEAU_SCALE_SQRT;

  if (layer->n == 0 || !layer->x.values || !layer->y.values)
    return;
  if (layer->n > 1000 && plateau_layer_x_is_monotone (layer))
    {
      double margin = 1e-9 * (x->scale.max - x->scale.min);

      plateau_layer_index_range (layer, x->scale.min - margin, x->scale.max + margin, &first, &last);
      first = first > 0 ? first - 1 : 0;
      last = MIN (layer->n, last + 1);
      if (!all_points && even && !x->scale.reversed
          && last - first > 3 * fabs (x->length) * device_scale
          && get_pyramid (layer)->n_levels > 0)
        {
          trace_columns (layer, x, y, first, last, device_scale, path);
          return;
        }
    }
  trace_points (layer, x, y, first, last, all_points ? 0 : 0.25 / device_scale, path);
}

static inline void
extend (double value, PlateauScaleKind kind, double *low, double *high)
{
  /* Most values are no new extreme; only those that are must be in the domain. */
  if (!(value < *low || value > *high) || !isfinite (value)
      || isnan (plateau_scale_forward (kind, value)))
    return;
  *low = value < *low ? value : *low;
  *high = value > *high ? value : *high;
}

/* plateau_array_get(), for loops over all values. */
static inline double
value_at (const PlateauArray *array, gsize index)
{
  return array->values ? array->factor * array->values[index] + array->offset : NAN;
}

/**
 * plateau_layer_extent:
 * @layer: a layer
 * @x_kind: scale of its x axis: what is outside the domain does not count
 * @y_kind: scale of its y axis
 * @x_min: (inout): lowered to the layer's least x
 * @x_max: (inout): raised to its greatest
 * @y_min: (inout): as for x, with error bars, bands, bases and the shift
 * @y_max: (inout): as for x
 */
void
plateau_layer_extent (PlateauLayer *layer, PlateauScaleKind x_kind, PlateauScaleKind y_kind,
                      double *x_min, double *x_max, double *y_min, double *y_max)
{
  Pyramid *p;
  double half = layer->kind == PLATEAU_LAYER_BAR || layer->kind == PLATEAU_LAYER_BOX
                    ? layer->bar_width / 2
                    : 0;
  const struct
  {
    const PlateauArray *array;
    gboolean is_x;
  } ends[] = { { &layer->y_low, FALSE }, { &layer->y_high, FALSE }, { &layer->x_low, TRUE },
               { &layer->x_high, TRUE } };
  guint n_ends = layer->y_low.values || layer->y_high.values || layer->x_low.values
                         || layer->x_high.values
                     ? G_N_ELEMENTS (ends)
                     : 0;

  if (layer->kind == PLATEAU_LAYER_MAP)
    {
      for (gsize i = 0; i < layer->map_nx; i++)
        extend (plateau_array_get (&layer->x, i), x_kind, x_min, x_max);
      for (gsize i = 0; i < layer->map_ny; i++)
        extend (plateau_array_get (&layer->y, i), y_kind, y_min, y_max);
      return;
    }
  if (layer->kind == PLATEAU_LAYER_BOX)
    {
      extend (layer->box_x - half, x_kind, x_min, x_max);
      extend (layer->box_x + half, x_kind, x_min, x_max);
    }
  if (layer->kind == PLATEAU_LAYER_BAR)
    extend (layer->base, y_kind, y_min, y_max);
  if (x_kind == PLATEAU_SCALE_LINEAR && y_kind == PLATEAU_SCALE_LINEAR && layer->x.values
      && layer->y.values && half == 0 && n_ends == 0)
    {
      p = get_pyramid (layer);
      extend (layer->x.factor * p->x_min + layer->x.offset, x_kind, x_min, x_max);
      extend (layer->x.factor * p->x_max + layer->x.offset, x_kind, x_min, x_max);
      extend (layer->y.factor * p->y_min + layer->y.offset + layer->shift, y_kind, y_min, y_max);
      extend (layer->y.factor * p->y_max + layer->y.offset + layer->shift, y_kind, y_min, y_max);
      return;
    }
  p = layer->n > 4096 ? get_pyramid (layer) : NULL;
  if (p && p->monotone && p->n_levels > 0 && y_kind != PLATEAU_SCALE_LOG && !layer->y_low.values)
    {
      double low, high;

      extend (plateau_array_get (&layer->x, 0), x_kind, x_min, x_max);
      extend (plateau_array_get (&layer->x, layer->n - 1), x_kind, x_min, x_max);
      pyramid_range (p, layer->y.values, 0, layer->n, &low, &high);
      extend (layer->y.factor * low + layer->y.offset + layer->shift, y_kind, y_min, y_max);
      extend (layer->y.factor * high + layer->y.offset + layer->shift, y_kind, y_min, y_max);
      return;
    }
  for (gsize i = 0; i < layer->n; i++)
    {
      double x = value_at (&layer->x, i), y = value_at (&layer->y, i);

      if (layer->y.values && !isfinite (y))
        continue;
      if (layer->x.values)
        {
          if (!isfinite (x))
            continue;
          extend (x - half, x_kind, x_min, x_max);
          extend (x + half, x_kind, x_min, x_max);
        }
      extend (y + layer->shift, y_kind, y_min, y_max);
      for (guint k = 0; k < n_ends; k++)
        if (ends[k].is_x)
          extend (value_at (ends[k].array, i), x_kind, x_min, x_max);
        else
          extend (value_at (ends[k].array, i) + layer->shift, y_kind, y_min, y_max);
    }
}

/**
 * plateau_lttb:
 * @x: rising values
 * @y: values
 * @n: number of points
 * @wanted: number to keep, at least 3
 * @kept: (out caller-allocates): indices, room for @wanted
 *
 * Largest triangle three buckets (Steinarsson 2013): for thumbnails only, never where values are
 * read off.
 *
 * Returns: how many indices were written: the smaller of @n and @wanted
 */
gsize
plateau_lttb (const double *x, const double *y, gsize n, gsize wanted, gsize *kept)
{
  gsize at = 0, count = 0;

  if (n <= wanted || wanted < 3)
    {
      for (gsize i = 0; i < MIN (n, wanted); i++)
        kept[i] = i;
      return MIN (n, wanted);
    }
  kept[count++] = 0;
  for (gsize b = 0; b < wanted - 2; b++)
    {
      double width = (double)(n - 2) / (wanted - 2), mx = 0, my = 0, best = -1;
      gsize from = 1 + (gsize)(b * width), to = 1 + (gsize)((b + 1) * width);
      gsize next = MIN (n, 1 + (gsize)((b + 2) * width)), chosen = from;

      for (gsize i = to; i < MAX (next, to + 1); i++)
        {
          mx += x[i];
          my += y[i];
        }
      mx /= MAX (next, to + 1) - to;
      my /= MAX (next, to + 1) - to;
      for (gsize i = from; i < to; i++)
        {
          double area = fabs ((x[at] - mx) * (y[i] - y[at]) - (x[at] - x[i]) * (my - y[at]));
          if (area > best)
            {
              best = area;
              chosen = i;
            }
        }
      at = kept[count++] = chosen;
    }
  kept[count++] = n - 1;
  return count;
}
