/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small texts within the plot area: room above and beside the data for those that stand at its
 * edges, places for the scale bar and for texts beside points. */

#include "figure/plateau-layout-private.h"

#include <math.h>

#define EDGE 0.85 /* a text beyond this share of the plot area stands at its edge */
#define MOST_ROOM 0.6

/* ---- Room at the edges ---- */

/* The axis shows as much more at its end as leaves @share of it free of data. */
static gboolean
free_end (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl, PlateauAxisId id,
          double share)
{
  PlateauScale *scale = &pl->scales[id];
  double low, high, from, to, most;

  plateau_layout_data_extent (layout, panel, id, &low, &high);
  if (!(share > 0) || !isnan (panel->axes[id].max) || scale->reversed || !(low <= high)
      || scale->kind == PLATEAU_SCALE_CATEGORY)
    return FALSE;
  from = plateau_scale_forward (scale->kind, scale->min);
  to = plateau_scale_forward (scale->kind, scale->max);
  most = plateau_scale_forward (scale->kind, high);
  if (from + (most - from) / (1 - MIN (share, MOST_ROOM)) <= to)
    return FALSE;
  scale->max = plateau_scale_backward (scale->kind,
                                       from + (most - from) / (1 - MIN (share, MOST_ROOM)));
  return TRUE;
}

/* Texts that stand at the top (rates, conditions, windows) or at the right (potentials of a stack)
 * get the room that they need. */
gboolean
plateau_layout_make_text_room (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  double top = 0, right = 0, pad = 0.4 * layout->style->text;
  PlateauOccupancy o;
  gboolean changed;

  if (panel->annotations->len == 0 && !panel->colour_bar.inside)
    return FALSE;
  plateau_occupancy_init (&o, layout, panel, pl, TRUE);
  if (panel->colour_bar.used && panel->colour_bar.inside)
    {
      PlateauRect bar = plateau_layout_inside_bar (layout, pl);

      if (plateau_occupancy_count (&o, &bar) > 0)
        top = bar.height;
    }
  for (guint i = 0; i < panel->annotations->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (panel->annotations, PlateauAnnotation, i);
      const PlateauRect *box = &g_array_index (pl->annotation_boxes, PlateauRect, i);

      if (a->kind != PLATEAU_ANNOTATION_TEXT || a->avoid || box->width <= 0
          || plateau_occupancy_count (&o, box) == 0)
        continue;
      if (a->y_coordinates == PLATEAU_COORDINATES_AXES && a->y > EDGE)
        top = MAX (top, box->y + box->height - pl->plot.y + pad);
      else if (a->x_coordinates == PLATEAU_COORDINATES_AXES && a->x > EDGE
               && a->horizontal == PLATEAU_ANCHOR_END)
        right = MAX (right, pl->plot.x + pl->plot.width - box->x + pad);
    }
  plateau_occupancy_clear (&o);
  changed = free_end (layout, panel, pl, PLATEAU_AXIS_X, right / pl->plot.width);
  if (!panel->equal_units)
    changed = free_end (layout, panel, pl, PLATEAU_AXIS_Y, top / pl->plot.height) || changed;
  return changed;
}

/* ---- Scale bar ---- */

char *
plateau_layout_scale_bar_text (PlateauPanel *panel, const PlateauPanelLayout *pl)
{
  const char *unit = panel->axes[PLATEAU_AXIS_Y].unit;
  int decimals = pl->scale_bar >= 1 ? 0 : (int) ceil (-log10 (pl->scale_bar) - 1e-9);
  g_autofree char *number = plateau_format_tick (pl->scale_bar, decimals);

  return unit ? g_strdup_printf ("%s %s", number, unit) : g_steal_pointer (&number);
}

/* Lines and hatched windows from the bottom to the top are not written over. */
void
plateau_layout_mark_guides (PlateauOccupancy *o, PlateauPanel *panel, const PlateauPanelLayout *pl)
{
  PlateauMapping x, y;

  plateau_layout_mappings (pl, FALSE, FALSE, &x, &y);
  for (guint i = 0; i < panel->annotations->len; i++)
    {
      const PlateauAnnotation *a = &g_array_index (panel->annotations, PlateauAnnotation, i);
      double x0 = plateau_mapping_apply (&x, a->x), x1 = plateau_mapping_apply (&x, a->x1);
      /* Those in the grid's colour give way to what is written over them. */
      gboolean line = a->kind == PLATEAU_ANNOTATION_LINE && isnan (a->y)
                      && a->colour.kind != PLATEAU_COLOUR_GRID;
      PlateauRect r = { MIN (x0, x1), pl->plot.y, fabs (x1 - x0), pl->plot.height };

      if (line)
        r = (PlateauRect){ x0 - 0.5, pl->plot.y, 1, pl->plot.height };
      if ((line || (a->hatched && isnan (a->y))) && a->x_coordinates == PLATEAU_COORDINATES_DATA)
        plateau_occupancy_add_rect (o, &r);
    }
}

/* At the top, as far left as it lies on nothing. */
void
plateau_layout_place_scale_bar (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                                PlateauOccupancy *o)
{
  const PlateauStyle *style = layout->style;
  const PlateauScale *scale = &pl->scales[PLATEAU_AXIS_Y];
  PlateauFont font = plateau_layout_font (style, style->text);
  double step = 0.5 * style->text;
  guint least = G_MAXUINT;
  g_autofree char *text = NULL;
  PlateauOccupancy with = *o;
  PlateauExtents extents;
  PlateauRect r;

  pl->scale_bar_box = (PlateauRect){ 0 };
  if (!(pl->scale_bar > 0))
    return;
  text = plateau_layout_scale_bar_text (panel, pl);
  plateau_text_measure (text, &font, &extents);
  with.cells = g_memdup2 (o->cells, (gsize) o->nx * o->ny);
  plateau_layout_mark_guides (&with, panel, pl);
  r = (PlateauRect){ 0, 0, 1.4 * style->text + extents.width,
                     pl->scale_bar / (scale->max - scale->min) * pl->plot.height };
  for (double down = 0.6; down < 3.2 && least > 0; down += 0.6)
    for (double across = step; across + r.width < pl->plot.width && least > 0; across += step)
      {
        PlateauRect at = { pl->plot.x + across, pl->plot.y + down * style->text, r.width,
                           MAX (r.height, extents.height) };
        guint n = plateau_occupancy_count (&with, &at);

        if (n < least)
          {
            least = n;
            r.x = at.x;
            r.y = at.y;
          }
      }
  plateau_occupancy_clear (&with);
  if (least == G_MAXUINT)
    {
      r.x = pl->plot.x + step;
      r.y = pl->plot.y + 1.2 * style->text;
    }
  pl->scale_bar_box = r;
  r.height = MAX (r.height, extents.height);
  plateau_occupancy_add_rect (o, &r);
}

/* ---- Texts beside points ---- */

static gboolean
find_label_place (const PlateauOccupancy *o, const char *text, const PlateauFont *font, double px,
                  double py, double away, PlateauTextPlace *place, PlateauRect *box)
{
  /* Above at the right first: there an arc of a Nyquist plot has its outside. */
  static const double ways[][2] = { { 1, -1 }, { 0, -1 }, { -1, -1 }, { 1, 0 },
                                    { 1, 1 },  { 0, 1 },  { -1, 0 },  { -1, 1 } };

  for (double far = 1; far < 3.1; far += 0.5)
    for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
      {
        double dx = ways[i][0], dy = ways[i][1];
        PlateauRect wide;

        *place = (PlateauTextPlace){ px + far * away * dx, py + far * away * dy,
                                     dx > 0   ? PLATEAU_ANCHOR_START
                                     : dx < 0 ? PLATEAU_ANCHOR_END
                                              : PLATEAU_ANCHOR_MIDDLE,
                                     dy > 0   ? PLATEAU_ANCHOR_START
                                     : dy < 0 ? PLATEAU_ANCHOR_END
                                              : PLATEAU_ANCHOR_MIDDLE,
                                     0 };
        *box = plateau_text_box (text, font, place);
        wide = (PlateauRect){ box->x - 1, box->y, box->width + 2, box->height };
        if (box->x >= o->area.x + 1 && box->y >= o->area.y + 1
            && box->x + box->width <= o->area.x + o->area.width - 1
            && box->y + box->height <= o->area.y + o->area.height - 1
            && plateau_occupancy_count (o, &wide) == 0)
          return TRUE;
      }
  return FALSE;
}

/* A text that finds no free place beside its point is left out; the point's mark stays. */
void
plateau_layout_place_point_labels (PlateauLayout *layout, PlateauPanel *panel,
                                   PlateauPanelLayout *pl, PlateauOccupancy *o)
{
  PlateauFont font = plateau_layout_font (layout->style, layout->style->small);

  g_clear_pointer (&pl->point_labels, g_array_unref);
  for (guint k = 0; k < panel->layers->len; k++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, k);
      double away = 0.6 * layout->style->marker * layer->style.marker_size + 0.35 * font.size;
      PlateauMapping x, y;

      if (!layer->point_label || plateau_layout_is_hidden (layout, layer))
        continue;
      if (!pl->point_labels)
        pl->point_labels = g_array_new (FALSE, FALSE, sizeof (PlateauPointLabel));
      plateau_layout_mappings (pl, layer->use_x2, layer->use_y2, &x, &y);
      for (gsize i = 0; i < layer->n; i++)
        {
          double px = plateau_mapping_apply (&x, plateau_array_get (&layer->x, i));
          double py = plateau_mapping_apply (&y, plateau_array_get (&layer->y, i) + layer->shift);
          PlateauPointLabel label = { k, i, { 0 } };
          PlateauRect box;

          if (!layer->point_label[i] || !plateau_rect_contains (&pl->plot, px, py)
              || !find_label_place (o, layer->point_label[i], &font, px, py, away, &label.place,
                                    &box))
            continue;
          plateau_occupancy_add_rect (o, &box);
          g_array_append_val (pl->point_labels, label);
        }
    }
}
