/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of a form made from a table of options: entry with unit, check button, chooser, text.
 * Signal changed (char *label): a person has set another value; read them with to_json(). */
#define PLATEAU_TYPE_OPTION_EDITOR (plateau_option_editor_get_type ())
G_DECLARE_FINAL_TYPE (PlateauOptionEditor, plateau_option_editor, PLATEAU, OPTION_EDITOR, GtkWidget)

/* @defaults: an options struct, copied. @only: (nullable): NULL terminated names to show. */
GtkWidget *plateau_option_editor_new (const PlateauOption *table, gconstpointer defaults,
                                      gsize size, const char *const *only);
void plateau_option_editor_set_json (PlateauOptionEditor *editor, JsonObject *values);
JsonObject *plateau_option_editor_to_json (PlateauOptionEditor *editor);
gconstpointer plateau_option_editor_get_options (PlateauOptionEditor *editor);

/* A row of a form: label at the left, widget at the right, as the inspector has them. */
GtkWidget *plateau_form_row_new (const char *label, GtkWidget *widget, const char *help);

/* A spin button or slider among others that scroll: the wheel does not change it. */
void plateau_widget_leave_wheel (GtkWidget *widget);

G_END_DECLS
