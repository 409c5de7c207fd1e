/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-voltammetry.h"

G_BEGIN_DECLS

/* The most prominent peak of one sweep with its baseline. */
void plateau_voltammetry_find_peak (const double *potential, const double *current, gsize n,
                                    gboolean anodic, const PlateauVoltammetryOptions *options,
                                    PlateauVoltammetryPeak *peak);

G_END_DECLS
