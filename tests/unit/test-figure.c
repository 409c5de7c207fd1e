/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figure room without data of cells: ticks, markup, documents, layout, thinning, hit tests. */
#include "base/plateau-error.h"
#include "figure/plateau-decimate.h"
#include "figure/plateau-layout.h"
#include "figure/plateau-markup.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* ---- Ticks ---- */

static const double steps_of[] = { 1, 5, 2, 2.5, 4, 3 };

/* The published score, over every labelling that could win: what the pruned search must find. */
static double
best_score (double dmin, double dmax, double m, double *first, double *step)
{
  double best = -2;

  for (int j = 1; j <= 3; j++)
    for (int i = 0; i < 6; i++)
      for (int k = 2; k <= 24; k++)
        for (int z = -9; z <= 6; z++)
          {
            double s = j * steps_of[i] * pow (10, z);

            if (s * (k - 1) > 20 * (dmax - dmin) || s < (dmax - dmin) / 200)
              continue;
            for (double a = floor (dmax / s) * j - (k - 1) * j; a <= ceil (dmin / s) * j; a++)
              {
                double lmin = a * s / j, lmax = lmin + s * (k - 1), rest = lmin - s * floor (lmin / s);
                double zero = (rest < DBL_EPSILON * 100 || s - rest < DBL_EPSILON * 100)
                              && lmin <= 0 && lmax >= 0;
                double simple = 1 - i / 5.0 - j + zero;
                double range = 0.1 * (dmax - dmin);
                double cover = 1
                               - 0.5 * (pow (dmax - lmax, 2) + pow (dmin - lmin, 2)) / (range * range);
                double r = (k - 1) / (lmax - lmin);
                double rt = (m - 1) / (MAX (lmax, dmax) - MIN (dmin, lmin));
                double score = 0.25 * simple + 0.2 * cover + 0.5 * (2 - MAX (r / rt, rt / r)) + 0.05;

                if (score > best + 1e-12)
                  {
                    best = score;
                    *first = lmin;
                    *step = s;
                  }
              }
          }
  return best;
}

static void
test_wilkinson (void)
{
  static const double cases[][3]
      = { { 8.1, 14.1, 4 },  { 0, 100, 5 },     { 0, 263.9, 4 }, { 2.3, 4.6, 5 },  { -250, 250, 5 },
          { 0.1, 0.93, 4 },  { 1e-6, 7e-6, 5 }, { 1, 61, 6 },    { 37, 1043, 8 },  { -0.0031, 0.0112, 4 } };
  double first, last, step, want_first = 0, want_step = 0;

  g_assert_true (plateau_wilkinson (8.1, 14.1, 4, FALSE, &first, &last, &step));
  g_assert_cmpfloat_with_epsilon (first, 8, 1e-12); /* the example of the R package */
  g_assert_cmpfloat_with_epsilon (last, 14, 1e-12);
  g_assert_cmpfloat_with_epsilon (step, 2, 1e-12);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      best_score (cases[i][0], cases[i][1], cases[i][2], &want_first, &want_step);
      g_assert_true (
          plateau_wilkinson (cases[i][0], cases[i][1], cases[i][2], FALSE, &first, &last, &step));
      g_assert_cmpfloat_with_epsilon (first, want_first, 1e-9 * fabs (want_step));
      g_assert_cmpfloat_with_epsilon (step, want_step, 1e-9 * want_step);
    }
  g_assert_false (plateau_wilkinson (3, 3, 5, FALSE, &first, &last, &step));
  g_assert_false (plateau_wilkinson (NAN, 3, 5, FALSE, &first, &last, &step));
}

static char *
labels_of (PlateauScaleKind kind, double min, double max, double target)
{
  PlateauScale scale = { kind, min, max, FALSE };
  g_autoptr (PlateauTicks) ticks = plateau_ticks_new (&scale, target, NAN, -1, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->ticks->len; i++)
    {
      PlateauTick *tick = &g_array_index (ticks->ticks, PlateauTick, i);
      if (tick->label)
        g_string_append_printf (text, "%s%s", text->len ? " " : "", tick->label);
    }
  return g_string_free (text, FALSE);
}

static void
assert_labels (PlateauScaleKind kind, double min, double max, double target, const char *expected)
{
  g_autofree char *labels = labels_of (kind, min, max, target);
  g_assert_cmpstr (labels, ==, expected);
}

static void
test_labels (void)
{
  g_autofree char *minus = plateau_format_tick (-1234567.25, 2);
  g_autofree char *zero = plateau_format_tick (-0.0004, 3);

  g_assert_cmpstr (minus, ==, "\xe2\x88\x92"
                              "1\xe2\x80\x89"
                              "234\xe2\x80\x89"
                              "567.25");
  g_assert_cmpstr (zero, ==, "0.000");
  assert_labels (PLATEAU_SCALE_LOG, 1e-7, 1, 8,
                 "10<sup>\xe2\x88\x92"
                 "7</sup> 10<sup>\xe2\x88\x92"
                 "6</sup> 10<sup>\xe2\x88\x92"
                 "5</sup> 10<sup>\xe2\x88\x92"
                 "4</sup> 10<sup>\xe2\x88\x92"
                 "3</sup> 10<sup>\xe2\x88\x92"
                 "2</sup> 10<sup>\xe2\x88\x92"
                 "1</sup> 10<sup>0</sup>");
  assert_labels (PLATEAU_SCALE_LOG, 0.1, 1, 4, "0.1 0.2 0.5 1");
  assert_labels (PLATEAU_SCALE_CYCLE, 1, 5, 9, "1 2 3 4 5");
  assert_labels (PLATEAU_SCALE_TIME, 0, 7200, 5, "0 min 30 60 90 120");
  assert_labels (PLATEAU_SCALE_TIME, 0, 86400, 5, "0 h 6 12 18 24");
  assert_labels (PLATEAU_SCALE_LINEAR, 0, 300, 4, "0 100 200 300");
  /* 1e5 and more: the power of ten goes to the title. */
  {
    PlateauScale scale = { PLATEAU_SCALE_LINEAR, 0, 4e5, FALSE };
    g_autoptr (PlateauTicks) ticks = plateau_ticks_new (&scale, 5, NAN, -1, NULL);
    g_assert_cmpstr (ticks->exponent_label, ==, "10<sup>5</sup>");
  }
}

static void
test_scales (void)
{
  static const PlateauScaleKind kinds[] = { PLATEAU_SCALE_LINEAR, PLATEAU_SCALE_LOG,
                                            PLATEAU_SCALE_INVERSE, PLATEAU_SCALE_SQRT };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (int reversed = 0; reversed < 2; reversed++)
      {
        PlateauScale scale = { kinds[i], 0.2, 70, reversed };

        for (double v = 0.2; v <= 70; v *= 1.7)
          g_assert_cmpfloat_with_epsilon (
              plateau_scale_unmap (&scale, plateau_scale_map (&scale, v)), v, 1e-9 * v);
        g_assert_cmpfloat_with_epsilon (plateau_scale_map (&scale, 0.2), reversed, 1e-12);
        g_assert_cmpfloat_with_epsilon (plateau_scale_map (&scale, 70), !reversed, 1e-12);
      }
  g_assert_true (isnan (plateau_scale_forward (PLATEAU_SCALE_LOG, 0)));
  g_assert_true (isnan (plateau_scale_forward (PLATEAU_SCALE_SQRT, -1)));
}

/* ---- Markup ---- */

static void
test_markup (void)
{
  g_autoptr (GArray) runs = plateau_markup_parse ("mAh g\xe2\x81\xbb\xc2\xb9 <i>Z</i>");
  g_autofree char *plain = plateau_markup_to_plain ("<i>R</i><sub>ct</sub> &amp; more");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (runs->len, ==, 4);
  g_assert_cmpstr (g_array_index (runs, PlateauTextRun, 0).text, ==, "mAh g");
  g_assert_cmpstr (g_array_index (runs, PlateauTextRun, 1).text, ==, "\xe2\x88\x92"
                                                                 "1");
  g_assert_cmpint (g_array_index (runs, PlateauTextRun, 1).level, ==, 1);
  g_assert_true (g_array_index (runs, PlateauTextRun, 3).italic);
  g_assert_cmpstr (plain, ==, "Rct & more");
  g_assert_true (plateau_markup_check ("10<sup>5</sup>", NULL));
  g_assert_false (plateau_markup_check ("10<sup>5", &error));
  g_assert_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "10<sup>5"));
  g_assert_false (plateau_markup_check ("<blink>5</blink>", NULL));
  {
    /* Shown as it was typed rather than lost. */
    g_autofree char *kept = plateau_markup_to_plain ("a < b");
    g_assert_cmpstr (kept, ==, "a < b");
  }
}

/* ---- Documents ---- */

static PlateauFigure *
figure_from (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return plateau_figure_new_from_json (node, error);
}

static void
assert_refused (const char *text, const char *says)
{
  g_autoptr (GError) error = NULL;
  PlateauFigure *figure = figure_from (text, &error);

  g_assert_null (figure);
  g_assert_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_INVALID);
  if (!strstr (error->message, says))
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_documents (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlateauFigure) figure = NULL;

  assert_refused ("{}", "no figure document");
  assert_refused ("{\"plateau-figure\": 99}", "newer");
  assert_refused ("{\"plateau-figure\": 1, \"panels\": [{\"x\": {\"min\": 5, \"max\": 2}}]}",
                  "Panel 1: Axis x: the range ends at 2");
  assert_refused ("{\"plateau-figure\": 1, \"panels\": [{}, {\"y\": {\"title\": \"<b>\"}}]}",
                  "Panel 2");
  assert_refused ("{\"plateau-figure\": 1, \"panels\": [{\"y\": {\"scale\": \"cubic\"}}]}", "cubic");
  assert_refused ("{\"plateau-figure\": 1, \"panels\": [{\"y\": {\"scale\": \"log\", \"min\": -1}}]}",
                  "logarithmic");
  assert_refused ("{\"plateau-figure\": 1, \"panels\": [{\"layers\": [{\"x\": [1, 2], \"y\": [1]}]}]}",
                  "1 values");
  assert_refused ("{\"plateau-figure\": 1, \"width_mm\": 1e9}", "2000 mm");
  assert_refused ("{\"plateau-figure\": 1, \"style_overrides\": {\"text_pt\": 900}}", "text_pt");
  assert_refused ("{\"plateau-figure\": 1, \"panels\": [{\"row\": 4000000000}]}", "whole number");
  figure = figure_from ("{\"plateau-figure\": 1, \"style\": \"no such\"}", &error);
  g_assert_null (figure);
  g_assert_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "nature"));
}

static void
test_titles (void)
{
  PlateauAxis axis = { .title = (char *)"Potential", .unit = (char *)"V", .reference = (char *)"Li" };
  g_autofree char *slash = plateau_axis_dup_title (&axis, PLATEAU_TITLE_SLASH, NULL);
  g_autofree char *round = plateau_axis_dup_title (&axis, PLATEAU_TITLE_PARENTHESES, NULL);
  g_autofree char *power = NULL;

  g_assert_cmpstr (slash, ==, "Potential vs Li / V");
  g_assert_cmpstr (round, ==, "Potential (V vs Li)");
  axis.reference = NULL;
  power = plateau_axis_dup_title (&axis, PLATEAU_TITLE_SLASH, "10<sup>5</sup>");
  g_assert_cmpstr (power, ==, "Potential / 10<sup>5</sup> V");
}

/* ---- Thinning ---- */

static PlateauLayer *
make_layer (PlateauFigure **figure, double *x, double *y, gsize n)
{
  PlateauLayer *layer;

  *figure = plateau_figure_new ();
  layer = plateau_panel_add_layer (plateau_figure_get_panel (*figure, 0), PLATEAU_LAYER_LINE, "a",
                                   NULL);
  plateau_layer_take_xy (layer, x, y, n);
  return layer;
}

static double
distance_to_path (const PlateauPath *path, double x, double y)
{
  double best = INFINITY;
  const double *p = &g_array_index (path->xy, double, 0);

  for (guint i = 0; i + 3 < path->xy->len; i += 2)
    {
      double dx = p[i + 2] - p[i], dy = p[i + 3] - p[i + 1], l2 = dx * dx + dy * dy;
      double t = l2 > 0 ? CLAMP (((x - p[i]) * dx + (y - p[i + 1]) * dy) / l2, 0, 1) : 0;
      best = MIN (best, hypot (x - p[i] - t * dx, y - p[i + 1] - t * dy));
    }
  return best;
}

static void
test_thinning (void)
{
  g_autoptr (PlateauFigure) figure = NULL;
  gsize n = 900;
  double *x = g_new (double, n), *y = g_new (double, n);
  PlateauLayer *layer;
  PlateauMapping mx = { { PLATEAU_SCALE_LINEAR, -1.2, 1.2, FALSE }, 0, 600 };
  PlateauMapping my = { { PLATEAU_SCALE_LINEAR, -1.2, 1.2, FALSE }, 400, -400 };
  PlateauPath path;

  /* A closed loop: x is not monotone. */
  for (gsize i = 0; i < n; i++)
    {
      x[i] = cos (2 * G_PI * i / (n - 1.0));
      y[i] = sin (6 * G_PI * i / (n - 1.0));
    }
  layer = make_layer (&figure, x, y, n);
  plateau_path_init (&path);
  plateau_layer_trace (layer, &mx, &my, 1, FALSE, &path);
  g_assert_cmpuint (path.xy->len / 2, <, n / 3);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (distance_to_path (&path, plateau_mapping_apply (&mx, x[i]),
                                         plateau_mapping_apply (&my, y[i])),
                       <, 0.3);
  plateau_path_clear (&path);
  plateau_path_init (&path);
  plateau_layer_trace (layer, &mx, &my, 1, TRUE, &path);
  g_assert_cmpuint (path.xy->len / 2, ==, n);
  plateau_path_clear (&path);
}

static void
test_columns (void)
{
  g_autoptr (PlateauFigure) figure = NULL;
  gsize n = 200000;
  guint width = 500;
  double *x = g_new (double, n), *y = g_new (double, n);
  PlateauLayer *layer;
  PlateauMapping mx = { { PLATEAU_SCALE_LINEAR, 0, 200000, FALSE }, 0, 500 };
  PlateauMapping my = { { PLATEAU_SCALE_LINEAR, 0, 1, FALSE }, 100, -100 };
  PlateauPath path;
  guint32 seed = 7;

  for (gsize i = 0; i < n; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      x[i] = i;
      y[i] = seed / 4294967296.0;
    }
  y[12345] = 0.999999;
  layer = make_layer (&figure, x, y, n);
  g_assert_true (plateau_layer_x_is_monotone (layer));
  plateau_path_init (&path);
  plateau_layer_trace (layer, &mx, &my, 1, FALSE, &path);
  g_assert_true (path.columns);
  g_assert_cmpuint (path.xy->len, ==, 4 * width);
  for (guint c = 0; c < width; c++)
    {
      double low = INFINITY, high = -INFINITY;
      const double *p = &g_array_index (path.xy, double, 4 * c);

      for (gsize i = c * 400; i < (c + 1) * 400; i++)
        {
          low = MIN (low, y[i]);
          high = MAX (high, y[i]);
        }
      g_assert_cmpfloat_with_epsilon (p[3], 100 - 100 * low, 1e-4);
      g_assert_cmpfloat_with_epsilon (p[1], 100 - 100 * high, 1e-4);
    }
  plateau_path_clear (&path);
  {
    gsize first, last;
    plateau_layer_index_range (layer, 99.5, 104, &first, &last);
    g_assert_cmpuint (first, ==, 100);
    g_assert_cmpuint (last, ==, 105);
  }
}

static void
test_gaps (void)
{
  g_autoptr (PlateauFigure) figure = NULL;
  double *x = g_new (double, 7), *y = g_new (double, 7);
  PlateauMapping mx = { { PLATEAU_SCALE_LINEAR, 0, 6, FALSE }, 0, 60 };
  PlateauMapping my = { { PLATEAU_SCALE_LOG, 1, 100, FALSE }, 60, -60 };
  PlateauPath path;

  for (int i = 0; i < 7; i++)
    {
      x[i] = i;
      y[i] = i == 3 ? NAN : i == 6 ? -1 : 10;
    }
  plateau_path_init (&path);
  plateau_layer_trace (make_layer (&figure, x, y, 7), &mx, &my, 1, FALSE, &path);
  g_assert_cmpuint (path.breaks->len, ==, 2);
  g_assert_cmpuint (path.dropped, ==, 1);
  plateau_path_clear (&path);
}

/* ---- Layout ---- */

#define BOTH_PANELS                                                                                \
  "{\"column\": 0, \"row\": 0, \"x\": {\"title\": \"Specific capacity\", \"unit\": \"mAh g⁻¹\","   \
  " \"from_zero\": true}, \"y\": {\"title\": \"Potential\", \"unit\": \"V\", \"reference\":"       \
  " \"Li<sup>+</sup>/Li\"}, \"layers\": [{\"id\": \"a\", \"label\": \"B-LRMO\", \"x\": [0, 100,"   \
  " 248.3], \"y\": [4.6, 3.9, 2.3], \"colour\": \"pristine\", \"dash\": \"dashed\"},"              \
  " {\"id\": \"b\", \"label\": \"S-LRMO\", \"x\": [0, 120, 190], \"y\": [4.5, 3.7, 2.3]}],"        \
  " \"annotations\": [{\"text\": \"0.1C, first cycle\", \"avoid\": true}]},"                        \
  "{\"column\": 1, \"row\": 0, \"x\": {\"title\": \"Cycle number\", \"scale\": \"cycle\"},"        \
  " \"y\": {\"title\": \"Specific capacity\", \"unit\": \"mAh g⁻¹\", \"from_zero\": true},"        \
  " \"y2\": {\"title\": \"Coulombic efficiency\", \"unit\": \"%\", \"min\": 0, \"max\": 105},"     \
  " \"layers\": [{\"id\": \"c\", \"label\": \"S-LRMO\", \"x\": [1, 50, 100], \"y\": [214, 190,"    \
  " 171], \"y_low\": [210, 186, 168], \"y_high\": [218, 194, 174], \"width\": 0, \"marker\":"      \
  " \"circle\", \"fill\": \"solid\"}, {\"id\": \"ce\", \"axis\": \"y2\", \"x\": [1, 50, 100],"     \
  " \"y\": [94, 99.8, 99.9], \"width\": 0, \"marker\": \"square\"}]},"                              \
  "{\"column\": 0, \"row\": 1, \"x\": {\"title\": \"τ\", \"unit\": \"s\", \"scale\": \"log\"},"    \
  " \"y\": {\"title\": \"γ\", \"unit\": \"Ω\"}, \"layers\": [{\"id\": \"d\", \"x\": [1e-7, 1e-3,"  \
  " 10], \"y\": [-12345, 40, 98765]}], \"annotations\": [{\"kind\": \"window\", \"x\": 1e-5,"      \
  " \"x1\": 1e-3, \"text\": \"CEI\"}]},"                                                            \
  "{\"column\": 1, \"row\": 1, \"x\": {\"title\": \"1000 K / <i>T</i>\"}, \"x2\": {\"title\":"      \
  " \"Temperature\", \"unit\": \"°C\", \"link\": \"celsius\"}, \"y\": {\"title\": \"σ\", \"unit\":" \
  " \"mS cm⁻¹\", \"scale\": \"log\"}, \"layers\": [{\"id\": \"e\", \"label\": \"LICF\", \"x\":"     \
  " [3.0, 3.4, 3.95], \"y\": [2.1, 0.6, 0.02], \"marker\": \"circle\"}]}"

static PlateauFigure *
four_panels (const char *style, double width)
{
  g_autofree char *head
      = g_strdup_printf ("{\"plateau-figure\": 1, \"style\": \"%s\", \"width_mm\": %g, \"note\":"
                         " \"Simulated data\", \"panels\": [",
                         style, width);
  g_autofree char *text = g_strconcat (head, BOTH_PANELS "]}", NULL);
  g_autoptr (GError) error = NULL;
  PlateauFigure *figure = figure_from (text, &error);

  g_assert_no_error (error);
  return figure;
}

typedef struct
{
  PlateauRect box;
  char *what;
} Box;

static void
box_clear (gpointer data)
{
  g_free (((Box *)data)->what);
}

static void
add_box (GArray *boxes, PlateauRect box, const char *what, const char *text)
{
  Box b = { box, g_strdup_printf ("%s “%s”", what, text) };

  g_array_append_val (boxes, b);
}

static PlateauRect
tick_label_box (PlateauLayout *layout, const PlateauPanelLayout *pl, guint axis,
                const PlateauLaidTick *tick)
{
  PlateauFont font = { layout->style->family, layout->style->tick, FALSE, FALSE, TRUE };
  double x = pl->plot.x + tick->share * pl->plot.width;
  double y = pl->plot.y + pl->plot.height - tick->share * pl->plot.height;
  double pad = layout->style->pad, right = pl->plot.x + pl->plot.width;
  PlateauRect box;
  PlateauTextPlace place[] = {
    { x, pl->plot.y + pl->plot.height + pad, PLATEAU_ANCHOR_MIDDLE, PLATEAU_ANCHOR_START, 0 },
    { pl->plot.x - pad, y, PLATEAU_ANCHOR_END, PLATEAU_ANCHOR_MIDDLE, 0 },
    { x, pl->plot.y - pad, PLATEAU_ANCHOR_MIDDLE, PLATEAU_ANCHOR_END, 0 },
    { right + pad, y, PLATEAU_ANCHOR_START, PLATEAU_ANCHOR_MIDDLE, 0 },
  };

  box = plateau_text_box (tick->label, &font, &place[axis]);
  /* Digits have nothing below their line. */
  box.y += 0.06 * font.size;
  box.height -= 0.26 * font.size;
  return box;
}

static void
collect_boxes (PlateauLayout *layout, GArray *boxes)
{
  for (guint i = 0; i < plateau_layout_get_n_panels (layout); i++)
    {
      const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, i);

      for (guint a = 0; a < PLATEAU_N_AXES; a++)
        {
          for (guint k = 0; k < pl->ticks[a]->len; k++)
            {
              const PlateauLaidTick *tick = &g_array_index (pl->ticks[a], PlateauLaidTick, k);
              if (tick->label)
                add_box (boxes, tick_label_box (layout, pl, a, tick), "tick", tick->label);
            }
          if (pl->titles[a] && *pl->titles[a])
            add_box (boxes, pl->title_boxes[a], "title", pl->titles[a]);
        }
      if (pl->letter)
        add_box (boxes, pl->letter_box, "letter", pl->letter);
      if (pl->legend.width > 0)
        add_box (boxes, pl->legend, "legend", "");
      for (guint k = 0; k < pl->annotation_boxes->len; k++)
        {
          PlateauRect box = g_array_index (pl->annotation_boxes, PlateauRect, k);
          if (box.width > 0)
            add_box (boxes, box, "annotation", "");
        }
    }
}

/* One column of panels below one another, as single-column figures are. */
static void
stack_panels (PlateauFigure *figure)
{
  for (guint i = 0; i < figure->panels->len; i++)
    {
      plateau_figure_get_panel (figure, i)->column = 0;
      plateau_figure_get_panel (figure, i)->row = i;
    }
  figure->columns = 1;
  figure->rows = figure->panels->len;
}

/* No text touches another or the page's edge, in any style at single and double width. */
static void
test_no_overlap (void)
{
  g_auto (GStrv) styles = plateau_style_list ();

  for (guint s = 0; styles[s]; s++)
    {
      g_autoptr (PlateauStyle) style = plateau_style_find (styles[s], NULL);
      double widths[] = { MAX (style->width_single_mm, 1), style->width_double_mm };

      for (guint w = 0; w < 2; w++)
        {
          g_autoptr (PlateauFigure) figure = four_panels (styles[s], widths[w]);
          g_autoptr (PlateauLayout) layout = NULL;
          g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (Box));

          if (w == 0)
            stack_panels (figure);
          layout = plateau_figure_layout (figure, NULL);
          g_array_set_clear_func (boxes, box_clear);
          collect_boxes (layout, boxes);
          g_assert_cmpuint (boxes->len, >, 30);
          for (guint i = 0; i < boxes->len; i++)
            {
              Box *a = &g_array_index (boxes, Box, i);
              PlateauRect in = { a->box.x + 0.3, a->box.y + 0.3, a->box.width - 0.6,
                                 a->box.height - 0.6 };

              if (in.x < -1 || in.y < -1 || in.x + in.width > layout->width + 1
                  || in.y + in.height > layout->height + 1)
                g_error ("%s at %g mm: %s leaves the page", styles[s], widths[w], a->what);
              for (guint k = i + 1; k < boxes->len; k++)
                if (plateau_rect_overlaps (&in, &g_array_index (boxes, Box, k).box))
                  g_error ("%s at %g mm: %s lies on %s", styles[s], widths[w], a->what,
                           g_array_index (boxes, Box, k).what);
            }
        }
    }
}

static void
test_alignment (void)
{
  g_autoptr (PlateauFigure) figure = four_panels ("default", 170);
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
  const PlateauPanelLayout *p[4];

  for (guint i = 0; i < 4; i++)
    p[i] = plateau_layout_get_panel (layout, i);
  g_assert_cmpfloat_with_epsilon (p[0]->plot.x, p[2]->plot.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (p[1]->plot.x, p[3]->plot.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (p[0]->plot.y, p[1]->plot.y, 1e-9);
  g_assert_cmpfloat_with_epsilon (p[0]->plot.height, p[1]->plot.height, 1e-9);
  /* The legend found a place off the curves. */
  g_assert_false (p[0]->legend_covers_data);
  g_assert_cmpstr (p[3]->letter, ==, "D");
}

static void
test_recorded (void)
{
  g_autoptr (PlateauFigure) figure = four_panels ("default", 170);
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_recorder ();
  g_autofree char *first = NULL, *second = NULL;

  plateau_layout_draw (layout, canvas, NULL);
  first = plateau_canvas_recorder_finish (canvas);
  plateau_layout_draw (layout, canvas, NULL);
  second = plateau_canvas_recorder_finish (canvas);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_str_has_prefix (first, "polygon 4 fill #ffffff"));
  g_assert_nonnull (strstr (first, "stroke #0072b2 1.10 dash 4.62 1.87"));
  g_assert_nonnull (strstr (first, "\"Potential (V vs Li<sup>+</sup>/Li)\""));
  g_assert_nonnull (strstr (first, "turned -90.00"));
  g_assert_nonnull (strstr (first, "\"Simulated data\" italic 6.00"));
  g_assert_nonnull (strstr (first, "markers square"));
}

/* Dark screens change colours and nothing else. */
static void
test_themes (void)
{
  g_autoptr (PlateauFigure) figure = four_panels ("default", 170);
  PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_recorder ();
  g_autofree char *dark = NULL;

  options.theme = PLATEAU_THEME_DARK;
  {
    g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, &options);
    plateau_layout_draw (layout, canvas, NULL);
  }
  dark = plateau_canvas_recorder_finish (canvas);
  g_assert_true (g_str_has_prefix (dark, "polygon 4 fill #2d2d2d"));
  g_assert_nonnull (strstr (dark, "stroke #56b4e9"));
  for (guint n = 0; n < PLATEAU_N_SLOTS * PLATEAU_N_COLOURS; n++)
    for (guint t = 0; t < PLATEAU_N_THEMES; t++)
      for (double amount = 0; amount <= 1; amount += 0.5)
        {
          guint i = n % PLATEAU_N_SLOTS;
          PlateauColour colour = plateau_colour_slot (i, amount);
          colour.colours = n / PLATEAU_N_SLOTS;
          PlateauRgba mark = plateau_colour_resolve (&colour, t, FALSE);
          PlateauRgba text = plateau_colour_resolve (&colour, t, TRUE);
          PlateauRgba paper = plateau_theme_get_paper (t);

          gboolean strong = plateau_theme_is_contrast (t);

          if (plateau_colour_contrast (&mark, &paper) < (strong ? 4.45 : 2.95)
              || plateau_colour_contrast (&text, &paper) < (strong ? 7 : 4.5))
            g_error ("slot %u of %s in theme %u at %g: %.2f and %.2f", i,
                     plateau_colours_get_nick (colour.colours), t, amount,
                     plateau_colour_contrast (&mark, &paper), plateau_colour_contrast (&text, &paper));
        }
}

static void
test_hits (void)
{
  g_autoptr (PlateauFigure) figure = four_panels ("default", 170);
  g_autoptr (PlateauLayout) layout = plateau_figure_layout (figure, NULL);
  const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, 0);
  double px, py, x, y;
  PlateauHit hit;
  PlateauView view;

  plateau_layout_from_data (layout, 0, FALSE, FALSE, 248.3, 2.3, &px, &py);
  g_assert_true (plateau_layout_hit (layout, px + 2, py - 1, 8, &hit));
  g_assert_cmpint (hit.part, ==, PLATEAU_PART_LAYER);
  g_assert_cmpint (hit.index, ==, 0);
  g_assert_cmpint (hit.point, ==, 2);
  g_assert_cmpfloat_with_epsilon (hit.x, 248.3, 1e-9);
  plateau_layout_to_data (layout, 0, FALSE, FALSE, px, py, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 248.3, 1e-9);
  g_assert_true (plateau_layout_hit (layout, pl->legend.x + 2, pl->legend.y + 2, 8, &hit));
  g_assert_cmpint (hit.part, ==, PLATEAU_PART_LEGEND_ENTRY);
  g_assert_true (plateau_layout_hit (layout, pl->title_boxes[1].x + 1,
                                     pl->title_boxes[1].y + pl->title_boxes[1].height / 2, 8, &hit));
  g_assert_cmpint (hit.part, ==, PLATEAU_PART_AXIS_TITLE);
  g_assert_cmpint (hit.index, ==, PLATEAU_AXIS_Y);
  /* The point under the pointer stays when zooming, on a logarithmic axis too. */
  plateau_view_init (&view);
  plateau_layout_from_data (layout, 2, FALSE, FALSE, 1e-3, 40, &px, &py);
  plateau_view_zoom (&view, layout, 2, px, py, 2, 1);
  {
    PlateauView views[4];
    PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;
    g_autoptr (PlateauLayout) zoomed = NULL;
    double qx, qy;

    for (guint i = 0; i < 4; i++)
      plateau_view_init (&views[i]);
    views[2] = view;
    options.views = views;
    zoomed = plateau_figure_layout (figure, &options);
    plateau_layout_from_data (zoomed, 2, FALSE, FALSE, 1e-3, 40, &qx, &qy);
    g_assert_cmpfloat_with_epsilon (qx, px, 0.5);
    g_assert_cmpfloat_with_epsilon (log10 (view.max[0] / view.min[0]),
                                    log10 (plateau_layout_get_panel (layout, 2)->scales[0].max
                                           / plateau_layout_get_panel (layout, 2)->scales[0].min)
                                        / 2,
                                    1e-9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/wilkinson", test_wilkinson);
  g_test_add_func ("/figure/labels", test_labels);
  g_test_add_func ("/figure/scales", test_scales);
  g_test_add_func ("/figure/markup", test_markup);
  g_test_add_func ("/figure/documents", test_documents);
  g_test_add_func ("/figure/titles", test_titles);
  g_test_add_func ("/figure/thinning", test_thinning);
  g_test_add_func ("/figure/columns", test_columns);
  g_test_add_func ("/figure/gaps", test_gaps);
  g_test_add_func ("/figure/no-overlap", test_no_overlap);
  g_test_add_func ("/figure/alignment", test_alignment);
  g_test_add_func ("/figure/recorded", test_recorded);
  g_test_add_func ("/figure/themes", test_themes);
  g_test_add_func ("/figure/hits", test_hits);
  return g_test_run ();
}
