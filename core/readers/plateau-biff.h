/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-workbook.h"

G_BEGIN_DECLS

GPtrArray *plateau_biff_read_sheets (GBytes *stream, PlateauInput *input, GPtrArray *warnings,
                                     GCancellable *cancellable, GError **error);

G_END_DECLS
