/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export/plateau-image.h"
#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Files that leave the program, written off the main thread. */

typedef struct
{
  double width_mm; /* 0: the document's */
  double dpi;
} PlateauExportSize;

/* Called on the main thread; @error is NULL when the file at @path is whole. */
typedef void (*PlateauExported) (GObject *owner, const char *path, const GError *error);

void plateau_export_figure (PlateauDocument *document, JsonNode *figure, const char *path,
                            const PlateauExportSize *size, GObject *owner, PlateauExported done);
void plateau_export_data (PlateauDocument *document, JsonNode *figure, PlateauTable *table,
                          const char *path, GObject *owner, PlateauExported done);
void plateau_export_workbook (PlateauDocument *document, const char *path, GObject *owner,
                              PlateauExported done);

/* "Figure + data + settings" as one zip file that opens again, see plateau-archive.h. */
void plateau_export_archive (PlateauDocument *document, const char *name, JsonNode *figure,
                             const char *path, GObject *owner, PlateauExported done);

/* Called on the main thread with the figure as it is drawn; NULL: @error says why not. */
typedef void (*PlateauFigureBound) (GObject *owner, PlateauFigure *figure, const GError *error);

/* A figure that is to be printed. */
void plateau_export_bind_figure (PlateauDocument *document, JsonNode *figure, GObject *owner,
                                 PlateauFigureBound done);
/* A figure in all forms that other programs take, and its data as text. @done: it is there. */
void plateau_export_copy_figure (PlateauDocument *document, JsonNode *figure,
                                 GdkClipboard *clipboard, GObject *owner, PlateauFigureBound done);

/* Asks for width, resolution and format, then for the place. */
void plateau_export_dialog_show (GtkWindow *parent, PlateauDocument *document, JsonNode *figure,
                                 PlateauExported done);

G_END_DECLS
