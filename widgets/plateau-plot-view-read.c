/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-plot-view-private.h"

#include "base/plateau-number.h"
#include "figure/plateau-markup.h"

#include <glib/gi18n.h>

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

void
_plateau_plot_view_update_accessible (PlateauPlotView *view)
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
  if (view->told != NULL)
    g_string_append_printf (text, " %s.", view->told);
  const char *name = view->title != NULL && *view->title != '\0' ? view->title : _ ("Plot");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
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
  g_clear_pointer (&view->told, g_free);
  if (hit != NULL)
    {
      view->hover = *hit;
      view->hover_text = hover_text (view, hit);
    }
  if ((panel != view->highlight_panel || layer != view->highlight_layer)
      && view->render_time < 3 * PLATEAU_LIVE_RENDER_TIME)
    {
      view->highlight_panel = panel;
      view->highlight_layer = layer;
      g_clear_object (&view->picture);
    }
  g_autofree char *line = g_strdup (view->hover_text);
  if (line != NULL)
    for (char *p = strchr (line, '\n'); p != NULL; p = strchr (p, '\n'))
      *p = ' ';
  g_signal_emit_by_name (view, "read-off", line);
  _plateau_plot_view_update_accessible (view);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

char *
_plateau_plot_view_dup_x_value (PlateauPlotView *view, int panel, double x)
{
  return axis_value (&plateau_figure_get_panel (view->figure, (guint) panel)->axes[PLATEAU_AXIS_X],
                     x);
}

void
_plateau_plot_view_tell (PlateauPlotView *view, const char *text)
{
  g_free (view->told);
  view->told = g_strdup (text);
  g_signal_emit_by_name (view, "read-off", text);
  _plateau_plot_view_update_accessible (view);
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
