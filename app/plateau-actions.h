/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every action that has a key, in one table: the keys themselves and the shortcuts window come
 * from it. */
typedef struct
{
  const char *group;     /* N_() */
  const char *title;     /* N_() */
  const char *action;    /* detailed name, or NULL: a key of the plot, listed only */
  const char *accels[3]; /* NULL terminated */
} PlateauActionInfo;

const PlateauActionInfo *plateau_actions_list (guint *n_actions);
void plateau_actions_install_accels (GtkApplication *application);
char *plateau_actions_dup_keys (const PlateauActionInfo *info);
GtkWidget *plateau_shortcuts_window_new (void);

G_END_DECLS
