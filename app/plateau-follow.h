/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

G_BEGIN_DECLS

/* Follows the files of a document: a test that still runs is read again when its file has grown,
 * and its new rows take the place of the old ones without a step to undo. A file that was changed
 * in another way is not taken over; a message offers to read it again. */
#define PLATEAU_TYPE_FOLLOW (plateau_follow_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFollow, plateau_follow, PLATEAU, FOLLOW, GObject)

PlateauFollow *plateau_follow_new (PlateauDocument *document);

/* For tests: how long a file must be quiet before it is read, and how often files are asked for
 * their size where no notice of their changes can be had; milliseconds. */
void plateau_follow_set_pace (PlateauFollow *follow, guint quiet, guint poll);

G_END_DECLS
