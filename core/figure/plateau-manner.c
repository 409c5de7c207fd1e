/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plateau-figure-private.h"

#include <string.h>

typedef struct
{
  const PlateauNotation *notation;
  GPtrArray *names;
} Manner;

static gboolean
has_name (const Manner *manner, const char *text)
{
  for (guint i = 0; text && i < manner->names->len; i++)
    if (strstr (text, g_ptr_array_index (manner->names, i)))
      return TRUE;
  return FALSE;
}

static void
rewrite (const Manner *manner, char **text)
{
  char *other = has_name (manner, *text) ? NULL : plateau_notation_rewrite (manner->notation, *text);

  if (!other)
    return;
  g_free (*text);
  *text = other;
}

static void
apply_to_axis (PlateauAxis *axis, const Manner *manner, const PlateauStyle *style)
{
  rewrite (manner, &axis->title);
  rewrite (manner, &axis->unit);
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
plateau_panel_apply_manner (PlateauPanel *panel, const PlateauStyle *style, GPtrArray *names)
{
  const Manner manner = { &style->notation, names };

  for (guint i = 0; i < PLATEAU_N_AXES; i++)
    apply_to_axis (&panel->axes[i], &manner, style);
  for (guint i = 0; i < panel->layers->len; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (panel->layers, i);

      rewrite (&manner, &layer->label);
      layer->style.colour.colours = style->colours;
      for (gsize k = 0; layer->point_label && k < layer->n; k++)
        rewrite (&manner, &layer->point_label[k]);
    }
  for (guint i = 0; i < panel->annotations->len; i++)
    {
      PlateauAnnotation *annotation = &g_array_index (panel->annotations, PlateauAnnotation, i);

      rewrite (&manner, &annotation->text);
      annotation->colour.colours = style->colours;
    }
  for (guint i = 0; i < panel->notes->len; i++)
    rewrite (&manner, (char **)&panel->notes->pdata[i]);
  rewrite (&manner, &panel->title);
  rewrite (&manner, &panel->colour_bar.title);
  rewrite (&manner, &panel->legend.title);
  apply_to_data (panel, &style->notation);
}
