/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-first-page.h"

#include "figure/plateau-style.h"
#include "plateau-key.h"
#include "plateau-recent.h"
#include "readers/plateau-reader.h"

#include <glib/gi18n.h>

struct _PlateauFirstPage
{
  GtkWidget parent_instance;

  GtkWidget *scrolled, *drop_target, *suffixes, *steps, *recent, *example_button;
};

G_DEFINE_FINAL_TYPE (PlateauFirstPage, plateau_first_page, GTK_TYPE_WIDGET)

#define DRAWING_WIDTH 200
#define DRAWING_HEIGHT 88

/* Small drawings of the three steps, in the colours of the roles. */

static void
set_colour (cairo_t *cr, GtkWidget *area, PlateauSlot slot)
{
  PlateauColour colour = plateau_colour_slot (slot, 0);
  PlateauRgba rgba = plateau_colour_resolve (&colour, plateau_widget_get_theme (area), FALSE);
  cairo_set_source_rgb (cr, rgba.r, rgba.g, rgba.b);
}

static void
set_ink (cairo_t *cr, GtkWidget *area)
{
  GdkRGBA ink;
  gtk_style_context_get_color (gtk_widget_get_style_context (area), &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
}

static void
draw_sheet (cairo_t *cr, GtkWidget *area, double x, double y, const char *suffix, PlateauSlot slot)
{
  set_ink (cr, area);
  cairo_set_line_width (cr, 1.3);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + 34, y);
  cairo_line_to (cr, x + 48, y + 14);
  cairo_line_to (cr, x + 48, y + 62);
  cairo_line_to (cr, x, y + 62);
  cairo_close_path (cr);
  cairo_move_to (cr, x + 34, y);
  cairo_line_to (cr, x + 34, y + 14);
  cairo_line_to (cr, x + 48, y + 14);
  cairo_stroke (cr);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (area, suffix);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.78));
  pango_layout_set_attributes (layout, attributes);
  int width;
  pango_layout_get_pixel_size (layout, &width, NULL);
  cairo_move_to (cr, x + (48 - width) / 2.0, y + 40);
  pango_cairo_show_layout (cr, layout);
  set_colour (cr, area, slot);
  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, x + 8, y + 33);
  cairo_curve_to (cr, x + 14, y + 22, x + 22, y + 22, x + 40, y + 21);
  cairo_stroke (cr);
}

static void
draw_files (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  double x = (width - 180) / 2.0;
  draw_sheet (cr, GTK_WIDGET (area), x + 2, 20, ".ndax", PLATEAU_SLOT_PRISTINE);
  draw_sheet (cr, GTK_WIDGET (area), x + 66, 6, ".mpr", PLATEAU_SLOT_NONE);
  draw_sheet (cr, GTK_WIDGET (area), x + 130, 20, ".csv", PLATEAU_SLOT_MODIFIED);
}

static void
draw_pair (cairo_t *cr, double x, double y, double w, double h, double share)
{
  cairo_move_to (cr, x, y + 0.55 * h);
  cairo_curve_to (cr, x + 0.1 * w * share, y + 0.1 * h, x + 0.3 * w * share, y + 0.12 * h,
                  x + w * share, y + 0.05 * h);
  cairo_stroke (cr);
  cairo_move_to (cr, x, y + 0.1 * h);
  cairo_curve_to (cr, x + 0.3 * w * share, y + 0.5 * h, x + 0.8 * w * share, y + 0.5 * h,
                  x + 0.92 * w * share, y + 0.98 * h);
  cairo_stroke (cr);
}

static void
draw_curves (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  double x = (width - 180) / 2.0, y = 6, w = 180, h = 76;
  double dash[] = { 6, 3 };
  set_ink (cr, GTK_WIDGET (area));
  cairo_set_line_width (cr, 1.3);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x, y + h);
  cairo_line_to (cr, x + w, y + h);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 2);
  set_colour (cr, GTK_WIDGET (area), PLATEAU_SLOT_PRISTINE);
  cairo_set_dash (cr, dash, 2, 0);
  draw_pair (cr, x, y, w, h, 0.6);
  cairo_set_dash (cr, NULL, 0, 0);
  set_colour (cr, GTK_WIDGET (area), PLATEAU_SLOT_MODIFIED);
  draw_pair (cr, x, y, w, h, 0.94);
}

static void
draw_small_plot (cairo_t *cr, GtkWidget *area, double x, double y)
{
  set_ink (cr, area);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x + 0.5, y + 0.5, 27, 26);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1.5);
  set_colour (cr, area, PLATEAU_SLOT_PRISTINE);
  cairo_move_to (cr, x + 3, y + 22);
  cairo_curve_to (cr, x + 10, y + 20, x + 16, y + 14, x + 25, y + 12);
  cairo_stroke (cr);
  set_colour (cr, area, PLATEAU_SLOT_MODIFIED);
  cairo_move_to (cr, x + 3, y + 22);
  cairo_curve_to (cr, x + 10, y + 18, x + 16, y + 8, x + 25, y + 4);
  cairo_stroke (cr);
}

static void
draw_results (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  double x = (width - 180) / 2.0, y = 10;
  for (int i = 0; i < 6; i++)
    draw_small_plot (cr, GTK_WIDGET (area), x + 4 + (i % 3) * 33, y + (i / 3) * 34);
  double tx = x + 116, tw = 60, th = 61;
  GdkRGBA green;
  gdk_rgba_parse (&green, "#8fd3be");
  gdk_cairo_set_source_rgba (cr, &green);
  cairo_rectangle (cr, tx, y, tw, 12);
  cairo_fill (cr);
  set_ink (cr, GTK_WIDGET (area));
  cairo_set_line_width (cr, 1);
  for (int i = 0; i <= 5; i++)
    {
      cairo_move_to (cr, tx, y + 0.5 + i * th / 5.0);
      cairo_line_to (cr, tx + tw, y + 0.5 + i * th / 5.0);
    }
  for (int i = 0; i <= 3; i++)
    {
      cairo_move_to (cr, tx + 0.5 + i * tw / 3.0, y);
      cairo_line_to (cr, tx + 0.5 + i * tw / 3.0, y + th + 0.5);
    }
  cairo_stroke (cr);
}

static const struct
{
  GtkDrawingAreaDrawFunc draw;
  const char *title, *text;
} steps[] = {
  { draw_files, N_ ("1  Drop your files"),
    N_ ("Cyclers and impedance analysers,\nseveral files or whole folders") },
  { draw_curves, N_ ("2  Say which is modified"),
    N_ ("Pristine and modified appear\nbeside each other in every view") },
  { draw_results, N_ ("3  Take the figure home"),
    N_ ("A figure for the paper and the\nworkbook with every number") },
};

static GtkWidget *
step_new (guint index)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *area = gtk_drawing_area_new ();
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), DRAWING_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), DRAWING_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), steps[index].draw, NULL, NULL);
  gtk_box_append (GTK_BOX (box), area);
  GtkWidget *title = gtk_label_new (_ (steps[index].title));
  gtk_widget_add_css_class (title, "step-title");
  gtk_box_append (GTK_BOX (box), title);
  GtkWidget *text = gtk_label_new (_ (steps[index].text));
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (text, "caption");
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

/* The suffixes that a person knows files by; each reader names its own. */
static char *
list_suffixes (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_readers;
  const PlateauReader *const *readers = plateau_reader_list (&n_readers);
  for (guint i = 0; i < n_readers; i++)
    {
      const char *suffix = readers[i]->suffixes != NULL ? readers[i]->suffixes[0] : NULL;
      if (suffix != NULL && !g_ascii_isdigit (*suffix)
          && g_hash_table_add (seen, (gpointer) suffix))
        g_string_append_printf (text, "%s.%s", text->len > 0 ? "  " : "", suffix);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
plateau_first_page_set_held (PlateauFirstPage *page, gboolean held)
{
  if (held)
    gtk_widget_add_css_class (page->drop_target, "held");
  else
    gtk_widget_remove_css_class (page->drop_target, "held");
}

void
plateau_first_page_focus (PlateauFirstPage *page)
{
  gtk_widget_grab_focus (page->example_button);
}

static void
plateau_first_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PLATEAU_TYPE_FIRST_PAGE);
  G_OBJECT_CLASS (plateau_first_page_parent_class)->dispose (object);
}

static void
plateau_first_page_class_init (PlateauFirstPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = plateau_first_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plateau/Plateau/ui/first-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlateauFirstPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PlateauFirstPage, drop_target);
  gtk_widget_class_bind_template_child (widget_class, PlateauFirstPage, suffixes);
  gtk_widget_class_bind_template_child (widget_class, PlateauFirstPage, steps);
  gtk_widget_class_bind_template_child (widget_class, PlateauFirstPage, recent);
  gtk_widget_class_bind_template_child (widget_class, PlateauFirstPage, example_button);
}

static void
plateau_first_page_init (PlateauFirstPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_box_append (GTK_BOX (page->recent), plateau_recent_box_new ());
  g_autofree char *text = list_suffixes ();
  gtk_label_set_text (GTK_LABEL (page->suffixes), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (page->steps), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What to do"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_flow_box_append (GTK_FLOW_BOX (page->steps), step_new (i));
  for (GtkWidget *child = gtk_widget_get_first_child (page->steps); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
}

GtkWidget *
plateau_first_page_new (void)
{
  return g_object_new (PLATEAU_TYPE_FIRST_PAGE, NULL);
}
