/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

G_BEGIN_DECLS

/* Gives the samples and cells of a family what the preferences say of it, as one step. Returns: (transfer
 * full): what was done or why not, for a person. */
char *plateau_family_apply (PlateauDocument *document, const char *family);

G_END_DECLS
