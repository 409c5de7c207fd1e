/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-numeric.h"
#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-spectrum.h"

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_ARRHENIUS_SIGMA_T, /* ln (sigma T) against 1/T: ion hopping */
  PLATEAU_ARRHENIUS_SIGMA,   /* ln sigma against 1/T; also for D */
} PlateauArrheniusForm;

typedef struct
{
  int form;       /* PlateauArrheniusForm */
  char *excluded; /* points left out of the line: "1,4" or "pellet A:2", or NULL */
  char *circuit;  /* whose fit gives the resistance; NULL or "": the intercept */
  char *elements; /* of the circuit, "R1,R2", whose resistances are added; NULL: all */
} PlateauConductivityOptions;

#define PLATEAU_CONDUCTIVITY_OPTIONS_INIT                                                          \
  {                                                                                                \
    PLATEAU_ARRHENIUS_SIGMA_T, NULL, NULL, NULL                                                    \
  }
extern const PlateauOption plateau_conductivity_option_table[];

/* A straight line through ln y against 1/T. */
typedef struct
{
  double activation_energy, activation_energy_stderr; /* eV; error NaN with two temperatures */
  double prefactor;                                   /* y (or y T) at infinite temperature, SI */
  double r2;
  guint n, n_temperatures;
} PlateauArrhenius;

gboolean plateau_arrhenius_fit (const double *temperature, const double *value,
                                const double *relative_error, const gboolean *used, gsize n,
                                PlateauArrheniusForm form, PlateauArrhenius *fit, GError **error);
double plateau_arrhenius_at (const PlateauArrhenius *fit, PlateauArrheniusForm form,
                             double temperature);

/* The resistance of a conductor between blocking electrodes without a circuit. */
typedef struct
{
  double resistance, resistance_stderr; /* ohm */
  gboolean blocking; /* from the blocking tail; else from the low-frequency intercept */
  double frequency;  /* Hz of the point nearest to the intercept */
} PlateauIntercept;

gboolean plateau_conductivity_intercept (PlateauSpectrum *spectrum, PlateauIntercept *intercept,
                                         GError **error);

typedef struct
{
  char *label;                          /* file or cell */
  guint number;                         /* of the resistance among those of the label, from 1 */
  double temperature;                   /* K; NaN: not known */
  double resistance, resistance_stderr; /* ohm */
  double conductivity;                  /* S/m */
  gboolean used;                        /* in the line */
} PlateauConductivityPoint;

typedef struct
{
  /*< read-only >*/
  guint n_points;
  const PlateauConductivityPoint *points;
  PlateauArrhenius fit; /* activation_energy NaN when there is no line */
  PlateauArrheniusForm form;
  const char *const *warnings;
} PlateauConductivity;

typedef struct _PlateauConductivityBuilder PlateauConductivityBuilder;
PlateauConductivityBuilder *plateau_conductivity_builder_new (void);
void plateau_conductivity_builder_free (PlateauConductivityBuilder *builder);
void plateau_conductivity_builder_add (PlateauConductivityBuilder *builder, const char *label,
                                       double temperature, double resistance,
                                       double resistance_stderr, double thickness, double area);
gboolean plateau_conductivity_builder_add_spectra (PlateauConductivityBuilder *builder,
                                                   const char *label, GPtrArray *spectra,
                                                   double temperature, double thickness,
                                                   double area,
                                                   const PlateauConductivityOptions *options,
                                                   GCancellable *cancellable, GError **error);
char *plateau_conductivity_toggle_excluded (const char *excluded, const char *label, guint number);
PlateauConductivity *plateau_conductivity_builder_finish (PlateauConductivityBuilder *builder,
                                                          const PlateauConductivityOptions *options,
                                                          GError **error);
PlateauConductivity *plateau_conductivity_ref (PlateauConductivity *conductivity);
void plateau_conductivity_unref (PlateauConductivity *conductivity);
PlateauTable *plateau_conductivity_table (PlateauConductivity *conductivity);
const char *plateau_arrhenius_form_label (PlateauArrheniusForm form);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauConductivity, plateau_conductivity_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauConductivityBuilder, plateau_conductivity_builder_free)

G_END_DECLS
