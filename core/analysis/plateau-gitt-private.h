/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-gitt.h"
#include "analysis/plateau-steps.h"

G_BEGIN_DECLS

/* Finds pulses and rests by the current alone. Appends PlateauGittPulse with rows, times and
 * potentials filled, and PlateauGittDropped. */
gboolean plateau_gitt_find_pulses (const PlateauSeries *series, GArray *pulses, GArray *dropped,
                                   GCancellable *cancellable, GError **error);

/* The regression of one pulse and what follows from it; NaN where there are too few points. */
void plateau_gitt_fit_pulse (const PlateauSeries *series, const PlateauGittOptions *options,
                             double window_begin, double window_end, gboolean window_in_seconds,
                             PlateauGittPulse *pulse);

/* tau D / L^2 of the planar formula's length scale that explains dE_t / dE_s = @ratio in a
 * sphere (L = radius / 3). */
double plateau_gitt_invert_sphere (double ratio, double begin, double end);

/* Fills the composition of the pulses; returns (static, translated) where it comes from or why
 * there is none. */
const char *plateau_gitt_fill_composition (const PlateauGittOptions *options, double active_mass,
                                           GArray *pulses);
char *plateau_gitt_remark (const PlateauGittOptions *options); /* or NULL */

G_END_DECLS
