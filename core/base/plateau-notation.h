/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-table.h"
#include "base/plateau-unit.h"

G_BEGIN_DECLS

/* How a person wants quantities written where there are several good ways. Values inside and files
 * of data do not depend on it. */
typedef struct
{
  gboolean per_kg; /* Ah kg⁻¹ and A kg⁻¹ rather than mAh g⁻¹ and mA g⁻¹ */
  gboolean kelvin; /* K rather than °C */
} PlateauNotation;

PlateauNotation plateau_notation_from_json (JsonObject *manner);
const PlateauUnit *plateau_notation_get_unit (const PlateauNotation *notation,
                                              const PlateauUnit *unit);
char *plateau_notation_rewrite (const PlateauNotation *notation, const char *text);
PlateauTable *plateau_notation_convert_table (const PlateauNotation *notation, PlateauTable *table);

G_END_DECLS
