/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-measurement.h"

G_BEGIN_DECLS

/* What the binary and the text files of EC-Lab have in common. */

char *plateau_eclab_settings_name (const char *data_file);
PlateauKinds plateau_eclab_technique_kinds (const char *technique);
PlateauMode plateau_eclab_mode (guint mode, gboolean sweep);

G_END_DECLS
