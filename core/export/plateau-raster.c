/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "export/plateau-raster.h"

#include "base/plateau-error.h"

#include <glib/gi18n.h>
#include <math.h>
#include <png.h>
#include <stdarg.h>
#include <string.h>
#include <tiffio.h>

/* One row of the surface as bytes R, G, B (and A, not premultiplied). */
static void
row_to_rgb (cairo_surface_t *surface, int row, gboolean alpha, guint8 *out)
{
  int width = cairo_image_surface_get_width (surface);
  const guchar *line = cairo_image_surface_get_data (surface)
                       + (gsize) row * cairo_image_surface_get_stride (surface);

  for (int x = 0; x < width; x++)
    {
      guint32 pixel;
      guint a;

      memcpy (&pixel, line + 4 * (gsize) x, sizeof pixel);
      a = alpha ? pixel >> 24 : 255;
      for (int shift = 16; shift >= 0; shift -= 8)
        {
          guint v = pixel >> shift & 255;
          *out++ = (guint8) (a == 0 ? 0 : a == 255 ? v : MIN (255, (v * 255 + a / 2) / a));
        }
      if (alpha)
        *out++ = (guint8) a;
    }
}

static void
write_data (png_structp png, png_bytep data, png_size_t length)
{
  g_byte_array_append (png_get_io_ptr (png), data, length);
}

static void
flush_data (png_structp png)
{
}

static void
on_png_error (png_structp png, png_const_charp message)
{
  char **text = png_get_error_ptr (png);

  g_free (*text);
  *text = g_strdup (message);
  png_longjmp (png, 1);
}

static void
on_png_warning (png_structp png, png_const_charp message)
{
}

static gboolean
write_png (png_structp png, png_infop info, cairo_surface_t *surface, double dpi, guint8 *row)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gboolean alpha = cairo_image_surface_get_format (surface) == CAIRO_FORMAT_ARGB32;
  png_uint_32 per_metre = (png_uint_32) round (dpi / 0.0254);

  if (setjmp (png_jmpbuf (png)))
    return FALSE;
  png_set_IHDR (png, info, width, height, 8, alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB,
                PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_pHYs (png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_compression_level (png, 6);
  png_write_info (png, info);
  for (int y = 0; y < height; y++)
    {
      row_to_rgb (surface, y, alpha, row);
      png_write_row (png, row);
    }
  png_write_end (png, info);
  return TRUE;
}

/**
 * plateau_raster_to_png:
 * @surface: an image surface, RGB24 or ARGB32
 * @dpi: its resolution, stored in pHYs
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *
plateau_raster_to_png (cairo_surface_t *surface, double dpi, GError **error)
{
  g_autofree char *message = NULL;
  g_autofree guint8 *row = g_malloc (4 * (gsize) cairo_image_surface_get_width (surface));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, &message, on_png_error,
                                             on_png_warning);
  png_infop info = png ? png_create_info_struct (png) : NULL;
  gboolean ok = FALSE;

  cairo_surface_flush (surface);
  if (info)
    {
      png_set_write_fn (png, bytes, write_data, flush_data);
      ok = write_png (png, info, surface, dpi, row);
    }
  png_destroy_write_struct (&png, &info);
  if (!ok)
    {
      g_set_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
                   _ ("The PNG could not be made: %s"), message ? message : _ ("out of memory"));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* libtiff writes through these into memory. */
typedef struct
{
  GByteArray *bytes;
  toff_t position;
} Memory;

static tsize_t
memory_read (thandle_t handle, tdata_t data, tsize_t length)
{
  Memory *m = handle;
  gsize rest = m->position < m->bytes->len ? m->bytes->len - m->position : 0;
  gsize n = MIN ((gsize) length, rest);

  memcpy (data, m->bytes->data + m->position, n);
  m->position += n;
  return (tsize_t) n;
}

static tsize_t
memory_write (thandle_t handle, tdata_t data, tsize_t length)
{
  Memory *m = handle;

  if (m->position + length > m->bytes->len)
    g_byte_array_set_size (m->bytes, (guint) (m->position + length));
  memcpy (m->bytes->data + m->position, data, length);
  m->position += length;
  return length;
}

static toff_t
memory_seek (thandle_t handle, toff_t offset, int whence)
{
  Memory *m = handle;

  m->position = whence == SEEK_SET   ? offset
                : whence == SEEK_CUR ? m->position + offset
                                     : m->bytes->len + offset;
  if (m->position > m->bytes->len)
    {
      gsize before = m->bytes->len;
      g_byte_array_set_size (m->bytes, (guint) m->position);
      memset (m->bytes->data + before, 0, m->position - before);
    }
  return m->position;
}

static int
memory_close (thandle_t handle)
{
  return 0;
}

static toff_t
memory_size (thandle_t handle)
{
  return ((Memory *) handle)->bytes->len;
}

static gboolean
write_tiff (TIFF *tiff, cairo_surface_t *surface, double dpi)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autofree guint8 *row = g_malloc (3 * (gsize) width);

  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField (tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
  TIFFSetField (tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  TIFFSetField (tiff, TIFFTAG_XRESOLUTION, dpi);
  TIFFSetField (tiff, TIFFTAG_YRESOLUTION, dpi);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, TIFFDefaultStripSize (tiff, 0));
  TIFFSetField (tiff, TIFFTAG_SOFTWARE, "Plateau");
  for (int y = 0; y < height; y++)
    {
      row_to_rgb (surface, y, FALSE, row);
      if (TIFFWriteScanline (tiff, row, y, 0) < 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * plateau_raster_to_tiff:
 * @surface: an opaque image surface
 * @dpi: its resolution
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file: RGB without alpha, LZW, resolution in inches
 */
GBytes *
plateau_raster_to_tiff (cairo_surface_t *surface, double dpi, GError **error)
{
  Memory memory = { g_byte_array_new (), 0 };
  TIFF *tiff = TIFFClientOpen ("figure", "w", &memory, memory_read, memory_write, memory_seek,
                               memory_close, memory_size, NULL, NULL);
  gboolean ok;

  cairo_surface_flush (surface);
  ok = tiff && write_tiff (tiff, surface, dpi);
  if (tiff)
    TIFFClose (tiff);
  if (!ok)
    {
      g_byte_array_unref (memory.bytes);
      g_set_error_literal (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_FAILED,
                           _ ("The TIFF could not be made"));
      return NULL;
    }
  return g_byte_array_free_to_bytes (memory.bytes);
}
