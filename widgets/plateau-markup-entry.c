/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-markup-entry.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define COLUMNS 8

/* What these users write into axis titles and legends. */
static const char *const symbols[]
    = { "α", "β", "γ", "δ", "ε", "η", "θ", "λ", "μ", "ν", "ρ", "σ", "τ", "φ", "ω", "Δ",
        "Φ", "Ω", "Ω cm²", "mAh g⁻¹", "mA g⁻¹", "mAh cm⁻²", "S cm⁻¹", "cm² s⁻¹",
        "Li⁺/Li", "Li<sup>+</sup>", "Z′", "−Z″", "°C", "Å", "±", "×", "·", "−", "–", "→", "←",
        "≈", "≤", "≥", "∞", "½", "‰", "²", "³", "⁻¹", "⁻²", "₂", "\xe2\x80\x89" };

static const struct
{
  const char *label, *tag, *name;
  guint key;
} wraps[] = { { "x<sup>2</sup>", "sup", N_ ("Superscript"), GDK_KEY_plus },
              { "x<sub>2</sub>", "sub", N_ ("Subscript"), GDK_KEY_minus },
              { "<i>x</i>", "i", N_ ("Italic"), GDK_KEY_i },
              { "<b>x</b>", "b", N_ ("Bold"), GDK_KEY_b } };

static void
insert (GtkWidget *entry, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (entry);
  int start, end, position;

  /* A text that is selected as a whole because the entry was just opened is kept. */
  if (gtk_editable_get_selection_bounds (editable, &start, &end))
    {
      /* A text that is selected as a whole because the entry was just opened is kept. */
      if (start > 0 || end < (int)g_utf8_strlen (gtk_editable_get_text (editable), -1))
        gtk_editable_delete_selection (editable);
      else
        gtk_editable_set_position (editable, -1);
    }
  position = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
}

/* Puts the selection, or nothing, between a pair of tags and the cursor behind it, or within. */
static void
wrap (GtkWidget *entry, const char *tag)
{
  GtkEditable *editable = GTK_EDITABLE (entry);
  g_autofree char *open = g_strdup_printf ("<%s>", tag), *close = g_strdup_printf ("</%s>", tag);
  int start, end, position;

  if (!gtk_editable_get_selection_bounds (editable, &start, &end))
    start = end = gtk_editable_get_position (editable);
  position = end;
  gtk_editable_insert_text (editable, close, -1, &position);
  position = start;
  gtk_editable_insert_text (editable, open, -1, &position);
  gtk_editable_set_position (editable, end + (int)g_utf8_strlen (open, -1)
                                           + (end > start ? (int)g_utf8_strlen (close, -1) : 0));
}

static GtkWidget *
popover_of (GtkWidget *entry)
{
  return g_object_get_data (G_OBJECT (entry), "symbols");
}

gboolean
plateau_markup_entry_is_open (GtkWidget *entry)
{
  GtkWidget *popover = entry ? popover_of (entry) : NULL;

  return popover && gtk_widget_get_visible (popover);
}

static void
symbol_clicked (GtkButton *button, GtkWidget *entry)
{
  insert (entry, g_object_get_data (G_OBJECT (button), "symbol"));
}

static void
wrap_clicked (GtkButton *button, GtkWidget *entry)
{
  wrap (entry, g_object_get_data (G_OBJECT (button), "tag"));
}

static void
closed (GtkPopover *popover, GtkWidget *entry)
{
  int position = gtk_editable_get_position (GTK_EDITABLE (entry));

  gtk_widget_grab_focus (entry);
  gtk_editable_select_region (GTK_EDITABLE (entry), position, position);
}

static GtkWidget *
new_button (GtkWidget *child, const char *name)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), child);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  plateau_tooltip_set (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
build_popover (GtkWidget *entry)
{
  GtkWidget *popover = gtk_popover_new (), *grid = gtk_grid_new ();
  int column = 0, row = 1;

  gtk_widget_add_css_class (grid, "symbols");
  for (guint i = 0; i < G_N_ELEMENTS (wraps); i++)
    {
      GtkWidget *label = gtk_label_new (NULL), *button;

      gtk_label_set_markup (GTK_LABEL (label), wraps[i].label);
      button = new_button (label, _ (wraps[i].name));
      g_object_set_data (G_OBJECT (button), "tag", (gpointer)wraps[i].tag);
      g_signal_connect (button, "clicked", G_CALLBACK (wrap_clicked), entry);
      gtk_grid_attach (GTK_GRID (grid), button, (int)i * 2, 0, 2, 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      gboolean space = g_str_equal (symbols[i], "\xe2\x80\x89");
      GtkWidget *label = gtk_label_new (NULL), *button;
      int span = g_utf8_strlen (symbols[i], -1) > 3 ? 2 : 1;

      gtk_label_set_markup (GTK_LABEL (label), space ? "␣" : symbols[i]);
      button = new_button (label, space ? _ ("Thin space") : symbols[i]);
      g_object_set_data (G_OBJECT (button), "symbol", (gpointer)symbols[i]);
      g_signal_connect (button, "clicked", G_CALLBACK (symbol_clicked), entry);
      if (column + span > COLUMNS)
        {
          column = 0;
          row++;
        }
      gtk_grid_attach (GTK_GRID (grid), button, column, row, span, 1);
      column += span;
    }
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_widget_set_parent (popover, entry);
  g_signal_connect (popover, "closed", G_CALLBACK (closed), entry);
  g_object_set_data_full (G_OBJECT (entry), "symbols", popover,
                          (GDestroyNotify)gtk_widget_unparent);
  return popover;
}

static void
icon_pressed (GtkEntry *entry, GtkEntryIconPosition position, gpointer user_data)
{
  GtkWidget *popover = popover_of (GTK_WIDGET (entry));
  GdkRectangle area;

  if (!popover)
    popover = build_popover (GTK_WIDGET (entry));
  gtk_entry_get_icon_area (entry, position, &area);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &area);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
             GtkWidget *entry)
{
  if (!(state & GDK_CONTROL_MASK))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (wraps); i++)
    if (key == wraps[i].key || (wraps[i].key == GDK_KEY_plus && key == GDK_KEY_equal))
      {
        wrap (entry, wraps[i].tag);
        return TRUE;
      }
  return FALSE;
}

/* A popover that is no child of the entry's own making goes before the entry does. */
static void
destroyed (GtkWidget *entry, gpointer user_data)
{
  g_object_set_data (G_OBJECT (entry), "symbols", NULL);
}

GtkWidget *
plateau_markup_entry_new (void)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY,
                                     "insert-text-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY,
                                   _ ("Symbols, super- and subscripts"));
  g_signal_connect (entry, "icon-press", G_CALLBACK (icon_pressed), NULL);
  g_signal_connect (entry, "destroy", G_CALLBACK (destroyed), NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), entry);
  gtk_widget_add_controller (entry, keys);
  return entry;
}
