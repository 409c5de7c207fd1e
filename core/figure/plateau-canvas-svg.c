/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-canvas.h"
#include "figure/plateau-marker.h"
#include "figure/plateau-text.h"

#include <math.h>
#include <string.h>

/* SVG 1.1 with <text> that can be edited; cairo's own SVG turns text into outlines. */
typedef struct
{
  PlateauCanvas parent;
  GString *text;
  guint n_clips;
  guint depth;
} SvgCanvas;

static void
add_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.3f", value);
  for (end = buffer + strlen (buffer); end > buffer && end[-1] == '0'; end--)
    end[-1] = '\0';
  if (end > buffer && end[-1] == '.')
    end[-1] = '\0';
  g_string_append (text, g_str_equal (buffer, "-0") ? "0" : buffer);
}

static void
add_attribute (GString *text, const char *name, double value)
{
  g_string_append_printf (text, " %s=\"", name);
  add_number (text, value);
  g_string_append_c (text, '"');
}

static void
add_colour (GString *text, const char *name, const PlateauRgba *c)
{
  if (!c)
    {
      g_string_append_printf (text, " %s=\"none\"", name);
      return;
    }
  g_string_append_printf (text, " %s=\"#%02x%02x%02x\"", name, (guint)(c->r * 255 + 0.5),
                          (guint)(c->g * 255 + 0.5), (guint)(c->b * 255 + 0.5));
  if (c->a < 1)
    {
      g_autofree char *opacity = g_strdup_printf ("%s-opacity", name);
      add_attribute (text, opacity, c->a);
    }
}

static void
add_look (GString *text, const PlateauPen *pen, const PlateauRgba *fill)
{
  add_colour (text, "fill", fill);
  if (!pen)
    return;
  add_colour (text, "stroke", &pen->colour);
  add_attribute (text, "stroke-width", pen->width);
  if (pen->round)
    g_string_append_printf (text, " stroke-linejoin=\"round\"%s",
                            pen->n_dash == 0 ? " stroke-linecap=\"round\"" : "");
  if (pen->n_dash > 0)
    {
      g_string_append (text, " stroke-dasharray=\"");
      for (guint i = 0; i < pen->n_dash; i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          add_number (text, pen->dash[i]);
        }
      g_string_append_c (text, '"');
    }
}

static void
svg_polyline (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
              const PlateauPen *pen, const PlateauRgba *fill)
{
  GString *text = ((SvgCanvas *)canvas)->text;

  g_string_append_printf (text, "<path d=\"");
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_c (text, i == 0 ? 'M' : 'L');
      add_number (text, xy[2 * i]);
      g_string_append_c (text, ' ');
      add_number (text, xy[2 * i + 1]);
    }
  g_string_append (text, closed ? "Z\"" : "\"");
  add_look (text, pen, fill);
  g_string_append (text, "/>\n");
}

static void
add_marker_outline (GString *text, PlateauMarker shape, double d, double x, double y)
{
  guint n;
  gboolean open;
  const double *c = plateau_marker_corners (shape, &n, &open);

  g_string_append (text, "<path d=\"");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (text, i == 0 || (open && i % 2 == 0) ? 'M' : 'L');
      add_number (text, x + d * c[2 * i]);
      g_string_append_c (text, ' ');
      add_number (text, y + d * c[2 * i + 1]);
    }
  g_string_append (text, open ? "\"" : "Z\"");
}

static void
add_half (GString *text, double d, double x, double y)
{
  g_string_append (text, "<path d=\"M");
  add_number (text, x - d / 2);
  g_string_append_c (text, ' ');
  add_number (text, y);
  g_string_append (text, "A");
  add_number (text, d / 2);
  g_string_append_c (text, ' ');
  add_number (text, d / 2);
  g_string_append (text, " 0 0 0 ");
  add_number (text, x + d / 2);
  g_string_append_c (text, ' ');
  add_number (text, y);
  g_string_append (text, "Z\"/>");
}

static void
svg_markers (PlateauCanvas *canvas, PlateauMarker shape, double diameter, const double *xy, gsize n,
             const PlateauPen *pen, const PlateauRgba *fill, gboolean half)
{
  static const PlateauRgba white = { 1, 1, 1, 1 };
  GString *text = ((SvgCanvas *)canvas)->text;

  g_string_append (text, "<g");
  add_look (text, pen, half ? &white : fill);
  g_string_append (text, ">\n");
  for (gsize i = 0; i < n; i++)
    if (shape == PLATEAU_MARKER_CIRCLE)
      {
        g_string_append (text, "<circle");
        add_attribute (text, "cx", xy[2 * i]);
        add_attribute (text, "cy", xy[2 * i + 1]);
        add_attribute (text, "r", diameter / 2);
        g_string_append (text, "/>\n");
      }
    else
      {
        add_marker_outline (text, shape, diameter, xy[2 * i], xy[2 * i + 1]);
        g_string_append (text, "/>\n");
      }
  g_string_append (text, "</g>\n");
  if (!half || !fill)
    return;
  g_string_append (text, "<g");
  add_colour (text, "fill", fill);
  g_string_append (text, ">\n");
  for (gsize i = 0; i < n; i++)
    add_half (text, diameter, xy[2 * i], xy[2 * i + 1]);
  g_string_append (text, "</g>\n");
}

static void
add_run (GString *text, const PlateauTextRun *run, const PlateauFont *font, double *level_dy)
{
  g_autofree char *escaped = g_markup_escape_text (run->text, -1);
  double wanted = run->level > 0   ? -PLATEAU_SUPERSCRIPT_RISE * font->size
                  : run->level < 0 ? PLATEAU_SUBSCRIPT_DROP * font->size
                                   : 0;

  g_string_append (text, "<tspan");
  if (wanted != *level_dy)
    add_attribute (text, "dy", wanted - *level_dy);
  if (run->level != 0)
    add_attribute (text, "font-size", font->size * PLATEAU_SCRIPT_SIZE);
  if (run->bold)
    g_string_append (text, " font-weight=\"bold\"");
  if (run->italic)
    g_string_append (text, " font-style=\"italic\"");
  g_string_append_printf (text, ">%s</tspan>", escaped);
  *level_dy = wanted;
}

static void
open_text (GString *text, const PlateauFont *font, const PlateauRgba *colour,
           const PlateauTextPlace *place, double x, double y)
{
  static const char *const anchors[] = { "start", "middle", "end" };
  g_autofree char *family = g_markup_escape_text (font->family ? font->family : "sans-serif", -1);

  g_string_append (text, "<text");
  add_attribute (text, "x", x);
  add_attribute (text, "y", y);
  g_string_append_printf (text, " text-anchor=\"%s\" font-family=\"%s\"",
                          anchors[place->horizontal], family);
  add_attribute (text, "font-size", font->size);
  if (font->bold)
    g_string_append (text, " font-weight=\"bold\"");
  if (font->italic)
    g_string_append (text, " font-style=\"italic\"");
  add_colour (text, "fill", colour);
  if (place->angle != 0)
    {
      g_string_append (text, " transform=\"rotate(");
      add_number (text, place->angle * 180 / G_PI);
      g_string_append_c (text, ' ');
      add_number (text, place->x);
      g_string_append_c (text, ' ');
      add_number (text, place->y);
      g_string_append (text, ")\"");
    }
  g_string_append (text, " xml:space=\"preserve\">");
}

static void
svg_text (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
          const PlateauRgba *colour, const PlateauTextPlace *place)
{
  GString *text = ((SvgCanvas *)canvas)->text;
  g_autoptr (GArray) runs = plateau_markup_parse (markup);
  PlateauTextBlock block;
  double dx, dy, level = 0;
  guint line = 0;
  gboolean open = FALSE;

  plateau_text_block_init (&block, markup, font);
  plateau_text_block_place (&block, place, &dx, &dy);
  for (guint i = 0; i < runs->len; i++)
    {
      const PlateauTextRun *run = &g_array_index (runs, PlateauTextRun, i);

      if (!open)
        open_text (text, font, colour, place, place->x,
                   place->y + dy + block.ascent + line * block.line_height);
      open = TRUE;
      if (*run->text)
        add_run (text, run, font, &level);
      if (run->line_end)
        {
          g_string_append (text, "</text>\n");
          open = FALSE;
          level = 0;
          line++;
        }
    }
  if (open)
    g_string_append (text, "</text>\n");
  plateau_text_block_clear (&block);
}

static cairo_status_t
write_png (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
svg_image (PlateauCanvas *canvas, const PlateauRect *place, guint width, guint height,
           const guint32 *pixels)
{
  GString *text = ((SvgCanvas *)canvas)->text;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  int stride = cairo_image_surface_get_stride (surface);
  guchar *data = cairo_image_surface_get_data (surface);
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autofree char *base64 = NULL;

  if (!data)
    {
      cairo_surface_destroy (surface);
      return;
    }
  for (guint row = 0; row < height; row++)
    memcpy (data + (gsize)row * stride, pixels + (gsize)row * width, width * sizeof *pixels);
  cairo_surface_mark_dirty (surface);
  cairo_surface_write_to_png_stream (surface, write_png, png);
  cairo_surface_destroy (surface);
  base64 = g_base64_encode (png->data, png->len);
  g_string_append (text, "<image");
  add_attribute (text, "x", place->x);
  add_attribute (text, "y", place->y);
  add_attribute (text, "width", place->width);
  add_attribute (text, "height", place->height);
  g_string_append_printf (text,
                          " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\""
                          " xlink:href=\"data:image/png;base64,%s\"/>\n",
                          base64);
}

static void
svg_push_clip (PlateauCanvas *canvas, const PlateauRect *area)
{
  SvgCanvas *self = (SvgCanvas *)canvas;

  self->n_clips++;
  g_string_append_printf (self->text, "<clipPath id=\"clip%u\"><rect", self->n_clips);
  add_attribute (self->text, "x", area->x);
  add_attribute (self->text, "y", area->y);
  add_attribute (self->text, "width", area->width);
  add_attribute (self->text, "height", area->height);
  g_string_append_printf (self->text, "/></clipPath>\n<g clip-path=\"url(#clip%u)\">\n",
                          self->n_clips);
}

static void
svg_pop_clip (PlateauCanvas *canvas)
{
  g_string_append (((SvgCanvas *)canvas)->text, "</g>\n");
}

static void
svg_begin_group (PlateauCanvas *canvas, const char *name, double alpha)
{
  GString *text = ((SvgCanvas *)canvas)->text;
  g_autofree char *escaped = g_markup_escape_text (name ? name : "", -1);

  g_string_append (text, "<g");
  if (*escaped)
    g_string_append_printf (text, " data-name=\"%s\"", escaped);
  if (alpha < 1)
    add_attribute (text, "opacity", alpha);
  g_string_append (text, ">\n");
}

static void
svg_end_group (PlateauCanvas *canvas)
{
  g_string_append (((SvgCanvas *)canvas)->text, "</g>\n");
}

static void
svg_canvas_free (PlateauCanvas *canvas)
{
  SvgCanvas *self = (SvgCanvas *)canvas;

  if (self->text)
    g_string_free (self->text, TRUE);
}

static const PlateauCanvasClass svg_class
    = { sizeof (SvgCanvas), svg_polyline,  svg_markers,     svg_text,      svg_image,
        svg_push_clip,      svg_pop_clip, svg_begin_group, svg_end_group, svg_canvas_free };

/**
 * plateau_canvas_new_svg:
 * @width_mm: of the page
 * @height_mm: of the page
 * @title: (nullable): title of the document, plain text
 *
 * Returns: (transfer full): a canvas in points that becomes an SVG document
 */
PlateauCanvas *
plateau_canvas_new_svg (double width_mm, double height_mm, const char *title)
{
  SvgCanvas *self = g_new0 (SvgCanvas, 1);
  g_autofree char *escaped = g_markup_escape_text (title ? title : "", -1);

  self->parent.klass = &svg_class;
  self->parent.vector = TRUE;
  self->parent.device_scale = 1200.0 / 72;
  self->text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                             "<svg xmlns=\"http://www.w3.org/2000/svg\""
                             " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"");
  g_string_append (self->text, " width=\"");
  add_number (self->text, width_mm);
  g_string_append (self->text, "mm\" height=\"");
  add_number (self->text, height_mm);
  g_string_append (self->text, "mm\" viewBox=\"0 0 ");
  add_number (self->text, width_mm * 72 / 25.4);
  g_string_append_c (self->text, ' ');
  add_number (self->text, height_mm * 72 / 25.4);
  g_string_append (self->text, "\">\n");
  if (*escaped)
    g_string_append_printf (self->text, "<title>%s</title>\n", escaped);
  return &self->parent;
}

/**
 * plateau_canvas_svg_finish:
 * @canvas: a canvas of plateau_canvas_new_svg(), drawn on
 * @length: (out) (optional): bytes of the result
 *
 * Returns: (transfer full): the document; the canvas is spent and can only be freed
 */
char *
plateau_canvas_svg_finish (PlateauCanvas *canvas, gsize *length)
{
  SvgCanvas *self = (SvgCanvas *)canvas;

  g_return_val_if_fail (canvas->klass == &svg_class && self->text, NULL);
  g_string_append (self->text, "</svg>\n");
  if (length)
    *length = self->text->len;
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}
