/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-layout-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

typedef struct
{
  PlateauLayout *layout;
  PlateauCanvas *canvas;
  const PlateauStyle *style;
  PlateauPanel *panel;
  PlateauPanelLayout *pl;
} Draw;

static PlateauRgba
simple_colour (const Draw *d, PlateauColourKind kind)
{
  PlateauColour colour = plateau_colour_simple (kind);

  return plateau_colour_resolve (&colour, d->layout->theme, TRUE);
}

static PlateauRgba
axis_colour (const Draw *d)
{
  static const guint32 lines[PLATEAU_N_THEMES] = {
    [PLATEAU_THEME_PAPER] = 0x000000,         [PLATEAU_THEME_LIGHT] = 0x3D3846,
    [PLATEAU_THEME_DARK] = 0xB5B3AE,          [PLATEAU_THEME_CONTRAST] = 0x000000,
    [PLATEAU_THEME_CONTRAST_DARK] = 0xFFFFFF,
  };
  PlateauColour colour = plateau_colour_fixed (lines[d->layout->theme]);

  return colour.rgb;
}

static PlateauPen
pen_of (PlateauRgba colour, double width)
{
  return (PlateauPen){ .colour = colour, .width = width };
}

static void
draw_grid (const Draw *d)
{
  PlateauPen pen = pen_of (simple_colour (d, PLATEAU_COLOUR_GRID), d->style->grid_line);
  const PlateauRect *p = &d->pl->plot;

  if (!d->style->grid)
    return;
  for (guint axis = 0; axis <= PLATEAU_AXIS_Y; axis++)
    for (guint i = 0; i < d->pl->ticks[axis]->len; i++)
      {
        const PlateauLaidTick *t = &g_array_index (d->pl->ticks[axis], PlateauLaidTick, i);
        double x = p->x + t->share * p->width, y = p->y + p->height - t->share * p->height;

        if (!t->major)
          continue;
        if (axis == PLATEAU_AXIS_X)
          plateau_canvas_line (d->canvas, x, p->y, x, p->y + p->height, &pen);
        else
          plateau_canvas_line (d->canvas, p->x, y, p->x + p->width, y, &pen);
      }
}

static gboolean
side_has_axis (const Draw *d, PlateauAxisId id)
{
  return d->panel->axes[id].used;
}

/* Ticks of one axis, inwards, also at the opposite side when that has no axis of its own. */
static void
draw_ticks (const Draw *d, PlateauAxisId id)
{
  PlateauPen major = pen_of (axis_colour (d), d->style->axis_line);
  PlateauPen minor = pen_of (axis_colour (d), MAX (d->style->guide_line, 0.66 * d->style->axis_line));
  const PlateauRect *p = &d->pl->plot;
  gboolean horizontal = id == PLATEAU_AXIS_X || id == PLATEAU_AXIS_X2;
  gboolean mirrored = d->style->ticks_all_sides
                      && ((id == PLATEAU_AXIS_X && !side_has_axis (d, PLATEAU_AXIS_X2))
                          || (id == PLATEAU_AXIS_Y && !side_has_axis (d, PLATEAU_AXIS_Y2)));

  for (guint i = 0; i < d->pl->ticks[id]->len; i++)
    {
      const PlateauLaidTick *t = &g_array_index (d->pl->ticks[id], PlateauLaidTick, i);
      double length = t->major ? d->style->tick_major : d->style->tick_minor;
      const PlateauPen *pen = t->major ? &major : &minor;
      double x = p->x + t->share * p->width, y = p->y + p->height - t->share * p->height;
      double near_ = id == PLATEAU_AXIS_X    ? p->y + p->height
                     : id == PLATEAU_AXIS_X2 ? p->y
                     : id == PLATEAU_AXIS_Y  ? p->x
                                             : p->x + p->width;
      double far_ = id == PLATEAU_AXIS_X ? p->y : p->x + p->width;
      double sign = id == PLATEAU_AXIS_X || id == PLATEAU_AXIS_Y2 ? -1 : 1;

      if (t->share < 1e-6 || t->share > 1 - 1e-6)
        continue;
      if (horizontal)
        plateau_canvas_line (d->canvas, x, near_, x, near_ + sign * length, pen);
      else
        plateau_canvas_line (d->canvas, near_, y, near_ + sign * length, y, pen);
      if (mirrored && horizontal)
        plateau_canvas_line (d->canvas, x, far_, x, far_ - sign * length, pen);
      else if (mirrored)
        plateau_canvas_line (d->canvas, far_, y, far_ - sign * length, y, pen);
    }
}

static void
draw_tick_labels (const Draw *d, PlateauAxisId id)
{
  PlateauFont font = plateau_layout_font (d->style, d->style->tick);
  PlateauRgba ink = plateau_colour_resolve (&d->panel->axes[id].colour, d->layout->theme, TRUE);
  const PlateauRect *p = &d->pl->plot;

  for (guint i = 0; i < d->pl->ticks[id]->len; i++)
    {
      const PlateauLaidTick *t = &g_array_index (d->pl->ticks[id], PlateauLaidTick, i);
      PlateauTextPlace place = { p->x + t->share * p->width, p->y + p->height - t->share * p->height,
                                 PLATEAU_ANCHOR_MIDDLE, PLATEAU_ANCHOR_MIDDLE, 0 };

      if (!t->label)
        continue;
      switch (id)
        {
        case PLATEAU_AXIS_X:
          place.y = p->y + p->height + d->style->pad;
          place.vertical = PLATEAU_ANCHOR_START;
          break;
        case PLATEAU_AXIS_X2:
          place.y = p->y - d->style->pad;
          place.vertical = PLATEAU_ANCHOR_END;
          break;
        case PLATEAU_AXIS_Y:
          place.x = p->x - d->style->pad;
          place.horizontal = PLATEAU_ANCHOR_END;
          break;
        case PLATEAU_AXIS_Y2:
        case PLATEAU_N_AXES:
        default:
          place.x = p->x + p->width + d->style->pad;
          place.horizontal = PLATEAU_ANCHOR_START;
          break;
        }
      plateau_canvas_text (d->canvas, t->label, &font, &ink, &place);
    }
}

static void
draw_axis_titles (const Draw *d)
{
  PlateauFont font = plateau_layout_font (d->style, d->style->text);

  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    if (d->pl->titles[i] && *d->pl->titles[i])
      {
        PlateauRgba ink
            = plateau_colour_resolve (&d->panel->axes[i].colour, d->layout->theme, TRUE);
        plateau_canvas_text (d->canvas, d->pl->titles[i], &font, &ink, &d->pl->title_places[i]);
      }
}

static void
draw_box (const Draw *d)
{
  PlateauPen pen = pen_of (axis_colour (d), d->style->axis_line);
  const PlateauRect *p = &d->pl->plot;

  if (d->style->box)
    plateau_canvas_rectangle (d->canvas, p, &pen, NULL);
  else
    {
      double xy[] = { p->x, p->y, p->x, p->y + p->height, p->x + p->width, p->y + p->height };
      plateau_canvas_polyline (d->canvas, xy, 3, FALSE, &pen, NULL);
    }
}

static double
coordinate (PlateauCoordinates coordinates, const PlateauMapping *m, double value)
{
  return coordinates == PLATEAU_COORDINATES_DATA ? plateau_mapping_apply (m, value)
                                                 : m->start + m->length * value;
}

/* Strokes at 45 degrees through @r, from its lower left to its upper right. */
static void
draw_hatching (const Draw *d, const PlateauRect *r)
{
  PlateauColour dim = plateau_colour_simple (PLATEAU_COLOUR_DIM);
  PlateauPen pen
      = pen_of (plateau_colour_resolve (&dim, d->layout->theme, FALSE), d->style->guide_line);
  double left = MAX (r->x, d->pl->plot.x), bottom = r->y + r->height;
  double right = MIN (r->x + r->width, d->pl->plot.x + d->pl->plot.width);
  double gap = 0.6 * d->style->text;

  for (double x = floor (left / gap) * gap - r->height; x < right; x += gap)
    {
      double x0 = MAX (x, left), x1 = MIN (x + r->height, right);

      if (x1 > x0)
        plateau_canvas_line (d->canvas, x0, bottom - (x0 - x), x1, bottom - (x1 - x), &pen);
    }
}

static void
draw_window (const Draw *d, const PlateauAnnotation *a, const PlateauMapping *x,
             const PlateauMapping *y)
{
  const PlateauRect *p = &d->pl->plot;
  PlateauRgba colour = plateau_colour_resolve (&a->colour, d->layout->theme, FALSE);
  double x0 = isnan (a->x) ? p->x : coordinate (a->x_coordinates, x, a->x);
  double x1 = isnan (a->x1) ? p->x + p->width : coordinate (a->x_coordinates, x, a->x1);
  double y0 = isnan (a->y) ? p->y : coordinate (a->y_coordinates, y, a->y);
  double y1 = isnan (a->y1) ? p->y + p->height : coordinate (a->y_coordinates, y, a->y1);
  PlateauRect r = { MIN (x0, x1), MIN (y0, y1), fabs (x1 - x0), fabs (y1 - y0) };

  if (!isfinite (r.x + r.y + r.width + r.height))
    return;
  if (a->handle && r.width > 4 * d->style->axis_line)
    { /* a sliver of paper between neighbours */
      r.x += d->style->axis_line;
      r.width -= 2 * d->style->axis_line;
    }
  if (a->hatched)
    draw_hatching (d, &r);
  else
    plateau_canvas_rectangle (d->canvas, &r, NULL, &colour);
}

static void
draw_reference (const Draw *d, const PlateauAnnotation *a, const PlateauMapping *x,
                const PlateauMapping *y)
{
  const PlateauRect *p = &d->pl->plot;
  PlateauPen pen = pen_of (plateau_colour_resolve (&a->colour, d->layout->theme, FALSE),
                           d->style->guide_line);
  double x0 = isnan (a->x) ? p->x : coordinate (a->x_coordinates, x, a->x);
  double y0 = isnan (a->y) ? p->y : coordinate (a->y_coordinates, y, a->y);
  double x1 = isnan (a->x)    ? p->x + p->width
              : isnan (a->x1) ? x0
                              : coordinate (a->x_coordinates, x, a->x1);
  double y1 = isnan (a->y)    ? p->y + p->height
              : isnan (a->y1) ? y0
                              : coordinate (a->y_coordinates, y, a->y1);

  plateau_pen_set_dash (&pen, a->dash);
  if (isfinite (x0 + x1 + y0 + y1))
    plateau_canvas_line (d->canvas, x0, y0, x1, y1, &pen);
}

static void
draw_arrow (const Draw *d, const PlateauAnnotation *a, const PlateauMapping *x,
            const PlateauMapping *y)
{
  PlateauPen pen = pen_of (plateau_colour_resolve (&a->colour, d->layout->theme, FALSE),
                           MAX (d->style->axis_line, d->style->guide_line));
  double x0 = coordinate (a->x_coordinates, x, a->x), y0 = coordinate (a->y_coordinates, y, a->y);
  double x1 = coordinate (a->x_coordinates, x, a->x1), y1 = coordinate (a->y_coordinates, y, a->y1);
  double length = hypot (x1 - x0, y1 - y0), size = 0.75 * d->style->text;
  double ux, uy;

  if (!isfinite (length) || length < 1)
    return;
  size = MIN (size, 0.6 * length);
  ux = (x1 - x0) / length;
  uy = (y1 - y0) / length;
  {
    double head[] = { x1, y1, x1 - size * ux + 0.33 * size * uy, y1 - size * uy - 0.33 * size * ux,
                      x1 - size * ux - 0.33 * size * uy, y1 - size * uy + 0.33 * size * ux };

    plateau_canvas_line (d->canvas, x0, y0, x1 - 0.8 * size * ux, y1 - 0.8 * size * uy, &pen);
    plateau_canvas_polyline (d->canvas, head, 3, TRUE, NULL, &pen.colour);
  }
}

static void
draw_annotations (const Draw *d, gboolean behind)
{
  for (guint i = 0; i < d->panel->annotations->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (d->panel->annotations, PlateauAnnotation, i);
      PlateauMapping x, y;

      plateau_layout_mappings (d->pl, FALSE, a->use_y2, &x, &y);
      if ((a->kind == PLATEAU_ANNOTATION_WINDOW) == behind)
        switch (a->kind)
          {
          case PLATEAU_ANNOTATION_WINDOW:
            draw_window (d, a, &x, &y);
            break;
          case PLATEAU_ANNOTATION_LINE:
            draw_reference (d, a, &x, &y);
            break;
          case PLATEAU_ANNOTATION_ARROW:
            draw_arrow (d, a, &x, &y);
            break;
          case PLATEAU_ANNOTATION_RECTANGLE:
            {
              PlateauPen pen = pen_of (plateau_colour_resolve (&a->colour, d->layout->theme, FALSE),
                                       d->style->guide_line);
              double x0 = coordinate (a->x_coordinates, &x, a->x);
              double y0 = coordinate (a->y_coordinates, &y, a->y);
              double x1 = coordinate (a->x_coordinates, &x, a->x1);
              double y1 = coordinate (a->y_coordinates, &y, a->y1);
              PlateauRect r = { MIN (x0, x1), MIN (y0, y1), fabs (x1 - x0), fabs (y1 - y0) };

              if (isfinite (r.x + r.y + r.width + r.height))
                plateau_canvas_rectangle (d->canvas, &r, &pen, NULL);
              break;
            }
          case PLATEAU_ANNOTATION_TEXT:
          default:
            break;
          }
    }
}

/* Thin lines that part the plot leave out what is written over them. */
static void
clear_guides (const Draw *d, const PlateauRect *box)
{
  PlateauRgba paper = plateau_theme_get_paper (d->layout->theme);
  PlateauMapping x, y;

  plateau_layout_mappings (d->pl, FALSE, FALSE, &x, &y);
  for (guint i = 0; i < d->panel->annotations->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (d->panel->annotations, PlateauAnnotation, i);
      double at = coordinate (a->x_coordinates, &x, a->x);

      if (a->kind == PLATEAU_ANNOTATION_LINE && a->colour.kind == PLATEAU_COLOUR_GRID
          && isnan (a->y) && at > box->x && at < box->x + box->width)
        {
          PlateauRect gap = { at - 1, box->y, 2, box->height };
          plateau_canvas_rectangle (d->canvas, &gap, NULL, &paper);
        }
    }
}

static void
draw_annotation_texts (const Draw *d)
{
  for (guint i = 0; i < d->panel->annotations->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (d->panel->annotations, PlateauAnnotation, i);
      const PlateauTextPlace *place
          = &g_array_index (d->pl->annotation_places, PlateauTextPlace, i);
      PlateauFont font
          = plateau_layout_font (d->style, a->small ? d->style->small : d->style->text);
      PlateauColour dim = plateau_colour_simple (PLATEAU_COLOUR_DIM);
      gboolean muted = a->kind == PLATEAU_ANNOTATION_WINDOW
                       || a->colour.kind == PLATEAU_COLOUR_GRID;
      PlateauRgba colour
          = plateau_colour_resolve (muted ? &dim : &a->colour, d->layout->theme, TRUE);

      font.bold = a->bold;
      if (!a->text || !isfinite (place->x) || !isfinite (place->y))
        continue;
      clear_guides (d, &g_array_index (d->pl->annotation_boxes, PlateauRect, i));
      plateau_canvas_text (d->canvas, a->text, &font, &colour, place);
    }
}

static void
draw_legend (const Draw *d)
{
  PlateauFont font = plateau_layout_font (d->style, d->style->text);
  PlateauRgba ink = simple_colour (d, PLATEAU_COLOUR_INK);
  double key = plateau_layout_key_width (d->panel, d->pl, d->style), gap = 0.3 * d->style->text;

  if (d->pl->legend.width <= 0)
    return;
  if (!d->pl->legend_covers_data)
    clear_guides (d, &d->pl->legend);
  plateau_canvas_begin_group (d->canvas, "legend", 1);
  if (d->panel->legend.title && *d->panel->legend.title)
    {
      PlateauTextPlace place = { d->pl->legend.x, d->pl->legend.y, PLATEAU_ANCHOR_START,
                                 PLATEAU_ANCHOR_START, 0 };
      plateau_canvas_text (d->canvas, d->panel->legend.title, &font, &ink, &place);
    }
  for (guint i = 0; i < d->pl->entries->len; i++)
    {
      PlateauLegendEntry *entry = g_ptr_array_index (d->pl->entries, i);
      const char *shown = plateau_legend_shown (d->panel, entry->label);
      guint keys[4], n = plateau_layout_entry_keys (d->panel, entry, keys, 4);
      PlateauExtents extents;
      PlateauTextPlace place;

      for (guint k = 0; k < n; k++)
        {
          PlateauLayer *layer = g_ptr_array_index (d->panel->layers, keys[k]);
          PlateauRect area = { entry->area.x + k * (key + gap), entry->area.y, key,
                               entry->area.height };

          if (!plateau_layout_is_hidden (d->layout, layer))
            plateau_draw_key (d->canvas, &layer->style, d->style, d->layout->theme, &area);
        }
      plateau_text_measure (shown, &font, &extents);
      /* All names begin at one x. */
      place = (PlateauTextPlace){ entry->area.x + entry->area.width, entry->area.y
                                      + entry->area.height / 2,
                                  PLATEAU_ANCHOR_START, PLATEAU_ANCHOR_MIDDLE, 0 };
      place.x = entry->area.x;
      {
        guint most = 1, other[4];
        for (guint j = 0; j < d->pl->entries->len; j++)
          most = MAX (most, plateau_layout_entry_keys (
                                d->panel, g_ptr_array_index (d->pl->entries, j), other, 4));
        place.x += most * key + (most - 1) * gap + 0.6 * d->style->text;
      }
      plateau_canvas_text (d->canvas, shown, &font, &ink, &place);
    }
  plateau_canvas_end_group (d->canvas);
}

#define BAR_STEPS 128

static void
draw_colour_bar (const Draw *d)
{
  const PlateauRect *b = &d->pl->colour_bar;
  const PlateauColourBar *bar = &d->panel->colour_bar;
  PlateauScale scale = { bar->scale, bar->min, bar->max, FALSE };
  PlateauFont font = plateau_layout_font (d->style, bar->inside ? d->style->small : d->style->tick);
  PlateauFont title_font = plateau_layout_font (d->style, bar->inside ? d->style->small : d->style->text);
  PlateauPen pen = pen_of (axis_colour (d), bar->inside ? d->style->guide_line : d->style->axis_line);
  PlateauRgba ink = simple_colour (d, PLATEAU_COLOUR_INK);
  guint32 pixels[BAR_STEPS];
  double most = 0;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));

  if (b->width <= 0)
    return;
  plateau_canvas_begin_group (d->canvas, "colour bar", 1);
  for (guint i = 0; i < BAR_STEPS; i++)
    {
      double amount = (bar->inside ? i : BAR_STEPS - 1 - i) / (BAR_STEPS - 1.0);
      PlateauRgba c = plateau_palette_get (bar->palette, d->layout->theme, amount);
      pixels[i] = 0xff000000u | (guint)(c.r * 255 + 0.5) << 16 | (guint)(c.g * 255 + 0.5) << 8
                  | (guint)(c.b * 255 + 0.5);
    }
  plateau_canvas_image (d->canvas, b, bar->inside ? BAR_STEPS : 1, bar->inside ? 1 : BAR_STEPS,
                        pixels);
  plateau_canvas_rectangle (d->canvas, b, &pen, NULL);
  /* The ends come last in the list and first here. */
  for (guint i = d->pl->colour_bar_ticks->ticks->len; i > 0; i--)
    {
      const PlateauTick *t = &g_array_index (d->pl->colour_bar_ticks->ticks, PlateauTick, i - 1);
      double share = plateau_scale_map (&scale, t->value);
      PlateauExtents extents;

      if (!t->label)
        continue;
      plateau_text_measure (t->label, &font, &extents);
      if (bar->inside)
        {
          PlateauTextPlace place = { b->x + share * b->width, b->y + b->height + 0.2 * font.size,
                                     PLATEAU_ANCHOR_MIDDLE, PLATEAU_ANCHOR_START, 0 };

          gboolean free_ = TRUE;

          for (guint k = 0; k + 1 < taken->len; k += 2)
            free_ = free_
                    && fabs (place.x - g_array_index (taken, double, k))
                           > extents.width / 2 + g_array_index (taken, double, k + 1)
                                 + 0.4 * font.size;
          if (!free_)
            continue;
          {
            double half[2] = { place.x, extents.width / 2 };
            g_array_append_vals (taken, half, 2);
          }
          plateau_canvas_text (d->canvas, t->label, &font, &ink, &place);
        }
      else
        {
          double y = b->y + b->height * (1 - share);
          PlateauTextPlace place = { b->x + b->width + d->style->pad, y, PLATEAU_ANCHOR_START,
                                     PLATEAU_ANCHOR_MIDDLE, 0 };

          if (share > 1e-6 && share < 1 - 1e-6)
            plateau_canvas_line (d->canvas, b->x + b->width - 0.8 * d->style->tick_major, y,
                                 b->x + b->width, y, &pen);
          most = MAX (most, extents.width);
          plateau_canvas_text (d->canvas, t->label, &font, &ink, &place);
        }
    }
  if (bar->title)
    {
      PlateauTextPlace place = { b->x + b->width + 2 * d->style->pad + most, b->y + b->height / 2,
                                 PLATEAU_ANCHOR_MIDDLE, PLATEAU_ANCHOR_START, -G_PI_2 };

      if (bar->inside)
        place = (PlateauTextPlace){ b->x, b->y - 0.15 * font.size, PLATEAU_ANCHOR_START,
                                    PLATEAU_ANCHOR_END, 0 };
      plateau_canvas_text (d->canvas, bar->title, &title_font, &ink, &place);
    }
  plateau_canvas_end_group (d->canvas);
}

static void
draw_scale_bar (const Draw *d)
{
  PlateauFont font = plateau_layout_font (d->style, d->style->text);
  PlateauRgba ink = simple_colour (d, PLATEAU_COLOUR_INK);
  PlateauPen pen = pen_of (ink, 1.4 * d->style->axis_line);
  const PlateauRect *box = &d->pl->scale_bar_box;
  PlateauTextPlace place = { box->x + 1.2 * d->style->text, box->y + box->height / 2,
                             PLATEAU_ANCHOR_START, PLATEAU_ANCHOR_MIDDLE, 0 };
  double x = box->x + 0.5 * d->style->text;
  g_autofree char *text = NULL;

  if (!(d->pl->scale_bar > 0))
    return;
  place.y = MAX (place.y, box->y + 0.6 * d->style->text);
  text = plateau_layout_scale_bar_text (d->panel, d->pl);
  plateau_canvas_line (d->canvas, x, box->y, x, box->y + box->height, &pen);
  plateau_canvas_text (d->canvas, text, &font, &ink, &place);
}

static void
draw_layers (const Draw *d, PlateauPanelLayout *pl, int highlight)
{
  for (guint i = 0; i < d->panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (d->panel->layers, i);

      if (!plateau_layout_is_hidden (d->layout, layer) && (int)i != highlight)
        plateau_draw_layer (d->layout, d->panel, pl, layer, d->canvas, 1, highlight >= 0 ? 0.6 : 1);
    }
  if (highlight >= 0 && highlight < (int)d->panel->layers->len)
    {
      PlateauLayer *layer = g_ptr_array_index (d->panel->layers, highlight);
      if (!plateau_layout_is_hidden (d->layout, layer))
        plateau_draw_layer (d->layout, d->panel, pl, layer, d->canvas, 1.35, 1);
    }
}

static void
draw_inset (const Draw *outer, const PlateauInset *inset)
{
  const PlateauRect *p = &outer->pl->plot;
  PlateauPanelLayout pl = *outer->pl;
  PlateauPanel panel = *outer->panel;
  Draw d = *outer;
  PlateauStyle style = *outer->style;
  PlateauLayout layout = *outer->layout;
  PlateauOccupancy occupancy;
  PlateauMapping x, y;
  PlateauPen frame = pen_of (axis_colour (outer), style.axis_line);
  PlateauPen guide = pen_of (simple_colour (outer, PLATEAU_COLOUR_DIM), style.guide_line);
  PlateauRgba paper = plateau_theme_get_paper (layout.theme);
  double x0, x1, y0, y1;

  plateau_layout_mappings (outer->pl, FALSE, FALSE, &x, &y);
  guide.colour.a = 0.7;
  pl.plot = (PlateauRect){ p->x + inset->area.x * p->width, p->y + inset->area.y * p->height,
                           inset->area.width * p->width, inset->area.height * p->height };
  x0 = plateau_mapping_apply (&x, inset->x_min);
  x1 = plateau_mapping_apply (&x, inset->x_max);
  y0 = plateau_mapping_apply (&y, inset->y_max);
  y1 = plateau_mapping_apply (&y, inset->y_min);
  if (inset->leaders && isfinite (x0 + x1 + y0 + y1))
    {
      PlateauRect source = { x0, y0, x1 - x0, y1 - y0 };
      double left = pl.plot.x > x0 ? pl.plot.x : pl.plot.x + pl.plot.width;
      double from = pl.plot.x > x0 ? (inset->ticks_right ? x0 : x1) : x0;

      plateau_canvas_rectangle (d.canvas, &source, &guide, NULL);
      if (pl.plot.x < x1 && pl.plot.x + pl.plot.width > x0)
        {
          /* One above the other: the facing sides. */
          double end = pl.plot.y + pl.plot.height <= y0 ? y0 : y1;
          double begin = end == y0 ? pl.plot.y + pl.plot.height : pl.plot.y;

          plateau_canvas_line (d.canvas, x0, end, pl.plot.x, begin, &guide);
          plateau_canvas_line (d.canvas, x1, end, pl.plot.x + pl.plot.width, begin, &guide);
        }
      else
        {
          plateau_canvas_line (d.canvas, from, y0, left, pl.plot.y, &guide);
          plateau_canvas_line (d.canvas, inset->ticks_right ? x1 : from,
                               inset->ticks_right ? y0 : y1, left, pl.plot.y + pl.plot.height,
                               &guide);
        }
    }
  plateau_canvas_rectangle (d.canvas, &pl.plot, NULL, &paper);
  pl.scales[PLATEAU_AXIS_X].min = inset->x_min;
  pl.scales[PLATEAU_AXIS_X].max = inset->x_max;
  pl.scales[PLATEAU_AXIS_Y].min = inset->y_min;
  pl.scales[PLATEAU_AXIS_Y].max = inset->y_max;
  memset (pl.ticks, 0, sizeof pl.ticks);
  memset (pl.titles, 0, sizeof pl.titles);
  memset (pl.inner, 0, sizeof pl.inner);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      panel.axes[i].step = NAN;
      panel.axes[i].used = i <= PLATEAU_AXIS_Y;
    }
  style.tick *= 0.95;
  style.tick_space_x *= 0.8;
  style.tick_space_y *= 0.8;
  style.grid = FALSE;
  layout.style = &style;
  d.layout = &layout;
  d.panel = &panel;
  d.pl = &pl;
  d.style = &style;
  pl.point_labels = NULL;
  plateau_layout_place_ticks (&layout, &panel, &pl);
  plateau_occupancy_init (&occupancy, &layout, &panel, &pl, TRUE);
  plateau_layout_place_point_labels (&layout, &panel, &pl, &occupancy);
  plateau_occupancy_clear (&occupancy);
  plateau_canvas_push_clip (d.canvas, &pl.plot);
  draw_layers (&d, &pl, -1);
  plateau_canvas_pop_clip (d.canvas);
  plateau_canvas_rectangle (d.canvas, &pl.plot, &frame, NULL);
  draw_ticks (&d, PLATEAU_AXIS_X);
  draw_ticks (&d, PLATEAU_AXIS_Y);
  draw_tick_labels (&d, PLATEAU_AXIS_X);
  if (inset->ticks_right)
    {
      GArray *ticks = pl.ticks[PLATEAU_AXIS_Y2];

      pl.ticks[PLATEAU_AXIS_Y2] = pl.ticks[PLATEAU_AXIS_Y];
      draw_tick_labels (&d, PLATEAU_AXIS_Y2);
      pl.ticks[PLATEAU_AXIS_Y2] = ticks;
    }
  else
    draw_tick_labels (&d, PLATEAU_AXIS_Y);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      g_clear_pointer (&pl.ticks[i], g_array_unref);
      g_free (pl.titles[i]);
    }
  g_clear_pointer (&pl.point_labels, g_array_unref);
}

static void
draw_message (const Draw *d)
{
  const PlateauRect *p = &d->pl->plot;
  PlateauFont font = plateau_layout_font (d->style, d->style->text);
  PlateauRgba dim = simple_colour (d, PLATEAU_COLOUR_DIM);
  PlateauTextPlace place = { p->x + p->width / 2, p->y + p->height / 2, PLATEAU_ANCHOR_MIDDLE,
                             PLATEAU_ANCHOR_MIDDLE, 0 };
  g_auto (GStrv) words = g_strsplit (d->panel->message, " ", -1);
  g_autoptr (GString) text = g_string_new (NULL), line = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    {
      gsize before = line->len;
      PlateauExtents extents;
      g_autofree char *escaped = NULL;

      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
      escaped = g_markup_escape_text (line->str, -1);
      plateau_text_measure (escaped, &font, &extents);
      if (extents.width > 0.9 * p->width && before > 0)
        {
          g_autofree char *done = NULL;
          g_string_truncate (line, before);
          done = g_markup_escape_text (line->str, -1);
          g_string_append_printf (text, "%s<br/>", done);
          g_string_assign (line, words[i]);
        }
    }
  {
    g_autofree char *rest = g_markup_escape_text (line->str, -1);
    g_string_append (text, rest);
  }
  plateau_canvas_text (d->canvas, text->str, &font, &dim, &place);
}

static void
draw_panel (const Draw *d, int highlight)
{
  PlateauFont font = plateau_layout_font (d->style, d->style->letter);
  PlateauRgba ink = simple_colour (d, PLATEAU_COLOUR_INK);

  plateau_canvas_begin_group (d->canvas, d->panel->id, 1);
  plateau_canvas_push_clip (d->canvas, &d->pl->plot);
  draw_annotations (d, TRUE);
  draw_grid (d);
  draw_layers (d, d->pl, highlight);
  draw_annotations (d, FALSE);
  plateau_canvas_pop_clip (d->canvas);
  draw_box (d);
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    if (d->panel->axes[i].used)
      {
        draw_ticks (d, i);
        draw_tick_labels (d, i);
      }
  draw_axis_titles (d);
  draw_scale_bar (d);
  for (guint i = 0; i < d->panel->insets->len; i++)
    draw_inset (d, &g_array_index (d->panel->insets, PlateauInset, i));
  draw_annotation_texts (d);
  draw_colour_bar (d);
  draw_legend (d);
  if (d->panel->message)
    draw_message (d);
  font.bold = TRUE;
  if (d->pl->letter)
    plateau_canvas_text (d->canvas, d->pl->letter, &font, &ink, &d->pl->letter_place);
  font.size = d->style->text;
  if (d->panel->title)
    plateau_canvas_text (d->canvas, d->panel->title, &font, &ink, &d->pl->panel_title_place);
  plateau_canvas_end_group (d->canvas);
}

/**
 * plateau_layout_draw:
 * @layout: a layout
 * @canvas: where to draw, in the layout's units, origin at the page's top left
 * @options: (nullable): what stands out
 */
void
plateau_layout_draw (PlateauLayout *layout, PlateauCanvas *canvas,
                     const PlateauDrawOptions *options)
{
  static const PlateauDrawOptions none = PLATEAU_DRAW_OPTIONS_INIT;
  PlateauRect page = { 0, 0, layout->width, layout->height };
  PlateauRgba paper = plateau_theme_get_paper (layout->theme);

  if (!options)
    options = &none;
  if (!options->transparent)
    plateau_canvas_rectangle (canvas, &page, NULL, &paper);
  for (guint i = 0; i < layout->panels->len; i++)
    {
      Draw d = { layout, canvas, layout->style, g_ptr_array_index (layout->figure->panels, i),
                 g_ptr_array_index (layout->panels, i) };

      draw_panel (&d, options->highlight_panel == (int)i ? options->highlight_layer : -1);
    }
  if (layout->figure->note && *layout->figure->note && layout->theme == PLATEAU_THEME_PAPER)
    {
      PlateauFont font = plateau_layout_font (layout->style, layout->style->small);
      PlateauColour dim = plateau_colour_simple (PLATEAU_COLOUR_DIM);
      PlateauRgba colour = plateau_colour_resolve (&dim, layout->theme, TRUE);
      PlateauTextPlace place = { layout->width - 0.3 * font.size, layout->height,
                                 PLATEAU_ANCHOR_END, PLATEAU_ANCHOR_END, 0 };

      font.italic = TRUE;
      plateau_canvas_text (canvas, layout->figure->note, &font, &colour, &place);
    }
}
