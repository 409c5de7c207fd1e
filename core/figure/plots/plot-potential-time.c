/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-cycling.h"

#include "base/plateau-error.h"
#include "base/plateau-unit.h"

#include <glib/gi18n.h>
#include <math.h>

/* Potential (left) and current (right) against time. The columns of the recording are shown as
 * they are, without a copy: millions of rows cost nothing here. */

typedef struct
{
  gboolean current;
} Options;

static const PlateauOption option_table[] = {
  { "current", N_ ("Current"), N_ ("On the right axis"), PLATEAU_OPTION_BOOLEAN,
    G_STRUCT_OFFSET (Options, current), NULL, 0, 0, NULL, NULL },
  { NULL },
};

static const Options option_defaults = { TRUE };

static PlateauLayer *
add_column (PlateauPlotContext *context, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
            PlateauRecording *recording, const double *time, const double *values, double factor,
            double offset, gsize first, gsize n, const char *id, const char *label)
{
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);

  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->style.dash = PLATEAU_DASH_SOLID;
  layer->tag.cell = cell->id;
  layer->tag.sample = group->sample ? group->sample->id : 0;
  plateau_array_borrow (&layer->x, time + first, 1 / 3600.0, 0, plateau_recording_ref (recording),
                        (GDestroyNotify)plateau_recording_unref);
  plateau_array_borrow (&layer->y, values + first, factor, offset, plateau_recording_ref (recording),
                        (GDestroyNotify)plateau_recording_unref);
  layer->n = n;
  return layer;
}

/* Rows of the chosen cycles, from the first to the last. */
static void
row_range (PlateauPlotContext *context, const PlateauStudyCell *cell, PlateauRecording *recording,
           gsize *first, gsize *n)
{
  g_autoptr (PlateauCycles) cycles = NULL;
  g_autoptr (GArray) chosen = NULL;
  gsize last;

  *first = 0;
  *n = plateau_recording_get_n_rows (recording);
  if (!context->cycles || !*context->cycles || !(cell->kinds & PLATEAU_KIND_CYCLING))
    return;
  cycles = plateau_plot_get_cycles (context, cell, NULL);
  if (!cycles || cycles->n_cycles == 0)
    return;
  chosen = plateau_plot_choose_cycles (context->cycles,
                                       cycles->cycles[cycles->n_cycles - 1].cycle);
  if (chosen->len == 0)
    return;
  {
    int a = plateau_cycles_find (cycles, g_array_index (chosen, guint, 0));
    int b = plateau_cycles_find (cycles, g_array_index (chosen, guint, chosen->len - 1));

    if (a < 0 || b < a)
      return;
    *first = cycles->cycles[a].first_row;
    last = cycles->cycles[b].last_row;
    *n = last >= *first ? last - *first + 1 : 0;
  }
}

static gboolean
add_cell (PlateauPlotContext *context, const Options *o, const PlateauPlotGroup *group,
          const PlateauStudyCell *cell, GError **error)
{
  PlateauKinds kinds = cell->kinds & PLATEAU_KIND_CYCLING ? PLATEAU_KIND_CYCLING : cell->kinds;
  g_autoptr (PlateauRecording) recording
      = plateau_plot_get_recording (context, cell, kinds, error);
  g_autofree char *label = plot_group_label (group);
  g_autofree char *id = g_strdup_printf ("potential/%s", cell->name);
  g_autofree char *current_id = g_strdup_printf ("current/%s", cell->name);
  const double *time, *potential, *current;
  gsize first, n;
  double offset = isnan (cell->reference_offset) ? 0 : cell->reference_offset;

  if (!recording)
    return FALSE;
  time = plateau_recording_peek (recording, PLATEAU_QUANTITY_TIME);
  potential = plateau_recording_peek (recording, PLATEAU_QUANTITY_POTENTIAL);
  current = plateau_recording_peek (recording, PLATEAU_QUANTITY_CURRENT);
  if (!time || !potential)
    {
      g_set_error (error, PLATEAU_FIGURE_ERROR, PLATEAU_FIGURE_ERROR_EMPTY,
                   _ ("%s has no time or no potential"), cell->name);
      return FALSE;
    }
  row_range (context, cell, recording, &first, &n);
  if (o->current && current)
    {
      PlateauLayer *layer = add_column (context, group, cell, recording, time, current, 1e3, 0,
                                        first, n, current_id, NULL);
      layer->use_y2 = TRUE;
      layer->style.width = 0.55;
      layer->style.alpha = 0.75;
      layer->style.dash = PLATEAU_DASH_SOLID;
    }
  add_column (context, group, cell, recording, time, potential, 1, offset, first, n, id, label);
  return TRUE;
}

static void
fill_table (PlateauPlotContext *context)
{
  PlateauTable *table = context->panel->data = plateau_table_new (_ ("Potential against time"));
  const gsize most = 2000000;
  gsize rows = 0;

  plateau_table_add_column (table, "series", _ ("Series"), NULL, PLATEAU_COLUMN_TEXT, 0);
  plateau_table_add_column (table, "points", _ ("Points"), NULL, PLATEAU_COLUMN_INTEGER, 0);
  plateau_table_add_column (table, "first_h", _ ("From"), "h", PLATEAU_COLUMN_NUMBER, 3);
  plateau_table_add_column (table, "last_h", _ ("To"), "h", PLATEAU_COLUMN_NUMBER, 3);
  for (guint i = 0; i < context->panel->layers->len && rows < most; i++)
    {
      PlateauLayer *layer = g_ptr_array_index (context->panel->layers, i);
      guint row;

      if (layer->n == 0)
        continue;
      row = plateau_table_add_row (table);
      plateau_table_set_text (table, row, 0, layer->id);
      plateau_table_set_number (table, row, 1, layer->n);
      plateau_table_set_number (table, row, 2, plateau_array_get (&layer->x, 0));
      plateau_table_set_number (table, row, 3, plateau_array_get (&layer->x, layer->n - 1));
    }
}

static gboolean
build (PlateauPlotContext *context, gconstpointer options, GError **error)
{
  const Options *o = options;

  plateau_panel_set_axis (context->panel, PLATEAU_AXIS_X, _ ("Time"), "h");
  context->panel->axes[PLATEAU_AXIS_X].fit_margin = 0.02;
  plateau_plot_set_potential_axis (context, PLATEAU_AXIS_Y);
  if (o->current)
    {
      plateau_panel_set_axis (context->panel, PLATEAU_AXIS_Y2, _ ("Current"), "mA");
      context->panel->axes[PLATEAU_AXIS_Y2].fit_margin = 0.15;
    }
  for (guint g = 0; g < context->n_groups; g++)
    for (guint c = 0; c < context->groups[g].n_cells; c++)
      if (!add_cell (context, o, &context->groups[g], context->groups[g].cells[c], error))
        return FALSE;
  fill_table (context);
  return TRUE;
}

const PlateauPlotKind plateau_plot_potential_time = {
  .id = "potential-time",
  .label = N_ ("Potential and current against time"),
  .page = "cycling",
  .needs = 0,
  .options = option_table,
  .options_size = sizeof (Options),
  .options_init = &option_defaults,
  .build = build,
};
