/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/plateau-option.h"
#include "base/plateau-table.h"
#include "data/plateau-study.h"

#include <math.h>

G_BEGIN_DECLS

/* Galvanostatic intermittent titration: current pulses and the rests after them. */

typedef enum
{
  PLATEAU_GITT_ENDPOINTS,  /* last less first potential of the pulse */
  PLATEAU_GITT_SQRT_FIT,   /* regression on the square root of time in a window of the pulse */
  PLATEAU_GITT_RELAXATION, /* regression on sqrt (t + tau) - sqrt (t) in the rest */
} PlateauGittMethod;

typedef enum
{
  PLATEAU_GITT_PLANAR, /* semi-infinite: Weppner and Huggins' formula */
  PLATEAU_GITT_SPHERE, /* the response of a sphere of finite radius is inverted */
} PlateauGittGeometry;

/* Of area, specific area and radius one is enough; the first that is given in the order radius,
 * area, specific area is taken. Without any, or without the molar values or the mass that it
 * needs, diffusion is relative: D / L^2. What a sample says of itself comes before these. */
typedef struct
{
  int method;           /* PlateauGittMethod */
  int geometry;         /* PlateauGittGeometry */
  double molar_mass;    /* kg/mol */
  double molar_volume;  /* m3/mol */
  double contact_area;  /* m2 */
  double specific_area; /* m2/kg */
  double radius;        /* m */
  gboolean geometric;   /* the electrode's own area is the contact area, where none is given */
  char *fit_window;     /* "0.05:0.5" of the pulse (the default), or "10s:600s" */
  double start_x;       /* of Li in a formula unit when the recording begins; NaN: the formula's */
  /* No options, set with the material: what the sample's formula says; NaN without one. */
  double formula_mass, formula_x; /* kg/mol; lithium in it */
} PlateauGittOptions;

#define PLATEAU_GITT_OPTIONS_INIT                                                                  \
  {                                                                                                \
    PLATEAU_GITT_ENDPOINTS, PLATEAU_GITT_PLANAR, NAN, NAN, NAN, NAN, NAN, FALSE, NULL, NAN, NAN,   \
        NAN                                                                                        \
  }
extern const PlateauOption plateau_gitt_option_table[];

typedef enum
{
  PLATEAU_GITT_FLAG_RELATIVE = 1 << 0,      /* no length: D / L^2 only */
  PLATEAU_GITT_FLAG_TOO_LONG = 1 << 1,      /* L^2 / (D tau) below the limit of the formula */
  PLATEAU_GITT_FLAG_NO_STEP = 1 << 2,       /* dE_s within the noise: D is not determined */
  PLATEAU_GITT_FLAG_LARGE_STEP = 1 << 3,    /* |dE_s| > 30 mV: D varies within the step */
  PLATEAU_GITT_FLAG_OPPOSITE_STEP = 1 << 4, /* dE_s against the direction of the current */
  PLATEAU_GITT_FLAG_UNRELAXED = 1 << 5,     /* the rest still drifts by more than 1 mV/h */
  PLATEAU_GITT_FLAG_NOT_LINEAR = 1 << 6,    /* potential not linear in sqrt (t): r2 < 0.98 */
  PLATEAU_GITT_FLAG_DIRECTION = 1 << 7,     /* the pulse before went the other way */
  PLATEAU_GITT_FLAG_NO_TRANSIENT = 1 << 8,  /* dE_t not in the direction of the current */
  PLATEAU_GITT_N_FLAGS = 9,
} PlateauGittFlags;

/* SI; potentials as measured; quantities are signed except overpotential and resistance. */
typedef struct
{
  guint index;                                     /* 1, 2, ... of the pulses used */
  int direction;                                   /* +1 charge, -1 discharge */
  gsize before_row, first_row, last_row, rest_row; /* last rest row before; pulse; end of rest */
  double start, duration, rest; /* s; duration from the last rest row to the last pulse row */
  double current;               /* A, median */
  double charge;                /* C passed since the start of the recording, before the pulse */
  double relaxed_before, first, end_of_pulse, relaxed_after; /* V */
  double delta_es, delta_et;                                 /* V */
  double ir_drop, resistance;                                /* V; ohm */
  double charge_transfer;  /* V from the first record to the regression's start; NaN */
  double overpotential;    /* V */
  double total_resistance; /* ohm: the overpotential over the current */
  double composition;      /* x before the pulse; NaN without mass, molar mass and formula */
  double relative_diffusion;                                 /* 1/s: D / L^2 */
  double diffusion;                                          /* m2/s, NaN when relative */
  double diffusion_time_over_tau;                            /* L^2 / (D tau) */
  /* The regression: potential = intercept + slope * abscissa; fit_begin, fit_end in s after the
   * start of the pulse (or of the rest, for relaxation). NaN with too few points. */
  double fit_intercept, fit_slope, fit_r2, fit_begin, fit_end;
  double drift; /* V/s at the end of the rest */
  guint flags;  /* PlateauGittFlags */
} PlateauGittPulse;

typedef struct
{
  double start, duration, current;
  char *reason; /* translated */
} PlateauGittDropped;

/* Immutable, counted by reference. */
typedef struct
{
  /*< read-only >*/
  guint n_pulses;
  const PlateauGittPulse *pulses;
  guint n_dropped;
  const PlateauGittDropped *dropped;
  double tau;                /* s, median of the durations */
  double length;             /* m: volume of the material over its contact area, or NaN */
  const char *length_source; /* translated: where the length comes from, or what is missing */
  const char *composition_source; /* translated: what x counts from, or why there is none */
  char *remark;                   /* translated: molar mass and formula do not agree; or NULL */
} PlateauGitt;

PlateauGitt *plateau_gitt_analyse (PlateauRecording *recording, double active_mass,
                                   const PlateauGittOptions *options, GCancellable *cancellable,
                                   GError **error);
PlateauGitt *plateau_gitt_ref (PlateauGitt *gitt);
void plateau_gitt_unref (PlateauGitt *gitt);

PlateauGitt *plateau_gitt_analyse_cell (PlateauRecording *recording, const PlateauStudyCell *cell,
                                        const PlateauGittOptions *options,
                                        GCancellable *cancellable, GError **error);
void plateau_gitt_take_material (PlateauGittOptions *options, const PlateauStudySample *sample);
void plateau_gitt_take_electrode (PlateauGittOptions *options, double area);
const char *plateau_gitt_flag_nick (PlateauGittFlags flag);
const char *plateau_gitt_flag_label (PlateauGittFlags flag);
void plateau_gitt_set_doubts (PlateauTable *table, guint row, guint column, guint flags);
double plateau_gitt_length (double active_mass, const PlateauGittOptions *options,
                            const char **source);
PlateauTable *plateau_gitt_table (PlateauGitt *gitt, double active_mass, double offset);
PlateauTable *plateau_gitt_dropped_table (PlateauGitt *gitt);
double plateau_gitt_response (PlateauGittGeometry geometry, double time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauGitt, plateau_gitt_unref)

G_END_DECLS
