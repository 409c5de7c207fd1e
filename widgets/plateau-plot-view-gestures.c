/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include <math.h>

#define WHEEL_STEP 1.2
#define SURFACE_RATE 0.01
#define HOVER_DELAY 60
#define HIT_RADIUS 8
#define MIN_BOX 5
#define FAR_STEPS 20

/* The axis under a point outside the plot area: its ticks, labels or title. -1: none. */
static int
axis_at (PlateauPlotView *view, int panel, double x, double y)
{
  if (panel < 0)
    return -1;
  const PlateauRect *plot = &plateau_layout_get_panel (view->layout, panel)->plot;
  if (plateau_rect_contains (plot, x, y))
    return -1;
  if (x >= plot->x && x <= plot->x + plot->width)
    return y > plot->y + plot->height ? PLATEAU_AXIS_X : PLATEAU_AXIS_X2;
  if (y >= plot->y && y <= plot->y + plot->height)
    return x < plot->x ? PLATEAU_AXIS_Y : PLATEAU_AXIS_Y2;
  return -1;
}

/* factor > 1 shows less. Over an axis only that axis moves. */
static void
zoom_at (PlateauPlotView *view, double x, double y, double factor, gboolean only_x, gboolean only_y)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL)
    return;
  int panel = plateau_layout_panel_at (layout, x, y);
  if (panel < 0)
    return;
  int axis = axis_at (view, panel, x, y);
  if (axis == PLATEAU_AXIS_X || axis == PLATEAU_AXIS_X2)
    only_x = TRUE, only_y = FALSE;
  else if (axis == PLATEAU_AXIS_Y || axis == PLATEAU_AXIS_Y2)
    only_y = TRUE, only_x = FALSE;
  const PlateauRect *plot = &plateau_layout_get_panel (layout, panel)->plot;
  x = CLAMP (x, plot->x, plot->x + plot->width);
  y = CLAMP (y, plot->y, plot->y + plot->height);
  _plateau_plot_view_set_hover (view, NULL);
  plateau_view_zoom (&g_array_index (view->views, PlateauView, panel), layout, panel, x, y,
                     only_y ? 1 : factor, only_x ? 1 : factor);
  _plateau_plot_view_view_moved (view);
}

static void
pan_by (PlateauPlotView *view, int panel, double dx, double dy)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL || panel < 0)
    return;
  plateau_view_pan (&g_array_index (view->views, PlateauView, panel), layout, panel, dx, dy);
  _plateau_plot_view_view_moved (view);
}

/* Wheel and trackpad */

static gboolean
scrolled (GtkEventControllerScroll *controller, double dx, double dy, PlateauPlotView *view)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (controller));
  gboolean shift = (state & GDK_SHIFT_MASK) != 0, control = (state & GDK_CONTROL_MASK) != 0;
  double amount = fabs (dy) >= fabs (dx) ? dy : dx;
  if (view->figure == NULL || amount == 0)
    return GDK_EVENT_PROPAGATE;
  gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  double factor = wheel ? pow (WHEEL_STEP, -amount) : exp (-SURFACE_RATE * amount);
  zoom_at (view, view->pointer_x, view->pointer_y, factor, shift, control);
  _plateau_plot_view_remember (view);
  return GDK_EVENT_STOP;
}

static void
pinch_began (GtkGesture *gesture, GdkEventSequence *sequence, PlateauPlotView *view)
{
  view->zoom_last_scale = 1;
}

static void
pinched (GtkGestureZoom *gesture, double scale, PlateauPlotView *view)
{
  double x, y;
  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    zoom_at (view, x, y, scale / view->zoom_last_scale, FALSE, FALSE);
  view->zoom_last_scale = scale;
}

static void
pinch_ended (GtkGesture *gesture, GdkEventSequence *sequence, PlateauPlotView *view)
{
  _plateau_plot_view_remember (view);
}

/* Drag: a box or a pan */

static void
drag_began (GtkGestureDrag *gesture, double x, double y, PlateauPlotView *view)
{
  gtk_widget_grab_focus (GTK_WIDGET (view));
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  view->drag_panel = layout != NULL ? plateau_layout_panel_at (layout, x, y) : -1;
  if (view->drag_panel < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  view->drag_x = view->drag_last_x = x;
  view->drag_y = view->drag_last_y = y;
  _plateau_plot_view_clear_handle (view);
  _plateau_plot_view_find_handle (view, x, y, &view->handle);
}

static void
update_box (PlateauPlotView *view, double x, double y)
{
  const PlateauRect *plot = &plateau_layout_get_panel (view->layout, view->drag_panel)->plot;
  double x0 = CLAMP (MIN (view->drag_x, x), plot->x, plot->x + plot->width);
  double x1 = CLAMP (MAX (view->drag_x, x), plot->x, plot->x + plot->width);
  double y0 = CLAMP (MIN (view->drag_y, y), plot->y, plot->y + plot->height);
  double y1 = CLAMP (MAX (view->drag_y, y), plot->y, plot->y + plot->height);
  view->box = (PlateauRect){ x0, y0, x1 - x0, y1 - y0 };
  /* A box this flat means one direction: it is shown as the band that it will zoom to. */
  if (view->box.width < MIN_BOX && view->box.height >= MIN_BOX)
    view->box.x = plot->x, view->box.width = plot->width;
  else if (view->box.height < MIN_BOX && view->box.width >= MIN_BOX)
    view->box.y = plot->y, view->box.height = plot->height;
}

static void
dragged (GtkGestureDrag *gesture, double offset_x, double offset_y, PlateauPlotView *view)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  double x = view->drag_x + offset_x, y = view->drag_y + offset_y;
  if (view->drag_panel < 0)
    return;
  if (view->drag_mode == PLATEAU_DRAG_NONE)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (view), 0, 0, (int) offset_x, (int) offset_y))
        return;
      gboolean pan = button == GDK_BUTTON_MIDDLE || view->space_held;
      view->drag_mode = pan                                         ? PLATEAU_DRAG_PAN
                        : view->handle.part != PLATEAU_HANDLE_NONE ? PLATEAU_DRAG_HANDLE
                                                                    : PLATEAU_DRAG_BOX;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (view),
                                       pan                                         ? "grabbing"
                                       : view->drag_mode == PLATEAU_DRAG_HANDLE ? "ew-resize"
                                                                                : "crosshair");
      _plateau_plot_view_set_hover (view, NULL);
    }
  if (view->drag_mode == PLATEAU_DRAG_HANDLE)
    _plateau_plot_view_drag_handle (view, offset_x, FALSE);
  else if (view->drag_mode == PLATEAU_DRAG_PAN)
    pan_by (view, view->drag_panel, x - view->drag_last_x, y - view->drag_last_y);
  else if (_plateau_plot_view_ensure_layout (view) != NULL)
    update_box (view, x, y);
  view->drag_last_x = x;
  view->drag_last_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

void
_plateau_plot_view_take_box (PlateauPlotView *view)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (view->picking)
    {
      _plateau_plot_view_pick_box (view);
      return;
    }
  if (layout != NULL && (view->box.width >= MIN_BOX || view->box.height >= MIN_BOX))
    {
      plateau_view_box (&g_array_index (view->views, PlateauView, view->drag_panel), layout,
                        view->drag_panel, &view->box);
      view->render_time = 0; /* one jump: no old picture to move */
      _plateau_plot_view_view_moved (view);
    }
  _plateau_plot_view_remember (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

static void
drag_ended (GtkGestureDrag *gesture, double offset_x, double offset_y, PlateauPlotView *view)
{
  PlateauDragMode mode = view->drag_mode;
  view->drag_mode = PLATEAU_DRAG_NONE;
  gtk_widget_set_cursor (GTK_WIDGET (view), NULL);
  if (mode == PLATEAU_DRAG_NONE)
    return;
  if (mode == PLATEAU_DRAG_HANDLE)
    {
      _plateau_plot_view_drag_handle (view, offset_x, TRUE);
      _plateau_plot_view_clear_handle (view);
      return;
    }
  if (mode == PLATEAU_DRAG_BOX)
    {
      _plateau_plot_view_take_box (view);
      return;
    }
  _plateau_plot_view_remember (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

/* Click: select a curve, fit */

static void
hide_entry (PlateauPlotView *view, const PlateauHit *hit)
{
  const PlateauPanelLayout *laid = plateau_layout_get_panel (view->layout, hit->panel);
  PlateauPanel *panel = plateau_figure_get_panel (view->figure, hit->panel);
  PlateauLegendEntry *entry = g_ptr_array_index (laid->entries, hit->index);
  for (guint i = 0; i < entry->layers->len; i++)
    {
      guint index = g_array_index (entry->layers, guint, i);
      PlateauLayer *layer = g_ptr_array_index (panel->layers, index);
      if (!g_hash_table_remove (view->hidden, layer->id))
        g_hash_table_add (view->hidden, g_strdup (layer->id));
    }
  _plateau_plot_view_refresh (view);
}

static void
clicked (GtkGestureClick *gesture, int n_press, double x, double y, PlateauPlotView *view)
{
  if (view->drag_mode != PLATEAU_DRAG_NONE)
    return;
  if (n_press == 2)
    {
      plateau_plot_view_fit (view);
      return;
    }
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  PlateauHit hit;
  if (layout == NULL || !plateau_layout_hit (layout, x, y, HIT_RADIUS, &hit))
    return;
  if (hit.part == PLATEAU_PART_LAYER && view->picking)
    _plateau_plot_view_pick_hit (view, &hit);
  else if (hit.part == PLATEAU_PART_LAYER)
    g_signal_emit_by_name (view, "tag-activated", &hit.tag);
  else if (hit.part == PLATEAU_PART_LEGEND_ENTRY)
    hide_entry (view, &hit);
}

/* Read off */

static gboolean
hover_now (gpointer user_data)
{
  PlateauPlotView *view = user_data;
  view->hover_source = 0;
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  PlateauHit hit;
  gboolean found = FALSE;
  if (layout != NULL && view->drag_mode == PLATEAU_DRAG_NONE && view->redraw_source == 0)
    {
      int panel = plateau_layout_panel_at (layout, view->pointer_x, view->pointer_y);
      found = panel >= 0
              && plateau_layout_nearest_point (layout, panel, view->pointer_x, view->pointer_y,
                                               HIT_RADIUS, &hit)
              && hit.part == PLATEAU_PART_LAYER;
    }
  _plateau_plot_view_set_hover (view, found ? &hit : NULL);
  if (view->drag_mode == PLATEAU_DRAG_NONE)
    {
      g_auto (PlateauHandle) handle = { 0 };
      gboolean over =
          _plateau_plot_view_find_handle (view, view->pointer_x, view->pointer_y, &handle);
      const char *cursor = handle.part == PLATEAU_HANDLE_WHOLE ? "grab" : "ew-resize";
      gtk_widget_set_cursor_from_name (GTK_WIDGET (view), over ? cursor : NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
moved (GtkEventControllerMotion *controller, double x, double y, PlateauPlotView *view)
{
  if (x == view->pointer_x && y == view->pointer_y)
    return;
  view->pointer_x = x;
  view->pointer_y = y;
  if (view->hover_source == 0)
    view->hover_source = g_timeout_add (HOVER_DELAY, hover_now, view);
}

static void
left (GtkEventControllerMotion *controller, PlateauPlotView *view)
{
  g_clear_handle_id (&view->hover_source, g_source_remove);
  view->pointer_x = view->pointer_y = -1;
  _plateau_plot_view_set_hover (view, NULL);
}

/* Keys */

/* @far: a twentieth of the curve, since a record has thousands of points */
static void
step_point (PlateauPlotView *view, int step, gboolean far)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL)
    return;
  guint panel = view->has_hover ? (guint) view->hover.panel
                                : (guint) _plateau_plot_view_focus_panel (view);
  guint layer = view->has_hover ? (guint) view->hover.index : 0;
  PlateauPanel *shown = plateau_figure_get_panel (view->figure, panel);
  PlateauHit hit;
  gssize point = 0;
  if (view->has_hover && layer < shown->layers->len)
    {
      gssize n = (gssize) ((PlateauLayer *) g_ptr_array_index (shown->layers, layer))->n;
      gssize by = far ? MAX (n / FAR_STEPS, 1) : 1;
      point = CLAMP (view->hover.point + step * by, 0, MAX (n - 1, 0));
    }
  if (layer < shown->layers->len && point >= 0
      && plateau_layout_layer_point (layout, panel, layer, point, &hit))
    _plateau_plot_view_set_hover (view, &hit);
}

static void
step_curve (PlateauPlotView *view, int step)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL)
    return;
  int panel = _plateau_plot_view_focus_panel (view);
  int n_layers = plateau_figure_get_panel (view->figure, panel)->layers->len;
  int layer = view->has_hover ? view->hover.index : (step > 0 ? -1 : n_layers);
  PlateauHit hit;
  for (int i = 0; i < n_layers; i++)
    {
      layer = (layer + step + n_layers) % n_layers;
      if (plateau_layout_layer_point (layout, panel, layer, 0, &hit))
        {
          _plateau_plot_view_set_hover (view, &hit);
          return;
        }
    }
}

static void
zoom_by_key (PlateauPlotView *view, double factor)
{
  int panel = _plateau_plot_view_focus_panel (view);
  if (panel < 0)
    return;
  const PlateauRect *plot = &plateau_layout_get_panel (view->layout, panel)->plot;
  zoom_at (view, plot->x + plot->width / 2, plot->y + plot->height / 2, factor, view->only_x,
           view->only_y);
  _plateau_plot_view_remember (view);
}

static void
toggle_log (PlateauPlotView *view, PlateauAxisId axis)
{
  int panel = _plateau_plot_view_focus_panel (view);
  if (panel < 0)
    return;
  PlateauAxis *shown = &plateau_figure_get_panel (view->figure, panel)->axes[axis];
  if (shown->scale == PLATEAU_SCALE_LOG)
    shown->scale = PLATEAU_SCALE_LINEAR;
  else if (shown->scale == PLATEAU_SCALE_LINEAR)
    shown->scale = PLATEAU_SCALE_LOG;
  else
    return;
  plateau_plot_view_fit (view);
}

/* Space, x and y count while they are held. */
static void
hold_key (PlateauPlotView *view, guint keyval, gboolean held)
{
  if (keyval == GDK_KEY_space)
    view->space_held = held;
  else if (keyval == GDK_KEY_x)
    view->only_x = held;
  else if (keyval == GDK_KEY_y)
    view->only_y = held;
}

static gboolean
pan_by_key (PlateauPlotView *view, int x, int y, GdkModifierType state)
{
  int panel = _plateau_plot_view_focus_panel (view);
  if (panel < 0)
    return GDK_EVENT_PROPAGATE;
  const PlateauRect *plot = &plateau_layout_get_panel (view->layout, panel)->plot;
  double share = (state & GDK_SHIFT_MASK) != 0 ? 0.01 : 0.1;
  /* Looking further right moves the picture left. */
  pan_by (view, panel, -x * share * plot->width, -y * share * plot->height);
  _plateau_plot_view_remember (view);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             PlateauPlotView *view)
{
  if (view->figure == NULL || (state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_ALT_MASK) != 0)
    {
      if (keyval == GDK_KEY_Left)
        plateau_plot_view_go_back (view);
      else if (keyval == GDK_KEY_Right)
        plateau_plot_view_go_forward (view);
      else
        return GDK_EVENT_PROPAGATE;
      return GDK_EVENT_STOP;
    }
  hold_key (view, keyval, TRUE);
  switch (keyval)
    {
    case GDK_KEY_Left:
      return pan_by_key (view, -1, 0, state);
    case GDK_KEY_Right:
      return pan_by_key (view, 1, 0, state);
    case GDK_KEY_Up:
      return pan_by_key (view, 0, -1, state);
    case GDK_KEY_Down:
      return pan_by_key (view, 0, 1, state);
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_by_key (view, WHEEL_STEP);
      break;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_by_key (view, 1 / WHEEL_STEP);
      break;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
    case GDK_KEY_Home:
      plateau_plot_view_fit (view);
      break;
    case GDK_KEY_bracketright:
      step_point (view, 1, (state & GDK_SHIFT_MASK) != 0);
      break;
    case GDK_KEY_bracketleft:
      step_point (view, -1, (state & GDK_SHIFT_MASK) != 0);
      break;
    case GDK_KEY_braceright:
    case GDK_KEY_n:
      step_point (view, 1, TRUE);
      break;
    case GDK_KEY_braceleft:
    case GDK_KEY_p:
      step_point (view, -1, TRUE);
      break;
    case GDK_KEY_Page_Down:
      step_curve (view, 1);
      break;
    case GDK_KEY_Page_Up:
      step_curve (view, -1);
      break;
    case GDK_KEY_l:
      toggle_log (view, PLATEAU_AXIS_Y);
      break;
    case GDK_KEY_k:
      toggle_log (view, PLATEAU_AXIS_X);
      break;
    case GDK_KEY_g:
      view->grid = !view->grid;
      _plateau_plot_view_refresh (view);
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (!view->has_hover)
        return GDK_EVENT_PROPAGATE;
      if (view->picking)
        _plateau_plot_view_pick_hit (view, &view->hover);
      else
        g_signal_emit_by_name (view, "tag-activated", &view->hover.tag);
      break;
    case GDK_KEY_b:
      _plateau_plot_view_box_by_key (view);
      break;
    case GDK_KEY_h:
      _plateau_plot_view_hide_by_key (view);
      break;
    case GDK_KEY_H:
      _plateau_plot_view_show_hidden (view);
      break;
    case GDK_KEY_w:
      _plateau_plot_view_next_handle (view);
      break;
    case GDK_KEY_comma:
    case GDK_KEY_less:
      _plateau_plot_view_move_handle (view, (state & GDK_SHIFT_MASK) != 0 ? -0.05 : -0.01);
      break;
    case GDK_KEY_period:
    case GDK_KEY_greater:
      _plateau_plot_view_move_handle (view, (state & GDK_SHIFT_MASK) != 0 ? 0.05 : 0.01);
      break;
    case GDK_KEY_Escape:
      if (!view->has_hover && view->handle.id == NULL)
        return GDK_EVENT_PROPAGATE;
      _plateau_plot_view_clear_handle (view);
      if (_plateau_plot_view_has_corner (view))
        _plateau_plot_view_forget_corner (view);
      else
        _plateau_plot_view_set_hover (view, NULL);
      gtk_widget_queue_draw (GTK_WIDGET (view));
      break;
    case GDK_KEY_space:
    case GDK_KEY_x:
    case GDK_KEY_y:
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_STOP;
}

static void
key_released (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
              PlateauPlotView *view)
{
  hold_key (view, keyval, FALSE);
}

static void
focus_left (GtkEventControllerFocus *controller, PlateauPlotView *view)
{
  view->space_held = view->only_x = view->only_y = FALSE;
}

/* For menus and buttons: the same as the keys. */
static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PlateauPlotView *view = PLATEAU_PLOT_VIEW (widget);
  if (g_str_equal (name, "plot.fit"))
    plateau_plot_view_fit (view);
  else if (g_str_equal (name, "plot.zoom-in"))
    zoom_by_key (view, WHEEL_STEP);
  else if (g_str_equal (name, "plot.zoom-out"))
    zoom_by_key (view, 1 / WHEEL_STEP);
  else if (g_str_equal (name, "plot.back"))
    plateau_plot_view_go_back (view);
  else
    plateau_plot_view_go_forward (view);
}

void
_plateau_plot_view_install_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "plot.fit", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "plot.zoom-in", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "plot.zoom-out", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "plot.back", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "plot.forward", NULL, view_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "plot.fit", NULL);
}

static void
add_drag (PlateauPlotView *view, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_began), view);
  g_signal_connect (drag, "drag-update", G_CALLBACK (dragged), view);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_ended), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (drag));
}

/* The side buttons of a mouse, as everywhere else where there is a back. */
#define BUTTON_BACK 8
#define BUTTON_FORWARD 9

static void
side_pressed (GtkGestureClick *click, int n, double x, double y, PlateauPlotView *view)
{
  guint button = gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (click));
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  if (button == BUTTON_BACK)
    plateau_plot_view_go_back (view);
  else
    plateau_plot_view_go_forward (view);
}

static void
add_side_button (PlateauPlotView *view, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect (click, "pressed", G_CALLBACK (side_pressed), view);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
}

void
_plateau_plot_view_init_gestures (PlateauPlotView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scrolled), view);
  gtk_widget_add_controller (widget, scroll);

  GtkGesture *pinch = gtk_gesture_zoom_new ();
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_began), view);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinched), view);
  g_signal_connect (pinch, "end", G_CALLBACK (pinch_ended), view);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));

  add_drag (view, GDK_BUTTON_PRIMARY);
  add_drag (view, GDK_BUTTON_MIDDLE);
  add_side_button (view, BUTTON_BACK);
  add_side_button (view, BUTTON_FORWARD);

  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (clicked), view);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (moved), view);
  g_signal_connect (motion, "leave", G_CALLBACK (left), view);
  gtk_widget_add_controller (widget, motion);

  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), view);
  g_signal_connect (keys, "key-released", G_CALLBACK (key_released), view);
  gtk_widget_add_controller (widget, keys);

  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left), view);
  gtk_widget_add_controller (widget, focus);
}
