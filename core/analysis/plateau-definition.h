/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *plateau_definition_of_column (const char *key);

G_END_DECLS
