/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-figure-paper-private.h"

#include "figure/plateau-markup.h"
#include "plateau-markup-entry.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST_WIDTH 220

/* What is edited: an axis title as "Quantity / unit", whatever form the style gives it. */
static char *
text_of (PlateauFigurePaper *self, const PlateauHit *hit)
{
  const PlateauPanel *panel = plateau_figure_get_panel (self->figure, (guint)hit->panel);
  const PlateauPanelLayout *pl = plateau_layout_get_panel (self->layout, (guint)hit->panel);
  const PlateauLegendEntry *entry;
  const PlateauAxis *axis;
  const char *text = NULL, *shown;

  switch (hit->part)
    {
    case PLATEAU_PART_TITLE:
    case PLATEAU_PART_PANEL:
      text = panel->title;
      break;
    case PLATEAU_PART_LETTER:
      text = pl->letter;
      break;
    case PLATEAU_PART_AXIS_TITLE:
      axis = &panel->axes[hit->index];
      return g_strdup_printf ("%s%s%s", axis->title ? axis->title : "",
                              axis->unit && *axis->unit ? " / " : "",
                              axis->unit ? axis->unit : "");
    case PLATEAU_PART_LEGEND:
      text = panel->legend.title;
      break;
    case PLATEAU_PART_LEGEND_ENTRY:
      entry = g_ptr_array_index (pl->entries, hit->index);
      shown = panel->legend.names ? g_hash_table_lookup (panel->legend.names, entry->label) : NULL;
      text = shown ? shown : entry->label;
      break;
    case PLATEAU_PART_COLOUR_BAR:
      text = panel->colour_bar.title;
      break;
    case PLATEAU_PART_ANNOTATION:
      text = g_array_index (panel->annotations, PlateauAnnotation, hit->index).text;
      break;
    case PLATEAU_PART_NONE:
    case PLATEAU_PART_PLOT_AREA:
    case PLATEAU_PART_AXIS:
    case PLATEAU_PART_LAYER:
    case PLATEAU_PART_INSET:
    default:
      return NULL;
    }
  return g_strdup (text ? text : "");
}

static gboolean
commit (PlateauFigurePaper *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *before = text_of (self, &self->edited), *problem = NULL;
  PlateauHit edited = self->edited;

  if (g_strcmp0 (text, before) != 0)
    {
      g_autofree char *copy = g_strdup (text);

      g_signal_emit_by_name (self, "text-edited", &edited, copy, &problem);
    }
  if (!problem)
    {
      _plateau_figure_paper_close_editor (self);
      return TRUE;
    }
  gtk_label_set_text (GTK_LABEL (self->problem), problem);
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return FALSE;
}

static void
activated (GtkEntry *entry, PlateauFigurePaper *self)
{
  if (commit (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
commit_later (gpointer user_data)
{
  PlateauFigurePaper *self = user_data;

  self->commit_source = 0;
  if (self->editor)
    commit (self);
  return G_SOURCE_REMOVE;
}

static void
focus_left (GtkEventControllerFocus *controller, PlateauFigurePaper *self)
{
  /* The popover of symbols takes the focus too, and gives it back. */
  if (!self->editor || self->closing || plateau_markup_entry_is_open (self->entry))
    return;
  /* A widget must not go while the focus is being moved off it. */
  if (self->commit_source == 0)
    self->commit_source = g_idle_add (commit_later, self);
}

static gboolean
key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
             PlateauFigurePaper *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  _plateau_figure_paper_close_editor (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return TRUE;
}

void
_plateau_figure_paper_allocate_editor (PlateauFigurePaper *self)
{
  double left, top, scale, x, y;
  PlateauRect box;
  int width, height, minimum;

  if (!self->editor)
    return;
  scale = _plateau_figure_paper_geometry (self, &left, &top);
  box = _plateau_figure_paper_part_box (self, &self->edited);
  gtk_widget_measure (self->editor, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  width = MAX (LEAST_WIDTH, minimum);
  if (self->edited.part != PLATEAU_PART_PANEL)
    width = MAX (width, (int)(scale * MAX (box.width, box.height)) + 48);
  width = MIN (width, MAX (minimum, gtk_widget_get_width (GTK_WIDGET (self)) - 8));
  gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  x = left + scale * (box.x + box.width / 2) - width / 2.0;
  y = top + scale * (box.y + box.height / 2) - 16;
  if (self->edited.part == PLATEAU_PART_PANEL)
    y = top + scale * box.y;
  x = CLAMP (x, 4, MAX (4, gtk_widget_get_width (GTK_WIDGET (self)) - width - 4));
  y = CLAMP (y, 4, MAX (4, gtk_widget_get_height (GTK_WIDGET (self)) - height - 4));
  gtk_widget_size_allocate (self->editor, &(GtkAllocation){ (int)x, (int)y, width, height }, -1);
}

void
_plateau_figure_paper_close_editor (PlateauFigurePaper *self)
{
  if (!self->editor || self->closing)
    return;
  self->closing = TRUE;
  g_clear_handle_id (&self->commit_source, g_source_remove);
  if (gtk_widget_get_state_flags (self->editor) & GTK_STATE_FLAG_FOCUS_WITHIN
      && !gtk_widget_in_destruction (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  self->entry = self->problem = NULL;
  self->closing = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Opens an entry on the text of what is selected. */
void
plateau_figure_paper_edit_text (PlateauFigurePaper *self)
{
  GtkEventController *focus, *keys;
  g_autofree char *text = NULL;

  g_return_if_fail (PLATEAU_IS_FIGURE_PAPER (self));
  if (!self->layout || self->editor || !_plateau_figure_paper_has (self, &self->selected))
    return;
  text = text_of (self, &self->selected);
  if (!text)
    {
      g_signal_emit_by_name (self, "details");
      return;
    }
  self->edited = self->selected;
  self->editor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->editor, "paper-editor");
  self->entry = plateau_markup_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text on the figure"), -1);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 40);
  gtk_widget_add_css_class (self->problem, "error-text");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_box_append (GTK_BOX (self->editor), self->entry);
  gtk_box_append (GTK_BOX (self->editor), self->problem);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activated), self);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "leave", G_CALLBACK (focus_left), self);
  gtk_widget_add_controller (self->entry, focus);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_widget_add_controller (self->editor, keys);
  gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
  _plateau_figure_paper_allocate_editor (self);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
