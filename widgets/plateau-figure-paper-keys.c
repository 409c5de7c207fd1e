/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-figure-paper-private.h"

#include <math.h>

#define NUDGE 2.83465 /* a millimetre; a tenth of it with Shift */

/* ---- The parts of a panel, in the order of Tab ---- */

static void
add_part (GArray *parts, PlateauPart part, int panel, int index)
{
  PlateauHit hit = { .part = part, .panel = panel, .index = index, .point = -1 };

  g_array_append_val (parts, hit);
}

static GArray *
list_parts (PlateauFigurePaper *self)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (PlateauHit));

  for (guint i = 0; i < self->figure->panels->len; i++)
    {
      const PlateauPanel *panel = plateau_figure_get_panel (self->figure, i);
      const PlateauPanelLayout *pl = plateau_layout_get_panel (self->layout, i);
      double ends[4];

      add_part (parts, PLATEAU_PART_PANEL, (int)i, -1);
      if (pl->letter && *pl->letter)
        add_part (parts, PLATEAU_PART_LETTER, (int)i, -1);
      if (panel->title && *panel->title)
        add_part (parts, PLATEAU_PART_TITLE, (int)i, -1);
      for (guint a = 0; a < PLATEAU_N_AXES; a++)
        if (panel->axes[a].used)
          {
            add_part (parts, PLATEAU_PART_AXIS, (int)i, (int)a);
            if (pl->title_boxes[a].width > 0)
              add_part (parts, PLATEAU_PART_AXIS_TITLE, (int)i, (int)a);
          }
      if (pl->legend.width > 0)
        add_part (parts, PLATEAU_PART_LEGEND, (int)i, -1);
      for (guint k = 0; pl->legend.width > 0 && k < pl->entries->len; k++)
        add_part (parts, PLATEAU_PART_LEGEND_ENTRY, (int)i, (int)k);
      if (pl->colour_bar.width > 0)
        add_part (parts, PLATEAU_PART_COLOUR_BAR, (int)i, -1);
      for (guint k = 0; k < panel->annotations->len; k++)
        if (plateau_layout_get_annotation (self->layout, i, k, ends))
          add_part (parts, PLATEAU_PART_ANNOTATION, (int)i, (int)k);
      for (guint k = 0; k < panel->insets->len; k++)
        add_part (parts, PLATEAU_PART_INSET, (int)i, (int)k);
    }
  return parts;
}

/* FALSE at the end: then the focus goes on to the next widget. */
static gboolean
step_part (PlateauFigurePaper *self, int step)
{
  g_autoptr (GArray) parts = list_parts (self);
  int at = step > 0 ? -1 : (int)parts->len;

  for (guint i = 0; i < parts->len; i++)
    {
      const PlateauHit *hit = &g_array_index (parts, PlateauHit, i);

      if (hit->panel != self->selected.panel)
        continue;
      /* Of a curve, which is none of these, the walk goes on at its panel. */
      if (hit->part == PLATEAU_PART_PANEL
          || (hit->part == self->selected.part && hit->index == self->selected.index))
        at = (int)i;
    }
  at += step;
  if (at < 0 || at >= (int)parts->len)
    return FALSE;
  _plateau_figure_paper_take (self, &g_array_index (parts, PlateauHit, at));
  return TRUE;
}

static gboolean
step_curve (PlateauFigurePaper *self, int step)
{
  const PlateauPanel *panel = plateau_figure_get_panel (self->figure, MAX (self->selected.panel, 0));
  PlateauHit hit = { .part = PLATEAU_PART_LAYER, .panel = MAX (self->selected.panel, 0),
                     .index = -1, .point = -1 };
  int n = (int)panel->layers->len;

  if (n == 0)
    return TRUE;
  hit.index = self->selected.part == PLATEAU_PART_LAYER ? self->selected.index + step
              : step > 0                                ? 0
                                                        : n - 1;
  hit.index = (hit.index + n) % n;
  _plateau_figure_paper_take (self, &hit);
  return TRUE;
}

/* The next panel in a direction, by the middles of both. */
static gboolean
step_panel (PlateauFigurePaper *self, int dx, int dy)
{
  const PlateauRect *from;
  PlateauHit hit = { .part = PLATEAU_PART_PANEL, .panel = 0, .index = -1, .point = -1 };
  double best = INFINITY;

  if (self->selected.panel < 0)
    {
      _plateau_figure_paper_take (self, &hit);
      return TRUE;
    }
  from = &plateau_layout_get_panel (self->layout, (guint)self->selected.panel)->cell;
  hit.panel = self->selected.panel;
  for (guint i = 0; i < self->figure->panels->len; i++)
    {
      const PlateauRect *to = &plateau_layout_get_panel (self->layout, i)->cell;
      double x = to->x + to->width / 2 - from->x - from->width / 2;
      double y = to->y + to->height / 2 - from->y - from->height / 2;
      double along = dx * x + dy * y, off = fabs (dx ? y : x);

      if (along > 1 && along + 2 * off < best)
        {
          best = along + 2 * off;
          hit.panel = (int)i;
        }
    }
  _plateau_figure_paper_take (self, &hit);
  return TRUE;
}

/* ---- Moving with the keys ---- */

static void
move_panel (PlateauFigurePaper *self, int dx, int dy)
{
  const PlateauArrangement *grid = self->layout->grid;
  const PlateauGridPlace *own = &grid->places[self->selected.panel];
  int column = (int)own->column + (dx > 0 ? (int)own->column_span : dx);
  int row = (int)own->row + (dy > 0 ? (int)own->row_span : dy);

  if (column < 0 || row < 0 || column >= (int)grid->columns || row > (int)grid->rows)
    return;
  g_signal_emit_by_name (self, "panel-moved", (guint)self->selected.panel, (guint)column,
                         (guint)row);
}

static void
span_panel (PlateauFigurePaper *self, int dx, int dy)
{
  const PlateauArrangement *grid = self->layout->grid;
  PlateauGridPlace place = grid->places[self->selected.panel];
  int columns = (int)place.column_span + dx, rows = (int)place.row_span + dy;

  if (columns < 1 || rows < 1 || (int)place.column + columns > (int)grid->columns
      || (int)place.row + rows > (int)grid->rows)
    return;
  place.column_span = (guint)columns;
  place.row_span = (guint)rows;
  g_signal_emit_by_name (self, "panel-spanned", (guint)self->selected.panel, &place);
}

static gboolean
move_selected (PlateauFigurePaper *self, int dx, int dy, gboolean shift)
{
  double by = shift ? 0.1 * NUDGE : NUDGE;

  switch (self->selected.part)
    {
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_LETTER:
      (shift ? span_panel : move_panel) (self, dx, dy);
      return TRUE;
    case PLATEAU_PART_LEGEND_ENTRY:
      if (dy != 0 && self->selected.index + dy >= 0)
        g_signal_emit_by_name (self, "entry-moved", (guint)self->selected.panel,
                               (guint)self->selected.index, (guint)(self->selected.index + dy));
      return TRUE;
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_ANNOTATION:
    case PLATEAU_PART_INSET:
      g_signal_emit_by_name (self, "part-moved", &self->selected, 0, dx * by, dy * by);
      return TRUE;
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_COLOUR_BAR:
    case PLATEAU_PART_LAYER:
    default:
      return FALSE;
    }
}

/* The border after the selected panel; of the last one there is none, that is the figure's edge. */
static void
move_border (PlateauFigurePaper *self, double dx, double dy)
{
  const PlateauArrangement *grid = self->layout->grid;
  const PlateauGridPlace *own = &grid->places[self->selected.panel];
  const PlateauRect *cell = &plateau_layout_get_panel (self->layout, (guint)self->selected.panel)->cell;
  guint column = own->column + own->column_span, row = own->row + own->row_span;

  if (dx != 0 && column < grid->columns)
    g_signal_emit_by_name (self, "border-moved", TRUE, column,
                           (cell->x + cell->width + dx) / self->layout->width);
  if (dy != 0 && row < grid->rows)
    g_signal_emit_by_name (self, "border-moved", FALSE, row,
                           (cell->y + cell->height + dy) / self->layout->height);
}

static gboolean
resize_selected (PlateauFigurePaper *self, int dx, int dy, gboolean shift)
{
  double by = shift ? 0.1 * NUDGE : NUDGE, mm = 25.4 / 72;
  int grip = dx != 0 ? PLATEAU_EDGE_RIGHT : PLATEAU_EDGE_BOTTOM;

  switch (self->selected.part)
    {
    case PLATEAU_PART_NONE:
      g_signal_emit_by_name (self, "resized", MAX ((self->layout->width + dx * by) * mm, 10),
                             MAX ((self->layout->height + dy * by) * mm, 10));
      return TRUE;
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_LETTER:
      move_border (self, dx * by, dy * by);
      return TRUE;
    case PLATEAU_PART_ANNOTATION:
      grip = PLATEAU_GRIP_END;
      G_GNUC_FALLTHROUGH;
    case PLATEAU_PART_INSET:
      g_signal_emit_by_name (self, "part-moved", &self->selected, grip, dx * by, dy * by);
      return TRUE;
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_COLOUR_BAR:
    case PLATEAU_PART_LAYER:
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_LEGEND_ENTRY:
    default:
      return FALSE;
    }
}

static gboolean
arrow (PlateauFigurePaper *self, int dx, int dy, GdkModifierType state)
{
  if (state & GDK_ALT_MASK && state & GDK_CONTROL_MASK)
    return resize_selected (self, dx, dy, (state & GDK_SHIFT_MASK) != 0);
  if (state & GDK_ALT_MASK)
    return move_selected (self, dx, dy, (state & GDK_SHIFT_MASK) != 0);
  return step_panel (self, dx, dy);
}

static gboolean
leave_part (PlateauFigurePaper *self)
{
  PlateauHit hit = { .part = PLATEAU_PART_PANEL, .panel = self->selected.panel, .index = -1,
                     .point = -1 };

  if (self->selected.panel < 0)
    return FALSE;
  if (self->selected.part == PLATEAU_PART_PANEL)
    hit = (PlateauHit){ .part = PLATEAU_PART_NONE, .panel = -1, .index = -1, .point = -1 };
  _plateau_figure_paper_take (self, &hit);
  return TRUE;
}

static void
open_menu (PlateauFigurePaper *self)
{
  double left, top, scale = _plateau_figure_paper_geometry (self, &left, &top);
  PlateauRect box = { 0 };

  if (self->selected.panel >= 0)
    box = _plateau_figure_paper_part_box (self, &self->selected);
  g_signal_emit_by_name (self, "menu", &self->selected,
                         left + scale * (box.x + box.width / 2),
                         top + scale * (box.y + box.height / 2));
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
             PlateauFigurePaper *self)
{
  if (!self->layout || self->figure->panels->len == 0
      || self->selected.panel >= (int)self->figure->panels->len)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Right:
      return arrow (self, 1, 0, state);
    case GDK_KEY_Left:
      return arrow (self, -1, 0, state);
    case GDK_KEY_Down:
      return arrow (self, 0, 1, state);
    case GDK_KEY_Up:
      return arrow (self, 0, -1, state);
    case GDK_KEY_Tab:
      return !(state & GDK_CONTROL_MASK) && step_part (self, 1);
    case GDK_KEY_ISO_Left_Tab:
      return !(state & GDK_CONTROL_MASK) && step_part (self, -1);
    case GDK_KEY_Page_Down:
      return step_curve (self, 1);
    case GDK_KEY_Page_Up:
      return step_curve (self, -1);
    case GDK_KEY_Escape:
      return leave_part (self);
    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      if (self->selected.panel >= 0)
        g_signal_emit_by_name (self, "remove", &self->selected);
      return TRUE;
    case GDK_KEY_F2:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      plateau_figure_paper_edit_text (self);
      return TRUE;
    case GDK_KEY_Menu:
      open_menu (self);
      return TRUE;
    case GDK_KEY_F10:
      if (!(state & GDK_SHIFT_MASK))
        return FALSE;
      open_menu (self);
      return TRUE;
    default:
      return FALSE;
    }
}

void
_plateau_figure_paper_init_keys (PlateauFigurePaper *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
