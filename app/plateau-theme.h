/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Light, dark, or what the desktop prefers (plain GTK 4.8 does not follow it by itself); loads the
 * program's style sheets. */
#define PLATEAU_TYPE_THEME_WATCHER (plateau_theme_watcher_get_type ())
G_DECLARE_FINAL_TYPE (PlateauThemeWatcher, plateau_theme_watcher, PLATEAU, THEME_WATCHER, GObject)

PlateauThemeWatcher *plateau_theme_watcher_new (GSettings *settings);

G_END_DECLS
