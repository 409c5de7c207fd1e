/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-circuit-editor.h"

#include "analysis/plateau-circuit.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>
#include <math.h>

#define DIAGRAM_HEIGHT 96

struct _PlateauCircuitEditor
{
  GtkWidget parent_instance;

  GtkWidget *box, *recipes, *entry, *diagram, *message;
  PlateauCircuit *circuit; /* what the text means, or NULL */
  gboolean updating;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauCircuitEditor, plateau_circuit_editor, GTK_TYPE_WIDGET)

/* --- diagram ------------------------------------------------------------------------------------
 */

static void
draw_zigzag (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_move_to (cr, x, y);
  for (int i = 0; i < 6; i++)
    cairo_line_to (cr, x + width * (i + 0.5) / 6, y + (i % 2 == 0 ? -height : height));
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
}

static void
draw_plates (cairo_t *cr, double x, double y, double width, double height, gboolean bent)
{
  for (int plate = 0; plate < 2; plate++)
    {
      double at = x + width * (plate == 0 ? 0.4 : 0.6), bend = bent ? 0.12 * width : 0;

      cairo_move_to (cr, at - bend, y - height);
      cairo_line_to (cr, at, y);
      cairo_line_to (cr, at - bend, y + height);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + 0.4 * width, y);
  cairo_move_to (cr, x + 0.6 * width, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
}

static void
draw_coil (cairo_t *cr, double x, double y, double width)
{
  for (int i = 0; i < 4; i++)
    cairo_arc (cr, x + width * (i + 0.5) / 4, y, width / 8, G_PI, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_element (cairo_t *cr, PangoLayout *layout, const PlateauCircuitPart *part, double unit)
{
  double x = part->x * unit, y = part->y * unit, width = part->width * unit;
  double body = 0.56 * width, left = x + 0.22 * width, height = 0.13 * unit;
  int text_width, text_height;

  cairo_move_to (cr, x, y);
  cairo_line_to (cr, left, y);
  cairo_move_to (cr, left + body, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
  switch (part->shape)
    {
    case PLATEAU_CIRCUIT_RESISTOR:
      draw_zigzag (cr, left, y, body, 0.7 * height);
      break;
    case PLATEAU_CIRCUIT_CAPACITOR:
    case PLATEAU_CIRCUIT_CPE:
      draw_plates (cr, left, y, body, height, part->shape == PLATEAU_CIRCUIT_CPE);
      break;
    case PLATEAU_CIRCUIT_INDUCTOR:
      draw_coil (cr, left, y, body);
      break;
    default:
      cairo_rectangle (cr, left, y - height, body, 2 * height);
      cairo_stroke (cr);
    }
  pango_layout_set_text (layout, part->label, -1);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  cairo_move_to (cr, x + 0.5 * (width - text_width), y - height - text_height);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_diagram (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  PlateauCircuitEditor *editor = user_data;
  GdkRGBA colour;
  double total_width, total_height, unit;

  if (editor->circuit == NULL)
    return;
  g_autoptr (GArray) parts = plateau_circuit_draw (editor->circuit, &total_width, &total_height);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (area), NULL);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_size (font, 8 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1.2);
  unit = MIN (MIN (width / total_width, height / total_height), 64);
  cairo_translate (cr, 0.5 * (width - unit * total_width), 0.5 * (height - unit * total_height));
  for (guint i = 0; i < parts->len; i++)
    {
      const PlateauCircuitPart *part = &g_array_index (parts, PlateauCircuitPart, i);

      if (part->shape == PLATEAU_CIRCUIT_LINE)
        {
          cairo_move_to (cr, part->x * unit, part->y * unit);
          cairo_line_to (cr, (part->x + part->width) * unit, (part->y + part->height) * unit);
          cairo_stroke (cr);
        }
      else if (part->shape == PLATEAU_CIRCUIT_TERMINAL)
        {
          cairo_arc (cr, part->x * unit, part->y * unit, 2.5, 0, 2 * G_PI);
          cairo_fill (cr);
        }
      else
        draw_element (cr, layout, part, unit);
    }
}

/* --- text ---------------------------------------------------------------------------------------
 */

static void
show_text (PlateauCircuitEditor *editor)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (editor->entry));
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&editor->circuit, plateau_circuit_unref);
  if (text[0] != '\0')
    editor->circuit = plateau_circuit_parse (text, &error);
  gtk_label_set_text (GTK_LABEL (editor->message), error != NULL ? error->message : "");
  gtk_widget_set_visible (editor->message, error != NULL);
  gtk_widget_set_visible (editor->diagram, editor->circuit != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (editor->entry, "error");
  else
    gtk_widget_remove_css_class (editor->entry, "error");
  gtk_widget_queue_draw (editor->diagram);
}

static void
text_entered (PlateauCircuitEditor *editor)
{
  show_text (editor);
  if (!editor->updating
      && (editor->circuit != NULL
          || gtk_editable_get_text (GTK_EDITABLE (editor->entry))[0] == '\0'))
    g_signal_emit (editor, signals[CHANGED], 0);
}

static void
recipe_chosen (PlateauCircuitEditor *editor)
{
  guint n, chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (editor->recipes));
  const PlateauCircuitRecipe *recipes = plateau_circuit_list_recipes (&n);

  if (editor->updating || chosen == 0 || chosen > n)
    return;
  gtk_editable_set_text (GTK_EDITABLE (editor->entry), recipes[chosen - 1].text);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (editor->recipes), 0);
  text_entered (editor);
}

static void
plateau_circuit_editor_dispose (GObject *object)
{
  PlateauCircuitEditor *editor = PLATEAU_CIRCUIT_EDITOR (object);

  g_clear_pointer (&editor->box, gtk_widget_unparent);
  g_clear_pointer (&editor->circuit, plateau_circuit_unref);
  G_OBJECT_CLASS (plateau_circuit_editor_parent_class)->dispose (object);
}

static void
plateau_circuit_editor_class_init (PlateauCircuitEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_circuit_editor_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
plateau_circuit_editor_init (PlateauCircuitEditor *editor)
{
  guint n;
  const PlateauCircuitRecipe *recipes = plateau_circuit_list_recipes (&n);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Circuits for solid-state cells…"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, _ (recipes[i].label));
  editor->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  editor->recipes = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->recipes), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Circuits to start from"), -1);
  plateau_tooltip_set (editor->recipes,
                       _ ("Circuits that studies of solid-state cells fit, to start from"));
  g_signal_connect_swapped (editor->recipes, "notify::selected", G_CALLBACK (recipe_chosen),
                            editor);
  editor->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (editor->entry), "R0-p(R1,CPE1)-W1");
  gtk_editable_set_width_chars (GTK_EDITABLE (editor->entry), 8);
  plateau_tooltip_set (editor->entry,
                       _ ("- in series, p(…,…) in parallel; or Boukamp’s R(RQ)W. Enter takes it."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (editor->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Circuit"), -1);
  g_signal_connect_swapped (editor->entry, "activate", G_CALLBACK (text_entered), editor);
  g_signal_connect_swapped (editor->entry, "changed", G_CALLBACK (show_text), editor);
  editor->diagram = gtk_drawing_area_new ();
  gtk_widget_set_size_request (editor->diagram, -1, DIAGRAM_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (editor->diagram), draw_diagram, editor, NULL);
  editor->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (editor->message), TRUE);
  gtk_label_set_xalign (GTK_LABEL (editor->message), 0);
  gtk_label_set_width_chars (GTK_LABEL (editor->message), 20);
  gtk_label_set_max_width_chars (GTK_LABEL (editor->message), 30);
  gtk_widget_add_css_class (editor->message, "error");
  gtk_box_append (GTK_BOX (editor->box), editor->recipes);
  gtk_box_append (GTK_BOX (editor->box), editor->entry);
  gtk_box_append (GTK_BOX (editor->box), editor->diagram);
  gtk_box_append (GTK_BOX (editor->box), editor->message);
  gtk_widget_set_visible (editor->diagram, FALSE);
  gtk_widget_set_visible (editor->message, FALSE);
  gtk_widget_set_parent (editor->box, GTK_WIDGET (editor));
}

GtkWidget *
plateau_circuit_editor_new (void)
{
  return g_object_new (PLATEAU_TYPE_CIRCUIT_EDITOR, NULL);
}

void
plateau_circuit_editor_set_text (PlateauCircuitEditor *editor, const char *text)
{
  editor->updating = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (editor->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (editor->entry), text != NULL ? text : "");
  editor->updating = FALSE;
}

const char *
plateau_circuit_editor_get_text (PlateauCircuitEditor *editor)
{
  return gtk_editable_get_text (GTK_EDITABLE (editor->entry));
}
