/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-study.h"
#include "figure/plateau-style.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The line and marker of a sample, as plots draw them: the sidebar is the legend. */
#define PLATEAU_TYPE_KEY (plateau_key_get_type ())
G_DECLARE_FINAL_TYPE (PlateauKey, plateau_key, PLATEAU, KEY, GtkWidget)

GtkWidget *plateau_key_new (void);
void plateau_key_set_slot (PlateauKey *key, PlateauSlot slot);

/* Whether a widget is drawn light on dark just now. */
gboolean plateau_widget_is_dark (GtkWidget *widget);
PlateauTheme plateau_widget_get_theme (GtkWidget *widget);

G_END_DECLS
