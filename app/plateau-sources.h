/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

G_BEGIN_DECLS

/* Keeps an eye on where the files of a document are: hashes each in the background after it was
 * read, and says in one message which are not where they were. Files that were moved are found
 * again in a folder by name and hash. */
#define PLATEAU_TYPE_SOURCES (plateau_sources_get_type ())
G_DECLARE_FINAL_TYPE (PlateauSources, plateau_sources, PLATEAU, SOURCES, GObject)

PlateauSources *plateau_sources_new (PlateauDocument *document);
/* Looks at all files again, soon. */
void plateau_sources_check (PlateauSources *sources);
void plateau_sources_find (PlateauSources *sources, GFile *folder);
/* The missing files are not told again, in this project. */
void plateau_sources_leave (PlateauSources *sources);

G_END_DECLS
