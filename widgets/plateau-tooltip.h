/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text that is shown while the pointer rests on the widget, and that a screen reader has as its
 * description; NULL: none. Asks nothing of the display until then, while gtk_widget_set_tooltip_text()
 * asks an X server where the pointer is, for each widget, and waits for the answers. */
void plateau_tooltip_set (GtkWidget *widget, const char *text);
const char *plateau_tooltip_get (GtkWidget *widget); /* or NULL */

G_END_DECLS
