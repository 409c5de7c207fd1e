/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Parts of a window that take long to make come one after another, each in a turn of the main loop
 * of its own and after the frame that shows the one before, so that the window answers between
 * them. In the order in which they were asked for; each once; not at all for an object that is gone.
 * For the main thread. */
typedef void (*PlateauLaterFunc) (gpointer object);

void plateau_later (gpointer object, PlateauLaterFunc func);
/* Whether anything is still to come. */
gboolean plateau_later_is_pending (void);

G_END_DECLS
