/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-layout-private.h"

#include <math.h>

#define MM (72 / 25.4)
#define AUTO_ASPECT 0.80 /* height of a panel over its width when the document gives none */

static double
axis_space (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl, PlateauAxisId id)
{
  const PlateauStyle *style = layout->style;
  double size = plateau_layout_tick_label_size (layout, pl, id), space = 0;

  if (!panel->axes[id].used)
    return 0;
  if (size > 0)
    space += style->pad + size;
  if (pl->titles[id] && *pl->titles[id])
    {
      PlateauFont font = plateau_layout_font (style, style->text);
      PlateauExtents extents;

      plateau_text_measure (pl->titles[id], &font, &extents);
      space += style->pad + extents.height;
    }
  return space;
}

/* Half of the last tick label may stick out beyond the axis' end. */
static double
overhang (PlateauLayout *layout, PlateauPanelLayout *pl, PlateauAxisId id)
{
  PlateauFont font = plateau_layout_font (layout->style, layout->style->tick);
  double most = 0;

  for (guint i = 0; i < pl->ticks[id]->len; i++)
    {
      const PlateauLaidTick *tick = &g_array_index (pl->ticks[id], PlateauLaidTick, i);
      PlateauExtents extents;

      if (!tick->label || tick->share < 0.5)
        continue;
      plateau_text_measure (tick->label, &font, &extents);
      most = MAX (most, extents.width / 2 - (1 - tick->share) * pl->plot.width);
    }
  return most;
}

/* Height of a legend below the plot, at most, over that of the plot. */
#define LEGEND_BELOW 0.75

/* Share of the plot that a legend may take above the data, before it is tried below; and after. */
#define HEAD_ROOM 0.4
#define HEAD_ROOM_MOST 0.622

/* Of a colour bar beside the plot, in sizes of the text. */
#define BAR_GAP 0.7
#define BAR_WIDTH 0.9

/* Cycles at both ends of the bar are named, whatever the steps between. */
static PlateauTicks *
colour_bar_ticks (const PlateauColourBar *bar, double target)
{
  PlateauScale scale = { bar->scale, bar->min, bar->max, FALSE };
  PlateauTicks *ticks = plateau_ticks_new (&scale, target, NAN, -1, NULL);
  double ends[] = { bar->min, bar->max };

  if (bar->palette != PLATEAU_PALETTE_LINES || bar->scale == PLATEAU_SCALE_LOG)
    return ticks;
  for (guint e = 0; e < 2; e++)
    {
      PlateauTick end = { ends[e], TRUE, NULL };

      if (ends[e] != floor (ends[e]) || fabs (ends[e]) >= 1e4)
        continue;
      for (guint i = ticks->ticks->len; i > 0; i--)
        {
          PlateauTick *tick = &g_array_index (ticks->ticks, PlateauTick, i - 1);
          double share = fabs (tick->value - ends[e]) / (bar->max - bar->min);

          if (!tick->major || share < 0.12)
            g_array_remove_index (ticks->ticks, i - 1);
        }
      end.label = plateau_format_tick (ends[e], 0);
      g_array_append_val (ticks->ticks, end);
    }
  return ticks;
}

static double
colour_bar_space (PlateauLayout *layout, PlateauPanel *panel)
{
  const PlateauStyle *style = layout->style;
  g_autoptr (PlateauTicks) ticks = NULL;
  PlateauFont font = plateau_layout_font (style, style->tick);
  double most = 0;

  if (!panel->colour_bar.used || panel->colour_bar.inside)
    return 0;
  ticks = colour_bar_ticks (&panel->colour_bar, 5);
  for (guint i = 0; i < ticks->ticks->len; i++)
    {
      PlateauTick *tick = &g_array_index (ticks->ticks, PlateauTick, i);
      PlateauExtents extents;

      if (!tick->label)
        continue;
      plateau_text_measure (tick->label, &font, &extents);
      most = MAX (most, extents.width);
    }
  return (BAR_GAP + BAR_WIDTH) * style->text + 1.5 * style->pad + most
         + (panel->colour_bar.title ? 1.5 * style->text : 0);
}

static char *
panel_letter (const PlateauStyle *style, const PlateauPanel *panel, guint index, guint n)
{
  char letter;

  if (panel->letter)
    return g_strdup (panel->letter);
  if (n < 2 || index >= 26)
    return NULL;
  letter = (style->letters == PLATEAU_LETTERS_UPPER ? 'A' : 'a') + (char)index;
  switch (style->letters)
    {
    case PLATEAU_LETTERS_UPPER:
    case PLATEAU_LETTERS_LOWER:
      return g_strdup_printf ("%c", letter);
    case PLATEAU_LETTERS_PARENS:
      return g_strdup_printf ("(%c)", letter);
    case PLATEAU_LETTERS_NONE:
    default:
      return NULL;
    }
}

static PlateauMargins
panel_margins (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  const PlateauStyle *style = layout->style;
  PlateauMargins m = { axis_space (layout, panel, pl, PLATEAU_AXIS_Y), style->right, style->tick * 0.55,
                axis_space (layout, panel, pl, PLATEAU_AXIS_X) };
  double width, height;

  m.left += 0.2 * style->text;
  if (!pl->inner[PLATEAU_AXIS_Y])
    m.left = MAX (m.left, style->left);
  m.bottom += 0.1 * style->text;
  if (!pl->inner[PLATEAU_AXIS_X])
    m.bottom = MAX (m.bottom, style->bottom);
  m.right = MAX (m.right, overhang (layout, pl, PLATEAU_AXIS_X) + 1);
  if (panel->axes[PLATEAU_AXIS_Y2].used)
    m.right = MAX (pl->inner[PLATEAU_AXIS_Y2] ? 0 : style->twin,
                   axis_space (layout, panel, pl, PLATEAU_AXIS_Y2) + 0.3 * style->text);
  m.right += colour_bar_space (layout, panel);
  m.top += axis_space (layout, panel, pl, PLATEAU_AXIS_X2);
  if (panel->title && *panel->title)
    m.top += 1.4 * style->text;
  if (pl->letter && *pl->letter)
    m.top = MAX (m.top, style->letter * 1.15);
  m.top = MAX (m.top, style->top);
  plateau_layout_legend_size (layout, panel, pl,
                              pl->legend_place == PLATEAU_PLACE_OUTSIDE_BOTTOM
                                  ? pl->cell.width
                                  : pl->cell.width - m.left - m.right,
                              &width,
                              &height);
  if (pl->legend_place == PLATEAU_PLACE_OUTSIDE_RIGHT && width > 0)
    m.right += width + 1.2 * style->text;
  if (pl->legend_place == PLATEAU_PLACE_OUTSIDE_BOTTOM && height > 0)
    m.bottom += height + 0.6 * style->text;
  return m;
}

static void
place_cell (PlateauLayout *layout, const PlateauGridPlace *place, PlateauPanelLayout *pl)
{
  PlateauFigure *figure = layout->figure;
  const PlateauArrangement *grid = layout->grid;
  const PlateauStyle *style = layout->style;
  double note = figure->note && *figure->note && layout->theme == PLATEAU_THEME_PAPER
                    ? 1.3 * style->small
                    : 0;
  double width = layout->width + style->column_gap, height = layout->height + style->row_gap - note;
  double x0 = plateau_grid_offset (grid->column_weights, grid->columns, place->column);
  double x1 = plateau_grid_offset (grid->column_weights, grid->columns, place->column + place->column_span);
  double y0 = plateau_grid_offset (grid->row_weights, grid->rows, place->row);
  double y1 = plateau_grid_offset (grid->row_weights, grid->rows, place->row + place->row_span);

  pl->cell = (PlateauRect){ x0 * width, y0 * height, (x1 - x0) * width - style->column_gap,
                            (y1 - y0) * height - style->row_gap };
}

static void
set_plot (PlateauPanelLayout *pl, const PlateauMargins *m)
{
  pl->plot = (PlateauRect){ pl->cell.x + m->left, pl->cell.y + m->top,
                            MAX (pl->cell.width - m->left - m->right, 8),
                            MAX (pl->cell.height - m->top - m->bottom, 8) };
}

/* Axes of one column share their left end, axes of one row top and bottom. */
static void
share_margins (const PlateauArrangement *grid, guint n, PlateauMargins *margins)
{
  g_autofree PlateauMargins *own = g_memdup2 (margins, n * sizeof *margins);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        const PlateauGridPlace *a = &grid->places[i], *b = &grid->places[j];

        if (a->column == b->column)
          margins[i].left = MAX (margins[i].left, own[j].left);
        if (a->row == b->row)
          margins[i].top = MAX (margins[i].top, own[j].top);
        if (a->row + a->row_span == b->row + b->row_span)
          margins[i].bottom = MAX (margins[i].bottom, own[j].bottom);
      }
}

static void
place_titles (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  const PlateauStyle *style = layout->style;
  PlateauFont font = plateau_layout_font (style, style->text);
  const PlateauRect *p = &pl->plot;
  double right = p->x + p->width, middle = p->x + p->width / 2, half = p->y + p->height / 2;

  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      double size = plateau_layout_tick_label_size (layout, pl, i);
      double away = (size > 0 ? style->pad + size : 0) + style->pad;
      PlateauTextPlace *place = &pl->title_places[i];

      if (!pl->titles[i] || !*pl->titles[i])
        continue;
      switch (i)
        {
        case PLATEAU_AXIS_X:
          *place = (PlateauTextPlace){ middle, p->y + p->height + away, PLATEAU_ANCHOR_MIDDLE,
                                       PLATEAU_ANCHOR_START, 0 };
          break;
        case PLATEAU_AXIS_X2:
          *place = (PlateauTextPlace){ middle, p->y - away, PLATEAU_ANCHOR_MIDDLE,
                                       PLATEAU_ANCHOR_END, 0 };
          break;
        case PLATEAU_AXIS_Y:
          *place = (PlateauTextPlace){ p->x - away, half, PLATEAU_ANCHOR_MIDDLE,
                                       PLATEAU_ANCHOR_END, -G_PI_2 };
          break;
        case PLATEAU_AXIS_Y2:
        default:
          *place = (PlateauTextPlace){ right + away, half, PLATEAU_ANCHOR_MIDDLE,
                                       PLATEAU_ANCHOR_START, -G_PI_2 };
          break;
        }
      pl->title_boxes[i] = plateau_text_box (pl->titles[i], &font, place);
      /* One longer than its axis begins below the panel's letter. */
      if (i == PLATEAU_AXIS_Y && pl->letter
          && pl->title_boxes[i].y < pl->cell.y + 1.2 * style->letter)
        {
          place->y += pl->cell.y + 1.2 * style->letter - pl->title_boxes[i].y;
          pl->title_boxes[i] = plateau_text_box (pl->titles[i], &font, place);
        }
    }
}

static void
place_head (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  const PlateauStyle *style = layout->style;

  if (pl->letter && *pl->letter)
    {
      PlateauFont font = plateau_layout_font (style, style->letter);

      font.bold = TRUE;
      pl->letter_place = (PlateauTextPlace){ pl->cell.x + 0.1 * style->text, pl->cell.y,
                                             PLATEAU_ANCHOR_START, PLATEAU_ANCHOR_START, 0 };
      pl->letter_box = plateau_text_box (pl->letter, &font, &pl->letter_place);
    }
  if (panel->title && *panel->title)
    {
      PlateauFont font = plateau_layout_font (style, style->text);

      font.bold = TRUE;
      pl->panel_title_place = (PlateauTextPlace){
        pl->plot.x,
        pl->plot.y - (panel->axes[PLATEAU_AXIS_X2].used ? axis_space (layout, panel, pl, PLATEAU_AXIS_X2) : 0)
            - 0.35 * style->text,
        PLATEAU_ANCHOR_START, PLATEAU_ANCHOR_END, 0
      };
      pl->panel_title_box = plateau_text_box (panel->title, &font, &pl->panel_title_place);
    }
}

PlateauRect
plateau_layout_inside_bar (const PlateauLayout *layout, const PlateauPanelLayout *pl)
{
  double text = layout->style->text;

  return (PlateauRect){ pl->plot.x, pl->plot.y, 0.32 * pl->plot.width + 2.8 * text, 4.2 * text };
}

static void
place_colour_bar (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                  PlateauOccupancy *o)
{
  const PlateauStyle *style = layout->style;
  PlateauScale scale = { panel->colour_bar.scale, panel->colour_bar.min, panel->colour_bar.max, FALSE };
  double twin = panel->axes[PLATEAU_AXIS_Y2].used
                    ? axis_space (layout, panel, pl, PLATEAU_AXIS_Y2)
                    : 0;

  pl->colour_bar = (PlateauRect){ 0 };
  g_clear_pointer (&pl->colour_bar_ticks, plateau_ticks_free);
  if (!panel->colour_bar.used || !(scale.min < scale.max))
    return;
  if (panel->colour_bar.inside)
    {
      PlateauRect all = plateau_layout_inside_bar (layout, pl);

      pl->colour_bar = (PlateauRect){ pl->plot.x + 1.4 * style->text, pl->plot.y + 1.9 * style->text,
                                      0.32 * pl->plot.width, 0.75 * style->text };
      plateau_occupancy_add_rect (o, &all);
      pl->colour_bar_ticks = colour_bar_ticks (&panel->colour_bar, 3);
    }
  else
    {
      pl->colour_bar = (PlateauRect){ pl->plot.x + pl->plot.width + twin + BAR_GAP * style->text,
                                      pl->plot.y, BAR_WIDTH * style->text, pl->plot.height };
      pl->colour_bar_ticks
          = colour_bar_ticks (&panel->colour_bar, pl->plot.height / style->tick_space_y + 1);
    }
}

static void
panel_layout_free (gpointer data)
{
  PlateauPanelLayout *pl = data;

  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    {
      g_clear_pointer (&pl->ticks[i], g_array_unref);
      g_free (pl->titles[i]);
    }
  g_clear_pointer (&pl->entries, g_ptr_array_unref);
  g_clear_pointer (&pl->annotation_places, g_array_unref);
  g_clear_pointer (&pl->annotation_boxes, g_array_unref);
  g_clear_pointer (&pl->point_labels, g_array_unref);
  plateau_ticks_free (pl->colour_bar_ticks);
  g_free (pl->letter);
  g_free (pl);
}

static gboolean
has_view (const PlateauView *view)
{
  return view && (isfinite (view->min[PLATEAU_AXIS_X]) || isfinite (view->min[PLATEAU_AXIS_Y]));
}

/* Whether anything of the panel has to know where the data are. */
static gboolean
looks_for_room (PlateauPanel *panel, const PlateauPanelLayout *pl)
{
  for (guint i = 0; i < panel->annotations->len; i++)
    if (g_array_index (panel->annotations, PlateauAnnotation, i).avoid)
      return TRUE;
  for (guint i = 0; i < panel->layers->len; i++)
    if (((PlateauLayer *)g_ptr_array_index (panel->layers, i))->point_label)
      return TRUE;
  if (pl->scale_bar > 0)
    return TRUE;
  return pl->entries->len > 0 && pl->legend_place <= PLATEAU_PLACE_BOTTOM_RIGHT;
}

/* Everything inside the plot area that has to find its place. */
static void
place_within (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  PlateauOccupancy occupancy;

  plateau_occupancy_init (&occupancy, layout, panel, pl, looks_for_room (panel, pl));
  place_colour_bar (layout, panel, pl, &occupancy);
  plateau_layout_place_point_labels (layout, panel, pl, &occupancy);
  plateau_layout_place_annotations (layout, panel, pl, &occupancy);
  plateau_layout_mark_guides (&occupancy, panel, pl);
  plateau_layout_place_legend (layout, panel, pl, &occupancy);
  plateau_occupancy_clear (&occupancy);
}

/* A fitted axis gives the legend the room that it needs above the data; limits that a person has
 * set stay. */
static gboolean
make_head_room (PlateauPanel *panel, PlateauPanelLayout *pl, gboolean viewed, double most)
{
  PlateauScale *scale = &pl->scales[PLATEAU_AXIS_Y];
  double share = (pl->legend.height + 12) / pl->plot.height, low, high;

  if (viewed || !isnan (panel->axes[PLATEAU_AXIS_Y].max)
      || !isnan (pl->shared_max[PLATEAU_AXIS_Y]) || panel->equal_units || share > most
      || pl->legend.width > pl->plot.width
      || scale->reversed || scale->kind == PLATEAU_SCALE_CATEGORY)
    return FALSE;
  low = plateau_scale_forward (scale->kind, scale->min);
  high = plateau_scale_forward (scale->kind, scale->max);
  scale->max = plateau_scale_backward (scale->kind, low + (high - low) / (1 - share));
  return TRUE;
}

/* Where the panels stand, and a first guess at the space that their texts take. */
static void
begin_panels (PlateauLayout *layout, const PlateauView *views, PlateauMargins *margins)
{
  PlateauFigure *figure = layout->figure;
  guint n = figure->panels->len;
  PlateauMargins first = { layout->style->left, layout->style->right, layout->style->top,
                    layout->style->bottom };

  for (guint i = 0; i < n; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);
      PlateauPanelLayout *pl = g_new0 (PlateauPanelLayout, 1);

      g_ptr_array_add (layout->panels, pl);
      pl->legend_place = panel->legend.place;
      place_cell (layout, &layout->grid->places[i], pl);
      set_plot (pl, &first);
      pl->letter = panel_letter (layout->style, panel, i, n);
      plateau_layout_legend_entries (layout, panel, pl);
      for (guint a = 0; a < PLATEAU_N_AXES; a++)
        pl->shared_min[a] = pl->shared_max[a] = NAN;
      plateau_layout_fit_axes (layout, panel, pl, views ? &views[i] : NULL);
    }
  if (!views)
    plateau_layout_share_axes (layout);
  for (guint i = 0; i < n; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);
      PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);

      plateau_layout_apply_shared (pl);
      plateau_layout_equalise (panel, pl, has_view (views ? &views[i] : NULL));
      plateau_layout_place_ticks (layout, panel, pl);
      margins[i] = panel_margins (layout, panel, pl);
    }
}

static void
settle_panel (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
              const PlateauMargins *margins, const PlateauView *view, double head_room)
{
  set_plot (pl, margins);
  /* From the data again: an earlier pass may have made head room for the legend. */
  plateau_layout_fit_axes (layout, panel, pl, view);
  plateau_layout_apply_shared (pl);
  if (panel->equal_units)
    plateau_layout_equalise (panel, pl, has_view (view));
  plateau_layout_place_ticks (layout, panel, pl);
  place_titles (layout, panel, pl);
  place_head (layout, panel, pl);
  place_within (layout, panel, pl);
  if (!has_view (view) && plateau_layout_make_text_room (layout, panel, pl))
    {
      if (panel->equal_units)
        plateau_layout_equalise (panel, pl, FALSE);
      plateau_layout_place_ticks (layout, panel, pl);
      place_titles (layout, panel, pl);
      place_within (layout, panel, pl);
    }
  if (pl->legend_covers_data && pl->legend_place == PLATEAU_PLACE_BEST
      && make_head_room (panel, pl, has_view (view), head_room))
    {
      plateau_layout_place_ticks (layout, panel, pl);
      place_titles (layout, panel, pl);
      place_within (layout, panel, pl);
    }
}

/* A legend that found no room within the plot goes below it, where that leaves the plot the greater
 * part of the panel. While somebody moves about in the data it stays where it is. */
static gboolean
move_legend_out (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl)
{
  double width, height;

  if (!pl->legend_covers_data || pl->legend_place != PLATEAU_PLACE_BEST)
    return FALSE;
  pl->legend_place = PLATEAU_PLACE_OUTSIDE_BOTTOM;
  plateau_layout_legend_size (layout, panel, pl, pl->cell.width, &width, &height);
  /* One that is wider than the plot fits nowhere else. */
  if (width > pl->cell.width
      || height > (width > pl->plot.width ? 2 : 1) * LEGEND_BELOW * pl->plot.height)
    pl->legend_place = PLATEAU_PLACE_BEST;
  return pl->legend_place == PLATEAU_PLACE_OUTSIDE_BOTTOM;
}

/* Titles that had to be broken into lines in the final size need more room than was guessed. */
static gboolean
widen (PlateauMargins *margins, const PlateauMargins *wanted)
{
  PlateauMargins old = *margins;

  margins->left = MAX (old.left, wanted->left);
  margins->right = MAX (old.right, wanted->right);
  margins->top = MAX (old.top, wanted->top);
  margins->bottom = MAX (old.bottom, wanted->bottom);
  return margins->left > old.left + 1 || margins->right > old.right + 1
         || margins->top > old.top + 1 || margins->bottom > old.bottom + 1;
}

static void
lay_out_panels (PlateauLayout *layout, const PlateauView *views)
{
  PlateauFigure *figure = layout->figure;
  guint n = figure->panels->len;
  g_autofree PlateauMargins *margins = g_new0 (PlateauMargins, n);
  gboolean again = TRUE;

  begin_panels (layout, views, margins);
  for (guint pass = 0; pass < 4 && again; pass++)
    {
      again = FALSE;
      share_margins (layout->grid, n, margins);
      for (guint i = 0; i < n; i++)
        place_cell (layout, &layout->grid->places[i], g_ptr_array_index (layout->panels, i));
      plateau_layout_share_sizes (layout, margins);
      for (guint i = 0; i < n; i++)
        {
          PlateauPanel *panel = g_ptr_array_index (figure->panels, i);
          PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);
          PlateauMargins wanted;

          settle_panel (layout, panel, pl, &margins[i], views ? &views[i] : NULL,
                        views || pass >= 2 ? HEAD_ROOM_MOST : HEAD_ROOM);
          if (views)
            continue;
          again = (pass < 2 && move_legend_out (layout, panel, pl)) || again;
          wanted = panel_margins (layout, panel, pl);
          again = widen (&margins[i], &wanted) || again;
        }
    }
}

/**
 * plateau_figure_get_size:
 * @figure: a figure
 * @width_mm: (out) (optional): its width
 * @height_mm: (out) (optional): its height; when the document gives none, the
 *   narrowest panel is 0.8 as high as it is wide
 */
void
plateau_figure_get_size (PlateauFigure *figure, double *width_mm, double *height_mm)
{
  if (width_mm)
    *width_mm = figure->width_mm;
  if (height_mm)
    {
      guint span = figure->columns; /* of the narrowest panel */

      for (guint i = 0; i < figure->panels->len; i++)
        span = MIN (span, plateau_figure_get_panel (figure, i)->column_span);
      *height_mm = figure->height_mm > 0 ? figure->height_mm
                                         : figure->width_mm * MAX (span, 1) / figure->columns
                                               * figure->rows * AUTO_ASPECT;
    }
}

/**
 * plateau_figure_layout:
 * @figure: a bound figure
 * @options: (nullable): size, theme, style, views; %NULL: the document's size on paper
 *
 * Works out where everything lies. The result keeps @figure and can be drawn, asked and compared;
 * it is valid until the figure, the size or the view changes.
 *
 * Returns: (transfer full): the layout
 */
PlateauLayout *
plateau_figure_layout (PlateauFigure *figure, const PlateauLayoutOptions *options)
{
  static const PlateauLayoutOptions none = PLATEAU_LAYOUT_OPTIONS_INIT;
  PlateauLayout *layout = g_atomic_rc_box_new0 (PlateauLayout);
  double width_mm, height_mm;

  if (!options)
    options = &none;
  plateau_figure_get_size (figure, &width_mm, &height_mm);
  layout->figure = plateau_figure_ref (figure);
  layout->style = plateau_style_copy (options->style ? options->style : figure->style);
  layout->theme = options->theme;
  layout->width = options->width > 0 ? options->width : width_mm * MM;
  layout->height = options->height > 0 ? options->height : height_mm * MM;
  layout->all_points = options->all_points;
  layout->hidden = options->hidden ? g_hash_table_ref (options->hidden) : NULL;
  layout->grid = options->arrange
                     ? plateau_arrangement_new_narrow (figure, layout->width / MM, layout->style)
                     : plateau_arrangement_new (figure);
  layout->panels = g_ptr_array_new_with_free_func (panel_layout_free);
  lay_out_panels (layout, options->views);
  return layout;
}

static void
layout_clear (gpointer data)
{
  PlateauLayout *layout = data;

  plateau_figure_unref (layout->figure);
  plateau_style_free (layout->style);
  plateau_arrangement_free (layout->grid);
  g_clear_pointer (&layout->hidden, g_hash_table_unref);
  g_ptr_array_unref (layout->panels);
}

/**
 * plateau_layout_ref:
 * @layout: a layout
 *
 * Returns: (transfer full): @layout
 */
PlateauLayout *
plateau_layout_ref (PlateauLayout *layout)
{
  return g_atomic_rc_box_acquire (layout);
}

/**
 * plateau_layout_unref:
 * @layout: (transfer full): a layout
 */
void
plateau_layout_unref (PlateauLayout *layout)
{
  g_atomic_rc_box_release_full (layout, layout_clear);
}

/**
 * plateau_layout_get_n_panels:
 * @layout: a layout
 *
 * Returns: the number of panels
 */
guint
plateau_layout_get_n_panels (PlateauLayout *layout)
{
  return layout->panels->len;
}

/**
 * plateau_layout_get_panel:
 * @layout: a layout
 * @panel: index
 *
 * Returns: (transfer none) (nullable): where the panel and its parts lie
 */
const PlateauPanelLayout *
plateau_layout_get_panel (PlateauLayout *layout, guint panel)
{
  return panel < layout->panels->len ? g_ptr_array_index (layout->panels, panel) : NULL;
}
