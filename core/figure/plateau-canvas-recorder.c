/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-canvas.h"
#include "figure/plateau-markup.h"

/* Writes what is drawn as lines of text, coordinates rounded to 0.01: tests compare them. */
typedef struct
{
  PlateauCanvas parent;
  GString *text;
} Recorder;

static const char *const shapes[] = { "none",     "circle",   "square", "triangle", "diamond",
                                      "inverted", "pentagon", "cross",  "plus" };

static void
add_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", value);
  g_string_append_c (text, ' ');
  g_string_append (text, g_str_equal (buffer, "-0.00") ? "0.00" : buffer);
}

static void
add_colour (GString *text, const char *what, const PlateauRgba *c)
{
  g_string_append_printf (text, " %s #%02x%02x%02x", what, (guint)(c->r * 255 + 0.5),
                          (guint)(c->g * 255 + 0.5), (guint)(c->b * 255 + 0.5));
  if (c->a < 1)
    g_string_append_printf (text, "/%d%%", (int)(c->a * 100 + 0.5));
}

static void
add_pen (GString *text, const PlateauPen *pen, const PlateauRgba *fill)
{
  if (pen)
    {
      add_colour (text, "stroke", &pen->colour);
      add_number (text, pen->width);
      if (pen->n_dash > 0)
        {
          g_string_append (text, " dash");
          for (guint i = 0; i < pen->n_dash; i++)
            add_number (text, pen->dash[i]);
        }
    }
  if (fill)
    add_colour (text, "fill", fill);
}

static void
add_points (GString *text, const double *xy, gsize n)
{
  g_string_append (text, " :");
  for (gsize i = 0; i < 2 * n; i++)
    add_number (text, xy[i]);
  g_string_append_c (text, '\n');
}

static void
record_polyline (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
                 const PlateauPen *pen, const PlateauRgba *fill)
{
  GString *text = ((Recorder *)canvas)->text;

  g_string_append_printf (text, "%s %" G_GSIZE_FORMAT, closed ? "polygon" : "polyline", n);
  add_pen (text, pen, fill);
  add_points (text, xy, n);
}

static void
record_markers (PlateauCanvas *canvas, PlateauMarker shape, double diameter, const double *xy,
                gsize n, const PlateauPen *pen, const PlateauRgba *fill, gboolean half)
{
  GString *text = ((Recorder *)canvas)->text;

  g_string_append_printf (text, "markers %s%s %" G_GSIZE_FORMAT, shapes[shape], half ? " half" : "",
                          n);
  add_number (text, diameter);
  add_pen (text, pen, fill);
  add_points (text, xy, n);
}

static void
record_text (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
             const PlateauRgba *colour, const PlateauTextPlace *place)
{
  static const char *const across[] = { "left", "centre", "right" };
  static const char *const down[] = { "top", "middle", "bottom" };
  GString *text = ((Recorder *)canvas)->text;
  g_autofree char *escaped = g_strescape (markup, NULL);

  g_string_append_printf (text, "text \"%s\"%s%s", escaped, font->bold ? " bold" : "",
                          font->italic ? " italic" : "");
  add_number (text, font->size);
  add_colour (text, "fill", colour);
  g_string_append_printf (text, " %s %s at", across[place->horizontal], down[place->vertical]);
  add_number (text, place->x);
  add_number (text, place->y);
  if (place->angle != 0)
    {
      g_string_append (text, " turned");
      add_number (text, place->angle * 180 / G_PI);
    }
  g_string_append_c (text, '\n');
}

static void
record_image (PlateauCanvas *canvas, const PlateauRect *place, guint width, guint height,
              const guint32 *pixels)
{
  GString *text = ((Recorder *)canvas)->text;
  g_autofree char *sum = g_compute_checksum_for_data (
      G_CHECKSUM_MD5, (const guchar *)pixels, (gsize)width * height * sizeof *pixels);

  g_string_append_printf (text, "image %ux%u %s :", width, height, sum);
  add_number (text, place->x);
  add_number (text, place->y);
  add_number (text, place->width);
  add_number (text, place->height);
  g_string_append_c (text, '\n');
}

static void
record_push_clip (PlateauCanvas *canvas, const PlateauRect *area)
{
  GString *text = ((Recorder *)canvas)->text;

  g_string_append (text, "clip :");
  add_number (text, area->x);
  add_number (text, area->y);
  add_number (text, area->width);
  add_number (text, area->height);
  g_string_append_c (text, '\n');
}

static void
record_pop_clip (PlateauCanvas *canvas)
{
  g_string_append (((Recorder *)canvas)->text, "unclip\n");
}

static void
record_begin_group (PlateauCanvas *canvas, const char *name, double alpha)
{
  GString *text = ((Recorder *)canvas)->text;

  g_string_append_printf (text, "group \"%s\"", name ? name : "");
  if (alpha < 1)
    add_number (text, alpha);
  g_string_append_c (text, '\n');
}

static void
record_end_group (PlateauCanvas *canvas)
{
  g_string_append (((Recorder *)canvas)->text, "end\n");
}

static void
recorder_free (PlateauCanvas *canvas)
{
  Recorder *self = (Recorder *)canvas;

  if (self->text)
    g_string_free (self->text, TRUE);
}

static const PlateauCanvasClass recorder_class
    = { sizeof (Recorder), record_polyline, record_markers,     record_text,      record_image,
        record_push_clip,  record_pop_clip, record_begin_group, record_end_group, recorder_free };

/**
 * plateau_canvas_new_recorder:
 *
 * Returns: (transfer full): a canvas that notes each command as a line of text
 */
PlateauCanvas *
plateau_canvas_new_recorder (void)
{
  Recorder *self = g_new0 (Recorder, 1);

  self->parent.klass = &recorder_class;
  self->parent.vector = TRUE;
  self->parent.device_scale = 1200.0 / 72;
  self->text = g_string_new (NULL);
  return &self->parent;
}

/**
 * plateau_canvas_recorder_finish:
 * @canvas: a canvas of plateau_canvas_new_recorder()
 *
 * Returns: (transfer full): the commands so far; the canvas goes on empty
 */
char *
plateau_canvas_recorder_finish (PlateauCanvas *canvas)
{
  Recorder *self = (Recorder *)canvas;
  char *text;

  g_return_val_if_fail (canvas->klass == &recorder_class, NULL);
  text = g_string_free (self->text, FALSE);
  self->text = g_string_new (NULL);
  return text;
}
