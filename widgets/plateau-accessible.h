/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 4.8 leaves open of keyboard and screen reader, for every widget of the program, called once at
 * its start: rows, their cells and the buttons in drop-downs have names, Tab leaves a list, Escape
 * closes a window that stands over another. */
void plateau_accessible_install (void);

G_END_DECLS
