/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A short illustrated guide that needs no network. */
GtkWidget *plateau_help_window_new (void);

G_END_DECLS
