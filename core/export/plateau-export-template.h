/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How a user's own tables look: which columns in which order, and what stands above them. */
typedef enum
{
  PLATEAU_HEADS_LABEL_AND_UNIT, /* one row: "Discharge capacity / mAh g⁻¹" */
  PLATEAU_HEADS_ORIGIN,         /* three rows: long name, units, comments */
  PLATEAU_HEADS_KEY,            /* one row: "discharge_capacity_mAh_g" */
} PlateauHeads;

typedef struct
{
  char *name;
  PlateauHeads heads;
  char **cycle_columns; /* keys of the per-cycle table, in order; NULL: all */
  char **raw_columns;   /* ids of quantities, in order; NULL: the usual ones */
} PlateauExportTemplate;

PlateauExportTemplate *plateau_export_template_new_from_json (const char *text, gssize length,
                                                              GError **error);
char *plateau_export_template_to_json (const PlateauExportTemplate *template);
PlateauExportTemplate *plateau_export_template_copy (const PlateauExportTemplate *template);
void plateau_export_template_free (PlateauExportTemplate *template);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauExportTemplate, plateau_export_template_free)

G_END_DECLS
