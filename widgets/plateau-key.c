/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-key.h"

#include "figure/plateau-layout.h"
#include "figure/plateau-plot-kind.h"
#include "plateau-manner.h"

#define KEY_WIDTH 28
#define KEY_HEIGHT 14

struct _PlateauKey
{
  GtkWidget parent_instance;

  PlateauSlot slot;
};

G_DEFINE_FINAL_TYPE (PlateauKey, plateau_key, GTK_TYPE_WIDGET)

gboolean
plateau_widget_is_dark (GtkWidget *widget)
{
  GdkRGBA text;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  return 0.2126 * text.red + 0.7152 * text.green + 0.0722 * text.blue > 0.5;
}

PlateauTheme
plateau_widget_get_theme (GtkWidget *widget)
{
  gboolean dark = plateau_widget_is_dark (widget);
  if (plateau_manner_get_contrast (plateau_manner_get_default ()))
    return dark ? PLATEAU_THEME_CONTRAST_DARK : PLATEAU_THEME_CONTRAST;
  return dark ? PLATEAU_THEME_DARK : PLATEAU_THEME_LIGHT;
}

static void
plateau_key_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? KEY_WIDTH : KEY_HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
plateau_key_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlateauKey *key = PLATEAU_KEY (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);
  g_autoptr (PlateauStyle) sizes = plateau_style_new_screen (NULL, 13);
  PlateauRect area = { 0, (height - KEY_HEIGHT) / 2.0, width, KEY_HEIGHT };
  PlateauLayerStyle style = { .width = 1, .marker_size = 1, .marker_every = 1, .alpha = 1 };
  plateau_layer_style_for_slot (&style, key->slot);
  style.marker = plateau_slot_get_marker (key->slot);
  style.colour.colours = plateau_manner_get_colours (plateau_manner_get_default ());
  plateau_draw_key (canvas, &style, sizes, plateau_widget_get_theme (widget), &area);
  cairo_destroy (cr);
}

static void
plateau_key_class_init (PlateauKeyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  widget_class->measure = plateau_key_measure;
  widget_class->snapshot = plateau_key_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "key");
}

static void
plateau_key_init (PlateauKey *key)
{
  key->slot = PLATEAU_SLOT_NONE;
  gtk_widget_set_valign (GTK_WIDGET (key), GTK_ALIGN_CENTER);
  g_signal_connect_object (plateau_manner_get_default (), "changed",
                           G_CALLBACK (gtk_widget_queue_draw), key, G_CONNECT_SWAPPED);
}

GtkWidget *
plateau_key_new (void)
{
  return g_object_new (PLATEAU_TYPE_KEY, NULL);
}

void
plateau_key_set_slot (PlateauKey *key, PlateauSlot slot)
{
  g_return_if_fail (PLATEAU_IS_KEY (key));
  if (key->slot == slot)
    return;
  key->slot = slot;
  gtk_widget_queue_draw (GTK_WIDGET (key));
}
