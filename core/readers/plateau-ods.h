/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "readers/plateau-workbook.h"
#include "readers/plateau-zip.h"

G_BEGIN_DECLS

GPtrArray *plateau_ods_read_sheets (PlateauZip *zip, PlateauInput *input, GPtrArray *warnings,
                                    GCancellable *cancellable, GError **error);

G_END_DECLS
