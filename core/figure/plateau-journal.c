/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-journal.h"

#include "figure/plateau-layout-private.h"
#include "figure/plateau-text.h"

#include <glib/gi18n.h>
#include <math.h>

#define MM (72 / 25.4)

/**
 * plateau_check_free:
 * @check: (transfer full): an entry of plateau_layout_check()
 */
void
plateau_check_free (PlateauCheck *check)
{
  g_free (check->text);
  g_free (check);
}

static void
add (GPtrArray *checks, const char *id, gboolean good, int panel, char *text)
{
  PlateauCheck *check = g_new0 (PlateauCheck, 1);

  check->id = id;
  check->state = good ? PLATEAU_CHECK_GOOD : PLATEAU_CHECK_WARNING;
  check->text = text;
  check->panel = panel;
  g_ptr_array_add (checks, check);
}

static gboolean
near_width (double width, double wanted)
{
  return wanted > 0 && fabs (width - wanted) <= 0.02 * wanted;
}

static void
check_size (PlateauLayout *layout, GPtrArray *checks)
{
  const PlateauStyle *s = layout->style;
  double width = layout->width / MM, height = layout->height / MM;
  gboolean column = near_width (width, s->width_single_mm) || near_width (width, s->width_middle_mm)
                    || near_width (width, s->width_double_mm);

  if (!s->journal || column)
    add (checks, "width", width <= s->width_double_mm * 1.02 || !s->journal, -1,
         g_strdup_printf (_ ("%.4g mm wide"), width));
  else
    add (checks, "width", FALSE, -1,
         g_strdup_printf (_ ("%.4g mm wide: %s takes %g or %g mm"), width, s->journal,
                          s->width_single_mm, s->width_double_mm));
  if (height > s->height_max_mm)
    add (checks, "height", FALSE, -1,
         g_strdup_printf (_ ("%.4g mm high: at most %g mm"), height, s->height_max_mm));
}

/* The smallest text there really is: scripts count, as printers see them. */
static void
check_text (PlateauLayout *layout, GPtrArray *checks)
{
  const PlateauStyle *s = layout->style;
  gboolean small = layout->figure->note != NULL;
  double least, most = layout->panels->len > 1 ? MAX (s->text, s->letter) : s->text;

  for (guint i = 0; i < layout->figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (layout->figure->panels, i);

      for (guint k = 0; k < panel->annotations->len; k++)
        small = small || g_array_index (panel->annotations, PlateauAnnotation, k).small;
      small = small || (panel->colour_bar.used && panel->colour_bar.inside);
      for (guint k = 0; k < panel->layers->len; k++)
        small = small || ((PlateauLayer *) g_ptr_array_index (panel->layers, k))->point_label;
    }
  least = MIN (s->text, s->tick);
  if (small)
    least = MIN (least, s->small);
  if (least >= s->text_min_pt - 1e-6)
    add (checks, "text", TRUE, -1, g_strdup_printf (_ ("text %.3g–%.3g pt"), least, most));
  else
    add (checks, "text", FALSE, -1,
         g_strdup_printf (_ ("text of %.3g pt: at least %g pt"), least, s->text_min_pt));
}

static void
check_lines (PlateauLayout *layout, GPtrArray *checks)
{
  const PlateauStyle *s = layout->style;
  double least = MIN (MIN (s->axis_line, s->guide_line), s->error_line), most = s->axis_line;
  int panel_of_least = -1;

  for (guint i = 0; i < layout->figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (layout->figure->panels, i);

      for (guint k = 0; k < panel->layers->len; k++)
        {
          PlateauLayer *layer = g_ptr_array_index (panel->layers, k);
          double width = layer->style.width
                         * (panel->layers->len > 8 ? s->many_line : s->curve_line);

          if (!(width > 0) || layer->kind == PLATEAU_LAYER_BAND || layer->kind == PLATEAU_LAYER_MAP)
            continue;
          if (width < least)
            {
              least = width;
              panel_of_least = (int) i;
            }
          most = MAX (most, width);
        }
    }
  if (least >= s->line_min_pt - 1e-6)
    add (checks, "lines", TRUE, -1, g_strdup_printf (_ ("lines %.2g–%.2g pt"), least, most));
  else
    add (checks, "lines", FALSE, panel_of_least,
         g_strdup_printf (_ ("a line of %.2g pt: at least %g pt"), least, s->line_min_pt));
}

/* Curves of one panel that only their colour tells apart, and that a grey printer makes one. */
static gboolean
alike_in_grey (const PlateauLayer *a, const PlateauLayer *b)
{
  PlateauRgba x = plateau_colour_resolve (&a->style.colour, PLATEAU_THEME_PAPER, FALSE);
  PlateauRgba y = plateau_colour_resolve (&b->style.colour, PLATEAU_THEME_PAPER, FALSE);
  gboolean same_cue = a->style.dash == b->style.dash && a->style.marker == b->style.marker
                      && a->style.fill == b->style.fill
                      && (a->style.width > 0) == (b->style.width > 0);

  if (!same_cue || !a->label || !b->label || g_strcmp0 (a->label, b->label) == 0)
    return FALSE;
  if (a->style.colour.kind == PLATEAU_COLOUR_SEQUENTIAL
      && b->style.colour.kind == PLATEAU_COLOUR_SEQUENTIAL)
    return FALSE; /* an ordered series may be close */
  x = plateau_colour_simulate (&x, "grey");
  y = plateau_colour_simulate (&y, "grey");
  return plateau_colour_contrast (&x, &y) < 1.15;
}

static void
check_colours (PlateauLayout *layout, GPtrArray *checks)
{
  PlateauRgba paper = plateau_theme_get_paper (PLATEAU_THEME_PAPER);
  int grey = -1, pale = -1;
  double least = 21;

  for (guint i = 0; i < layout->figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (layout->figure->panels, i);

      for (guint k = 0; k < panel->layers->len; k++)
        {
          PlateauLayer *layer = g_ptr_array_index (panel->layers, k);
          PlateauRgba c = plateau_colour_resolve (&layer->style.colour, PLATEAU_THEME_PAPER, FALSE);
          double contrast = plateau_colour_contrast (&c, &paper);

          if (contrast < least && layer->kind != PLATEAU_LAYER_MAP)
            {
              least = contrast;
              pale = (int) i;
            }
          for (guint j = 0; j < k && grey < 0; j++)
            if (alike_in_grey (g_ptr_array_index (panel->layers, j), layer))
              grey = (int) i;
        }
    }
  if (least < 2.5)
    add (checks, "contrast", FALSE, pale,
         g_strdup_printf (_ ("a curve of contrast %.1f to the paper: at least 3"), least));
  add (checks, "grey", grey < 0, grey,
       g_strdup (grey < 0 ? _ ("legible in grey")
                          : _ ("two curves look alike in grey: give one a dash or a marker")));
}

static void
check_panels (PlateauLayout *layout, GPtrArray *checks)
{
  g_autoptr (GString) covering = g_string_new (NULL);
  int first = -1;

  for (guint i = 0; i < layout->figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (layout->figure->panels, i);
      PlateauPanelLayout *pl = g_ptr_array_index (layout->panels, i);
      const char *name = pl->letter && *pl->letter ? pl->letter : panel->id;

      if (panel->message)
        add (checks, "panels", FALSE, (int) i,
             g_strdup_printf (_ ("panel %s is empty: %s"), name, panel->message));
      else if (pl->legend_covers_data)
        {
          first = first < 0 ? (int) i : first;
          g_string_append_printf (covering, "%s%s", covering->len > 0 ? ", " : "", name);
        }
    }
  if (first >= 0)
    add (checks, "overlap", FALSE, first,
         g_strdup_printf (_ ("legend over data: %s"), covering->str));
}

/* Families of equal widths, of which one may stand for the other: (wanted, drawn). */
static const char *const same_widths[][2] = {
  { "Arial", "Liberation Sans" },
  { "Arial", "Arimo" },
  { "Arial", "Nimbus Sans" },
  { "Helvetica", "Liberation Sans" },
  { "Helvetica", "Nimbus Sans" },
  { "Helvetica", "Arimo" },
  { "Times New Roman", "Liberation Serif" },
};

/* A family, or one of a list in the order of preference; a general name is any. */
static gboolean
is_wanted_font (const char *wanted, const char *used)
{
  static const char *const general[] = { "Sans", "Sans-serif", "Serif", "Monospace" };
  g_auto (GStrv) names = g_strsplit (wanted, ",", -1);
  gboolean good = FALSE;

  for (guint k = 0; names[k] && !good; k++)
    {
      const char *name = g_strstrip (names[k]);

      good = g_ascii_strcasecmp (name, used) == 0;
      for (guint i = 0; i < G_N_ELEMENTS (general) && k == 0; i++)
        good = good || g_ascii_strcasecmp (name, general[i]) == 0;
      for (guint i = 0; i < G_N_ELEMENTS (same_widths); i++)
        good = good
               || (g_ascii_strcasecmp (name, same_widths[i][0]) == 0
                   && g_ascii_strcasecmp (used, same_widths[i][1]) == 0);
    }
  return good;
}

static void
check_fonts (PlateauLayout *layout, GPtrArray *checks)
{
  const char *wanted = layout->style->family;
  g_autofree char *used = plateau_text_family_used (wanted);

  if (!wanted || !used || is_wanted_font (wanted, used))
    add (checks, "fonts", TRUE, -1, g_strdup (_ ("fonts embedded")));
  else
    add (checks, "fonts", FALSE, -1,
         g_strdup_printf (_ ("the font %s is not installed: %s is drawn instead"), wanted, used));
}

/**
 * plateau_layout_check:
 * @layout: a layout at the size of the paper
 *
 * Holds a figure against the limits of its style: width, height, text and line sizes, contrast,
 * legibility in grey, empty panels, legends over data. Files made here always embed their fonts.
 *
 * Returns: (transfer full) (element-type PlateauCheck): what is good and what is not
 */
GPtrArray *
plateau_layout_check (PlateauLayout *layout)
{
  GPtrArray *checks = g_ptr_array_new_with_free_func ((GDestroyNotify) plateau_check_free);

  check_size (layout, checks);
  check_text (layout, checks);
  check_lines (layout, checks);
  check_fonts (layout, checks);
  check_colours (layout, checks);
  check_panels (layout, checks);
  return checks;
}
