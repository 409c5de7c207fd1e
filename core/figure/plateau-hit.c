/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-figure-edit.h"
#include "figure/plateau-layout-private.h"

#include <math.h>

static void
fill_point (PlateauLayer *layer, guint index, gsize point, const PlateauMapping *x,
            const PlateauMapping *y, PlateauHit *hit)
{
  hit->part = PLATEAU_PART_LAYER;
  hit->index = (int)index;
  hit->point = (gssize)point;
  hit->x = layer->x.values ? plateau_array_get (&layer->x, point) : layer->box_x;
  hit->y = plateau_array_get (&layer->y, point);
  hit->px = plateau_mapping_apply (x, hit->x);
  hit->py = plateau_mapping_apply (y, hit->y + layer->shift);
  hit->tag = layer->tag;
  if (layer->point_cycle)
    hit->tag.cycle = layer->point_cycle[point];
}

/* Points within reach; a monotone x lets the rest be skipped. */
static void
point_range (PlateauLayer *layer, const PlateauPanelLayout *pl, double px, double radius, gsize *first,
             gsize *last)
{
  const PlateauScale *scale
      = &pl->scales[layer->use_x2 ? PLATEAU_AXIS_X2 : PLATEAU_AXIS_X];
  double s0 = (px - radius - pl->plot.x) / pl->plot.width;
  double s1 = (px + radius - pl->plot.x) / pl->plot.width;
  double a, b;

  *first = 0;
  *last = layer->n;
  if (layer->n < 1000 || !plateau_layer_x_is_monotone (layer))
    return;
  a = plateau_scale_unmap (scale, s0);
  b = plateau_scale_unmap (scale, s1);
  if (isfinite (a) && isfinite (b))
    plateau_layer_index_range (layer, MIN (a, b), MAX (a, b), first, last);
}

/* Nearest part of a segment: how far, and which end is nearer. */
static double
segment_distance (double x, double y, const double *a, const double *b, double *along)
{
  double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? CLAMP (((x - a[0]) * dx + (y - a[1]) * dy) / length2, 0, 1) : 0;

  *along = t;
  return hypot (x - a[0] - t * dx, y - a[1] - t * dy);
}

/* The row of a map under the pointer; curves above it come first. */
static void
row_of_map (PlateauLayer *layer, guint index, const PlateauMapping *x, const PlateauMapping *y,
            const PlateauRect *plot, double px, double py, double radius, PlateauHit *hit)
{
  double nearest = INFINITY;
  gsize row = 0, column = 0;

  if (!layer->key.values || hit->distance <= radius || !plateau_rect_contains (plot, px, py))
    return;
  for (gsize k = 0; k < layer->map_ny; k++)
    {
      double off = fabs (plateau_mapping_apply (y, plateau_array_get (&layer->y, k)) - py);

      if (off < nearest)
        {
          nearest = off;
          row = k;
        }
    }
  nearest = INFINITY;
  for (gsize i = 0; i < layer->map_nx; i++)
    {
      double off = fabs (plateau_mapping_apply (x, plateau_array_get (&layer->x, i)) - px);

      if (off < nearest)
        {
          nearest = off;
          column = i;
        }
    }
  hit->part = PLATEAU_PART_LAYER;
  hit->index = (int) index;
  hit->point = (gssize) (row * layer->map_nx + column);
  hit->distance = radius;
  hit->x = plateau_array_get (&layer->x, column);
  hit->y = plateau_array_get (&layer->y, row);
  hit->px = plateau_mapping_apply (x, hit->x);
  hit->py = plateau_mapping_apply (y, hit->y);
  hit->tag = layer->tag;
  hit->tag.spectrum = (int) plateau_array_get (&layer->key, row) - 1;
}

static void
nearest_in_layer (const PlateauPanelLayout *pl, PlateauLayer *layer, guint index, double px,
                  double py, double radius, PlateauHit *hit)
{
  PlateauMapping x, y;
  gsize first, last;
  double before[2] = { NAN, NAN };

  plateau_layout_mappings (pl, layer->use_x2, layer->use_y2, &x, &y);
  if (layer->kind == PLATEAU_LAYER_MAP)
    row_of_map (layer, index, &x, &y, &pl->plot, px, py, radius, hit);
  if (layer->kind == PLATEAU_LAYER_BAND || layer->kind == PLATEAU_LAYER_MAP || layer->n == 0
      || !layer->y.values)
    return;
  point_range (layer, pl, px, radius, &first, &last);
  for (gsize i = first; i < last; i++)
    {
      double at[2] = { layer->x.values
                           ? plateau_mapping_apply (&x, plateau_array_get (&layer->x, i))
                           : plateau_mapping_apply (&x, layer->box_x),
                       plateau_mapping_apply (&y, plateau_array_get (&layer->y, i) + layer->shift) };
      double distance, along = 1;
      gboolean joined = layer->style.width > 0 && layer->kind == PLATEAU_LAYER_LINE
                        && isfinite (before[0] + before[1]);

      if (!isfinite (at[0] + at[1]))
        {
          before[0] = NAN;
          continue;
        }
      if (layer->kind == PLATEAU_LAYER_BAR)
        {
          double half = layer->bar_width / 2, value = plateau_array_get (&layer->x, i);
          double x0 = plateau_mapping_apply (&x, value - half);
          double x1 = plateau_mapping_apply (&x, value + half);
          double base = plateau_mapping_apply (&y, layer->base);

          distance = px >= MIN (x0, x1) && px <= MAX (x0, x1) && py >= MIN (base, at[1])
                             && py <= MAX (base, at[1])
                         ? 0
                         : hypot (px - at[0], py - at[1]);
        }
      else
        distance = joined ? segment_distance (px, py, before, at, &along)
                          : hypot (px - at[0], py - at[1]);
      if (distance <= radius && distance < hit->distance)
        {
          hit->distance = distance;
          fill_point (layer, index, along < 0.5 && i > first ? i - 1 : i, &x, &y, hit);
        }
      before[0] = at[0];
      before[1] = at[1];
    }
}

/**
 * plateau_layout_nearest_point:
 * @layout: a layout
 * @panel: a panel
 * @x: pointer, canvas units
 * @y: pointer
 * @radius: reach: 8 px for a mouse, 22 px for touch
 * @hit: (out caller-allocates): the point of the nearest curve
 *
 * Returns: whether a curve lies within reach
 */
gboolean
plateau_layout_nearest_point (PlateauLayout *layout, guint panel, double x, double y, double radius,
                              PlateauHit *hit)
{
  PlateauPanel *p = plateau_figure_get_panel (layout->figure, panel);
  PlateauPanelLayout *pl;

  *hit = (PlateauHit){ .panel = (int)panel, .index = -1, .point = -1, .distance = INFINITY,
                       .tag = PLATEAU_TAG_INIT };
  if (!p)
    return FALSE;
  pl = g_ptr_array_index (layout->panels, panel);
  /* Later layers lie above: they win when as near. */
  for (guint i = p->layers->len; i > 0; i--)
    {
      PlateauLayer *layer = g_ptr_array_index (p->layers, i - 1);
      if (!plateau_layout_is_hidden (layout, layer))
        nearest_in_layer (pl, layer, i - 1, x, y, radius, hit);
    }
  return hit->part == PLATEAU_PART_LAYER;
}

/**
 * plateau_layout_panel_at:
 * @layout: a layout
 * @x: a point
 * @y: a point
 *
 * Returns: index of the panel there, or -1
 */
int
plateau_layout_panel_at (PlateauLayout *layout, double x, double y)
{
  for (guint i = 0; i < layout->panels->len; i++)
    if (plateau_rect_contains (&((PlateauPanelLayout *)g_ptr_array_index (layout->panels, i))->cell, x, y))
      return (int)i;
  return -1;
}

static gboolean
set_part (PlateauHit *hit, PlateauPart part, int index)
{
  hit->part = part;
  hit->index = index;
  hit->distance = 0;
  return TRUE;
}

static gboolean
hit_texts (const PlateauPanel *p, const PlateauPanelLayout *pl, double x, double y, PlateauHit *hit)
{
  for (guint i = 0; i < pl->entries->len; i++)
    if (plateau_rect_contains (
            &((PlateauLegendEntry *)g_ptr_array_index (pl->entries, i))->area, x, y))
      return set_part (hit, PLATEAU_PART_LEGEND_ENTRY, (int)i);
  if (plateau_rect_contains (&pl->legend, x, y))
    return set_part (hit, PLATEAU_PART_LEGEND, -1);
  for (guint i = 0; i < pl->annotation_boxes->len; i++)
    if (plateau_rect_contains (&g_array_index (pl->annotation_boxes, PlateauRect, i), x, y))
      return set_part (hit, PLATEAU_PART_ANNOTATION, (int)i);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    if (plateau_rect_contains (&pl->title_boxes[i], x, y))
      return set_part (hit, PLATEAU_PART_AXIS_TITLE, (int)i);
  if (plateau_rect_contains (&pl->letter_box, x, y))
    return set_part (hit, PLATEAU_PART_LETTER, -1);
  if (plateau_rect_contains (&pl->panel_title_box, x, y))
    return set_part (hit, PLATEAU_PART_TITLE, -1);
  if (plateau_rect_contains (&pl->colour_bar, x, y))
    return set_part (hit, PLATEAU_PART_COLOUR_BAR, -1);
  return FALSE;
}

static gboolean
near_box (const double *p, double x, double y, double radius)
{
  double x0 = MIN (p[0], p[2]), x1 = MAX (p[0], p[2]), y0 = MIN (p[1], p[3]), y1 = MAX (p[1], p[3]);
  gboolean beside = (fabs (x - x0) <= radius || fabs (x - x1) <= radius) && y >= y0 - radius
                    && y <= y1 + radius;
  gboolean above = (fabs (y - y0) <= radius || fabs (y - y1) <= radius) && x >= x0 - radius
                   && x <= x1 + radius;

  return beside || above;
}

/* Lines, arrows and the edges of windows and rectangles; their insides belong to the plot. */
static gboolean
hit_shapes (PlateauLayout *layout, guint index, const PlateauPanel *p, double x, double y,
            double radius, PlateauHit *hit)
{
  for (guint i = p->annotations->len; i > 0; i--)
    {
      const PlateauAnnotation *a = &g_array_index (p->annotations, PlateauAnnotation, i - 1);
      double ends[4], along;
      gboolean found;

      if (a->kind == PLATEAU_ANNOTATION_TEXT
          || !plateau_layout_get_annotation (layout, index, i - 1, ends))
        continue;
      found = a->kind == PLATEAU_ANNOTATION_LINE || a->kind == PLATEAU_ANNOTATION_ARROW
                  ? segment_distance (x, y, ends, ends + 2, &along) <= radius
                  : near_box (ends, x, y, radius);
      if (found)
        return set_part (hit, PLATEAU_PART_ANNOTATION, (int)i - 1);
    }
  return FALSE;
}

static gboolean
hit_axes (const PlateauPanel *p, const PlateauPanelLayout *pl, double x, double y, PlateauHit *hit)
{
  const PlateauRect *r = &pl->plot;
  gboolean beside = y >= r->y && y <= r->y + r->height, above = x >= r->x && x <= r->x + r->width;

  if (above && y > r->y + r->height)
    return set_part (hit, PLATEAU_PART_AXIS, PLATEAU_AXIS_X);
  if (beside && x < r->x)
    return set_part (hit, PLATEAU_PART_AXIS, PLATEAU_AXIS_Y);
  if (above && y < r->y && p->axes[PLATEAU_AXIS_X2].used)
    return set_part (hit, PLATEAU_PART_AXIS, PLATEAU_AXIS_X2);
  if (beside && x > r->x + r->width && p->axes[PLATEAU_AXIS_Y2].used)
    return set_part (hit, PLATEAU_PART_AXIS, PLATEAU_AXIS_Y2);
  return FALSE;
}

/**
 * plateau_layout_hit:
 * @layout: a layout
 * @x: pointer, canvas units
 * @y: pointer
 * @radius: reach for curves
 * @hit: (out caller-allocates): what lies there, the most particular part first
 *
 * Returns: whether the point lies on a panel
 */
gboolean
plateau_layout_hit (PlateauLayout *layout, double x, double y, double radius, PlateauHit *hit)
{
  int index = plateau_layout_panel_at (layout, x, y);
  PlateauPanel *p;
  const PlateauPanelLayout *pl;
  PlateauHit curve;

  *hit = (PlateauHit){ .panel = index, .index = -1, .point = -1, .x = x, .y = y, .px = x, .py = y,
                       .distance = INFINITY, .tag = PLATEAU_TAG_INIT };
  if (index < 0)
    return FALSE;
  p = plateau_figure_get_panel (layout->figure, index);
  pl = g_ptr_array_index (layout->panels, index);
  if (hit_texts (p, pl, x, y, hit))
    return TRUE;
  for (guint i = 0; i < p->insets->len; i++)
    {
      const PlateauRect *share = &g_array_index (p->insets, PlateauInset, i).area;
      PlateauRect r = { pl->plot.x + share->x * pl->plot.width,
                        pl->plot.y + share->y * pl->plot.height, share->width * pl->plot.width,
                        share->height * pl->plot.height };
      if (plateau_rect_contains (&r, x, y))
        return set_part (hit, PLATEAU_PART_INSET, (int)i);
    }
  if (plateau_rect_contains (&pl->plot, x, y))
    {
      if (plateau_layout_nearest_point (layout, index, x, y, radius, &curve))
        *hit = curve;
      else if (!hit_shapes (layout, index, p, x, y, radius, hit))
        {
          hit->part = PLATEAU_PART_PLOT_AREA;
          plateau_layout_to_data (layout, index, FALSE, FALSE, x, y, &hit->x, &hit->y);
        }
      return TRUE;
    }
  if (!hit_axes (p, pl, x, y, hit))
    set_part (hit, PLATEAU_PART_PANEL, -1);
  return TRUE;
}

/**
 * plateau_layout_to_data:
 * @layout: a layout
 * @panel: a panel
 * @use_x2: whether x is read on the second axis
 * @use_y2: whether y is read on the second axis
 * @px: canvas point
 * @py: canvas point
 * @x: (out): value in the axis' unit
 * @y: (out): value in the axis' unit
 */
void
plateau_layout_to_data (PlateauLayout *layout, guint panel, gboolean use_x2, gboolean use_y2,
                        double px, double py, double *x, double *y)
{
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);

  g_return_if_fail (pl);
  *x = plateau_scale_unmap (&pl->scales[use_x2 ? PLATEAU_AXIS_X2 : PLATEAU_AXIS_X],
                            (px - pl->plot.x) / pl->plot.width);
  *y = plateau_scale_unmap (&pl->scales[use_y2 ? PLATEAU_AXIS_Y2 : PLATEAU_AXIS_Y],
                            1 - (py - pl->plot.y) / pl->plot.height);
}

/**
 * plateau_layout_from_data:
 * @layout: a layout
 * @panel: a panel
 * @use_x2: whether x belongs to the second axis
 * @use_y2: whether y belongs to the second axis
 * @x: value in the axis' unit
 * @y: value in the axis' unit
 * @px: (out): canvas point; NaN outside the scale's domain
 * @py: (out): canvas point
 */
void
plateau_layout_from_data (PlateauLayout *layout, guint panel, gboolean use_x2, gboolean use_y2,
                          double x, double y, double *px, double *py)
{
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);
  PlateauMapping mx, my;

  g_return_if_fail (pl);
  plateau_layout_mappings (pl, use_x2, use_y2, &mx, &my);
  *px = plateau_mapping_apply (&mx, x);
  *py = plateau_mapping_apply (&my, y);
}

/**
 * plateau_layout_layer_point:
 * @layout: a layout
 * @panel: a panel
 * @layer: a layer of it
 * @point: a point of that
 * @hit: (out caller-allocates): where it lies and what it is of
 *
 * For walking along a curve with the keyboard.
 *
 * Returns: %FALSE when there is no such point
 */
gboolean
plateau_layout_layer_point (PlateauLayout *layout, guint panel, guint layer, gsize point,
                            PlateauHit *hit)
{
  PlateauPanel *p = plateau_figure_get_panel (layout->figure, panel);
  PlateauMapping x, y;
  PlateauLayer *l;

  *hit = (PlateauHit){ .panel = (int)panel, .index = -1, .point = -1, .tag = PLATEAU_TAG_INIT };
  if (!p || layer >= p->layers->len)
    return FALSE;
  l = g_ptr_array_index (p->layers, layer);
  if (point >= l->n || !l->y.values || l->kind == PLATEAU_LAYER_MAP)
    return FALSE;
  plateau_layout_mappings (g_ptr_array_index (layout->panels, panel), l->use_x2, l->use_y2, &x, &y);
  fill_point (l, layer, point, &x, &y, hit);
  return TRUE;
}

/**
 * plateau_view_init:
 * @view: (out caller-allocates): a view that shows what fits
 */
void
plateau_view_init (PlateauView *view)
{
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    view->min[i] = view->max[i] = NAN;
}

static void
set_range (PlateauView *view, const PlateauScale *scale, PlateauAxisId id, double s0, double s1)
{
  double a = plateau_scale_unmap (scale, s0), b = plateau_scale_unmap (scale, s1);
  double low = MIN (a, b), high = MAX (a, b);

  /* Deeper than doubles can tell apart, or off to infinity: stay. */
  if (!isfinite (low) || !isfinite (high) || high - low < 1e-12 * MAX (fabs (low), fabs (high))
      || high - low < 1e-300)
    return;
  view->min[id] = low;
  view->max[id] = high;
}

static gboolean
is_horizontal (guint axis)
{
  return axis == PLATEAU_AXIS_X || axis == PLATEAU_AXIS_X2;
}

/**
 * plateau_view_zoom:
 * @view: (inout): limits
 * @layout: the layout seen now
 * @panel: the panel under the pointer
 * @px: the point that stays, canvas units
 * @py: the point that stays
 * @factor_x: 1.2 shows less, 1 / 1.2 more; 1 leaves the axis alone
 * @factor_y: as @factor_x
 *
 * Zooms about a point in the scale's own space, so that it stays put on logarithmic axes too.
 */
void
plateau_view_zoom (PlateauView *view, PlateauLayout *layout, guint panel, double px, double py,
                   double factor_x, double factor_y)
{
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);

  g_return_if_fail (pl);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      double factor = is_horizontal (i) ? factor_x : factor_y;
      double at = is_horizontal (i) ? (px - pl->plot.x) / pl->plot.width
                                    : 1 - (py - pl->plot.y) / pl->plot.height;

      if (factor != 1 && factor > 0)
        set_range (view, &pl->scales[i], i, at - at / factor, at + (1 - at) / factor);
    }
}

/**
 * plateau_view_pan:
 * @view: (inout): limits
 * @layout: the layout seen now
 * @panel: the panel
 * @dx: how far the picture moves right, canvas units
 * @dy: how far it moves down
 */
void
plateau_view_pan (PlateauView *view, PlateauLayout *layout, guint panel, double dx, double dy)
{
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);

  g_return_if_fail (pl);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      double by = is_horizontal (i) ? -dx / pl->plot.width : dy / pl->plot.height;

      if (by != 0)
        set_range (view, &pl->scales[i], i, by, 1 + by);
    }
}

/**
 * plateau_view_box:
 * @view: (inout): limits
 * @layout: the layout seen now
 * @panel: the panel
 * @box: what to show, canvas units; a side under 5 units leaves its axis alone
 */
void
plateau_view_box (PlateauView *view, PlateauLayout *layout, guint panel, const PlateauRect *box)
{
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, panel);

  g_return_if_fail (pl);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      double s0 = (box->x - pl->plot.x) / pl->plot.width;
      double s1 = (box->x + box->width - pl->plot.x) / pl->plot.width;
      double size = is_horizontal (i) ? box->width : box->height;

      if (!is_horizontal (i))
        {
          s0 = 1 - (box->y + box->height - pl->plot.y) / pl->plot.height;
          s1 = 1 - (box->y - pl->plot.y) / pl->plot.height;
        }
      if (size >= 5)
        set_range (view, &pl->scales[i], i, s0, s1);
    }
}
