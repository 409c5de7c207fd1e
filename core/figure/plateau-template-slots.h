/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"

G_BEGIN_DECLS

/* A place of a template that one sample takes: a role ("$pristine") or a sample that it names. */
typedef struct
{
  char *family; /* that the template was made for, or NULL */
  char *token;  /* as it stands in the template */
  char *label;  /* for people: "Pristine", "P-LCO"; with its panels where there are several
                 * families: "Pristine, a" */
  GArray *panels; /* of guint: where it is used */
} PlateauTemplateSlot;

GPtrArray *plateau_template_list_slots (JsonNode *template_document); /* of PlateauTemplateSlot */
void plateau_template_slot_free (PlateauTemplateSlot *slot);
gint64 plateau_template_slot_guess (const PlateauTemplateSlot *slot, PlateauStudy *study);
JsonNode *plateau_template_fill (JsonNode *template_document, GPtrArray *slots,
                                 const gint64 *samples, PlateauStudy *study);
guint plateau_template_relax (JsonNode *document, PlateauFigure *bound);

G_END_DECLS
