/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* What figures are drawn on: a small vtable with backends for cairo (screen, PDF, EPS, PNG, TIFF),
 * SVG with real text, and a recorder that writes the commands as text. One unit of a canvas is one
 * point on paper and one pixel on screen; x grows to the right, y down. */

typedef struct
{
  double r, g, b, a; /* 0 .. 1, sRGB, not premultiplied */
} PlateauRgba;

typedef struct
{
  double x, y, width, height;
} PlateauRect;

typedef struct
{
  PlateauRgba colour;
  double width;
  double dash[6]; /* in units of length; n_dash 0: solid */
  guint n_dash;
  gboolean round; /* caps and joins */
} PlateauPen;

typedef enum
{
  PLATEAU_MARKER_NONE,
  PLATEAU_MARKER_CIRCLE,
  PLATEAU_MARKER_SQUARE,
  PLATEAU_MARKER_TRIANGLE,
  PLATEAU_MARKER_DIAMOND,
  PLATEAU_MARKER_INVERTED, /* triangle, point down */
  PLATEAU_MARKER_PENTAGON,
  PLATEAU_MARKER_CROSS,
  PLATEAU_MARKER_PLUS,
} PlateauMarker;

typedef enum
{
  PLATEAU_FILL_OPEN, /* the paper's colour inside */
  PLATEAU_FILL_SOLID,
  PLATEAU_FILL_HALF,
} PlateauMarkerFill;

/* Where (x, y) lies on the text's box. */
typedef enum
{
  PLATEAU_ANCHOR_START,
  PLATEAU_ANCHOR_MIDDLE,
  PLATEAU_ANCHOR_END,
} PlateauAnchor;

typedef struct
{
  const char *family; /* "Arial" */
  double size;        /* canvas units */
  gboolean bold, italic;
  gboolean tabular; /* digits of equal width */
} PlateauFont;

typedef struct
{
  double x, y;
  PlateauAnchor horizontal, vertical; /* START is left, top; vertical MIDDLE centres the capitals */
  double angle;                       /* radians, clockwise positive: -G_PI_2 reads upwards */
} PlateauTextPlace;

typedef struct _PlateauCanvas PlateauCanvas;

typedef struct
{
  gsize instance_size;
  void (*polyline) (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
                    const PlateauPen *pen, const PlateauRgba *fill);
  void (*markers) (PlateauCanvas *canvas, PlateauMarker shape, double diameter, const double *xy,
                   gsize n, const PlateauPen *pen, const PlateauRgba *fill, gboolean half);
  void (*text) (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
                const PlateauRgba *colour, const PlateauTextPlace *place);
  void (*image) (PlateauCanvas *canvas, const PlateauRect *place, guint width, guint height,
                 const guint32 *pixels);
  void (*push_clip) (PlateauCanvas *canvas, const PlateauRect *area);
  void (*pop_clip) (PlateauCanvas *canvas);
  void (*begin_group) (PlateauCanvas *canvas, const char *name, double alpha);
  void (*end_group) (PlateauCanvas *canvas);
  void (*free) (PlateauCanvas *canvas);
} PlateauCanvasClass;

struct _PlateauCanvas
{
  const PlateauCanvasClass *klass;
  double device_scale; /* device pixels a unit; the fineness that paths are thinned to */
  gboolean vector;     /* keeps what it is given: text stays text, paths stay paths */
};

/* Backends */
PlateauCanvas *plateau_canvas_new_cairo (cairo_t *cr, gboolean vector);
PlateauCanvas *plateau_canvas_new_svg (double width_mm, double height_mm, const char *title);
char *plateau_canvas_svg_finish (PlateauCanvas *canvas, gsize *length);
PlateauCanvas *plateau_canvas_new_recorder (void);
char *plateau_canvas_recorder_finish (PlateauCanvas *canvas);
void plateau_canvas_free (PlateauCanvas *canvas);

/* Drawing. @xy are n pairs; a NULL pen does not stroke, a NULL fill does not fill. */
void plateau_canvas_polyline (PlateauCanvas *canvas, const double *xy, gsize n, gboolean closed,
                              const PlateauPen *pen, const PlateauRgba *fill);
void plateau_canvas_line (PlateauCanvas *canvas, double x0, double y0, double x1, double y1,
                          const PlateauPen *pen);
void plateau_canvas_rectangle (PlateauCanvas *canvas, const PlateauRect *rectangle,
                               const PlateauPen *pen, const PlateauRgba *fill);
void plateau_canvas_markers (PlateauCanvas *canvas, PlateauMarker shape, double diameter,
                             const double *xy, gsize n, const PlateauPen *pen,
                             const PlateauRgba *fill, gboolean half);
void plateau_canvas_text (PlateauCanvas *canvas, const char *markup, const PlateauFont *font,
                          const PlateauRgba *colour, const PlateauTextPlace *place);
void plateau_canvas_image (PlateauCanvas *canvas, const PlateauRect *place, guint width,
                           guint height, const guint32 *pixels);
void plateau_canvas_push_clip (PlateauCanvas *canvas, const PlateauRect *area);
void plateau_canvas_pop_clip (PlateauCanvas *canvas);
void plateau_canvas_begin_group (PlateauCanvas *canvas, const char *name, double alpha);
void plateau_canvas_end_group (PlateauCanvas *canvas);

gboolean plateau_rect_contains (const PlateauRect *rectangle, double x, double y);
gboolean plateau_rect_overlaps (const PlateauRect *a, const PlateauRect *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauCanvas, plateau_canvas_free)

G_END_DECLS
