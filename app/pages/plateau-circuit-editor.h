/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A circuit as text with its diagram, a list of circuits to start from, and what is wrong with the
 * text. Signal changed: a person has entered a circuit that can be used. */
#define PLATEAU_TYPE_CIRCUIT_EDITOR (plateau_circuit_editor_get_type ())
G_DECLARE_FINAL_TYPE (PlateauCircuitEditor, plateau_circuit_editor, PLATEAU, CIRCUIT_EDITOR,
                      GtkWidget)

GtkWidget *plateau_circuit_editor_new (void);
void plateau_circuit_editor_set_text (PlateauCircuitEditor *editor, const char *text);
const char *plateau_circuit_editor_get_text (PlateauCircuitEditor *editor);

G_END_DECLS
