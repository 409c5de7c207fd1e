/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plateau-figure.h"

G_BEGIN_DECLS

PlateauFigure *plateau_figure_new_empty (void);
PlateauPanel *plateau_panel_new (void);
void plateau_panel_reset (PlateauPanel *panel);
gboolean plateau_place_from_nick (const char *nick, PlateauPlace *place);
/* Lays the panel's own JSON (axes, legend, looks, annotations, literal layers) over what is there. */
gboolean plateau_panel_apply_json (PlateauPanel *panel, JsonObject *object, GError **error);
/* Units per kilogram and colours as the style has them, in all that the panel holds. */
/* @names: of samples and cells with a unit in them; texts that have one stay as they are. */
void plateau_panel_apply_manner (PlateauPanel *panel, const PlateauStyle *style, GPtrArray *names);

G_END_DECLS
