/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-figure-paper-private.h"

#include "figure/plateau-markup.h"

#include <glib/gi18n.h>
#include <math.h>

#define DESK 24            /* around the paper */
#define PIXELS (96.0 / 72) /* a point at zoom 1 */
#define CURVE_MARKS 12     /* on a selected curve */
#define CURVE_MARK 5
#define ACCENT 0x35 / 255.0, 0x84 / 255.0, 0xE4 / 255.0

enum
{
  SELECTED,
  PART_MOVED,
  PANEL_MOVED,
  PANEL_SPANNED,
  BORDER_MOVED,
  RESIZED,
  ENTRY_MOVED,
  REMOVE,
  TEXT_EDITED,
  DETAILS,
  MENU,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFigurePaper, plateau_figure_paper, GTK_TYPE_WIDGET)

static double
fitting_scale (PlateauFigurePaper *self, double width, double height)
{
  double scale = (width - 2 * DESK) / self->layout->width;

  if (self->zoom < 0 && height > 0)
    scale = MIN (scale, (height - 2 * DESK) / self->layout->height);
  return CLAMP (scale, 0.2, 4);
}

double
_plateau_figure_paper_geometry (PlateauFigurePaper *self, double *left, double *top)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self)), scale;

  *left = *top = DESK;
  if (!self->layout)
    return 1;
  scale = self->zoom > 0 ? self->zoom * PIXELS : fitting_scale (self, width, height);
  *left = floor (MAX ((width - scale * self->layout->width) / 2, DESK));
  if (self->zoom < 0)
    *top = floor (MAX ((height - scale * self->layout->height) / 2, DESK));
  return scale;
}

static void
plateau_figure_paper_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  PlateauFigurePaper *self = PLATEAU_FIGURE_PAPER (widget);
  gboolean vertical = orientation == GTK_ORIENTATION_VERTICAL;
  double size, scale = self->zoom * PIXELS;

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = 200;
  if (!self->layout || self->zoom < 0)
    return;
  size = vertical ? self->layout->height : self->layout->width;
  if (self->zoom == 0)
    {
      scale = fitting_scale (self, vertical && for_size > 0 ? for_size : 400, 0);
      *minimum = *natural = vertical ? (int)(scale * size) + 2 * DESK : 240;
    }
  else
    *minimum = *natural = (int)ceil (scale * size) + 2 * DESK;
}

static GtkSizeRequestMode
plateau_figure_paper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plateau_figure_paper_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  _plateau_figure_paper_allocate_editor (PLATEAU_FIGURE_PAPER (widget));
}

/* What was selected may have gone with the last edit, or come only with the next picture. */
gboolean
_plateau_figure_paper_has (PlateauFigurePaper *self, const PlateauHit *hit)
{
  const PlateauPanel *panel
      = self->figure && hit->panel >= 0 ? plateau_figure_get_panel (self->figure, (guint)hit->panel)
                                        : NULL;
  const PlateauPanelLayout *pl
      = panel ? plateau_layout_get_panel (self->layout, (guint)hit->panel) : NULL;

  if (!pl)
    return FALSE;
  switch (hit->part)
    {
    case PLATEAU_PART_LAYER:
      return hit->index >= 0 && hit->index < (int)panel->layers->len;
    case PLATEAU_PART_LEGEND_ENTRY:
      return hit->index >= 0 && hit->index < (int)pl->entries->len;
    case PLATEAU_PART_ANNOTATION:
      return hit->index >= 0 && hit->index < (int)panel->annotations->len;
    case PLATEAU_PART_INSET:
      return hit->index >= 0 && hit->index < (int)panel->insets->len;
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
      return hit->index >= 0 && hit->index < PLATEAU_N_AXES;
    case PLATEAU_PART_NONE:
      return FALSE;
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_LETTER:
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_COLOUR_BAR:
    default:
      return TRUE;
    }
}

/* ---- Where things lie ---- */

/* Tick labels: between the axis and its title, or the end of the panel. */
static PlateauRect
axis_box (const PlateauPanelLayout *pl, int axis)
{
  const PlateauRect *p = &pl->plot, *c = &pl->cell, *t = &pl->title_boxes[axis];
  double end;

  switch (axis)
    {
    case PLATEAU_AXIS_X:
      end = t->width > 0 ? t->y : c->y + c->height;
      return (PlateauRect){ p->x - 4, p->y + p->height, p->width + 8, end - p->y - p->height };
    case PLATEAU_AXIS_X2:
      end = t->width > 0 ? t->y + t->height : c->y;
      return (PlateauRect){ p->x - 4, end, p->width + 8, p->y - end };
    case PLATEAU_AXIS_Y:
      end = t->width > 0 ? t->x + t->width : c->x;
      return (PlateauRect){ end, p->y - 4, p->x - end, p->height + 8 };
    default:
      end = t->width > 0 ? t->x : c->x + c->width;
      return (PlateauRect){ p->x + p->width, p->y - 4, end - p->x - p->width, p->height + 8 };
    }
}

PlateauRect
_plateau_figure_paper_inset_box (PlateauFigurePaper *self, const PlateauHit *hit, int edges,
                                 double dx, double dy)
{
  const PlateauRect *plot = &plateau_layout_get_panel (self->layout, (guint)hit->panel)->plot;
  const PlateauPanel *panel = plateau_figure_get_panel (self->figure, (guint)hit->panel);
  const PlateauRect *share = &g_array_index (panel->insets, PlateauInset, hit->index).area;
  PlateauRect r = { plot->x + share->x * plot->width, plot->y + share->y * plot->height,
                    share->width * plot->width, share->height * plot->height };

  if (edges == PLATEAU_EDGE_NONE || edges & PLATEAU_EDGE_LEFT)
    r.x += dx;
  if (edges == PLATEAU_EDGE_NONE || edges & PLATEAU_EDGE_TOP)
    r.y += dy;
  r.width += edges & PLATEAU_EDGE_RIGHT ? dx : edges & PLATEAU_EDGE_LEFT ? -dx : 0;
  r.height += edges & PLATEAU_EDGE_BOTTOM ? dy : edges & PLATEAU_EDGE_TOP ? -dy : 0;
  r.width = MAX (r.width, 10);
  r.height = MAX (r.height, 10);
  return r;
}

static PlateauRect
annotation_box (PlateauFigurePaper *self, const PlateauHit *hit)
{
  double p[4];

  if (!plateau_layout_get_annotation (self->layout, (guint)hit->panel, (guint)hit->index, p))
    return (PlateauRect){ 0 };
  return (PlateauRect){ MIN (p[0], p[2]) - 2, MIN (p[1], p[3]) - 2, fabs (p[2] - p[0]) + 4,
                        fabs (p[3] - p[1]) + 4 };
}

PlateauRect
_plateau_figure_paper_part_box (PlateauFigurePaper *self, const PlateauHit *hit)
{
  const PlateauPanelLayout *pl = plateau_layout_get_panel (self->layout, (guint)hit->panel);

  if (!_plateau_figure_paper_has (self, hit))
    return (PlateauRect){ 0 };
  switch (hit->part)
    {
    case PLATEAU_PART_LEGEND:
      return pl->legend;
    case PLATEAU_PART_LEGEND_ENTRY:
      return ((PlateauLegendEntry *)g_ptr_array_index (pl->entries, hit->index))->area;
    case PLATEAU_PART_AXIS:
      return axis_box (pl, hit->index);
    case PLATEAU_PART_AXIS_TITLE:
      return pl->title_boxes[hit->index];
    case PLATEAU_PART_TITLE:
      return pl->panel_title_box;
    case PLATEAU_PART_LETTER:
      return pl->letter_box;
    case PLATEAU_PART_COLOUR_BAR:
      return pl->colour_bar;
    case PLATEAU_PART_ANNOTATION:
      return annotation_box (self, hit);
    case PLATEAU_PART_INSET:
      return _plateau_figure_paper_inset_box (self, hit, 0, 0, 0);
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
      return pl->cell;
    case PLATEAU_PART_LAYER:
      return pl->plot;
    case PLATEAU_PART_NONE:
    default:
      return (PlateauRect){ 0 };
    }
}

PlateauRect
_plateau_figure_paper_place_box (PlateauFigurePaper *self, const PlateauGridPlace *place)
{
  const PlateauArrangement *grid = self->layout->grid;
  double x0 = plateau_grid_offset (grid->column_weights, grid->columns, place->column);
  double x1 = plateau_grid_offset (grid->column_weights, grid->columns,
                                   place->column + place->column_span);
  double y0 = plateau_grid_offset (grid->row_weights, grid->rows, place->row);
  double y1 = plateau_grid_offset (grid->row_weights, grid->rows, place->row + place->row_span);
  double width = self->layout->width, height = self->layout->height;

  /* A new row below the last one. */
  if (place->row >= grid->rows)
    return (PlateauRect){ x0 * width, height - 6, (x1 - x0) * width, 6 };
  return (PlateauRect){ x0 * width, y0 * height, (x1 - x0) * width, (y1 - y0) * height };
}

/* ---- Drawing ---- */

static void
draw_handle (cairo_t *cr, double x, double y, double h)
{
  cairo_rectangle (cr, x - h / 2, y - h / 2, h, h);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, ACCENT);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_frame (cairo_t *cr, const PlateauRect *r, double scale, gboolean handles)
{
  static const double dash[] = { 3, 2 };
  double x = r->x * scale, y = r->y * scale, w = r->width * scale, h = r->height * scale;

  cairo_set_source_rgb (cr, ACCENT);
  cairo_rectangle (cr, x, y, w, h);
  cairo_set_line_width (cr, handles ? 2 : 1.2);
  if (!handles)
    cairo_set_dash (cr, dash, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (int i = 0; handles && i < 9; i++)
    if (i != 4)
      draw_handle (cr, x + (i % 3) * w / 2, y + (i / 3) * h / 2, PLATEAU_PAPER_HANDLE);
}

/* A quiet frame about the panel that a selected part belongs to. */
static void
draw_owner (cairo_t *cr, const PlateauRect *r, double scale)
{
  cairo_set_source_rgba (cr, ACCENT, 0.55);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, r->x * scale, r->y * scale, r->width * scale, r->height * scale);
  cairo_stroke (cr);
}

static void
draw_curve_marks (PlateauFigurePaper *self, cairo_t *cr, double scale)
{
  const PlateauPanel *panel = plateau_figure_get_panel (self->figure, (guint)self->selected.panel);
  const PlateauLayer *layer = g_ptr_array_index (panel->layers, self->selected.index);
  const PlateauRect *plot
      = &plateau_layout_get_panel (self->layout, (guint)self->selected.panel)->plot;

  for (guint i = 0; i <= CURVE_MARKS && layer->n > 0; i++)
    {
      PlateauHit at;

      if (plateau_layout_layer_point (self->layout, (guint)self->selected.panel,
                                      (guint)self->selected.index,
                                      (layer->n - 1) * i / CURVE_MARKS, &at)
          && plateau_rect_contains (plot, at.px, at.py))
        draw_handle (cr, at.px * scale, at.py * scale, CURVE_MARK);
    }
}

static void
draw_annotation_frame (PlateauFigurePaper *self, cairo_t *cr, double scale)
{
  const PlateauPanel *panel = plateau_figure_get_panel (self->figure, (guint)self->selected.panel);
  const PlateauAnnotation *a
      = &g_array_index (panel->annotations, PlateauAnnotation, self->selected.index);
  PlateauRect box = annotation_box (self, &self->selected);
  double p[4], dx = 0, dy = 0;

  if (self->drag == PLATEAU_PAPER_PART && self->moved)
    {
      dx = self->dx;
      dy = self->dy;
    }
  if (a->kind == PLATEAU_ANNOTATION_TEXT)
    {
      box.x += dx;
      box.y += dy;
      draw_frame (cr, &box, scale, FALSE);
      return;
    }
  if (!plateau_layout_get_annotation (self->layout, (guint)self->selected.panel,
                                      (guint)self->selected.index, p))
    return;
  for (guint i = 0; i < 4; i++)
    if (self->grip == PLATEAU_GRIP_WHOLE || (self->grip == PLATEAU_GRIP_START) == (i < 2))
      p[i] += i % 2 ? dy : dx;
  cairo_set_source_rgb (cr, ACCENT);
  cairo_set_line_width (cr, 1.2);
  if (a->kind == PLATEAU_ANNOTATION_ARROW || a->kind == PLATEAU_ANNOTATION_LINE)
    {
      cairo_move_to (cr, p[0] * scale, p[1] * scale);
      cairo_line_to (cr, p[2] * scale, p[3] * scale);
    }
  else
    cairo_rectangle (cr, MIN (p[0], p[2]) * scale, MIN (p[1], p[3]) * scale,
                     fabs (p[2] - p[0]) * scale, fabs (p[3] - p[1]) * scale);
  cairo_stroke (cr);
  draw_handle (cr, p[0] * scale, p[1] * scale, PLATEAU_PAPER_HANDLE);
  draw_handle (cr, p[2] * scale, p[3] * scale, PLATEAU_PAPER_HANDLE);
}

static void
draw_part (PlateauFigurePaper *self, cairo_t *cr, double scale)
{
  PlateauRect box = _plateau_figure_paper_part_box (self, &self->selected);

  switch (self->selected.part)
    {
    case PLATEAU_PART_LAYER:
      draw_curve_marks (self, cr, scale);
      return;
    case PLATEAU_PART_ANNOTATION:
      draw_annotation_frame (self, cr, scale);
      return;
    case PLATEAU_PART_INSET:
      if (self->drag == PLATEAU_PAPER_PART && self->moved)
        box = _plateau_figure_paper_inset_box (self, &self->selected, self->grip, self->dx, self->dy);
      draw_frame (cr, &box, scale, TRUE);
      return;
    case PLATEAU_PART_LEGEND_ENTRY:
      draw_frame (cr, &box, scale, FALSE);
      if (self->drag != PLATEAU_PAPER_PART || !self->moved)
        return;
      box = plateau_layout_get_panel (self->layout, (guint)self->selected.panel)->legend;
      break;
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_AXIS_TITLE:
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_LETTER:
    case PLATEAU_PART_LEGEND:
    case PLATEAU_PART_COLOUR_BAR:
    default:
      break;
    }
  if (self->drag == PLATEAU_PAPER_PART && self->moved)
    {
      box.x += self->dx;
      box.y += self->dy;
    }
  if (box.width > 0)
    draw_frame (cr, &box, scale, FALSE);
}

static void
draw_selection (PlateauFigurePaper *self, cairo_t *cr, double scale)
{
  const PlateauPanelLayout *pl;

  if (!_plateau_figure_paper_has (self, &self->selected))
    return;
  pl = plateau_layout_get_panel (self->layout, (guint)self->selected.panel);
  if (self->selected.part == PLATEAU_PART_PANEL || self->selected.part == PLATEAU_PART_PLOT_AREA)
    {
      draw_frame (cr, &pl->cell, scale, TRUE);
      return;
    }
  draw_owner (cr, &pl->cell, scale);
  draw_part (self, cr, scale);
}

/* Where the panel, the border or the edge would come to lie. */
static void
draw_target (PlateauFigurePaper *self, cairo_t *cr, double scale)
{
  const PlateauLayout *l = self->layout;
  PlateauRect r;

  if (!self->moved)
    return;
  cairo_set_source_rgba (cr, ACCENT, 0.25);
  switch (self->drag)
    {
    case PLATEAU_PAPER_PANEL:
    case PLATEAU_PAPER_SPAN:
      r = _plateau_figure_paper_place_box (self, &self->target);
      cairo_rectangle (cr, r.x * scale, r.y * scale, r.width * scale, r.height * scale);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, ACCENT);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
      break;
    case PLATEAU_PAPER_BORDER:
      if (self->of_columns)
        cairo_rectangle (cr, (self->press_x + self->dx) * scale - 1, 0, 2, l->height * scale);
      else
        cairo_rectangle (cr, 0, (self->press_y + self->dy) * scale - 1, l->width * scale, 2);
      cairo_set_source_rgb (cr, ACCENT);
      cairo_fill (cr);
      break;
    case PLATEAU_PAPER_SIZE:
      cairo_set_source_rgb (cr, ACCENT);
      cairo_set_line_width (cr, 2);
      cairo_rectangle (cr, 0, 0,
                       (l->width + (self->grip & PLATEAU_EDGE_RIGHT ? self->dx : 0)) * scale,
                       (l->height + (self->grip & PLATEAU_EDGE_BOTTOM ? self->dy : 0)) * scale);
      cairo_stroke (cr);
      break;
    case PLATEAU_PAPER_IDLE:
    case PLATEAU_PAPER_PRESSED:
    case PLATEAU_PAPER_PART:
    default:
      break;
    }
}

static void
plateau_figure_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlateauFigurePaper *self = PLATEAU_FIGURE_PAPER (widget);
  double left, top, scale = _plateau_figure_paper_geometry (self, &left, &top);
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
  draw_target (self, cr, scale);
  cairo_destroy (cr);
  if (self->editor)
    gtk_widget_snapshot_child (widget, self->editor, snapshot);
}

/* ---- Selection ---- */

char *
plateau_figure_paper_dup_panel_name (PlateauFigurePaper *self, int panel)
{
  const PlateauPanelLayout *pl
      = self->layout && panel >= 0 ? plateau_layout_get_panel (self->layout, (guint)panel) : NULL;

  if (!pl)
    return g_strdup (_ ("Figure"));
  if (pl->letter && *pl->letter)
    return g_strdup_printf (_ ("Panel %s"), pl->letter);
  return plateau_layout_get_n_panels (self->layout) > 1 ? g_strdup_printf (_ ("Panel %d"), panel + 1)
                                                        : g_strdup (_ ("Panel"));
}

const char *
plateau_figure_paper_get_part_name (const PlateauHit *hit)
{
  static const char *const axes[] = { N_ ("x axis"), N_ ("left y axis"), N_ ("upper x axis"),
                                      N_ ("right y axis") };
  static const char *const titles[] = { N_ ("title of the x axis"), N_ ("title of the left y axis"),
                                        N_ ("title of the upper x axis"),
                                        N_ ("title of the right y axis") };

  switch (hit->part)
    {
    case PLATEAU_PART_AXIS:
      return _ (axes[CLAMP (hit->index, 0, 3)]);
    case PLATEAU_PART_AXIS_TITLE:
      return _ (titles[CLAMP (hit->index, 0, 3)]);
    case PLATEAU_PART_TITLE:
      return _ ("title");
    case PLATEAU_PART_LETTER:
      return _ ("letter");
    case PLATEAU_PART_LEGEND:
      return _ ("legend");
    case PLATEAU_PART_LEGEND_ENTRY:
      return _ ("entry of the legend");
    case PLATEAU_PART_COLOUR_BAR:
      return _ ("colour bar");
    case PLATEAU_PART_LAYER:
      return _ ("curve");
    case PLATEAU_PART_ANNOTATION:
      return _ ("annotation");
    case PLATEAU_PART_INSET:
      return _ ("inset");
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_PANEL:
    case PLATEAU_PART_PLOT_AREA:
    default:
      return NULL;
    }
}

/* What is written at the selected part, or what the curve is called; (transfer full) (nullable) */
static char *
dup_selected_text (PlateauFigurePaper *self)
{
  const PlateauHit *hit = &self->selected;
  const PlateauPanel *panel = hit->panel >= 0 && hit->panel < (int)self->figure->panels->len
                                  ? plateau_figure_get_panel (self->figure, (guint)hit->panel)
                                  : NULL;
  const char *markup = NULL;

  if (!panel)
    return NULL;
  if (hit->part == PLATEAU_PART_TITLE)
    markup = panel->title;
  else if (hit->part == PLATEAU_PART_AXIS_TITLE)
    markup = panel->axes[CLAMP (hit->index, 0, PLATEAU_N_AXES - 1)].title;
  else if (hit->part == PLATEAU_PART_LAYER && hit->index < (int)panel->layers->len)
    markup = ((PlateauLayer *)g_ptr_array_index (panel->layers, hit->index))->label;
  else if (hit->part == PLATEAU_PART_ANNOTATION && hit->index < (int)panel->annotations->len)
    markup = g_array_index (panel->annotations, PlateauAnnotation, hit->index).text;
  else if (hit->part == PLATEAU_PART_LEGEND_ENTRY && self->layout)
    {
      GPtrArray *entries = plateau_layout_get_panel (self->layout, (guint)hit->panel)->entries;

      if (hit->index < (int)entries->len)
        markup = ((PlateauLegendEntry *)g_ptr_array_index (entries, hit->index))->label;
    }
  return markup && *markup ? plateau_markup_to_plain (markup) : NULL;
}

static void
describe_selection (PlateauFigurePaper *self)
{
  g_autofree char *panel = plateau_figure_paper_dup_panel_name (self, self->selected.panel);
  const char *part = plateau_figure_paper_get_part_name (&self->selected);
  g_autofree char *written = dup_selected_text (self);
  g_autofree char *text = part ? g_strdup_printf ("%s, %s%s%s", panel, part, written ? ": " : "",
                                                  written ? written : "")
                               : g_strdup (panel);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->selected.panel >= 0 ? text : "", -1);
}

static void
keep_selection (PlateauFigurePaper *self)
{
  PlateauHit panel = { .part = PLATEAU_PART_PANEL, .panel = self->selected.panel, .index = -1,
                       .point = -1 };

  if (_plateau_figure_paper_has (self, &self->selected))
    return;
  if (!_plateau_figure_paper_has (self, &panel))
    panel = (PlateauHit){ .part = PLATEAU_PART_NONE, .panel = -1, .index = -1, .point = -1 };
  self->selected = panel;
}

gboolean
_plateau_figure_paper_hit (PlateauFigurePaper *self, double x, double y, PlateauHit *hit)
{
  double left, top, scale = _plateau_figure_paper_geometry (self, &left, &top);

  *hit = (PlateauHit){ .panel = -1, .index = -1, .point = -1 };
  if (!self->layout
      || !plateau_layout_hit (self->layout, (x - left) / scale, (y - top) / scale,
                              PLATEAU_PAPER_REACH / scale, hit))
    {
      *hit = (PlateauHit){ .panel = -1, .index = -1, .point = -1 };
      return FALSE;
    }
  if (hit->part == PLATEAU_PART_PLOT_AREA)
    hit->part = PLATEAU_PART_PANEL;
  return TRUE;
}

void
_plateau_figure_paper_take (PlateauFigurePaper *self, const PlateauHit *hit)
{
  self->selected = *hit;
  describe_selection (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SELECTED], 0, &self->selected);
}

void
plateau_figure_paper_select (PlateauFigurePaper *self, PlateauPart part, int panel, int index)
{
  self->selected = (PlateauHit){ .part = part, .panel = panel, .index = index, .point = -1 };
  describe_selection (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const PlateauHit *
plateau_figure_paper_get_selected (PlateauFigurePaper *self)
{
  return &self->selected;
}

int
plateau_figure_paper_get_panel (PlateauFigurePaper *self)
{
  return self->selected.panel;
}

gboolean
plateau_figure_paper_get_area (PlateauFigurePaper *self, GdkRectangle *area)
{
  double left, top, scale;
  PlateauRect box;

  if (!self->layout || !_plateau_figure_paper_has (self, &self->selected))
    return FALSE;
  scale = _plateau_figure_paper_geometry (self, &left, &top);
  box = _plateau_figure_paper_part_box (self, &self->selected);
  *area = (GdkRectangle){ (int)(left + scale * box.x), (int)(top + scale * box.y),
                          (int)ceil (scale * box.width), (int)ceil (scale * box.height) };
  return TRUE;
}

/* ---- State ---- */

void
plateau_figure_paper_set_figure (PlateauFigurePaper *self, PlateauFigure *figure)
{
  g_autofree char *text = NULL;

  g_return_if_fail (PLATEAU_IS_FIGURE_PAPER (self));
  _plateau_figure_paper_close_editor (self);
  g_clear_pointer (&self->layout, plateau_layout_unref);
  g_clear_pointer (&self->figure, plateau_figure_unref);
  self->drag = PLATEAU_PAPER_IDLE;
  self->moved = FALSE;
  if (figure)
    {
      self->figure = plateau_figure_ref (figure);
      self->layout = plateau_figure_layout (figure, NULL);
      text = plateau_figure_describe (figure);
    }
  keep_selection (self);
  describe_selection (self);
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
  self->zoom = zoom > 0 ? CLAMP (zoom, 0.2, 4) : zoom;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

double
plateau_figure_paper_get_zoom (PlateauFigurePaper *self)
{
  double left, top;

  return self->zoom > 0 ? self->zoom : _plateau_figure_paper_geometry (self, &left, &top) / PIXELS;
}

/* ---- Class ---- */

static void
plateau_figure_paper_dispose (GObject *object)
{
  PlateauFigurePaper *self = PLATEAU_FIGURE_PAPER (object);

  _plateau_figure_paper_close_editor (self);
  g_clear_pointer (&self->layout, plateau_layout_unref);
  g_clear_pointer (&self->figure, plateau_figure_unref);
  G_OBJECT_CLASS (plateau_figure_paper_parent_class)->dispose (object);
}

static void
add_signal (guint id, const char *name, GType result, guint n, ...)
{
  va_list types;

  va_start (types, n);
  signals[id] = g_signal_new_valist (name, PLATEAU_TYPE_FIGURE_PAPER, G_SIGNAL_RUN_LAST, NULL, NULL,
                                     NULL, NULL, result, n, types);
  va_end (types);
}

static void
plateau_figure_paper_class_init (PlateauFigurePaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plateau_figure_paper_dispose;
  widget_class->measure = plateau_figure_paper_measure;
  widget_class->snapshot = plateau_figure_paper_snapshot;
  widget_class->size_allocate = plateau_figure_paper_size_allocate;
  widget_class->get_request_mode = plateau_figure_paper_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "figurepaper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  add_signal (SELECTED, "selected", G_TYPE_NONE, 1, G_TYPE_POINTER);
  add_signal (PART_MOVED, "part-moved", G_TYPE_NONE, 4, G_TYPE_POINTER, G_TYPE_INT, G_TYPE_DOUBLE,
              G_TYPE_DOUBLE);
  add_signal (PANEL_MOVED, "panel-moved", G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  add_signal (PANEL_SPANNED, "panel-spanned", G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_POINTER);
  add_signal (BORDER_MOVED, "border-moved", G_TYPE_NONE, 3, G_TYPE_BOOLEAN, G_TYPE_UINT,
              G_TYPE_DOUBLE);
  add_signal (RESIZED, "resized", G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  add_signal (ENTRY_MOVED, "entry-moved", G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  add_signal (REMOVE, "remove", G_TYPE_NONE, 1, G_TYPE_POINTER);
  add_signal (TEXT_EDITED, "text-edited", G_TYPE_STRING, 2, G_TYPE_POINTER, G_TYPE_STRING);
  add_signal (DETAILS, "details", G_TYPE_NONE, 0);
  add_signal (MENU, "menu", G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
plateau_figure_paper_init (PlateauFigurePaper *self)
{
  self->selected = (PlateauHit){ .panel = -1, .index = -1, .point = -1 };
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  _plateau_figure_paper_init_gestures (self);
  _plateau_figure_paper_init_keys (self);
}

GtkWidget *
plateau_figure_paper_new (void)
{
  return g_object_new (PLATEAU_TYPE_FIGURE_PAPER, NULL);
}
