/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @document: the finished figure, @label: the template's name. */
typedef void (*PlateauTemplateMade) (gpointer owner, JsonNode *document, const char *label);

/* Asks for a template and which sample takes which place in it, with the figure to be seen at once.
 * @owner: an object, kept while the dialog is open. */
void plateau_template_dialog_show (GtkWindow *parent, PlateauDocument *document,
                                   PlateauTemplateMade made, gpointer owner);

G_END_DECLS
