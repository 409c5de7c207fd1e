/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Projects to go on with: those that have no file of the user's yet, then those opened lately and
 * still there. */
typedef struct
{
  char *path;
  char *label;  /* of a draft: the time it was begun */
  gboolean draft;
} PlateauRecent;

/* @except: (nullable): a path that is open already. (element-type PlateauRecent) (transfer full) */
GPtrArray *plateau_recent_list (const char *except);
void plateau_recent_fill_menu (GMenu *menu, const char *except);

/* For the first page: a button for each, hidden while there is none; filled each time it is shown. */
GtkWidget *plateau_recent_box_new (void);

G_END_DECLS
