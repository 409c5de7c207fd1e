/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-parameters.h"

G_BEGIN_DECLS

/* A quantity that changes along a test, as [[x, value], ...] with rising x: between the points its
 * logarithm is linear, beyond them it is constant. A single number is constant. Written as
 * {"at": points, "from": "study" or "assumed"} or [number, "study" or "assumed"]. */
typedef struct
{
  guint n;
  double x[12], log_value[12];
} SimTable;

gboolean sim_table_read (SimTable *table, SimParameters *parameters, JsonObject *object,
                         const char *name, const char *points_name);
double sim_table_at (const SimTable *table, double x);

G_END_DECLS
