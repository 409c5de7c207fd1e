/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plots/plot-kinetics.h"

#include <math.h>

static PlateauLayer *
add_layer (PlateauPlotContext *context, const PlateauPlotGroup *group, const PlateauStudyCell *cell,
           const char *id, const char *label, double *x, double *y, gsize n)
{
  PlateauLayer *layer = plateau_panel_add_layer (context->panel, PLATEAU_LAYER_LINE, id, label);

  plateau_layer_style_for_slot (&layer->style, group->slot);
  layer->tag.sample = group->sample ? group->sample->id : 0;
  layer->tag.cell = cell ? cell->id : 0;
  plateau_layer_take_xy (layer, x, y, n);
  return layer;
}

PlateauLayer *
plot_kinetics_add_points (PlateauPlotContext *context, const PlateauPlotGroup *group,
                          const PlateauStudyCell *cell, const char *id, const char *label,
                          double *x, double *y, gsize n, gboolean hollow)
{
  PlateauLayer *layer = add_layer (context, group, cell, id, label, x, y, n);

  layer->style.width = 0;
  layer->style.marker = plateau_slot_get_marker (group->slot);
  layer->style.marker_every = 1;
  if (hollow)
    {
      layer->style.fill = PLATEAU_FILL_OPEN;
      layer->style.alpha = 0.55;
    }
  return layer;
}

PlateauLayer *
plot_kinetics_add_line (PlateauPlotContext *context, const PlateauPlotGroup *group,
                        const PlateauStudyCell *cell, const char *id, const char *label, double *x,
                        double *y, gsize n)
{
  PlateauLayer *layer = add_layer (context, group, cell, id, label, x, y, n);

  layer->style.marker_size = 0;
  return layer;
}

double
plot_kinetics_offset (const PlateauStudyCell *cell)
{
  return isnan (cell->reference_offset) ? 0 : cell->reference_offset;
}

PlateauGitt *
plot_kinetics_gitt (PlateauPlotContext *context, const PlateauStudyCell *cell, GError **error)
{
  PlateauGittOptions options = PLATEAU_GITT_OPTIONS_INIT;
  g_autoptr (PlateauRecording) recording = NULL;
  PlateauGitt *gitt = NULL;

  if (plateau_plot_get_settings (context, "gitt", plateau_gitt_option_table, &options, error))
    recording = plateau_plot_get_recording (context, cell, PLATEAU_KIND_GITT, error);
  if (recording)
    gitt = plateau_gitt_analyse_cell (recording, cell, &options, context->cancellable, error);
  plateau_options_clear (plateau_gitt_option_table, &options);
  return gitt;
}
