/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PLATEAU_SCALE_LINEAR,
  PLATEAU_SCALE_LOG,
  PLATEAU_SCALE_INVERSE,
  PLATEAU_SCALE_SQRT,
  PLATEAU_SCALE_TIME,     /* linear in seconds, labels as s, min, h, d */
  PLATEAU_SCALE_CYCLE,    /* linear, whole steps only */
  PLATEAU_SCALE_CATEGORY, /* linear, 0, 1, 2 ... are named */
} PlateauScaleKind;

/* How tick labels write large and small numbers. */
typedef enum
{
  PLATEAU_NUMBERS_AUTOMATIC, /* a power of ten is taken out of very large and very small ones */
  PLATEAU_NUMBERS_PLAIN,
  PLATEAU_NUMBERS_POWER,     /* always taken out */
} PlateauNumbers;

/* Maps a range of values to 0 .. 1. */
typedef struct
{
  PlateauScaleKind kind;
  double min, max; /* min < max */
  gboolean reversed;
  PlateauNumbers numbers;
} PlateauScale;

typedef struct
{
  double value;
  gboolean major;
  char *label; /* markup; NULL: not labelled */
} PlateauTick;

typedef struct
{
  GArray *ticks;      /* of PlateauTick */
  double step;        /* of major ticks; 0 on log */
  int exponent;       /* labels are value / 10^exponent; 0: as they are */
  char *exponent_label; /* "×10<sup>5</sup>" for the title, or NULL */
} PlateauTicks;

const char *plateau_scale_kind_get_nick (PlateauScaleKind kind);
gboolean plateau_scale_kind_from_nick (const char *nick, PlateauScaleKind *kind);
double plateau_scale_forward (PlateauScaleKind kind, double value); /* NaN outside the domain */
double plateau_scale_backward (PlateauScaleKind kind, double value);
double plateau_scale_map (const PlateauScale *scale, double value);
double plateau_scale_unmap (const PlateauScale *scale, double share);
void plateau_scale_widen (PlateauScaleKind kind, double share, double *min, double *max);

gboolean plateau_wilkinson (double dmin, double dmax, double m, gboolean whole, double *first,
                            double *last, double *step);
PlateauTicks *plateau_ticks_new (const PlateauScale *scale, double target, double step, int decimals,
                                 const char *const *categories);
void plateau_ticks_free (PlateauTicks *ticks);
char *plateau_format_tick (double value, int decimals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlateauTicks, plateau_ticks_free)

G_END_DECLS
