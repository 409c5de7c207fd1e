/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The problems of a document, one row each, with buttons that mend them; never in the way. */
#define PLATEAU_TYPE_MESSAGES (plateau_messages_get_type ())
G_DECLARE_FINAL_TYPE (PlateauMessages, plateau_messages, PLATEAU, MESSAGES, GtkWidget)

GtkWidget *plateau_messages_new (PlateauDocument *document);
/* "1 error, 2 warnings"; NULL when there are none. */
char *plateau_messages_summarise (GListModel *messages);

G_END_DECLS
