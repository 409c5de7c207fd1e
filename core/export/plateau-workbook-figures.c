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
#define PICTURE_WIDTH_MM 85
#define PICTURE_DPI 200

typedef struct
{
  PlateauBook *book;
  GCancellable *cancellable;
  PlateauCache *cache;
  PlateauTable *contents;
} Build;

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
    {
      const PlateauLayer *layer = panel->layers->pdata[l];
      if (!layer->hidden)
        n += layer->kind == PLATEAU_LAYER_MAP ? layer->map_nx * layer->map_ny : layer->n;
    }
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
  guint first_row = 0;
  PlateauBookPanel data;
  char *name = NULL;
  lxw_worksheet *sheet = plateau_book_add_sheet (b->book, wanted, title, &name);
  if (sheet == NULL)
    return;
  plateau_book_panel_init (&data, panel, title);
  lxw_col_t at = (lxw_col_t) (plateau_table_get_n_columns (data.table) + 1);
  plateau_book_add_table (b->book, sheet, data.table, "Figure", &first_row);
  if (!b->book->options->charts)
    list_panel (b, figure, letter, name, _ ("data"));
  else if (plateau_book_panel_is_native (panel))
    {
      plateau_book_panel_add_chart (b->book, sheet, name, title, panel, &data, first_row, at);
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
  plateau_book_panel_clear (&data);
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
