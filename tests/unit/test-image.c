/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as files, read back by other programs and libraries. */
#include "base/plateau-error.h"
#include "export/plateau-image.h"
#include "figure/plateau-canvas.h"
#include "figure/plateau-journal.h"

#include <glib/gstdio.h>
#include <libxml/parser.h>
#include <math.h>
#include <string.h>
#include <tiffio.h>

static PlateauFigure *
example (void)
{
  static const char text[]
      = "{\"plateau-figure\": 1, \"title\": \"First cycle\", \"width_mm\": 85, \"height_mm\": 60,"
        "\"panels\": [{\"x\": {\"title\": \"Specific capacity\", \"unit\": \"mAh g⁻¹\"},"
        "\"y\": {\"title\": \"Potential\", \"unit\": \"V\"}, \"layers\": [{\"id\": \"a\", \"label\":"
        "\"S-LRMO\", \"x\": [0, 100, 248], \"y\": [4.6, 3.9, 2.3], \"y_low\": [4.5, 3.8, 2.2],"
        "\"y_high\": [4.7, 4.0, 2.4], \"marker\": \"circle\", \"fill\": \"half\", \"marker_every\": 1},"
        "{\"id\": \"b\", \"x\": [0, 200], \"y\": [3, 3], \"alpha\": 0.5}]}]}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  PlateauFigure *figure = plateau_figure_new_from_json (node, &error);

  g_assert_no_error (error);
  return figure;
}

static char *
save (PlateauFigure *figure, const char *name, const PlateauImageOptions *options)
{
  g_autofree char *folder = g_dir_make_tmp ("plateau-image-XXXXXX", NULL);
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  PlateauImageFormat format;

  g_assert_true (plateau_image_format_from_path (path, &format));
  g_assert_true (plateau_image_save (figure, path, format, options, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static void
discard (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}

static char *
output_of (const char *program, const char *a, const char *b)
{
  const char *argv[] = { program, a, b, NULL };
  g_autofree char *found = g_find_program_in_path (program);
  char *text = NULL;

  if (!found)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                               NULL, NULL, NULL));
  return text;
}

static void
test_pdf (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  g_autofree char *path = save (figure, "a.pdf", NULL);
  g_autofree char *text = output_of ("pdftotext", path, "-");
  g_autofree char *fonts = output_of ("pdffonts", path, NULL);
  g_autofree char *info = output_of ("pdfinfo", path, NULL);

  if (!text || !fonts || !info)
    g_test_skip ("SKIP: poppler-utils are not installed");
  else
    {
      g_assert_nonnull (strstr (text, "Specific capacity"));
      g_assert_nonnull (strstr (text, "S-LRMO"));
      g_assert_nonnull (strstr (fonts, "TrueType"));
      g_assert_nonnull (strstr (fonts, "yes yes")); /* embedded, as a subset */
      g_assert_nonnull (strstr (info, "First cycle"));
      g_assert_nonnull (strstr (info, "240.9")); /* 85 mm */
      g_assert_null (strstr (fonts, " no  "));
    }
  discard (path);
}

static void
test_same_bytes (void)
{
  for (guint f = 0; f < PLATEAU_N_IMAGE_FORMATS; f++)
    {
      g_autoptr (PlateauFigure) one = example (), two = example ();
      PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
      g_autoptr (GBytes) a = NULL, b = NULL;

      options.dpi = 150;
      a = plateau_image_render (one, f, &options, NULL, NULL);
      g_usleep (f == PLATEAU_IMAGE_EPS || f == PLATEAU_IMAGE_PDF ? 1100000 : 0);
      b = plateau_image_render (two, f, &options, NULL, NULL);
      g_assert_nonnull (a);
      g_assert_true (g_bytes_equal (a, b));
    }
}

static guint32
big_endian (const guint8 *p)
{
  return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static void
test_png (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const guint8 *data;
  gboolean found = FALSE;

  options.dpi = 300;
  bytes = plateau_image_render (figure, PLATEAU_IMAGE_PNG, &options, NULL, NULL);
  data = g_bytes_get_data (bytes, &length);
  g_assert_cmpuint (big_endian (data + 16), ==, 1004); /* 85 mm at 300 dpi */
  g_assert_cmpuint (big_endian (data + 20), ==, 709);
  for (gsize i = 0; i + 17 < length && !found; i++)
    if (memcmp (data + i, "pHYs", 4) == 0)
      {
        g_assert_cmpuint (big_endian (data + i + 4), ==, 11811);
        g_assert_cmpuint (data[i + 12], ==, 1); /* per metre */
        found = TRUE;
      }
  g_assert_true (found);
}

static void
test_tiff (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
  g_autofree char *path = NULL;
  TIFF *tiff;
  float resolution = 0;
  guint16 unit = 0, compression = 0, samples = 0;
  guint32 width = 0;

  options.dpi = 600;
  path = save (figure, "a.tif", &options);
  tiff = TIFFOpen (path, "r");
  g_assert_nonnull (tiff);
  TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &resolution);
  TIFFGetField (tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  TIFFGetField (tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  g_assert_cmpfloat (resolution, ==, 600);
  g_assert_cmpuint (unit, ==, RESUNIT_INCH);
  g_assert_cmpuint (compression, ==, COMPRESSION_LZW);
  g_assert_cmpuint (samples, ==, 3);
  g_assert_cmpuint (width, ==, 2008);
  {
    g_autofree guint8 *row = g_malloc (3 * (gsize)width);
    g_assert_cmpint (TIFFReadScanline (tiff, row, 0, 0), ==, 1);
    g_assert_cmpuint (row[0], ==, 255); /* white paper */
  }
  TIFFClose (tiff);
  discard (path);
}

static void
test_svg (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  g_autoptr (GBytes) bytes = plateau_image_render (figure, PLATEAU_IMAGE_SVG, NULL, NULL, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  xmlDocPtr document = xmlReadMemory (data, (int)length, "a.svg", NULL, XML_PARSE_NONET);

  g_assert_nonnull (document);
  g_assert_cmpstr ((const char *)xmlDocGetRootElement (document)->name, ==, "svg");
  xmlFreeDoc (document);
  g_assert_nonnull (strstr (text, "width=\"85mm\""));
  g_assert_nonnull (strstr (text, "<tspan>S-LRMO</tspan></text>"));
  g_assert_nonnull (strstr (text, "<title>First cycle</title>"));
}

static void
test_eps (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes
      = plateau_image_render (figure, PLATEAU_IMAGE_EPS, NULL, warnings, NULL);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_true (g_str_has_prefix (data, "%!PS-Adobe-3.0 EPSF-3.0"));
  g_assert_cmpuint (warnings->len, ==, 1); /* the translucent line */
  g_assert_nonnull (strstr (g_ptr_array_index (warnings, 0), "translucency"));
}

/* The old file stays when the new one cannot be made. */
static void
test_failures (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  g_autoptr (GError) error = NULL;
  PlateauImageOptions options = PLATEAU_IMAGE_OPTIONS_INIT;
  g_autofree char *path = save (figure, "a.png", NULL);
  g_autofree char *before = NULL, *after = NULL;
  gsize a, b;

  g_assert_true (g_file_get_contents (path, &before, &a, NULL));
  options.dpi = 9000;
  g_assert_false (plateau_image_save (figure, path, PLATEAU_IMAGE_PNG, &options, NULL, &error));
  g_assert_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID);
  g_assert_true (g_file_get_contents (path, &after, &b, NULL));
  g_assert_cmpmem (before, a, after, b);
  g_clear_error (&error);
  g_assert_false (
      plateau_image_save (figure, "/nowhere/at/all.pdf", PLATEAU_IMAGE_PDF, NULL, NULL, &error));
  g_assert_nonnull (error);
  discard (path);
}

static void
test_csv (void)
{
  g_autoptr (PlateauFigure) figure = example ();
  g_autofree char *csv = plateau_image_panel_csv (figure, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (csv, "series,label,\"Specific capacity (mAh g"));
  g_assert_nonnull (strstr (csv, "\"a\",\"S-LRMO\",248,2.2999999999999998,2.2000000000000002,"));
  g_assert_null (plateau_image_panel_csv (figure, 7, &error));
  g_assert_error (error, PLATEAU_EXPORT_ERROR, PLATEAU_EXPORT_ERROR_INVALID);
}

static const PlateauCheck *
find_check (GPtrArray *checks, const char *id)
{
  for (guint i = 0; i < checks->len; i++)
    if (g_str_equal (((PlateauCheck *)g_ptr_array_index (checks, i))->id, id))
      return g_ptr_array_index (checks, i);
  return NULL;
}

static void
test_journal (void)
{
  static const char text[]
      = "{\"plateau-figure\": 1, \"style\": \"nature\", \"width_mm\": 210, \"height_mm\": 300,"
        "\"style_overrides\": {\"small_pt\": 3.5, \"curve_line_pt\": 0.2}, \"panels\": [{\"layers\":"
        "[{\"id\": \"a\", \"x\": [0, 1], \"y\": [0, 1], \"colour\": \"#ffee88\"}]}]}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (PlateauFigure) bad = plateau_figure_new_from_json (node, NULL), good = example ();
  g_autoptr (PlateauLayout) bad_layout = plateau_figure_layout (bad, NULL);
  g_autoptr (PlateauLayout) good_layout = plateau_figure_layout (good, NULL);
  g_autoptr (GPtrArray) b = plateau_layout_check (bad_layout), g = plateau_layout_check (good_layout);

  g_assert_cmpint (find_check (b, "width")->state, ==, PLATEAU_CHECK_WARNING);
  g_assert_cmpint (find_check (b, "height")->state, ==, PLATEAU_CHECK_WARNING);
  g_assert_cmpint (find_check (b, "lines")->state, ==, PLATEAU_CHECK_WARNING);
  g_assert_cmpint (find_check (b, "contrast")->state, ==, PLATEAU_CHECK_WARNING);
  for (guint i = 0; i < g->len; i++)
    {
      const PlateauCheck *check = g_ptr_array_index (g, i);
      if (check->state != PLATEAU_CHECK_GOOD)
        g_error ("%s: %s", check->id, check->text);
    }
}

/* How much of a picture of 40 by 40 units is covered by 100 markers, drawn at once or one by one. */
static double
ink_of_markers (double scale, gboolean at_once)
{
  static const PlateauRgba black = { 0, 0, 0, 1 };
  double xy[200], ink = 0;
  int pixels = (int)(40 * scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, pixels, pixels);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);

  for (guint i = 0; i < 100; i++)
    {
      xy[2 * i] = 2.3 + 3.9 * (i % 10);
      xy[2 * i + 1] = 2.1 + 3.9 * (i / 10);
      if (!at_once)
        plateau_canvas_markers (canvas, PLATEAU_MARKER_CIRCLE, 3, xy + 2 * i, 1, NULL, &black,
                                FALSE);
    }
  if (at_once)
    plateau_canvas_markers (canvas, PLATEAU_MARKER_CIRCLE, 3, xy, 100, NULL, &black, FALSE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int row = 0; row < pixels; row++)
    for (int column = 0; column < pixels; column++)
      ink += cairo_image_surface_get_data (
                 surface)[row * cairo_image_surface_get_stride (surface) + column]
             / 255.0;
  cairo_surface_destroy (surface);
  return ink / (scale * scale);
}

/* Many markers are stamped; they are as large as few, on every kind of screen. */
static void
test_markers (void)
{
  static const double scales[] = { 1, 2, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      double few = ink_of_markers (scales[i], FALSE), many = ink_of_markers (scales[i], TRUE);
      g_test_message ("scale %g: %g by one, %g at once", scales[i], few, many);
      g_assert_cmpfloat (few, >, 0.9 * 100 * G_PI * 2.25);
      g_assert_cmpfloat (fabs (many - few), <, 0.03 * few);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/pdf", test_pdf);
  g_test_add_func ("/image/same-bytes", test_same_bytes);
  g_test_add_func ("/image/png", test_png);
  g_test_add_func ("/image/tiff", test_tiff);
  g_test_add_func ("/image/svg", test_svg);
  g_test_add_func ("/image/eps", test_eps);
  g_test_add_func ("/image/markers", test_markers);
  g_test_add_func ("/image/failures", test_failures);
  g_test_add_func ("/image/csv", test_csv);
  g_test_add_func ("/image/journal", test_journal);
  return g_test_run ();
}
