/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-layout-private.h"

#include <math.h>
#include <string.h>

#define CELL 2.5 /* side of a square of the occupancy grid, in tenths of the text size */
#define MAX_ENTRY_KEYS 4

/* ---- Room ---- */

static void
mark (PlateauOccupancy *o, double x, double y)
{
  int cx = (int)((x - o->area.x) / o->area.width * o->nx);
  int cy = (int)((y - o->area.y) / o->area.height * o->ny);

  if (cx >= 0 && cy >= 0 && cx < (int)o->nx && cy < (int)o->ny)
    o->cells[(guint)cy * o->nx + (guint)cx] = 1;
}

static void
mark_segment (PlateauOccupancy *o, double x0, double y0, double x1, double y1)
{
  double step = MIN (o->area.width / o->nx, o->area.height / o->ny);
  int n = (int)CLAMP (hypot (x1 - x0, y1 - y0) / step, 0, 2000) + 1;

  for (int i = 0; i <= n; i++)
    mark (o, x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n);
}

static void
mark_layer (PlateauOccupancy *o, PlateauLayout *layout, PlateauPanelLayout *pl,
            PlateauLayer *layer)
{
  PlateauMapping x, y;
  PlateauPath path;
  guint begin = 0;

  plateau_layout_mappings (pl, layer->use_x2, layer->use_y2, &x, &y);
  if (layer->kind == PLATEAU_LAYER_BAR || layer->kind == PLATEAU_LAYER_BOX)
    {
      for (gsize i = 0; i < layer->n; i++)
        {
          double at = layer->kind == PLATEAU_LAYER_BOX ? layer->box_x : plateau_array_get (&layer->x, i);
          double x0 = plateau_mapping_apply (&x, at - layer->bar_width / 2);
          double x1 = plateau_mapping_apply (&x, at + layer->bar_width / 2);
          double y0 = plateau_mapping_apply (&y, plateau_array_get (&layer->y, i));
          double y1 = layer->kind == PLATEAU_LAYER_BOX ? y0 + 1 : plateau_mapping_apply (&y, layer->base);
          PlateauRect r = { MIN (x0, x1), MIN (y0, y1), fabs (x1 - x0), fabs (y1 - y0) };

          plateau_occupancy_add_rect (o, &r);
        }
      return;
    }
  if (layer->kind == PLATEAU_LAYER_MAP || layer->kind == PLATEAU_LAYER_BAND)
    return;
  plateau_path_init (&path);
  plateau_layer_trace (layer, &x, &y, 0.5, FALSE, &path);
  if (path.columns)
    for (guint i = 0; i + 3 < path.xy->len; i += 4)
      {
        const double *p = &g_array_index (path.xy, double, i);
        mark_segment (o, p[0], p[1], p[2], p[3]);
      }
  for (guint b = 0; !path.columns && b < path.breaks->len; b++)
    {
      guint end = g_array_index (path.breaks, guint, b);

      for (guint i = begin; i < end; i++)
        {
          const double *p = &g_array_index (path.xy, double, 2 * i);

          if (i + 1 < end && layer->style.width > 0)
            mark_segment (o, p[0], p[1], p[2], p[3]);
          else
            mark (o, p[0], p[1]);
        }
      begin = end;
    }
  plateau_path_clear (&path);
  /* Markers: thinning has left points out. */
  if (layer->style.marker != PLATEAU_MARKER_NONE)
    {
      double size = layout->style->marker * layer->style.marker_size;
      gsize step = MAX (1, layer->n / 4000);

      for (gsize i = 0; i < layer->n; i += step)
        {
          double px = plateau_mapping_apply (&x, plateau_array_get (&layer->x, i));
          double py = plateau_mapping_apply (&y, plateau_array_get (&layer->y, i) + layer->shift);
          PlateauRect r = { px - size / 2, py - size / 2, size, size };

          if (plateau_rect_contains (&o->area, px, py))
            plateau_occupancy_add_rect (o, &r);
        }
    }
}

void
plateau_occupancy_init (PlateauOccupancy *o, PlateauLayout *layout, PlateauPanel *panel,
                        PlateauPanelLayout *pl, gboolean with_data)
{
  double side = CELL * layout->style->text / 10;

  o->area = pl->plot;
  o->nx = (guint)CLAMP (pl->plot.width / side, 4, 400);
  o->ny = (guint)CLAMP (pl->plot.height / side, 4, 400);
  o->cells = g_malloc0 ((gsize)o->nx * o->ny);
  for (guint i = 0; with_data && i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);

      if (!plateau_layout_is_hidden (layout, layer))
        mark_layer (o, layout, pl, layer);
    }
  for (guint i = 0; i < panel->insets->len; i++)
    {
      const PlateauRect *share = &g_array_index (panel->insets, PlateauInset, i).area;
      double pad = 2.2 * layout->style->tick;
      PlateauRect r = { pl->plot.x + share->x * pl->plot.width - pad,
                        pl->plot.y + share->y * pl->plot.height - pad / 2,
                        share->width * pl->plot.width + 2 * pad,
                        share->height * pl->plot.height + 1.5 * pad };
      plateau_occupancy_add_rect (o, &r);
    }
}

void
plateau_occupancy_clear (PlateauOccupancy *o)
{
  g_clear_pointer (&o->cells, g_free);
}

static void
cell_range (const PlateauOccupancy *o, const PlateauRect *r, int *x0, int *y0, int *x1, int *y1)
{
  *x0 = (int)CLAMP (floor ((r->x - o->area.x) / o->area.width * o->nx), 0, o->nx);
  *x1 = (int)CLAMP (ceil ((r->x + r->width - o->area.x) / o->area.width * o->nx), 0, o->nx);
  *y0 = (int)CLAMP (floor ((r->y - o->area.y) / o->area.height * o->ny), 0, o->ny);
  *y1 = (int)CLAMP (ceil ((r->y + r->height - o->area.y) / o->area.height * o->ny), 0, o->ny);
}

void
plateau_occupancy_add_rect (PlateauOccupancy *o, const PlateauRect *rect)
{
  int x0, y0, x1, y1;

  if (!isfinite (rect->x + rect->y + rect->width + rect->height))
    return;
  cell_range (o, rect, &x0, &y0, &x1, &y1);
  for (int y = y0; y < y1; y++)
    if (x1 > x0)
      memset (o->cells + (gsize)y * o->nx + x0, 1, x1 - x0);
}

guint
plateau_occupancy_count (const PlateauOccupancy *o, const PlateauRect *rect)
{
  int x0, y0, x1, y1;
  guint n = 0;

  cell_range (o, rect, &x0, &y0, &x1, &y1);
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      n += o->cells[(gsize)y * o->nx + x];
  return n;
}

/* The freest place for a box: first the wanted corner or side, then the eight others, then
 * anywhere; the nearest to the wanted one wins among equals. */
static guint
find_room (const PlateauOccupancy *o, double width, double height, double pad, double want_x,
           double want_y, gboolean corners_first, PlateauRect *found)
{
  double pad_x = CLAMP ((o->area.width - width) / 2, 0, pad);
  double pad_y = CLAMP ((o->area.height - height) / 2, 0, pad);
  double free_x = MAX (o->area.width - width - 2 * pad_x, 0);
  double free_y = MAX (o->area.height - height - 2 * pad_y, 0);
  double best = INFINITY;
  guint covered = G_MAXUINT;
  int n = 24;

  for (int pass = corners_first ? 0 : 1; pass < 2 && covered > 0; pass++)
    {
      int steps = pass == 0 ? 2 : n;

      for (int iy = 0; iy <= steps; iy++)
        for (int ix = 0; ix <= steps; ix++)
          {
            double sx = (double)ix / steps, sy = (double)iy / steps;
            PlateauRect r = { o->area.x + pad_x + sx * free_x, o->area.y + pad_y + sy * free_y, width,
                              height };
            PlateauRect wide = { r.x - pad / 2, r.y - pad / 2, width + pad, height + pad };
            guint count = plateau_occupancy_count (o, &wide);
            double score = hypot (sx - want_x, sy - want_y);

            if (count < covered || (count == covered && score < best))
              {
                covered = count;
                best = score;
                *found = r;
              }
          }
    }
  return covered;
}

/* ---- Entries ---- */

static void
entry_free (gpointer data)
{
  PlateauLegendEntry *entry = data;

  g_free (entry->label);
  g_array_unref (entry->layers);
  g_free (entry);
}

static PlateauLegendEntry *
find_entry (GPtrArray *entries, const char *label)
{
  for (guint i = 0; i < entries->len; i++)
    {
      PlateauLegendEntry *entry = g_ptr_array_index (entries, i);
      if (g_str_equal (entry->label, label))
        return entry;
    }
  return NULL;
}

static void
sort_entries (GPtrArray *entries, char **order)
{
  guint at = 0;

  for (guint k = 0; order && order[k]; k++)
    for (guint i = at; i < entries->len; i++)
      {
        PlateauLegendEntry *entry = g_ptr_array_index (entries, i);

        if (!g_str_equal (entry->label, order[k]))
          continue;
        for (guint j = i; j > at; j--)
          entries->pdata[j] = entries->pdata[j - 1];
        entries->pdata[at++] = entry;
        break;
      }
}

void
plateau_layout_legend_entries (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  pl->entries = g_ptr_array_new_with_free_func (entry_free);
  if (panel->legend.place == PLATEAU_PLACE_HIDDEN)
    return;
  for (guint i = 0; i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);
      PlateauLegendEntry *entry;

      if (!layer->label || !*layer->label || layer->hidden)
        continue;
      entry = find_entry (pl->entries, layer->label);
      if (!entry)
        {
          entry = g_new0 (PlateauLegendEntry, 1);
          entry->label = g_strdup (layer->label);
          entry->layers = g_array_new (FALSE, FALSE, sizeof (guint));
          g_ptr_array_add (pl->entries, entry);
        }
      g_array_append_val (entry->layers, i);
    }
  sort_entries (pl->entries, panel->legend.order);
}

static gboolean
same_look (const PlateauLayerStyle *a, const PlateauLayerStyle *b)
{
  return a->dash == b->dash && a->marker == b->marker && a->fill == b->fill
         && a->colour.kind == b->colour.kind && a->colour.slot == b->colour.slot
         && a->colour.amount == b->colour.amount && a->colour.rgb.r == b->colour.rgb.r
         && a->colour.rgb.g == b->colour.rgb.g && a->colour.rgb.b == b->colour.rgb.b
         && (a->width > 0) == (b->width > 0);
}

/* Layers of different look under one label: their keys stand side by side. */
guint
plateau_layout_entry_keys (PlateauPanel *panel, const PlateauLegendEntry *entry, guint *keys,
                           guint max)
{
  guint n = 0;

  for (guint i = 0; i < entry->layers->len && n < max; i++)
    {
      guint index = g_array_index (entry->layers, guint, i);
      PlateauLayer *layer = g_ptr_array_index (panel->layers, index);
      gboolean seen = layer->kind == PLATEAU_LAYER_BAND && entry->layers->len > 1;

      for (guint k = 0; k < n; k++)
        {
          PlateauLayer *other = g_ptr_array_index (panel->layers, keys[k]);
          seen = seen || same_look (&layer->style, &other->style);
        }
      if (!seen)
        keys[n++] = index;
    }
  return n;
}

/* Keys with a line are longer than markers alone. */
double
plateau_layout_key_width (PlateauPanel *panel, const PlateauPanelLayout *pl,
                          const PlateauStyle *style)
{
  for (guint i = 0; i < pl->entries->len; i++)
    {
      const PlateauLegendEntry *entry = g_ptr_array_index (pl->entries, i);

      for (guint k = 0; k < entry->layers->len; k++)
        {
          PlateauLayer *layer
              = g_ptr_array_index (panel->layers, g_array_index (entry->layers, guint, k));
          if (layer->style.width > 0 || layer->style.area_alpha > 0)
            return 1.9 * style->text;
        }
    }
  return 1.1 * style->text;
}

const char *
plateau_legend_shown (PlateauPanel *panel, const char *label)
{
  const char *name
      = panel->legend.names ? g_hash_table_lookup (panel->legend.names, label) : NULL;

  return name ? name : label;
}

/* ---- Size and place ---- */

typedef struct
{
  double row, key, gap, title, text; /* heights and widths of the parts */
  guint columns, rows;
} Measures;

static void
measure_legend (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                double max_width, Measures *m)
{
  const PlateauStyle *style = layout->style;
  PlateauFont font = plateau_layout_font (style, style->text);
  guint n = pl->entries->len, most = 1;
  gboolean below = pl->legend_place == PLATEAU_PLACE_OUTSIDE_BOTTOM;
  double width;

  *m = (Measures){ .row = 1.32 * style->text, .gap = 0.6 * style->text };
  for (guint i = 0; i < n; i++)
    {
      PlateauLegendEntry *entry = g_ptr_array_index (pl->entries, i);
      PlateauExtents extents;
      guint keys[MAX_ENTRY_KEYS];

      most = MAX (most, plateau_layout_entry_keys (panel, entry, keys, MAX_ENTRY_KEYS));
      plateau_text_measure (plateau_legend_shown (panel, entry->label), &font, &extents);
      m->text = MAX (m->text, extents.width);
    }
  m->key = most * plateau_layout_key_width (panel, pl, style) + (most - 1) * 0.3 * style->text;
  m->title = panel->legend.title && *panel->legend.title ? m->row : 0;
  width = m->key + m->gap + m->text;
  m->columns = panel->legend.columns;
  if (m->columns == 0 && below)
    m->columns = (guint)CLAMP ((max_width + style->text) / (width + style->text), 1, n);
  else if (m->columns == 0)
    m->columns = n > 6 && 2 * width + 2 * style->text < 0.6 * max_width ? 2 : 1;
  m->columns = CLAMP (m->columns, 1, MAX (n, 1));
  m->rows = (n + m->columns - 1) / m->columns;
}

static void
sum_legend (PlateauLayout *layout, PlateauPanel *panel, const Measures *m, double *width,
            double *height)
{
  PlateauExtents title = { 0 };

  if (m->title > 0)
    {
      PlateauFont font = plateau_layout_font (layout->style, layout->style->text);
      plateau_text_measure (panel->legend.title, &font, &title);
    }
  *width = MAX (m->columns * (m->key + m->gap + m->text) + (m->columns - 1) * layout->style->text,
                title.width);
  *height = m->rows * m->row + m->title;
}

static void
legend_size_in (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                               guint columns, double *width, double *height)
{
  Measures m;

  measure_legend (layout, panel, pl, pl->plot.width, &m);
  m.columns = columns;
  m.rows = (pl->entries->len + columns - 1) / columns;
  sum_legend (layout, panel, &m, width, height);
}

void
plateau_layout_legend_size (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                            double max_width, double *width, double *height)
{
  Measures m;

  *width = *height = 0;
  if (pl->entries->len == 0)
    return;
  measure_legend (layout, panel, pl, max_width, &m);
  sum_legend (layout, panel, &m, width, height);
  pl->legend_columns = m.columns;
}

/* Where each entry lies, in columns that fill downwards. */
static void
place_entries (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  Measures m;

  measure_legend (layout, panel, pl, pl->plot.width, &m);
  m.columns = pl->legend_columns;
  m.rows = (pl->entries->len + m.columns - 1) / m.columns;
  for (guint i = 0; i < pl->entries->len; i++)
    {
      PlateauLegendEntry *entry = g_ptr_array_index (pl->entries, i);
      guint column = i / m.rows, row = i % m.rows;
      double width = m.key + m.gap + m.text;

      entry->area = (PlateauRect){ pl->legend.x + column * (width + layout->style->text),
                                   pl->legend.y + m.title + row * m.row, width, m.row };
    }
}

/* The freest place for the legend in one column, or in more when that covers less. */
static void
place_best (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
            const PlateauOccupancy *o, double pad)
{
  guint own = panel->legend.columns, most = own > 0 ? own : MIN (pl->entries->len, 4);
  guint least = G_MAXUINT, chosen = 1;

  for (guint columns = own > 0 ? own : 1; columns <= most && least > 0; columns++)
    {
      PlateauRect found = { 0 };
      double width, height;
      guint covered;

      legend_size_in (layout, panel, pl, columns, &width, &height);
      if (columns > 1 && own == 0 && width > pl->plot.width - 2 * pad)
        break;
      covered = find_room (o, width, height, pad, 1, 0, TRUE, &found);
      if (covered < least)
        {
          least = covered;
          pl->legend = found;
          chosen = columns;
        }
    }
  pl->legend_columns = chosen;
  pl->legend_covers_data = least > 0 || pl->legend.width > pl->plot.width - pad
                           || pl->legend.height > pl->plot.height - pad;
}

void
plateau_layout_place_legend (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                             PlateauOccupancy *o)
{
  static const double shares[][2] = {
    [PLATEAU_PLACE_BEST] = { 1, 0 },         [PLATEAU_PLACE_TOP_LEFT] = { 0, 0 },
    [PLATEAU_PLACE_TOP] = { 0.5, 0 },        [PLATEAU_PLACE_TOP_RIGHT] = { 1, 0 },
    [PLATEAU_PLACE_LEFT] = { 0, 0.5 },       [PLATEAU_PLACE_CENTRE] = { 0.5, 0.5 },
    [PLATEAU_PLACE_RIGHT] = { 1, 0.5 },      [PLATEAU_PLACE_BOTTOM_LEFT] = { 0, 1 },
    [PLATEAU_PLACE_BOTTOM] = { 0.5, 1 },     [PLATEAU_PLACE_BOTTOM_RIGHT] = { 1, 1 },
  };
  const PlateauStyle *style = layout->style;
  double pad = 0.9 * style->text, width, height;
  PlateauPlace place = pl->legend_place;

  pl->legend = (PlateauRect){ 0 };
  pl->legend_covers_data = FALSE;
  plateau_layout_legend_size (
      layout, panel, pl,
      place == PLATEAU_PLACE_OUTSIDE_BOTTOM ? pl->cell.width : pl->plot.width, &width, &height);
  if (width <= 0)
    return;
  switch (place)
    {
    case PLATEAU_PLACE_OUTSIDE_RIGHT:
      pl->legend = (PlateauRect){ pl->cell.x + pl->cell.width - width - 0.3 * style->text,
                                  pl->plot.y, width, height };
      break;
    case PLATEAU_PLACE_OUTSIDE_BOTTOM:
      pl->legend = (PlateauRect){
        CLAMP (pl->plot.x + (pl->plot.width - width) / 2, pl->cell.x,
               MAX (pl->cell.x, pl->cell.x + pl->cell.width - width)),
        pl->cell.y + pl->cell.height - height, width, height
      };
      break;
    case PLATEAU_PLACE_FREE:
      pl->legend
          = (PlateauRect){ pl->plot.x + CLAMP (panel->legend.x, -1, 2) * pl->plot.width,
                           pl->plot.y + CLAMP (panel->legend.y, -1, 2) * pl->plot.height, width,
                           height };
      break;
    case PLATEAU_PLACE_BEST:
      place_best (layout, panel, pl, o, pad);
      break;
    case PLATEAU_PLACE_TOP_LEFT:
    case PLATEAU_PLACE_TOP:
    case PLATEAU_PLACE_TOP_RIGHT:
    case PLATEAU_PLACE_LEFT:
    case PLATEAU_PLACE_CENTRE:
    case PLATEAU_PLACE_RIGHT:
    case PLATEAU_PLACE_BOTTOM_LEFT:
    case PLATEAU_PLACE_BOTTOM:
    case PLATEAU_PLACE_BOTTOM_RIGHT:
      pl->legend = (PlateauRect){
        pl->plot.x + pad + shares[place][0] * MAX (pl->plot.width - width - 2 * pad, 0),
        pl->plot.y + pad + shares[place][1] * MAX (pl->plot.height - height - 2 * pad, 0), width,
        height
      };
      pl->legend_covers_data = plateau_occupancy_count (o, &pl->legend) > 0;
      break;
    case PLATEAU_PLACE_HIDDEN:
    default:
      return;
    }
  plateau_occupancy_add_rect (o, &pl->legend);
  place_entries (layout, panel, pl);
}

/* ---- Annotations ---- */

static double
annotation_coordinate (PlateauCoordinates coordinates, const PlateauMapping *m, double value)
{
  return coordinates == PLATEAU_COORDINATES_DATA ? plateau_mapping_apply (m, value)
                                                 : m->start + m->length * value;
}

static gboolean
lies_within (const PlateauRect *area, const PlateauRect *box)
{
  return box->x >= area->x && box->y >= area->y && box->x + box->width <= area->x + area->width
         && box->y + box->height <= area->y + area->height;
}

static void
place_annotation (PlateauLayout *layout, PlateauPanelLayout *pl, const PlateauAnnotation *a,
                  PlateauOccupancy *o, PlateauTextPlace *place, PlateauRect *box)
{
  const PlateauStyle *style = layout->style;
  PlateauFont font = plateau_layout_font (style, a->small ? style->small : style->text);
  PlateauMapping x, y;

  font.bold = a->bold;
  plateau_layout_mappings (pl, FALSE, a->use_y2, &x, &y);
  *place = (PlateauTextPlace){ annotation_coordinate (a->x_coordinates, &x, a->x),
                               annotation_coordinate (a->y_coordinates, &y, a->y), a->horizontal,
                               a->vertical, 0 };
  if (a->kind == PLATEAU_ANNOTATION_WINDOW || a->kind == PLATEAU_ANNOTATION_LINE)
    {
      /* Texts of windows stand in the middle at the top; of level lines above at the left. */
      if (isnan (a->y) && !isnan (a->x))
        {
          double end = isnan (a->x1) ? a->x : a->x1;
          double x0 = annotation_coordinate (a->x_coordinates, &x, a->x);
          double x1 = annotation_coordinate (a->x_coordinates, &x, end);

          x0 = CLAMP (x0, pl->plot.x, pl->plot.x + pl->plot.width);
          x1 = CLAMP (x1, pl->plot.x, pl->plot.x + pl->plot.width);
          *place = (PlateauTextPlace){ (x0 + x1) / 2, pl->plot.y + 0.5 * font.size,
                                       PLATEAU_ANCHOR_MIDDLE, PLATEAU_ANCHOR_START, 0 };
        }
      else if (!isnan (a->y) && isnan (a->x))
        *place = (PlateauTextPlace){ pl->plot.x + font.size,
                                     annotation_coordinate (a->y_coordinates, &y, a->y)
                                         - 0.25 * font.size,
                                     PLATEAU_ANCHOR_START, PLATEAU_ANCHOR_END, 0 };
    }
  if (!a->text || !*a->text || !isfinite (place->x) || !isfinite (place->y))
    {
      *box = (PlateauRect){ place->x, place->y, 0, 0 };
      return;
    }
  *box = plateau_text_box (a->text, &font, place);
  if (a->avoid && (plateau_occupancy_count (o, box) > 0 || !lies_within (&pl->plot, box)))
    {
      PlateauRect found = *box;
      double free_x = MAX (pl->plot.width - box->width, 1);
      double free_y = MAX (pl->plot.height - box->height, 1);

      /* Where nothing is free it is left out: it would hide data or another text. */
      if (find_room (o, box->width, box->height, 0.6 * style->text,
                     CLAMP ((box->x - pl->plot.x) / free_x, 0, 1),
                     CLAMP ((box->y - pl->plot.y) / free_y, 0, 1), FALSE, &found)
              > 0
          || found.width > pl->plot.width)
        {
          place->x = NAN;
          *box = (PlateauRect){ 0 };
          return;
        }
      place->x += found.x - box->x;
      place->y += found.y - box->y;
      *box = found;
    }
  plateau_occupancy_add_rect (o, box);
}

/* Small texts that name things side by side (rates, windows, potentials of a stack): where they
 * would lie on each other, the later one is left out. */
static void
drop_if_crowded (PlateauPanel *panel, PlateauPanelLayout *pl, guint index)
{
  const PlateauAnnotation *a = &g_array_index (panel->annotations, PlateauAnnotation, index);
  PlateauRect *box = &g_array_index (pl->annotation_boxes, PlateauRect, index);

  for (guint i = 0; i < index && a->small && box->width > 0; i++)
    {
      const PlateauAnnotation *b = &g_array_index (panel->annotations, PlateauAnnotation, i);
      PlateauRect other = g_array_index (pl->annotation_boxes, PlateauRect, i);

      other.x -= 1;
      other.width += 2;
      other.y += 0.15 * other.height; /* a line's box is higher than its letters */
      other.height *= 0.7;
      if (b->small && !b->avoid && other.width > 2 && plateau_rect_overlaps (&other, box))
        {
          g_array_index (pl->annotation_places, PlateauTextPlace, index).x = NAN;
          *box = (PlateauRect){ 0 };
        }
    }
}

void
plateau_layout_place_annotations (PlateauLayout *layout, PlateauPanel *panel,
                                  PlateauPanelLayout *pl, PlateauOccupancy *o)
{
  guint n = panel->annotations->len;

  g_clear_pointer (&pl->annotation_places, g_array_unref);
  g_clear_pointer (&pl->annotation_boxes, g_array_unref);
  pl->annotation_places = g_array_sized_new (FALSE, TRUE, sizeof (PlateauTextPlace), n);
  pl->annotation_boxes = g_array_sized_new (FALSE, TRUE, sizeof (PlateauRect), n);
  g_array_set_size (pl->annotation_places, n);
  g_array_set_size (pl->annotation_boxes, n);
  /* Those that stand where they are told come first, the others look for what is left. */
  for (int pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < n; i++)
        {
          const PlateauAnnotation *a = &g_array_index (panel->annotations, PlateauAnnotation, i);

          if (a->avoid != (pass == 1))
            continue;
          place_annotation (layout, pl, a, o,
                            &g_array_index (pl->annotation_places, PlateauTextPlace, i),
                            &g_array_index (pl->annotation_boxes, PlateauRect, i));
          if (!a->avoid)
            drop_if_crowded (panel, pl, i);
        }
      if (pass == 0)
        plateau_layout_place_scale_bar (layout, panel, pl, o);
    }
}
