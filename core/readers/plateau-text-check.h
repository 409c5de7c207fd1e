/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-text-reader.h"

G_BEGIN_DECLS

/* Heads lie: millivolts under "Volts", milliseconds under "s", discharge counted as positive. What
 * is certain is converted, and everything is said. The columns are in SI by now. */

void plateau_text_check_times (PlateauTextTable *table, const PlateauTextTraits *traits,
                               PlateauMeasurement *measurement);
void plateau_text_check_potential (PlateauTextTable *table, PlateauMeasurement *measurement);
void plateau_text_check_counter_units (PlateauTextTable *table, PlateauMeasurement *measurement);
void plateau_text_check_counter (PlateauTextTable *table, PlateauMeasurement *measurement);
void plateau_text_check_sign (PlateauTextTable *table, const double *direction,
                              const PlateauTextTraits *traits, gboolean flip,
                              PlateauMeasurement *measurement);

G_END_DECLS
