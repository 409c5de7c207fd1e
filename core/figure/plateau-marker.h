/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-canvas.h"

G_BEGIN_DECLS

/* Private to the figure room: corners of marker shapes for a diameter of 1 (a circle has none). */
const double *plateau_marker_corners (PlateauMarker shape, guint *n, gboolean *open);

G_END_DECLS
