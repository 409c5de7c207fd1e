/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-text.h"

#include <math.h>

/* Lengths are measured without hinting, so that a screen breaks and places text as a file does. */
static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

static PangoFontDescription *
new_description (const PlateauFont *font)
{
  PangoFontDescription *description = pango_font_description_new ();

  pango_font_description_set_family (description, font->family ? font->family : "Sans");
  pango_font_description_set_absolute_size (description, font->size * PANGO_SCALE);
  pango_font_description_set_weight (description,
                                     font->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (description,
                                    font->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  return description;
}

static void
insert_attribute (PangoAttrList *list, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static void
add_run (PangoAttrList *list, const PlateauTextRun *run, const PlateauFont *font, guint start, guint end)
{
  if (run->bold)
    insert_attribute (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (run->italic)
    insert_attribute (list, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (run->level != 0)
    {
      double rise = run->level > 0 ? PLATEAU_SUPERSCRIPT_RISE : -PLATEAU_SUBSCRIPT_DROP;

      insert_attribute (list,
                        pango_attr_size_new_absolute (font->size * PLATEAU_SCRIPT_SIZE
                                                      * PANGO_SCALE),
                        start, end);
      insert_attribute (list, pango_attr_rise_new (font->size * rise * PANGO_SCALE), start, end);
    }
}

static void
finish_line (PlateauTextBlock *block, PangoContext *context, PangoFontDescription *description,
             GString *text, PangoAttrList *list, const PlateauFont *font)
{
  PlateauTextLine line = { pango_layout_new (context), 0 };
  PangoRectangle logical;

  if (font->tabular)
    insert_attribute (list, pango_attr_font_features_new ("tnum"), 0, G_MAXUINT);
  pango_layout_set_font_description (line.layout, description);
  pango_layout_set_single_paragraph_mode (line.layout, TRUE);
  pango_layout_set_attributes (line.layout, list);
  pango_layout_set_text (line.layout, text->str, -1);
  pango_layout_get_extents (line.layout, NULL, &logical);
  line.width = (double)logical.width / PANGO_SCALE;
  block->width = MAX (block->width, line.width);
  g_array_append_val (block->lines, line);
  g_string_truncate (text, 0);
}

static void
line_clear (gpointer data)
{
  g_object_unref (((PlateauTextLine *)data)->layout);
}

/**
 * plateau_text_block_init:
 * @block: (out caller-allocates): the set text
 * @markup: a label
 * @font: its font
 *
 * Sets a label in lines. The height counts capitals and descenders of every line, not the leading
 * of the first, so that boxes sit close.
 */
void
plateau_text_block_init (PlateauTextBlock *block, const char *markup, const PlateauFont *font)
{
  g_autoptr (GArray) runs = plateau_markup_parse (markup);
  PangoContext *context = new_context ();
  PangoFontDescription *description = new_description (font);
  g_autoptr (GString) text = g_string_new (NULL);
  PangoAttrList *list = pango_attr_list_new ();

  *block = (PlateauTextBlock){ g_array_new (FALSE, TRUE, sizeof (PlateauTextLine)), 0, 0, 0, 0, 0 };
  g_array_set_clear_func (block->lines, line_clear);
  for (guint i = 0; i < runs->len; i++)
    {
      const PlateauTextRun *run = &g_array_index (runs, PlateauTextRun, i);
      guint start = text->len;

      g_string_append (text, run->text);
      add_run (list, run, font, start, text->len);
      if (run->line_end)
        {
          finish_line (block, context, description, text, list, font);
          pango_attr_list_unref (list);
          list = pango_attr_list_new ();
        }
    }
  finish_line (block, context, description, text, list, font);
  pango_attr_list_unref (list);
  pango_font_description_free (description);
  g_object_unref (context);
  block->cap_height = 0.72 * font->size;
  block->ascent = 0.80 * font->size;
  block->line_height = 1.22 * font->size;
  block->height = block->ascent + 0.22 * font->size
                  + (block->lines->len - 1) * block->line_height;
}

/**
 * plateau_text_block_clear:
 * @block: a text of plateau_text_block_init()
 */
void
plateau_text_block_clear (PlateauTextBlock *block)
{
  g_clear_pointer (&block->lines, g_array_unref);
}

/**
 * plateau_text_block_place:
 * @block: set text
 * @place: where it goes
 * @dx: (out): from the anchor to the left of the unrotated box
 * @dy: (out): from the anchor to its top
 */
void
plateau_text_block_place (const PlateauTextBlock *block, const PlateauTextPlace *place, double *dx,
                          double *dy)
{
  double last_base = block->ascent + (block->lines->len - 1) * block->line_height;

  *dx = place->horizontal == PLATEAU_ANCHOR_START ? 0
        : place->horizontal == PLATEAU_ANCHOR_END ? -block->width
                                                  : -block->width / 2;
  /* Centred and bottom texts go by their capitals and base line: digits beside ticks. */
  *dy = place->vertical == PLATEAU_ANCHOR_START ? 0
        : place->vertical == PLATEAU_ANCHOR_END
            ? -block->height
            : -(block->ascent - block->cap_height + last_base) / 2;
}

/**
 * plateau_text_line_offset:
 * @block: set text
 * @place: where it goes
 * @line: index of a line
 *
 * Returns: how far the line is moved right within the block, by the block's alignment
 */
double
plateau_text_line_offset (const PlateauTextBlock *block, const PlateauTextPlace *place, guint line)
{
  double rest = block->width - g_array_index (block->lines, PlateauTextLine, line).width;

  return place->horizontal == PLATEAU_ANCHOR_START ? 0
         : place->horizontal == PLATEAU_ANCHOR_END ? rest
                                                   : rest / 2;
}

/**
 * plateau_text_measure:
 * @markup: a label
 * @font: its font
 * @extents: (out caller-allocates): its size in the font's units
 */
void
plateau_text_measure (const char *markup, const PlateauFont *font, PlateauExtents *extents)
{
  PlateauTextBlock block;

  plateau_text_block_init (&block, markup, font);
  *extents = (PlateauExtents){ block.width, block.height, block.ascent, block.cap_height };
  plateau_text_block_clear (&block);
}

/**
 * plateau_text_box:
 * @markup: a label
 * @font: its font
 * @place: where it is drawn
 *
 * Returns: the smallest upright rectangle around the text, turned as @place says
 */
PlateauRect
plateau_text_box (const char *markup, const PlateauFont *font, const PlateauTextPlace *place)
{
  PlateauTextBlock block;
  double dx, dy, x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;

  plateau_text_block_init (&block, markup, font);
  plateau_text_block_place (&block, place, &dx, &dy);
  for (int corner = 0; corner < 4; corner++)
    {
      double x = dx + (corner & 1 ? block.width : 0), y = dy + (corner & 2 ? block.height : 0);
      double rx = x * cos (place->angle) - y * sin (place->angle);
      double ry = x * sin (place->angle) + y * cos (place->angle);

      x0 = MIN (x0, place->x + rx);
      x1 = MAX (x1, place->x + rx);
      y0 = MIN (y0, place->y + ry);
      y1 = MAX (y1, place->y + ry);
    }
  plateau_text_block_clear (&block);
  return (PlateauRect){ x0, y0, x1 - x0, y1 - y0 };
}

char *
plateau_text_family_used (const char *family)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *wanted = pango_font_description_new (), *got = NULL;
  PangoFont *font;
  char *used = NULL;

  pango_font_description_set_family (wanted, family ? family : "Sans");
  pango_font_description_set_absolute_size (wanted, 10 * PANGO_SCALE);
  font = pango_context_load_font (context, wanted);
  if (font)
    {
      got = pango_font_describe (font);
      used = g_strdup (pango_font_description_get_family (got));
      pango_font_description_free (got);
      g_object_unref (font);
    }
  pango_font_description_free (wanted);
  g_object_unref (context);
  return used;
}
