/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"
#include "data/plateau-sample.h"

G_BEGIN_DECLS

/* What the names of files tell about the cells that were measured. A guess, to be corrected. */
typedef struct
{
  char *cell;   /* "S-LRMO-1" */
  char *sample; /* "S-LRMO" */
  char *family; /* "LRMO" */
  PlateauRole role;
  guint replicate; /* 1, or 0 when the name has none */
  gint64 sequence; /* orders the files of one cell; -1 when the name does not tell */
} PlateauNaming;

PlateauNaming *plateau_naming_guess (const char *name, const char *folder, const char *cell_name);
GPtrArray *plateau_naming_guess_list (GPtrArray *measurements);
void plateau_naming_free (PlateauNaming *naming);
char *plateau_naming_without_mark (const char *name);
int plateau_naming_compare (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauNaming, plateau_naming_free)

G_END_DECLS
