/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An entry for a label of a figure: its icon opens the symbols of the field and raises, lowers or
 * slants what is selected. Ctrl+Plus raises, Ctrl+Minus lowers, Ctrl+I slants, Ctrl+B makes bold. */
GtkWidget *plateau_markup_entry_new (void); /* a GtkEntry */
gboolean plateau_markup_entry_is_open (GtkWidget *entry); /* its symbols are shown */

G_END_DECLS
