/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-plot-view.h"

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_DRAG_NONE,
  PLATEAU_DRAG_BOX,
  PLATEAU_DRAG_PAN,
  PLATEAU_DRAG_HANDLE,
} PlateauDragMode;

/* What of a window with a handle is under the pointer. */
typedef enum
{
  PLATEAU_HANDLE_NONE,
  PLATEAU_HANDLE_FROM,
  PLATEAU_HANDLE_TO,
  PLATEAU_HANDLE_WHOLE,
} PlateauHandlePart;

typedef struct
{
  PlateauHandlePart part;
  char *id;
  int panel;
  double from, to;       /* in data */
  double from_px, to_px; /* where they were when the drag began */
} PlateauHandle;

void _plateau_handle_clear (PlateauHandle *handle);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauHandle, _plateau_handle_clear)

struct _PlateauPlotView
{
  GtkWidget parent_instance;

  char *title;
  PlateauFigure *figure;
  PlateauLayout *layout; /* of the cached picture; NULL: to be made */
  GdkTexture *picture;
  gint64 render_time; /* µs that the picture took */
  GArray *views;      /* of PlateauView, one a panel */
  GPtrArray *history; /* of GArray like views */
  guint history_position;
  GHashTable *hidden;
  gboolean grid;
  PlateauTheme theme; /* that the picture is in */

  GtkWidget *message; /* label in the middle */
  gboolean busy;

  PlateauTagNameFunc name_func;
  gpointer name_data;

  /* pointer and point keys */
  double pointer_x, pointer_y;
  gboolean has_hover;
  PlateauHit hover;
  char *hover_text, *told;
  int highlight_panel, highlight_layer;
  guint hover_source, redraw_source, busy_source;

  PlateauDragMode drag_mode;
  int drag_panel;
  double drag_x, drag_y; /* where it began */
  double drag_last_x, drag_last_y;
  PlateauRect box;
  PlateauHandle handle;
  int corner_panel; /* of a box that the keys draw; -1: none */
  double corner_x, corner_y; /* in data */
  gboolean picking;
  gboolean space_held;
  gboolean only_x, only_y; /* x or y is held down */
  double zoom_last_scale;
};

/* A picture drawn faster than this is drawn anew while the view moves; a slower one is moved. */
#define PLATEAU_LIVE_RENDER_TIME (12 * 1000)

void _plateau_plot_view_init_gestures (PlateauPlotView *view);
void _plateau_plot_view_install_keys (GtkWidgetClass *widget_class);
PlateauLayout *_plateau_plot_view_ensure_layout (PlateauPlotView *view);
void _plateau_plot_view_view_moved (PlateauPlotView *view);
void _plateau_plot_view_remember (PlateauPlotView *view);
void _plateau_plot_view_set_hover (PlateauPlotView *view, const PlateauHit *hit);
void _plateau_plot_view_refresh (PlateauPlotView *view);
void _plateau_plot_view_append_picture (PlateauPlotView *view, GtkSnapshot *snapshot,
                                        const graphene_rect_t *bounds);
void _plateau_plot_view_update_accessible (PlateauPlotView *view);
void _plateau_plot_view_reset_views (PlateauPlotView *view);
void _plateau_plot_view_forget_views (PlateauPlotView *view);
/* Handles, see plateau-plot-view-handles.c */
gboolean _plateau_plot_view_find_handle (PlateauPlotView *view, double x, double y,
                                         PlateauHandle *handle);
void _plateau_plot_view_drag_handle (PlateauPlotView *view, double dx, gboolean done);
void _plateau_plot_view_clear_handle (PlateauPlotView *view);
/* Picks, see plateau-plot-view-pick.c */
void _plateau_plot_view_pick_hit (PlateauPlotView *view, const PlateauHit *hit);
void _plateau_plot_view_pick_box (PlateauPlotView *view);
int _plateau_plot_view_focus_panel (PlateauPlotView *view);
/* What the keys do in the pointer's stead, see plateau-plot-view-keys.c */
gboolean _plateau_plot_view_has_corner (PlateauPlotView *view);
void _plateau_plot_view_update_corner_box (PlateauPlotView *view);
void _plateau_plot_view_forget_corner (PlateauPlotView *view);
void _plateau_plot_view_box_by_key (PlateauPlotView *view);
void _plateau_plot_view_hide_by_key (PlateauPlotView *view);
void _plateau_plot_view_show_hidden (PlateauPlotView *view);
void _plateau_plot_view_next_handle (PlateauPlotView *view);
void _plateau_plot_view_retell_handle (PlateauPlotView *view);
void _plateau_plot_view_move_handle (PlateauPlotView *view, double share);
gboolean _plateau_plot_view_get_handle_place (PlateauPlotView *view, double *from, double *to);
/* The box that was drawn: zooms to it, or picks what is in it. */
void _plateau_plot_view_take_box (PlateauPlotView *view);
/* A line for the status bar and the screen reader. */
void _plateau_plot_view_tell (PlateauPlotView *view, const char *text);
char *_plateau_plot_view_dup_x_value (PlateauPlotView *view, int panel, double x);

G_END_DECLS
