/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-arrange.h"

#include "figure/plateau-layout.h"

#include <math.h>

#define NARROW 0.75          /* of the document's width: below it, panels move to rows of their own */
#define PANEL_MIN_MM 38.0    /* no panel of a row is narrower */
#define TWIN_MIN_MM 60.0     /* with a second y axis */
#define PANEL_LOW_MM 44.0    /* a panel may always be as high as this */
#define ASPECT_MAX 0.75      /* height over width of a panel that has a row to itself */
#define PAGE_MM 240.0        /* height that journals print */
#define HEIGHT_SHRINK 0.8    /* rows may become this much lower before panels share a row */
#define GRID 1000            /* columns of the grid that rows of unlike panels share */

static double
share_of (const double *weights, guint n, guint first, guint span)
{
  double sum = 0, part = 0;

  for (guint i = 0; i < n; i++)
    {
      double w = weights ? weights[i] : 1;

      sum += w;
      part += i >= first && i < first + span ? w : 0;
    }
  return part / sum;
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

/* Width and height that the document gives each panel, in mm. */
static void
measure_panels (PlateauFigure *figure, const PlateauArrangement *document, double *widths,
                double *heights)
{
  for (guint i = 0; i < figure->panels->len; i++)
    {
      const PlateauGridPlace *p = &document->places[i];

      widths[i] = figure->width_mm
                  * share_of (document->column_weights, document->columns, p->column,
                              p->column_span);
      heights[i] = document->height_mm
                   * share_of (document->row_weights, document->rows, p->row, p->row_span);
    }
}

static double
width_wanted (PlateauFigure *figure, guint index, const double *widths, double shrink, double most)
{
  const PlateauPanel *panel = g_ptr_array_index (figure->panels, index);
  double least = panel->axes[PLATEAU_AXIS_Y2].used ? TWIN_MIN_MM : PANEL_MIN_MM;

  return MIN (MAX (shrink * widths[index], least), most);
}

/* Fills rows in the order of the panels, each at least @shrink of its width wide. */
static void
fill_rows (PlateauArrangement *a, PlateauFigure *figure, const double *widths,
           const double *heights, double width_mm, double shrink)
{
  guint first = 0, n = figure->panels->len;

  a->rows = 0;
  a->height_mm = 0;
  while (first < n)
    {
      double sum = 0, height = 0;
      guint end = first, column = 0;

      while (end < n)
        {
          double wanted = width_wanted (figure, end, widths, shrink, width_mm);

          if (end > first && sum + wanted > width_mm * 1.01)
            break;
          sum += wanted;
          end++;
        }
      for (guint i = first; i < end; i++)
        {
          double wanted = width_wanted (figure, i, widths, shrink, width_mm);
          guint span = i + 1 < end ? (guint)(GRID * wanted / sum + 0.5) : GRID - column;
          double own = width_mm * span / GRID;

          a->places[i] = (PlateauGridPlace){ column, a->rows, span, 1 };
          column += span;
          height = MAX (height, MIN (heights[i], MAX (ASPECT_MAX * own, PANEL_LOW_MM)));
        }
      a->row_weights[a->rows++] = height;
      a->height_mm += height;
      first = end;
    }
}

/**
 * plateau_arrangement_new_narrow:
 * @figure: a figure
 * @width_mm: width that it is wanted at
 *
 * The grid for a width far below the document's: panels keep about their size in mm and their
 * order, move to more rows, and the page becomes higher, though no higher than a journal prints.
 * Text has one size in points at every width, so panels that only shrank would be nothing but text.
 *
 * Returns: (transfer full): the grid; as the document has it where @width_mm is near its width or
 *   above
 */
PlateauArrangement *
plateau_arrangement_new_narrow (PlateauFigure *figure, double width_mm)
{
  PlateauArrangement *a = plateau_arrangement_new (figure);
  guint n = figure->panels->len;
  g_autofree double *widths = g_new0 (double, n), *heights = g_new0 (double, n);

  if (width_mm >= NARROW * figure->width_mm || n == 0)
    {
      a->height_mm *= width_mm / figure->width_mm;
      return a;
    }
  measure_panels (figure, a, widths, heights);
  g_clear_pointer (&a->column_weights, g_free);
  g_free (a->row_weights);
  a->row_weights = g_new0 (double, n);
  a->columns = GRID;
  for (double shrink = 1; shrink > 0.45; shrink -= 0.1)
    {
      fill_rows (a, figure, widths, heights, width_mm, shrink);
      if (a->height_mm <= PAGE_MM / HEIGHT_SHRINK)
        break;
    }
  a->height_mm = MIN (a->height_mm, PAGE_MM);
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
