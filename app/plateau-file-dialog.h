/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Native file choosers (through the portal in a sandbox), behind one call. */
typedef void (*PlateauFilesChosen) (GListModel *files, gpointer user_data); /* of GFile */

/* @pattern: (nullable): "*.plateau"; @name: (nullable): proposed name when saving. @user_data is a
 * GObject, kept alive meanwhile. */
void plateau_file_dialog_open (GtkWindow *parent, const char *title, GtkFileChooserAction action,
                               const char *const *patterns, const char *pattern_label,
                               const char *name, PlateauFilesChosen chosen, GObject *user_data);

G_END_DECLS
