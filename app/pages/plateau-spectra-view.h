/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"

G_BEGIN_DECLS

/* How the plots of the pages Impedance and DRT look: one choice for all of them, kept in the
 * project as "spectra-view". */
typedef struct
{
  int along;      /* what spectra are coloured by and placed along, as plots name it */
  int processes;  /* of windows, or of peaks that are followed */
  int per;        /* impedance as measured, per area, per thickness */
  int bode;       /* modulus and phase, or the two parts */
  gboolean stack; /* Nyquist */
  gboolean equal_units, decades;
} PlateauSpectraView;

#define PLATEAU_SPECTRA_VIEW_INIT                                                                  \
  {                                                                                                \
    .equal_units = TRUE, .decades = TRUE                                                           \
  }

extern const PlateauOption plateau_spectra_view_table[];

/* The view's choices among the options of a "plot" object, but those that the plot has already. */
void plateau_spectra_view_apply (JsonObject *settings, JsonObject *plot);

G_END_DECLS
