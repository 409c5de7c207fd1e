/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All cells of the project as a spreadsheet-like window: one row a cell, one column a field. A
 * block copied from a spreadsheet is pasted from the focused entry on, or by its heads and names.
 */
GtkWidget *plateau_cell_table_window_new (PlateauDocument *document);

G_END_DECLS
