/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/plateau-figures-legend.h"

#include "plateau-key.h"
#include "plateau-markup-entry.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

#define KEY_WIDTH 28
#define KEY_HEIGHT 16
#define MOST_ROWS 40 /* of a panel with hundreds of curves only the first are listed */

typedef struct
{
  char *label; /* of the curves */
  char *name;  /* what the legend shows for it */
  gboolean shown;
  PlateauLayerStyle style;
} Row;

struct _PlateauFiguresLegend
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GPtrArray *rows; /* of Row */
  gboolean updating;
};

enum
{
  MOVED,
  RENAMED,
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlateauFiguresLegend, plateau_figures_legend, GTK_TYPE_WIDGET)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->label);
  g_free (row->name);
  g_free (row);
}

/* ---- What a person does ---- */

static guint
row_of (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), "row"));
}

static void
up_clicked (GtkButton *button, PlateauFiguresLegend *self)
{
  g_signal_emit (self, signals[MOVED], 0, row_of (button), row_of (button) - 1);
}

static void
down_clicked (GtkButton *button, PlateauFiguresLegend *self)
{
  g_signal_emit (self, signals[MOVED], 0, row_of (button), row_of (button) + 1);
}

static void
toggled (GtkCheckButton *check, PlateauFiguresLegend *self)
{
  const Row *row = g_ptr_array_index (self->rows, row_of (check));
  g_autofree char *label = g_strdup (row->label);

  g_signal_emit (self, signals[TOGGLED], 0, label, gtk_check_button_get_active (check));
}

static void
take_name (GtkWidget *entry, PlateauFiguresLegend *self)
{
  GtkWidget *line = g_object_get_data (G_OBJECT (entry), "problem");
  g_autofree char *name = NULL, *label = NULL, *problem = NULL;
  const Row *row;

  /* Rows that go lose their focus. */
  if (self->updating)
    return;
  row = g_ptr_array_index (self->rows, row_of (entry));
  name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  label = g_strdup (row->label);
  if (g_str_equal (name, row->name))
    return;
  g_object_ref (entry);
  g_object_ref (line);
  g_signal_emit (self, signals[RENAMED], 0, label, name, &problem);
  gtk_label_set_text (GTK_LABEL (line), problem ? problem : "");
  gtk_widget_set_visible (line, problem != NULL);
  (problem ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (entry, "error");
  g_object_unref (line);
  g_object_unref (entry);
}

static void
focus_left (GtkEventController *controller, PlateauFiguresLegend *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (controller);

  if (!plateau_markup_entry_is_open (entry))
    take_name (entry, self);
}

/* ---- Rows ---- */

static void
draw_key (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const PlateauLayerStyle *look = g_object_get_data (G_OBJECT (area), "look");
  g_autoptr (PlateauStyle) sizes = plateau_style_new_screen (NULL, 13);
  g_autoptr (PlateauCanvas) canvas = plateau_canvas_new_cairo (cr, FALSE);

  plateau_draw_key (canvas, look, sizes, plateau_widget_get_theme (GTK_WIDGET (area)),
                    &(PlateauRect){ 1, 0, width - 2, height });
}

static GtkWidget *
new_key (const PlateauLayerStyle *look)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), KEY_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), KEY_HEIGHT);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (area), "look", g_memdup2 (look, sizeof *look), g_free);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_key, NULL, NULL);
  return area;
}

static GtkWidget *
new_button (PlateauFiguresLegend *self, const char *icon, const char *name, guint row,
            gboolean sensitive, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  plateau_tooltip_set (button, name);
  gtk_widget_set_sensitive (button, sensitive);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "row", GUINT_TO_POINTER (row));
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
new_entry (PlateauFiguresLegend *self, const Row *row, guint index)
{
  GtkWidget *entry = plateau_markup_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *name = g_strdup_printf (_ ("Name of %s"), row->label);

  gtk_editable_set_text (GTK_EDITABLE (entry), row->name);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (entry), "row", GUINT_TO_POINTER (index));
  g_signal_connect (entry, "activate", G_CALLBACK (take_name), self);
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static void
append_row (PlateauFiguresLegend *self, guint index, guint n_shown)
{
  const Row *row = g_ptr_array_index (self->rows, index);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *check = gtk_check_button_new (), *entry = new_entry (self, row, index);
  GtkWidget *problem = gtk_label_new (NULL);
  g_autofree char *name = g_strdup_printf (_ ("Show %s"), row->name);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), row->shown);
  plateau_tooltip_set (check, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (check), "row", GUINT_TO_POINTER (index));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled), self);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (problem), 30);
  gtk_widget_add_css_class (problem, "error-text");
  gtk_widget_set_visible (problem, FALSE);
  g_object_set_data (G_OBJECT (entry), "problem", problem);
  gtk_box_append (GTK_BOX (line), check);
  gtk_box_append (GTK_BOX (line), new_key (&row->style));
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), new_button (self, "go-up-symbolic", _ ("Move up"), index,
                                              index > 0 && index < n_shown,
                                              G_CALLBACK (up_clicked)));
  gtk_box_append (GTK_BOX (line), new_button (self, "go-down-symbolic", _ ("Move down"), index,
                                              index + 1 < n_shown, G_CALLBACK (down_clicked)));
  gtk_widget_add_css_class (line, "legend-row");
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), problem);
}

static void
add_row (GPtrArray *rows, PlateauPanel *panel, const PlateauLayer *layer, gboolean shown)
{
  const char *name
      = panel->legend.names ? g_hash_table_lookup (panel->legend.names, layer->label) : NULL;
  Row *row = g_new0 (Row, 1);

  row->label = g_strdup (layer->label);
  row->name = g_strdup (name ? name : layer->label);
  row->shown = shown;
  row->style = layer->style;
  g_ptr_array_add (rows, row);
}

static gboolean
has_row (GPtrArray *rows, const char *label)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((Row *)g_ptr_array_index (rows, i))->label, label))
      return TRUE;
  return FALSE;
}

/* The entries in the order of the legend, then the hidden ones. */
static GPtrArray *
list_rows (PlateauPanel *panel, const PlateauPanelLayout *laid, guint *n_shown)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < laid->entries->len && i < MOST_ROWS; i++)
    {
      const PlateauLegendEntry *entry = g_ptr_array_index (laid->entries, i);

      add_row (rows, panel,
               g_ptr_array_index (panel->layers, g_array_index (entry->layers, guint, 0)), TRUE);
    }
  *n_shown = rows->len;
  for (guint i = 0; i < panel->layers->len && rows->len < MOST_ROWS; i++)
    {
      const PlateauLayer *layer = g_ptr_array_index (panel->layers, i);

      if (layer->hidden && layer->label && *layer->label && !has_row (rows, layer->label))
        add_row (rows, panel, layer, FALSE);
    }
  return rows;
}

static gboolean
same_rows (GPtrArray *a, GPtrArray *b)
{
  if (!a || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const Row *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

      if (!g_str_equal (x->label, y->label) || !g_str_equal (x->name, y->name)
          || x->shown != y->shown || memcmp (&x->style, &y->style, sizeof x->style) != 0)
        return FALSE;
    }
  return TRUE;
}

/* @panel: (nullable): none is selected. Rows that are the same stay, with what is written there. */
void
plateau_figures_legend_show (PlateauFiguresLegend *self, PlateauPanel *panel,
                             const PlateauPanelLayout *laid, const PlateauStyle *style)
{
  GtkWidget *child;
  guint n_shown = 0;
  g_autoptr (GPtrArray) rows = panel ? list_rows (panel, laid, &n_shown)
                                     : g_ptr_array_new_with_free_func (row_free);

  if (same_rows (self->rows, rows))
    return;
  self->updating = TRUE;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = g_steal_pointer (&rows);
  while ((child = gtk_widget_get_first_child (self->box)))
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < self->rows->len; i++)
    append_row (self, i, n_shown);
  self->updating = FALSE;
}

/* ---- Class ---- */

static void
plateau_figures_legend_dispose (GObject *object)
{
  PlateauFiguresLegend *self = PLATEAU_FIGURES_LEGEND (object);

  self->updating = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (plateau_figures_legend_parent_class)->dispose (object);
}

static void
plateau_figures_legend_class_init (PlateauFiguresLegendClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plateau_figures_legend_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[RENAMED] = g_signal_new ("renamed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_STRING, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[TOGGLED] = g_signal_new ("toggled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
plateau_figures_legend_init (PlateauFiguresLegend *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
plateau_figures_legend_new (void)
{
  return g_object_new (PLATEAU_TYPE_FIGURES_LEGEND, NULL);
}
