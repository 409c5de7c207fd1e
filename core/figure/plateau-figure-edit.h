/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-arrange.h"
#include "figure/plateau-layout.h"

G_BEGIN_DECLS

/* Edits of a figure document, as a hand makes them on the paper. All change the document in place;
 * whoever keeps an older state edits a copy. */

JsonNode *plateau_document_copy (JsonNode *document);
JsonObject *plateau_document_get_panel (JsonNode *document, int panel);
JsonObject *plateau_document_get_section (JsonObject *owner, const char *name);
JsonObject *plateau_document_get_element (JsonObject *panel, const char *list, int index);

/* The grid. Panels stay in reading order; each returns the panel's new index. */
guint plateau_document_n_panels (JsonNode *document);
PlateauGridPlace plateau_document_get_place (JsonNode *document, guint panel);
guint plateau_document_move_panel (JsonNode *document, guint panel, guint column, guint row);
guint plateau_document_span_panel (JsonNode *document, guint panel, const PlateauGridPlace *place);
guint plateau_document_insert_panel (JsonNode *document, JsonObject *panel /* transfer full */);
guint plateau_document_duplicate_panel (JsonNode *document, guint panel);
void plateau_document_remove_panel (JsonNode *document, guint panel);
void plateau_document_set_border (JsonNode *document, gboolean of_columns, guint line,
                                  double share);

/* Annotations. Those that a plot has made by itself keep following the data: what a person changes
 * of them stands under "auto_looks". Indices are those of the bound panel. */
guint plateau_panel_n_automatic (const PlateauPanel *panel);
JsonObject *plateau_document_get_annotation (JsonObject *object, const PlateauPanel *bound,
                                             int index);
void plateau_document_remove_annotation (JsonObject *object, const PlateauPanel *bound, int index);
JsonObject *plateau_annotation_to_json (const PlateauAnnotation *annotation);

typedef enum
{
  PLATEAU_GRIP_WHOLE,
  PLATEAU_GRIP_START, /* of an arrow, a line, a window, a rectangle: its x, y */
  PLATEAU_GRIP_END,   /* its x1, y1 */
} PlateauGrip;

gboolean plateau_layout_get_annotation (PlateauLayout *layout, guint panel, guint index,
                                        double points[4]);
PlateauGrip plateau_layout_find_grip (PlateauLayout *layout, guint panel, guint index, double x,
                                      double y, double radius);
void plateau_document_move_annotation (JsonObject *annotation, PlateauLayout *layout, guint panel,
                                       guint index, PlateauGrip grip, double dx, double dy);

/* The legend */
void plateau_document_order_legend (JsonObject *panel, GPtrArray *entries, guint from, guint to);
void plateau_document_rename_entry (JsonObject *panel, const char *label, const char *name);

G_END_DECLS
