/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Axes that panels share: the same limits, labels and title at the outer one alone, and plots of one
 * size although the outer panel has more text around its own. */

#include "figure/plateau-layout-private.h"

#include <math.h>

static gboolean
is_horizontal (guint axis)
{
  return axis == PLATEAU_AXIS_X || axis == PLATEAU_AXIS_X2;
}

/* Two panels share an axis where both say so, mean the same quantity and stand in line. */
static gboolean
shares (PlateauLayout *layout, guint i, guint j, guint axis)
{
  const PlateauAxis *a = &plateau_figure_get_panel (layout->figure, i)->axes[axis];
  const PlateauAxis *b = &plateau_figure_get_panel (layout->figure, j)->axes[axis];
  const PlateauGridPlace *p = &layout->grid->places[i], *q = &layout->grid->places[j];

  return a->shared && b->shared && a->used && b->used && a->scale == b->scale
         && g_strcmp0 (a->unit, b->unit) == 0
         && (is_horizontal (axis) ? p->column == q->column && p->column_span == q->column_span
                                  : p->row == q->row && p->row_span == q->row_span);
}

/* Whether @other is the one of the two that keeps labels and title: the lowest, the leftmost, for
 * second axes the highest, the rightmost. */
static gboolean
is_outer (const PlateauGridPlace *other, const PlateauGridPlace *own, guint axis)
{
  switch (axis)
    {
    case PLATEAU_AXIS_X:
      return other->row > own->row;
    case PLATEAU_AXIS_X2:
      return other->row < own->row;
    case PLATEAU_AXIS_Y:
      return other->column < own->column;
    default:
      return other->column > own->column;
    }
}

/* Needs scales fitted to each panel's own data. */
void
plateau_layout_share_axes (PlateauLayout *layout)
{
  guint n = layout->panels->len;

  for (guint i = 0; i < n; i++)
    {
      PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);

      for (guint a = 0; a < PLATEAU_N_AXES; a++)
        {
          pl->shared_min[a] = pl->shared_max[a] = NAN;
          pl->inner[a] = FALSE;
          for (guint j = 0; j < n; j++)
            {
              const PlateauPanelLayout *other = g_ptr_array_index (layout->panels, j);

              if (j == i || !shares (layout, i, j, a))
                continue;
              pl->shared_min[a] = fmin (fmin (pl->shared_min[a], pl->scales[a].min),
                                        other->scales[a].min);
              pl->shared_max[a] = fmax (fmax (pl->shared_max[a], pl->scales[a].max),
                                        other->scales[a].max);
              pl->inner[a] = pl->inner[a]
                             || is_outer (&layout->grid->places[j], &layout->grid->places[i], a);
            }
        }
    }
}

void
plateau_layout_apply_shared (PlateauPanelLayout *pl)
{
  for (guint a = 0; a < PLATEAU_N_AXES; a++)
    if (pl->shared_min[a] < pl->shared_max[a])
      {
        pl->scales[a].min = pl->shared_min[a];
        pl->scales[a].max = pl->shared_max[a];
      }
}

/* Whether every panel of a line of the grid shares the axis with its neighbours there. */
static gboolean
line_is_shared (PlateauLayout *layout, guint axis, guint line)
{
  guint n = 0;

  for (guint i = 0; i < layout->panels->len; i++)
    {
      const PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);
      const PlateauGridPlace *p = &layout->grid->places[i];

      if ((is_horizontal (axis) ? p->column : p->row) != line)
        continue;
      if (isnan (pl->shared_min[axis]))
        return FALSE;
      n++;
    }
  return n > 1;
}

static int
compare_starts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const double *starts = user_data;
  double x = starts[*(const guint *)a], y = starts[*(const guint *)b];

  return x < y ? -1 : x > y;
}

/* Divides a row (or column) of panels anew, so that their plots are as large as their cells are to
 * each other. */
static void
divide_line (PlateauLayout *layout, const PlateauMargins *margins, guint axis, guint line)
{
  gboolean down = is_horizontal (axis);
  double gap = down ? layout->style->row_gap : layout->style->column_gap;
  double room = 0, cells = 0, at;
  g_autoptr (GArray) members = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree double *starts = g_new0 (double, layout->panels->len);

  for (guint i = 0; i < layout->panels->len; i++)
    {
      const PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);
      const PlateauGridPlace *p = &layout->grid->places[i];
      double size = down ? pl->cell.height : pl->cell.width;

      if ((down ? p->column : p->row) != line)
        continue;
      starts[i] = down ? pl->cell.y : pl->cell.x;
      room += size - (down ? margins[i].top + margins[i].bottom : margins[i].left + margins[i].right);
      cells += size;
      g_array_append_val (members, i);
    }
  if (room <= 8 * members->len)
    return;
  g_array_sort_with_data (members, compare_starts, starts);
  at = starts[g_array_index (members, guint, 0)];
  for (guint k = 0; k < members->len; k++)
    {
      guint i = g_array_index (members, guint, k);
      PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);
      double size = down ? pl->cell.height : pl->cell.width;
      double wanted = room * size / cells
                      + (down ? margins[i].top + margins[i].bottom
                              : margins[i].left + margins[i].right);

      if (down)
        {
          pl->cell.y = at;
          pl->cell.height = wanted;
        }
      else
        {
          pl->cell.x = at;
          pl->cell.width = wanted;
        }
      at += wanted + gap;
    }
}

/* Cells are as the grid has them; the margins known. */
void
plateau_layout_share_sizes (PlateauLayout *layout, const PlateauMargins *margins)
{
  static const guint axes[] = { PLATEAU_AXIS_X, PLATEAU_AXIS_Y };

  for (guint k = 0; k < G_N_ELEMENTS (axes); k++)
    {
      guint lines = is_horizontal (axes[k]) ? layout->grid->columns : layout->grid->rows;
      gboolean all = TRUE;

      /* Lines that are divided differently would put the axes across them out of line. */
      for (guint i = 0; i < layout->panels->len; i++)
        {
          const PlateauGridPlace *p = &layout->grid->places[i];

          all = all && line_is_shared (layout, axes[k],
                                       is_horizontal (axes[k]) ? p->column : p->row);
        }
      for (guint line = 0; all && line < lines; line++)
        if (line_is_shared (layout, axes[k], line))
          divide_line (layout, margins, axes[k], line);
    }
}
