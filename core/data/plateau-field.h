/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-project.h"

G_BEGIN_DECLS

/* What is known about a cell, one line a field: the columns of the cell table in the window, of
 * the sheet of "plateau-cli build", of the workbook's metadata sheet, and the project file. */

typedef enum
{
  PLATEAU_FIELD_TEXT,
  PLATEAU_FIELD_NUMBER,
  PLATEAU_FIELD_ROLE,
  PLATEAU_FIELD_BOOLEAN,
  PLATEAU_FIELD_CHOICE, /* a text, one of a few */
} PlateauFieldType;

typedef struct
{
  const char *text;  /* as it is kept */
  const char *label; /* N_(as it is shown) */
} PlateauFieldChoice;

typedef struct
{
  const char *column;   /* "mass_mg" */
  const char *label;    /* N_("Active mass") */
  const char *unit;     /* unit id a user enters and sees, or NULL */
  gboolean of_sample;   /* a property of the cell's sample */
  const char *property; /* GObject property; SI */
  PlateauFieldType type;
  const char *help;                  /* N_(definition), for tooltips */
  const PlateauFieldChoice *choices; /* ends with a text of NULL; of PLATEAU_FIELD_CHOICE */
} PlateauField;

const PlateauField *plateau_field_list (guint *n_fields);
const PlateauField *plateau_field_find (const char *column);
GObject *plateau_field_get_object (const PlateauField *field, PlateauCell *cell);
char *plateau_field_get_text (const PlateauField *field, PlateauCell *cell);
char *plateau_field_get_shown (const PlateauField *field, PlateauCell *cell);
double plateau_field_get_number (const PlateauField *field, PlateauCell *cell);
gboolean plateau_field_parse (const PlateauField *field, const char *text, GValue *value,
                              GError **error);

G_END_DECLS
