/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

G_BEGIN_DECLS

/* Files of one cell in the order in which they were taken. */
GPtrArray *plateau_join_order (GPtrArray *measurements, GPtrArray *notes);
/* What to ask a person before they are joined. */
char *plateau_join_find_doubt (GPtrArray *measurements);

G_END_DECLS
