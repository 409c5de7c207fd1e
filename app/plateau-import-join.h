/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

G_BEGIN_DECLS

/* Files of one name become one cell; where it is not certain that they are, the user is asked by
 * a message, and meanwhile they are joined. */

/* @cells: ids of the cells that files were added to */
void plateau_import_ask_joins (PlateauDocument *document, GArray *cells);
void plateau_import_keep_joined (PlateauDocument *document, gint64 cell);
/* Each file but the first becomes a cell of its own; one step to undo. */
void plateau_import_keep_apart (PlateauDocument *document, gint64 cell);

G_END_DECLS
