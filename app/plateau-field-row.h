/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-field.h"
#include "plateau-document.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of the inspector for one field of a sample or cell: entry with unit, chooser or text by the
 * field's type. A value entered becomes an action of the document. */
#define PLATEAU_TYPE_FIELD_ROW (plateau_field_row_get_type ())
G_DECLARE_FINAL_TYPE (PlateauFieldRow, plateau_field_row, PLATEAU, FIELD_ROW, GtkWidget)

GtkWidget *plateau_field_row_new (PlateauDocument *document, const PlateauField *field);
const PlateauField *plateau_field_row_get_field (PlateauFieldRow *row);
/* @object: (nullable): the sample or cell whose value is shown. */
void plateau_field_row_set_object (PlateauFieldRow *row, GObject *object);
void plateau_field_row_set_missing (PlateauFieldRow *row, gboolean missing);

/* "Change active mass of S-LRMO-1": the name of the action that sets a field. */
char *plateau_field_action_name (const PlateauField *field, GObject *object);

G_END_DECLS
