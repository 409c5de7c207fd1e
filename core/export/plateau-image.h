/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"

G_BEGIN_DECLS

/* Figures as files, always on white. Identical input gives identical bytes. */
typedef enum
{
  PLATEAU_IMAGE_PDF,
  PLATEAU_IMAGE_SVG,
  PLATEAU_IMAGE_EPS,
  PLATEAU_IMAGE_PNG,
  PLATEAU_IMAGE_TIFF,
  PLATEAU_N_IMAGE_FORMATS
} PlateauImageFormat;

typedef struct
{
  double width_mm, height_mm; /* 0: the document's; height by plateau-arrange.c */
  double dpi;                 /* of PNG and TIFF; 600 */
  const PlateauStyle *style;  /* NULL: the document's */
  gboolean all_points;        /* no thinning in vector files */
  gboolean transparent;       /* PNG */
} PlateauImageOptions;

#define PLATEAU_IMAGE_OPTIONS_INIT                                                                 \
  {                                                                                                \
    0, 0, 600, NULL, FALSE, FALSE                                                                  \
  }

const char *plateau_image_format_get_suffix (PlateauImageFormat format);
const char *plateau_image_format_get_label (PlateauImageFormat format);
const char *plateau_image_format_get_mime_type (PlateauImageFormat format);
gboolean plateau_image_format_from_path (const char *path, PlateauImageFormat *format);

GBytes *plateau_image_render (PlateauFigure *figure, PlateauImageFormat format,
                              const PlateauImageOptions *options, GPtrArray *warnings,
                              GError **error);
gboolean plateau_image_draw (PlateauFigure *figure, const PlateauImageOptions *options, cairo_t *cr,
                             GError **error);
gboolean plateau_image_save (PlateauFigure *figure, const char *path, PlateauImageFormat format,
                             const PlateauImageOptions *options, GPtrArray *warnings,
                             GError **error);
/* CSV of exactly what the panel shows. */
char *plateau_image_panel_csv (PlateauFigure *figure, guint panel, GError **error);

G_END_DECLS
