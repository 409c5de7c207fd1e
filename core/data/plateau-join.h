/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

G_BEGIN_DECLS

/* Files of one cell in the order in which they were taken. */
GPtrArray *plateau_join_order (GPtrArray *measurements, GPtrArray *notes);

G_END_DECLS
