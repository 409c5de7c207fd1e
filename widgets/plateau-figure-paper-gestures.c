/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-figure-paper-private.h"

#include <math.h>

#define THRESHOLD 5 /* pixels before a press is a drag */
#define MM (25.4 / 72)

static void
to_canvas (PlateauFigurePaper *self, double x, double y, double *cx, double *cy)
{
  double left, top, scale = _plateau_figure_paper_geometry (self, &left, &top);

  *cx = (x - left) / scale;
  *cy = (y - top) / scale;
}

/* Which of the eight handles of a frame is at a point. */
static PlateauEdges
edges_at (const PlateauRect *r, double x, double y, double reach)
{
  double xs[] = { r->x, r->x + r->width / 2, r->x + r->width };
  double ys[] = { r->y, r->y + r->height / 2, r->y + r->height };
  static const PlateauEdges across[] = { PLATEAU_EDGE_LEFT, 0, PLATEAU_EDGE_RIGHT };
  static const PlateauEdges down[] = { PLATEAU_EDGE_TOP, 0, PLATEAU_EDGE_BOTTOM };

  for (guint j = 0; j < 3; j++)
    for (guint i = 0; i < 3; i++)
      if ((i != 1 || j != 1) && fabs (x - xs[i]) <= reach && fabs (y - ys[j]) <= reach)
        return across[i] | down[j];
  return PLATEAU_EDGE_NONE;
}

/* ---- The grid under the pointer ---- */

static double
line_at (PlateauFigurePaper *self, gboolean of_columns, guint line)
{
  const PlateauArrangement *grid = self->layout->grid;

  return of_columns ? self->layout->width
                          * plateau_grid_offset (grid->column_weights, grid->columns, line)
                    : self->layout->height
                          * plateau_grid_offset (grid->row_weights, grid->rows, line);
}

static guint
nearest_line (PlateauFigurePaper *self, gboolean of_columns, double at)
{
  guint n = of_columns ? self->layout->grid->columns : self->layout->grid->rows, best = 0;

  for (guint line = 1; line <= n; line++)
    if (fabs (line_at (self, of_columns, line) - at) < fabs (line_at (self, of_columns, best) - at))
      best = line;
  return best;
}

static guint
cell_at (PlateauFigurePaper *self, gboolean of_columns, double at)
{
  guint n = of_columns ? self->layout->grid->columns : self->layout->grid->rows;

  for (guint line = 1; line < n; line++)
    if (at < line_at (self, of_columns, line))
      return line - 1;
  return n - 1;
}

/* The border between two columns or rows of panels, where no panel lies. */
static gboolean
border_at (PlateauFigurePaper *self, double x, double y, double reach, gboolean *of_columns,
           guint *line)
{
  const PlateauArrangement *grid = self->layout->grid;

  if (plateau_layout_panel_at (self->layout, x, y) >= 0 || x < 0 || y < 0
      || x > self->layout->width || y > self->layout->height)
    return FALSE;
  for (guint pass = 0; pass < 2; pass++)
    {
      gboolean columns = pass == 0;
      double gap = columns ? self->layout->style->column_gap : self->layout->style->row_gap;

      for (guint i = 0; i < self->figure->panels->len; i++)
        {
          const PlateauGridPlace *p = &grid->places[i];
          const PlateauRect *cell = &plateau_layout_get_panel (self->layout, i)->cell;
          guint end = columns ? p->column + p->column_span : p->row + p->row_span;
          double at = columns ? cell->x + cell->width : cell->y + cell->height;
          double along = columns ? x : y, beside = columns ? y - cell->y : x - cell->x;

          if (end < (columns ? grid->columns : grid->rows) && along >= at - reach / 2
              && along <= at + gap + reach / 2 && beside >= 0
              && beside <= (columns ? cell->height : cell->width))
            {
              *of_columns = columns;
              *line = end;
              return TRUE;
            }
        }
    }
  return FALSE;
}

static PlateauEdges
page_edge_at (PlateauFigurePaper *self, double x, double y, double reach)
{
  double width = self->layout->width, height = self->layout->height;
  PlateauEdges edges = PLATEAU_EDGE_NONE;

  if (x > width + reach || y > height + reach)
    return edges;
  if (x >= width - reach / 4 && y >= 0)
    edges |= PLATEAU_EDGE_RIGHT;
  if (y >= height - reach / 4 && x >= 0)
    edges |= PLATEAU_EDGE_BOTTOM;
  return edges;
}

/* ---- What a press begins ---- */

static gboolean
is_panel (const PlateauHit *hit)
{
  return hit->part == PLATEAU_PART_PANEL || hit->part == PLATEAU_PART_PLOT_AREA;
}

/* Handles of what is selected, borders and edges come before what lies there. */
static PlateauPaperDrag
frame_at (PlateauFigurePaper *self, double x, double y, double reach, int *grip,
          gboolean *of_columns, guint *line)
{
  const PlateauHit *s = &self->selected;

  if ((is_panel (s) || s->part == PLATEAU_PART_INSET) && _plateau_figure_paper_has (self, s))
    {
      PlateauRect box = _plateau_figure_paper_part_box (self, s);

      *grip = edges_at (&box, x, y, reach);
      if (*grip != PLATEAU_EDGE_NONE)
        return is_panel (s) ? PLATEAU_PAPER_SPAN : PLATEAU_PAPER_PART;
    }
  if (border_at (self, x, y, reach, of_columns, line))
    return PLATEAU_PAPER_BORDER;
  *grip = page_edge_at (self, x, y, reach);
  return *grip != PLATEAU_EDGE_NONE ? PLATEAU_PAPER_SIZE : PLATEAU_PAPER_IDLE;
}

static PlateauPaperDrag
drag_of (PlateauFigurePaper *self, const PlateauHit *hit)
{
  switch (hit->part)
    {
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_LEGEND_ENTRY:
    case PLATEAU_PART_ANNOTATION:
    case PLATEAU_PART_INSET:
      return PLATEAU_PAPER_PART;
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_LETTER:
      return self->figure->panels->len > 1 ? PLATEAU_PAPER_PANEL : PLATEAU_PAPER_PRESSED;
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_COLOUR_BAR:
    case PLATEAU_PART_LAYER:
    default:
      return PLATEAU_PAPER_PRESSED;
    }
}

static void
drag_begin (GtkGestureDrag *gesture, double x, double y, PlateauFigurePaper *self)
{
  double left, top, scale = _plateau_figure_paper_geometry (self, &left, &top);
  double reach = PLATEAU_PAPER_REACH / scale;
  PlateauHit hit;

  if (!self->layout)
    return;
  if (self->editor && x >= 0)
    {
      int ex, ey;
      GtkAllocation area;

      gtk_widget_get_allocation (self->editor, &area);
      ex = (int)x - area.x;
      ey = (int)y - area.y;
      if (ex >= 0 && ey >= 0 && ex < area.width && ey < area.height)
        {
          gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
          return;
        }
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  to_canvas (self, x, y, &self->press_x, &self->press_y);
  self->dx = self->dy = 0;
  self->moved = FALSE;
  self->drag = frame_at (self, self->press_x, self->press_y, reach, &self->grip, &self->of_columns,
                         &self->line);
  if (self->drag != PLATEAU_PAPER_IDLE)
    return;
  _plateau_figure_paper_hit (self, x, y, &hit);
  self->drag = drag_of (self, &hit);
  self->grip = PLATEAU_EDGE_NONE;
  if (hit.part == PLATEAU_PART_ANNOTATION)
    self->grip = plateau_layout_find_grip (self->layout, (guint)hit.panel, (guint)hit.index,
                                           self->press_x, self->press_y, 1.5 * reach);
  _plateau_figure_paper_take (self, &hit);
}

static void
find_target (PlateauFigurePaper *self)
{
  double x = self->press_x + self->dx, y = self->press_y + self->dy;
  const PlateauArrangement *grid = self->layout->grid;
  PlateauGridPlace own = grid->places[self->selected.panel];

  self->target = own;
  if (self->drag == PLATEAU_PAPER_PANEL)
    {
      int over = plateau_layout_panel_at (self->layout, x, y);

      if (over >= 0)
        self->target = grid->places[over];
      else if (y > self->layout->height)
        self->target = (PlateauGridPlace){ cell_at (self, TRUE, x), grid->rows,
                                           MIN (own.column_span, grid->columns), 1 };
      else
        self->target = (PlateauGridPlace){ cell_at (self, TRUE, x), cell_at (self, FALSE, y), 1, 1 };
      return;
    }
  if (self->grip & PLATEAU_EDGE_LEFT)
    {
      guint first = MIN (nearest_line (self, TRUE, x), own.column + own.column_span - 1);

      self->target.column = first;
      self->target.column_span = own.column + own.column_span - first;
    }
  if (self->grip & PLATEAU_EDGE_RIGHT)
    self->target.column_span = MAX (nearest_line (self, TRUE, x), own.column + 1) - own.column;
  if (self->grip & PLATEAU_EDGE_TOP)
    {
      guint first = MIN (nearest_line (self, FALSE, y), own.row + own.row_span - 1);

      self->target.row = first;
      self->target.row_span = own.row + own.row_span - first;
    }
  if (self->grip & PLATEAU_EDGE_BOTTOM)
    self->target.row_span = MAX (nearest_line (self, FALSE, y), own.row + 1) - own.row;
}

static void
drag_update (GtkGestureDrag *gesture, double dx, double dy, PlateauFigurePaper *self)
{
  double left, top, scale = _plateau_figure_paper_geometry (self, &left, &top);

  if (self->drag <= PLATEAU_PAPER_PRESSED || !self->layout)
    return;
  self->moved = self->moved || hypot (dx, dy) >= THRESHOLD;
  if (!self->moved)
    return;
  self->dx = dx / scale;
  self->dy = dy / scale;
  if (self->drag == PLATEAU_PAPER_PANEL || self->drag == PLATEAU_PAPER_SPAN)
    find_target (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
same_place (const PlateauGridPlace *a, const PlateauGridPlace *b)
{
  return a->column == b->column && a->row == b->row && a->column_span == b->column_span
         && a->row_span == b->row_span;
}

static double
round_half (double mm)
{
  return round (2 * mm) / 2;
}

static void
finish (PlateauFigurePaper *self, PlateauPaperDrag drag)
{
  const PlateauGridPlace *own
      = self->selected.panel >= 0 ? &self->layout->grid->places[self->selected.panel] : NULL;
  double width, height;

  switch (drag)
    {
    case PLATEAU_PAPER_PART:
      g_signal_emit_by_name (self, "part-moved", &self->selected, self->grip, self->dx, self->dy);
      break;
    case PLATEAU_PAPER_PANEL:
      if (!same_place (own, &self->target))
        g_signal_emit_by_name (self, "panel-moved", (guint)self->selected.panel,
                               self->target.column, self->target.row);
      break;
    case PLATEAU_PAPER_SPAN:
      if (!same_place (own, &self->target))
        g_signal_emit_by_name (self, "panel-spanned", (guint)self->selected.panel, &self->target);
      break;
    case PLATEAU_PAPER_BORDER:
      g_signal_emit_by_name (self, "border-moved", self->of_columns, self->line,
                             self->of_columns ? (self->press_x + self->dx) / self->layout->width
                                              : (self->press_y + self->dy) / self->layout->height);
      break;
    case PLATEAU_PAPER_SIZE:
      width = self->layout->width + (self->grip & PLATEAU_EDGE_RIGHT ? self->dx : 0);
      height = self->layout->height + (self->grip & PLATEAU_EDGE_BOTTOM ? self->dy : 0);
      g_signal_emit_by_name (self, "resized", round_half (MAX (width * MM, 10)),
                             round_half (MAX (height * MM, 10)));
      break;
    case PLATEAU_PAPER_IDLE:
    case PLATEAU_PAPER_PRESSED:
    default:
      break;
    }
}

static void
drag_end (GtkGestureDrag *gesture, double dx, double dy, PlateauFigurePaper *self)
{
  PlateauPaperDrag drag = self->drag;
  gboolean moved = self->moved;

  self->drag = PLATEAU_PAPER_IDLE;
  self->moved = FALSE;
  if (moved && self->layout)
    finish (self, drag);
  self->dx = self->dy = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, PlateauFigurePaper *self)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  PlateauHit hit;

  if (!self->layout)
    return;
  if (button == GDK_BUTTON_PRIMARY && n_press == 2)
    {
      plateau_figure_paper_edit_text (self);
      return;
    }
  if (button != GDK_BUTTON_SECONDARY)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  _plateau_figure_paper_hit (self, x, y, &hit);
  _plateau_figure_paper_take (self, &hit);
  g_signal_emit_by_name (self, "menu", &self->selected, x, y);
}

/* ---- The pointer's shape ---- */

static const char *
edge_cursor (int edges)
{
  switch (edges)
    {
    case PLATEAU_EDGE_LEFT | PLATEAU_EDGE_TOP:
    case PLATEAU_EDGE_RIGHT | PLATEAU_EDGE_BOTTOM:
      return "nwse-resize";
    case PLATEAU_EDGE_RIGHT | PLATEAU_EDGE_TOP:
    case PLATEAU_EDGE_LEFT | PLATEAU_EDGE_BOTTOM:
      return "nesw-resize";
    case PLATEAU_EDGE_LEFT:
    case PLATEAU_EDGE_RIGHT:
      return "ew-resize";
    default:
      return "ns-resize";
    }
}

static void
motion (GtkEventControllerMotion *controller, double x, double y, PlateauFigurePaper *self)
{
  double left, top, scale, cx, cy;
  gboolean of_columns;
  guint line;
  int grip;
  const char *cursor = NULL;
  PlateauHit hit;

  if (!self->layout || self->drag != PLATEAU_PAPER_IDLE)
    return;
  scale = _plateau_figure_paper_geometry (self, &left, &top);
  to_canvas (self, x, y, &cx, &cy);
  switch (frame_at (self, cx, cy, PLATEAU_PAPER_REACH / scale, &grip, &of_columns, &line))
    {
    case PLATEAU_PAPER_SPAN:
    case PLATEAU_PAPER_SIZE:
    case PLATEAU_PAPER_PART:
      cursor = edge_cursor (grip);
      break;
    case PLATEAU_PAPER_BORDER:
      cursor = of_columns ? "col-resize" : "row-resize";
      break;
    case PLATEAU_PAPER_IDLE:
    case PLATEAU_PAPER_PRESSED:
    case PLATEAU_PAPER_PANEL:
    default:
      if (_plateau_figure_paper_hit (self, x, y, &hit))
        cursor = drag_of (self, &hit) == PLATEAU_PAPER_PART ? "grab" : "pointer";
      break;
    }
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
}

void
_plateau_figure_paper_init_gestures (PlateauFigurePaper *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (pointer, "motion", G_CALLBACK (motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), pointer);
}
