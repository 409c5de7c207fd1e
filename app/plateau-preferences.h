/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The settings of the program, each kept as soon as it is changed. */
GtkWidget *plateau_preferences_window_new (void);

/* What new cells of a family are given: current of 1C in A/kg and reference offset in V; NaN where
 * nothing is said. */
void plateau_preferences_get_family (const char *family, double *one_c, double *offset);

/* The settings that hold for all that is drawn and written, as members of a figure's style. */
JsonObject *plateau_preferences_dup_manner (GSettings *settings);
gboolean plateau_preferences_is_of_manner (const char *key);

G_END_DECLS
