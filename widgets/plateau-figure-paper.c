/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-figure-paper.h"

#include <glib/gi18n.h>
#include <math.h>

#define DESK 24            /* around the paper */
#define PIXELS (96.0 / 72) /* a point at zoom 1 */
#define HANDLE 8
#define HIT_RADIUS 6

struct _PlateauFigurePaper
{
  GtkWidget parent_instance;

  PlateauFigure *figure;
  PlateauLayout *layout;
  double zoom;
  int panel;
  PlateauPart part;
  PlateauRect part_box;
  gboolean dragging;
  double drag_x, drag_y, press_x, press_y;
};

enum
{
  SELECTED,
  LEGEND_MOVED,
  REMOVE_PANEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFigurePaper, plateau_figure_paper, GTK_TYPE_WIDGET)

/* Pixels a point, and where the paper begins. */
static double
geometry (PlateauFigurePaper *self, double *left, double *top)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), scale;

  if (!self->layout)
    {
      *left = *top = DESK;
      return 1;
    }
  scale = self->zoom > 0 ? self->zoom * PIXELS
                         : CLAMP ((width - 2 * DESK) / self->layout->width, 0.2, 4);
  *left = floor (MAX ((width - scale * self->layout->width) / 2, DESK));
  *top = DESK;
  return scale;
}

static void
plateau_figure_paper_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  PlateauFigurePaper *self = PLATEAU_FIGURE_PAPER (widget);
  double scale = self->zoom > 0 ? self->zoom * PIXELS : 1;

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = 200;
  if (!self->layout)
    return;
  if (self->zoom == 0)
    {
      double width = orientation == GTK_ORIENTATION_VERTICAL && for_size > 0 ? for_size : 400;
      scale = CLAMP ((width - 2 * DESK) / self->layout->width, 0.2, 4);
      *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                                ? (int)(scale * self->layout->height) + 2 * DESK
                                : 240;
      return;
    }
  *minimum = *natural
      = (int)ceil (scale
                   * (orientation == GTK_ORIENTATION_HORIZONTAL ? self->layout->width
                                                                : self->layout->height))
        + 2 * DESK;
}

static GtkSizeRequestMode
plateau_figure_paper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
draw_frame (cairo_t *cr, const PlateauRect *r, double scale, gboolean handles)
{
  double x = r->x * scale, y = r->y * scale, w = r->width * scale, h = r->height * scale;

  cairo_set_source_rgb (cr, 0x35 / 255.0, 0x84 / 255.0, 0xE4 / 255.0);
  cairo_rectangle (cr, x, y, w, h);
  if (!handles)
    {
      const double dash[] = { 3, 2 };
      cairo_set_dash (cr, dash, 2, 0);
      cairo_set_line_width (cr, 1.2);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      return;
    }
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  for (int i = 0; i < 9; i++)
    {
      double hx = x + (i % 3) * w / 2, hy = y + (i / 3) * h / 2;

      if (i == 4)
        continue;
      cairo_rectangle (cr, hx - HANDLE / 2, hy - HANDLE / 2, HANDLE, HANDLE);
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, 0x35 / 255.0, 0x84 / 255.0, 0xE4 / 255.0);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

static void
draw_selection (PlateauFigurePaper *self, cairo_t *cr, double scale)
{
  const PlateauPanelLayout *pl
      = self->panel >= 0 ? plateau_layout_get_panel (self->layout, self->panel) : NULL;

  if (!pl)
    return;
  draw_frame (cr, &pl->cell, scale, TRUE);
  if (self->part_box.width > 0)
    {
      PlateauRect box = self->part_box;

      box.x += self->drag_x;
      box.y += self->drag_y;
      draw_frame (cr, &box, scale, FALSE);
    }
}

static void
plateau_figure_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlateauFigurePaper *self = PLATEAU_FIGURE_PAPER (widget);
  double left, top, scale = geometry (self, &left, &top);
  graphene_rect_t bounds;
  cairo_t *cr;

  if (!self->layout)
    return;
  graphene_rect_init (&bounds, 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, left, top);
  cairo_rectangle (cr, 1, 1, scale * self->layout->width + 1, scale * self->layout->height + 1);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.25);
  cairo_fill (cr);
  {
    g_autoptr (PlateauCanvas) canvas = NULL;

    cairo_save (cr);
    cairo_scale (cr, scale, scale);
    canvas = plateau_canvas_new_cairo (cr, FALSE);
    plateau_layout_draw (self->layout, canvas, NULL);
    cairo_restore (cr);
  }
  draw_selection (self, cr, scale);
  cairo_destroy (cr);
}

static PlateauRect
box_of_part (PlateauFigurePaper *self, const PlateauHit *hit)
{
  const PlateauPanelLayout *pl
      = hit->panel >= 0 ? plateau_layout_get_panel (self->layout, hit->panel) : NULL;

  if (!pl)
    return (PlateauRect){ 0 };
  switch (hit->part)
    {
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_LEGEND_ENTRY:
      return pl->legend;
    case PLATEAU_PART_AXIS_TITLE:
      return pl->title_boxes[hit->index];
    case PLATEAU_PART_TITLE:
      return pl->panel_title_box;
    case PLATEAU_PART_LETTER:
      return pl->letter_box;
    case PLATEAU_PART_COLOUR_BAR:
      return pl->colour_bar;
    case PLATEAU_PART_ANNOTATION:
      return g_array_index (pl->annotation_boxes, PlateauRect, hit->index);
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_LAYER:
    case PLATEAU_PART_INSET:
    default:
      return (PlateauRect){ 0 };
    }
}

static gboolean
hit_at (PlateauFigurePaper *self, double x, double y, PlateauHit *hit)
{
  double left, top, scale = geometry (self, &left, &top);

  return self->layout
         && plateau_layout_hit (self->layout, (x - left) / scale, (y - top) / scale,
                                HIT_RADIUS / scale, hit);
}

static void
take_hit (PlateauFigurePaper *self, PlateauHit *hit)
{
  self->panel = hit->panel;
  self->part = hit->part;
  self->part_box = box_of_part (self, hit);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0, hit);
}

static void
drag_begin (GtkGestureDrag *gesture, double x, double y, PlateauFigurePaper *self)
{
  PlateauHit hit;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!self->layout)
    return;
  if (!hit_at (self, x, y, &hit))
    hit = (PlateauHit){ .panel = -1, .index = -1, .point = -1 };
  self->dragging = hit.part == PLATEAU_PART_LEGEND || hit.part == PLATEAU_PART_LEGEND_ENTRY;
  self->drag_x = self->drag_y = 0;
  take_hit (self, &hit);
}

static void
drag_update (GtkGestureDrag *gesture, double dx, double dy, PlateauFigurePaper *self)
{
  double left, top, scale = geometry (self, &left, &top);

  if (!self->dragging || hypot (dx, dy) < 8)
    return;
  self->drag_x = dx / scale;
  self->drag_y = dy / scale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end (GtkGestureDrag *gesture, double dx, double dy, PlateauFigurePaper *self)
{
  const PlateauPanelLayout *pl;

  if (!self->dragging || (self->drag_x == 0 && self->drag_y == 0) || self->panel < 0)
    return;
  self->dragging = FALSE;
  pl = plateau_layout_get_panel (self->layout, self->panel);
  g_signal_emit (self, signals[LEGEND_MOVED], 0, (guint)self->panel,
                 (pl->legend.x + self->drag_x - pl->plot.x) / pl->plot.width,
                 (pl->legend.y + self->drag_y - pl->plot.y) / pl->plot.height);
  self->drag_x = self->drag_y = 0;
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
             PlateauFigurePaper *self)
{
  int n = self->layout ? (int)plateau_layout_get_n_panels (self->layout) : 0, next = self->panel;

  if (n == 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      next = (self->panel + 1) % n;
      break;
    case GDK_KEY_Left:
    case GDK_KEY_Up:
      next = (self->panel + n - 1) % n;
      break;
    case GDK_KEY_Escape:
      next = -1;
      break;
    case GDK_KEY_Delete:
      if (self->panel >= 0)
        g_signal_emit (self, signals[REMOVE_PANEL], 0, (guint)self->panel);
      return TRUE;
    default:
      return FALSE;
    }
  {
    PlateauHit hit = { .part = next >= 0 ? PLATEAU_PART_PANEL : PLATEAU_PART_NONE, .panel = next,
                       .index = -1, .point = -1 };
    take_hit (self, &hit);
  }
  return TRUE;
}

static void
plateau_figure_paper_dispose (GObject *object)
{
  PlateauFigurePaper *self = PLATEAU_FIGURE_PAPER (object);

  g_clear_pointer (&self->layout, plateau_layout_unref);
  g_clear_pointer (&self->figure, plateau_figure_unref);
  G_OBJECT_CLASS (plateau_figure_paper_parent_class)->dispose (object);
}

static void
plateau_figure_paper_class_init (PlateauFigurePaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plateau_figure_paper_dispose;
  widget_class->measure = plateau_figure_paper_measure;
  widget_class->snapshot = plateau_figure_paper_snapshot;
  widget_class->get_request_mode = plateau_figure_paper_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "figurepaper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[SELECTED] = g_signal_new ("selected", PLATEAU_TYPE_FIGURE_PAPER, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LEGEND_MOVED]
      = g_signal_new ("legend-moved", PLATEAU_TYPE_FIGURE_PAPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[REMOVE_PANEL] = g_signal_new ("remove-panel", PLATEAU_TYPE_FIGURE_PAPER,
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_UINT);
}

static void
plateau_figure_paper_init (PlateauFigurePaper *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->panel = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
plateau_figure_paper_new (void)
{
  return g_object_new (PLATEAU_TYPE_FIGURE_PAPER, NULL);
}

void
plateau_figure_paper_set_figure (PlateauFigurePaper *self, PlateauFigure *figure)
{
  g_autofree char *text = NULL;

  g_return_if_fail (PLATEAU_IS_FIGURE_PAPER (self));
  g_clear_pointer (&self->layout, plateau_layout_unref);
  g_clear_pointer (&self->figure, plateau_figure_unref);
  if (figure)
    {
      self->figure = plateau_figure_ref (figure);
      self->layout = plateau_figure_layout (figure, NULL);
      text = plateau_figure_describe (figure);
    }
  if (!figure || self->panel >= (int)figure->panels->len)
    self->panel = -1;
  self->part_box = (PlateauRect){ 0 };
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text ? text : _ ("No figure"), -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

PlateauFigure *
plateau_figure_paper_get_figure (PlateauFigurePaper *self)
{
  return self->figure;
}

PlateauLayout *
plateau_figure_paper_get_layout (PlateauFigurePaper *self)
{
  return self->layout;
}

void
plateau_figure_paper_set_zoom (PlateauFigurePaper *self, double zoom)
{
  self->zoom = zoom > 0 ? CLAMP (zoom, 0.2, 4) : 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
plateau_figure_paper_get_zoom (PlateauFigurePaper *self)
{
  double left, top;

  return self->zoom > 0 ? self->zoom : geometry (self, &left, &top) / PIXELS;
}

void
plateau_figure_paper_select (PlateauFigurePaper *self, int panel, PlateauPart part)
{
  self->panel = panel;
  self->part = part;
  self->part_box = (PlateauRect){ 0 };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
plateau_figure_paper_get_panel (PlateauFigurePaper *self)
{
  return self->panel;
}
