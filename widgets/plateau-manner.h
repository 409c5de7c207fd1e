/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-style.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the person at this screen prefers: units and colours of everything that is shown. The
 * application sets it from its settings; widgets look at it. Signal changed. */
#define PLATEAU_TYPE_MANNER (plateau_manner_get_type ())
G_DECLARE_FINAL_TYPE (PlateauManner, plateau_manner, PLATEAU, MANNER, GObject)

PlateauManner *plateau_manner_get_default (void); /* borrowed */
void plateau_manner_set (PlateauManner *manner, const PlateauNotation *notation,
                         PlateauColours colours);
const PlateauNotation *plateau_manner_get_notation (PlateauManner *manner);
PlateauColours plateau_manner_get_colours (PlateauManner *manner);
/* Whether the desktop asks for high contrast. */
void plateau_manner_set_contrast (PlateauManner *manner, gboolean contrast);
gboolean plateau_manner_get_contrast (PlateauManner *manner);

/* A text in the units that are preferred. (transfer full) */
char *plateau_manner_dup_text (const char *text);
/* Choices of a drop down of strings in those units; its selection is to be set again after it. */
void plateau_manner_label_choices (GtkDropDown *chooser, const char *const *labels);

G_END_DECLS
