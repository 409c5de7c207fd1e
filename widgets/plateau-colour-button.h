/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Chooses the colour of something on a figure: by the role of a sample, from palettes that stay
 * apart for colour-blind eyes and in grey, or any as #rrggbb. The text is that of
 * plateau_colour_parse(); "" is automatic.
 *
 * Signal chosen (char *text): returns why it cannot be (transfer full), or NULL. */
#define PLATEAU_TYPE_COLOUR_BUTTON (plateau_colour_button_get_type ())
G_DECLARE_FINAL_TYPE (PlateauColourButton, plateau_colour_button, PLATEAU, COLOUR_BUTTON, GtkWidget)

GtkWidget *plateau_colour_button_new (void);
/* @text: what is set, "": automatic; @shown: (nullable): what automatic gives just now. */
void plateau_colour_button_set_text (PlateauColourButton *button, const char *text,
                                     const char *shown);

G_END_DECLS
