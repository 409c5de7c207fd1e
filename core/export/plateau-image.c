/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/plateau-image.h"

#include "base/plateau-error.h"
#include "base/plateau-file.h"
#include "export/plateau-raster.h"
#include "figure/plateau-journal.h"
#include "figure/plateau-markup.h"

#include <cairo-pdf.h>
#include <cairo-ps.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define MM (72 / 25.4)
#define MAX_PIXELS 400e6

static const struct
{
  const char *suffix, *label, *mime;
} formats[PLATEAU_N_IMAGE_FORMATS] = {
  [PLATEAU_IMAGE_PDF] = { "pdf", N_ ("PDF"), "application/pdf" },
  [PLATEAU_IMAGE_SVG] = { "svg", N_ ("SVG with editable text"), "image/svg+xml" },
  [PLATEAU_IMAGE_EPS] = { "eps", N_ ("EPS"), "application/postscript" },
  [PLATEAU_IMAGE_PNG] = { "png", N_ ("PNG"), "image/png" },
  [PLATEAU_IMAGE_TIFF] = { "tiff", N_ ("TIFF"), "image/tiff" },
};

/**
 * plateau_image_format_get_suffix:
 * @format: a format
 *
 * Returns: its suffix, without the point
 */
const char *
plateau_image_format_get_suffix (PlateauImageFormat format)
{
  g_return_val_if_fail ((guint) format < PLATEAU_N_IMAGE_FORMATS, "");
  return formats[format].suffix;
}

/**
 * plateau_image_format_get_label:
 * @format: a format
 *
 * Returns: its name for people, translated
 */
const char *
plateau_image_format_get_label (PlateauImageFormat format)
{
  g_return_val_if_fail ((guint) format < PLATEAU_N_IMAGE_FORMATS, "");
  return _ (formats[format].label);
}

/**
 * plateau_image_format_get_mime_type:
 * @format: a format
 *
 * Returns: its media type, for the clipboard
 */
const char *
plateau_image_format_get_mime_type (PlateauImageFormat format)
{
  g_return_val_if_fail ((guint) format < PLATEAU_N_IMAGE_FORMATS, "");
  return formats[format].mime;
}

/**
 * plateau_image_format_from_path:
 * @path: name of a file
 * @format: (out): the format that its suffix means
 *
 * Returns: %FALSE when the suffix is none of pdf, svg, eps, png, tif, tiff
 */
gboolean
plateau_image_format_from_path (const char *path, PlateauImageFormat *format)
{
  const char *dot = strrchr (path, '.');

  if (!dot)
    return FALSE;
  for (guint i = 0; i < PLATEAU_N_IMAGE_FORMATS; i++)
    if (g_ascii_strcasecmp (dot + 1, formats[i].suffix) == 0)
      {
        *format = i;
        return TRUE;
      }
  if (g_ascii_strcasecmp (dot + 1, "tif") == 0)
    {
      *format = PLATEAU_IMAGE_TIFF;
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  PlateauLayout *layout;
  double width, height; /* mm */
  double dpi;
  gboolean transparent;
  char *title;
} Page;

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_page (const Page *page, cairo_t *cr, gboolean vector)
{
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, vector);
  PlateauDrawOptions options = PLATEAU_DRAW_OPTIONS_INIT;

  options.transparent = page->transparent;
  plateau_layout_draw (page->layout, canvas, &options);
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
               _ ("The figure could not be drawn: %s"), cairo_status_to_string (status));
  return FALSE;
}

/* Cairo writes the time of day into its files; a fixed one keeps equal input at equal bytes. */
static void
set_metadata (cairo_surface_t *surface, const Page *page)
{
  if (page->title && *page->title)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, page->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Plateau");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
}

/* The same length, so that offsets in the file stay true. */
static void
blank_after (GByteArray *bytes, const char *key, char until, const char *with)
{
  gsize n = strlen (key);

  for (gsize i = 0; i + n < bytes->len; i++)
    if (memcmp (bytes->data + i, key, n) == 0)
      {
        gsize k = i + n, w = 0;
        for (; k < bytes->len && bytes->data[k] != (guint8) until; k++)
          bytes->data[k] = with[w] ? with[w++] : ' ';
      }
}

static GBytes *
render_pdf (const Page *page, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_bytes, bytes, page->width * MM, page->height * MM);
  cairo_t *cr = cairo_create (surface);
  gboolean ok;

  set_metadata (surface, page);
  draw_page (page, cr, TRUE);
  cairo_show_page (cr);
  cairo_surface_finish (surface);
  ok = check_status (cairo_status (cr), error)
       && check_status (cairo_surface_status (surface), error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (!ok)
    {
      g_byte_array_unref (bytes);
      return NULL;
    }
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
render_eps (const Page *page, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_ps_surface_create_for_stream (
      append_bytes, bytes, page->width * MM, page->height * MM);
  cairo_t *cr;
  gboolean ok;

  cairo_ps_surface_set_eps (surface, TRUE);
  cairo_ps_surface_restrict_to_level (surface, CAIRO_PS_LEVEL_3);
  cairo_surface_set_fallback_resolution (surface, page->dpi, page->dpi);
  cr = cairo_create (surface);
  draw_page (page, cr, TRUE);
  cairo_show_page (cr);
  cairo_surface_finish (surface);
  ok = check_status (cairo_status (cr), error)
       && check_status (cairo_surface_status (surface), error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (!ok)
    {
      g_byte_array_unref (bytes);
      return NULL;
    }
  blank_after (bytes, "%%CreationDate: ", '\n', "Sat Jan  1 00:00:00 2000");
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
render_svg (const Page *page, GError **error)
{
  g_autoptr (PlateauCanvas)
      canvas = plateau_canvas_new_svg (page->width, page->height, page->title);
  PlateauDrawOptions options = PLATEAU_DRAW_OPTIONS_INIT;
  gsize length;
  char *text;

  options.transparent = page->transparent;
  plateau_layout_draw (page->layout, canvas, &options);
  text = plateau_canvas_svg_finish (canvas, &length);
  return g_bytes_new_take (text, length);
}

static GBytes *
render_raster (const Page *page, PlateauImageFormat format, GError **error)
{
  double scale = page->dpi / 25.4;
  double width = round (page->width * scale), height = round (page->height * scale);
  gboolean transparent = page->transparent && format == PLATEAU_IMAGE_PNG;
  cairo_surface_t *surface;
  cairo_t *cr;
  GBytes *bytes = NULL;

  if (width * height > MAX_PIXELS || width > 32000 || height > 32000)
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                   _ ("A picture of %.0f by %.0f pixels is too large; lower the dpi or the size"),
                   width, height);
      return NULL;
    }
  surface = cairo_image_surface_create (transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                        (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_scale (cr, width / (page->width * MM), height / (page->height * MM));
  draw_page (page, cr, FALSE);
  if (check_status (cairo_status (cr), error))
    bytes = format == PLATEAU_IMAGE_PNG ? plateau_raster_to_png (surface, page->dpi, error)
                                        : plateau_raster_to_tiff (surface, page->dpi, error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes;
}

static gboolean
is_translucent (PlateauFigure *figure)
{
  for (guint i = 0; i < figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (figure->panels, i);

      if (panel->insets->len > 0)
        return TRUE;
      for (guint k = 0; k < panel->layers->len; k++)
        {
          PlateauLayer *layer = g_ptr_array_index (panel->layers, k);
          if (layer->style.alpha < 1 || layer->kind == PLATEAU_LAYER_BAND
              || (layer->kind == PLATEAU_LAYER_LINE && layer->style.area_alpha > 0))
            return TRUE;
        }
    }
  return FALSE;
}

/* What the journal of the style would mind. */
static void
add_checks (PlateauLayout *layout, GPtrArray *warnings)
{
  g_autoptr (GPtrArray) checks = plateau_layout_check (layout);

  for (guint i = 0; i < checks->len; i++)
    {
      const PlateauCheck *check = g_ptr_array_index (checks, i);

      if (check->state == PLATEAU_CHECK_WARNING)
        g_ptr_array_add (warnings, g_strdup (check->text));
    }
}

static void
add_warnings (PlateauFigure *figure, PlateauImageFormat format, const Page *page,
              GPtrArray *warnings)
{
  if (!warnings)
    return;
  if (format == PLATEAU_IMAGE_EPS && is_translucent (figure))
    g_ptr_array_add (warnings,
                     g_strdup (_ ("EPS knows no translucency: bands and areas that lie over other "
                                  "curves become pictures within the file. Use PDF, or make them "
                                  "opaque")));
  add_checks (page->layout, warnings);
  if ((format == PLATEAU_IMAGE_PNG || format == PLATEAU_IMAGE_TIFF) && page->dpi < 300)
    g_ptr_array_add (warnings, g_strdup_printf (_ ("%g dpi is below the 300 dpi that journals ask "
                                                   "for"),
                                                page->dpi));
}

static gboolean
page_init (Page *page, PlateauFigure *figure, const PlateauImageOptions *options, GError **error)
{
  PlateauLayoutOptions layout_options = PLATEAU_LAYOUT_OPTIONS_INIT;

  plateau_figure_get_size (figure, &page->width, &page->height);
  if (options->width_mm > 0)
    {
      g_autoptr (PlateauArrangement) grid
          = plateau_arrangement_new_narrow (figure, options->width_mm, options->style);

      page->height = grid->height_mm;
      page->width = options->width_mm;
    }
  if (options->height_mm > 0)
    page->height = options->height_mm;
  page->dpi = options->dpi > 0 ? options->dpi : 600;
  if (page->width > 5000 || page->height > 5000 || page->dpi > 9600)
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                   _ ("A figure of %g by %g mm at %g dpi is larger than any page"), page->width,
                   page->height, page->dpi);
      return FALSE;
    }
  page->transparent = options->transparent;
  page->title = plateau_markup_to_plain (figure->title);
  layout_options.width = page->width * MM;
  layout_options.height = page->height * MM;
  layout_options.style = options->style;
  layout_options.all_points = options->all_points;
  layout_options.arrange = TRUE;
  page->layout = plateau_figure_layout (figure, &layout_options);
  return TRUE;
}

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->layout, plateau_layout_unref);
  g_clear_pointer (&page->title, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static const PlateauImageOptions default_options = PLATEAU_IMAGE_OPTIONS_INIT;

/**
 * plateau_image_draw:
 * @figure: a bound figure
 * @options: (nullable): size, style
 * @cr: where to: a page whose unit is a point
 * @error: return location
 *
 * Draws a figure for a printer, its upper left corner at the origin.
 *
 * Returns: %FALSE with @error when it is larger than any page
 */
gboolean
plateau_image_draw (PlateauFigure *figure, const PlateauImageOptions *options, cairo_t *cr,
                    GError **error)
{
  g_auto (Page) page = { 0 };

  if (!page_init (&page, figure, options ? options : &default_options, error))
    return FALSE;
  draw_page (&page, cr, TRUE);
  return check_status (cairo_status (cr), error);
}

/**
 * plateau_image_render:
 * @figure: a bound figure
 * @format: what to make
 * @options: (nullable): size, resolution, style
 * @warnings: (nullable) (element-type utf8): texts are appended: what a journal may mind
 * @error: return location
 *
 * Draws a figure into a file in memory, on white. The same figure and options give the same bytes.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
plateau_image_render (PlateauFigure *figure, PlateauImageFormat format,
                      const PlateauImageOptions *options, GPtrArray *warnings, GError **error)
{
  g_auto (Page) page = { 0 };

  if (!page_init (&page, figure, options ? options : &default_options, error))
    return NULL;
  add_warnings (figure, format, &page, warnings);
  switch (format)
    {
    case PLATEAU_IMAGE_PDF:
      return render_pdf (&page, error);
    case PLATEAU_IMAGE_SVG:
      return render_svg (&page, error);
    case PLATEAU_IMAGE_EPS:
      return render_eps (&page, error);
    case PLATEAU_IMAGE_PNG:
    case PLATEAU_IMAGE_TIFF:
    case PLATEAU_N_IMAGE_FORMATS:
    default:
      return render_raster (&page, format, error);
    }
}

/**
 * plateau_image_save:
 * @figure: a bound figure
 * @path: the file, replaced only when all is written
 * @format: what to make
 * @options: (nullable): size, resolution, style
 * @warnings: (nullable) (element-type utf8): texts are appended
 * @error: return location
 *
 * Returns: %FALSE with @error, and the old file in place, when it could not be made or written
 */
gboolean
plateau_image_save (PlateauFigure *figure, const char *path, PlateauImageFormat format,
                    const PlateauImageOptions *options, GPtrArray *warnings, GError **error)
{
  g_autoptr (GBytes) bytes = plateau_image_render (figure, format, options, warnings, error);
  gsize length;
  const char *data;

  if (!bytes)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  return plateau_file_set_contents (path, data, (gssize) length, error);
}

/* Columns of a layer that hold something. */
static void
append_layer (GString *csv, PlateauPanel *panel, PlateauLayer *layer)
{
  g_autofree char *label = plateau_markup_to_plain (layer->label);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  const PlateauArray *arrays[] = { &layer->x,      &layer->y,     &layer->y_low,
                                   &layer->y_high, &layer->x_low, &layer->x_high };

  for (gsize i = 0; i < layer->n; i++)
    {
      g_string_append_printf (csv, "\"%s\",\"%s\"", layer->id, label);
      for (guint k = 0; k < G_N_ELEMENTS (arrays); k++)
        {
          double v = k == 0 && layer->kind == PLATEAU_LAYER_BOX ? layer->box_x
                                                                : plateau_array_get (arrays[k], i);
          g_string_append_c (csv, ',');
          if (isfinite (v))
            g_string_append (csv, g_ascii_dtostr (buffer, sizeof buffer, v));
        }
      g_string_append_c (csv, '\n');
    }
}

static void
append_map (GString *csv, PlateauLayer *layer)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize r = 0; r < layer->map_ny; r++)
    for (gsize c = 0; c < layer->map_nx; c++)
      {
        double v[] = { plateau_array_get (&layer->x, c), plateau_array_get (&layer->y, r),
                       plateau_array_get (&layer->z, r * layer->map_nx + c) };

        g_string_append_printf (csv, "\"%s\",\"\"", layer->id);
        for (guint k = 0; k < 3; k++)
          {
            g_string_append_c (csv, ',');
            if (isfinite (v[k]))
              g_string_append (csv, g_ascii_dtostr (buffer, sizeof buffer, v[k]));
          }
        g_string_append (csv, ",,,\n");
      }
}

/**
 * plateau_image_panel_csv:
 * @figure: a bound figure
 * @panel: index of the panel
 * @error: return location
 *
 * Every point of every shown layer, as drawn: in the axes' units, means as means, with the ends of
 * error bars. The head names axes and units. Maps give x, y and value.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL with @error when there is no such panel
 */
char *
plateau_image_panel_csv (PlateauFigure *figure, guint panel, GError **error)
{
  PlateauPanel *p = plateau_figure_get_panel (figure, panel);
  GString *csv;

  if (!p)
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID,
                   _ ("The figure has no panel %u"), panel + 1);
      return NULL;
    }
  csv = g_string_new ("series,label");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *title = plateau_axis_dup_title (&p->axes[i], PLATEAU_TITLE_PARENTHESES,
                                                       NULL);
      g_autofree char *plain = plateau_markup_to_plain (title);
      g_string_append_printf (csv, ",\"%s\"", *plain ? plain : plateau_axis_id_get_nick (i));
    }
  g_string_append (csv, ",y_low,y_high,x_low,x_high\n");
  for (guint i = 0; i < p->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (p->layers, i);

      if (layer->hidden)
        continue;
      if (layer->kind == PLATEAU_LAYER_MAP)
        append_map (csv, layer);
      else
        append_layer (csv, p, layer);
    }
  return g_string_free (csv, FALSE);
}
