/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-cycles.h"

G_BEGIN_DECLS

double plateau_cycles_plateau_share (PlateauCycles *cycles, PlateauRecording *recording,
                                     const PlateauCyclesOptions *options, double *potential);

G_END_DECLS
