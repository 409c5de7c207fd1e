/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-study.h"
#include "figure/plateau-style.h"

G_BEGIN_DECLS

PlateauSlot plateau_look_of_sample (PlateauStudy *study, const PlateauStudySample *sample);
gboolean plateau_look_is_chosen (const PlateauStudySample *sample);

G_END_DECLS
