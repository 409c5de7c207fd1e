/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-window.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One running program for all windows: a second start hands its files to the first. */
#define PLATEAU_TYPE_APPLICATION (plateau_application_get_type ())
G_DECLARE_FINAL_TYPE (PlateauApplication, plateau_application, PLATEAU, APPLICATION, GtkApplication)

PlateauApplication *plateau_application_new (void);
/* In @window when it is empty, else in a new one. */
void plateau_application_open_project (PlateauApplication *application, PlateauWindow *window,
                                       const char *path);
void plateau_application_open_example (PlateauApplication *application, PlateauWindow *window);

G_END_DECLS
