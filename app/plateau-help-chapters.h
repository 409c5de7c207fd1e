/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A chapter of the guide: a title, a picture of what its text speaks of, and paragraphs. The
 * pictures are made by tests/gui/help_pictures.py. */
typedef struct
{
  const char *title;           /* N_() */
  const char *picture, *shows; /* NULL: none; what it shows, N_(), for a screen reader */
  const char *paragraphs[8];   /* N_() */
} PlateauHelpChapter;

const PlateauHelpChapter *plateau_help_list_chapters (guint *n_chapters);

G_END_DECLS
