/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-unit.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An entry for a value with a unit that can be chosen beside it. The value is SI, NaN when empty.
 * Signal value-changed (double): a person has entered another value. */
#define PLATEAU_TYPE_UNIT_ENTRY (plateau_unit_entry_get_type ())
G_DECLARE_FINAL_TYPE (PlateauUnitEntry, plateau_unit_entry, PLATEAU, UNIT_ENTRY, GtkWidget)

GtkWidget *plateau_unit_entry_new (const char *label, const char *unit_id);
void plateau_unit_entry_set_value (PlateauUnitEntry *entry, double value);
double plateau_unit_entry_get_value (PlateauUnitEntry *entry);
/* In the unit that the entry was made with; both 0: no limits. */
void plateau_unit_entry_set_limits (PlateauUnitEntry *entry, double minimum, double maximum);
void plateau_unit_entry_set_missing (PlateauUnitEntry *entry, gboolean missing); /* amber border */

G_END_DECLS
