/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"
#include "readers/plateau-eis-column.h"

G_BEGIN_DECLS

/* Collects the rows of an impedance table and makes spectra of them: units, |Z| and phase, the
 * sign of Z'', rows that are no points. Shared by all readers of impedance files. */
typedef struct _PlateauEisTable PlateauEisTable;

PlateauEisTable *plateau_eis_table_new (void);
void plateau_eis_table_free (PlateauEisTable *table);
gboolean plateau_eis_table_set_heads (PlateauEisTable *table, const char *const *heads,
                                      const char *const *units);
void plateau_eis_table_set_roles (PlateauEisTable *table, const PlateauEisRole *roles, guint n);
void plateau_eis_table_trust_sign (PlateauEisTable *table);
void plateau_eis_table_add_row (PlateauEisTable *table, const double *values, guint n);
gsize plateau_eis_table_get_n_rows (PlateauEisTable *table);
guint plateau_eis_table_get_n_columns (PlateauEisTable *table);
PlateauConditions *plateau_eis_table_get_conditions (PlateauEisTable *table);
guint plateau_eis_table_flush (PlateauEisTable *table, PlateauMeasurement *measurement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauEisTable, plateau_eis_table_free)

G_END_DECLS
