/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children beside one another like in a box, and on a further row where there is no room for them:
 * a row of tools never keeps a window from becoming narrow. */
#define PLATEAU_TYPE_WRAP_LAYOUT (plateau_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (PlateauWrapLayout, plateau_wrap_layout, PLATEAU, WRAP_LAYOUT,
                      GtkLayoutManager)

GtkLayoutManager *plateau_wrap_layout_new (int spacing);

G_END_DECLS
