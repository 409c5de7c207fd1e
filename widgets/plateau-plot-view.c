/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include "plateau-key.h"

#include <glib/gi18n.h>

#define REDRAW_DELAY 120
#define BUSY_DELAY 300
#define MIN_WIDTH 160
#define MIN_HEIGHT 120
#define NATURAL_SIZE 320
#define STRONG 1.5 /* times as wide are lines where contrast is asked for */

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

static void
make_strong (PlateauStyle *style)
{
  double *const lines[] = { &style->axis_line,  &style->curve_line,  &style->many_line,
                            &style->guide_line, &style->error_line,  &style->marker_edge,
                            &style->marker,     &style->small_marker };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    *lines[i] *= STRONG;
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
  if (plateau_theme_is_contrast (plateau_widget_get_theme (GTK_WIDGET (view))))
    make_strong (style);
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

static void
ensure_picture (PlateauPlotView *view)
{
  PlateauLayout *layout = _plateau_plot_view_ensure_layout (view);
  if (layout == NULL || view->picture != NULL)
    return;
  gint64 start = g_get_monotonic_time ();
  view->picture = draw_picture (view, layout);
  view->render_time = g_get_monotonic_time () - start;
  _plateau_plot_view_update_accessible (view);
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
  if (view->render_time < PLATEAU_LIVE_RENDER_TIME)
    {
      _plateau_plot_view_refresh (view);
      return;
    }
  g_clear_handle_id (&view->redraw_source, g_source_remove);
  view->redraw_source = g_timeout_add (REDRAW_DELAY, redraw_now, view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

/* Drawing */

static void
plateau_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlateauPlotView *view = PLATEAU_PLOT_VIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                               gtk_widget_get_height (widget));
  PlateauTheme theme = plateau_widget_get_theme (widget);
  if (theme != view->theme)
    {
      view->theme = theme;
      g_clear_pointer (&view->layout, plateau_layout_unref);
      g_clear_object (&view->picture);
    }
  PlateauRgba paper = plateau_theme_get_paper (theme);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ paper.r, paper.g, paper.b, 1 }, &bounds);
  ensure_picture (view);
  if (view->picture != NULL)
    _plateau_plot_view_append_picture (view, snapshot, &bounds);
  gtk_widget_snapshot_child (widget, view->message, snapshot);
}

static void
plateau_plot_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
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

/* Public state */

void
plateau_plot_view_set_title (PlateauPlotView *view, const char *title)
{
  g_free (view->title);
  view->title = g_strdup (title);
  _plateau_plot_view_update_accessible (view);
}

void
plateau_plot_view_set_figure (PlateauPlotView *view, PlateauFigure *figure, gboolean keep_view)
{
  g_return_if_fail (PLATEAU_IS_PLOT_VIEW (view));
  _plateau_plot_view_set_hover (view, NULL);
  view->highlight_panel = view->highlight_layer = -1;
  view->corner_panel = -1;
  if (figure != NULL)
    plateau_figure_ref (figure);
  g_clear_pointer (&view->figure, plateau_figure_unref);
  view->figure = figure;
  guint n_panels = figure != NULL ? figure->panels->len : 0;
  if (!keep_view || n_panels != view->views->len)
    {
      _plateau_plot_view_reset_views (view);
      _plateau_plot_view_forget_views (view);
    }
  const char *message = figure != NULL ? plateau_figure_get_message (figure) : NULL;
  plateau_plot_view_set_message (view, message);
  plateau_plot_view_set_busy (view, FALSE);
  _plateau_plot_view_update_accessible (view);
  _plateau_plot_view_refresh (view);
  _plateau_plot_view_retell_handle (view);
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
      _plateau_plot_view_reset_views (view);
      _plateau_plot_view_refresh (view);
    }
  _plateau_plot_view_update_accessible (view);
}

const char *
plateau_plot_view_get_message (PlateauPlotView *view)
{
  g_return_val_if_fail (PLATEAU_IS_PLOT_VIEW (view), NULL);
  return gtk_widget_get_visible (view->message) ? gtk_label_get_text (GTK_LABEL (view->message))
                                                : NULL;
}

int
plateau_plot_view_get_message_end (PlateauPlotView *view)
{
  g_return_val_if_fail (PLATEAU_IS_PLOT_VIEW (view), 0);
  return (gtk_widget_get_height (GTK_WIDGET (view)) + gtk_widget_get_height (view->message)) / 2;
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
  g_free (view->told);
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
  _plateau_plot_view_forget_views (view);
  view->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  view->grid = TRUE;
  view->highlight_panel = view->highlight_layer = -1;
  view->pointer_x = view->pointer_y = -1;
  view->corner_panel = -1;
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
