/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-undo-keys.h"

#define OWN_TYPING "plateau-own-typing"

void
plateau_undo_keys_leave (GtkWidget *entry)
{
  g_object_set_data (G_OBJECT (entry), OWN_TYPING, GINT_TO_POINTER (TRUE));
}

/* Texts that are no value of the project: searches, notes, what asks in a popover. */
static gboolean
has_own_typing (GtkWidget *focus)
{
  if (!GTK_IS_TEXT (focus))
    return GTK_IS_TEXT_VIEW (focus);
  GtkWidget *entry = gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY);
  return gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY) != NULL
         || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL
         || (entry != NULL && g_object_get_data (G_OBJECT (entry), OWN_TYPING) != NULL);
}

gboolean
plateau_undo_keys_take_text (GtkWidget *window, gboolean forward)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  GtkWidget *entry;
  if (has_own_typing (focus))
    {
      gtk_widget_activate_action (focus, forward ? "text.redo" : "text.undo", NULL);
      return TRUE;
    }
  if (!GTK_IS_TEXT (focus))
    return FALSE;
  if ((entry = gtk_widget_get_ancestor (focus, GTK_TYPE_SPIN_BUTTON)) != NULL)
    gtk_spin_button_update (GTK_SPIN_BUTTON (entry));
  else if ((entry = gtk_widget_get_ancestor (focus, GTK_TYPE_ENTRY)) != NULL)
    {
      g_signal_emit_by_name (entry, "activate");
      /* What cannot be entered goes first. */
      if (gtk_widget_has_css_class (entry, "error"))
        {
          gtk_widget_activate_action (focus, forward ? "text.redo" : "text.undo", NULL);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
step (GtkWidget *window, GVariant *forward, gpointer document)
{
  gboolean ahead = g_variant_get_boolean (forward);
  GtkEventController *controller = g_object_get_data (G_OBJECT (window), "undo-keys");
  gboolean enters = gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE;
  if (enters && plateau_undo_keys_take_text (window, ahead))
    return TRUE;
  plateau_document_settle (document);
  if (ahead)
    plateau_document_redo (document);
  else
    plateau_document_undo (document);
  return TRUE;
}

void
plateau_undo_keys_add (GtkWidget *window, PlateauDocument *document, GtkPropagationPhase phase)
{
  static const struct
  {
    const char *keys;
    gboolean forward;
  } ways[] = { { "<Control>z", FALSE }, { "<Control><Shift>z", TRUE }, { "<Control>y", TRUE } };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, phase);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (
          gtk_shortcut_trigger_parse_string (ways[i].keys),
          gtk_callback_action_new (step, g_object_ref (document), g_object_unref));
      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (ways[i].forward));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  g_object_set_data (G_OBJECT (window), "undo-keys", controller);
  gtk_widget_add_controller (window, controller);
}
