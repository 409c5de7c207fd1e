/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void plateau_memory_expect_filling (gpointer block, gsize size);
double *plateau_column_new (gsize n);
double *plateau_column_try_new (gsize n);

G_END_DECLS
