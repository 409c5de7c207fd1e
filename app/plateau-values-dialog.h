/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks for pasted numbers and makes a figure of box plots of them. @made is called with the name
 * of the new figure. */
typedef void (*PlateauValuesMade) (gpointer owner, const char *name);

void plateau_values_dialog_show (GtkWindow *parent, PlateauDocument *document,
                                 PlateauValuesMade made, gpointer owner);

G_END_DECLS
