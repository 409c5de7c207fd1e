/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Pictures that carry their resolution. */
GBytes *plateau_raster_to_png (cairo_surface_t *surface, double dpi, GError **error);
GBytes *plateau_raster_to_tiff (cairo_surface_t *surface, double dpi, GError **error);

G_END_DECLS
