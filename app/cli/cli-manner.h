/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli-context.h"

G_BEGIN_DECLS

/* How quantities, axis titles, colours and texts are written: what the window calls preferences.
 * Those of the window do not hold here, so that a script gives the same file at every account. */
typedef struct
{
  gboolean per_kg, kelvin;
  int title_form, colours;
  char *font;
} CliManner;

extern const PlateauOption cli_manner_table[];
extern const CliManner cli_manner_defaults;

void cli_manner_apply (CliContext *context, PlateauStudy *study);

G_END_DECLS
