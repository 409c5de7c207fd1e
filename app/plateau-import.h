/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"
#include "readers/plateau-reader.h"

G_BEGIN_DECLS

/* The one way of files into a document: drop, open dialog, paste and command line all end here.
 * Folders are walked, files read on several threads; a bad file is one message with its reason and
 * its remedy, and the others are there. One action, "Add 3 files", to undo. */

/* Called on the main thread when all is done. @cells: ids of the new cells, in order. */
typedef void (*PlateauImportDone) (PlateauDocument *document, GArray *cells, gpointer user_data);

/* @options: (nullable): said by the user; copied. @cell: (nullable): the cell that the data belong
 * to, else cells are guessed from the names. */
void plateau_import_files (PlateauDocument *document, GFile *const *files, guint n_files,
                           const PlateauReadOptions *options, PlateauCell *cell,
                           PlateauImportDone done, gpointer user_data);

/* What a drop would do, from the names alone, one line for the card of the window. */
char *plateau_import_foresee (PlateauDocument *document, GSList *files);

G_END_DECLS
