/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Single points of spectra that are left out, as a project keeps them: "CELL:SPECTRUM:HZ;...",
 * spectra from 1. */

typedef struct
{
  gint64 cell;
  guint spectrum;
  double frequency; /* Hz */
} PlateauMaskPoint;

typedef struct _PlateauMasks PlateauMasks;

PlateauMasks *plateau_masks_new (const char *text);
void plateau_masks_free (PlateauMasks *masks);
gboolean plateau_masks_contain (PlateauMasks *masks, const PlateauMaskPoint *point);
gboolean plateau_masks_toggle (PlateauMasks *masks, const PlateauMaskPoint *points, guint n);
char *plateau_masks_to_text (PlateauMasks *masks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauMasks, plateau_masks_free)

G_END_DECLS
