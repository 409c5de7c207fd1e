/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-messages.h"
#include "plateau-gradual-model.h"
#include "plateau-tooltip.h"

#include <glib/gi18n.h>

/* A long text that wraps takes its time. */
#define ROWS_AT_FIRST 4
#define ROWS_AT_ONCE 4

struct _PlateauMessages
{
  GtkWidget parent_instance;

  GtkWidget *box, *list;
};

G_DEFINE_FINAL_TYPE (PlateauMessages, plateau_messages, GTK_TYPE_WIDGET)

char *
plateau_messages_summarise (GListModel *messages)
{
  guint n[3] = { 0 };
  for (guint i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (PlateauMessage) message = g_list_model_get_item (messages, i);
      n[plateau_message_get_severity (message)]++;
    }
  g_autofree char *errors = g_strdup_printf (
      ngettext ("%u error", "%u errors", n[PLATEAU_MESSAGE_ERROR]), n[PLATEAU_MESSAGE_ERROR]);
  g_autofree char *warnings = g_strdup_printf (
      ngettext ("%u warning", "%u warnings", n[PLATEAU_MESSAGE_WARNING]),
      n[PLATEAU_MESSAGE_WARNING]);
  if (n[PLATEAU_MESSAGE_ERROR] > 0 && n[PLATEAU_MESSAGE_WARNING] > 0)
    return g_strdup_printf ("%s, %s", errors, warnings);
  if (n[PLATEAU_MESSAGE_ERROR] > 0)
    return g_steal_pointer (&errors);
  if (n[PLATEAU_MESSAGE_WARNING] > 0)
    return g_steal_pointer (&warnings);
  if (n[PLATEAU_MESSAGE_NOTE] > 0)
    return g_strdup_printf (ngettext ("%u note", "%u notes", n[PLATEAU_MESSAGE_NOTE]),
                            n[PLATEAU_MESSAGE_NOTE]);
  return NULL;
}

static GtkWidget *
wrapped_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 64);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
row_new (gpointer item, gpointer user_data)
{
  static const char *const icons[] = { "dialog-information-symbolic", "dialog-warning-symbolic",
                                       "dialog-error-symbolic" };
  static const char *const classes[] = { "note-mark", "warning-mark", "error-mark" };
  const char *const names[] = { _ ("Note"), _ ("Warning"), _ ("Error") };
  PlateauMessage *message = item;
  PlateauSeverity severity = plateau_message_get_severity (message);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (row, "message-row");
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[severity]);
  gtk_widget_add_css_class (icon, classes[severity]);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  names[severity], -1);
  gtk_box_append (GTK_BOX (row), icon);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts),
                  wrapped_label (plateau_message_get_title (message), "message-title"));
  gtk_box_append (GTK_BOX (texts), wrapped_label (plateau_message_get_detail (message), "caption"));
  gtk_box_append (GTK_BOX (row), texts);
  /* Several beside the text would leave no room for it. */
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (plateau_message_get_n_actions (message) > 1 ? texts : row), buttons);
  for (guint i = 0; i < plateau_message_get_n_actions (message); i++)
    {
      const char *label;
      GVariant *target;
      const char *action = plateau_message_get_action (message, i, &label, &target);
      GtkWidget *button = gtk_button_new_with_label (label);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      if (target != NULL)
        gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      gtk_box_append (GTK_BOX (buttons), button);
    }
  return row;
}

static void
plateau_messages_dispose (GObject *object)
{
  g_clear_pointer (&PLATEAU_MESSAGES (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (plateau_messages_parent_class)->dispose (object);
}

static void
plateau_messages_class_init (PlateauMessagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plateau_messages_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "messages");
}

static void
plateau_messages_init (PlateauMessages *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_size_request (self->box, 560, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (header, "messages-header");
  GtkWidget *title = gtk_label_new (_ ("Messages"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (header), title);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (close, "flat");
  plateau_tooltip_set (close, _ ("Close the messages (Esc)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Close the messages"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "win.show-messages");
  gtk_box_append (GTK_BOX (header), close);
  gtk_box_append (GTK_BOX (self->box), header);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_list_box_set_show_separators (GTK_LIST_BOX (self->list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Messages"), -1);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  gtk_box_append (GTK_BOX (self->box), scrolled);
}

GtkWidget *
plateau_messages_new (PlateauDocument *document)
{
  PlateauMessages *self = g_object_new (PLATEAU_TYPE_MESSAGES, NULL);
  GListModel *messages = plateau_document_get_messages (document);
  g_autoptr (GtkSelectionModel) gradual = plateau_gradual_model_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (messages))), ROWS_AT_FIRST,
      ROWS_AT_ONCE, G_MAXUINT);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (gradual), row_new, NULL, NULL);
  return GTK_WIDGET (self);
}
