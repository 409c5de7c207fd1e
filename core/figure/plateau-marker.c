/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "figure/plateau-marker.h"

/* Sizes are set so that all shapes look about as large as a circle of diameter 1. */
static const double square[] = { -0.44, -0.44, 0.44, -0.44, 0.44, 0.44, -0.44, 0.44 };
static const double triangle[] = { 0, -0.62, 0.56, 0.38, -0.56, 0.38 };
static const double diamond[] = { 0, -0.62, 0.62, 0, 0, 0.62, -0.62, 0 };
static const double inverted[] = { 0, 0.62, -0.56, -0.38, 0.56, -0.38 };
static const double pentagon[]
    = { 0, -0.55, 0.523, -0.17, 0.323, 0.445, -0.323, 0.445, -0.523, -0.17 };
static const double cross[] = { -0.42, -0.42, 0.42, 0.42, -0.42, 0.42, 0.42, -0.42 };
static const double plus[] = { -0.55, 0, 0.55, 0, 0, -0.55, 0, 0.55 };

/**
 * plateau_marker_corners:
 * @shape: a marker
 * @n: (out): number of corners
 * @open: (out): whether the corners are ends of separate strokes, two each
 *
 * Returns: (nullable): the corners, pairs about 0, y down; %NULL for a circle
 */
const double *
plateau_marker_corners (PlateauMarker shape, guint *n, gboolean *open)
{
  static const struct
  {
    const double *corners;
    guint n;
    gboolean open;
  } table[] = {
    [PLATEAU_MARKER_SQUARE] = { square, 4, FALSE },
    [PLATEAU_MARKER_TRIANGLE] = { triangle, 3, FALSE },
    [PLATEAU_MARKER_DIAMOND] = { diamond, 4, FALSE },
    [PLATEAU_MARKER_INVERTED] = { inverted, 3, FALSE },
    [PLATEAU_MARKER_PENTAGON] = { pentagon, 5, FALSE },
    [PLATEAU_MARKER_CROSS] = { cross, 4, TRUE },
    [PLATEAU_MARKER_PLUS] = { plus, 4, TRUE },
  };

  g_return_val_if_fail ((guint)shape < G_N_ELEMENTS (table), NULL);
  *n = table[shape].n;
  *open = table[shape].open;
  return table[shape].corners;
}
