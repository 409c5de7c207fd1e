/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK 4.8 leaves open of keyboard and screen reader, for every widget of the program, called once at
 * its start: rows, their cells and the buttons in drop-downs have names, Tab leaves a list, Escape
 * closes a window that stands over another. */
void plateau_accessible_install (void);
/* How much larger texts are than usual: 1, or up to 2 and more where a person asks for it. Widths that are
 * meant for so many letters are times this. */
double plateau_text_scale (void);

G_END_DECLS
