/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-decimate.h"
#include "figure/plateau-layout.h"
#include "figure/plateau-markup.h"

G_BEGIN_DECLS

/* Which small squares of a plot area hold ink: legends and texts look for room there. */
typedef struct
{
  PlateauRect area;
  guint nx, ny;
  guint8 *cells;
} PlateauOccupancy;

/* Space that the texts around a plot take at each of its sides. */
typedef struct
{
  double left, right, top, bottom;
} PlateauMargins;

void plateau_layout_share_axes (PlateauLayout *layout);
void plateau_layout_apply_shared (PlateauPanelLayout *pl);
void plateau_layout_share_sizes (PlateauLayout *layout, const PlateauMargins *margins);
PlateauFont plateau_layout_font (const PlateauStyle *style, double size);
gboolean plateau_layout_is_hidden (const PlateauLayout *layout, const PlateauLayer *layer);
void plateau_layout_fit_axes (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                              const PlateauView *view);
void plateau_layout_data_extent (PlateauLayout *layout, PlateauPanel *panel, PlateauAxisId id,
                                 double *low, double *high);
void plateau_layout_equalise (PlateauPanel *panel, PlateauPanelLayout *pl, gboolean viewed);
void plateau_layout_place_ticks (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl);
double plateau_layout_tick_label_size (PlateauLayout *layout, PlateauPanelLayout *pl,
                                       PlateauAxisId axis);
void plateau_layout_mappings (const PlateauPanelLayout *pl, gboolean use_x2, gboolean use_y2,
                              PlateauMapping *x, PlateauMapping *y);
void plateau_occupancy_init (PlateauOccupancy *o, PlateauLayout *layout, PlateauPanel *panel,
                             PlateauPanelLayout *pl, gboolean with_data);
void plateau_occupancy_clear (PlateauOccupancy *o);
void plateau_occupancy_add_rect (PlateauOccupancy *o, const PlateauRect *rect);
guint plateau_occupancy_count (const PlateauOccupancy *o, const PlateauRect *rect);
void plateau_layout_legend_entries (PlateauLayout *layout, PlateauPanel *panel,
                                    PlateauPanelLayout *pl);
void plateau_layout_legend_size (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                                 double max_width, double *width, double *height);
void plateau_layout_place_legend (PlateauLayout *layout, PlateauPanel *panel,
                                  PlateauPanelLayout *pl, PlateauOccupancy *o);
void plateau_layout_place_annotations (PlateauLayout *layout, PlateauPanel *panel,
                                       PlateauPanelLayout *pl, PlateauOccupancy *o);
gboolean plateau_layout_make_text_room (PlateauLayout *layout, PlateauPanel *panel,
                                        PlateauPanelLayout *pl);
char *plateau_layout_scale_bar_text (PlateauPanel *panel, const PlateauPanelLayout *pl);
/* A colour bar within the plot, with its texts. */
PlateauRect plateau_layout_inside_bar (const PlateauLayout *layout, const PlateauPanelLayout *pl);
void plateau_layout_mark_guides (PlateauOccupancy *o, PlateauPanel *panel,
                                 const PlateauPanelLayout *pl);
void plateau_layout_place_scale_bar (PlateauLayout *layout, PlateauPanel *panel,
                                     PlateauPanelLayout *pl, PlateauOccupancy *o);
void plateau_layout_place_point_labels (PlateauLayout *layout, PlateauPanel *panel,
                                        PlateauPanelLayout *pl, PlateauOccupancy *o);
double plateau_layout_key_width (PlateauPanel *panel, const PlateauPanelLayout *pl,
                                 const PlateauStyle *style);
const char *plateau_legend_shown (PlateauPanel *panel, const char *label);
guint plateau_layout_entry_keys (PlateauPanel *panel, const PlateauLegendEntry *entry, guint *keys,
                                 guint max);
void plateau_draw_layer (PlateauLayout *layout, PlateauPanel *panel, PlateauPanelLayout *pl,
                         PlateauLayer *layer, PlateauCanvas *canvas, double emphasis, double fade);
void plateau_pen_set_dash (PlateauPen *pen, PlateauDash dash);
void plateau_layer_marks (PlateauLayer *layer, const PlateauMapping *x, const PlateauMapping *y,
                          guint every, double spacing, GArray *xy, GArray *indices);

G_END_DECLS
