/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is known about the selected sample or cell, each value with its unit, and the options of the
 * page beside it. */
#define PLATEAU_TYPE_INSPECTOR (plateau_inspector_get_type ())
G_DECLARE_FINAL_TYPE (PlateauInspector, plateau_inspector, PLATEAU, INSPECTOR, GtkWidget)

GtkWidget *plateau_inspector_new (PlateauDocument *document);
/* @sections: (nullable): of the page in view. */
/* @first: above the sample and the cell, for a page that edits something else; @alone: those stay
 * away until one is picked. */
void plateau_inspector_set_page_sections (PlateauInspector *inspector, GtkWidget *sections,
                                          gboolean first, gboolean alone);
void plateau_inspector_focus_field (PlateauInspector *inspector, const char *column);

G_END_DECLS
