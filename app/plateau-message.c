/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plateau-message.h"

typedef struct
{
  char *label, *action;
  GVariant *target;
} MessageAction;

struct _PlateauMessage
{
  GObject parent_instance;

  PlateauSeverity severity;
  char *title, *detail, *subject;
  GArray *actions;
};

G_DEFINE_FINAL_TYPE (PlateauMessage, plateau_message, G_TYPE_OBJECT)

static void
action_clear (MessageAction *action)
{
  g_free (action->label);
  g_free (action->action);
  g_clear_pointer (&action->target, g_variant_unref);
}

static void
plateau_message_finalize (GObject *object)
{
  PlateauMessage *message = PLATEAU_MESSAGE (object);
  g_free (message->title);
  g_free (message->detail);
  g_free (message->subject);
  g_array_unref (message->actions);
  G_OBJECT_CLASS (plateau_message_parent_class)->finalize (object);
}

static void
plateau_message_class_init (PlateauMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plateau_message_finalize;
}

static void
plateau_message_init (PlateauMessage *message)
{
  message->actions = g_array_new (FALSE, FALSE, sizeof (MessageAction));
  g_array_set_clear_func (message->actions, (GDestroyNotify) action_clear);
}

PlateauMessage *
plateau_message_new (PlateauSeverity severity, const char *title, const char *detail)
{
  PlateauMessage *message = g_object_new (PLATEAU_TYPE_MESSAGE, NULL);
  message->severity = severity;
  message->title = g_strdup (title);
  message->detail = g_strdup (detail);
  return message;
}

PlateauSeverity
plateau_message_get_severity (PlateauMessage *message)
{
  return message->severity;
}

const char *
plateau_message_get_title (PlateauMessage *message)
{
  return message->title;
}

const char *
plateau_message_get_detail (PlateauMessage *message)
{
  return message->detail;
}

void
plateau_message_add_action (PlateauMessage *message, const char *label, const char *action,
                            GVariant *target)
{
  MessageAction entry = { g_strdup (label), g_strdup (action),
                          target != NULL ? g_variant_ref_sink (target) : NULL };
  g_array_append_val (message->actions, entry);
}

guint
plateau_message_get_n_actions (PlateauMessage *message)
{
  return message->actions->len;
}

const char *
plateau_message_get_action (PlateauMessage *message, guint index, const char **label,
                            GVariant **target)
{
  MessageAction *action = &g_array_index (message->actions, MessageAction, index);
  *label = action->label;
  *target = action->target;
  return action->action;
}

void
plateau_message_set_subject (PlateauMessage *message, const char *subject)
{
  g_free (message->subject);
  message->subject = g_strdup (subject);
}

const char *
plateau_message_get_subject (PlateauMessage *message)
{
  return message->subject;
}
