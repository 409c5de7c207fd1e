/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-arrange.h"
#include "figure/plateau-figure.h"

G_BEGIN_DECLS

/* The limits that the window looks at just now; no part of the document. NaN: as fitted. */
typedef struct
{
  double min[PLATEAU_N_AXES], max[PLATEAU_N_AXES];
} PlateauView;

typedef struct
{
  double width, height;      /* canvas units; 0: the document's mm at 72 units an inch */
  PlateauTheme theme;
  const PlateauStyle *style; /* NULL: the document's; the screen gives plateau_style_new_screen() */
  const PlateauView *views;  /* one a panel, or NULL */
  GHashTable *hidden;        /* set of layer ids, or NULL */
  gboolean all_points;       /* vector files: no thinning */
  gboolean arrange;          /* panels may move to other rows, see plateau-arrange.c */
} PlateauLayoutOptions;

#define PLATEAU_LAYOUT_OPTIONS_INIT { 0, 0, PLATEAU_THEME_PAPER, NULL, NULL, NULL, FALSE, FALSE }

typedef enum
{
  PLATEAU_PART_NONE,
  PLATEAU_PART_PANEL,
  PLATEAU_PART_PLOT_AREA,
  PLATEAU_PART_AXIS,       /* index: PlateauAxisId; ticks and their labels */
  PLATEAU_PART_AXIS_TITLE, /* index: PlateauAxisId */
  PLATEAU_PART_TITLE,
  PLATEAU_PART_LETTER,
  PLATEAU_PART_LEGEND,
  PLATEAU_PART_LEGEND_ENTRY, /* index: entry */
  PLATEAU_PART_COLOUR_BAR,
  PLATEAU_PART_LAYER, /* index: layer; point: nearest point */
  PLATEAU_PART_ANNOTATION,
  PLATEAU_PART_INSET,
} PlateauPart;

typedef struct
{
  PlateauPart part;
  int panel; /* -1: outside all */
  int index;
  gssize point;
  double x, y;   /* of the point, in the axes' units; of the pointer for other parts */
  double px, py; /* the point on the canvas */
  double distance;
  PlateauTag tag;
} PlateauHit;

typedef struct
{
  double share; /* 0 .. 1 along the axis */
  double value;
  gboolean major;
  char *label;  /* NULL when it is not labelled or would collide */
} PlateauLaidTick;

/* Everything that the legend shows of one label */
typedef struct
{
  char *label;
  GArray *layers; /* of guint: indices of the layers that share it */
  PlateauRect area;
} PlateauLegendEntry;

/* Where the text beside a point stands. */
typedef struct
{
  guint layer;
  gsize point;
  PlateauTextPlace place;
} PlateauPointLabel;

typedef struct
{
  PlateauRect cell; /* the panel with all its texts */
  PlateauRect plot; /* the area inside the axes */
  PlateauScale scales[PLATEAU_N_AXES];
  double shared_min[PLATEAU_N_AXES], shared_max[PLATEAU_N_AXES]; /* of all that share; NaN: none */
  gboolean inner[PLATEAU_N_AXES]; /* another panel bears labels and title of the shared axis */
  GArray *ticks[PLATEAU_N_AXES];        /* of PlateauLaidTick */
  char *titles[PLATEAU_N_AXES];         /* markup */
  PlateauTextPlace title_places[PLATEAU_N_AXES];
  PlateauRect title_boxes[PLATEAU_N_AXES];
  PlateauPlace legend_place;            /* the document's, or below the plot where it has no room */
  PlateauRect legend;                   /* width 0: none */
  gboolean legend_covers_data;
  guint legend_columns;
  GPtrArray *entries;                   /* of PlateauLegendEntry */
  PlateauRect colour_bar;               /* width 0: none */
  PlateauTicks *colour_bar_ticks;
  GArray *annotation_places;            /* of PlateauTextPlace */
  GArray *annotation_boxes;             /* of PlateauRect; width 0: nothing to click */
  char *letter;
  PlateauTextPlace letter_place, panel_title_place;
  PlateauRect letter_box, panel_title_box;
  double scale_bar;                     /* in the axis' unit; 0: none */
  PlateauRect scale_bar_box;            /* the bar at its left, its text beside */
  GArray *point_labels;                 /* of PlateauPointLabel; or NULL */
  guint dropped;                        /* points outside a log domain */
} PlateauPanelLayout;

typedef struct
{
  /*< read-only >*/
  PlateauFigure *figure;
  PlateauStyle *style;
  PlateauTheme theme;
  double width, height;
  gboolean all_points;
  GHashTable *hidden;
  PlateauArrangement *grid;
  GPtrArray *panels; /* of PlateauPanelLayout */
} PlateauLayout;

PlateauLayout *plateau_figure_layout (PlateauFigure *figure, const PlateauLayoutOptions *options);
PlateauLayout *plateau_layout_ref (PlateauLayout *layout);
void plateau_layout_unref (PlateauLayout *layout);
void plateau_figure_get_size (PlateauFigure *figure, double *width_mm, double *height_mm);

/* Draws. @highlight: a layer that stands out (-1: none) of panel @highlight_panel; the others are
 * then dimmed. */
typedef struct
{
  int highlight_panel, highlight_layer;
  gboolean transparent; /* no paper behind */
} PlateauDrawOptions;

#define PLATEAU_DRAW_OPTIONS_INIT { -1, -1, FALSE }

void plateau_layout_draw (PlateauLayout *layout, PlateauCanvas *canvas,
                          const PlateauDrawOptions *options);
/* The same picture for lists, legends outside the figure, and the sidebar. */
void plateau_draw_key (PlateauCanvas *canvas, const PlateauLayerStyle *style,
                       const PlateauStyle *sizes, PlateauTheme theme, const PlateauRect *area);

/* Looking things up */
guint plateau_layout_get_n_panels (PlateauLayout *layout);
const PlateauPanelLayout *plateau_layout_get_panel (PlateauLayout *layout, guint panel);
int plateau_layout_panel_at (PlateauLayout *layout, double x, double y);
gboolean plateau_layout_hit (PlateauLayout *layout, double x, double y, double radius,
                             PlateauHit *hit);
gboolean plateau_layout_nearest_point (PlateauLayout *layout, guint panel, double x, double y,
                                       double radius, PlateauHit *hit);
void plateau_layout_to_data (PlateauLayout *layout, guint panel, gboolean use_x2, gboolean use_y2,
                             double px, double py, double *x, double *y);
void plateau_layout_from_data (PlateauLayout *layout, guint panel, gboolean use_x2, gboolean use_y2,
                               double x, double y, double *px, double *py);
gboolean plateau_layout_layer_point (PlateauLayout *layout, guint panel, guint layer, gsize point,
                                     PlateauHit *hit);
void plateau_view_init (PlateauView *view);
void plateau_view_zoom (PlateauView *view, PlateauLayout *layout, guint panel, double px, double py,
                        double factor_x, double factor_y);
void plateau_view_pan (PlateauView *view, PlateauLayout *layout, guint panel, double dx, double dy);
void plateau_view_box (PlateauView *view, PlateauLayout *layout, guint panel,
                       const PlateauRect *box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauLayout, plateau_layout_unref)

G_END_DECLS
