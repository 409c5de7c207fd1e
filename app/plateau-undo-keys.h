/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What Ctrl+Z means where text is being typed: a value that an entry holds but has not entered is
 * entered, so that it is what is undone; a search or a note takes back its own typing.
 * Returns: whether the text has done it all */
gboolean plateau_undo_keys_take_text (GtkWidget *window, gboolean forward);

/* An entry whose Return does something: its typing is taken back, it is not entered. */
void plateau_undo_keys_leave (GtkWidget *entry);

/* Undo and redo of @document by their keys in a window of its own. @phase: GTK_PHASE_BUBBLE where
 * the entries are a form, whose typing is undone first; else GTK_PHASE_CAPTURE. */
void plateau_undo_keys_add (GtkWidget *window, PlateauDocument *document,
                            GtkPropagationPhase phase);

G_END_DECLS
