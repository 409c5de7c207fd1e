/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"
#include "plateau-page.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The main window: header, sidebar, pages, inspector, status bar, around one document. */
#define PLATEAU_TYPE_WINDOW (plateau_window_get_type ())
G_DECLARE_FINAL_TYPE (PlateauWindow, plateau_window, PLATEAU, WINDOW, GtkApplicationWindow)

PlateauWindow *plateau_window_new (GtkApplication *application, PlateauDocument *document);
PlateauDocument *plateau_window_get_document (PlateauWindow *window);
void plateau_window_set_document (PlateauWindow *window, PlateauDocument *document);
PlateauPage *plateau_window_get_page (PlateauWindow *window); /* the one in view, or NULL */
void plateau_window_show_page (PlateauWindow *window, const char *id);
const char *plateau_window_get_page_id (PlateauWindow *window);
/* Projects are opened, everything else is read into the document. */
void plateau_window_take_files (PlateauWindow *window, GFile *const *files, guint n_files);
/* A line at the foot of the window for a while, with a button when @action is given. */
void plateau_window_toast (PlateauWindow *window, const char *text, const char *label,
                           const char *action, GVariant *target);

G_END_DECLS
