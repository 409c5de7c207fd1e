/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-cache.h"
#include "base/plateau-table.h"
#include "data/plateau-study.h"
#include "figure/plateau-scale.h"
#include "figure/plateau-style.h"

G_BEGIN_DECLS

/* A figure: panels in a grid, each with axes, layers of data, a legend, annotations and insets. On
 * disk it is a versioned JSON document (see plateau-figure-json.c); here it is the compiled form.
 * The life of a figure: plateau_figure_new_from_json(), plateau_figure_bind() on any thread, then
 * it is only read: laid out and drawn any number of times. An edit is an edit of the JSON. */

#define PLATEAU_FIGURE_VERSION 1

typedef enum
{
  PLATEAU_TAG_WHOLE,
  PLATEAU_TAG_CHARGE,
  PLATEAU_TAG_DISCHARGE,
} PlateauTagBranch;

/* What a layer (or a point of it) is a picture of; 0, -1 where it does not apply. */
typedef struct
{
  gint64 sample, cell;
  int cycle;    /* -1 */
  int spectrum; /* index among the cell's spectra, -1 */
  PlateauTagBranch branch;
} PlateauTag;

#define PLATEAU_TAG_INIT { 0, 0, -1, -1, PLATEAU_TAG_WHOLE }

/* Values in any unit and the way to the axis' unit, so that columns of a recording need no copy:
 * shown = factor * value + offset. */
typedef struct
{
  const double *values;
  double factor, offset;
  gpointer owner; /* keeps the values alive */
  GDestroyNotify release;
} PlateauArray;

typedef enum
{
  PLATEAU_LAYER_LINE,    /* line, markers or both, error bars, filled to the base */
  PLATEAU_LAYER_STEP,    /* horizontal to the next x, then vertical */
  PLATEAU_LAYER_BAR,     /* from the base, width in units of x */
  PLATEAU_LAYER_BAND,    /* between y_low and y_high */
  PLATEAU_LAYER_BOX,     /* one box at box_x of all values of y */
  PLATEAU_LAYER_MAP,     /* values on a grid, with the panel's colour bar */
} PlateauLayerKind;

/* How the spread of a line or step is drawn. */
typedef enum
{
  PLATEAU_ERRORS_BARS,
  PLATEAU_ERRORS_BAND,
  PLATEAU_ERRORS_NONE,
} PlateauErrors;

typedef struct
{
  PlateauColour colour;
  double width;        /* times the style's curve; 0: no line */
  PlateauDash dash;
  PlateauMarker marker;
  PlateauMarkerFill fill;
  double marker_size;  /* times the style's marker */
  guint marker_every;  /* 1: all; 0: as many as keep one diameter apart */
  double alpha;        /* of lines and markers */
  double area_alpha;   /* of bands, bars, area under the line; 0: none */
  PlateauErrors errors;
} PlateauLayerStyle;

typedef struct _PlateauLayer PlateauLayer;

struct _PlateauLayer
{
  PlateauLayerKind kind;
  char *id;    /* stable within the panel: style overrides and hiding go by it */
  char *label; /* legend; layers of one label share an entry; NULL: none */
  PlateauTag tag;
  gboolean use_x2, use_y2;
  gsize n;
  PlateauArray x, y;
  PlateauArray x_low, x_high, y_low, y_high; /* absolute ends of error bars and bands; or NULL */
  const int *point_cycle;   /* cycle of each point, or NULL: the tag's */
  GBytes *point_cycle_owner;
  PlateauArray key;         /* of each point: what a pick of it returns (a frequency); or NULL;
                               of a map: the number of the spectrum that each row is of */
  char **point_label;       /* text beside points (decade marks), or NULL; NULL terminated of n */
  double shift;    /* added to y when stacked with an offset, in the axis' unit */
  double base;     /* where bars and areas begin */
  double box_x, bar_width;
  gsize map_nx, map_ny; /* MAP: x has nx, y has ny, z has ny rows of nx */
  PlateauArray z;
  gboolean in_fit; /* counts when the axes are fitted; TRUE */
  gboolean hidden;
  PlateauLayerStyle style;
  gpointer pyramid; /* private: built when first drawn, see plateau-decimate.c */
};

typedef enum
{
  PLATEAU_LINK_NONE,
  PLATEAU_LINK_CELSIUS, /* second x axis in °C over one in 1000 K / T */
  PLATEAU_LINK_KELVIN,  /* the same in K */
} PlateauAxisLink;

typedef struct
{
  gboolean used;
  char *title;     /* quantity, markup */
  char *unit;      /* markup, or NULL */
  char *reference; /* "Li<sup>+</sup>/Li": what a potential is against, or NULL */
  PlateauScaleKind scale;
  double min, max; /* in the axis' unit; NaN: fitted */
  double fit_margin; /* share of the range left around the data; 0.05 */
  double head_room, foot_room; /* further share left free above and below the data */
  gboolean from_zero;
  double step;     /* NaN: chosen */
  int decimals;    /* -1: chosen */
  PlateauNumbers numbers;
  gboolean shared; /* x: with the panels of the same columns, y: of the same rows, that say so too */
  gboolean reversed;
  gboolean labels; /* tick labels are drawn */
  double scale_bar; /* length of a bar drawn instead of tick labels; 0: none; NaN: chosen */
  char **categories;
  PlateauAxisLink link;
  PlateauColour colour;
} PlateauAxis;

typedef enum
{
  PLATEAU_AXIS_X,
  PLATEAU_AXIS_Y,
  PLATEAU_AXIS_X2,
  PLATEAU_AXIS_Y2,
  PLATEAU_N_AXES
} PlateauAxisId;

typedef enum
{
  PLATEAU_PLACE_BEST,
  PLATEAU_PLACE_TOP_LEFT,
  PLATEAU_PLACE_TOP,
  PLATEAU_PLACE_TOP_RIGHT,
  PLATEAU_PLACE_LEFT,
  PLATEAU_PLACE_CENTRE,
  PLATEAU_PLACE_RIGHT,
  PLATEAU_PLACE_BOTTOM_LEFT,
  PLATEAU_PLACE_BOTTOM,
  PLATEAU_PLACE_BOTTOM_RIGHT,
  PLATEAU_PLACE_OUTSIDE_RIGHT,
  PLATEAU_PLACE_OUTSIDE_BOTTOM,
  PLATEAU_PLACE_FREE, /* x, y: top left corner as shares of the plot area */
  PLATEAU_PLACE_HIDDEN,
} PlateauPlace;

typedef struct
{
  PlateauPlace place;
  double x, y;
  char *title;
  guint columns; /* 0: chosen */
  char **order;  /* labels in the order wanted, or NULL */
  GHashTable *names; /* label -> what is shown, or NULL */
} PlateauLegend;

typedef struct
{
  gboolean used;
  char *title;
  double min, max;
  PlateauScaleKind scale;
  PlateauPalette palette;
  gboolean inside;  /* small, within the plot area; else at its right */
} PlateauColourBar;

typedef enum
{
  PLATEAU_ANNOTATION_TEXT,
  PLATEAU_ANNOTATION_ARROW,
  PLATEAU_ANNOTATION_LINE,       /* reference line across the plot, or between two points */
  PLATEAU_ANNOTATION_WINDOW,     /* band behind the data from one x (or y) to another */
  PLATEAU_ANNOTATION_RECTANGLE,
} PlateauAnnotationKind;

typedef enum
{
  PLATEAU_COORDINATES_DATA,
  PLATEAU_COORDINATES_AXES, /* shares of the plot area, from bottom left */
} PlateauCoordinates;

typedef struct
{
  PlateauAnnotationKind kind;
  PlateauCoordinates x_coordinates, y_coordinates;
  double x, y, x1, y1; /* NaN: across the plot */
  gboolean use_y2;
  char *text;
  PlateauAnchor horizontal, vertical;
  gboolean avoid; /* moved off the data when it would lie on it */
  gboolean small, bold;
  PlateauColour colour;
  PlateauDash dash;
  gboolean hatched; /* of a window: thin strokes instead of a tint */
  char *handle;     /* of a window: its ends may be moved by hand, see plateau-plot-view.h; or NULL */
} PlateauAnnotation;

typedef struct
{
  PlateauRect area; /* shares of the plot area, from top left */
  double x_min, x_max, y_min, y_max;
  gboolean leaders;
  gboolean ticks_right; /* tick labels at the right, away from the leaders */
} PlateauInset;

typedef struct
{
  char *id;
  guint column, row, column_span, row_span;
  char *title;    /* above the plot */
  char *letter;   /* NULL: by the style; "": none */
  gboolean equal_units; /* one unit of x is as long as one of y */
  PlateauAxis axes[PLATEAU_N_AXES];
  GPtrArray *layers;      /* of PlateauLayer */
  PlateauLegend legend;
  PlateauColourBar colour_bar;
  GArray *annotations;    /* of PlateauAnnotation */
  GArray *insets;         /* of PlateauInset */
  JsonObject *plot;       /* "plot": what bind() fills the panel from, or NULL */
  JsonObject *source;     /* the panel as it stands in the document */
  PlateauTable *data;     /* the data as shown, after bind() */
  char *message;          /* why the panel is empty, for people; or NULL */
  GPtrArray *notes;       /* of char*: what was left out and why */
} PlateauPanel;

typedef struct
{
  /*< read-only >*/
  char *title;
  double width_mm, height_mm; /* height 0: by the rows */
  guint columns, rows;
  double *column_weights, *row_weights; /* NULL: equal */
  char *note;                           /* small, lower right: "Simulated data" */
  PlateauStyle *style;
  JsonObject *style_overrides; /* of the document, or NULL */
  GPtrArray *panels; /* of PlateauPanel */
} PlateauFigure;

PlateauFigure *plateau_figure_new (void); /* one empty panel */
PlateauFigure *plateau_figure_new_from_json (JsonNode *document, GError **error);
PlateauFigure *plateau_figure_ref (PlateauFigure *figure);
void plateau_figure_unref (PlateauFigure *figure);
gboolean plateau_figure_bind (PlateauFigure *figure, PlateauStudy *study, PlateauCache *cache,
                              GCancellable *cancellable, GError **error);
PlateauPanel *plateau_figure_get_panel (PlateauFigure *figure, guint index);
/* Why nothing can be seen, for people; NULL: a panel has curves. */
const char *plateau_figure_get_message (PlateauFigure *figure);
char *plateau_figure_describe (PlateauFigure *figure); /* for a screen reader */

/* Building, before the figure is used */
PlateauPanel *plateau_figure_add_panel (PlateauFigure *figure);
PlateauLayer *plateau_panel_add_layer (PlateauPanel *panel, PlateauLayerKind kind, const char *id,
                                       const char *label);
void plateau_panel_set_axis (PlateauPanel *panel, PlateauAxisId axis, const char *title,
                             const char *unit);
PlateauAnnotation *plateau_panel_add_annotation (PlateauPanel *panel, PlateauAnnotationKind kind,
                                                 const char *markup);
void plateau_panel_note (PlateauPanel *panel, const char *format, ...) G_GNUC_PRINTF (2, 3);
void plateau_layer_take_xy (PlateauLayer *layer, double *x, double *y, gsize n);
void plateau_layer_take_y_range (PlateauLayer *layer, double *low, double *high);
void plateau_array_take (PlateauArray *array, double *values);
void plateau_array_borrow (PlateauArray *array, const double *values, double factor, double offset,
                           gpointer owner, GDestroyNotify release);
double plateau_array_get (const PlateauArray *array, gsize index);
char *plateau_axis_dup_title (const PlateauAxis *axis, PlateauTitleForm form,
                              const char *exponent_label);

const char *plateau_axis_id_get_nick (PlateauAxisId axis); /* "x", "y", "x2", "y2" */
const char *plateau_place_get_nick (PlateauPlace place);
const char *plateau_place_get_label (PlateauPlace place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauFigure, plateau_figure_unref)

G_END_DECLS
