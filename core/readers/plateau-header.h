/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-quantity.h"

G_BEGIN_DECLS

/* What the head of a column says. */
typedef struct
{
  PlateauQuantity quantity;          /* OTHER when the name is not known */
  guint rank;                        /* of two columns of one quantity the lower is the better */
  gboolean is_state;                 /* words like "CC charge": see plateau_state_parse() */
  double (*word) (const char *word); /* how to read them, NULL: plateau_text_state_code() */
  gboolean is_row_number;
  gboolean negative;       /* the column holds minus the quantity (-Im Z) */
  char *name;              /* the head without its unit */
  char *unit_text;         /* as printed, or NULL */
  const PlateauUnit *unit; /* NULL when there is none, or none of the quantity's dimension */
  gboolean unit_assumed;   /* the head does not say it */
} PlateauHeader;

void plateau_header_parse (const char *cell, const char *unit_cell, PlateauHeader *header);
void plateau_header_clear (PlateauHeader *header);
char *plateau_header_fold (const char *text);

/* What a step is: mode and direction of the current, in one number that fits a column. */
typedef struct
{
  int mode;      /* PlateauMode */
  int direction; /* 1 charge, -1 discharge, 0 neither or unknown */
} PlateauState;

gboolean plateau_state_parse (const char *text, PlateauState *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlateauHeader, plateau_header_clear)

G_END_DECLS
