/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/plateau-spectrum.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Numbers of published tools, kept outside the repository. */
char *reference_path (const char *relative);
JsonArray *reference_load_cases (const char *name, JsonParser **parser);
PlateauSpectrum *reference_load_spectrum (const char *name);
double *reference_numbers (JsonObject *object, const char *member, gsize *n);

G_END_DECLS
