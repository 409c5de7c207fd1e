/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure-marks.h"

#include "figure/plateau-markup.h"
#include "figure/plateau-template.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)
#define HEAD 0.2 /* of a line's box that lies above and below its letters */

/* Paths or markers of one look within a panel. */
typedef struct
{
  char *look;
  guint n, points;
  double x0, y0, x1, y1;
} Kind;

typedef struct
{
  PlateauCanvas parent;
  Marks *marks;
  GPtrArray *kinds; /* of Kind: of the panel at hand */
  guint depth, clips;
  PlateauRect clip;
  int panel;
} Measure;

static void
kind_free (gpointer data)
{
  g_free (((Kind *) data)->look);
  g_free (data);
}

static void
add_kind (Measure *m, char *look, const double *xy, gsize n, double r)
{
  Kind *kind = NULL;

  for (guint i = 0; i < m->kinds->len && !kind; i++)
    if (g_str_equal (((Kind *) m->kinds->pdata[i])->look, look))
      kind = m->kinds->pdata[i];
  if (!kind)
    {
      kind = g_new0 (Kind, 1);
      kind->look = g_strdup (look);
      kind->x0 = kind->y0 = INFINITY;
      kind->x1 = kind->y1 = -INFINITY;
      g_ptr_array_add (m->kinds, kind);
    }
  g_free (look);
  kind->n++;
  kind->points += n;
  for (gsize i = 0; i < n; i++)
    {
      kind->x0 = MIN (kind->x0, xy[2 * i] - r);
      kind->x1 = MAX (kind->x1, xy[2 * i] + r);
      kind->y0 = MIN (kind->y0, xy[2 * i + 1] - r);
      kind->y1 = MAX (kind->y1, xy[2 * i + 1] + r);
    }
}

static void
flush_kinds (Measure *m)
{
  for (guint i = 0; i < m->kinds->len; i++)
    {
      Kind *k = m->kinds->pdata[i];

      g_string_append_printf (m->marks->summary,
                              "  %s : %u with %u points in %.0f %.0f %.0f %.0f\n", k->look, k->n,
                              k->points, k->x0, k->y0, k->x1, k->y1);
    }
  g_ptr_array_set_size (m->kinds, 0);
}

static char *
describe (const char *what, const PlateauPen *pen, const PlateauRgba *fill)
{
  GString *text = g_string_new (what);

  if (pen)
    g_string_append_printf (text, " stroke #%02x%02x%02x %.2f%s",
                            (guint) (pen->colour.r * 255 + .5), (guint) (pen->colour.g * 255 + .5),
                            (guint) (pen->colour.b * 255 + .5), pen->width,
                            pen->n_dash > 0 ? " dashed" : "");
  if (fill)
    g_string_append_printf (text, " fill #%02x%02x%02x", (guint) (fill->r * 255 + .5),
                            (guint) (fill->g * 255 + .5), (guint) (fill->b * 255 + .5));
  return g_string_free (text, FALSE);
}

static void
add_stroke (Measure *m, double x0, double y0, double x1, double y1, double r)
{
  MarksStroke s = { x0, y0, x1, y1, r, m->panel };

  if (m->clips > 0 && MAX (x0, x1) >= m->clip.x && MIN (x0, x1) <= m->clip.x + m->clip.width
      && MAX (y0, y1) >= m->clip.y && MIN (y0, y1) <= m->clip.y + m->clip.height)
    g_array_append_val (m->marks->data, s);
}

/* Paper drawn over a guide: the guide ends above it and goes on below. */
static void
cover (Measure *m, const double *xy)
{
  double x0 = xy[0], y0 = xy[1], x1 = xy[4], y1 = xy[5];
  guint n = m->marks->data->len;

  for (guint i = 0; i < n; i++)
    {
      MarksStroke *s = &g_array_index (m->marks->data, MarksStroke, i);
      MarksStroke below = *s;

      if (s->panel != m->panel || s->r > 0 || s->x0 != s->x1 || s->x0 < x0 || s->x0 > x1
          || MAX (s->y0, s->y1) < y0 || MIN (s->y0, s->y1) > y1)
        continue;
      below.y0 = y1;
      below.y1 = MAX (s->y0, s->y1);
      s->y0 = MIN (s->y0, s->y1);
      s->y1 = y0;
      g_array_append_val (m->marks->data, below);
    }
}

static void
measure_polyline (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
                  const PlateauPen *pen, const PlateauRgba *fill)
{
  Measure *m = (Measure *) canvas;

  add_kind (m, describe (m->clips > 0 ? "data" : closed ? "area" : "line", pen, fill), xy, n, 0);
  if (m->clips == 0 && closed && n == 4 && !pen && fill && fill->r + fill->g + fill->b == 3)
    cover (m, xy);
  for (gsize i = 0; pen && i + 1 < n; i++)
    add_stroke (m, xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3], 0);
}

static void
measure_markers (PlateauCanvas *canvas, PlateauMarker shape, double diameter, const double *xy,
                 gsize n, const PlateauPen *pen, const PlateauRgba *fill, gboolean half)
{
  Measure *m = (Measure *) canvas;
  g_autofree char *what = g_strdup_printf ("marker %d%s %.2f", (int) shape, half ? " half" : "",
                                           diameter);

  add_kind (m, describe (what, pen, fill), xy, n, diameter / 2);
  for (gsize i = 0; i < n; i++)
    add_stroke (m, xy[2 * i], xy[2 * i + 1], xy[2 * i], xy[2 * i + 1], diameter / 2);
}

static void
measure_text (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
              const PlateauRgba *colour, const PlateauTextPlace *place)
{
  Measure *m = (Measure *) canvas;
  PlateauRect box = plateau_text_box (markup, font, place);
  MarksText text = { g_strdup (markup), m->panel, box };
  double *start = place->angle != 0 ? &text.box.x : &text.box.y;
  double *length = place->angle != 0 ? &text.box.width : &text.box.height;
  double line = font->size * HEAD;

  *start += line;
  *length = MAX (*length - 2 * line, 0.5);
  if (m->panel < 0)
    g_string_append (m->marks->summary, "page\n");
  g_string_append_printf (m->marks->summary, "  text %.1f%s%s at %.0f %.0f%s : %s\n", font->size,
                          font->bold ? " bold" : "", font->italic ? " italic" : "", box.x, box.y,
                          place->angle != 0 ? " upwards" : "", markup);
  g_array_append_val (m->marks->texts, text);
}

static void
measure_image (PlateauCanvas *canvas, const PlateauRect *place, guint width, guint height,
               const guint32 *pixels)
{
  Measure *m = (Measure *) canvas;

  g_string_append_printf (m->marks->summary, "  image %ux%u at %.0f %.0f %.0f %.0f\n", width,
                          height, place->x, place->y, place->width, place->height);
}

static void
measure_push_clip (PlateauCanvas *canvas, const PlateauRect *area)
{
  Measure *m = (Measure *) canvas;

  m->clips++;
  m->clip = *area;
}

static void
measure_pop_clip (PlateauCanvas *canvas)
{
  ((Measure *) canvas)->clips--;
}

static void
measure_begin_group (PlateauCanvas *canvas, const char *name, double alpha)
{
  Measure *m = (Measure *) canvas;

  if (m->depth++ == 0)
    {
      m->panel++;
      g_string_append_printf (m->marks->summary, "panel %s\n", name ? name : "");
    }
}

static void
measure_end_group (PlateauCanvas *canvas)
{
  Measure *m = (Measure *) canvas;

  if (--m->depth == 0)
    flush_kinds (m);
}

static void
measure_free (PlateauCanvas *canvas)
{
  g_ptr_array_unref (((Measure *) canvas)->kinds);
}

static const PlateauCanvasClass measure_class = {
  sizeof (Measure),  measure_polyline, measure_markers,     measure_text,      measure_image,
  measure_push_clip, measure_pop_clip, measure_begin_group, measure_end_group, measure_free
};

static void
text_clear (gpointer data)
{
  g_free (((MarksText *) data)->markup);
}

Marks *
marks_of_layout (PlateauLayout *layout)
{
  Measure *m = g_new0 (Measure, 1);
  g_autoptr (PlateauCanvas) canvas = &m->parent;
  Marks *marks = g_new0 (Marks, 1);

  m->parent.klass = &measure_class;
  m->parent.vector = TRUE;
  m->parent.device_scale = 1200.0 / 72;
  m->kinds = g_ptr_array_new_with_free_func (kind_free);
  m->marks = marks;
  m->panel = -1;
  marks->texts = g_array_new (FALSE, FALSE, sizeof (MarksText));
  g_array_set_clear_func (marks->texts, text_clear);
  marks->data = g_array_new (FALSE, FALSE, sizeof (MarksStroke));
  marks->summary = g_string_new (NULL);
  plateau_layout_draw (layout, canvas, NULL);
  flush_kinds (m);
  return marks;
}

void
marks_free (Marks *marks)
{
  g_array_unref (marks->texts);
  g_array_unref (marks->data);
  g_string_free (marks->summary, TRUE);
  g_free (marks);
}

PlateauStudy *
figure_load_example (void)
{
  const char *path = g_getenv ("PLATEAU_EXAMPLE");
  g_autoptr (PlateauProject) project = NULL;
  g_autoptr (GError) error = NULL;

  if (!path || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("SKIP: the example project is not built (PLATEAU_EXAMPLE)");
      return NULL;
    }
  project = plateau_store_load_file (path, &error);
  g_assert_no_error (error);
  return plateau_study_new (project);
}

PlateauFigure *
figure_from_template (PlateauStudy *study, PlateauCache *cache, const char *name, GError **error)
{
  g_autoptr (JsonNode) open = plateau_template_load (name, error);
  g_autoptr (JsonNode) document = open ? plateau_template_apply (open, study, NULL, NULL, 0, error)
                                       : NULL;
  g_autoptr (PlateauFigure) figure = document ? plateau_figure_new_from_json (document, error)
                                              : NULL;

  if (!figure || !plateau_figure_bind (figure, study, cache, NULL, error))
    return NULL;
  return g_steal_pointer (&figure);
}

PlateauLayout *
figure_lay_out (PlateauFigure *figure, double width_mm, const PlateauStyle *style)
{
  g_autoptr (PlateauArrangement) grid = plateau_arrangement_new_narrow (figure, width_mm, style);
  PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;

  options.width = width_mm * MM;
  options.height = grid->height_mm * MM;
  options.arrange = TRUE;
  options.style = style;
  return plateau_figure_layout (figure, &options);
}
