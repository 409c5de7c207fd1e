/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_EIS_UNKNOWN,
  PLATEAU_EIS_PEIS, /* potential amplitude, V */
  PLATEAU_EIS_GEIS, /* current amplitude, A */
} PlateauEisMode;

typedef enum
{
  PLATEAU_ELECTRODE_CELL,    /* working against counter: the whole cell */
  PLATEAU_ELECTRODE_WORKING, /* working against a reference */
  PLATEAU_ELECTRODE_COUNTER, /* counter against a reference */
} PlateauElectrode;

/* What a spectrum was taken at; SI, NaN where the file does not say. */
typedef struct
{
  double potential;       /* V, mean or set, no reference offset */
  double time;            /* s since the start of the test, at the first point */
  double duration;        /* s from the first point to the last */
  double cycle;           /* instrument's number */
  double state_of_charge; /* 0 .. 1 */
  double charge;          /* C passed since the start */
  double temperature;     /* K */
  double amplitude;       /* V or A, by mode */
  double dc_current;      /* A */
  PlateauEisMode mode;
  PlateauElectrode electrode;
} PlateauConditions;

#define PLATEAU_CONDITIONS_INIT                                                                    \
  {                                                                                                \
    .potential = NAN, .time = NAN, .duration = NAN, .cycle = NAN, .state_of_charge = NAN,          \
    .charge = NAN, .temperature = NAN, .amplitude = NAN, .dc_current = NAN                         \
  }

/* One impedance spectrum, points in the order of the file. Immutable, counted by reference.
 * Capacitive Z'' is negative. */
typedef struct _PlateauSpectrum PlateauSpectrum;

PlateauSpectrum *plateau_spectrum_new (const char *label, const PlateauConditions *conditions,
                                       const double *frequency, const double *z_re,
                                       const double *z_im, const double *point_time, gsize n);
PlateauSpectrum *plateau_spectrum_ref (PlateauSpectrum *spectrum);
void plateau_spectrum_unref (PlateauSpectrum *spectrum);
const char *plateau_spectrum_get_label (PlateauSpectrum *spectrum);
const PlateauConditions *plateau_spectrum_get_conditions (PlateauSpectrum *spectrum);
gsize plateau_spectrum_get_n (PlateauSpectrum *spectrum);
const double *plateau_spectrum_peek_frequency (PlateauSpectrum *spectrum); /* Hz */
const double *plateau_spectrum_peek_re (PlateauSpectrum *spectrum);        /* ohm */
const double *plateau_spectrum_peek_im (PlateauSpectrum *spectrum);        /* ohm */
const double *plateau_spectrum_peek_time (PlateauSpectrum *spectrum);      /* s, or NULL */
PlateauSpectrum *plateau_spectrum_place (PlateauSpectrum *spectrum, const char *label,
                                         double shift);
PlateauSpectrum *plateau_spectrum_select (PlateauSpectrum *spectrum, const gboolean *keep);
PlateauSpectrum *plateau_spectrum_clean (PlateauSpectrum *spectrum, GPtrArray *warnings,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauSpectrum, plateau_spectrum_unref)

G_END_DECLS
