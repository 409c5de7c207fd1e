/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plateau-figure-private.h"

static void
rewrite (const PlateauNotation *notation, char **text)
{
  char *other = plateau_notation_rewrite (notation, *text);

  if (!other)
    return;
  g_free (*text);
  *text = other;
}

static void
apply_to_axis (PlateauAxis *axis, const PlateauStyle *style)
{
  rewrite (&style->notation, &axis->title);
  rewrite (&style->notation, &axis->unit);
  axis->colour.colours = style->colours;
}

static void
apply_to_data (PlateauPanel *panel, const PlateauNotation *notation)
{
  PlateauTable *table = panel->data;

  if (!table)
    return;
  panel->data = plateau_notation_convert_table (notation, table);
  plateau_table_unref (table);
}

void
plateau_panel_apply_manner (PlateauPanel *panel, const PlateauStyle *style)
{
  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    apply_to_axis (&panel->axes[i], style);
  for (guint i = 0; i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);

      rewrite (&style->notation, &layer->label);
      layer->style.colour.colours = style->colours;
      for (gsize k = 0; layer->point_label && k < layer->n; k++)
        rewrite (&style->notation, &layer->point_label[k]);
    }
  for (guint i = 0; i < panel->annotations->len; i++)
    {
      PlateauAnnotation *annotation = &g_array_index (panel->annotations, PlateauAnnotation, i);

      rewrite (&style->notation, &annotation->text);
      annotation->colour.colours = style->colours;
    }
  for (guint i = 0; i < panel->notes->len; i++)
    rewrite (&style->notation, (char **)&panel->notes->pdata[i]);
  rewrite (&style->notation, &panel->title);
  rewrite (&style->notation, &panel->colour_bar.title);
  rewrite (&style->notation, &panel->legend.title);
  apply_to_data (panel, &style->notation);
}
