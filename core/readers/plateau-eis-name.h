/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-spectrum.h"

G_BEGIN_DECLS

void plateau_eis_name_conditions (const char *name, PlateauConditions *conditions);

G_END_DECLS
