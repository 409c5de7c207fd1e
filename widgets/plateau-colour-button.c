/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-colour-button.h"

#include "figure/plateau-style.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define SWATCH 18
#define COLUMNS 8

struct _PlateauColourButton
{
  GtkWidget parent_instance;

  GtkWidget *button, *swatch, *label, *entry;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauColourButton, plateau_colour_button, GTK_TYPE_WIDGET)

static const struct
{
  const char *text, *name;
} roles[] = { { "pristine", N_ ("As pristine samples") },
              { "modified", N_ ("As modified samples") },
              { "control", N_ ("As control samples") },
              { "variant1", N_ ("As the first variant") },
              { "variant2", N_ ("As the second variant") },
              { "variant3", N_ ("As the third variant") },
              { "ink", N_ ("Ink") },
              { "dim", N_ ("Grey") } };

/* Okabe and Ito, then Tol's bright scheme. */
static const char *const palette[]
    = { "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
        "#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB", "#808080" };

static gboolean
resolve (const char *text, PlateauRgba *rgb)
{
  PlateauColour colour;

  if (!text || !*text || !plateau_colour_parse (text, &colour, NULL)
      || colour.kind == PLATEAU_COLOUR_AUTOMATIC)
    return FALSE;
  *rgb = plateau_colour_resolve (&colour, PLATEAU_THEME_PAPER, FALSE);
  return TRUE;
}

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const char *text = g_object_get_data (G_OBJECT (area), "colour");
  PlateauRgba rgb = { 1, 1, 1, 1 };

  resolve (text, &rgb);
  cairo_rectangle (cr, 0.5, 0.5, width - 1, height - 1);
  cairo_set_source_rgb (cr, rgb.r, rgb.g, rgb.b);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static GtkWidget *
new_swatch (const char *text)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SWATCH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SWATCH);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (area), "colour", g_strdup (text), g_free);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_swatch, NULL, NULL);
  return area;
}

static const char *
name_of (const char *text)
{
  if (!text || !*text)
    return _ ("Automatic");
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (text, roles[i].text))
      return _ (roles[i].name);
  return text;
}

static void
choose (PlateauColourButton *self, const char *text)
{
  g_autofree char *problem = NULL;

  g_signal_emit (self, signals[CHOSEN], 0, text, &problem);
  if (!problem)
    gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
swatch_clicked (GtkButton *button, PlateauColourButton *self)
{
  choose (self, g_object_get_data (G_OBJECT (button), "colour"));
}

static void
entry_activated (GtkEntry *entry, PlateauColourButton *self)
{
  choose (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static GtkWidget *
new_choice (PlateauColourButton *self, const char *text, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), new_swatch (text));
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  plateau_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "colour", (gpointer)text);
  g_signal_connect (button, "clicked", G_CALLBACK (swatch_clicked), self);
  return button;
}

static GtkWidget *
build_popover (PlateauColourButton *self)
{
  GtkWidget *popover = gtk_popover_new (), *grid = gtk_grid_new ();
  GtkWidget *automatic = gtk_button_new_with_label (_ ("Automatic"));
  int row = 1;

  gtk_widget_add_css_class (grid, "symbols");
  g_object_set_data (G_OBJECT (automatic), "colour", (gpointer) "");
  g_signal_connect (automatic, "clicked", G_CALLBACK (swatch_clicked), self);
  gtk_grid_attach (GTK_GRID (grid), automatic, 0, 0, COLUMNS, 1);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    gtk_grid_attach (GTK_GRID (grid), new_choice (self, roles[i].text, _ (roles[i].name)), (int)i,
                     row, 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (palette); i++)
    gtk_grid_attach (GTK_GRID (grid), new_choice (self, palette[i], palette[i]), (int)i % COLUMNS,
                     row + 1 + (int)i / COLUMNS, 1, 1);
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), "#0072B2");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Colour as #rrggbb"), -1);
  g_signal_connect (self->entry, "activate", G_CALLBACK (entry_activated), self);
  gtk_grid_attach (GTK_GRID (grid), self->entry, 0, row + 3, COLUMNS, 1);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  return popover;
}

static void
plateau_colour_button_dispose (GObject *object)
{
  PlateauColourButton *self = PLATEAU_COLOUR_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (plateau_colour_button_parent_class)->dispose (object);
}

static void
plateau_colour_button_class_init (PlateauColourButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_colour_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", PLATEAU_TYPE_COLOUR_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_STRING, 1, G_TYPE_STRING);
}

static void
plateau_colour_button_init (PlateauColourButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->button = gtk_menu_button_new ();
  self->swatch = new_swatch ("");
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (box), self->swatch);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), build_popover (self));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  plateau_colour_button_set_text (self, "", NULL);
}

GtkWidget *
plateau_colour_button_new (void)
{
  return g_object_new (PLATEAU_TYPE_COLOUR_BUTTON, NULL);
}

void
plateau_colour_button_set_text (PlateauColourButton *self, const char *text, const char *shown)
{
  g_return_if_fail (PLATEAU_IS_COLOUR_BUTTON (self));
  g_object_set_data_full (G_OBJECT (self->swatch), "colour",
                          g_strdup (*text ? text : shown ? shown : ""), g_free);
  gtk_label_set_text (GTK_LABEL (self->label), name_of (text));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_queue_draw (self->swatch);
}
