/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every template at 85 and 170 mm, filled from the example: nothing overlaps, nothing leaves the
 * page, the legend lies beside the data; and the drawing commands are those that were recorded.
 * After a change that is wanted: PLATEAU_RECORD=1 tests/figures/test-drawings writes them anew. */
#include "figure-marks.h"

#include "figure/plateau-journal.h"
#include "figure/plateau-template.h"

#include <math.h>
#include <string.h>

static const double widths[] = { 85, 170 };

typedef struct
{
  PlateauStudy *study;
  PlateauCache *cache;
  GPtrArray *templates;
} Fixture;

static gboolean
fixture_init (Fixture *f)
{
  f->study = figure_load_example ();
  if (!f->study)
    return FALSE;
  f->cache = plateau_cache_new (512 * 1024 * 1024);
  f->templates = plateau_template_list ();
  return TRUE;
}

static void
fixture_clear (Fixture *f)
{
  plateau_study_unref (f->study);
  plateau_cache_unref (f->cache);
  g_ptr_array_unref (f->templates);
}

/* ---- What overlaps ---- */

static guint
check_texts (const char *name, double width_mm, PlateauLayout *layout, const Marks *marks)
{
  guint bad = 0;

  for (guint i = 0; i < marks->texts->len; i++)
    {
      const MarksText *a = &g_array_index (marks->texts, MarksText, i);

      if (a->box.x < -0.5 || a->box.y < -0.5 || a->box.x + a->box.width > layout->width + 0.5
          || a->box.y + a->box.height > layout->height + 0.5)
        {
          g_test_message ("%s at %g mm, panel %d: “%s” leaves the page", name, width_mm, a->panel,
                          a->markup);
          bad++;
        }
      for (guint k = i + 1; k < marks->texts->len; k++)
        {
          const MarksText *b = &g_array_index (marks->texts, MarksText, k);

          if (plateau_rect_overlaps (&a->box, &b->box))
            {
              g_test_message ("%s at %g mm, panel %d: “%s” lies on “%s”", name, width_mm, a->panel,
                              a->markup, b->markup);
              bad++;
            }
        }
    }
  return bad;
}

/* Whether a stroke touches a box: clipped to it by its parameter (Liang and Barsky). */
static gboolean
touches (const MarksStroke *s, const PlateauRect *box)
{
  double t0 = 0, t1 = 1, dx = s->x1 - s->x0, dy = s->y1 - s->y0;
  const double p[] = { -dx, dx, -dy, dy };
  const double q[] = { s->x0 - (box->x - s->r), box->x + box->width + s->r - s->x0,
                       s->y0 - (box->y - s->r), box->y + box->height + s->r - s->y0 };

  for (guint i = 0; i < 4; i++)
    {
      if (p[i] == 0)
        {
          if (q[i] < 0)
            return FALSE;
        }
      else if (p[i] < 0)
        t0 = MAX (t0, q[i] / p[i]);
      else
        t1 = MIN (t1, q[i] / p[i]);
    }
  return t0 <= t1;
}

static guint
count_touching (const Marks *marks, int panel, const PlateauRect *box)
{
  guint n = 0;

  for (guint i = 0; i < marks->data->len; i++)
    {
      const MarksStroke *s = &g_array_index (marks->data, MarksStroke, i);

      n += s->panel == panel && touches (s, box);
    }
  return n;
}

static guint
check_data (const char *name, double width_mm, PlateauLayout *layout, const Marks *marks)
{
  guint bad = 0;

  for (guint k = 0; k < plateau_layout_get_n_panels (layout); k++)
    {
      const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, k);
      PlateauRect box = { pl->legend.x, pl->legend.y + 0.5, pl->legend.width,
                          pl->legend.height - 1 };
      guint n = box.width > 0 ? count_touching (marks, (int) k, &box) : 0;

      if (n > 0)
        {
          g_test_message ("%s at %g mm, panel %u: the legend lies on %u strokes of data", name,
                          width_mm, k, n);
          bad++;
        }
    }
  for (guint i = 0; i < marks->texts->len; i++)
    {
      const MarksText *t = &g_array_index (marks->texts, MarksText, i);
      guint n = t->panel >= 0 ? count_touching (marks, t->panel, &t->box) : 0;

      if (n > 0)
        {
          g_test_message ("%s at %g mm, panel %d: “%s” lies on %u strokes of data", name, width_mm,
                          t->panel, t->markup, n);
          bad++;
        }
    }
  return bad;
}

/* An axis that a reader can read has two labels at least. */
static guint
check_ticks (const char *name, double width_mm, PlateauLayout *layout)
{
  guint bad = 0;

  for (guint k = 0; k < plateau_layout_get_n_panels (layout); k++)
    {
      const PlateauPanel *panel = plateau_figure_get_panel (layout->figure, k);
      const PlateauPanelLayout *pl = plateau_layout_get_panel (layout, k);

      for (guint a = 0; a < PLATEAU_N_AXES; a++)
        {
          guint labels = 0;

          for (guint i = 0; i < pl->ticks[a]->len; i++)
            labels += g_array_index (pl->ticks[a], PlateauLaidTick, i).label != NULL;
          if (panel->axes[a].used && panel->axes[a].labels && panel->axes[a].scale_bar == 0
              && labels < 2 && !panel->axes[a].categories)
            {
              g_test_message ("%s at %g mm, panel %u: axis %s has %u labels", name, width_mm, k,
                              plateau_axis_id_get_nick (a), labels);
              bad++;
            }
        }
    }
  return bad;
}

/* Sizes of texts and lines, contrast, distinct in grey, fonts: nothing to mind. */
static guint
check_limits (const char *name, double width_mm, PlateauLayout *layout)
{
  g_autoptr (GPtrArray) checks = plateau_layout_check (layout);
  guint bad = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      const PlateauCheck *check = g_ptr_array_index (checks, i);

      /* Which fonts there are is a matter of the machine. */
      if (check->state == PLATEAU_CHECK_GOOD || g_str_equal (check->id, "fonts"))
        continue;
      g_test_message ("%s at %g mm, panel %d: %s", name, width_mm, check->panel, check->text);
      bad++;
    }
  return bad;
}

static void
test_overlaps (void)
{
  Fixture f;
  guint bad = 0;

  if (!fixture_init (&f))
    return;
  for (guint i = 0; i < f.templates->len; i++)
    {
      const PlateauTemplateInfo *info = g_ptr_array_index (f.templates, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauFigure)
          figure = figure_from_template (f.study, f.cache, info->name, &error);

      g_assert_no_error (error);
      for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
        {
          g_autoptr (PlateauLayout) layout = figure_lay_out (figure, widths[w], NULL);
          g_autoptr (Marks) marks = marks_of_layout (layout);

          bad += check_texts (info->name, widths[w], layout, marks);
          bad += check_data (info->name, widths[w], layout, marks);
          bad += check_ticks (info->name, widths[w], layout);
          bad += check_limits (info->name, widths[w], layout);
        }
    }
  fixture_clear (&f);
  g_assert_cmpuint (bad, ==, 0);
}

/* The widths of every journal, in its fonts and line widths. */
static void
test_presets (void)
{
  static const char *const styles[] = {
    "nature", "cell", "acs", "rsc", "elsevier", "wiley", "slide"
  };
  Fixture f;
  guint bad = 0;

  if (!fixture_init (&f))
    return;
  for (guint s = 0; s < G_N_ELEMENTS (styles); s++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauStyle) style = plateau_style_find (styles[s], &error);
      const double columns[] = { style->width_single_mm, style->width_middle_mm,
                                 style->width_double_mm };

      g_assert_no_error (error);
      for (guint i = 0; i < f.templates->len; i++)
        {
          const PlateauTemplateInfo *info = g_ptr_array_index (f.templates, i);
          g_autoptr (PlateauFigure)
              figure = figure_from_template (f.study, f.cache, info->name, &error);
          g_autofree char *name = g_strdup_printf ("%s, %s", info->name, styles[s]);

          g_assert_no_error (error);
          for (guint w = 0; w < G_N_ELEMENTS (columns); w++)
            {
              g_autoptr (PlateauLayout) layout = NULL;
              g_autoptr (Marks) marks = NULL;

              if (!(columns[w] > 0) || (w > 0 && columns[w] == columns[w - 1]))
                continue;
              layout = figure_lay_out (figure, columns[w], style);
              marks = marks_of_layout (layout);
              bad += check_texts (name, columns[w], layout, marks);
              bad += check_data (name, columns[w], layout, marks);
              bad += check_ticks (name, columns[w], layout);
            }
        }
    }
  fixture_clear (&f);
  g_assert_cmpuint (bad, ==, 0);
}

/* ---- What was recorded ---- */

static char *
summarise (PlateauFigure *figure)
{
  GString *all = g_string_new (NULL);

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_autoptr (PlateauLayout) layout = figure_lay_out (figure, widths[w], NULL);
      g_autoptr (Marks) marks = marks_of_layout (layout);

      g_string_append_printf (all, "%s%g by %.0f mm\n%s", w > 0 ? "\n" : "", widths[w],
                              layout->height / 72 * 25.4, marks->summary->str);
    }
  return g_string_free (all, FALSE);
}

/* Numbers may differ a little: fonts of the same metrics are not hinted the same everywhere, and
 * thinned paths may keep a point more. */
static gboolean
same_words (const char *a, const char *b)
{
  g_auto (GStrv) x = g_strsplit (a, " ", -1), y = g_strsplit (b, " ", -1);
  guint n = g_strv_length (x);

  if (n != g_strv_length (y))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      char *end_x, *end_y;
      double u = g_ascii_strtod (x[i], &end_x), v = g_ascii_strtod (y[i], &end_y);
      gboolean numbers = *x[i] && *y[i] && !*end_x && !*end_y;

      if (numbers ? fabs (u - v) > 2.5 + 0.03 * fabs (u) : strcmp (x[i], y[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

static guint
compare (const char *name, const char *recorded, const char *now)
{
  g_auto (GStrv) a = g_strsplit (recorded, "\n", -1), b = g_strsplit (now, "\n", -1);
  guint n = MAX (g_strv_length (a), g_strv_length (b)), bad = 0;
  const char *where = "";

  for (guint i = 0;
       i < n && bad < 6 && a[MIN (i, g_strv_length (a))] && b[MIN (i, g_strv_length (b))]; i++)
    {
      if (!g_str_has_prefix (b[i], " "))
        where = b[i];
      if (same_words (a[i], b[i]))
        continue;
      g_test_message ("%s, line %u (%s)\n  recorded: %s\n  now:      %s", name, i + 1, where, a[i],
                      b[i]);
      bad++;
    }
  if (bad == 0 && g_strv_length (a) != g_strv_length (b))
    {
      g_test_message ("%s: %u lines were recorded, now there are %u", name, g_strv_length (a),
                      g_strv_length (b));
      bad++;
    }
  return bad;
}

static void
test_recorded (void)
{
  gboolean record = g_getenv ("PLATEAU_RECORD") != NULL;
  guint bad = 0;
  Fixture f;

  if (!fixture_init (&f))
    return;
  for (guint i = 0; i < f.templates->len; i++)
    {
      const PlateauTemplateInfo *info = g_ptr_array_index (f.templates, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauFigure)
          figure = figure_from_template (f.study, f.cache, info->name, &error);
      g_autofree char *path = g_strdup_printf ("%s/%s.txt", RECORDED_DIR, info->name);
      g_autofree char *now = NULL, *recorded = NULL;

      g_assert_no_error (error);
      now = summarise (figure);
      if (record)
        g_file_set_contents (path, now, -1, &error);
      else if (g_file_get_contents (path, &recorded, NULL, &error))
        bad += compare (info->name, recorded, now);
      g_assert_no_error (error);
    }
  fixture_clear (&f);
  if (bad > 0)
    g_test_message ("When the change is wanted and looked at: PLATEAU_RECORD=1 "
                    "tests/figures/test-drawings records the figures anew");
  g_assert_cmpuint (bad, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drawings/overlaps", test_overlaps);
  g_test_add_func ("/drawings/presets", test_presets);
  g_test_add_func ("/drawings/recorded", test_recorded);
  return g_test_run ();
}
