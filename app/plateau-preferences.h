/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The settings of the program, each kept as soon as it is changed. */
GtkWidget *plateau_preferences_window_new (void);

/* What new cells of a family are given: current of 1C in A/kg and reference offset in V; NaN where
 * nothing is said. */
void plateau_preferences_get_family (const char *family, double *one_c, double *offset);

G_END_DECLS
