/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-layout.h"

G_BEGIN_DECLS

/* What of a figure can be edited in the inspector, as a table: sections, shown by what is selected,
 * of fields, each a place in the document. */

/* Whose member is edited. */
typedef enum
{
  PLATEAU_EDITED_FIGURE,
  PLATEAU_EDITED_PANEL,
  PLATEAU_EDITED_CURVE,
  PLATEAU_EDITED_ANNOTATION,
  PLATEAU_EDITED_INSET,
  PLATEAU_N_EDITED
} PlateauEditedOwner;

typedef enum
{
  PLATEAU_FIELD_TEXT,
  PLATEAU_FIELD_MARKUP,
  PLATEAU_FIELD_FONT,
  PLATEAU_FIELD_NUMBER,
  PLATEAU_FIELD_PLACE,   /* whole number from 1 for people, from 0 in the document */
  PLATEAU_FIELD_CHOICE,
  PLATEAU_FIELD_BOOLEAN, /* a choice of automatic, yes and no */
  PLATEAU_FIELD_COLOUR,
} PlateauFieldType;

typedef struct
{
  const char *key;
  const char *label;
  PlateauFieldType type;
  const char *const *choices;
  const char *const *choice_labels;
  gboolean same_row;  /* beside the field before: "to", "by" */
  guint kinds;        /* of annotations (1 << PlateauAnnotationKind) that have it; 0: all */
} PlateauFigureField;

/* What of a section is shown when. */
typedef enum
{
  PLATEAU_SHOW_FIGURE = 1 << 0,
  PLATEAU_SHOW_PANEL = 1 << 1,
  PLATEAU_SHOW_HEAD = 1 << 2, /* title and letter */
  PLATEAU_SHOW_AXIS = 1 << 3, /* that of the section */
  PLATEAU_SHOW_LEGEND = 1 << 4,
  PLATEAU_SHOW_CURVE = 1 << 5,
  PLATEAU_SHOW_ANNOTATION = 1 << 6,
  PLATEAU_SHOW_INSET = 1 << 7,
  PLATEAU_SHOW_COLOUR_BAR = 1 << 8,
} PlateauShow;

typedef struct
{
  const char *title;
  PlateauEditedOwner owner;
  const char *member; /* of the owner, such as "x"; "": the owner itself */
  guint shown;        /* PlateauShow */
  int axis;           /* PlateauAxisId, -1 */
  gboolean open;      /* unfolded while a whole panel is selected */
  const PlateauFigureField *fields; /* ends with a NULL key */
} PlateauFigureSection;

const PlateauFigureSection *plateau_figure_sections (guint *n_sections);
/* What a field does, translated; NULL: it has no help. */
const char *plateau_figure_field_get_help (const PlateauFigureSection *section,
                                           const PlateauFigureField *field);
guint plateau_figure_show_of (const PlateauHit *selected);

G_END_DECLS
