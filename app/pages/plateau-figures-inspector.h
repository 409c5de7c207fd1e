/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The fields of a figure and of its selected panel. A field is a place in the document; what a
 * person enters is handed to the page, which tries it and says whether it can be. */
#define PLATEAU_TYPE_FIGURES_INSPECTOR (plateau_figures_inspector_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFiguresInspector, plateau_figures_inspector, PLATEAU,
                      FIGURES_INSPECTOR, GtkWidget)

/* Whose member is edited; see plateau_figures_inspector_show(). */
typedef enum
{
  PLATEAU_EDITED_FIGURE,
  PLATEAU_EDITED_PANEL,
  PLATEAU_EDITED_CURVE,
  PLATEAU_EDITED_ANNOTATION,
} PlateauEditedOwner;

/* Signal edited (int owner, char *section, char *key, JsonNode *value): section "" is the owner
 * itself, else a member of it such as "x"; value NULL: chosen again. */
GtkWidget *plateau_figures_inspector_new (void);
/* What is selected, each NULL when it is not: a panel of the figure, a curve's look in it, an
 * annotation in it. */
void plateau_figures_inspector_show (PlateauFiguresInspector *inspector, JsonObject *figure,
                                     JsonObject *panel, JsonObject *curve, JsonObject *annotation);
void plateau_figures_inspector_say (PlateauFiguresInspector *inspector, const char *error);

G_END_DECLS
