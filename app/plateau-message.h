/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_MESSAGE_NOTE,
  PLATEAU_MESSAGE_WARNING,
  PLATEAU_MESSAGE_ERROR,
} PlateauSeverity;

/* One problem: what, where, and an action with a name that mends it. */
#define PLATEAU_TYPE_MESSAGE (plateau_message_get_type ())
G_DECLARE_FINAL_TYPE (PlateauMessage, plateau_message, PLATEAU, MESSAGE, GObject)

PlateauMessage *plateau_message_new (PlateauSeverity severity, const char *title,
                                     const char *detail);
PlateauSeverity plateau_message_get_severity (PlateauMessage *message);
const char *plateau_message_get_title (PlateauMessage *message);
const char *plateau_message_get_detail (PlateauMessage *message);

/* Up to three actions of the window: label (translated), detailed action name
 * ("win.read-as('...')"). */
void plateau_message_add_action (PlateauMessage *message, const char *label, const char *action,
                                 GVariant *target);
guint plateau_message_get_n_actions (PlateauMessage *message);
const char *plateau_message_get_action (PlateauMessage *message, guint index, const char **label,
                                        GVariant **target);
/* What the message is about: a new one about the same thing replaces it. */
void plateau_message_set_subject (PlateauMessage *message, const char *subject);
const char *plateau_message_get_subject (PlateauMessage *message);

G_END_DECLS
