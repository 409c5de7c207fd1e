/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"

G_BEGIN_DECLS

/* A template is a figure document whose samples are still open ("$pristine", "$modified"). */
typedef struct
{
  char *name;   /* "sun2022-fig3" */
  char *label;  /* "sun2022 Fig. 3" */
  char *study;  /* "sun2022", or "" for general ones */
  char *text;   /* what it shows, one line */
  guint n_panels;
} PlateauTemplateInfo;

GPtrArray *plateau_template_list (void); /* of PlateauTemplateInfo */
void plateau_template_info_free (PlateauTemplateInfo *info);
JsonNode *plateau_template_load (const char *name, GError **error);
/* A document from a template for samples of @study: @family and the lists may be NULL (the first
 * family that has what the template asks for; samples by role). */
JsonNode *plateau_template_apply (JsonNode *template_document, PlateauStudy *study,
                                  const char *family, const gint64 *samples, guint n_samples,
                                  GError **error);
/* The same for samples of which no more than their order is known. */
JsonNode *plateau_template_apply_in_order (JsonNode *template_document, const gint64 *samples,
                                           guint n_samples);
JsonNode *plateau_document_for_plot (const char *kind, JsonObject *plot); /* one panel */
guint plateau_document_add_panel (JsonNode *document, JsonObject *panel);
void plateau_document_add_panels (JsonNode *document, JsonNode *other);

G_END_DECLS
