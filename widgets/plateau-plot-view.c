/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include "base/plateau-number.h"
#include "figure/plateau-markup.h"
#include "plateau-key.h"

#include <glib/gi18n.h>
#include <math.h>

/* A picture drawn faster than this is drawn anew while the view moves; a slower one is moved. */
#define LIVE_RENDER_TIME (12 * 1000)
#define REDRAW_DELAY 120
#define BUSY_DELAY 300
#define MAX_HISTORY 100
#define MIN_SIZE 160
#define NATURAL_SIZE 320

enum
{
  READ_OFF,
  TAG_ACTIVATED,
  VIEW_CHANGED,
  HANDLE_MOVED,
  PICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauPlotView, plateau_plot_view, GTK_TYPE_WIDGET)

static double
text_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;
  return size > 0 ? size : 13;
}

static PlateauStyle *
screen_style (PlateauPlotView *view)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (view));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  const PlateauStyle *own = view->figure->style;
  g_autoptr (PlateauStyle) usual = plateau_style_new ();
  /* A font that was chosen for figures is seen here too; else that of the window. */
  const char *family = g_strcmp0 (own->family, usual->family) != 0
                           ? own->family
                           : pango_font_description_get_family (font);
  PlateauStyle *style = plateau_style_new_screen (family, text_size (GTK_WIDGET (view)));
  style->grid = view->grid;
  style->title_form = own->title_form;
  return style;
}

/* The layout for the views of now; the picture may be of other views. */
static PlateauLayout *
make_layout (PlateauPlotView *view)
{
  g_autoptr (PlateauStyle) style = screen_style (view);
  PlateauLayoutOptions options = PLATEAU_LAYOUT_OPTIONS_INIT;
  options.width = gtk_widget_get_width (GTK_WIDGET (view));
  options.height = gtk_widget_get_height (GTK_WIDGET (view));
  options.theme = plateau_widget_get_theme (GTK_WIDGET (view));
  options.style = style;
  options.views = (const PlateauView *) view->views->data;
  options.hidden = view->hidden;
  return plateau_figure_layout (view->figure, &options);
}

static GdkTexture *
draw_picture (PlateauPlotView *view, PlateauLayout *layout)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (view));
  int width = gtk_widget_get_width (GTK_WIDGET (view)) * scale;
  int height = gtk_widget_get_height (GTK_WIDGET (view)) * scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_set_device_scale (surface, scale, scale);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);
  canvas->device_scale = scale;
  PlateauDrawOptions options = PLATEAU_DRAW_OPTIONS_INIT;
  options.highlight_panel = view->highlight_panel;
  options.highlight_layer = view->highlight_layer;
  plateau_layout_draw (layout, canvas, &options);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
      cairo_image_surface_get_data (surface), (gsize) stride * height,
      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

PlateauLayout *
_plateau_plot_view_ensure_layout (PlateauPlotView *view)
{
  if (view->figure == NULL || gtk_widget_get_width (GTK_WIDGET (view)) < 40
      || gtk_widget_get_height (GTK_WIDGET (view)) < 40)
    return NULL;
  if (view->layout == NULL)
    view->layout = make_layout (view);
  return view->layout;
}

static void update_accessible (PlateauPlotView *view);

static void
ensure_picture (PlateauPlotView *view)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL || view->picture != NULL)
    return;
  gint64 start = g_get_monotonic_time ();
  view->picture = draw_picture (view, layout);
  view->render_time = g_get_monotonic_time () - start;
  update_accessible (view);
}

/* Everything is drawn anew at the next frame. */
void
_plateau_plot_view_refresh (PlateauPlotView *view)
{
  g_clear_handle_id (&view->redraw_source, g_source_remove);
  g_clear_pointer (&view->layout, plateau_layout_unref);
  g_clear_object (&view->picture);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

static gboolean
redraw_now (gpointer user_data)
{
  PlateauPlotView *view = user_data;
  view->redraw_source = 0;
  _plateau_plot_view_refresh (view);
  return G_SOURCE_REMOVE;
}

/* The views have changed: a fast picture is drawn at once, a slow one is moved until the hand
 * rests. */
void
_plateau_plot_view_view_moved (PlateauPlotView *view)
{
  g_signal_emit (view, signals[VIEW_CHANGED], 0);
  if (view->render_time < LIVE_RENDER_TIME)
    {
      _plateau_plot_view_refresh (view);
      return;
    }
  g_clear_handle_id (&view->redraw_source, g_source_remove);
  view->redraw_source = g_timeout_add (REDRAW_DELAY, redraw_now, view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

/* Drawing */

/* The part of the picture inside the axes, moved and stretched to where the view of now has it. */
static void
append_moved_panel (PlateauPlotView *view, GtkSnapshot *snapshot, guint panel,
                    const graphene_rect_t *bounds)
{
  const PlateauPanelLayout *laid = plateau_layout_get_panel (view->layout, panel);
  const PlateauView *now = &g_array_index (view->views, PlateauView, panel);
  double min_x = now->min[PLATEAU_AXIS_X], max_x = now->max[PLATEAU_AXIS_X];
  double min_y = now->min[PLATEAU_AXIS_Y], max_y = now->max[PLATEAU_AXIS_Y];
  if (isnan (min_x) || isnan (min_y))
    return;
  double left, top, right, bottom;
  plateau_layout_from_data (view->layout, panel, FALSE, FALSE, min_x, max_y, &left, &top);
  plateau_layout_from_data (view->layout, panel, FALSE, FALSE, max_x, min_y, &right, &bottom);
  if (fabs (right - left) < 1e-6 || fabs (bottom - top) < 1e-6)
    return;
  double sx = laid->plot.width / (right - left), sy = laid->plot.height / (bottom - top);
  PlateauRgba paper = plateau_theme_get_paper (view->layout->theme);
  GdkRGBA colour = { paper.r, paper.g, paper.b, 1 };
  graphene_rect_t clip = GRAPHENE_RECT_INIT (laid->plot.x, laid->plot.y, laid->plot.width,
                                             laid->plot.height);
  gtk_snapshot_push_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &colour, &clip);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (laid->plot.x - left * sx, laid->plot.y - top * sy));
  gtk_snapshot_scale (snapshot, sx, sy);
  gtk_snapshot_append_texture (snapshot, view->picture, bounds);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
append_crosshair (PlateauPlotView *view, GtkSnapshot *snapshot, const PlateauRect *plot,
                  const GdkRGBA *ink)
{
  int width = gtk_widget_get_width (GTK_WIDGET (view));
  int height = gtk_widget_get_height (GTK_WIDGET (view));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double dots[] = { 1, 2 };
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_line_width (cr, 0.7);
  cairo_set_dash (cr, dots, 2, 0);
  cairo_move_to (cr, plot->x, view->hover.py);
  cairo_line_to (cr, plot->x + plot->width, view->hover.py);
  cairo_move_to (cr, view->hover.px, plot->y);
  cairo_line_to (cr, view->hover.px, plot->y + plot->height);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_new_sub_path (cr);
  cairo_arc (cr, view->hover.px, view->hover.py, 4.5, 0, 2 * G_PI);
  PlateauRgba paper = plateau_theme_get_paper (view->layout->theme);
  cairo_set_source_rgb (cr, paper.r, paper.g, paper.b);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* In a dark rounded box beside the point, never over it, inside the widget. */
static void
append_hover_label (PlateauPlotView *view, GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout)
      text = gtk_widget_create_pango_layout (GTK_WIDGET (view), view->hover_text);
  pango_layout_set_alignment (text, PANGO_ALIGN_LEFT);
  int text_width, text_height;
  pango_layout_get_pixel_size (text, &text_width, &text_height);
  double width = text_width + 16, height = text_height + 12;
  double x = view->hover.px + 14, y = view->hover.py + 14;
  if (x + width > gtk_widget_get_width (GTK_WIDGET (view)) - 4)
    x = view->hover.px - 14 - width;
  if (y + height > gtk_widget_get_height (GTK_WIDGET (view)) - 4)
    y = view->hover.py - 14 - height;
  x = MAX (4, x);
  y = MAX (4, y);
  gboolean dark = view->layout->theme == PLATEAU_THEME_DARK;
  GdkRGBA back, white = { 1, 1, 1, 1 };
  gdk_rgba_parse (&back, dark ? "#4d4d4d" : "#241f31");
  GskRoundedRect box;
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, width, height);
  gsk_rounded_rect_init_from_rect (&box, &area, 6);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &back, &area);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + 8, y + 6));
  gtk_snapshot_append_layout (snapshot, text, &white);
  gtk_snapshot_restore (snapshot);
}

static void
append_box (PlateauPlotView *view, GtkSnapshot *snapshot)
{
  GdkRGBA tint, line;
  gdk_rgba_parse (&tint, "rgba(53,132,228,0.17)");
  gdk_rgba_parse (&line, "#3584e4");
  graphene_rect_t area = GRAPHENE_RECT_INIT (view->box.x, view->box.y, view->box.width,
                                             view->box.height);
  GskRoundedRect outline;
  gsk_rounded_rect_init_from_rect (&outline, &area, 0);
  gtk_snapshot_append_color (snapshot, &tint, &area);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ line, line, line, line });
}

static void
plateau_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlateauPlotView *view = PLATEAU_PLOT_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                               gtk_widget_get_height (widget));
  gboolean dark = plateau_widget_is_dark (widget);
  if (dark != view->dark)
    {
      view->dark = dark;
      g_clear_pointer (&view->layout, plateau_layout_unref);
      g_clear_object (&view->picture);
    }
  PlateauRgba paper = plateau_theme_get_paper (plateau_widget_get_theme (widget));
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ paper.r, paper.g, paper.b, 1 }, &bounds);
  ensure_picture (view);
  if (view->picture != NULL)
    {
      gtk_snapshot_push_opacity (snapshot, view->busy && view->busy_source == 0 ? 0.6 : 1);
      gtk_snapshot_append_texture (snapshot, view->picture, &bounds);
      if (view->redraw_source != 0)
        for (guint i = 0; i < view->views->len; i++)
          append_moved_panel (view, snapshot, i, &bounds);
      gtk_snapshot_pop (snapshot);
      if (view->has_hover && view->redraw_source == 0)
        {
          GdkRGBA ink;
          gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
          append_crosshair (view, snapshot,
                            &plateau_layout_get_panel (view->layout, view->hover.panel)->plot,
                            &ink);
          append_hover_label (view, snapshot);
        }
      if (view->drag_mode == PLATEAU_DRAG_BOX)
        append_box (view, snapshot);
    }
  gtk_widget_snapshot_child (widget, view->message, snapshot);
}

static void
plateau_plot_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = MIN_SIZE;
  *natural = NATURAL_SIZE;
  *minimum_baseline = *natural_baseline = -1;
}

/* No layout manager: with one GTK would not call this, and the picture would keep its old size. */
static void
plateau_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlateauPlotView *view = PLATEAU_PLOT_VIEW (widget);
  int wanted_width, wanted_height;
  gtk_widget_measure (view->message, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted_width, NULL,
                      NULL);
  wanted_width = MIN (wanted_width, MAX (width - 32, 1));
  gtk_widget_measure (view->message, GTK_ORIENTATION_VERTICAL, wanted_width, NULL, &wanted_height,
                      NULL, NULL);
  gtk_widget_size_allocate (view->message,
                            &(GtkAllocation){ (width - wanted_width) / 2,
                                              (height - wanted_height) / 2, wanted_width,
                                              wanted_height },
                            -1);
  _plateau_plot_view_set_hover (view, NULL);
  g_clear_pointer (&view->layout, plateau_layout_unref);
  g_clear_object (&view->picture);
}

static void
plateau_plot_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plateau_plot_view_parent_class)->css_changed (widget, change);
  _plateau_plot_view_refresh (PLATEAU_PLOT_VIEW (widget));
}

/* What is under the pointer */

/* Superscripts of units as letters, for a label that is plain text. */
static char *
unit_text (const char *markup)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autoptr (GArray) runs = plateau_markup_parse (markup);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      PlateauTextRun *run = &g_array_index (runs, PlateauTextRun, i);
      for (const char *p = run->text; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar c = g_utf8_get_char (p);
          if (run->level == 1 && g_unichar_isdigit (c))
            g_string_append (text, digits[g_unichar_digit_value (c)]);
          else if (run->level == 1 && (c == '-' || c == 0x2212))
            g_string_append (text, "⁻");
          else
            g_string_append_unichar (text, c);
        }
    }
  return g_string_free (text, FALSE);
}

static char *
axis_value (const PlateauAxis *axis, double value)
{
  g_autofree char *unit = axis->unit != NULL ? unit_text (axis->unit) : g_strdup ("");
  g_autofree char *number = axis->scale == PLATEAU_SCALE_CYCLE
                                ? g_strdup_printf ("%.0f", value)
                                : plateau_format_significant (value, 4);
  return g_strdup_printf ("%s%s%s", number, *unit != '\0' ? "\u2009" : "", unit);
}

static char *
hover_text (PlateauPlotView *view, const PlateauHit *hit)
{
  PlateauPanel *panel = plateau_figure_get_panel (view->figure, hit->panel);
  PlateauLayer *layer = g_ptr_array_index (panel->layers, hit->index);
  g_autofree char *name = view->name_func != NULL ? view->name_func (&hit->tag, view->name_data)
                                                  : NULL;
  if (name == NULL && layer->label != NULL)
    name = plateau_markup_to_plain (layer->label);
  const PlateauAxis *x_axis = &panel->axes[layer->use_x2 ? PLATEAU_AXIS_X2 : PLATEAU_AXIS_X];
  const PlateauAxis *y_axis = &panel->axes[layer->use_y2 ? PLATEAU_AXIS_Y2 : PLATEAU_AXIS_Y];
  g_autofree char *x = axis_value (x_axis, hit->x);
  g_autofree char *y = axis_value (y_axis, hit->y);
  if (x_axis->scale == PLATEAU_SCALE_CYCLE)
    return g_strdup_printf ("%s\n%s", name != NULL ? name : "", y);
  return g_strdup_printf ("%s\n%s   %s", name != NULL ? name : "", y, x);
}

/* "Shown: 0 to 280 mAh g⁻¹, 2.3 to 4.8 V." of each panel. */
static void
append_ranges (PlateauPlotView *view, GString *text)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  for (guint i = 0; layout != NULL && i < plateau_layout_get_n_panels (layout); i++)
    {
      const PlateauPanelLayout *laid = plateau_layout_get_panel (layout, i);
      PlateauPanel *panel = plateau_figure_get_panel (view->figure, i);
      const PlateauScale *x = &laid->scales[PLATEAU_AXIS_X], *y = &laid->scales[PLATEAU_AXIS_Y];
      g_autofree char *x0 = plateau_format_significant (x->min, 3);
      g_autofree char *x1 = axis_value (&panel->axes[PLATEAU_AXIS_X], x->max);
      g_autofree char *y0 = plateau_format_significant (y->min, 3);
      g_autofree char *y1 = axis_value (&panel->axes[PLATEAU_AXIS_Y], y->max);
      g_string_append_printf (text, _ (" Shown: %s to %s, %s to %s."), x0, x1, y0, y1);
    }
}

static void
update_accessible (PlateauPlotView *view)
{
  g_autofree char *figure = view->figure != NULL
                                ? plateau_figure_describe (view->figure)
                                : g_strdup (gtk_label_get_text (GTK_LABEL (view->message)));
  g_autoptr (GString) text = g_string_new (figure);
  if (view->figure != NULL)
    append_ranges (view, text);
  if (view->has_hover)
    {
      g_autofree char *point = g_strdelimit (g_strdup (view->hover_text), "\n", ' ');
      g_string_append_printf (text, _ (" Selected point: %s."), point);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, view->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->str, -1);
}

/* @hit: (nullable): the point to mark and name. */
void
_plateau_plot_view_set_hover (PlateauPlotView *view, const PlateauHit *hit)
{
  gboolean was = view->has_hover;
  if (hit == NULL && !was)
    return;
  if (hit != NULL && was && view->hover.panel == hit->panel && view->hover.index == hit->index
      && view->hover.point == hit->point)
    return;
  int panel = hit != NULL ? hit->panel : -1, layer = hit != NULL ? hit->index : -1;
  view->has_hover = hit != NULL;
  g_clear_pointer (&view->hover_text, g_free);
  if (hit != NULL)
    {
      view->hover = *hit;
      view->hover_text = hover_text (view, hit);
    }
  if ((panel != view->highlight_panel || layer != view->highlight_layer)
      && view->render_time < 3 * LIVE_RENDER_TIME)
    {
      view->highlight_panel = panel;
      view->highlight_layer = layer;
      g_clear_object (&view->picture);
    }
  g_autofree char *line = g_strdup (view->hover_text);
  if (line != NULL)
    for (char *p = strchr (line, '\n'); p != NULL; p = strchr (p, '\n'))
      *p = ' ';
  g_signal_emit (view, signals[READ_OFF], 0, line);
  update_accessible (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

/* The panel that keys act on: under the pointer, else the first. */
int
_plateau_plot_view_focus_panel (PlateauPlotView *view)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL)
    return -1;
  if (view->has_hover)
    return view->hover.panel;
  int panel = plateau_layout_panel_at (layout, view->pointer_x, view->pointer_y);
  return panel >= 0 ? panel : 0;
}

/* Views and their history */

static GArray *
copy_views (GArray *views)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (PlateauView), views->len);
  if (views->len > 0)
    g_array_append_vals (copy, views->data, views->len);
  return copy;
}

/* The view of now becomes the newest of the history. */
void
_plateau_plot_view_remember (PlateauPlotView *view)
{
  GArray *last = g_ptr_array_index (view->history, view->history_position);
  if (last->len == view->views->len
      && memcmp (last->data, view->views->data, last->len * sizeof (PlateauView)) == 0)
    return;
  g_ptr_array_set_size (view->history, view->history_position + 1);
  g_ptr_array_add (view->history, copy_views (view->views));
  if (view->history->len > MAX_HISTORY)
    g_ptr_array_remove_index (view->history, 0);
  view->history_position = view->history->len - 1;
}

static void
show_remembered (PlateauPlotView *view, guint position)
{
  GArray *views = g_ptr_array_index (view->history, position);
  view->history_position = position;
  g_array_unref (view->views);
  view->views = copy_views (views);
  g_signal_emit (view, signals[VIEW_CHANGED], 0);
  _plateau_plot_view_set_hover (view, NULL);
  _plateau_plot_view_refresh (view);
}

gboolean
plateau_plot_view_go_back (PlateauPlotView *view)
{
  if (view->history_position == 0)
    return FALSE;
  show_remembered (view, view->history_position - 1);
  return TRUE;
}

gboolean
plateau_plot_view_go_forward (PlateauPlotView *view)
{
  if (view->history_position + 1 >= view->history->len)
    return FALSE;
  show_remembered (view, view->history_position + 1);
  return TRUE;
}

static void
reset_views (PlateauPlotView *view)
{
  g_array_set_size (view->views, view->figure != NULL ? view->figure->panels->len : 0);
  for (guint i = 0; i < view->views->len; i++)
    plateau_view_init (&g_array_index (view->views, PlateauView, i));
}

void
plateau_plot_view_fit (PlateauPlotView *view)
{
  reset_views (view);
  _plateau_plot_view_remember (view);
  _plateau_plot_view_set_hover (view, NULL);
  g_signal_emit (view, signals[VIEW_CHANGED], 0);
  _plateau_plot_view_refresh (view);
}

const PlateauView *
plateau_plot_view_get_views (PlateauPlotView *view, guint *n_views)
{
  *n_views = view->views->len;
  for (guint i = 0; i < view->views->len; i++)
    for (guint axis = 0; axis < PLATEAU_N_AXES; axis++)
      if (!isnan (g_array_index (view->views, PlateauView, i).min[axis]))
        return (const PlateauView *) view->views->data;
  return NULL;
}

/* Public state */

void
plateau_plot_view_set_title (PlateauPlotView *view, const char *title)
{
  g_free (view->title);
  view->title = g_strdup (title);
  update_accessible (view);
}

void
plateau_plot_view_set_figure (PlateauPlotView *view, PlateauFigure *figure, gboolean keep_view)
{
  g_return_if_fail (PLATEAU_IS_PLOT_VIEW (view));
  _plateau_plot_view_set_hover (view, NULL);
  view->highlight_panel = view->highlight_layer = -1;
  if (figure != NULL)
    plateau_figure_ref (figure);
  g_clear_pointer (&view->figure, plateau_figure_unref);
  view->figure = figure;
  guint n_panels = figure != NULL ? figure->panels->len : 0;
  if (!keep_view || n_panels != view->views->len)
    {
      reset_views (view);
      g_ptr_array_set_size (view->history, 0);
      g_ptr_array_add (view->history, copy_views (view->views));
      view->history_position = 0;
    }
  const char *message = figure != NULL ? plateau_figure_get_message (figure) : NULL;
  plateau_plot_view_set_message (view, message);
  plateau_plot_view_set_busy (view, FALSE);
  update_accessible (view);
  _plateau_plot_view_refresh (view);
}

PlateauFigure *
plateau_plot_view_get_figure (PlateauPlotView *view)
{
  return view->figure;
}

/* One dim sentence in the middle instead of a plot; NULL takes it away. */
void
plateau_plot_view_set_message (PlateauPlotView *view, const char *message)
{
  gtk_label_set_text (GTK_LABEL (view->message), message != NULL ? message : "");
  gtk_widget_set_visible (view->message, message != NULL);
  if (message != NULL)
    {
      g_clear_pointer (&view->figure, plateau_figure_unref);
      reset_views (view);
      _plateau_plot_view_refresh (view);
    }
  update_accessible (view);
}

static gboolean
show_busy (gpointer user_data)
{
  PlateauPlotView *view = user_data;
  view->busy_source = 0;
  gtk_widget_queue_draw (GTK_WIDGET (view));
  return G_SOURCE_REMOVE;
}

/* The old picture stays, paler after a while, until the next figure comes. */
void
plateau_plot_view_set_busy (PlateauPlotView *view, gboolean busy)
{
  if (view->busy == busy)
    return;
  view->busy = busy;
  g_clear_handle_id (&view->busy_source, g_source_remove);
  if (busy)
    view->busy_source = g_timeout_add (BUSY_DELAY, show_busy, view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

void
plateau_plot_view_set_name_func (PlateauPlotView *view, PlateauTagNameFunc func, gpointer user_data)
{
  view->name_func = func;
  view->name_data = user_data;
}

void
plateau_plot_view_set_highlight (PlateauPlotView *view, gint64 cell, int cycle)
{
  int found_panel = -1, found_layer = -1;
  for (guint i = 0; cell != 0 && view->figure != NULL && i < view->figure->panels->len; i++)
    {
      PlateauPanel *panel = g_ptr_array_index (view->figure->panels, i);
      for (guint j = 0; j < panel->layers->len && found_layer < 0; j++)
        {
          PlateauLayer *layer = g_ptr_array_index (panel->layers, j);
          if (layer->tag.cell == cell && (cycle < 0 || layer->tag.cycle == cycle))
            {
              found_panel = i;
              found_layer = j;
            }
        }
    }
  if (found_panel == view->highlight_panel && found_layer == view->highlight_layer)
    return;
  view->highlight_panel = found_panel;
  view->highlight_layer = found_layer;
  g_clear_object (&view->picture);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

GdkTexture *
plateau_plot_view_render (PlateauPlotView *view)
{
  ensure_picture (view);
  return view->picture != NULL ? g_object_ref (view->picture) : NULL;
}

/* Class */

static void
plateau_plot_view_dispose (GObject *object)
{
  PlateauPlotView *view = PLATEAU_PLOT_VIEW (object);
  g_clear_handle_id (&view->hover_source, g_source_remove);
  g_clear_handle_id (&view->redraw_source, g_source_remove);
  g_clear_handle_id (&view->busy_source, g_source_remove);
  _plateau_plot_view_clear_handle (view);
  g_clear_pointer (&view->message, gtk_widget_unparent);
  G_OBJECT_CLASS (plateau_plot_view_parent_class)->dispose (object);
}

static void
plateau_plot_view_finalize (GObject *object)
{
  PlateauPlotView *view = PLATEAU_PLOT_VIEW (object);
  g_clear_pointer (&view->layout, plateau_layout_unref);
  g_clear_pointer (&view->figure, plateau_figure_unref);
  g_clear_object (&view->picture);
  g_array_unref (view->views);
  g_ptr_array_unref (view->history);
  g_hash_table_unref (view->hidden);
  g_free (view->hover_text);
  g_free (view->title);
  G_OBJECT_CLASS (plateau_plot_view_parent_class)->finalize (object);
}

static void
plateau_plot_view_class_init (PlateauPlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = plateau_plot_view_dispose;
  object_class->finalize = plateau_plot_view_finalize;
  widget_class->snapshot = plateau_plot_view_snapshot;
  widget_class->measure = plateau_plot_view_measure;
  widget_class->size_allocate = plateau_plot_view_size_allocate;
  widget_class->css_changed = plateau_plot_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  _plateau_plot_view_install_keys (widget_class);
  signals[READ_OFF] = g_signal_new ("read-off", PLATEAU_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAG_ACTIVATED] = g_signal_new ("tag-activated", PLATEAU_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PICKED] = g_signal_new ("picked", PLATEAU_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[HANDLE_MOVED] =
      g_signal_new ("handle-moved", PLATEAU_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
  signals[VIEW_CHANGED] = g_signal_new ("view-changed", PLATEAU_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
plateau_plot_view_init (PlateauPlotView *view)
{
  view->views = g_array_new (FALSE, FALSE, sizeof (PlateauView));
  view->history = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_ptr_array_add (view->history, copy_views (view->views));
  view->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  view->grid = TRUE;
  view->highlight_panel = view->highlight_layer = -1;
  view->pointer_x = view->pointer_y = -1;
  view->message = gtk_label_new (NULL);
  gtk_widget_add_css_class (view->message, "plot-message");
  gtk_label_set_wrap (GTK_LABEL (view->message), TRUE);
  gtk_label_set_justify (GTK_LABEL (view->message), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (view->message), 48);
  gtk_widget_set_halign (view->message, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (view->message, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (view->message, FALSE);
  gtk_widget_set_parent (view->message, GTK_WIDGET (view));
  gtk_widget_set_focusable (GTK_WIDGET (view), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (view), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (view), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (view), GTK_OVERFLOW_HIDDEN);
  _plateau_plot_view_init_gestures (view);
}

GtkWidget *
plateau_plot_view_new (const char *title)
{
  PlateauPlotView *view = g_object_new (PLATEAU_TYPE_PLOT_VIEW, NULL);
  plateau_plot_view_set_title (view, title);
  return GTK_WIDGET (view);
}
