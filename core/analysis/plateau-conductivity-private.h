/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "analysis/plateau-conductivity.h"

G_BEGIN_DECLS

/* A spectrum whose charge transfer is found among those of all temperatures. */
typedef struct
{
  char *label;
  PlateauSpectrum *spectrum;
  double temperature, area; /* K, m2 */
} PlateauPendingSpectrum;

/* A titration whose mean is taken where all titrations were. */
typedef struct
{
  char *label;
  PlateauGitt *gitt;
  double temperature; /* K */
} PlateauPendingTitration;

struct _PlateauConductivityBuilder
{
  PlateauConductivityOptions options;
  GArray *points;      /* of PlateauConductivityPoint */
  GPtrArray *warnings; /* of char * */
  GArray *spectra;     /* of PlateauPendingSpectrum */
  GArray *titrations;  /* of PlateauPendingTitration */
  gboolean relative;   /* of the titrations: D / L2 */
};

void plateau_conductivity_builder_warn (PlateauConductivityBuilder *builder, const char *format,
                                        ...) G_GNUC_PRINTF (2, 3);
/* A point whose value is known; NaN with a warning already given. */
void plateau_conductivity_builder_add_value (PlateauConductivityBuilder *builder, const char *label,
                                             double temperature, double resistance,
                                             double resistance_stderr, double value);
/* What waited for the others becomes points. */
gboolean plateau_conductivity_add_processes (PlateauConductivityBuilder *builder,
                                             GCancellable *cancellable, GError **error);
void plateau_conductivity_add_titrations (PlateauConductivityBuilder *builder);

G_END_DECLS
