/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/plateau-figures-fields.h"

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The fields of what is selected on a figure. A field is a place in the document; what a person
 * enters is handed to the page, which tries it; what cannot be is said under the field, which keeps
 * what was entered.
 *
 * Signals:
 *   edited (int owner, char *section, char *key, JsonNode *value, char *label): section "" is the
 *     owner itself; value NULL: chosen again; @label names the step. Returns why it cannot be
 *     (transfer full), or NULL
 *   opened: a section, whose fields are made by the next plateau_figures_inspector_show()
 *   up: from a part to its panel, from a panel to the figure */
#define PLATEAU_TYPE_FIGURES_INSPECTOR (plateau_figures_inspector_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFiguresInspector, plateau_figures_inspector, PLATEAU,
                      FIGURES_INSPECTOR, GtkWidget)

typedef struct
{
  PlateauHit selected;
  const char *title, *subtitle;
  JsonObject *own[PLATEAU_N_EDITED];   /* what the document says; NULL: not selected */
  JsonObject *shown[PLATEAU_N_EDITED]; /* what is drawn: hints where the document says nothing */
  guint annotation_kind;
  guint axes; /* 1 << PlateauAxisId of those that the panel has */
  gboolean has_colour_bar;
} PlateauInspected;

GtkWidget *plateau_figures_inspector_new (void);
/* @what: (nullable): no figure */
void plateau_figures_inspector_show (PlateauFiguresInspector *inspector,
                                     const PlateauInspected *what);
/* Puts a widget of the page's own into the section of that name, below its fields, or, where there
 * is no such section, before the axes. */
void plateau_figures_inspector_add (PlateauFiguresInspector *inspector, const char *title,
                                    GtkWidget *widget, guint shown);
void plateau_figures_inspector_say (PlateauFiguresInspector *inspector, const char *error);
void plateau_figures_inspector_focus (PlateauFiguresInspector *inspector);

G_END_DECLS
