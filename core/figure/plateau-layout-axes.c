/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-layout-private.h"

#include <math.h>
#include <string.h>

#define KELVIN 273.15
#define SCALE_BAR_ROOM 0.22

PlateauFont
plateau_layout_font (const PlateauStyle *style, double size)
{
  return (PlateauFont){ style->family, size, FALSE, FALSE, TRUE };
}

gboolean
plateau_layout_is_hidden (const PlateauLayout *layout, const PlateauLayer *layer)
{
  return layer->hidden || (layout->hidden && g_hash_table_contains (layout->hidden, layer->id));
}

/* Extremes of all shown layers along one axis; infinite when there are none. */
void
plateau_layout_data_extent (PlateauLayout *layout, PlateauPanel *panel, PlateauAxisId id,
                            double *low, double *high)
{
  gboolean horizontal = id == PLATEAU_AXIS_X || id == PLATEAU_AXIS_X2;

  *low = INFINITY;
  *high = -INFINITY;
  for (guint i = 0; i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);
      PlateauAxisId x = layer->use_x2 ? PLATEAU_AXIS_X2 : PLATEAU_AXIS_X;
      PlateauAxisId y = layer->use_y2 ? PLATEAU_AXIS_Y2 : PLATEAU_AXIS_Y;
      double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;

      if (!layer->in_fit || plateau_layout_is_hidden (layout, layer) || (horizontal ? x : y) != id)
        continue;
      plateau_layer_extent (layer, panel->axes[x].scale, panel->axes[y].scale, &x0, &x1, &y0, &y1);
      *low = MIN (*low, horizontal ? x0 : y0);
      *high = MAX (*high, horizontal ? x1 : y1);
    }
}

static gboolean
is_given (const PlateauView *view, PlateauAxisId id, double *min, double *max)
{
  if (!view || !isfinite (view->min[id]) || !isfinite (view->max[id])
      || view->min[id] >= view->max[id])
    return FALSE;
  *min = view->min[id];
  *max = view->max[id];
  return TRUE;
}

static void
fit_axis (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
          const PlateauView *view, PlateauAxisId id)
{
  const PlateauAxis *axis = &panel->axes[id];
  PlateauScale *scale = &pl->scales[id];
  double low, high, min, max, room, head;

  scale->kind = axis->scale;
  scale->reversed = axis->reversed;
  scale->numbers = axis->numbers;
  if (is_given (view, id, &scale->min, &scale->max))
    return;
  plateau_layout_data_extent (layout, panel, id, &low, &high);
  if (axis->from_zero && low <= high)
    {
      low = MIN (low, 0);
      high = MAX (high, 0);
    }
  min = low;
  max = high;
  if (axis->scale == PLATEAU_SCALE_CATEGORY && axis->categories)
    {
      min = -0.6;
      max = g_strv_length (axis->categories) - 0.4;
    }
  else
    plateau_scale_widen (axis->scale, axis->fit_margin, &min, &max);
  if (axis->from_zero && low <= high)
    {
      if (low >= 0)
        min = 0;
      if (high <= 0)
        max = 0;
    }
  /* Room for texts above and below, in the scale's own coordinate; a scale bar stands above the
   * curves too. */
  head = axis->scale_bar != 0 ? MAX (axis->head_room, SCALE_BAR_ROOM) : axis->head_room;
  if (head > 0 || axis->foot_room > 0)
    {
      double a = plateau_scale_forward (axis->scale, min);
      double b = plateau_scale_forward (axis->scale, max);

      room = (b - a) / (1 - MIN (head + axis->foot_room, 0.9));
      max = plateau_scale_backward (axis->scale, b + head * room);
      min = plateau_scale_backward (axis->scale, a - axis->foot_room * room);
    }
  scale->min = isnan (axis->min) ? min : axis->min;
  scale->max = isnan (axis->max) ? max : axis->max;
  if (axis->scale == PLATEAU_SCALE_LOG && scale->min <= 0)
    scale->min = scale->max > 0 ? scale->max / 1000 : 1e-3;
  if (!(scale->min < scale->max))
    {
      if (isnan (axis->max))
        scale->max = scale->min + MAX (fabs (scale->min) * 0.1, 1);
      else
        scale->min = scale->max - MAX (fabs (scale->max) * 0.1, 1);
    }
}

void
plateau_layout_fit_axes (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                         const PlateauView *view)
{
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    fit_axis (layout, panel, pl, view, i);
  if (panel->axes[PLATEAU_AXIS_X2].link != PLATEAU_LINK_NONE)
    pl->scales[PLATEAU_AXIS_X2] = pl->scales[PLATEAU_AXIS_X];
}

/* Makes one unit as long on both axes by showing more of one of them. */
void
plateau_layout_equalise (PlateauPanel *panel, PlateauPanelLayout *pl, gboolean viewed)
{
  PlateauScale *x = &pl->scales[PLATEAU_AXIS_X], *y = &pl->scales[PLATEAU_AXIS_Y], *longer;
  double per_x = (x->max - x->min) / pl->plot.width, per_y = (y->max - y->min) / pl->plot.height;
  double wanted, more;

  if (!panel->equal_units || pl->plot.width <= 0 || pl->plot.height <= 0)
    return;
  longer = per_x < per_y ? x : y;
  wanted = MAX (per_x, per_y) * (longer == x ? pl->plot.width : pl->plot.height);
  more = wanted - (longer->max - longer->min);
  if (viewed)
    longer->min -= more / 2;
  longer->max = longer->min + wanted;
}

static void
laid_tick_clear (gpointer data)
{
  g_free (((PlateauLaidTick *)data)->label);
}

static GArray *
new_ticks (void)
{
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (PlateauLaidTick));

  g_array_set_clear_func (ticks, laid_tick_clear);
  return ticks;
}

static double
reciprocal (double temperature, double zero)
{
  return 1000 / (temperature + zero);
}

/* Temperatures over an axis in 1000 K / T: even steps of temperature, uneven distances. @zero: the
 * temperature in K that is called 0. */
static void
temperature_ticks (PlateauPanelLayout *pl, GArray *laid, double target, double zero)
{
  const PlateauScale *x = &pl->scales[PLATEAU_AXIS_X];
  PlateauScale warm = { PLATEAU_SCALE_LINEAR, 1000 / x->max - zero, 1000 / x->min - zero, FALSE };
  g_autoptr (PlateauTicks) ticks = NULL;

  if (!(x->min > 0) || !(warm.max > warm.min))
    return;
  ticks = plateau_ticks_new (&warm, target, NAN, -1, NULL);
  for (guint i = 0; i < ticks->ticks->len; i++)
    {
      const PlateauTick *tick = &g_array_index (ticks->ticks, PlateauTick, i);
      PlateauLaidTick t = { plateau_scale_map (x, reciprocal (tick->value, zero)), tick->value,
                            tick->major, g_strdup (tick->label) };
      g_array_append_val (laid, t);
    }
}

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  double x = ((const PlateauLaidTick *)a)->share, y = ((const PlateauLaidTick *)b)->share;

  return x < y ? -1 : x > y;
}

/* Labels that would touch the one before them lose their text. */
static void
drop_collisions (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                 PlateauAxisId id, GArray *laid)
{
  gboolean horizontal = id == PLATEAU_AXIS_X || id == PLATEAU_AXIS_X2;
  double length = horizontal ? pl->plot.width : pl->plot.height;
  PlateauFont font = plateau_layout_font (layout->style, layout->style->tick);
  gboolean names = panel->axes[id].categories != NULL;
  double gap = (horizontal && !names ? 0.55 : 0.15) * font.size, end = -INFINITY;

  for (guint i = 0; i < laid->len; i++)
    {
      PlateauLaidTick *tick = &g_array_index (laid, PlateauLaidTick, i);
      PlateauExtents extents;
      double half;

      if (!tick->label)
        continue;
      plateau_text_measure (tick->label, &font, &extents);
      half = (horizontal ? extents.width : extents.height) / 2;
      if (tick->share * length - half < end)
        g_clear_pointer (&tick->label, g_free);
      else
        end = tick->share * length + half + gap;
    }
}

static double
text_width (const PlateauFont *font, const char *markup)
{
  PlateauExtents extents;

  plateau_text_measure (markup, font, &extents);
  return extents.width;
}

/* Last space outside of tags at which the beginning still fits; else the first one. */
static const char *
find_break (const PlateauFont *font, const char *markup, double limit)
{
  const char *best = NULL;
  int depth = 0;

  for (const char *c = markup; *c; c++)
    {
      depth += *c == '<' ? (c[1] == '/' ? -1 : 1) : 0;
      if (*c == ' ' && depth == 0)
        {
          g_autofree char *begin = g_strndup (markup, c - markup);

          if (!best || text_width (font, begin) <= limit)
            best = c;
        }
    }
  return best;
}

/* A title longer than its axis is broken, before the unit if that is enough. */
static char *
wrap_title (PlateauLayout *layout, char *title, double limit)
{
  PlateauFont font = plateau_layout_font (layout->style, layout->style->text);
  GString *text = g_string_new (NULL);
  const char *rest = title, *unit;
  g_autofree char *head = NULL;

  if (text_width (&font, title) <= limit)
    {
      g_string_free (text, TRUE);
      return title;
    }
  unit = strstr (title, " (");
  if (!unit)
    unit = strstr (title, " / ");
  head = unit ? g_strndup (title, unit - title) : NULL;
  if (head && text_width (&font, head) <= limit && text_width (&font, unit + 1) <= limit)
    g_string_append_printf (text, "%s<br/>%s", head, unit + 1);
  else
    for (guint line = 0; rest; line++)
      {
        const char *at
            = text_width (&font, rest) > limit && line < 2 ? find_break (&font, rest, limit) : NULL;

        if (line > 0)
          g_string_append (text, "<br/>");
        if (at)
          g_string_append_len (text, rest, at - rest);
        else
          g_string_append (text, rest);
        rest = at ? at + 1 : NULL;
      }
  g_free (title);
  return g_string_free (text, FALSE);
}

static void
lay_ticks (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl, PlateauAxisId id,
           double target, char **power)
{
  const PlateauAxis *axis = &panel->axes[id];
  GArray *laid = pl->ticks[id];
  g_autoptr (PlateauTicks) ticks
      = plateau_ticks_new (&pl->scales[id], CLAMP (target, 2, 40), axis->step, axis->decimals,
                           (const char *const *)axis->categories);

  g_array_set_size (laid, 0);
  g_free (*power);
  *power = g_strdup (ticks->exponent_label);
  for (guint i = 0; i < ticks->ticks->len; i++)
    {
      PlateauTick *tick = &g_array_index (ticks->ticks, PlateauTick, i);
      PlateauLaidTick t = { plateau_scale_map (&pl->scales[id], tick->value), tick->value,
                            tick->major,
                            axis->labels && !pl->inner[id] ? g_strdup (tick->label) : NULL };
      g_array_append_val (laid, t);
    }
  g_array_sort (laid, compare_shares);
}

static guint
count_labels (const GArray *laid)
{
  guint n = 0;

  for (guint i = 0; i < laid->len; i++)
    n += g_array_index (laid, PlateauLaidTick, i).label != NULL;
  return n;
}

/* A title stands in the middle of its axis and ends within the panel, below its letter. */
static double
title_room (PlateauLayout *layout, const PlateauPanelLayout *pl, gboolean horizontal)
{
  const PlateauRect *p = &pl->plot, *c = &pl->cell;
  double before = horizontal ? p->x - c->x : p->y - c->y - layout->style->letter;
  double after = horizontal ? c->x + c->width - p->x - p->width : c->y + c->height - p->y - p->height;

  return (horizontal ? p->width : p->height) + 2 * MAX (MIN (before, after), 0);
}

static void
place_axis_ticks (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                  PlateauAxisId id)
{
  const PlateauAxis *axis = &panel->axes[id];
  const PlateauStyle *style = layout->style;
  gboolean horizontal = id == PLATEAU_AXIS_X || id == PLATEAU_AXIS_X2;
  double length = horizontal ? pl->plot.width : pl->plot.height;
  double target = length / (horizontal ? style->tick_space_x : style->tick_space_y) + 1;
  GArray *laid = pl->ticks[id];
  g_autofree char *power = NULL;

  g_array_set_size (laid, 0);
  g_clear_pointer (&pl->titles[id], g_free);
  if (!axis->used)
    return;
  if (axis->link != PLATEAU_LINK_NONE)
    {
      temperature_ticks (pl, laid, target, axis->link == PLATEAU_LINK_CELSIUS ? KELVIN : 0);
      g_array_sort (laid, compare_shares);
      drop_collisions (layout, panel, pl, id, laid);
    }
  else
    /* One label tells no scale: closer ticks until there are two. */
    for (guint more = 0; more < 6 && (more == 0 || (!pl->inner[id] && count_labels (laid) < 2)); more++)
      {
        lay_ticks (layout, panel, pl, id, target + more, &power);
        drop_collisions (layout, panel, pl, id, laid);
      }
  if (axis->scale_bar != 0)
    g_array_set_size (laid, 0);
  if (pl->inner[id])
    return;
  pl->titles[id] = wrap_title (
      layout, plateau_axis_dup_title (axis, style->title_form, axis->labels ? power : NULL),
      MIN (1.2 * length, title_room (layout, pl, horizontal)));
}

/* A length that reads well for a scale bar: about a sixth of the axis. */
static double
choose_scale_bar (const PlateauScale *scale, double given)
{
  double sixth = (scale->max - scale->min) / 6, power;

  if (given > 0)
    return given;
  power = pow (10, floor (log10 (sixth)));
  return power * (sixth / power >= 5 ? 5 : sixth / power >= 2 ? 2 : 1);
}

void
plateau_layout_place_ticks (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      if (!pl->ticks[i])
        pl->ticks[i] = new_ticks ();
      place_axis_ticks (layout, panel, pl, i);
    }
  pl->scale_bar = panel->axes[PLATEAU_AXIS_Y].scale_bar != 0
                      ? choose_scale_bar (&pl->scales[PLATEAU_AXIS_Y],
                                          panel->axes[PLATEAU_AXIS_Y].scale_bar)
                      : 0;
}

/* How far tick labels reach away from the axis. */
double
plateau_layout_tick_label_size (PlateauLayout *layout, PlateauPanelLayout *pl, PlateauAxisId axis)
{
  gboolean horizontal = axis == PLATEAU_AXIS_X || axis == PLATEAU_AXIS_X2;
  PlateauFont font = plateau_layout_font (layout->style, layout->style->tick);
  double size = 0;

  for (guint i = 0; i < pl->ticks[axis]->len; i++)
    {
      const PlateauLaidTick *tick = &g_array_index (pl->ticks[axis], PlateauLaidTick, i);
      PlateauExtents extents;

      if (!tick->label)
        continue;
      plateau_text_measure (tick->label, &font, &extents);
      size = MAX (size, horizontal ? extents.height : extents.width);
    }
  return size;
}

void
plateau_layout_mappings (const PlateauPanelLayout *pl, gboolean use_x2, gboolean use_y2,
                         PlateauMapping *x, PlateauMapping *y)
{
  *x = (PlateauMapping){ pl->scales[use_x2 ? PLATEAU_AXIS_X2 : PLATEAU_AXIS_X], pl->plot.x,
                         pl->plot.width };
  *y = (PlateauMapping){ pl->scales[use_y2 ? PLATEAU_AXIS_Y2 : PLATEAU_AXIS_Y],
                         pl->plot.y + pl->plot.height, -pl->plot.height };
}
