/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* Native charts, in the colours of the figures: no grid, ticks inside, legend below. */

#define INK 0x202020
#define EFFICIENCY_RGB 0x767676
#define MAX_MARKED_POINTS 150

int
plateau_book_capacity_column (PlateauTable *table, gboolean charge, gboolean *specific)
{
  const char *keys[] = { charge ? "charge_capacity_mAh_g" : "discharge_capacity_mAh_g",
                         charge ? "charge_capacity_mAh" : "discharge_capacity_mAh" };
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      int column = plateau_table_find_column (table, keys[k]);
      if (column < 0)
        continue;
      for (guint row = 0; row < plateau_table_get_n_rows (table); row++)
        if (isfinite (plateau_table_get_number (table, row, (guint) column)))
          {
            *specific = k == 0;
            return column;
          }
    }
  return -1;
}

static void
style_axis (lxw_chart_axis *axis, const char *title)
{
  lxw_chart_font font = {
    .name = (char *) "Arial", .size = 10, .bold = LXW_EXPLICIT_FALSE, .color = INK
  };
  lxw_chart_line line = { .color = INK, .width = 0.75 };
  chart_axis_set_name (axis, title);
  chart_axis_set_name_font (axis, &font);
  chart_axis_set_num_font (axis, &font);
  chart_axis_set_line (axis, &line);
  chart_axis_major_gridlines_set_visible (axis, LXW_FALSE);
  chart_axis_set_major_tick_mark (axis, LXW_CHART_AXIS_TICK_MARK_INSIDE);
}

static lxw_chart *
new_chart (PlateauBook *book, const char *y_title)
{
  lxw_chart *chart = workbook_add_chart (book->workbook, LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
  lxw_chart_font font = { .name = (char *) "Arial", .size = 9, .color = INK };
  style_axis (chart->x_axis, _ ("Cycle"));
  style_axis (chart->y_axis, y_title);
  chart_axis_set_min (chart->y_axis, 0);
  chart_axis_set_num_format (chart->y_axis, "General");
  chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
  chart_legend_set_font (chart, &font);
  return chart;
}

typedef struct
{
  guint32 rgb;
  gboolean dashed, hollow;
  guint8 marker;
} SeriesLook;

static void
add_series (lxw_chart *chart, const PlateauBookCell *cell, int column, const char *name,
            const SeriesLook *look)
{
  int cycle = plateau_table_find_column (cell->table, "cycle");
  guint n = plateau_table_get_n_rows (cell->table);
  lxw_row_t last = (lxw_row_t) (cell->first_row + n - 1);
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  chart_series_set_categories (series, cell->sheet, cell->first_row, (lxw_col_t) cycle, last,
                               (lxw_col_t) cycle);
  chart_series_set_values (series, cell->sheet, cell->first_row, (lxw_col_t) column, last,
                           (lxw_col_t) column);
  chart_series_set_name (series, name);
  lxw_chart_line line = { .color = look->rgb,
                          .width = 1.25,
                          .dash_type = look->dashed ? LXW_CHART_LINE_DASH_DASH
                                                    : LXW_CHART_LINE_DASH_SOLID };
  lxw_chart_line edge = { .color = look->rgb, .width = 0.75 };
  lxw_chart_fill fill = { .color = look->hollow ? LXW_COLOR_WHITE : look->rgb };
  chart_series_set_line (series, &line);
  chart_series_set_marker_type (series,
                                n <= MAX_MARKED_POINTS ? look->marker : LXW_CHART_MARKER_NONE);
  chart_series_set_marker_size (series, 5);
  chart_series_set_marker_line (series, &edge);
  chart_series_set_marker_fill (series, &fill);
}

static char *
capacity_title (PlateauBook *book, gboolean specific)
{
  return plateau_book_text (book, specific ? _ ("Capacity / mAh g⁻¹") : _ ("Capacity / mAh"));
}

/* Efficiencies of a good cell lie close to 100: the axis leaves the first cycle out when it alone
 * would flatten the rest. */
static double
efficiency_floor (PlateauTable *table, guint column)
{
  double low = INFINITY;
  for (guint row = 1; row < plateau_table_get_n_rows (table); row++)
    {
      double value = plateau_table_get_number (table, row, column);
      if (isfinite (value) && value > 0)
        low = MIN (low, value);
    }
  return isfinite (low) ? CLAMP (floor ((low - 1) / 10) * 10, 0, 90) : 0;
}

/* Capacity of both branches and, on a second axis, coulombic efficiency. */
void
plateau_book_add_cycle_chart (PlateauBook *book, PlateauBookCell *cell)
{
  gboolean specific = FALSE;
  int charge = plateau_book_capacity_column (cell->table, TRUE, &specific);
  int discharge = plateau_book_capacity_column (cell->table, FALSE, &specific);
  int efficiency = plateau_table_find_column (cell->table, "coulombic_efficiency_percent");
  if (plateau_table_find_column (cell->table, "cycle") < 0 || (charge < 0 && discharge < 0))
    return;
  g_autofree char *y_title = capacity_title (book, specific);
  lxw_chart *chart = new_chart (book, y_title);
  guint n_series = 0;
  const SeriesLook hollow = { cell->rgb, FALSE, TRUE, LXW_CHART_MARKER_CIRCLE };
  const SeriesLook full = { cell->rgb, FALSE, FALSE, LXW_CHART_MARKER_CIRCLE };
  const SeriesLook grey = { EFFICIENCY_RGB, TRUE, TRUE, LXW_CHART_MARKER_SQUARE };
  if (charge >= 0)
    add_series (chart, cell, charge, _ ("Charge"), &hollow);
  if (discharge >= 0)
    add_series (chart, cell, discharge, _ ("Discharge"), &full);
  n_series = (charge >= 0) + (discharge >= 0);
  if (efficiency >= 0)
    {
      add_series (chart, cell, efficiency, _ ("Coulombic efficiency"), &grey);
      PlateauBookEdit *edit = plateau_book_edit_chart (book, cell->worksheet);
      edit->first_series = n_series;
      edit->title = g_strdup (_ ("Coulombic efficiency / %"));
      edit->min = efficiency_floor (cell->table, (guint) efficiency);
      edit->max = 102;
      edit->rgb = EFFICIENCY_RGB;
    }
  chart_title_set_name (chart, cell->cell->name);
  lxw_chart_options place = { .x_scale = 1.35, .y_scale = 1.4 };
  worksheet_insert_chart_opt (cell->worksheet, BOOK_HEAD_ROW,
                              (lxw_col_t) (plateau_table_get_n_columns (cell->table) + 1), chart,
                              &place);
}

static gboolean
same_family (const PlateauBookCell *a, const PlateauBookCell *b)
{
  const char *first = a->cell->sample != NULL ? a->cell->sample->family : "";
  const char *second = b->cell->sample != NULL ? b->cell->sample->family : "";
  return g_strcmp0 (first, second) == 0;
}

/* Discharge capacity of the cells of one family; specific only when all of them have a mass. */
static gboolean
add_family_chart (PlateauBook *book, guint first, guint row)
{
  PlateauBookCell *head = book->cells->pdata[first];
  gboolean all_specific = TRUE;
  for (guint i = first; i < book->cells->len; i++)
    {
      PlateauBookCell *cell = book->cells->pdata[i];
      gboolean specific = FALSE;
      if (cell->worksheet != NULL && same_family (head, cell)
          && plateau_book_capacity_column (cell->table, FALSE, &specific) >= 0)
        all_specific = all_specific && specific;
    }
  lxw_chart *chart = NULL;
  for (guint i = first; i < book->cells->len; i++)
    {
      PlateauBookCell *cell = book->cells->pdata[i];
      if (cell->worksheet == NULL || !same_family (head, cell)
          || plateau_table_find_column (cell->table, "cycle") < 0)
        continue;
      int column = plateau_table_find_column (cell->table, all_specific ? "discharge_capacity_mAh_g"
                                                                        : "discharge_capacity_mAh");
      if (column < 0)
        continue;
      if (chart == NULL)
        {
          g_autofree char *y_title = plateau_book_text (
              book, all_specific ? _ ("Discharge capacity / mAh g⁻¹")
                                 : _ ("Discharge capacity / mAh"));
          chart = new_chart (book, y_title);
        }
      SeriesLook look = { cell->rgb, cell->dashed, cell->dashed,
                          cell->dashed ? LXW_CHART_MARKER_SQUARE : LXW_CHART_MARKER_CIRCLE };
      add_series (chart, cell, column, cell->cell->name, &look);
    }
  if (chart == NULL)
    return FALSE;
  const char *family = head->cell->sample != NULL ? head->cell->sample->family : "";
  chart_title_set_name (chart, family[0] != '\0' ? family : _ ("Discharge capacity"));
  lxw_chart_options place = { .x_scale = 1.6, .y_scale = 1.5 };
  worksheet_insert_chart_opt (book->summary, row, 0, chart, &place);
  return TRUE;
}

void
plateau_book_add_overview_charts (PlateauBook *book, guint row)
{
  guint n = 0;
  for (guint i = 0; i < book->cells->len; i++)
    {
      gboolean seen = FALSE;
      for (guint k = 0; k < i && !seen; k++)
        seen = same_family (book->cells->pdata[k], book->cells->pdata[i]);
      if (!seen)
        n += add_family_chart (book, i, row + 24 * n);
    }
}
