/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "figure/plateau-markup.h"

#include <glib/gi18n.h>
#include <math.h>

/* A panel of a figure in a sheet: every point as it is shown, and a native chart of lines and
 * points on one or two vertical axes, with error bars, bands and offsets, or of bars. */

#define MAX_SERIES 255 /* of one chart, in Excel */
#define INK 0x202020

/* What a number of a layer is; columns that no layer has are left out. */
enum
{
  VALUE_X,
  VALUE_Y,
  VALUE_Z,
  VALUE_Y_LOW,
  VALUE_Y_HIGH,
  VALUE_X_LOW,
  VALUE_X_HIGH,
  VALUE_Y_MINUS,
  VALUE_Y_PLUS,
  VALUE_X_MINUS,
  VALUE_X_PLUS,
  VALUE_SHOWN, /* y with the offset of a stack */
  N_VALUES
};

static const struct
{
  const char *key, *label;
} heads[N_VALUES] = {
  [VALUE_X] = { "x", NULL },
  [VALUE_Y] = { "y", NULL },
  [VALUE_Z] = { "z", N_ ("Value") },
  [VALUE_Y_LOW] = { "y_low", N_ ("y from") },
  [VALUE_Y_HIGH] = { "y_high", N_ ("y to") },
  [VALUE_X_LOW] = { "x_low", N_ ("x from") },
  [VALUE_X_HIGH] = { "x_high", N_ ("x to") },
  [VALUE_Y_MINUS] = { "y_minus", N_ ("y minus") },
  [VALUE_Y_PLUS] = { "y_plus", N_ ("y plus") },
  [VALUE_X_MINUS] = { "x_minus", N_ ("x minus") },
  [VALUE_X_PLUS] = { "x_plus", N_ ("x plus") },
  [VALUE_SHOWN] = { "y_shown", N_ ("y with offset") },
};

/* ---- Values ---- */

static gsize
layer_size (const PlateauLayer *layer)
{
  return layer->kind == PLATEAU_LAYER_MAP ? layer->map_nx * layer->map_ny : layer->n;
}

static void
layer_values (const PlateauLayer *layer, gsize i, double v[N_VALUES])
{
  gboolean band = layer->kind == PLATEAU_LAYER_BAND;
  for (guint k = 0; k < N_VALUES; k++)
    v[k] = NAN;
  if (layer->kind == PLATEAU_LAYER_MAP)
    {
      v[VALUE_X] = plateau_array_get (&layer->x, i % layer->map_nx);
      v[VALUE_Y] = plateau_array_get (&layer->y, i / layer->map_nx);
      v[VALUE_Z] = plateau_array_get (&layer->z, i);
      return;
    }
  v[VALUE_X] = layer->kind == PLATEAU_LAYER_BOX ? layer->box_x : plateau_array_get (&layer->x, i);
  v[VALUE_Y] = plateau_array_get (&layer->y, i);
  v[VALUE_Y_LOW] = plateau_array_get (&layer->y_low, i);
  v[VALUE_Y_HIGH] = plateau_array_get (&layer->y_high, i);
  v[VALUE_X_LOW] = plateau_array_get (&layer->x_low, i);
  v[VALUE_X_HIGH] = plateau_array_get (&layer->x_high, i);
  /* A band stands on its lower end. */
  v[VALUE_Y_MINUS] = band ? 0 : v[VALUE_Y] - v[VALUE_Y_LOW];
  v[VALUE_Y_PLUS] = v[VALUE_Y_HIGH] - (band ? v[VALUE_Y_LOW] : v[VALUE_Y]);
  v[VALUE_X_MINUS] = v[VALUE_X] - v[VALUE_X_LOW];
  v[VALUE_X_PLUS] = v[VALUE_X_HIGH] - v[VALUE_X];
  v[VALUE_SHOWN] = v[VALUE_Y] + layer->shift;
}

static gboolean
layer_has (const PlateauLayer *layer, guint value)
{
  switch (value)
    {
    case VALUE_X:
    case VALUE_Y:
      return TRUE;
    case VALUE_Z:
      return layer->z.values != NULL;
    case VALUE_SHOWN:
      return layer->shift != 0;
    case VALUE_X_LOW:
    case VALUE_X_HIGH:
    case VALUE_X_MINUS:
    case VALUE_X_PLUS:
      return layer->x_low.values != NULL;
    default:
      return layer->y_low.values != NULL;
    }
}

static gboolean
any_has (const PlateauPanel *panel, guint value)
{
  for (guint l = 0; l < panel->layers->len; l++)
    if (!((PlateauLayer *) panel->layers->pdata[l])->hidden
        && layer_has (panel->layers->pdata[l], value))
      return TRUE;
  return FALSE;
}

static char *
axis_head (const PlateauPanel *panel, PlateauAxisId axis)
{
  g_autofree char *title = plateau_axis_dup_title (&panel->axes[axis], PLATEAU_TITLE_SLASH, NULL);
  char *plain = plateau_markup_to_unicode (title);
  if (plain != NULL && plain[0] != '\0')
    return plain;
  g_free (plain);
  return g_strdup (plateau_axis_id_get_nick (axis));
}

static char **
categories_of (const PlateauPanel *panel)
{
  const PlateauAxis *axis = &panel->axes[PLATEAU_AXIS_X];
  return axis->scale == PLATEAU_SCALE_CATEGORY ? axis->categories : NULL;
}

static void
add_rows (PlateauBookPanel *data, PlateauPanel *panel, const PlateauLayer *layer,
          const guint columns[N_VALUES])
{
  g_autofree char *label = plateau_markup_to_unicode (layer->label);
  char **categories = categories_of (panel);
  for (gsize i = 0; i < layer_size (layer); i++)
    {
      double values[N_VALUES];
      guint row = plateau_table_add_row (data->table);
      layer_values (layer, i, values);
      plateau_table_set_text (data->table, row, 0, layer->id);
      plateau_table_set_text (data->table, row, 1, label);
      for (guint v = 0; v < N_VALUES; v++)
        if (columns[v] > 0)
          plateau_table_set_number (data->table, row, columns[v], values[v]);
      long at = lround (values[VALUE_X]);
      if (data->category > 0 && at >= 0 && (gulong) at < g_strv_length (categories))
        {
          g_autofree char *name = plateau_markup_to_unicode (categories[at]);
          plateau_table_set_text (data->table, row, data->category, name);
        }
    }
}

/* Every point of every shown layer, in the units of the axes; bars first, so that they are one
 * range. */
void
plateau_book_panel_init (PlateauBookPanel *data, PlateauPanel *panel, const char *title)
{
  guint columns[N_VALUES] = { 0 };
  *data = (PlateauBookPanel){ .table = plateau_table_new (title),
                              .rows = g_new0 (guint, panel->layers->len + 1) };
  plateau_table_add_column (data->table, "series", _ ("Series"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (data->table, "label", _ ("Label"), NULL, PLATEAU_COLUMN_TEXT, 0);
  if (categories_of (panel) != NULL)
    data->category = plateau_table_add_column (data->table, "category", _ ("Category"), NULL,
                                               PLATEAU_COLUMN_TEXT, 0);
  for (guint v = 0; v < N_VALUES; v++)
    {
      if (!any_has (panel, v))
        continue;
      g_autofree char *head = v == VALUE_X   ? axis_head (panel, PLATEAU_AXIS_X)
                              : v == VALUE_Y ? axis_head (panel, PLATEAU_AXIS_Y)
                                             : g_strdup (_ (heads[v].label));
      columns[v] = plateau_table_add_column (data->table, heads[v].key, head, NULL,
                                             PLATEAU_COLUMN_NUMBER, 6);
    }
  data->x = columns[VALUE_X];
  data->y = columns[VALUE_SHOWN] > 0 ? columns[VALUE_SHOWN] : columns[VALUE_Y];
  data->y_low = columns[VALUE_Y_LOW];
  data->y_minus = columns[VALUE_Y_MINUS];
  data->y_plus = columns[VALUE_Y_PLUS];
  data->x_minus = columns[VALUE_X_MINUS];
  data->x_plus = columns[VALUE_X_PLUS];
  for (int bars = 1; bars >= 0; bars--)
    for (guint l = 0; l < panel->layers->len; l++)
      {
        const PlateauLayer *layer = panel->layers->pdata[l];
        if (layer->hidden || (layer->kind == PLATEAU_LAYER_BAR) != (bars == 1))
          continue;
        data->rows[l] = plateau_table_get_n_rows (data->table);
        add_rows (data, panel, layer, columns);
      }
}

void
plateau_book_panel_clear (PlateauBookPanel *data)
{
  plateau_table_unref (data->table);
  g_free (data->rows);
}

/* ---- What a sheet can show ---- */

static gboolean
axis_is_native (const PlateauAxis *axis)
{
  return axis->scale == PLATEAU_SCALE_LINEAR || axis->scale == PLATEAU_SCALE_LOG
         || axis->scale == PLATEAU_SCALE_CYCLE;
}

static gboolean
has_bars (const PlateauPanel *panel)
{
  for (guint l = 0; l < panel->layers->len; l++)
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      if (!layer->hidden && layer->kind == PLATEAU_LAYER_BAR)
        return TRUE;
    }
  return FALSE;
}

/* Lines, points, bands and bars: charts of a sheet; not maps, boxes, insets, steps, or a second
 * horizontal axis. */
gboolean
plateau_book_panel_is_native (PlateauPanel *panel)
{
  gboolean bars = has_bars (panel);
  guint n = 0;
  if ((!axis_is_native (&panel->axes[PLATEAU_AXIS_X])
       && !(bars && panel->axes[PLATEAU_AXIS_X].scale == PLATEAU_SCALE_CATEGORY))
      || !axis_is_native (&panel->axes[PLATEAU_AXIS_Y]) || panel->axes[PLATEAU_AXIS_X2].used
      || (panel->axes[PLATEAU_AXIS_Y2].used
          && (bars || !axis_is_native (&panel->axes[PLATEAU_AXIS_Y2])))
      || panel->insets->len > 0)
    return FALSE;
  for (guint l = 0; l < panel->layers->len; l++)
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      n += !layer->hidden;
      if (!layer->hidden
          && (layer->use_x2
              || (layer->kind != PLATEAU_LAYER_LINE && layer->kind != PLATEAU_LAYER_BAND
                  && layer->kind != PLATEAU_LAYER_BAR)))
        return FALSE;
    }
  return n <= MAX_SERIES;
}

/* ---- Charts ---- */

typedef struct
{
  PlateauBook *book;
  lxw_worksheet *worksheet;
  const char *sheet;
  PlateauPanel *panel;
  const PlateauBookPanel *data;
  guint first_row;
  lxw_chart *chart;
  PlateauBookEdit *edit; /* NULL: nothing yet */
  GArray *unnamed;       /* of gint16: series that the legend leaves out */
  GHashTable *named;     /* set of the labels that it has */
  gint16 n;              /* series so far */
} Charting;

static guint32
rgb_of (const PlateauColour *colour)
{
  PlateauRgba rgba = plateau_colour_resolve (colour, PLATEAU_THEME_PAPER, FALSE);
  return (guint32) lround (rgba.r * 255) << 16 | (guint32) lround (rgba.g * 255) << 8
         | (guint32) lround (rgba.b * 255);
}

/* Open markers: a tint, as some programs draw no edges of markers. */
static guint32
tint_of (guint32 rgb)
{
  guint32 tint = 0;
  for (guint shift = 0; shift < 24; shift += 8)
    tint |= (255 - (255 - (rgb >> shift & 255)) / 3) << shift;
  return tint;
}

static PlateauBookEdit *
edit_of (Charting *c)
{
  if (c->edit == NULL)
    c->edit = plateau_book_edit_chart (c->book, c->worksheet);
  return c->edit;
}

static void
style_axis (lxw_chart_axis *to, const PlateauPanel *panel, PlateauAxisId id)
{
  const PlateauAxis *axis = &panel->axes[id];
  g_autofree char *title = axis_head (panel, id);
  lxw_chart_font font = {
    .name = (char *) "Arial", .size = 10, .color = INK, .bold = LXW_EXPLICIT_FALSE
  };
  if (axis->title != NULL && axis->title[0] != '\0')
    chart_axis_set_name (to, title);
  chart_axis_set_name_font (to, &font);
  chart_axis_set_num_font (to, &font);
  chart_axis_major_gridlines_set_visible (to, LXW_FALSE);
  chart_axis_set_major_tick_mark (to, LXW_CHART_AXIS_TICK_MARK_INSIDE);
  chart_axis_set_label_position (to, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  if (axis->scale == PLATEAU_SCALE_CATEGORY)
    return;
  chart_axis_set_num_format (to, "General");
  if (axis->scale == PLATEAU_SCALE_LOG)
    chart_axis_set_log_base (to, 10);
  if (axis->reversed)
    chart_axis_set_reverse (to);
  if (isfinite (axis->min))
    chart_axis_set_min (to, axis->min);
  else if (axis->from_zero)
    chart_axis_set_min (to, 0);
  if (isfinite (axis->max))
    chart_axis_set_max (to, axis->max);
}

static char *
range_text (const Charting *c, guint first, guint last, guint column)
{
  char cell[2][LXW_MAX_CELL_NAME_LENGTH];
  lxw_rowcol_to_cell_abs (cell[0], first, (lxw_col_t) column, LXW_TRUE, LXW_TRUE);
  lxw_rowcol_to_cell_abs (cell[1], last, (lxw_col_t) column, LXW_TRUE, LXW_TRUE);
  g_auto (GStrv) parts = g_strsplit (c->sheet, "'", -1);
  g_autofree char *name = g_strjoinv ("''", parts);
  g_autofree char *plain = g_strdup_printf ("'%s'!%s:%s", name, cell[0], cell[1]);
  /* As text of an element: quotation marks stay. */
  g_autofree char *escaped = g_markup_escape_text (plain, -1);
  g_auto (GStrv) quotes = g_strsplit (escaped, "&apos;", -1);
  return g_strjoinv ("'", quotes);
}

/* Bars whose lengths stand in two columns. libxlsxwriter writes bars of one length, a key that is
 * found again in the finished file. */
static void
add_error_bars (Charting *c, lxw_chart_series *series, gboolean horizontal, guint32 rgb,
                gboolean caps, guint first, guint last)
{
  PlateauBookEdit *edit = edit_of (c);
  lxw_series_error_bars *bars = chart_series_get_error_bars (
      series, horizontal ? LXW_CHART_ERROR_BAR_AXIS_X : LXW_CHART_ERROR_BAR_AXIS_Y);
  lxw_chart_line line = { .color = rgb, .width = caps ? 0.75 : 2.5, .transparency = caps ? 0 : 70 };
  g_autofree char *plus = range_text (c, first, last,
                                      horizontal ? c->data->x_plus : c->data->y_plus);
  g_autofree char *minus = range_text (c, first, last,
                                       horizontal ? c->data->x_minus : c->data->y_minus);
  chart_series_set_error_bars (bars, LXW_CHART_ERROR_BAR_TYPE_FIXED,
                               PLATEAU_BOOK_BAR_KEY + edit->error_bars->len);
  chart_series_set_error_bars_endcap (bars, caps ? LXW_CHART_ERROR_BAR_END_CAP
                                                 : LXW_CHART_ERROR_BAR_NO_CAP);
  chart_series_set_error_bars_line (bars, &line);
  g_ptr_array_add (edit->error_bars,
                   g_strdup_printf ("<c:plus><c:numRef><c:f>%s</c:f></c:numRef></c:plus>"
                                    "<c:minus><c:numRef><c:f>%s</c:f></c:numRef></c:minus>",
                                    plus, minus));
}

static guint8
marker_of (PlateauMarker marker)
{
  switch (marker)
    {
    case PLATEAU_MARKER_NONE:
      return LXW_CHART_MARKER_NONE;
    case PLATEAU_MARKER_SQUARE:
      return LXW_CHART_MARKER_SQUARE;
    case PLATEAU_MARKER_TRIANGLE:
    case PLATEAU_MARKER_INVERTED:
      return LXW_CHART_MARKER_TRIANGLE;
    case PLATEAU_MARKER_DIAMOND:
    case PLATEAU_MARKER_PENTAGON:
      return LXW_CHART_MARKER_DIAMOND;
    case PLATEAU_MARKER_CROSS:
      return LXW_CHART_MARKER_X;
    case PLATEAU_MARKER_PLUS:
      return LXW_CHART_MARKER_PLUS;
    case PLATEAU_MARKER_CIRCLE:
    default:
      return LXW_CHART_MARKER_CIRCLE;
    }
}

static void
style_series (lxw_chart_series *series, const PlateauLayer *layer, guint32 rgb)
{
  gboolean band = layer->kind == PLATEAU_LAYER_BAND;
  lxw_chart_line line = { .color = rgb,
                          .width = 1.25,
                          .none = band || !(layer->style.width > 0),
                          .dash_type = layer->style.dash == PLATEAU_DASH_SOLID
                                           ? LXW_CHART_LINE_DASH_SOLID
                                           : LXW_CHART_LINE_DASH_DASH };
  lxw_chart_line edge = { .color = rgb, .width = 0.75 };
  lxw_chart_fill fill = { .color = layer->style.fill == PLATEAU_FILL_OPEN ? tint_of (rgb) : rgb };
  guint8 marker = band ? LXW_CHART_MARKER_NONE : marker_of (layer->style.marker);
  chart_series_set_line (series, &line);
  chart_series_set_marker_type (series, marker);
  if (marker == LXW_CHART_MARKER_NONE)
    return;
  chart_series_set_marker_size (series, layer->use_y2 ? 4 : 5);
  chart_series_set_marker_line (series, &edge);
  chart_series_set_marker_fill (series, &fill);
}

static lxw_chart_series *
new_series (Charting *c, const char *id, const char *markup, guint x, guint y, guint first,
            guint last)
{
  g_autofree char *label = plateau_markup_to_unicode (markup);
  gboolean named = label != NULL && label[0] != '\0';
  lxw_chart_series *series = chart_add_series (c->chart, NULL, NULL);
  chart_series_set_categories (series, c->sheet, first, (lxw_col_t) x, last, (lxw_col_t) x);
  chart_series_set_values (series, c->sheet, first, (lxw_col_t) y, last, (lxw_col_t) y);
  chart_series_set_name (series, named ? label : id);
  if (!named || !g_hash_table_add (c->named, g_strdup (label)))
    g_array_append_val (c->unnamed, c->n);
  c->n++;
  return series;
}

static void
add_line (Charting *c, guint index)
{
  const PlateauLayer *layer = c->panel->layers->pdata[index];
  guint first = c->first_row + c->data->rows[index], last = first + (guint) layer->n - 1;
  guint32 rgb = rgb_of (&layer->style.colour);
  gboolean band = layer->kind == PLATEAU_LAYER_BAND;
  lxw_chart_series *series = new_series (c, layer->id, band ? NULL : layer->label, c->data->x,
                                         band ? c->data->y_low : c->data->y, first, last);
  style_series (series, layer, rgb);
  if (layer->y_low.values != NULL)
    add_error_bars (c, series, FALSE, rgb, !band, first, last);
  if (layer->x_low.values != NULL)
    add_error_bars (c, series, TRUE, rgb, TRUE, first, last);
}

/* Those of the second axis come last. */
static void
add_lines (Charting *c)
{
  gboolean twin = FALSE;
  for (int second = 0; second < 2; second++)
    for (guint l = 0; l < c->panel->layers->len; l++)
      {
        const PlateauLayer *layer = c->panel->layers->pdata[l];
        if (layer->hidden || layer->n == 0 || layer->use_y2 != second)
          continue;
        if (second == 1 && !twin)
          edit_of (c)->first_series = (guint) c->n;
        twin = second == 1;
        add_line (c, l);
      }
  if (twin)
    {
      const PlateauAxis *axis = &c->panel->axes[PLATEAU_AXIS_Y2];
      PlateauBookEdit *edit = edit_of (c);
      edit->title = axis_head (c->panel, PLATEAU_AXIS_Y2);
      edit->min = isnan (axis->min) && axis->from_zero ? 0 : axis->min;
      edit->max = axis->max;
      edit->rgb = rgb_of (&axis->colour);
    }
}

/* Bars of one point each, at places of their own, are one series of differently coloured points;
 * else each layer is a series, and the bars stand in groups. */
static gboolean
are_single_bars (const PlateauPanel *panel)
{
  for (guint l = 0; l < panel->layers->len; l++)
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      if (layer->hidden || layer->kind != PLATEAU_LAYER_BAR)
        continue;
      if (layer->n != 1)
        return FALSE;
      for (guint k = 0; k < l; k++)
        {
          const PlateauLayer *other = panel->layers->pdata[k];
          if (!other->hidden && other->kind == PLATEAU_LAYER_BAR
              && plateau_array_get (&other->x, 0) == plateau_array_get (&layer->x, 0))
            return FALSE;
        }
    }
  return TRUE;
}

static void
add_single_bars (Charting *c)
{
  g_autoptr (GArray) fills = g_array_new (FALSE, FALSE, sizeof (lxw_chart_fill));
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_free);
  gboolean errors = FALSE;
  guint n = c->panel->layers->len;
  g_array_set_size (fills, n);
  for (guint l = 0; l < n; l++)
    {
      const PlateauLayer *layer = c->panel->layers->pdata[l];
      if (layer->hidden || layer->kind != PLATEAU_LAYER_BAR)
        continue;
      lxw_chart_fill *fill = &g_array_index (fills, lxw_chart_fill, points->len);
      *fill = (lxw_chart_fill){ .color = rgb_of (&layer->style.colour) };
      lxw_chart_point *point = g_new0 (lxw_chart_point, 1);
      point->fill = fill;
      g_ptr_array_add (points, point);
      errors = errors || layer->y_low.values != NULL;
    }
  guint first = c->first_row, last = first + points->len - 1;
  lxw_chart_series *series = new_series (c, _ ("Value"), NULL,
                                         c->data->category > 0 ? c->data->category : c->data->x,
                                         c->data->y, first, last);
  g_ptr_array_add (points, NULL);
  chart_series_set_points (series, (lxw_chart_point **) points->pdata);
  if (errors)
    add_error_bars (c, series, FALSE, INK, TRUE, first, last);
}

static void
add_bars (Charting *c)
{
  if (are_single_bars (c->panel))
    {
      add_single_bars (c);
      return;
    }
  for (guint l = 0; l < c->panel->layers->len; l++)
    {
      const PlateauLayer *layer = c->panel->layers->pdata[l];
      if (layer->hidden || layer->n == 0 || layer->kind != PLATEAU_LAYER_BAR)
        continue;
      guint first = c->first_row + c->data->rows[l], last = first + (guint) layer->n - 1;
      lxw_chart_fill fill = { .color = rgb_of (&layer->style.colour) };
      lxw_chart_series *series = new_series (c, layer->id, layer->label,
                                             c->data->category > 0 ? c->data->category : c->data->x,
                                             c->data->y, first, last);
      chart_series_set_fill (series, &fill);
      if (layer->y_low.values != NULL)
        add_error_bars (c, series, FALSE, INK, TRUE, first, last);
    }
}

void
plateau_book_panel_add_chart (PlateauBook *book, lxw_worksheet *worksheet, const char *sheet,
                              const char *title, PlateauPanel *panel, const PlateauBookPanel *data,
                              guint first_row, lxw_col_t at)
{
  gboolean bars = has_bars (panel);
  const gint16 end = -1;
  lxw_chart_font head = {
    .name = (char *) "Arial", .size = 11, .color = INK, .bold = LXW_EXPLICIT_FALSE
  };
  lxw_chart_options place = { .x_scale = 1.25, .y_scale = 1.4 };
  g_autoptr (GArray) unnamed = g_array_new (FALSE, FALSE, sizeof (gint16));
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Charting c = { .book = book,
                 .worksheet = worksheet,
                 .sheet = sheet,
                 .panel = panel,
                 .data = data,
                 .first_row = first_row,
                 .unnamed = unnamed,
                 .named = named };
  c.chart = workbook_add_chart (book->workbook,
                                bars ? LXW_CHART_COLUMN : LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
  style_axis (c.chart->x_axis, panel, PLATEAU_AXIS_X);
  style_axis (c.chart->y_axis, panel, PLATEAU_AXIS_Y);
  chart_title_set_name (c.chart, title);
  chart_title_set_name_font (c.chart, &head);
  if (bars)
    add_bars (&c);
  else
    add_lines (&c);
  if (g_hash_table_size (named) == 0)
    chart_legend_set_position (c.chart, LXW_CHART_LEGEND_NONE);
  else
    {
      chart_legend_set_position (c.chart, LXW_CHART_LEGEND_BOTTOM);
      g_array_append_val (unnamed, end);
      if (unnamed->len > 1)
        chart_legend_delete_series (c.chart, (gint16 *) (gpointer) unnamed->data);
    }
  worksheet_insert_chart_opt (worksheet, BOOK_HEAD_ROW, at, c.chart, &place);
}
