/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-project.h"

G_BEGIN_DECLS

/* One change of a project that can be made and taken back. Everything that a user can edit is one
 * of these six; an action ("Change mass of S-LRMO 2") is a list of them. */
typedef enum
{
  PLATEAU_EDIT_PROPERTY, /* of the project, a sample or a cell */
  PLATEAU_EDIT_SETTINGS, /* of an analysis */
  PLATEAU_EDIT_FIGURE,
  PLATEAU_EDIT_MEMBER,      /* a sample or a cell comes, goes or moves */
  PLATEAU_EDIT_MEASUREMENT, /* of a cell */
  PLATEAU_EDIT_PLACE,       /* where the file of a measurement is */
} PlateauEditKind;

typedef struct
{
  PlateauEditKind kind;
  GObject *object; /* property: owner; member: sample or cell; measurement, place: cell */
  char *name;      /* property, analysis or figure */
  GValue old_value, new_value;
  JsonNode *old_node, *new_node;  /* NULL: absent */
  int old_position, new_position; /* of members, figures and measurements; -1: not there */
  PlateauMeasurement *old_measurement, *new_measurement;
  char *old_uri, *new_uri; /* of new_measurement */
  gint64 old_modified, new_modified;
} PlateauEdit;

PlateauEdit *plateau_edit_new_property (GObject *object, const char *property,
                                        const GValue *new_value);
PlateauEdit *plateau_edit_new_settings (PlateauProject *project, const char *analysis,
                                        JsonObject *settings);
PlateauEdit *plateau_edit_new_figure (PlateauProject *project, const char *name,
                                      JsonNode *document);
PlateauEdit *plateau_edit_new_figure_at (PlateauProject *project, const char *name,
                                         JsonNode *document, int position);
PlateauEdit *plateau_edit_new_member (PlateauProject *project, GObject *object, int position);
PlateauEdit *plateau_edit_new_measurement (PlateauCell *cell, PlateauMeasurement *old,
                                           PlateauMeasurement *replacement);
PlateauEdit *plateau_edit_new_place (PlateauCell *cell, PlateauMeasurement *measurement,
                                     const char *uri, gint64 modified);
void plateau_edit_free (PlateauEdit *edit);
void plateau_edit_apply (PlateauEdit *edit, PlateauProject *project, gboolean forward);
gboolean plateau_edit_changes (PlateauEdit *edit);
gboolean plateau_edit_reorders (PlateauEdit *edit);
gboolean plateau_edit_merge (PlateauEdit *edit, PlateauEdit *later);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauEdit, plateau_edit_free)

G_END_DECLS
