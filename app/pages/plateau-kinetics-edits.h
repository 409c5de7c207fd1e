/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plateau-document.h"

G_BEGIN_DECLS

/* What a hand in a plot of kinetics changes in the project, each as one edit that can be undone. */

/* A window moved in the plot: "cv/anodic", "cv/cathodic" or "gitt/fit-window/MINUTES". */
void plateau_kinetics_move_window (PlateauDocument *document, const char *handle, double from,
                                   double to);
/* An option of an analysis, chosen above the plots. */
void plateau_kinetics_choose (PlateauDocument *document, const char *analysis, const char *option,
                              const char *nick);
/* Points (of PlateauPick) leave the line of @analysis, or come back into it. */
void plateau_kinetics_leave_out (PlateauDocument *document, const char *analysis, GArray *picks);

G_END_DECLS
