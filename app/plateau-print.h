/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called when it could not be printed. */
typedef void (*PlateauPrinted) (GtkWindow *parent, const GError *error);

/* Asks for the printer, or, with @path, prints into a PDF file without asking.
 * @figure: bound */
void plateau_print_figure (GtkWindow *parent, PlateauFigure *figure, const char *title,
                           const char *path, PlateauPrinted done);

G_END_DECLS
