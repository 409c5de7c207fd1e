/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-arrange.h"

#include "figure/plateau-layout-private.h"

#include <math.h>

#define NARROW 0.75   /* of the document's width: below it, panels move to rows of their own */
#define PAGE_MM 240.0 /* height that journals print */
#define SIDE_MM 14.0  /* beside a plot: tick labels, title, gap to the next panel */
#define TWIN_MM 10.0  /* more with a second y axis or a colour bar */
#define HEAD_MM 15.0  /* above and below a plot: letter, tick labels, title, gap */
#define LINE_MM 2.4   /* more for each line of a legend, which may find no room inside */
#define PLOT_MIN_MM 22.0
#define PLOT_WIDE_MM 42.0 /* more than this is a luxury, but for panels with windows */
#define MOST_LINES 6
#define BAR_LINES 3 /* as many lines does a colour bar within the plot take */
#define EQUAL 0.8   /* height over width of a plot with equal units: an arc is a flat thing */
#define KEY 4.5     /* width of a legend's key and gaps, in sizes of the text */
#define TEXT_PT 7.0 /* size of text that these are for */
#define LARGE 1.5   /* times that size: no text of a journal */
#define GRID 1000   /* columns of the grid that rows of unlike panels share */

/* What a panel needs around its plot, and how large its plot is in the document; mm. */
typedef struct
{
  double side, head, width, height;
  double least; /* that the plot may be wide, for its legend to be read */
} Need;

/**
 * plateau_grid_offset:
 * @weights: (nullable) (array length=n): of the columns or rows; %NULL: equal
 * @n: their number
 * @line: 0 to @n
 *
 * Returns: where the column or row begins, as a share of the whole
 */
double
plateau_grid_offset (const double *weights, guint n, guint line)
{
  double sum = 0, before = 0;

  for (guint i = 0; i < n; i++)
    {
      double w = weights ? weights[i] : 1;

      before += i < line ? w : 0;
      sum += w;
    }
  return before / sum;
}

static double
share_of (const double *weights, guint n, guint first, guint span)
{
  return plateau_grid_offset (weights, n, first + span) - plateau_grid_offset (weights, n, first);
}

/**
 * plateau_arrangement_new:
 * @figure: a figure
 *
 * Returns: (transfer full): the grid as the document has it
 */
PlateauArrangement *
plateau_arrangement_new (PlateauFigure *figure)
{
  PlateauArrangement *a = g_new0 (PlateauArrangement, 1);

  a->columns = figure->columns;
  a->rows = figure->rows;
  a->places = g_new0 (PlateauGridPlace, figure->panels->len);
  for (guint i = 0; i < figure->panels->len; i++)
    {
      const PlateauPanel *panel = g_ptr_array_index (figure->panels, i);

      a->places[i] = (PlateauGridPlace){ panel->column, panel->row, panel->column_span,
                                         panel->row_span };
      a->columns = MAX (a->columns, panel->column + panel->column_span);
      a->rows = MAX (a->rows, panel->row + panel->row_span);
    }
  if (a->columns == figure->columns && figure->column_weights)
    a->column_weights = g_memdup2 (figure->column_weights, a->columns * sizeof (double));
  if (a->rows == figure->rows && figure->row_weights)
    a->row_weights = g_memdup2 (figure->row_weights, a->rows * sizeof (double));
  plateau_figure_get_size (figure, NULL, &a->height_mm);
  return a;
}

/* Lines of the legend; and the width of the widest of them. */
static guint
measure_legend (PlateauPanel *panel, const PlateauStyle *style, double *width_mm)
{
  g_autoptr (GHashTable) labels = g_hash_table_new (g_str_hash, g_str_equal);
  PlateauFont font = { style->family, style->text, FALSE, FALSE, TRUE };

  *width_mm = 0;
  if (panel->legend.place == PLATEAU_PLACE_HIDDEN)
    return 0;
  for (guint i = 0; i < panel->layers->len; i++)
    {
      const PlateauLayer *layer = g_ptr_array_index (panel->layers, i);
      PlateauExtents extents;

      if (!layer->label || !*layer->label || !g_hash_table_add (labels, layer->label))
        continue;
      plateau_text_measure (plateau_legend_shown (panel, layer->label), &font, &extents);
      *width_mm = MAX (*width_mm, (extents.width + KEY * style->text) * 25.4 / 72 * TEXT_PT
                                      / MAX (style->text, TEXT_PT));
    }
  return MIN (g_hash_table_size (labels), MOST_LINES);
}

static gboolean
has_windows (const PlateauPanel *panel)
{
  for (guint i = 0; i < panel->annotations->len; i++)
    if (g_array_index (panel->annotations, PlateauAnnotation, i).kind == PLATEAU_ANNOTATION_WINDOW)
      return TRUE;
  return FALSE;
}

static void
measure_needs (PlateauFigure *figure, const PlateauArrangement *document, const PlateauStyle *style,
               Need *needs)
{
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);
      const PlateauGridPlace *p = &document->places[i];
      double legend;
      gboolean bar = panel->colour_bar.used && !panel->colour_bar.inside;
      double width = figure->width_mm
                     * share_of (document->column_weights, document->columns, p->column,
                                 p->column_span);
      double height = document->height_mm
                      * share_of (document->row_weights, document->rows, p->row, p->row_span);

      needs[i].side = SIDE_MM + (panel->axes[PLATEAU_AXIS_Y2].used || bar ? TWIN_MM : 0);
      needs[i].head = HEAD_MM;
      needs[i].width = MAX (width - needs[i].side, PLOT_MIN_MM);
      if (!has_windows (panel))
        needs[i].width = MIN (needs[i].width, PLOT_WIDE_MM);
      needs[i].height = MAX (height - needs[i].head, PLOT_MIN_MM);
      if (panel->equal_units)
        needs[i].height = MIN (needs[i].height, EQUAL * MIN (needs[i].width, PLOT_WIDE_MM));
      if (panel->colour_bar.used && panel->colour_bar.inside)
        needs[i].head += BAR_LINES * LINE_MM;
      needs[i].head += LINE_MM * measure_legend (panel, style, &legend);
      needs[i].least = MAX (PLOT_MIN_MM, legend - needs[i].side);
    }
}

/* Width of a panel whose plot has @share of its size, though never less than can be read. */
static double
width_at (const Need *need, double share)
{
  return need->side + MAX (share * need->width, need->least);
}

/* Height of a row of panels whose plots have @share of their height. */
static double
row_height (const Need *needs, guint first, guint end, double share)
{
  double height = 0;

  for (guint i = first; i < end; i++)
    height = MAX (height, needs[i].head + share * needs[i].height);
  return height;
}

static gboolean
row_fits (const Need *needs, guint first, guint end, double width_mm, double share)
{
  double width = 0;

  for (guint i = first; i < end; i++)
    width += width_at (&needs[i], share);
  return width <= width_mm || end == first + 1;
}

/* The rows of least height in all, where plots have @share of their width: @begin[i] becomes the
 * first panel of the row that ends before panel i. */
static void
break_rows (const Need *needs, guint n, double width_mm, double share, guint *begin)
{
  g_autofree double *least = g_new0 (double, n + 1);

  for (guint end = 1; end <= n; end++)
    {
      least[end] = INFINITY;
      for (guint first = end; first > 0; first--)
        {
          double sum = least[first - 1] + row_height (needs, first - 1, end, 1);

          if (row_fits (needs, first - 1, end, width_mm, share) && sum < least[end])
            {
              least[end] = sum;
              begin[end] = first - 1;
            }
        }
    }
}

static void
place_row (PlateauArrangement *a, const Need *needs, guint first, guint end, double share,
           double high)
{
  guint column = 0;
  double sum = 0;

  for (guint i = first; i < end; i++)
    sum += width_at (&needs[i], share);
  for (guint i = first; i < end; i++)
    {
      guint span = i + 1 < end ? (guint) (GRID * width_at (&needs[i], share) / sum + 0.5)
                               : GRID - column;

      a->places[i] = (PlateauGridPlace){ column, a->rows, span, 1 };
      column += span;
    }
  a->row_weights[a->rows++] = row_height (needs, first, end, high);
}

static void
place_rows (PlateauArrangement *a, const Need *needs, const guint *begin, guint end, double share,
            double high)
{
  if (begin[end] > 0)
    place_rows (a, needs, begin, begin[end], share, high);
  place_row (a, needs, begin[end], end, share, high);
}

static double
height_at (const Need *needs, const guint *begin, guint n, double share)
{
  double sum = 0;

  for (guint end = n; end > 0; end = begin[end])
    sum += row_height (needs, begin[end], end, share);
  return sum;
}

/* The share of their height that plots can have on the page, at most 1. */
static double
height_share (const Need *needs, const guint *begin, guint n, double page)
{
  double low = 0, high = 1;

  if (height_at (needs, begin, n, high) <= page)
    return high;
  for (guint step = 0; step < 20; step++)
    {
      double middle = (low + high) / 2;

      *(height_at (needs, begin, n, middle) <= page ? &low : &high) = middle;
    }
  return low;
}

/* The share of their width that leaves plots the greatest area on the page. */
static double
choose_share (const Need *needs, guint n, double width_mm, double page, guint *begin)
{
  double best = 0, chosen = 1;

  for (double share = 1; share > 0.3; share -= 0.02)
    {
      double area;

      break_rows (needs, n, width_mm, share, begin);
      area = share * height_share (needs, begin, n, page);
      if (area > best)
        {
          best = area;
          chosen = share;
        }
    }
  break_rows (needs, n, width_mm, chosen, begin);
  return chosen;
}

/**
 * plateau_arrangement_new_narrow:
 * @figure: a figure
 * @width_mm: width that it is wanted at
 * @style: (nullable): its sizes of texts; %NULL: the document's
 *
 * The grid for a width far below the document's, or for much larger texts. Text has one size in
 * points at every width, so panels that only shrank would be nothing but text: they keep their
 * order and move to more rows, as many as leave every plot the greatest share of its size in the
 * document on a page no higher than a journal prints.
 *
 * Returns: (transfer full): the grid; as the document has it where @width_mm is near its width or
 *   above
 */
PlateauArrangement *
plateau_arrangement_new_narrow (PlateauFigure *figure, double width_mm, const PlateauStyle *style)
{
  PlateauArrangement *a = plateau_arrangement_new (figure);
  guint n = figure->panels->len;
  g_autofree Need *needs = g_new0 (Need, n);
  g_autofree guint *begin = g_new0 (guint, n + 1);
  const PlateauStyle *s = style ? style : figure->style;
  double scale = s->text / TEXT_PT, shown = width_mm / MAX (scale, 1), page, wide, high;

  if (shown >= NARROW * figure->width_mm || n == 0)
    {
      a->height_mm *= width_mm / figure->width_mm;
      if (s->height_max_mm > 0)
        a->height_mm = MIN (a->height_mm, s->height_max_mm);
      return a;
    }
  /* In units in which the text has the size that the needs are measured in. A slide holds no page
   * of a journal: it becomes higher. */
  page = scale < LARGE ? PAGE_MM / MAX (scale, 1) : PAGE_MM;
  measure_needs (figure, a, s, needs);
  g_clear_pointer (&a->column_weights, g_free);
  g_free (a->row_weights);
  a->row_weights = g_new0 (double, n);
  a->columns = GRID;
  wide = choose_share (needs, n, shown, page, begin);
  high = height_share (needs, begin, n, page);
  a->rows = 0;
  place_rows (a, needs, begin, n, wide, high);
  a->height_mm = MIN (height_at (needs, begin, n, high), page) * MAX (scale, 1);
  return a;
}

/**
 * plateau_arrangement_free:
 * @arrangement: (transfer full): a grid
 */
void
plateau_arrangement_free (PlateauArrangement *arrangement)
{
  g_free (arrangement->column_weights);
  g_free (arrangement->row_weights);
  g_free (arrangement->places);
  g_free (arrangement);
}
