/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kind, order, axis titles and number of curves of every panel of every template, against a table
 * that was written from the studies' figures. */
#include "figure-marks.h"

#include "figure/plateau-markup.h"
#include "figure/plateau-template.h"

#include <string.h>

/* Layers that belong to a curve: points taken on it, its peaks, its fit, its line, its end. */
static const char *const parts[] = { "taken/", "peaks/",  "cells/",    "fit/", "sample/",
                                     "line/",  "masked/", "left-out/", "end/", NULL };
/* Halves of one curve, and its points that are doubtful. */
static const char *const halves[] = { "/charge", "/discharge", "/doubtful", NULL };

static guint
count_curves (PlateauPanel *panel)
{
  g_autoptr (GHashTable) curves = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < panel->layers->len; i++)
    {
      const PlateauLayer *layer = g_ptr_array_index (panel->layers, i);
      g_autofree char *id = g_strdup (layer->id);
      gboolean part = layer->kind == PLATEAU_LAYER_BAND;

      for (guint k = 0; parts[k]; k++)
        part = part || g_str_has_prefix (id, parts[k]);
      for (guint k = 0; halves[k]; k++)
        if (g_str_has_suffix (id, halves[k]))
          id[strlen (id) - strlen (halves[k])] = '\0';
      if (!part && layer->n > 0)
        g_hash_table_add (curves, g_steal_pointer (&id));
    }
  return g_hash_table_size (curves);
}

static char *
axis_title (PlateauPanel *panel, PlateauAxisId id)
{
  g_autofree char *title = panel->axes[id].used ? plateau_axis_dup_title (
                               &panel->axes[id], PLATEAU_TITLE_PARENTHESES, NULL)
                                                : g_strdup ("");

  return plateau_markup_to_plain (title);
}

/* The panel as a line of the table. */
static char *
describe (const char *name, PlateauPanel *panel)
{
  gboolean twin = panel->axes[PLATEAU_AXIS_Y2].used;
  g_autofree char *x = axis_title (panel, PLATEAU_AXIS_X), *y = axis_title (panel, PLATEAU_AXIS_Y);
  g_autofree char *second = axis_title (panel, twin ? PLATEAU_AXIS_Y2 : PLATEAU_AXIS_X2);

  return g_strdup_printf ("%s\t%s\t%s\t%s\t%s\t%s\t%u", name, panel->id,
                          json_object_get_string_member (panel->plot, "kind"), x, y, second,
                          count_curves (panel));
}

/* Lines of the table without comments. */
static GPtrArray *
load_table (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *table = g_ptr_array_new_with_free_func (g_free);

  g_file_get_contents (FIGURES_DIR "/panels.tsv", &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (*lines[i] && *lines[i] != '#')
      g_ptr_array_add (table, g_strdup (lines[i]));
  return table;
}

static guint
compare (PlateauFigure *figure, const char *name, GPtrArray *table)
{
  g_autofree char *prefix = g_strconcat (name, "\t", NULL);
  guint at = 0, bad = 0;

  for (guint i = 0; i < table->len; i++)
    {
      const char *wanted = g_ptr_array_index (table, i);
      g_autofree char *got = NULL;

      if (!g_str_has_prefix (wanted, prefix))
        continue;
      if (at < figure->panels->len)
        got = describe (name, plateau_figure_get_panel (figure, at));
      at++;
      if (g_strcmp0 (got, wanted) == 0)
        continue;
      g_test_message ("expected: %s\n  shown:    %s", wanted, got ? got : "no such panel");
      bad++;
    }
  if (at != figure->panels->len)
    {
      g_test_message ("%s has %u panels, the table %u", name, figure->panels->len, at);
      bad++;
    }
  return bad;
}

static void
test_panels (void)
{
  PlateauStudy *study = figure_load_example ();
  g_autoptr (PlateauCache) cache = plateau_cache_new (512 * 1024 * 1024);
  g_autoptr (GPtrArray) templates = plateau_template_list ();
  g_autoptr (GPtrArray) table = load_table ();
  guint bad = 0;

  if (!study)
    return;
  for (guint i = 0; i < templates->len; i++)
    {
      const PlateauTemplateInfo *info = g_ptr_array_index (templates, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (PlateauFigure) figure = figure_from_template (study, cache, info->name, &error);

      g_assert_no_error (error);
      bad += compare (figure, info->name, table);
    }
  g_assert_cmpuint (bad, ==, 0);
  plateau_study_unref (study);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/panels/table", test_panels);
  return g_test_run ();
}
