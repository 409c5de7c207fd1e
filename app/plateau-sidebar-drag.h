/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Cells are dragged from their row in the sidebar to the sample that they belong to. @widget: of a
 * row; @document outlives it. */
void plateau_sidebar_row_make_draggable (GtkWidget *widget, PlateauDocument *document);

G_END_DECLS
