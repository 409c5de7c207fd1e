/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"

G_BEGIN_DECLS

/* Fewer points for the same picture. */

/* Maps an array's raw values to canvas units: shown = factor * value + offset of the array, then
 * the scale, then share -> start + share * length. */
typedef struct
{
  PlateauScale scale;
  double start, length; /* length < 0: upwards */
} PlateauMapping;

typedef struct
{
  GArray *xy;        /* of double: pairs, canvas units */
  GArray *breaks;    /* of guint: number of pairs at the end of each unbroken piece */
  gboolean columns;  /* pairs of (column, min) (column, max): dense, drawn as rectangles */
  guint dropped;     /* points outside the domain of a log or inverse scale */
} PlateauPath;

void plateau_path_init (PlateauPath *path);
void plateau_path_clear (PlateauPath *path);
double plateau_mapping_apply (const PlateauMapping *mapping, double value);
void plateau_layer_trace (PlateauLayer *layer, const PlateauMapping *x, const PlateauMapping *y,
                          double device_scale, gboolean all_points, PlateauPath *path);
gboolean plateau_layer_x_is_monotone (PlateauLayer *layer);
void plateau_layer_index_range (PlateauLayer *layer, double x_min, double x_max, gsize *first,
                                gsize *last);
/* Extremes of y (shift and error bars included) where x is in [x_min, x_max]; NaN: none. */
void plateau_layer_extent (PlateauLayer *layer, PlateauScaleKind x_kind, PlateauScaleKind y_kind,
                           double *x_min, double *x_max, double *y_min, double *y_max);
void plateau_pyramid_free (gpointer pyramid);
gsize plateau_lttb (const double *x, const double *y, gsize n, gsize wanted, gsize *kept);

G_END_DECLS
