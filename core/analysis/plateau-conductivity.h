/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-numeric.h"
#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "analysis/plateau-gitt.h"
#include "data/plateau-spectrum.h"
#include "data/plateau-study.h"

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_ARRHENIUS_SIGMA_T, /* ln (sigma T) against 1/T: ion hopping */
  PLATEAU_ARRHENIUS_SIGMA,   /* ln sigma against 1/T; also for D */
} PlateauArrheniusForm;

/* What is followed over temperature. */
typedef enum
{
  PLATEAU_TRANSPORT_CONDUCTIVITY,    /* S/m, from the resistance of a pellet */
  PLATEAU_TRANSPORT_CHARGE_TRANSFER, /* S/m2: one over the areal resistance of a process */
  PLATEAU_TRANSPORT_DIFFUSION,       /* m2/s (or 1/s: D / L2), from titrations; always ln D */
} PlateauTransport;

typedef struct
{
  int quantity;   /* PlateauTransport */
  int form;       /* PlateauArrheniusForm */
  char *excluded; /* points left out of the line: "1,4" or "pellet A:2", or NULL */
  char *circuit;  /* whose fit gives the resistance; NULL or "": intercept, or process of the DRT */
  char *elements; /* of the circuit, "R1,R2", whose resistances are added; NULL: all */
  char *process;  /* relaxation times in which charge transfer is looked for: "1e-3:1e-1" */
} PlateauConductivityOptions;

#define PLATEAU_CONDUCTIVITY_OPTIONS_INIT                                                          \
  {                                                                                                \
    PLATEAU_TRANSPORT_CONDUCTIVITY, PLATEAU_ARRHENIUS_SIGMA_T, NULL, NULL, NULL, NULL              \
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
  double resistance, resistance_stderr; /* ohm; NaN of a diffusion coefficient */
  double value;                         /* SI, see PlateauTransport */
  gboolean used;                        /* in the line */
} PlateauConductivityPoint;

typedef struct
{
  /*< read-only >*/
  guint n_points;
  const PlateauConductivityPoint *points;
  PlateauArrhenius fit; /* activation_energy NaN when there is no line */
  PlateauTransport quantity;
  PlateauArrheniusForm form;
  gboolean relative; /* diffusion without a length: D / L2 in 1/s */
  const char *const *warnings;
} PlateauConductivity;

typedef struct _PlateauConductivityBuilder PlateauConductivityBuilder;
PlateauConductivityBuilder *
plateau_conductivity_builder_new (const PlateauConductivityOptions *options);
void plateau_conductivity_builder_free (PlateauConductivityBuilder *builder);
void plateau_conductivity_builder_add (PlateauConductivityBuilder *builder, const char *label,
                                       double temperature, double resistance,
                                       double resistance_stderr, double thickness, double area);
gboolean plateau_conductivity_builder_add_spectra (PlateauConductivityBuilder *builder,
                                                   const char *label, GPtrArray *spectra,
                                                   double temperature, double thickness,
                                                   double area, const PlateauStudySample *sample,
                                                   GCancellable *cancellable, GError **error);
void plateau_conductivity_builder_add_titration (PlateauConductivityBuilder *builder,
                                                 const char *label, double temperature,
                                                 PlateauRecording *recording, PlateauGitt *gitt);
gboolean plateau_conductivity_takes (const PlateauConductivityOptions *options,
                                     const PlateauStudyCell *cell);
PlateauConductivity *plateau_conductivity_builder_finish (PlateauConductivityBuilder *builder,
                                                          GCancellable *cancellable,
                                                          GError **error);
char *plateau_conductivity_toggle_excluded (const char *excluded, const char *label, guint number);
PlateauConductivity *plateau_conductivity_ref (PlateauConductivity *conductivity);
void plateau_conductivity_unref (PlateauConductivity *conductivity);
PlateauTable *plateau_conductivity_table (PlateauConductivity *conductivity);
double plateau_conductivity_show (PlateauConductivity *conductivity, double value);
const char *plateau_conductivity_get_unit (PlateauConductivity *conductivity);
const char *plateau_conductivity_get_title (PlateauConductivity *conductivity);
const char *plateau_conductivity_get_form (PlateauConductivity *conductivity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauConductivity, plateau_conductivity_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauConductivityBuilder, plateau_conductivity_builder_free)

G_END_DECLS
