/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For developers: with PLATEAU_WATCH_MS=N in the environment each turn of the main loop that keeps
 * the window waiting for N ms or more is told on the error stream, with where it was at the time. */
void plateau_watch_start (void);

G_END_DECLS
