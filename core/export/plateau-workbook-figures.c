/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/plateau-workbook-private.h"

#include "export/plateau-image.h"
#include "figure/plateau-figure.h"
#include "figure/plateau-markup.h"

#include <glib/gi18n.h>
#include <math.h>

/* The figures of the project: for each panel the data as shown, with a chart that a reader can
 * edit, or a picture where a sheet has no chart of the kind. */

#define CACHE_SIZE (128 * 1024 * 1024)
#define MAX_ROWS 1000000
#define MAX_SERIES 255 /* of one chart, in Excel */
#define PICTURE_WIDTH_MM 85
#define PICTURE_DPI 200
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
  N_VALUES
};
#define FIRST_VALUE 2 /* after series and label */

typedef struct
{
  PlateauBook *book;
  GCancellable *cancellable;
  PlateauCache *cache;
  PlateauTable *contents;
} Build;

static gsize
layer_size (const PlateauLayer *layer)
{
  return layer->kind == PLATEAU_LAYER_MAP ? layer->map_nx * layer->map_ny : layer->n;
}

static void
layer_values (const PlateauLayer *layer, gsize i, double values[N_VALUES])
{
  for (guint v = 0; v < N_VALUES; v++)
    values[v] = NAN;
  if (layer->kind == PLATEAU_LAYER_MAP)
    {
      values[VALUE_X] = plateau_array_get (&layer->x, i % layer->map_nx);
      values[VALUE_Y] = plateau_array_get (&layer->y, i / layer->map_nx);
      values[VALUE_Z] = plateau_array_get (&layer->z, i);
      return;
    }
  values[VALUE_X] = layer->kind == PLATEAU_LAYER_BOX ? layer->box_x
                                                     : plateau_array_get (&layer->x, i);
  values[VALUE_Y] = plateau_array_get (&layer->y, i);
  values[VALUE_Y_LOW] = plateau_array_get (&layer->y_low, i);
  values[VALUE_Y_HIGH] = plateau_array_get (&layer->y_high, i);
  values[VALUE_X_LOW] = plateau_array_get (&layer->x_low, i);
  values[VALUE_X_HIGH] = plateau_array_get (&layer->x_high, i);
}

static gboolean
layer_has (const PlateauLayer *layer, guint value)
{
  const PlateauArray *arrays[N_VALUES] = { &layer->x,     &layer->y,      &layer->z,
                                           &layer->y_low, &layer->y_high, &layer->x_low,
                                           &layer->x_high };
  return value == VALUE_X || value == VALUE_Y || arrays[value]->values != NULL;
}

static char *
axis_head (const PlateauPanel *panel, PlateauAxisId axis)
{
  g_autofree char *title = plateau_axis_dup_title (&panel->axes[axis], PLATEAU_TITLE_SLASH, NULL);
  char *plain = plateau_markup_to_plain (title);
  if (plain != NULL && plain[0] != '\0')
    return plain;
  g_free (plain);
  return g_strdup (plateau_axis_id_get_nick (axis));
}

/* Every point of every shown layer, in the units of the axes. */
static PlateauTable *
panel_table (PlateauPanel *panel, const char *title, guint columns[N_VALUES])
{
  static const char *const labels[N_VALUES] = { NULL,          NULL,        N_ ("Value"),
                                                N_ ("y from"), N_ ("y to"), N_ ("x from"),
                                                N_ ("x to") };
  static const char *const keys[N_VALUES] = { "x", "y", "z", "y_low", "y_high", "x_low", "x_high" };
  PlateauTable *table = plateau_table_new (title);
  plateau_table_add_column (table, "series", _ ("Series"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "label", _ ("Label"), NULL, PLATEAU_COLUMN_TEXT, 0);
  for (guint v = 0; v < N_VALUES; v++)
    {
      gboolean any = FALSE;
      for (guint l = 0; l < panel->layers->len && !any; l++)
        any = layer_has (panel->layers->pdata[l], v);
      columns[v] = 0;
      if (!any)
        continue;
      g_autofree char *head = v == VALUE_X   ? axis_head (panel, PLATEAU_AXIS_X)
                              : v == VALUE_Y ? axis_head (panel, PLATEAU_AXIS_Y)
                                             : g_strdup (_ (labels[v]));
      columns[v] = plateau_table_add_column (table, keys[v], head, NULL, PLATEAU_COLUMN_NUMBER, 6);
    }
  for (guint l = 0; l < panel->layers->len; l++)
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      g_autofree char *label = plateau_markup_to_plain (layer->label);
      for (gsize i = 0; !layer->hidden && i < layer_size (layer); i++)
        {
          double values[N_VALUES];
          guint row = plateau_table_add_row (table);
          layer_values (layer, i, values);
          plateau_table_set_text (table, row, 0, layer->id);
          plateau_table_set_text (table, row, 1, label);
          for (guint v = 0; v < N_VALUES; v++)
            if (columns[v] > 0)
              plateau_table_set_number (table, row, columns[v], values[v]);
        }
    }
  return table;
}

static gboolean
axis_is_native (const PlateauAxis *axis)
{
  return axis->scale == PLATEAU_SCALE_LINEAR || axis->scale == PLATEAU_SCALE_LOG
         || axis->scale == PLATEAU_SCALE_CYCLE;
}

/* Lines and points on one pair of axes: what a scatter chart of a sheet can show. */
static gboolean
is_native (const PlateauPanel *panel)
{
  guint n = 0;
  if (!axis_is_native (&panel->axes[PLATEAU_AXIS_X])
      || !axis_is_native (&panel->axes[PLATEAU_AXIS_Y]) || panel->axes[PLATEAU_AXIS_X2].used
      || panel->axes[PLATEAU_AXIS_Y2].used || panel->insets->len > 0 || panel->colour_bar.used)
    return FALSE;
  for (guint l = 0; l < panel->layers->len; l++)
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      n += !layer->hidden;
      if (!layer->hidden
          && (layer->kind != PLATEAU_LAYER_LINE || layer->use_x2 || layer->use_y2
              || layer->shift != 0 || layer->y_low.values != NULL || layer->x_low.values != NULL))
        return FALSE;
    }
  return n <= MAX_SERIES;
}

static void
style_axis (lxw_chart_axis *to, const PlateauPanel *panel, PlateauAxisId id)
{
  const PlateauAxis *axis = &panel->axes[id];
  g_autofree char *title = axis_head (panel, id);
  lxw_chart_font font = {
    .name = (char *) "Arial", .size = 10, .color = INK, .bold = LXW_EXPLICIT_FALSE
  };
  chart_axis_set_name (to, title);
  chart_axis_set_name_font (to, &font);
  chart_axis_set_num_font (to, &font);
  chart_axis_major_gridlines_set_visible (to, LXW_FALSE);
  chart_axis_set_major_tick_mark (to, LXW_CHART_AXIS_TICK_MARK_INSIDE);
  chart_axis_set_label_position (to, LXW_CHART_AXIS_LABEL_POSITION_LOW);
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

static void
add_series (lxw_chart *chart, const char *sheet, const PlateauLayer *layer, lxw_row_t first,
            const guint columns[N_VALUES])
{
  PlateauRgba rgba = plateau_colour_resolve (&layer->style.colour, PLATEAU_THEME_PAPER, FALSE);
  guint32 rgb = (guint32) lround (rgba.r * 255) << 16 | (guint32) lround (rgba.g * 255) << 8
                | (guint32) lround (rgba.b * 255);
  lxw_row_t last = first + (lxw_row_t) layer->n - 1;
  lxw_chart_line line = { .color = rgb,
                          .width = 1.25,
                          .none = !(layer->style.width > 0),
                          .dash_type = layer->style.dash == PLATEAU_DASH_SOLID
                                           ? LXW_CHART_LINE_DASH_SOLID
                                           : LXW_CHART_LINE_DASH_DASH };
  lxw_chart_line edge = { .color = rgb, .width = 0.75 };
  lxw_chart_fill fill = { .color = rgb };
  g_autofree char *label = plateau_markup_to_plain (layer->label);
  lxw_chart_series *series = chart_add_series (chart, NULL, NULL);
  chart_series_set_categories (series, sheet, first, (lxw_col_t) columns[VALUE_X], last,
                               (lxw_col_t) columns[VALUE_X]);
  chart_series_set_values (series, sheet, first, (lxw_col_t) columns[VALUE_Y], last,
                           (lxw_col_t) columns[VALUE_Y]);
  chart_series_set_name (series, label != NULL && label[0] != '\0' ? label : layer->id);
  chart_series_set_line (series, &line);
  if (layer->style.marker == PLATEAU_MARKER_NONE)
    {
      chart_series_set_marker_type (series, LXW_CHART_MARKER_NONE);
      return;
    }
  chart_series_set_marker_type (series, LXW_CHART_MARKER_CIRCLE);
  chart_series_set_marker_size (series, 5);
  chart_series_set_marker_line (series, &edge);
  chart_series_set_marker_fill (series, &fill);
}

static void
add_chart (Build *b, lxw_worksheet *worksheet, const char *sheet, const char *title,
           const PlateauPanel *panel, guint first_row, lxw_col_t at, const guint columns[N_VALUES])
{
  lxw_chart *chart = workbook_add_chart (b->book->workbook,
                                         LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
  lxw_chart_options place = { .x_scale = 1.25, .y_scale = 1.4 };
  lxw_row_t row = first_row;
  style_axis (chart->x_axis, panel, PLATEAU_AXIS_X);
  style_axis (chart->y_axis, panel, PLATEAU_AXIS_Y);
  chart_title_set_name (chart, title);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_BOTTOM);
  for (guint l = 0; l < panel->layers->len; l++)
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      if (layer->hidden || layer->n == 0)
        continue;
      add_series (chart, sheet, layer, row, columns);
      row += (lxw_row_t) layer->n;
    }
  worksheet_insert_chart_opt (worksheet, BOOK_HEAD_ROW, at, chart, &place);
}

/* The document with this panel alone. */
static JsonNode *
document_of_panel (JsonNode *document, guint index)
{
  JsonNode *copy = json_node_copy (document);
  JsonObject *own = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  json_object_iter_init (&iter, json_node_get_object (document));
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_str_equal (name, "panels") && !g_str_has_prefix (name, "column")
        && !g_str_has_prefix (name, "row") && !g_str_equal (name, "height_mm"))
      json_object_set_member (own, name, json_node_copy (value));
  JsonArray *panels = json_object_get_array_member (json_node_get_object (document), "panels");
  JsonObject *panel = json_object_new ();
  json_object_iter_init (&iter, json_array_get_object_element (panels, index));
  while (json_object_iter_next (&iter, &name, &value))
    if (!g_str_has_prefix (name, "column") && !g_str_has_prefix (name, "row"))
      json_object_set_member (panel, name, json_node_copy (value));
  JsonArray *single = json_array_new ();
  json_array_add_object_element (single, panel);
  json_object_set_array_member (own, "panels", single);
  json_node_take_object (copy, own);
  return copy;
}

static gboolean
add_picture (Build *b, lxw_worksheet *worksheet, JsonNode *document, guint index, lxw_col_t at,
             const char *title, GError **error)
{
  g_autoptr (JsonNode) alone = document_of_panel (document, index);
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (alone, error);
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
  options.width_mm = PICTURE_WIDTH_MM;
  options.dpi = PICTURE_DPI;
  if (figure == NULL
      || !plateau_figure_bind (figure, b->book->study, b->cache, b->cancellable, error))
    return FALSE;
  g_autoptr (GBytes) png = plateau_image_render (figure, PLATEAU_IMAGE_PNG, &options, NULL, error);
  if (png == NULL)
    return FALSE;
  gsize size;
  const unsigned char *data = g_bytes_get_data (png, &size);
  lxw_image_options place = { .description = (char *) title };
  plateau_book_check (b->book, worksheet_insert_image_buffer_opt (worksheet, BOOK_HEAD_ROW, at,
                                                                  data, size, &place));
  return TRUE;
}

static void
list_panel (Build *b, const char *figure, const char *letter, const char *sheet, const char *shown)
{
  guint row = plateau_table_add_row (b->contents);
  plateau_table_set_text (b->contents, row, 0, figure);
  plateau_table_set_text (b->contents, row, 1, letter);
  plateau_table_set_text (b->contents, row, 2, sheet);
  plateau_table_set_text (b->contents, row, 3, shown);
}

static gsize
panel_size (const PlateauPanel *panel)
{
  gsize n = 0;
  for (guint l = 0; l < panel->layers->len; l++)
    n += ((PlateauLayer *) panel->layers->pdata[l])->hidden ? 0
                                                            : layer_size (panel->layers->pdata[l]);
  return n;
}

static void
write_panel (Build *b, const char *figure, guint number, JsonNode *document, PlateauPanel *panel,
             guint index)
{
  g_autofree char *letter = index < 26 ? g_strdup_printf ("%c", 'a' + (int) index)
                                       : g_strdup_printf ("-%u", index + 1);
  gsize n = panel_size (panel);
  if (n == 0 || n > MAX_ROWS)
    {
      const char *why = n > 0                    ? _ ("left out: more than 1,000,000 points")
                        : panel->message != NULL ? panel->message
                                                 : _ ("no data");
      list_panel (b, figure, letter, NULL, why);
      return;
    }
  g_autofree char *wanted = g_strdup_printf (_ ("Figure %u%s"), number, letter);
  g_autofree char *title = g_strdup_printf (_ ("%s, panel %s"), figure, letter);
  guint columns[N_VALUES], first_row = 0;
  g_autoptr (PlateauTable) table = panel_table (panel, title, columns);
  lxw_col_t at = (lxw_col_t) (plateau_table_get_n_columns (table) + 1);
  char *name = NULL;
  lxw_worksheet *sheet = plateau_book_add_sheet (b->book, wanted, title, &name);
  if (sheet == NULL)
    return;
  plateau_book_add_table (b->book, sheet, table, "Figure", &first_row);
  if (!b->book->options->charts)
    list_panel (b, figure, letter, name, _ ("data"));
  else if (is_native (panel))
    {
      add_chart (b, sheet, name, title, panel, first_row, at, columns);
      list_panel (b, figure, letter, name, _ ("data and chart"));
    }
  else
    {
      g_autoptr (GError) error = NULL;
      gboolean drawn = add_picture (b, sheet, document, index, at, title, &error);
      list_panel (b, figure, letter, name,
                  drawn ? _ ("data and picture: a sheet has no chart of this kind")
                        : error->message);
    }
}

static void
write_figure (Build *b, guint number)
{
  const char *name = plateau_study_get_figure_name (b->book->study, number);
  g_autoptr (JsonNode) document = plateau_study_get_figure (b->book->study, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) figure = plateau_figure_new_from_json (document, &error);
  if (figure == NULL
      || !plateau_figure_bind (figure, b->book->study, b->cache, b->cancellable, &error))
    {
      list_panel (b, name, NULL, NULL, error->message);
      return;
    }
  for (guint i = 0; i < figure->panels->len; i++)
    write_panel (b, name, number + 1, document, plateau_figure_get_panel (figure, i), i);
}

/* A sheet that lists the panels of all figures, and behind it one of each panel. */
void
plateau_book_write_figures (PlateauBook *book, GCancellable *cancellable)
{
  static const struct
  {
    const char *key, *label;
  } heads[] = { { "figure", N_ ("Figure") },
                { "panel", N_ ("Panel") },
                { "sheet", N_ ("Sheet") },
                { "shown", N_ ("Shown as") } };
  guint n = plateau_study_get_n_figures (book->study);
  if (n == 0)
    return;
  g_autoptr (PlateauTable) contents = plateau_table_new (_ ("Figures"));
  g_autoptr (PlateauCache) cache = plateau_cache_new (CACHE_SIZE);
  Build b = { book, cancellable, cache, contents };
  for (guint c = 0; c < G_N_ELEMENTS (heads); c++)
    plateau_table_add_column (contents, heads[c].key, _ (heads[c].label), NULL, PLATEAU_COLUMN_TEXT,
                              0);
  lxw_worksheet *sheet = plateau_book_add_sheet (book, _ ("Figures"), _ ("Figures, panel by panel"),
                                                 NULL);
  for (guint i = 0; i < n && !g_cancellable_is_cancelled (cancellable); i++)
    write_figure (&b, i);
  plateau_book_add_table (book, sheet, contents, "Figures", NULL);
}
