/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Reported values that a person adds to the library of the program; kept in the project. */
GtkWidget *plateau_literature_dialog_new (PlateauDocument *document, GtkWindow *parent);

G_END_DECLS
